/* gen-lang OUTDIR [--strict] [--merge] [--pot FILE] --po lang/CODE.po ... --c src/ROOM/FILE.c ...
 *
 * Collects every phrase (those of the templates come in --pot, from gen-page) and writes OUTDIR/phrases.pot and
 * OUTDIR/phrases.c. Mistakes in a .po end with 1 and FILE:LINE:COL. Phrases a language lacks are shown in
 * English; with --strict (make check) they are mistakes too, and so are fuzzy and unused ones, and msgfmt --check
 * reads every file. --merge brings the .po files up to date with msgmerge and writes no C. */
#include "lang.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

extern char **environ;

struct work {
    struct arena arena;
    struct messages messages;
    struct po *po;
    size_t po_n;
    const char **po_path;
    str outdir;
    bool is_strict, is_merge;
};

static const char *const row[] = { "en", "fr", "es", "ar", "ru", "zh" };

static size_t place_in_row(str code)
{
    size_t i = 0;
    while (i < COUNT_OF(row) && !str_eq(code, str_of(row[i]))) i++;
    return i;
}

static int by_row(const void *a, const void *b)
{
    const struct po *x = a, *y = b;
    size_t i = place_in_row(x->code), k = place_in_row(y->code);
    return i != k ? (i > k) - (i < k) : str_cmp(x->code, y->code);
}

static int run(const char *const *command)
{
    pid_t child;
    int status;
    if (posix_spawnp(&child, command[0], NULL, NULL, (char *const *)command, environ) != 0 ||
        waitpid(child, &status, 0) != child || (WIFEXITED(status) && WEXITSTATUS(status) == 127)) {
        fprintf(stderr, "gen-lang: %s cannot be run; install gettext\n", command[0]);
        return 1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static void add_templates(struct work *w, const char *path)
{
    struct po pot;
    lang_po_read(&w->arena, path, &pot);
    for (size_t i = 0; i < pot.n; i++) {
        const struct po_entry *e = &pot.at[i];
        for (size_t p = 0; p < e->places_n; p++)
            message_add(&w->messages, e->one, e->many, e->places[p], e->note);
    }
}

static int read_arguments(struct work *w, int n, char **args)
{
    const char *kind = "";
    for (int i = 2; i < n; i++) {
        if (strcmp(args[i], "--strict") == 0) w->is_strict = true;
        else if (strcmp(args[i], "--merge") == 0) w->is_merge = true;
        else if (strcmp(args[i], "--pot") == 0 || strcmp(args[i], "--po") == 0 ||
                 strcmp(args[i], "--c") == 0)
            kind = args[i];
        else if (strcmp(kind, "--pot") == 0) add_templates(w, args[i]);
        else if (strcmp(kind, "--po") == 0) w->po_path[w->po_n++] = args[i];
        else if (strcmp(kind, "--c") == 0) {
            struct source s = text_read(&w->arena, args[i]);
            lang_c_collect(&w->arena, &s, &w->messages);
        } else {
            return 2;
        }
    }
    return n < 2 ? 2 : 0;
}

static const char *write_pot(struct work *w)
{
    struct sink pot;
    sink_open(&pot, &w->arena, (size_t)1 << 26);
    message_pot(&pot, &w->messages);
    str path = arena_format(&w->arena, STR_FMT "/phrases.pot", STR_ARG(w->outdir));
    text_write(&w->arena, path, sink_str(&pot));
    return arena_z(&w->arena, path);
}

static int merge(struct work *w, const char *pot)
{
    int worst = 0;
    for (size_t i = 0; i < w->po_n; i++) {
        int got = run((const char *[]){ "msgmerge", "--update", "--backup=none", "--previous",
                                        "--quiet", w->po_path[i], pot, NULL });
        if (got > worst) worst = got;
    }
    return worst;
}

static size_t check_all(struct work *w)
{
    size_t bad = 0;
    for (size_t i = 0; i < w->po_n; i++) {
        if (w->is_strict)
            bad += run((const char *[]){ "msgfmt", "--check", "-o", "/dev/null", w->po_path[i],
                                         NULL }) != 0;
        lang_po_read(&w->arena, w->po_path[i], &w->po[i]);
        const struct po *po = &w->po[i];
        if (!po->code.n || str_eq(po->code, S("en")))
            text_fail(&po->source, 0,
                      "a language's file is lang/CODE.po; English stands in the program itself");
        for (size_t k = 0; k < po->code.n; k++)
            if (!((po->code.p[k] | 32) >= 'a' && (po->code.p[k] | 32) <= 'z') &&
                po->code.p[k] != '-')
                text_fail(&po->source, 0, "a language's code is like pt or pt-BR");
        bad += lang_check(po, &w->messages, w->is_strict);
    }
    return bad;
}

static int work(struct work *w)
{
    const char *pot = write_pot(w);
    if (w->is_merge) return merge(w, pot) ? 1 : 0;
    if (check_all(w)) return 1;
    if (w->messages.n > 65000) {
        fprintf(stderr, "gen-lang: more phrases than phrases.c can number\n");
        return 1;
    }
    qsort(w->po, w->po_n, sizeof *w->po, by_row);
    struct sink out;
    sink_open(&out, &w->arena, (size_t)1 << 28);
    lang_write(&out, &w->arena, w->po, w->po_n, &w->messages);
    text_write(&w->arena, arena_format(&w->arena, STR_FMT "/phrases.c", STR_ARG(w->outdir)),
               sink_str(&out));
    return 0;
}

int main(int n, char **args)
{
    struct work w = { 0 };
    arena_open(&w.arena, (size_t)1 << 30);
    w.messages.arena = &w.arena;
    w.po = arena_new(&w.arena, struct po, (size_t)n);
    w.po_path = arena_new(&w.arena, const char *, (size_t)n);
    int code = read_arguments(&w, n, args);
    if (code == 0) {
        w.outdir = str_of(args[1]);
        code = work(&w);
    } else {
        fprintf(
            stderr,
            "usage: gen-lang OUTDIR [--strict] [--merge] [--pot FILE] --po lang/CODE.po ... --c "
            "FILE ...\n");
    }
    arena_close(&w.arena);
    return code;
}

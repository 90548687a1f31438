/* content/LANG/SLUG.md as rows: a head of "name: value" lines between two lines of three hyphens, then Markdown. What
 * stands in content/LANG/courses/NAME.md is called course-NAME. */
#include "base/breakage.h"
#include "text/lesson.h"
#include "text/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const names[] = { "slug",      "lang",        "kind",       "title",
                                     "summary",   "body",        "theme",      "states",
                                     "published", "reviewed_by", "reviewed_on" };
#define NAMES COUNT_OF(names)
enum { SLUG, LANG, KIND, BODY = 5 };

struct row {
    str cell[NAMES];
};

struct gathering {
    struct arena *a;
    struct row *rows;
    size_t n;
    struct sink *complaints;
};

static void complain(struct gathering *g, const char *path, int line, const char *why)
{
    put_format(g->complaints, "%s: line %d: %s\n", path, line, why);
}

/* The questions of a lesson are read here, so that a mistake is said with its place in the file. */
static void check_lesson(struct gathering *g, const char *path, str whole, const struct row *row)
{
    struct lesson_fault fault;
    if (lesson_text_ok(row->cell[KIND], row->cell[SLUG], row->cell[BODY], &fault)) return;
    for (const char *p = whole.p; p < row->cell[BODY].p; p++) fault.line += *p == '\n';
    put_format(g->complaints, "%s: line %d, column %d: %s\n", path, fault.line, fault.column,
               fault.why.english);
}

static str read_whole(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) broken("%s: cannot be read: %s", path, strerror(errno));
    char *text = arena_take(a, TEXT_FILE_MAX + 1);
    size_t n = fread(text, 1, TEXT_FILE_MAX + 1, f);
    bool is_bad = ferror(f);
    fclose(f);
    if (is_bad) broken("%s: cannot be read to its end", path);
    if (n > TEXT_FILE_MAX) broken("%s: is longer than %zu KB", path, TEXT_FILE_MAX >> 10);
    return (str){ text, n };
}

/* Which cell a line of the head fills; NAMES if none. */
static size_t cell_named(str name)
{
    size_t i = 0;
    while (i < NAMES && !str_eq(name, str_of(names[i]))) i++;
    return i == SLUG || i == LANG || i == BODY ? NAMES : i;
}

static void read_head(struct gathering *g, const char *path, str *rest, struct row *row)
{
    int line = 1;
    if (!str_eq(str_trim(str_split(rest, '\n')), S("---"))) {
        complain(g, path, 1, "must begin with a line of three hyphens");
        return;
    }
    while (rest->p) {
        str words = str_trim(str_split(rest, '\n'));
        line++;
        if (str_eq(words, S("---"))) return;
        ptrdiff_t colon = str_find(words, ':');
        size_t i = colon > 0 ? cell_named(str_cut(words, (size_t)colon)) : NAMES;
        if (i == NAMES)
            complain(g, path, line,
                     "is not one of kind, title, summary, theme, states, published, reviewed_by, "
                     "reviewed_on, with a colon");
        else if (row->cell[i].n) complain(g, path, line, "says the same a second time");
        else row->cell[i] = str_trim(str_from(words, (size_t)colon + 1));
    }
    complain(g, path, line, "the head does not end; a line of three hyphens is missing");
}

/* beneath: "" or "courses/"; before: what its name begins with. */
static void read_text(struct gathering *g, const char *folder, str lang, const char *beneath,
                      const char *before, str file)
{
    const char *path = arena_format(g->a, "%s/" STR_FMT "/%s" STR_FMT, folder, STR_ARG(lang),
                                    beneath, STR_ARG(file))
                           .p;
    if (g->n == TEXT_FILES_MAX) broken("%s: there are more than %d texts", folder, TEXT_FILES_MAX);
    struct row *row = &g->rows[g->n++];
    str whole = read_whole(g->a, path), rest = whole;
    row->cell[SLUG] = ARENA_JOIN(g->a, str_of(before), str_cut(file, file.n - 3));
    row->cell[LANG] = lang;
    read_head(g, path, &rest, row);
    row->cell[BODY] = str_trim(rest);
    if (rest.p) check_lesson(g, path, whole, row);
}

/* Names of what a folder holds, sorted, so that the same files make the same rows everywhere. */
static int entries_of(const char *path, struct dirent ***out)
{
    int n = scandir(path, out, NULL, alphasort);
    if (n < 0) broken("%s: cannot be read: %s", path, strerror(errno));
    return n;
}

static void read_folder(struct gathering *g, const char *folder, str lang, const char *beneath,
                        const char *before)
{
    const char *path = arena_format(g->a, "%s/" STR_FMT "/%s", folder, STR_ARG(lang), beneath).p;
    struct dirent **entries;
    int n = entries_of(path, &entries);
    for (int i = 0; i < n; i++) {
        str name = arena_str(g->a, str_of(entries[i]->d_name));
        if (str_ends(name, S(".md"))) read_text(g, folder, lang, beneath, before, name);
        free(entries[i]);
    }
    free(entries);
}

static void read_language(struct gathering *g, const char *folder, str lang)
{
    const char *courses = arena_format(g->a, "%s/" STR_FMT "/courses", folder, STR_ARG(lang)).p;
    read_folder(g, folder, lang, "", "");
    if (access(courses, X_OK) == 0) read_folder(g, folder, lang, "courses/", "course-");
}

str text_files(struct arena *a, const char *folder, struct sink *complaints)
{
    struct gathering g = { a, arena_new(a, struct row, TEXT_FILES_MAX), 0, complaints };
    struct dirent **entries;
    int n = entries_of(folder, &entries);
    for (int i = 0; i < n; i++) {
        str name = arena_str(a, str_of(entries[i]->d_name));
        if (name.n == 2) {
            if (lang_find(name)) read_language(&g, folder, name);
            else if (name.p[0] != '.')
                put_format(complaints, "%s/" STR_FMT ": there is no such language\n", folder,
                           STR_ARG(name));
        }
        free(entries[i]);
    }
    free(entries);

    struct sink out;
    sink_open(&out, a, IMPORT_FILE_MAX);
    for (size_t i = 0; i < NAMES; i++) put_format(&out, "%s%s", i ? "," : "", names[i]);
    put_char(&out, '\n');
    for (size_t r = 0; r < g.n; r++) {
        for (size_t i = 0; i < NAMES; i++) {
            if (i) put_char(&out, ',');
            csv_cell(&out, g.rows[r].cell[i]);
        }
        put_char(&out, '\n');
    }
    return sink_str(&out);
}

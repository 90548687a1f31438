/* blueheart estimate: the options, the files. What is done with them is the room's. */
#include "estimate/estimate.h"

#include "base/breakage.h"
#include "base/file_out.h"
#include "command/choices.h"
#include "command/command.h"
#include "study/report.h"

#include <stdio.h>
#include <unistd.h>

#define SEED_DEFAULT 20240730

struct typed {
    const char *method, *model, *resamples, *level, *out, *html, *language;
    double p;
    int64_t ntop, max_order, bootstrap, seed, threads;
    bool is_json;
};

/* "80,95": rising percentages between 50 and 99.99. */
static bool read_levels(const char *text, struct estimate_wish *w)
{
    str rest = str_of(text);
    while (rest.p) {
        str part = str_trim(str_split(&rest, ','));
        double level;
        if (w->levels == LEVELS_MAX || !mse_count_read(part, &level)) return false;
        if (level < 50 || level > 99.99) return false;
        if (w->levels && level < w->level[w->levels - 1] + 0.001) return false;
        w->level[w->levels++] = level;
    }
    return w->levels > 0;
}

/* What stands under the options in --help. */
static const char *more_words(struct arena *a)
{
    struct sink out;
    sink_open(&out, a, KIB(4));
    put_lit(&out, "METHOD is one of\n");
    for (size_t i = 0; i < estimate_methods_n; i++) {
        const struct estimate_method *m = &estimate_methods[i];
        put_format(&out, "  %-10.*s " STR_FMT, (int)m->name.n, m->name.p, STR_ARG(m->about));
        if (m->lists_min > 2) put_format(&out, " (%d to %d lists)", m->lists_min, m->lists_max);
        put_char(&out, '\n');
    }
    put_lit(&out,
            "  all        each of them that takes so many lists (seconds; lcmcr is the slowest)\n"
            "\n"
            "TABLE.csv has a column of 0 and 1 for each of 2 to 8 lists and a last column "
            "`count`: how many\npeople were on exactly these lists. Nobody's name is needed.\n"
            "\n"
            "  police,shelter,helpline,count\n"
            "  1,0,0,120\n"
            "  0,1,0,85\n"
            "  1,1,0,14\n"
            "  ...\n"
            "\n"
            "The report begins with who was seen, then warnings, then what may be said. Where "
            "the data do not\ndetermine the number it says so and why. docs/estimating.md "
            "tells how to read it.");
    return arena_z(a, sink_str(&out));
}

/* "stepwise|bic|..|all" */
static const char *method_words(struct arena *a)
{
    struct sink out;
    sink_open(&out, a, KIB(4));
    for (size_t i = 0; i < estimate_methods_n; i++) {
        put(&out, estimate_methods[i].name);
        put_char(&out, '|');
    }
    put_lit(&out, "all");
    return arena_z(a, sink_str(&out));
}

/* One line that changes, for who waits at a terminal. */
static void tell(void *context, const char *method, size_t done, size_t items)
{
    int *shown = context, percent = (int)(100 * done / (items ? items : 1));
    if (percent == *shown && done != items) return;
    *shown = percent;
    fprintf(stderr, "\r%-12s %3d%%%s", method, percent,
            done == items ? "\r                  \r" : "");
}

static int wrong(const char *what)
{
    fprintf(stderr, "blueheart estimate: %s\n", what);
    return 2;
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void write_report(struct arena *a, const struct typed *t, const char *table,
                         const struct estimate *e, const struct estimate_wish *w)
{
    lang_open(a);
    struct study_result r = study_result_of(e, w);
    str page = study_report_document(a, lang_find(str_of(t->language)), &r,
                                     str_of(file_name(table)));
    struct file_out *f = file_out_open(a, t->html);
    file_out_put(f, page);
    file_out_done(f);
}

static int run(struct arena *a, const struct typed *t, struct estimate_wish *w, const char *path)
{
    struct mse_table table;
    struct mse_resamples resamples;
    struct complaint why;
    if (!mse_table_read(a, path, &table, &why)) {
        complaint_tell(path, &why);
        return 1;
    }
    if (t->resamples) {
        if (!mse_resamples_read(a, t->resamples, &table, &resamples, &why)) {
            complaint_tell(t->resamples, &why);
            return 1;
        }
        w->resamples = &resamples;
    }
    struct estimate e;
    if (estimate_run(a, &table, w, &e) != ESTIMATE_DONE) {
        fprintf(stderr, "blueheart estimate: --model: " STR_FMT "\n",
                STR_ARG(saying_english(a, &e.why)));
        return 1;
    }
    if (t->html) write_report(a, t, path, &e, w);
    struct sink out;
    sink_open(&out, a, ESTIMATE_OUT_MAX);
    if (t->is_json) estimate_json(&out, &e);
    else estimate_words(&out, &e);
    struct file_out *f = file_out_open(a, t->out);
    file_out_put(f, sink_str(&out));
    file_out_done(f);
    return 0;
}

static int read_and_run(struct arena *a, int argc, char **argv)
{
    struct typed t = { .method = "all",
                       .level = "80,95",
                       .language = "en",
                       .out = "-",
                       .p = 0.02,
                       .bootstrap = 10000,
                       .seed = SEED_DEFAULT };
    const struct choice choices[] = {
        { "method", CHOICE_ONE_OF, &t.method, "METHOD", "how to estimate (default all)", 0, 0,
          method_words(a) },
        { "p", CHOICE_REAL, &t.p, "P",
          "stepwise: a pair is added below this probability (default 0.02)", 0, 1, NULL },
        { "ntop", CHOICE_WHOLE, &t.ntop, "N",
          "bic: resamples choose among the N best models (default 120)", 1, NTOP_MAX, NULL },
        { "max-order", CHOICE_WHOLE, &t.max_order, "K",
          "bic: terms of at most K lists (default: one fewer than lists; 2 for 6 and more)", 2,
          LISTS_MAX - 1, NULL },
        { "model", CHOICE_TEXT, &t.model, "[12,3]", "fit this model instead of choosing one", 0, 0,
          NULL },
        { "bootstrap", CHOICE_WHOLE, &t.bootstrap, "B", "resamples (default 10000; 0: none)", 0,
          RESAMPLES_MAX, NULL },
        { "resamples", CHOICE_TEXT, &t.resamples, "FILE",
          "take these resamples: a row each, columns h100, h010 ..", 0, 0, NULL },
        { "level", CHOICE_TEXT, &t.level, "80,95",
          "percentages of the intervals, rising (default 80,95)", 0, 0, NULL },
        { "seed", CHOICE_WHOLE, &t.seed, "S",
          "of the random numbers (the same every time unless given)", 0, 9007199254740992.0, NULL },
        { "threads", CHOICE_WHOLE, &t.threads, "T",
          "at most so many (default: all there are); results are the same", 1, CROWD_MAX, NULL },
        { "json", CHOICE_FLAG, &t.is_json, NULL, "everything, as one JSON object", 0, 0, NULL },
        { "html", CHOICE_TEXT, &t.html, "FILE", "also a report to read, as one page in a file", 0,
          0, NULL },
        { "lang", CHOICE_ONE_OF, &t.language, NULL, "the language of that report", 0, 0,
          "en|fr|es|ar|ru|zh" },
        { "o", CHOICE_TEXT, &t.out, "FILE", "write here instead of to standard output", 0, 0,
          NULL },
    };
    const struct usage usage = {
        "estimate",
        "TABLE.csv [options]",
        "How many people are on no list, from how the lists overlap.",
        1,
        1,
        choices,
        COUNT_OF(choices),
        more_words(a),
    };
    const char *words[1];
    int n = choices_read(&usage, argc, argv, words);
    if (n < 0) return n == -1 ? 0 : 2;
    struct estimate_wish w = { .method = str_of(t.method),
                               .p = t.p,
                               .ntop = (size_t)t.ntop,
                               .max_order = (int)t.max_order,
                               .bootstrap = (size_t)t.bootstrap,
                               .seed = (uint64_t)t.seed,
                               .threads = (unsigned)t.threads };
    if (t.model) w.model = str_of(t.model);
    if (!read_levels(t.level, &w))
        return wrong("--level takes rising percentages from 50 to 99.99, such as 80,95");
    if (t.bootstrap == 1) return wrong("--bootstrap takes 0 or at least 2");
    int shown = -1;
    if (isatty(STDERR_FILENO)) w.tell = tell, w.context = &shown;
    return run(a, &t, &w, words[0]);
}

int command_estimate(int argc, char **argv)
{
    struct arena a;
    arena_open(&a, ESTIMATE_ARENA_MAX);
    int code = read_and_run(&a, argc, argv);
    arena_close(&a);
    return code;
}

/* blueheart publish evaluate: how far what is published is from the data, and how near it comes to people. */
#include "command/evaluation.h"
#include "command/publish.h"

#include <stdio.h>

struct wishes {
    struct sample_choice sample;
    const char *to, *holdout, *html, *language;
    int64_t k, length;
    bool as_json;
};

static bool is_table(const char *path)
{
    return str_ends(str_of(path), S(".tsv"));
}

static int told(const char *path, const struct complaint *why)
{
    complaint_tell(path, why);
    return 1;
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The report to read. It names the two files, as far as their names are text. */
static void write_page(struct arena *a, const char *real, const char *shown, const struct wishes *w,
                       const struct attributes *all, const struct evaluation *e)
{
    lang_open(a);
    const struct lang *l = lang_find(str_of(w->language));
    struct sink title;
    const struct lang_arg args[] = {
        { .name = "published", .kind = ARG_TEXT, .text = str_of(file_name(shown)) },
        { .name = "real", .kind = ARG_TEXT, .text = str_of(file_name(real)) }
    };
    sink_open(&title, a, KIB(8));
    lang_message(&title, l, PHRASE("{published} beside {real}"), NO_PLURAL, args, 2, put);
    struct file_out *to = file_out_open(a, w->html);
    file_out_put(to, evaluation_document(a, l, sink_str(&title), all, e));
    file_out_done(to);
}

static int run(struct arena *a, const char *real, const char *shown, const struct wishes *w)
{
    struct sample s, other, holdout;
    struct aggregates exact, published;
    struct complaint why;
    struct evaluation e = { .length = (size_t)w->length, .k = (uint32_t)w->k };
    if (!sample_read(a, real, &w->sample, &s, &why)) return told(real, &why);
    if (is_table(shown)) {
        if (!aggregates_read(a, shown, &published, &why)) return told(shown, &why);
    } else {
        if (!sample_read(a, shown, &w->sample, &other, &why)) return told(shown, &why);
        if (!sample_align(a, &s, &other, &why) ||
            !aggregates_raw(a, &other, e.length, &published, &why))
            return told(shown, &why);
    }
    if (!aggregates_raw(a, &s, e.length, &exact, &why)) return told(real, &why);
    compare_aggregates(a, &exact, &published, e.length, e.k, e.by_length);
    e.real_rows = s.rows;
    e.shown_rows = published.records;
    if (!is_table(shown)) {
        if (w->holdout &&
            (!sample_read(a, w->holdout, &w->sample, &holdout, &why) ||
             !sample_align(a, &s, &holdout, &why) || !sample_align(a, &s, &other, &why)))
            return told(w->holdout, &why);
        disclose(a, &s, &other, w->holdout ? &holdout : NULL, &e);
    }
    if (w->html) write_page(a, real, shown, w, &s.attributes, &e);
    struct sink out;
    sink_open(&out, a, MIB(4));
    if (w->as_json) evaluation_json(&out, &s.attributes, &e);
    else evaluation_text(&out, &s.attributes, &e);
    struct file_out *to = file_out_open(a, w->to);
    file_out_put(to, sink_str(&out));
    file_out_done(to);
    return 0;
}

int publish_evaluate(int argc, char **argv)
{
    struct wishes w = { .to = "-", .language = "en", .k = 10, .length = 3 };
    const struct choice choices[] = {
        { "k", CHOICE_WHOLE, &w.k, "N", "what counts as common enough", 1, 1000000, NULL },
        { "length", CHOICE_WHOLE, &w.length, "N", "combinations of up to N attributes", 1,
          PUBLISH_LENGTH_MAX, NULL },
        { "holdout", CHOICE_TEXT, &w.holdout, "FILE.csv",
          "records of others like them, that nothing was made from: the measure of nearness", 0, 0,
          NULL },
        { "json", CHOICE_FLAG, &w.as_json, NULL, "as JSON", 0, 0, NULL },
        { "html", CHOICE_TEXT, &w.html, "FILE", "also a report to read, as one page in a file", 0,
          0, NULL },
        { "lang", CHOICE_ONE_OF, &w.language, NULL, "the language of that report", 0, 0,
          "en|fr|es|ar|ru|zh" },
        { "o", CHOICE_TEXT, &w.to, "FILE", "where to write; - is standard output", 0, 0, NULL },
        SAMPLE_CHOICES(w.sample),
    };
    const struct usage usage = {
        .command = "publish evaluate",
        .words = "REAL.csv SYNTHETIC.csv|TABLE.tsv",
        .about = "Error, what is missing and what is fabricated, by length; for records also how "
                 "near they are to real ones and what they tell of people.",
        .words_min = 2,
        .words_max = 2,
        .choices = choices,
        .choices_n = COUNT_OF(choices),
        .more = "The result is measured on the data themselves: it is for whoever may see them.",
    };
    const char *words[2];
    int n = choices_read(&usage, argc, argv, words);
    if (n < 0) return n == -1 ? 0 : 2;
    struct arena a;
    arena_open(&a, PUBLISH_ARENA_MAX);
    int code = run(&a, words[0], words[1], &w);
    arena_close(&a);
    return code;
}

/* blueheart publish synthesize: records of nobody, from a protected table or with noise. */
#include "command/publish.h"

#include <sodium.h>
#include <stdio.h>

struct wishes {
    struct sample_choice sample;
    struct dp_wishes dp;
    int64_t k, length, seed;
    bool is_complementary;
};

static int told(const char *path, const struct complaint *why)
{
    complaint_tell(path, why);
    return 1;
}

/* The table everything is made from, and how many records; the code to end with if it is not 0. */
static int make_table(struct arena *a, const char *path, const struct wishes *w,
                      struct aggregates *table, uint64_t *rows)
{
    struct complaint why;
    struct sample s;
    if (w->dp.epsilon_text) {
        str about;
        int code = publish_dp_release(a, path, &w->dp, (size_t)w->length, table, &about);
        *rows = table->records;
        return code;
    }
    if (str_ends(str_of(path), S(".tsv"))) {
        if (!aggregates_read(a, path, table, &why)) return told(path, &why);
        *rows = table->records;
        return 0;
    }
    if (!sample_read(a, path, &w->sample, &s, &why) ||
        !aggregates_protected(a, &s, (size_t)w->length, (uint32_t)w->k, table, &why))
        return told(path, &why);
    struct complement_report report = { 0 };
    if (w->is_complementary) complement_protect(a, &s, table, &report);
    *rows = s.rows;
    return 0;
}

static int run(struct arena *a, const char *path, const struct wishes *w)
{
    struct aggregates table = { 0 };
    struct synthesis how = { .seed = (uint64_t)w->seed };
    struct file_out *to = file_out_open(a, w->dp.to);
    int code = make_table(a, path, w, &table, &how.rows);
    if (code != 0) return code;
    if (how.rows > PUBLISH_ROWS_MAX || how.rows * table.attributes.columns > PUBLISH_CELLS_MAX)
        return told(path, &(struct complaint){ .what = S("these are too many records to make") });
    if (w->seed < 0) randombytes_buf(&how.seed, sizeof how.seed);
    struct sample made;
    synthesize(a, &table, &how, &made);
    synthesis_write(to, a, &made);
    file_out_done(to);
    if (!w->dp.is_quiet)
        fprintf(stderr, "%zu records from %zu combinations\n", made.rows, table.combos.n);
    return 0;
}

int publish_synthesize(int argc, char **argv)
{
    struct wishes w = { .dp = DP_WISHES, .k = 10, .length = 3, .seed = -1 };
    w.dp.least = 2; /* small estimates make better records than none */
    const struct choice choices[] = {
        { "k", CHOICE_WHOLE, &w.k, "N", "each combination is one that at least N people have", 2,
          1000000, NULL },
        { "length", CHOICE_WHOLE, &w.length, "N", "of up to N attributes", 1, PUBLISH_LENGTH_MAX,
          NULL },
        { "complementary", CHOICE_FLAG, &w.is_complementary, NULL,
          "from the table from which no small count follows", 0, 0, NULL },
        { "seed", CHOICE_WHOLE, &w.seed, "N", "the same records again", 0, 1e15, NULL },
        { "o", CHOICE_TEXT, &w.dp.to, "FILE", "where to write; - is standard output", 0, 0, NULL },
        { "quiet", CHOICE_FLAG, &w.dp.is_quiet, NULL, "only what is wrong", 0, 0, NULL },
        SAMPLE_CHOICES(w.sample),
        DP_CHOICES(w.dp),
    };
    const struct usage usage = {
        .command = "publish synthesize",
        .words = "FILE.csv --k 10 | FILE.csv --epsilon E ... | TABLE.tsv [-o OUT.csv]",
        .about = "As many records as there were, of nobody: with k, every combination in them is "
                 "one that at least k people have; with --epsilon, everything comes from counts "
                 "with noise; from a table, from what is published already.",
        .words_min = 1,
        .words_max = 1,
        .choices = choices,
        .choices_n = COUNT_OF(choices),
    };
    const char *words[1];
    int n = choices_read(&usage, argc, argv, words);
    if (n < 0) return n == -1 ? 0 : 2;
    if (w.dp.epsilon_text && !publish_dp_agreed(usage.command, &w.dp)) return 2;
    struct arena a;
    arena_open(&a, PUBLISH_ARENA_MAX);
    int code = run(&a, words[0], &w);
    arena_close(&a);
    return code;
}

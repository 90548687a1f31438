/* blueheart publish aggregate: combinations and their protected counts. */
#include "command/publish.h"

#include "base/clock.h"

#include <stdio.h>

struct wishes {
    struct sample_choice sample;
    const char *to;
    int64_t k, length;
    bool is_raw, is_complementary, is_quiet;
};

static bool is_agreed(const struct wishes *w)
{
    if (!w->is_raw || !w->is_complementary) return true;
    fprintf(stderr, "blueheart publish aggregate: exact counts are not protected; take one of "
                    "--raw-not-for-publication and --complementary\n");
    return false;
}

static void tell_proof(const struct complement_report *p, const struct aggregates *g,
                       double seconds)
{
    fprintf(stderr, "%zu more left out by rule and %zu by bounds in %.1f s. ", p->by_rule,
            p->by_bounds, seconds);
    if (p->is_whole)
        fprintf(stderr,
                "Whoever combines everything published still finds at least %u apart what "
                "each left-out count could be at least and at most.\n",
                g->k);
    else
        fprintf(stderr,
                "Whoever combines everything published about any %zu columns (%zu cross tables) "
                "still finds at least %u apart what each left-out count could be at least and at "
                "most; all columns together are too many to look at. %zu cross tables were too "
                "large and show less.\n",
                g->length, p->tables, g->k, p->too_large);
}

/* A line every ten seconds: with many columns this takes minutes. */
static void tell_progress(size_t done, size_t tables)
{
    static int64_t last;
    int64_t now = clock_ticks_us();
    if (last == 0) last = now;
    if (now - last < 10000000) return;
    last = now;
    fprintf(stderr, "looked at %zu of %zu cross tables\n", done, tables);
}

static int run(struct arena *a, const char *path, const struct wishes *w)
{
    struct sample s;
    struct complaint why;
    struct aggregates g;
    if (!sample_read(a, path, &w->sample, &s, &why)) {
        complaint_tell(path, &why);
        return 1;
    }
    int64_t begun = clock_ticks_us();
    bool is_made = w->is_raw
                       ? aggregates_raw(a, &s, (size_t)w->length, &g, &why)
                       : aggregates_protected(a, &s, (size_t)w->length, (uint32_t)w->k, &g, &why);
    if (!is_made) {
        complaint_tell(path, &why);
        return 1;
    }
    int64_t counted = clock_ticks_us();
    struct complement_report proof = { .tell = w->is_quiet ? NULL : tell_progress };
    if (w->is_complementary) complement_protect(a, &s, &g, &proof);
    int64_t proved = clock_ticks_us();
    struct file_out *to = file_out_open(a, w->to);
    aggregates_write(to, a, &g, w->is_raw ? S("EXACT COUNTS. Not for publication.") : S(""));
    file_out_done(to);
    if (!w->is_quiet)
        fprintf(stderr, "%zu combinations of %zu attributes in %zu records; counted in %.1f ms\n",
                g.combos.n, g.attributes.n, s.rows, (double)(counted - begun) / 1000);
    if (!w->is_quiet && w->is_complementary)
        tell_proof(&proof, &g, (double)(proved - counted) / 1e6);
    return 0;
}

int publish_aggregate(int argc, char **argv)
{
    struct wishes w = { .to = "-", .k = 10, .length = 3 };
    const struct choice choices[] = {
        { "k", CHOICE_WHOLE, &w.k, "N", "counts become multiples of N, smaller ones are left out",
          2, 1000000, NULL },
        { "length", CHOICE_WHOLE, &w.length, "N", "combinations of up to N attributes", 1,
          PUBLISH_LENGTH_MAX, NULL },
        { "o", CHOICE_TEXT, &w.to, "FILE", "where to write; - is standard output", 0, 0, NULL },
        { "complementary", CHOICE_FLAG, &w.is_complementary, NULL,
          "leave out more, so that no small count follows from the others", 0, 0, NULL },
        { "raw-not-for-publication", CHOICE_FLAG, &w.is_raw, NULL,
          "exact counts of everything; they must not leave the house", 0, 0, NULL },
        { "quiet", CHOICE_FLAG, &w.is_quiet, NULL, "only what is wrong", 0, 0, NULL },
        SAMPLE_CHOICES(w.sample),
    };
    const struct usage usage = {
        .command = "publish aggregate",
        .words = "FILE.csv --k 10 --length 3 [-o OUT.tsv]",
        .about = "How many records have each combination of values: every count rounded down to "
                 "a multiple of k, those below k left out.",
        .words_min = 1,
        .words_max = 1,
        .choices = choices,
        .choices_n = COUNT_OF(choices),
    };
    const char *words[1];
    int n = choices_read(&usage, argc, argv, words);
    if (n < 0) return n == -1 ? 0 : 2;
    if (!is_agreed(&w)) return 2;
    struct arena a;
    arena_open(&a, PUBLISH_ARENA_MAX);
    int code = run(&a, words[0], &w);
    arena_close(&a);
    return code;
}

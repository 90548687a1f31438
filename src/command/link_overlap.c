/* blueheart link overlap: groups in, the table of overlaps out; and what errors of linking do to the estimate. */
#include "command/link.h"

#include "base/breakage.h"
#include "base/sink.h"
#include "estimate/estimate.h"
#include "link/clks.h"
#include "link/overlap.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct choice_of_overlap {
    const char *groups, *lists, *sizes, *clks, *out, *threshold, *sweep, *spread, *estimate;
    double missed, wrong;
    int64_t resamples, seed;
    bool is_quiet;
};

struct overlapping {
    struct arena *arena;
    const struct choice_of_overlap *choice;
    struct link_members members;
    uint64_t size[LINK_FILES_MAX];
    struct link_threshold threshold, sweep[LINK_SWEEP_MAX];
    size_t sweeps;
    struct link_overlap table;
    struct file_out *spread;
    double *estimates; /* of the resampled links at the threshold, those that are finite */
    size_t estimates_n, without;
};

static double value_of(struct link_threshold t)
{
    return (double)t.num / (double)t.den;
}

static bool complain(const char *what)
{
    fprintf(stderr, "blueheart link overlap: %s\n", what);
    return false;
}

static bool read_names(struct overlapping *o)
{
    if (!o->choice->lists) return true;
    str rest = str_of(o->choice->lists);
    while (rest.p) {
        str name = str_trim(str_split(&rest, ','));
        if (!name.n || o->members.lists == LINK_OVERLAP_LISTS)
            return complain("--lists takes 1 to 8 names with commas between them");
        for (size_t i = 0; i < o->members.lists; i++)
            if (str_eq(o->members.names[i], name)) return complain("--lists names a list twice");
        o->members.names[o->members.lists++] = name;
    }
    return true;
}

/* One number, or one file of encodings, for each list. */
static bool read_sizes(struct overlapping *o)
{
    const struct choice_of_overlap *c = o->choice;
    bool has_files = c->clks != NULL;
    str rest = str_of(has_files ? c->clks : c->sizes);
    for (size_t f = 0; f < o->members.lists; f++) {
        str part = str_trim(str_split(&rest, ','));
        int64_t n = 0;
        if (has_files && part.n) {
            struct arena file;
            struct link_clks clks;
            struct complaint wrong;
            const char *path = arena_z(o->arena, part);
            arena_open(&file, LINK_MEMORY_MAX);
            bool is_read = link_clks_read(&file, path, &clks, &wrong);
            if (!is_read) complaint_tell(path, &wrong);
            n = (int64_t)clks.rows;
            arena_close(&file);
            if (!is_read) return false;
        } else if (!str_to_int(part, &n) || n < 0 || n > LINK_ROWS_MAX) {
            return complain(
                "--sizes or --clks: one for each list is needed, with commas between them");
        }
        o->size[f] = (uint64_t)n;
    }
    return !rest.p || complain("--sizes or --clks: more of them than lists");
}

/* N of the joined estimate; NAN and its reason's word where there is none. */
static double estimate_of(struct overlapping *o, const struct link_overlap *t, str *status)
{
    struct arena a;
    arena_open(&a, ESTIMATE_ARENA_MAX);
    struct mse_table table = { .lists = (int)t->lists, .n = (double)t->people, .is_whole = true };
    for (size_t i = 0; i < t->lists; i++) table.name[i] = o->members.names[i];
    for (unsigned w = 1; w < 1u << t->lists; w++) table.count[w] = (double)t->count[w];
    struct estimate_wish wish = {
        .method = str_of(o->choice->estimate), .p = 0.02, .level = { 95 }, .levels = 1
    };
    struct estimate e;
    double N = (double)NAN;
    *status = S("refused");
    if (estimate_run(&a, &table, &wish, &e) == ESTIMATE_DONE) {
        *status = estimate_status_word(e.status);
        for (int i = 0; i < e.results && e.status == ESTIMATE_OK; i++) {
            *status = estimate_status_word(e.result[i].status);
            if (e.result[i].status == ESTIMATE_OK) N = e.result[i].N;
            break;
        }
    }
    arena_close(&a);
    return N;
}

static void spread_header(struct overlapping *o)
{
    file_out_put(o->spread, S("threshold,resample,links,people"));
    for (unsigned w = 1; w < 1u << o->members.lists; w++) {
        char name[LINK_OVERLAP_LISTS + 3] = ",h";
        for (size_t i = 0; i < o->members.lists; i++) name[2 + i] = (char)('0' + (w >> i & 1));
        name[2 + o->members.lists] = 0;
        file_out_put(o->spread, str_of(name));
    }
    file_out_put(o->spread, o->choice->estimate ? S(",estimate,status\n") : S("\n"));
}

static double spread_row(struct overlapping *o, struct link_threshold at, size_t resample,
                         const struct link_overlap *t)
{
    struct sink out;
    struct arena a;
    double N = (double)NAN;
    arena_open(&a, MIB(1));
    sink_open(&out, &a, KIB(64));
    put_format(&out, "%.9g,%zu,%llu,%llu", value_of(at), resample, (unsigned long long)t->links,
               (unsigned long long)t->people);
    for (unsigned w = 1; w < 1u << t->lists; w++)
        put_format(&out, ",%llu", (unsigned long long)t->count[w]);
    if (o->choice->estimate) {
        str status;
        N = estimate_of(o, t, &status);
        put_char(&out, ',');
        if (!isnan(N)) put_format(&out, "%.17g", N);
        put_char(&out, ',');
        put(&out, status);
    }
    put_char(&out, '\n');
    if (o->spread) file_out_put(o->spread, sink_str(&out));
    arena_close(&a);
    return N;
}

static void sweep(struct overlapping *o)
{
    for (size_t i = 0; i < o->sweeps; i++) {
        struct link_overlap t;
        link_overlap_count(&o->members, o->size, value_of(o->sweep[i]), &t);
        double N = spread_row(o, o->sweep[i], 0, &t);
        if (o->choice->is_quiet) continue;
        fprintf(stderr, "blueheart: at %.9g: %llu links, %llu people", value_of(o->sweep[i]),
                (unsigned long long)t.links, (unsigned long long)t.people);
        if (!isnan(N)) fprintf(stderr, ", estimate %.0f", N);
        fprintf(stderr, "\n");
    }
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void resample(struct overlapping *o)
{
    const struct choice_of_overlap *c = o->choice;
    struct link_errors errors = { c->missed, c->wrong };
    o->estimates = arena_new(o->arena, double, (size_t)c->resamples + 1);
    struct link_progress progress = link_progress_open(c->is_quiet);
    for (size_t r = 1; r <= (size_t)c->resamples; r++) {
        struct draws d;
        struct link_overlap t;
        draws_open(&d, (uint64_t)c->seed, r);
        link_overlap_resample(&o->members, o->size, value_of(o->threshold), errors, &d, &t);
        double N = spread_row(o, o->threshold, r, &t);
        if (isnan(N)) o->without++;
        else o->estimates[o->estimates_n++] = N;
        if (link_progress_due(&progress))
            fprintf(stderr, "\rresampled links %zu of %lld\033[K", r, (long long)c->resamples);
    }
    link_progress_end(&progress);
}

static void tell_resamples(struct overlapping *o)
{
    size_t n = o->estimates_n;
    if (!o->choice->estimate || o->choice->is_quiet || !n) return;
    qsort(o->estimates, n, sizeof *o->estimates, rising);
    fprintf(stderr,
            "blueheart: were %.3g of the true links missed and %.3g of those found wrong, 95 %% of "
            "the estimates would lie from %.0f to %.0f "
            "(%zu of %lld resamples have none)\n",
            o->choice->missed, o->choice->wrong, o->estimates[(size_t)(0.025 * (double)n)],
            o->estimates[n - 1 - (size_t)(0.025 * (double)n)], o->without,
            (long long)o->choice->resamples);
}

static int overlap(struct arena *a, void *choices)
{
    struct overlapping *o = arena_new(a, struct overlapping, 1);
    const struct choice_of_overlap *c = o->choice = choices;
    o->arena = a;
    if (c->threshold) (void)!link_threshold_read(str_of(c->threshold), &o->threshold);
    else o->threshold.den = 1; /* 0 out of 1: all the groups there are */
    for (str rest = c->sweep ? str_of(c->sweep) : (str){ NULL, 0 }; rest.p;)
        (void)!link_threshold_read(str_trim(str_split(&rest, ',')), &o->sweep[o->sweeps++]);
    if (!read_names(o)) return 2;
    struct complaint wrong;
    if (!link_members_read(a, c->groups, c->lists != NULL, &o->members, &wrong)) {
        complaint_tell(c->groups, &wrong);
        return 1;
    }
    if (o->members.lists < 1 || o->members.lists > LINK_OVERLAP_LISTS) {
        complain("a table has 1 to 8 lists");
        return 1;
    }
    if (!read_sizes(o)) return 1;
    str why;
    if (!link_overlap_fits(a, &o->members, o->size, &why)) {
        fprintf(stderr, "blueheart: %s: " STR_FMT "\n", c->groups, STR_ARG(why));
        return 1;
    }
    link_overlap_count(&o->members, o->size, value_of(o->threshold), &o->table);
    struct file_out *f = file_out_open(a, c->out);
    link_overlap_write(a, f, &o->members, &o->table);
    if (c->spread) {
        o->spread = file_out_open(a, c->spread);
        spread_header(o);
    }
    sweep(o);
    resample(o);
    file_out_done(f);
    if (o->spread) file_out_done(o->spread);
    if (!c->is_quiet)
        fprintf(stderr, "blueheart: %llu people on %zu lists, %llu links\n",
                (unsigned long long)o->table.people, o->table.lists,
                (unsigned long long)o->table.links);
    tell_resamples(o);
    return 0;
}

static const char *wrong_usage(const struct choice_of_overlap *c)
{
    struct link_threshold t;
    if (!c->out) return "-o is needed";
    if (!c->sizes == !c->clks) return "one of --sizes and --clks is needed";
    if (c->threshold && !link_threshold_read(str_of(c->threshold), &t))
        return "--threshold is over 0 and at most 1, with at most nine decimals";
    size_t n = 0;
    for (str rest = c->sweep ? str_of(c->sweep) : (str){ NULL, 0 }; rest.p;)
        if (++n > LINK_SWEEP_MAX || !link_threshold_read(str_trim(str_split(&rest, ',')), &t))
            return "--sweep takes up to 100 thresholds with commas between them";
    if (c->resamples > 0 && !(c->missed > 0) && !(c->wrong > 0))
        return "--resamples needs --missed or --wrong: how often links err";
    if ((c->resamples > 0 || n) && !c->spread && !c->estimate)
        return "--sweep and --resamples need --spread or --estimate";
    return NULL;
}

int link_overlap_deed(int argc, char **argv)
{
    struct choice_of_overlap c = { .threshold = NULL, .seed = 20240730 };
    const struct choice choices[] = {
        { "lists", CHOICE_TEXT, &c.lists, "A,B,..",
          "the lists in the order of the table's columns (default: as they appear in the groups)",
          0, 0, NULL },
        { "sizes", CHOICE_TEXT, &c.sizes, "N,N,..", "how many records each list has", 0, 0, NULL },
        { "clks", CHOICE_TEXT, &c.clks, "A.json,..", "or: their files of encodings, to count them",
          0, 0, NULL },
        { "o", CHOICE_TEXT, &c.out, "FILE", "where the table goes; needed", 0, 0, NULL },
        { "threshold", CHOICE_TEXT, &c.threshold, "T",
          "leave out what joined below (default: all the groups there are)", 0, 0, NULL },
        { "sweep", CHOICE_TEXT, &c.sweep, "T,T,..",
          "the table at each of these thresholds, none below the one match was given", 0, 0, NULL },
        { "missed", CHOICE_REAL, &c.missed, "SHARE",
          "of the true links that were missed: 1 - recall, as evaluate says", 0, 0.9, NULL },
        { "wrong", CHOICE_REAL, &c.wrong, "SHARE",
          "of the links found that are wrong: 1 - precision", 0, 0.9, NULL },
        { "resamples", CHOICE_WHOLE, &c.resamples, "B",
          "tables with links taken away and added as often as they err", 0, LINK_RESAMPLES_MAX,
          NULL },
        { "seed", CHOICE_WHOLE, &c.seed, "S", "of these resamples (always the same unless given)",
          0, 9007199254740992.0, NULL },
        { "spread", CHOICE_TEXT, &c.spread, "FILE",
          "where the tables of --sweep and --resamples go, one a row, a column for each history", 0,
          0, NULL },
        { "estimate", CHOICE_ONE_OF, &c.estimate, NULL, "estimate from each of them too", 0, 0,
          "stepwise|bic" },
        { "quiet", CHOICE_FLAG, &c.is_quiet, NULL, "only what is wrong", 0, 0, NULL },
    };
    const struct usage u = { "link overlap",
                             "groups.csv --lists A,B,C --clks A.json,B.json,C.json -o table.csv",
                             "Groups of records become the table that estimate reads.",
                             1,
                             1,
                             choices,
                             COUNT_OF(choices),
                             "Who is in no group is on one list only. One missed link in twenty "
                             "makes an estimate about as much too high: look at\n"
                             "--sweep and --resamples before any number is believed." };
    int n = choices_read(&u, argc, argv, &c.groups);
    if (n < 0) return n == -1 ? 0 : 2;
    const char *wrong = wrong_usage(&c);
    if (!wrong) return link_run(overlap, &c);
    complain(wrong);
    return 2;
}

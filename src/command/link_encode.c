/* blueheart link encode: people in, encodings out. Nothing is written unless every row was good. */
#include "command/link.h"

#include "link/clks.h"
#include "link/encode.h"

#include <stdio.h>

struct encode {
    const char *schema, *secret, *people, *out;
    bool is_normalised, keeps_blanks, is_lenient, is_for_tests, is_quiet;
};

struct encoding {
    struct arena *arena;
    const struct encode *choice;
    struct link_schema schema;
    struct link_encoder *encoder;
    struct records *records;
    size_t *column; /* of each feature; SIZE_MAX for an ignored one */
    int columns;
    str *cell;
    unsigned char *filter;
    struct link_clks_out out;
    uint64_t empty, let_pass, bad;
};

static bool tell_secret(enum link_secret_answer answer, const struct encode *c)
{
    const char *what = NULL;
    switch (answer) {
    case LINK_SECRET_GOOD: return true;
    case LINK_SECRET_LONG: what = "this secret is longer than a secret needs to be"; break;
    case LINK_SECRET_SHORT:
        what = "this secret is too short: 16 bytes or more; `blueheart link secret` makes one";
        break;
    case LINK_SECRET_WEAK:
        what = "this secret can be guessed; `blueheart link secret` makes one that cannot";
        break;
    }
    bool is_weak = answer == LINK_SECRET_SHORT || answer == LINK_SECRET_WEAK;
    if (is_weak && c->is_for_tests) return true;
    fprintf(stderr, "blueheart: %s: %s\n", c->secret, what);
    return false;
}

/* The header's names, each to the feature it names. */
static bool find_columns(struct encoding *e)
{
    struct records *r = e->records;
    const char *path = e->choice->people;
    enum csv_next next = records_next(r);
    if (next == CSV_BAD || next == CSV_END) {
        struct complaint c = next == CSV_BAD ? records_complaint(r)
                                             : (struct complaint){ 1, 1, S("there is no header") };
        complaint_tell(path, &c);
        return false;
    }
    e->columns = r->csv.n;
    bool is_good = true;
    bool *is_used = arena_new(e->arena, bool, (size_t)r->csv.n);
    for (size_t i = 0; i < e->schema.features; i++) {
        const struct link_feature *f = &e->schema.feature[i];
        e->column[i] = SIZE_MAX;
        for (size_t k = 0; k < (size_t)r->csv.n; k++) {
            if (!str_eq(str_trim(r->csv.cell[k]), f->identifier)) continue;
            if (is_used[k] || e->column[i] != SIZE_MAX) {
                struct complaint c = records_at(r, k, S("this column is there twice"));
                complaint_tell(path, &c);
                is_good = false;
            }
            e->column[i] = k;
            is_used[k] = true;
        }
        if (e->column[i] != SIZE_MAX || f->is_ignored) continue;
        struct complaint c = { 1, 0,
                               arena_format(e->arena,
                                            "no column is called \"%s\", which the schema encodes",
                                            f->identifier.p) };
        complaint_tell(path, &c);
        is_good = false;
    }
    for (size_t k = 0; k < (size_t)r->csv.n && is_good; k++) {
        if (is_used[k]) continue;
        struct complaint c = records_at(
            r, k, S("the schema has no such feature; this column is not encoded"));
        if (!e->choice->is_quiet) complaint_tell(path, &c);
    }
    return is_good;
}

static bool is_empty(const unsigned char *filter, unsigned bits)
{
    for (unsigned i = 0; i < bits / 8; i++)
        if (filter[i]) return false;
    return true;
}

/* Tells the first COMPLAINTS_MAX faults; the rest is counted. Values are never repeated: they are names. */
static void tell_fault(struct encoding *e, const struct link_fault *fault)
{
    if (++e->bad > COMPLAINTS_MAX) return;
    str name = e->schema.feature[fault->feature].identifier;
    struct complaint c = records_at(
        e->records, e->column[fault->feature],
        arena_format(e->arena, STR_FMT ": %s", STR_ARG(name), fault->what));
    complaint_tell(e->choice->people, &c);
}

static bool encode_row(struct encoding *e)
{
    struct records *r = e->records;
    if (r->csv.n == 1 && e->columns > 1 && !str_trim(r->csv.cell[0]).n)
        return true; /* an empty line */
    if (r->csv.n != e->columns) {
        struct complaint c = { r->csv.line, 1,
                               arena_format(e->arena, "this row has %d cells, the header %d",
                                            r->csv.n, e->columns) };
        complaint_tell(e->choice->people, &c);
        return false;
    }
    for (size_t i = 0; i < e->schema.features; i++)
        if (e->column[i] != SIZE_MAX) e->cell[i] = r->csv.cell[e->column[i]];
    struct link_fault fault;
    if (!link_encode(e->encoder, e->cell, e->filter, &fault)) {
        tell_fault(e, &fault);
        return true; /* to see what else is wrong; nothing will be kept */
    }
    e->let_pass += fault.what != NULL;
    e->empty += is_empty(e->filter, e->schema.bits);
    if (!e->bad) link_clks_put(&e->out, e->filter);
    return true;
}

static bool encode_rows(struct encoding *e)
{
    struct link_progress progress = link_progress_open(e->choice->is_quiet);
    uint64_t rows = 0;
    enum csv_next next;
    while ((next = records_next(e->records)) == CSV_ROW) {
        if (!encode_row(e)) return false;
        if (++rows % 4096 || !link_progress_due(&progress)) continue;
        double share = e->records->size
                           ? 100.0 * (double)e->records->read / (double)e->records->size
                           : 0;
        fprintf(stderr, "\rencoded %llu records (%.0f %%)\033[K", (unsigned long long)rows, share);
    }
    link_progress_end(&progress);
    if (next == CSV_BAD) {
        struct complaint c = records_complaint(e->records);
        complaint_tell(e->choice->people, &c);
        return false;
    }
    if (e->bad)
        fprintf(stderr, "blueheart: %s: %llu rows cannot be encoded; nothing was written\n",
                e->choice->people, (unsigned long long)e->bad);
    return e->bad == 0;
}

static void tell_result(struct encoding *e)
{
    double bits = (double)e->out.rows * e->schema.bits;
    double fill = bits > 0 ? 100 * (double)e->out.ones / bits : 0;
    if (!e->choice->is_quiet)
        fprintf(stderr, "blueheart: %llu records encoded in %u bits, %.1f %% of them set\n",
                (unsigned long long)e->out.rows, e->schema.bits, fill);
    if (fill > 60)
        link_notice(NULL,
                    S("more than 60 % of the bits are set: everybody resembles everybody, matching "
                      "is slow and errs; use fewer bits a feature or a larger l"));
    if (e->empty)
        link_notice(NULL,
                    arena_format(e->arena, "%llu records have nothing to encode and match nobody",
                                 (unsigned long long)e->empty));
    if (e->let_pass)
        link_notice(NULL,
                    arena_format(e->arena,
                                 "%llu records broke their format and were encoded as they are",
                                 (unsigned long long)e->let_pass));
}

static int encode(struct arena *a, void *choices)
{
    const struct encode *c = choices;
    struct encoding e = { .arena = a, .choice = c };
    if (!link_schema_of(a, c->schema, &e.schema)) return 1;
    if (!c->is_quiet) (void)link_schema_lint(&e.schema, a, link_notice, NULL);
    struct link_secret secret;
    enum link_secret_answer answer = link_secret_read(a, c->secret, &secret);
    if (!tell_secret(answer, c)) return 1;
    if (secret.is_open)
        fprintf(stderr,
                "blueheart: WARNING: %s: others on this machine may read this secret, and with it "
                "try out names: chmod 600 it now\n",
                c->secret);
    struct complaint wrong;
    struct link_encode_options how = { c->is_normalised, c->keeps_blanks, c->is_lenient };
    e.encoder = link_encoder_open(a, &e.schema, &secret, how, &wrong);
    if (!e.encoder) {
        complaint_tell(c->schema, &wrong);
        return 1;
    }
    e.column = arena_new(a, size_t, e.schema.features);
    e.cell = arena_new(a, str, e.schema.features);
    e.filter = arena_take(a, e.schema.bits / 8);
    e.records = records_open(a, c->people, LINK_COLUMNS_MAX);
    if (!find_columns(&e)) return 1;
    link_clks_begin(&e.out, a, c->out, e.schema.bits);
    if (!encode_rows(&e)) return 1;
    struct link_mark mark = link_mark_of(a, &e.schema, &secret, c->is_normalised, c->keeps_blanks);
    mark.is_for_tests = answer != LINK_SECRET_GOOD;
    link_clks_end(&e.out, a, &mark);
    tell_result(&e);
    return 0;
}

int link_encode_deed(int argc, char **argv)
{
    struct encode c = { .out = NULL };
    const struct choice choices[] = {
        { "schema", CHOICE_TEXT, &c.schema, "FILE",
          "the linkage schema, clkhash's version 3; needed", 0, 0, NULL },
        { "secret", CHOICE_TEXT, &c.secret, "FILE",
          "the agencies' secret; mode 0600; one line end after it is no part of it; needed", 0, 0,
          NULL },
        { "o", CHOICE_TEXT, &c.out, "FILE", "where the encodings go; needed", 0, 0, NULL },
        { "normalise", CHOICE_FLAG, &c.is_normalised, NULL,
          "strings of any script to Latin letters without case and marks, by ICU; noted in the "
          "file",
          0, 0, NULL },
        { "keep-blanks", CHOICE_FLAG, &c.keeps_blanks, NULL,
          "blanks around a cell belong to it, as clkhash has it; without this they are cut off", 0,
          0, NULL },
        { "lenient", CHOICE_FLAG, &c.is_lenient, NULL,
          "encode values outside their format's bounds as they are, and count them", 0, 0, NULL },
        { "for-tests", CHOICE_FLAG, &c.is_for_tests, NULL,
          "take a secret that can be guessed; the file says so", 0, 0, NULL },
        { "quiet", CHOICE_FLAG, &c.is_quiet, NULL, "only what is wrong", 0, 0, NULL },
    };
    const struct usage u = { "link encode",
                             "--schema S.json --secret FILE PEOPLE.csv -o OUT",
                             "A list of people becomes a list of encodings, {\"clks\": [...]}, in "
                             "the order of its rows.",
                             1,
                             1,
                             choices,
                             COUNT_OF(choices),
                             "The first row of PEOPLE.csv names the schema's features, in any "
                             "order. All or nothing: a bad cell is named by\n"
                             "line and column, never by what stands in it, and nothing is written. "
                             "Encodings are pseudonyms, not anonymous:\n"
                             "docs/linking.md says what who receives them can learn." };
    int n = choices_read(&u, argc, argv, &c.people);
    if (n < 0) return n == -1 ? 0 : 2;
    if (!c.schema || !c.secret || !c.out) {
        fprintf(
            stderr,
            "blueheart link encode: --schema, --secret and -o are needed; --help explains them\n");
        return 2;
    }
    return link_run(encode, &c);
}

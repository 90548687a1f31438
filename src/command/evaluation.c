#include "command/evaluation.h"

#include "base/limits.h"
#include "command/evaluation.html.h"
#include "draw/draw.h"
#include "web/document.h"

#include <math.h>

/* Above chance: three standard errors, for as many as 256 columns are looked at. */
#define ERRORS 3.0

struct filling {
    struct arena *a;
    const struct lang *l;
    const struct evaluation *e;
};

static str whole(const struct filling *f, uint64_t n)
{
    struct sink out;
    sink_open(&out, f->a, KIB(1));
    lang_number(&out, f->l, (int64_t)n);
    return arena_str(f->a, sink_str(&out));
}

static str real(const struct filling *f, double x, const char *unit)
{
    struct sink out;
    sink_open(&out, f->a, KIB(1));
    lang_real(&out, f->l, x, 1);
    put(&out, str_of(unit));
    return arena_str(f->a, sink_str(&out));
}

/* What is more than nothing does not become "0.0 %". */
static str per_cent(const struct filling *f, double share)
{
    if (share <= 0 || share >= 0.0005) return real(f, 100 * share, "\u00a0%");
    return arena_format(f->a, "< " STR_FMT, STR_ARG(real(f, 0.1, "\u00a0%")));
}

static void fill_lengths(const struct filling *f, struct command_evaluation *out)
{
    size_t n = f->e->length;
    struct command_evaluation_lengths *all = arena_new(f->a, struct command_evaluation_lengths,
                                                       n + 1);
    for (size_t i = 0; i <= n; i++) {
        bool is_all = i == n;
        const struct comparison *c = &f->e->by_length[is_all ? 0 : i + 1];
        all[i] = (struct command_evaluation_lengths){
            .name = is_all ? (str){ 0 } : whole(f, i + 1),
            .real = whole(f, c->real),
            .shown = whole(f, c->shown),
            .count = real(f, c->mean_count, ""),
            .error = real(f, c->mean_error, ""),
            .missing = per_cent(f, c->missing),
            .enough = per_cent(f, c->missing_enough),
            .relative = per_cent(f, c->relative_error),
            .fabricated = per_cent(f, c->fabricated),
            .rare = per_cent(f, c->rare_shown),
        };
    }
    out->lengths = all;
    out->lengths_n = n + 1;
}

static struct draw_bar bar(const struct filling *f, struct phrase name, double share)
{
    return (struct draw_bar){ lang_text(f->l, name), per_cent(f, share), share };
}

static void fill_picture(const struct filling *f, struct command_evaluation *out)
{
    struct draw_bar bars[4 * PUBLISH_LENGTH_MAX];
    size_t n = 0;
    for (size_t i = 1; i <= f->e->length; i++) {
        const struct comparison *c = &f->e->by_length[i];
        struct sink name;
        const struct lang_arg args[] = { { .name = "n", .kind = ARG_NUMBER, .number = (int)i } };
        sink_open(&name, f->a, KIB(1));
        lang_message(&name, f->l, PHRASES("{n} value", "{n} values combined"), args, 1, put);
        bars[n++] = (struct draw_bar){ arena_str(f->a, sink_str(&name)), { 0 }, NAN };
        bars[n++] = bar(f, PHRASE("Missing, though common"), c->missing_enough);
        bars[n++] = bar(f, PHRASE("Error, of common ones"), c->relative_error);
        bars[n++] = bar(f, PHRASE("Made up"), c->fabricated);
    }
    out->picture = draw_bars(f->a, bars, n, lang_text(f->l, PHRASE("Picture of the errors")));
}

/* Whether a share of n is larger than one of m by more than chance makes it. */
static bool is_larger(double a, uint64_t n, double b, uint64_t m)
{
    if (n == 0 || m == 0) return false;
    double error = sqrt(a * (1 - a) / (double)n + b * (1 - b) / (double)m);
    return a > b + fmax(ERRORS * error, 1e-9);
}

static void fill_near(const struct filling *f, const struct attributes *all,
                      struct command_evaluation *out)
{
    const struct nearness *shown = &f->e->shown_to_real, *others = &f->e->others_to_real;
    struct command_evaluation_near *near = arena_new(f->a, struct command_evaluation_near, 1);
    struct command_evaluation_columns *columns = arena_new(f->a, struct command_evaluation_columns,
                                                           all->columns + 1);
    *near = (struct command_evaluation_near){
        .has_holdout = f->e->has_holdout,
        .copies = per_cent(f, shown->exact),
        .others = per_cent(f, others->exact),
        .half = whole(f, shown->median),
        .half_others = whole(f, others->median),
        .mean = real(f, shown->mean, ""),
        .mean_others = real(f, others->mean, ""),
        .has_more_copies = is_larger(shown->exact, shown->looked, others->exact, others->looked),
        .is_nearer = shown->mean < 0.95 * others->mean,
        .looked = whole(f, all->columns ? f->e->by_column[0].looked : 0),
    };
    for (size_t i = 0; i < all->columns; i++) {
        const struct guesses *g = &f->e->by_column[i];
        bool is_told = is_larger(g->from_shown, g->looked, g->from_others, g->looked);
        near->tells += is_told;
        columns[i] = (struct command_evaluation_columns){ all->name[i], per_cent(f, g->from_shown),
                                                          per_cent(f, g->from_others),
                                                          per_cent(f, g->from_commonest), is_told };
    }
    near->is_telling = near->tells > 0;
    out->near = near;
    out->columns = columns;
    out->columns_n = all->columns;
}

str evaluation_document(struct arena *a, const struct lang *l, str title,
                        const struct attributes *all, const struct evaluation *e)
{
    struct filling f = { a, l, e };
    const struct comparison *c = &e->by_length[0];
    const struct show show = { .lang = l };
    struct command_evaluation view = {
        .real = whole(&f, e->real_rows),
        .shown = whole(&f, e->shown_rows),
        .k = whole(&f, e->k),
        .has_records = e->has_records,
        .error = per_cent(&f, c->relative_error),
        .missing = per_cent(&f, c->missing_enough),
        .fabricated = per_cent(&f, c->fabricated),
        .rare = per_cent(&f, c->rare_shown),
        .makes_up = c->fabricated > 0,
        .shows_rare = c->rare_shown > 0,
    };
    fill_lengths(&f, &view);
    fill_picture(&f, &view);
    if (e->has_records) fill_near(&f, all, &view);
    struct sink body;
    sink_open(&body, a, DOCUMENT_MAX);
    command_evaluation_html(&body, &show, &view);
    return web_document(a, l, title, (html){ sink_str(&body) });
}

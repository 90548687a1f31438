#include "study/report.h"

#include "draw/draw.h"

#include <math.h>

static const struct {
    const char *code;
    struct phrase name;
} names[] = {
    { "stepwise", PHRASE_CONST("Pairs of lists, step by step") },
    { "bic", PHRASE_CONST("Best model by BIC") },
    { "dga", PHRASE_CONST("Graphs, averaged") },
    { "lcmcr", PHRASE_CONST("Latent classes") },
    { "chao", PHRASE_CONST("Chao's lower bound") },
    { "mth", PHRASE_CONST("People who differ") },
    { "petersen", PHRASE_CONST("Lincoln and Petersen") },
    { "chapman", PHRASE_CONST("Chapman") },
    { "model", PHRASE_CONST("A model that was given") },
};

static struct phrase name_of(str code)
{
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_eq(code, str_of(names[i].code))) return names[i].name;
    return PHRASE("Another method");
}

/* What a page is filled with: the arena, the language, the result, and how its numbers are written. */
struct filling {
    struct arena *a;
    const struct lang *l;
    const struct study_result *r;
};

static str whole(const struct filling *f, double x)
{
    struct sink out;
    sink_open(&out, f->a, KIB(1));
    if (isinf(x)) put(&out, lang_text(f->l, PHRASE("without end")));
    else lang_number(&out, f->l, llround(x));
    return arena_str(f->a, sink_str(&out));
}

/* A count of people: NAN is one too small to be shown. */
static str people(const struct filling *f, double x)
{
    return isnan(x) ? lang_text(f->l, PHRASE("fewer than ten")) : whole(f, x);
}

/* A number a method gives: two significant figures, which is all that it means. */
static str said(const struct filling *f, double x)
{
    return isnan(x) ? (str){ 0 } : whole(f, study_round(x));
}

static struct maybe_int rounded(double x)
{
    return isfinite(x) ? SOME_INT(llround(study_round(x))) : (struct maybe_int){ 0 };
}

static str between(const struct filling *f, str low, str high)
{
    struct sink out;
    const struct lang_arg args[] = { { .name = "low", .kind = ARG_TEXT, .text = low },
                                     { .name = "high", .kind = ARG_TEXT, .text = high } };
    sink_open(&out, f->a, KIB(1));
    lang_message(&out, f->l, PHRASE("{low} to {high}"), NO_PLURAL, args, 2, put);
    return arena_str(f->a, sink_str(&out));
}

/* A sentence of the engine's, begun as sentences are. */
static str sentence(const struct filling *f, const struct saying *s)
{
    if (!s->words.english) return (str){ 0 };
    str text = saying_text(f->a, f->l, s);
    if (text.n == 0 || text.p[0] < 'a' || text.p[0] > 'z') return text;
    struct sink out;
    sink_open(&out, f->a, SAYING_MAX);
    put_char(&out, (char)(text.p[0] - 'a' + 'A'));
    put(&out, str_from(text, 1));
    return arena_str(f->a, sink_str(&out));
}

static str per_cent(const struct filling *f, double share)
{
    struct sink out;
    sink_open(&out, f->a, KIB(1));
    lang_number(&out, f->l, llround(share * 100));
    put_lit(&out, " %");
    return arena_str(f->a, sink_str(&out));
}

/* ---- methods ---- */

static str range_said(const struct filling *f, const struct result_range *r)
{
    return between(f, whole(f, study_round_down(r->low)), whole(f, study_round_up(r->high)));
}

static struct maybe_int limit(double x, double (*how)(double))
{
    return isfinite(x) ? SOME_INT(llround(how(x))) : (struct maybe_int){ 0 };
}

/* As many ranges as there are columns: a method without one has empty places. */
static void fill_ranges(const struct filling *f, const struct result_method *m,
                        struct study_report_methods *out, size_t columns)
{
    struct study_report_methods_ranges *all = arena_new(f->a, struct study_report_methods_ranges,
                                                        columns + 1);
    for (size_t i = 0; i < columns; i++) {
        all[i] = (struct study_report_methods_ranges){ .said = S("") };
        if ((int)i >= m->ranges || isnan(m->N)) continue;
        all[i] =
            (struct study_report_methods_ranges){ .level = llround(m->range[i].level),
                                                  .low = limit(m->range[i].low, study_round_down),
                                                  .high = limit(m->range[i].high, study_round_up),
                                                  .said = range_said(f, &m->range[i]) };
    }
    out->ranges = all;
    out->ranges_n = columns;
}

static void fill_details(const struct filling *f, const struct result_method *m,
                         struct study_report_methods *out)
{
    struct study_report_methods_notices *notices = arena_new(
        f->a, struct study_report_methods_notices, NOTICES_MAX);
    struct study_report_methods_variants *variants = arena_new(
        f->a, struct study_report_methods_variants, RESULT_VARIANTS);
    struct study_report_methods_chosen *chosen = arena_new(f->a, struct study_report_methods_chosen,
                                                           RESULT_SELECTED);
    for (int i = 0; i < m->notices; i++) notices[i].words = sentence(f, &m->notice[i]);
    for (int i = 0; i < m->variants; i++)
        variants[i] = (struct study_report_methods_variants){ sentence(f, &m->variant[i].name),
                                                              said(f, m->variant[i].N) };
    for (int i = 0; i < m->selecteds; i++)
        chosen[i] = (struct study_report_methods_chosen){ m->selected[i].model,
                                                          per_cent(f, m->selected[i].share) };
    out->notices = notices;
    out->notices_n = (size_t)m->notices;
    out->variants = variants;
    out->variants_n = (size_t)m->variants;
    out->chosen = chosen;
    out->chosen_n = (size_t)m->selecteds;
}

static size_t columns_of(const struct study_result *r)
{
    int most = 0;
    for (int i = 0; i < r->methods; i++)
        if (r->method[i].ranges > most) most = r->method[i].ranges;
    return (size_t)most;
}

static void fill_methods(const struct filling *f, struct study_report *out)
{
    size_t columns = columns_of(f->r);
    struct study_report_methods *all = arena_new(f->a, struct study_report_methods, RESULT_METHODS);
    struct study_report_levels *levels = arena_new(f->a, struct study_report_levels, columns + 1);
    for (int i = 0; i < f->r->methods; i++) {
        const struct result_method *m = &f->r->method[i];
        all[i] = (struct study_report_methods){ .code = m->method,
                                                .name = name_of(m->method),
                                                .model = str_or_absent(m->model),
                                                .number = rounded(m->N),
                                                .said = said(f, m->N),
                                                .is_bound = m->is_bound && !isnan(m->N),
                                                .why = sentence(f, &m->why),
                                                .assumes = sentence(f, &m->assumes),
                                                .how = m->ranges ? sentence(f, &m->interval_kind)
                                                                 : (str){ 0 } };
        fill_ranges(f, m, &all[i], columns);
        fill_details(f, m, &all[i]);
        for (int k = 0; k < m->ranges; k++) levels[k].said = per_cent(f, m->range[k].level / 100);
    }
    out->methods = all;
    out->methods_n = (size_t)f->r->methods;
    out->levels = levels;
    out->levels_n = columns;
}

static void fill_picture(const struct filling *f, struct study_report *out)
{
    struct draw_range *all = arena_new(f->a, struct draw_range, RESULT_METHODS);
    for (int i = 0; i < f->r->methods; i++) {
        const struct result_method *m = &f->r->method[i];
        const struct result_range none = { NAN, NAN, NAN },
                                  *inner = m->ranges > 1 ? &m->range[0] : &none,
                                  *outer = m->ranges ? &m->range[m->ranges - 1] : &none;
        all[i] = (struct draw_range){ .name = lang_text(f->l, name_of(m->method)),
                                      .said = isnan(m->N) ? lang_text(f->l, PHRASE("no number"))
                                                          : said(f, m->N),
                                      .number = m->N,
                                      .low = inner->low,
                                      .high = inner->high,
                                      .least = outer->low,
                                      .most = outer->high,
                                      .is_bound = m->is_bound };
    }
    double seen = isnan(f->r->seen) ? 1 : f->r->seen;
    struct saying of_seen = SAY(PHRASE("{n} seen"), SAID_TEXT("n", people(f, f->r->seen)));
    out->picture = draw_ranges(f->a, f->l, all, (size_t)f->r->methods, seen,
                               saying_text(f->a, f->l, &of_seen),
                               lang_text(f->l, PHRASE("What each method says, with its ranges; the "
                                                      "table below says the same")));
}

/* ---- lists ---- */

static void fill_lists(const struct filling *f, struct study_report *out)
{
    size_t n = (size_t)f->r->lists;
    struct study_report_shown *shown = arena_new(f->a, struct study_report_shown, n);
    struct study_report_columns *columns = arena_new(f->a, struct study_report_columns, n);
    for (size_t i = 0; i < n; i++) {
        const struct result_list *list = &f->r->list[i];
        struct study_report_shown_overlaps *over = arena_new(f->a,
                                                             struct study_report_shown_overlaps, n);
        for (size_t k = 0; k < n; k++)
            over[k].said = i == k ? S("") : people(f, f->r->overlap[i][k]);
        columns[i].name = list->name;
        shown[i] = (struct study_report_shown){ .name = list->name,
                                                .size = people(f, list->size),
                                                .aside = sentence(f, &list->aside),
                                                .overlaps = over,
                                                .overlaps_n = n };
    }
    out->shown = shown;
    out->columns = columns;
    out->shown_n = out->columns_n = n;
}

/* Two ways of choosing a model: one number, or both ends. */
static str either(const struct filling *f, double x, double y)
{
    double low = fmin(x, y), high = fmax(x, y); /* of which NAN takes no part */
    if (isnan(low)) return (str){ 0 };
    str a = said(f, low), b = said(f, high);
    return str_eq(a, b) ? a : between(f, a, b);
}

static void fill_without(const struct filling *f, struct study_report *out)
{
    struct study_report_without *all = arena_new(f->a, struct study_report_without, LISTS_MAX);
    for (int i = 0; i < f->r->withouts; i++) {
        const struct result_without *w = &f->r->without[i];
        all[i] = (struct study_report_without){ .name = f->r->list[w->list].name,
                                                .said = either(f, w->stepwise, w->bic),
                                                .size = people(f, w->size),
                                                .foretold = either(f, w->foretold_stepwise,
                                                                   w->foretold_bic) };
    }
    out->without = all;
    out->without_n = (size_t)f->r->withouts;
    out->has_without = f->r->withouts > 0;
}

static bool has_numbers(const struct study_result *r)
{
    for (int i = 0; i < r->methods; i++)
        if (!isnan(r->method[i].N)) return true;
    return false;
}

static const struct study_report_range *range_of(const struct filling *f)
{
    struct study_report_range *r = arena_new(f->a, struct study_report_range, 1);
    *r = (struct study_report_range){ .low = llround(study_round(f->r->low)),
                                      .high = llround(study_round(f->r->high)),
                                      .low_said = said(f, f->r->low),
                                      .high_said = said(f, f->r->high) };
    r->is_one = r->low == r->high;
    return r;
}

void study_report_fill(struct arena *a, const struct lang *l, const struct study_result *r,
                       struct study_report *out)
{
    struct filling f = { a, l, r };
    bool is_ok = r->status == ESTIMATE_OK && isfinite(r->low);
    *out = (struct study_report){
        .seen = people(&f, r->seen),
        .lists = r->lists,
        .is_rounded = r->is_rounded,
        .range = is_ok ? range_of(&f) : NULL,
        .why = is_ok ? (str){ 0 } : sentence(&f, &r->why),
        .is_checked = !is_ok && has_numbers(r),
        .untestable = PHRASE("Every number here supposes something that no data can test: how "
                             "those on no list relate to those on some. It may be wrong without "
                             "any sign of it."),
        .bootstrap = r->bootstrap > 0 ? whole(&f, r->bootstrap) : (str){ 0 },
    };
    struct study_report_warnings *warnings = arena_new(a, struct study_report_warnings,
                                                       WARNINGS_MAX);
    for (int i = 0; i < r->warnings; i++) warnings[i].words = sentence(&f, &r->warning[i]);
    out->warnings = warnings;
    out->warnings_n = (size_t)r->warnings;
    fill_methods(&f, out);
    fill_picture(&f, out);
    fill_lists(&f, out);
    fill_without(&f, out);
}

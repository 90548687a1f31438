#include "study/result.h"

#include <math.h>

#define COPY_SOME(to, to_n, most, from, from_n, what) \
    for (int i_ = 0; i_ < (int)(from_n) && i_ < (most); i_++, to_n++) to[i_] = (what)

static struct result_method method_of(const struct estimate_result *r)
{
    struct result_method m = { .method = r->method,
                               .model = r->model,
                               .status = r->status,
                               .why = r->why,
                               .assumes = r->assumes,
                               .interval_kind = r->interval_kind,
                               .N = r->status == ESTIMATE_OK ? r->N : NAN,
                               .is_bound = r->is_bound,
                               .resamples = (double)r->resamples,
                               .infinite = (double)r->infinite_resamples };
    COPY_SOME(m.range, m.ranges, LEVELS_MAX, r->interval, r->intervals,
              ((struct result_range){ r->interval[i_].level, r->interval[i_].low,
                                      r->interval[i_].high }));
    COPY_SOME(m.selected, m.selecteds, RESULT_SELECTED, r->selected, r->selected_n,
              ((struct result_share){ r->selected[i_].model, r->selected[i_].share }));
    COPY_SOME(m.variant, m.variants, RESULT_VARIANTS, r->variant, r->variants,
              ((struct result_variant){ r->variant[i_].name, r->variant[i_].N }));
    COPY_SOME(m.notice, m.notices, NOTICES_MAX, r->notice, r->notices, r->notice[i_]);
    for (int i = 0; i < r->intervals && m.notices < NOTICES_MAX; i++)
        if (r->interval[i].note.words.english) m.notice[m.notices++] = r->interval[i].note;
    return m;
}

static void fill_lists(struct study_result *s, const struct estimate *e)
{
    s->lists = e->whole.lists;
    for (int i = 0; i < s->lists; i++) {
        s->list[i] = (struct result_list){ e->whole.name[i], mse_list_size(&e->whole, i),
                                           e->lists.notice[i] };
        for (int k = 0; k < s->lists; k++)
            s->overlap[i][k] = mse_overlap(&e->whole, 1u << i | 1u << k);
    }
}

struct study_result study_result_of(const struct estimate *e, const struct estimate_wish *wish)
{
    struct study_result s = { .seen = e->whole.n,
                              .status = e->status,
                              .why = e->why,
                              .is_open = e->is_open,
                              .low = e->spread.low,
                              .high = e->spread.high,
                              .bootstrap = (double)wish->bootstrap,
                              .seed = (double)wish->seed };
    if (e->spread.methods == 0) s.low = s.high = NAN;
    fill_lists(&s, e);
    COPY_SOME(s.method, s.methods, RESULT_METHODS, e->result, e->results,
              method_of(&e->result[i_]));
    for (int i = 0; i < e->spread.withouts; i++) {
        const struct estimate_without *w = &e->spread.without[i];
        s.without[s.withouts++] = (struct result_without){
            w->list, w->stepwise, w->bic, w->size, w->foretold_stepwise, w->foretold_bic
        };
    }
    COPY_SOME(s.warning, s.warnings, WARNINGS_MAX, e->warning, e->warnings, e->warning[i_]);
    return s;
}

/* ---- rounding ---- */

static double to_figures(double x, double least, double (*how)(double))
{
    if (!isfinite(x) || (fabs(x) < 1 && least <= 1)) return x > 0 && x < 1 ? how(x) : x;
    double unit = fabs(x) < 1 ? 1 : pow(10, floor(log10(fabs(x))) - 1);
    if (unit < least) unit = least;
    return how(x / unit) * unit;
}

double study_round(double x)
{
    return to_figures(x, 1, round); /* people are whole */
}

double study_round_down(double x)
{
    return to_figures(x, 1, floor);
}

double study_round_up(double x)
{
    return to_figures(x, 1, ceil);
}

/* What a method says, as the public may see it. */
static double number_rounded(double x)
{
    return to_figures(x, RESULT_SMALL, round);
}

/* A count of people as the public may see it. */
static double count_rounded(double x)
{
    return x < RESULT_SMALL ? NAN : floor(x / RESULT_SMALL) * RESULT_SMALL;
}

/* Two lists are three counts: on one alone, on the other alone, on both. What methods say of two lists is a formula of
 * these three, and tables of tens with such a number give each of them back. */
static bool is_few(double n1, double n2, double both)
{
    return !(both >= RESULT_SMALL && n1 - both >= RESULT_SMALL && n2 - both >= RESULT_SMALL);
}

/* The number itself would tell how many are in a group smaller than RESULT_SMALL. */
static bool is_telling(const struct study_result *e)
{
    return e->seen < RESULT_SMALL ||
           (e->lists == 2 && is_few(e->list[0].size, e->list[1].size, e->overlap[0][1]));
}

/* Leaving out one of three lists leaves two; and so does foretelling one of three, among its own people. */
static bool is_telling_without(const struct study_result *e, int list)
{
    if (e->lists != 3) return false;
    int a = (list + 1) % 3, b = (list + 2) % 3;
    const double *on = e->overlap[list];
    double all = e->seen; /* ... and those on all three */
    for (int i = 0; i < 3; i++) all += e->overlap[i][(i + 1) % 3] - e->list[i].size;
    return is_few(e->list[a].size, e->list[b].size, e->overlap[a][b]) || is_few(on[a], on[b], all);
}

struct renamed {
    const struct study_result *exact;
    const str *names;
};

static const struct phrase kept_back = PHRASE_CONST(
    "too few people stand behind it: a number here would tell how many");

static int list_named(const struct study_result *e, const struct saying *s)
{
    for (int i = 0; i < s->values; i++)
        for (int k = 0; s->value[i].is_text && k < e->lists; k++)
            if (str_eq(s->value[i].text, e->list[k].name)) return k;
    return -1;
}

static bool speaks_of(const struct saying *s, const char *name)
{
    for (int i = 0; i < s->values; i++)
        if (str_eq(str_of(s->value[i].name), str_of(name))) return true;
    return false;
}

/* A number in a sentence. False: it counts people and is too small to be said. */
static bool round_said(const struct study_result *e, int list, struct said *v)
{
    if (v->is_text || str_eq(str_of(v->name), S("rhat"))) return true;
    bool is_count = v->number == e->seen || str_eq(str_of(v->name), S("seen")) ||
                    (list >= 0 && v->number == e->list[list].size);
    if (is_count && v->number < RESULT_SMALL) return false;
    v->number = is_count                                ? count_rounded(v->number)
                : list >= 0 && v->number < RESULT_SMALL ? RESULT_SMALL
                : v->number < RESULT_SMALL              ? round(v->number)
                                                        : study_round(v->number);
    v->decimals = 0;
    return true;
}

/* Numbers rounded; lists under the names given for them. What is no name of a list stays. */
static struct saying said_rounded(const struct renamed *r, struct saying s)
{
    /* How many resamples lost a group altogether says how large it is. */
    if (speaks_of(&s, "infinite")) return (struct saying){ 0 };
    int list = list_named(r->exact, &s);
    for (int i = 0; i < s.values; i++) {
        struct said *v = &s.value[i];
        if (!round_said(r->exact, list, v)) return SAY(kept_back);
        for (int k = 0; v->is_text && k < r->exact->lists; k++)
            if (str_eq(v->text, r->exact->list[k].name)) {
                v->text = r->names[k];
                break;
            }
    }
    return s;
}

/* A warning that would tell what a table without a list is not allowed to tell says only that there is one. */
static struct saying warning_rounded(const struct renamed *r, const struct saying *s)
{
    bool is_of_lists = speaks_of(s, "foretold") || (speaks_of(s, "low") && speaks_of(s, "high"));
    int list = list_named(r->exact, s);
    bool is_small = speaks_of(s, "foretold") &&
                    (list < 0 || r->exact->list[list].size < RESULT_SMALL);
    for (int i = 0; is_of_lists && i < r->exact->lists; i++)
        if (is_telling_without(r->exact, i)) is_small = true;
    if (is_small)
        return SAY(PHRASE("much hangs on a single list; how much is kept back, since it would tell "
                          "how few people are on several"));
    return said_rounded(r, *s);
}

/* Takes all numbers of a method away. */
static void keep_back(struct result_method *m, bool is_telling)
{
    m->N = NAN;
    m->ranges = m->variants = m->selecteds = m->notices = 0;
    m->interval_kind = (struct saying){ 0 };
    if (!is_telling) return;
    m->model = S("");
    m->status = ESTIMATE_REFUSED;
    m->why = SAY(kept_back);
}

static void round_method(const struct renamed *r, struct result_method *m)
{
    m->N = number_rounded(m->N);
    m->infinite = NAN;
    m->why = said_rounded(r, m->why);
    m->assumes = said_rounded(r, m->assumes);
    for (int i = 0; i < m->ranges; i++) {
        m->range[i].low = to_figures(m->range[i].low, RESULT_SMALL, floor);
        m->range[i].high = to_figures(m->range[i].high, RESULT_SMALL, ceil);
    }
    for (int i = 0; i < m->variants; i++) m->variant[i].N = number_rounded(m->variant[i].N);
    int said = 0;
    for (int i = 0; i < m->notices; i++) {
        struct saying notice = said_rounded(r, m->notice[i]);
        if (notice.words.english) m->notice[said++] = notice;
    }
    m->notices = said;
    for (int i = 0; i < m->selecteds; i++)
        m->selected[i].share = round(m->selected[i].share * 100) / 100;
}

static void round_lists(const struct renamed *r, struct study_result *s)
{
    for (int i = 0; i < s->lists; i++) {
        s->list[i].name = r->names[i];
        s->list[i].size = count_rounded(r->exact->list[i].size);
        s->list[i].aside = said_rounded(r, s->list[i].aside);
        for (int k = 0; k < s->lists; k++)
            s->overlap[i][k] = count_rounded(r->exact->overlap[i][k]);
    }
}

static void round_without(const struct renamed *r, bool has_numbers, struct result_without *w)
{
    bool is_said = has_numbers && !is_telling_without(r->exact, w->list);
    w->stepwise = is_said ? number_rounded(w->stepwise) : NAN;
    w->bic = is_said ? number_rounded(w->bic) : NAN;
    w->size = count_rounded(w->size);
    w->foretold_stepwise = is_said ? number_rounded(w->foretold_stepwise) : NAN;
    w->foretold_bic = is_said ? number_rounded(w->foretold_bic) : NAN;
}

struct study_result study_result_rounded(const struct study_result *exact, const str *names)
{
    struct study_result s = *exact;
    struct renamed r = { exact, names };
    bool tells = is_telling(exact), has_numbers = exact->status == ESTIMATE_OK && !tells;
    s.is_rounded = true;
    s.seen = count_rounded(exact->seen);
    s.low = has_numbers ? number_rounded(s.low) : NAN;
    s.high = has_numbers ? number_rounded(s.high) : NAN;
    s.why = tells ? SAY(kept_back) : said_rounded(&r, s.why);
    if (tells) s.status = ESTIMATE_REFUSED;
    s.seed = NAN;
    round_lists(&r, &s);
    for (int i = 0; i < s.methods; i++) {
        round_method(&r, &s.method[i]);
        if (!has_numbers) keep_back(&s.method[i], tells);
    }
    for (int i = 0; i < s.withouts; i++) round_without(&r, has_numbers, &s.without[i]);
    s.warnings = tells ? 0 : s.warnings;
    for (int i = 0; i < s.warnings; i++) s.warning[i] = warning_rounded(&r, &exact->warning[i]);
    return s;
}

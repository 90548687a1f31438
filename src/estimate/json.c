#include "estimate/estimate.h"

#include <math.h>

/* What is infinite or absent is null. */
static void number(struct sink *out, double x)
{
    if (isfinite(x)) put_format(out, "%.17g", x);
    else put_lit(out, "null");
}

static void key(struct sink *out, const char *name)
{
    put_format(out, ",\"%s\":", name);
}

static void key_number(struct sink *out, const char *name, double x)
{
    key(out, name);
    number(out, x);
}

static void key_text(struct sink *out, const char *name, str s)
{
    key(out, name);
    if (s.n) json_text(out, s);
    else put_lit(out, "null");
}

static void key_says(struct sink *out, const char *name, const struct saying *s)
{
    key(out, name);
    if (s->words.english) json_text(out, saying_english(out->arena, s));
    else put_lit(out, "null");
}

static void key_whole(struct sink *out, const char *name, int n)
{
    key(out, name);
    if (n >= 0) put_int(out, n);
    else put_lit(out, "null");
}

static void sayings(struct sink *out, const struct saying *s, int n)
{
    put_char(out, '[');
    for (int i = 0; i < n; i++) {
        if (i) put_char(out, ',');
        json_text(out, saying_english(out->arena, &s[i]));
    }
    put_char(out, ']');
}

/* {"80":[lo,hi],"95":[lo,hi]} */
static void intervals(struct sink *out, const struct estimate_interval *x, int n)
{
    if (n == 0) {
        put_lit(out, "null");
        return;
    }
    put_char(out, '{');
    for (int i = 0; i < n; i++) {
        put_format(out, "%s\"%.10g\":[", i ? "," : "", x[i].level);
        number(out, x[i].low);
        put_char(out, ',');
        number(out, x[i].high);
        put_char(out, ']');
    }
    put_char(out, '}');
}

static void interval_notes(struct sink *out, const struct estimate_interval *x, int n)
{
    bool has = false;
    put_char(out, '{');
    for (int i = 0; i < n; i++) {
        if (!x[i].note.words.english) continue;
        put_format(out, "%s\"%.10g\":", has ? "," : "", x[i].level);
        json_text(out, saying_english(out->arena, &x[i].note));
        has = true;
    }
    put_char(out, '}');
}

static void coefficients(struct sink *out, const struct estimate_result *r)
{
    key(out, "coefficients");
    put_char(out, '[');
    for (size_t i = 0; i < r->terms; i++) {
        put_format(out, "%s", i ? ",{\"term\":" : "{\"term\":");
        json_text(out, r->term[i].term);
        key_number(out, "value", r->term[i].value);
        key_number(out, "se", r->term[i].se);
        put_format(out, ",\"minus_infinity\":%s}", r->term[i].is_minus_infinity ? "true" : "false");
    }
    put_char(out, ']');
}

/* {"[12,3]":0.7} */
static void shares(struct sink *out, const char *name, const struct estimate_result *r)
{
    key(out, name);
    put_char(out, '{');
    for (size_t i = 0; i < r->selected_n; i++) {
        if (i) put_char(out, ',');
        json_text(out, r->selected[i].model);
        put_format(out, ":%.17g", r->selected[i].share);
    }
    put_char(out, '}');
}

static void resampling(struct sink *out, const struct estimate_result *r)
{
    bool has = r->resamples > 0;
    key(out, "resamples");
    put_int(out, (int64_t)r->resamples);
    key(out, "infinite_resamples");
    if (has) put_int(out, (int64_t)r->infinite_resamples);
    else put_lit(out, "null");
    key_number(out, "ahat", r->ahat);
    key_number(out, "z0", r->z0);
    if (!has && r->selected_n) shares(out, "graphs", r);
    if (has) shares(out, "selected", r);
    else key(out, "selected"), put_lit(out, "null");
}

static void ranking(struct sink *out, const struct estimate_result *r)
{
    if (!r->models_tried) return;
    key(out, "models_tried");
    put_int(out, (int64_t)r->models_tried);
    key(out, "models_valid");
    put_int(out, (int64_t)r->models_valid);
    put_format(out, ",\"is_search\":%s", r->is_search ? "true" : "false");
    key(out, "ranked");
    put_char(out, '[');
    for (size_t i = 0; i < r->ranked_n; i++) {
        put_format(out, "%s", i ? ",{\"model\":" : "{\"model\":");
        json_text(out, r->ranked[i].model);
        key_number(out, "N", r->ranked[i].N);
        key_number(out, "bic", r->ranked[i].bic);
        put_char(out, '}');
    }
    put_char(out, ']');
    key(out, "by_ntop");
    put_char(out, '[');
    for (int i = 0; i < r->rungs; i++) {
        put_format(out, "%s{\"ntop\":%zu,\"intervals\":", i ? "," : "", r->rung[i].ntop);
        intervals(out, r->rung[i].interval, r->intervals);
        put_char(out, '}');
    }
    put_char(out, ']');
}

static void variants(struct sink *out, const struct estimate_result *r)
{
    if (!r->variants) return;
    key(out, "variants");
    put_char(out, '[');
    for (int i = 0; i < r->variants; i++) {
        const struct estimate_variant *v = &r->variant[i];
        put_format(out, "%s", i ? ",{\"name\":" : "{\"name\":");
        json_text(out, saying_english(out->arena, &v->name));
        key_number(out, "N", v->N);
        key_number(out, "se", v->se);
        key(out, "intervals");
        intervals(out, v->interval, v->intervals);
        key_number(out, "aic", v->aic);
        key_number(out, "bic", v->bic);
        key_number(out, "deviance", v->deviance);
        key_whole(out, "df", v->df);
        key_whole(out, "params", v->params);
        put_char(out, '}');
    }
    put_char(out, ']');
}

static void result(struct sink *out, const struct estimate_result *r)
{
    put_lit(out, "{\"method\":");
    json_text(out, r->method);
    key_text(out, "status", estimate_status_word(r->status));
    if (r->why.words.english) key_says(out, "why", &r->why);
    key_says(out, "assumes", &r->assumes);
    key_text(out, "model", r->model);
    key_whole(out, "model_status", r->has_model_status ? (int)r->model_status : -1);
    key_number(out, "N", r->N);
    key_number(out, "dark", r->dark);
    key(out, "intervals");
    intervals(out, r->interval, r->intervals);
    key_says(out, "interval_kind", &r->interval_kind);
    key(out, "interval_notes");
    interval_notes(out, r->interval, r->intervals);
    key(out, "conditional_intervals");
    intervals(out, r->conditional, r->conditionals);
    key_number(out, "se", r->se);
    key_number(out, "aic", r->aic);
    key_number(out, "bic", r->bic);
    key_number(out, "deviance", r->deviance);
    key_number(out, "log_likelihood", r->log_likelihood);
    key_whole(out, "df", r->df);
    key_whole(out, "params", r->params);
    resampling(out, r);
    ranking(out, r);
    put_format(out, ",\"is_lower_bound\":%s", r->is_bound ? "true" : "false");
    variants(out, r);
    if (r->rhat > 0) {
        key_number(out, "rhat", r->rhat);
        key_number(out, "effective_samples", r->ess);
    }
    coefficients(out, r);
    key(out, "notices");
    sayings(out, r->notice, r->notices);
    put_char(out, '}');
}

/* "spread": over methods, and over lists left out. */
static void spread(struct sink *out, const struct estimate *e)
{
    const struct estimate_spread *s = &e->spread;
    key(out, "spread");
    put_format(out, "{\"methods\":%d", s->methods);
    key_number(out, "low", s->low);
    key_number(out, "high", s->high);
    key_number(out, "ratio", s->high / s->low);
    key(out, "leave_one_out");
    put_char(out, '[');
    for (int i = 0; i < s->withouts; i++) {
        const struct estimate_without *x = &s->without[i];
        put_format(out, "%s", i ? ",{\"without\":" : "{\"without\":");
        json_text(out, e->whole.name[x->list]);
        key_number(out, "stepwise", x->stepwise);
        key_number(out, "bic", x->bic);
        key(out, "foretold");
        put_lit(out, "{\"size\":");
        number(out, x->size);
        key_number(out, "seen_by_others", x->seen_by_others);
        key_number(out, "stepwise", x->foretold_stepwise);
        key_number(out, "bic", x->foretold_bic);
        put_lit(out, "}}");
    }
    put_lit(out, "]}");
}

static void lists(struct sink *out, const struct estimate *e)
{
    key(out, "lists");
    put_char(out, '[');
    for (int i = 0; i < e->whole.lists; i++) {
        put_format(out, "%s", i ? ",{\"name\":" : "{\"name\":");
        json_text(out, e->whole.name[i]);
        key_whole(out, "column", i + 1);
        key_number(out, "size", mse_list_size(&e->whole, i));
        bool is_aside = e->lists.notice[i].words.english != NULL;
        put_format(out, ",\"is_set_aside\":%s,\"notices\":", is_aside ? "true" : "false");
        sayings(out, &e->lists.notice[i], is_aside);
        put_char(out, '}');
    }
    put_char(out, ']');
    key(out, "overlaps");
    put_char(out, '[');
    bool has = false;
    for (int i = 0; i < e->whole.lists; i++)
        for (int k = i + 1; k < e->whole.lists; k++) {
            put_format(out, "%s", has ? ",{\"lists\":[" : "{\"lists\":[");
            json_text(out, e->whole.name[i]);
            put_char(out, ',');
            json_text(out, e->whole.name[k]);
            put_char(out, ']');
            key_number(out, "count", mse_overlap(&e->whole, 1u << i | 1u << k));
            put_char(out, '}');
            has = true;
        }
    put_char(out, ']');
}

void estimate_json(struct sink *out, const struct estimate *e)
{
    put_lit(out, "{\"observed\":");
    number(out, e->whole.n);
    lists(out, e);
    key_text(out, "status", estimate_status_word(e->status));
    if (e->why.words.english) key_says(out, "why", &e->why);
    key(out, "results");
    put_char(out, '[');
    for (int i = 0; i < e->results; i++) {
        if (i) put_char(out, ',');
        result(out, &e->result[i]);
    }
    put_char(out, ']');
    spread(out, e);
    struct saying untestable = estimate_untestable();
    key_says(out, "untestable", &untestable);
    key(out, "warnings");
    sayings(out, e->warning, e->warnings);
    put_lit(out, "}\n");
}

/* Several states side by side. Who asks for too many, for nobody or for somebody unknown is told so in words and
 * gets those that are right. */
#include "campaign/compare.h"

#include "claim/pages.h"
#include "law/law.h"
#include "tiers/tiers.h"

#define LEFT_OUT_MAX 12

struct chosen {
    str iso3[COMPARE_MAX];
    size_t n;
    struct campaign_compare_left_out left_out[LEFT_OUT_MAX];
    size_t left_out_n;
    int fields; /* how often the address says c= */
    bool is_untidy;
};

static void leave_out(struct chosen *c, str asked, struct phrase why)
{
    if (c->left_out_n < LEFT_OUT_MAX)
        c->left_out[c->left_out_n++] = (struct campaign_compare_left_out){ str_cut_text(asked, 40),
                                                                           why };
}

static str upper(struct arena *a, str s)
{
    char *p = arena_take(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 'a' + 'A') : s.p[i];
    return (str){ p, s.n };
}

static void choose_one(struct req *rq, str asked, struct chosen *c)
{
    struct law_state state;
    str code = upper(rq->arena, str_trim(asked));
    if (code.n == 0) return;
    if (code.n != 3 || !law_state_get(rq->db, code, CLAIM_NOW, &state)) {
        leave_out(c, asked, PHRASE("no state has this code; codes have three letters, as in MEX"));
        return;
    }
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->iso3[i], code)) {
            leave_out(c, lang_state(rq->lang, code), PHRASE("it was asked for twice"));
            return;
        }
    if (c->n == COMPARE_MAX) {
        leave_out(c, lang_state(rq->lang, code), PHRASE("no more than six can be compared"));
        return;
    }
    c->iso3[c->n++] = state.iso3;
}

/* c=MEX,ESP from a link; c=MEX&c=ESP&c= from the form. */
static void choose(struct req *rq, struct chosen *c)
{
    *c = (struct chosen){ 0 };
    for (int i = 0; i < rq->in_query_n; i++) {
        if (!str_eq(rq->in_query[i].name, S("c"))) continue;
        c->fields++;
        str all = rq->in_query[i].value;
        while (all.p) choose_one(rq, str_split(&all, ','), c);
    }
}

static str address_of(struct req *rq, const str *iso3, size_t n, size_t without, bool common)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(2));
    put_lit(&out, "/compare");
    bool is_first = true;
    for (size_t i = 0; i < n; i++) {
        if (i == without) continue;
        put(&out, is_first ? S("?c=") : S(","));
        put(&out, iso3[i]);
        is_first = false;
    }
    if (common && !is_first) put_lit(&out, "&scale=common");
    return web_beneath(rq, sink_str(&out));
}

static str option_name(const void *thing)
{
    return ((const struct campaign_compare_options *)thing)->name;
}

static void fill_form(struct req *rq, const struct chosen *c, struct campaign_compare *v)
{
    struct law_state *states;
    size_t n = law_states(rq->db, CLAIM_NOW, &states);
    struct campaign_compare_options *options = arena_new(rq->arena, struct campaign_compare_options,
                                                         n);
    for (size_t i = 0; i < n; i++)
        if (states[i].is_state)
            options[v->options_n++] = (struct campaign_compare_options){
                states[i].iso3, lang_state(rq->lang, states[i].iso3)
            };
    lang_sort(rq->arena, rq->lang, options, v->options_n, sizeof *options, option_name);
    struct campaign_compare_slots *slots = arena_new(rq->arena, struct campaign_compare_slots,
                                                     COMPARE_MAX);
    for (size_t i = 0; i < COMPARE_MAX; i++) {
        slots[i].number = (int64_t)i + 1;
        if (i >= c->n) continue;
        slots[i].code = c->iso3[i];
        slots[i].name = lang_state(rq->lang, c->iso3[i]);
    }
    v->options = options;
    v->slots = slots;
    v->slots_n = COMPARE_MAX;
    v->form_address = web_beneath_now(rq, S("/compare"));
    if (rq->when.on.n) v->on = rq->when.on;
    v->known = str_or_absent(in_query(rq, "known"));
}

#define COMPARE_SOURCES_MAX 32

void compare_source(struct req *rq, str id, struct campaign_compare *v)
{
    struct web_source *all = (struct web_source *)v->sources;
    if (id.n == 0 || v->sources_n == COMPARE_SOURCES_MAX) return;
    for (size_t i = 0; i < v->sources_n; i++)
        if (str_eq(all[i].id, id)) return;
    all[v->sources_n++] = claim_source_shown(rq, id);
}

static void fill_states(struct req *rq, const struct chosen *c, struct campaign_compare *v)
{
    int64_t tier_year = tiers_newest_whole_year(rq->db, rq->when);
    struct campaign_compare_states *all = arena_new(rq->arena, struct campaign_compare_states,
                                                    COMPARE_MAX);
    if (tier_year) v->tier_year = SOME_INT(tier_year);
    v->sources = arena_new(rq->arena, struct web_source, COMPARE_SOURCES_MAX);
    for (size_t i = 0; i < c->n; i++) {
        all[i].iso3 = c->iso3[i];
        all[i].name = lang_state(rq->lang, c->iso3[i]);
        all[i].address = web_beneath(rq, S("/countries/"), c->iso3[i]);
        all[i].without = address_of(rq, c->iso3, c->n, i, v->common_scale);
        compare_facts(rq, tier_year, &all[i], v);
    }
    v->states = all;
    v->states_n = c->n;
    compare_tiers(rq, all, c->n, v);
    compare_numbers(rq, all, c->n, v);
}

static str codes_of(struct req *rq, const struct chosen *c)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(1));
    for (size_t i = 0; i < c->n; i++) {
        if (i) put_char(&out, ',');
        put(&out, c->iso3[i]);
    }
    return sink_str(&out);
}

void campaign_compare(struct req *rq)
{
    struct chosen c;
    choose(rq, &c);
    str scale = in_query(rq, "scale");
    bool is_common = str_eq(scale, S("common"));
    if (c.fields > 1 && c.left_out_n == 0 &&
        !rq->is_api) { /* the form's address becomes one to share */
        go_to(rq, 303, address_of(rq, c.iso3, c.n, COMPARE_MAX, is_common));
        return;
    }
    struct campaign_compare v = {
        .asked = codes_of(rq, &c),
        .link = address_of(rq, c.iso3, c.n, COMPARE_MAX, is_common),
        .has_states = c.n > 0,
        .is_alone = c.n == 1,
        .most = COMPARE_MAX,
        .has_left_out = c.left_out_n > 0,
        .left_out = c.left_out,
        .left_out_n = c.left_out_n,
        .common_scale = is_common,
        .scale_switch = arena_format(rq->arena, STR_FMT "#victims",
                                     STR_ARG(address_of(rq, c.iso3, c.n, COMPARE_MAX, !is_common))),
    };
    fill_form(rq, &c, &v);
    if (c.n) fill_states(rq, &c, &v);
    v.cite = arena_format(rq->arena,
                          "Blue Heart, comparison of " STR_FMT ", " STR_FMT "/en/compare?c=" STR_FMT
                          ". Each figure is from the source named for it.",
                          STR_ARG(v.asked), STR_ARG(site_origin(rq)), STR_ARG(v.asked));
    struct head head = {
        .title = say(rq, PHRASE("Compare countries")),
        .section = "countries",
        .description = say(rq, PHRASE("Up to six states side by side: promises, tiers, policy and "
                                      "victims detected, each with its gaps.")),
    };
    page(rq, head, &campaign_compare_view, &v);
}

/* Search over everything, in the reader's language; names of states are found misspelt too. */
#include "search/search.h"
#include "base/limits.h"
#include "campaign/pages.h"
#include "law/law.h"

#include <stdlib.h>

static str search_address(struct req *rq, str q, str part, size_t from)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(16));
    put_format(&out, "/" STR_FMT "/search?q=", STR_ARG(lang_code(rq->lang)));
    url_part(&out, q);
    if (part.n) put_format(&out, "&in=" STR_FMT, STR_ARG(part));
    if (from) put_format(&out, "&from=%zu", from);
    return sink_str(&out);
}

/* Titles and passages have pieces of the same form, but a type each. */
#define FILL_PIECES(rq, list, from, from_n, type)                                 \
    do {                                                                          \
        (list) = arena_new((rq)->arena, type, (from_n) + 1);                      \
        for (size_t piece = 0; piece < (from_n); piece++)                         \
            (list)[piece] = (type){ (from)[piece].text, (from)[piece].is_match }; \
    } while (0)

static str whole(struct arena *a, const struct search_piece *pieces, size_t n)
{
    struct sink out;
    sink_open(&out, a, KIB(64));
    for (size_t i = 0; i < n; i++) put(&out, pieces[i].text);
    return sink_str(&out);
}

static void fill_result(struct req *rq, const struct search_result *r,
                        struct campaign_search_groups_results *out)
{
    *out = (struct campaign_search_groups_results){
        .name = whole(rq->arena, r->title, r->title_n),
        .address = web_beneath_now(rq, r->path),
        .language = lang_code(r->written_in),
        .direction = lang_is_rtl(r->written_in) ? S("rtl") : S("ltr"),
        .title_n = r->title_n,
        .passage_n = r->passage_n,
    };
    struct campaign_search_groups_results_title *title;
    struct campaign_search_groups_results_passage *passage;
    FILL_PIECES(rq, title, r->title, r->title_n, struct campaign_search_groups_results_title);
    FILL_PIECES(rq, passage, r->passage, r->passage_n,
                struct campaign_search_groups_results_passage);
    out->title = title;
    out->passage = passage;
}

/* Where something is said matters less to most than what is said. */
static void put_sources_last(struct campaign_search_groups *groups, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        if (!str_eq(groups[i].part.code, search_parts[SEARCH_SOURCES].code)) continue;
        struct campaign_search_groups sources = groups[i];
        memmove(&groups[i], &groups[i + 1], (n - i - 1) * sizeof *groups);
        groups[n - 1] = sources;
        return;
    }
}

/* Groups in the order of their best result. */
static void fill_groups(struct req *rq, const struct search_answer *found, enum search_part part,
                        struct campaign_search *v)
{
    struct campaign_search_groups *groups = arena_new(rq->arena, struct campaign_search_groups,
                                                      SEARCH_PARTS);
    bool is_done[SEARCH_PARTS] = { false };
    for (size_t i = 0; i < found->n; i++) {
        enum search_part p = found->results[i].part;
        if (is_done[p]) continue;
        is_done[p] = true;
        struct campaign_search_groups_results *all = arena_new(
            rq->arena, struct campaign_search_groups_results, found->n);
        struct campaign_search_groups *g = &groups[v->groups_n++];
        *g = (struct campaign_search_groups){ .part = search_parts[p],
                                              .count = found->in_part[p],
                                              .results = all };
        for (size_t k = i; k < found->n; k++)
            if (found->results[k].part == p)
                fill_result(rq, &found->results[k], &all[g->results_n++]);
        if (part == SEARCH_PARTS && g->count > (int64_t)g->results_n)
            g->more = search_address(rq, v->q, search_parts[p].code, 0);
    }
    v->groups = groups;
    put_sources_last(groups, v->groups_n);
}

/* ---- States by a name that is nearly right. */

struct near {
    str iso3, name;
    size_t distance;
};

static int nearest_first(const void *a, const void *b)
{
    const struct near *x = a, *y = b;
    if (x->distance != y->distance) return x->distance < y->distance ? -1 : 1;
    return str_cmp(x->iso3, y->iso3);
}

static size_t distance_to(struct req *rq, str asked, str name, size_t most)
{
    return search_distance(asked, lang_bare(rq->arena, name), most);
}

static void fill_states(struct req *rq, struct campaign_search *v)
{
    struct claim *rows;
    str asked = lang_bare(rq->arena, str_trim(v->q));
    size_t most = asked.n >= 8 ? 2 : 1;
    if (asked.n < 4 || asked.n > 60) return;
    size_t n = claim_read(rq->db, &law_countries, CLAIM_ALL, CLAIM_NOW, &rows), kept = 0;
    struct near *all = arena_new(rq->arena, struct near, n + 1);
    for (size_t i = 0; i < n; i++) {
        str iso3 = claim_cell(&rows[i], "iso3"), name = lang_state(rq->lang, iso3);
        size_t d = distance_to(rq, asked, name, most);
        size_t e = distance_to(rq, asked, lang_state(lang_find(S("en")), iso3), most);
        if (e < d) d = e;
        if (d > 0 && d <= most) all[kept++] = (struct near){ iso3, name, d };
    }
    qsort(all, kept, sizeof *all, nearest_first);
    if (kept > SEARCH_EACH) kept = SEARCH_EACH;
    struct campaign_search_states *states = arena_new(rq->arena, struct campaign_search_states,
                                                      kept + 1);
    for (size_t i = 0; i < kept; i++)
        states[i] = (struct campaign_search_states){
            all[i].name, web_beneath_now(rq, S("/countries/"), all[i].iso3)
        };
    v->states = states;
    v->states_n = kept;
    v->has_states = kept > 0;
}

static enum search_part part_asked(struct req *rq)
{
    str code = in_query(rq, "in");
    int p = 0;
    while (p < SEARCH_PARTS && !str_eq(search_parts[p].code, code)) p++;
    return (enum search_part)p;
}

static void fill_found(struct req *rq, struct campaign_search *v)
{
    enum search_part part = part_asked(rq);
    bool is_one = part != SEARCH_PARTS;
    int64_t from = 0;
    if (is_one && (!str_to_int(in_query(rq, "from"), &from) || from < 0 || from > 100000)) from = 0;
    size_t each = is_one ? SEARCH_PAGE : SEARCH_EACH;
    struct search_answer found = search_ask(rq->db, rq->arena, rq->lang, v->q, part, each,
                                            (size_t)from);
    v->is_short = found.words == 0;
    v->is_asked = found.words > 0;
    v->found = found.found;
    v->is_any = found.is_any;
    if (found.unknown.n) v->unknown = found.unknown;
    fill_groups(rq, &found, part, v);
    fill_states(rq, v);
    if (!is_one) return;
    v->one_part = search_parts[part];
    v->all_parts = search_address(rq, v->q, S(""), 0);
    if (from > 0)
        v->previous = search_address(rq, v->q, search_parts[part].code,
                                     from > SEARCH_PAGE ? (size_t)from - SEARCH_PAGE : 0);
    if (found.in_part[part] > from + SEARCH_PAGE)
        v->next = search_address(rq, v->q, search_parts[part].code, (size_t)from + SEARCH_PAGE);
}

/* Search over everything. */
void campaign_search(struct req *rq)
{
    struct campaign_search v = { .q = str_cut_text(in_query(rq, "q"), SEARCH_QUESTION_MAX) };
    v.all_parts = search_address(rq, v.q, S(""), 0);
    if (v.q.n) fill_found(rq, &v);
    struct head head = { .title = say(rq, PHRASE("Search")),
                         .section = "search",
                         .description = say(rq,
                                            PHRASE("Search everything on this site: states, laws, "
                                                   "numbers, texts and sources.")) };
    page(rq, head, &campaign_search_view, &v);
}

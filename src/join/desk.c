/* The officers' list: what is new, what waits for whom, what was decided; and the switch for a flood. */
#include "join/inside.h"

#include "join/list.html.h"

#define PAGE_ROWS 50

struct tab {
    const char *code, *a, *b;
    struct phrase label;
};
static const struct tab tabs[] = {
    { "new", "new", "new", PHRASE_CONST("Wait for a decision") },
    { "asked", "asked", "asked", PHRASE_CONST("Wait for the applicant") },
    { "second", "proposed", "proposed", PHRASE_CONST("Wait for a second person") },
    { "members", "accepted", "accepted", PHRASE_CONST("Accepted") },
    { "refused", "refused", "refused", PHRASE_CONST("Refused") },
};

static int64_t count_of(const struct join_counted *all, size_t n, const char *state)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].state, str_of(state))) return all[i].n;
    return 0;
}

static const struct tab *tab_asked(struct req *rq)
{
    for (size_t i = 0; i < COUNT_OF(tabs); i++)
        if (str_eq(in_query(rq, "show"), str_of(tabs[i].code))) return &tabs[i];
    return &tabs[0];
}

static str address_of_tab(struct req *rq, const struct tab *t)
{
    return web_beneath_now(rq, S("/desk/applications?show="), str_of(t->code));
}

static void fill_row(struct req *rq, const struct people *p, const struct join_row *row,
                     struct join_list_rows *out)
{
    struct join_application a;
    join_open_row(p, row, &a);
    str name = a.kind == JOIN_STATE      ? lang_state(rq->lang, a.iso3)
               : a.kind == JOIN_ADVOCATE ? a.field[JOIN_CONTACT]
                                         : a.field[JOIN_NAME];
    bool is_prepared = str_eq(a.state, S("proposed")) && a.decided_by == rq->who.person;
    *out = (struct join_list_rows){
        .name = name.n ? name : web_id(rq, a.id),
        .kind = join_kinds[a.kind],
        .state = claim_word(join_states, a.state),
        .country = lang_state(rq->lang, a.iso3),
        .since = join_day(rq, a.moved_at),
        .address = web_beneath_now(rq, S("/desk/applications/"), web_id(rq, a.id)),
        .is_mine = is_prepared || (a.ending_by && a.ending_by == rq->who.person),
        .is_ending = a.ending_by != 0,
        .strategic = str_eq(a.partner, S("strategic")),
    };
}

static void fill_rows(struct req *rq, const struct people *p, const struct tab *t,
                      struct join_list *v)
{
    struct join_row *rows, *ending;
    id before = (id)INT64_MAX, asked;
    if (in_query_id(rq, "before", &asked)) before = asked;
    size_t n = join_applications_in(rq->db, str_of(t->a), str_of(t->b), before, PAGE_ROWS + 1,
                                    &rows),
           e = 0;
    bool is_second = strcmp(t->code, "second") == 0;
    if (is_second) e = join_applications_ending(rq->db, &ending);
    struct join_list_rows *all = arena_new(rq->arena, struct join_list_rows, n + e + 1);
    for (size_t i = 0; i < n && i < PAGE_ROWS; i++) fill_row(rq, p, &rows[i], &all[v->rows_n++]);
    for (size_t i = 0; i < e; i++) fill_row(rq, p, &ending[i], &all[v->rows_n++]);
    if (n > PAGE_ROWS)
        v->more = ARENA_JOIN(rq->arena, address_of_tab(rq, t), S("&before="),
                             web_id(rq, rows[PAGE_ROWS - 1].id));
    v->rows = all;
}

static void list(struct req *rq)
{
    struct people p = people_of(rq);
    struct join_counted *counted;
    struct join_count erased;
    struct join_row *ending;
    const struct tab *here = tab_asked(rq);
    size_t n = join_counts(rq->db, &counted);
    struct join_list_tabs all[COUNT_OF(tabs)];
    join_erased_sum(rq->db, &erased);
    for (size_t i = 0; i < COUNT_OF(tabs); i++) {
        int64_t of = count_of(counted, n, tabs[i].a);
        if (strcmp(tabs[i].code, "second") == 0)
            of += (int64_t)join_applications_ending(rq->db, &ending);
        all[i] = (struct join_list_tabs){ tabs[i].label, of, address_of_tab(rq, &tabs[i]),
                                          &tabs[i] == here };
    }
    struct join_list v = {
        .tabs = all,
        .tabs_n = COUNT_OF(tabs),
        .is_paused = join_is_paused(rq->db),
        .may_pause = who_may(&rq->who, MAY_DECIDE),
        .pause = web_beneath_now(rq, S("/desk/applications/pause")),
        .unconfirmed = count_of(counted, n, "unconfirmed"),
        .erased = erased.n,
        .token = web_token(rq),
    };
    fill_rows(rq, &p, here, &v);
    v.none = v.rows_n == 0;
    str title = say(rq, PHRASE("Applications"));
    page(rq, (struct head){ .title = title, .description = title, .section = "applications" },
         &join_list_view, &v);
}

static void switch_off(struct req *rq)
{
    struct people p = people_of(rq);
    join_pause(&p, in_form_has(rq, "on"));
    desk_go(rq, "saved", S("/desk/applications"));
}

const struct route join_desk_routes[] = {
    { GET, DESK, "/desk/applications", MAY_AGREE, list,
      "Applications to join, by what they wait for.", &join_list_view, "show before" },
    { POST, DESK, "/desk/applications/pause", MAY_DECIDE, switch_off,
      "Takes no applications, or takes them again.", NULL, "on" },
    { 0 },
};

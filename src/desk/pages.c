#include "desk/inside.h"

#include "base/clock.h"
#include "desk/home.html.h"
#include "desk/operator.html.h"
#include "desk/retention.html.h"
#include "desk/trail.html.h"
#include "operator/operator.h"
#include "people/people.h"
#include "trail/trail.h"

#define TRAIL_PAGE 60

static struct head head_of(struct req *rq, struct phrase title, const char *section)
{
    str words = say(rq, title);
    return (struct head){ .title = words, .description = words, .section = section };
}

/* ---- what waits ---- */

static str line_of(struct req *rq, const struct waiting *w)
{
    struct sink out;
    struct lang_arg n = { .name = "n", .kind = ARG_NUMBER, .number = w->n };
    sink_open(&out, rq->arena, KIB(4));
    lang_message(&out, rq->lang, w->one, w->many, &n, 1, put);
    return sink_str(&out);
}

static void home(struct req *rq)
{
    static const char *const whens[] = { "now", "soon", "sometime" };
    struct waiting *all;
    size_t n = desk_waiting(rq, &all);
    struct desk_home_waits *waits = arena_new(rq->arena, struct desk_home_waits, n + 1);
    for (size_t i = 0; i < n; i++)
        waits[i] = (struct desk_home_waits){ str_of(whens[all[i].when]), line_of(rq, &all[i]),
                                             all[i].address };
    struct desk_home v = {
        .name = rq->who.name,
        .waits = waits,
        .waits_n = n,
        .is_quiet = n == 0,
        .is_demo = site_is_demonstration(rq),
        .operator= web_beneath_now(rq, S("/desk/operator")),
        .can_operate = who_may(&rq->who, MAY_OPERATE),
    };
    page(rq, head_of(rq, PHRASE("What waits"), "home"), &desk_home_view, &v);
}

/* ---- who operates this ---- */

static void operator_show(struct req *rq, const struct operator_words *w, struct phrase wrong)
{
    struct desk_operator v = { .action = web_beneath_now(rq, S("/desk/operator")),
                               .wrong = wrong,
                               .name = w->name,
                               .contact = w->contact,
                               .address = w->address,
                               .note = w->mark_note,
                               .token = web_token(rq) };
    if (w->said_at) v.said = web_day_of(rq, w->said_at);
    struct lang_state_named *all;
    size_t n = lang_states_by_name(rq->arena, rq->lang, &all);
    struct desk_operator_states *states = arena_new(rq->arena, struct desk_operator_states, n + 1);
    for (size_t i = 0; i < n; i++)
        states[i] = (struct desk_operator_states){ all[i].code, all[i].name,
                                                   str_eq(all[i].code, w->iso3) };
    v.states = states;
    v.states_n = n;
    struct desk_operator_marks *marks = arena_new(rq->arena, struct desk_operator_marks,
                                                  lang_words_in(operator_marks));
    for (const struct word *m = operator_marks; m->code.n; m++)
        marks[v.marks_n++] = (struct desk_operator_marks){ m->code, m->phrase,
                                                           str_eq(m->code, w->mark) };
    v.marks = marks;
    page(rq, head_of(rq, PHRASE("Who operates this"), "operator"), &desk_operator_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void operator_form(struct req *rq)
{
    operator_show(rq, operator_get(rq->db), NO_PLURAL);
}

static struct phrase operator_refusal(enum operator_answer answer)
{
    switch (answer) {
    case OPERATOR_YES: return NO_PLURAL;
    case OPERATOR_NO_NAME:
        return PHRASE("Which organisation is it? Its name has at least two letters.");
    case OPERATOR_NO_COUNTRY: return PHRASE("Please choose its country.");
    case OPERATOR_NO_CONTACT:
        return PHRASE(
            "A contact is an e-mail address, or the address of a page that begins with https://");
    case OPERATOR_NO_MARK:
        return PHRASE("Please say what UNODC answered; if it granted the mark, by which letter.");
    case OPERATOR_TOO_LONG: return PHRASE("One of the answers is too long.");
    }
    return NO_PLURAL;
}

static void operator_save(struct req *rq)
{
    struct operator_words w = { .name = in_form_line(rq, "name"),
                                .iso3 = in_form_line(rq, "state"),
                                .contact = in_form_line(rq, "contact"),
                                .address = str_trim(in_form(rq, "address")),
                                .mark = in_form_line(rq, "mark"),
                                .mark_note = in_form_line(rq, "note") };
    enum operator_answer answer = operator_say(rq->db, &w, rq->who.person, rq->now);
    if (answer != OPERATOR_YES) {
        operator_show(rq, &w, operator_refusal(answer));
        return;
    }
    trail_add(rq->db, TRAIL_OPERATOR_NAMED, rq->who.person,
              (struct trail_about){ .subject = TRAIL_OF_SETTING, .code = S("operator") }, rq->now);
    desk_go(rq, "saved", S("/desk"));
}

/* ---- how long things are kept ---- */

static void retention(struct req *rq)
{
    size_t n = 0;
    while (desk_retention[n].table) n++;
    struct desk_retention_tables *tables = arena_new(rq->arena, struct desk_retention_tables, n);
    for (size_t i = 0; i < n; i++)
        tables[i] = (struct desk_retention_tables){ .table = str_of(desk_retention[i].table),
                                                    .what = desk_retention[i].what,
                                                    .how = desk_retention[i].how };
    struct desk_retention v = { .tables = tables, .tables_n = n };
    page(rq, head_of(rq, PHRASE("How long things are kept"), "retention"), &desk_retention_view,
         &v);
}

/* ---- the trail ---- */

static struct desk_trail_entries shown(struct req *rq, const struct people *p,
                                       const struct trail_entry *e)
{
    struct people_organisation within;
    struct desk_trail_entries row = { .number = e->number,
                                      .at = web_moment_of(rq, e->at),
                                      .who = person_name(p, e->actor),
                                      .deed = trail_deed_phrase(e->deed) };
    if (e->about.subject != TRAIL_NOTHING) row.subject = trail_subject_phrase(e->about.subject);
    bool is_person = e->about.subject == TRAIL_OF_PERSON && e->about.row;
    if (is_person) row.name = person_name(p, e->about.row);
    if (e->about.code.n) row.code = e->about.code;
    else if (e->about.row && !is_person && e->about.subject != TRAIL_OF_SESSION)
        row.code = web_id(rq, e->about.row);
    if (e->about.organisation && people_organisation_get(rq->db, e->about.organisation, &within))
        row.within = within.name;
    return row;
}

static void trail(struct req *rq)
{
    struct trail_entry entries[TRAIL_PAGE];
    struct people p = people_of(rq);
    struct trail_asked asked = { 0 };
    if (!str_to_int(in_query(rq, "before"), &asked.before) || asked.before < 0) asked.before = 0;
    size_t n = trail_read(rq->db, &asked, entries, TRAIL_PAGE);
    struct desk_trail_entries *rows = arena_new(rq->arena, struct desk_trail_entries, n + 1);
    for (size_t i = 0; i < n; i++) rows[i] = shown(rq, &p, &entries[i]);
    struct desk_trail v = {
        .entries = rows,
        .entries_n = n,
        .whole = say(
            rq, PHRASE("The command blueheart check proves the chain, and says where it breaks.")),
    };
    if (n == TRAIL_PAGE && entries[n - 1].number > 1)
        v.older = web_beneath_now(
            rq, S("/desk/trail?before="),
            arena_format(rq->arena, "%lld", (long long)entries[n - 1].number));
    page(rq, head_of(rq, PHRASE("Trail"), "trail"), &desk_trail_view, &v);
}

static const struct route routes[] = {
    { GET, DESK, "/desk", SIGNED_IN, home, "What waits for whoever is signed in.", &desk_home_view,
      NULL },
    { GET, DESK, "/desk/operator", MAY_OPERATE, operator_form, "Who operates this site.",
      &desk_operator_view, NULL },
    { POST, DESK, "/desk/operator", MAY_OPERATE, operator_save, "Says who operates this site.",
      &desk_operator_view, "name state contact address mark note" },
    { GET, DESK, "/desk/retention", MAY_OPERATE, retention, "How long what is kept.",
      &desk_retention_view, NULL },
    { GET, DESK, "/desk/trail", MAY_TRAIL, trail, "Who did what.", &desk_trail_view, "before" },
    { 0 },
};

static void waiting(struct req *rq)
{
    desk_mail_waits(rq);
}

static const struct route *const more[] = { desk_mail_routes, desk_imprint_routes,
                                            desk_forms_routes, NULL };

const struct room desk_room = {
    .name = "desk",
    .purpose = "what waits for those who run the campaign, and how the house is kept",
    .routes = routes,
    .more = more,
    .waiting = waiting,
};

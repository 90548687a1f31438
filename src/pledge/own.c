/* What the link in the mail leads to: confirming, the card, and taking it all back. */
#include "base/id.h"
#include "pledge/back.html.h"
#include "pledge/card.html.h"
#include "pledge/confirm.html.h"
#include "pledge/pages.h"
#include "pledge/show.h"
#include "send/send.h"

static int audience_of(str code)
{
    int i = 0;
    while (pledge_audiences[i].code.n && !str_eq(pledge_audiences[i].code, code)) i++;
    return pledge_audiences[i].code.n ? i : 0;
}

static size_t words_of(str codes, struct word *out, size_t most)
{
    size_t n = 0;
    while (codes.n && n < most) {
        const struct pledge_promise *p = pledge_promise_named(str_split(&codes, ' '));
        if (p) out[n++] = p->what;
    }
    return n;
}

#define WORDS_MAX 16

struct pledge_card *pledge_card_of(struct req *rq, const struct pledge_shown *what)
{
    struct word words[WORDS_MAX];
    struct pledge_card *v = arena_new(rq->arena, struct pledge_card, 1);
    struct pledge_card_promises *promises = arena_new(rq->arena, struct pledge_card_promises,
                                                      WORDS_MAX);
    size_t n = words_of(what->p.promises, words, WORDS_MAX);
    for (size_t i = 0; i < n; i++) promises[i] = (struct pledge_card_promises){ words[i] };
    *v = (struct pledge_card){ .is_counted = what->is_counted,
                               .is_again = what->is_again,
                               .name = str_or_absent(what->p.name),
                               .title = pledge_audience_titles[audience_of(what->p.audience)],
                               .promises = promises,
                               .promises_n = n,
                               .wear = web_beneath_now(rq, S("/wear")),
                               .hearts = web_beneath_now(rq, S("/pledge/hearts")),
                               .courses = web_beneath_now(rq, S("/learn/courses")),
                               .back = what->back };
    return v;
}

/* ---- the mail ---- */

void pledge_mail(struct req *rq, id which, str mail)
{
    str page = web_beneath_now(rq, S("/pledge/confirm/"), web_key(rq, PLEDGE_PURPOSE, which));
    send_asking(rq->db,
                &(struct asking){ .room = "pledge",
                                  .key = web_id(rq, which),
                                  .to = { mail },
                                  .lang = rq->lang,
                                  .address = ARENA_JOIN(rq->arena, site_origin(rq), page) },
                rq->now);
}

/* ---- confirming ---- */

static bool find(struct req *rq, struct pledge_row *row)
{
    id which;
    return web_key_read(rq, PLEDGE_PURPOSE, in_path(rq, "key"), &which) &&
           pledge_get(rq->db, which, row) && row->keep_until > rq->now;
}

static str beneath_key(struct req *rq, const char *path)
{
    return web_beneath_now(rq, str_of(path), in_path(rq, "key"));
}

static void confirm_gone(struct req *rq)
{
    struct pledge_confirm v = { .is_gone = true,
                                .action = beneath_key(rq, "/pledge/confirm/"),
                                .not_me = beneath_key(rq, "/pledge/back/"),
                                .all = web_beneath_now(rq, S("/pledge")),
                                .made = S(""),
                                .until = S("") };
    struct head head = { .title = say(rq, PHRASE("This link has ended")),
                         .description = S(""),
                         .section = "pledge" };
    page(rq, head, &pledge_confirm_view, &v);
    page_is_gone(rq);
}

static void show_made(struct req *rq, const struct pledge_row *row, str name, bool is_again)
{
    struct pledge_shown shown = { .p = { row->audience, row->promises, row->iso3, name },
                                  .is_counted = true,
                                  .is_again = is_again,
                                  .back = beneath_key(rq, "/pledge/back/") };
    struct pledge_confirm v = { .card = pledge_card_of(rq, &shown),
                                .card_n = 1,
                                .action = beneath_key(rq, "/pledge/confirm/"),
                                .not_me = shown.back,
                                .all = web_beneath_now(rq, S("/pledge")),
                                .made = S(""),
                                .until = S("") };
    struct head head = { .title = say(rq, PHRASE("Thank you: your pledge counts")),
                         .description = S(""),
                         .section = "pledge" };
    page(rq, head, &pledge_confirm_view, &v);
}

static void confirm_form(struct req *rq)
{
    struct pledge_row row;
    struct word words[WORDS_MAX];
    struct pledge_confirm_promises promises[WORDS_MAX];
    if (!find(rq, &row)) {
        confirm_gone(rq);
        return;
    }
    if (str_eq(row.state, S("made"))) {
        show_made(rq, &row, S(""), true);
        return;
    }
    struct pledge_confirm v = { .action = beneath_key(rq, "/pledge/confirm/"),
                                .title = pledge_audience_titles[audience_of(row.audience)],
                                .promises = promises,
                                .promises_n = words_of(row.promises, words, WORDS_MAX),
                                .made = web_day_of(rq, row.made_at),
                                .until = web_day_of(rq, row.keep_until),
                                .not_me = beneath_key(rq, "/pledge/back/"),
                                .all = web_beneath_now(rq, S("/pledge")),
                                .token = web_token(rq) };
    for (size_t i = 0; i < v.promises_n; i++)
        promises[i] = (struct pledge_confirm_promises){ words[i] };
    struct head head = { .title = say(rq, PHRASE("Confirm your pledge")),
                         .description = S(""),
                         .section = "pledge" };
    page(rq, head, &pledge_confirm_view, &v);
}

static void confirm(struct req *rq)
{
    struct pledge_row row;
    str name;
    if (!find(rq, &row)) {
        confirm_gone(rq);
        return;
    }
    switch (pledge_confirm(rq, row.id, &name)) {
    case PLEDGE_YES: show_made(rq, &row, name, false); break;
    case PLEDGE_ALREADY: show_made(rq, &row, S(""), true); break;
    case PLEDGE_NO_SUCH: confirm_gone(rq); break;
    }
}

/* ---- taking it back ---- */

static void back_show(struct req *rq, const struct pledge_row *row)
{
    struct pledge_back v = { .is_gone = row == NULL,
                             .is_made = row && str_eq(row->state, S("made")),
                             .action = beneath_key(rq, "/pledge/back/"),
                             .all = web_beneath_now(rq, S("/pledge")),
                             .token = web_token(rq) };
    struct phrase title = !row        ? PHRASE("Nothing of it is here any more")
                          : v.is_made ? PHRASE("Take your pledge back?")
                                      : PHRASE("You did not sign this?");
    struct head head = { .title = say(rq, title), .description = S(""), .section = "pledge" };
    page(rq, head, &pledge_back_view, &v);
}

static void back_form(struct req *rq)
{
    struct pledge_row row;
    bool is_there = find(rq, &row);
    back_show(rq, is_there ? &row : NULL);
    if (!is_there) page_is_gone(rq);
}

static void back(struct req *rq)
{
    struct pledge_row row;
    if (find(rq, &row)) {
        switch (pledge_end(rq, row.id, in_form_has(rq, "never"))) {
        case PLEDGE_YES:
        case PLEDGE_ALREADY:
        case PLEDGE_NO_SUCH: break; /* gone in either case, which is what was wanted */
        }
    }
    back_show(rq, NULL);
}

const struct route pledge_own_routes[] = {
    { GET, UNDER_LANG, "/pledge/confirm/:key", ANYONE, confirm_form, "Asks whether it was you.",
      &pledge_confirm_view, NULL },
    { POST, UNDER_LANG, "/pledge/confirm/:key", ANYONE, confirm, "Confirms a pledge.",
      &pledge_confirm_view, NULL },
    { GET, UNDER_LANG, "/pledge/back/:key", ANYONE, back_form, "Asks whether to delete a pledge.",
      &pledge_back_view, NULL },
    { POST, UNDER_LANG, "/pledge/back/:key", ANYONE, back, "Deletes a pledge.", &pledge_back_view,
      "never" },
    { 0 },
};

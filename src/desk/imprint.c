/* Who operates this, what is kept about whom, and for whom it works: made from the answers given at the desk. */
#include "desk/inside.h"

#include "desk/accessibility.html.h"
#include "desk/imprint.html.h"
#include "desk/privacy.html.h"
#include "operator/operator.h"

static struct head head_of(struct req *rq, struct phrase title)
{
    str words = say(rq, title);
    return (struct head){ .title = words, .description = words };
}

static void imprint(struct req *rq)
{
    const struct operator_words *w = operator_get(rq->db);
    struct desk_imprint v = { .is_demo = w->name.n == 0,
                              .is_alone = operator_is_alone(rq->db),
                              .write = web_beneath_now(rq, S("/write")),
                              .privacy = web_beneath_now(rq, S("/privacy")),
                              .access = web_beneath_now(rq, S("/accessibility")) };
    if (w->name.n) {
        v.name = w->name;
        v.country = lang_state(rq->lang, w->iso3);
        v.contact = w->contact;
        v.address = str_or_absent(w->address);
        v.mark = claim_word(operator_marks, w->mark).phrase;
        v.mark_note = str_or_absent(w->mark_note);
        v.said = web_day_of(rq, w->said_at);
        bool is_page = str_starts(w->contact, S("https://"));
        if (is_page) v.site = w->contact;
        else v.mail = ARENA_JOIN(rq->arena, S("mailto:"), w->contact);
    }
    page(rq, head_of(rq, PHRASE("Who operates this site")), &desk_imprint_view, &v);
}

static void privacy(struct req *rq)
{
    const struct operator_words *w = operator_get(rq->db);
    size_t n = 0;
    while (desk_retention[n].table) n++;
    struct desk_privacy_clocks *clocks = arena_new(rq->arena, struct desk_privacy_clocks, n + 1);
    for (size_t i = 0; i < n; i++)
        clocks[i] = (struct desk_privacy_clocks){ str_of(desk_retention[i].table),
                                                  desk_retention[i].what, desk_retention[i].how };
    struct desk_privacy v = { .is_demo = w->name.n == 0,
                              .name = str_or_absent(w->name),
                              .contact = str_or_absent(w->contact),
                              .imprint = web_beneath_now(rq, S("/imprint")),
                              .clocks = clocks,
                              .clocks_n = n };
    page(rq, head_of(rq, PHRASE("Privacy")), &desk_privacy_view, &v);
}

static void accessibility(struct req *rq)
{
    struct desk_accessibility v = { .contact = str_or_absent(operator_get(rq->db)->contact),
                                    .imprint = web_beneath_now(rq, S("/imprint")),
                                    .help = web_beneath_now(rq, S("/help")) };
    page(rq, head_of(rq, PHRASE("Accessibility")), &desk_accessibility_view, &v);
}

const struct route desk_imprint_routes[] = {
    { GET, UNDER_LANG, "/imprint", ANYONE, imprint, "Who operates this site.", &desk_imprint_view,
      NULL },
    { GET, UNDER_LANG, "/privacy", ANYONE, privacy, "What is kept about whom, and how long.",
      &desk_privacy_view, NULL },
    { GET, UNDER_LANG, "/accessibility", ANYONE, accessibility, "For whom this site works.",
      &desk_accessibility_view, NULL },
    { 0 },
};

/* The forms of the public, for whoever looks after them: how many come, what they cost now, and a switch for each. */
#include "desk/forms.html.h"
#include "desk/pages.h"
#include "trail/trail.h"
#include "web/price.h"

static void forms(struct req *rq)
{
    size_t n = lang_words_in(price_forms);
    struct desk_forms_forms *all = arena_new(rq->arena, struct desk_forms_forms, n);
    for (size_t i = 0; i < n; i++) {
        struct price p = price_now(rq->db, price_forms[i].code, rq->now);
        all[i] = (struct desk_forms_forms){ .name = price_forms[i],
                                            .code = price_forms[i].code,
                                            .is_shut = price_is_shut(rq->db, price_forms[i].code),
                                            .a_minute = p.a_minute,
                                            .bits = p.bits,
                                            .seconds = p.wait / 1000 };
    }
    struct desk_forms v = { .forms = all,
                            .forms_n = n,
                            .action = web_beneath_now(rq, S("/desk/forms")),
                            .token = web_token(rq) };
    page(rq, (struct head){ .title = say(rq, PHRASE("Forms of the public")), .section = "forms" },
         &desk_forms_view, &v);
}

static void turn(struct req *rq)
{
    str code = in_form_line(rq, "form");
    bool is_on = in_form_has(rq, "shut");
    for (const struct word *w = price_forms; w->code.n; w++) {
        if (!str_eq(w->code, code)) continue;
        price_shut(rq->db, w->code, is_on, rq->who.person, rq->now);
        trail_add(rq->db, TRAIL_SETTING_CHANGED, rq->who.person,
                  (struct trail_about){ .subject = TRAIL_OF_SETTING,
                                        .code = is_on ? S("form.shut") : S("form.open") },
                  rq->now);
        desk_go(rq, "saved", S("/desk/forms"));
        return;
    }
    not_found(rq, PHRASE("There is no such form."), S(""));
}

const struct route desk_forms_routes[] = {
    { GET, DESK, "/desk/forms", MAY_MODERATE, forms, "Forms of the public, each with its switch.",
      &desk_forms_view, NULL },
    { POST, DESK, "/desk/forms", MAY_MODERATE, turn, "Shuts a form of the public, or opens it.",
      NULL, "form shut" },
    { 0 },
};

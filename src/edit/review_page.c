/* What a second person sees and decides: publish, schedule, give back, confirm, take back. */
#include "edit/inside.h"

#include "base/clock.h"
#include "edit/review.html.h"
#include "operator/operator.h"

struct typed {
    str wrong, remark, reader;
};
#define NOTHING_TYPED ((struct typed){ { NULL, 0 }, S(""), S("") })

static str name_of(struct req *rq, id person)
{
    struct people people = people_of(rq);
    return person ? person_name(&people, person) : say(rq, PHRASE("the program's own files"));
}

static void fill_changes(struct edit *e, const struct edit_piece *p, const struct edit_words *now,
                         struct edit_review *v)
{
    struct edit_revision shown;
    v->changes = (html){ S("") };
    if (!v->was_shown || !edit_revision(e, p, p->version.shown, &shown)) return;
    struct edit_words then = edit_words_of(&shown);
    str blank = S("\n\n");
    v->has_changes = !edit_same_words(&then, now);
    v->changes = edit_diff_short(
        e->arena, ARENA_JOIN(e->arena, then.title, blank, then.summary, blank, then.body),
        ARENA_JOIN(e->arena, now->title, blank, now->summary, blank, now->body));
}

static void fill_shown(struct req *rq, struct edit *e, const struct edit_piece *p,
                       struct edit_review *v)
{
    struct claim c;
    struct edit_revision shown;
    v->is_shown = p->version.shown > 0 && edit_claim(e, p->text.slug, p->version.lang, &c);
    if (!v->is_shown) return;
    v->read_on = str_or_absent(claim_cell(&c, "reviewed_on"));
    v->read_by = str_or_absent(claim_cell(&c, "reviewed_by"));
    v->is_read = v->read_on.n > 0;
    v->may_confirm = edit_revision(e, p, p->version.shown, &shown) &&
                     shown.author != e->who->person;
    v->is_taking = p->version.take_by != 0;
    v->is_taker = p->version.take_by == e->who->person && !v->is_alone;
    if (v->is_taking) v->taken_by = name_of(rq, p->version.take_by);
}

static void show(struct req *rq, struct edit *e, const struct edit_piece *p, struct typed typed)
{
    struct edit_revision head;
    const struct lang *l = lang_find(p->version.lang);
    if (!edit_revision(e, p, p->version.head, &head)) {
        not_found(rq, edit_refusal(EDIT_NO_SUCH), S(""));
        return;
    }
    struct edit_words words = edit_words_of(&head);
    char day[DAY_TEXT];
    day_text(rq->now, day);
    struct edit_review v = {
        .heading = words.title,
        .code = p->version.lang,
        .direction = l && lang_is_rtl(l) ? S("rtl") : S("ltr"),
        .state = edit_state_words(e, p),
        .class = str_of(edit_state_class(e, p)),
        .author = name_of(rq, p->version.author),
        .at = web_moment_of(rq, head.at),
        .editor = edit_address(rq, p, ""),
        .history = edit_address(rq, p, "/history"),
        .wrong = typed.wrong,
        .has_draft = !str_eq(p->version.state, S("shown")),
        .was_shown = p->version.shown > 0,
        .preview = edit_preview_of(rq, &words, p->version.lang),
        .number = arena_format(rq->arena, "%lld", (long long)p->version.head),
        .is_ahead = str_cmp(words.published, str_of(day)) > 0,
        .published = words.published,
        .is_asked = str_eq(p->version.state, S("asked")),
        .may_publish = edit_may_publish(e, p),
        .is_second = edit_is_second(e, p),
        .is_alone = operator_is_alone(rq->db),
        .publish = edit_address(rq, p, "/publish"),
        .back = edit_address(rq, p, "/back"),
        .reader = typed.reader,
        .remark = typed.remark,
        .confirm = edit_address(rq, p, "/confirm"),
        .take = edit_address(rq, p, "/take"),
        .token = web_token(rq),
    };
    if (v.is_asked) v.asked_by = name_of(rq, p->version.asked_by);
    fill_changes(e, p, &words, &v);
    fill_shown(rq, e, p, &v);
    page(rq, (struct head){ .title = v.heading, .description = v.heading, .section = "texts" },
         &edit_review_view, &v);
    if (typed.wrong.p) page_is_wrong(rq);
}

static void review(struct req *rq)
{
    struct edit e;
    struct edit_piece p;
    if (edit_asked(rq, &e, &p)) show(rq, &e, &p, NOTHING_TYPED);
}

/* Says what went wrong on the same page, with what was typed, or leads back to it. */
static void answer_with(struct req *rq, struct edit *e, struct edit_piece *p,
                        enum edit_answer answer, const char *done, struct typed typed)
{
    if (answer == EDIT_YES) {
        desk_go(rq, done, S("/desk/texts/"), p->text.slug, S("/"), p->version.lang, S("/review"));
        return;
    }
    typed.wrong = edit_wrong(rq, e, answer);
    show(rq, e, p, typed);
    if (answer == EDIT_STALE) page_is_stale(rq);
}

static void publish(struct req *rq)
{
    struct edit e;
    struct edit_piece p;
    int64_t number = 0;
    if (!edit_asked(rq, &e, &p)) return;
    if (!str_to_int(in_form_line(rq, "number"), &number)) number = 0;
    struct edit_publish how = { .number = number,
                                .is_read = in_form_has(rq, "is_read"),
                                .reader = in_form_line(rq, "reader"),
                                .hide_earlier = in_form_has(rq, "hide_earlier") };
    enum edit_answer answer = edit_publish(&e, &p, &how);
    struct typed typed = NOTHING_TYPED;
    typed.reader = how.reader;
    answer_with(rq, &e, &p, answer, edit_is_scheduled(&e, &p) ? "scheduled" : "published", typed);
}

static void give_back(struct req *rq)
{
    struct edit e;
    struct edit_piece p;
    if (!edit_asked(rq, &e, &p)) return;
    struct typed typed = NOTHING_TYPED;
    typed.remark = str_trim(in_form(rq, "remark"));
    answer_with(rq, &e, &p, edit_give_back(&e, &p, typed.remark), "back", typed);
}

static void confirm(struct req *rq)
{
    struct edit e;
    struct edit_piece p;
    if (!edit_asked(rq, &e, &p)) return;
    struct typed typed = NOTHING_TYPED;
    typed.reader = in_form_line(rq, "reader");
    answer_with(rq, &e, &p, edit_confirm(&e, &p, typed.reader), "confirmed", typed);
}

static void take(struct req *rq)
{
    static const struct {
        const char *code, *done;
        enum edit_take how;
    } all[] = { { "ask", "second", EDIT_TAKE_ASK },
                { "agree", "withdrawn", EDIT_TAKE_AGREE },
                { "keep", "saved", EDIT_TAKE_KEEP },
                { "once", "withdrawn", EDIT_TAKE_AT_ONCE } };
    struct edit e;
    struct edit_piece p;
    if (!edit_asked(rq, &e, &p)) return;
    str how = in_form_line(rq, "how");
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        if (!str_eq(how, str_of(all[i].code))) continue;
        enum edit_answer answer = edit_take_back(&e, &p, all[i].how, in_form_has(rq, "every"));
        answer_with(rq, &e, &p, answer, all[i].done, NOTHING_TYPED);
        return;
    }
    show(rq, &e, &p, NOTHING_TYPED);
}

const struct route edit_review_routes[] = {
    { GET, DESK, "/desk/texts/:slug/:lang/review", MAY_TRANSLATE, review,
      "What a second person decides of a text.", &edit_review_view, NULL },
    { POST, DESK, "/desk/texts/:slug/:lang/publish", MAY_PUBLISH, publish,
      "Publishes a text, now or on its day.", &edit_review_view,
      "number is_read reader hide_earlier" },
    { POST, DESK, "/desk/texts/:slug/:lang/back", MAY_PUBLISH, give_back,
      "Gives a text back with a remark.", &edit_review_view, "remark" },
    { POST, DESK, "/desk/texts/:slug/:lang/confirm", MAY_TRANSLATE, confirm,
      "Says that somebody who speaks the language has read it.", &edit_review_view, "reader" },
    { POST, DESK, "/desk/texts/:slug/:lang/take", MAY_TRANSLATE, take,
      "Takes a published text back.", &edit_review_view, "how every" },
    { 0 },
};

/* The moderators' side: what waits, one question, what to do when it tells of a case. */
#include "ask/disclosed.html.h"
#include "ask/list.html.h"
#include "ask/one.html.h"
#include "ask/pages.h"
#include "base/limits.h"
#include "operator/operator.h"
#include "web/price.h"

#include <stdlib.h>

#define SEEN_OF_WORDS 160 /* bytes of a question in a list */

static str direction_of(str lang)
{
    const struct lang *l = lang_find(lang);
    return l && lang_is_rtl(l) ? S("rtl") : S("ltr");
}

static str list_address(struct req *rq)
{
    return web_beneath_now(rq, S("/desk/questions"));
}

static str one_address(struct req *rq, id which, const char *rest)
{
    return web_beneath_now(rq, S("/desk/questions/"), web_id(rq, which), str_of(rest));
}

static size_t reasons_n(void)
{
    return lang_words_in(ask_reasons);
}

/* ---- the list ---- */

static void fill_waiting(struct req *rq, const struct ask *of, struct ask_list *v)
{
    struct ask_row *rows;
    size_t n = ask_waiting_list(rq->db, 0, rq->now, ASK_DESK_PAGE, &rows);
    struct ask_list_waiting *all = arena_new(rq->arena, struct ask_list_waiting, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct ask_question q;
        ask_open(of, &rows[i], &q);
        all[i] = (struct ask_list_waiting){ .address = one_address(rq, q.id, ""),
                                            .code = web_id(rq, q.id),
                                            .about = q.about,
                                            .language = q.lang,
                                            .direction = direction_of(q.lang),
                                            .words = q.words.words,
                                            .is_closed = q.is_closed,
                                            .times = q.n,
                                            .since = q.made_on,
                                            .until = web_day_of(rq, q.keep_until) };
    }
    v->waiting = all;
    v->waiting_n = n;
}

static void fill_drafted(struct req *rq, const struct ask *of, struct ask_list *v)
{
    struct ask_row *rows;
    size_t n = ask_waiting_list(rq->db, 1, rq->now, ASK_DESK_PAGE, &rows);
    struct ask_list_drafted *all = arena_new(rq->arena, struct ask_list_drafted, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct ask_question q;
        ask_open(of, &rows[i], &q);
        all[i] = (struct ask_list_drafted){ .address = one_address(rq, q.id, ""),
                                            .about = q.about,
                                            .direction = direction_of(q.lang),
                                            .words = str_cut_text(q.shown, SEEN_OF_WORDS),
                                            .is_mine = q.by == rq->who.person,
                                            .until = web_day_of(rq, q.keep_until) };
    }
    v->drafted = all;
    v->drafted_n = n;
}

static void fill_published(struct req *rq, struct ask_list *v)
{
    struct ask_answer_row *rows;
    id before = (id)INT64_MAX, asked;
    if (in_query_id(rq, "before", &asked)) before = asked;
    size_t n = ask_answers_of(rq->db, S(""), web_day_of(rq, rq->now), before, ASK_PAGE + 1, &rows);
    struct ask_list_published *all = arena_new(rq->arena, struct ask_list_published, n + 1);
    for (size_t i = 0; i < n && i < ASK_PAGE; i++)
        all[v->published_n++] = (struct ask_list_published){
            .address = ARENA_JOIN(rq->arena, site_origin(rq),
                                  web_beneath_now(rq, S("/ask/answered/"), rows[i].code)),
            .code = rows[i].code,
            .question = str_cut_text(rows[i].question, SEEN_OF_WORDS),
            .direction = direction_of(rows[i].lang),
            .day = rows[i].day,
        };
    v->published = all;
    if (n > ASK_PAGE)
        v->older = web_beneath_now(rq, S("/desk/questions?before="),
                                   web_id(rq, rows[ASK_PAGE - 1].id));
}

static const struct word outcomes[] = {
    { S_CONST("asked"), PHRASE_CONST("Came in") },
    { S_CONST("published"), PHRASE_CONST("Answered in public") },
    { S_CONST("refused"), PHRASE_CONST("No answer") },
    { S_CONST("disclosure"), PHRASE_CONST("Told of a case: erased") },
    { S_CONST("withdrawn"), PHRASE_CONST("Withdrawn again") },
    { { "", 0 }, { "" } },
};

static void fill_counts(struct req *rq, struct ask_list *v)
{
    struct ask_counted *rows;
    size_t n = ask_counts(rq->db, &rows);
    struct ask_list_counts *all = arena_new(rq->arena, struct ask_list_counts, n + 1);
    for (size_t i = 0; i < n; i++) {
        str rest = rows[i].what, what = str_split(&rest, ' ');
        all[i] = (struct ask_list_counts){ .month = rows[i].month,
                                           .what = claim_word(outcomes, what).phrase,
                                           .n = rows[i].n };
        if (rest.p) all[i].why = claim_word(ask_reasons, rest);
    }
    v->counts = all;
    v->counts_n = n;
}

static void show_list(struct req *rq, struct phrase wrong)
{
    struct ask of = ask_of(rq);
    struct ask_many many;
    struct ask_list_reasons *reasons = arena_new(rq->arena, struct ask_list_reasons, reasons_n());
    for (size_t i = 0; i < reasons_n(); i++)
        reasons[i] = (struct ask_list_reasons){ ask_reasons[i].code, ask_reasons[i] };
    ask_waiting_count(rq->db, rq->now, &many);
    struct ask_list v = { .is_shut = price_is_shut(rq->db, S("ask")),
                          .wrong = wrong,
                          .forms = web_beneath_now(rq, S("/desk/forms")),
                          .texts = many.texts,
                          .times = many.times,
                          .reasons = reasons,
                          .reasons_n = reasons_n(),
                          .bulk = web_beneath_now(rq, S("/desk/questions/refuse")),
                          .withdraw = web_beneath_now(rq, S("/desk/questions/withdraw")),
                          .token = web_token(rq) };
    fill_waiting(rq, &of, &v);
    fill_drafted(rq, &of, &v);
    fill_published(rq, &v);
    fill_counts(rq, &v);
    str title = say(rq, PHRASE("Questions under texts"));
    page(rq, (struct head){ .title = title, .description = title, .section = "questions" },
         &ask_list_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void list(struct req *rq)
{
    show_list(rq, NO_PLURAL);
}

static void refuse_many(struct req *rq)
{
    struct ask of = ask_of(rq);
    str reason = in_form_line(rq, "reason");
    int at = 0, many = 0;
    for (str code; many < ASK_DESK_PAGE && (code = in_form_next(rq, "one", &at)).p; many++) {
        id which;
        if (!web_id_read(rq, code, &which)) continue;
        enum ask_answer answer = ask_refuse(&of, which, reason);
        if (answer == ASK_NO_REASON) {
            show_list(rq, ask_refusal(answer));
            return;
        }
    }
    desk_go(rq, many ? "gone" : NULL, S("/desk/questions"));
}

static void withdraw(struct req *rq)
{
    struct ask of = ask_of(rq);
    enum ask_answer answer = ask_withdraw(&of, in_form_line(rq, "code"));
    desk_go(rq, answer == ASK_YES ? "withdrawn" : NULL, S("/desk/questions"));
}

/* ---- one ---- */

struct typed {
    struct phrase wrong;
    str shown, reply;
    bool is_sure;
};

static bool find(struct req *rq, struct ask_question *q)
{
    struct ask of = ask_of(rq);
    id which;
    if (in_path_id(rq, "question", &which) && ask_get(&of, which, q)) return true;
    not_found(rq, ask_refusal(ASK_NO_SUCH), S(""));
    return false;
}

#define FILL_PIECES(v, field, type, text)                       \
    do {                                                        \
        struct ask_piece *found;                                \
        size_t count = ask_look(rq->arena, (text), &found);     \
        type *all = arena_new(rq->arena, type, count + 1);      \
        for (size_t i = 0; i < count; i++) {                    \
            all[i] = (type){ found[i].words, found[i].is_odd }; \
            (v)->has_odd |= found[i].is_odd;                    \
        }                                                       \
        (v)->field = all;                                       \
        (v)->field##_n = count;                                 \
    } while (0)

static void show(struct req *rq, const struct ask_question *q, struct typed t)
{
    str title;
    bool is_alone = operator_is_alone(rq->db);
    struct ask_one_reasons *reasons = arena_new(rq->arena, struct ask_one_reasons, reasons_n());
    for (size_t i = 0; i < reasons_n(); i++)
        reasons[i] = (struct ask_one_reasons){ ask_reasons[i].code, ask_reasons[i] };
    bool is_known = ask_is_about(rq->db, rq->lang, q->about, &title);
    struct ask_one v = {
        .all = list_address(rq),
        .about = ARENA_JOIN(rq->arena, site_origin(rq), web_beneath_now(rq, q->about)),
        .about_title = is_known ? title : q->about,
        .language = q->lang,
        .direction = direction_of(q->lang),
        .is_closed = q->is_closed,
        .times = q->n,
        .since = q->made_on,
        .until = web_day_of(rq, q->keep_until),
        .wrong = t.wrong,
        .is_drafted = q->is_drafted,
        .is_mine = q->is_drafted && q->by == rq->who.person && !is_alone,
        .can_agree = q->is_drafted && (q->by != rq->who.person || is_alone),
        .needs_second = !is_alone,
        .seen = arena_format(rq->arena, "%lld", (long long)q->drafts),
        .shown = t.shown,
        .reply = t.reply,
        .is_sure = t.is_sure,
        .disclosure = one_address(rq, q->id, "/disclosure"),
        .answer = one_address(rq, q->id, "/answer"),
        .agree = one_address(rq, q->id, "/agree"),
        .refuse = one_address(rq, q->id, "/refuse"),
        .reasons = reasons,
        .reasons_n = reasons_n(),
        .token = web_token(rq),
    };
    FILL_PIECES(&v, pieces, struct ask_one_pieces, q->words.words);
    FILL_PIECES(&v, draft_question, struct ask_one_draft_question, q->shown);
    FILL_PIECES(&v, draft_reply, struct ask_one_draft_reply, q->reply);
    page(rq, (struct head){ .title = say(rq, PHRASE("A question")), .section = "questions" },
         &ask_one_view, &v);
    if (t.wrong.english) page_is_wrong(rq);
}

static struct typed as_it_is(const struct ask_question *q, struct phrase wrong)
{
    return (struct typed){ .wrong = wrong,
                           .shown = q->is_drafted ? q->shown : q->words.words,
                           .reply = q->reply };
}

static void one(struct req *rq)
{
    struct ask_question q;
    if (find(rq, &q)) show(rq, &q, as_it_is(&q, NO_PLURAL));
}

/* Published: when that is committed, the key opens nothing that is still wanted. */
static void forget(struct req *rq)
{
    const struct ask_question *q = rq->after_of;
    ask_forget(site_keys(rq), q->id, q->keep_until);
}

static void go_on(struct req *rq, const struct ask_question *q, const char *done)
{
    if (strcmp(done, "published") == 0) {
        rq->after_of = arena_new(rq->arena, struct ask_question, 1);
        memcpy(rq->after_of, q, sizeof *q);
        rq->after = forget;
    }
    desk_go(rq, done, S("/desk/questions"));
}

static void answer(struct req *rq)
{
    struct ask of = ask_of(rq);
    struct ask_question q;
    struct typed t = { NO_PLURAL, str_trim(in_form(rq, "shown")), str_trim(in_form(rq, "reply")),
                       in_form_has(rq, "sure") };
    if (!find(rq, &q)) return;
    enum ask_answer answer = ask_prepare(&of, q.id, t.shown, t.reply, t.is_sure);
    t.wrong = ask_refusal(answer);
    if (answer == ASK_YES) go_on(rq, &q, "published");
    else if (answer == ASK_SECOND) go_on(rq, &q, "waits");
    else show(rq, &q, t);
}

static void agree(struct req *rq)
{
    struct ask of = ask_of(rq);
    struct ask_question q;
    int64_t seen = -1;
    if (!find(rq, &q)) return;
    bool is_back = str_eq(in_form_line(rq, "deed"), S("back"));
    bool is_number = str_to_int(in_form_line(rq, "seen"), &seen);
    enum ask_answer answer = is_back ? ask_give_back(&of, q.id)
                                     : ask_agree(&of, q.id, is_number ? seen : -1,
                                                 in_form_has(rq, "sure"));
    if (answer == ASK_YES) go_on(rq, &q, is_back ? "saved" : "published");
    else show(rq, &q, as_it_is(&q, ask_refusal(answer)));
}

static void refuse_one(struct req *rq)
{
    struct ask of = ask_of(rq);
    struct ask_question q;
    if (!find(rq, &q)) return;
    enum ask_answer answer = ask_refuse(&of, q.id, in_form_line(rq, "reason"));
    if (answer == ASK_YES) go_on(rq, &q, "gone");
    else show(rq, &q, as_it_is(&q, ask_refusal(answer)));
}

/* ---- it tells of a case ---- */

static void show_steps(struct req *rq, struct ask_disclosed v)
{
    v.all = list_address(rq);
    v.help = ARENA_JOIN(rq->arena, site_origin(rq), web_beneath_now(rq, S("/help")));
    v.token = web_token(rq);
    page(rq,
         (struct head){ .title = say(rq, PHRASE("Somebody told of a case, or of danger")),
                        .section = "questions" },
         &ask_disclosed_view, &v);
}

static void steps(struct req *rq)
{
    struct ask_question q;
    if (!find(rq, &q)) return;
    show_steps(rq, (struct ask_disclosed){ .erase = one_address(rq, q.id, "/disclosure"),
                                           .question = one_address(rq, q.id, "") });
}

static void steps_after(struct req *rq)
{
    show_steps(rq, (struct ask_disclosed){ .all = S("") });
}

static void disclosure(struct req *rq)
{
    struct ask of = ask_of(rq);
    struct ask_question q;
    if (!find(rq, &q)) return;
    enum ask_answer answer = ask_disclosure(&of, q.id);
    desk_go(rq, answer == ASK_YES ? "erased" : NULL, S("/desk/questions/erased"));
}

void ask_waits(struct req *rq)
{
    struct ask_many many;
    if (!who_may(&rq->who, MAY_MODERATE)) return;
    ask_waiting_count(rq->db, rq->now, &many);
    desk_waits(rq, WAITS_SOON, PHRASE("{n} question waits for an answer, or to be erased"),
               PHRASE("{n} questions wait for an answer, or to be erased"),
               many.texts - many.drafted, list_address(rq));
    desk_waits(rq, WAITS_SOON, PHRASE("{n} answer to a question waits for a second person"),
               PHRASE("{n} answers to questions wait for a second person"), many.drafted,
               list_address(rq));
}

const struct route ask_desk_routes[] = {
    { GET, DESK, "/desk/questions", MAY_MODERATE, list, "Questions under texts that wait.",
      &ask_list_view, "before" },
    { POST, DESK, "/desk/questions/refuse", MAY_MODERATE, refuse_many,
      "Erases questions that get no answer.", &ask_list_view, "one reason before" },
    { POST, DESK, "/desk/questions/withdraw", MAY_MODERATE, withdraw,
      "Withdraws a published answer.", NULL, "code" },
    { GET, DESK, "/desk/questions/erased", MAY_MODERATE, steps_after,
      "What to do after a question told of a case.", &ask_disclosed_view, NULL },
    { GET, DESK, "/desk/questions/:question", MAY_MODERATE, one, "One question.", &ask_one_view,
      NULL },
    { POST, DESK, "/desk/questions/:question/answer", MAY_MODERATE, answer,
      "Prepares an answer, or publishes it.", &ask_one_view, "shown reply sure" },
    { POST, DESK, "/desk/questions/:question/agree", MAY_MODERATE, agree,
      "Agrees to an answer, or gives it back.", &ask_one_view, "deed seen sure" },
    { POST, DESK, "/desk/questions/:question/refuse", MAY_MODERATE, refuse_one,
      "Erases a question that gets no answer.", &ask_one_view, "reason" },
    { GET, DESK, "/desk/questions/:question/disclosure", MAY_MODERATE, steps,
      "What to do when a question tells of a case.", &ask_disclosed_view, NULL },
    { POST, DESK, "/desk/questions/:question/disclosure", MAY_MODERATE, disclosure,
      "Erases a question that tells of a case.", &ask_disclosed_view, NULL },
    { 0 },
};

/* Asking under a text: first what this is not, then one box; and what was answered. */
#include "ask/answered.html.h"
#include "ask/answers.html.h"
#include "ask/pages.h"
#include "ask/reach.html.h"
#include "ask/sent.html.h"
#include "ask/start.html.h"
#include "ask/write.html.h"
#include "operator/operator.h"
#include "web/price.h"

static struct head head_of(struct req *rq, struct phrase title, struct phrase about)
{
    return (struct head){ .title = say(rq, title), .description = say(rq, about) };
}

static str direction_of(str lang)
{
    const struct lang *l = lang_find(lang);
    return l && lang_is_rtl(l) ? S("rtl") : S("ltr");
}

struct ask ask_of(struct req *rq)
{
    return (struct ask){ rq->db, rq->arena, site_keys(rq), rq->who.person, rq->now };
}

/* The page asked about; false after having said that there is none. */
static bool about_found(struct req *rq, str about, str *title)
{
    if (ask_is_about(rq->db, rq->lang, about, title)) return true;
    not_found(rq,
              PHRASE("Questions are asked under a text. There is no such text here to ask about."),
              S(""));
    return false;
}

/* ---- asking ---- */

static void start(struct req *rq)
{
    str about = in_query(rq, "about"), title;
    if (!about.n) {
        go_to(rq, 303, web_beneath_now(rq, S("/ask/answers")));
        return;
    }
    if (!about_found(rq, about, &title)) return;
    struct ask_start v = { .title = title,
                           .text = web_beneath_now(rq, about),
                           .help = web_beneath_now(rq, S("/help")),
                           .write = web_beneath_now(rq, S("/ask/write?about="), about),
                           .reach = web_beneath_now(rq, S("/write")),
                           .is_shut = price_is_shut(rq->db, S("ask")) };
    page(rq,
         head_of(rq, PHRASE("Before you ask"),
                 PHRASE("In danger? Someone you know? And if not: a question about a text.")),
         &ask_start_view, &v);
}

static void show_form(struct req *rq, str about, str title, str question, struct phrase wrong)
{
    struct ask_write v = { .title = title,
                           .text = web_beneath_now(rq, about),
                           .help = web_beneath_now(rq, S("/help")),
                           .about = about,
                           .action = web_beneath_now(rq, S("/ask/write")),
                           .is_shut = price_is_shut(rq->db, S("ask")),
                           .wrong = wrong,
                           .question = question,
                           .price = web_price(rq, "ask") };
    struct head head = head_of(rq, PHRASE("A question about the text"),
                               PHRASE("One question, without a name."));
    head.script = "price.js";
    page(rq, head, &ask_write_view, &v);
    if (wrong.english) page_is_wrong(rq);
}

static void form(struct req *rq)
{
    str about = in_query(rq, "about"), title;
    if (!about.n) {
        go_to(rq, 303, web_beneath_now(rq, S("/ask/answers")));
        return;
    }
    if (about_found(rq, about, &title)) show_form(rq, about, title, S(""), NO_PLURAL);
}

static void take(struct req *rq)
{
    struct ask of = ask_of(rq);
    str about = in_form_line(rq, "about"), question = str_trim(in_form(rq, "question")), title;
    if (!about_found(rq, about, &title)) return;
    enum price_answer paid = web_price_paid(rq, "ask", ASK_HOUR_MAX);
    if (paid != PRICE_PAID) {
        show_form(rq, about, title, question, price_words(paid));
        return;
    }
    enum ask_answer answer = ask_put(&of, about, lang_code(rq->lang), (personal){ question });
    if (answer == ASK_YES) go_to(rq, 303, web_beneath_now(rq, S("/ask/sent")));
    else show_form(rq, about, title, question, ask_refusal(answer));
}

static void sent(struct req *rq)
{
    struct ask_sent v = { .all = web_beneath_now(rq, S("/ask/answers")),
                          .help = web_beneath_now(rq, S("/help")) };
    page(rq,
         head_of(rq, PHRASE("Thank you: it was sent"),
                 PHRASE("What happens after a question was sent.")),
         &ask_sent_view, &v);
}

/* ---- what was answered ---- */

static str address_of(struct req *rq, const struct ask_answer_row *row)
{
    return web_beneath_now(rq, S("/ask/answered/"), row->code);
}

static str ask_address(struct req *rq, str path)
{
    bool is_shut = price_is_shut(rq->db, S("ask"));
    return is_shut ? str_or_absent(S("")) : web_beneath_now(rq, S("/ask?about="), path);
}

struct web_asked ask_under(struct req *rq, str path)
{
    struct ask_answer_row *rows;
    db_note_read(rq->db, "ask");
    size_t n = ask_answers_under(rq->db, path, lang_code(rq->lang), web_day(rq), ASK_UNDER + 1,
                                 &rows);
    struct web_asked_answers *all = arena_new(rq->arena, struct web_asked_answers, n + 1);
    struct web_asked v = { .ask = ask_address(rq, path), .answers = all };
    for (size_t i = 0; i < n && i < ASK_UNDER; i++)
        all[v.answers_n++] = (struct web_asked_answers){
            .address = address_of(rq, &rows[i]),
            .language = rows[i].lang,
            .direction = direction_of(rows[i].lang),
            .question = rows[i].question,
            .is_short = rows[i].is_short,
            .answer = rows[i].answer,
            .day = rows[i].day,
        };
    if (n) v.all = web_beneath_now(rq, S("/ask/answers?about="), path);
    return v;
}

static str title_of(struct req *rq, str path)
{
    str title;
    return ask_is_about(rq->db, rq->lang, path, &title) ? title : path;
}

static void answers(struct req *rq)
{
    struct ask_answer_row *rows;
    id before = (id)INT64_MAX, asked;
    str about = in_query(rq, "about"), title = S("");
    if (about.n && !about_found(rq, about, &title)) return;
    if (in_query_id(rq, "before", &asked)) before = asked;
    db_note_read(rq->db, "ask");
    size_t n = ask_answers_of(rq->db, about, web_day(rq), before, ASK_PAGE + 1, &rows);
    struct ask_answers_answers *all = arena_new(rq->arena, struct ask_answers_answers, n + 1);
    struct ask_answers v = { .title = str_or_absent(title),
                             .answers = all,
                             .texts = web_beneath_now(rq, S("/news")) };
    for (size_t i = 0; i < n && i < ASK_PAGE; i++)
        all[v.answers_n++] = (struct ask_answers_answers){
            .address = address_of(rq, &rows[i]),
            .about = web_beneath_now(rq, rows[i].about),
            .about_title = title_of(rq, rows[i].about),
            .language = rows[i].lang,
            .direction = direction_of(rows[i].lang),
            .question = rows[i].question,
            .is_short = rows[i].is_short,
            .answer = rows[i].answer,
            .day = rows[i].day,
        };
    if (n > ASK_PAGE)
        v.older = ARENA_JOIN(rq->arena, web_beneath_now(rq, S("/ask/answers?about="), about),
                             S("&before="), web_id(rq, rows[ASK_PAGE - 1].id));
    if (about.n) {
        v.text = web_beneath_now(rq, about);
        v.ask = ask_address(rq, about);
    }
    page(rq,
         head_of(rq, PHRASE("Questions and answers"),
                 PHRASE("Questions of readers under texts of this site, with their answers.")),
         &ask_answers_view, &v);
}

static void answered(struct req *rq)
{
    struct ask_answer_row row;
    str code = in_path(rq, "answer");
    db_note_read(rq->db, "ask");
    if (!ask_answer_get(rq->db, code, &row)) {
        not_found(rq, PHRASE("There is no such answer, or it was withdrawn."), S(""));
        return;
    }
    struct ask_answered v = { .about = web_beneath_now(rq, row.about),
                              .about_title = title_of(rq, row.about),
                              .language = row.lang,
                              .direction = direction_of(row.lang),
                              .question = row.question,
                              .is_short = row.is_short,
                              .answer = row.answer,
                              .day = row.day,
                              .all = web_beneath_now(rq, S("/ask/answers?about="), row.about),
                              .help = web_beneath_now(rq, S("/help")) };
    struct head head = { .title = str_cut_text(row.question, 120),
                         .description = str_cut_text(row.answer, 160) };
    page(rq, head, &ask_answered_view, &v);
}

/* ---- writing to the operator ---- */

static void reach(struct req *rq)
{
    const struct operator_words *w = operator_get(rq->db);
    struct ask_reach v = { .help = web_beneath_now(rq, S("/help")),
                           .imprint = web_beneath_now(rq, S("/imprint")),
                           .is_demo = w->name.n == 0,
                           .all = web_beneath_now(rq, S("/ask/answers")) };
    if (w->name.n) {
        v.name = w->name;
        v.contact = w->contact;
        v.address = str_or_absent(w->address);
        if (str_starts(w->contact, S("https://"))) v.site = w->contact;
        else v.mail = ARENA_JOIN(rq->arena, S("mailto:"), w->contact);
    }
    page(rq,
         head_of(rq, PHRASE("Write to us"),
                 PHRASE("The address of those who operate this site, and where help is.")),
         &ask_reach_view, &v);
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/ask", ANYONE, start, "What to know before asking about a text.",
      &ask_start_view, "about" },
    { GET, UNDER_LANG, "/ask/write", ANYONE, form, "A question about a text.", &ask_write_view,
      "about" },
    { POST, UNDER_LANG, "/ask/write", ANYONE, take, "Takes a question about a text.",
      &ask_write_view, "about question " PRICE_FIELDS },
    { GET, UNDER_LANG, "/ask/sent", ANYONE, sent, "What happens after a question was sent.",
      &ask_sent_view, NULL },
    { GET, UNDER_LANG, "/ask/answers", ANYONE, answers, "Questions and answers, newest first.",
      &ask_answers_view, "about before" },
    { GET, UNDER_LANG, "/ask/answered/:answer", ANYONE, answered, "A question with its answer.",
      &ask_answered_view, NULL },
    { GET, UNDER_LANG, "/write", ANYONE, reach, "Who can be written to, and where help is.",
      &ask_reach_view, NULL },
    { 0 },
};

static const struct route *const more[] = { ask_desk_routes, NULL };

const struct room ask_room = {
    .name = "ask",
    .purpose = "questions under news and learning pages, answered in public or erased",
    .routes = routes,
    .more = more,
    .steps = ask_steps,
    .queries = ask_queries,
    .waiting = ask_waits,
    .documents = ask_documents,
};

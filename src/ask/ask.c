#include "ask/ask.h"

#include "ask/pages.h"
#include "base/clock.h"
#include "base/id.h"
#include "operator/operator.h"
#include "search/search.h"
#include "seal/own.h"
#include "seal/secret.h"
#include "trail/trail.h"

#define APART "\x1f" /* between the two parts of a preparation; no form lets it in */

const struct word ask_reasons[] = {
    { S_CONST("answered"), PHRASE_CONST("The text, or another answer, says it already") },
    { S_CONST("names"), PHRASE_CONST("It names a person, a place or a house") },
    { S_CONST("unclear"), PHRASE_CONST("Not a question, or not understood") },
    { S_CONST("unknown"), PHRASE_CONST("We have no reliable answer") },
    { S_CONST("insult"), PHRASE_CONST("It insults or threatens") },
    { S_CONST("flood"), PHRASE_CONST("Advertising, or sent by a machine") },
    { { "", 0 }, { "" } },
};

/* ---- which pages ---- */

bool ask_is_about(struct db *db, const struct lang *l, str path, str *title)
{
    static const char *const beneath[] = { "/news/", "/learn/" };
    static const char *const whole[] = { "/learn", "/the-crime" };
    bool is_kind = false;
    *title = S("");
    for (size_t i = 0; i < COUNT_OF(beneath); i++)
        is_kind |= str_starts(path, str_of(beneath[i])) && path.n > strlen(beneath[i]);
    for (size_t i = 0; i < COUNT_OF(whole); i++) is_kind |= str_eq(path, str_of(whole[i]));
    if (!is_kind || path.n > PATH_MAX_ASKED || str_find(path, '#') >= 0) return false;
    *title = search_title(db, l, path);
    return title->n > 0;
}

/* ---- counting ---- */

static void count(const struct ask *of, const char *what, str code, int64_t more)
{
    char day[DAY_TEXT];
    day_text(of->now, day);
    str whole = code.n ? ARENA_JOIN(of->arena, str_of(what), S(" "), code) : str_of(what);
    ask_count_add(of->db, str_cut(str_of(day), 7), whole, more);
}

static void note(const struct ask *of, enum trail_deed deed, id row)
{
    trail_add(of->db, deed, of->by,
              (struct trail_about){ .subject = TRAIL_OF_QUESTION, .row = row }, of->now);
}

/* ---- coming in ---- */

static size_t letters_of(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

static struct seal_own own_key(id which, ms keep_until)
{
    return (struct seal_own){ ASK_CLASS, which, keep_until };
}

/* Under its own key, and that under the month's. */
static struct sealed close_words(const struct ask *of, const struct seal_column *column, id row,
                                 ms keep_until, str words)
{
    personal inner = seal_own_close(of->keys, of->arena, own_key(row, keep_until),
                                    (personal){ words });
    return seal_close(of->keys, of->arena, column, row, keep_until, inner);
}

/* An id that says nothing about when it was made. */
static id random_id(void)
{
    id made;
    seal_random(&made, sizeof made);
    return made >> 2 | 1;
}

enum ask_answer ask_put(const struct ask *of, str about, str lang, personal words)
{
    unsigned char hash[SEAL_MONTH_HASH];
    struct ask_many many;
    char day[DAY_TEXT];
    str text = str_trim(words.words), same = { (const char *)hash, sizeof hash };
    if (text.n > ASK_BYTES_MAX || letters_of(text) > ASK_LETTERS_MAX) return ASK_TOO_LONG;
    str normal = ask_normal(of->arena, text);
    if (!normal.n) return ASK_NO_WORDS;
    ms keep_until = of->now / DAY_MS * DAY_MS + ASK_KEEP_MS;
    seal_month_hash(of->keys, ASK_CLASS, keep_until, normal, hash);
    if (ask_again(of->db, same, about, of->now) > 0) {
        count(of, "asked", S(""), 1);
        return ASK_YES;
    }
    ask_waiting_count(of->db, of->now, &many);
    if (many.texts >= ASK_WAITING_MAX) return ASK_FULL;
    ask_ended(of->db, same, about, of->now);
    id row = random_id();
    day_text(of->now, day);
    seal_own_make(of->keys, own_key(row, keep_until));
    ask_add(of->db, row, same, about, lang,
            close_words(of, &seal_ask_waiting_words, row, keep_until, text), str_of(day),
            keep_until);
    count(of, "asked", S(""), 1);
    return ASK_YES;
}

/* ---- being read ---- */

static bool open_words(const struct ask *of, const struct ask_row *row,
                       const struct seal_column *column, struct sealed box, str *out)
{
    personal inner, words;
    *out = S("");
    if (!box.box.p) return false;
    if (seal_open(of->keys, of->arena, column, row->id, box, &inner) != SEAL_OPENED) return false;
    if (seal_own_open(of->keys, of->arena, own_key(row->id, row->keep_until), inner, &words) !=
        SEAL_OPENED)
        return false;
    *out = words.words;
    return true;
}

void ask_open(const struct ask *of, const struct ask_row *row, struct ask_question *q)
{
    str words, draft;
    *q = (struct ask_question){ .id = row->id,
                                .about = row->about,
                                .lang = row->lang,
                                .made_on = row->made_on,
                                .shown = S(""),
                                .reply = S(""),
                                .n = row->n,
                                .drafts = row->drafts,
                                .by = row->by_person,
                                .keep_until = row->keep_until };
    q->is_closed = !open_words(of, row, &seal_ask_waiting_words, row->words, &words);
    q->words = (personal){ words };
    q->is_drafted = open_words(of, row, &seal_ask_waiting_draft, row->draft, &draft);
    if (!q->is_drafted) return;
    q->shown = str_split(&draft, APART[0]);
    q->reply = draft.p ? draft : S("");
}

bool ask_get(const struct ask *of, id which, struct ask_question *q)
{
    struct ask_row row;
    if (!ask_waiting_get(of->db, which, of->now, &row)) return false;
    ask_open(of, &row, q);
    return true;
}

/* ---- an answer ---- */

static struct search_doc document_of(struct arena *a, const struct ask_answer_row *row)
{
    return (struct search_doc){ .part = SEARCH_LEARN,
                                .path = ARENA_JOIN(a, S("/ask/answered/"), row->code),
                                .title = row->question,
                                .body = row->answer,
                                .written_in = lang_find(row->lang) };
}

void ask_documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    struct ask_answer_row *rows;
    (void)now;
    size_t n = ask_answers_in(db, lang_code(l), &rows);
    for (size_t i = 0; i < n; i++) search_add(into, document_of(db_arena(db), &rows[i]));
}

/* What is public changed: kept pages and search are to know. */
static void tell(const struct ask *of, const struct ask_answer_row *row, bool is_there)
{
    struct search_doc doc = document_of(of->arena, row);
    db_note_write(of->db, "ask");
    search_change(of->db, doc.written_in, doc.part, doc.path, is_there ? &doc : NULL);
}

static enum ask_answer publish(const struct ask *of, const struct ask_question *q, str shown,
                               str reply)
{
    bool is_cut;
    char code[CONTENT_ID_LENGTH + 1], day[DAY_TEXT];
    id row = id_new();
    (void)ask_is_shorter(of->arena, q->words.words, shown, &is_cut);
    content_id(arena_format(of->arena, "%llx " STR_FMT "\n" STR_FMT, (unsigned long long)row,
                            STR_ARG(shown), STR_ARG(reply)),
               code);
    day_text(of->now, day);
    struct ask_answer_row made = { row,   str_of(code), q->about, q->lang,
                                   shown, is_cut,       reply,    str_of(day) };
    ask_publish(of->db, made.id, made.code, made.about, made.lang, made.question, made.is_short,
                made.answer, made.day);
    ask_drop(of->db, q->id);
    tell(of, &made, true);
    count(of, "published", S(""), q->n);
    note(of, TRAIL_QUESTION_PUBLISHED, made.id);
    return ASK_YES;
}

enum ask_answer ask_prepare(const struct ask *of, id which, str shown, str reply, bool is_sure)
{
    bool is_cut;
    struct ask_question q;
    if (!ask_get(of, which, &q)) return ASK_NO_SUCH;
    if (q.is_closed) return ASK_CLOSED;
    if (!ask_normal(of->arena, shown).n) return ASK_NO_WORDS;
    if (!ask_is_shorter(of->arena, q.words.words, shown, &is_cut)) return ASK_NOT_SHORTER;
    if (!reply.n) return ASK_NO_REPLY;
    if (reply.n > ASK_ANSWER_MAX) return ASK_LONG_REPLY;
    if (!is_sure) return ASK_NOT_SURE;
    if (operator_is_alone(of->db)) return publish(of, &q, shown, reply);
    ask_draft(of->db, which,
              close_words(of, &seal_ask_waiting_draft, which, q.keep_until,
                          ARENA_JOIN(of->arena, shown, S(APART), reply)),
              of->by);
    note(of, TRAIL_QUESTION_PREPARED, 0);
    return ASK_SECOND;
}

enum ask_answer ask_agree(const struct ask *of, id which, int64_t seen, bool is_sure)
{
    struct ask_question q;
    if (!ask_get(of, which, &q) || !q.is_drafted) return ASK_NO_SUCH;
    if (q.is_closed) return ASK_CLOSED;
    if (q.by == of->by && !operator_is_alone(of->db)) return ASK_SAME_PERSON;
    if (q.drafts != seen) return ASK_CHANGED;
    if (!is_sure) return ASK_NOT_SURE;
    return publish(of, &q, q.shown, q.reply);
}

enum ask_answer ask_give_back(const struct ask *of, id which)
{
    struct ask_question q;
    if (!ask_get(of, which, &q) || !q.is_drafted) return ASK_NO_SUCH;
    ask_draft(of->db, which, (struct sealed){ { NULL, 0 } }, 0);
    note(of, TRAIL_QUESTION_GIVEN_BACK, 0);
    return ASK_YES;
}

void ask_forget(struct seal_keys *keys, id which, ms keep_until)
{
    seal_own_destroy(keys, own_key(which, keep_until));
}

/* ---- no answer ---- */

/* Rows and keys of these words, under whichever text. The keys go before anything is committed: should the commit fail, what is
 * left cannot be read. Returns how often it had come; 0: there is nothing. */
static int64_t erase(const struct ask *of, id which)
{
    struct ask_row row;
    struct ask_same_row *same;
    int64_t times = 0;
    if (!ask_waiting_get(of->db, which, of->now, &row)) return 0;
    size_t n = ask_same(of->db, row.text_hash, &same);
    for (size_t i = 0; i < n; i++) {
        ask_forget(of->keys, same[i].id, same[i].keep_until);
        ask_drop(of->db, same[i].id);
        times += same[i].n;
    }
    return times;
}

enum ask_answer ask_refuse(const struct ask *of, id which, str reason)
{
    const struct word *w = ask_reasons;
    while (w->code.n && !str_eq(w->code, reason)) w++;
    if (!w->code.n) return ASK_NO_REASON;
    int64_t times = erase(of, which);
    if (!times) return ASK_NO_SUCH;
    count(of, "refused", w->code, times);
    note(of, TRAIL_QUESTION_REFUSED, 0);
    return ASK_YES;
}

enum ask_answer ask_disclosure(const struct ask *of, id which)
{
    if (!erase(of, which)) return ASK_NO_SUCH;
    count(of, "disclosure", S(""), 1);
    note(of, TRAIL_CASE_ERASED, 0);
    return ASK_YES;
}

enum ask_answer ask_withdraw(const struct ask *of, str code)
{
    struct ask_answer_row row;
    if (!ask_answer_get(of->db, code, &row)) return ASK_NO_SUCH;
    ask_withdraw_one(of->db, code);
    tell(of, &row, false);
    count(of, "withdrawn", S(""), 1);
    note(of, TRAIL_WITHDRAWN, row.id);
    return ASK_YES;
}

struct phrase ask_refusal(enum ask_answer answer)
{
    switch (answer) {
    case ASK_YES:
    case ASK_SECOND: break;
    case ASK_NO_SUCH:
        return PHRASE("This question was decided or has ended. Nothing of it is here any more.");
    case ASK_CLOSED:
        return PHRASE("The key of this question is gone: nobody can read it any more.");
    case ASK_FULL:
        return PHRASE("As many questions wait as people can read with care. Please come back on "
                      "another day.");
    case ASK_NO_WORDS: return PHRASE("Please write the question in words.");
    case ASK_TOO_LONG:
        return PHRASE("The question is too long: 500 letters at most. It stands below; please "
                      "leave something out.");
    case ASK_NO_REPLY: return PHRASE("Please write the answer.");
    case ASK_LONG_REPLY: return PHRASE("The answer is too long. It stands below.");
    case ASK_NOT_SURE:
        return PHRASE("Please confirm that neither the question nor the answer names a person, a "
                      "place, a plate or a house.");
    case ASK_NOT_SHORTER:
        return PHRASE("Words of a question can be left out. None can be put in or moved.");
    case ASK_SAME_PERSON: return PHRASE("You prepared this. Someone else must agree.");
    case ASK_CHANGED:
        return PHRASE("A colleague changed it meanwhile. Please read it as it is now.");
    case ASK_NO_REASON: return PHRASE("Please choose a reason.");
    }
    return NO_PLURAL;
}

/* The room, and what its pages share. */
#include "facts/pages.h"

#include "base/clock.h"
#include "facts/inside.h"
#include "facts/survey.h"
#include "people/people.h"

struct facts facts_of(struct req *rq)
{
    return (struct facts){ rq->db, rq->arena, rq->who.person, rq->now };
}

bool facts_may(struct req *rq, enum right right)
{
    if (who_may(&rq->who, right)) return true;
    refuse(rq, 403,
           PHRASE("Statements are entered for the whole campaign. Your role is held within one "
                  "organisation only."),
           S(""));
    return false;
}

struct phrase facts_refusal(enum facts_answer answer)
{
    switch (answer) {
    case FACTS_DONE:
    case FACTS_WAITS: return NO_PLURAL;
    case FACTS_WRONG: return PHRASE("Nothing was written: please look at what is marked.");
    case FACTS_IS_THERE: return PHRASE("This very statement is made here already.");
    case FACTS_TAKEN:
        return PHRASE(
            "There is one with this short name already. Correct that one, or choose another name.");
    case FACTS_UNCHANGED: return PHRASE("Nothing differs from what is there.");
    case FACTS_GONE:
        return PHRASE("Somebody was quicker: this statement is not made any more. What you typed "
                      "stands here; what is "
                      "made now stands beside it.");
    case FACTS_STILL_NAMED:
        return PHRASE("Other statements name it, so it stays, and keeps its short name.");
    case FACTS_NO_REASON: return PHRASE("Please choose why.");
    case FACTS_NO_NOTE:
        return PHRASE("Please say in a sentence why it has this grade. It stands beside the source "
                      "for everybody.");
    case FACTS_NO_SUCH: return PHRASE("This does not wait any more.");
    case FACTS_SAME_PERSON: return PHRASE("Somebody else must agree to what you brought.");
    case FACTS_ELSEWHERE: return PHRASE("This kind of statement is not entered here.");
    case FACTS_TOO_MANY:
        return PHRASE("A hundred of your changes wait for a second person. Somebody must look at "
                      "those first.");
    case FACTS_CLOCK:
        return PHRASE("This machine's clock is more than a day behind what was recorded last. It "
                      "must be set right first.");
    }
    return NO_PLURAL;
}

struct phrase reply_refusal(enum reply_answer answer)
{
    switch (answer) {
    case REPLY_YES: return NO_PLURAL;
    case REPLY_NO_SUCH: return PHRASE("This reply is not there any more.");
    case REPLY_NOT_ABOUT:
        return PHRASE("A reply stands beside a statement about your own state that is made now.");
    case REPLY_NO_WORDS: return PHRASE("Please write the reply in one language at least.");
    case REPLY_TOO_LONG: return PHRASE("A reply has at most 1,500 characters in each language.");
    case REPLY_BAD_WORDS:
        return PHRASE("A reply is plain text: it does not begin with = + - or @, and holds no "
                      "control characters.");
    case REPLY_NO_SPEAKER:
        return PHRASE("Please name the authority that speaks, in 2 to 160 letters.");
    case REPLY_BAD_DAY:
        return PHRASE("Please give the day of the reply, not later than today: 2026-11-22.");
    case REPLY_WAITS_ALREADY:
        return PHRASE("A reply of your state to this statement waits already.");
    case REPLY_SAME_PERSON: return PHRASE("Somebody else must release what you wrote.");
    case REPLY_NO_REASON: return PHRASE("Please choose why.");
    case REPLY_CLOCK:
        return PHRASE("This machine's clock is more than a day behind what was recorded last. It "
                      "must be set right first.");
    }
    return NO_PLURAL;
}

str facts_name_of(struct req *rq, id person)
{
    struct people p = people_of(rq);
    return person_name(&p, person);
}

str facts_kind_address(struct req *rq, const struct claim_kind *kind)
{
    return web_beneath_now(rq, S("/desk/facts?kind="), str_of(kind->name));
}

str facts_claim_address(struct req *rq, str id)
{
    return web_beneath_now(rq, S("/desk/facts/claims/"), id);
}

str facts_part(struct req *rq, str s)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(64));
    url_part(&out, s);
    return sink_str(&out);
}

str facts_today(struct req *rq)
{
    char day[DAY_TEXT];
    day_text(rq->now, day);
    return arena_str(rq->arena, str_of(day));
}

/* A cell as people read it: words by their phrase, states by their name. */
str facts_cell(struct req *rq, const struct claim_column *c, str cell)
{
    if (c->check == CHECK_STATE && cell.n) return lang_state(rq->lang, cell);
    if (c->check == CHECK_DAY && cell.n) return lang_day_text(rq->arena, rq->lang, cell);
    if (c->check == CHECK_WORD && cell.n)
        return lang_text(rq->lang, claim_word(c->words, cell).phrase);
    return cell;
}

static str cells_that(struct req *rq, const struct claim *c, int is, int is_not)
{
    struct sink out;
    sink_open(&out, rq->arena, MIB(2));
    for (int i = 0; i < c->n; i++) {
        const struct claim_column *column = &c->kind->columns[i];
        if (!(column->is & is) || (column->is & is_not) || !c->cell[i].n) continue;
        if (out.n) put_lit(&out, " · ");
        put(&out, str_cut_text(facts_cell(rq, column, c->cell[i]), 300));
    }
    return sink_str(&out);
}

str facts_question(struct req *rq, const struct claim *c)
{
    return cells_that(rq, c, COLUMN_SUBJECT | COLUMN_PREDICATE | COLUMN_ASKS, COLUMN_ANSWERS);
}

str facts_answer_of(struct req *rq, const struct claim *c)
{
    return cells_that(rq, c, COLUMN_ANSWERS, 0);
}

str facts_subject_of(const struct claim *c)
{
    for (int i = 0; i < c->n; i++)
        if (c->kind->columns[i].is & COLUMN_SUBJECT) return c->cell[i];
    return S("");
}

static void waiting(struct req *rq)
{
    facts_waits(rq);
}

static const struct route *const more[] = { source_page_routes,  import_page_routes,
                                            second_page_routes,  old_page_routes,
                                            release_page_routes, claim_page_routes,
                                            reply_page_routes,   NULL };

static const struct claim_kind *const kinds[] = { &facts_replies, NULL };

static const char *const uploads[] = { "/desk/facts/import", NULL };

const struct room facts_room = {
    .name = "facts",
    .purpose = "the desk's work on statements: entering, checking, importing; what states reply",
    .routes = list_page_routes,
    .more = more,
    .kinds = kinds,
    .uploads = uploads,
    .steps = facts_steps,
    .queries = facts_queries,
    .waiting = waiting,
};

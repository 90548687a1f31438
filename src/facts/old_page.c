/* What grew old, is missing or in doubt, and the numbers of it on the desk's first page. */
#include "facts/inside.h"
#include "facts/old.html.h"
#include "facts/survey.h"

static const struct {
    enum waits when;
    struct phrase about, one, many; /* one, many: on the first page; no words: not there */
} lists[FACTS_LISTS] = {
    [LIST_HELPLINES] = { WAITS_SOON,
                         PHRASE_CONST("Call or read each again, and press the button on its page. "
                                      "A number that is wrong "
                                      "fails somebody in danger."),
                         PHRASE_CONST("{n} helpline nobody checked for a year"),
                         PHRASE_CONST("{n} helplines nobody checked for a year") },
    [LIST_EMERGENCY] = { WAITS_SOMETIME, PHRASE_CONST("Read the list or the law again."),
                         PHRASE_CONST("{n} emergency number nobody checked for a year"),
                         PHRASE_CONST("{n} emergency numbers nobody checked for a year") },
    [LIST_TIERS] = { WAITS_SOMETIME,
                     PHRASE_CONST("States that have a tier before and after, or had one in the "
                                  "three years before. Each "
                                  "year's report names them all."),
                     PHRASE_CONST("{n} tier is missing for a published year"),
                     PHRASE_CONST("{n} tiers are missing for a published year") },
    [LIST_PROGRAMMES] = { WAITS_SOMETIME,
                          PHRASE_CONST("What became of it? Enter what came after, or what it "
                                       "reported at its end."),
                          PHRASE_CONST("{n} programme is past its end, and nothing later is told"),
                          PHRASE_CONST(
                              "{n} programmes are past their end, and nothing later is told") },
    [LIST_OFFICES] = { WAITS_SOMETIME,
                       PHRASE_CONST(
                           "Are they still in it? Enter that they were seen in it, or left."),
                       PHRASE_CONST("{n} holder of an office was last heard of four years ago"),
                       PHRASE_CONST("{n} holders of an office were last heard of four years ago") },
    [LIST_STATISTICS] = { WAITS_SOMETIME,
                          PHRASE_CONST(
                              "The same publisher has a newer source for what is counted here."),
                          PHRASE_CONST(
                              "{n} series rests on a source whose publisher has said more since"),
                          PHRASE_CONST(
                              "{n} series rest on a source whose publisher has said more since") },
    [LIST_SOURCES] = { WAITS_SOMETIME,
                       PHRASE_CONST(
                           "Read each again: is it still there, and does it still say so?"),
                       PHRASE_CONST("{n} source nobody read for two years"),
                       PHRASE_CONST("{n} sources nobody read for two years") },
    [LIST_WEAK] = { WAITS_SOMETIME,
                    PHRASE_CONST("Undated, copied or open to anyone. A better source is sought."),
                    PHRASE_CONST("{n} weak source is in use"),
                    PHRASE_CONST("{n} weak sources are in use") },
    [LIST_CONFLICTS] = { WAITS_SOMETIME,
                         PHRASE_CONST("Both answers are shown, and that may stay so. Withdraw one "
                                      "only if its source does "
                                      "not say it."),
                         PHRASE_CONST("On {n} question sources differ"),
                         PHRASE_CONST("On {n} questions sources differ") },
    [LIST_OBSERVANCES] = { WAITS_SOON,
                           PHRASE_CONST(
                               "An article that names it in its address is counted as its text."),
                           PHRASE_CONST("{n} observance of the next 45 days has no text"),
                           PHRASE_CONST("{n} observances of the next 45 days have no text") },
};

static str address_of(struct req *rq, const struct facts_line *line)
{
    return line->claim.n ? facts_claim_address(rq, line->claim) : web_beneath_now(rq, line->path);
}

static void old(struct req *rq)
{
    int which = 0;
    struct facts_line *lines;
    size_t n;
    if (!facts_may(rq, MAY_FACT)) return;
    while (which < FACTS_LISTS && !str_eq(facts_list_names[which].code, in_path(rq, "list")))
        which++;
    if (which == FACTS_LISTS) {
        not_found(rq, PHRASE("No list is called {asked}."), in_path(rq, "list"));
        return;
    }
    struct facts_old v = { .name = facts_list_names[which].phrase,
                           .about = lists[which].about,
                           .facts = web_beneath_now(rq, S("/desk/facts")) };
    v.found = facts_lines(rq->db, (enum facts_list)which, facts_today(rq), &lines, &n);
    struct facts_old_lines *shown = arena_new(rq->arena, struct facts_old_lines, n + 1);
    for (size_t i = 0; i < n; i++) {
        shown[i] = (struct facts_old_lines){ .address = address_of(rq, &lines[i]),
                                             .kind = lines[i].kind_of_what,
                                             .what = lang_is_state(lines[i].what)
                                                         ? lang_state(rq->lang, lines[i].what)
                                                         : lines[i].what,
                                             .detail = lines[i].detail };
        if (lines[i].day.n) shown[i].day = lines[i].day;
        if (lines[i].n) shown[i].n = SOME_INT(lines[i].n);
        if (!shown[i].what.n && !shown[i].kind.english)
            shown[i].what = say(rq, PHRASE("The whole world"));
    }
    v.lines = shown;
    v.lines_n = n;
    v.none = n == 0;
    v.is_more = n == LINES_SHOWN;
    str title = say(rq, v.name);
    page(rq, (struct head){ .title = title, .description = title, .section = "facts" },
         &facts_old_view, &v);
}

const struct route old_page_routes[] = {
    { GET, DESK, "/desk/facts/old/:list", MAY_FACT, old, "What grew old, is missing or in doubt.",
      &facts_old_view, NULL },
    { 0 },
};

static void editor_waits(struct req *rq)
{
    struct facts_count count;
    struct facts_number imports;
    int64_t found[FACTS_LISTS];
    str second = web_beneath_now(rq, S("/desk/facts/second"));
    facts_waiting_count(rq->db, rq->who.person, &count);
    facts_import_count(rq->db, rq->who.person, &imports);
    desk_waits(rq, WAITS_NOW,
               PHRASES("{n} change to a statement waits for a second person",
                       "{n} changes to statements wait for a second person"),
               count.waiting + imports.n, second);
    desk_waits(
        rq, WAITS_SOON,
        PHRASES("{n} change of yours was given back", "{n} changes of yours were given back"),
        count.back, second);
    facts_list_counts(rq->db, facts_today(rq), found);
    for (int i = 0; i < FACTS_LISTS; i++)
        desk_waits(rq, lists[i].when, lists[i].one, lists[i].many, found[i],
                   web_beneath_now(rq, S("/desk/facts/old/"), facts_list_names[i].code));
}

void facts_waits(struct req *rq)
{
    if (who_may(&rq->who, MAY_FACT)) editor_waits(rq);
    reply_waits(rq);
}

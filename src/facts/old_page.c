/* What grew old, is missing or in doubt, and the numbers of it on the desk's first page. */
#include "facts/inside.h"
#include "facts/old.html.h"
#include "facts/survey.h"

/* What each asks for. */
static const struct phrase abouts[FACTS_LISTS] = {
    [LIST_HELPLINES] = PHRASE_CONST("Call or read each again, and press the button on its page. A "
                                    "number that is wrong fails somebody in danger."),
    [LIST_EMERGENCY] = PHRASE_CONST("Read the list or the law again."),
    [LIST_TIERS] = PHRASE_CONST("States that have a tier before and after, or had one in the three "
                                "years before. Each year's report names them all."),
    [LIST_PROGRAMMES] = PHRASE_CONST(
        "What became of it? Enter what came after, or what it reported at its end."),
    [LIST_OFFICES] = PHRASE_CONST(
        "Are they still in it? Enter that they were seen in it, or left."),
    [LIST_STATISTICS] = PHRASE_CONST(
        "The same publisher has a newer source for what is counted here."),
    [LIST_SOURCES] = PHRASE_CONST("Read each again: is it still there, and does it still say so?"),
    [LIST_WEAK] = PHRASE_CONST("Undated, copied or open to anyone. A better source is sought."),
    [LIST_CONFLICTS] = PHRASE_CONST("Both answers are shown, and that may stay so. Withdraw one "
                                    "only if its source does not say it."),
    [LIST_OBSERVANCES] = PHRASE_CONST(
        "An article that names it in its address is counted as its text."),
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
                           .about = abouts[which],
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

/* One line of the desk's first page. */
static void list_waits(struct req *rq, enum facts_list which, int64_t n)
{
    str at = web_beneath_now(rq, S("/desk/facts/old/"), facts_list_names[which].code);
    switch (which) {
    case LIST_HELPLINES:
        desk_waits(rq, WAITS_SOON,
                   PHRASES("{n} helpline nobody checked for a year",
                           "{n} helplines nobody checked for a year"),
                   n, at);
        break;
    case LIST_EMERGENCY:
        desk_waits(rq, WAITS_SOMETIME,
                   PHRASES("{n} emergency number nobody checked for a year",
                           "{n} emergency numbers nobody checked for a year"),
                   n, at);
        break;
    case LIST_TIERS:
        desk_waits(rq, WAITS_SOMETIME,
                   PHRASES("{n} tier is missing for a published year",
                           "{n} tiers are missing for a published year"),
                   n, at);
        break;
    case LIST_PROGRAMMES:
        desk_waits(rq, WAITS_SOMETIME,
                   PHRASES("{n} programme is past its end, and nothing later is told",
                           "{n} programmes are past their end, and nothing later is told"),
                   n, at);
        break;
    case LIST_OFFICES:
        desk_waits(rq, WAITS_SOMETIME,
                   PHRASES("{n} holder of an office was last heard of four years ago",
                           "{n} holders of an office were last heard of four years ago"),
                   n, at);
        break;
    case LIST_STATISTICS:
        desk_waits(rq, WAITS_SOMETIME,
                   PHRASES("{n} series rests on a source whose publisher has said more since",
                           "{n} series rest on a source whose publisher has said more since"),
                   n, at);
        break;
    case LIST_SOURCES:
        desk_waits(rq, WAITS_SOMETIME,
                   PHRASES("{n} source nobody read for two years",
                           "{n} sources nobody read for two years"),
                   n, at);
        break;
    case LIST_WEAK:
        desk_waits(rq, WAITS_SOMETIME,
                   PHRASES("{n} weak source is in use", "{n} weak sources are in use"), n, at);
        break;
    case LIST_CONFLICTS:
        desk_waits(rq, WAITS_SOMETIME,
                   PHRASES("On {n} question sources differ", "On {n} questions sources differ"), n,
                   at);
        break;
    case LIST_OBSERVANCES:
        desk_waits(rq, WAITS_SOON,
                   PHRASES("{n} observance of the next 45 days has no text",
                           "{n} observances of the next 45 days have no text"),
                   n, at);
        break;
    case FACTS_LISTS: break;
    }
}

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
    for (int i = 0; i < FACTS_LISTS; i++) list_waits(rq, (enum facts_list)i, found[i]);
}

void facts_waits(struct req *rq)
{
    if (who_may(&rq->who, MAY_FACT)) editor_waits(rq);
    reply_waits(rq);
}

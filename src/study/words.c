/* What the room says in words: refusals, states, what is wrong with a table. */
#include "study/inside.h"
#include "study/report.h"

const struct word study_states[] = {
    { S_CONST("waiting"), PHRASE_CONST("Waits its turn") },
    { S_CONST("running"), PHRASE_CONST("At work") },
    { S_CONST("done"), PHRASE_CONST("Estimated") },
    { S_CONST("stopped"), PHRASE_CONST("Cancelled") },
    { S_CONST("failed"), PHRASE_CONST("Failed") },
    { { "", 0 }, { "" } },
};

const struct word study_stands[] = {
    { S_CONST("waiting"), PHRASE_CONST("Waits for a second person") },
    { S_CONST("back"), PHRASE_CONST("Given back") },
    { S_CONST("published"), PHRASE_CONST("Published") },
    { S_CONST("withdrawn"), PHRASE_CONST("Withdrawn") },
    { { "", 0 }, { "" } },
};

const struct word study_whys[] = {
    { S_CONST("table"), PHRASE_CONST("The table held an error") },
    { S_CONST("definition"),
      PHRASE_CONST("What was counted was described wrongly, or differed from list to list") },
    { S_CONST("method"), PHRASE_CONST("The methods were not right for these lists") },
    { S_CONST("danger"), PHRASE_CONST("It could put people in danger") },
    { S_CONST("other"), PHRASE_CONST("Another reason") },
    { { "", 0 }, { "" } },
};

str study_doing(struct req *rq, str code)
{
    return code.n ? say(rq, study_method_name(code)) : say(rq, PHRASE("The lists are read"));
}

struct phrase study_refusal(enum study_answer why)
{
    switch (why) {
    case STUDY_YES: return NO_PLURAL;
    case STUDY_NO_SUCH: return PHRASE("There is no such study. It may have ended.");
    case STUDY_BAD_TITLE: return PHRASE("The title has 3 letters at least and 300 bytes at most.");
    case STUDY_BAD_PLACE:
        return PHRASE("Please choose a state, or say in words which region or city it is.");
    case STUDY_BAD_DAYS:
        return PHRASE("Please give the first and the last day, such as 2025-01-01 and 2025-12-31.");
    case STUDY_BAD_COUNTED:
        return PHRASE("Please say who is counted, by which definition: 1,200 bytes at most, about "
                      "600 letters.");
    case STUDY_BAD_TABLE: return PHRASE("This table cannot be read.");
    case STUDY_NOT_WHOLE:
        return PHRASE("People are counted in whole numbers: a count is a decimal.");
    case STUDY_FEW_LISTS: return PHRASE("At least two lists must take part.");
    case STUDY_IS_RUNNING: return PHRASE("An estimate of this study is being made already.");
    case STUDY_BUSY:
        return PHRASE("Too many estimates wait already. Please try again when some are done.");
    case STUDY_TOO_LATE: return PHRASE("Somebody was quicker: look again at how it stands now.");
    case STUDY_NO_RESULT: return PHRASE("There is no finished estimate to publish.");
    case STUDY_NO_NUMBER:
        return PHRASE(
            "Nothing of this can be published: these lists give no number, and no finding "
            "either.");
    case STUDY_SAME_PERSON:
        return PHRASE("You put this forward yourself. Somebody else must look at it and agree.");
    case STUDY_NOT_YOURS: return PHRASE("Only whoever put it forward can take it back.");
    case STUDY_BAD_SERIES:
        return PHRASE("The name in the address has 3 to 60 small letters, digits and hyphens.");
    case STUDY_OTHER_PLACE:
        return PHRASE("Under this name numbers about another place were published. Please choose "
                      "another name.");
    case STUDY_WAITS: return PHRASE("An edition of this series waits for a second person already.");
    case STUDY_BAD_NAMES:
        return PHRASE("Every list needs a name for the public, 160 bytes at most, and no two the "
                      "same.");
    case STUDY_BAD_REMARK: return PHRASE("Please give a reason: one line, 1,200 bytes at most.");
    }
    return NO_PLURAL;
}

/* How the engine begins a complaint, and the same for people. */
static const struct {
    const char *begins, *has;
    struct phrase words;
} complaints[] = {
    { "the last column is called", "", PHRASE_CONST("The last column must be called \"count\".") },
    { "a table has at least two", "",
      PHRASE_CONST("A table has at least two lists; from one nothing can be estimated.") },
    { "a table has at most", "lists", PHRASE_CONST("A table has at most 8 lists.") },
    { "a table has at most", "rows", PHRASE_CONST("This table has too many rows.") },
    { "this list has no name", "", PHRASE_CONST("This list has no name.") },
    { "a list's name has", "", PHRASE_CONST("This list's name is too long: 64 bytes at most.") },
    { "only the last column", "", PHRASE_CONST("Only the last column may be called \"count\".") },
    { "two columns are called", "", PHRASE_CONST("Two columns have the same name.") },
    { "the count is missing", "", PHRASE_CONST("The count is missing.") },
    { "a count is not negative", "", PHRASE_CONST("A count is not negative.") },
    { "\"", "is no count", PHRASE_CONST("This is no count.") },
    { "this row has", "", PHRASE_CONST("This row has more or fewer cells than the first line.") },
    { "\"", "is neither 0 nor 1", PHRASE_CONST("This is neither 0 nor 1.") },
    { "people on no list", "",
      PHRASE_CONST("People on no list cannot have been counted: their number is what is to be "
                   "estimated. Leave this row out.") },
    { "together the counts", "", PHRASE_CONST("Together the counts are too large.") },
    { "the file is empty", "", PHRASE_CONST("The table is empty.") },
    { "there are no rows", "", PHRASE_CONST("There are no rows below the first line.") },
    { "every count is 0", "", PHRASE_CONST("Every count is 0.") },
    { "a quote is opened", "", PHRASE_CONST("A quote is opened here and never closed.") },
    { "expected a comma", "", PHRASE_CONST("Here a comma or the end of the line should stand.") },
};

str study_complaint(struct req *rq, str english)
{
    for (size_t i = 0; i < COUNT_OF(complaints); i++)
        if (str_starts(english, str_of(complaints[i].begins)) &&
            str_has(english, str_of(complaints[i].has)))
            return say(rq, complaints[i].words);
    return english;
}

str study_place(struct req *rq, str iso3, str place)
{
    str state = iso3.n ? lang_state(rq->lang, iso3) : S("");
    if (!iso3.n || !place.n) return iso3.n ? state : place;
    return ARENA_JOIN(rq->arena, state, S(": "), place);
}

str study_one_line(struct req *rq, const char *field)
{
    str typed = str_trim(in_form(rq, field));
    struct sink out;
    sink_open(&out, rq->arena, typed.n + 1);
    for (size_t i = 0; i < typed.n; i++) put_char(&out, typed.p[i] == '\n' ? ' ' : typed.p[i]);
    return sink_str(&out);
}

struct studies study_asked(struct req *rq)
{
    return (struct studies){ .db = rq->db,
                             .arena = rq->arena,
                             .keys = site_keys(rq),
                             .now = rq->now,
                             .person = rq->who.person };
}

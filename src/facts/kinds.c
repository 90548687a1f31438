/* The kind of statement facts makes, and its words. */
#include "facts/facts.h"

/* No file but this table's own export has them; the state itself is the source. */
const struct claim_kind facts_replies = {
    .name = "replies", .room = "facts", .is_reference = true, .is_unsearched = true,
    .note = "What states replied to a statement about them, in their own words. Entered only at the desk.",
    .columns = {
        { "iso3", CHECK_STATE, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "claim", CHECK_SLUG, COLUMN_NEEDED | COLUMN_ASKS, NULL },
        { "lang", CHECK_SLUG, COLUMN_NEEDED | COLUMN_ASKS, NULL },
        { "speaker", CHECK_TEXT, COLUMN_NEEDED, NULL },
        { "day", CHECK_DAY, COLUMN_NEEDED | COLUMN_FROM, NULL },
        { "text", CHECK_LINES, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { 0 },
    },
};

const struct word facts_reasons[] = {
    { S_CONST("wrong"), PHRASE_CONST("The source does not say so") },
    { S_CONST("old"), PHRASE_CONST("It is not so any more") },
    { S_CONST("source"), PHRASE_CONST("The source is gone, or cannot be relied on") },
    { S_CONST("twice"), PHRASE_CONST("It is said twice") },
    { S_CONST("harm"), PHRASE_CONST("It could harm somebody") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word facts_backs[] = {
    { S_CONST("source"), PHRASE_CONST("The source does not say so") },
    { S_CONST("weak"), PHRASE_CONST("A better source is needed") },
    { S_CONST("official"), PHRASE_CONST("What the official source says is to stay") },
    { S_CONST("unclear"), PHRASE_CONST("It is not clear what is meant") },
    { S_CONST("harm"), PHRASE_CONST("It could harm somebody") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word facts_whys[] = {
    { S_CONST("weak"), PHRASE_CONST("It rests on a weak source.") },
    { S_CONST("contradicts"),
      PHRASE_CONST("It contradicts what a depositary or an official source says.") },
    { S_CONST("changes"),
      PHRASE_CONST("It changes or withdraws what a depositary or an official source says.") },
    { S_CONST("grade"), PHRASE_CONST("A source is to count for more than before.") },
    { S_CONST("past"),
      PHRASE_CONST("What was said before is to be hidden for every past day too.") },
    { S_CONST("table"), PHRASE_CONST("Lines of it withdraw something, rest on a weak source, or "
                                     "contradict an official one.") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word facts_deeds[] = {
    { S_CONST("enter"), PHRASE_CONST("A new statement") },
    { S_CONST("correct"), PHRASE_CONST("A correction") },
    { S_CONST("withdraw"), PHRASE_CONST("A withdrawal") },
    { S_CONST("hide"), PHRASE_CONST("Hiding what was said before") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word facts_reply_backs[] = {
    { S_CONST("personal"), PHRASE_CONST("It holds data about a person") },
    { S_CONST("other"), PHRASE_CONST("It is not about this statement") },
    { S_CONST("unlawful"), PHRASE_CONST("It would be unlawful to publish it") },
    { S_CONST(""), PHRASE_CONST("") },
};

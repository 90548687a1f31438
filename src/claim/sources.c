/* The kind that every other one leans on: where statements come from. */
#include "claim/claim.h"

const struct word claim_grades[] = {
    { S_CONST("depositary"), PHRASE_CONST("keeper of the treaty") },
    { S_CONST("official"), PHRASE_CONST("official") },
    { S_CONST("scholarly"), PHRASE_CONST("scholarly") },
    { S_CONST("press"), PHRASE_CONST("reported") },
    { S_CONST("weak"), PHRASE_CONST("weak source") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct claim_kind claim_sources = {
    .name = "sources", .room = "claim", .is_reference = true,
    .note = "Where statements come from: who says it, where, under which licence, and how far it can be trusted.",
    .columns = {
        { "id", CHECK_SLUG, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "name", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "url", CHECK_URL, 0, NULL },
        { "publisher", CHECK_TEXT, 0, NULL },
        { "licence", CHECK_TEXT, COLUMN_NEEDED, NULL },
        { "grade", CHECK_WORD, COLUMN_NEEDED, claim_grades },
        { "checked", CHECK_DAY, 0, NULL },
        { "note", CHECK_TEXT, 0, NULL },
        { 0 },
    },
};

/* The kinds of statement campaign makes, and their words. */
#include "campaign/campaign.h"

const struct word campaign_confidences[] = {
    { S_CONST("cited"), PHRASE_CONST("Read on the operator's own page") },
    { S_CONST("press"), PHRASE_CONST("Reported by the press") },
    { S_CONST("ngo_dataset"), PHRASE_CONST("From a list kept by an organisation") },
    { S_CONST("crowd"), PHRASE_CONST("From a list anybody can edit") },
    { S_CONST("undated"), PHRASE_CONST("From a page without a date") },
    { S_CONST("old"), PHRASE_CONST("From an old page") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct claim_kind campaign_helplines = {
    .name = "helplines", .room = "campaign",
    .note = "Numbers that can be called, with the day each was last checked. Test a number before you print it.",
    .columns = {
        { "iso3", CHECK_STATE, COLUMN_SUBJECT, NULL },
        { "name", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ASKS, NULL },
        { "number", CHECK_TEXT, COLUMN_ANSWERS, NULL },
        { "number_from_abroad", CHECK_TEXT, 0, NULL },
        { "operator", CHECK_TEXT, 0, NULL },
        { "other_channels", CHECK_TEXT, 0, NULL },
        { "hours", CHECK_TEXT, 0, NULL },
        { "languages", CHECK_TEXT, 0, NULL },
        { "scope", CHECK_TEXT, COLUMN_NEEDED, NULL },
        { "confidence", CHECK_WORD, COLUMN_NEEDED, campaign_confidences },
        { "as_of", CHECK_DAY, COLUMN_FROM, NULL },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { "note", CHECK_TEXT, 0, NULL },
        { 0 },
    },
};

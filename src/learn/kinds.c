/* The kinds of statement learn makes, and their words. */
#include "learn/learn.h"

const struct word learn_strengths[] = {
    { S_CONST("strong"), PHRASE_CONST("strong") },
    { S_CONST("medium"), PHRASE_CONST("medium") },
    { S_CONST("weak"), PHRASE_CONST("weak") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word learn_persons[] = {
    { S_CONST("adult"), PHRASE_CONST("Adults") },
    { S_CONST("child"), PHRASE_CONST("Children") },
    { S_CONST("any"), PHRASE_CONST("Anyone") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word learn_forms[] = {
    { S_CONST("labour"), PHRASE_CONST("Exploitation at work") },
    { S_CONST("sexual"), PHRASE_CONST("Sexual exploitation") },
    { S_CONST("any"), PHRASE_CONST("Any kind of exploitation") },
    { S_CONST(""), PHRASE_CONST("") },
};

static const struct word elements[] = {
    { S_CONST("means"), PHRASE_CONST("Means") },
    { S_CONST("purpose"), PHRASE_CONST("Purpose") },
    { S_CONST(""), PHRASE_CONST("") },
};

static const struct word phases[] = {
    { S_CONST("recruitment"), PHRASE_CONST("When recruited") },
    { S_CONST("exploitation"), PHRASE_CONST("While exploited") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct claim_kind learn_indicators = {
    .name = "indicators", .room = "learn",
    .note = "Published signs of trafficking: which list, which dimension, how strongly each points.",
    .columns = {
        { "id", CHECK_TEXT, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "list", CHECK_TEXT, COLUMN_NEEDED, NULL },
        { "dimension", CHECK_TEXT, COLUMN_NEEDED, NULL },
        { "indicator", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "person", CHECK_WORD, COLUMN_NEEDED, learn_persons },
        { "form", CHECK_WORD, COLUMN_NEEDED, learn_forms },
        { "strength", CHECK_WORD, 0, learn_strengths },
        { "element", CHECK_WORD, 0, elements },
        { "phase", CHECK_WORD, 0, phases },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { 0 },
    },
};

const struct claim_kind learn_rules = {
    .name = "indicator_rules", .room = "learn",
    .note = "How signs combine: when a dimension is positive, and which dimensions make an indication.",
    .columns = {
        { "rule", CHECK_TEXT, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "applies_to", CHECK_TEXT, COLUMN_NEEDED, NULL },
        { "min_strong", CHECK_NUMBER, 0, NULL },
        { "min_medium", CHECK_NUMBER, 0, NULL },
        { "min_medium_or_weak", CHECK_NUMBER, 0, NULL },
        { "min_weak", CHECK_NUMBER, 0, NULL },
        { "meaning", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { 0 },
    },
};

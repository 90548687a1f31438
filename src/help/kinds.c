/* The kinds of statement help makes, and their words. */
#include "help/help.h"

const struct word help_confidences[] = {
    { S_CONST("cited"), PHRASE_CONST("Read on the operator's own page") },
    { S_CONST("press"), PHRASE_CONST("Reported by the press") },
    { S_CONST("ngo_dataset"), PHRASE_CONST("From a list kept by an organisation") },
    { S_CONST("crowd"), PHRASE_CONST("From a list anybody can edit") },
    { S_CONST("undated"), PHRASE_CONST("From a page without a date") },
    { S_CONST("old"), PHRASE_CONST("From an old page") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct claim_kind help_lines = {
    .name = "helplines", .room = "help",
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
        { "confidence", CHECK_WORD, COLUMN_NEEDED, help_confidences },
        { "as_of", CHECK_DAY, COLUMN_FROM, NULL },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { "note", CHECK_TEXT, 0, NULL },
        { 0 },
    },
};

const struct word help_services[] = {
    { S_CONST("any"), PHRASE_CONST("Emergency") },
    { S_CONST("police"), PHRASE_CONST("Police") },
    { S_CONST("ambulance"), PHRASE_CONST("Ambulance") },
    { S_CONST("fire"), PHRASE_CONST("Fire brigade") },
    { S_CONST("unstated"), PHRASE_CONST("Another list says") },
    { S_CONST(""), PHRASE_CONST("") },
};

/* In the order of enum help_about. */
const struct word help_abouts[] = {
    { S_CONST("trafficking"), PHRASE_CONST("for people who were trafficked") },
    { S_CONST("children"), PHRASE_CONST("for children") },
    { S_CONST("women"), PHRASE_CONST("for women") },
    { S_CONST("workers"), PHRASE_CONST("for people who work abroad") },
    { S_CONST("rights"), PHRASE_CONST("for human rights") },
    { S_CONST("police"), PHRASE_CONST("of the police") },
    { S_CONST("emergency"), PHRASE_CONST("Emergency") },
    { S_CONST("other"), PHRASE_CONST("for other needs") },
    { S_CONST(""), PHRASE_CONST("") },
};

static const struct word bases[] = {
    { S_CONST("law"), PHRASE_CONST("Set by law") },
    { S_CONST("list"), PHRASE_CONST("From one list") },
    { S_CONST(""), PHRASE_CONST("") },
};

/* A state has several emergency numbers at once, so a second number is no rival of the first. */
const struct claim_kind help_emergency = {
    .name = "emergency", .room = "help",
    .note = "Emergency numbers of states. One list alone is weak; a number that two lists have may be called.",
    .columns = {
        { "iso3", CHECK_STATE, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "service", CHECK_WORD, COLUMN_NEEDED | COLUMN_PREDICATE, help_services },
        { "number", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ASKS | COLUMN_ANSWERS, NULL },
        { "as_of", CHECK_DAY, COLUMN_FROM, NULL },
        { "confidence", CHECK_WORD, COLUMN_NEEDED, bases },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { "note", CHECK_TEXT, 0, NULL },
        { 0 },
    },
};

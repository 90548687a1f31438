/* The kinds of statement tiers makes, and their words. */
#include "tiers/tiers.h"

const struct word tiers_words[] = {
    { S_CONST("1"), PHRASE_CONST("Tier 1") },
    { S_CONST("2"), PHRASE_CONST("Tier 2") },
    { S_CONST("2WL"), PHRASE_CONST("Tier 2 Watch List") },
    { S_CONST("3"), PHRASE_CONST("Tier 3") },
    { S_CONST("SC"), PHRASE_CONST("Special case") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word tiers_bases[] = {
    { S_CONST("dataset"), PHRASE_CONST("read from a research dataset") },
    { S_CONST("factbook"), PHRASE_CONST("read from the World Factbook") },
    { S_CONST("list"), PHRASE_CONST("read from the report's list") },
    { S_CONST("list_year_inferred"), PHRASE_CONST("read from a list that names no year") },
    { S_CONST("narrative"), PHRASE_CONST("read from the report's text") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word tiers_dimensions[] = {
    { S_CONST("prosecution"), PHRASE_CONST("Prosecution") },
    { S_CONST("protection"), PHRASE_CONST("Protection") },
    { S_CONST("prevention"), PHRASE_CONST("Prevention") },
    { S_CONST("total"), PHRASE_CONST("Sum of the three") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct claim_kind tiers_placements = {
    .name = "tiers", .room = "tiers",
    .note = "The tier a state was given in a year's Trafficking in Persons Report of the United States.",
    .columns = {
        { "iso3", CHECK_STATE, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "year", CHECK_YEAR, COLUMN_NEEDED | COLUMN_ASKS | COLUMN_FROM, NULL },
        { "tier", CHECK_WORD, COLUMN_NEEDED | COLUMN_ANSWERS, tiers_words },
        { "basis", CHECK_WORD, 0, tiers_bases },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { "note", CHECK_TEXT, 0, NULL },
        { 0 },
    },
};

const struct claim_kind tiers_policy = {
    .name = "policy", .room = "tiers", .is_unsearched = true,
    .note = "The 3P index: scholars' scores from 1 (worst) to 5 (best) for a state's policy in a year. A judgement.",
    .columns = {
        { "iso3", CHECK_STATE, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "year", CHECK_YEAR, COLUMN_NEEDED | COLUMN_ASKS | COLUMN_FROM, NULL },
        { "dimension", CHECK_WORD, COLUMN_NEEDED | COLUMN_PREDICATE, tiers_dimensions },
        { "score", CHECK_NUMBER, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { 0 },
    },
};

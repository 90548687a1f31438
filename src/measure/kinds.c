/* The kinds of statement measure makes, and their words. */
#include "measure/measure.h"

const struct word measure_levels[] = {
    { S_CONST("country"), PHRASE_CONST("State") },
    { S_CONST("territory"), PHRASE_CONST("Territory") },
    { S_CONST("region"), PHRASE_CONST("Region") },
    { S_CONST("world"), PHRASE_CONST("World") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word measure_suppressed[] = {
    { S_CONST("yes"), PHRASE_CONST("fewer than five") },
    { S_CONST(""), PHRASE_CONST("") },
};

#define COMMON                                                                                   \
    { "level", CHECK_WORD, COLUMN_NEEDED | COLUMN_ASKS, measure_levels },                        \
        { "iso3", CHECK_STATE, COLUMN_SUBJECT, NULL },                                           \
        { "area", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ASKS, NULL },                               \
        { "year", CHECK_YEARS, COLUMN_ASKS | COLUMN_FROM, NULL },                                \
        { "metric", CHECK_TEXT, COLUMN_NEEDED | COLUMN_PREDICATE, NULL },                        \
        { "category", CHECK_TEXT, COLUMN_ASKS, NULL }, { "sex", CHECK_TEXT, COLUMN_ASKS, NULL }, \
        { "age", CHECK_TEXT, COLUMN_ASKS, NULL },                                                \
        { "value", CHECK_DECIMAL, COLUMN_ANSWERS, NULL },                                        \
        { "suppressed", CHECK_WORD, COLUMN_ANSWERS, measure_suppressed },                        \
    {                                                                                            \
        "unit", CHECK_TEXT, COLUMN_NEEDED, NULL                                                  \
    }

const struct claim_kind measure_statistics = {
    .name = "statistics", .room = "measure", .is_unsearched = true,
    .note = "Published totals for states, regions and the world. Suppressed (fewer than five), unknown and zero differ.",
    .columns = {
        COMMON,
        { "as_of", CHECK_DAY, COLUMN_SEEN, NULL },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { 0 },
    },
};

const struct claim_kind measure_detail = {
    .name = "statistics_detail", .room = "measure", .is_unsearched = true,
    .note = "The same with sex, age, citizenship, form and repatriation. Do not add categories up: they overlap.",
    .columns = {
        COMMON,
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { 0 },
    },
};

const struct claim_kind measure_population = {
    .name = "population", .room = "measure", .is_unsearched = true,
    .note = "How many people live in a state at the middle of a year: what a rate is computed with.",
    .columns = {
        { "iso3", CHECK_STATE, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "year", CHECK_YEAR, COLUMN_NEEDED | COLUMN_ASKS | COLUMN_FROM, NULL },
        { "persons", CHECK_NUMBER, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "as_of", CHECK_DAY, COLUMN_SEEN, NULL },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { 0 },
    },
};

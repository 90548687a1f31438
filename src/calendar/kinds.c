/* The kind of statement calendar makes, and its words. */
#include "calendar/calendar.h"

const struct word calendar_scopes[] = {
    { S_CONST("world"), PHRASE_CONST("The whole world") },
    { S_CONST("european_union"), PHRASE_CONST("European Union") },
    { S_CONST("country"), PHRASE_CONST("One state") },
    { S_CONST("spain_latin_america"), PHRASE_CONST("Used in Spain and Latin America") },
    { S_CONST("campaign"), PHRASE_CONST("The Blue Heart Campaign") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word calendar_sorts[] = {
    { S_CONST("day"), PHRASE_CONST("Day of observance") },
    { S_CONST("month"), PHRASE_CONST("Month of observance") },
    { S_CONST("anniversary"), PHRASE_CONST("Anniversary, not an official observance") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word calendar_events[] = {
    { S_CONST("created"), PHRASE_CONST("Made by") },
    { S_CONST("proclaimed"), PHRASE_CONST("Proclaimed for a year") },
    { S_CONST("first_observed"), PHRASE_CONST("First observed") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct claim_kind calendar_observances = {
    .name = "observances", .room = "calendar",
    .note = "Yearly days and months: the act that made them, proclamations by year, first observed.",
    .columns = {
        { "observance", CHECK_SLUG, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "name", CHECK_TEXT, COLUMN_NEEDED, NULL },
        { "rule", CHECK_TEXT, COLUMN_NEEDED, NULL },
        { "sort", CHECK_WORD, COLUMN_NEEDED, calendar_sorts },
        { "scope", CHECK_WORD, COLUMN_NEEDED, calendar_scopes },
        { "iso3", CHECK_STATE, 0, NULL },
        { "event", CHECK_WORD, COLUMN_NEEDED | COLUMN_PREDICATE, calendar_events },
        { "year", CHECK_TEXT, COLUMN_ASKS, NULL },
        { "act", CHECK_TEXT, COLUMN_ANSWERS, NULL },
        { "date", CHECK_DAY, COLUMN_FROM | COLUMN_ANSWERS, NULL },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { "note", CHECK_TEXT, 0, NULL },
        { 0 },
    },
};

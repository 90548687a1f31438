/* The kinds of statement who makes, and their words. */
#include "who/who.h"

const struct word who_groups[] = {
    { S_CONST("un"), PHRASE_CONST("United Nations") },
    { S_CONST("europe"), PHRASE_CONST("European Union") },
    { S_CONST("regional"), PHRASE_CONST("Other bodies of a region") },
    { S_CONST("national"), PHRASE_CONST("In one state") },
    { S_CONST("civil"), PHRASE_CONST("Civil society") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word who_properties[] = {
    { S_CONST("name"), PHRASE_CONST("Name") },
    { S_CONST("short_name"), PHRASE_CONST("Short name") },
    { S_CONST("group"), PHRASE_CONST("Kind") },
    { S_CONST("part_of"), PHRASE_CONST("Part of") },
    { S_CONST("state"), PHRASE_CONST("State") },
    { S_CONST("founded"), PHRASE_CONST("Founded") },
    { S_CONST("founded_from"), PHRASE_CONST("Founded out of") },
    { S_CONST("mandate"), PHRASE_CONST("Mandate") },
    { S_CONST("does"), PHRASE_CONST("What it does") },
    { S_CONST("found"), PHRASE_CONST("What it reported") },
    { S_CONST("size"), PHRASE_CONST("Who is in it") },
    { S_CONST("site"), PHRASE_CONST("Its own site") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word who_events[] = {
    { S_CONST("appointed"), PHRASE_CONST("Appointed or elected") },
    { S_CONST("reappointed"), PHRASE_CONST("Appointed or elected again") },
    { S_CONST("took_office"), PHRASE_CONST("Took office") },
    { S_CONST("seen"), PHRASE_CONST("Seen in office") },
    { S_CONST("left"), PHRASE_CONST("Left office") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word who_traits[] = {
    { S_CONST("name"), PHRASE_CONST("Name") },
    { S_CONST("short_name"), PHRASE_CONST("Short name") },
    { S_CONST("aim"), PHRASE_CONST("Aim") },
    { S_CONST("runs"), PHRASE_CONST("Runs") },
    { S_CONST("budget"), PHRASE_CONST("Budget") },
    { S_CONST("donor"), PHRASE_CONST("Paid by") },
    { S_CONST("partner"), PHRASE_CONST("Carried out by") },
    { S_CONST("states_count"), PHRASE_CONST("How many states") },
    { S_CONST("state"), PHRASE_CONST("State") },
    { S_CONST("step"), PHRASE_CONST("What happened") },
    { S_CONST(""), PHRASE_CONST("") },
};

static const struct word capacities[] = {
    { S_CONST("acting"), PHRASE_CONST("acting") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct claim_kind who_bodies = {
    .name = "bodies", .room = "who",
    .note = "Bodies that act against trafficking: one property a row. item tells several answers of one kind apart.",
    .columns = {
        { "body", CHECK_SLUG, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "property", CHECK_WORD, COLUMN_NEEDED | COLUMN_PREDICATE, who_properties },
        { "item", CHECK_TEXT, COLUMN_ASKS, NULL },
        { "value", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "from", CHECK_DAY, COLUMN_FROM, NULL },
        { "to", CHECK_DAY, 0, NULL },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { "note", CHECK_TEXT, 0, NULL },
        { 0 },
    },
};

const struct claim_kind who_offices = {
    .name = "offices", .room = "who",
    .note = "Who held a public office of a body: appointed, took office, seen in it, left; one event a row.",
    .columns = {
        { "body", CHECK_SLUG, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "office", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ASKS, NULL },
        { "person", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ASKS, NULL },
        { "event", CHECK_WORD, COLUMN_NEEDED | COLUMN_PREDICATE, who_events },
        { "date", CHECK_DAY, COLUMN_FROM | COLUMN_ANSWERS, NULL },
        { "capacity", CHECK_WORD, 0, capacities },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { "note", CHECK_TEXT, 0, NULL },
        { 0 },
    },
};

const struct claim_kind who_programmes = {
    .name = "programmes", .room = "who",
    .note = "What bodies do together: phases, states, budgets, partners; sources that differ stand side by side.",
    .columns = {
        { "programme", CHECK_SLUG, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "phase", CHECK_TEXT, COLUMN_ASKS, NULL },
        { "property", CHECK_WORD, COLUMN_NEEDED | COLUMN_PREDICATE, who_traits },
        { "item", CHECK_TEXT, COLUMN_ASKS, NULL },
        { "value", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "from", CHECK_DAY, COLUMN_FROM | COLUMN_ANSWERS, NULL },
        { "to", CHECK_DAY, COLUMN_ANSWERS, NULL },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { "note", CHECK_TEXT, 0, NULL },
        { 0 },
    },
};

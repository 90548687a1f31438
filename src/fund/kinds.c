/* The kind of statement fund makes, and its words. */
#include "fund/fund.h"

const struct word fund_names[] = {
    { S_CONST("created_by"), PHRASE_CONST("Made by") },
    { S_CONST("established"), PHRASE_CONST("Set up") },
    { S_CONST("operational"), PHRASE_CONST("At work since") },
    { S_CONST("manager"), PHRASE_CONST("Managed by") },
    { S_CONST("purpose"), PHRASE_CONST("What it is for") },
    { S_CONST("board"), PHRASE_CONST("Board of trustees") },
    { S_CONST("board_term_years"), PHRASE_CONST("Term of a trustee") },
    { S_CONST("survivor_on_board"), PHRASE_CONST("A survivor on the board") },
    { S_CONST("who_may_apply"), PHRASE_CONST("Who may apply") },
    { S_CONST("proceeds"), PHRASE_CONST("What the campaign gives it") },
    { S_CONST("contributions_total"), PHRASE_CONST("Received since the beginning") },
    { S_CONST("contributions_in_year"), PHRASE_CONST("Received in one year") },
    { S_CONST("contribution"), PHRASE_CONST("Contribution") },
    { S_CONST("donor_states"), PHRASE_CONST("States that gave") },
    { S_CONST("largest_donor"), PHRASE_CONST("Gave most") },
    { S_CONST("grants_total"), PHRASE_CONST("Granted since the beginning") },
    { S_CONST("projects_total"), PHRASE_CONST("Projects since the beginning") },
    { S_CONST("assisted_per_year"), PHRASE_CONST("People helped directly, in a year") },
    { S_CONST("assisted_total"), PHRASE_CONST("People helped, since the beginning") },
    { S_CONST("window"), PHRASE_CONST("Years of the cycle") },
    { S_CONST("opened"), PHRASE_CONST("Call opened") },
    { S_CONST("deadline"), PHRASE_CONST("Applications until") },
    { S_CONST("grantees"), PHRASE_CONST("Organisations that received a grant") },
    { S_CONST("projects"), PHRASE_CONST("Projects") },
    { S_CONST("total"), PHRASE_CONST("Granted in the cycle") },
    { S_CONST("emergency"), PHRASE_CONST("Emergency window") },
    { S_CONST("grant_min"), PHRASE_CONST("Smallest grant") },
    { S_CONST("grant_max"), PHRASE_CONST("Largest grant") },
    { S_CONST("grant_max_per_year"), PHRASE_CONST("Largest grant in a year") },
    { S_CONST("months_max"), PHRASE_CONST("Longest project") },
    { S_CONST("grantee"), PHRASE_CONST("Received a grant") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word fund_units[] = {
    { S_CONST("USD"), PHRASE_CONST("US dollars") },
    { S_CONST("EUR"), PHRASE_CONST("euros") },
    { S_CONST("persons"), PHRASE_CONST("persons") },
    { S_CONST("projects"), PHRASE_CONST("projects") },
    { S_CONST("organisations"), PHRASE_CONST("organisations") },
    { S_CONST("states"), PHRASE_CONST("states") },
    { S_CONST("trustees"), PHRASE_CONST("trustees") },
    { S_CONST("years"), PHRASE_CONST("years") },
    { S_CONST("months"), PHRASE_CONST("months") },
    { S_CONST("day"), PHRASE_CONST("day") },
    { S_CONST("text"), PHRASE_CONST("text") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word fund_bounds[] = {
    { S_CONST("over"), PHRASE_CONST("more than") },
    { S_CONST("about"), PHRASE_CONST("about") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct claim_kind fund_facts = {
    .name = "fund", .room = "fund",
    .note = "The UN Voluntary Trust Fund for Victims of Trafficking in Persons: what sources say of it, by day.",
    .columns = {
        { "fact", CHECK_WORD, COLUMN_NEEDED | COLUMN_SUBJECT, fund_names },
        { "cycle", CHECK_TEXT, COLUMN_ASKS, NULL },
        { "item", CHECK_TEXT, COLUMN_ASKS, NULL },
        { "iso3", CHECK_STATE, COLUMN_ASKS, NULL },
        { "bound", CHECK_WORD, 0, fund_bounds },
        { "value", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "unit", CHECK_WORD, COLUMN_NEEDED, fund_units },
        { "as_of", CHECK_DAY, COLUMN_FROM | COLUMN_ASKS, NULL },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { "note", CHECK_TEXT, 0, NULL },
        { 0 },
    },
};

/* The kinds of statement law makes, and their words. */
#include "law/law.h"

const struct word law_state_kinds[] = {
    { S_CONST("un_member"), PHRASE_CONST("Member of the United Nations") },
    { S_CONST("un_observer"), PHRASE_CONST("Observer state at the United Nations") },
    { S_CONST("other_state"), PHRASE_CONST("Not a member of the United Nations") },
    { S_CONST("territory"), PHRASE_CONST("Territory") },
    { S_CONST("former"), PHRASE_CONST("No longer exists") },
    { S_CONST("union"), PHRASE_CONST("Union of states") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word law_events[] = {
    { S_CONST("signature"), PHRASE_CONST("Signed the Protocol") },
    { S_CONST("ratification"), PHRASE_CONST("Ratified the Protocol") },
    { S_CONST("accession"), PHRASE_CONST("Acceded to the Protocol") },
    { S_CONST("acceptance"), PHRASE_CONST("Accepted the Protocol") },
    { S_CONST("approval"), PHRASE_CONST("Approved the Protocol") },
    { S_CONST("succession"), PHRASE_CONST("Succeeded to the Protocol") },
    { S_CONST("entry_into_force"), PHRASE_CONST("The Protocol entered into force for it") },
    { S_CONST("party"), PHRASE_CONST("Listed as a party") },
    { S_CONST("participant"), PHRASE_CONST("Listed as a participant, which can mean a signatory") },
    { S_CONST("not_party"), PHRASE_CONST("Had signed, was not a party") },
    { S_CONST("declaration"), PHRASE_CONST("Made a reservation or declaration") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word law_bases[] = {
    { S_CONST("stated"), PHRASE_CONST("stated by the source") },
    { S_CONST("computed"), PHRASE_CONST("computed by article 17(2)") },
    { S_CONST("inferred"), PHRASE_CONST("inferred from whether it had signed") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word law_properties[] = {
    { S_CONST("name"), PHRASE_CONST("Name") },
    { S_CONST("short_name"), PHRASE_CONST("Short name") },
    { S_CONST("type"), PHRASE_CONST("Kind") },
    { S_CONST("body"), PHRASE_CONST("Made within") },
    { S_CONST("adopted"), PHRASE_CONST("Adopted") },
    { S_CONST("in_force"), PHRASE_CONST("Entered into force") },
    { S_CONST("parties"), PHRASE_CONST("Parties") },
    { S_CONST("signatories"), PHRASE_CONST("Signatories") },
    { S_CONST("note"), PHRASE_CONST("Note") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word law_predicates[] = {
    { S_CONST("offence"), PHRASE_CONST("Offence in national law") },
    { S_CONST("unit"), PHRASE_CONST("Specialised unit") },
    { S_CONST("action_plan"), PHRASE_CONST("Action plan") },
    { S_CONST("budget"), PHRASE_CONST("Budget") },
    { S_CONST("rapporteur"), PHRASE_CONST("National rapporteur") },
    { S_CONST("transposition"), PHRASE_CONST("Transposition of the directive") },
    { S_CONST(""), PHRASE_CONST("") },
};

#define SOURCE                                      \
    {                                               \
        "source", CHECK_SOURCE, COLUMN_NEEDED, NULL \
    }
#define NOTE                        \
    {                               \
        "note", CHECK_TEXT, 0, NULL \
    }

const struct claim_kind law_countries = {
    .name = "countries", .room = "law", .is_reference = true,
    .note = "Which states, territories and unions there are; their names come from CLDR.",
    .columns = {
        { "iso3", CHECK_TEXT, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "kind", CHECK_WORD, COLUMN_NEEDED | COLUMN_ANSWERS, law_state_kinds },
        SOURCE, NOTE, { 0 },
    },
};

const struct claim_kind law_protocol_kind = {
    .name = "protocol", .room = "law",
    .note = "What each state did about the Trafficking in Persons Protocol, and when.",
    .columns = {
        { "iso3", CHECK_STATE, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "event", CHECK_WORD, COLUMN_NEEDED | COLUMN_PREDICATE, law_events },
        { "date", CHECK_DAY, COLUMN_FROM | COLUMN_ANSWERS, NULL },
        { "basis", CHECK_WORD, 0, law_bases },
        { "as_of", CHECK_DAY, COLUMN_SEEN, NULL },
        SOURCE, NOTE, { 0 },
    },
};

const struct claim_kind law_instruments = {
    .name = "instruments", .room = "law",
    .note = "Treaties, regional law and statutes: one property a row, counts with their day.",
    .columns = {
        { "instrument", CHECK_TEXT, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "property", CHECK_WORD, COLUMN_NEEDED | COLUMN_PREDICATE, law_properties },
        { "value", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "as_of", CHECK_DAY, COLUMN_FROM | COLUMN_ASKS, NULL },
        SOURCE, NOTE, { 0 },
    },
};

const struct claim_kind law_articles = {
    .name = "articles", .room = "law",
    .note = "Articles of instruments, summarised in our own words.",
    .columns = {
        { "instrument", CHECK_TEXT, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "article", CHECK_NUMBER, COLUMN_NEEDED | COLUMN_ASKS, NULL },
        { "section", CHECK_TEXT, 0, NULL },
        { "heading", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "summary", CHECK_TEXT, COLUMN_NEEDED, NULL },
        { "theme", CHECK_TEXT, 0, NULL },
        SOURCE, { 0 },
    },
};

const struct claim_kind law_commitments = {
    .name = "commitments", .room = "law",
    .note = "National offences, units, action plans, budgets, rapporteurs and transpositions. No data yet.",
    .columns = {
        { "iso3", CHECK_STATE, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "predicate", CHECK_WORD, COLUMN_NEEDED | COLUMN_PREDICATE, law_predicates },
        { "value", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "from", CHECK_DAY, COLUMN_FROM | COLUMN_ASKS, NULL },
        { "to", CHECK_DAY, 0, NULL },
        SOURCE, NOTE, { 0 },
    },
};

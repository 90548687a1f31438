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
    { S_CONST("transpose_by"), PHRASE_CONST("To be written into national law by") },
    { S_CONST("effect"), PHRASE_CONST("What it changed") },
    { S_CONST("relation"), PHRASE_CONST("How it stands to the Protocol") },
    { S_CONST("note"), PHRASE_CONST("Note") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word law_types[] = {
    { S_CONST("treaty"), PHRASE_CONST("Treaty") },
    { S_CONST("eu_law"), PHRASE_CONST("Law of the European Union") },
    { S_CONST("un_resolution"), PHRASE_CONST("Resolution of the General Assembly") },
    { S_CONST("national_law"), PHRASE_CONST("National statute") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word law_themes[] = {
    { S_CONST("criminalisation"), PHRASE_CONST("Criminalisation") },
    { S_CONST("protection"), PHRASE_CONST("Protection") },
    { S_CONST("prevention"), PHRASE_CONST("Prevention") },
    { S_CONST("cooperation"), PHRASE_CONST("Cooperation") },
    { S_CONST("general"), PHRASE_CONST("In general") },
    { S_CONST("standard"), PHRASE_CONST("The four minimum standards") },
    { S_CONST("criterion"), PHRASE_CONST("How serious efforts are recognised") },
    { S_CONST("rule"), PHRASE_CONST("Tiers, Watch List and downgrade") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word law_forces[] = {
    { S_CONST("must"), PHRASE_CONST("must") },
    { S_CONST("where_possible"), PHRASE_CONST("must, as far as possible") },
    { S_CONST("consider"), PHRASE_CONST("must consider or try") },
    { S_CONST("expected"), PHRASE_CONST("is expected to") },
    { S_CONST("note"), PHRASE_CONST("for information") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word law_fits[] = {
    { S_CONST("as_protocol"), PHRASE_CONST("As in the Protocol") },
    { S_CONST("wider"), PHRASE_CONST("Wider than the Protocol") },
    { S_CONST("narrower"), PHRASE_CONST("Narrower than the Protocol") },
    { S_CONST("not_there"), PHRASE_CONST("Not part of the offence") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word law_transpositions[] = {
    { S_CONST("full"), PHRASE_CONST("Notified as complete") },
    { S_CONST("partial"), PHRASE_CONST("Notified in part") },
    { S_CONST("late"), PHRASE_CONST("Not notified; the Commission sent a reasoned opinion") },
    { S_CONST("law"), PHRASE_CONST("Law made for it") },
    { S_CONST("not_bound"), PHRASE_CONST("Not bound by it") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word law_predicates[] = {
    { S_CONST("offence"), PHRASE_CONST("Offence in national law") },
    { S_CONST("offence_act"), PHRASE_CONST("The act") },
    { S_CONST("offence_means"), PHRASE_CONST("The means") },
    { S_CONST("offence_purpose"), PHRASE_CONST("The purpose") },
    { S_CONST("offence_child_rule"), PHRASE_CONST("The rule for children") },
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

const struct claim_kind law_duties = {
    .name = "duties", .room = "law",
    .note = "What an instrument asks of a state, in our own words, and how strongly.",
    .columns = {
        { "instrument", CHECK_TEXT, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "no", CHECK_NUMBER, COLUMN_NEEDED | COLUMN_ASKS, NULL },
        { "article", CHECK_TEXT, 0, NULL },
        { "theme", CHECK_WORD, COLUMN_NEEDED, law_themes },
        { "force", CHECK_WORD, COLUMN_NEEDED | COLUMN_ANSWERS, law_forces },
        { "duty", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        SOURCE, NOTE, { 0 },
    },
};

const struct claim_kind law_commitments = {
    .name = "commitments", .room = "law",
    .note = "National offences and how they compare with the Protocol, units, action plans, rapporteurs, transpositions.",
    .columns = {
        { "iso3", CHECK_STATE, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "predicate", CHECK_WORD, COLUMN_NEEDED | COLUMN_PREDICATE, law_predicates },
        { "value", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "from", CHECK_DAY, COLUMN_FROM | COLUMN_ASKS, NULL },
        { "to", CHECK_DAY, 0, NULL },
        SOURCE, NOTE, { 0 },
    },
};

/* The kinds of statement members makes, and their words. */
#include "members/members.h"

const struct word members_types[] = {
    { S_CONST("country"), PHRASE_CONST("State") },
    { S_CONST("organisation"), PHRASE_CONST("Organisation") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word members_events[] = {
    { S_CONST("joined"), PHRASE_CONST("Joined the Blue Heart Campaign") },
    { S_CONST("adopted"), PHRASE_CONST("Adopted it as an official campaign") },
    { S_CONST("approved"), PHRASE_CONST("Approved taking part") },
    { S_CONST("launched"), PHRASE_CONST("Launched the campaign") },
    { S_CONST("relaunched"), PHRASE_CONST("Launched the campaign anew") },
    { S_CONST("listed"), PHRASE_CONST("Listed among those taking part") },
    { S_CONST("supports"), PHRASE_CONST("Supports the campaign") },
    { S_CONST("partner"), PHRASE_CONST("Became a partner") },
    { S_CONST("created"), PHRASE_CONST("Created something for the campaign") },
    { S_CONST("action"), PHRASE_CONST("Acted for the campaign") },
    { S_CONST("took_part"), PHRASE_CONST("Took part") },
    { S_CONST("left"), PHRASE_CONST("Left the campaign") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word members_abouts[] = {
    { S_CONST("launch"), PHRASE_CONST("The beginning of the campaign") },
    { S_CONST("joining"), PHRASE_CONST("Joining") },
    { S_CONST("relaunch"), PHRASE_CONST("A new beginning") },
    { S_CONST("yearly_action"), PHRASE_CONST("A yearly action") },
    { S_CONST("partnership"), PHRASE_CONST("Partnership") },
    { S_CONST("support"), PHRASE_CONST("Support") },
    { S_CONST("fund"), PHRASE_CONST("For the trust fund") },
    { S_CONST("leaving"), PHRASE_CONST("Leaving") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word members_precisions[] = {
    { S_CONST("day"), PHRASE_CONST("on this day") },
    { S_CONST("month"), PHRASE_CONST("in this month") },
    { S_CONST("year"), PHRASE_CONST("in this year") },
    { S_CONST("by_day"), PHRASE_CONST("by this day") },
    { S_CONST("by_year"), PHRASE_CONST("by this year") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct claim_kind members_events_kind = {
    .name = "members", .room = "members",
    .note = "Who joined or backed the Blue Heart Campaign, and when; sources that differ stand side by side.",
    .columns = {
        { "entity", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ASKS, NULL },
        { "entity_type", CHECK_WORD, COLUMN_NEEDED, members_types },
        { "iso3", CHECK_STATE, COLUMN_SUBJECT, NULL },
        { "about", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ASKS, NULL },
        { "event", CHECK_WORD, COLUMN_NEEDED | COLUMN_ANSWERS, members_events },
        { "date", CHECK_DAY, COLUMN_FROM | COLUMN_ANSWERS, NULL },
        { "precision", CHECK_WORD, 0, members_precisions },
        { "detail", CHECK_TEXT, 0, NULL },
        { "source", CHECK_SOURCE, COLUMN_NEEDED, NULL },
        { "note", CHECK_TEXT, 0, NULL },
        { 0 },
    },
};

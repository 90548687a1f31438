/* The one kind of statement text makes. */
#include "text/text.h"

static const struct word kinds[] = {
    { S_CONST("page"), PHRASE_CONST("Page") },
    { S_CONST("news"), PHRASE_CONST("News") },
    { S_CONST("member"), PHRASE_CONST("Member's own page") },
    { S_CONST("course"), PHRASE_CONST("Course") },
    { S_CONST("kit"), PHRASE_CONST("Kit for a day") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct claim_kind text_kind = {
    .name = "texts", .room = "text", .is_reference = true, .waits = true,
    .note = "The campaign's own pages and articles in Markdown, with who reviewed them and when.",
    .columns = {
        { "slug", CHECK_SLUG, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "lang", CHECK_SLUG, COLUMN_NEEDED | COLUMN_ASKS, NULL },
        { "kind", CHECK_WORD, COLUMN_NEEDED, kinds },
        { "title", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "summary", CHECK_TEXT, COLUMN_NEEDED, NULL },
        { "body", CHECK_LINES, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "theme", CHECK_SLUG, 0, NULL },
        { "states", CHECK_TEXT, 0, NULL },
        { "published", CHECK_DAY, COLUMN_NEEDED | COLUMN_FROM, NULL },
        { "reviewed_by", CHECK_TEXT, 0, NULL },
        { "reviewed_on", CHECK_DAY, 0, NULL },
        { 0 },
    },
};

static const struct claim_kind *const all[] = { &text_kind, NULL };

const struct room text_room = {
    .name = "text",
    .purpose = "the campaign's own long texts, in many languages",
    .kinds = all,
    .documents = text_documents,
};

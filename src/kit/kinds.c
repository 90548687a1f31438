/* The one kind of statement kit makes: when a kit is for, and what is in it beside its words. */
#include "kit/kit.h"

const struct claim_kind kit_kind = {
    .name = "kits", .room = "kit", .is_reference = true,
    .note = "Kits for days: the day, the pictures (what:design:sentence) and the further texts. Their words are texts.",
    .columns = {
        { "kit", CHECK_SLUG, COLUMN_NEEDED | COLUMN_SUBJECT, NULL },
        { "observance", CHECK_SLUG, COLUMN_ANSWERS, NULL },
        { "rule", CHECK_TEXT, COLUMN_ANSWERS, NULL },
        { "pictures", CHECK_TEXT, COLUMN_NEEDED | COLUMN_ANSWERS, NULL },
        { "texts", CHECK_TEXT, COLUMN_ANSWERS, NULL },
        { 0 },
    },
};

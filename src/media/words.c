/* The lists of words the room knows. */
#include "media/inside.h"

const struct word media_states[] = {
    { S_CONST("draft"), PHRASE_CONST("Draft") },
    { S_CONST("published"), PHRASE_CONST("Published") },
    { S_CONST("withdrawn"), PHRASE_CONST("Withdrawn") },
    { { "", 0 }, { "" } },
};

const struct word media_licences[] = {
    { S_CONST("own"), PHRASE_CONST("Our own work: all rights with whoever operates this") },
    { S_CONST("permission"), PHRASE_CONST("Used by permission") },
    { S_CONST("cc-by"), PHRASE_CONST("CC BY 4.0") },
    { S_CONST("cc-by-sa"), PHRASE_CONST("CC BY-SA 4.0") },
    { S_CONST("cc0"), PHRASE_CONST("CC0: no rights reserved") },
    { S_CONST("public-domain"), PHRASE_CONST("Public domain") },
    { { "", 0 }, { "" } },
};

const struct word media_scopes[] = {
    { S_CONST("site"), PHRASE_CONST("This site") },
    { S_CONST("print"), PHRASE_CONST("Print") },
    { S_CONST("press"), PHRASE_CONST("Press") },
    { S_CONST("social"), PHRASE_CONST("Social media") },
    { { "", 0 }, { "" } },
};

/* The first of them delete the pictures at once: somebody could be harmed. */
const struct word media_reasons[] = {
    { S_CONST("consent"), PHRASE_CONST("Somebody in it does not agree any more") },
    { S_CONST("harm"), PHRASE_CONST("It could harm somebody") },
    { S_CONST("rights"), PHRASE_CONST("We may not use it") },
    { S_CONST("mistake"), PHRASE_CONST("It was published by mistake") },
    { S_CONST("old"), PHRASE_CONST("It is out of date") },
    { S_CONST("expired"), PHRASE_CONST("The time for which somebody agreed is over") },
    { { "", 0 }, { "" } },
};

const struct word media_deeds[] = {
    { S_CONST("added"), PHRASE_CONST("Brought in") },
    { S_CONST("changed"), PHRASE_CONST("Changed what is said of it") },
    { S_CONST("agreed"), PHRASE_CONST("Recorded that somebody agrees") },
    { S_CONST("disagreed"), PHRASE_CONST("Recorded that somebody agrees no more") },
    { S_CONST("published"), PHRASE_CONST("Published") },
    { S_CONST("withdrawn"), PHRASE_CONST("Withdrawn") },
    { { "", 0 }, { "" } },
};

/* What groups of signs, and the rules that combine them, are called in a reader's language. */
#include "learn/pages.h"

static const struct phrase names[] = {
    PHRASE_CONST("Deceptive recruitment"),
    PHRASE_CONST("Coercive recruitment"),
    PHRASE_CONST("Recruitment by abuse of vulnerability"),
    PHRASE_CONST("Exploitative conditions of work"),
    PHRASE_CONST("Coercion at destination"),
    PHRASE_CONST("Abuse of vulnerability at destination"),
    PHRASE_CONST("Forced labour indicators"),
    PHRASE_CONST("General signs"),
    PHRASE_CONST("Sexual exploitation signs"),
    PHRASE_CONST("two strong"),
    PHRASE_CONST("one strong and one medium or weak"),
    PHRASE_CONST("three medium"),
    PHRASE_CONST("two medium and one weak"),
    PHRASE_CONST("positive deceptive or coercive recruitment, and positive exploitation, and "
                 "positive coercion at destination"),
    PHRASE_CONST("under 18 no means element is needed: an act and positive exploitation are "
                 "enough"),
};

str learn_name(const struct lang *l, str english)
{
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_eq(str_of(names[i].english), english)) return lang_text(l, names[i]);
    return english;
}

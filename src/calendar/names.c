/* What days and months are called in a reader's language. */
#include "calendar/pages.h"

static const struct word names[] = {
    { S_CONST("world-day"), PHRASE_CONST("World Day against Trafficking in Persons") },
    { S_CONST("eu-day"), PHRASE_CONST("EU Anti-Trafficking Day") },
    { S_CONST("brazil-national-day"),
      PHRASE_CONST("National day against trafficking in persons (Brazil)") },
    { S_CONST("us-prevention-month"),
      PHRASE_CONST("National Slavery and Human Trafficking Prevention Month") },
    { S_CONST("us-awareness-day"),
      PHRASE_CONST("National Human Trafficking Awareness Day (United States)") },
    { S_CONST("us-act-anniversary"),
      PHRASE_CONST("Anniversary of the US Trafficking Victims Protection Act") },
    { S_CONST("day-september-23"),
      PHRASE_CONST("International Day against Sexual Exploitation and Trafficking in Persons") },
    { S_CONST("blue-heart-launch"),
      PHRASE_CONST("Anniversary of the launch of the Blue Heart Campaign") },
    { S_CONST("protocol-anniversary"),
      PHRASE_CONST("Anniversary of the adoption of the Trafficking in Persons Protocol") },
    { S_CONST("canada-awareness-day"),
      PHRASE_CONST("National Human Trafficking Awareness Day (Canada)") },
    { S_CONST("philippines-awareness-month"),
      PHRASE_CONST("National Anti-Trafficking in Persons Awareness Month (Philippines)") },
    { S_CONST("philippines-day"),
      PHRASE_CONST("International Day Against Trafficking (Philippines)") },
    { S_CONST(""), PHRASE_CONST("") },
};

str calendar_name(const struct lang *l, const struct calendar_day *d)
{
    for (const struct word *w = names; w->code.n; w++)
        if (str_eq(w->code, d->slug)) return lang_text(l, w->phrase);
    return d->name;
}

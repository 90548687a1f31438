/* What the Protocol's articles and parts are called in a reader's language. */
#include "law/inside.h"

static const struct phrase names[] = {
    PHRASE_CONST("I. General provisions"),
    PHRASE_CONST("II. Protection of victims of trafficking in persons"),
    PHRASE_CONST("III. Prevention, cooperation and other measures"),
    PHRASE_CONST("IV. Final provisions"),
    PHRASE_CONST("Relation with the United Nations Convention against Transnational Organized "
                 "Crime"),
    PHRASE_CONST("Statement of purpose"),
    PHRASE_CONST("Use of terms"),
    PHRASE_CONST("Scope of application"),
    PHRASE_CONST("Criminalization"),
    PHRASE_CONST("Assistance to and protection of victims of trafficking in persons"),
    PHRASE_CONST("Status of victims of trafficking in persons in receiving States"),
    PHRASE_CONST("Repatriation of victims of trafficking in persons"),
    PHRASE_CONST("Prevention of trafficking in persons"),
    PHRASE_CONST("Information exchange and training"),
    PHRASE_CONST("Border measures"),
    PHRASE_CONST("Security and control of documents"),
    PHRASE_CONST("Legitimacy and validity of documents"),
    PHRASE_CONST("Saving clause"),
    PHRASE_CONST("Settlement of disputes"),
    PHRASE_CONST("Signature, ratification, acceptance, approval and accession"),
    PHRASE_CONST("Entry into force"),
    PHRASE_CONST("Amendment"),
    PHRASE_CONST("Denunciation"),
    PHRASE_CONST("Depositary and languages"),
};

str law_name(const struct lang *l, str english)
{
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_eq(str_of(names[i].english), english)) return lang_text(l, names[i]);
    return english;
}

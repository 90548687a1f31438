#include "learn/definition.h"

static enum definition_element stands(enum definition_said said)
{
    switch (said) {
    case SAID_YES: return ELEMENT_PRESENT;
    case SAID_NO: return ELEMENT_MISSING;
    case SAID_NOTHING: return ELEMENT_NOT_SAID;
    }
    return ELEMENT_NOT_SAID;
}

struct definition_answer definition_test(struct definition_case c)
{
    struct definition_answer out = { FINDING_MORE, stands(c.act), stands(c.means),
                                     stands(c.purpose) };
    if (c.age == AGE_CHILD) out.means = ELEMENT_NOT_NEEDED;
    if (c.act == SAID_NO || c.purpose == SAID_NO) {
        out.finding = FINDING_LACKING;
        return out;
    }
    if (c.act == SAID_NOTHING || c.purpose == SAID_NOTHING) return out;
    switch (c.age) {
    case AGE_CHILD: out.finding = FINDING_CHILD; break;
    case AGE_ADULT:
        if (c.means == SAID_YES) out.finding = FINDING_ALL;
        if (c.means == SAID_NO) out.finding = FINDING_LACKING;
        break;
    case AGE_UNSURE:
    case AGE_NOTHING:
        if (c.means == SAID_YES) out.finding = FINDING_ALL; /* whatever the age */
        else if (c.age == AGE_UNSURE) out.finding = FINDING_BY_AGE;
        break;
    }
    return out;
}

/* learn/definition.h - the Protocol's definition as a question with an answer: article 3(a) to (d).
 *
 * It says which of the elements a description holds and which it lacks. It explains a definition; it finds nobody
 * guilty, and the law of a state may ask for less or more.
 * Source: Protocol to Prevent, Suppress and Punish Trafficking in Persons, article 3.
 * Needs: nothing.    Never: a word about a person; a score. */
#ifndef LEARN_DEFINITION_H
#define LEARN_DEFINITION_H

#include <stdbool.h>

enum definition_said { SAID_NOTHING, SAID_YES, SAID_NO };
enum definition_age { AGE_NOTHING, AGE_ADULT, AGE_CHILD, AGE_UNSURE };

struct definition_case {
    enum definition_said act, means, purpose;
    enum definition_age age;
};

/* How an element stands. */
enum definition_element {
    ELEMENT_PRESENT,
    ELEMENT_MISSING,
    ELEMENT_NOT_SAID,
    ELEMENT_NOT_NEEDED, /* means, for a child: 3(c) */
};

enum definition_finding {
    FINDING_MORE,  /* too little was said */
    FINDING_ALL,   /* adult: act, means and purpose */
    FINDING_CHILD, /* a child: act and purpose */
    FINDING_BY_AGE, /* yes if a child, no if an adult: the age decides, and in doubt a child is presumed */
    FINDING_LACKING, /* an element is missing */
};

struct definition_answer {
    enum definition_finding finding;
    enum definition_element act, means, purpose;
};

struct definition_answer definition_test(struct definition_case c);

#endif

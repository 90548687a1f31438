/* What can be made, in which designs, and our own sentences for it. */
#include "wear/inside.h"

#define MM     10.0 /* units in a millimetre of what is printed */
#define DPI(n) ((n) / 25.4 / MM)

const struct wear_kind wear_kinds[] = {
    { { S_CONST("poster-a4"), PHRASE_CONST("Poster A4") },
      2100,
      2970,
      true,
      false,
      true,
      0,
      DPI(150) },
    { { S_CONST("poster-a3"), PHRASE_CONST("Poster A3") },
      2970,
      4200,
      true,
      false,
      true,
      0,
      DPI(120) },
    { { S_CONST("card"), PHRASE_CONST("Picture for a post, wide") },
      1200,
      630,
      false,
      false,
      true,
      0,
      1 },
    { { S_CONST("square"), PHRASE_CONST("Picture for a post, square") },
      1080,
      1080,
      false,
      false,
      true,
      0,
      1 },
    { { S_CONST("banner"), PHRASE_CONST("Banner for a profile") },
      1500,
      500,
      false,
      false,
      true,
      0,
      1 },
    { { S_CONST("button"), PHRASE_CONST("Button to wear") },
      580,
      580,
      true,
      true,
      false,
      30,
      DPI(600) },
    { .wide = 0 },
};

const struct wear_kind *wear_kind_named(str code)
{
    for (const struct wear_kind *k = wear_kinds; k->word.code.n; k++)
        if (str_eq(k->word.code, code)) return k;
    return NULL;
}

const struct word wear_designs[] = {
    { S_CONST("lines"), PHRASE_CONST("Heart of lines") },
    { S_CONST("fold"), PHRASE_CONST("Folded heart") },
    { S_CONST("many"), PHRASE_CONST("Many hearts") },
    { S_CONST("thread"), PHRASE_CONST("One thread") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word wear_audiences[] = {
    { S_CONST("all"), PHRASE_CONST("For everybody") },
    { S_CONST("pupil"), PHRASE_CONST("For pupils") },
    { S_CONST("teacher"), PHRASE_CONST("For schools") },
    { S_CONST("company"), PHRASE_CONST("For companies") },
    { S_CONST("journalist"), PHRASE_CONST("For journalists") },
    { S_CONST("official"), PHRASE_CONST("For offices and police") },
    { S_CONST("neighbour"), PHRASE_CONST("For neighbours") },
    { S_CONST(""), PHRASE_CONST("") },
};

const struct word wear_phrases[] = {
    { S_CONST("all-1"), PHRASE_CONST("Nobody can own a person") },
    { S_CONST("all-2"), PHRASE_CONST("I wear the heart for those nobody has found yet") },
    { S_CONST("all-3"), PHRASE_CONST("Closer than you think, and harder to see") },
    { S_CONST("pupil-1"), PHRASE_CONST("Before you say yes, ask somebody you trust") },
    { S_CONST("pupil-2"), PHRASE_CONST("An offer too good to be true deserves a question") },
    { S_CONST("teacher-1"), PHRASE_CONST("Here you can say that something is wrong") },
    { S_CONST("company-1"), PHRASE_CONST("We ask who made what we buy") },
    { S_CONST("company-2"), PHRASE_CONST("Nobody pays for a job here") },
    { S_CONST("journalist-1"), PHRASE_CONST("Tell of the crime. Protect the person.") },
    { S_CONST("official-1"), PHRASE_CONST("First a person, then a case") },
    { S_CONST("official-2"),
      PHRASE_CONST("Nobody is to be punished for what they were forced to do") },
    { S_CONST("neighbour-1"), PHRASE_CONST("You need not be sure to ask for advice") },
    { S_CONST(""), PHRASE_CONST("") },
};

struct word wear_audience_of(str phrase)
{
    ptrdiff_t dash = str_find(phrase, '-');
    for (const struct word *w = wear_audiences; w->code.n; w++)
        if (dash > 0 && str_eq(w->code, str_cut(phrase, (size_t)dash))) return *w;
    return wear_audiences[0];
}

bool wear_is_own(const struct wear_wish *w)
{
    return w->words.n > 0 || w->city.n > 0 || w->who.n > 0;
}

bool wear_is_design(str code)
{
    for (const struct word *w = wear_designs; w->code.n; w++)
        if (str_eq(w->code, code)) return true;
    return false;
}

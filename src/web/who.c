#include "web/who.h"

static const struct {
    const char *name;
    struct phrase words;
} all[RIGHTS] = {
    [ANYONE] = { "anyone", PHRASE_CONST("Everybody may") },
    [MAY_MEASURE] = { "measure", PHRASE_CONST("Read the counts of the machine") },
    [SIGNED_IN] = { "signed in", PHRASE_CONST("See the desk and one's own account") },
    [MAY_OPERATE] = { "operate",
                      PHRASE_CONST("Say who operates this site, see its clocks and its mail") },
    [MAY_PEOPLE] = { "people", PHRASE_CONST("Invite people, give and take roles, end accounts") },
    [MAY_TRAIL] = { "trail", PHRASE_CONST("Read the trail of who did what") },
    [MAY_WRITE] = { "write", PHRASE_CONST("Write texts and change them") },
    [MAY_TRANSLATE] = { "translate", PHRASE_CONST("Write a text in another language") },
    [MAY_PUBLISH] = { "publish",
                      PHRASE_CONST("Review texts somebody else wrote, publish and take back") },
    [MAY_PICTURE] = { "picture", PHRASE_CONST("Bring in pictures and describe them") },
    [MAY_SHOW_PICTURE] = { "show picture", PHRASE_CONST("Publish pictures and withdraw them") },
    [MAY_FACT] = { "fact", PHRASE_CONST("Enter and correct facts with their sources") },
    [MAY_REPLY] = { "reply", PHRASE_CONST("Put a state's reply beside a fact about it") },
    [MAY_DECIDE] = { "decide", PHRASE_CONST("See applications, ask back and decide them") },
    [MAY_MODERATE] = { "moderate",
                       PHRASE_CONST("Look at what the public sends before it is shown") },
    [MAY_ANALYSE] = { "analyse", PHRASE_CONST("See which facts are old, weak or in conflict") },
};

const char *right_name(enum right r)
{
    return all[r].name;
}

struct phrase right_words(enum right r)
{
    return all[r].words;
}

bool who_may(const struct who *w, enum right r)
{
    return w->state == WHO_WHOLE && (w->everywhere & RIGHT_BIT(r));
}

bool who_may_within(const struct who *w, enum right r, id organisation)
{
    if (who_may(w, r)) return true;
    for (int i = 0; i < w->within_n && w->state == WHO_WHOLE; i++)
        if (w->within[i].organisation == organisation && (w->within[i].held & RIGHT_BIT(r)))
            return true;
    return false;
}

bool who_may_somewhere(const struct who *w, enum right r)
{
    if (r == ANYONE) return true;
    if (r == SIGNED_IN) return w->state == WHO_WHOLE || w->state == WHO_BARE;
    if (who_may(w, r)) return true;
    for (int i = 0; i < w->within_n && w->state == WHO_WHOLE; i++)
        if (w->within[i].held & RIGHT_BIT(r)) return true;
    return false;
}

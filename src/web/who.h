/* web/who.h - who asks, and what they may.
 *
 * A right is a thing one may do; which role holds which is the table of room `people`, lent to web as masks. A right is
 * held everywhere, or within one organisation; a page that works on an organisation's things asks for that one.
 * Needs: lang.    Never: a name in a log. */
#ifndef WEB_WHO_H
#define WEB_WHO_H

#include "base/limits.h"
#include "lang/lang.h"

enum right {
    ANYONE,
    MAY_MEASURE, /* the machine itself, or who holds the metrics token */
    SIGNED_IN,   /* every account that was not ended */
    MAY_OPERATE,
    MAY_PEOPLE,
    MAY_TRAIL,
    MAY_WRITE,
    MAY_TRANSLATE,
    MAY_PUBLISH,
    MAY_PICTURE,
    MAY_SHOW_PICTURE,
    MAY_FACT,
    MAY_REPLY,
    MAY_DECIDE,
    MAY_MODERATE,
    MAY_ANALYSE,
    RIGHTS
};

typedef uint32_t right_set; /* one bit each */
#define RIGHT_BIT(r) ((right_set)1 << (r))

enum who_state {
    WHO_NOBODY,
    WHO_HALF, /* the password was right; the second factor is awaited. Worth nothing but that */
    WHO_BARE, /* signed in, but a role of theirs needs a second factor and there is none yet: the account page only */
    WHO_WHOLE,
};

struct who {
    enum who_state state;
    id person, session;
    ms since; /* when the session began */
    str name; /* to greet them; stays out of every log */
    right_set everywhere;
    struct {
        id organisation;
        right_set held;
    } within[WITHIN_MAX];
    int within_n;
};

const char *right_name(enum right r);    /* "MAY_WRITE", for machines */
struct phrase right_words(enum right r); /* what it lets somebody do */

bool who_may(const struct who *w, enum right r);                         /* everywhere */
bool who_may_within(const struct who *w, enum right r, id organisation); /* there, or everywhere */
bool who_may_somewhere(const struct who *w, enum right r);               /* what a route asks */

#endif

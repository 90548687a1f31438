/* web/show.h - what compiled templates need: the reader's language and where the page stands.
 *
 * From one view declaration at the top of room/page.html the build makes: the struct, an HTML writer, a JSON
 * writer and a JSON schema. A `struct view` holds the four together.
 * Needs: lang.    Never: reach the database. From here on nothing reads it. */
#ifndef WEB_SHOW_H
#define WEB_SHOW_H

#include "base/breakage.h"
#include "lang/lang.h"

struct show {
    const struct lang *lang;
    str when; /* "" or "?on=...&known=...", already percent-encoded: kept on links between pages of the same day */
};

struct view {
    const char *name; /* "campaign_country" */
    void (*html)(struct sink *out, const struct show *show, const void *view);
    void (*json)(struct sink *out, const void *view);
    const char *
        schema; /* JSON schema (draft 2020-12), an object; names shared views "#/components/schemas/NAME" */
    const struct view *const *uses; /* shared views its schema refers to, NULL-ended */
    const char *file;               /* "campaign/country.html", for make house */
};

/* Numbers that may be absent; {0} is absent. Text, days and addresses are absent when their p is NULL. */
struct maybe_int {
    bool is;
    int64_t v;
};
struct maybe_real {
    bool is;
    double v;
};
#define SOME_INT(x)  ((struct maybe_int){ true, (x) })
#define SOME_REAL(x) ((struct maybe_real){ true, (x) })

/* A real number for machines: plain digits, a point. What is none (0/0) is our mistake and breaks this page only. */
static inline void show_real(struct sink *out, double x, int decimals)
{
    if (x - x != 0) broken("a page was given a number that is none");
    put_format(out, "%.*f", decimals, x);
}

/* A whole address; nothing if it holds what browsers would take out of it, so that "/\n/evil" leads nowhere. */
static inline void show_url(struct sink *out, str address)
{
    url_whole(out, address);
}

#endif

/* web/show.h - what compiled templates need: the reader's language and where the page stands.
 *
 * From one view declaration at the top of room/page.html the build makes: the struct, an HTML writer, a JSON
 * writer and a JSON schema. A `struct view` holds the four together.
 * Needs: lang.    Never: reach the database. From here on nothing reads it. */
#ifndef WEB_SHOW_H
#define WEB_SHOW_H

#include "lang/lang.h"

struct show {
    const struct lang *lang;
    str when; /* "" or "?on=...&known=...", already percent-encoded: kept on links between pages of the same day */
};

struct view {
    const char *name; /* "campaign_country" */
    void (*html)(struct sink *out, const struct show *show, const void *view);
    void (*json)(struct sink *out, const void *view);
    const char *schema; /* JSON schema (draft 2020-12) of the view, an object; refers to shared views by "#/components/schemas/NAME" */
    const struct view *const *uses; /* shared views its schema refers to, NULL-ended */
    const char *file; /* "campaign/country.html", for make house */
};

#endif

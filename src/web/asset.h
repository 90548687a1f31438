/* web/asset.h - files that travel inside the program: the style sheet and the heart.
 *
 * Needs: base.    Never: anything that changes while the program runs. */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "base/arena.h"

struct asset {
    const char *name, *type;
    str bytes;
    str address; /* "/assets/HASH/style.css": the hash follows from the bytes */
};

void asset_add(struct arena *life, const char *name, const char *type,
               str bytes);                 /* at start, before any fork */
const struct asset *asset_named(str name); /* NULL if there is none */
str asset_address(const char *name);       /* a missing one is a bug */
void asset_open(struct arena *life);       /* adds those of web itself */

#endif

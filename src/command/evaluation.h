/* command/evaluation.h - what `blueheart publish evaluate` found, as a page.
 *
 * It stands here because the room publish works without pages and languages, and nobody else shows this.
 * Needs: publish, draw, web.    Never: the values of a record. */
#ifndef COMMAND_EVALUATION_H
#define COMMAND_EVALUATION_H

#include "lang/lang.h"
#include "publish/publish.h"

/* A whole document that needs nothing else. `title` is plain text. */
str evaluation_document(struct arena *a, const struct lang *l, str title,
                        const struct attributes *all, const struct evaluation *e);

#endif

/* learn/pages.h - the room of learn: what the crime is, its signs, and what to do.
 *
 * Needs: claim, text, measure, web.    Never: tell a survivor's story without a recorded release; accuse. */
#ifndef LEARN_PAGES_H
#define LEARN_PAGES_H

#include "learn/crime.html.h"
#include "learn/signs.html.h"
#include "web/web.h"

extern const struct room learn_room;

page_fn learn_crime, learn_signs;

/* A group of signs or a rule in a language; the table's own words where nobody translated them. */
str learn_name(const struct lang *l, str english);

/* Signs, as search finds them. */
void learn_documents(struct db *db, const struct lang *l, ms now, struct search_index *into);

#endif

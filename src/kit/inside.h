/* kit/inside.h - what the room's own files tell each other.
 *
 * Needs: kit.    Never: included outside src/kit. */
#ifndef KIT_INSIDE_H
#define KIT_INSIDE_H

#include "kit/kit.h"

/* A post as it is sent: its words, and where help is. */
str kit_post(struct req *rq, const struct kit *k, str words);
/* Markdown as people read it in a plain file. */
str kit_readable(struct arena *a, str markdown);
/* A picture of a kit as wear's wish; what is printed leads to help. */
struct wear_wish kit_wear(const struct kit *k, const struct lang *l, const struct kit_picture *p);

extern const struct route kit_desk_routes[];
page_fn kit_waiting;

#endif

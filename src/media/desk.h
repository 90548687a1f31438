/* media/desk.h - what the room's desk pages share.
 *
 * Needs: media, web.    Never: included outside src/media. */
#ifndef MEDIA_DESK_H
#define MEDIA_DESK_H

#include "base/id.h"
#include "media/inside.h"
#include "media/pages.h"
#include "people/people.h"

bool media_may_see(const struct req *rq, id organisation);
/* What readers see is changed by those alone who may publish it. */
bool media_may_change(const struct req *rq, const struct media_row *item);
struct media_by media_by(const struct req *rq);
struct phrase media_refusal(enum media_answer answer); /* in words; of MEDIA_YES there are none */
const struct media_said *media_said_for(const struct req *rq, const struct media_said *said,
                                        size_t n);
str media_title(struct req *rq, const struct media_row *item);
/* The desk's address of a WebP at most this wide, or the smallest; absent if there is none. */
str media_preview(struct req *rq, const struct media_row *item, int64_t most);

#endif

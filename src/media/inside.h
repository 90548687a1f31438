/* media/inside.h - what the room's own files share.
 *
 * Needs: media.    Never: included outside src/media. */
#ifndef MEDIA_INSIDE_H
#define MEDIA_INSIDE_H

#include "media/media.h"

#define MEDIA_FOR_EVER ((ms)253402214400000) /* 9999-12-31: it has no end of its own */

str media_today(struct arena *a, ms now);
/* Notes a deed in the item's history and in the trail. */
void media_note(struct db *db, struct media_by by, const struct media_row *item, const char *what,
                str why);
/* How long pictures are kept, as the item stands now. */
void media_keep(struct db *db, id item, ms now);
/* Published to withdrawn, or a draft to withdrawn; is_final: its pictures are deleted at once. */
void media_turn_away(struct db *db, struct media_by by, const struct media_row *item, str why,
                     bool is_final);
bool media_link_is_good(str link);
/* "picture" and "film" as they are written in texts; false if the address is neither. */
MUST_USE bool media_address(str address, str *name, bool *is_film);
/* The next of them named in words, from *rest on. */
MUST_USE bool media_next_name(str *rest, str *name);

extern const struct route media_list_routes[], media_one_routes[], media_public_routes[];

#endif

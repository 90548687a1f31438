/* study/inside.h - what the room's own files share.
 *
 * Needs: study.    Never: included outside src/study. */
#ifndef STUDY_INSIDE_H
#define STUDY_INSIDE_H

#include "study/study.h"
#include "web/web.h"

bool study_is_line(str s, size_t least, size_t most);

/* ---- pages ---- */

struct studies study_asked(struct req *rq);         /* by whoever asks for the page */
struct phrase study_refusal(enum study_answer why); /* in words; of STUDY_YES there are none */
/* What is wrong with a table, said by the engine in English; what it does not know stays as it is. */
str study_complaint(struct req *rq, str english);
str study_place(struct req *rq, str iso3, str place); /* "Mexico", "Mexico: Chiapas", "Chiapas" */
str study_doing(struct req *rq, str code);            /* the method at work */

extern const struct word study_states[]; /* of a run */
extern const struct word study_stands[]; /* of an edition */
extern const struct word study_whys[];   /* why one is withdrawn */

/* A field of several lines as one. */
str study_one_line(struct req *rq, const char *field);

/* An edition as the public sees it: {{>shown}}. */
struct study_shown;
struct study_shown *study_shown_of(struct req *rq, const struct study_edition *e);

/* The public pages and the index of search change with an edition. */
void study_published(struct db *db, str series);
void study_documents(struct db *db, const struct lang *l, ms now, struct search_index *into);

void study_download(struct req *rq);
void study_waiting(struct req *rq);

extern const struct route study_list_routes[], study_new_routes[], study_one_routes[],
    study_publish_routes[], study_edition_routes[], study_public_routes[];

#endif

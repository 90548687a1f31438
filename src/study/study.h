/* study/study.h - a question put to the lists of several agencies: a table, how it is asked, what came out, what of it
 * was published.
 *
 * A study belongs to the desk: its exact overlaps are sealed and end. A run is made by a process of its own, one after
 * another; it is taken up again when the machine restarts. An edition is what the public sees: rounded, dated, agreed to
 * by two, never changed. A correction is the next edition; a withdrawn one stays and says so.
 * Needs: estimate, store, seal, trail.    Never: a row about a person; an exact overlap outside the desk. */
#ifndef STUDY_STUDY_H
#define STUDY_STUDY_H

#include "estimate/table.h"
#include "seal/seal.h"
#include "store/db.h"

#define STUDY_KEEP_DAYS 730 /* after the last change */

/* What every deed of the room works with. */
struct studies {
    struct db *db;
    struct arena *arena;
    struct seal_keys *keys;
    ms now;
    id person; /* who asks; 0: the machine */
};

/* What a study is about, in the words of whoever made it. */
struct study_about {
    str title, iso3, place; /* iso3 "" where it is no state; place: a region or city, or "" */
    str first_day, last_day;
    str counted; /* who is counted, by which definition */
};

struct study {
    id id;
    struct study_about about;
    str lists; /* the table as CSV, exact */
    str wish;  /* how it is asked: study_wish_read */
    id made_by;
    ms made_at, changed_at, keep_until;
};

enum study_answer {
    STUDY_YES,
    STUDY_NO_SUCH,     /* it ended, or its key did */
    STUDY_BAD_ABOUT,   /* something is missing, too long, or a day is none */
    STUDY_BAD_TABLE,   /* see study_table_read */
    STUDY_IS_RUNNING,  /* a run waits or works already */
    STUDY_BUSY,        /* too many wait */
    STUDY_TOO_LATE,    /* somebody was quicker */
    STUDY_NO_RESULT,   /* there is no finished run, or it gave nothing that may be published */
    STUDY_SAME_PERSON, /* someone else must agree */
    STUDY_BAD_SERIES,  /* the name in the address */
};

/* What was asked of the methods; one line of text as kept. */
struct study_wish {
    uint32_t lists; /* which columns take part, as bits; 0: all */
    int64_t bootstrap;
    int64_t seed;
    bool is_quick; /* without the slow methods */
};
str study_wish_text(struct arena *a, const struct study_wish *w);
struct study_wish study_wish_read(str text); /* what cannot be read has its usual value */

MUST_USE enum study_answer study_begin(const struct studies *s, const struct study_about *about,
                                       str csv, const struct study_wish *wish, id *made);
MUST_USE enum study_answer study_read(const struct studies *s, id which, struct study *out);
MUST_USE enum study_answer study_change(const struct studies *s, id which,
                                        const struct study_about *about,
                                        const struct study_wish *wish);
MUST_USE enum study_answer study_end(const struct studies *s, id which);

/* ---- runs ---- */

enum study_state {
    STUDY_WAITING,
    STUDY_RUNNING,
    STUDY_DONE,
    STUDY_STOPPED, /* somebody no longer wanted it */
    STUDY_FAILED,  /* the machine could not, and will not by trying again */
};

struct study_progress {
    id id;
    enum study_state state;
    str doing;        /* the method at work */
    int64_t permille; /* of that method */
    ms asked_at, begun_at, ended_at;
    str result; /* of STUDY_DONE: for study_result_read */
};

MUST_USE enum study_answer study_ask(const struct studies *s, id which);
MUST_USE enum study_answer study_unwant(const struct studies *s, id run);
bool study_newest_run(const struct studies *s, id which, struct study_progress *out);

/* The process that makes runs: see measurer.h. */

#endif

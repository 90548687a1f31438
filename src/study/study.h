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
#include "study/study.sql.h"

#define STUDY_KEEP_DAYS 730 /* after it was begun */

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
    STUDY_BAD_TITLE,   /* missing, too long, or not one line */
    STUDY_BAD_PLACE,   /* neither a state nor words, or too long */
    STUDY_BAD_DAYS,    /* one is none, or the last lies before the first */
    STUDY_BAD_COUNTED, /* missing or too long */
    STUDY_BAD_TABLE,   /* the complaint says why */
    STUDY_NOT_WHOLE,   /* people are counted in whole numbers */
    STUDY_FEW_LISTS,   /* at least two take part */
    STUDY_IS_RUNNING,  /* a run waits or works already */
    STUDY_BUSY,        /* too many wait */
    STUDY_TOO_LATE,    /* somebody was quicker */
    STUDY_NO_RESULT,   /* there is no finished run */
    STUDY_NO_NUMBER,   /* what came out may not be published */
    STUDY_SAME_PERSON, /* someone else must agree */
    STUDY_NOT_YOURS,   /* only whoever put it forward takes it back */
    STUDY_BAD_SERIES,  /* the name in the address */
    STUDY_OTHER_PLACE, /* the series is about another place */
    STUDY_WAITS,       /* an edition of this series waits already */
    STUDY_BAD_NAMES,   /* a list has no public name, or two have the same */
    STUDY_BAD_REMARK,  /* missing where a reason is asked for, or too long */
};

/* What was asked of the methods; one line of text as kept. */
struct study_wish {
    uint32_t lists; /* which columns take part, as bits; 0: all */
    int64_t bootstrap;
    int64_t seed;
};
str study_wish_text(struct arena *a, const struct study_wish *w);
struct study_wish study_wish_read(str text); /* what cannot be read has its usual value */

/* `why`: what is wrong with the table, and where. */
MUST_USE enum study_answer study_begin(const struct studies *s, const struct study_about *about,
                                       str csv, id *made, struct complaint *why);
MUST_USE enum study_answer study_read(const struct studies *s, id which, struct study *out);
MUST_USE enum study_answer study_change(const struct studies *s, id which,
                                        const struct study_about *about);
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

/* A run of this kind is made as soon as the machine comes to it. */
MUST_USE enum study_answer study_ask(const struct studies *s, id which,
                                     const struct study_wish *wish);
MUST_USE enum study_answer study_unwant(const struct studies *s, id run);
bool study_newest_run(const struct studies *s, id which, struct study_progress *out);

/* The process that makes runs: see measurer.h. */

/* ---- editions ---- */

/* What the public is told beside the numbers, in the language it is written in. */
struct study_publication {
    str series; /* the name in the address */
    str lang, title, counted, remark;
    str name[LISTS_MAX]; /* of the lists that took part: an agency may not want to be named */
    int names;
};

/* Whether anything of a result may be published: a number, or that the data do not determine it. */
struct study_result;
MUST_USE enum study_answer study_publishable(const struct study_result *r);

/* Waits for a second person; only rounded numbers go with it. */
MUST_USE enum study_answer study_put_forward(const struct studies *s, id which,
                                             const struct study_publication *p, id *made);
MUST_USE enum study_answer study_agree(const struct studies *s, id edition);
MUST_USE enum study_answer study_give_back(const struct studies *s, id edition, str remark);
MUST_USE enum study_answer study_take_back(const struct studies *s, id edition);
/* By one, at once. `why`: a code of study_whys. The page stays and says so. */
MUST_USE enum study_answer study_withdraw(const struct studies *s, id edition, str why);
/* A withdrawn edition is put forward anew, word for word: if somebody else agrees it is the next one. */
MUST_USE enum study_answer study_again(const struct studies *s, id edition, id *made);

/* Which of a series' published editions, newest first, stands at a moment; -1: none does. One that was withdrawn later
 * stood then. */
int study_edition_at(const struct study_edition_head *editions, size_t n, ms at);
/* How a list is called in an edition, in turn; p is NULL after the last. */
str study_list_name(str *rest);

#endif

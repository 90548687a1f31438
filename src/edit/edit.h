/* edit/edit.h - texts from a first draft to their publication, and back.
 *
 * A text has a version in each language somebody wrote; every save of a version is a revision, and none is ever lost. What
 * is published is a claim of kind `texts`, entered by whoever published it. Whoever wrote the last change does not publish
 * it, unless one person alone runs the site and says so. A later save on top of somebody else's is EDIT_STALE: the page
 * shows both.
 * Texts of an organisation (its own page, its news) are seen and written within it, and by the campaign's editors.
 * Needs: claim, text, search, people (names, organisations), operator, trail.    Never: publish what one person alone saw,
 * unnoticed; lose a word somebody typed. */
#ifndef EDIT_EDIT_H
#define EDIT_EDIT_H

#include "edit/edit.sql.h"
#include "text/text.h"
#include "web/who.h"

enum edit_answer {
    EDIT_YES,
    EDIT_NO_SUCH,
    EDIT_NOT_YOURS,   /* none of their roles reaches this text */
    EDIT_SAME_PERSON, /* whoever wrote the last change does not publish it, nor confirm it */
    EDIT_STALE,       /* somebody saved meanwhile */
    EDIT_NOTHING_NEW, /* it is published as it is */
    EDIT_NOT_ASKED,   /* nobody asked for this */
    EDIT_NOT_SHOWN,   /* it is not published */
    EDIT_NO_TITLE,
    EDIT_NO_SUMMARY,
    EDIT_NO_BODY,
    EDIT_NO_REMARK,
    EDIT_LONG_TITLE,
    EDIT_LONG_SUMMARY,
    EDIT_LONG_BODY,
    EDIT_LONG_WORDS, /* a remark, or a name */
    EDIT_RAW_HTML,   /* `line` says where */
    EDIT_BAD_LESSON, /* `line` says where, `why` what is wrong with the questions */
    EDIT_FORMULA,    /* a spreadsheet that opens the table would run it */
    EDIT_BAD_DAY,
    EDIT_BAD_THEME,
    EDIT_BAD_STATE, /* `what` is no code of a state */
    EDIT_BAD_SLUG,
    EDIT_TAKEN, /* another text has this address */
    EDIT_BAD_KIND,
    EDIT_NO_MEMBER, /* the organisation has no member page yet */
    EDIT_CLOCK,     /* this machine's clock is wrong */
    EDIT_REFUSED,   /* `what` is the column of the table that does not take it */
};

struct edit {
    struct db *db;
    struct arena *arena;
    const struct who *who;
    ms now;
    enum edit_answer wrong; /* with where and what: of the last answer that needs them */
    int line;
    str what;
    struct phrase why; /* of a lesson */
};

enum {
    EDIT_TITLE_MAX = 300,
    EDIT_SUMMARY_MAX = 1200,
    EDIT_REMARK_MAX = 2000,
    EDIT_NAME_MAX = 120,
    EDIT_STATES_MAX = 30
};
#define EDIT_MINE_KEEP_MS (30 * DAY_MS)

/* What somebody types. */
struct edit_words {
    str title, summary, body, theme, states, published;
};

/* A text in one language, as it stands. */
struct edit_piece {
    struct edit_text text;
    struct edit_version version; /* head 0: nobody began it yet */
    bool is_kept;                /* false: known from its file alone; the first change keeps it */
    bool is_original;
};

/* ---- finding ---- */
MUST_USE bool edit_find(const struct edit *e, str slug, str lang, struct edit_piece *out);
/* All of them, by slug and language; each text's original first. Only those that e->who may see. */
size_t edit_all(const struct edit *e, struct edit_piece **out);
/* The words of a revision; of head 0 none. */
MUST_USE bool edit_revision(const struct edit *e, const struct edit_piece *p, int64_t number,
                            struct edit_revision *out);
struct edit_words edit_words_of(const struct edit_revision *r);
/* Of a version that follows an original: the revision of it that is to be followed now, 0 if there is none; and whether
 * its words changed since this version followed it. */
int64_t edit_original_now(const struct edit_piece *original);
bool edit_is_behind(const struct edit_piece *p, const struct edit_piece *original);
bool edit_is_scheduled(const struct edit *e,
                       const struct edit_piece *p); /* its day is still to come */

/* ---- what they may ---- */
bool edit_may_see(const struct edit *e, const struct edit_piece *p);
bool edit_may_write(const struct edit *e, const struct edit_piece *p);
bool edit_may_publish(const struct edit *e,
                      const struct edit_piece *p); /* the right; not yet: the second person */
bool edit_is_second(const struct edit *e,
                    const struct edit_piece *p); /* they did not write the last change */

/* ---- deeds; unless they say EDIT_YES nothing was written ---- */
struct edit_begin {
    str kind, slug, lang, title;
    id organisation; /* 0: the campaign's own */
};
MUST_USE enum edit_answer edit_begin(struct edit *e, const struct edit_begin *b);

enum edit_how { EDIT_WRITTEN, EDIT_RESTORED, EDIT_MERGED, EDIT_FROM_FILE };
extern const struct word edit_hows[];
struct edit_save {
    struct edit_words words;
    int64_t based_on; /* the revision they began with */
    int64_t follows;  /* of a translation: the original's revision that it says; 0: leave it */
    enum edit_how how;
};
MUST_USE enum edit_answer edit_save(struct edit *e, struct edit_piece *p,
                                    const struct edit_save *s);
MUST_USE enum edit_answer edit_restore(struct edit *e, struct edit_piece *p, int64_t number,
                                       int64_t based_on);
/* What somebody typed and has not saved: theirs alone, for a while. */
void edit_keep_mine(const struct edit *e, const struct edit_piece *p, const struct edit_words *w,
                    int64_t based_on);
MUST_USE bool edit_mine(const struct edit *e, const struct edit_piece *p, struct edit_unsaved *out);
void edit_drop_mine(const struct edit *e, const struct edit_piece *p);
MUST_USE enum edit_answer edit_discard(struct edit *e, struct edit_piece *p);

MUST_USE enum edit_answer edit_ask(struct edit *e, struct edit_piece *p);
MUST_USE enum edit_answer edit_give_back(struct edit *e, struct edit_piece *p, str remark);
struct edit_publish {
    int64_t number;    /* the revision they looked at */
    bool is_read;      /* they speak the language and have read it all */
    str reader;        /* as the page may name them; "" : unnamed */
    bool hide_earlier; /* earlier wordings could harm somebody */
};
MUST_USE enum edit_answer edit_publish(struct edit *e, struct edit_piece *p,
                                       const struct edit_publish *how);
/* Somebody who speaks the language has read what is published. */
MUST_USE enum edit_answer edit_confirm(struct edit *e, struct edit_piece *p, str reader);

/* Taking a published text back takes two people, or one at once; then it is shown nowhere, with all its wordings. */
enum edit_take { EDIT_TAKE_ASK, EDIT_TAKE_AGREE, EDIT_TAKE_KEEP, EDIT_TAKE_AT_ONCE };
MUST_USE enum edit_answer edit_take_back(struct edit *e, struct edit_piece *p, enum edit_take how,
                                         bool every_language);

/* ---- words about it ---- */
/* What is wrong with what was typed; is_whole: as it must be for somebody else to read it. */
MUST_USE enum edit_answer edit_check(struct edit *e, const struct edit_words *w, bool is_whole);
/* Whether the questions of a lesson can be asked; of other texts always. Before it is handed over or published. */
MUST_USE enum edit_answer edit_check_lesson(struct edit *e, const struct edit_piece *p, str body);
struct phrase edit_refusal(
    enum edit_answer answer); /* may name {line} or {what}; of EDIT_YES there are none */

#endif

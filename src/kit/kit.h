/* kit/kit.h - what somebody needs to act on a day: its meaning, a list of what to do, words, posts, pictures, a calendar.
 *
 * A kit's words are a text of kind "kit" in room text, so they are written, read by a second person, translated and taken
 * back like any other. Its day and its pictures are a claim of kind `kits`. Pictures are drawn by room wear from our own
 * sentences. One page shows it all and one ZIP holds it all.
 * Needs: text, calendar, wear, edit (who may), operator, trail.    Never: a picture of a person; words nobody reviewed unsaid;
 * remember who took a kit. */
#ifndef KIT_KIT_H
#define KIT_KIT_H

#include "calendar/calendar.h"
#include "kit/kit.sql.h"
#include "text/text.h"
#include "wear/wear.h"

extern const struct claim_kind kit_kind;
extern const struct room kit_room;

/* A picture of it: codes of wear. */
struct kit_picture {
    str kind, design, phrase;
};

struct kit {
    str slug, member;        /* member: whose day it is, "" for nobody's */
    struct text text;        /* in the reader's language, or in English */
    str observance;          /* of the calendar; or "" and */
    str rule;                /* "09-23", "09" or one day of one year */
    str first, last;         /* the next time; "" if there is none */
    str texts;               /* slugs of further texts, with spaces between */
    struct calendar_day day; /* of the calendar; slug "" if it is not there */
    struct kit_picture *pictures;
    size_t pictures_n;
};

/* Every kit, the next to come first; how many. */
size_t kit_all(struct req *rq, const struct lang *l, struct kit **out);
MUST_USE bool kit_get(struct req *rq, const struct lang *l, str slug, struct kit *out);
/* The address of the kit for a day of the calendar; "" if there is none. Lent to room calendar. */
str kit_for_day(struct req *rq, str observance);
/* The next time of a rule or of one day; false if it is neither. */
MUST_USE bool kit_next(struct arena *a, str rule, str today, str *first, str *last);
/* Reads "poster-a4:fold:all-1 card:lines:all-2"; what wear does not know is left out. */
size_t kit_pictures_read(struct arena *a, str cell, struct kit_picture **out);
/* "All", or a month, as people say it. */
bool kit_is_month(const struct kit *k);

/* ---- its words ---- */

/* The parts have fixed names, whatever the language: "## On the day {#day}". */
enum kit_part { KIT_WEEKS, KIT_WEEK, KIT_DAY, KIT_AFTER, KIT_READ, KIT_POSTS, KIT_PARTS };
struct kit_piece {
    str title, body; /* Markdown */
};
struct kit_words {
    str opening; /* what stands before the first part, and every part without one of the names */
    struct kit_piece part[KIT_PARTS];
};
void kit_words_read(struct arena *a, str markdown, struct kit_words *out);
/* The points of a list, without markup. */
size_t kit_items(struct arena *a, str markdown, str **out);
int64_t kit_letters(str s);

/* ---- the file ---- */

/* All of a kit in its language, as words for the process that packs; empty if it is too much. */
str kit_bundle(struct req *rq, const struct kit *k, const struct lang *l);
str kit_calendar(struct req *rq, const struct kit *k, const struct lang *l);
str kit_file_name(struct arena *a, const struct kit *k, const struct lang *l);
/* In the process that packs: writes a ZIP, one entry after another; false with why. */
enum kit_packed { KIT_PACKED, KIT_NO_ROOM, KIT_NOT_DRAWN, KIT_NOT_OURS };
MUST_USE enum kit_packed kit_pack(str bundle, int fd);

/* ---- its day and pictures, by two people ---- */

enum kit_answer {
    KIT_YES,
    KIT_NO_SUCH,
    KIT_NOT_YOURS,
    KIT_NO_DAY,
    KIT_BAD_DAY,
    KIT_NO_PICTURES,
    KIT_TOO_MANY,
    KIT_BAD_PICTURE,
    KIT_BAD_TEXT,
    KIT_SAME_PERSON, /* whoever put it forward does not publish it */
    KIT_NOTHING_WAITS,
    KIT_NOTHING_NEW,
    KIT_STALE, /* what they looked at was changed meanwhile */
    KIT_CLOCK,
};
struct kit_wish {
    str observance, rule, pictures, texts;
};
struct kit_by {
    struct req *rq;
    str slug;
    id text, organisation; /* of its words */
};
MUST_USE bool kit_by_of(struct req *rq, str slug, struct kit_by *out);
MUST_USE enum kit_answer kit_propose(const struct kit_by *by, const struct kit_wish *w);
MUST_USE enum kit_answer kit_agree(const struct kit_by *by, ms looked_at);
MUST_USE enum kit_answer kit_drop(const struct kit_by *by);
bool kit_may_write(const struct kit_by *by);
bool kit_may_publish(const struct kit_by *by);
bool kit_is_second(const struct kit_by *by, const struct kit_plan *plan);
struct phrase kit_refusal(enum kit_answer answer);
/* What is published; false if nothing is. */
MUST_USE bool kit_claim(struct req *rq, str slug, struct claim *out);

#endif

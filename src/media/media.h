/* media/media.h - pictures and films of the campaign's own, and whether those in them agreed to be shown.
 *
 * An item is a draft, published or withdrawn. It is shown only while it is published and as many people agree to be
 * shown on this site as can be recognised in it: that is looked at whenever it is read, so an agreement that ends
 * unpublishes by itself, and one that is taken back does so at once, everywhere, and its pictures are deleted.
 * Where somebody can be recognised, another person than the one who brought the picture, or last changed what is said of
 * it, publishes it; then nothing of it changes before it is withdrawn.
 * An agreement is known here by the reference number of a signed paper, never by a name.
 * A film is a link to one of a few hosts, with a still picture or none; nothing of theirs is ever loaded here.
 * Needs: store, text, codec, trail, people (names of colleagues).    Never: a name of somebody who is shown. */
#ifndef MEDIA_MEDIA_H
#define MEDIA_MEDIA_H

#include "codec/codec.h"
#include "media/media.sql.h"
#include "text/text.h"

enum media_answer {
    MEDIA_YES,
    MEDIA_NO_SUCH,
    MEDIA_NOT_SAID,    /* whether anybody can be recognised */
    MEDIA_NO_CONSENT,  /* fewer agree today than can be recognised */
    MEDIA_NO_ALT,      /* nobody said in words what it shows, in a language in which it is used */
    MEDIA_NO_CREDIT,   /* whose work it is, or under which licence */
    MEDIA_SAME_PERSON, /* somebody else must publish what somebody can be recognised in */
    MEDIA_SETTLED, /* two people looked at it as it is shown: it is withdrawn before it is changed */
    MEDIA_UNSEEN,  /* it was changed after whoever publishes it looked at it */
    MEDIA_GONE,    /* its pictures were deleted: it cannot be shown again */
    MEDIA_NO_REASON, /* of a withdrawal */
    MEDIA_BAD_LINK,  /* a film: not https, or not of a host that is on the list */
    MEDIA_BAD_DAYS, /* of an agreement: it ends before it begins, begins in the future, or lasts too long */
    MEDIA_BAD_REFERENCE, /* letters, digits and - / . with at least one digit: never a name */
    MEDIA_BAD_SCOPE,
    MEDIA_BAD_COUNT,
    MEDIA_TOO_LONG,
};

enum {
    MEDIA_CREDIT_MAX = 160,
    MEDIA_ALT_MAX = 500,
    MEDIA_CAPTION_MAX = 600,
    MEDIA_LINK_MAX = 400,
    MEDIA_REFERENCE_MAX = 40,
    MEDIA_PEOPLE_MAX = 200,
    MEDIA_CONSENT_YEARS = 10,
};
#define MEDIA_PEOPLE_UNKNOWN -1

extern const struct word media_licences[], media_scopes[], media_reasons[], media_states[],
    media_deeds[];

/* What is said of a whole item. */
struct media_facts {
    bool is_film;   /* of one that is added */
    int64_t people; /* that can be recognised; MEDIA_PEOPLE_UNKNOWN: nobody said yet */
    str credit, licence, link;
};

/* Who does it, and when. */
struct media_by {
    id person; /* 0: the program */
    ms now;
};

/* What codec made becomes a draft; `file` is the file as it came, of which only a hash is kept. A film may have no
 * still picture (made NULL). */
MUST_USE enum media_answer media_add(struct db *db, struct media_by by, id organisation, str file,
                                     const struct codec_made *made, struct media_facts facts,
                                     id *item);
MUST_USE enum media_answer media_change(struct db *db, struct media_by by, id item,
                                        struct media_facts facts);
/* In its languages, all or none; alt and caption empty: nothing is said in it. */
struct media_words {
    str lang, alt, caption;
};
MUST_USE enum media_answer media_say_all(struct db *db, struct media_by by,
                                         const struct media_row *item,
                                         const struct media_words *all, size_t n);
/* In one. */
MUST_USE enum media_answer media_say(struct db *db, struct media_by by, id item, str lang, str alt,
                                     str caption);

struct media_consent {
    int64_t people;
    str scope; /* codes of media_scopes, separated by spaces */
    str given_on, expires_on;
    id holder; /* the organisation that holds the paper; 0: who operates this site */
    personal reference;
};
MUST_USE enum media_answer media_agree(struct db *db, struct media_by by, id item,
                                       const struct media_consent *c);
/* Somebody takes their agreement back: it is withdrawn at once, and its pictures are deleted. */
MUST_USE enum media_answer media_disagree(struct db *db, struct media_by by, id item, id consent);

MUST_USE enum media_answer media_publish(struct db *db, struct media_by by, id item);
/* What is missing before it can be published; MEDIA_YES if nothing is. */
MUST_USE enum media_answer media_is_ready(struct db *db, struct media_by by,
                                          const struct media_row *item);
MUST_USE enum media_answer media_withdraw(struct db *db, struct media_by by, id item, str why);
MUST_USE enum media_answer media_drop(struct db *db, struct media_by by,
                                      id item); /* a draft, for good */

/* Whether readers see it now. */
bool media_is_shown(struct db *db, const struct media_row *item, ms now);
/* Withdraws what nobody agrees to any more. Says how many. Once a day; readers did not wait for it. */
size_t media_tidy(struct db *db, ms now);

/* Where it is used: texts that are published, and what others noted. */
struct media_place {
    str path; /* beneath a language: "/news/slug"; or what was noted */
    str title, lang;
};
size_t media_places(struct db *db, const struct media_row *item, ms now, struct media_place **out);
/* For whoever keeps words with pictures elsewhere than in published texts: this place carries these, and no others. */
void media_note_uses(struct db *db, str place, str lang, str markdown, ms now);

/* When what is shown in these words changed last, 0 if nothing is: of the pictures they name. */
ms media_changed(struct db *db, str markdown, ms now);

/* The name of a film's host for readers; empty if films of it are not linked to. */
str media_host(str link);

/* The figure of a picture or film in a text, or nothing. Lent to text by main. */
void media_figure(const struct text_place *at, str address, str alt, str caption, struct sink *out);

#endif

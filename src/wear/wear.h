/* wear/wear.h - wearing the heart: material to print, to wear and to send on, and the list of what it may say.
 *
 * A wish names a kind, a design, a language and words; wear_ask makes it words for the process that draws, wear_draw
 * draws them there, in memory. The hearts are our own drawings; UNODC's mark is nowhere among them.
 * Needs: draw, calendar, operator.    Never: keep what somebody wrote; draw words that wear_check refused. */
#ifndef WEAR_WEAR_H
#define WEAR_WEAR_H

#include "draw/sheet.h"
#include "web/rules.html.h"
#include "web/web.h"

/* What can be made. Codes are stable: "poster-a4". */
struct wear_kind {
    struct word word;
    double wide, high; /* units; of what is printed a tenth of a millimetre, else a pixel */
    bool is_print, is_round, has_code;
    double bleed;  /* units it always has around it */
    double pixels; /* of one unit, in its PNG */
};
extern const struct wear_kind wear_kinds[]; /* ended by one without a code */
const struct wear_kind *wear_kind_named(str code);

extern const struct word wear_designs[];
/* Our own sentences. The code begins with the audience's: "pupil-1". */
extern const struct word wear_phrases[], wear_audiences[];
/* The audience of a sentence. */
struct word wear_audience_of(str phrase);

struct wear_wish {
    str kind, design; /* codes */
    const struct lang *lang;
    str phrase;         /* a code; or */
    str words;          /* somebody's own */
    str city, day, who; /* each may be "" */
    str code;           /* where its QR code leads: "", "site", "help" or an observance's slug */
    bool has_marks;     /* bleed and marks to cut, in a PDF */
};

enum wear_answer {
    WEAR_YES,
    WEAR_NO_KIND,
    WEAR_NO_DESIGN,
    WEAR_NO_WORDS,
    WEAR_NO_DAY,
    WEAR_NO_CODE, /* not one of this site's pages that are offered */
    WEAR_TOO_LONG,
    WEAR_NUMBER, /* a telephone, a plate, a house */
    WEAR_LINK,
    WEAR_MAIL,
    WEAR_PRICE,
    WEAR_PERSON,  /* a title and a name */
    WEAR_ACCUSED, /* a word that accuses somebody */
    WEAR_HIDDEN,  /* letters that are not seen, or that climb out of their line */
};
/* Whether a wish may be drawn. *field: where it is not ("words", "city", ...). */
MUST_USE enum wear_answer wear_check(struct req *rq, const struct wear_wish *w, const char **field);
/* What a poster may carry: the same for any words of the public. */
MUST_USE enum wear_answer wear_carries(struct arena *a, str words, size_t letters_most);
bool wear_is_own(const struct wear_wish *w); /* it holds words of the public */

/* A wish that was checked, as words for the process that draws. as: "png", "svg", "pdf", or "look" and "small", PNGs to be looked at. */
str wear_ask(struct req *rq, const struct wear_wish *w, str as);
/* Where it is made: "/wear/made/card.png?...". marks: bleed and marks to cut. */
str wear_made_address(struct req *rq, const struct wear_wish *w, const char *as, bool marks);
/* "blue-heart-poster-a4-many-ar.pdf" */
str wear_file_name(struct arena *a, const struct wear_wish *w, str as);

/* A small picture of a design or a frame, to stand in a page. */
html wear_glyph(str code);
/* What may be done with it, to stand beside each download. */
struct web_rules wear_rules_shown(struct req *rq);

/* In the process that draws. */
struct wear_made {
    str file;     /* empty if it could not be drawn */
    bool is_full; /* the words do not fit */
    str unknown;  /* letters that no font here has */
    struct sheet_found found;
};
bool wear_is_ask(str ask);
/* A frame, a picture without words: the same process, by their names ("ring.svg"). Empty if there is none. */
str wear_frame_ask(struct arena *a, str name, str *type);
void wear_draw(struct arena *a, str ask, struct wear_made *out);

#endif

/* course/course.h - courses with a result: lessons, progress that the visitor keeps, certificates, class codes.
 *
 * Nothing is known of who learns. Progress is a text the site signs and the visitor carries along in the address. A
 * certificate is a code the site signs too: that somebody passed this course in this week, and nothing else; no row is kept.
 * A class code counts certificates, by a keyed hash of each that ends with the class.
 * The lessons themselves are texts of kind "course" (text/lesson.h).
 * Needs: text, claim, seal, draw.    Never: an account, a cookie, a name in a row or in an address; who passed, or when. */
#ifndef COURSE_COURSE_H
#define COURSE_COURSE_H

#include "course/course.sql.h"
#include "seal/seal.h"
#include "text/lesson.h"
#include "text/text.h"

struct course {
    str name;
    int minutes;
    const struct word
        *fields; /* one of them is needed besides the common lessons; NULL: there are none */
};
extern const struct course courses[];        /* ended by one without a name */
const struct course *course_named(str name); /* NULL: there is none */

enum { COURSE_LESSONS_MAX = 16, COURSE_OF_PART_MAX = 9 };

struct course_lesson {
    str name;                 /* "1", "health-1" */
    const struct word *field; /* NULL: it is common to all */
    struct text text;
};
/* Its lessons in their order, in a language or in English. */
size_t course_lessons(struct db *db, const struct lang *l, const struct course *c,
                      struct claim_when when, ms now, struct course_lesson *out);

/* ---- progress: names of lessons passed, and a mark only this site makes ---- */

enum { PROGRESS_TEXT_MAX = 240 };
struct course_progress {
    str passed[COURSE_LESSONS_MAX];
    size_t n;
};
/* False if it is not one that this site made for this course; then it is empty. "" is an empty one. */
MUST_USE bool course_progress_read(struct seal_keys *keys, const struct course *c, str text,
                                   struct course_progress *out);
bool course_has(const struct course_progress *p, str lesson);
/* With one lesson more, in the order of the course. */
str course_progress_with(struct seal_keys *keys, struct arena *a, const struct course *c,
                         const struct course_lesson *lessons, size_t n,
                         const struct course_progress *p, str lesson);
/* All common lessons, and where there are fields one whole field. */
bool course_is_passed(const struct course *c, const struct course_lesson *lessons, size_t n,
                      const struct course_progress *p);

/* ---- certificates: "pupils-2026w47-NONCE-MARK" ---- */

struct course_certificate {
    const struct course *course;
    int year, week; /* ISO 8601, in UTC */
    str nonce;
};
enum { CERTIFICATE_TEXT_MAX = 80 };
str course_certificate_make(struct seal_keys *keys, struct arena *a, const struct course *c,
                            ms now);
/* Capitals and blanks do not matter. False: this site made no such certificate. */
MUST_USE bool course_certificate_read(struct seal_keys *keys, struct arena *a, str text,
                                      struct course_certificate *out, str *exact);
void course_week(ms at, int *year, int *week);

/* ---- classes ---- */

#define CLASS_KEEP_MS (120 * DAY_MS)
enum {
    CLASS_CODE_LETTERS = 8,
    CLASSES_A_DAY_MAX = 1000,
    CLASS_PASSES_MAX = 400,
    CLASS_SHOWN_LEAST = 3, /* the number moves by so many at once, or not */
};
enum class_answer {
    CLASS_YES,
    CLASS_NONE, /* no class of this course has this code, or it ended */
    CLASS_FULL,
    CLASS_TOO_MANY, /* classes today */
};
struct phrase course_refusal(enum class_answer answer);

MUST_USE enum class_answer course_class_begin(struct db *db, const struct course *c, str today,
                                              ms now, id *made);
/* A code as somebody typed it, made exact: capitals, no blanks or hyphens; "" if it cannot be one. */
str course_code_read(struct arena *a, str typed);
str course_code_shown(struct arena *a, str code); /* BCDF-GHJK */
/* Counts a certificate for a class; a second time it changes nothing. */
MUST_USE enum class_answer course_class_count(struct db *db, struct seal_keys *keys,
                                              const struct course_certificate *c, str code,
                                              str today, ms now);
/* How many its page may show today. */
int64_t course_class_shown(struct db *db, const struct course_class *c, str today);

#endif

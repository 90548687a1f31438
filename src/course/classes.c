/* Classes: a code, and how many certificates counted for it. */
#include "base/id.h"
#include "base/limits.h"
#include "course/course.h"
#include "seal/secret.h"

/* Without vowels, so that chance writes no word, and without letters that look like another or like a digit. */
static const char letters[] = "BCDFGHJKMNPQRSTVWXZ";
enum { LETTERS = sizeof letters - 1 };

static str code_make(struct arena *a)
{
    char *out = arena_take(a, CLASS_CODE_LETTERS + 1);
    for (int i = 0; i < CLASS_CODE_LETTERS;) {
        unsigned char drawn;
        seal_random(&drawn, 1);
        if (drawn < 256 / LETTERS * LETTERS) out[i++] = letters[drawn % LETTERS];
    }
    return (str){ out, CLASS_CODE_LETTERS };
}

str course_code_read(struct arena *a, str typed)
{
    char *out = arena_take(a, CLASS_CODE_LETTERS + 1);
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        if (c == ' ' || c == '-') continue;
        if (c >= 'a' && c <= 'z') c = (char)(c - 32);
        if (!strchr(letters, c) || n == CLASS_CODE_LETTERS) return S("");
        out[n++] = c;
    }
    return n == CLASS_CODE_LETTERS ? (str){ out, n } : S("");
}

str course_code_shown(struct arena *a, str code)
{
    return ARENA_JOIN(a, str_cut(code, 4), S("-"), str_from(code, 4));
}

struct phrase course_refusal(enum class_answer answer)
{
    switch (answer) {
    case CLASS_YES: return NO_PLURAL;
    case CLASS_NONE:
        return PHRASE("No class of this course has this code now. Please look at it again, or go "
                      "on without one.");
    case CLASS_FULL: return PHRASE("This class has as many passes as one code can count.");
    case CLASS_TOO_MANY:
        return PHRASE("More class codes were asked for today than this site gives. Please come "
                      "back tomorrow. The courses work without a code.");
    }
    return NO_PLURAL;
}

enum class_answer course_class_begin(struct db *db, const struct course *c, str today, ms now,
                                     id *made)
{
    struct course_number today_n;
    course_classes_made(db, today, &today_n);
    if (today_n.n >= CLASSES_A_DAY_MAX) return CLASS_TOO_MANY;
    *made = id_new();
    while (!course_class_add(db, *made, c->name, code_make(db_arena(db)), today,
                             now + CLASS_KEEP_MS)) {}
    return CLASS_YES;
}

/* The number a teacher sees changes once a day, and only by CLASS_SHOWN_LEAST at once: whoever looks twice does not learn
 * who finished between. All passes were counted before today if shown_on is an earlier day. */
int64_t course_class_shown(struct db *db, const struct course_class *c, str today)
{
    struct course_number passed;
    if (str_cmp(c->shown_on, today) >= 0) return c->shown;
    course_passes(db, c->id, &passed);
    return passed.n - c->shown >= CLASS_SHOWN_LEAST ? passed.n : c->shown;
}

enum class_answer course_class_count(struct db *db, struct seal_keys *keys,
                                     const struct course_certificate *cert, str code, str today,
                                     ms now)
{
    struct course_class c;
    struct course_number passed;
    unsigned char hash[SEAL_HASH_BYTES];
    bool is_there = course_class_coded(db, code, &c) && c.keep_until > now &&
                    str_eq(c.course, cert->course->name);
    if (!is_there) return CLASS_NONE;
    course_passes(db, c.id, &passed);
    if (passed.n >= CLASS_PASSES_MAX) return CLASS_FULL;
    if (str_cmp(c.shown_on, today) < 0)
        course_class_show(db, c.id, course_class_shown(db, &c, today), today);
    seal_hash(seal_secret(keys, "courses"), "certificate counted for a class",
              ARENA_JOIN(db_arena(db), c.code, S(" "), cert->nonce), hash);
    course_pass_add(db, c.id, (str){ (const char *)hash, sizeof hash }, c.keep_until);
    return CLASS_YES;
}

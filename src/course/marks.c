/* What this site signs: progress and certificates. Each mark is keyed, and made for one thing alone. */
#include "base/sink.h"
#include "course/course.h"
#include "seal/letters.h"
#include "seal/secret.h"

enum { MARK_LETTERS = 16, MARK_BYTES = 10 };

/* Ten bytes as sixteen letters that are read alike when typed off paper. */
static str letters_of(struct arena *a, const unsigned char bytes[MARK_BYTES])
{
    char *out = arena_take(a, MARK_LETTERS + 1);
    unsigned bits = 0, held = 0;
    for (int i = 0, at = 0; i < MARK_BYTES; i++) {
        bits = (bits << 8 | bytes[i]) & 0xfff;
        for (held += 8; held >= 5; at++) {
            held -= 5;
            out[at] = crockford_letters[bits >> held & 31];
        }
    }
    return (str){ out, MARK_LETTERS };
}

static str mark_of(struct seal_keys *keys, struct arena *a, const char *purpose, str what)
{
    unsigned char hash[SEAL_HASH_BYTES];
    seal_hash(seal_secret(keys, "courses"), purpose, what, hash);
    return letters_of(a, hash);
}

/* ---- progress: MARK.1.2.3 ---- */

static str progress_mark(struct seal_keys *keys, struct arena *a, const struct course *c, str names)
{
    return mark_of(keys, a, "lessons passed", ARENA_JOIN(a, c->name, S(" "), names));
}

bool course_progress_read(struct seal_keys *keys, const struct course *c, str text,
                          struct course_progress *out)
{
    *out = (struct course_progress){ .n = 0 };
    if (text.n == 0) return true;
    if (text.n > PROGRESS_TEXT_MAX || text.n < MARK_LETTERS + 2 || text.p[MARK_LETTERS] != '.')
        return false;
    struct arena a;
    arena_open(&a, KIB(64));
    str names = str_from(text, MARK_LETTERS + 1);
    bool is_ours = seal_equal_words(str_cut(text, MARK_LETTERS), progress_mark(keys, &a, c, names));
    arena_close(&a);
    while (is_ours && names.p && out->n < COURSE_LESSONS_MAX)
        out->passed[out->n++] = str_split(&names, '.');
    return is_ours;
}

bool course_has(const struct course_progress *p, str lesson)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->passed[i], lesson)) return true;
    return false;
}

str course_progress_with(struct seal_keys *keys, struct arena *a, const struct course *c,
                         const struct course_lesson *lessons, size_t n,
                         const struct course_progress *p, str lesson)
{
    struct sink names;
    sink_open(&names, a, KIB(1));
    for (size_t i = 0; i < n; i++) {
        if (!course_has(p, lessons[i].name) && !str_eq(lessons[i].name, lesson)) continue;
        if (names.n) put_char(&names, '.');
        put(&names, lessons[i].name);
    }
    str all = sink_str(&names);
    return all.n ? ARENA_JOIN(a, progress_mark(keys, a, c, all), S("."), all) : S("");
}

bool course_is_passed(const struct course *c, const struct course_lesson *lessons, size_t n,
                      const struct course_progress *p)
{
    if (n == 0) return false;
    for (size_t i = 0; i < n; i++)
        if (!lessons[i].field && !course_has(p, lessons[i].name)) return false;
    for (const struct word *w = c->fields; w && w->code.n; w++) {
        size_t there = 0, passed = 0;
        for (size_t i = 0; i < n; i++) {
            if (lessons[i].field != w) continue;
            there++;
            passed += course_has(p, lessons[i].name);
        }
        if (there && passed == there) return true;
    }
    return c->fields == NULL;
}

/* ---- certificates ---- */

/* Howard Hinnant's days_from_civil is not needed: the year of a week is that of its Thursday. */
void course_week(ms at, int *year, int *week)
{
    int64_t day = at / DAY_MS;
    int64_t thursday = day - (day + 3) % 7 + 3; /* 1970-01-01 was a Thursday */
    int64_t y = 1970, first = 0;
    for (;; y++) {
        bool is_leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
        int64_t days = is_leap ? 366 : 365;
        if (thursday < first + days) break;
        first += days;
    }
    *year = (int)y;
    *week = (int)((thursday - first) / 7) + 1;
}

static str certificate_mark(struct seal_keys *keys, struct arena *a, str said)
{
    return mark_of(keys, a, "certificate of a course", said);
}

str course_certificate_make(struct seal_keys *keys, struct arena *a, const struct course *c, ms now)
{
    unsigned char nonce[MARK_BYTES];
    int year, week;
    seal_random(nonce, sizeof nonce);
    course_week(now, &year, &week);
    str said = arena_format(a, STR_FMT "-%dw%02d-" STR_FMT, STR_ARG(c->name), year, week,
                            STR_ARG(letters_of(a, nonce)));
    return ARENA_JOIN(a, said, S("-"), certificate_mark(keys, a, said));
}

static str as_made(struct arena *a, str typed)
{
    char *out = arena_take(a, typed.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        if (c == ' ') continue;
        out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    return (str){ out, n };
}

bool course_certificate_read(struct seal_keys *keys, struct arena *a, str text,
                             struct course_certificate *out, str *exact)
{
    if (text.n > CERTIFICATE_TEXT_MAX) return false;
    str all = as_made(a, text), rest = all;
    *exact = all;
    if (all.n < MARK_LETTERS + 2) return false;
    str said = str_cut(all, all.n - MARK_LETTERS - 1);
    str mark = certificate_mark(keys, a, said);
    if (!seal_equal_words(all, ARENA_JOIN(a, said, S("-"), mark))) return false;

    int64_t year, week; /* the mark is ours: it is as we made it */
    *out = (struct course_certificate){ .course = course_named(str_split(&rest, '-')) };
    str when = str_split(&rest, '-');
    out->nonce = str_split(&rest, '-');
    if (!out->course || !str_to_int(str_split(&when, 'w'), &year) || !str_to_int(when, &week))
        return false;
    out->year = (int)year;
    out->week = (int)week;
    return true;
}

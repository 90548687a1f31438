/* The chain: how an entry is hashed, and whether all of them hold together. */
#include "base/breakage.h"
#include "base/limits.h"
#include "base/sink.h"
#include "trail/inside.h"

static const struct seal_secret *key;
static unsigned char key_name[SEAL_HASH_BYTES];

void trail_open(const struct seal_secret *secret)
{
    key = secret;
    seal_hash(secret, "trail key name", S(""), key_name);
}

static void need_key(void)
{
    if (!key) broken("the trail has no key here; nothing was done that it would have to hold");
}

str trail_key_name(void)
{
    need_key();
    return (str){ (const char *)key_name, TRAIL_KEY_NAME_BYTES };
}

str trail_no_hash(void)
{
    static const char zeros[SEAL_HASH_BYTES];
    return (str){ zeros, sizeof zeros };
}

void trail_hash_words(const char *context, str words, unsigned char hash[SEAL_HASH_BYTES])
{
    need_key();
    seal_hash(key, context, words, hash);
}

/* Each field has its length before it, so no two rows are the same bytes. */
static void put_number(struct sink *out, uint64_t n)
{
    for (int i = 7; i >= 0; i--) put_char(out, (char)(n >> (8 * i)));
}

static void put_words(struct sink *out, str words)
{
    put_number(out, words.n);
    put(out, words);
}

void trail_hash_row(struct arena *a, const struct trail_row *row,
                    unsigned char hash[SEAL_HASH_BYTES])
{
    struct sink out;
    sink_open(&out, a, KIB(64)); /* a changed row may hold anything */
    put_number(&out, (uint64_t)row->number);
    put_number(&out, (uint64_t)row->at);
    put_words(&out, row->deed);
    put_number(&out, row->actor);
    put_words(&out, row->subject);
    put_number(&out, row->subject_row);
    put_words(&out, row->subject_code);
    put_number(&out, row->organisation);
    put_words(&out, row->keyed);
    put_words(&out, row->before);
    trail_hash_words("trail entry 1", sink_str(&out), hash);
}

const char *trail_state_words(enum trail_state state)
{
    switch (state) {
    case TRAIL_WHOLE: return "whole, %lld entries";
    case TRAIL_CHANGED: return "entry %lld is not as it was written";
    case TRAIL_UNCHAINED:
        return "entry %lld does not follow the one before it: that one was exchanged";
    case TRAIL_MISSING: return "entry %lld is missing";
    case TRAIL_CUT: return "cut off at the end: entry %lld was there and is not any more";
    case TRAIL_REPLACED: return "entry %lld is another one than was noted in the head file";
    case TRAIL_OTHER_KEY:
        return "entry %lld was written with another key; put back trail.secret to learn more";
    }
    return "";
}

static bool is_too_long(const struct trail_row *r)
{
    return r->deed.n + r->subject.n + r->subject_code.n + r->keyed.n + r->before.n > KIB(4);
}

bool trail_is_genuine(struct arena *a, const struct trail_row *row)
{
    unsigned char hash[SEAL_HASH_BYTES];
    if (is_too_long(row)) return false;
    trail_hash_row(a, row, hash);
    return seal_equal_words(row->hash, (str){ (const char *)hash, sizeof hash });
}

struct walk {
    struct arena *scratch;
    int64_t next; /* the number that must come */
    str before;
    unsigned char last[SEAL_HASH_BYTES];
};

/* One row after another; each must be the next, follow the one before and be as it was hashed. */
static enum trail_state look_at(struct walk *w, const struct trail_row *row)
{
    unsigned char hash[SEAL_HASH_BYTES];
    if (row->number != w->next) return TRAIL_MISSING;
    if (is_too_long(row)) return TRAIL_CHANGED;
    if (!str_eq(row->keyed, trail_key_name()))
        return row->keyed.n == TRAIL_KEY_NAME_BYTES ? TRAIL_OTHER_KEY : TRAIL_CHANGED;
    trail_hash_row(w->scratch, row, hash);
    if (!seal_equal_words(row->hash, (str){ (const char *)hash, sizeof hash }))
        return TRAIL_CHANGED;
    if (!seal_equal_words(row->before, w->before)) return TRAIL_UNCHAINED;
    memcpy(w->last, hash, sizeof hash);
    w->before = (str){ (const char *)w->last, sizeof w->last };
    w->next++;
    return TRAIL_WHOLE;
}

static enum trail_state compare_head(struct db *db, const struct trail_head *kept, int64_t newest,
                                     int64_t *at)
{
    struct trail_newest noted;
    if (!kept || kept->number == 0) return TRAIL_WHOLE;
    if (kept->number > newest) {
        *at = newest + 1;
        return TRAIL_CUT;
    }
    *at = kept->number;
    bool is_same = trail_hash_of(db, kept->number, &noted) &&
                   seal_equal_words(noted.hash, (str){ (const char *)kept->hash, SEAL_HASH_BYTES });
    return is_same ? TRAIL_WHOLE : TRAIL_REPLACED;
}

enum trail_state trail_check(struct db *db, const struct trail_head *kept, struct trail_head *head,
                             int64_t *at)
{
    struct walk w = { .next = 1, .before = trail_no_hash() };
    struct arena *outer = db_arena(db), scratch;
    enum trail_state state = TRAIL_WHOLE;
    arena_open(&scratch, MIB(16));
    w.scratch = &scratch;
    for (size_t n = 1; n && state == TRAIL_WHOLE;) {
        struct trail_row *rows;
        db_use_arena(db, &scratch);
        n = trail_rows_from(db, w.next == 1 ? INT64_MIN : w.next, &rows);
        for (size_t i = 0; i < n && state == TRAIL_WHOLE; i++) state = look_at(&w, &rows[i]);
        db_use_arena(db, outer);
        arena_empty(&scratch);
    }
    arena_close(&scratch);
    *at = w.next;
    *head = (struct trail_head){ .number = w.next - 1 };
    memcpy(head->hash, w.before.p, SEAL_HASH_BYTES);
    if (state == TRAIL_WHOLE) {
        state = compare_head(db, kept, head->number, at);
        if (state == TRAIL_WHOLE) *at = head->number;
    }
    return state;
}

#include "seal/seal.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "seal/keys.h"

#include <sodium.h>

/* A box: period of the key (2 bytes, big end first), version, key id, nonce, then the sealed and padded words.
 * The period stands first because gen/sql asks for it in SQL (BOX_PERIOD there). */
#define VERSION      1
#define HEADER_BYTES (2 + 1 + KEY_ID_BYTES)
#define NONCE_BYTES  crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES    crypto_aead_xchacha20poly1305_ietf_ABYTES
#define WORDS_AT     (HEADER_BYTES + NONCE_BYTES)
#define PAD_LEAST    256u
#define PAD_STEP     ((size_t)64 << 10)

/* Days since 1970 to year and month, by the proleptic Gregorian calendar. */
static void month_of_day(int64_t day, int *year, int *month)
{
    char text[DAY_TEXT];
    day_text(day * DAY_MS, text);
    sscanf(text, "%d-%d", year, month);
}

seal_period seal_period_of(ms at)
{
    int year, month;
    month_of_day(at / DAY_MS, &year, &month);
    return (seal_period)(year * 12 + month - 1);
}

ms seal_period_end(seal_period p)
{
    int year = p / 12, month = p % 12 + 2; /* of the month after */
    if (month > 12) year++, month = 1;
    int64_t y = month <= 2 ? year - 1
                           : year; /* years that begin in March make leap days come last */
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5;
    return (y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468) * DAY_MS;
}

/* 256, 512, ... 64 Ki, 128 Ki, 192 Ki: how long somebody's words are is not to be seen. Always room for one more. */
static size_t padded_length(size_t n)
{
    size_t length = PAD_LEAST;
    while (length <= n && length < PAD_STEP) length *= 2;
    return length > n ? length : (n / PAD_STEP + 1) * PAD_STEP;
}

/* What a box is bound to, besides its header. */
static str binding(struct arena *a, const unsigned char header[HEADER_BYTES],
                   const struct seal_column *c, id row)
{
    size_t class_n = strlen(c->class) + 1, table_n = strlen(c->table) + 1,
           column_n = strlen(c->column) + 1;
    char *bytes = arena_take(a, HEADER_BYTES + class_n + table_n + column_n + 8), *at = bytes;
    at = mempcpy(at, header, HEADER_BYTES);
    at = mempcpy(at, c->class, class_n);
    at = mempcpy(at, c->table, table_n);
    at = mempcpy(at, c->column, column_n);
    for (int i = 7; i >= 0; i--) *at++ = (char)(row >> (8 * i));
    return (str){ bytes, (size_t)(at - bytes) };
}

struct sealed seal_close(struct seal_keys *keys, struct arena *a, const struct seal_column *column,
                         id row, ms keep_until, personal words)
{
    if (words.words.n > SEAL_WORDS_MAX)
        broken("more words than one sealed value may hold; nothing was stored");
    if (keep_until <= clock_now())
        broken("nothing is sealed for a time that is over; is the clock right?");
    seal_period period = seal_period_of(keep_until);
    const struct seal_key *key = key_find(keys, column->class, period, true);

    size_t padded = padded_length(words.words.n);
    unsigned char *box = arena_take(a, WORDS_AT + padded + TAG_BYTES);
    unsigned char *inside = arena_take(a, padded);
    box[0] = (unsigned char)(period >> 8);
    box[1] = (unsigned char)period;
    box[2] = VERSION;
    memcpy(box + 3, key->id, KEY_ID_BYTES);
    randombytes_buf(box + HEADER_BYTES, NONCE_BYTES);
    if (words.words.n) memcpy(inside, words.words.p, words.words.n);
    inside[words.words.n] = 0x80; /* ISO 7816-4: a mark, then zeros */

    str bound = binding(a, box, column, row);
    unsigned long long n = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(box + WORDS_AT, &n, inside, padded,
                                               (const unsigned char *)bound.p, bound.n, NULL,
                                               box + HEADER_BYTES, key->bytes);
    sodium_memzero(inside, padded);
    return (struct sealed){ { (const char *)box, WORDS_AT + (size_t)n } };
}

enum seal_answer seal_open(struct seal_keys *keys, struct arena *a,
                           const struct seal_column *column, id row, struct sealed sealed,
                           personal *words)
{
    const unsigned char *box = (const unsigned char *)sealed.box.p;
    size_t n = sealed.box.n;
    *words = (personal){ S("") };
    if (!box || n < WORDS_AT + PAD_LEAST + TAG_BYTES ||
        n > WORDS_AT + SEAL_WORDS_MAX + PAD_STEP + TAG_BYTES)
        return SEAL_DAMAGED;
    if (box[2] != VERSION) return SEAL_DAMAGED;
    const struct seal_key *key = key_find(keys, column->class, (seal_period)(box[0] << 8 | box[1]),
                                          false);
    if (!key || sodium_memcmp(key->id, box + 3, KEY_ID_BYTES) != 0) return SEAL_KEY_GONE;

    str bound = binding(a, box, column, row);
    unsigned char *inside = arena_take(a, n - WORDS_AT);
    unsigned long long padded = 0;
    size_t length = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(inside, &padded, NULL, box + WORDS_AT,
                                                   n - WORDS_AT, (const unsigned char *)bound.p,
                                                   bound.n, box + HEADER_BYTES, key->bytes) != 0)
        return SEAL_DAMAGED;
    if (sodium_unpad(&length, inside, (size_t)padded, (size_t)padded) != 0) return SEAL_DAMAGED;
    *words = (personal){ { (const char *)inside, length } };
    return SEAL_OPENED;
}

void seal_month_hash(struct seal_keys *keys, const char *class, ms keep_until, str what,
                     unsigned char out[SEAL_MONTH_HASH])
{
    static const char purpose[] = "blueheart hash of a month";
    unsigned char derived[KEY_BYTES];
    const struct seal_key *key = key_find(keys, class, seal_period_of(keep_until), true);
    crypto_generichash(derived, sizeof derived, (const unsigned char *)purpose, sizeof purpose - 1,
                       key->bytes, KEY_BYTES);
    crypto_generichash(out, SEAL_MONTH_HASH, (const unsigned char *)what.p, what.n, derived,
                       sizeof derived);
    sodium_memzero(derived, sizeof derived);
}

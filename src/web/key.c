/* Keys in links that leave by mail: a row's shown id and what only this site can make of it. Nothing that opens anything
 * is kept, and a key made for one purpose is none for another. */
#include "base/id.h"
#include "seal/secret.h"
#include "web/web.h"

#include <sodium.h>

enum { MARK_BYTES = 16, MARK_TEXT = 22, SHOWN_TEXT = ID_SHOWN_TEXT - 1 };

static void mark_of(struct req *rq, const char *purpose, id which, unsigned char out[MARK_BYTES])
{
    unsigned char hash[SEAL_HASH_BYTES];
    seal_hash(seal_secret(site_keys(rq), "sessions"), purpose, web_id(rq, which), hash);
    memcpy(out, hash, MARK_BYTES);
}

str web_key(struct req *rq, const char *purpose, id which)
{
    unsigned char mark[MARK_BYTES];
    char text[MARK_TEXT + 1];
    mark_of(rq, purpose, which, mark);
    sodium_bin2base64(text, sizeof text, mark, sizeof mark,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return ARENA_JOIN(rq->arena, web_id(rq, which), arena_str(rq->arena, str_of(text)));
}

bool web_key_read(struct req *rq, const char *purpose, str key, id *which)
{
    unsigned char given[MARK_BYTES], right[MARK_BYTES];
    size_t n = 0;
    if (key.n != SHOWN_TEXT + MARK_TEXT) return false;
    if (!id_read(seal_secret(site_keys(rq), "ids"), str_cut(key, SHOWN_TEXT), which)) return false;
    bool is_text = sodium_base642bin(given, sizeof given, key.p + SHOWN_TEXT, MARK_TEXT, NULL, &n,
                                     NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0;
    if (!is_text || n != sizeof given) return false;
    mark_of(rq, purpose, *which, right);
    return seal_equal(given, right, sizeof right);
}

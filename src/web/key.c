/* Keys in links that leave by mail: a row's shown id and what only this site can make of it. Nothing that opens anything
 * is kept, and a key made for one purpose is none for another. */
#include "base/id.h"
#include "seal/secret.h"
#include "web/web.h"

#include <sodium.h>

enum { MARK_BYTES = 16, MARK_TEXT = 22, SHOWN_TEXT = ID_SHOWN_TEXT - 1 };

static void mark_of(struct seal_keys *keys, const char *purpose, str shown,
                    unsigned char out[MARK_BYTES])
{
    unsigned char hash[SEAL_HASH_BYTES];
    seal_hash(seal_secret(keys, "sessions"), purpose, shown, hash);
    memcpy(out, hash, MARK_BYTES);
}

str web_key_of(struct arena *a, struct seal_keys *keys, const char *purpose, id which)
{
    unsigned char mark[MARK_BYTES];
    char text[MARK_TEXT + 1], shown[ID_SHOWN_TEXT];
    id_shown(seal_secret(keys, "ids"), which, shown);
    mark_of(keys, purpose, str_of(shown), mark);
    sodium_bin2base64(text, sizeof text, mark, sizeof mark,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return ARENA_JOIN(a, str_of(shown), str_of(text));
}

str web_key(struct req *rq, const char *purpose, id which)
{
    return web_key_of(rq->arena, site_keys(rq), purpose, which);
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
    mark_of(site_keys(rq), purpose, str_cut(key, SHOWN_TEXT), right);
    return seal_equal(given, right, sizeof right);
}

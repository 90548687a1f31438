#include "base/id.h"

#include "base/clock.h"

#include <sodium.h>

id id_new(void)
{
    static id last;
    id moment = (id)clock_now() << 20;
    bool is_later = moment >> 20 > last >>
                    20; /* else the clock stood still or went back: go on counting */
    last = is_later ? moment | randombytes_uniform(1 << 20) : last + 1;
    return last;
}

static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz"; /* without i, l, o, u */

void content_id(str content, char out[CONTENT_ID_LENGTH + 1])
{
    unsigned char hash[16];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)content.p, content.n, NULL, 0);
    for (int i = 0; i < CONTENT_ID_LENGTH; i++) {
        int bit = i * 5, byte = bit / 8;
        unsigned pair = (unsigned)hash[byte] << 8 | hash[byte + 1];
        out[i] = letters[(pair >> (11 - bit % 8)) & 31];
    }
    out[CONTENT_ID_LENGTH] = '\0';
}

bool content_id_is(str s)
{
    if (s.n != CONTENT_ID_LENGTH) return false;
    for (size_t i = 0; i < s.n; i++)
        if (!strchr(letters, s.p[i])) return false;
    return true;
}

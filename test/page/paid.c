#include "test/page/paid.h"

#include "base/clock.h"
#include "web/web.sql.h"

#include <openssl/sha.h>
#include <stdio.h>

static int zero_bits(const unsigned char *hash)
{
    int n = 0;
    while (n < 256 && !(hash[n / 8] >> (7 - n % 8) & 1)) n++;
    return n;
}

str paid_work(struct arena *a, str asked)
{
    str price = asked;
    int64_t bits;
    (void)str_split(&price, '.');
    if (!str_to_int(str_split(&price, '.'), &bits)) return S("");
    for (int i = 0;; i++) {
        unsigned char hash[SHA256_DIGEST_LENGTH];
        char text[400], *end = text + snprintf(text, sizeof text, STR_FMT ".%d", STR_ARG(asked), i);
        SHA256((const unsigned char *)text, (size_t)(end - text), hash);
        if (zero_bits(hash) >= bits) return arena_format(a, "%d", i);
    }
}

void paid_crowd(struct arena *a, struct db *db, str form_and_number)
{
    str number = form_and_number, form = str_split(&number, ' ');
    int64_t n = 0;
    (void)str_to_int(number, &n);
    ms now = clock_now();
    db_use_arena(db, a);
    db_begin_write(db);
    for (int64_t i = 0; i < n; i++) web_load_add(db, form, now / 60000, 0, now + DAY_MS);
    db_commit(db);
}

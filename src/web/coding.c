/* Content codings: chosen by the reader's Accept-Encoding, made once per cached page. */
#include "base/breakage.h"
#include "web/coding.h"
#include "web/reply.h"

#include <brotli/encode.h>
#include <zlib.h>

/* True unless the weight is written as zero. */
static bool is_wanted(str item)
{
    ptrdiff_t at = str_find(item, ';');
    if (at < 0) return true;
    str q = str_trim(str_from(item, (size_t)at + 1));
    if (!str_starts(q, S("q=0"))) return true;
    q = str_from(q, 3);
    for (size_t i = 0; i < q.n; i++)
        if (q.p[i] >= '1' && q.p[i] <= '9') return true;
    return false;
}

enum coding coding_choose(str accept)
{
    bool has_br = false, has_gzip = false;
    for (int items = 0; accept.p && items < 16; items++) {
        str item = str_trim(str_split(&accept, ','));
        str name = item;
        name = str_trim(str_split(&name, ';'));
        if (str_eq(name, S("br"))) has_br = is_wanted(item);
        if (str_eq(name, S("gzip"))) has_gzip = is_wanted(item);
    }
    return has_br ? CODING_BR : has_gzip ? CODING_GZIP : CODING_PLAIN;
}

static str brotli(struct arena *a, str body)
{
    size_t n = BrotliEncoderMaxCompressedSize(body.n);
    uint8_t *out = arena_take(a, n);
    bool is_done = BrotliEncoderCompress(6, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, body.n,
                                         (const uint8_t *)body.p, &n, out);
    if (!is_done) broken("brotli could not compress a page");
    return (str){ (char *)out, n };
}

str coding_gzip(struct arena *a, str body)
{
    z_stream z = { 0 };
    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        broken("zlib has no memory");
    size_t room = deflateBound(&z, body.n) + 32;
    uint8_t *out = arena_take(a, room);
    z.next_in = (Bytef *)(uintptr_t)body.p;
    z.avail_in = (uInt)body.n;
    z.next_out = out;
    z.avail_out = (uInt)room;
    int code = deflate(&z, Z_FINISH);
    size_t n = z.total_out;
    deflateEnd(&z);
    if (code != Z_STREAM_END) broken("zlib could not compress a page");
    return (str){ (char *)out, n };
}

str coding_apply(struct arena *a, enum coding c, str body)
{
    switch (c) {
    case CODING_BR: return brotli(a, body);
    case CODING_GZIP: return coding_gzip(a, body);
    case CODING_PLAIN:
    case CODINGS: break;
    }
    return body;
}

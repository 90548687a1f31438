/* A reply becomes a package: its headers, its ETag, its coding. */
#include "web/reply.h"

#include <stdio.h>

static const struct door_header everywhere[] = {
    { S_CONST("X-Content-Type-Options"), S_CONST("nosniff") },
    { S_CONST("Referrer-Policy"), S_CONST("no-referrer") },
    { S_CONST("Cross-Origin-Opener-Policy"), S_CONST("same-origin") },
    { S_CONST("Permissions-Policy"),
      S_CONST("camera=(), geolocation=(), microphone=(), interest-cohort=()") },
};

static const str policy = S_CONST(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'");

static str cache_control(enum reply_keep keep)
{
    switch (keep) {
    case KEEP_NOT:
    case KEEP_HERE: return S("no-store");
    case KEEP_ASKED:
    case KEEP_PAGE: return S("no-cache");
    case KEEP_ASSET: return S("public, max-age=31536000, immutable");
    }
    return S("no-store");
}

bool etag_is_named(str header, str etag)
{
    if (str_eq(str_trim(header), S("*"))) return true;
    while (header.p) {
        str item = str_trim(str_split(&header, ','));
        if (str_starts(item, S("W/"))) item = str_from(item, 2);
        if (str_eq(item, etag)) return true;
    }
    return false;
}

size_t reply_headers(const struct reply *reply, str etag, enum coding c, struct door_header *out)
{
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(everywhere); i++) out[n++] = everywhere[i];
    out[n++] = (struct door_header){ S("Content-Security-Policy"),
                                     reply->policy.n ? reply->policy : policy };
    out[n++] = (struct door_header){ S("Cache-Control"), cache_control(reply->keep) };
    if (reply->type.n) out[n++] = (struct door_header){ S("Content-Type"), reply->type };
    if (etag.n && reply->keep != KEEP_HERE) out[n++] = (struct door_header){ S("ETag"), etag };
    if (reply->keep != KEEP_NOT) out[n++] = (struct door_header){ S("Vary"), S("Accept-Encoding") };
    else if (reply->varies_by_language)
        out[n++] = (struct door_header){ S("Vary"), S("Accept-Language") };
    else if (reply->varies_by_type) out[n++] = (struct door_header){ S("Vary"), S("Accept") };
    if (reply->is_for_all)
        out[n++] = (struct door_header){ S("Access-Control-Allow-Origin"), S("*") };
    if (c == CODING_BR) out[n++] = (struct door_header){ S("Content-Encoding"), S("br") };
    if (c == CODING_GZIP) out[n++] = (struct door_header){ S("Content-Encoding"), S("gzip") };
    if (reply->location.n) out[n++] = (struct door_header){ S("Location"), reply->location };
    if (reply->status == 503) out[n++] = (struct door_header){ S("Retry-After"), S("5") };
    if (reply->cookie.n) out[n++] = (struct door_header){ S("Set-Cookie"), reply->cookie };
    if (reply->refresh.n) out[n++] = (struct door_header){ S("Refresh"), reply->refresh };
    if (reply->shares == SHARES_NOT) {
        out[n++] = (struct door_header){ S("Cross-Origin-Resource-Policy"), S("same-origin") };
        out[n++] = (struct door_header){ S("X-Robots-Tag"), S("noindex") };
    }
    if (reply->shares == SHARES_ALL) {
        out[n++] = (struct door_header){ S("Cross-Origin-Resource-Policy"), S("cross-origin") };
        out[n++] = (struct door_header){ S("Access-Control-Allow-Origin"), S("*") };
    }
    if (reply->allow) out[n++] = (struct door_header){ S("Allow"), str_of(reply->allow) };
    return n;
}

struct door_package *reply_package(const struct reply *reply, const struct door_request *rq)
{
    (void)rq;
    struct door_header headers[REPLY_HEADERS_MAX];
    size_t n = reply_headers(reply, reply->etag, reply->is_gzip ? CODING_GZIP : CODING_PLAIN,
                             headers);
    char disposition[200];
    if (reply->file_name.n) {
        snprintf(disposition, sizeof disposition, "attachment; filename=\"%.*s\"",
                 STR_ARG(reply->file_name));
        headers[n++] = (struct door_header){ S("Content-Disposition"), str_of(disposition) };
    }
    if (reply->fd >= 0) return door_package_file(reply->status, headers, n, reply->fd, reply->size);
    return door_package(reply->status, headers, n, reply->body);
}

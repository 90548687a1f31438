#include "web/door_inside.h"

#include "base/breakage.h"

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* The bytes are shared by the two responses below, either of which may still be travelling. */
struct package_body {
    unsigned references;
    size_t n;
    char bytes[];
};

struct door_package {
    unsigned references;
    int status;
    int fd; /* of a file package, -1 otherwise; owned by `usual` */
    uint64_t size;
    bool is_borrowed; /* the body is another package's too */
    size_t header_bytes;
    struct package_body *body; /* NULL in a file package */
    struct MHD_Response *usual;
    struct MHD_Response *last; /* the same with "Connection: close"; made when first needed */
};

static void body_drop(void *thing)
{
    struct package_body *body = thing;
    if (--body->references > 0) return;
    explicit_bzero(body->bytes, body->n); /* it may have been a page about a person */
    free(body);
}

static struct MHD_Response *response_of_body(struct package_body *body)
{
    struct MHD_Response *r = MHD_create_response_from_buffer_with_free_callback_cls(
        body->n, body->bytes, body_drop, body);
    if (r) body->references++;
    return r;
}

/* The library keeps what it is given as it is, so what could break a header is stopped here. */
static bool add_header(struct MHD_Response *r, const struct door_header *h)
{
    bool is_sound = h->name.n > 0 && !memchr(h->name.p, '\0', h->name.n);
    if (h->value.n &&
        (memchr(h->value.p, '\0', h->value.n) || memchr(h->value.p, '\r', h->value.n) ||
         memchr(h->value.p, '\n', h->value.n)))
        is_sound = false;
    if (!is_sound) return false;

    char *name = strndup(h->name.p, h->name.n);
    char *value = strndup(h->value.n ? h->value.p : "", h->value.n);
    bool is_added = name && value && MHD_add_response_header(r, name, value) == MHD_YES;
    free(name);
    free(value);
    return is_added;
}

/* Takes over both the response and the package; a breakage if either could not be finished. */
static struct door_package *finish(struct door_package *p, const struct door_header *headers,
                                   size_t n)
{
    bool is_whole = p && p->usual;
    for (size_t i = 0; i < n && is_whole; i++) {
        is_whole = add_header(p->usual, &headers[i]);
        p->header_bytes += headers[i].name.n + headers[i].value.n + 64;
    }
    if (!is_whole) {
        if (p && p->usual) MHD_destroy_response(p->usual);
        free(p);
        broken("an answer could not be made: no memory, or a header that cannot be sent");
    }
    return p;
}

static struct door_package *begin(int status)
{
    struct door_package *p = malloc(sizeof *p);
    if (p) *p = (struct door_package){ .references = 1, .status = status, .fd = -1 };
    return p;
}

struct door_package *door_package(int status, const struct door_header *headers, size_t n, str body)
{
    struct door_package *p = begin(status);
    struct package_body *copy = p ? malloc(sizeof *copy + body.n) : NULL;
    if (copy) {
        copy->references = 1;
        copy->n = body.n;
        if (body.n) memcpy(copy->bytes, body.p, body.n);
        p->size = body.n;
        p->body = copy;
        p->usual = response_of_body(copy);
        body_drop(copy); /* from here on it belongs to the responses */
    }
    return finish(p, headers, n);
}

struct door_package *door_package_file(int status, const struct door_header *headers, size_t n,
                                       int fd, uint64_t size)
{
    struct door_package *p = begin(status);
    if (p) {
        p->fd = fd;
        p->size = size;
        p->usual = MHD_create_response_from_fd64(size, fd);
    }
    if (!p || !p->usual) close(fd);
    return finish(p, headers, n);
}

struct door_package *door_package_unchanged(const struct door_package *of,
                                            const struct door_header *headers, size_t n)
{
    assert(of->body); /* files are sent without asking what the client has */
    struct door_package *p = begin(MHD_HTTP_NOT_MODIFIED);
    if (p) {
        p->body = of->body;
        p->size = of->size;
        p->is_borrowed = true;
        p->usual = response_of_body(of->body);
    }
    return finish(p, headers, n);
}

struct door_package *door_keep(struct door_package *p)
{
    p->references++;
    return p;
}

void door_drop(struct door_package *p)
{
    if (!p || --p->references > 0) return;
    MHD_destroy_response(p->usual); /* the library keeps its own count for those still travelling */
    if (p->last) MHD_destroy_response(p->last);
    free(p);
}

size_t door_package_bytes(const struct door_package *p)
{
    bool has_own_body = p->body && !p->is_borrowed;
    return sizeof *p + p->header_bytes + (has_own_body ? sizeof *p->body + (size_t)p->size : 0) +
           512;
}

static enum MHD_Result copy_header(void *to, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    (void)kind;
    return MHD_add_response_header(to, name, value);
}

/* NULL when memory is short; the usual response then serves as well, the connection is cut after it. */
static struct MHD_Response *last_of(struct door_package *p)
{
    if (p->last) return p->last;

    int fd = p->body ? -1 : fcntl(p->fd, F_DUPFD_CLOEXEC, 3);
    if (p->body) p->last = response_of_body(p->body);
    else if (fd >= 0) p->last = MHD_create_response_from_fd64(p->size, fd);
    if (!p->last) {
        if (fd >= 0) close(fd);
        return NULL;
    }
    MHD_get_response_headers(p->usual, copy_header, p->last);
    (void)MHD_add_response_header(p->last, MHD_HTTP_HEADER_CONNECTION, "close");
    return p->last;
}

enum MHD_Result package_send(struct MHD_Connection *c, struct door_package *p, bool is_last)
{
    struct MHD_Response *r = is_last ? last_of(p) : NULL;
    return MHD_queue_response(c, (unsigned)p->status, r ? r : p->usual);
}

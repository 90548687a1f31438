/* What is no page: bytes somebody brought, files that jobs made, and the asking for jobs. */
#include "base/breakage.h"
#include "base/id.h"
#include "web/handed.h"
#include "web/reply.h"

#include <assert.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static str quoted(struct req *rq, str etag)
{
    return ARENA_JOIN(rq->arena, S("\""), etag, S("\""));
}

static struct reply of_bytes(struct req *rq, int status, str etag)
{
    return (struct reply){ .status = status,
                           .keep = rq->place == DESK ? KEEP_NOT : KEEP_ASKED,
                           .fd = -1,
                           .etag = quoted(rq, etag),
                           .policy = S("default-src 'none'; sandbox") };
}

void send_bytes(struct req *rq, const char *type, str etag, str bytes)
{
    *rq->reply = of_bytes(rq, 200, etag);
    rq->reply->type = str_of(type);
    rq->reply->body = bytes;
}

bool send_bytes_known(struct req *rq, str etag)
{
    if (!etag_is_named(rq->raw->if_none_match, quoted(rq, etag))) return false;
    *rq->reply = of_bytes(rq, 304, etag);
    return true;
}

void send_made(struct req *rq, struct made_file file)
{
    *rq->reply = of_bytes(rq, 200, file.etag);
    rq->reply->type = file.type;
    rq->reply->body = file.bytes;
    rq->reply->file_name = file.name;
    rq->reply->shares = SHARES_NOT;
}

void page_is_private(struct req *rq)
{
    rq->reply->keep = KEEP_NOT;
}

void send_shared(struct req *rq, const char *type, str body)
{
    char etag[CONTENT_ID_LENGTH + 1];
    content_id(body, etag);
    if (!send_bytes_known(rq, str_of(etag))) send_bytes(rq, type, str_of(etag), body);
    rq->reply->shares = SHARES_ALL;
}

int open_made(const struct req *rq, str path, uint64_t *size)
{
    int fd = open(arena_z(rq->arena, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat about;
    if (fd < 0) return -1;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(fd);
        return -1;
    }
    *size = (uint64_t)about.st_size;
    return fd;
}

void send_file(struct req *rq, struct sent_file file)
{
    str etag = S("");
    if (file.etag.n)
        etag = arena_format(rq->arena, "\"" STR_FMT "%s\"", STR_ARG(file.etag),
                            file.is_gzip ? "-g" : "");
    *rq->reply = (struct reply){ .status = 200,
                                 .keep = KEEP_PAGE,
                                 .type = str_of(file.type),
                                 .fd = file.fd,
                                 .size = file.size,
                                 .file_name = file.name,
                                 .is_gzip = file.is_gzip,
                                 .etag = etag };
}

bool wants_gzip(const struct req *rq)
{
    str accept =
        rq->raw
            ->accept_encoding; /* files are kept plain and as gzip; who takes brotli takes that too */
    return coding_choose(accept) == CODING_GZIP ||
           (coding_choose(accept) == CODING_BR && str_has(accept, S("gzip")));
}

bool is_unchanged(struct req *rq, str etag, bool is_gzip)
{
    str whole = arena_format(rq->arena, "\"" STR_FMT "%s\"", STR_ARG(etag), is_gzip ? "-g" : "");
    if (!etag_is_named(rq->raw->if_none_match, whole)) return false;
    *rq->reply = (struct reply){ .status = 304, .keep = KEEP_PAGE, .fd = -1, .etag = whole };
    return true;
}

void later(struct req *rq, str job)
{
    *rq->reply = (struct reply){ .job = job, .fd = -1 };
}

void later_aside(struct req *rq, str job)
{
    later(rq, job);
    rq->reply->job_is_aside = true;
}

void later_with(struct req *rq, str job, str bytes)
{
    later(rq, job);
    rq->reply->job_bytes = bytes;
    rq->reply->job_has_bytes = true;
}

void later_aside_with(struct req *rq, str job, str bytes)
{
    later_with(rq, job, bytes);
    rq->reply->job_is_aside = true;
}

void later_apart(struct req *rq, str job, str bytes)
{
    later_with(rq, job, bytes);
    rq->reply->job_is_apart = true;
}

str job_written(const struct req *rq)
{
    str nothing = S("");
    if (!rq->raw->job_result.p || rq->raw->job_result.n == 0) return nothing;
    str written = handed_read(rq->arena, rq->raw->job_file);
    return written.p ? written : nothing;
}

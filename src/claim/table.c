/* Whole tables: made once by a job, then sent as they are for as long as nothing is written. */
#include "claim/pages.h"

static void no_such_table(struct req *rq, str name)
{
    not_found(rq,
              PHRASE("There is no table called {asked}. All tables are listed with the sources."),
              name);
}

/* A whole table as a file: made by a job once per generation, then sent by its descriptor. */
void claim_page_table(struct req *rq)
{
    str file = in_path(rq, "file");
    const struct claim_kind *kind = str_ends(file, S(".csv"))
                                        ? claim_kind_named(str_cut(file, file.n - 4))
                                        : NULL;
    if (!kind) {
        no_such_table(rq, file);
        return;
    }
    db_note_read(rq->db, kind->room);
    uint64_t generation = db_generation(rq->db, db_topic(kind->room));
    str on = claim_until(rq->arena, kind, rq->when, rq->now).on;
    if (on.n == 0) on = S("-");
    str etag = arena_format(rq->arena, "%s-%016llx-" STR_FMT "-%lld", kind->name,
                            (unsigned long long)generation, STR_ARG(on), (long long)rq->when.known);
    if (is_unchanged(rq, etag, wants_gzip(rq))) return;
    if (!rq->raw->job_result.p) {
        later(rq, arena_format(rq->arena, "table %s " STR_FMT " %lld", kind->name, STR_ARG(on),
                               (long long)rq->when.known));
        return;
    }
    uint64_t size = 0;
    bool is_gzip = wants_gzip(rq);
    str made = rq->raw->job_result;
    int fd = made.n ? open_made(rq, is_gzip ? ARENA_JOIN(rq->arena, made, S(".gz")) : made, &size)
                    : -1;
    if (fd < 0) {
        refuse(rq, 503,
               PHRASE("The table could not be made just now. Please try again in a minute."),
               S(""));
        return;
    }
    /* The job read a snapshot of its own: if somebody wrote in between, the file is true but not of this ETag. */
    bool is_ours = str_has(made,
                           arena_format(rq->arena, "-%016llx", (unsigned long long)generation));
    send_file(rq, (struct sent_file){ "text/csv; charset=utf-8", file, is_ours ? etag : S(""), fd,
                                      size, is_gzip });
}

/* web/web.h - a request on its way to a page, and what a page may do with it.
 *
 * A page fills a view and hands it to `page`; the same view becomes HTML under /LANG/... and JSON under
 * /api/v1/.... It runs inside one transaction that web opens, and may run again if someone was quicker.
 * Needs: base, store, claim (for ?on= and &known=), lang.    Never: reach into a room. */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "claim/claim.h"
#include "web/door.h"
#include "web/multipart.h"
#include "web/show.h"
#include "web/who.h"

enum method { GET, POST };

struct step;
struct query;
struct seal_keys;
struct search_index;

/* Where a route lives. */
enum place {
    UNDER_LANG, /* /en/..., and its twin under /api/v1/... */
    DESK,       /* /en/desk/...: for those who run the campaign. No twin, kept by nobody */
    AT_ROOT,    /* exactly as written */
};

struct field_pair {
    str name, value; /* decoded, UTF-8, without control characters */
};

struct req {
    struct arena *arena;
    struct db *db;
    ms now;
    const struct door_request *raw;
    const struct route *route;
    const struct lang *lang;
    struct show show;
    struct claim_when when; /* ?on= and &known= */
    enum place place;
    bool is_api;
    str path; /* decoded, beneath the language: "/countries/MEX" */
    struct field_pair in_path[PATH_PARTS_MAX], in_query[QUERY_FIELDS_MAX];
    int in_path_n, in_query_n;
    struct field_pair *in_form; /* of a POST; values may have line ends */
    int in_form_n;
    struct form_part *in_file; /* of a form with files in it */
    int in_file_n;
    void (*after)(
        struct req
            *rq);   /* run when all is committed and answered; NULL: nothing. It may fail unseen */
    void *after_of; /* what it is about, in the request's arena */
    struct who who; /* at the desk; everywhere else nobody */
    struct waiting *waiting; /* what rooms said waits, while the desk asks them */
    size_t waiting_n;
    bool is_fresh; /* holds a token of a form: made for one reader, kept by nobody */
    str once; /* what makes the deed that a form asks for differ from every other; "" if none does */
    str challenge; /* of a passkey, if the form answered one: it is good once, whatever else stands in the form */
    struct reply *reply;      /* filled by the functions below */
    struct source_memo *memo; /* sources already looked up */
};

typedef void page_fn(struct req *rq);

struct route {
    enum method method;
    enum place place;
    const char *path; /* "/countries/:iso3" */
    enum right right;
    page_fn *page;
    const char *purpose;     /* a sentence, for make house and the API description */
    const struct view *view; /* what the page shows; NULL for things that are not pages */
    /* names of the fields it reads, of its query and of its form, separated by spaces; on and known are always read under
     * a language */
    const char *fields;
};

/* What a route gives that is no page: media types, separated by spaces ("": it leads elsewhere); and an address that
 * is there. For a page with names in its address only the example, beneath the language. For /openapi.json. */
struct gives {
    const char *path, *types, *example;
};

struct room {
    const char *name, *purpose;
    const struct route *routes; /* ended by one without a path; NULL: none */
    const struct route *const
        *more; /* further such lists, where pages stand in several files; NULL-ended */
    const struct gives *gives;             /* ended by one without a path; NULL: only pages */
    const struct claim_kind *const *kinds; /* NULL-ended; NULL: none */
    const struct step *steps;              /* NULL: none */
    struct query *const *queries;          /* NULL: none */
    /* Says what waits for who asks, by their rights, for the desk's first page (desk_waits); NULL: nothing ever does. */
    void (*waiting)(struct req *rq);
    /* Names what there is to find, in a language; NULL: nothing. */
    void (*documents)(struct db *db, const struct lang *l, ms now, struct search_index *into);
    /* Paths of its routes at the desk whose forms have files in them, NULL-ended; NULL: none. Only there, and only for
     * whom the route admits, a body may be larger than BODY_MAX. */
    const char *const *uploads;
};

/* Whether a page is also data. One behind a link that only its reader has (":key") is not: it is named to no program, no
 * search engine and nobody it is passed on to. */
bool route_has_twin(const struct route *r);

/* The i-th route of a room, over all its lists; NULL past the last. */
const struct route *room_route(const struct room *room, size_t i);

/* What the page asks of the reader's head. */
struct head {
    str title, description; /* in the reader's language */
    const char *section;    /* the nav entry that is current: "countries", "law", "tiers", ... */
    const char *
        script; /* an asset the page can do without; it, and workers of it, talk to this site only */
    str linked; /* what the page is about, in schema.org's terms (web/linked.h); empty: no more than a page */
};

/* One value from the path or the query; empty if absent. A name the route does not declare is a bug; on and known need
 * not be declared. */
str in_path(const struct req *rq, const char *name);
str in_query(const struct req *rq, const char *name);
str in_form(const struct req *rq, const char *name);      /* as sent, but with \n for line ends */
str in_form_line(const struct req *rq, const char *name); /* trimmed, one line */
bool in_form_has(const struct req *rq, const char *name); /* a box that was ticked */
/* A file that was chosen; NULL if none was. What its sender says about it is only said. */
const struct form_part *in_form_file(const struct req *rq, const char *name);
/* The values of a name that may come more than once, from *at on; p is NULL after the last. */
str in_form_next(const struct req *rq, const char *name, int *at);

/* The hidden field that every form with method POST needs, ready to stand in it. It ties the form to this session (to
 * nobody, on public pages), ends after a while, and does the same deed once: the second sending of the same form, to the
 * same address and with the same words in it, leads where the first one led. A page that shows it is made anew for each reader. */
html web_token(struct req *rq);

/* Answers. Each is the last thing a page does. */
void page(struct req *rq, struct head head, const struct view *view, const void *filled);
/* A page that stands alone: one answer, nothing fetched, in a frame of its own. Its style and script travel inside it and
 * its policy admits those bytes and no others. Kept here, but by no browser: what was read leaves no copy on a disk. */
struct inside {
    str style, script; /* part of the program; never holds what somebody said */
};
void page_alone(struct req *rq, struct head head, struct inside inside, const struct view *view,
                const void *filled);
void page_is_wrong(
    struct req
        *rq); /* after page: what was sent cannot be taken as it is (422); the page says why */
void page_is_private(
    struct req *rq); /* after page: it holds words of its reader's; kept by nobody, here neither */
void page_is_stale(
    struct req *rq); /* after page: somebody was quicker (409); the page shows both */
/* After page: the reader's browser asks for `address` so many seconds later, where something is being made meanwhile.
 * The page offers a way out of that. */
void page_again(struct req *rq, int seconds, str address);
void page_is_gone(struct req *rq);                   /* after page: what it was about ended (404) */
void go_to(struct req *rq, int status, str address); /* 301, 303 */
/* After a deed at the desk: 303 to a page of it, where `done` is said in words (web/desk.c): "saved", "sent", ... */
#define desk_go(rq, done, ...)                             \
    desk_go_to((rq), (done), (const str[]){ __VA_ARGS__ }, \
               sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))
void desk_go_to(struct req *rq, const char *done, const str *pieces, size_t n);
/* Something waits: so many of a kind, done at an address of the desk. Nothing if n is 0. */
enum waits { WAITS_NOW, WAITS_SOON, WAITS_SOMETIME };
void desk_waits(struct req *rq, enum waits when, struct phrase one, struct phrase many, int64_t n,
                str address);
struct waiting {
    enum waits when;
    struct phrase one, many;
    int64_t n;
    str address;
};
/* Asks every room; most pressing first. Returns how many. */
size_t desk_waiting(struct req *rq, struct waiting **out);
/* The session's cookie: set with the answer; "" ends it. */
void web_cookie(struct req *rq, str value);
str web_cookie_value(const struct req *rq); /* "" if there is none */
void not_found(struct req *rq, struct phrase what,
               str asked); /* says what was not found and what there is */
void refuse(struct req *rq, int status, struct phrase why, str asked);
void send_text(struct req *rq, const char *type, str body); /* something that is no page */
/* the same, kept until what it was read from changes */
void send_kept(struct req *rq, const char *type, str body);
/* After send_text: another status than 200; it differs by what Accept asks for, so nobody mixes the two up; scripts of
 * other sites may read it. */
void send_status(struct req *rq, int status);
void send_by_type(struct req *rq);
void send_for_all(struct req *rq);
str site_origin(const struct req *rq); /* "https://host" */
/* Bytes made for this reader alone: a file to keep, kept here by nobody. */
void send_download(struct req *rq, const char *type, str name, str bytes);
void send_asset(struct req *rq, const char *type, str body); /* never changes under its address */
/* A script that works apart from any page, and may fetch from this site only. */
void send_worker(struct req *rq, str body);
struct sent_file {
    const char *type;
    str name, etag; /* the ETag without its coding's mark; "" for none */
    int fd;         /* taken over */
    uint64_t size;
    bool is_gzip;
};
void send_file(struct req *rq, struct sent_file file);
/* Bytes somebody brought, of a type we made them: kept by nobody for longer than a look at us, run by nobody. The ETag is
 * theirs; send_bytes_known is true after having answered 304, so that they need not be read. */
void send_bytes(struct req *rq, const char *type, str etag, str bytes);
MUST_USE bool send_bytes_known(struct req *rq, str etag);
/* Bytes made for this reader: a file to keep, or a picture of our own pages ("" for the name); other sites cannot show it. */
struct made_file {
    str type, name, etag, bytes;
};
void send_made(struct req *rq, struct made_file file);
/* What other sites may show and fetch as if it were theirs: the heart, and nothing that was said. */
void send_shared(struct req *rq, const char *type, str body);
int open_made(const struct req *rq, str path,
              uint64_t *size); /* a file that a job made; -1: it is not there */
/* true after having answered 304: the reader has it already */
MUST_USE bool is_unchanged(struct req *rq, str etag, bool is_gzip);
bool wants_gzip(const struct req *rq);
void later(struct req *rq, str job); /* runs the page again with raw->job_result */
void later_aside(struct req *rq,
                 str job); /* the same for what can be done without: under load it fails first */
/* The same for a job that takes bytes and writes bytes, each at most JOB_FILE_MAX: in memory, never on a disk. `apart`
 * goes to the process that has nothing open, for bytes of strangers that somebody must look into. */
void later_with(struct req *rq, str job, str bytes);
void later_aside_with(struct req *rq, str job, str bytes); /* both */
void later_apart(struct req *rq, str job, str bytes);
str job_written(
    const struct req *rq); /* on the second run; empty if the job failed or wrote too much */

/* Where a path stands on the site: its group and section, as the foot of every page has them. section has no words if
 * it stands nowhere. is_quiet: people in danger read it; nothing of it is to appear where others see it. */
struct site_place {
    struct phrase group, section;
    str path;                /* of the section */
    bool is_whole, is_quiet; /* is_whole: the section's own page */
};
struct site_place site_place(str path);
str site_desk_origin(
    const struct req *rq); /* the same for the desk, which may have an address of its own */
struct seal_keys *site_keys(const struct req *rq);

/* A row's id as addresses and forms show it; and read again. False if it is none: then there is no such thing. */
str web_id(struct req *rq, id which);
MUST_USE bool in_path_id(const struct req *rq, const char *name, id *which);
MUST_USE bool in_form_id(const struct req *rq, const char *name, id *which);
MUST_USE bool in_query_id(const struct req *rq, const char *name, id *which);
MUST_USE bool web_id_read(const struct req *rq, str shown, id *which); /* one of several */
/* A row's key in a link that a mail brings, as ":key" in an address; "link that confirms" names its purpose. False if it
 * is none, or one for another purpose. */
str web_key(struct req *rq, const char *purpose, id which);
str web_key_of(struct arena *a, struct seal_keys *keys, const char *purpose, id which);
MUST_USE bool web_key_read(struct req *rq, const char *purpose, str key, id *which);
/* The bytes of the form's token, as a challenge nobody else can have: empty if it is older than `most`, or was answered. */
str web_token_bytes(struct req *rq, ms most);
bool site_is_demonstration(const struct req *rq);
str site_files(const struct req *rq); /* the folder of files that jobs make */

/* Paths beneath a language that have no name in them: "/", "/countries". */
struct addresses {
    str *at;
    size_t n;
};
struct addresses site_pages(struct req *rq);

/* Whether some route serves GET at an address that begins with "/": one beneath a language ("/news/x", without the
 * language) or at the root. *is_named: its route has a name in it, and only its room knows which names there are. */
bool site_serves(const struct req *rq, str address, bool *is_named);

/* The address of a page in the reader's language, from pieces: web_beneath(rq, S("/countries/"), iso3). It keeps the
 * day that is shown ("?on=..."), also behind a query of its own; web_beneath_now leads to the page of now. */
#define web_beneath(rq, ...)                                         \
    web_address((rq), (rq)->show.when, (const str[]){ __VA_ARGS__ }, \
                sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))
#define web_beneath_now(rq, ...)                           \
    web_address((rq), S(""), (const str[]){ __VA_ARGS__ }, \
                sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))
str web_address(const struct req *rq, str when, const str *pieces, size_t n);

/* The day a page speaks of: the one asked for, else today. */
str web_day(const struct req *rq);

/* Moments for people: "2026-11-22", which templates write out; and day and time in the reader's language, in UTC. */
str web_day_of(const struct req *rq, ms at);
str web_moment_of(const struct req *rq, ms at);

/* Text in the reader's language. */
str say(struct req *rq, struct phrase p);
str say_with(struct req *rq, struct phrase p, str name, str value); /* one {name} filled in */

#endif

/* web/reply.h - what a page said, before it becomes a package.
 *
 * Needs: web.    Never: included outside src/web. */
#ifndef WEB_REPLY_H
#define WEB_REPLY_H

#include "web/serve.h"

enum reply_keep {
    KEEP_NOT,   /* errors, redirects by header, health */
    KEEP_ASKED, /* not cached here; whoever keeps it asks before each use */
    KEEP_HERE,  /* cached here by topic generation; no browser may keep it */
    KEEP_PAGE,  /* cached here by topic generation; the browser asks again with its ETag */
    KEEP_ASSET, /* never changes under its address */
};

struct reply {
    int status;
    enum reply_keep keep;
    str type, body;
    str location; /* for redirects */
    str job;      /* asked for instead of an answer */
    bool job_is_aside, job_is_apart, job_has_bytes;
    str job_bytes; /* that go with it */
    int fd;        /* a file to send; -1: body */
    uint64_t size;
    str file_name; /* for Content-Disposition */
    str etag;      /* of a file; pages get theirs from their bytes */
    bool is_gzip, varies_by_language, varies_by_type;
    bool is_for_all; /* scripts of other sites may read it */
    topics read;
    const char *allow;                                                    /* for 405 */
    enum reply_shares { SHARES_AS_USUAL, SHARES_NOT, SHARES_ALL } shares; /* with other sites */
    str policy;  /* instead of the content security policy of every other answer */
    str cookie;  /* for Set-Cookie, whole */
    str refresh; /* for Refresh: "4; url=..." */
};

struct cache;
struct cache *cache_open(struct arena *life, size_t bytes, int pages);
struct door_package *cache_find(struct cache *c, const struct door_request *rq, struct db *db);
/* Keeps a rendered page under its address as sent; returns the package for this request. */
struct door_package *cache_keep(struct cache *c, const struct door_request *rq,
                                const struct reply *reply, uint64_t generation);
void cache_empty(struct cache *c);
/* What is kept is true as long as this stays: the data, and the day on which it was made. */
uint64_t cache_age(struct db *db, topics read, ms now);

struct door_package *reply_package(const struct reply *reply, const struct door_request *rq);

/* Encodings, in the order we like them. */
enum coding { CODING_BR, CODING_GZIP, CODING_PLAIN, CODINGS };
enum coding coding_choose(str accept_encoding);
bool etag_is_named(str if_none_match, str etag); /* weak marks are ignored, as RFC 9110 asks */
str coding_apply(struct arena *a, enum coding c, str body);

/* Headers that every answer of ours carries. */
size_t reply_headers(const struct reply *reply, str etag, enum coding c, struct door_header *out);
#define REPLY_HEADERS_MAX 22

/* This page's path under a language, without the host: with its query, without on and known, or without any. */
enum layout_query { QUERY_WHOLE, QUERY_OF_NOW, QUERY_NONE };
str layout_address(struct req *rq, str code, enum layout_query query);
/* What a page's head tells search engines and those who show links; not for errors. */
struct web_layout;
void head_fill(struct req *rq, struct head head, struct web_layout *v);

/* Ready content with what stands around a page of the desk, and the policy such a page has ("": everybody's). */
str desk_around(struct req *rq, struct head head, str content);
str page_policy(struct head head); /* of a page with a script; "" for one without */
html page_script(struct req *rq, struct head head);
/* Ready content with what stands around every page. */
str layout_around(struct req *rq, struct head head, str content, bool has_twin);
str field_find(const struct field_pair *all, int n, const char *name); /* empty if absent */

/* Reading a request. Each says false after having replied with what is wrong. */
MUST_USE bool parse_path(struct req *rq, str raw);
MUST_USE bool parse_query(struct req *rq, str raw);
MUST_USE bool parse_when(struct req *rq);
MUST_USE bool parse_form(struct req *rq);
/* Percent-encoded text decoded; with is_form also "+" and line ends. False if it is malformed or not clean text. */
MUST_USE bool parse_decode(struct arena *a, str raw, bool is_form, str *out);
/* The fields of an urlencoded body; false if it is malformed or has more than max. */
MUST_USE bool form_read(struct arena *a, str body, struct field_pair *out, int max, int *n);

/* The token of a form (web_token). */
enum token_answer { TOKEN_GOOD, TOKEN_OLD, TOKEN_FOREIGN };
str token_make(struct req *rq);
MUST_USE enum token_answer token_check(const struct req *rq, str text, str *once);
MUST_USE bool once_is_done(struct req *rq); /* true after having led where this form already led */
void once_note(struct req *rq);
const struct route *route_find(struct req *rq, const struct room *const *rooms,
                               bool *is_other_method);

#endif

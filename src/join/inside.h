/* join/inside.h - what the room's own files share.
 *
 * Needs: join.    Never: included outside src/join. */
#ifndef JOIN_INSIDE_H
#define JOIN_INSIDE_H

#include "join/join.h"
#include "web/web.h"

/* ---- the room's deeds ---- */

struct sealed join_close_mail(const struct people *p, id row, ms keep_until, str mail);
struct sealed join_close_words(const struct people *p, id row, ms keep_until,
                               const str field[JOIN_FIELDS]);
/* To another state, unless it is no longer as `seen`: then false. */
MUST_USE bool join_to(const struct people *p, const struct join_application *a, ms seen,
                      const char *state, ms keep_until);
void join_say(const struct people *p, const struct join_application *a, const char *sort, str words,
              ms keep_until);
str join_said_words(const struct people *p, const struct join_said_row *row);
void join_note(const struct people *p, int deed, id application, str code, id organisation);
/* Empty or beginning like a formula, or longer than `most`, or with more than one line. */
bool join_is_line(str words, size_t most);
/* The name of a member in tables; for a state the one it has there already. */
str join_entity(const struct people *p, const struct join_application *a, str asked);
/* One row of the table of members; the words behind it. */
struct join_row_said {
    str entity, type, iso3;
    const char *about, *event;
    str day, precision, detail, source, note;
};
MUST_USE enum join_answer join_enter(const struct people *p, const struct join_row_said *row);
void join_hash(const struct people *p, const char *context, str words,
               unsigned char out[SEAL_HASH_BYTES]);
str join_host(struct arena *a,
              str address); /* "https://www.Example.org/x" -> "example.org"; "" if it is none */

/* ---- pages ---- */

struct phrase join_refusal(enum join_answer answer); /* in words; of JOIN_YES there are none */

enum join_key { JOIN_KEY_CONFIRM, JOIN_KEY_FOLLOW };
str join_key(struct req *rq, enum join_key purpose, id which);
MUST_USE bool join_key_read(struct req *rq, enum join_key purpose, str key, id *which);
str join_day(struct req *rq, ms at);

/* Mails say that there is something, and where; never what. */
void join_mail_link(struct req *rq, const struct join_application *a);
void join_mail_news(struct req *rq, const struct join_application *a, const char *kind);
void join_mail_focal(struct req *rq, const struct join_application *a, str link);

/* What was written into a form, and what is wrong with it. */
struct join_wrong {
    const char *field; /* its name in the form */
    struct phrase why;
};
struct join_form {
    struct join_application a;
    bool is_committed, is_adult;
    struct join_wrong wrong[24];
    int wrong_n;
};
void join_form_read(struct req *rq, enum join_kind kind, struct join_form *f);
/* An address of a page as people type it, on one line: https, a host of at least two parts, nothing secret in it. */
MUST_USE bool join_address_ok(struct arena *a, str typed, str *address);
/* Whether a host has letters that may look like others. */
bool join_host_is_odd(str host);

/* Latin beside Cyrillic or Greek: letters that look alike and are not. */
bool join_mixes_scripts(str name);
size_t join_words_named(struct arena *a, const struct word *words, str codes, struct word *out,
                        size_t most);

extern const struct route join_public_routes[], join_applicant_routes[], join_desk_routes[],
    join_one_routes[], join_member_routes[];

#endif

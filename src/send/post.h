/* send/post.h - one connection to a mail server, kept for many mails.
 *
 * libcurl speaks SMTP; what it is told and what it answers passes through here, and no word of it is logged or kept:
 * only at which command the server said which number.
 * Needs: base, libcurl.    Never: an address in a message; a certificate that was not checked. */
#ifndef SEND_POST_H
#define SEND_POST_H

#include "base/arena.h"
#include "send/inside.h"

struct post_setting {
    str url;         /* "smtp://host:587/domain": the domain is what we call ourselves */
    str from;        /* our address */
    str login;       /* a file: two lines, user and password; empty: none */
    str authorities; /* a file of certificates; empty: the system's */
    bool is_loopback, may_be_plain;
    bool has_verp; /* bounces go to from+TOKEN */
};

struct post;

enum post_answer {
    POST_TAKEN,
    POST_NOT_NOW,   /* this mail: come again */
    POST_NO_SUCH,   /* this mail: its address takes none, for good */
    POST_REFUSED,   /* this mail: for good */
    POST_NO_SERVER, /* nothing was said about this mail: the server is away, or does not want us */
};

struct post_result {
    enum post_answer answer;
    enum send_reason reason;
    char words[120]; /* for the log: command and number, no address */
};

/* Broken in words when libcurl is missing or the login cannot be read. */
struct post *post_open(struct arena *life, const struct post_setting *setting);

/* Sends one mail, however long it takes; `wait` is called about once a second meanwhile and must not jump. */
struct post_result post_mail(struct post *p, str to, str token, str mail, void (*wait)(void *self),
                             void *self);

/* Which class of trouble a reply is: 550 and "5.1.1" (may be empty). */
enum send_reason post_reason(int code, str enhanced);

#endif

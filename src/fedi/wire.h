/* fedi/wire.h - requests to other servers, many at once, over libcurl.
 *
 * Each has its time and its bounds: no redirect is followed, no more of an answer is read than was asked for, and a
 * connection is made only to an address of the internet, looked at in the moment in which it is opened, so that a name
 * cannot lead elsewhere between a look and the deed.
 * Needs: base, fedi (addresses), send (libcurl's calls).    Never: a request to this machine's networks, but in a trial; a
 * jump out of libcurl. */
#ifndef FEDI_WIRE_H
#define FEDI_WIRE_H

#include "fedi/signature.h"

struct wires;

struct wire {
    /* asked */
    str url; /* checked by fedi_url_read */
    bool is_post;
    const struct sign_header *header;
    size_t headers_n;
    str body;
    size_t answer_most; /* 0: the answer's body is not read */
    void *self;
    /* answered */
    int status; /* 0: there was no answer */
    str answer;
    /* its own */
    void *easy, *list;
    char *into;
    size_t into_n;
};

/* Broken in words when libcurl is missing. */
struct wires *wires_open(struct arena *life, str agent);
/* Begins one; it must live until it ended. False: it could not. */
MUST_USE bool wire_begin(struct wires *w, struct wire *one, struct arena *a);
/* Waits a while at most; gives one that ended, or NULL. */
struct wire *wires_turn(struct wires *w, int wait_ms);
void wires_drop(struct wires *w, struct wire *one); /* without waiting for its end */

#endif

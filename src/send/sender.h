/* send/sender.h - the process that sends what was queued, and the settings it is started with.
 *
 * It takes a few mails at a time for its node, sends one after the other over one connection, and notes each as soon
 * as the server has it. Between the server's yes and that note lies the only moment in which a killed process sends
 * a mail twice; both copies then carry the same Message-ID and date (docs/decisions/0014).
 * Needs: store, seal, lang, web (process), libcurl.    Never: listen; hold a login in another process. */
#ifndef SEND_SENDER_H
#define SEND_SENDER_H

#include "send/place.h"
#include "send/post.h"
#include "web/process.h"

/* As typed at a terminal. */
struct send_options {
    const char *server, *from, *login, *authorities; /* NULL: not given */
    bool may_be_plain, has_verp;
};

struct send_setting {
    struct post_setting post;
    uint16_t port;
    str db_url;
    int64_t
        node; /* random, of this start of the server: its processes come and go, others keep theirs */
};

/* False: no mail server is wanted. Broken in words when the options do not fit together. Opens nothing but to look at
 * the rights of files. */
bool send_setting_read(struct arena *life, const struct send_options *o, struct send_setting *out);

/* Told by main before the keeper starts; it must live on. */
void sender_place(const struct send_setting *setting);

/* The sender's process. A `run` of process.h. */
void sender_run(struct process *self);

#endif

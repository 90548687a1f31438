/* fedi/fedi.h - following from the fediverse: one actor a language that publishes the news and reads nothing.
 *
 * An actor has a name (@en@host), a page for people (/en/news) and a document for servers (/fedi/en). Whoever follows is
 * known to their own server; here only a keyed hash of their address stays, and, sealed, the inbox to deliver to. What
 * servers send to our inbox is looked at for one thing, whether somebody follows or no longer does, and is never shown.
 * Everything that goes out goes from one process, the deliverer, which alone can open what is sealed: the pages count.
 * Needs: base, lang, store, seal, claim, text, web, people, trail, send (libcurl's calls).    Never: show, store or answer
 * what somebody wrote; say who follows; fetch anything but the document of an actor that asks to follow. */
#ifndef FEDI_FEDI_H
#define FEDI_FEDI_H

#include "web/web.h"

struct fedi_setting {
    bool is_on;
    str origin; /* "https://host": ids of actors begin with it and never change */
    uint16_t
        trial_port; /* not 0: a trial on this machine; other servers are http on loopback, at this port */
    str db_url;
    str keys_folder,
        own_folder; /* of the front: what comes in; of the deliverer alone: everything else */
    int64_t node;
};

/* As typed. False: it is off. Broken in words when what was typed does not fit together. */
bool fedi_setting_read(struct arena *life, bool is_wanted, int64_t trial_port, str origin,
                       bool has_origin, struct fedi_setting *out);
/* Told before the first fork; it must live on. NULL: it is off. */
void fedi_place(const struct fedi_setting *setting);
const struct fedi_setting *fedi_setting(void); /* NULL: it is off */

extern const struct room fedi_room;

#endif

/* send/place.h - where the sender finds things; told once, before the first fork.
 *
 * Needs: base.    Never: included by a room. */
#ifndef SEND_PLACE_H
#define SEND_PLACE_H

#include "base/str.h"

/* Whoever queues or sends mail seals with the keys in this folder; it is made when first needed. */
void send_place(str keys_folder, bool has_server);

#endif

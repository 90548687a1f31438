/* desk/inside.h - what the room's own files share.
 *
 * Needs: web.    Never: included outside src/desk. */
#ifndef DESK_INSIDE_H
#define DESK_INSIDE_H

#include "desk/pages.h"

void desk_mail_waits(struct req *rq);

extern const struct route desk_forms_routes[], desk_mail_routes[], desk_imprint_routes[];

#endif

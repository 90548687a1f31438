/* fedi/deliverer.h - the process that talks to other servers: delivers what is told, and asks who an actor is.
 *
 * It alone has the folder of keys under which the actors' private keys and everybody who follows are sealed. What waits
 * is rows; each is noted when the other side has it, so a killed process loses nothing, and what it sends twice has the
 * same id (docs/decisions/0026).
 * Needs: fedi, store, seal, web (process), send (libcurl's calls).    Never: listen; fetch anything but an actor. */
#ifndef FEDI_DELIVERER_H
#define FEDI_DELIVERER_H

#include "fedi/fedi.h"
#include "web/process.h"

/* A `run` of process.h. */
void deliverer_run(struct process *self);

#endif

/* vault/vault.h - a room behind walls of its own: other process, other data file, other keys, other address.
 *
 * What stands here now is a stand-in that proves the walls; case work moves in later. It keeps one sealed row and
 * answers one plain page. The folder of its data and keys must not lie inside a folder another process may read:
 * Landlock opens whole trees.
 * Needs: store, seal, web (door, process).    Never: included by a room or a process of the front; only main links
 * it, by the table of processes and the list of data homes. */
#ifndef VAULT_VAULT_H
#define VAULT_VAULT_H

#include "seal/keep.h"
#include "web/process.h"

extern const struct step *const vault_rooms[]; /* the schema steps of its data home, NULL-ended */
extern const struct keep *const vault_keeps_all[]; /* what its sweep works from, NULL-ended */

/* Where things are: called by main before the keeper starts. Opens nothing; the words must live on. */
void vault_place(str db_url, str keys_folder);

/* The vault's process: reads its key, opens its data, answers until it is told to end. A `run` of process.h. */
void vault_run(struct process *self);

#endif

/* command/kinds.h - the table of process kinds: what each does, listens on, and may touch.
 *
 * Needs: web (process), send, vault.    Never: included outside src/command. */
#ifndef COMMAND_KINDS_H
#define COMMAND_KINDS_H

#include "command/command.h"
#include "fedi/fedi.h"
#include "send/sender.h"
#include "study/measurer.h"
#include "web/process.h"

/* The vault comes last; the one for pictures, before it, has no data at all; what stands before that shares the front's. */
enum {
    KIND_FRONT,
    KIND_JOB,
    KIND_CARETAKER,
    KIND_DESK,
    KIND_SENDER,
    KIND_MEASURER,
    KIND_DELIVERER,
    KIND_PICTURES,
    KIND_VAULT,
    KINDS
};

/* What every child inherits: made before the first fork, const afterwards. */
struct serving {
    const struct options *o;
    struct site site;
    str keys_folder; /* of what is sealed in the front's data */
    str vault_url, vault_folder, vault_keys;
    str var_folder;
    struct send_setting mail;
    struct measurer_setting measurer;
    struct fedi_setting fedi;
};

/* Fills the paths and the table. What is not to run (the vault without an address, the sender without a server) has a
 * count of 0. */
void kinds_fill(struct arena *life, struct serving *s, const struct options *o,
                struct process_kind kinds[KINDS]);

/* What each kind runs. */
void front_run(struct process *p);
void desk_run(
    struct process *p); /* the front, with a door of its own for those who run the campaign */
void jobs_run(struct process *p);
void caretaker_run(struct process *p);
void pictures_run(struct process *p);

/* Once an hour: notes in the head file how far the trail has come. */
void caretaker_note_trail(struct arena *life, struct db *db, str keys_folder, str folder);

#endif

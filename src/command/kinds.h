/* command/kinds.h - the table of process kinds: what each does, listens on, and may touch.
 *
 * Needs: web (process), send, vault.    Never: included outside src/command. */
#ifndef COMMAND_KINDS_H
#define COMMAND_KINDS_H

#include "command/command.h"
#include "send/sender.h"
#include "web/process.h"

enum { KIND_FRONT, KIND_JOB, KIND_CARETAKER, KIND_SENDER, KIND_VAULT, KINDS };

/* What every child inherits: made before the first fork, const afterwards. */
struct serving {
    const struct options *o;
    struct site site;
    str keys_folder; /* of what is sealed in the front's data */
    str vault_url, vault_folder, vault_keys;
    struct send_setting mail;
};

/* Fills the paths and the table. The vault's count is 0 unless it has an address, the sender's unless it has a server. */
void kinds_fill(struct arena *life, struct serving *s, const struct options *o,
                struct process_kind kinds[KINDS]);

/* What each kind runs. */
void front_run(struct process *p);
void jobs_run(struct process *p);
void caretaker_run(struct process *p);

#endif

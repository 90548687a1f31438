/* command/link.h - what the deeds of `blueheart link` share.
 *
 * Needs: link.    Never: decide what the room decides. */
#ifndef COMMAND_LINK_H
#define COMMAND_LINK_H

#include "base/records.h"
#include "command/choices.h"
#include "link/schema.h"

/* Runs a deed with an arena of its own: whatever breaks, it says so, leaves nothing half-written and ends with 1. */
int link_run(int (*work)(struct arena *a, void *choices), void *choices);

str link_file(struct arena *a, const char *path, size_t most); /* a whole small file */
/* Reads a schema; says what is wrong and gives false. */
MUST_USE bool link_schema_of(struct arena *a, const char *path, struct link_schema *out);
void link_notice(void *context, str notice); /* on standard error; context is not looked at */

/* Progress on a terminal, at most twice a second. */
struct link_progress {
    bool is_shown;
    int64_t said_us;
};
struct link_progress link_progress_open(bool is_quiet);
bool link_progress_due(struct link_progress *p);
void link_progress_end(struct link_progress *p); /* the line is left clean */

int link_encode_deed(int argc, char **argv);
int link_lint_deed(int argc, char **argv);
int link_secret_deed(int argc, char **argv);
int link_schema_deed(int argc, char **argv);
int link_match_deed(int argc, char **argv);
int link_overlap_deed(int argc, char **argv);
int link_evaluate_deed(int argc, char **argv);

#endif

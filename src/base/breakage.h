/* base/breakage.h - the machine failing: one line in the log, then a jump to where work begins anew.
 *
 * No function returns a breakage, so none is ever forgotten. Whoever starts a piece of work (a request, a
 * command, a job) lands here; `broken` and `again` jump to the newest landing. Without a landing `broken`
 * prints its line and ends the process with 1. Never jump out of a library's own callback.
 * Needs: log.    Never: used for an answer of the domain, or for a bug (that is `assert`). */
#ifndef BASE_BREAKAGE_H
#define BASE_BREAKAGE_H

#include "base/str.h"

#include <setjmp.h>

enum jump {
    JUMP_NONE,   /* the work begins */
    JUMP_BROKEN, /* the machine failed; `why` says how, for the log and the command line */
    JUMP_AGAIN,  /* someone was quicker: roll back and run again */
};

struct landing {
    jmp_buf env;
    struct landing *outer;
    char why[400];
};

/* Used as:  struct landing l;  switch (LAND(&l)) { case JUMP_NONE: work(); break; ... }  landing_leave(&l);
 * Locals changed between LAND and the jump must be volatile. */
#define LAND(l) (landing_enter(l), (enum jump)setjmp((l)->env))

void landing_enter(struct landing *l);
/* also after a jump; makes the outer landing the newest again */
void landing_leave(struct landing *l);

_Noreturn void broken(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void again(void);

#endif

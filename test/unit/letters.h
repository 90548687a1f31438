/* test/unit/letters.h - looks into what was queued, for tests. */
#ifndef TEST_UNIT_LETTERS_H
#define TEST_UNIT_LETTERS_H

#include "send/inside.h"

/* The newest of the first twenty waiting mails to an address, inside a transaction; false if there is none. */
bool letter_waiting(struct db *db, struct arena *a, str to, struct letter *out);

#endif

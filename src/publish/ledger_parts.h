/* publish/ledger_parts.h - what the two files of the ledger share.
 *
 * Needs: ledger.    Never: included outside of them. */
#ifndef PUBLISH_LEDGER_PARTS_H
#define PUBLISH_LEDGER_PARTS_H

#include "publish/ledger.h"

/* Seals every entry anew and writes the whole file. */
void ledger_write(struct arena *a, struct ledger *l, struct sink *out);

#endif

/* publish/ledger.h - the privacy budget of one data set: every release is entered before it is made.
 *
 * Each release tells something about everybody in the data; epsilon and delta measure how much, and they add up
 * (basic composition). The ledger says what they may add up to, fixed at its beginning, and refuses a release that
 * would exceed it. A file of JSON lines: first the ledger itself with the number of entries and the seal of the last,
 * then a line a release. Every line ends with a seal, the hash of the line and, for entries, of the seal before; the file
 * must be byte for byte what this program writes, so what a hand changed is seen and refused. (Who can compute hashes can
 * forge one, and an older copy of the file looks whole: keep it where few may write, and compare the seal a table names.)
 * Written whole beside its place, brought to the disk, renamed; FILE.lock is held meanwhile. A program that ends
 * between entering and publishing has spent what it entered.
 * Needs: base, json.    Never: an entry changed or taken back; a release without one. */
#ifndef PUBLISH_LEDGER_H
#define PUBLISH_LEDGER_H

#include "base/records.h"
#include "base/sink.h"

#define LEDGER_SEAL 64 /* hexadecimal digits */

/* Exact sums: epsilon in billionths, delta in 1e-15. */
typedef int64_t nano;
typedef int64_t femto;

struct ledger_entry {
    int64_t number; /* from 1 */
    str at, who, why;
    nano epsilon;
    femto delta;
    str seal;
};

struct ledger {
    str data, by, at; /* what it is about, who made it, when */
    nano epsilon;     /* declared totals */
    femto delta;
    size_t n;
    struct ledger_entry *entry;
    str seal;
    nano epsilon_spent;
    femto delta_spent;
};

enum ledger_answer {
    LEDGER_YES,
    LEDGER_NOT_THERE,
    LEDGER_THERE_ALREADY, /* it is begun once */
    LEDGER_DAMAGED,       /* changed by hand, cut off, or no ledger; nothing was done */
    LEDGER_SPENT,         /* the release would exceed the declared total */
    LEDGER_UNFIT,         /* a name, a reason or a number that cannot be entered */
};

/* Decimal text as whole units; false: not a plain number, negative, too large, or finer than a unit. */
MUST_USE bool ledger_number(str text, int digits, int64_t most, int64_t *out);
#define EPSILON_DIGITS 9
#define DELTA_DIGITS   15
void ledger_put_number(struct sink *out, int64_t units, int digits);

MUST_USE enum ledger_answer ledger_begin(struct arena *a, const char *path, str data, str by,
                                         nano epsilon, femto delta, ms now, str *why);
MUST_USE enum ledger_answer ledger_read(struct arena *a, const char *path, struct ledger *out,
                                        str *why);
MUST_USE enum ledger_answer ledger_parse(struct arena *a, str text, struct ledger *out, str *why);
/* Enters a release; after LEDGER_YES it is on the disk and may be published. `why_for` is what it is for. */
MUST_USE enum ledger_answer ledger_enter(struct arena *a, const char *path, str who, str why_for,
                                         nano epsilon, femto delta, ms now,
                                         struct ledger_entry *out, str *why);

#endif

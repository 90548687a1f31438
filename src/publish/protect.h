/* publish/protect.h - tables of combinations as they may be seen by others, and as files.
 *
 * Protected: every count is rounded down to a multiple of k, and what is below k is left out, the number of records
 * too (the form of Microsoft's Synthetic Data Showcase: "selections<TAB>protected_count", then "record_count", then a
 * line a combination, its attributes sorted and joined by ";"). Lines that begin with "#" are remarks.
 * Needs: count, base.    Never: an exact count, unless the caller names it raw. */
#ifndef PUBLISH_PROTECT_H
#define PUBLISH_PROTECT_H

#include "base/file_out.h"
#include "publish/count.h"

struct aggregates {
    struct attributes attributes;
    struct combos combos;
    uint64_t records;
    size_t length;   /* of the longest combination asked for */
    uint32_t k;      /* rounding; 1: raw counts */
    bool is_private; /* made by differential privacy: counts are not multiples of anything */
};

/* The exact counts of `s`. */
MUST_USE bool aggregates_raw(struct arena *a, const struct sample *s, size_t length,
                             struct aggregates *out, struct complaint *why);
/* Rounded down to multiples of k. At least k records are needed. */
MUST_USE bool aggregates_protected(struct arena *a, const struct sample *s, size_t length,
                                   uint32_t k, struct aggregates *out, struct complaint *why);

/* `remark` is text for "#" lines, one a line, or empty. */
void aggregates_write(struct file_out *to, struct arena *a, const struct aggregates *g, str remark);

/* Reads such a file back. False: *why says what is wrong and where. */
MUST_USE bool aggregates_read(struct arena *a, const char *path, struct aggregates *out,
                              struct complaint *why);
/* The same from text in memory. */
MUST_USE bool aggregates_parse(struct arena *a, str text, struct aggregates *out,
                               struct complaint *why);

#endif

/* publish/map.h - case data in IOM's HTCDS 2.0 fields, written with the columns of CTDC.
 *
 * One row a person. A flag is 1 where a picklist names it, 0 where the picklist was filled in without it, and -99 where it
 * was left empty or HTCDS cannot say it: unknown stays apart from 0. Several values of a picklist stand with ";" between
 * them. Names, addresses and everything else CTDC has no place for are not carried over, and are named in the report.
 * Readings that are ours: threats against family are threats; ForcedBegging is forced labour of type begging; ChildLabour,
 * Servitude, ForcedAdoption and Surrogacy are other exploitation; who is Acquainted may be friend or partner, so both stay
 * unknown; more than one citizenship is 00. Forced criminality is in neither standard: the value ForcedCriminality of
 * vic_TypeOfExploitation becomes isForcedCriminality, the last column, and other exploitation.
 * Needs: base, ICU for codes of countries.    Never: a guess. */
#ifndef PUBLISH_MAP_H
#define PUBLISH_MAP_H

#include "base/file_out.h"
#include "base/records.h"
#include "base/sink.h"

struct map_report {
    uint64_t rows, left_out; /* left out: NotAVictimOfTrafficking */
    uint64_t many_citizenships;
    str not_carried;  /* HTCDS fields of the file that have no place, one a line */
    str not_standard; /* columns of the file that HTCDS does not have, one a line */
};

/* False: *why says what is wrong and where; nothing is to be kept of `to`. */
MUST_USE bool map_htcds(struct arena *a, const char *path, struct file_out *to,
                        struct map_report *report, struct complaint *why);

#endif

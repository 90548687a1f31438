/* publish/publish.h - the door of the room: records of people in, tables and records that betray nobody out.
 *
 *   sample.h    records of people as codes            protect.h    counts rounded down, small ones left out
 *   count.h     how many have which combination    complement.h nothing follows by subtraction
 *   ledger.h    the privacy budget of a data set       release.h    counts with noise
 *   synthesize.h records of nobody                    map.h        HTCDS fields to CTDC columns
 *   schema.h    what may stand in the data, declared   evaluate.h   how good and how safe it is
 *
 * Pure functions on arenas: the command line, a job of the desk and the tests call the same.
 * Needs: base, seal.    Never: a database, a request, or a number of a person that was not asked for. */
#ifndef PUBLISH_PUBLISH_H
#define PUBLISH_PUBLISH_H

#include "publish/complement.h"
#include "publish/evaluate.h"
#include "publish/ledger.h"
#include "publish/map.h"
#include "publish/protect.h"
#include "publish/release.h"
#include "publish/synthesize.h"

#endif

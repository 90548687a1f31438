/* web/coding.h - compressed bytes, for whoever keeps them.
 *
 * Needs: base, zlib.    Never: compress per request what could be kept. */
#ifndef WEB_CODING_H
#define WEB_CODING_H

#include "base/arena.h"

str coding_gzip(struct arena *a, str body);

#endif

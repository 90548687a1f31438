/* kit/zip.h - a ZIP written from its first byte to its last, each entry whole and as it is.
 *
 * What goes in is pictures and PDF, which are small already, and short texts: nothing is packed tighter. Entries have no
 * moment of their own, so equal entries in equal order are equal bytes. Kept in memory: the list of names.
 * Needs: base, zlib for the checksum.    Never: read a ZIP; more than 4 GB. */
#ifndef KIT_ZIP_H
#define KIT_ZIP_H

#include "base/arena.h"
#include "base/sink.h"

struct zip {
    int fd;
    struct sink directory;
    uint64_t at; /* bytes written */
    unsigned n;
    bool is_bad; /* something could not be written */
};
void zip_open(struct zip *z, struct arena *a, int fd);
void zip_add(struct zip *z, str name, str bytes); /* a name in ASCII */
MUST_USE bool zip_close(struct zip *z);           /* writes the list; the descriptor stays open */

#endif

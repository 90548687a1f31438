/* publish/map_parts.h - the tables of map_tables.c.
 *
 * Needs: nothing.    Never: included outside of map.c. */
#ifndef PUBLISH_MAP_PARTS_H
#define PUBLISH_MAP_PARTS_H

#include "base/str.h"

struct ctdc_column {
    const char *name, *unknown; /* what stands where nothing is known: unknown is not 0 */
};
struct map_rule {
    const char *field, *value;
    const char *columns[2];
};

extern const char *const htcds_fields[]; /* ends with NULL, as the others */
extern const struct ctdc_column ctdc_columns[];
extern const struct map_rule map_rules[], map_noughts[];

#endif

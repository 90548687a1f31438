/* store/schema.h - the shape of the data and moving it forward.
 *
 * Needs: db, query.    Never: a step backwards. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/query.h"

enum schema_age {
    SCHEMA_EMPTY,
    SCHEMA_OLDER, /* steps are missing: `migrate` */
    SCHEMA_RIGHT,
    SCHEMA_NEWER,   /* made by a newer program */
    SCHEMA_FOREIGN, /* has tables, but not ours */
};

/* `steps` lists every room's steps in the order they are applied, ended by an empty one. */
MUST_USE enum schema_age schema_age(struct db *db, const struct step *const *rooms);
int schema_forward(struct db *db, const struct step *const *rooms,
                   ms now); /* how many steps were applied */

#endif

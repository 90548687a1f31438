/* The room's pages, each in the file it is named after. */
#include "study/pages.h"

#include "study/inside.h"

static const struct route *const more[] = { study_new_routes,     study_edition_routes,
                                            study_publish_routes, study_one_routes,
                                            study_public_routes,  NULL };

static const struct gives gives[] = {
    { "/data/numbers/estimates.csv", "text/csv", NULL },
    { 0 },
};

static const char *const uploads[] = { "/desk/studies/new", NULL };

const struct room study_room = {
    .name = "study",
    .purpose =
        "how many were never seen: lists of agencies, what the methods say, what is published",
    .routes = study_list_routes,
    .more = more,
    .gives = gives,
    .waiting = study_waiting,
    .documents = study_documents,
    .uploads = uploads,
};

#include "study/pages.h"

const struct room study_room = {
    .name = "study",
    .purpose =
        "how many were never seen: lists of agencies, what the methods say, what is published",
};

/* Members has no pages yet: its statements are shown in the country profiles. */
#include "members/pages.h"

static const struct claim_kind *const kinds[] = { &members_events_kind, NULL };

const struct room members_room = {
    .name = "members",
    .purpose = "who takes part in the campaign",
    .kinds = kinds,
};

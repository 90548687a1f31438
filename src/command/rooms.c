/* The list of rooms: whoever adds one adds it here. */
#include "ask/pages.h"
#include "calendar/pages.h"
#include "campaign/pages.h"
#include "claim/claim.sql.h"
#include "claim/pages.h"
#include "command/command.h"
#include "course/course.sql.h"
#include "course/pages.h"
#include "desk/pages.h"
#include "edit/edit.sql.h"
#include "edit/pages.h"
#include "facts/facts.sql.h"
#include "facts/pages.h"
#include "follow/follow.sql.h"
#include "follow/pages.h"
#include "fedi/fedi.h"
#include "fedi/fedi.sql.h"
#include "fund/pages.h"
#include "help/pages.h"
#include "join/pages.h"
#include "kit/kit.h"
#include "law/pages.h"
#include "learn/pages.h"
#include "measure/pages.h"
#include "media/pages.h"
#include "members/pages.h"
#include "missing/pages.h"
#include "operator/operator.sql.h"
#include "people/pages.h"
#include "people/people.sql.h"
#include "pledge/pages.h"
#include "pledge/pledge.sql.h"
#include "search/search.sql.h"
#include "send/send.sql.h"
#include "store/store.sql.h"
#include "study/pages.h"
#include "study/study.sql.h"
#include "tiers/pages.h"
#include "text/text.h"
#include "trail/trail.sql.h"
#include "wear/pages.h"
#include "web/machine.h"
#include "web/web.sql.h"
#include "who/pages.h"

#include <assert.h>

const char program_version[] = "0.1";

/* Sources and countries come first: every other kind leans on them. */
/* clang-format off */
const struct room *const rooms[] = {
    &claim_room,
    &law_room,
    &text_room,
    &tiers_room,
    &members_room,
    &join_room,
    &pledge_room,
    &follow_room,
    &ask_room,
    &study_room,
    &measure_room,
    &who_room,
    &fund_room,
    &calendar_room,
    &wear_room,
    &kit_room,
    &help_room,
    &missing_room,
    &learn_room,
    &course_room,
    &media_room,
    &campaign_room,
    &fedi_room,
    &facts_room,
    &people_room,
    &edit_room,
    &desk_room,
    &web_room,
    NULL,
};
/* clang-format on */

/* clang-format off */
const struct step *const room_steps[] = {
    store_steps,
    claim_steps,
    search_steps,
    operator_steps,
    web_steps,
    trail_steps,
    send_steps,
    people_steps,
    facts_steps,
    media_steps,
    edit_steps,
    join_steps,
    pledge_steps,
    follow_steps,
    ask_steps,
    study_steps,
    fedi_steps,
    course_steps,
    kit_steps,
    NULL,
};
/* clang-format on */

/* clang-format off */
const struct keep *const room_keeps[] = {
    claim_keeps,
    search_keeps,
    send_keeps,
    store_keeps,
    operator_keeps,
    web_keeps,
    trail_keeps,
    people_keeps,
    facts_keeps,
    media_keeps,
    edit_keeps,
    join_keeps,
    pledge_keeps,
    follow_keeps,
    ask_keeps,
    study_keeps,
    fedi_keeps,
    course_keeps,
    kit_keeps,
    NULL,
};
/* clang-format on */

void command_start(void)
{
    text_figures_are(media_figure);
    calendar_kits_are(kit_for_day);
    static const struct claim_kind *all[64];
    size_t n = 0;
    for (const struct room *const *r = rooms; *r; r++) {
        for (const struct claim_kind *const *k = (*r)->kinds; k && *k; k++) {
            assert(n + 1 < COUNT_OF(all));
            all[n++] = *k;
        }
    }
    claim_kinds_are(all);
}

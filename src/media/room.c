#include "media/desk.h"

static const struct gives gives[] = {
    { "/pictures/:name/:file", "image/webp image/jpeg image/png", NULL },
    { 0 },
};

static const char *const uploads[] = { "/desk/pictures", NULL };

#define ENDING_SOON_MS (30 * DAY_MS)

static void waiting(struct req *rq)
{
    struct media_count drafts = { 0 };
    struct media_same *ending;
    str all = web_beneath_now(rq, S("/desk/pictures?state=draft"));
    if (who_may(&rq->who, MAY_SHOW_PICTURE)) {
        media_drafts_count(rq->db, &drafts);
        desk_waits(rq, WAITS_SOMETIME, PHRASES("{n} picture is a draft", "{n} pictures are drafts"),
                   drafts.n, all);
    }
    if (!who_may(&rq->who, MAY_PICTURE)) return;
    size_t n = media_items_ending(rq->db, media_today(rq->arena, rq->now),
                                  media_today(rq->arena, rq->now + ENDING_SOON_MS), &ending);
    desk_waits(
        rq, WAITS_SOON,
        PHRASES("{n} picture will not be shown any more in a month, unless somebody agrees anew",
                "{n} pictures will not be shown any more in a month, unless somebody agrees anew"),
        (int64_t)n, web_beneath_now(rq, S("/desk/pictures?state=published")));
}

static const struct route *const more[] = { media_list_routes, media_one_routes, NULL };

const struct room media_room = {
    .name = "media",
    .purpose = "pictures and films, and whether those in them agreed to be shown",
    .routes = media_public_routes,
    .more = more,
    .gives = gives,
    .steps = media_steps,
    .queries = media_queries,
    .waiting = waiting,
    .uploads = uploads,
};

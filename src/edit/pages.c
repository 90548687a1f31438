/* The room, its routes together, and what of its work waits for somebody. */
#include "edit/pages.h"

#include "edit/inside.h"
#include "web/asset.h"

#include <assert.h>

ASSET_CARRY(asset_edit, "src/edit/edit.js");

void edit_open(struct arena *life)
{
    asset_add(life, "edit.js", "text/javascript; charset=utf-8", ASSET_STR(asset_edit));
}

enum { WAITS_REVIEW, WAITS_TAKE, WAITS_BACK, WAITS_BEHIND, WAITS_DRAFT, WAITS_KINDS };

static bool is_state(const struct edit_piece *p, const char *state)
{
    return str_eq(p->version.state, str_of(state));
}

static void count(const struct edit *e, const struct edit_piece *p,
                  const struct edit_piece *original, int64_t *n)
{
    bool is_mine = p->version.author == e->who->person, may_publish = edit_may_publish(e, p);
    bool is_ours = !p->version.take_by || p->version.take_by != e->who->person;
    n[WAITS_REVIEW] += is_state(p, "asked") && may_publish && edit_is_second(e, p);
    n[WAITS_TAKE] += p->version.take_by && is_ours && may_publish;
    n[WAITS_BACK] += is_state(p, "back") && is_mine;
    n[WAITS_BEHIND] += edit_is_behind(p, original) && edit_may_write(e, p);
    n[WAITS_DRAFT] += is_state(p, "draft") && is_mine;
}

static void waiting(struct req *rq)
{
    struct edit_piece *all;
    struct edit e = edit_of(rq);
    int64_t n[WAITS_KINDS] = { 0 };
    if (!who_may_somewhere(&rq->who, MAY_TRANSLATE)) return;
    size_t count_all = edit_all(&e, &all);
    const struct edit_piece *original = all;
    for (size_t i = 0; i < count_all; i++) {
        if (!str_eq(original->text.slug, all[i].text.slug)) original = &all[i];
        count(&e, &all[i], original, n);
    }
    desk_waits(rq, WAITS_NOW,
               PHRASES("{n} text to be taken back waits for a second person",
                       "{n} texts to be taken back wait for a second person"),
               n[WAITS_TAKE], web_beneath_now(rq, S("/desk/texts?state=take")));
    desk_waits(rq, WAITS_SOON,
               PHRASES("{n} text waits for your review", "{n} texts wait for your review"),
               n[WAITS_REVIEW], web_beneath_now(rq, S("/desk/texts?state=asked")));
    desk_waits(rq, WAITS_SOON,
               PHRASES("{n} text was given back to you with a remark",
                       "{n} texts were given back to you with a remark"),
               n[WAITS_BACK], web_beneath_now(rq, S("/desk/texts?state=back")));
    desk_waits(rq, WAITS_SOMETIME,
               PHRASES("{n} translation is behind its original",
                       "{n} translations are behind their originals"),
               n[WAITS_BEHIND], web_beneath_now(rq, S("/desk/texts?state=behind")));
    desk_waits(rq, WAITS_SOMETIME, PHRASES("{n} draft of yours", "{n} drafts of yours"),
               n[WAITS_DRAFT], web_beneath_now(rq, S("/desk/texts?state=mine")));
}

static const struct route *const parts[] = { edit_list_routes, edit_editor_routes,
                                             edit_conflict_routes, edit_review_routes,
                                             edit_history_routes };
static struct route all_routes[40];

/* One list of the files' lists; made before anything else runs. */
__attribute__((constructor)) static void join_routes(void)
{
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        for (const struct route *r = parts[i]; r->path; r++) {
            assert(n + 1 < COUNT_OF(all_routes));
            all_routes[n++] = *r;
        }
}

const struct room edit_room = {
    .name = "edit",
    .purpose = "texts from a first draft to their publication, and back",
    .routes = all_routes,
    .steps = edit_steps,
    .queries = edit_queries,
    .waiting = waiting,
};

/* Which kits there are: a text of kind "kit", with its day and pictures beside it. */
#include "kit/kit.h"

#include "base/day.h"
#include "base/limits.h"

#include <stdlib.h>

static bool has_word(const struct word *words, str code)
{
    for (; words->code.n; words++)
        if (str_eq(words->code, code)) return true;
    return false;
}

size_t kit_pictures_read(struct arena *a, str cell, struct kit_picture **out)
{
    struct kit_picture *all = arena_new(a, struct kit_picture, KIT_PICTURES_MAX);
    size_t n = 0;
    while (cell.p && cell.n && n < KIT_PICTURES_MAX) {
        str one = str_split(&cell, ' ');
        struct kit_picture p = { .kind = str_split(&one, ':') };
        p.design = one.p ? str_split(&one, ':') : S("");
        p.phrase = one.p ? one : S("");
        if (wear_kind_named(p.kind) && has_word(wear_designs, p.design) &&
            has_word(wear_phrases, p.phrase))
            all[n++] = p;
    }
    *out = all;
    return n;
}

bool kit_next(struct arena *a, str rule, str today, str *first, str *last)
{
    if (!day_is_full(rule)) return calendar_next(a, rule, today, first, last);
    *first = *last = rule;
    return true;
}

bool kit_is_month(const struct kit *k)
{
    return k->first.n > 0 && !str_eq(k->first, k->last);
}

bool kit_claim(struct req *rq, str slug, struct claim *out)
{
    struct claim *rows;
    size_t n = claim_read(rq->db, &kit_kind, slug, rq->when, &rows);
    for (size_t i = 0; i < n; i++) {
        bool is_better = i == 0 || rows[i].is_by_editor >= out->is_by_editor;
        if (is_better) *out = rows[i];
    }
    return n > 0;
}

static void fill_day(struct req *rq, const struct calendar_day *days, size_t n, struct kit *k)
{
    k->day.slug = S("");
    for (size_t i = 0; i < n; i++)
        if (str_eq(days[i].slug, k->observance)) k->day = days[i];
    if (k->day.slug.n) {
        k->first = k->day.first;
        k->last = k->day.last;
    } else if (!kit_next(rq->arena, k->rule, web_day(rq), &k->first, &k->last)) {
        k->first = k->last = S("");
    }
}

static struct kit kit_of(struct req *rq, const struct text *t, const struct calendar_day *days,
                         size_t n)
{
    struct claim c;
    struct kit k = { .slug = t->slug,
                     .text = *t,
                     .member = t->theme,
                     .observance = S(""),
                     .rule = S(""),
                     .texts = S("") };
    if (kit_claim(rq, t->slug, &c)) {
        k.observance = claim_cell(&c, "observance");
        k.rule = claim_cell(&c, "rule");
        k.texts = claim_cell(&c, "texts");
        k.pictures_n = kit_pictures_read(rq->arena, claim_cell(&c, "pictures"), &k.pictures);
    }
    fill_day(rq, days, n, &k);
    return k;
}

/* What is over comes after what comes, and what has no day last. */
static int by_next(const void *x, const void *y)
{
    const struct kit *a = x, *b = y;
    if ((a->first.n == 0) != (b->first.n == 0)) return a->first.n == 0 ? 1 : -1;
    int order = str_cmp(a->first, b->first);
    return order ? order : str_cmp(a->slug, b->slug);
}

size_t kit_all(struct req *rq, const struct lang *l, struct kit **out)
{
    struct text *texts;
    struct calendar_day *days;
    str today = web_day(rq);
    size_t days_n = calendar_all(rq->db, today, rq->when, &days);
    size_t n = text_list(rq->db, l, "kit", rq->when, rq->now, &texts), past = 0;
    struct kit *all = arena_new(rq->arena, struct kit, n + 1);
    struct kit *over = arena_new(rq->arena, struct kit, n + 1);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct kit k = kit_of(rq, &texts[i], days, days_n);
        if (k.last.n && str_cmp(k.last, today) < 0) over[past++] = k;
        else all[kept++] = k;
    }
    qsort(all, kept, sizeof *all, by_next);
    qsort(over, past, sizeof *over, by_next);
    for (size_t i = 0; i < past; i++) all[kept + i] = over[i];
    *out = all;
    return n;
}

bool kit_get(struct req *rq, const struct lang *l, str slug, struct kit *out)
{
    struct text t;
    struct calendar_day *days;
    if (!text_get(rq->db, l, slug, rq->when, rq->now, &t) || !str_eq(t.kind, S("kit")))
        return false;
    size_t n = calendar_all(rq->db, web_day(rq), rq->when, &days);
    *out = kit_of(rq, &t, days, n);
    return true;
}

str kit_for_day(struct req *rq, str observance)
{
    struct kit *all;
    size_t n = kit_all(rq, rq->lang, &all);
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].observance, observance)) return web_beneath(rq, S("/kits/"), all[i].slug);
    return S("");
}

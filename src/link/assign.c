#include "link/assign.h"

void link_groups_open(struct arena *a, const struct link_lists *l, struct link_groups *g)
{
    size_t n = l->first[l->n];
    *g = (struct link_groups){ .records = n };
    g->head = arena_new(a, uint32_t, n);
    g->next = arena_new(a, uint32_t, n);
    g->by = arena_new(a, uint32_t, n);
    g->tail = arena_new(a, uint32_t, n);
    g->size = arena_new(a, uint32_t, n);
    g->lists = arena_new(a, uint16_t, n);
    for (size_t f = 0; f < l->n; f++)
        for (uint32_t r = l->first[f]; r < l->first[f + 1]; r++) {
            g->head[r] = g->tail[r] = r;
            g->next[r] = LINK_NONE;
            g->size[r] = 1;
            g->lists[r] = (uint16_t)(1u << f);
        }
}

/* The smaller chain is hung behind the larger, so that nobody's head changes often. */
void link_groups_join(struct link_groups *g, const struct link_pairs *pairs, size_t pair)
{
    uint32_t one = g->head[pairs->pair[pair].x], other = g->head[pairs->pair[pair].y];
    bool is_first_smaller = g->size[one] < g->size[other];
    uint32_t stays = is_first_smaller ? other : one, goes = is_first_smaller ? one : other;
    g->groups += g->size[stays] == 1;
    g->groups -= g->size[goes] > 1;
    g->links++;
    g->by[goes] = (uint32_t)pair + 1;
    g->next[g->tail[stays]] = goes;
    g->tail[stays] = g->tail[goes];
    g->size[stays] += g->size[goes];
    g->lists[stays] |= g->lists[goes];
    for (uint32_t r = goes; r != LINK_NONE; r = g->next[r]) g->head[r] = stays;
}

/* The pairs seen so far, for the question whether all records of two groups resemble each other. */
struct seen {
    uint64_t *slot; /* x and y + 1; 0: empty */
    size_t mask;
};

static struct seen seen_open(struct arena *a, size_t n)
{
    size_t room = 16;
    while (room < 2 * n) room *= 2;
    return (struct seen){ arena_new(a, uint64_t, room), room - 1 };
}

static uint64_t *seen_slot(const struct seen *s, uint32_t x, uint32_t y)
{
    uint64_t key = (uint64_t)(x < y ? x : y) << 32 | (x < y ? y : x);
    size_t i = (size_t)(key * 0x9e3779b97f4a7c15u >> 20) & s->mask;
    while (s->slot[i] && s->slot[i] != key) i = (i + 1) & s->mask;
    return &s->slot[i];
}

static bool all_seen(const struct link_groups *g, const struct seen *s, uint32_t one,
                     uint32_t other)
{
    for (uint32_t x = one; x != LINK_NONE; x = g->next[x])
        for (uint32_t y = other; y != LINK_NONE; y = g->next[y])
            if (!*seen_slot(s, x, y)) return false;
    return true;
}

void link_assign_greedy(struct arena *a, const struct link_lists *l, const struct link_pairs *pairs,
                        struct link_groups *g)
{
    link_groups_open(a, l, g);
    struct seen seen = { 0 };
    if (l->n > 2) seen = seen_open(a, pairs->n);
    for (size_t i = 0; i < pairs->n; i++) {
        const struct link_pair *p = &pairs->pair[i];
        if (l->n > 2) *seen_slot(&seen, p->x, p->y) = (uint64_t)p->x << 32 | p->y;
        uint32_t one = g->head[p->x], other = g->head[p->y];
        if (one == other) continue;
        bool may = l->n == 1 ? g->size[one] == 1 && g->size[other] == 1
                             : (g->lists[one] & g->lists[other]) == 0;
        bool is_pair = g->size[one] == 1 && g->size[other] == 1;
        if (may && (is_pair || all_seen(g, &seen, one, other))) link_groups_join(g, pairs, i);
    }
}

void link_assign_components(struct arena *a, const struct link_lists *l,
                            const struct link_pairs *pairs, struct link_groups *g)
{
    link_groups_open(a, l, g);
    for (size_t i = 0; i < pairs->n; i++)
        if (g->head[pairs->pair[i].x] != g->head[pairs->pair[i].y]) link_groups_join(g, pairs, i);
}

uint64_t link_groups_total(const struct link_groups *g, const struct link_pairs *pairs)
{
    uint64_t total = 0;
    for (size_t r = 0; r < g->records; r++)
        if (g->by[r]) total += pairs->pair[g->by[r] - 1].score;
    return total;
}

size_t link_groups_differ(const struct link_groups *one, const struct link_groups *other)
{
    size_t n = 0;
    for (uint32_t r = 0; r < one->records; r++) {
        uint32_t s = one->next[r];
        n += s != LINK_NONE && other->head[r] != other->head[s];
    }
    return n;
}

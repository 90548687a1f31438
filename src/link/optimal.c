/* The best assignment of two lists: successive shortest paths with potentials over the pairs there are (Jonker &
 * Volgenant 1987; Edmonds & Karp 1972), all in whole numbers. Each record of the first list is brought in once; whoever
 * would lower the sum stays alone. Only what hangs together with a record is ever looked at. */
#include "link/assign.h"

#include "base/limits.h"

#define FAR INT64_MAX

struct edge {
    int64_t cost; /* the highest score there is less the pair's own: 0 is best */
    uint32_t to, pair;
};

struct place {
    int64_t distance;
    uint32_t column;
};

struct best {
    struct edge *edge;
    size_t *begin; /* of each row's edges; one more at the end */
    size_t rows, columns;
    int64_t alone;               /* the cost of having nobody */
    int64_t *of_row, *of_column; /* potentials */
    uint32_t *row_has, *column_has,
        *row_by; /* who belongs to whom; LINK_NONE: nobody; by which edge's pair */
    int64_t *distance;
    uint32_t *via, *via_pair, *seen, *done; /* seen, done: in which search */
    uint32_t search;
    struct place *heap;
    size_t heap_n;
    uint32_t *reached; /* columns done in this search */
    size_t reached_n;
    uint64_t work;
};

static bool comes_before(struct place a, struct place b)
{
    return a.distance < b.distance || (a.distance == b.distance && a.column < b.column);
}

static void heap_put(struct best *b, struct place p)
{
    size_t i = b->heap_n++;
    while (i > 0 && comes_before(p, b->heap[(i - 1) / 2])) {
        b->heap[i] = b->heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    b->heap[i] = p;
}

static struct place heap_take(struct best *b)
{
    struct place top = b->heap[0], last = b->heap[--b->heap_n];
    size_t i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= b->heap_n) break;
        if (child + 1 < b->heap_n && comes_before(b->heap[child + 1], b->heap[child])) child++;
        if (!comes_before(b->heap[child], last)) break;
        b->heap[i] = b->heap[child];
        i = child;
    }
    b->heap[i] = last;
    return top;
}

static void look_from(struct best *b, uint32_t row, int64_t distance)
{
    for (size_t e = b->begin[row]; e < b->begin[row + 1]; e++) {
        const struct edge *edge = &b->edge[e];
        uint32_t to = edge->to;
        b->work++;
        if (b->done[to] == b->search) continue;
        int64_t far = distance + edge->cost - b->of_row[row] - b->of_column[to];
        if (b->seen[to] == b->search && far >= b->distance[to]) continue;
        b->seen[to] = b->search;
        b->distance[to] = far;
        b->via[to] = row;
        b->via_pair[to] = edge->pair;
        heap_put(b, (struct place){ far, to });
    }
}

/* The nearest column that is not done yet; false: there is none. */
static bool nearest(struct best *b, struct place *out)
{
    while (b->heap_n) {
        *out = heap_take(b);
        if (b->done[out->column] != b->search && out->distance == b->distance[out->column])
            return true;
    }
    return false;
}

/* Gives column `to` to the row it was reached from, that row's former one to the row before, and so on. */
static void pass_along(struct best *b, uint32_t first, uint32_t to)
{
    while (to != LINK_NONE) {
        uint32_t row = b->via[to], former = b->row_has[row];
        b->row_has[row] = to;
        b->column_has[to] = row;
        b->row_by[row] = b->via_pair[to];
        if (row == first) return;
        to = former;
    }
}

static void bring_in(struct best *b, uint32_t first)
{
    uint32_t row = first, ends_alone = first, free_column = LINK_NONE;
    int64_t distance = 0, best_alone = FAR;
    b->search++;
    b->heap_n = b->reached_n = 0;
    for (;;) {
        int64_t alone = distance + b->alone - b->of_row[row];
        if (alone < best_alone) {
            best_alone = alone;
            ends_alone = row;
        }
        look_from(b, row, distance);
        struct place next;
        if (!nearest(b, &next) || next.distance >= best_alone) {
            distance = best_alone;
            break;
        }
        distance = next.distance;
        b->done[next.column] = b->search;
        b->reached[b->reached_n++] = next.column;
        row = b->column_has[next.column];
        if (row == LINK_NONE) {
            free_column = next.column;
            break;
        }
    }
    b->of_row[first] += distance;
    for (size_t i = 0; i < b->reached_n; i++) {
        uint32_t column = b->reached[i], owner = b->column_has[column];
        int64_t less = distance - b->distance[column];
        b->of_column[column] -= less;
        if (owner != LINK_NONE) b->of_row[owner] += less;
    }
    if (free_column != LINK_NONE) {
        pass_along(b, first, free_column);
        return;
    }
    uint32_t left = b->row_has[ends_alone];
    b->row_has[ends_alone] = LINK_NONE;
    if (ends_alone != first) pass_along(b, first, left);
}

static void take_edges(struct arena *a, const struct link_lists *l, const struct link_pairs *pairs,
                       struct best *b)
{
    b->rows = l->first[1];
    b->columns = l->first[2] - l->first[1];
    b->alone = pairs->n ? (int64_t)pairs->pair[0].score : 0;
    b->edge = arena_new(a, struct edge, pairs->n + 1);
    b->begin = arena_new(a, size_t, b->rows + 2);
    for (size_t i = 0; i < pairs->n; i++) b->begin[pairs->pair[i].x + 1]++;
    for (size_t r = 0; r < b->rows; r++) b->begin[r + 1] += b->begin[r];
    size_t *at = arena_new(a, size_t, b->rows + 1);
    memcpy(at, b->begin, b->rows * sizeof *at);
    for (size_t i = 0; i < pairs->n; i++) {
        const struct link_pair *p = &pairs->pair[i];
        b->edge[at[p->x]++] = (struct edge){ b->alone - (int64_t)p->score, p->y - l->first[1],
                                             (uint32_t)i };
    }
}

bool link_assign_optimal(struct arena *a, const struct link_lists *l,
                         const struct link_pairs *pairs, struct link_groups *out)
{
    link_groups_open(a, l, out);
    if (l->n != 2) return false;
    struct best *b = arena_new(a, struct best, 1);
    take_edges(a, l, pairs, b);
    b->of_row = arena_new(a, int64_t, b->rows + 1);
    b->of_column = arena_new(a, int64_t, b->columns + 1);
    b->row_has = arena_new(a, uint32_t, b->rows + 1);
    b->row_by = arena_new(a, uint32_t, b->rows + 1);
    b->column_has = arena_new(a, uint32_t, b->columns + 1);
    b->distance = arena_new(a, int64_t, b->columns + 1);
    b->via = arena_new(a, uint32_t, b->columns + 1);
    b->via_pair = arena_new(a, uint32_t, b->columns + 1);
    b->seen = arena_new(a, uint32_t, b->columns + 1);
    b->done = arena_new(a, uint32_t, b->columns + 1);
    b->reached = arena_new(a, uint32_t, b->columns + 1);
    b->heap = arena_new(a, struct place, pairs->n + 1);
    memset(b->row_has, 0xff, b->rows * sizeof *b->row_has);
    memset(b->column_has, 0xff, b->columns * sizeof *b->column_has);
    for (uint32_t row = 0; row < b->rows; row++) {
        if (b->begin[row] == b->begin[row + 1]) continue;
        bring_in(b, row);
        if (b->work > LINK_OPTIMAL_WORK_MAX) return false;
    }
    for (uint32_t row = 0; row < b->rows; row++)
        if (b->row_has[row] != LINK_NONE) link_groups_join(out, pairs, b->row_by[row]);
    return true;
}

/* An order of the lists that follows from the table alone, so that numbers drawn at random do not depend on the order of
 * its columns. */
#include "estimate/table.h"

struct search {
    const struct mse_table *t;
    double size[LISTS_MAX], best[CELLS_MAX];
    int order[LISTS_MAX], best_order[LISTS_MAX];
    bool is_taken[LISTS_MAX], has_best;
};

unsigned mse_history_ordered(const int *order, int lists, unsigned history)
{
    unsigned to = 0;
    for (int j = 0; j < lists; j++) to |= (history >> order[j] & 1) << j;
    return to;
}

static void weigh(struct search *s)
{
    double count[CELLS_MAX] = { 0 };
    int cells = 1 << s->t->lists, at = 1;
    for (int w = 1; w < cells; w++)
        count[mse_history_ordered(s->order, s->t->lists, (unsigned)w)] = s->t->count[w];
    while (s->has_best && at < cells && count[at] == s->best[at]) at++;
    if (s->has_best && (at == cells || count[at] < s->best[at])) return;
    s->has_best = true;
    memcpy(s->best, count, sizeof count);
    memcpy(s->best_order, s->order, sizeof s->order);
}

/* The largest list goes first; where several are as large, each of them is tried. */
static void place(struct search *s, int at)
{
    double largest = -1;
    if (at == s->t->lists) {
        weigh(s);
        return;
    }
    for (int j = 0; j < s->t->lists; j++)
        if (!s->is_taken[j] && s->size[j] > largest) largest = s->size[j];
    for (int j = 0; j < s->t->lists; j++) {
        if (s->is_taken[j] || s->size[j] != largest) continue;
        s->is_taken[j] = true;
        s->order[at] = j;
        place(s, at + 1);
        s->is_taken[j] = false;
    }
}

void mse_lists_ordered(const struct mse_table *t, int *order)
{
    struct search s = { .t = t };
    for (int j = 0; j < t->lists; j++) s.size[j] = mse_list_size(t, j);
    place(&s, 0);
    memcpy(order, s.best_order, sizeof s.best_order);
}

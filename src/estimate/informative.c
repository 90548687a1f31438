#include "estimate/table.h"

/* Is somebody on list i (or not on it) while their place on list k is the other way round? */
static bool is_copy(const struct mse_table *t, int i, int k)
{
    for (unsigned w = 1; w < 1u << t->lists; w++)
        if (t->count[w] > 0 && (w >> i & 1) != (w >> k & 1)) return false;
    return true;
}

static bool is_empty(const struct mse_table *t, int i)
{
    for (unsigned w = 1; w < 1u << t->lists; w++)
        if (t->count[w] > 0 && w >> i & 1) return false;
    return true;
}

static bool holds_everybody(const struct mse_table *t, int i)
{
    for (unsigned w = 1; w < 1u << t->lists; w++)
        if (t->count[w] > 0 && !(w >> i & 1)) return false;
    return true;
}

static unsigned without_bit(unsigned w, int i)
{
    return (w & ((1u << i) - 1)) | (w >> (i + 1) << i);
}

static void set_aside(struct mse_informative *x, int i, struct saying notice)
{
    struct mse_table smaller = { .lists = x->table.lists - 1, .is_whole = x->table.is_whole };
    for (unsigned w = 1; w < 1u << x->table.lists; w++) {
        unsigned left = without_bit(w, i);
        if (!left) continue; /* seen by that list alone: nobody's, as far as the others know */
        smaller.count[left] += x->table.count[w];
        smaller.n += x->table.count[w];
    }
    x->notice[x->column[i] - 1] = notice;
    x->set_aside++;
    for (int k = 0, to = 0; k < x->table.lists; k++) {
        if (k == i) continue;
        smaller.name[to] = x->table.name[k];
        x->column[to++] = x->column[k];
    }
    x->table = smaller;
}

static struct saying why_empty(const struct mse_informative *x, int i)
{
    if (!is_empty(&x->table, i)) return (struct saying){ 0 };
    return SAY(PHRASE("list {list} holds nobody and was set aside"),
               SAID_TEXT("list", x->table.name[i]));
}

static struct saying why_everybody(const struct mse_informative *x, int i)
{
    if (!holds_everybody(&x->table, i)) return (struct saying){ 0 };
    return SAY(PHRASE("list {list} holds everybody: it says nothing about people on no list and "
                      "was set aside"),
               SAID_TEXT("list", x->table.name[i]));
}

static struct saying why_copy(const struct mse_informative *x, int i)
{
    for (int k = 0; k < i; k++)
        if (is_copy(&x->table, i, k))
            return SAY(
                PHRASE("list {list} holds the same people as list {other} and was set aside"),
                SAID_TEXT("list", x->table.name[i]), SAID_TEXT("other", x->table.name[k]));
    return (struct saying){ 0 };
}

/* Sets one list aside, if one says nothing. */
static bool set_one_aside(struct mse_informative *x)
{
    static struct saying (*const whys[])(const struct mse_informative *,
                                         int) = { why_empty, why_everybody, why_copy };
    for (size_t w = 0; w < COUNT_OF(whys); w++)
        for (int i = 0; i < x->table.lists; i++) {
            struct saying notice = whys[w](x, i);
            if (!notice.words.english) continue;
            set_aside(x, i, notice);
            return true;
        }
    return false;
}

struct mse_informative mse_informative(const struct mse_table *whole)
{
    struct mse_informative x = { .table = *whole };
    for (int i = 0; i < whole->lists; i++) x.column[i] = (uint8_t)(i + 1);
    while (set_one_aside(&x)) continue;
    return x;
}

unsigned mse_history_left(const struct mse_informative *x, unsigned history)
{
    unsigned left = 0;
    for (int i = 0; i < x->table.lists; i++) left |= (history >> (x->column[i] - 1) & 1) << i;
    return left;
}

#include "edit/merge.h"

struct changes {
    const str *passages; /* of this side */
    size_t passages_n;
    const struct diff_run *runs;
    size_t n, next;
    size_t base_at, own_at; /* how far the base, and this side, have been told */
};

static struct changes changes_of(struct arena *a, const str *base, size_t base_n, str text,
                                 size_t *steps)
{
    struct changes c = { 0 };
    str *passages;
    struct diff_run *runs;
    c.passages_n = diff_passages(a, text, &passages);
    c.passages = passages;
    c.n = diff_runs(a, base, base_n, passages, c.passages_n, steps, &runs);
    c.runs = runs;
    return c;
}

static const struct diff_run *next_run(const struct changes *c)
{
    return c->next < c->n ? &c->runs[c->next] : NULL;
}

/* What comes first in the base; where both begin at one place, what is put in there before what replaces. */
static bool goes_before(const struct diff_run *x, const struct diff_run *y)
{
    if (!y) return true;
    if (!x) return false;
    if (x->from != y->from) return x->from < y->from;
    return x->from_n <= y->from_n;
}

struct stretch {
    size_t from, to; /* of the base */
};

/* Whether a run touches what the stretch covers. Two that put something in at the same place do. */
static bool touches(const struct diff_run *run, struct stretch s)
{
    if (!run) return false;
    bool is_same_place = s.from == s.to && run->from_n == 0 && run->from == s.from;
    return run->from < s.to || is_same_place;
}

static bool absorb(struct changes *c, struct stretch *s)
{
    const struct diff_run *run = next_run(c);
    if (!touches(run, *s)) return false;
    if (run->from + run->from_n > s->to) s->to = run->from + run->from_n;
    c->next++;
    return true;
}

/* This side of a stretch; what was passed over between is the same as in the base. */
static struct merge_side side_of(struct changes *c, struct stretch s, size_t first)
{
    size_t own = c->own_at + (s.from - c->base_at), n = s.to - s.from;
    for (size_t i = first; i < c->next; i++) n = n - c->runs[i].from_n + c->runs[i].to_n;
    c->base_at = s.to;
    c->own_at = own + n;
    return (struct merge_side){ c->passages + own, n };
}

static bool is_alike(struct merge_side x, struct merge_side y)
{
    if (x.n != y.n) return false;
    for (size_t i = 0; i < x.n; i++)
        if (!str_eq(x.passages[i], y.passages[i])) return false;
    return true;
}

static void add(struct merge *m, struct merge_part part)
{
    bool is_nothing = part.base.n == 0 && part.mine.n == 0 && part.theirs.n == 0;
    if (is_nothing) return;
    m->collisions += part.kind == MERGE_COLLISION;
    m->at[m->n++] = part;
}

static struct merge_side piece(struct merge_side side, size_t from, size_t n)
{
    return (struct merge_side){ side.passages + from, n };
}

static enum merge_kind kind_of(const struct merge_part *p)
{
    if (is_alike(p->mine, p->theirs)) return MERGE_ALIKE;
    if (is_alike(p->mine, p->base)) return MERGE_THEIRS;
    return is_alike(p->theirs, p->base) ? MERGE_MINE : MERGE_COLLISION;
}

/* Of a stretch that both changed, what both changed alike at its beginning and end needs no choice. */
static void add_both(struct merge *m, struct merge_part p)
{
    size_t least = p.mine.n < p.theirs.n ? p.mine.n : p.theirs.n, head = 0, tail = 0;
    while (head < least && str_eq(p.mine.passages[head], p.theirs.passages[head])) head++;
    while (tail < least - head &&
           str_eq(p.mine.passages[p.mine.n - 1 - tail], p.theirs.passages[p.theirs.n - 1 - tail]))
        tail++;
    if (head == p.mine.n && head == p.theirs.n) tail = head = 0; /* alike as a whole */
    if (p.base.n < head + tail) tail = head = 0;
    size_t ends = head + tail;
    struct merge_part begin = { MERGE_ALIKE, piece(p.base, 0, head), piece(p.mine, 0, head),
                                piece(p.theirs, 0, head) };
    struct merge_part middle = { MERGE_ALIKE, piece(p.base, head, p.base.n - ends),
                                 piece(p.mine, head, p.mine.n - ends),
                                 piece(p.theirs, head, p.theirs.n - ends) };
    struct merge_part end = { MERGE_ALIKE, piece(p.base, p.base.n - tail, tail),
                              piece(p.mine, p.mine.n - tail, tail),
                              piece(p.theirs, p.theirs.n - tail, tail) };
    middle.kind = kind_of(&middle);
    add(m, begin);
    add(m, middle);
    add(m, end);
}

struct merge merge_texts(struct arena *a, str base, str mine, str theirs)
{
    str *passages;
    size_t steps = DIFF_STEPS, n = diff_passages(a, base, &passages), told = 0;
    struct changes x = changes_of(a, passages, n, mine, &steps);
    struct changes y = changes_of(a, passages, n, theirs, &steps);
    struct merge out = { .at = arena_new(a, struct merge_part, 4 * (x.n + y.n) + 2) };
    while (next_run(&x) || next_run(&y)) {
        size_t x_first = x.next, y_first = y.next;
        bool is_mine = goes_before(next_run(&x), next_run(&y));
        struct changes *first = is_mine ? &x : &y;
        const struct diff_run *run = next_run(first);
        struct stretch s = { run->from, run->from + run->from_n };
        struct merge_side same = { passages + told, s.from - told };
        add(&out, (struct merge_part){ MERGE_SAME, same, same, same });
        first->next++;
        while (absorb(&x, &s) || absorb(&y, &s)) {}
        bool has_mine = x.next > x_first, has_theirs = y.next > y_first;
        struct merge_part part = { .base = { passages + s.from, s.to - s.from } };
        part.mine = side_of(&x, s, x_first);
        part.theirs = side_of(&y, s, y_first);
        if (has_mine && has_theirs) {
            add_both(&out, part);
        } else {
            part.kind = has_mine ? MERGE_MINE : MERGE_THEIRS;
            add(&out, part);
        }
        told = s.to;
    }
    struct merge_side rest = { passages + told, n - told };
    add(&out, (struct merge_part){ MERGE_SAME, rest, rest, rest });
    return out;
}

str merge_text(struct arena *a, struct merge_side side)
{
    return diff_join(a, side.passages, side.n);
}

static size_t take(str *all, size_t n, struct merge_side side)
{
    for (size_t i = 0; i < side.n; i++) all[n++] = side.passages[i];
    return n;
}

str merge_result(struct arena *a, const struct merge *m, const enum merge_choice *choices)
{
    size_t room = 1, n = 0, collision = 0;
    for (size_t i = 0; i < m->n; i++) room += m->at[i].mine.n + m->at[i].theirs.n;
    str *all = arena_new(a, str, room);
    for (size_t i = 0; i < m->n; i++) {
        const struct merge_part *p = &m->at[i];
        enum merge_choice choice = MERGE_TAKE_MINE;
        if (p->kind == MERGE_THEIRS) choice = MERGE_TAKE_THEIRS;
        if (p->kind == MERGE_COLLISION) {
            if (choices) choice = choices[collision];
            collision++;
        }
        if (choice != MERGE_TAKE_MINE) n = take(all, n, p->theirs);
        if (choice != MERGE_TAKE_THEIRS) n = take(all, n, p->mine);
    }
    return diff_join(a, all, n);
}

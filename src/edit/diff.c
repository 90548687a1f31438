#include "edit/diff.h"

#include "base/sink.h"

#define BETWEEN   S("\n\n")
#define EDITS_MAX 1000 /* what came and went in one comparison; the memory grows with its square */

/* ---- equal texts get equal numbers ---- */

struct numbers {
    str *slot;
    int *number;
    size_t room;
    int next;
};

static int number_of(struct numbers *all, str text)
{
    size_t at = str_hash(text) & (all->room - 1);
    while (all->slot[at].p && !str_eq(all->slot[at], text)) at = (at + 1) & (all->room - 1);
    if (!all->slot[at].p) {
        all->slot[at] = text;
        all->number[at] = all->next++;
    }
    return all->number[at];
}

static int *number_all(struct arena *a, struct numbers *all, const str *texts, size_t n)
{
    int *out = arena_new(a, int, n + 1);
    for (size_t i = 0; i < n; i++) out[i] = number_of(all, texts[i].p ? texts[i] : S(""));
    return out;
}

static struct numbers numbers_for(struct arena *a, size_t n)
{
    struct numbers all = { .room = 64 };
    while (all.room < n * 2) all.room *= 2;
    all.slot = arena_new(a, str, all.room);
    all.number = arena_new(a, int, all.room);
    return all;
}

/* ---- Myers' greedy way through the grid, with every front kept so that it can be walked back ---- */

struct grid {
    const int *x, *y;
    long n, m;
    int *front[EDITS_MAX + 1]; /* the furthest x on each diagonal -d..d after d edits */
    size_t *steps;
};

/* How many edits it takes; -1: more than we look for. */
static long walk(struct arena *a, struct grid *g)
{
    for (long d = 0; d <= EDITS_MAX && d <= g->n + g->m; d++) {
        int *now = g->front[d] = arena_new(a, int, (size_t)(2 * d + 1));
        const int *last = d ? g->front[d - 1] + (d - 1) : NULL; /* last[k], k from -(d-1) */
        if (*g->steps < (size_t)(2 * d + 1)) return -1;
        *g->steps -= (size_t)(2 * d + 1);
        for (long k = -d; k <= d; k += 2) {
            bool is_down = k == -d || (k != d && last[k - 1] < last[k + 1]);
            long x = d == 0 ? 0 : is_down ? last[k + 1] : last[k - 1] + 1, y = x - k, begun = x;
            while (x < g->n && y < g->m && g->x[x] == g->y[y]) x++, y++;
            if (*g->steps < (size_t)(x - begun)) return -1;
            *g->steps -= (size_t)(x - begun);
            now[k + d] = (int)x;
            if (x == g->n && y == g->m) return d;
        }
    }
    return -1;
}

/* Marks what went and what came on the way back from the far corner. */
static void walk_back(const struct grid *g, long d, bool *gone, bool *fresh)
{
    long x = g->n, y = g->m;
    for (; d > 0; d--) {
        const int *last = g->front[d - 1] + (d - 1);
        long k = x - y;
        bool is_down = k == -d || (k != d && last[k - 1] < last[k + 1]);
        x = is_down ? last[k + 1] : last[k - 1];
        y = x - (is_down ? k + 1 : k - 1);
        if (is_down) fresh[y] = true;
        else gone[x] = true;
    }
}

static size_t runs_of(struct arena *a, const bool *gone, size_t n, const bool *fresh, size_t m,
                      struct diff_run **out)
{
    size_t count = 0, i = 0, j = 0;
    struct diff_run *all = arena_new(a, struct diff_run, (n < m ? n : m) + 2);
    while (i < n || j < m) {
        if ((i < n && gone[i]) || (j < m && fresh[j])) {
            struct diff_run run = { .from = i, .to = j };
            while (i < n && gone[i]) i++;
            while (j < m && fresh[j]) j++;
            run.from_n = i - run.from;
            run.to_n = j - run.to;
            all[count++] = run;
        } else {
            i++;
            j++;
        }
    }
    *out = all;
    return count;
}

size_t diff_runs(struct arena *a, const str *before, size_t n, const str *after, size_t m,
                 size_t *steps, struct diff_run **out)
{
    struct numbers all = numbers_for(a, n + m);
    const int *x = number_all(a, &all, before, n), *y = number_all(a, &all, after, m);
    bool *gone = arena_new(a, bool, n + 1), *fresh = arena_new(a, bool, m + 1);
    size_t head = 0, tail = 0;
    while (head < n && head < m && x[head] == y[head]) head++;
    while (tail < n - head && tail < m - head && x[n - 1 - tail] == y[m - 1 - tail]) tail++;
    struct grid *g = arena_new(a, struct grid, 1);
    g->x = x + head;
    g->y = y + head;
    g->n = (long)(n - head - tail);
    g->m = (long)(m - head - tail);
    g->steps = steps;
    long d = walk(a, g);
    if (d >= 0) {
        walk_back(g, d, gone + head, fresh + head);
    } else {
        for (size_t i = head; i < n - tail; i++) gone[i] = true;
        for (size_t j = head; j < m - tail; j++) fresh[j] = true;
    }
    return runs_of(a, gone, n, fresh, m, out);
}

/* ---- passages and words ---- */

static ptrdiff_t between(str text)
{
    for (const char *p = text.p, *end = text.p + text.n;
         p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
        if (p + 1 < end && p[1] == '\n') return p - text.p;
    return -1;
}

size_t diff_passages(struct arena *a, str text, str **out)
{
    size_t room = 1, n = 0;
    for (size_t i = 0; i < text.n; i++) room += text.p[i] == '\n';
    *out = arena_new(a, str, room);
    for (ptrdiff_t at; (at = between(text)) >= 0; text = str_from(text, (size_t)at + 2))
        (*out)[n++] = str_cut(text, (size_t)at);
    (*out)[n++] = text;
    return n;
}

str diff_join(struct arena *a, const str *passages, size_t n)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++) bytes += passages[i].n + 2;
    char *p = arena_take(a, bytes + 1), *at = p;
    for (size_t i = 0; i < n; i++) {
        if (i) at = (char *)memcpy(at, "\n\n", 2) + 2;
        if (passages[i].n) at = (char *)memcpy(at, passages[i].p, passages[i].n) + passages[i].n;
    }
    return (str){ p, (size_t)(at - p) };
}

/* Passages with what stands between them: piece after piece they are the text. */
static size_t tokens_of_passages(struct arena *a, str text, str **out)
{
    str *passages;
    size_t n = diff_passages(a, text, &passages), kept = 0;
    *out = arena_new(a, str, n * 2);
    for (size_t i = 0; i < n; i++) {
        if (i) (*out)[kept++] = BETWEEN;
        (*out)[kept++] = passages[i];
    }
    return kept;
}

enum { BLANK, LETTER, MARK, WIDE };

static int class_of(char c)
{
    unsigned char b = (unsigned char)c;
    if (b == ' ' || b == '\n' || b == '\t') return BLANK;
    if (b >= 0xE3 && b < 0xF8) return WIDE; /* U+3000 and above: scripts without blanks */
    bool is_letter = b >= 0x80 || (b >= '0' && b <= '9') || ((b | 32) >= 'a' && (b | 32) <= 'z');
    return is_letter ? LETTER : MARK;
}

/* The next word: letters, or blanks, up to something else; one mark; or, in scripts without blanks, one character. */
static size_t word_bytes(str s)
{
    size_t n = 1;
    int class = class_of(s.p[0]);
    if (class == WIDE)
        while (n < s.n && n < 4 && ((unsigned char)s.p[n] & 0xC0) == 0x80) n++;
    else if (class != MARK)
        while (n < s.n && class_of(s.p[n]) == class) n++;
    return n;
}

static size_t tokens_of_words(struct arena *a, str text, str **out)
{
    size_t n = 0;
    *out = arena_new(a, str, text.n + 1);
    while (text.n) {
        size_t bytes = word_bytes(text);
        (*out)[n++] = str_cut(text, bytes);
        text = str_from(text, bytes);
    }
    return n;
}

static str whole(struct arena *a, const str *tokens, size_t n)
{
    return n ? arena_join(a, tokens, n) : S("");
}

struct made {
    struct arena *a;
    struct diff d;
    size_t room, steps;
};

static void add(struct made *made, enum diff_kind kind, str text)
{
    struct diff *d = &made->d;
    if (text.n == 0) return;
    if (d->n == made->room) {
        made->room = made->room ? made->room * 2 : 64;
        struct diff_piece *wider = arena_new(made->a, struct diff_piece, made->room);
        if (d->n) memcpy(wider, d->at, d->n * sizeof *wider);
        d->at = wider;
    }
    if (kind == DIFF_GONE) d->gone += text.n;
    if (kind == DIFF_NEW) d->fresh += text.n;
    d->at[d->n++] = (struct diff_piece){ kind, text };
}

/* Two changes with nothing but a blank between are one: "the small" that became "a large" is read as a whole. */
static size_t close_up(const str *x, struct diff_run *runs, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct diff_run *last = kept ? &runs[kept - 1] : NULL;
        size_t end = last ? last->from + last->from_n : 0;
        bool is_near = last && runs[i].from == end + 1 && class_of(x[end].p[0]) == BLANK &&
                       str_find(x[end], '\n') < 0;
        if (is_near) {
            last->from_n = runs[i].from + runs[i].from_n - last->from;
            last->to_n = runs[i].to + runs[i].to_n - last->to;
        } else {
            runs[kept++] = runs[i];
        }
    }
    return kept;
}

static void by_words(struct made *made, str before, str after)
{
    str *x, *y;
    struct diff_run *runs;
    struct arena *a = made->a;
    size_t n = tokens_of_words(a, before, &x), m = tokens_of_words(a, after, &y), j = 0;
    size_t count = diff_runs(a, x, n, y, m, &made->steps, &runs);
    count = close_up(x, runs, count);
    for (size_t i = 0; i < count; i++) {
        add(made, DIFF_SAME, whole(a, y + j, runs[i].to - j));
        add(made, DIFF_GONE, whole(a, x + runs[i].from, runs[i].from_n));
        add(made, DIFF_NEW, whole(a, y + runs[i].to, runs[i].to_n));
        j = runs[i].to + runs[i].to_n;
    }
    add(made, DIFF_SAME, whole(a, y + j, m - j));
}

struct diff diff_texts(struct arena *a, str before, str after)
{
    str *x, *y;
    struct diff_run *runs;
    struct made made = { .a = a, .steps = DIFF_STEPS };
    size_t n = tokens_of_passages(a, before, &x), m = tokens_of_passages(a, after, &y), j = 0;
    size_t count = diff_runs(a, x, n, y, m, &made.steps, &runs);
    for (size_t i = 0; i < count; i++) {
        add(&made, DIFF_SAME, whole(a, y + j, runs[i].to - j));
        by_words(&made, whole(a, x + runs[i].from, runs[i].from_n),
                 whole(a, y + runs[i].to, runs[i].to_n));
        j = runs[i].to + runs[i].to_n;
    }
    add(&made, DIFF_SAME, whole(a, y + j, m - j));
    return made.d;
}

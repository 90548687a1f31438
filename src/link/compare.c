#include "link/compare.h"

#include "base/limits.h"
#include "link/sort.h"

#include <stdatomic.h>

#define CHUNK_BYTES \
    KIB(24) /* of rows that stay in the first cache beside a block of the other list */
#define CHUNK_ROWS 256
#define CLAIM      1024 /* places for pairs that a thread takes at once */

bool link_threshold_read(str text, struct link_threshold *out)
{
    *out = (struct link_threshold){ 0, 1 };
    bool has_point = false;
    size_t digits = 0, decimals = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '.' && !has_point) {
            has_point = true;
            continue;
        }
        if (c < '0' || c > '9' || ++digits > 10) return false;
        out->num = out->num * 10 + (uint64_t)(c - '0');
        if (has_point) out->den *= 10, decimals++;
    }
    return digits > 0 && decimals <= 9 && out->num > 0 && out->num <= out->den;
}

bool link_lists_of(const struct link_clks *list, size_t n, struct link_lists *out)
{
    if (n == 0 || n > LINK_FILES_MAX) return false;
    *out = (struct link_lists){ .list = list, .n = n };
    uint64_t all = 0;
    for (size_t f = 0; f < n; f++) {
        all += list[f].rows;
        if (all >= LINK_NONE) return false;
        out->first[f + 1] = (uint32_t)all;
    }
    return true;
}

size_t link_list_of(const struct link_lists *l, uint32_t record)
{
    size_t f = 0;
    while (f + 1 < l->n && record >= l->first[f + 1]) f++;
    return f;
}

uint64_t link_score_of(uint32_t common, uint32_t a, uint32_t b)
{
    return ((uint64_t)common << 40) / ((uint64_t)a + b);
}

static uint32_t count_of(const struct link_lists *l, uint32_t record)
{
    size_t f = link_list_of(l, record);
    return l->list[f].count[record - l->first[f]];
}

/* The score is rounded down by less than one, so what was common is found again. */
double link_dice(const struct link_lists *l, const struct link_pair *pair)
{
    uint64_t sum = (uint64_t)count_of(l, pair->x) + count_of(l, pair->y);
    uint64_t common = (pair->score * sum + (((uint64_t)1 << 40) - 1)) >> 40;
    return 2.0 * (double)common / (double)sum;
}

/* One list as the kernels take it: sorted by bits set, eight records beside each other. */
struct laid {
    uint32_t *record, *count; /* in that order; filled up to whole blocks with empty ones */
    uint64_t *block;
    size_t rows, blocks;
};

struct comparing {
    const struct link_compare *c;
    const uint32_t *need;
    struct laid a, b;
    uint32_t a_first, b_first;
    const uint64_t *a_filter;
    size_t words, chunk_rows, chunks;
    bool is_same;
    uint64_t *rows[CROWD_MAX]; /* each thread's chunk */
    struct link_hit *hits[CROWD_MAX];
    struct {
        size_t at, end;
        uint64_t compared;
    } of[CROWD_MAX]; /* places claimed */
    struct link_pair *pool;
    size_t pool_n;
    atomic_size_t claimed;
    atomic_bool is_full;
};

static void sort_by_count(struct arena *a, const struct link_clks *list, struct laid *out)
{
    size_t n = list->rows;
    out->rows = n;
    out->blocks = (n + LINK_LANES - 1) / LINK_LANES;
    out->record = arena_new(a, uint32_t, out->blocks * LINK_LANES + 1);
    out->count = arena_new(a, uint32_t, out->blocks * LINK_LANES + 1);
    size_t *begin = arena_new(a, size_t, list->bits + 2), at = 0;
    for (size_t r = 0; r < n; r++) begin[list->count[r]]++;
    for (size_t k = 0; k <= list->bits; k++) {
        size_t many = begin[k];
        begin[k] = at;
        at += many;
    }
    for (size_t r = 0; r < n; r++) {
        size_t place = begin[list->count[r]]++;
        out->record[place] = (uint32_t)r;
        out->count[place] = list->count[r];
    }
}

static void lay_out(struct arena *a, const struct link_clks *list, struct laid *out)
{
    size_t words = list->words;
    out->block = arena_new(a, uint64_t, out->blocks * LINK_LANES * words + 8);
    out->block += (64 - ((uintptr_t)out->block & 63)) % 64 / 8; /* where a register likes to load */
    for (size_t i = 0; i < out->rows; i++) {
        const uint64_t *row = list->filter + (size_t)out->record[i] * words;
        uint64_t *to = out->block + i / LINK_LANES * LINK_LANES * words + i % LINK_LANES;
        for (size_t w = 0; w < words; w++) to[w * LINK_LANES] = row[w];
    }
}

/* Whether records of so many bits could reach the threshold if the smaller lay wholly within the larger. */
static bool can_reach(const struct comparing *g, uint32_t a, uint32_t b)
{
    return (a < b ? a : b) >= g->need[(size_t)a + b];
}

static void keep_pair(struct comparing *g, unsigned thread, size_t i, size_t j, uint32_t common)
{
    if (g->of[thread].at == g->of[thread].end) {
        size_t at = atomic_fetch_add(&g->claimed, CLAIM);
        if (at + CLAIM > g->pool_n) {
            atomic_store(&g->is_full, true);
            return;
        }
        g->of[thread].at = at;
        g->of[thread].end = at + CLAIM;
    }
    uint32_t x = g->a_first + g->a.record[i], y = g->b_first + g->b.record[j];
    uint64_t score = link_score_of(common, g->a.count[i], g->b.count[j]);
    g->pool[g->of[thread].at++] = (struct link_pair){ score, x < y ? x : y, x < y ? y : x };
}

static void compare_blocks(struct comparing *g, unsigned thread, struct link_tile *t, size_t from,
                           size_t block, size_t blocks)
{
    t->block = g->b.block + block * LINK_LANES * g->words;
    t->least = g->b.count + block * LINK_LANES;
    t->blocks = blocks;
    struct link_hit *hits = g->hits[thread];
    size_t n = g->c->kernel->tile(t, hits);
    for (size_t h = 0; h < n; h++) {
        size_t i = from + hits[h].row, j = block * LINK_LANES + hits[h].lane;
        if (j >= g->b.rows || (g->is_same && j <= i)) continue;
        if (hits[h].common < g->need[(size_t)g->a.count[i] + g->b.count[j]]) continue;
        keep_pair(g, thread, i, j, hits[h].common);
    }
}

/* Some rows of one list, those with about as many bits, against every block of the other they could match. */
static void compare_chunk(void *context, unsigned thread, size_t chunk)
{
    struct comparing *g = context;
    size_t from = chunk * g->chunk_rows;
    size_t rows = g->a.rows - from < g->chunk_rows ? g->a.rows - from : g->chunk_rows;
    uint64_t *filter = g->rows[thread];
    for (size_t r = 0; r < rows; r++)
        memcpy(filter + r * g->words, g->a_filter + (size_t)g->a.record[from + r] * g->words,
               g->words * sizeof *filter);
    struct link_tile t = { .filter = filter,
                           .count = g->a.count + from,
                           .rows = rows,
                           .words = g->words,
                           .need = g->need };
    uint32_t fewest = g->a.count[from], most = g->a.count[from + rows - 1];
    for (size_t b = g->is_same ? from / LINK_LANES : 0, n; b < g->b.blocks; b += n) {
        n = g->b.blocks - b < LINK_BLOCKS ? g->b.blocks - b : LINK_BLOCKS;
        size_t last = (b + n) * LINK_LANES < g->b.rows ? (b + n) * LINK_LANES : g->b.rows;
        uint32_t low = g->b.count[b * LINK_LANES], high = g->b.count[last - 1];
        if (high < fewest && !can_reach(g, fewest, high)) continue;
        if (low > most && !can_reach(g, most, low)) break;
        compare_blocks(g, thread, &t, from, b, n);
        g->of[thread].compared += rows * n * LINK_LANES;
        if (atomic_load_explicit(&g->is_full, memory_order_relaxed)) return;
    }
}

static void tell_done(void *context, size_t done, size_t items)
{
    struct comparing *g = context;
    if (g->c->tell) g->c->tell(g->c->context, done, items);
}

/* Threads leave the last places they claimed empty: what they wrote is moved together, then sorted. */
static size_t gathered(struct comparing *g, size_t from)
{
    size_t n = from, end = atomic_load(&g->claimed);
    for (size_t i = from; i < end; i++)
        if (g->pool[i].y) g->pool[n++] = g->pool[i]; /* y is never the first record */
    return n;
}

static bool compare_two(struct arena *a, struct comparing *g, size_t f, size_t h)
{
    const struct link_clks *one = &g->c->lists->list[f], *two = &g->c->lists->list[h];
    if (!one->rows || !two->rows) return true;
    struct arena memory;
    arena_open(&memory, a->limit);
    sort_by_count(&memory, one, &g->a);
    sort_by_count(&memory, two, &g->b);
    lay_out(&memory, two, &g->b);
    g->a_first = g->c->lists->first[f];
    g->b_first = g->c->lists->first[h];
    g->a_filter = one->filter;
    g->is_same = f == h;
    g->words = one->words;
    g->chunk_rows = CHUNK_BYTES / (g->words * 8);
    g->chunk_rows = g->chunk_rows > CHUNK_ROWS ? CHUNK_ROWS : g->chunk_rows < 4 ? 4 : g->chunk_rows;
    g->chunks = (g->a.rows + g->chunk_rows - 1) / g->chunk_rows;
    for (unsigned t = 0; t < crowd_threads(g->c->threads); t++) {
        g->rows[t] = arena_new(&memory, uint64_t, g->chunk_rows * g->words);
        g->hits[t] = arena_new(&memory, struct link_hit, g->chunk_rows * LINK_BLOCKS * LINK_LANES);
        g->of[t].at = g->of[t].end = 0;
    }
    size_t from = atomic_load(&g->claimed);
    struct crowd crowd = { .threads = g->c->threads,
                           .items = g->chunks,
                           .work = compare_chunk,
                           .context = g,
                           .tell = tell_done,
                           .stop = &g->is_full };
    (void)!crowd_run(&crowd);
    arena_close(&memory);
    if (atomic_load(&g->is_full)) return false;
    size_t n = gathered(g, from);
    link_sort_by_records(g->pool + from, g->pool + g->pool_n, n - from);
    memset(g->pool + n, 0, (atomic_load(&g->claimed) - n) * sizeof *g->pool);
    atomic_store(&g->claimed, n);
    return true;
}

/* How many of s bits must be common: the least c with 2 c den >= num s; one at least. */
static uint32_t *needed(struct arena *a, struct link_threshold t, unsigned bits)
{
    uint32_t *need = arena_new(a, uint32_t, 2 * (size_t)bits + 1);
    for (uint64_t s = 0; s <= 2 * (uint64_t)bits; s++) {
        uint64_t least = (t.num * s + 2 * t.den - 1) / (2 * t.den);
        need[s] = (uint32_t)(least ? least : 1);
    }
    return need;
}

bool link_compare(struct arena *a, const struct link_compare *c, struct link_pairs *out)
{
    struct comparing *g = arena_new(a, struct comparing, 1);
    unsigned bits = 8;
    for (size_t f = 0; f < c->lists->n; f++)
        if (c->lists->list[f].bits > bits) bits = c->lists->list[f].bits;
    g->c = c;
    g->need = needed(a, c->threshold, bits);
    /* Each thread may leave a claim unfinished; the second half is room to sort in. Only what is used is touched. */
    size_t files = c->lists->n;
    g->pool_n = c->pairs_most + files * files * crowd_threads(c->threads) * CLAIM;
    g->pool = arena_new(a, struct link_pair, 2 * g->pool_n);
    for (size_t f = 0; f < files; f++)
        for (size_t h = f + !c->is_within; h < files; h++)
            if (!compare_two(a, g, f, h)) return false;
    size_t n = atomic_load(&g->claimed);
    if (n > c->pairs_most) return false;
    link_sort_by_score(g->pool, g->pool + g->pool_n, n);
    *out = (struct link_pairs){ .pair = g->pool, .n = n };
    for (unsigned t = 0; t < CROWD_MAX; t++) out->compared += g->of[t].compared;
    return true;
}

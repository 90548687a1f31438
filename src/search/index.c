/* Making the index. A word's documents are packed: the step to the next number, then a weight of 1 to 255. */
#include "search/search.h"

#include "base/breakage.h"
#include "base/limits.h"
#include "search/inside.h"

#include <math.h>
#include <stdlib.h>

const struct word search_parts[] = {
    { S_CONST("countries"), PHRASE_CONST("Countries") },
    { S_CONST("pages"), PHRASE_CONST("Pages") },
    { S_CONST("news"), PHRASE_CONST("News") },
    { S_CONST("law"), PHRASE_CONST("Law") },
    { S_CONST("who"), PHRASE_CONST("Who does what") },
    { S_CONST("numbers"), PHRASE_CONST("Numbers") },
    { S_CONST("taking-part"), PHRASE_CONST("Taking part") },
    { S_CONST("learn"), PHRASE_CONST("Learn") },
    { S_CONST("help"), PHRASE_CONST("Help") },
    { S_CONST("sources"), PHRASE_CONST("Sources") },
    { S_CONST(""), PHRASE_CONST("") },
};

struct hit {
    uint32_t doc; /* its place in the order of adding */
    uint16_t times;
};

struct entry {
    str word;
    struct hit *hits;
    uint32_t n, room;
};

struct search_index {
    struct db *db;
    struct arena *a;
    const struct lang *l;
    struct entry **slot;
    size_t slots, words;
    int64_t *number; /* of each document */
    uint32_t *length;
    size_t docs, docs_room;
    uint64_t lengths;
    int64_t next[SEARCH_PARTS];
};

struct search_index *search_begin(struct db *db, struct arena *a, const struct lang *l)
{
    struct search_index *x = arena_new(a, struct search_index, 1);
    *x = (struct search_index){ .db = db, .a = a, .l = l, .slots = 4096, .docs_room = 256 };
    x->slot = arena_new(a, struct entry *, x->slots);
    x->number = arena_new(a, int64_t, x->docs_room);
    x->length = arena_new(a, uint32_t, x->docs_room);
    search_docs_drop(db, lang_code(l));
    search_words_drop(db, lang_code(l));
    return x;
}

static struct entry **place_of(struct entry **slot, size_t slots, str word)
{
    size_t at = str_hash(word) & (slots - 1);
    while (slot[at] && !str_eq(slot[at]->word, word)) at = (at + 1) & (slots - 1);
    return &slot[at];
}

static void widen(struct search_index *x)
{
    size_t slots = x->slots * 4;
    struct entry **wider = arena_new(x->a, struct entry *, slots);
    for (size_t i = 0; i < x->slots; i++)
        if (x->slot[i]) *place_of(wider, slots, x->slot[i]->word) = x->slot[i];
    x->slot = wider;
    x->slots = slots;
}

static void count_word(struct search_index *x, str word, uint16_t times)
{
    if (x->words * 2 > x->slots) widen(x);
    struct entry **place = place_of(x->slot, x->slots, word);
    if (!*place) {
        *place = arena_new(x->a, struct entry, 1);
        **place = (struct entry){ .word = word, .room = 2 };
        (*place)->hits = arena_new(x->a, struct hit, 2);
        x->words++;
    }
    struct entry *e = *place;
    uint32_t doc = (uint32_t)x->docs;
    if (e->n && e->hits[e->n - 1].doc == doc) {
        uint16_t *sum = &e->hits[e->n - 1].times;
        *sum = (uint16_t)(*sum + times < 1000 ? *sum + times : 1000);
        return;
    }
    if (e->n == e->room) {
        struct hit *wider = arena_new(x->a, struct hit, e->room * 2);
        memcpy(wider, e->hits, e->n * sizeof *wider);
        e->hits = wider;
        e->room *= 2;
    }
    e->hits[e->n++] = (struct hit){ doc, times };
}

static size_t count_words(struct search_index *x, const struct lang *l, str text, uint16_t times)
{
    struct lang_token *words;
    size_t n = lang_words(x->a, l, text, &words);
    for (size_t i = 0; i < n; i++) count_word(x, words[i].word, times);
    return n;
}

static void widen_docs(struct search_index *x)
{
    size_t room = x->docs_room * 2;
    int64_t *number = arena_new(x->a, int64_t, room);
    uint32_t *length = arena_new(x->a, uint32_t, room);
    memcpy(number, x->number, x->docs * sizeof *number);
    memcpy(length, x->length, x->docs * sizeof *length);
    x->number = number;
    x->length = length;
    x->docs_room = room;
}

void search_add(struct search_index *x, struct search_doc doc)
{
    if (x->docs == x->docs_room) widen_docs(x);
    const struct lang *l = doc.written_in ? doc.written_in : x->l;
    str body = str_cut_text(doc.body, SEARCH_BODY_MAX);
    size_t n = count_words(x, l, doc.title, SEARCH_TITLE_TIMES) + count_words(x, l, body, 1);
    x->number[x->docs] = SEARCH_NUMBER(doc.part, x->next[doc.part]++);
    x->length[x->docs] = (uint32_t)n;
    x->lengths += n;
    search_doc_add(x->db, lang_code(x->l), x->number[x->docs], doc.path, doc.title, body,
                   lang_code(l));
    x->docs++;
}

unsigned search_weight(double times, double length, double mean)
{
    double b = 0.6, k = 1.2;
    double part = times / (times + k * (1 - b + b * length / (mean > 0 ? mean : 1)));
    unsigned w = (unsigned)lround(part * 255);
    return w < 1 ? 1 : w > 255 ? 255 : w;
}

static double mean_of(const struct search_index *x)
{
    return x->docs ? (double)x->lengths / (double)x->docs : 1;
}

void search_pack(struct sink *out, int64_t before, int64_t number, unsigned weight)
{
    uint64_t step = (uint64_t)(number - before);
    for (; step >= 128; step >>= 7) put_char(out, (char)(step & 127) | (char)128);
    put_char(out, (char)step);
    put_char(out, (char)weight);
}

static const struct search_index *sorting; /* one process, one thread */

static int by_number(const void *a, const void *b)
{
    int64_t x = sorting->number[((const struct hit *)a)->doc];
    int64_t y = sorting->number[((const struct hit *)b)->doc];
    return (x > y) - (x < y);
}

static void pack(struct search_index *x, struct entry *e)
{
    struct sink out;
    sink_open(&out, x->a, MIB(16));
    sorting = x;
    qsort(e->hits, e->n, sizeof *e->hits, by_number);
    int64_t before = 0;
    for (uint32_t i = 0; i < e->n; i++) {
        const struct hit *h = &e->hits[i];
        search_pack(&out, before, x->number[h->doc],
                    search_weight(h->times, x->length[h->doc], mean_of(x)));
        before = x->number[h->doc];
    }
    search_word_add(x->db, lang_code(x->l), e->word, e->n, sink_str(&out));
}

static int by_word(const void *a, const void *b)
{
    return str_cmp((*(struct entry *const *)a)->word, (*(struct entry *const *)b)->word);
}

size_t search_end(struct search_index *x, str stamp)
{
    struct entry **all = arena_new(x->a, struct entry *, x->words + 1);
    size_t n = 0;
    for (size_t i = 0; i < x->slots; i++)
        if (x->slot[i]) all[n++] = x->slot[i];
    qsort(all, n, sizeof *all,
          by_word); /* in the order of the index: faster, and the same everywhere */
    for (size_t i = 0; i < n; i++) pack(x, all[i]);
    search_made_set(x->db, lang_code(x->l), (int64_t)x->docs, stamp, lround(mean_of(x)));
    return x->docs;
}

static bool is_damaged(struct db *db, const struct lang *l)
{
    struct search_word_row *words;
    size_t n = search_words_all(db, lang_code(l), &words);
    for (size_t i = 0; i < n; i++) {
        struct search_hits h = search_hits_of(words[i].hits, words[i].found);
        while (search_next(&h)) {}
        if (h.is_damaged) return true;
    }
    return false;
}

bool search_is_old(struct db *db, const struct lang *l, str stamp)
{
    struct search_made_row made;
    return !search_made_get(db, lang_code(l), &made) || !str_eq(made.stamp, stamp) ||
           is_damaged(db, l);
}

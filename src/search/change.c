/* One document that changed: only the rows of its own words are read and written. */
#include "base/limits.h"
#include "search/inside.h"

#include <stdlib.h>

/* So small a change of a word's weight is not worth a row written: the next whole index mends it. */
#define WEIGHT_SLACK 12

struct counted {
    str word;
    unsigned times; /* in the document as it was, and as it is */
    unsigned before, after;
};

struct side {
    struct counted *words; /* by word, each once */
    size_t n, length;
};

static int by_word(const void *a, const void *b)
{
    return str_cmp(((const struct counted *)a)->word, ((const struct counted *)b)->word);
}

static size_t take(struct arena *a, const struct lang *l, str text, unsigned times,
                   struct counted *out)
{
    struct lang_token *words;
    size_t n = lang_words(a, l, text, &words);
    for (size_t i = 0; i < n; i++) out[i] = (struct counted){ words[i].word, times, 0, 0 };
    return n;
}

static struct side count(struct arena *a, const struct lang *l, str title, str body)
{
    struct side s = { .words = arena_new(a, struct counted, title.n + body.n + 2) };
    s.n = take(a, l, title, SEARCH_TITLE_TIMES, s.words);
    s.n += take(a, l, body, 1, s.words + s.n);
    s.length = s.n;
    qsort(s.words, s.n, sizeof *s.words, by_word);
    size_t kept = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool is_again = kept && str_eq(s.words[kept - 1].word, s.words[i].word);
        if (is_again) s.words[kept - 1].times += s.words[i].times;
        else s.words[kept++] = s.words[i];
    }
    s.n = kept;
    return s;
}

static unsigned weight_in(const struct side *s, size_t i, int64_t mean)
{
    unsigned times = s->words[i].times < 1000 ? s->words[i].times : 1000;
    return search_weight(times, (double)s->length, (double)mean);
}

/* Both sides as one list of words with the weight before and after; 0 is "not in it". */
static size_t both(struct arena *a, const struct side *was, const struct side *is, int64_t mean,
                   struct counted **out)
{
    struct counted *all = arena_new(a, struct counted, was->n + is->n + 1);
    size_t n = 0, i = 0, j = 0;
    while (i < was->n || j < is->n) {
        int order = i == was->n  ? 1
                    : j == is->n ? -1
                                 : str_cmp(was->words[i].word, is->words[j].word);
        struct counted c = { .word = order <= 0 ? was->words[i].word : is->words[j].word };
        bool is_same_count = order == 0 && was->words[i].times == is->words[j].times;
        if (order <= 0) c.before = weight_in(was, i++, mean);
        if (order >= 0) c.after = weight_in(is, j++, mean);
        if (is_same_count && abs((int)c.before - (int)c.after) <= WEIGHT_SLACK) continue;
        if (c.before != c.after) all[n++] = c;
    }
    *out = all;
    return n;
}

/* A word's documents as they are to be kept. */
struct changed {
    str word, hits;
    int64_t found;
    bool is_damaged;
};

/* The packed documents of a word without this one, or with its new weight; `row` NULL: nobody held the word. */
static struct changed repack(struct arena *a, const struct search_word_whole *row, int64_t number,
                             const struct counted *c)
{
    struct sink out;
    struct changed made = { .word = c->word };
    int64_t before = 0;
    bool is_due = c->after > 0;
    struct search_hits h = search_hits_of(row ? row->hits : S(""), row ? row->found : 0);
    sink_open(&out, a, MIB(16));
    for (bool is_more = row && search_next(&h); is_more || is_due;) {
        bool is_ours = is_due && (!is_more || h.number >= number);
        int64_t at = is_ours ? number : h.number;
        bool is_old = is_more && h.number == number;
        if (is_ours || !is_old) {
            search_pack(&out, before, at, is_ours ? c->after : (unsigned)h.weight);
            before = at;
            made.found++;
        }
        if (is_ours) is_due = false;
        if (is_more && (!is_ours || is_old)) is_more = search_next(&h);
    }
    made.hits = sink_str(&out);
    made.is_damaged =
        h.is_damaged; /* left alone: the nightly look finds it and makes the index anew */
    return made;
}

/* Words are read and written by sevens: on a database across a wire each question costs more than its answer. */
#define AT_ONCE 7

static const struct search_word_whole *row_of(const struct search_word_whole *rows, size_t n,
                                              str word)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].word, word)) return &rows[i];
    return NULL;
}

static void write_changed(struct db *db, str lang, const struct changed *w, size_t n)
{
    bool is_whole = n == AT_ONCE;
    for (size_t i = 0; i < n; i++) is_whole = is_whole && w[i].found > 0 && !w[i].is_damaged;
    if (is_whole) {
        search_words_put(db, lang, w[0].word, w[0].found, w[0].hits, w[1].word, w[1].found,
                         w[1].hits, w[2].word, w[2].found, w[2].hits, w[3].word, w[3].found,
                         w[3].hits, w[4].word, w[4].found, w[4].hits, w[5].word, w[5].found,
                         w[5].hits, w[6].word, w[6].found, w[6].hits);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (w[i].is_damaged) continue;
        if (w[i].found) search_word_put(db, lang, w[i].word, w[i].found, w[i].hits);
        else search_word_drop(db, lang, w[i].word);
    }
}

static void rewrite(struct db *db, struct arena *a, const struct lang *l, int64_t number,
                    const struct counted *words, size_t n)
{
    str w[AT_ONCE], lang = lang_code(l);
    struct search_word_whole *rows;
    struct changed made[AT_ONCE];
    for (size_t i = 0; i < AT_ONCE; i++) w[i] = i < n ? words[i].word : S("");
    size_t rows_n = search_words_seven(db, lang, w[0], w[1], w[2], w[3], w[4], w[5], w[6], &rows);
    for (size_t i = 0; i < n; i++)
        made[i] = repack(a, row_of(rows, rows_n, words[i].word), number, &words[i]);
    write_changed(db, lang, made, n);
}

static bool find(struct db *db, const struct lang *l, enum search_part part, str path,
                 struct search_doc_found *out)
{
    struct search_doc_found *all;
    size_t n = search_doc_at(db, lang_code(l), path, &all);
    for (size_t i = 0; i < n; i++) {
        if (SEARCH_PART_OF(all[i].number) != part) continue;
        *out = all[i];
        return true;
    }
    *out = (struct search_doc_found){ .number = -1, .title = S(""), .body = S("") };
    return false;
}

static int64_t next_number(struct db *db, const struct lang *l, enum search_part part)
{
    struct search_doc_number last;
    search_doc_last(db, lang_code(l), SEARCH_NUMBER(part, 0), SEARCH_NUMBER(part + 1, 0), &last);
    return last.number < 0 ? SEARCH_NUMBER(part, 0) : last.number + 1;
}

void search_change(struct db *db, const struct lang *l, enum search_part part, str path,
                   const struct search_doc *doc)
{
    struct arena *a = db_arena(db);
    struct search_made_row made;
    struct search_doc_found old;
    if (!search_made_get(db, lang_code(l), &made)) return;
    bool is_there = find(db, l, part, path, &old);
    if (!is_there && !doc) return;
    const struct lang *written = doc && doc->written_in ? doc->written_in : l;
    const struct lang *was_in = lang_find(is_there ? old.written_in : S(""));
    str body = doc ? str_cut_text(doc->body, SEARCH_BODY_MAX) : S("");
    bool is_same = is_there && doc && was_in == written && str_eq(old.title, doc->title) &&
                   str_eq(old.body, body);
    if (is_same) return;

    struct side was = { 0 }, is = { 0 };
    if (is_there) was = count(a, was_in ? was_in : l, old.title, old.body);
    if (doc) is = count(a, written, doc->title, body);
    int64_t number = is_there ? old.number : next_number(db, l, part);
    struct counted *words;
    size_t n = both(a, &was, &is, made.mean ? made.mean : (int64_t)was.length + 1, &words);
    for (size_t i = 0; i < n; i += AT_ONCE)
        rewrite(db, a, l, number, &words[i], n - i < AT_ONCE ? n - i : AT_ONCE);
    if (is_there) search_doc_drop(db, lang_code(l), number);
    if (doc) search_doc_add(db, lang_code(l), number, path, doc->title, body, lang_code(written));
    if (is_there != (doc != NULL)) search_made_docs(db, lang_code(l), is_there ? -1 : 1);
}

/* Asking: the documents that hold every word, best first; if none does, those that hold some. */
#include "base/breakage.h"
#include "base/limits.h"
#include "search/inside.h"

#include <math.h>
#include <stdlib.h>

/* A word in more than one document of so many need not be there: "of", "and". */
#define COMMON_IN   4
#define COMMON_FROM 100 /* documents; among fewer every word counts */

struct scored {
    int64_t number;
    float score;
};

struct list {
    struct scored *at; /* by number */
    size_t n;
};

/* A word of the question in each of the forms it is looked for: the reader's language, and English. */
struct asked {
    str form[2];
    int forms;
    str written; /* as it was typed */
};

static struct list unpack(struct arena *a, str hits, int64_t found, float rarity)
{
    struct list out = { arena_new(a, struct scored, hits.n / 2 + 1), 0 };
    struct search_hits h = search_hits_of(hits, found);
    while (search_next(&h)) out.at[out.n++] = (struct scored){ h.number, (float)h.weight * rarity };
    if (h.is_damaged) broken("the index of words is damaged; run `blueheart init` to make it anew");
    return out;
}

static struct list either(struct arena *a, struct list x, struct list y, bool needs_both)
{
    struct list out = { arena_new(a, struct scored, x.n + y.n + 1), 0 };
    size_t i = 0, j = 0;
    while (i < x.n || j < y.n) {
        bool is_x = j == y.n || (i < x.n && x.at[i].number <= y.at[j].number);
        bool is_y = i == x.n || (j < y.n && y.at[j].number <= x.at[i].number);
        struct scored s = { is_x ? x.at[i].number : y.at[j].number, 0 };
        if (is_x) s.score += x.at[i++].score;
        if (is_y) s.score += y.at[j++].score;
        if (!needs_both || (is_x && is_y)) out.at[out.n++] = s;
    }
    return out;
}

/* The same documents; those that hold a common word too stand higher. */
static struct list prefer(struct arena *a, struct list all, struct list common)
{
    struct list out = { arena_new(a, struct scored, all.n + 1), all.n };
    size_t j = 0;
    for (size_t i = 0; i < all.n; i++) {
        while (j < common.n && common.at[j].number < all.at[i].number) j++;
        out.at[i] = all.at[i];
        if (j < common.n && common.at[j].number == out.at[i].number)
            out.at[i].score += common.at[j].score;
    }
    return out;
}

static struct list look_up(struct db *db, struct arena *a, const struct lang *l,
                           const struct asked *w, int64_t docs)
{
    struct list out = { NULL, 0 };
    for (int i = 0; i < w->forms; i++) {
        struct search_word_row row;
        if (!search_word_get(db, lang_code(l), w->form[i], &row)) continue;
        float rarity = (float)log(1 + ((double)docs - (double)row.found + 0.5) /
                                          ((double)row.found + 0.5));
        struct list found = unpack(a, row.hits, row.found, rarity);
        out = i == 0 || out.n == 0 ? found : either(a, out, found, false);
    }
    return out;
}

/* One character of Han is the beginning of pairs; any other word that nobody wrote may be misspelt. */
static struct list look_near(struct db *db, struct arena *a, const struct lang *l, struct asked *w,
                             int64_t docs, str *unknown)
{
    struct list out = { NULL, 0 };
    str near[SEARCH_NEAR_MAX];
    size_t n = search_near(db, a, l, w->form[0], near);
    for (size_t i = 0; i < n; i++) {
        struct asked one = { { near[i], S("") }, 1, w->written };
        struct list found = look_up(db, a, l, &one, docs);
        out = out.n == 0 ? found : either(a, out, found, false);
    }
    if (n == 1) {
        w->form[w->forms - 1] = near[0]; /* so that it is marked */
        *unknown = w->written;
    }
    return out;
}

static size_t read_question(struct arena *a, const struct lang *l, str question, struct asked *out)
{
    struct lang_token *own, *english;
    const struct lang *en = lang_find(S("en"));
    size_t n = lang_words(a, l, question, &own), kept = 0;
    size_t m = lang_words(a, en, question, &english); /* the same places, other endings */
    for (size_t i = 0; i < n && i < m && kept < SEARCH_WORDS_MAX; i++) {
        str typed = str_cut(str_from(question, own[i].from), own[i].to - own[i].from);
        struct asked w = { { own[i].word, english[i].word }, 2, typed };
        if (str_eq(w.form[0], w.form[1])) w.forms = 1;
        bool is_again = false;
        for (size_t k = 0; k < kept; k++) is_again = is_again || str_eq(out[k].form[0], w.form[0]);
        if (!is_again) out[kept++] = w;
    }
    return kept;
}

static int by_score(const void *a, const void *b)
{
    const struct scored *x = a, *y = b;
    if (x->score != y->score) return x->score < y->score ? 1 : -1;
    return (x->number > y->number) - (x->number < y->number);
}

/* ---- What a reader sees of a document: its title and one passage, with the words marked. */

static bool is_asked(const struct asked *asked, size_t n, str word)
{
    for (size_t i = 0; i < n; i++)
        for (int f = 0; f < asked[i].forms; f++)
            if (str_eq(asked[i].form[f], word)) return true;
    return false;
}

static void add_piece(struct search_piece *at, size_t *n, str text, bool is_match)
{
    if (text.n) at[(*n)++] = (struct search_piece){ text, is_match };
}

static struct search_piece *mark(struct arena *a, const struct lang *l, str text,
                                 const struct asked *asked, size_t asked_n, size_t *n)
{
    struct lang_token *words;
    size_t m = lang_words(a, l, text, &words), done = 0;
    struct search_piece *out = arena_new(a, struct search_piece, m * 2 + 1);
    *n = 0;
    for (size_t i = 0; i < m; i++) {
        if (!is_asked(asked, asked_n, words[i].word) || words[i].to <= done) continue;
        size_t from = words[i].from > done ? words[i].from : done;
        add_piece(out, n, str_cut(str_from(text, done), from - done), false);
        add_piece(out, n, str_cut(str_from(text, from), words[i].to - from), true);
        done = words[i].to;
    }
    add_piece(out, n, str_from(text, done), false);
    return out;
}

/* About PASSAGE bytes around the first word asked for; the beginning if none is in sight. */
#define PASSAGE 220

static str passage_of(struct arena *a, const struct lang *l, str body, const struct asked *asked,
                      size_t asked_n)
{
    str looked = str_cut_text(body, SEARCH_LOOKED_MAX);
    struct lang_token *words;
    size_t m = lang_words(a, l, looked, &words), at = 0;
    for (size_t i = 0; i < m && at == 0; i++)
        if (is_asked(asked, asked_n, words[i].word)) at = words[i].from + 1;
    size_t from = at > PASSAGE / 3 ? at - PASSAGE / 3 : 0;
    while (from > 0 && looked.p[from - 1] != ' ' && looked.p[from - 1] != '\n' &&
           from + PASSAGE / 2 > at)
        from--;
    while (from < looked.n && ((unsigned char)looked.p[from] & 0xC0) == 0x80) from++;
    str cut = str_cut_text(str_from(looked, from), PASSAGE);
    ptrdiff_t space = -1;
    for (size_t i = cut.n > 40 ? cut.n - 40 : 0; i < cut.n; i++)
        if (cut.p[i] == ' ') space = (ptrdiff_t)i;
    bool is_end = from + cut.n == body.n;
    if (!is_end && space > 0) cut = str_cut(cut, (size_t)space);
    return ARENA_JOIN(a, from ? S("… ") : S(""), str_trim(cut), is_end ? S("") : S(" …"));
}

static bool show(struct db *db, struct arena *a, const struct lang *l, const struct scored *s,
                 const struct asked *asked, size_t asked_n, struct search_result *out)
{
    struct search_doc_row doc;
    if (!search_doc_get(db, lang_code(l), s->number, &doc)) return false;
    const struct lang *written = lang_find(doc.written_in);
    if (!written) written = l;
    *out = (struct search_result){ .part = SEARCH_PART_OF(s->number),
                                   .path = doc.path,
                                   .written_in = written };
    out->title = mark(a, written, doc.title, asked, asked_n, &out->title_n);
    str passage = passage_of(a, written, doc.body, asked, asked_n);
    out->passage = mark(a, written, passage, asked, asked_n, &out->passage_n);
    return true;
}

struct search_answer search_ask(struct db *db, struct arena *a, const struct lang *l, str question,
                                enum search_part part, size_t each, size_t from)
{
    struct search_answer out = { .unknown = S("") };
    struct asked asked[SEARCH_WORDS_MAX];
    size_t n = read_question(a, l, str_cut_text(question, SEARCH_QUESTION_MAX), asked);
    struct search_made_row made;
    out.words = n;
    db_note_read(db, "search");
    if (n == 0 || !search_made_get(db, lang_code(l), &made)) return out;

    struct list all = { NULL, 0 }, any = { NULL, 0 }, common = { NULL, 0 };
    bool has_rare = false;
    for (size_t i = 0; i < n; i++) {
        struct list found = look_up(db, a, l, &asked[i], made.docs);
        if (found.n == 0) found = look_near(db, a, l, &asked[i], made.docs, &out.unknown);
        any = either(a, any, found, false);
        if (n > 1 && made.docs >= COMMON_FROM && (int64_t)found.n * COMMON_IN > made.docs) {
            common = either(a, common, found, false);
            continue;
        }
        all = has_rare ? either(a, all, found, true) : found;
        has_rare = true;
    }
    if (!has_rare) all = common; /* nothing but common words: those with any of them */
    else all = prefer(a, all, common);
    out.is_any = all.n == 0 && any.n > 0;
    if (out.is_any) all = any;

    out.found = (int64_t)all.n;
    for (size_t i = 0; i < all.n; i++)
        out.in_part[SEARCH_PART_OF(all.at[i].number) % SEARCH_PARTS]++;
    qsort(all.at, all.n, sizeof *all.at, by_score);

    size_t most = part == SEARCH_PARTS ? each * SEARCH_PARTS : each, seen[SEARCH_PARTS] = { 0 };
    out.results = arena_new(a, struct search_result, most + 1);
    for (size_t i = 0; i < all.n && out.n < most; i++) {
        enum search_part p = SEARCH_PART_OF(all.at[i].number) % SEARCH_PARTS;
        if (part != SEARCH_PARTS && p != part) continue;
        size_t place = seen[p]++;
        bool is_shown = part == SEARCH_PARTS ? place < each : place >= from && place < from + each;
        if (is_shown && show(db, a, l, &all.at[i], asked, n, &out.results[out.n])) out.n++;
    }
    return out;
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

size_t search_addresses(struct db *db, struct arena *a, str **out)
{
    struct search_path *rows;
    size_t n = search_paths_all(db, S("en"), &rows), kept = 0;
    str *all = arena_new(a, str, n + 1);
    db_note_read(db, "search");
    for (size_t i = 0; i < n; i++) {
        ptrdiff_t hash = str_find(rows[i].path, '#');
        all[i] = hash < 0 ? rows[i].path : str_cut(rows[i].path, (size_t)hash);
    }
    qsort(all, n, sizeof *all, by_bytes);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || !str_eq(all[kept - 1], all[i])) all[kept++] = all[i];
    *out = all;
    return kept;
}

str search_title(struct db *db, const struct lang *l, str path)
{
    struct search_titled found;
    db_note_read(db, "search");
    return search_path_get(db, lang_code(l), path, &found) ? found.title : S("");
}

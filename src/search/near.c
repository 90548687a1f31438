/* A word nobody wrote: the nearest that somebody did. */
#include "search/inside.h"

#define LETTERS_MAX 48

static size_t letters_of(str s, uint32_t *out)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n && n < LETTERS_MAX; n++) {
        unsigned char c = (unsigned char)s.p[i++];
        uint32_t letter = c < 0x80 ? c : c < 0xE0 ? c & 31u : c < 0xF0 ? c & 15u : c & 7u;
        while (c >= 0xC0 && i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80)
            letter = letter << 6 | ((unsigned char)s.p[i++] & 63u);
        out[n] = letter;
    }
    return n;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t search_distance(str a, str b, size_t most)
{
    uint32_t x[LETTERS_MAX], y[LETTERS_MAX];
    size_t n = letters_of(a, x), m = letters_of(b, y);
    if ((n > m ? n - m : m - n) > most) return most + 1;
    size_t rows[3][LETTERS_MAX + 1], *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= m; j++) last[j] = j;
    for (size_t i = 1; i <= n; i++) {
        now[0] = i;
        size_t best = i;
        for (size_t j = 1; j <= m; j++) {
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (x[i - 1] != y[j - 1]));
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
            best = least(best, now[j]);
        }
        if (best > most) return most + 1;
        size_t *free_row = before;
        before = last;
        last = now;
        now = free_row;
    }
    return least(last[m], most + 1);
}

/* Words of a language that begin with these bytes. */
static size_t beginning(struct db *db, struct arena *a, const struct lang *l, str from,
                        struct search_word_near **out)
{
    char *past = (char *)arena_z(a, from);
    past[from.n - 1]++; /* where that leaves the letters of UTF-8, less is found */
    return search_words_between(db, lang_code(l), from, (str){ past, from.n }, out);
}

static bool is_one_han(str word)
{
    return word.n == 3 && (unsigned char)word.p[0] >= 0xE3 && (unsigned char)word.p[0] <= 0xE9;
}

/* The misspelt are looked for among words with the same first letter: people seldom mistake that one. */
size_t search_near(struct db *db, struct arena *a, const struct lang *l, str word, str *out)
{
    struct search_word_near *near;
    size_t most = word.n >= 7 ? 2 : 1, first = 1;
    if (is_one_han(word)) {
        size_t n = beginning(db, a, l, word, &near);
        if (n > SEARCH_NEAR_MAX) n = SEARCH_NEAR_MAX;
        for (size_t i = 0; i < n; i++) out[i] = near[i].word;
        return n;
    }
    if (word.n < 4) return 0;
    while (first < word.n && ((unsigned char)word.p[first] & 0xC0) == 0x80) first++;
    size_t n = beginning(db, a, l, str_cut(word, first), &near);
    size_t best = most + 1, best_at = 0;
    for (size_t i = 0; i < n; i++) {
        size_t d = search_distance(word, near[i].word, most);
        if (d < best || (d == best && d <= most && near[i].found > near[best_at].found)) {
            best = d;
            best_at = i;
        }
    }
    if (best > most) return 0;
    out[0] = near[best_at].word;
    return 1;
}

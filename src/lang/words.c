/* Words as search compares them: ICU finds them and folds case, Snowball takes off endings, then accents, vowel
 * marks and hamzas go. Han and Kana, written without spaces, become pairs of neighbouring characters. */
#include "lang/inside.h"

#include <libstemmer.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

#define WORD_UNITS 128 /* UTF-16 units of one word; what is longer is cut */

static const UNormalizer2 *fold, *apart;
static UBreakIterator *breaks;

static const struct {
    const char *code, *stemmer;
} stemmers[] = {
    { "ar", "arabic" }, { "en", "english" }, { "es", "spanish" },
    { "fr", "french" }, { "ru", "russian" },
};

void lang_open_words(void)
{
    UErrorCode e = U_ZERO_ERROR;
    fold = unorm2_getNFKCCasefoldInstance(&e);
    apart = unorm2_getNFDInstance(&e);
    if (!breaks) breaks = ubrk_open(UBRK_WORD, "", NULL, 0, &e);
    lang_need(e, "words");
}

static struct sb_stemmer *stemmer_of(struct lang *l)
{
    for (size_t i = 0; !l->stemmer && i < COUNT_OF(stemmers); i++)
        if (str_eq(l->code, str_of(stemmers[i].code)))
            l->stemmer = sb_stemmer_new(stemmers[i].stemmer, NULL);
    return l->stemmer;
}

/* One word, folded, into `out` (room for WORD_UNITS * 3 bytes); its bytes, 0 if nothing is left. */
static size_t folded(str word, char *out)
{
    bool is_plain = word.n < WORD_UNITS;
    for (size_t i = 0; i < word.n && is_plain; i++) {
        char c = word.p[i];
        is_plain = (unsigned char)c < 0x80;
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    if (is_plain) return word.n;

    UErrorCode e = U_ZERO_ERROR;
    UChar wide[WORD_UNITS], low[WORD_UNITS * 2];
    int32_t n = 0, bytes = 0;
    word = str_cut_text(word, WORD_UNITS - 1);
    u_strFromUTF8WithSub(wide, WORD_UNITS, &n, word.p, (int32_t)word.n, 0xFFFD, NULL, &e);
    n = unorm2_normalize(fold, wide, n, low, WORD_UNITS, &e);
    if (U_FAILURE(e)) return 0;
    u_strToUTF8(out, WORD_UNITS * 3, &bytes, low, n, &e);
    return U_FAILURE(e) ? 0 : (size_t)bytes;
}

/* Takes marks off: accents, vowel signs, hamzas; and the letters Arabic and Russian writers use for one another. */
static size_t bare(char *text, size_t n)
{
    bool is_plain = true;
    for (size_t i = 0; i < n && is_plain; i++) is_plain = (unsigned char)text[i] < 0x80;
    if (is_plain) return n;
    UErrorCode e = U_ZERO_ERROR;
    UChar wide[WORD_UNITS * 2], parts[WORD_UNITS * 4];
    int32_t wide_n = 0, parts_n, kept = 0, bytes = 0;
    u_strFromUTF8(wide, COUNT_OF(wide), &wide_n, text, (int32_t)n, &e);
    parts_n = unorm2_normalize(apart, wide, wide_n, parts, COUNT_OF(parts), &e);
    if (U_FAILURE(e)) return 0;
    for (int32_t i = 0; i < parts_n; i++) {
        UChar c = parts[i];
        if (u_charType(c) == U_NON_SPACING_MARK || c == 0x0640) continue; /* tatweel */
        if (c == 0x0649) c = 0x064A;                                      /* ى ي */
        if (c == 0x0629) c = 0x0647;                                      /* ة ه */
        parts[kept++] = c;
    }
    u_strToUTF8(text, WORD_UNITS * 3, &bytes, parts, kept, &e);
    return U_FAILURE(e) ? 0 : (size_t)bytes;
}

str lang_word(struct arena *a, const struct lang *l, str word)
{
    char text[WORD_UNITS * 3 + 1];
    size_t n = folded(word, text);
    struct sb_stemmer *stemmer = stemmer_of((struct lang *)l); /* a memo */
    if (stemmer && n && n < WORD_UNITS) {
        const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)text, (int)n);
        if (stem) {
            n = (size_t)sb_stemmer_length(stemmer);
            memcpy(text, stem, n);
        }
    }
    n = bare(text, n);
    return arena_str(a, (str){ text, n });
}

str lang_bare(struct arena *a, str text)
{
    struct sink out;
    sink_open(&out, a, KIB(64));
    while (text.n) {
        str piece = str_cut_text(text, 60);
        if (piece.n == 0) break;
        char bytes[WORD_UNITS * 3 + 1];
        size_t n = bare(bytes, folded(piece, bytes));
        put(&out, (str){ bytes, n });
        text = str_from(text, piece.n);
    }
    return sink_str(&out);
}

struct words {
    struct arena *a;
    const struct lang *l;
    struct lang_token *at;
    size_t n, room;
};

static void add(struct words *w, str word, size_t from, size_t to)
{
    if (word.n == 0) return;
    if (w->n == w->room) {
        struct lang_token *wider = arena_new(w->a, struct lang_token, w->room * 2);
        memcpy(wider, w->at, w->n * sizeof *wider);
        w->at = wider;
        w->room *= 2;
    }
    w->at[w->n++] = (struct lang_token){ word, from, to };
}

static size_t character_n(str s, size_t at)
{
    unsigned char c = (unsigned char)s.p[at];
    size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    return at + n > s.n ? s.n - at : n;
}

/* A run of characters without spaces: every pair of neighbours, or the one there is. */
static void add_pairs(struct words *w, str text, size_t from, size_t to)
{
    size_t first = character_n(text, from);
    if (from + first >= to) {
        add(w, lang_bare(w->a, str_cut(str_from(text, from), to - from)), from, to);
        return;
    }
    while (from + first < to) {
        size_t second = character_n(text, from + first);
        str pair = str_cut(str_from(text, from), first + second);
        add(w, lang_bare(w->a, pair), from, from + first + second);
        from += first;
        first = second;
    }
}

size_t lang_words(struct arena *a, const struct lang *l, str text, struct lang_token **out)
{
    struct words w = { a, l, arena_new(a, struct lang_token, 64), 0, 64 };
    UErrorCode e = U_ZERO_ERROR;
    UText *open = utext_openUTF8(NULL, text.p ? text.p : "", (int64_t)text.n, &e);
    ubrk_setUText(breaks, open, &e);
    lang_need(e, "words");
    int32_t from = ubrk_first(breaks), to;
    ptrdiff_t run = -1; /* where a run of Han or Kana began */
    for (; (to = ubrk_next(breaks)) != UBRK_DONE; from = to) {
        int32_t status = ubrk_getRuleStatus(breaks);
        bool is_ideograph = status >= UBRK_WORD_KANA && status < UBRK_WORD_IDEO_LIMIT;
        if (is_ideograph && run < 0) run = from;
        if (!is_ideograph && run >= 0) {
            add_pairs(&w, text, (size_t)run, (size_t)from);
            run = -1;
        }
        if (is_ideograph || status < UBRK_WORD_NONE_LIMIT) continue;
        str word = str_cut(str_from(text, (size_t)from), (size_t)(to - from));
        add(&w, lang_word(a, l, word), (size_t)from, (size_t)to);
    }
    if (run >= 0) add_pairs(&w, text, (size_t)run, (size_t)from);
    utext_close(open);
    *out = w.at;
    return w.n;
}

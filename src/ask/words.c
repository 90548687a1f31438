/* Words of a question: when two are the same, what may be left out, what should be looked at twice. */
#include "ask/ask.h"

#include "base/breakage.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static bool is_letter(UChar32 c)
{
    return u_isalpha(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

str ask_normal(struct arena *a, str words)
{
    UErrorCode bad = U_ZERO_ERROR;
    int32_t n = 0, room = (int32_t)words.n + 1, flat_room = 20 * room;
    const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&bad);
    UChar *wide = arena_new(a, UChar, (size_t)room);
    UChar *flat = arena_new(a, UChar, (size_t)flat_room);
    char *out = arena_take(a, (size_t)flat_room * 3);
    u_strFromUTF8(wide, room, &n, words.p, (int32_t)words.n, &bad);
    int32_t length = unorm2_normalize(fold, wide, n, flat, flat_room, &bad), at = 0, to = 0;
    if (U_FAILURE(bad)) broken("words cannot be folded: %s", u_errorName(bad));
    while (at < length) {
        UChar32 c;
        U16_NEXT(flat, at, length, c);
        if (is_letter(c)) U8_APPEND_UNSAFE(out, to, c);
    }
    return (str){ out, (size_t)to };
}

/* ---- leaving out ---- */

static UChar32 letter_at(str s, size_t *at)
{
    int32_t i = (int32_t)*at;
    UChar32 c;
    U8_NEXT(s.p, i, (int32_t)s.n, c);
    *at = (size_t)i;
    return c;
}

static bool is_mark_alone(UChar32 c)
{
    return !is_letter(c) && !u_isdigit(c) && (u_ispunct(c) || u_isUWhiteSpace(c));
}

/* The next word of a text, without the signs around it; one of a script without spaces is one character. */
static str next_word(str *rest)
{
    size_t at = 0, end = 0, next;
    while (at < rest->n) {
        next = at;
        if (!is_mark_alone(letter_at(*rest, &next))) break;
        at = next;
    }
    size_t first = at;
    end = at;
    while (at < rest->n) {
        next = at;
        UChar32 c = letter_at(*rest, &next);
        bool is_alone = u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
        if (u_isUWhiteSpace(c) || (is_alone && at > first)) break;
        if (!is_mark_alone(c)) end = next;
        at = next;
        if (is_alone) break;
    }
    str word = { rest->p + first, end - first };
    *rest = str_from(*rest, at);
    return word;
}

static bool is_same_word(struct arena *a, str one, str other)
{
    if (str_eq(one, other)) return true;
    if (one.n != other.n) return false;
    for (size_t i = 0; i < one.n; i++)
        if (one.p[i] >= '0' && one.p[i] <= '9') return false;
    str letters = ask_normal(a, one);
    return letters.n && str_eq(letters, ask_normal(a, other));
}

bool ask_is_shorter(struct arena *a, str question, str shown, bool *is_cut)
{
    *is_cut = false;
    for (str word; (word = next_word(&shown)).n;) {
        str has;
        while ((has = next_word(&question)).n && !is_same_word(a, has, word)) *is_cut = true;
        if (!has.n) return false;
    }
    if (next_word(&question).n) *is_cut = true;
    return true;
}

/* ---- looking twice ---- */

static bool has_digit(str word)
{
    for (size_t at = 0; at < word.n;)
        if (u_isdigit(letter_at(word, &at))) return true;
    return false;
}

static bool is_address(str word)
{
    ptrdiff_t dot = str_find(word, '.');
    bool is_host = dot > 0 && (size_t)dot + 2 < word.n && word.p[dot + 1] != '.';
    return is_host || str_find(word, '@') >= 0 || str_has(word, S("://")) || str_has(word, S("/"));
}

static bool is_capital(str word)
{
    size_t at = 0;
    return word.n && u_isupper(letter_at(word, &at));
}

static bool is_all_capital(str word)
{
    int letters = 0;
    for (size_t at = 0; at < word.n;) {
        UChar32 c = letter_at(word, &at);
        if (u_islower(c)) return false;
        letters += u_isupper(c) != 0;
    }
    return letters >= 2;
}

size_t ask_look(struct arena *a, str words, struct ask_piece **out)
{
    size_t n = 0, last = 0;
    bool was_capital = false, is_begun = true;
    *out = arena_new(a, struct ask_piece, words.n + 1);
    while (words.n) {
        const char *from = words.p;
        str rest = words, word = next_word(&rest);
        str gap = { from, (size_t)(word.p - from) }, whole = { word.p, (size_t)(rest.p - word.p) };
        bool is_name = is_capital(word) && (was_capital || !is_begun);
        bool is_odd = has_digit(word) || is_address(word) || is_all_capital(word) || is_name;
        if (is_name && was_capital && n) (*out)[last].is_odd = true;
        if (gap.n) (*out)[n++] = (struct ask_piece){ gap, false };
        last = n;
        (*out)[n++] = (struct ask_piece){ whole, is_odd };
        was_capital = is_capital(word);
        is_begun = str_has(whole, S(".")) || str_has(whole, S("?")) || str_has(whole, S("!"));
        words = rest;
    }
    return n;
}

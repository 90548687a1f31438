#include "lang/inside.h"

#include "base/breakage.h"

#include <strings.h>

#include <unicode/uloc.h>
#include <unicode/ustring.h>

static struct lang langs[LANGS_MAX];
static size_t langs_n;

void lang_need(UErrorCode e, const char *what)
{
    if (U_FAILURE(e)) broken("ICU failed (%s): %s", what, u_errorName(e));
}

str lang_utf8(struct arena *a, const UChar *s, int32_t n)
{
    UErrorCode e = U_ZERO_ERROR;
    int32_t bytes = 0;
    size_t room = (size_t)(n < 0 ? u_strlen(s) : n) * 3 + 1;
    char *text = arena_take(a, room);
    u_strToUTF8(text, (int32_t)room, &bytes, s, n, &e);
    lang_need(e, "UTF-8");
    return (str){ text, (size_t)bytes };
}

static void open_one(struct arena *life, struct lang *l, const struct lang_table *t)
{
    *l = (struct lang){ .table = t, .code = str_of(t->code) };
    UErrorCode e = U_ZERO_ERROR;
    char locale[ULOC_FULLNAME_CAPACITY];
    int32_t n;
    /* Plain "en" is the usage of the United States; the world's writes 14 September 2026, as the United Nations do. */
    const char *tag = t->code;
    if (strcmp(tag, "en") == 0) tag = "en-001";
    if (strcmp(tag, "ar") == 0)
        tag = "ar-u-nu-arab"; /* plain "ar" changed its digits between versions of ICU */
    uloc_forLanguageTag(tag, locale, sizeof locale, &n, &e);
    lang_need(e, t->code);
    l->is_rtl = uloc_isRightToLeft(locale);
    l->order = ucol_open(locale, &e);
    l->rules = uplrules_open(locale, &e);
    lang_need(e, t->code);
    l->plural_memo = arena_take(life, PLURAL_MEMO);
    memset(l->plural_memo, -1, PLURAL_MEMO);
    lang_open_numbers(life, l, locale);
    lang_open_days(life, l, locale);
    lang_open_names(life, l, locale);
}

void lang_open(struct arena *life)
{
    if (lang_tables_n > LANGS_MAX) broken("more than %d languages", LANGS_MAX);
    lang_open_states(life);
    lang_open_words();
    langs_n = lang_tables_n;
    for (size_t i = 0; i < langs_n; i++) open_one(life, &langs[i], &lang_tables[i]);
}

size_t lang_words_in(const struct word *words)
{
    size_t n = 0;
    while (words[n].code.n) n++;
    return n;
}

size_t lang_count(void)
{
    return langs_n;
}

const struct lang *lang_at(size_t i)
{
    return i < langs_n ? &langs[i] : NULL;
}

const struct lang *lang_find(str code)
{
    for (size_t i = 0; i < langs_n; i++)
        if (str_eq(langs[i].code, code)) return &langs[i];
    return NULL;
}

str lang_code(const struct lang *l)
{
    return l->code;
}

str lang_own_name(const struct lang *l)
{
    return l->own_name;
}

bool lang_is_rtl(const struct lang *l)
{
    return l->is_rtl;
}

bool lang_is_english(const struct lang *l)
{
    return str_eq(lang_code(l), S("en"));
}

str lang_reviewed(const struct lang *l)
{
    return str_of(l->table->reviewed);
}

/* Which form of a plural a number takes. */
int lang_category(const struct lang *l, int64_t n)
{
    static const char *const names[LANG_FORMS] = { "zero", "one", "two", "few", "many", "other" };
    bool is_small = n >= 0 && n < PLURAL_MEMO;
    if (is_small && l->plural_memo[n] >= 0) return l->plural_memo[n];
    UErrorCode e = U_ZERO_ERROR;
    UChar word[16];
    int32_t length = uplrules_select(l->rules, (double)n, word, COUNT_OF(word), &e);
    int category = LANG_FORMS - 1;
    for (int c = 0; U_SUCCESS(e) && c < LANG_FORMS; c++) {
        size_t i = 0;
        while (names[c][i] && (int32_t)i < length && word[i] == (UChar)names[c][i]) i++;
        if (!names[c][i] && (int32_t)i == length) category = c;
    }
    if (is_small) l->plural_memo[n] = (signed char)category;
    return category;
}

/* Does the reader's "zh-Hant-TW" begin with our "zh"? */
static bool matches(str range, str code)
{
    return range.n >= code.n && strncasecmp(range.p, code.p, code.n) == 0 &&
           (range.n == code.n || range.p[code.n] == '-');
}

/* "0.8" -> 800; what is no weight counts as 0. */
static int weight_of(str range)
{
    ptrdiff_t at = str_find(range, ';');
    if (at < 0) return 1000;
    str q = str_trim(str_from(range, (size_t)at + 1));
    if (q.n < 3 || (q.p[0] | 32) != 'q' || q.p[1] != '=' || (q.p[2] != '0' && q.p[2] != '1'))
        return 0;
    int weight = (q.p[2] - '0') * 1000, part = 100;
    for (size_t i = 4; i < q.n && i < 7 && q.p[i] >= '0' && q.p[i] <= '9'; i++, part /= 10)
        weight += (q.p[i] - '0') * part;
    return weight > 1000 ? 1000 : weight;
}

const struct lang *lang_choose(str accept)
{
    int weight[LANGS_MAX]; /* the best the header says of each; -1 nothing */
    size_t place[LANGS_MAX], length[LANGS_MAX], seen = 0;
    int others = -1; /* "*" */
    memset(weight, -1, sizeof weight);
    memset(length, 0, sizeof length);

    for (str rest = str_cut(accept, 4096); rest.p && seen < ACCEPT_RANGES_MAX; seen++) {
        str range = str_trim(str_split(&rest, ','));
        int q = weight_of(range);
        ptrdiff_t end = str_find(range, ';');
        str tag = str_trim(end < 0 ? range : str_cut(range, (size_t)end));
        if (str_eq(tag, S("*"))) others = q;
        for (size_t i = 0; i < langs_n; i++) {
            if (!matches(tag, langs[i].code) || (weight[i] >= q && length[i] >= langs[i].code.n))
                continue;
            weight[i] = q;
            place[i] = seen;
            length[i] = langs[i].code.n;
        }
    }
    const struct lang *best = NULL;
    int best_weight = 0;
    size_t best_place = 0, best_length = 0;
    for (size_t i = 0; i < langs_n; i++) {
        int q = weight[i] >= 0 ? weight[i] : others;
        size_t at = weight[i] >= 0 ? place[i] : ACCEPT_RANGES_MAX;
        bool is_better = q > best_weight || (q == best_weight && q > 0 && at < best_place) ||
                         (q == best_weight && q > 0 && at == best_place && length[i] > best_length);
        if (!is_better) continue;
        best = &langs[i];
        best_weight = q;
        best_place = at;
        best_length = length[i];
    }
    return best ? best : &langs[0];
}

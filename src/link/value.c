#include "link/value.h"

#include "base/breakage.h"

#include <unicode/uregex.h>
#include <unicode/ustring.h>

#define UNREADABLE ((str){ NULL, 0 })
#define IS_EMPTY   "this is empty, and the feature has no missingValue that says what that means"

struct link_pattern {
    URegularExpression *expression;
};

static void close_pattern(void *self)
{
    uregex_close(((struct link_pattern *)self)->expression);
}

static UChar *wide_of(struct arena *a, str text, int32_t *n)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t room = (int32_t)text.n + 1;
    UChar *wide = arena_new(a, UChar, (size_t)room);
    u_strFromUTF8(wide, room, n, text.p, (int32_t)text.n, &error);
    if (U_FAILURE(error)) *n = 0;
    return wide;
}

struct link_pattern *link_pattern_open(struct arena *a, str pattern)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t n;
    UChar *wide = wide_of(a, pattern, &n);
    struct link_pattern *p = arena_new(a, struct link_pattern, 1);
    p->expression = uregex_open(wide, n, 0, NULL, &error);
    if (U_FAILURE(error)) return NULL;
    arena_at_end(a, close_pattern, p);
    uregex_setTimeLimit(p->expression, 100, &error); /* no cell may hold everything up */
    uregex_setStackLimit(p->expression, (int32_t)MIB(4), &error);
    return p;
}

static bool fits(const struct link_pattern *p, struct arena *a, str text)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t n;
    UChar *wide = wide_of(a, text, &n);
    uregex_setText(p->expression, wide, n, &error);
    bool is_match = uregex_matches(p->expression, 0, &error);
    return U_SUCCESS(error) && is_match;
}

static bool is_ascii(str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0x80) return false;
    return true;
}

static int64_t letters_in(str text)
{
    int64_t n = 0;
    for (size_t i = 0; i < text.n; i++) n += ((unsigned char)text.p[i] & 0xc0) != 0x80;
    return n;
}

static bool has_case(struct arena *a, str text, enum link_case letters)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t n, room, changed;
    UChar *wide = wide_of(a, text, &n);
    room = n * 3 + 1;
    UChar *as = arena_new(a, UChar, (size_t)room);
    changed = letters == LINK_UPPER ? u_strToUpper(as, room, wide, n, "", &error)
                                    : u_strToLower(as, room, wide, n, "", &error);
    return U_SUCCESS(error) && changed == n && u_memcmp(as, wide, n) == 0;
}

static str string_value(const struct link_feature *f, const struct link_pattern *pattern,
                        struct arena *a, str cell, const char **why)
{
    int64_t letters = letters_in(cell);
    if (f->encoding == LINK_ASCII && !is_ascii(cell)) {
        *why = "not all of this is ASCII";
        return UNREADABLE;
    }
    if (pattern && !fits(pattern, a, cell)) *why = "this does not fit the pattern";
    if (letters < f->length_least) *why = "this is shorter than minLength";
    if (f->length_most && letters > f->length_most) *why = "this is longer than maxLength";
    if (f->letters == LINK_UPPER && !has_case(a, cell, LINK_UPPER))
        *why = "not all of this is upper case";
    if (f->letters == LINK_LOWER && !has_case(a, cell, LINK_LOWER))
        *why = "not all of this is lower case";
    return cell;
}

/* Without blanks, plus and leading zeros, as Python's int() reads and str() writes it. */
static str integer_value(const struct link_feature *f, struct arena *a, str cell, const char **why)
{
    str digits = str_trim(cell);
    bool is_minus = digits.n && digits.p[0] == '-';
    if (digits.n && (digits.p[0] == '-' || digits.p[0] == '+')) digits = str_from(digits, 1);
    bool is_whole = digits.n > 0 && digits.n <= 60;
    for (size_t i = 0; i < digits.n; i++)
        if (digits.p[i] < '0' || digits.p[i] > '9') is_whole = false;
    if (!is_whole) {
        *why = cell.n ? "this is not a whole number" : IS_EMPTY;
        return UNREADABLE;
    }
    while (digits.n > 1 && digits.p[0] == '0') digits = str_from(digits, 1);
    if (str_eq(digits, S("0"))) is_minus = false;
    int64_t n;
    if (!str_to_int(digits, &n)) n = INT64_MAX; /* beyond any bound a schema can name */
    if (is_minus) n = -n;
    if (f->has_least && n < f->least) *why = "this is less than the minimum";
    if (f->has_most && n > f->most) *why = "this is more than the maximum";
    return is_minus ? ARENA_JOIN(a, S("-"), digits) : digits;
}

static str enum_value(const struct link_feature *f, str cell, const char **why)
{
    for (size_t i = 0; i < f->values_n; i++)
        if (str_eq(f->values[i], cell)) return cell;
    *why = "this is none of the values";
    return cell;
}

str link_value(const struct link_feature *f, const struct link_pattern *pattern, struct arena *a,
               str cell, const char **why)
{
    *why = NULL;
    if (f->sentinel.p && str_eq(cell, f->sentinel)) return f->replacement;
    switch (f->format) {
    case LINK_STRING: return string_value(f, pattern, a, cell, why);
    case LINK_INTEGER: return integer_value(f, a, cell, why);
    case LINK_ENUM: return enum_value(f, cell, why);
    case LINK_DATE: {
        char *day = arena_take(a, 8);
        if (link_day(f->day_format, cell, day)) return (str){ day, 8 };
        *why = cell.n ? "this is not a date of the format" : IS_EMPTY;
        return UNREADABLE;
    }
    }
    return UNREADABLE;
}

/* Numbers. ICU is asked once for a language's digits and signs; writing a number is then a short loop. */
#include "lang/inside.h"

#include "base/breakage.h"

#include <math.h>
#include <stdio.h>
#include <unicode/unum.h>
#include <unicode/unumberformatter.h>

static str symbol(struct arena *life, const UNumberFormat *f, UNumberFormatSymbol s)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar text[32];
    int32_t n = unum_getSymbol(f, s, text, COUNT_OF(text), &e);
    lang_need(e, "number symbols");
    return lang_utf8(life, text, n);
}

static str affix(struct arena *life, const UNumberFormat *f, UNumberFormatTextAttribute which)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar text[32];
    int32_t n = unum_getTextAttribute(f, which, text, COUNT_OF(text), &e);
    lang_need(e, "number affixes");
    return lang_utf8(life, text, n);
}

/* From how many digits on does the language group? Spanish writes 1234 but 12.345. Only ICU's newer interface knows
 * ("minimum grouping digits"), so it is asked for 1000, 10000, ... until the separator appears. */
static size_t first_grouped(const char *locale, size_t first_group)
{
    UErrorCode e = U_ZERO_ERROR;
    UNumberFormatter *f = unumf_openForSkeletonAndLocale(u"", 0, locale, &e);
    UFormattedNumber *made = unumf_openResult(&e);
    lang_need(e, "grouping");
    size_t digits = 1, found = SIZE_MAX / 2;
    for (int64_t n = 1; digits <= 12 && found == SIZE_MAX / 2; digits++, n *= 10) {
        if (digits <= first_group) continue;
        unumf_formatInt(f, n, made, &e);
        UConstrainedFieldPosition *at = ucfpos_open(&e);
        ucfpos_constrainField(at, UFIELD_CATEGORY_NUMBER, UNUM_GROUPING_SEPARATOR_FIELD, &e);
        if (ufmtval_nextPosition(unumf_resultAsValue(made, &e), at, &e)) found = digits;
        ucfpos_close(at);
        lang_need(e, "grouping");
    }
    unumf_closeResult(made);
    unumf_close(f);
    return found;
}

/* What we write without escaping must not need it. */
static void check_safe(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (strchr("<>&\"", s.p[i])) broken("a language writes numbers with \"%c\"", s.p[i]);
}

void lang_open_numbers(struct arena *life, struct lang *l, const char *locale)
{
    UErrorCode e = U_ZERO_ERROR;
    UNumberFormat *f = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &e);
    lang_need(e, "numbers");
    struct lang_numerals *num = &l->numerals;
    num->is_ascii = true;
    for (int d = 0; d < 10; d++) {
        num->digit[d] = symbol(life, f,
                               d == 0 ? UNUM_ZERO_DIGIT_SYMBOL
                                      : (UNumberFormatSymbol)(UNUM_ONE_DIGIT_SYMBOL + d - 1));
        num->is_ascii &= num->digit[d].n == 1 && num->digit[d].p[0] == '0' + d;
        check_safe(num->digit[d]);
    }
    num->group = symbol(life, f, UNUM_GROUPING_SEPARATOR_SYMBOL);
    num->decimal = symbol(life, f, UNUM_DECIMAL_SEPARATOR_SYMBOL);
    num->minus_before = affix(life, f, UNUM_NEGATIVE_PREFIX);
    num->minus_after = affix(life, f, UNUM_NEGATIVE_SUFFIX);
    check_safe(num->group);
    check_safe(num->decimal);
    check_safe(num->minus_before);
    check_safe(num->minus_after);

    int first = unum_getAttribute(f, UNUM_GROUPING_SIZE),
        next = unum_getAttribute(f, UNUM_SECONDARY_GROUPING_SIZE);
    bool is_grouped = unum_getAttribute(f, UNUM_GROUPING_USED) && first > 0;
    num->first_group = is_grouped ? (size_t)first : SIZE_MAX / 2;
    num->next_group = next > 0 ? (size_t)next : num->first_group;
    num->group_from = is_grouped ? first_grouped(locale, num->first_group) : SIZE_MAX / 2;
    unum_close(f);
}

static void put_digits(struct sink *out, const struct lang_numerals *num, const char *digits,
                       size_t n, bool is_grouped)
{
    if (num->is_ascii && (!is_grouped || n < num->group_from)) {
        put(out, (str){ digits, n });
        return;
    }
    for (size_t i = 0; i < n; i++) {
        put(out, num->digit[digits[i] - '0']);
        size_t left = n - i - 1;
        if (is_grouped && n >= num->group_from && left >= num->first_group &&
            (left - num->first_group) % num->next_group == 0)
            put(out, num->group);
    }
}

static void put_whole(struct sink *out, const struct lang *l, int64_t n, bool is_grouped)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do digits[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (n < 0) put(out, l->numerals.minus_before);
    put_digits(out, &l->numerals, digits + at, sizeof digits - at, is_grouped);
    if (n < 0) put(out, l->numerals.minus_after);
}

void lang_number(struct sink *out, const struct lang *l, int64_t n)
{
    put_whole(out, l, n, true);
}

void lang_year(struct sink *out, const struct lang *l, int64_t year)
{
    put_whole(out, l, year, false);
}

/* The same rounding as the machine's form of the number, so that page and API never differ. */
void lang_real(struct sink *out, const struct lang *l, double x, int decimals)
{
    if (!isfinite(x)) broken("a page was given a number that is none");
    char text[384];
    int n = snprintf(text, sizeof text, "%.*f",
                     decimals < 0    ? 0
                     : decimals > 20 ? 20
                                     : decimals,
                     fabs(x));
    size_t whole = strcspn(text, ".");
    bool is_negative = x < 0 && strspn(text, "0.") != (size_t)n; /* no "-0" */
    if (is_negative) put(out, l->numerals.minus_before);
    put_digits(out, &l->numerals, text, whole, true);
    if (whole < (size_t)n) {
        put(out, l->numerals.decimal);
        put_digits(out, &l->numerals, text + whole + 1, (size_t)n - whole - 1, false);
    }
    if (is_negative) put(out, l->numerals.minus_after);
}

str lang_digits(struct arena *a, const struct lang *l, str ascii)
{
    if (l->numerals.is_ascii) return ascii;
    char *text = arena_take(a, ascii.n * 4 + 1);
    size_t n = 0;
    for (size_t i = 0; i < ascii.n; i++) {
        char c = ascii.p[i];
        str to = c >= '0' && c <= '9' ? l->numerals.digit[c - '0'] : (str){ &ascii.p[i], 1 };
        memcpy(text + n, to.p, to.n);
        n += to.n;
    }
    return (str){ text, n };
}

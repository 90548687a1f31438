/* A date by a strptime format. Each directive tries its readings in the order Python's expression has them and goes
 * back when the rest does not fit, so "%Y%m%d" reads 1998307 as 7 March. */
#include "link/value.h"

static const char *const months[] = { "january",   "february", "march",    "april",
                                      "may",       "june",     "july",     "august",
                                      "september", "october",  "november", "december" };

struct reading {
    int year, month, day, day_of_year;
};

static bool read_rest(str format, str text, struct reading *r);

static bool number_of(str text, size_t digits, int *out)
{
    if (text.n < digits) return false;
    int n = 0;
    for (size_t i = 0; i < digits; i++) {
        char c = text.p[i];
        if (c < '0' || c > '9') return false;
        n = n * 10 + (c - '0');
    }
    *out = n;
    return true;
}

/* The longest reading of at most `most` digits first; the number must be least..top. */
static bool read_number(str format, str text, struct reading *r, int *into, size_t least_digits,
                        size_t most_digits, int least, int top)
{
    for (size_t digits = most_digits; digits >= least_digits && digits > 0; digits--) {
        int n;
        if (!number_of(text, digits, &n) || n < least || n > top) continue;
        *into = n;
        if (read_rest(format, str_from(text, digits), r)) return true;
    }
    return false;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool starts_as(str text, const char *name, size_t n)
{
    if (text.n < n) return false;
    for (size_t i = 0; i < n; i++)
        if (lower(text.p[i]) != lower(name[i])) return false;
    return true;
}

static bool read_month_name(str format, str text, struct reading *r, bool is_whole)
{
    for (int m = 0; m < 12; m++) {
        size_t n = is_whole ? strlen(months[m]) : 3;
        if (!starts_as(text, months[m], n)) continue;
        r->month = m + 1;
        if (read_rest(format, str_from(text, n), r)) return true;
    }
    return false;
}

static bool read_directive(char what, str format, str text, struct reading *r)
{
    switch (what) {
    case 'Y': return read_number(format, text, r, &r->year, 4, 4, 0, 9999);
    case 'm': return read_number(format, text, r, &r->month, 1, 2, 1, 12);
    case 'd': return read_number(format, text, r, &r->day, 1, 2, 1, 31);
    case 'j': return read_number(format, text, r, &r->day_of_year, 1, 3, 1, 366);
    case 'b': return read_month_name(format, text, r, false);
    case 'B': return read_month_name(format, text, r, true);
    case 'y': {
        int two;
        if (!number_of(text, 2, &two)) return false;
        r->year = two + (two < 69 ? 2000 : 1900); /* as POSIX says */
        return read_rest(format, str_from(text, 2), r);
    }
    case '%': return text.n && text.p[0] == '%' && read_rest(format, str_from(text, 1), r);
    default: return false;
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool read_rest(str format, str text, struct reading *r)
{
    if (!format.n) return !text.n;
    if (format.p[0] == '%' && format.n > 1)
        return read_directive(format.p[1], str_from(format, 2), text, r);
    if (is_blank(format.p[0])) {
        if (!text.n || !is_blank(text.p[0])) return false;
        while (format.n && is_blank(format.p[0])) format = str_from(format, 1);
        while (text.n && is_blank(text.p[0])) text = str_from(text, 1);
        return read_rest(format, text, r);
    }
    return starts_as(text, format.p, 1) && read_rest(str_from(format, 1), str_from(text, 1), r);
}

static int days_in(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

bool link_day(str format, str text, char out[8])
{
    struct reading r = { 0 };
    if (text.n > 200 || format.n > LINK_DAY_FORMAT_MAX || !read_rest(format, text, &r))
        return false;
    if (r.year < 1000) return false; /* C libraries disagree about how such a year is written */
    if (r.day_of_year && !r.month) {
        r.month = 1;
        r.day = r.day_of_year;
        while (r.month <= 12 && r.day > days_in(r.year, r.month))
            r.day -= days_in(r.year, r.month++);
    }
    if (r.month < 1 || r.month > 12 || r.day < 1 || r.day > days_in(r.year, r.month)) return false;
    int parts[] = { r.year / 100, r.year % 100, r.month, r.day };
    for (int i = 0; i < 4; i++) {
        out[2 * i] = (char)('0' + parts[i] / 10);
        out[2 * i + 1] = (char)('0' + parts[i] % 10);
    }
    return true;
}

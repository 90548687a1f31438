#include "base/day.h"

#include "base/clock.h"

static bool digits(str s, int64_t *out)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9') return false;
    return str_to_int(s, out);
}

static int month_days(int64_t year, int64_t month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : days[month - 1];
}

struct parts {
    int64_t year, month, day; /* 0 where not given */
};

static bool take_apart(str s, struct parts *out)
{
    *out = (struct parts){ 0 };
    if (s.n != 4 && s.n != 7 && s.n != 10) return false;
    if (!digits(str_cut(s, 4), &out->year) || out->year < 1000) return false;
    if (s.n == 4) return true;
    if (s.p[4] != '-' || !digits(str_cut(str_from(s, 5), 2), &out->month)) return false;
    if (out->month < 1 || out->month > 12) return false;
    if (s.n == 7) return true;
    if (s.p[7] != '-' || !digits(str_from(s, 8), &out->day)) return false;
    return out->day >= 1 && out->day <= month_days(out->year, out->month);
}

bool day_is(str s)
{
    struct parts p;
    return take_apart(s, &p);
}

bool day_is_full(str s)
{
    return s.n == 10 && day_is(s);
}

str day_first(struct arena *a, str s)
{
    struct parts p;
    if (!take_apart(s, &p) || p.day) return s;
    return ARENA_JOIN(a, s, p.month ? S("-01") : S("-01-01"));
}

str day_last(struct arena *a, str s)
{
    struct parts p;
    if (!take_apart(s, &p) || p.day) return s;
    if (!p.month) return ARENA_JOIN(a, s, S("-12-31"));
    int days = month_days(p.year, p.month);
    const char end[] = { '-', (char)('0' + days / 10), (char)('0' + days % 10) };
    return ARENA_JOIN(a, s, (str){ end, sizeof end });
}

/* Days since 1970-01-01 (the civil-calendar formula with years beginning in March). */
static int64_t day_number(struct parts p)
{
    int64_t y = p.month <= 2 ? p.year - 1 : p.year;
    int64_t era = y / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (p.month + (p.month > 2 ? -3 : 9)) + 2) / 5 + p.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

ms day_end(str full)
{
    struct parts p;
    if (!take_apart(full, &p) || !p.day) return 0;
    return (day_number(p) + 1) * DAY_MS - 1;
}

str day_after(struct arena *a, str full, int days)
{
    char text[DAY_TEXT];
    day_text(day_end(full) + days * DAY_MS, text);
    return arena_str(a, str_of(text));
}

int64_t day_year(str s)
{
    struct parts p;
    return take_apart(s, &p) ? p.year : 0;
}

bool day_may_be_same(str a, str b)
{
    return str_starts(a, b) || str_starts(b, a);
}

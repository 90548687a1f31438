/* Days, as far as they are known: 2009-11-05, 2009-11, 2009, --07-30. */
#include "lang/inside.h"

#include <unicode/ucal.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

#include <stdio.h>

static UDateFormat *open_format(const char *locale, const char *skeleton)
{
    UErrorCode e = U_ZERO_ERROR;
    UChar wanted[16], pattern[80], zone[8];
    u_uastrcpy(wanted, skeleton);
    u_uastrcpy(zone, "Etc/UTC");
    UDateTimePatternGenerator *patterns = udatpg_open(locale, &e);
    int32_t n = udatpg_getBestPattern(patterns, wanted, -1, pattern, COUNT_OF(pattern), &e);
    UDateFormat *f = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, zone, -1, pattern, n, &e);
    UCalendar *calendar = ucal_open(zone, -1, locale, UCAL_GREGORIAN, &e);
    if (U_SUCCESS(e))
        ucal_setGregorianChange(calendar, -1e15, &e); /* the same calendar for every century */
    lang_need(e, "days");
    udat_setCalendar(f, calendar);
    ucal_close(calendar);
    udatpg_close(patterns);
    return f;
}

void lang_open_days(struct arena *life, struct lang *l, const char *locale)
{
    static const char *const skeletons[DAY_FORMS] = { "yMMMMd", "yMMMM", "y", "MMMMd" };
    char gregorian[200];
    snprintf(gregorian, sizeof gregorian, "%s%scalendar=gregorian", locale,
             strchr(locale, '@') ? ";" : "@");
    for (int i = 0; i < DAY_FORMS; i++) l->day[i] = open_format(gregorian, skeletons[i]);
    l->day_memo = arena_new(life, struct lang_day_slot, DAY_MEMO);
}

static bool number_at(str s, size_t at, size_t n, int *out)
{
    int value = 0;
    if (at + n > s.n) return false;
    for (size_t i = at; i < at + n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        value = value * 10 + (s.p[i] - '0');
    }
    *out = value;
    return true;
}

static bool is_in_month(int year, int month, int day)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (month < 1 || month > 12 || day < 1) return false;
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && is_leap);
}

/* Which form it has; DAY_FORMS if it is no day. */
static enum day_form read_day(str s, int *year, int *month, int *day)
{
    *year = 2000; /* a leap year, for --02-29 */
    *month = *day = 1;
    bool has_year = number_at(s, 0, 4, year) && *year > 0;
    if (has_year && s.n == 4) return DAY_YEAR;
    if (has_year && s.n == 7 && s.p[4] == '-' && number_at(s, 5, 2, month) &&
        is_in_month(*year, *month, 1))
        return DAY_MONTH;
    if (has_year && s.n == 10 && s.p[4] == '-' && s.p[7] == '-' && number_at(s, 5, 2, month) &&
        number_at(s, 8, 2, day) && is_in_month(*year, *month, *day))
        return DAY_FULL;
    *year = 2000;
    if (s.n == 7 && s.p[0] == '-' && s.p[1] == '-' && s.p[4] == '-' && number_at(s, 2, 2, month) &&
        number_at(s, 5, 2, day) && is_in_month(*year, *month, *day))
        return DAY_OF_EACH_YEAR;
    return DAY_FORMS;
}

/* Milliseconds of noon, days counted in the Gregorian calendar from 1970. */
static double moment_of(int year, int month, int day)
{
    int y = year - (month <= 2), era = y / 400, of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t days = (int64_t)era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
                   719468;
    return ((double)days + 0.5) * 86400000.0;
}

static str format(struct arena *a, const struct lang *l, str s)
{
    int year, month, day;
    enum day_form form = read_day(s, &year, &month, &day);
    if (form == DAY_FORMS) return s;
    UErrorCode e = U_ZERO_ERROR;
    UChar text[128];
    int32_t n = udat_format(l->day[form], moment_of(year, month, day), text, COUNT_OF(text), NULL,
                            &e);
    return U_SUCCESS(e) ? lang_utf8(a, text, n) : s;
}

/* A day may stand in either of two slots; the one it is written into is the first, unless that is taken. */
static struct lang_day_slot *find_slot(const struct lang *l, str day)
{
    size_t at = str_hash(day) % DAY_MEMO;
    struct lang_day_slot *first = &l->day_memo[at], *second = &l->day_memo[at ^ 1];
    if (str_eq(day, (str){ first->key, first->key_n })) return first;
    if (str_eq(day, (str){ second->key, second->key_n })) return second;
    struct lang_day_slot *slot = first->key_n && !second->key_n ? second : first;
    slot->key_n = 0;
    return slot;
}

str lang_day_text(struct arena *a, const struct lang *l, str day)
{
    if (day.n == 0 || day.n > sizeof((struct lang_day_slot *)0)->key) return day;
    struct lang_day_slot *slot = find_slot(l, day);
    if (slot->key_n == 0) {
        str made = format(a, l, day);
        if (made.n > sizeof slot->text) return made;
        memcpy(slot->key, day.p, day.n);
        memcpy(slot->text, made.p, made.n);
        slot->key_n = (unsigned char)day.n;
        slot->n = (unsigned char)made.n;
    }
    return arena_str(a, (str){ slot->text, slot->n });
}

void lang_day(struct sink *out, const struct lang *l, str day)
{
    put(out, lang_day_text(out->arena, l, day));
}

#include "claim/check.h"

#include "base/day.h"

void names_open(struct names *set, struct arena *a, size_t n)
{
    set->room = 64;
    while (set->room < n * 2) set->room *= 2;
    set->slot = arena_new(a, str, set->room);
    set->n = 0;
}

static str *place_of(const struct names *set, str name)
{
    size_t at = str_hash(name) & (set->room - 1);
    while (set->slot[at].p && !str_eq(set->slot[at], name)) at = (at + 1) & (set->room - 1);
    return &set->slot[at];
}

bool names_add(struct names *set, str name)
{
    str *place = place_of(set, name);
    if (place->p) return false;
    *place = name.p ? name : S("");
    set->n++;
    return true;
}

bool names_has(const struct names *set, str name)
{
    return place_of(set, name)->p != NULL;
}

static void read_subjects(struct db *db, struct arena *a, const char *kind_name, struct names *out)
{
    struct claim *rows = NULL;
    const struct claim_kind *kind = claim_kind_named(str_of(kind_name));
    size_t n = kind ? claim_read(db, kind, CLAIM_ALL, CLAIM_NOW, &rows) : 0;
    names_open(out, a, n);
    for (size_t i = 0; i < n; i++) names_add(out, rows[i].cell[0]);
}

void known_read(struct db *db, struct arena *a, struct known *out)
{
    read_subjects(db, a, "sources", &out->sources);
    read_subjects(db, a, "countries", &out->states);
}

static bool is_number(str s, int points)
{
    if (str_starts(s, S("-"))) s = str_from(s, 1);
    bool has_digit = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && points-- > 0 && has_digit && i + 1 < s.n) continue;
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        has_digit = true;
    }
    return has_digit;
}

static bool is_amount(str s)
{
    ptrdiff_t point = str_find(s, '.');
    size_t whole = point < 0 ? s.n : (size_t)point;
    return is_number(s, 1) && s.p[0] != '-' && whole <= 12 && s.n <= 20;
}

static bool is_year(str s)
{
    int64_t year = s.n == 4 ? day_year(s) : 0;
    return year >= 1900 && year <= 2100;
}

static bool is_years(str s)
{
    if (s.n != 9) return is_year(s);
    return s.p[4] == '-' && is_year(str_cut(s, 4)) && is_year(str_from(s, 5)) &&
           str_cmp(str_cut(s, 4), str_from(s, 5)) < 0;
}

static bool is_slug(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && i > 0);
        if (!is_letter) return false;
    }
    return true;
}

static bool is_word(const struct word *words, str cell)
{
    for (; words->code.n; words++)
        if (str_eq(words->code, cell)) return true;
    return false;
}

static const char *word_list(struct arena *a, const struct word *words)
{
    struct sink out;
    sink_open(&out, a, KIB(4));
    put_lit(&out, "must be one of:");
    for (; words->code.n; words++) {
        put_char(&out, ' ');
        put(&out, words->code);
    }
    return arena_z(a, sink_str(&out));
}

const char *check_cell(struct arena *a, const struct claim_column *column, str cell,
                       const struct known *known)
{
    if (cell.n == 0) return column->is & COLUMN_NEEDED ? "may not be empty" : NULL;
    if (str_has_control(cell)) return "holds a control character";
    if (cell.p[0] == '=' || cell.p[0] == '@')
        return "begins like a formula; a spreadsheet that opens the table would run it";
    if (column->check == CHECK_LINES) return NULL;
    if (str_find(cell, '\n') >= 0 || str_find(cell, '\r') >= 0) return "holds a line break";
    if (cell.n > CELL_TEXT_MAX) return "is too long";
    switch (column->check) {
    case CHECK_TEXT:
    case CHECK_LINES: return NULL;
    case CHECK_DAY:
        return day_is(cell) ? NULL : "is not a day (2009-11-05), month (2009-11) or year (2009)";
    case CHECK_YEAR: return is_year(cell) ? NULL : "is not a year from 1900 to 2100";
    case CHECK_YEARS:
        return is_years(cell) ? NULL
                              : "is not a year from 1900 to 2100 or a span of them (2009-2011)";
    case CHECK_STATE:
        return names_has(&known->states, cell) ? NULL : "is not a code of countries.csv";
    case CHECK_SOURCE:
        return names_has(&known->sources, cell) ? NULL : "is not a source of sources.csv";
    case CHECK_NUMBER: return is_number(cell, 0) ? NULL : "is not a whole number";
    case CHECK_DECIMAL:
        return is_amount(cell) ? NULL : "is not a number from 0 to below 1,000,000,000,000";
    case CHECK_WORD: return is_word(column->words, cell) ? NULL : word_list(a, column->words);
    case CHECK_SLUG:
        return is_slug(cell) ? NULL : "may hold only small letters, digits and hyphens";
    case CHECK_URL:
        return str_starts(cell, S("https://")) || str_starts(cell, S("http://"))
                   ? NULL
                   : "is not an http address";
    }
    return NULL;
}

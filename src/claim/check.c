#include "claim/check.h"

#include "base/day.h"
#include "base/id.h"
#include "claim/cells.h"

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

/* A spreadsheet that opens a table runs what begins so. A sign before digits alone, as telephone numbers have it, does
 * no harm. */
static bool is_like_formula(enum claim_check check, str cell)
{
    char first = cell.p[0];
    if (first == '=' || first == '@' || first == '\t' || first == '\r') return true;
    if ((first != '+' && first != '-') || (check != CHECK_TEXT && check != CHECK_LINES))
        return false;
    for (size_t i = 1; i < cell.n; i++)
        if (!memchr("0123456789 ()-./", cell.p[i], 16)) return true;
    return false;
}

/* An address is shown and never fetched. Names before the host, which would show another host first, are refused. */
static bool is_web_address(str s)
{
    size_t scheme = str_starts(s, S("https://"))  ? 8
                    : str_starts(s, S("http://")) ? 7
                                                  : 0,
           host = scheme;
    while (host < s.n && !strchr("/?#", s.p[host])) {
        unsigned char c = (unsigned char)s.p[host++];
        bool is_right = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c >= 0x80 || strchr(".-:[]", c);
        if (!is_right) return false;
    }
    for (size_t i = host; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || strchr("\"<>\\^`{|}", s.p[i])) return false;
    return scheme && host > scheme && s.n <= URL_TEXT_MAX;
}

const struct phrase check_no_word = PHRASE_CONST("is not a word allowed here");

static struct phrase check_look(const struct claim_column *column, str cell,
                                const struct known *known)
{
    switch (column->check) {
    case CHECK_TEXT:
    case CHECK_LINES: return NO_PLURAL;
    case CHECK_DAY:
        return day_is(cell) ? NO_PLURAL
                            : PHRASE("is not a day (2009-11-05), month (2009-11) or year (2009)");
    case CHECK_YEAR: return is_year(cell) ? NO_PLURAL : PHRASE("is not a year from 1900 to 2100");
    case CHECK_YEARS:
        return is_years(cell)
                   ? NO_PLURAL
                   : PHRASE("is not a year from 1900 to 2100 or a span of them (2009-2011)");
    case CHECK_STATE:
        return names_has(&known->states, cell) ? NO_PLURAL
                                               : PHRASE("is not a code of countries.csv");
    case CHECK_SOURCE:
        return names_has(&known->sources, cell) ? NO_PLURAL
                                                : PHRASE("is not a source of sources.csv");
    case CHECK_NUMBER: return is_number(cell, 0) ? NO_PLURAL : PHRASE("is not a whole number");
    case CHECK_DECIMAL:
        return is_amount(cell) ? NO_PLURAL
                               : PHRASE("is not a number from 0 to below 1,000,000,000,000");
    case CHECK_WORD: return is_word(column->words, cell) ? NO_PLURAL : check_no_word;
    case CHECK_SLUG:
        return is_slug(cell) ? NO_PLURAL
                             : PHRASE("may hold only small letters, digits and hyphens");
    case CHECK_URL:
        return is_web_address(cell)
                   ? NO_PLURAL
                   : PHRASE("is not the address of a page: https:// or http://, a host, no blanks, "
                            "no name or password before the host");
    }
    return NO_PLURAL;
}

struct phrase check_cell(const struct claim_column *column, str cell, const struct known *known)
{
    if (cell.n == 0) return column->is & COLUMN_NEEDED ? PHRASE("may not be empty") : NO_PLURAL;
    if (str_has_control(cell)) return PHRASE("holds a control character");
    if (is_like_formula(column->check, cell))
        return PHRASE("begins like a formula; a spreadsheet that opens the table would run it");
    if (column->check == CHECK_LINES) return NO_PLURAL;
    if (str_find(cell, '\n') >= 0 || str_find(cell, '\r') >= 0) return PHRASE("holds a line break");
    if (cell.n > CELL_TEXT_MAX) return PHRASE("is too long");
    return check_look(column, cell, known);
}

/* ---- the row that cells make ---- */

/* A span of years counts from its end: before that it was not yet whole. */
static str sure_from(struct arena *a, str day)
{
    return day_last(a, day.n == 9 ? str_from(day, 5) : day);
}

void row_make(struct arena *a, const struct claim_kind *kind, const str *cell, struct row *out)
{
    int n = cells_columns(kind);
    *out = (struct row){ .on_day = S("") };
    out->cells = cells_pack(a, cell, n);
    for (int i = 0; i < n; i++) {
        int is = kind->columns[i].is;
        if (is & COLUMN_SUBJECT) out->subject = cell[i];
        bool is_day = is & COLUMN_FROM || (is & COLUMN_SEEN && out->on_day.n == 0);
        if (is_day && cell[i].n) out->on_day = sure_from(a, cell[i]);
    }
    size_t head = strlen(kind->name);
    char *whole = arena_take(a, head + 1 + out->cells.n);
    memcpy(whole, kind->name, head);
    whole[head] = CELLS_BETWEEN;
    memcpy(whole + head + 1, out->cells.p, out->cells.n);
    char *name = arena_take(a, CONTENT_ID_LENGTH + 1);
    content_id((str){ whole, head + 1 + out->cells.n }, name);
    out->id = (str){ name, CONTENT_ID_LENGTH };
}

/* ---- what others name ---- */

static bool is_called(const struct claim_kind *kind, const char *name)
{
    return strcmp(kind->name, name) == 0;
}

bool cited_kind(const struct claim_kind *kind)
{
    return is_called(kind, "sources") || is_called(kind, "countries");
}

bool cited_by_others(struct db *db, const struct claim_kind *reference, struct cited *cited)
{
    enum claim_check check = is_called(reference, "sources") ? CHECK_SOURCE : CHECK_STATE;
    for (size_t k = 0; claim_kind_at(k); k++) {
        const struct claim_kind *kind = claim_kind_at(k);
        struct claim *rows;
        if (kind == reference) continue;
        size_t n = claim_read(db, kind, CLAIM_ALL, CLAIM_NOW, &rows);
        for (size_t i = 0; i < n; i++) {
            for (int c = 0; c < rows[i].n; c++) {
                if (kind->columns[c].check != check || !names_has(&cited->gone, rows[i].cell[c]))
                    continue;
                cited->by_kind = str_of(kind->name);
                cited->name = rows[i].cell[c];
                return true;
            }
        }
    }
    return false;
}

/* Import: read and check everything first, then record what is new and retract what is gone, in one transaction. */
#include "base/breakage.h"
#include "base/day.h"
#include "base/id.h"
#include "claim/cells.h"
#include "claim/check.h"
#include "claim/claim.sql.h"

struct fresh {
    str id, subject, on_day, cells;
};

struct reading {
    struct arena *a;
    const struct claim_kind *kind;
    struct known known;
    struct csv csv;
    struct fresh *rows;
    size_t n, room;
    struct names seen; /* content ids of this file */
    int complaints;
    struct import_report *report;
    void (*progress)(size_t done, size_t all);
};

static void complain(struct reading *r, int line, int column, const char *what, const char *why)
{
    if (++r->complaints > COMPLAINTS_MAX) return;
    struct sink *out = &r->report->complaints;
    put_format(out, "line %d, column %d: ", line, column);
    if (*what) put_format(out, "%.40s ", what);
    put(out, str_cut(str_of(why), 300));
    put_char(out, '\n');
}

static size_t character_bytes(str s) /* of the first one; 0 if it is none */
{
    for (size_t n = 1; n <= 4 && n <= s.n; n++)
        if (str_is_utf8(str_cut(s, n))) return n;
    return 0;
}

/* Says where the text stops being text. One line of it is not UTF-8, or we were not called. */
static void complain_bytes(struct reading *r, str text)
{
    str rest = str_split(&text, '\n');
    int line = 1, column = 1;
    for (; str_is_utf8(rest) && text.p; line++) rest = str_split(&text, '\n');
    for (size_t n; (n = character_bytes(rest)) > 0; column++) rest = str_from(rest, n);
    complain(r, line, column, "", "the file is not UTF-8 text from here on");
}

static bool read_header(struct reading *r)
{
    enum csv_next next = csv_next(&r->csv);
    if (next == CSV_BAD) {
        complain(r, r->csv.line, r->csv.bad_column, "", r->csv.why);
        return false;
    }
    int n = cells_columns(r->kind);
    for (int i = 0; i < n || i < r->csv.n; i++) {
        bool is_right = i < n && i < r->csv.n &&
                        str_eq(r->csv.cell[i], str_of(r->kind->columns[i].name));
        if (is_right) continue;
        int column = i < r->csv.n ? r->csv.column[i] : 1;
        const char *wanted = i < n ? r->kind->columns[i].name : "nothing more";
        complain(r, 1, column, "header:", arena_format(r->a, "expected %s here", wanted).p);
        return false;
    }
    return true;
}

/* A span of years counts from its end: before that it was not yet whole. */
static str sure_from(struct arena *a, str day)
{
    return day_last(a, day.n == 9 ? str_from(day, 5) : day);
}

static void keep(struct reading *r)
{
    const struct claim_kind *kind = r->kind;
    struct fresh *row = &r->rows[r->n];
    *row = (struct fresh){ .on_day = S("") };
    row->cells = cells_pack(r->a, r->csv.cell, r->csv.n);
    for (int i = 0; i < r->csv.n; i++) {
        int is = kind->columns[i].is;
        if (is & COLUMN_SUBJECT) row->subject = r->csv.cell[i];
        bool is_day = is & COLUMN_FROM || (is & COLUMN_SEEN && row->on_day.n == 0);
        if (is_day && r->csv.cell[i].n) row->on_day = sure_from(r->a, r->csv.cell[i]);
    }
    char *whole = arena_take(r->a, strlen(kind->name) + 1 + row->cells.n);
    size_t head = strlen(kind->name);
    memcpy(whole, kind->name, head);
    whole[head] = CELLS_BETWEEN;
    memcpy(whole + head + 1, row->cells.p, row->cells.n);
    char *name = arena_take(r->a, CONTENT_ID_LENGTH + 1);
    content_id((str){ whole, head + 1 + row->cells.n }, name);
    row->id = (str){ name, CONTENT_ID_LENGTH };
    if (names_add(&r->seen, row->id)) r->n++;
    else complain(r, r->csv.line, 1, "", "the same row stands further up");
}

static void check_row(struct reading *r)
{
    int wanted = cells_columns(r->kind), complaints = r->complaints;
    if (r->csv.n != wanted) {
        complain(r, r->csv.line, 1, "",
                 arena_format(r->a, "has %d cells, the header %d", r->csv.n, wanted).p);
        return;
    }
    for (int i = 0; i < wanted; i++) {
        const char *why = check_cell(r->a, &r->kind->columns[i], r->csv.cell[i], &r->known);
        if (why) complain(r, r->csv.line, r->csv.column[i], r->kind->columns[i].name, why);
    }
    if (complaints == r->complaints) keep(r);
}

static size_t lines_in(str text)
{
    size_t n = 1;
    for (const char *p = text.p, *end = text.p + text.n;
         (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
        n++;
    return n;
}

static void read_rows(struct reading *r, str text)
{
    r->room = lines_in(text);
    if (r->room > CSV_ROWS_MAX) {
        complain(r, CSV_ROWS_MAX, 1, "", "the file has too many rows");
        return;
    }
    r->rows = arena_new(r->a, struct fresh, r->room);
    names_open(&r->seen, r->a, r->room);
    csv_open(&r->csv, r->a, text);
    if (!read_header(r)) return;
    for (enum csv_next next; (next = csv_next(&r->csv)) != CSV_END;) {
        if (next == CSV_BAD) {
            complain(r, r->csv.line, r->csv.bad_column, "", r->csv.why);
            return;
        }
        check_row(r);
        if (r->progress && (r->n & 8191) == 8191) r->progress(r->n, r->room);
    }
}

struct cited {
    struct names gone; /* subjects this import would withdraw */
    str by_kind, name; /* who still names one */
};

/* Would other statements be left naming what is no longer there? */
static bool is_still_named(struct db *db, const struct claim_kind *reference,
                           enum claim_check check, struct cited *cited)
{
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

/* A source or a state that others still name may not be withdrawn. False after having complained. */
static bool leaves_none_behind(struct db *db, struct reading *r)
{
    bool is_sources = strcmp(r->kind->name, "sources") == 0,
         is_states = strcmp(r->kind->name, "countries") == 0;
    if (!is_sources && !is_states) return true;
    struct claim *live;
    struct cited cited = { .name = S("") };
    size_t n = claim_read(db, r->kind, CLAIM_ALL, CLAIM_NOW, &live);
    struct names kept;
    names_open(&kept, r->a, r->n);
    for (size_t i = 0; i < r->n; i++) names_add(&kept, r->rows[i].subject);
    names_open(&cited.gone, r->a, n);
    for (size_t i = 0; i < n; i++)
        if (!names_has(&kept, live[i].cell[0]) && !live[i].is_by_editor)
            names_add(&cited.gone, live[i].cell[0]);
    if (cited.gone.n == 0 ||
        !is_still_named(db, r->kind, is_sources ? CHECK_SOURCE : CHECK_STATE, &cited))
        return true;
    put_format(&r->report->complaints,
               STR_FMT " is missing here, but statements of \"" STR_FMT "\" still name it\n",
               STR_ARG(cited.name), STR_ARG(cited.by_kind));
    return false;
}

static void write_rows(struct db *db, struct reading *r, ms now)
{
    str kind = str_of(r->kind->name);
    struct claim_live *live;
    size_t live_n = claim_live_ids(db, kind, &live);
    struct names there;
    names_open(&there, r->a, live_n);
    for (size_t i = 0; i < live_n; i++) names_add(&there, live[i].id);

    for (size_t i = 0; i < r->n; i++) {
        const struct fresh *row = &r->rows[i];
        if (names_has(&there, row->id)) continue;
        claim_row_add(db, id_new(), row->id, kind, row->subject, row->on_day, row->cells, now, 0);
        r->report->added++;
        if (r->progress && (i & 8191) == 8191) r->progress(i, r->n);
    }
    for (size_t i = 0; i < live_n; i++) {
        if (names_has(&r->seen, live[i].id)) continue;
        if (live[i].entered_by) {
            r->report->kept_by_editors++; /* what an editor entered outlives every import */
            continue;
        }
        r->report->retracted += (size_t)claim_row_retract(db, live[i].id, now);
    }
}

bool claim_has_imports(struct db *db)
{
    struct claim_moment last;
    claim_import_last(db, &last);
    return last.moment > 0;
}

enum import_answer claim_import(struct db *db, struct arena *a, const struct claim_kind *kind,
                                str text, ms now, void (*progress)(size_t done, size_t all),
                                struct import_report *report)
{
    *report = (struct import_report){ 0 };
    sink_open(&report->complaints, a, MIB(1));
    struct reading r = { .a = a, .kind = kind, .report = report, .progress = progress };

    if (!str_is_utf8(text)) {
        complain_bytes(&r, text);
        return IMPORT_REFUSED;
    }
    known_read(db, a, &r.known);
    read_rows(&r, text);
    report->rows = r.n;
    if (r.complaints > COMPLAINTS_MAX)
        put_format(&report->complaints, "and %d more\n", r.complaints - COMPLAINTS_MAX);
    if (r.complaints) return IMPORT_REFUSED;

    struct claim_moment last;
    claim_import_last(db, &last);
    if (last.moment > now + CLOCK_DOUBT_MS) {
        put_lit(&report->complaints, "this machine's clock is more than a day behind the last "
                                     "import here; set it right first\n");
        return IMPORT_REFUSED;
    }
    if (now <= last.moment)
        now = last.moment + 1; /* the clock went back a little; recorded time does not */
    if (!leaves_none_behind(db, &r)) return IMPORT_REFUSED;
    write_rows(db, &r, now);
    if (!report->added && !report->retracted) return IMPORT_UNCHANGED;
    claim_import_add(db, str_of(kind->name), now, (int64_t)report->added,
                     (int64_t)report->retracted);
    db_note_write(db, kind->room);
    return IMPORT_DONE;
}

/* Import: read and check everything first, then record what is new and retract what is gone, in one transaction. */
#include "base/breakage.h"
#include "base/day.h"
#include "base/id.h"
#include "claim/cells.h"
#include "claim/check.h"
#include "claim/claim.sql.h"

struct reading {
    struct arena *a;
    const struct claim_kind *kind;
    struct known known;
    struct csv csv;
    struct row *rows;
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

static void keep(struct reading *r)
{
    struct row *row = &r->rows[r->n];
    row_make(r->a, r->kind, r->csv.cell, row);
    if (names_add(&r->seen, row->id)) r->n++;
    else complain(r, r->csv.line, 1, "", "the same row stands further up");
}

/* A word that is none is answered with those that are. */
static const char *in_full(struct arena *a, const struct claim_column *column, struct phrase why)
{
    if (why.english != check_no_word.english) return why.english;
    struct sink out;
    sink_open(&out, a, KIB(4));
    put_lit(&out, "must be one of:");
    for (const struct word *w = column->words; w->code.n; w++) {
        put_char(&out, ' ');
        put(&out, w->code);
    }
    return arena_z(a, sink_str(&out));
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
        const struct claim_column *column = &r->kind->columns[i];
        struct phrase why = check_cell(column, r->csv.cell[i], &r->known);
        if (why.english)
            complain(r, r->csv.line, r->csv.column[i], column->name, in_full(r->a, column, why));
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
    r->rows = arena_new(r->a, struct row, r->room);
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

/* A source or a state that others still name may not be withdrawn. False after having complained. */
static bool leaves_none_behind(struct db *db, struct reading *r)
{
    if (!cited_kind(r->kind)) return true;
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
    if (cited.gone.n == 0 || !cited_by_others(db, r->kind, &cited)) return true;
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
    struct claim_dropped *dropped;
    size_t dropped_n = claim_dropped_ids(db, kind, &dropped);
    struct names there, gone;
    names_open(&there, r->a, live_n);
    for (size_t i = 0; i < live_n; i++) names_add(&there, live[i].id);
    names_open(&gone, r->a, dropped_n);
    for (size_t i = 0; i < dropped_n; i++) names_add(&gone, dropped[i].id);

    for (size_t i = 0; i < r->n; i++) {
        const struct row *row = &r->rows[i];
        if (names_has(&there, row->id)) continue;
        if (names_has(&gone, row->id)) {
            r->report
                ->kept_by_editors++; /* withdrawn here by somebody; a file does not bring it back */
            continue;
        }
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
        r->report->retracted += (size_t)claim_row_retract(db, live[i].id, now, 0);
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

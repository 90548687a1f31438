/* Import: read and check everything first, then record what is new and retract what is gone, in one transaction. */
#include "base/breakage.h"
#include "base/day.h"
#include "base/id.h"
#include "claim/cells.h"
#include "claim/check.h"
#include "claim/claim.sql.h"

struct reading {
    struct arena *a;
    bool is_whole; /* what the text lacks is withdrawn */
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

/* In English for the terminal, one line each; and as phrases, for pages. `detail` stands behind `why`. */
static void complain(struct reading *r, int line, int column, const char *what, struct phrase why,
                     const char *detail)
{
    struct import_report *to = r->report;
    if (++r->complaints > COMPLAINTS_MAX) return;
    struct sink *out = &to->complaints;
    put_format(out, "line %d, column %d: ", line, column);
    if (*what) put_format(out, "%.40s ", what);
    put(out, str_of(why.english));
    if (*detail) put_char(out, ' ');
    put(out, str_cut(str_of(detail), 300));
    put_char(out, '\n');
    to->complaint[to->complaint_n++] = (struct import_complaint){
        line, column, arena_str(r->a, str_of(what)), why, arena_str(r->a, str_of(detail))
    };
}

/* What is wrong with the file as a whole. */
static void complain_whole(struct import_report *to, struct phrase why)
{
    put(&to->complaints, str_of(why.english));
    put_char(&to->complaints, '\n');
    if (to->complaint_n == COMPLAINTS_MAX) return;
    to->complaint[to->complaint_n++] = (struct import_complaint){ 0, 0, S(""), why, S("") };
}

/* What the reader of CSV says, as a phrase that has translations. */
static struct phrase csv_phrase(const char *why)
{
    static const struct phrase all[] = {
        PHRASE_CONST("too many columns"),
        PHRASE_CONST("a quote is opened and never closed"),
        PHRASE_CONST("the cell is too long"),
        PHRASE_CONST("expected a comma or the end of the line here"),
    };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (strcmp(all[i].english, why) == 0) return all[i];
    return (struct phrase){ why };
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
    complain(r, line, column, "", PHRASE("the file is not UTF-8 text from here on"), "");
}

static bool read_header(struct reading *r)
{
    enum csv_next next = csv_next(&r->csv);
    if (next == CSV_BAD) {
        complain(r, r->csv.line, r->csv.bad_column, "", csv_phrase(r->csv.why), "");
        return false;
    }
    int n = cells_columns(r->kind);
    for (int i = 0; i < n || i < r->csv.n; i++) {
        bool is_right = i < n && i < r->csv.n &&
                        str_eq(r->csv.cell[i], str_of(r->kind->columns[i].name));
        if (is_right) continue;
        int column = i < r->csv.n ? r->csv.column[i] : 1;
        const char *wanted = i < n ? r->kind->columns[i].name : "nothing more";
        complain(r, 1, column, "header:", PHRASE("another column is expected here:"), wanted);
        return false;
    }
    return true;
}

static void keep(struct reading *r)
{
    struct row *row = &r->rows[r->n];
    row_make(r->a, r->kind, r->csv.cell, row);
    if (names_add(&r->seen, row->id)) r->n++;
    else complain(r, r->csv.line, 1, "", PHRASE("the same row stands further up"), "");
}

/* A word that is none is answered with those that are. */
static const char *words_of(struct arena *a, const struct claim_column *column, struct phrase why)
{
    if (why.english != check_no_word.english) return "";
    struct sink out;
    sink_open(&out, a, KIB(4));
    for (const struct word *w = column->words; w->code.n; w++) {
        if (out.n) put_char(&out, ' ');
        put(&out, w->code);
    }
    return arena_z(a, sink_str(&out));
}

static void check_row(struct reading *r)
{
    int wanted = cells_columns(r->kind), complaints = r->complaints;
    if (r->csv.n != wanted) {
        complain(r, r->csv.line, 1, "", PHRASE("has more or fewer cells than the header:"),
                 arena_format(r->a, "%d, %d", r->csv.n, wanted).p);
        return;
    }
    for (int i = 0; i < wanted; i++) {
        const struct claim_column *column = &r->kind->columns[i];
        struct phrase why = check_cell(column, r->csv.cell[i], &r->known);
        if (why.english)
            complain(r, r->csv.line, r->csv.column[i], column->name, why,
                     words_of(r->a, column, why));
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
        complain(r, CSV_ROWS_MAX, 1, "", PHRASE("the file has too many rows"), "");
        return;
    }
    r->rows = arena_new(r->a, struct row, r->room);
    names_open(&r->seen, r->a, r->room);
    csv_open(&r->csv, r->a, text);
    if (!read_header(r)) return;
    for (enum csv_next next; (next = csv_next(&r->csv)) != CSV_END;) {
        if (next == CSV_BAD) {
            complain(r, r->csv.line, r->csv.bad_column, "", csv_phrase(r->csv.why), "");
            return;
        }
        check_row(r);
        if (r->progress && (r->n & 8191) == 8191) r->progress(r->n, r->room);
    }
}

/* A source or a state that others still name may not be withdrawn. False after having complained. */
static bool leaves_none_behind(struct db *db, struct reading *r)
{
    if (!cited_kind(r->kind) || !r->is_whole) return true;
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
    r->report->complaint[r->report->complaint_n++] = (struct import_complaint){
        0, 0, cited.name, PHRASE("is missing here, but statements of this kind still name it:"),
        cited.by_kind
    };
    return false;
}

/* What is new, and what is gone, against what stands here. */
static void compare(struct db *db, struct reading *r, struct import_plan *plan)
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

    plan->fresh = arena_new(r->a, const struct row *, r->n + 1);
    plan->retracted = arena_new(r->a, str, live_n + 1);
    for (size_t i = 0; i < r->n; i++) {
        if (names_has(&there, r->rows[i].id)) plan->unchanged++;
        else if (names_has(&gone, r->rows[i].id))
            plan->kept++; /* withdrawn here by somebody; a file does not bring it back */
        else plan->fresh[plan->added_n++] = &r->rows[i];
    }
    for (size_t i = 0; r->is_whole && i < live_n; i++) {
        if (names_has(&r->seen, live[i].id)) continue;
        if (live[i].entered_by) plan->kept++; /* what an editor entered outlives every import */
        else plan->retracted[plan->retracted_n++] = live[i].id;
    }
}

bool claim_has_imports(struct db *db)
{
    struct claim_moment last;
    claim_import_last(db, &last);
    return last.moment > 0;
}

/* Recorded time never goes back: false if this machine's clock is too wrong to write. */
static bool settle_time(struct db *db, struct import_report *report, ms now,
                        struct import_plan *plan)
{
    struct claim_moment last;
    claim_import_last(db, &last);
    if (last.moment > now + CLOCK_DOUBT_MS) {
        complain_whole(report, PHRASE("this machine's clock is more than a day behind the last "
                                      "import here; set it right first"));
        return false;
    }
    plan->now = now <= last.moment ? last.moment + 1 : now;
    return true;
}

enum import_answer claim_plan(struct db *db, struct arena *a, const struct claim_kind *kind,
                              str text, bool is_whole, ms now,
                              void (*progress)(size_t done, size_t all),
                              struct import_report *report, struct import_plan *plan)
{
    *report = (struct import_report){ 0 };
    *plan = (struct import_plan){ .kind = kind };
    sink_open(&report->complaints, a, MIB(1));
    struct reading r = {
        .a = a, .is_whole = is_whole, .kind = kind, .report = report, .progress = progress
    };

    if (!str_is_utf8(text)) {
        complain_bytes(&r, text);
        return IMPORT_REFUSED;
    }
    known_read(db, a, &r.known);
    read_rows(&r, text);
    report->rows = r.n;
    report->more = r.complaints > COMPLAINTS_MAX ? r.complaints - COMPLAINTS_MAX : 0;
    if (report->more) put_format(&report->complaints, "and %d more\n", report->more);
    if (r.complaints) return IMPORT_REFUSED;
    if (!settle_time(db, report, now, plan)) return IMPORT_REFUSED;
    if (!leaves_none_behind(db, &r)) return IMPORT_REFUSED;
    compare(db, &r, plan);
    return plan->added_n || plan->retracted_n ? IMPORT_DONE : IMPORT_UNCHANGED;
}

const str *claim_plan_cells(struct arena *a, const struct import_plan *plan, size_t i)
{
    str *cell = arena_new(a, str, (size_t)cells_columns(plan->kind));
    cells_split(plan->fresh[i]->cells, plan->kind, cell);
    return cell;
}

str claim_plan_id(const struct import_plan *plan, size_t i)
{
    return plan->fresh[i]->id;
}

void claim_plan_write(struct db *db, const struct import_plan *plan, id by,
                      void (*progress)(size_t done, size_t all))
{
    str kind = str_of(plan->kind->name);
    for (size_t i = 0; i < plan->added_n; i++) {
        const struct row *row = plan->fresh[i];
        claim_row_add(db, id_new(), row->id, kind, row->subject, row->on_day, row->cells, plan->now,
                      by);
        if (progress && (i & 8191) == 8191) progress(i, plan->added_n);
    }
    for (size_t i = 0; i < plan->retracted_n; i++)
        claim_row_retract(db, plan->retracted[i], plan->now, by);
    claim_import_add(db, kind, plan->now, (int64_t)plan->added_n, (int64_t)plan->retracted_n);
    db_note_write(db, plan->kind->room);
}

enum import_answer claim_import(struct db *db, struct arena *a, const struct claim_kind *kind,
                                str text, ms now, void (*progress)(size_t done, size_t all),
                                struct import_report *report)
{
    struct import_plan plan;
    enum import_answer answer = claim_plan(db, a, kind, text, true, now, progress, report, &plan);
    if (answer == IMPORT_REFUSED) return answer;
    report->added = plan.added_n;
    report->retracted = plan.retracted_n;
    report->kept_by_editors = plan.kept;
    if (answer == IMPORT_DONE) claim_plan_write(db, &plan, 0, progress);
    return answer;
}

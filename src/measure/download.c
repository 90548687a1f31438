/* One series as a file. The licence stands in a column of every row, so that it survives any cutting and neither
 * file has a line that is no row; the HXL file has its tags in the second line. docs/decisions/0012 says why. */
#include "measure/parts.h"

#define FILE_MAX KIB(512)

static const struct {
    const char *name, *tag;
} columns[] = {
    { "place", "#country+code" },
    { "place_name", "#loc+name" },
    { "year", "#date+year" },
    { "series", "#indicator+code" },
    { "sex", "#group+sex" },
    { "age", "#group+age" },
    { "form", "#group+form" },
    { "value", "#indicator+value+num" },
    { "lowest", "#indicator+value+min+num" },
    { "highest", "#indicator+value+max+num" },
    { "kept_back", "#status+suppressed" },
    { "states_reporting", "#meta+states+num" },
    { "cells_kept_back", "#meta+suppressed+num" },
    { "unit", "#indicator+unit" },
    { "counted_as", "#meta+method" },
    { "source", "#meta+source+code" },
    { "source_url", "#meta+source+url" },
    { "released", "#date+released" },
    { "licence", "#meta+license" },
};

struct file {
    struct req *rq;
    const struct measure_tables *t;
    const struct measure_choice *c;
    struct noted *sources;
    struct sink out;
};

static void put_cell(struct file *f, str s)
{
    if (f->out.n && f->out.p[f->out.n - 1] != '\n') put_char(&f->out, ',');
    csv_cell(&f->out, s);
}

/* An empty cell at the beginning of a line would be lost to put_cell: the first column is never empty. */
static void put_number(struct file *f, double x, bool is)
{
    str text = S("");
    if (is && x == (double)(int64_t)x) text = arena_format(f->rq->arena, "%lld", (long long)x);
    else if (is) text = arena_format(f->rq->arena, "%g", x);
    put_cell(f, text);
}

static void put_source(struct file *f, str id)
{
    size_t at = measure_note(f->rq, f->sources, id);
    put_cell(f, id);
    put_cell(f, f->sources->url[at]);
    put_cell(f, measure_released(f->t, id));
    put_cell(f, f->sources->licence[at]);
    put_char(&f->out, '\n');
}

static void put_what(struct file *f, str years, str sex, str age, str form)
{
    put_cell(f, years);
    put_cell(f, str_of(f->c->about->code));
    put_cell(f, sex);
    put_cell(f, age);
    put_cell(f, str_starts(form, S("form: ")) ? str_from(form, 6) : S(""));
}

static void put_said(struct file *f, const struct measure_row *r, double low, double high)
{
    const struct measure_tables *t = f->t;
    str state = table_text(t, r->state), how = table_text(t, r->category);
    put_cell(f, state.n ? state : table_text(t, r->area));
    put_cell(f, state.n ? lang_state(lang_find(S("en")), state) : table_text(t, r->area));
    put_what(f, table_text(t, r->years), table_text(t, r->sex), table_text(t, r->age), how);
    put_number(f, r->value, !r->is_suppressed);
    put_number(f, low, true);
    put_number(f, high, true);
    put_cell(f, r->is_suppressed ? S("yes") : S("no"));
    put_cell(f, S(""));
    put_cell(f, S(""));
    put_cell(f, table_text(t, r->unit));
    put_cell(f, measure_is_part(how) ? S("") : how);
    put_source(f, table_text(t, r->source));
}

static str sum_source(const struct file *f)
{
    uint32_t metric = table_word(f->t, str_of(f->c->about->code));
    for (size_t i = 0; i < f->t->totals.n; i++) {
        const struct measure_row *r = &f->t->totals.row[i];
        if (r->metric == metric && r->category == 0 &&
            str_eq(table_text(f->t, r->level), S("country")))
            return table_text(f->t, r->source);
    }
    return S("");
}

static void put_sum(struct file *f, const struct measure_year *y)
{
    const struct lang *english = lang_find(S("en"));
    bool is_world = f->c->kind == PLACE_WORLD;
    put_cell(f, is_world ? S("001") : f->c->place);
    put_cell(f, is_world ? S("All states together") : lang_region(english, f->c->place));
    put_what(f, arena_format(f->rq->arena, "%lld", (long long)y->year), str_of(f->c->sex),
             str_of(f->c->age), str_of(f->c->form));
    put_number(f, y->low, y->low == y->high);
    put_number(f, y->low, true);
    put_number(f, y->high, true);
    put_cell(f, y->kept_back ? S("in part") : S("no"));
    put_number(f, (double)y->states, true);
    put_number(f, (double)y->kept_back, true);
    bool is_offences = strcmp(f->c->about->code, "offences_recorded") == 0;
    put_cell(f, is_offences ? S("offences") : S("persons"));
    put_cell(f, S("sum of what states reported"));
    put_source(f, sum_source(f));
}

static void put_listed(struct file *f)
{
    uint32_t metric = table_word(f->t, str_of(f->c->about->code));
    for (size_t i = 0; i < f->t->totals.n; i++) {
        const struct measure_row *r = &f->t->totals.row[i];
        if (r->metric == metric && table_holds(f->t, r, f->rq->when))
            put_said(f, r, r->is_suppressed ? 1 : r->value, r->is_suppressed ? 4 : r->value);
    }
}

static void put_years(struct file *f)
{
    struct measure_span *span = arena_new(f->rq->arena, struct measure_span, 1);
    bool is_sum = f->c->kind == PLACE_WORLD || f->c->kind == PLACE_REGION;
    measure_read(f->rq->arena, f->t, f->c, f->rq->when, span);
    for (int i = 0; i < span->n; i++) {
        const struct measure_year *y = &span->year[i];
        if (is_sum && y->states) put_sum(f, y);
        for (int k = 0; k < y->said_n; k++)
            put_said(f, y->said[k].row, y->said[k].low, y->said[k].high);
    }
}

static const struct measure_about *about_of_file(str file, bool *is_hxl)
{
    *is_hxl = str_ends(file, S(".hxl.csv"));
    size_t ending = *is_hxl ? 8 : 4;
    if (!str_ends(file, S(".csv")) || file.n <= ending) return NULL;
    return measure_about_of(str_cut(file, file.n - ending));
}

void measure_download(struct req *rq)
{
    bool is_hxl;
    str file = in_path(rq, "file");
    const struct measure_about *about = about_of_file(file, &is_hxl);
    if (!about) {
        not_found(rq, PHRASE("There is no series called {asked}. The page of numbers lists all."),
                  file);
        return;
    }
    const struct measure_tables *t = measure_tables(rq->db);
    struct measure_choice c;
    if (!measure_choose(rq, t, about, &c)) return;
    struct file f = { .rq = rq, .t = t, .c = &c, .sources = arena_new(rq->arena, struct noted, 1) };
    sink_open(&f.out, rq->arena, FILE_MAX);
    for (size_t i = 0; i < COUNT_OF(columns); i++) put_cell(&f, str_of(columns[i].name));
    put_char(&f.out, '\n');
    for (size_t i = 0; is_hxl && i < COUNT_OF(columns); i++) put_cell(&f, str_of(columns[i].tag));
    if (is_hxl) put_char(&f.out, '\n');
    if (about->is_chosen_from) put_years(&f);
    else put_listed(&f);
    send_text(rq, "text/csv; charset=utf-8", sink_str(&f.out));
}

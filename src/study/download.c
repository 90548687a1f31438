/* Every published edition as one file, a row a method: rounded as it was published, and with its withdrawal. */
#include "study/inside.h"
#include "study/result.h"

#include "base/day.h"

#include <math.h>

#define FILE_MAX MIB(2)

static const char head[] =
    "series,edition,published,withdrawn,place,place_name,first_day,last_day,observed,status,method,"
    "number,is_lower_bound,low_80,high_80,low_95,high_95\n";

struct file {
    struct req *rq;
    struct sink out;
    bool is_begun; /* the line */
};

static void put_cell(struct file *f, str s)
{
    if (f->is_begun) put_char(&f->out, ',');
    f->is_begun = true;
    csv_cell(&f->out, s);
}

static void put_number(struct file *f, double x)
{
    put_cell(f, isnan(x) ? S("") : isinf(x) ? S("inf") : arena_format(f->rq->arena, "%.0f", x));
}

static void put_range(struct file *f, const struct result_method *m, double level)
{
    for (int i = 0; i < m->ranges && !isnan(m->N); i++) {
        if (m->range[i].level != level) continue;
        put_number(f, m->range[i].low);
        put_number(f, m->range[i].high);
        return;
    }
    put_cell(f, S(""));
    put_cell(f, S(""));
}

static void put_method(struct file *f, const struct study_edition *e, const struct study_result *r,
                       const struct result_method *m)
{
    struct req *rq = f->rq;
    f->is_begun = false;
    put_cell(f, e->series);
    put_cell(f, arena_format(rq->arena, "%lld", (long long)e->number));
    put_cell(f, web_day_of(rq, e->published_at));
    put_cell(f, e->withdrawn_at ? web_day_of(rq, e->withdrawn_at) : S(""));
    put_cell(f, e->iso3);
    put_cell(f, e->iso3.n ? ARENA_JOIN(rq->arena, lang_state(lang_find(S("en")), e->iso3),
                                       e->place.n ? S(": ") : S(""), e->place)
                          : e->place);
    put_cell(f, e->first_day);
    put_cell(f, e->last_day);
    put_number(f, r->seen);
    put_cell(f, r->status == ESTIMATE_OK ? S("ok") : S("not-determined"));
    put_cell(f, m->method);
    put_number(f, m->N);
    put_cell(f, m->is_bound ? S("yes") : S("no"));
    put_range(f, m, 80);
    put_range(f, m, 95);
    put_char(&f->out, '\n');
}

static void put_edition(struct file *f, const struct study_edition_head *h)
{
    struct study_edition e;
    struct study_result r;
    bool is_hidden = h->withdrawn_at && str_eq(h->back, S("danger"));
    if (is_hidden || !study_edition_numbered(f->rq->db, h->series, h->number, &e)) return;
    if (!study_result_read(f->rq->arena, e.result, &r)) return;
    for (int i = 0; i < r.methods; i++) put_method(f, &e, &r, &r.method[i]);
}

void study_download(struct req *rq)
{
    struct study_edition_head *all;
    struct file f = { .rq = rq };
    db_note_read(rq->db, "study");
    size_t n = study_editions_public(rq->db, &all);
    sink_open(&f.out, rq->arena, FILE_MAX);
    put(&f.out, str_of(head));
    for (size_t i = 0; i < n && f.out.n < FILE_MAX - KIB(64); i++) put_edition(&f, &all[i]);
    send_kept(rq, "text/csv; charset=utf-8", sink_str(&f.out));
}

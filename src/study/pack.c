/* A result as one text, a value a line. Writing and reading are the same walk, so they cannot drift apart. */
#include "study/result.h"

#include <math.h>
#include <stdlib.h>

#define FIRST_LINE "blueheart result 1"
#define TEXT_MAX   2000 /* bytes of one value */

struct pack {
    struct arena *arena;
    struct sink *out; /* NULL: reading */
    str in;
    bool is_bad;
};

/* One line: written from *s, or read into it. */
static void pack_line(struct pack *p, str *s)
{
    if (p->out) {
        for (size_t i = 0; i < s->n; i++) put_char(p->out, s->p[i] == '\n' ? ' ' : s->p[i]);
        put_char(p->out, '\n');
        return;
    }
    if (!p->in.p || p->in.n == 0) {
        p->is_bad = true;
        *s = S("");
        return;
    }
    *s = str_split(&p->in, '\n');
    if (s->n > TEXT_MAX || !str_is_utf8(*s)) p->is_bad = true;
}

static void pack_real(struct pack *p, double *x)
{
    str line = p->out ? arena_format(p->arena, "%.17g", *x) : S("");
    pack_line(p, &line);
    if (p->out) return;
    char text[64], *end = text;
    if (line.n == 0 || line.n >= sizeof text) {
        p->is_bad = true;
        return;
    }
    memcpy(text, line.p, line.n);
    text[line.n] = 0;
    *x = strtod(text, &end);
    if (*end) p->is_bad = true;
}

static void pack_int(struct pack *p, int *x, int least, int most)
{
    double real = *x;
    pack_real(p, &real);
    if (p->out) return;
    if (!(real >= least && real <= most)) p->is_bad = true;
    else *x = (int)real;
}

static void pack_flag(struct pack *p, bool *x)
{
    int n = *x;
    pack_int(p, &n, 0, 1);
    *x = n != 0;
}

/* The English words are the message's name; the reader's own are looked up by them. */
static void pack_saying(struct pack *p, struct saying *s)
{
    str words = str_of(s->words.english);
    pack_line(p, &words);
    if (!p->out) s->words.english = words.n ? arena_z(p->arena, words) : NULL;
    pack_int(p, &s->values, 0, SAID_MOST);
    for (int i = 0; i < s->values && !p->is_bad; i++) {
        struct said *v = &s->value[i];
        str name = str_of(v->name);
        pack_line(p, &name);
        if (!p->out) v->name = arena_z(p->arena, name);
        pack_flag(p, &v->is_text);
        pack_int(p, &v->decimals, 0, 9);
        if (v->is_text) pack_line(p, &v->text);
        else pack_real(p, &v->number);
    }
}

static void pack_sayings(struct pack *p, struct saying *s, int *n, int most)
{
    pack_int(p, n, 0, most);
    for (int i = 0; i < *n && !p->is_bad; i++) pack_saying(p, &s[i]);
}

static void pack_method(struct pack *p, struct result_method *m)
{
    pack_line(p, &m->method);
    pack_line(p, &m->model);
    pack_int(p, &m->status, 0, ESTIMATE_REFUSED);
    pack_saying(p, &m->why);
    pack_saying(p, &m->assumes);
    pack_saying(p, &m->interval_kind);
    pack_real(p, &m->N);
    pack_flag(p, &m->is_bound);
    pack_real(p, &m->resamples);
    pack_real(p, &m->infinite);
    pack_int(p, &m->ranges, 0, LEVELS_MAX);
    for (int i = 0; i < m->ranges && !p->is_bad; i++) {
        pack_real(p, &m->range[i].level);
        pack_real(p, &m->range[i].low);
        pack_real(p, &m->range[i].high);
    }
    pack_int(p, &m->selecteds, 0, RESULT_SELECTED);
    for (int i = 0; i < m->selecteds && !p->is_bad; i++) {
        pack_line(p, &m->selected[i].model);
        pack_real(p, &m->selected[i].share);
    }
    pack_int(p, &m->variants, 0, RESULT_VARIANTS);
    for (int i = 0; i < m->variants && !p->is_bad; i++) {
        pack_saying(p, &m->variant[i].name);
        pack_real(p, &m->variant[i].N);
    }
    pack_sayings(p, m->notice, &m->notices, NOTICES_MAX);
}

static void pack_lists(struct pack *p, struct study_result *r)
{
    pack_int(p, &r->lists, 2, LISTS_MAX);
    for (int i = 0; i < r->lists && !p->is_bad; i++) {
        pack_line(p, &r->list[i].name);
        pack_real(p, &r->list[i].size);
        pack_saying(p, &r->list[i].aside);
        for (int k = 0; k < r->lists; k++) pack_real(p, &r->overlap[i][k]);
    }
}

static void pack_withouts(struct pack *p, struct study_result *r)
{
    pack_int(p, &r->withouts, 0, LISTS_MAX);
    for (int i = 0; i < r->withouts && !p->is_bad; i++) {
        struct result_without *w = &r->without[i];
        pack_int(p, &w->list, 0, r->lists - 1);
        pack_real(p, &w->stepwise);
        pack_real(p, &w->bic);
        pack_real(p, &w->size);
        pack_real(p, &w->foretold_stepwise);
        pack_real(p, &w->foretold_bic);
    }
}

static void pack_result(struct pack *p, struct study_result *r)
{
    str first = S(FIRST_LINE);
    pack_line(p, &first);
    if (!str_eq(first, S(FIRST_LINE))) p->is_bad = true;
    pack_flag(p, &r->is_rounded);
    pack_real(p, &r->seen);
    pack_lists(p, r);
    pack_int(p, &r->status, 0, ESTIMATE_REFUSED);
    pack_saying(p, &r->why);
    pack_flag(p, &r->is_open);
    pack_int(p, &r->methods, 0, RESULT_METHODS);
    for (int i = 0; i < r->methods && !p->is_bad; i++) pack_method(p, &r->method[i]);
    pack_real(p, &r->low);
    pack_real(p, &r->high);
    pack_withouts(p, r);
    pack_sayings(p, r->warning, &r->warnings, WARNINGS_MAX);
    pack_real(p, &r->bootstrap);
    pack_real(p, &r->seed);
}

str study_result_text(struct arena *a, const struct study_result *r)
{
    struct sink out;
    struct study_result copy = *r; /* the walk takes what it could change */
    sink_open(&out, a, STUDY_RESULT_MAX);
    struct pack p = { .arena = a, .out = &out };
    pack_result(&p, &copy);
    return sink_str(&out);
}

bool study_result_read(struct arena *a, str text, struct study_result *out)
{
    *out = (struct study_result){ 0 };
    struct pack p = { .arena = a, .in = text };
    pack_result(&p, out);
    return !p.is_bad;
}

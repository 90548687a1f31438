/* What a form sent: read once, checked once. */
#include "web/reply.h"

#include <assert.h>

static bool names_it(const char *names, str name)
{
    str rest = str_of(names);
    while (rest.p)
        if (str_eq(str_split(&rest, ' '), name)) return true;
    return false;
}

static str value_from(const struct req *rq, const char *name, int *at)
{
    assert(names_it(rq->route->fields, str_of(name)));
    for (; *at < rq->in_form_n; (*at)++)
        if (str_eq(rq->in_form[*at].name, str_of(name))) return rq->in_form[(*at)++].value;
    return (str){ NULL, 0 };
}

str in_form_next(const struct req *rq, const char *name, int *at)
{
    return value_from(rq, name, at);
}

str in_form(const struct req *rq, const char *name)
{
    int at = 0;
    str value = value_from(rq, name, &at);
    return value.p ? value : S("");
}

bool in_form_has(const struct req *rq, const char *name)
{
    int at = 0;
    return value_from(rq, name, &at).p != NULL;
}

str in_form_line(const struct req *rq, const char *name)
{
    str value = str_trim(in_form(rq, name));
    ptrdiff_t end = str_find(value, '\n');
    return end < 0 ? value : str_trim(str_cut(value, (size_t)end));
}

/* Browsers send CR LF; what is kept has LF alone. */
static str line_ends(struct arena *a, str s)
{
    if (str_find(s, '\r') < 0) return s;
    char *p = arena_take(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool is_pair = s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n';
        if (is_pair) continue;
        p[n++] = s.p[i] == '\r' ? '\n' : s.p[i];
    }
    return (str){ p, n };
}

static bool read_pair(struct arena *a, str pair, struct field_pair *f)
{
    str value = pair, name = str_split(&value, '=');
    if (!value.p) value = S("");
    if (!parse_decode(a, name, true, &f->name) || !parse_decode(a, value, true, &f->value))
        return false;
    f->value = line_ends(a, f->value);
    return str_find(f->name, '\n') < 0;
}

bool form_read(struct arena *a, str body, struct field_pair *out, int max, int *n)
{
    *n = 0;
    while (body.p && body.n) {
        str pair = str_split(&body, '&');
        if (pair.n == 0) continue;
        if (*n == max || !read_pair(a, pair, &out[*n])) return false;
        (*n)++;
    }
    return true;
}

const struct form_part *in_form_file(const struct req *rq, const char *name)
{
    assert(names_it(rq->route->fields, str_of(name)));
    return form_part_named(rq->in_file, (size_t)rq->in_file_n, str_of(name));
}

static bool is_urlencoded(str type)
{
    str kind = str_trim(str_split(&type, ';'));
    return str_eq(kind, S("application/x-www-form-urlencoded"));
}

/* A form with files: its fields as of any other form, its files apart. A file nobody chose is none. */
static bool parts_read(struct req *rq)
{
    size_t n;
    struct form_part *all = arena_new(rq->arena, struct form_part, FORM_PARTS_MAX);
    if (!form_multipart(rq->arena, rq->raw->content_type, rq->raw->body, all, FORM_PARTS_MAX, &n))
        return false;
    rq->in_file = arena_new(rq->arena, struct form_part, FORM_PARTS_MAX);
    for (size_t i = 0; i < n; i++) {
        if (!all[i].file_name.p)
            rq->in_form[rq->in_form_n++] = (struct field_pair){ all[i].name,
                                                                line_ends(rq->arena, all[i].body) };
        else if (all[i].body.n) rq->in_file[rq->in_file_n++] = all[i];
    }
    return true;
}

bool parse_form(struct req *rq)
{
    rq->in_form = arena_new(rq->arena, struct field_pair, FORM_FIELDS_MAX);
    if (rq->raw->body.n == 0) return true;
    bool is_read = is_urlencoded(rq->raw->content_type)
                       ? form_read(rq->arena, rq->raw->body, rq->in_form, FORM_FIELDS_MAX,
                                   &rq->in_form_n)
                       : parts_read(rq);
    if (is_read) return true;
    rq->in_form_n = 0;
    refuse(rq, 400,
           PHRASE("What was sent cannot be read: it is not well-formed text, or too many fields."),
           S(""));
    return false;
}

#include "web/multipart.h"

#include "base/limits.h"

#include <string.h>
#include <strings.h>

#define BOUNDARY_MAX 70

static bool is_same_word(str a, str lower)
{
    return a.n == lower.n && strncasecmp(a.p, lower.p, a.n) == 0;
}

static bool is_of(char c, const char *more)
{
    bool is_alnum = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return is_alnum || (c != '\0' && strchr(more, c));
}

static bool is_made_of(str s, const char *more)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_of(s.p[i], more)) return false;
    return s.n > 0;
}

/* Takes `expected` off the front. */
static bool take(str *s, str expected)
{
    if (!str_starts(*s, expected)) return false;
    *s = str_from(*s, expected.n);
    return true;
}

static str spaces_off(str s)
{
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t')) s = str_from(s, 1);
    return s;
}

/* One parameter: ; name="value" or ; name=token. In quotes anything but a quote, as browsers write it. */
static bool take_parameter(str *s, str *name, str *value)
{
    *s = spaces_off(*s);
    if (!take(s, S(";"))) return false;
    *s = spaces_off(*s);
    size_t n = 0;
    while (n < s->n && is_of(s->p[n], "-_*")) n++;
    *name = str_cut(*s, n);
    *s = str_from(*s, n);
    if (n == 0 || !take(s, S("="))) return false;
    if (take(s, S("\""))) {
        ptrdiff_t end = str_find(*s, '"');
        if (end < 0) return false;
        *value = str_cut(*s, (size_t)end);
        *s = str_from(*s, (size_t)end + 1);
        return true;
    }
    n = 0;
    while (n < s->n && is_of(s->p[n], "!#$%&'*+-.^_`|~")) n++;
    *value = str_cut(*s, n);
    *s = str_from(*s, n);
    return n > 0;
}

static bool read_boundary(str content_type, str *boundary)
{
    str rest = content_type, type = str_trim(str_split(&rest, ';'));
    if (!is_same_word(type, S("multipart/form-data")) || !rest.p) return false;
    rest = (str){ rest.p - 1, rest.n + 1 };
    str name, value;
    *boundary = S("");
    while (spaces_off(rest).n) {
        if (!take_parameter(&rest, &name, &value)) return false;
        if (!is_same_word(name, S("boundary"))) continue;
        if (boundary->n || value.n > BOUNDARY_MAX || !is_made_of(value, "'()+_,-./:=?"))
            return false;
        *boundary = value;
    }
    return boundary->n > 0;
}

static bool is_file_name(str s)
{
    return s.n <= PART_FILE_NAME_MAX && str_is_utf8(s) && !str_has_control(s) &&
           !memchr(s.n ? s.p : "", '\n', s.n) && !memchr(s.n ? s.p : "", '\r', s.n);
}

/* form-data; name="..."; filename="..." */
static bool read_disposition(str value, struct form_part *part)
{
    str rest = value, name, of;
    if (!take(&rest, S("form-data"))) return false;
    while (spaces_off(rest).n) {
        if (!take_parameter(&rest, &name, &of)) return false;
        if (is_same_word(name, S("name"))) {
            if (part->name.p || of.n > PART_NAME_MAX || !is_made_of(of, "-_.")) return false;
            part->name = of;
        } else if (is_same_word(name, S("filename"))) {
            if (part->file_name.p || !is_file_name(of)) return false;
            part->file_name = of;
        } else {
            return false; /* filename* is not for forms (RFC 7578, 4.2), and nothing else is sent */
        }
    }
    return part->name.p != NULL;
}

static bool read_line(str line, struct form_part *part)
{
    ptrdiff_t colon = str_find(line, ':');
    if (colon <= 0) return false;
    str name = str_cut(line, (size_t)colon), value = str_trim(str_from(line, (size_t)colon + 1));
    if (!is_made_of(name, "-") || str_has_control(value) || !str_is_utf8(value)) return false;
    if (is_same_word(name, S("content-disposition")))
        return !part->name.p && read_disposition(value, part);
    if (is_same_word(name, S("content-type"))) {
        bool is_first = !part->type.p;
        part->type = value;
        return is_first && value.n > 0;
    }
    return false; /* no browser sends another */
}

/* The lines before a part's bytes, each ended by CR and LF, up to the empty one. */
static bool take_head(str *s, struct form_part *part)
{
    str near = str_cut(*s, PART_HEAD_MAX);
    const char *end = near.n ? memmem(near.p, near.n, "\r\n\r\n", 4) : NULL;
    if (!end) return false;
    str head = str_cut(near, (size_t)(end - near.p));
    *s = str_from(*s, head.n + 4);
    while (head.n) {
        const char *cr = memmem(head.p, head.n, "\r\n", 2);
        str line = cr ? str_cut(head, (size_t)(cr - head.p)) : head;
        head = cr ? str_from(head, line.n + 2) : S("");
        if (memchr(line.n ? line.p : "", '\n', line.n) || !read_line(line, part)) return false;
    }
    if (!part->type.p) part->type = S("");
    return part->name.p != NULL;
}

static bool is_sound_text(const struct form_part *part)
{
    return part->file_name.p || (part->body.n <= PART_TEXT_MAX && str_is_utf8(part->body) &&
                                 !str_has_control(part->body));
}

bool form_multipart(struct arena *a, str content_type, str body, struct form_part *out, size_t max,
                    size_t *n)
{
    str boundary;
    *n = 0;
    if (!read_boundary(content_type, &boundary)) return false;
    str fence = ARENA_JOIN(a, S("\r\n--"), boundary);
    if (!take(&body, str_from(fence, 2))) return false;
    for (;;) {
        if (take(&body, S("--"))) return body.n == 0 || str_eq(body, S("\r\n"));
        struct form_part part = { 0 };
        if (*n == max || !take(&body, S("\r\n")) || !take_head(&body, &part)) return false;
        const char *end = body.n ? memmem(body.p, body.n, fence.p, fence.n) : NULL;
        if (!end) return false;
        part.body = str_cut(body, (size_t)(end - body.p));
        body = str_from(body, part.body.n + fence.n);
        if (!is_sound_text(&part)) return false;
        out[(*n)++] = part;
    }
}

const struct form_part *form_part_named(const struct form_part *parts, size_t n, str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(parts[i].name, name)) return &parts[i];
    return NULL;
}

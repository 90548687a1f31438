#include "text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static bool read_file(struct arena *a, const char *path, str *out)
{
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    struct sink s;
    sink_open(&s, a, (size_t)1 << 30);
    char part[65536];
    size_t n;
    while ((n = fread(part, 1, sizeof part, f)) > 0) put(&s, (str){ part, n });
    bool is_good = !ferror(f);
    fclose(f);
    *out = sink_str(&s);
    return is_good;
}

struct source text_read(struct arena *a, const char *path)
{
    struct source s = { .path = path };
    if (!read_file(a, path, &s.text)) {
        fprintf(stderr, "%s:1:1: cannot be read: %s\n", path, strerror(errno));
        exit(1);
    }
    if (!str_is_utf8(s.text)) text_fail(&s, 0, "is not UTF-8; save it as UTF-8");
    return s;
}

void text_write(struct arena *a, str path, str content)
{
    const char *name = arena_z(a, path);
    str old;
    if (read_file(a, name, &old) && str_eq(old, content)) return;

    for (size_t i = 1; i < path.n; i++)
        if (path.p[i] == '/') mkdir(arena_z(a, str_cut(path, i)), 0777);
    FILE *f = fopen(name, "wb");
    bool is_good = f && fwrite(content.p, 1, content.n, f) == content.n;
    if (f && fclose(f) != 0) is_good = false;
    if (!is_good) {
        fprintf(stderr, "%s:1:1: cannot be written: %s\n", name, strerror(errno));
        exit(1);
    }
}

int text_line(const struct source *s, size_t at)
{
    int line = 1;
    for (size_t i = 0; i < at && i < s->text.n; i++) line += s->text.p[i] == '\n';
    return line;
}

int text_col(const struct source *s, size_t at)
{
    int col = 1;
    for (size_t i = 0; i < at && i < s->text.n; i++) {
        unsigned char c = (unsigned char)s->text.p[i];
        if (c == '\n') col = 1;
        else col += (c & 0xC0) != 0x80;
    }
    return col;
}

void text_fail(const struct source *s, size_t at, const char *format, ...)
{
    fprintf(stderr, "%s:%d:%d: ", s->path, text_line(s, at), text_col(s, at));
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

void c_literal(struct sink *out, str s, const char *indent)
{
    put_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        switch (c) {
        case '"': put_lit(out, "\\\""); break;
        case '\\': put_lit(out, "\\\\"); break;
        case '\t': put_lit(out, "\\t"); break;
        case '\n':
            put_lit(out, "\\n");
            if (i + 1 < s.n) put_format(out, "\"\n%s\"", indent);
            break;
        case '?':
            if (i && s.p[i - 1] == '?') put_char(out, '\\'); /* no trigraphs */
            put_char(out, '?');
            break;
        default:
            if (c < 0x20 || c == 0x7F) put_format(out, "\\%03o", c);
            else put_char(out, (char)c);
        }
    }
    put_char(out, '"');
}

void po_literal(struct sink *out, str s)
{
    put_char(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '"' || c == '\\') put_char(out, '\\');
        if (c == '\n') put_lit(out, "\\n");
        else if (c == '\t') put_lit(out, "\\t");
        else put_char(out, c);
    }
    put_char(out, '"');
}

bool is_name(str s)
{
    if (s.n == 0 || s.p[0] < 'a' || s.p[0] > 'z') return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    }
    return true;
}

static struct message *find(struct messages *all, str one)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->at[i].one, one)) return &all->at[i];
    return NULL;
}

void message_add(struct messages *all, str one, str many, str place, str note)
{
    struct message *m = find(all, one);
    if (!m) {
        if (all->n == all->room) {
            all->room = all->room ? all->room * 2 : 64;
            struct message *more = arena_new(all->arena, struct message, all->room);
            if (all->n) memcpy(more, all->at, all->n * sizeof *more);
            all->at = more;
        }
        m = &all->at[all->n++];
        *m = (struct message){ .one = one };
    }
    if (!m->many.p) m->many = many;
    if (!m->note.n) m->note = note;
    for (size_t i = 0; i < m->places_n; i++)
        if (str_eq(m->places[i], place)) return;
    str *places = arena_new(all->arena, str, m->places_n + 1);
    if (m->places_n) memcpy(places, m->places, m->places_n * sizeof *places);
    places[m->places_n++] = place;
    m->places = places;
}

bool message_has_places(str english)
{
    for (size_t i = 0; i + 2 < english.n; i++) {
        if (english.p[i] != '{') continue;
        ptrdiff_t end = str_find(str_from(english, i), '}');
        if (end > 1 && is_name((str){ english.p + i + 1, (size_t)end - 1 })) return true;
    }
    return false;
}

void message_pot(struct sink *out, const struct messages *all)
{
    put_lit(out,
            "# Every phrase of the program, in English. Made by the build; translate lang/CODE.po "
            "instead.\n"
            "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
            "\"Content-Transfer-Encoding: 8bit\\n\"\n");
    for (size_t i = 0; i < all->n; i++) {
        const struct message *m = &all->at[i];
        put_char(out, '\n');
        if (m->note.n) {
            put_lit(out, "#. ");
            put(out, m->note);
            put_char(out, '\n');
        }
        for (size_t p = 0; p < m->places_n; p++) {
            put_lit(out, "#: ");
            put(out, m->places[p]);
            put_char(out, '\n');
        }
        if (message_has_places(m->one) || message_has_places(m->many))
            put_lit(out, "#, python-brace-format\n");
        put_lit(out, "msgid ");
        po_literal(out, m->one);
        if (m->many.p) {
            put_lit(out, "\nmsgid_plural ");
            po_literal(out, m->many);
            put_lit(out, "\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n");
        } else {
            put_lit(out, "\nmsgstr \"\"\n");
        }
    }
}

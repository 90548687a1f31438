/* C being written. */
#include "page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void code_open(struct code *c, struct sink *out, struct arena *a, const char *path)
{
    *c = (struct code){ .out = out, .path = path, .depth = 1 };
    sink_open(&c->literal, a, (size_t)1 << 28);
}

static void set_line(struct code *c, int line)
{
    if (!c->path || line == c->line) return;
    put_format(c->out, "#line %d", line);
    if (c->line == 0) {
        put_char(c->out, ' ');
        c_literal(c->out, str_of(c->path), "");
    }
    put_char(c->out, '\n');
    c->line = line;
}

static void indent(struct code *c)
{
    for (int i = 0; i < c->depth; i++) put_lit(c->out, "    ");
}

void code_end(struct code *c)
{
    if (c->literal.n == 0) return;
    set_line(c, c->literal_line);
    indent(c);
    put_lit(c->out, "put_lit(out, ");
    char margin[160];
    int n = snprintf(margin, sizeof margin, "%*s", 4 * c->depth + 13, "");
    c_literal(c->out, sink_str(&c->literal), n > 0 ? margin : "");
    put_lit(c->out, ");\n");
    for (size_t i = 0; i + 1 < c->literal.n; i++) c->line += c->literal.p[i] == '\n';
    c->line++;
    c->literal.n = 0;
}

void code_literal(struct code *c, int line, str s)
{
    if (c->literal.n == 0) c->literal_line = line;
    put(&c->literal, s);
}

void code_line(struct code *c, int line, const char *format, ...)
{
    code_end(c);
    set_line(c, line);
    va_list args;
    va_start(args, format);
    char *text = NULL;
    int n = vasprintf(&text, format, args);
    va_end(args);
    if (n < 0) abort();
    if (text[0] == '}') c->depth--;
    indent(c);
    for (int i = 0; i < n; i++) {
        put_char(c->out, text[i]);
        if (text[i] != '\n') continue;
        c->line++;
        indent(c);
        put_lit(c->out, "    ");
    }
    put_char(c->out, '\n');
    c->line++;
    if (text[n - 1] == '{') c->depth++;
    free(text);
}

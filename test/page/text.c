#include "test/page/text.h"

static const struct { const char *entity; char c; } entities[] = {
    { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' },
};

str text_of(struct arena *a, str html)
{
    struct sink out;
    sink_open(&out, a, (size_t)64 << 20);
    bool is_tag = false, was_space = true;
    for (size_t i = 0; i < html.n; i++) {
        char c = html.p[i];
        if (c == '<') is_tag = true;
        if (is_tag) {
            if (c == '>') is_tag = false;
            c = ' ';
        } else if (c == '&') {
            for (size_t k = 0; k < COUNT_OF(entities); k++) {
                if (!str_starts(str_from(html, i), str_of(entities[k].entity))) continue;
                i += strlen(entities[k].entity) - 1;
                c = entities[k].c;
                break;
            }
        }
        bool is_space = c == ' ' || c == '\n' || c == '\t';
        if (is_space && was_space) continue;
        put_char(&out, is_space ? ' ' : c);
        was_space = is_space;
    }
    return sink_str(&out);
}

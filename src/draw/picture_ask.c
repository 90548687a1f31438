/* A picture's words on their way to the process that draws. */
#include "base/breakage.h"
#include "base/id.h"
#include "base/limits.h"
#include "base/sink.h"
#include "draw/picture.h"

#define WORD S("picture")

/* One line a field; a line end inside would be another field. */
static void put_line(struct sink *out, str s)
{
    s = str_cut_text(s, PICTURE_WORDS_MAX);
    for (size_t i = 0; i < s.n; i++) put_char(out, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
    put_char(out, '\n');
}

str picture_ask(struct arena *a, const struct picture *p)
{
    struct sink out;
    sink_open(&out, a, KIB(4));
    put_line(&out, WORD);
    put_line(&out, S(PICTURE_LOOK));
    put_line(&out, p->lang);
    put_line(&out, p->is_rtl ? S("rtl") : S("ltr"));
    put_line(&out, p->above);
    put_line(&out, p->title);
    put_line(&out, p->name);
    put_line(&out, p->below);
    put_line(&out, p->note);
    return sink_str(&out);
}

bool picture_read(str ask, struct picture *out)
{
    *out = (struct picture){ .title = S("") };
    bool is_ours = str_eq(str_split(&ask, '\n'), WORD) &&
                   str_eq(str_split(&ask, '\n'), S(PICTURE_LOOK));
    out->lang = str_split(&ask, '\n');
    out->is_rtl = str_eq(str_split(&ask, '\n'), S("rtl"));
    str *const fields[] = { &out->above, &out->title, &out->name, &out->below, &out->note };
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (!ask.p) return false;
        *fields[i] = str_split(&ask, '\n');
    }
    return is_ours && out->title.n > 0;
}

str picture_file(struct arena *a, str ask)
{
    char key[CONTENT_ID_LENGTH + 1];
    content_id(ask, key);
    return arena_format(a, "picture-%s.png", key);
}

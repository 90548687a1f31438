/* How differences and states are shown. */
#include "edit/inside.h"

#include "base/clock.h"
#include "base/limits.h"

#define AROUND 160 /* bytes of what stayed, before and after what changed */

static str last_text(str s, size_t n)
{
    if (s.n <= n) return s;
    size_t from = s.n - n;
    while (from < s.n && ((unsigned char)s.p[from] & 0xC0) == 0x80) from++;
    return str_from(s, from);
}

static void put_same(struct sink *out, str text, bool is_first, bool is_last, bool is_short)
{
    bool is_long = is_short && text.n > 2 * AROUND + 80;
    if (!is_long) {
        html_text(out, text);
        return;
    }
    if (!is_first) html_text(out, str_cut_text(text, AROUND));
    put_lit(out, "<span class=\"cut\"> … </span>");
    if (!is_last) html_text(out, last_text(text, AROUND));
}

static html as_html(struct arena *a, str before, str after, bool is_short)
{
    struct sink out;
    struct diff d = diff_texts(a, before, after);
    sink_open(&out, a, PAGE_BYTES_MAX);
    for (size_t i = 0; i < d.n; i++) {
        const struct diff_piece *p = &d.at[i];
        if (p->kind == DIFF_SAME) {
            put_same(&out, p->text, i == 0, i + 1 == d.n, is_short);
            continue;
        }
        put(&out, p->kind == DIFF_GONE ? S("<del>") : S("<ins>"));
        html_text(&out, p->text);
        put(&out, p->kind == DIFF_GONE ? S("</del>") : S("</ins>"));
    }
    return (html){ sink_str(&out) };
}

html edit_diff_html(struct arena *a, str before, str after)
{
    return as_html(a, before, after, false);
}

html edit_diff_short(struct arena *a, str before, str after)
{
    return as_html(a, before, after, true);
}

struct phrase edit_state_words(const struct edit *e, const struct edit_piece *p)
{
    str state = p->version.state;
    if (p->version.take_by) return PHRASE("to be taken back?");
    if (str_eq(state, S("asked"))) return PHRASE("waiting for review");
    if (str_eq(state, S("back"))) return PHRASE("given back");
    if (str_eq(state, S("none"))) return PHRASE("not begun");
    if (edit_is_scheduled(e, p)) return PHRASE("scheduled");
    if (str_eq(state, S("shown"))) return PHRASE("published");
    return p->version.shown ? PHRASE("published, with a draft") : PHRASE("draft");
}

const char *edit_state_class(const struct edit *e, const struct edit_piece *p)
{
    str state = p->version.state;
    if (p->version.take_by || str_eq(state, S("asked")) || str_eq(state, S("back"))) return "doubt";
    if (edit_is_scheduled(e, p)) return "ahead";
    return str_eq(state, S("shown")) ? "shown" : "draft";
}

str edit_wrong(struct req *rq, const struct edit *e, enum edit_answer answer)
{
    struct sink out;
    struct phrase words = edit_refusal(answer);
    struct lang_arg args[] = {
        { .name = "line", .kind = ARG_NUMBER, .number = e->line },
        { .name = "what", .kind = ARG_TEXT, .text = e->what.p ? e->what : S("") },
        { .name = "why",
          .kind = ARG_TEXT,
          .text = e->why.english ? lang_text(rq->lang, e->why) : S("") },
    };
    if (!words.english) return (str){ NULL, 0 };
    sink_open(&out, rq->arena, KIB(8));
    lang_message(&out, rq->lang, words, NO_PLURAL, args, COUNT_OF(args), put);
    return sink_str(&out);
}

struct edit edit_of(struct req *rq)
{
    return (struct edit){
        .db = rq->db, .arena = rq->arena, .who = &rq->who, .now = rq->now, .what = S("")
    };
}

str edit_address(struct req *rq, const struct edit_piece *p, const char *beneath)
{
    return web_beneath_now(rq, S("/desk/texts/"), p->text.slug, S("/"), p->version.lang,
                           str_of(beneath));
}

bool edit_asked(struct req *rq, struct edit *e, struct edit_piece *p)
{
    *e = edit_of(rq);
    if (edit_find(e, in_path(rq, "slug"), in_path(rq, "lang"), p) && edit_may_see(e, p))
        return true;
    not_found(rq, edit_refusal(EDIT_NO_SUCH), S(""));
    return false;
}

/* In the process that draws: words that were asked for become a file. */
#include "wear/inside.h"

#include "base/limits.h"
#include "base/sink.h"

#define WORD  S("wear")
#define LOOK  S("1") /* another number whenever the drawing changes */
#define FRAME S("frame")

/* One line a field; a line end inside would be another field. */
static void put_line(struct sink *out, str s)
{
    for (size_t i = 0; i < s.n; i++) put_char(out, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
    put_char(out, '\n');
}

enum { FIELDS = 17 };

static void fields_of(struct wear_sheet *w, str *out[FIELDS])
{
    str *all[FIELDS] = { &w->kind,  &w->design, &w->as,    &w->lang, &w->words, &w->place,
                         &w->who,   &w->name,   &w->host,  &w->note, &w->code,  &w->code_words,
                         &w->title, &w->about,  &w->maker, NULL,     NULL };
    memcpy(out, all, sizeof all);
}

str wear_put(struct arena *a, const struct wear_sheet *w)
{
    struct wear_sheet copy = *w;
    str *field[FIELDS];
    struct sink out;
    fields_of(&copy, field);
    sink_open(&out, a, KIB(16));
    put_line(&out, WORD);
    put_line(&out, LOOK);
    put_line(&out, w->is_rtl ? S("rtl") : S("ltr"));
    put_line(&out, w->has_marks ? S("marks") : S("plain"));
    for (size_t i = 0; field[i]; i++) put_line(&out, *field[i]);
    return sink_str(&out);
}

bool wear_is_ask(str ask)
{
    return str_starts(ask, S("wear\n"));
}

bool wear_read(str ask, struct wear_sheet *out)
{
    *out = (struct wear_sheet){ 0 };
    str *field[FIELDS];
    fields_of(out, field);
    if (!str_eq(str_split(&ask, '\n'), WORD) || !ask.p) return false;
    if (!str_eq(str_split(&ask, '\n'), LOOK) || !ask.p) return false;
    out->is_rtl = str_eq(str_split(&ask, '\n'), S("rtl"));
    out->has_marks = ask.p && str_eq(str_split(&ask, '\n'), S("marks"));
    for (size_t i = 0; field[i]; i++) {
        if (!ask.p) return false;
        *field[i] = str_split(&ask, '\n');
    }
    return ask.p && ask.n == 0;
}

static void words_in(struct sheet *s, struct sheet_box box, struct sheet_words w)
{
    if (box.wide > 0 && w.text.n) sheet_words(s, box, &w);
}

/* What the site says of itself, at the foot. Its own words may be shortened, nobody else's. */
static void draw_foot(struct sheet *s, const struct wear_sheet *w, const struct wear_places *at,
                      const struct wear_look *look)
{
    if (at->heart.wide > 0) {
        sheet_ink(s, look->heart);
        sheet_heart(s, at->heart.x + at->heart.wide / 2, at->heart.y + at->heart.high / 2,
                    at->heart.wide);
        sheet_fill(s);
    }
    sheet_ink(s, look->ink);
    words_in(s, at->name,
             (struct sheet_words){ .text = w->name,
                                   .face = SHEET_SERIF,
                                   .most = at->name_most,
                                   .least = at->name_most / 2,
                                   .down = SHEET_MIDDLE,
                                   .lines = 1,
                                   .may_end = true });
    sheet_ink(s, look->soft);
    words_in(s, at->host,
             (struct sheet_words){ .text = w->host,
                                   .face = SHEET_BOLD,
                                   .most = at->note_most * 1.2,
                                   .least = at->note_most / 2,
                                   .down = SHEET_MIDDLE,
                                   .lines = 1,
                                   .may_end = true });
    words_in(s, at->note,
             (struct sheet_words){ .text = w->note,
                                   .face = SHEET_PLAIN,
                                   .most = at->note_most,
                                   .least = at->note_most * 0.6,
                                   .may_end = true,
                                   .spread = 1 });
    if (w->code.n == 0 || at->code.wide <= 0) return;
    sheet_code(s, at->code, w->code, 0x0c2237, 0xffffff);
    sheet_ink(s, look->soft);
    words_in(s, at->code_words,
             (struct sheet_words){ .text = w->code_words,
                                   .face = SHEET_BOLD,
                                   .most = at->note_most * 1.5,
                                   .least = at->note_most * 0.7,
                                   .side = SHEET_END,
                                   .down = SHEET_END,
                                   .may_end = true });
}

static void draw_all(struct sheet *s, const struct wear_sheet *w, const struct sheet_paper *paper,
                     const struct wear_kind *kind)
{
    struct wear_places at;
    size_t look = wear_look_of(w->design);
    wear_places(kind, w, &at);
    wear_art(s, look, paper, &at);
    sheet_ink(s, wear_looks[look].ink);
    words_in(s, at.words,
             (struct sheet_words){ .text = w->words,
                                   .face = SHEET_SERIF,
                                   .most = at.words_most,
                                   .least = at.words_least,
                                   .side = at.side,
                                   .down = SHEET_MIDDLE });
    words_in(s, at.place,
             (struct sheet_words){ .text = w->place,
                                   .face = SHEET_BOLD,
                                   .most = at.place_most,
                                   .least = at.place_most * 0.35,
                                   .side = at.side,
                                   .down = SHEET_MIDDLE });
    sheet_ink(s, wear_looks[look].soft);
    words_in(s, at.who,
             (struct sheet_words){ .text = w->who,
                                   .face = SHEET_PLAIN,
                                   .most = at.place_most * 0.82,
                                   .least = at.place_most * 0.3,
                                   .side = at.side,
                                   .down = SHEET_MIDDLE });
    draw_foot(s, w, &at, &wear_looks[look]);
}

#define LOOK_WIDE   640.0 /* pixels of a picture to be looked at */
#define LOOK_WIDEST 960.0
#define SMALL_WIDE  240.0

static double scale_of(const struct wear_kind *k, enum sheet_as as, str said)
{
    bool is_look = str_eq(said, S("look"));
    if (str_eq(said, S("small"))) return SMALL_WIDE / (k->wide + 2 * k->bleed);
    if (is_look)
        return (k->wide > k->high * 1.5 ? LOOK_WIDEST : LOOK_WIDE) / (k->wide + 2 * k->bleed);
    switch (as) {
    case SHEET_PNG:
    case SHEET_PNG_CLEAR: return k->pixels;
    case SHEET_SVG: return k->is_print ? 72 / 254.0 : 1;
    case SHEET_PDF: return k->is_print ? 72 / 254.0 : 0.75;
    }
    return 1;
}

static enum sheet_as as_of(const struct wear_kind *k, str as)
{
    if (str_eq(as, S("pdf"))) return SHEET_PDF;
    if (str_eq(as, S("svg"))) return SHEET_SVG;
    return k->is_round ? SHEET_PNG_CLEAR : SHEET_PNG;
}

#define BLEED 30.0 /* three millimetres */

static const struct wear_kind portrait = {
    .word = { S_CONST("portrait"), { 0 } }, .wide = 1024, .high = 1024, .pixels = 1
};

/* A photograph's frame, or a picture in place of one. */
static void draw_frame(struct arena *a, const struct wear_sheet *w, struct wear_made *out)
{
    bool is_frame = !wear_is_design(w->design);
    struct sheet_paper paper = { .as = str_eq(w->as, S("svg")) ? SHEET_SVG
                                       : is_frame              ? SHEET_PNG_CLEAR
                                                               : SHEET_PNG,
                                 .wide = portrait.wide,
                                 .high = portrait.high,
                                 .scale = 1,
                                 .lang = w->lang,
                                 .is_rtl = w->is_rtl,
                                 .title = w->title,
                                 .about = w->about };
    struct wear_places at = { .art_x = 512, .art_y = 520, .art_wide = 600 };
    struct sheet *s = sheet_open(a, &paper);
    if (!s) return;
    if (is_frame) wear_frame(s, w->design, w->words);
    else wear_art(s, wear_look_of(w->design), &paper, &at);
    out->found = *sheet_found(s);
    out->file = sheet_close(s);
}

void wear_draw(struct arena *a, str ask, struct wear_made *out)
{
    struct wear_sheet w;
    *out = (struct wear_made){ .file = S(""), .unknown = S("") };
    if (!wear_read(ask, &w)) return;
    if (str_eq(w.kind, FRAME)) {
        draw_frame(a, &w, out);
        return;
    }
    const struct wear_kind *kind = wear_kind_named(w.kind);
    if (!kind) return;
    enum sheet_as as = as_of(kind, w.as);
    struct sheet_paper paper = { .as = as,
                                 .wide = kind->wide,
                                 .high = kind->high,
                                 .scale = scale_of(kind, as, w.as),
                                 .bleed = w.has_marks && as == SHEET_PDF ? BLEED : kind->bleed,
                                 .has_marks = w.has_marks && as == SHEET_PDF,
                                 .is_round = kind->is_round,
                                 .lang = w.lang,
                                 .is_rtl = w.is_rtl,
                                 .title = w.title,
                                 .about = w.about,
                                 .maker = w.maker };
    struct sheet *s = sheet_open(a, &paper);
    if (!s) return;
    draw_all(s, &w, &paper, kind);
    out->found = *sheet_found(s);
    out->is_full = out->found.is_full;
    out->unknown = out->found.unknown;
    if (!out->is_full && !out->found.unknown_n) out->file = sheet_close(s);
}

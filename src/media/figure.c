/* A picture or film as a figure in a text. */
#include "media/inside.h"

/* Texts are a column this wide; on a narrow screen they fill it. */
#define SIZES "(min-width: 45rem) 42rem, 94vw"

struct figure {
    const struct text_place *at;
    struct media_row item;
    struct media_sized *sizes;
    size_t sizes_n;
    struct media_said *said;
    size_t said_n;
};

static const struct media_said *said_in(const struct figure *f, str lang)
{
    for (size_t i = 0; i < f->said_n; i++)
        if (str_eq(f->said[i].lang, lang)) return &f->said[i];
    return NULL;
}

/* Words in a language; marked where it is not the reader's. */
struct said {
    str words, lang;
};

static str field(const struct media_said *s, bool is_caption)
{
    if (!s) return S("");
    return is_caption ? s->caption : s->alt;
}

/* In the reader's language, else what the text itself says, else in English, else in any. */
static struct said words_for(const struct figure *f, bool is_caption, str own)
{
    str reader = lang_code(f->at->reader);
    bool is_own_language = str_eq(f->at->text_lang, reader);
    if (is_caption && own.n && is_own_language) return (struct said){ own, reader };
    str words = field(said_in(f, reader), is_caption);
    if (words.n) return (struct said){ words, reader };
    if (own.n) return (struct said){ own, f->at->text_lang };
    words = field(said_in(f, S("en")), is_caption);
    if (words.n) return (struct said){ words, S("en") };
    for (size_t i = 0; i < f->said_n; i++) {
        words = field(&f->said[i], is_caption);
        if (words.n) return (struct said){ words, f->said[i].lang };
    }
    return (struct said){ S(""), reader };
}

static void put_lang(struct sink *out, const struct figure *f, str lang)
{
    const struct lang *l = lang_find(lang);
    if (!l || l == f->at->reader) return;
    put_format(out, " lang=\"" STR_FMT "\" dir=\"%s\"", STR_ARG(lang_code(l)),
               lang_is_rtl(l) ? "rtl" : "ltr");
}

static void put_address(struct sink *out, const struct figure *f, const struct media_sized *s)
{
    html_text(out, f->at->origin);
    put_format(out, "/pictures/" STR_FMT "/%lld." STR_FMT, STR_ARG(f->item.name),
               (long long)s->wide, STR_ARG(s->format));
}

static bool is_webp(const struct media_sized *s)
{
    return str_eq(s->format, S("webp"));
}

static void put_set(struct sink *out, const struct figure *f, bool of_webp)
{
    bool is_first = true;
    put_lit(out, " srcset=\"");
    for (size_t i = 0; i < f->sizes_n; i++) {
        if (is_webp(&f->sizes[i]) != of_webp) continue;
        if (!is_first) put_lit(out, ", ");
        is_first = false;
        put_address(out, f, &f->sizes[i]);
        put_format(out, " %lldw", (long long)f->sizes[i].wide);
    }
    put_lit(out, "\" sizes=\"" SIZES "\"");
}

/* What a browser without WebP, or a reader of feeds, loads: large enough for a page, no larger. */
static const struct media_sized *usual(const struct figure *f)
{
    const struct media_sized *found = NULL;
    for (size_t i = 0; i < f->sizes_n; i++)
        if (!is_webp(&f->sizes[i]) && (!found || f->sizes[i].wide <= 1280)) found = &f->sizes[i];
    return found;
}

static void put_picture(struct sink *out, const struct figure *f, str alt)
{
    const struct media_sized *s = usual(f);
    if (!s) return;
    struct said shown = words_for(f, false, alt);
    put_lit(out, "<picture><source type=\"image/webp\"");
    put_set(out, f, true);
    put_lit(out, "><img src=\"");
    put_address(out, f, s);
    put_lit(out, "\"");
    put_set(out, f, false);
    put_format(out, " width=\"%lld\" height=\"%lld\" loading=\"lazy\" decoding=\"async\" alt=\"",
               (long long)s->wide, (long long)s->high);
    html_text(out, shown.words);
    put_lit(out, "\"");
    put_lang(out, f, shown.lang);
    put_lit(out, "></picture>");
}

static void put_message(struct sink *out, const struct figure *f, struct phrase p, const char *name,
                        str value)
{
    struct lang_arg arg = { .name = name, .kind = ARG_TEXT, .text = value };
    lang_message(out, f->at->reader, p, NO_PLURAL, &arg, 1, html_text);
}

/* Of a film, which is a link, only whose it is. */
static void put_credit(struct sink *out, const struct figure *f, bool is_film)
{
    struct word licence = claim_word(media_licences, f->item.licence);
    bool is_said = !is_film && licence.code.n && !str_eq(licence.code, S("own"));
    put_lit(out, "<small>");
    if (is_film) put_message(out, f, PHRASE("By {credit}"), "credit", f->item.credit);
    else put_message(out, f, PHRASE("Picture: {credit}"), "credit", f->item.credit);
    if (is_said) {
        put_lit(out, " · ");
        html_text(out, lang_text(f->at->reader, licence.phrase));
    }
    put_lit(out, "</small>");
}

static void put_caption(struct sink *out, const struct figure *f, struct said caption)
{
    if (caption.words.n == 0) return;
    put_lit(out, "<span");
    put_lang(out, f, caption.lang);
    put_lit(out, ">");
    html_text(out, caption.words);
    put_lit(out, "</span> ");
}

/* The link stands behind a click, and says where it leads before it is followed. */
static void put_film(struct sink *out, const struct figure *f, struct said title)
{
    str host = media_host(f->item.link);
    if (host.n == 0) return;
    put_lit(out, "<details class=\"film\"><summary>");
    put_message(out, f, PHRASE("Film: {title}"), "title", title.words);
    put_lit(out, "</summary><p>");
    put_message(out, f, PHRASE("Opens at {host}; they learn that you came."), "host", host);
    put_lit(out, "</p><p><a rel=\"noopener noreferrer nofollow\" href=\"");
    url_whole(out, f->item.link);
    put_lit(out, "\">");
    put_message(out, f, PHRASE("To the film at {host}"), "host", host);
    put_lit(out, "</a></p></details>");
}

void media_figure(const struct text_place *at, str address, str alt, str caption, struct sink *out)
{
    struct figure f = { .at = at };
    bool is_film;
    str name;
    if (!media_address(address, &name, &is_film)) return;
    bool is_there = media_item_named(at->db, name, &f.item) &&
                    media_is_shown(at->db, &f.item, at->now);
    if (!is_there || is_film != str_eq(f.item.kind, S("film"))) return;
    f.sizes_n = media_sizes_of(at->db, f.item.id, &f.sizes);
    f.said_n = media_texts_of(at->db, f.item.id, &f.said);
    if (!is_film && f.sizes_n == 0) return;
    struct said said = words_for(&f, true, caption);
    put_lit(out, "<figure class=\"picture\">");
    put_picture(out, &f, alt);
    put_lit(out, "<figcaption>");
    if (is_film) put_film(out, &f, said);
    else put_caption(out, &f, said);
    if (f.item.credit.n) put_credit(out, &f, is_film);
    put_lit(out, "</figcaption></figure>");
}

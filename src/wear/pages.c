/* The pages of wear, but for the one that makes material. */
#include "wear/pages.h"

#include "claim/pages.h"
#include "operator/operator.h"
#include "search/search.h"
#include "wear/embed.html.h"
#include "wear/inside.h"
#include "wear/picture.html.h"
#include "wear/wear.html.h"
#include "web/asset.h"

ASSET_CARRY(asset_wear, "src/wear/picture.js");

void wear_assets(struct arena *life)
{
    asset_add(life, "picture.js", "text/javascript; charset=utf-8", ASSET_STR(asset_wear));
}

struct web_rules wear_rules_shown(struct req *rq)
{
    struct web_rules v = { .more = web_beneath_now(rq, S("/about#mark")) };
    if (site_is_demonstration(rq)) return v;
    v.operator= claim_word(operator_marks, operator_get(rq->db)->mark).phrase;
    return v;
}

static void hub(struct req *rq)
{
    struct wear_wear v = {
        .picture = web_beneath_now(rq, S("/wear/picture")),
        .make = web_beneath_now(rq, S("/wear/make")),
        .embed = web_beneath_now(rq, S("/wear/embed")),
        .join = web_beneath_now(rq, S("/join")),
        .about = web_beneath_now(rq, S("/about")),
        .unis = claim_source_shown(rq, S("unis-blue-heart")),
        .wikia = claim_source_shown(rq, S("wikia-blue-heart")),
        .rules = wear_rules_shown(rq),
    };
    struct head head = { .title = say(rq, PHRASE("Wear the heart")),
                         .section = "wear",
                         .description = say(rq, PHRASE("A blue heart says to those who were "
                                                       "trafficked: you are not alone. And it "
                                                       "makes others ask.")) };
    page(rq, head, &wear_wear_view, &v);
}

static const struct word frames[] = {
    { S_CONST("ring"), PHRASE_CONST("Ring") },
    { S_CONST("corner"), PHRASE_CONST("Heart in the corner") },
    { S_CONST("band"), PHRASE_CONST("Band with words") },
    { S_CONST("tint"), PHRASE_CONST("In blue") },
};

static str frame_address(struct req *rq, str code, const char *end)
{
    bool is_band = str_eq(code, S("band"));
    return ARENA_JOIN(rq->arena, S("/wear/frames/"), code, is_band ? S("-") : S(""),
                      is_band ? lang_code(rq->lang) : S(""), str_of(end));
}

static void picture(struct req *rq)
{
    struct wear_picture v = { .rules = wear_rules_shown(rq) };
    size_t designs = lang_words_in(wear_designs);
    struct wear_picture_frames *f = arena_new(rq->arena, struct wear_picture_frames,
                                              COUNT_OF(frames));
    struct wear_picture_ready *r = arena_new(rq->arena, struct wear_picture_ready, designs);
    for (size_t i = 0; i < COUNT_OF(frames); i++)
        f[i] = (struct wear_picture_frames){ frames[i].code,
                                             frames[i].phrase,
                                             frame_address(rq, frames[i].code, ".svg"),
                                             frame_address(rq, frames[i].code, ".png"),
                                             i == 0,
                                             wear_glyph(frames[i].code) };
    for (size_t i = 0; i < designs; i++)
        r[i] = (struct wear_picture_ready){ wear_designs[i].code, wear_designs[i].phrase,
                                            frame_address(rq, wear_designs[i].code, ".png"),
                                            frame_address(rq, wear_designs[i].code, ".svg"),
                                            wear_glyph(wear_designs[i].code) };
    v.frames = f;
    v.frames_n = COUNT_OF(frames);
    v.ready = r;
    v.ready_n = designs;
    struct head head = { .title = say(rq, PHRASE("Your profile picture")),
                         .section = "wear",
                         .script = "picture.js",
                         .description = say(rq, PHRASE("The photo is framed in your browser. It is "
                                                       "not sent to us or to anybody.")) };
    page(rq, head, &wear_picture_view, &v);
}

#define HEART_D                                                                                \
    "M50 90C22 68 3 52 3 29 3 13 14 3 27 3c10 0 18 5 23 15C55 8 63 3 73 3c13 0 24 10 24 26 0 " \
    "23-19 39-47 61z"
#define HEART_SVG(paint)                                                                       \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"93\" viewBox=\"0 0 100 " \
    "93\" role=\"img\"><title>Blue Heart</title><path " paint " d=\"" HEART_D "\"/></svg>\n"

static const struct heart {
    const char *address;
    struct phrase name;
    const char *markup;
} hearts[] = {
    { "/heart.svg", PHRASE_CONST("Blue"), HEART_SVG("fill=\"#1263a3\"") },
    { "/heart-white.svg", PHRASE_CONST("White, for dark grounds"), HEART_SVG("fill=\"#fff\"") },
    { "/heart-outline.svg", PHRASE_CONST("Outline"),
      HEART_SVG("fill=\"none\" stroke=\"#1263a3\" stroke-width=\"5\" stroke-linejoin=\"round\"") },
};

static void heart(struct req *rq)
{
    for (size_t i = 0; i < COUNT_OF(hearts); i++)
        if (str_eq(rq->path, str_of(hearts[i].address)))
            send_shared(rq, "image/svg+xml", str_of(hearts[i].markup));
}

/* The attributes stand in SVG and HTML alike; no style, so that a strict policy takes them. */
static str snippet(struct req *rq, str picture)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(4));
    put_lit(&out, "<a href=\"");
    html_text(&out, site_origin(rq));
    html_text(&out, web_beneath_now(rq, S("/")));
    put_lit(&out, "\" hreflang=\"");
    html_text(&out, lang_code(rq->lang));
    put_lit(&out, "\">");
    put(&out, picture);
    put_lit(&out, "</a>");
    return sink_str(&out);
}

static str image(struct req *rq, str address, str alt)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(4));
    put_lit(&out, "<img src=\"");
    html_text(&out, address);
    put_lit(&out, "\" width=\"48\" height=\"45\" alt=\"");
    html_text(&out, alt);
    put_lit(&out, "\" referrerpolicy=\"no-referrer\">");
    return sink_str(&out);
}

static str inline_heart(struct req *rq, str alt)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(4));
    put_lit(&out,
            "<svg width=\"48\" height=\"45\" viewBox=\"0 0 100 93\" role=\"img\" aria-label=\"");
    html_text(&out, alt);
    put_lit(&out, "\"><path fill=\"#1263a3\" d=\"" HEART_D "\"/></svg>");
    return sink_str(&out);
}

static void embed(struct req *rq)
{
    str alt = say(rq, PHRASE("Blue Heart: against trafficking in persons"));
    str far = ARENA_JOIN(rq->arena, site_origin(rq), S("/heart.svg"));
    struct wear_embed_snippets snippets[] = {
        { S("inside"), PHRASE("In the page itself: best"),
          PHRASE("Needs no file and asks nobody for anything: a visit to your page is known to you "
                 "alone."),
          snippet(rq, inline_heart(rq, alt)) },
        { S("own"), PHRASE("From your own server"),
          PHRASE("Download the heart, put it beside your page, and name it like this. A visit is "
                 "known to you alone."),
          snippet(rq, image(rq, S("heart.svg"), alt)) },
        { S("ours"), PHRASE("From our server"),
          PHRASE("Then each visitor's browser asks us for the heart. We keep nothing about it, but "
                 "you cannot check that, and whoever watches the line sees our name. Prefer one of "
                 "the others."),
          snippet(rq, image(rq, far, alt)) },
    };
    struct wear_embed_hearts all[COUNT_OF(hearts)];
    for (size_t i = 0; i < COUNT_OF(hearts); i++) {
        str name = str_from(str_of(hearts[i].address), 1);
        all[i] = (struct wear_embed_hearts){ str_cut(name, name.n - 4), hearts[i].name,
                                             str_of(hearts[i].address) };
    }
    struct wear_embed v = { .hearts = all,
                            .hearts_n = COUNT_OF(hearts),
                            .snippets = snippets,
                            .snippets_n = COUNT_OF(snippets),
                            .glyphs = wear_glyph(S("three")),
                            .rules = wear_rules_shown(rq) };
    struct head head = { .title = say(rq, PHRASE("A heart on your own site")),
                         .section = "wear",
                         .description = say(rq, PHRASE("Copy one of these. Nothing in them counts, "
                                                       "remembers or follows anybody.")) };
    page(rq, head, &wear_embed_view, &v);
}

static void documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    (void)db;
    (void)now;
    const struct {
        const char *path;
        struct phrase title, body;
    } all[] = {
        { "/wear", PHRASE("Wear the heart"),
          PHRASE("A blue heart says to those who were trafficked: you are not alone. And it makes "
                 "others ask.") },
        { "/wear/picture", PHRASE("Your profile picture"),
          PHRASE("The photo is framed in your browser. It is not sent to us or to anybody.") },
        { "/wear/make", PHRASE("Posters, posts, a button"),
          PHRASE("Posters, pictures for posts, banners and a button, in six languages, with your "
                 "city and day: to print, to wear and to send on.") },
        { "/wear/embed", PHRASE("A heart on your own site"),
          PHRASE("Copy one of these. Nothing in them counts, remembers or follows anybody.") },
    };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        search_add(into, (struct search_doc){ .part = SEARCH_TAKING_PART,
                                              .path = str_of(all[i].path),
                                              .title = lang_text(l, all[i].title),
                                              .body = lang_text(l, all[i].body),
                                              .written_in = l });
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/wear", ANYONE, hub, "What the heart means, and three ways to wear it.",
      &wear_wear_view, NULL },
    { GET, UNDER_LANG, "/wear/picture", ANYONE, picture,
      "A frame for a profile picture; the photo stays where it is.", &wear_picture_view, NULL },
    { GET, UNDER_LANG, "/wear/make", ANYONE, wear_make_page,
      "Posters, pictures for posts, banners and a button, in six languages.", &wear_make_view,
      "kind design in phrase words city day who code" },
    { GET, UNDER_LANG, "/wear/embed", ANYONE, embed, "A heart for other sites, without tracking.",
      &wear_embed_view, NULL },
    { GET, AT_ROOT, "/wear/made/:name", ANYONE, wear_made_file,
      "A poster, picture or button as a file.", NULL,
      "design in phrase words city day who code marks key" },
    { GET, AT_ROOT, "/wear/frames/:name", ANYONE, wear_frame_file,
      "A frame to lay over a photograph, or a picture in place of one.", NULL, NULL },
    { GET, AT_ROOT, "/heart.svg", ANYONE, heart, "A blue heart that other sites may show.", NULL,
      NULL },
    { GET, AT_ROOT, "/heart-white.svg", ANYONE, heart, "The same in white.", NULL, NULL },
    { GET, AT_ROOT, "/heart-outline.svg", ANYONE, heart, "The same as a line.", NULL, NULL },
    { 0 },
};

static const struct gives gives[] = {
    { "/wear/made/:name", "application/pdf image/png image/svg+xml",
      "/wear/made/poster-a4.svg?design=many&in=en&phrase=all-1" },
    { "/wear/frames/:name", "image/png image/svg+xml", "/wear/frames/ring.svg" },
    { "/heart.svg", "image/svg+xml", "/heart.svg" },
    { "/heart-white.svg", "image/svg+xml", "/heart-white.svg" },
    { "/heart-outline.svg", "image/svg+xml", "/heart-outline.svg" },
    { 0 },
};

const struct room wear_room = {
    .name = "wear",
    .purpose = "wearing the heart: pictures, posters, a heart for other sites",
    .routes = routes,
    .gives = gives,
    .documents = documents,
};

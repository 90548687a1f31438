/* A kit as words for the process that packs it: what each file is called and holds, or what is to be drawn for it. */
#include "kit/kit.h"

#include "base/limits.h"
#include "calendar/pages.h"
#include "kit/inside.h"

struct bundling {
    struct req *rq;
    const struct kit *k;
    const struct lang *l;
    struct sink out;
};

/* "T NAME BYTES\n" and the bytes; D: they are what wear draws. */
static void add(struct bundling *b, char how, str name, str bytes)
{
    put_format(&b->out, "%c " STR_FMT "-" STR_FMT "/" STR_FMT "-" STR_FMT " %zu\n", how,
               STR_ARG(b->k->slug), STR_ARG(lang_code(b->l)), STR_ARG(lang_code(b->l)),
               STR_ARG(name), bytes.n);
    put(&b->out, bytes);
}

static str t(const struct bundling *b, struct phrase p)
{
    return lang_text(b->l, p);
}

static str page_address(const struct bundling *b, str path)
{
    return ARENA_JOIN(b->rq->arena, site_origin(b->rq), S("/"), lang_code(b->l), path);
}

static void line(struct sink *out, str words)
{
    put(out, words);
    put_char(out, '\n');
}

static void heading(struct sink *out, str words)
{
    put_char(out, '\n');
    line(out, words);
    put_lit(out, "----------------\n\n");
}

static void add_readme(struct bundling *b)
{
    struct sink out;
    sink_open(&out, b->rq->arena, KIB(32));
    line(&out, b->k->text.title);
    put_char(&out, '\n');
    line(&out, b->k->text.summary);
    if (b->k->text.is_foreign) {
        put_char(&out, '\n');
        line(&out, t(b, PHRASE("This text is not yet in this language. It is shown in English.")));
    }
    if (b->k->text.reviewed_on.n == 0) {
        put_char(&out, '\n');
        line(&out, t(b, PHRASE("Nobody has reviewed this text yet.")));
    }
    put_char(&out, '\n');
    line(&out,
         t(b, PHRASE("In this folder: what to do and when, words to read out, posts, pictures "
                     "and posters, the day for your calendar, and what may be done with it "
                     "all.")));
    heading(&out, t(b, PHRASE("In danger? Worried about somebody?")));
    line(&out, page_address(b, S("/help")));
    heading(&out, t(b, PHRASE("The newest version of this kit")));
    line(&out, page_address(b, ARENA_JOIN(b->rq->arena, S("/kits/"), b->k->slug)));
    if (site_is_demonstration(b->rq)) {
        put_char(&out, '\n');
        line(&out, t(b, PHRASE("Demonstration: not operated, not UNODC")));
    }
    add(b, 'T', S("read-me-first.txt"), sink_str(&out));
}

static void add_checklist(struct bundling *b, const struct kit_words *w)
{
    struct sink out;
    str *items;
    sink_open(&out, b->rq->arena, KIB(128));
    line(&out, t(b, PHRASE("What to do, and when")));
    for (int i = KIT_WEEKS; i <= KIT_AFTER; i++) {
        size_t n = kit_items(b->rq->arena, w->part[i].body, &items);
        if (n == 0) continue;
        heading(&out, w->part[i].title);
        for (size_t j = 0; j < n; j++) {
            put_lit(&out, "[ ] ");
            line(&out, items[j]);
        }
    }
    add(b, 'T', S("checklist.txt"), sink_str(&out));
}

static void add_posts(struct bundling *b, const struct kit_words *w)
{
    struct sink out;
    str *items;
    size_t n = kit_items(b->rq->arena, w->part[KIT_POSTS].body, &items);
    if (n == 0) return;
    sink_open(&out, b->rq->arena, KIB(128));
    for (size_t i = 0; i < n; i++) {
        if (i) put_lit(&out, "\n----------------\n\n");
        line(&out, kit_post(b->rq, b->k, items[i]));
    }
    add(b, 'T', S("posts.txt"), sink_str(&out));
}

static void add_texts(struct bundling *b, const struct kit_words *w)
{
    struct arena *a = b->rq->arena;
    if (w->part[KIT_READ].body.n)
        add(b, 'T', S("words-to-read-out.txt"),
            ARENA_JOIN(a, w->part[KIT_READ].title, S("\n\n"),
                       kit_readable(a, w->part[KIT_READ].body), S("\n")));
    if (w->opening.n)
        add(b, 'T', S("about-the-day.txt"),
            ARENA_JOIN(a, b->k->text.title, S("\n\n"), kit_readable(a, w->opening), S("\n")));
    str rest = b->k->texts;
    for (int i = 0; rest.p && rest.n && i < KIT_TEXTS_MAX; i++) {
        struct text further;
        str slug = str_split(&rest, ' ');
        if (!text_get(b->rq->db, b->l, slug, b->rq->when, b->rq->now, &further)) continue;
        str where = page_address(b, text_path(a, further.kind, slug));
        add(b, 'T', ARENA_JOIN(a, S("text-"), slug, S(".txt")),
            ARENA_JOIN(a, further.title, S("\n\n"), kit_readable(a, further.body), S("\n\n"), where,
                       S("\n")));
    }
}

static void add_rules(struct bundling *b)
{
    struct sink out;
    sink_open(&out, b->rq->arena, KIB(16));
    line(&out, t(b, PHRASE("Before you use it")));
    put_char(&out, '\n');
    line(&out,
         t(b, PHRASE("The Blue Heart and the campaign's name belong to UNODC. The hearts here "
                     "are our own drawings in its spirit, not that mark.")));
    line(&out,
         t(b, PHRASE("Wear them and show them freely. Not for sale, not on goods, not to "
                     "collect money, not for a party or a candidate, and not as if the United "
                     "Nations supported you.")));
    line(&out, t(b, PHRASE("For the campaign's own mark, or in the name of an organisation: ask "
                           "UNODC first.")));
    put_char(&out, '\n');
    line(&out, page_address(b, S("/about#mark")));
    add(b, 'T', S("rules-of-use.txt"), sink_str(&out));
}

static bool is_again(const struct kit *k, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(k->pictures[i].kind, k->pictures[at].kind) &&
            str_eq(k->pictures[i].design, k->pictures[at].design) &&
            str_eq(k->pictures[i].phrase, k->pictures[at].phrase))
            return true;
    return false;
}

static void add_pictures(struct bundling *b)
{
    struct arena *a = b->rq->arena;
    for (size_t i = 0; i < b->k->pictures_n; i++) {
        const struct kit_picture *p = &b->k->pictures[i];
        struct wear_wish w = kit_wear(b->k, b->l, p);
        bool is_print = wear_kind_named(p->kind)->is_print;
        const char *field;
        if (is_again(b->k, i) || wear_check(b->rq, &w, &field) != WEAR_YES) continue;
        str stem = ARENA_JOIN(a, p->kind, S("-"), p->design, S("-"), p->phrase);
        add(b, 'D', ARENA_JOIN(a, stem, is_print ? S(".pdf") : S(".png")),
            wear_ask(b->rq, &w, is_print ? S("pdf") : S("png")));
    }
}

str kit_calendar(struct req *rq, const struct kit *k, const struct lang *l)
{
    struct calendar_day own = { .slug = k->slug,
                                .name = k->text.title,
                                .rule = k->rule,
                                .iso3 = S(""),
                                .first = k->first,
                                .last = k->last };
    str about = ARENA_JOIN(rq->arena, S("/kits/"), k->slug);
    if (k->first.n == 0) return S("");
    return calendar_one(rq, l, k->day.slug.n ? &k->day : &own, about);
}

str kit_bundle(struct req *rq, const struct kit *k, const struct lang *l)
{
    struct kit_words w;
    struct bundling b = { .rq = rq, .k = k, .l = l };
    sink_open(&b.out, rq->arena, MIB(2));
    kit_words_read(rq->arena, k->text.body, &w);
    add_readme(&b);
    add_checklist(&b, &w);
    add_texts(&b, &w);
    add_posts(&b, &w);
    add_pictures(&b);
    str calendar = kit_calendar(rq, k, l);
    if (calendar.n) add(&b, 'T', S("calendar.ics"), calendar);
    add_rules(&b);
    return sink_str(&b.out);
}

str kit_file_name(struct arena *a, const struct kit *k, const struct lang *l)
{
    return ARENA_JOIN(a, S("blue-heart-kit-"), k->slug, S("-"), lang_code(l), S(".zip"));
}

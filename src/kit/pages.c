/* The public pages: every kit, one kit, and its files. */
#include "base/id.h"
#include "base/limits.h"
#include "calendar/pages.h"
#include "claim/pages.h"
#include "kit/inside.h"
#include "kit/kit.html.h"
#include "kit/kits.html.h"
#include "members/members.h"
#include "search/search.h"

static str direction_of(str lang)
{
    const struct lang *l = lang_find(lang);
    return l && lang_is_rtl(l) ? S("rtl") : S("ltr");
}

static str file_address(struct req *rq, const struct kit *k, const char *end)
{
    return arena_format(rq->arena, "/kits/" STR_FMT "%s?lang=" STR_FMT, STR_ARG(k->slug), end,
                        STR_ARG(lang_code(rq->lang)));
}

/* Whose day it is, if it is a member's own. */
static bool member_of(struct req *rq, const struct kit *k, str *name, str *address)
{
    struct claim *rows;
    if (k->member.n == 0 || k->observance.n) return false;
    size_t n = claim_read(rq->db, &members_events_kind, CLAIM_ALL, rq->when, &rows);
    for (size_t i = 0; i < n; i++) {
        *name = claim_cell(&rows[i], "entity");
        if (!str_eq(members_slug(rq->arena, *name), k->member)) continue;
        *address = web_beneath(rq, S("/members/"), k->member);
        return true;
    }
    return false;
}

static bool is_over(struct req *rq, const struct kit *k)
{
    return k->last.n && str_cmp(k->last, web_day(rq)) < 0;
}

static bool is_now(struct req *rq, const struct kit *k)
{
    return k->first.n && str_cmp(k->first, web_day(rq)) <= 0 && !is_over(rq, k);
}

static void fill_row(struct req *rq, const struct kit *k, struct kit_kits_kits *row)
{
    *row = (struct kit_kits_kits){
        .title = k->text.title,
        .language = k->text.lang,
        .direction = direction_of(k->text.lang),
        .summary = k->text.summary,
        .address = web_beneath(rq, S("/kits/"), k->slug),
        .first = str_or_absent(k->first),
        .last = str_or_absent(k->last),
        .is_now = is_now(rq, k),
        .is_over = is_over(rq, k),
        .n = (int64_t)k->pictures_n,
        .glyph = wear_glyph(k->pictures_n ? k->pictures[0].design : S("lines")),
        .zip = file_address(rq, k, ".zip"),
    };
    if (kit_is_month(k)) row->month = str_cut(k->first, 7);
    if (k->day.slug.n) {
        row->day = calendar_name(rq->lang, &k->day);
        row->scope = k->day.iso3.n ? lang_state(rq->lang, k->day.iso3)
                                   : say(rq, k->day.scope.phrase);
    }
    str name, address;
    if (member_of(rq, k, &name, &address)) {
        row->member = address;
        row->member_name = name;
    }
}

static void all(struct req *rq)
{
    struct kit *kits;
    size_t n = kit_all(rq, rq->lang, &kits);
    struct kit_kits_kits *rows = arena_new(rq->arena, struct kit_kits_kits, n + 1);
    for (size_t i = 0; i < n; i++) fill_row(rq, &kits[i], &rows[i]);
    struct kit_kits v = { .kits = rows,
                          .kits_n = n,
                          .is_empty = n == 0,
                          .calendar = web_beneath(rq, S("/calendar")),
                          .make = web_beneath_now(rq, S("/wear/make")),
                          .join = web_beneath_now(rq, S("/join/kit")),
                          .help = web_beneath_now(rq, S("/help")) };
    struct head head = { .title = say(rq, PHRASE("Kits for days")),
                         .section = "kits",
                         .description = say(
                             rq, PHRASE("All it takes to act on a day against trafficking "
                                        "in persons, in six languages.")) };
    page(rq, head, &kit_kits_view, &v);
}

/* ---- one ---- */

static void fill_acts(struct req *rq, const struct kit *k, struct kit_kit *v)
{
    struct kit_kit_acts *acts = arena_new(rq->arena, struct kit_kit_acts, k->day.n + 1);
    str earlier = S("");
    for (size_t i = 0; i < k->day.n; i++) {
        const struct claim *c = &k->day.said[i];
        str act = claim_cell(c, "act");
        if (!str_eq(claim_cell(c, "event"), S("created")) || act.n == 0) continue;
        v->differs = v->differs || (earlier.n && !str_eq(earlier, act));
        earlier = act;
        acts[v->acts_n++] = (struct kit_kit_acts){ act, str_or_absent(claim_cell(c, "date")),
                                                   claim_address(rq, c->id),
                                                   claim_source_shown(rq, claim_source(c)) };
    }
    v->acts = acts;
}

static void fill_day(struct req *rq, const struct kit *k, struct kit_kit *v)
{
    str name, address;
    v->first = str_or_absent(k->first);
    v->last = str_or_absent(k->last);
    if (kit_is_month(k)) v->month = str_cut(k->first, 7);
    v->is_now = is_now(rq, k);
    v->is_over = is_over(rq, k);
    if (k->first.n) v->calendar = file_address(rq, k, ".ics");
    if (k->day.slug.n) {
        v->day_name = calendar_name(rq->lang, &k->day);
        v->day_page = web_beneath(rq, S("/calendar/"), k->day.slug);
        fill_acts(rq, k, v);
    }
    if (member_of(rq, k, &name, &address)) {
        v->member = address;
        v->member_name = name;
    }
}

static void fill_words(struct req *rq, const struct kit *k, struct kit_kit *v)
{
    static const char *const codes[] = { "weeks", "week", "day", "after" };
    struct arena *a = rq->arena;
    struct kit_words w;
    str *items, base = ARENA_JOIN(a, S("/"), lang_code(rq->lang));
    kit_words_read(a, k->text.body, &w);
    v->opening = text_html(a, w.opening, base, rq->show.when);
    struct kit_kit_steps *steps = arena_new(a, struct kit_kit_steps, KIT_READ);
    for (int i = KIT_WEEKS; i <= KIT_AFTER; i++) {
        size_t n = kit_items(a, w.part[i].body, &items);
        struct kit_kit_steps_items *rows = arena_new(a, struct kit_kit_steps_items, n + 1);
        for (size_t j = 0; j < n; j++) rows[j].words = items[j];
        if (n)
            steps[v->steps_n++] = (struct kit_kit_steps){ w.part[i].title, str_of(codes[i]), rows,
                                                          n };
    }
    v->steps = steps;
    v->has_steps = v->steps_n > 0;
    v->read_title = w.part[KIT_READ].title;
    v->has_read = w.part[KIT_READ].body.n > 0;
    v->read = text_html(a, w.part[KIT_READ].body, base, rq->show.when);
    size_t n = kit_items(a, w.part[KIT_POSTS].body, &items);
    struct kit_kit_posts *posts = arena_new(a, struct kit_kit_posts, n + 1);
    for (size_t i = 0; i < n; i++) {
        posts[i].words = kit_post(rq, k, items[i]);
        posts[i].letters = kit_letters(posts[i].words);
    }
    v->posts_title = w.part[KIT_POSTS].title;
    v->posts = posts;
    v->posts_n = n;
    v->has_posts = n > 0;
}

static str make_address(struct req *rq, const struct wear_wish *w)
{
    return arena_format(rq->arena,
                        STR_FMT "?kind=" STR_FMT "&design=" STR_FMT "&in=" STR_FMT
                                "&phrase=" STR_FMT "&day=" STR_FMT "&code=" STR_FMT,
                        STR_ARG(web_beneath_now(rq, S("/wear/make"))), STR_ARG(w->kind),
                        STR_ARG(w->design), STR_ARG(lang_code(w->lang)), STR_ARG(w->phrase),
                        STR_ARG(w->day), STR_ARG(w->code));
}

static void fill_files(struct req *rq, const struct wear_wish *w, bool is_print,
                       struct kit_kit_pictures *row)
{
    struct kit_kit_pictures_files *f = arena_new(rq->arena, struct kit_kit_pictures_files, 2);
    size_t n = 0;
    if (is_print)
        f[n++] = (struct kit_kit_pictures_files){ S("PDF"),
                                                  wear_made_address(rq, w, "pdf", false) };
    f[n++] = (struct kit_kit_pictures_files){ S("PNG"), wear_made_address(rq, w, "png", false) };
    row->files = f;
    row->files_n = n;
}

static void fill_pictures(struct req *rq, const struct kit *k, struct kit_kit *v)
{
    struct kit_kit_pictures *rows = arena_new(rq->arena, struct kit_kit_pictures,
                                              k->pictures_n + 1);
    for (size_t i = 0; i < k->pictures_n; i++) {
        struct wear_wish w = kit_wear(k, rq->lang, &k->pictures[i]);
        const struct wear_kind *kind = wear_kind_named(w.kind);
        const char *field;
        if (wear_check(rq, &w, &field) != WEAR_YES) continue;
        rows[v->pictures_n] = (struct kit_kit_pictures){
            .code = k->pictures[i].kind,
            .what = kind->word.phrase,
            .words = say(rq, claim_word(wear_phrases, w.phrase).phrase),
            .look = wear_made_address(rq, &w, "small", false),
            .wide = 240,
            .high = (int64_t)(240 * (kind->high + 2 * kind->bleed) /
                              (kind->wide + 2 * kind->bleed)),
            .own = make_address(rq, &w),
        };
        fill_files(rq, &w, kind->is_print, &rows[v->pictures_n++]);
        if (v->make.n == 0) v->make = make_address(rq, &w);
    }
    v->pictures = rows;
    v->has_pictures = v->pictures_n > 0;
    if (v->make.n == 0) v->make = web_beneath_now(rq, S("/wear/make"));
}

static void fill_texts(struct req *rq, const struct kit *k, struct kit_kit *v)
{
    struct kit_kit_texts *rows = arena_new(rq->arena, struct kit_kit_texts, KIT_TEXTS_MAX);
    str rest = k->texts;
    while (rest.p && rest.n && v->texts_n < KIT_TEXTS_MAX) {
        struct text t;
        str slug = str_split(&rest, ' ');
        if (!text_get(rq->db, rq->lang, slug, rq->when, rq->now, &t)) continue;
        rows[v->texts_n++] = (struct kit_kit_texts){
            t.title, t.summary, web_beneath(rq, text_path(rq->arena, t.kind, slug))
        };
    }
    v->texts = rows;
    v->has_texts = v->texts_n > 0;
}

static void one(struct req *rq)
{
    struct kit k;
    str slug = in_path(rq, "slug");
    if (!kit_get(rq, rq->lang, slug, &k)) {
        not_found(rq, PHRASE("There is no kit called {asked}."), slug);
        return;
    }
    struct kit_kit v = {
        .title = k.text.title,
        .language = k.text.lang,
        .direction = direction_of(k.text.lang),
        .summary = k.text.summary,
        .is_foreign = k.text.is_foreign,
        .is_reviewed = k.text.reviewed_on.n > 0,
        .zip = file_address(rq, &k, ".zip"),
        .make = S(""),
        .picture = web_beneath_now(rq, S("/wear/picture")),
        .rules = wear_rules_shown(rq),
        .help = web_beneath_now(rq, S("/help")),
        .all = web_beneath(rq, S("/kits")),
        .members = web_beneath_now(rq, S("/join/kit")),
        .wordings = claim_address(rq, k.text.claim),
    };
    fill_day(rq, &k, &v);
    fill_words(rq, &k, &v);
    fill_pictures(rq, &k, &v);
    fill_texts(rq, &k, &v);
    struct head head = { .title = k.text.title, .description = k.text.summary, .section = "kits" };
    page(rq, head, &kit_kit_view, &v);
}

/* ---- its files ---- */

static void send_zip(struct req *rq, const struct kit *k, const struct lang *l)
{
    char key[CONTENT_ID_LENGTH + 1];
    str bundle = kit_bundle(rq, k, l);
    content_id(bundle, key);
    str named = ARENA_JOIN(rq->arena, S("kit-"), str_of(key), S(".zip"));
    if (is_unchanged(rq, named, false)) return;
    uint64_t size;
    int fd = open_made(rq, ARENA_JOIN(rq->arena, site_files(rq), S("/"), named), &size);
    if (fd >= 0) {
        send_file(rq, (struct sent_file){ "application/zip", kit_file_name(rq->arena, k, l), named,
                                          fd, size, false });
    } else if (!rq->raw->job_result.p) {
        later_aside_with(rq, ARENA_JOIN(rq->arena, S("kit "), str_of(key)), bundle);
    } else {
        refuse(rq, 503,
               PHRASE("The kit could not be packed just now. Please try again in a minute, or take "
                      "its parts from its page."),
               S(""));
    }
}

/* "world-day.zip" and "world-day.ics"; the language stands in the query. */
static void file(struct req *rq)
{
    struct kit k;
    str name = in_path(rq, "file"), asked = in_query(rq, "lang");
    bool is_zip = str_ends(name, S(".zip")), is_day = str_ends(name, S(".ics"));
    const struct lang *l = lang_find(asked.n ? asked : S("en"));
    str slug = is_zip || is_day ? str_cut(name, name.n - 4) : S("");
    if (slug.n == 0 || !l || !kit_get(rq, l, slug, &k)) {
        not_found(rq, PHRASE("There is no kit called {asked}."), name);
        return;
    }
    if (is_zip) {
        send_zip(rq, &k, l);
        return;
    }
    str calendar = kit_calendar(rq, &k, l);
    if (calendar.n) send_kept(rq, "text/calendar; charset=utf-8", calendar);
    else not_found(rq, PHRASE("This kit has no day yet."), S(""));
}

static void documents(struct db *db, const struct lang *l, ms now, struct search_index *into)
{
    (void)db;
    (void)now;
    search_add(into, (struct search_doc){
                         .part = SEARCH_TAKING_PART,
                         .path = S("/kits"),
                         .title = lang_text(l, PHRASE("Kits for days")),
                         .body = lang_text(l, PHRASE("All it takes to act on a day against "
                                                     "trafficking in persons, in six languages.")),
                         .written_in = l });
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/kits", ANYONE, all, "Kits for days, the next to come first.",
      &kit_kits_view, NULL },
    { GET, UNDER_LANG, "/kits/:slug", ANYONE, one,
      "A kit: what to do on a day, words, posts, pictures, posters.", &kit_kit_view, NULL },
    { GET, AT_ROOT, "/kits/:file", ANYONE, file, "A kit as a ZIP, or its day as iCalendar.", NULL,
      "lang" },
    { 0 },
};

static const struct gives gives[] = {
    { "/kits/:file", "application/zip text/calendar", "/kits/world-day.ics" },
    { "/kits/:slug", NULL, "/kits/world-day" },
    { 0 },
};

static const struct route *const more[] = { kit_desk_routes, NULL };
static const struct claim_kind *const kinds[] = { &kit_kind, NULL };

const struct room kit_room = {
    .name = "kit",
    .purpose = "kits for days: what to do, to say, to post and to print",
    .routes = routes,
    .more = more,
    .gives = gives,
    .kinds = kinds,
    .steps = kit_steps,
    .queries = kit_queries,
    .waiting = kit_waiting,
    .documents = documents,
};

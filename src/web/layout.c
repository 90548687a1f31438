/* What stands around every page: the way out, the sections, the languages, help, and the foot. */
#include "operator/operator.h"
#include "web/asset.h"
#include "web/layout.html.h"
#include "web/reply.h"

enum group { UNDERSTAND, COMMITMENTS, TAKE_PART, CAMPAIGN, GET_HELP, DATA, GROUPS };

static const struct phrase group_titles[GROUPS] = {
    PHRASE_CONST("Understand"),       PHRASE_CONST("What states do"),
    PHRASE_CONST("Take part"),        PHRASE_CONST("The campaign"),
    PHRASE_CONST("If you need help"), PHRASE_CONST("Data and sources"),
};

static const struct entry {
    enum group group;
    const char *section, *path;
    struct phrase label;
    bool is_in_bar;
} entries[] = {
    { UNDERSTAND, "crime", "/the-crime", PHRASE_CONST("The crime"), true },
    { UNDERSTAND, "learn", "/learn", PHRASE_CONST("Signs, and what to do"), false },
    { UNDERSTAND, "courses", "/learn/courses", PHRASE_CONST("Courses"), false },
    { COMMITMENTS, "countries", "/countries", PHRASE_CONST("Countries"), true },
    { COMMITMENTS, "compare", "/compare", PHRASE_CONST("Compare states"), false },
    { COMMITMENTS, "law", "/law", PHRASE_CONST("Law"), true },
    { COMMITMENTS, "tiers", "/tiers", PHRASE_CONST("Tiers"), true },
    { UNDERSTAND, "numbers", "/numbers", PHRASE_CONST("Numbers"), true },
    { UNDERSTAND, "flows", "/numbers/flows", PHRASE_CONST("From where to where"), false },
    { COMMITMENTS, "who", "/who", PHRASE_CONST("Who does what"), true },
    { TAKE_PART, "part", "/take-part", PHRASE_CONST("Take part"), true },
    { TAKE_PART, "wear", "/wear", PHRASE_CONST("Wear the heart"), false },
    { TAKE_PART, "pledge", "/pledge", PHRASE_CONST("Pledge"), false },
    { TAKE_PART, "kits", "/kits", PHRASE_CONST("Kits for days"), false },
    { TAKE_PART, "follow", "/follow", PHRASE_CONST("Follow"), false },
    { TAKE_PART, "join", "/join", PHRASE_CONST("Join"), false },
    { CAMPAIGN, "about", "/about", PHRASE_CONST("About the campaign"), false },
    { CAMPAIGN, "news", "/news", PHRASE_CONST("News"), true },
    { CAMPAIGN, "ask", "/ask/answers", PHRASE_CONST("Questions and answers"), false },
    { CAMPAIGN, "members", "/members", PHRASE_CONST("Who takes part"), false },
    { CAMPAIGN, "calendar", "/calendar", PHRASE_CONST("Calendar"), false },
    { CAMPAIGN, "fund", "/fund", PHRASE_CONST("The trust fund"), false },
    { GET_HELP, "help", "/help", PHRASE_CONST("Help by country"), false },
    { GET_HELP, "missing", "/missing", PHRASE_CONST("Someone is missing"), false },
    { DATA, "search", "/search", PHRASE_CONST("Search"), false },
    { DATA, "sources", "/sources", PHRASE_CONST("Sources"), false },
};

str layout_address(struct req *rq, str code, enum layout_query query)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(16));
    put_char(&out, '/');
    put(&out, code);
    str path = rq->path;
    bool is_first = true;
    while (path.p) {
        if (!is_first) put_char(&out, '/');
        url_part(&out, str_split(&path, '/'));
        is_first = false;
    }
    char before = '?';
    for (int i = 0; i < rq->in_query_n && query != QUERY_NONE; i++) {
        const struct field_pair *f = &rq->in_query[i];
        bool is_when = str_eq(f->name, S("on")) || str_eq(f->name, S("known"));
        if (is_when && query == QUERY_OF_NOW) continue;
        put_char(&out, before);
        url_part(&out, f->name);
        put_char(&out, '=');
        url_part(&out, f->value);
        before = '&';
    }
    return sink_str(&out);
}

static void fill_languages(struct req *rq, struct web_layout *v)
{
    struct web_layout_languages *all = arena_new(rq->arena, struct web_layout_languages,
                                                 lang_count());
    for (size_t i = 0; i < lang_count(); i++) {
        const struct lang *l = lang_at(i);
        all[i] = (struct web_layout_languages){
            lang_code(l), lang_own_name(l), layout_address(rq, lang_code(l), QUERY_WHOLE),
            ARENA_JOIN(rq->arena, site_origin(rq), layout_address(rq, lang_code(l), QUERY_NONE)),
            l == rq->lang
        };
    }
    v->languages = all;
    v->languages_n = lang_count();
}

/* The entry a path is, or stands beneath. */
static const struct entry *entry_of(str path)
{
    const struct entry *best = NULL;
    for (size_t i = 0; i < COUNT_OF(entries); i++) {
        str at = str_of(entries[i].path);
        bool is_beneath = str_starts(path, at) && (path.n == at.n || path.p[at.n] == '/');
        if (is_beneath && (!best || at.n > strlen(best->path))) best = &entries[i];
    }
    return best;
}

struct site_place site_place(str path)
{
    const struct entry *e = entry_of(path);
    bool is_asking = str_eq(path, S("/ask")) || str_eq(path, S("/ask/write")) ||
                     str_eq(path, S("/ask/sent"));
    if (!e) return (struct site_place){ .is_quiet = is_asking };
    return (struct site_place){ .group = group_titles[e->group],
                                .section = e->label,
                                .path = str_of(e->path),
                                .is_whole = path.n == strlen(e->path),
                                .is_quiet = e->group == GET_HELP };
}

static bool is_here(const char *section, const char *name)
{
    return section && strcmp(section, name) == 0;
}

/* The bar at the top: what most people come for. */
static void fill_nav(struct req *rq, struct web_layout *v, const char *section)
{
    struct web_layout_nav *all = arena_new(rq->arena, struct web_layout_nav, COUNT_OF(entries));
    for (size_t i = 0; i < COUNT_OF(entries); i++) {
        const struct entry *e = &entries[i];
        if (!e->is_in_bar) continue;
        all[v->nav_n++] = (struct web_layout_nav){ e->label, web_beneath_now(rq, str_of(e->path)),
                                                   is_here(section, e->section) };
    }
    v->nav = all;
}

/* The foot: every page there is, by what people come for. */
static void fill_menu(struct req *rq, struct web_layout *v, const char *section)
{
    struct web_layout_menu *groups = arena_new(rq->arena, struct web_layout_menu, GROUPS);
    for (int g = 0; g < GROUPS; g++) {
        struct web_layout_menu_entries *all = arena_new(rq->arena, struct web_layout_menu_entries,
                                                        COUNT_OF(entries));
        groups[g] = (struct web_layout_menu){ .title = group_titles[g], .entries = all };
        for (size_t i = 0; i < COUNT_OF(entries); i++) {
            const struct entry *e = &entries[i];
            if ((int)e->group == g)
                all[groups[g].entries_n++] = (struct web_layout_menu_entries){
                    e->label, web_beneath_now(rq, str_of(e->path)), is_here(section, e->section)
                };
        }
    }
    v->menu = groups;
    v->menu_n = GROUPS;
}

static str twin_address(struct req *rq)
{
    str whole = layout_address(rq, lang_code(rq->lang), QUERY_WHOLE);
    str beneath = str_from(whole, lang_code(rq->lang).n + 1);
    bool is_home = str_eq(rq->path, S("/"));
    const char *join = str_find(beneath, '?') >= 0 ? "&" : "?";
    if (is_home) beneath = str_from(beneath, 1); /* it is called /home there */
    return arena_format(rq->arena, "/api/v1%s" STR_FMT "%slang=" STR_FMT, is_home ? "/home" : "",
                        STR_ARG(beneath), join, STR_ARG(lang_code(rq->lang)));
}

/* Puts ready content into the layout. */
str layout_around(struct req *rq, struct head head, str content, bool has_twin)
{
    str code = lang_code(rq->lang);
    struct web_layout v = {
        .title = arena_format(rq->arena, STR_FMT " · " STR_FMT, STR_ARG(head.title),
                              STR_ARG(say(rq, PHRASE("Blue Heart")))),
        .heading = head.title,
        .description = head.description,
        .style = asset_address("style.css"),
        .home = web_beneath_now(rq, S("/")),
        .help = web_beneath_now(rq, S("/help")),
        .is_demo = site_is_demonstration(rq),
        .operator= operator_get(rq->db)->name,
        .imprint = web_beneath_now(rq, S("/imprint")),
        .privacy = web_beneath_now(rq, S("/privacy")),
        .accessibility = web_beneath_now(rq, S("/accessibility")),
        .is_unreviewed = !lang_is_english(rq->lang) && lang_reviewed(rq->lang).n == 0,
        .script = page_script(rq, head),
        .content = { content },
        .now_address = layout_address(rq, code, QUERY_OF_NOW),
    };
    if (has_twin) v.twin = twin_address(rq);
    if (rq->when.on.n) v.on = rq->when.on;
    if (rq->when.known != CLAIM_NOW.known)
        v.known = field_find(rq->in_query, rq->in_query_n, "known");
    fill_languages(rq, &v);
    fill_nav(rq, &v, head.section);
    fill_menu(rq, &v, head.section);
    if (has_twin) head_fill(rq, head, &v);
    v.search = web_beneath_now(rq, S("/search"));
    struct sink out;
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    web_layout_html(&out, &rq->show, &v);
    return sink_str(&out);
}

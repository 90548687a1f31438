/* The editor: one form, and beside it how it will look and, for a translation, the original with what changed since. */
#include "edit/inside.h"

#include "base/clock.h"
#include "base/limits.h"
#include "edit/editor.html.h"

static str direction_of(str lang)
{
    const struct lang *l = lang_find(lang);
    return l && lang_is_rtl(l) ? S("rtl") : S("ltr");
}

/* Line ends in what is one paragraph become blanks; nothing that was typed is dropped. */
static str one_paragraph(struct arena *a, str s)
{
    s = str_trim(s);
    if (str_find(s, '\n') < 0) return s;
    char *p = arena_take(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++) p[i] = s.p[i] == '\n' ? ' ' : s.p[i];
    return (str){ p, s.n };
}

struct edit_words edit_typed(struct req *rq)
{
    return (struct edit_words){ .title = one_paragraph(rq->arena, in_form(rq, "title")),
                                .summary = one_paragraph(rq->arena, in_form(rq, "summary")),
                                .body = str_trim(in_form(rq, "body")),
                                .theme = in_form_line(rq, "theme"),
                                .states = in_form_line(rq, "states"),
                                .published = in_form_line(rq, "published") };
}

static int64_t number_in(struct req *rq, const char *name)
{
    int64_t n = 0;
    if (!str_to_int(in_form_line(rq, name), &n) || n < 0) n = 0;
    return n;
}

struct edit_preview edit_preview_of(struct req *rq, const struct edit_words *w, str code)
{
    const struct lang *l = lang_find(code);
    str body = str_cut_text(w->body, 2 * TEXT_BODY_MAX);
    struct edit_look look = edit_look_at(rq, body, l ? l : rq->lang);
    struct edit_preview_warnings *warnings = arena_new(rq->arena, struct edit_preview_warnings,
                                                       look.warnings_n + 1);
    for (size_t i = 0; i < look.warnings_n; i++)
        warnings[i] = (struct edit_preview_warnings){ look.warnings[i].line, look.warnings[i].what,
                                                      look.warnings[i].about };
    return (struct edit_preview){
        .language = code,
        .direction = direction_of(code),
        .title = str_or_absent(w->title),
        .summary = str_or_absent(w->summary),
        .body = text_html(rq->arena, body, ARENA_JOIN(rq->arena, S("/"), code), S("")),
        .words = (int64_t)look.words,
        .has_any = look.warnings_n > 0,
        .warnings = warnings,
        .warnings_n = look.warnings_n,
    };
}

/* ---- what stands beside ---- */

static void fill_original(struct edit *e, const struct edit_piece *p, const struct edit_screen *s,
                          struct edit_editor *v)
{
    struct edit_piece original;
    struct edit_revision now, then;
    v->original = v->original_title = v->original_summary = (html){ S("") };
    v->original_language = v->original_code = S("");
    v->original_direction = S("ltr");
    v->is_translation = !p->is_original;
    if (p->is_original || !edit_find(e, p->text.slug, p->text.original, &original)) return;
    int64_t number = edit_original_now(&original);
    if (!edit_revision(e, &original, number, &now)) return;
    const struct lang *l = lang_find(original.version.lang);
    v->is_original_there = true;
    v->is_behind = edit_is_behind(p, &original) && !s->follows_now;
    bool is_known = v->is_behind && edit_revision(e, &original, p->version.follows, &then);
    v->original = edit_diff_html(e->arena, is_known ? then.body : now.body, now.body);
    v->original_title = edit_diff_html(e->arena, is_known ? then.title : now.title, now.title);
    v->original_summary = edit_diff_html(e->arena, is_known ? then.summary : now.summary,
                                         now.summary);
    v->original_language = l ? lang_own_name(l) : original.version.lang;
    v->original_code = original.version.lang;
    v->original_direction = direction_of(original.version.lang);
    v->follows = arena_format(e->arena, "%lld", (long long)number);
}

static void fill_versions(struct req *rq, struct edit *e, const struct edit_piece *p,
                          struct edit_editor *v)
{
    struct edit_piece original, other;
    struct edit_editor_versions *all = arena_new(rq->arena, struct edit_editor_versions,
                                                 lang_count());
    bool has_original = edit_find(e, p->text.slug, p->text.original, &original);
    for (size_t i = 0; i < lang_count(); i++) {
        str code = lang_code(lang_at(i));
        if (!edit_find(e, p->text.slug, code, &other)) continue;
        all[v->versions_n++] = (struct edit_editor_versions){
            .code = code,
            .name = lang_own_name(lang_at(i)),
            .address = edit_address(rq, &other, ""),
            .state = edit_state_words(e, &other),
            .class = str_of(edit_state_class(e, &other)),
            .is_current = str_eq(code, p->version.lang),
            .is_behind = has_original && edit_is_behind(&other, &original),
        };
    }
    v->versions = all;
}

static void fill_themes(struct req *rq, struct edit_editor *v)
{
    static const char *const all[] = { "law",  "numbers", "tiers", "members",
                                       "help", "fund",    "events" };
    struct edit_editor_themes *themes = arena_new(rq->arena, struct edit_editor_themes,
                                                  COUNT_OF(all));
    for (size_t i = 0; i < COUNT_OF(all); i++) themes[i].theme = str_of(all[i]);
    v->themes = themes;
    v->themes_n = COUNT_OF(all);
}

static void fill_mine(struct req *rq, struct edit *e, const struct edit_piece *p,
                      const struct edit_screen *s, struct edit_editor *v)
{
    struct edit_unsaved mine;
    v->drop_mine = edit_address(rq, p, "/drop");
    if (s->is_typed || !edit_mine(e, p, &mine)) return;
    struct edit_words typed = { mine.title, mine.summary, mine.body,
                                mine.theme, mine.states,  mine.published };
    bool is_other = !edit_same_words(&typed, &s->words) || !str_eq(typed.states, s->words.states) ||
                    !str_eq(typed.published, s->words.published);
    if (!is_other) return;
    v->mine = ARENA_JOIN(rq->arena, edit_address(rq, p, ""), S("?mine=1"));
    v->mine_at = web_moment_of(rq, mine.at);
}

static void fill_remark(struct req *rq, const struct edit_piece *p, struct edit_editor *v)
{
    struct people people = people_of(rq);
    if (!str_eq(p->version.state, S("back")) || p->version.remark.n == 0) return;
    v->remark = p->version.remark;
    v->remark_by = person_name(&people, p->version.remark_by);
}

static str organisation_of(struct req *rq, id which)
{
    struct people_organisation o;
    if (!which || !people_organisation_get(rq->db, which, &o)) return (str){ NULL, 0 };
    return o.name;
}

static struct phrase kind_of(str kind)
{
    if (str_eq(kind, S("page"))) return PHRASE("Page");
    if (str_eq(kind, S("course"))) return PHRASE("Course");
    if (str_eq(kind, S("kit"))) return PHRASE("Kit for a day");
    return str_eq(kind, S("member")) ? PHRASE("Member's own page") : PHRASE("News");
}

void edit_show(struct req *rq, struct edit *e, struct edit_piece *p, struct edit_screen s)
{
    const struct lang *l = lang_find(p->version.lang);
    bool is_draft = p->is_kept && !str_eq(p->version.state, S("shown"));
    struct edit_editor v = {
        .heading = s.words.title.n ? s.words.title : p->text.slug,
        .code = p->version.lang,
        .language = lang_own_name(l),
        .direction = direction_of(p->version.lang),
        .kind = kind_of(p->text.kind),
        .within = organisation_of(rq, p->text.organisation),
        .state = edit_state_words(e, p),
        .class = str_of(edit_state_class(e, p)),
        .wrong = s.wrong,
        .is_merged = s.is_merged,
        .is_from_mine = s.is_from_mine,
        .can_write = edit_may_write(e, p),
        .action = edit_address(rq, p, ""),
        .preview_at = edit_address(rq, p, "/preview"),
        .keep_at = edit_address(rq, p, "/mine"),
        .based_on = arena_format(rq->arena, "%lld", (long long)s.based_on),
        .follows = S("0"),
        .title = s.words.title,
        .summary = s.words.summary,
        .body = s.words.body,
        .theme = s.words.theme,
        .is_theme_fixed = p->text.organisation != 0,
        .states = s.words.states,
        .published = s.words.published,
        .preview = edit_preview_of(rq, &s.words, p->version.lang),
        .history = edit_address(rq, p, "/history"),
        .can_discard = is_draft && edit_may_write(e, p),
        .discard = edit_address(rq, p, "/discard"),
        .was_shown = p->version.shown > 0,
        .all = web_beneath_now(rq, S("/desk/texts")),
        .token = web_token(rq),
    };
    if (edit_is_scheduled(e, p)) v.day = p->version.published;
    if (p->version.head) v.review = edit_address(rq, p, "/review");
    if (p->version.shown && !edit_is_scheduled(e, p))
        v.shown = ARENA_JOIN(rq->arena, site_origin(rq), S("/"), p->version.lang,
                             text_path(rq->arena, p->text.kind, p->text.slug));
    fill_original(e, p, &s, &v);
    fill_versions(rq, e, p, &v);
    fill_themes(rq, &v);
    fill_mine(rq, e, p, &s, &v);
    fill_remark(rq, p, &v);
    struct head head = {
        .title = v.heading, .description = v.heading, .section = "texts", .script = "edit.js"
    };
    page(rq, head, &edit_editor_view, &v);
    if (s.wrong.p) page_is_wrong(rq);
}

/* ---- the addresses ---- */

/* What a version begins with: its newest words; a translation that nobody began has its original's day and theme. */
static struct edit_screen screen_of(struct edit *e, const struct edit_piece *p)
{
    struct edit_revision r;
    struct edit_screen s = { .based_on = p->version.head, .follows = p->version.follows };
    bool is_there = edit_revision(e, p, p->version.head, &r);
    s.words = edit_words_of(&r);
    if (is_there) return s;
    struct edit_piece original;
    if (edit_find(e, p->text.slug, p->text.original, &original) &&
        edit_revision(e, &original, edit_original_now(&original), &r)) {
        s.words.published = r.published;
        s.words.theme = r.theme;
        s.words.states = r.states;
        s.follows_now = true;
    }
    return s;
}

static void editor(struct req *rq)
{
    struct edit e;
    struct edit_piece p;
    struct edit_unsaved mine;
    if (!edit_asked(rq, &e, &p)) return;
    struct edit_screen s = screen_of(&e, &p);
    if (str_eq(in_query(rq, "mine"), S("1")) && edit_mine(&e, &p, &mine)) {
        s.words = (struct edit_words){ mine.title, mine.summary, mine.body,
                                       mine.theme, mine.states,  mine.published };
        s.based_on = mine.based_on;
        s.is_typed = s.is_from_mine = true;
    }
    edit_show(rq, &e, &p, s);
}

static void save(struct req *rq, struct edit *e, struct edit_piece *p, struct edit_screen s,
                 bool is_asking)
{
    bool is_followed = in_form_has(rq, "is_followed");
    struct edit_save save = { .words = s.words,
                              .based_on = s.based_on,
                              .follows = is_followed ? s.follows : 0 };
    enum edit_answer answer = edit_save(e, p, &save);
    if (answer == EDIT_STALE) {
        edit_keep_mine(e, p, &s.words, s.based_on);
        edit_show_conflict(rq, e, p, &s);
        return;
    }
    if (answer == EDIT_YES && is_asking) {
        answer = edit_ask(e, p);
        s.based_on = p->version.head;
        if (answer == EDIT_NOTHING_NEW) answer = EDIT_YES;
    } else if (answer != EDIT_YES && edit_may_write(e, p)) {
        edit_keep_mine(e, p, &s.words, s.based_on);
    }
    if (answer == EDIT_YES) {
        desk_go(rq, is_asking ? "asked" : "saved", S("/desk/texts/"), p->text.slug, S("/"),
                p->version.lang);
        return;
    }
    s.wrong = edit_wrong(rq, e, answer);
    edit_show(rq, e, p, s);
}

static void editor_sent(struct req *rq)
{
    struct edit e;
    struct edit_piece p;
    str act = in_form_line(rq, "act");
    if (!edit_asked(rq, &e, &p)) return;
    struct edit_screen s = { .words = edit_typed(rq),
                             .based_on = number_in(rq, "based_on"),
                             .follows = number_in(rq, "follows"),
                             .follows_now = in_form_has(rq, "is_followed"),
                             .is_typed = true };
    if (str_eq(act, S("preview"))) edit_show(rq, &e, &p, s);
    else save(rq, &e, &p, s, str_eq(act, S("ask")));
}

/* For the script beside the form: the same preview alone. */
static void preview(struct req *rq)
{
    struct edit e;
    struct edit_piece p;
    struct sink out;
    if (!edit_asked(rq, &e, &p)) return;
    struct edit_words typed = edit_typed(rq);
    struct edit_preview v = edit_preview_of(rq, &typed, p.version.lang);
    sink_open(&out, rq->arena, PAGE_BYTES_MAX);
    edit_preview_html(&out, &rq->show, &v);
    send_text(rq, "text/html; charset=utf-8", sink_str(&out));
}

static void keep_mine(struct req *rq)
{
    struct edit e;
    struct edit_piece p;
    if (!edit_asked(rq, &e, &p)) return;
    if (!edit_may_write(&e, &p)) {
        refuse(rq, 403, edit_refusal(EDIT_NOT_YOURS), S(""));
        return;
    }
    struct edit_words typed = edit_typed(rq);
    edit_keep_mine(&e, &p, &typed, number_in(rq, "based_on"));
    send_text(rq, "text/plain; charset=utf-8", S("kept\n"));
}

static void drop_mine(struct req *rq)
{
    struct edit e;
    struct edit_piece p;
    if (!edit_asked(rq, &e, &p)) return;
    edit_drop_mine(&e, &p);
    desk_go(rq, "removed", S("/desk/texts/"), p.text.slug, S("/"), p.version.lang);
}

static void discard(struct req *rq)
{
    struct edit e;
    struct edit_piece p;
    if (!edit_asked(rq, &e, &p)) return;
    bool was_shown = p.version.shown > 0;
    enum edit_answer answer = in_form_has(rq, "sure") ? edit_discard(&e, &p) : EDIT_NOTHING_NEW;
    if (answer == EDIT_YES && was_shown)
        desk_go(rq, "discarded", S("/desk/texts/"), p.text.slug, S("/"), p.version.lang);
    else if (answer == EDIT_YES) desk_go(rq, "removed", S("/desk/texts"));
    else {
        struct edit_screen s = screen_of(&e, &p);
        s.wrong = edit_wrong(rq, &e, answer);
        edit_show(rq, &e, &p, s);
    }
}

#define TYPED "title summary body theme states published based_on follows is_followed act"

const struct route edit_editor_routes[] = {
    { GET, DESK, "/desk/texts/:slug/:lang", MAY_TRANSLATE, editor,
      "A text in one language, to be written.", &edit_editor_view, "mine" },
    { POST, DESK, "/desk/texts/:slug/:lang", MAY_TRANSLATE, editor_sent,
      "Saves a text, or shows how it will look.", &edit_editor_view, TYPED },
    { POST, DESK, "/desk/texts/:slug/:lang/preview", MAY_TRANSLATE, preview,
      "How a text will look, alone.", NULL, TYPED },
    { POST, DESK, "/desk/texts/:slug/:lang/mine", MAY_TRANSLATE, keep_mine,
      "Keeps what is typed and not saved.", NULL, TYPED },
    { POST, DESK, "/desk/texts/:slug/:lang/drop", MAY_TRANSLATE, drop_mine,
      "Throws away what is not saved.", NULL, NULL },
    { POST, DESK, "/desk/texts/:slug/:lang/discard", MAY_TRANSLATE, discard, "Gives a draft up.",
      &edit_editor_view, "sure" },
    { 0 },
};

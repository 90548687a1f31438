/* The desk's pages: every kit, and what is in one beside its words. */
#include "base/limits.h"
#include "calendar/pages.h"
#include "edit/edit.h"
#include "kit/desk.html.h"
#include "kit/desk_one.html.h"
#include "kit/inside.h"
#include "people/people.h"

static str direction_of(str lang)
{
    const struct lang *l = lang_find(lang);
    return l && lang_is_rtl(l) ? S("rtl") : S("ltr");
}

static struct edit edit_for(struct req *rq)
{
    return (struct edit){ .db = rq->db, .arena = rq->arena, .who = &rq->who, .now = rq->now };
}

static str day_of(struct req *rq, str observance, str rule)
{
    struct calendar_day *days;
    size_t n = calendar_all(rq->db, web_day(rq), CLAIM_NOW, &days);
    for (size_t i = 0; i < n; i++)
        if (str_eq(days[i].slug, observance)) return calendar_name(rq->lang, &days[i]);
    return rule;
}

/* ---- all ---- */

static void fill_row(struct req *rq, const struct edit_piece *p, struct kit_desk_kits *row)
{
    struct people people = people_of(rq);
    struct kit_plan plan;
    struct claim c;
    struct kit k;
    *row = (struct kit_desk_kits){
        .title = p->version.title,
        .language = p->version.lang,
        .direction = direction_of(p->version.lang),
        .address = web_beneath_now(rq, S("/desk/kits/"), p->text.slug),
        .words = web_beneath_now(rq, S("/desk/texts/"), p->text.slug, S("/"), p->version.lang),
        .is_public = kit_get(rq, rq->lang, p->text.slug, &k),
        .is_bare = !kit_claim(rq, p->text.slug, &c),
    };
    if (!row->is_bare) {
        struct kit_picture *pictures;
        row->n = (int64_t)kit_pictures_read(rq->arena, claim_cell(&c, "pictures"), &pictures);
        row->day = str_or_absent(day_of(rq, claim_cell(&c, "observance"), claim_cell(&c, "rule")));
    }
    if (kit_plan_get(rq->db, p->text.slug, &plan))
        row->waits_by = person_name(&people, plan.author);
}

static void all(struct req *rq)
{
    struct edit e = edit_for(rq);
    struct edit_piece *pieces;
    size_t n = edit_all(&e, &pieces);
    struct kit_desk_kits *rows = arena_new(rq->arena, struct kit_desk_kits, n + 1);
    struct kit_desk v = { .kits = rows };
    for (size_t i = 0; i < n; i++) {
        bool is_kit = str_eq(pieces[i].text.kind, S("kit"));
        bool is_first = i == 0 || !str_eq(pieces[i].text.slug, pieces[i - 1].text.slug);
        if (is_kit && is_first) fill_row(rq, &pieces[i], &rows[v.kits_n++]);
    }
    v.is_empty = v.kits_n == 0;
    if (who_may_somewhere(&rq->who, MAY_WRITE))
        v.new = web_beneath_now(rq, S("/desk/new-text?kind=kit"));
    str title = say(rq, PHRASE("Kits"));
    page(rq, (struct head){ .title = title, .description = title, .section = "kits" },
         &kit_desk_view, &v);
}

/* ---- one ---- */

static void fill_languages(struct req *rq, str slug, struct kit_desk_one *v)
{
    struct kit_desk_one_languages *rows = arena_new(rq->arena, struct kit_desk_one_languages,
                                                    lang_count());
    struct edit e = edit_for(rq);
    for (size_t i = 0; i < lang_count(); i++) {
        struct kit_desk_one_languages *row = &rows[v->languages_n++];
        struct edit_piece p;
        struct edit_revision r;
        struct kit_words w;
        str *items, code = lang_code(lang_at(i));
        *row = (struct kit_desk_one_languages){
            .name = lang_own_name(lang_at(i)),
            .code = code,
            .address = web_beneath_now(rq, S("/desk/texts/"), slug, S("/"), code),
        };
        if (!edit_find(&e, slug, code, &p) || !p.version.head ||
            !edit_revision(&e, &p, p.version.head, &r))
            continue;
        row->is_there = true;
        if (p.is_original || v->title.n == 0) {
            v->title = r.title;
            v->language = code;
            v->direction = direction_of(code);
        }
        kit_words_read(rq->arena, r.body, &w);
        for (int part = KIT_WEEKS; part <= KIT_AFTER; part++)
            row->steps += (int64_t)kit_items(rq->arena, w.part[part].body, &items);
        row->posts = (int64_t)kit_items(rq->arena, w.part[KIT_POSTS].body, &items);
        for (int64_t j = 0; j < row->posts; j++)
            if (kit_letters(items[j]) > row->longest) row->longest = kit_letters(items[j]);
        row->no_read = w.part[KIT_READ].body.n == 0;
    }
    v->languages = rows;
}

static bool has_piece(str cell, str one)
{
    while (cell.p && cell.n)
        if (str_eq(str_split(&cell, ' '), one)) return true;
    return false;
}

static void fill_picture(struct req *rq, const struct kit_picture *p, int64_t no,
                         struct kit_desk_one_pictures *row)
{
    struct arena *a = rq->arena;
    size_t kinds = 0, designs = lang_words_in(wear_designs), phrases = lang_words_in(wear_phrases);
    while (wear_kinds[kinds].word.code.n) kinds++;
    struct kit_desk_one_pictures_kinds *k = arena_new(a, struct kit_desk_one_pictures_kinds, kinds);
    struct kit_desk_one_pictures_designs *d = arena_new(a, struct kit_desk_one_pictures_designs,
                                                        designs);
    struct kit_desk_one_pictures_phrases *f = arena_new(a, struct kit_desk_one_pictures_phrases,
                                                        phrases);
    for (size_t i = 0; i < kinds; i++)
        k[i] = (struct kit_desk_one_pictures_kinds){ wear_kinds[i].word.code, wear_kinds[i].word,
                                                     str_eq(p->kind, wear_kinds[i].word.code) };
    for (size_t i = 0; i < designs; i++)
        d[i] = (struct kit_desk_one_pictures_designs){ wear_designs[i].code, wear_designs[i],
                                                       str_eq(p->design, wear_designs[i].code) };
    for (size_t i = 0; i < phrases; i++)
        f[i] = (struct kit_desk_one_pictures_phrases){ wear_phrases[i].code, wear_phrases[i],
                                                       str_eq(p->phrase, wear_phrases[i].code) };
    *row = (struct kit_desk_one_pictures){ no, k, kinds, d, designs, f, phrases };
}

static void fill_choices(struct req *rq, const struct kit_wish *w, struct kit_desk_one *v)
{
    struct calendar_day *days;
    struct text *texts;
    struct kit_picture *pictures;
    size_t n = calendar_all(rq->db, web_day(rq), CLAIM_NOW, &days);
    struct kit_desk_one_days *d = arena_new(rq->arena, struct kit_desk_one_days, n + 1);
    for (size_t i = 0; i < n; i++)
        d[i] = (struct kit_desk_one_days){ days[i].slug, calendar_name(rq->lang, &days[i]),
                                           str_eq(days[i].slug, w->observance) };
    v->days = d;
    v->days_n = n;
    v->rule = w->rule;
    size_t chosen = kit_pictures_read(rq->arena, w->pictures, &pictures);
    struct kit_desk_one_pictures *p = arena_new(rq->arena, struct kit_desk_one_pictures,
                                                KIT_PICTURES_MAX);
    for (size_t i = 0; i < KIT_PICTURES_MAX; i++) {
        struct kit_picture none = { S(""), S("lines"), S("all-1") };
        fill_picture(rq, i < chosen ? &pictures[i] : &none, (int64_t)i + 1, &p[i]);
    }
    v->pictures = p;
    v->pictures_n = KIT_PICTURES_MAX;
    n = text_list(rq->db, rq->lang, "", CLAIM_NOW, rq->now, &texts);
    struct kit_desk_one_texts *t = arena_new(rq->arena, struct kit_desk_one_texts, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(texts[i].kind, S("page")) && !str_eq(texts[i].kind, S("news"))) continue;
        t[v->texts_n++] = (struct kit_desk_one_texts){ texts[i].slug, texts[i].title,
                                                       has_piece(w->texts, texts[i].slug) };
    }
    v->texts = t;
}

/* A choice in lines that two people can compare. */
static str in_lines(struct req *rq, const struct kit_wish *w)
{
    struct sink out;
    struct kit_picture *pictures;
    sink_open(&out, rq->arena, KIB(64));
    put(&out, day_of(rq, w->observance, w->rule));
    size_t n = kit_pictures_read(rq->arena, w->pictures, &pictures);
    for (size_t i = 0; i < n; i++) {
        put_lit(&out, "\n");
        put(&out, say(rq, wear_kind_named(pictures[i].kind)->word.phrase));
        put_lit(&out, ", ");
        put(&out, say(rq, claim_word(wear_designs, pictures[i].design).phrase));
        put_lit(&out, ": ");
        put(&out, say(rq, claim_word(wear_phrases, pictures[i].phrase).phrase));
    }
    for (str rest = w->texts; rest.p && rest.n;) {
        put_lit(&out, "\n+ ");
        put(&out, str_split(&rest, ' '));
    }
    return sink_str(&out);
}

static struct kit_wish published(struct req *rq, str slug)
{
    struct claim c;
    if (!kit_claim(rq, slug, &c)) return (struct kit_wish){ S(""), S(""), S(""), S("") };
    return (struct kit_wish){ claim_cell(&c, "observance"), claim_cell(&c, "rule"),
                              claim_cell(&c, "pictures"), claim_cell(&c, "texts") };
}

static void show(struct req *rq, const struct kit_by *by, const struct kit_wish *typed,
                 enum kit_answer answer)
{
    struct people people = people_of(rq);
    struct kit_plan plan;
    struct kit k;
    struct kit_wish now = published(rq, by->slug), w = typed ? *typed : now;
    struct kit_desk_one v = { .title = S(""),
                              .wrong = kit_refusal(answer),
                              .can_write = kit_may_write(by),
                              .action = web_beneath_now(rq, S("/desk/kits/"), by->slug),
                              .all = web_beneath_now(rq, S("/desk/kits")),
                              .token = web_token(rq),
                              .waits_at = S(""),
                              .looked_at = S(""),
                              .before = S(""),
                              .after = S("") };
    if (kit_get(rq, rq->lang, by->slug, &k))
        v.public = ARENA_JOIN(rq->arena, site_origin(rq),
                              web_beneath_now(rq, S("/kits/"), by->slug));
    if (kit_plan_get(rq->db, by->slug, &plan)) {
        struct kit_wish next = { plan.observance, plan.rule, plan.pictures, plan.texts };
        v.waits_by = person_name(&people, plan.author);
        v.waits_at = web_moment_of(rq, plan.changed_at);
        v.looked_at = arena_format(rq->arena, "%lld", (long long)plan.changed_at);
        v.can_agree = kit_may_publish(by) && kit_is_second(by, &plan);
        v.is_own = !kit_is_second(by, &plan);
        v.before = in_lines(rq, &now);
        v.after = in_lines(rq, &next);
        if (!typed) w = next;
    }
    fill_languages(rq, by->slug, &v);
    if (v.can_write) fill_choices(rq, &w, &v);
    page(rq, (struct head){ .title = v.title, .description = v.title, .section = "kits" },
         &kit_desk_one_view, &v);
    if (answer == KIT_STALE) page_is_stale(rq);
    else if (answer != KIT_YES) page_is_wrong(rq);
}

static bool asked(struct req *rq, struct kit_by *by)
{
    if (kit_by_of(rq, in_path(rq, "slug"), by)) return true;
    not_found(rq, PHRASE("There is no kit called {asked}."), in_path(rq, "slug"));
    return false;
}

static void one(struct req *rq)
{
    struct kit_by by;
    if (asked(rq, &by)) show(rq, &by, NULL, KIT_YES);
}

/* Lists of the same length: what, design, sentence of each row; a row without a what is empty. */
static struct kit_wish typed_of(struct req *rq)
{
    struct sink pictures, texts;
    sink_open(&pictures, rq->arena, CELL_TEXT_MAX);
    sink_open(&texts, rq->arena, CELL_TEXT_MAX);
    int k = 0, d = 0, f = 0, t = 0;
    for (int i = 0; i < KIT_PICTURES_MAX; i++) {
        str kind = in_form_next(rq, "kind", &k), design = in_form_next(rq, "design", &d);
        str phrase = in_form_next(rq, "phrase", &f);
        if (!kind.p || !design.p || !phrase.p) break;
        if (kind.n == 0) continue;
        if (kind.n + design.n + phrase.n > 100) kind = S("?");
        if (pictures.n) put_char(&pictures, ' ');
        put(&pictures, ARENA_JOIN(rq->arena, kind, S(":"), design, S(":"), phrase));
    }
    for (str slug; (slug = in_form_next(rq, "text", &t)).p && texts.n < CELL_TEXT_MAX / 2;) {
        if (texts.n) put_char(&texts, ' ');
        put(&texts, str_cut_text(slug, 100));
    }
    return (struct kit_wish){ in_form_line(rq, "observance"), in_form_line(rq, "rule"),
                              sink_str(&pictures), sink_str(&texts) };
}

static void act(struct req *rq)
{
    struct kit_by by;
    int64_t looked_at = 0;
    str what = in_form_line(rq, "do");
    if (!asked(rq, &by)) return;
    bool is_agreed = str_eq(what, S("agree")), is_dropped = str_eq(what, S("drop"));
    bool is_number = str_to_int(in_form_line(rq, "looked_at"), &looked_at);
    struct kit_wish w = typed_of(rq);
    enum kit_answer answer = is_agreed    ? kit_agree(&by, is_number ? looked_at : 0)
                             : is_dropped ? kit_drop(&by)
                                          : kit_propose(&by, &w);
    if (answer != KIT_YES) show(rq, &by, is_agreed || is_dropped ? NULL : &w, answer);
    else desk_go(rq, is_agreed ? "published" : "saved", S("/desk/kits/"), by.slug);
}

void kit_waiting(struct req *rq)
{
    struct kit_plan *plans;
    int64_t waits = 0;
    if (!who_may_somewhere(&rq->who, MAY_PUBLISH)) return;
    size_t n = kit_plans_all(rq->db, &plans);
    for (size_t i = 0; i < n; i++) {
        struct kit_by by;
        waits += kit_by_of(rq, plans[i].slug, &by) && kit_may_publish(&by) &&
                 kit_is_second(&by, &plans[i]);
    }
    desk_waits(rq, WAITS_SOON,
               PHRASES("{n} kit waits for a second person", "{n} kits wait for a second person"),
               waits, web_beneath_now(rq, S("/desk/kits")));
}

const struct route kit_desk_routes[] = {
    { GET, DESK, "/desk/kits", MAY_TRANSLATE, all, "Every kit and how it stands.", &kit_desk_view,
      NULL },
    { GET, DESK, "/desk/kits/:slug", MAY_TRANSLATE, one,
      "What is in a kit beside its words, and what is put forward.", &kit_desk_one_view, NULL },
    { POST, DESK, "/desk/kits/:slug", MAY_TRANSLATE, act,
      "Puts a kit's day and pictures forward, publishes them or gives them up.", &kit_desk_one_view,
      "do looked_at observance rule kind design phrase text" },
    { 0 },
};

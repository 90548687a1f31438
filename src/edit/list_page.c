/* Every text with how it stands in each language; beginning a new one; whether four eyes are possible here. */
#include "edit/inside.h"

#include "base/clock.h"
#include "edit/alone.html.h"
#include "edit/list.html.h"
#include "edit/new.html.h"
#include "operator/operator.h"

#define LIST_PAGE 60

static const struct word kinds[] = {
    { S_CONST(""), PHRASE_CONST("All") },
    { S_CONST("news"), PHRASE_CONST("News") },
    { S_CONST("page"), PHRASE_CONST("Pages") },
    { S_CONST("member"), PHRASE_CONST("Members' own pages") },
    { S_CONST("course"), PHRASE_CONST("Courses") },
    { S_CONST("kit"), PHRASE_CONST("Kits") },
};
static const struct word kind_names[] = {
    { S_CONST("news"), PHRASE_CONST("News") },
    { S_CONST("page"), PHRASE_CONST("Page") },
    { S_CONST("member"), PHRASE_CONST("Member's own page") },
    { S_CONST("course"), PHRASE_CONST("Course") },
    { S_CONST("kit"), PHRASE_CONST("Kit for a day") },
};
static const struct word states[] = {
    { S_CONST(""), PHRASE_CONST("All") },
    { S_CONST("mine"), PHRASE_CONST("My drafts") },
    { S_CONST("asked"), PHRASE_CONST("Waiting for review") },
    { S_CONST("back"), PHRASE_CONST("Given back") },
    { S_CONST("draft"), PHRASE_CONST("With a draft") },
    { S_CONST("scheduled"), PHRASE_CONST("Scheduled") },
    { S_CONST("behind"), PHRASE_CONST("Behind their original") },
    { S_CONST("take"), PHRASE_CONST("To be taken back?") },
};

static str direction_of(str lang)
{
    const struct lang *l = lang_find(lang);
    return l && lang_is_rtl(l) ? S("rtl") : S("ltr");
}

static struct phrase kind_name(str kind)
{
    for (size_t i = 0; i < COUNT_OF(kind_names); i++)
        if (str_eq(kind_names[i].code, kind)) return kind_names[i].phrase;
    return kind_names[0].phrase;
}

static bool is_pending(const struct edit_piece *p)
{
    return !str_eq(p->version.state, S("shown")) && !str_eq(p->version.state, S("none"));
}

static bool is_in(const struct edit *e, const struct edit_piece *p,
                  const struct edit_piece *original, str state)
{
    if (str_eq(state, S("mine"))) return is_pending(p) && p->version.author == e->who->person;
    if (str_eq(state, S("draft"))) return is_pending(p);
    if (str_eq(state, S("scheduled"))) return edit_is_scheduled(e, p);
    if (str_eq(state, S("behind"))) return edit_is_behind(p, original);
    if (str_eq(state, S("take"))) return p->version.take_by != 0;
    return state.n == 0 || str_eq(p->version.state, state);
}

/* ---- the list ---- */

struct listing {
    struct req *rq;
    struct edit e;
    struct edit_piece *all;
    size_t n;
    struct claim *claims; /* of what is published, by slug */
    size_t claims_n, claims_at;
    struct people_organisation *organisations;
    size_t organisations_n;
};

static void fill_reviewed(struct listing *l, const struct edit_piece *p,
                          struct edit_list_rows_cells *cell)
{
    while (l->claims_at < l->claims_n &&
           str_cmp(claim_cell(&l->claims[l->claims_at], "slug"), p->text.slug) < 0)
        l->claims_at++;
    for (size_t i = l->claims_at; i < l->claims_n; i++) {
        const struct claim *c = &l->claims[i];
        if (!str_eq(claim_cell(c, "slug"), p->text.slug)) return;
        if (!str_eq(c->id, p->version.claim)) continue;
        cell->reviewed_by = str_or_absent(claim_cell(c, "reviewed_by"));
        cell->reviewed_on = str_or_absent(claim_cell(c, "reviewed_on"));
        return;
    }
}

static void fill_cell(struct listing *l, const struct edit_piece *p,
                      const struct edit_piece *original, struct edit_list_rows_cells *cell)
{
    cell->state = edit_state_words(&l->e, p);
    cell->class = str_of(edit_state_class(&l->e, p));
    cell->is_none = p->version.head == 0;
    cell->is_behind = edit_is_behind(p, original);
    if (edit_is_scheduled(&l->e, p)) cell->day = p->version.published;
    fill_reviewed(l, p, cell);
}

static str organisation_name(const struct listing *l, id which)
{
    for (size_t i = 0; which && i < l->organisations_n; i++)
        if (l->organisations[i].id == which) return l->organisations[i].name;
    return (str){ NULL, 0 };
}

static void fill_row(struct listing *l, const struct edit_piece *own, size_t n,
                     struct edit_list_rows *row)
{
    struct req *rq = l->rq;
    struct edit_list_rows_cells *cells = arena_new(rq->arena, struct edit_list_rows_cells,
                                                   lang_count());
    *row = (struct edit_list_rows){ .title = own->version.title,
                                    .language = own->version.lang,
                                    .direction = direction_of(own->version.lang),
                                    .slug = own->text.slug,
                                    .kind = kind_name(own->text.kind),
                                    .within = organisation_name(l, own->text.organisation),
                                    .cells = cells,
                                    .cells_n = lang_count() };
    for (size_t i = 0; i < lang_count(); i++) {
        str code = lang_code(lang_at(i));
        struct edit_piece none = {
            .text = own->text, .version = { .lang = code, .state = S("none"), .claim = S("") }
        };
        const struct edit_piece *p = &none;
        for (size_t k = 0; k < n; k++)
            if (str_eq(own[k].version.lang, code)) p = &own[k];
        cells[i] = (struct edit_list_rows_cells){ .name = lang_own_name(lang_at(i)),
                                                  .address = edit_address(rq, p, "") };
        cells[i].address = web_beneath_now(rq, S("/desk/texts/"), own->text.slug, S("/"), code);
        fill_cell(l, p, own, &cells[i]);
    }
}

static size_t same_text(const struct edit_piece *all, size_t n)
{
    size_t same = 1;
    while (same < n && str_eq(all[same].text.slug, all->text.slug)) same++;
    return same;
}

static bool has_any_in(const struct listing *l, const struct edit_piece *own, size_t n, str kind,
                       str state)
{
    if (kind.n && !str_eq(own->text.kind, kind)) return false;
    for (size_t i = 0; i < n; i++)
        if (is_in(&l->e, &own[i], own, state)) return true;
    return false;
}

static str list_address(struct req *rq, str kind, str state, int64_t from)
{
    return arena_format(rq->arena, STR_FMT "?kind=" STR_FMT "&state=" STR_FMT "&from=%lld",
                        STR_ARG(web_beneath_now(rq, S("/desk/texts"))), STR_ARG(kind),
                        STR_ARG(state), (long long)from);
}

static str code_of(const struct word *words, size_t n, str asked)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(words[i].code, asked)) return words[i].code;
    return S("");
}

static void fill_filters(struct req *rq, str kind, str state, struct edit_list *v)
{
    struct edit_list_filters *filters = arena_new(rq->arena, struct edit_list_filters, 2);
    for (int f = 0; f < 2; f++) {
        const struct word *words = f ? states : kinds;
        size_t n = f ? COUNT_OF(states) : COUNT_OF(kinds);
        struct edit_list_filters_choices *all = arena_new(rq->arena,
                                                          struct edit_list_filters_choices, n);
        for (size_t i = 0; i < n; i++)
            all[i] =
                (struct edit_list_filters_choices){ words[i].phrase,
                                                    f ? list_address(rq, kind, words[i].code, 0)
                                                      : list_address(rq, words[i].code, state, 0),
                                                    str_eq(words[i].code, f ? state : kind) };
        filters[f] = (struct edit_list_filters){ f ? PHRASE("State:") : PHRASE("Kind:"), all, n };
    }
    v->filters = filters;
    v->filters_n = 2;
}

static void list(struct req *rq)
{
    struct listing l = { .rq = rq, .e = edit_of(rq) };
    str kind = code_of(kinds, COUNT_OF(kinds), in_query(rq, "kind"));
    str state = code_of(states, COUNT_OF(states), in_query(rq, "state"));
    int64_t from = 0, seen = 0;
    if (!str_to_int(in_query(rq, "from"), &from) || from < 0 || from > 100000) from = 0;
    l.n = edit_all(&l.e, &l.all);
    l.claims_n = claim_read(rq->db, &text_kind, CLAIM_ALL, CLAIM_NOW, &l.claims);
    l.organisations_n = people_organisations_all(rq->db, &l.organisations);
    struct edit_list v = { .rows = arena_new(rq->arena, struct edit_list_rows, LIST_PAGE) };
    struct edit_list_rows *rows = arena_new(rq->arena, struct edit_list_rows, LIST_PAGE);
    for (size_t i = 0, same; i < l.n; i += same) {
        same = same_text(&l.all[i], l.n - i);
        if (!has_any_in(&l, &l.all[i], same, kind, state)) continue;
        if (seen >= from && v.rows_n < LIST_PAGE) fill_row(&l, &l.all[i], same, &rows[v.rows_n++]);
        seen++;
    }
    v.rows = rows;
    v.n = seen;
    v.is_empty = v.rows_n == 0;
    if (from + LIST_PAGE < seen) v.next = list_address(rq, kind, state, from + LIST_PAGE);
    if (from > 0) v.before = list_address(rq, kind, state, from > LIST_PAGE ? from - LIST_PAGE : 0);
    if (who_may_somewhere(&rq->who, MAY_WRITE)) v.new = web_beneath_now(rq, S("/desk/new-text"));
    fill_filters(rq, kind, state, &v);
    struct edit_list_languages *languages = arena_new(rq->arena, struct edit_list_languages,
                                                      lang_count());
    for (size_t i = 0; i < lang_count(); i++)
        languages[i] = (struct edit_list_languages){ lang_code(lang_at(i)),
                                                     lang_own_name(lang_at(i)) };
    v.languages = languages;
    v.languages_n = lang_count();
    str title = say(rq, PHRASE("Texts"));
    page(rq, (struct head){ .title = title, .description = title, .section = "texts" },
         &edit_list_view, &v);
}

/* ---- a new one ---- */

static void show_new(struct req *rq, const struct edit_begin *b, str wrong)
{
    struct people_organisation *all;
    size_t n = people_organisations_all(rq->db, &all);
    struct edit_new v = { .wrong = wrong,
                          .kind = b->kind,
                          .is_page = str_eq(b->kind, S("page")),
                          .is_member = str_eq(b->kind, S("member")),
                          .is_kit = str_eq(b->kind, S("kit")),
                          .title = b->title,
                          .slug = b->slug,
                          .may_campaign = who_may(&rq->who, MAY_WRITE),
                          .action = web_beneath_now(rq, S("/desk/new-text")),
                          .token = web_token(rq) };
    struct edit_new_organisations *theirs = arena_new(rq->arena, struct edit_new_organisations,
                                                      n + 1);
    for (size_t i = 0; i < n; i++)
        if (!all[i].closed_at && who_may_within(&rq->who, MAY_WRITE, all[i].id))
            theirs[v.organisations_n++] = (struct edit_new_organisations){
                web_id(rq, all[i].id), all[i].name, all[i].id == b->organisation
            };
    v.organisations = theirs;
    v.has_organisations = v.organisations_n > 0;
    v.is_news = !v.is_page && !v.is_member && !v.is_kit;
    struct edit_new_languages *languages = arena_new(rq->arena, struct edit_new_languages,
                                                     lang_count());
    for (size_t i = 0; i < lang_count(); i++)
        languages[i] = (struct edit_new_languages){ lang_code(lang_at(i)),
                                                    lang_own_name(lang_at(i)),
                                                    str_eq(lang_code(lang_at(i)), b->lang) };
    v.languages = languages;
    v.languages_n = lang_count();
    str title = say(rq, PHRASE("A new text"));
    page(rq, (struct head){ .title = title, .description = title, .section = "texts" },
         &edit_new_view, &v);
    if (wrong.p) page_is_wrong(rq);
}

static void new_text(struct req *rq)
{
    struct edit_begin b = {
        .kind = in_query(rq, "kind"), .lang = lang_code(rq->lang), .title = S(""), .slug = S("")
    };
    show_new(rq, &b, (str){ NULL, 0 });
}

static void begin(struct req *rq)
{
    struct edit e = edit_of(rq);
    struct edit_begin b = { .kind = in_form_line(rq, "kind"),
                            .slug = in_form_line(rq, "slug"),
                            .lang = in_form_line(rq, "language"),
                            .title = in_form_line(rq, "title") };
    str organisation = in_form_line(rq, "organisation");
    bool is_named = organisation.n == 0 || in_form_id(rq, "organisation", &b.organisation);
    enum edit_answer answer = is_named ? edit_begin(&e, &b) : EDIT_NO_SUCH;
    if (answer != EDIT_YES) {
        show_new(rq, &b, edit_wrong(rq, &e, answer));
        return;
    }
    struct people_organisation o;
    bool is_member = str_eq(b.kind, S("member")) &&
                     people_organisation_get(rq->db, b.organisation, &o);
    desk_go(rq, "saved", S("/desk/texts/"), is_member ? o.member : b.slug, S("/"), b.lang);
}

/* ---- four eyes ---- */

static void alone(struct req *rq)
{
    struct operator_alone_said said = operator_alone_of(rq->db);
    struct people p = people_of(rq);
    struct edit_alone v = { .is_alone = said.is_alone,
                            .page = ARENA_JOIN(rq->arena, site_origin(rq),
                                               web_beneath_now(rq, S("/pages/how-we-write"))),
                            .action = web_beneath_now(rq, S("/desk/four-eyes")),
                            .token = web_token(rq) };
    if (said.is_alone) {
        v.since = web_moment_of(rq, said.at);
        v.by = person_name(&p, said.by);
    }
    str title = say(rq, PHRASE("Four eyes"));
    page(rq, (struct head){ .title = title, .description = title, .section = "alone" },
         &edit_alone_view, &v);
}

static void say_alone(struct req *rq)
{
    bool is_alone = str_eq(in_form_line(rq, "is_alone"), S("1"));
    bool is_meant = !is_alone || in_form_has(rq, "sure");
    if (is_meant && is_alone != operator_is_alone(rq->db)) {
        operator_say_alone(rq->db, is_alone, rq->who.person, rq->now);
        trail_add(rq->db, TRAIL_SETTING_CHANGED, rq->who.person,
                  (struct trail_about){ .subject = TRAIL_OF_SETTING,
                                        .code = is_alone ? S("four-eyes-off") : S("four-eyes-on") },
                  rq->now);
    }
    desk_go(rq, "saved", S("/desk/four-eyes"));
}

const struct route edit_list_routes[] = {
    { GET, DESK, "/desk/texts", MAY_TRANSLATE, list,
      "Every text and how it stands in each language.", &edit_list_view, "kind state from" },
    { GET, DESK, "/desk/new-text", MAY_WRITE, new_text, "What a new text is to be.", &edit_new_view,
      "kind" },
    { POST, DESK, "/desk/new-text", MAY_WRITE, begin, "Begins a new text.", &edit_new_view,
      "kind slug language title organisation" },
    { GET, DESK, "/desk/four-eyes", MAY_OPERATE, alone,
      "Whether a second person looks at each text.", &edit_alone_view, NULL },
    { POST, DESK, "/desk/four-eyes", MAY_OPERATE, say_alone,
      "Says that one person alone runs this, or no more.", NULL, "is_alone sure" },
    { 0 },
};

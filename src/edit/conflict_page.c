/* Two people changed the same text: both side by side, and a form that holds everything the later one typed. */
#include "edit/inside.h"

#include "edit/conflict.html.h"
#include "edit/merge.h"

#define CHOICES_MAX \
    24 /* collisions one is asked about one by one; of more, the whole text is one */

enum { FIELD_TITLE, FIELD_SUMMARY, FIELD_THEME, FIELD_STATES, FIELD_PUBLISHED, FIELDS };
static const struct {
    const char *name;
    struct phrase label;
} fields[FIELDS] = {
    { "f_title", PHRASE_CONST("Title") },
    { "f_summary", PHRASE_CONST("Summary") },
    { "f_theme", PHRASE_CONST("Theme") },
    { "f_states", PHRASE_CONST("States it is about") },
    { "f_published", PHRASE_CONST("Day of publication") },
};

static str *field_of(struct edit_words *w, int field)
{
    switch (field) {
    case FIELD_TITLE: return &w->title;
    case FIELD_SUMMARY: return &w->summary;
    case FIELD_THEME: return &w->theme;
    case FIELD_STATES: return &w->states;
    default: return &w->published;
    }
}

/* The three texts: what both began with, mine as typed, theirs as saved. */
struct clash {
    struct edit_words base, mine, theirs;
    struct edit_revision revision; /* theirs */
    struct merge merge;
};

static struct merge merge_of(struct arena *a, const struct clash *c)
{
    struct merge m = merge_texts(a, c->base.body, c->mine.body, c->theirs.body);
    if (m.collisions <= CHOICES_MAX) return m;
    str *all = arena_new(a, str, 3);
    all[0] = c->base.body, all[1] = c->mine.body, all[2] = c->theirs.body;
    struct merge_part *whole = arena_new(a, struct merge_part, 1);
    *whole = (struct merge_part){ MERGE_COLLISION, { all, 1 }, { all + 1, 1 }, { all + 2, 1 } };
    return (struct merge){ whole, 1, 1 };
}

static struct clash clash_of(struct edit *e, const struct edit_piece *p,
                             const struct edit_words *mine, int64_t based_on, int64_t theirs)
{
    struct clash c = { .mine = *mine };
    struct edit_revision base;
    bool is_base = edit_revision(e, p, based_on, &base),
         is_theirs = edit_revision(e, p, theirs, &c.revision);
    c.base = edit_words_of(&base);
    c.theirs = edit_words_of(&c.revision);
    if (!is_base && is_theirs)
        c.base = (struct edit_words){ S(""), S(""), S(""), S(""), S(""), S("") };
    c.merge = merge_of(e->arena, &c);
    return c;
}

/* Whether somebody has to choose: both changed it, and differently. */
static bool is_clash(struct clash *c, int field)
{
    str base = *field_of(&c->base, field), mine = *field_of(&c->mine, field),
        theirs = *field_of(&c->theirs, field);
    return !str_eq(mine, theirs) && !str_eq(mine, base) && !str_eq(theirs, base);
}

static const char *const choice_names[CHOICES_MAX] = {
    "c0",  "c1",  "c2",  "c3",  "c4",  "c5",  "c6",  "c7",  "c8",  "c9",  "c10", "c11",
    "c12", "c13", "c14", "c15", "c16", "c17", "c18", "c19", "c20", "c21", "c22", "c23",
};
#define CHOICE_FIELDS \
    "c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 c10 c11 c12 c13 c14 c15 c16 c17 c18 c19 c20 c21 c22 c23"

static void fill_parts(struct req *rq, const struct clash *c, struct edit_conflict *v)
{
    struct edit_conflict_parts *all = arena_new(rq->arena, struct edit_conflict_parts,
                                                c->merge.n + 1);
    size_t collision = 0;
    for (size_t i = 0; i < c->merge.n; i++) {
        const struct merge_part *p = &c->merge.at[i];
        if (p->kind == MERGE_SAME || p->kind == MERGE_ALIKE) continue;
        str base = merge_text(rq->arena, p->base);
        struct edit_conflict_parts *part = &all[v->parts_n++];
        *part = (struct edit_conflict_parts){ .is_collision = p->kind == MERGE_COLLISION,
                                              .is_mine = p->kind == MERGE_MINE,
                                              .name = S(""),
                                              .base_mine = { S("") },
                                              .base_theirs = { S("") } };
        if (p->kind == MERGE_COLLISION) part->name = str_of(choice_names[collision++]);
        if (p->kind != MERGE_THEIRS)
            part->base_mine = edit_diff_html(rq->arena, base, merge_text(rq->arena, p->mine));
        if (p->kind != MERGE_MINE)
            part->base_theirs = edit_diff_html(rq->arena, base, merge_text(rq->arena, p->theirs));
    }
    v->parts = all;
}

static void fill_fields(struct req *rq, struct clash *c, struct edit_conflict *v)
{
    struct edit_conflict_fields *all = arena_new(rq->arena, struct edit_conflict_fields, FIELDS);
    for (int i = 0; i < FIELDS; i++)
        if (is_clash(c, i))
            all[v->fields_n++] = (struct edit_conflict_fields){ fields[i].label,
                                                                str_of(fields[i].name),
                                                                *field_of(&c->mine, i),
                                                                *field_of(&c->theirs, i) };
    v->fields = all;
    v->has_fields = v->fields_n > 0;
}

void edit_show_conflict(struct req *rq, struct edit *e, struct edit_piece *p,
                        const struct edit_screen *s)
{
    struct clash c = clash_of(e, p, &s->words, s->based_on, p->version.head);
    struct people people = people_of(rq);
    const struct lang *l = lang_find(p->version.lang);
    struct edit_conflict v = {
        .heading = s->words.title,
        .code = p->version.lang,
        .direction = l && lang_is_rtl(l) ? S("rtl") : S("ltr"),
        .who = c.revision.author ? person_name(&people, c.revision.author)
                                 : say(rq, PHRASE("A newer release")),
        .at = web_moment_of(rq, c.revision.at),
        .action = edit_address(rq, p, "/merge"),
        .based_on = arena_format(rq->arena, "%lld", (long long)s->based_on),
        .theirs = arena_format(rq->arena, "%lld", (long long)p->version.head),
        .follows = arena_format(rq->arena, "%lld", (long long)s->follows),
        .is_followed = s->follows_now,
        .title = s->words.title,
        .summary = s->words.summary,
        .body = s->words.body,
        .theme = s->words.theme,
        .states = s->words.states,
        .published = s->words.published,
        .has_collisions = c.merge.collisions > 0,
        .collisions_n = (int64_t)c.merge.collisions,
        .token = web_token(rq),
    };
    fill_parts(rq, &c, &v);
    fill_fields(rq, &c, &v);
    str title = say(rq, PHRASE("Somebody saved meanwhile"));
    page(rq, (struct head){ .title = title, .description = title, .section = "texts" },
         &edit_conflict_view, &v);
    page_is_stale(rq);
}

/* ---- what they chose ---- */

static struct edit_words put_together(struct req *rq, struct clash *c)
{
    enum merge_choice choices[CHOICES_MAX];
    struct edit_words out = c->theirs;
    for (size_t i = 0; i < c->merge.collisions; i++) {
        str chosen = in_form_line(rq, choice_names[i]);
        choices[i] = str_eq(chosen, S("theirs")) ? MERGE_TAKE_THEIRS
                     : str_eq(chosen, S("both")) ? MERGE_TAKE_BOTH
                                                 : MERGE_TAKE_MINE;
    }
    out.body = merge_result(rq->arena, &c->merge, choices);
    for (int i = 0; i < FIELDS; i++) {
        bool is_theirs = str_eq(*field_of(&c->mine, i), *field_of(&c->base, i)) ||
                         (is_clash(c, i) && str_eq(in_form_line(rq, fields[i].name), S("theirs")));
        if (!is_theirs) *field_of(&out, i) = *field_of(&c->mine, i);
    }
    return out;
}

static int64_t number_in(struct req *rq, const char *name)
{
    int64_t n = 0;
    if (!str_to_int(in_form_line(rq, name), &n) || n < 0) n = 0;
    return n;
}

/* The result in the editor, not saved yet. If a third person saved meanwhile, saving says so again. */
static void merge(struct req *rq)
{
    struct edit e;
    struct edit_piece p;
    if (!edit_asked(rq, &e, &p)) return;
    str act = in_form_line(rq, "act");
    struct edit_words mine = edit_typed(rq);
    int64_t theirs = number_in(rq, "theirs");
    struct clash c = clash_of(&e, &p, &mine, number_in(rq, "based_on"), theirs);
    struct edit_screen s = { .based_on = theirs,
                             .follows = number_in(rq, "follows"),
                             .follows_now = in_form_has(rq, "is_followed"),
                             .is_typed = true };
    s.is_merged = !str_eq(act, S("mine")) && !str_eq(act, S("theirs"));
    s.words = str_eq(act, S("mine"))     ? mine
              : str_eq(act, S("theirs")) ? c.theirs
                                         : put_together(rq, &c);
    if (str_eq(act, S("theirs")))
        s.is_typed = false; /* what they typed stays kept, and is offered */
    edit_show(rq, &e, &p, s);
}

const struct route edit_conflict_routes[] = {
    { POST, DESK, "/desk/texts/:slug/:lang/merge", MAY_TRANSLATE, merge,
      "Puts two changes of a text together.", &edit_conflict_view,
      "title summary body theme states published based_on theirs follows is_followed act f_title "
      "f_summary "
      "f_theme f_states f_published " CHOICE_FIELDS },
    { 0 },
};

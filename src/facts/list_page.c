/* Statements by kind, subject, source, and what is doubtful about them. */
#include "base/day.h"
#include "facts/inside.h"
#include "facts/survey.h"
#include "facts/table.html.h"

#define PAGE_ROWS 100

static const struct word onlys[] = {
    { S_CONST("editor"), PHRASE_CONST("entered here") },
    { S_CONST("weak"), PHRASE_CONST("from a weak source") },
    { S_CONST("conflict"), PHRASE_CONST("where sources differ") },
    { S_CONST("old"), PHRASE_CONST("not looked at for a year") },
    { S_CONST(""), PHRASE_CONST("") },
};

struct asked {
    const struct claim_kind *kind; /* NULL: all */
    str subject; /* a state's code where a state was named in any of our languages */
    str typed, source, only;
    int64_t from;
};

static struct asked asked_of(struct req *rq)
{
    struct asked a = { .kind = claim_kind_named(in_query(rq, "kind")),
                       .typed = str_trim(in_query(rq, "subject")),
                       .source = str_trim(in_query(rq, "source")),
                       .only = in_query(rq, "only") };
    str state = a.typed.n ? lang_state_called(a.typed) : S("");
    a.subject = state.n ? state : a.typed;
    if (!str_to_int(in_query(rq, "from"), &a.from) || a.from < 0) a.from = 0;
    return a;
}

/* ---- one kind ---- */

struct listing {
    struct req *rq;
    struct asked a;
    str limit;                /* what was looked at before this day is old */
    const struct claim *weak; /* the sources that are */
    size_t weak_n;
    struct facts_table_rows *rows;
    size_t n;
    int64_t found;
};

static bool is_weak(const struct listing *l, str source)
{
    for (size_t i = 0; i < l->weak_n; i++)
        if (str_eq(l->weak[i].cell[0], source)) return true;
    return false;
}

static bool is_old(struct listing *l, const struct claim *c)
{
    int at = facts_looked_column(c->kind);
    return at >= 0 &&
           (!c->cell[at].n || str_cmp(day_last(l->rq->arena, c->cell[at]), l->limit) < 0);
}

static str day_of(const struct claim *c)
{
    int looked = facts_looked_column(c->kind);
    for (int i = 0; i < c->n; i++)
        if ((c->kind->columns[i].is & COLUMN_FROM) && c->kind->columns[i].check == CHECK_DAY &&
            c->cell[i].n)
            return c->cell[i];
    return looked >= 0 && c->cell[looked].n ? c->cell[looked] : (str){ NULL, 0 };
}

static bool is_wanted(struct listing *l, const struct claim *c, bool is_disputed)
{
    const struct asked *a = &l->a;
    bool is_about = !a->subject.n || str_has(facts_subject_of(c), a->subject);
    if (!is_about || (a->source.n && !str_eq(claim_source(c), a->source))) return false;
    if (str_eq(a->only, S("editor"))) return c->is_by_editor;
    if (str_eq(a->only, S("weak"))) return is_weak(l, claim_source(c));
    if (str_eq(a->only, S("conflict"))) return is_disputed;
    if (str_eq(a->only, S("old"))) return is_old(l, c);
    return true;
}

static void show_row(struct listing *l, const struct claim *c, bool is_disputed)
{
    struct req *rq = l->rq;
    if (l->found++ < l->a.from || l->n == PAGE_ROWS) return;
    struct facts_table_rows *row = &l->rows[l->n++];
    *row = (struct facts_table_rows){ .question = facts_question(rq, c),
                                      .answer = facts_answer_of(rq, c),
                                      .is_weak = is_weak(l, claim_source(c)),
                                      .by_editor = c->is_by_editor,
                                      .is_disputed = is_disputed,
                                      .is_old = is_old(l, c),
                                      .address = facts_claim_address(rq, c->id) };
    row->day = day_of(c);
    row->source = str_or_absent(claim_source(c));
    if (!facts_is_entered_here(c->kind)) row->address = web_beneath_now(rq, S("/claims/"), c->id);
}

static size_t weak_sources(struct req *rq, const struct claim **out)
{
    struct claim *all;
    size_t n = claim_read(rq->db, &claim_sources, CLAIM_ALL, CLAIM_NOW, &all), kept = 0;
    for (size_t i = 0; i < n; i++)
        if (str_eq(claim_cell(&all[i], "grade"), S("weak"))) all[kept++] = all[i];
    *out = all;
    return kept;
}

/* A table too large to be read for a list asks for a subject first. */
static bool is_too_large(const struct asked *a, int64_t live)
{
    return live > 10000 && !a->subject.n;
}

static void fill_rows(struct req *rq, const struct asked *a, struct facts_table *v)
{
    struct listing l = { .rq = rq, .a = *a };
    struct claim *rows;
    str today = facts_today(rq);
    l.limit = arena_format(rq->arena, "%04d" STR_FMT, (int)day_year(today) - 1,
                           STR_ARG(str_from(today, 4)));
    l.weak_n = weak_sources(rq, &l.weak);
    l.rows = arena_new(rq->arena, struct facts_table_rows, PAGE_ROWS);
    str exactly = lang_is_state(a->subject) ? a->subject : CLAIM_ALL;
    size_t n = claim_read(rq->db, a->kind, exactly, CLAIM_NOW, &rows);
    bool *disputed = survey_disputed(rq->arena, rows, n);
    for (size_t i = 0; i < n; i++)
        if (is_wanted(&l, &rows[i], disputed[i])) show_row(&l, &rows[i], disputed[i]);
    v->rows = l.rows;
    v->rows_n = l.n;
    v->found = l.found;
    v->is_found = true;
    int64_t next = a->from + (int64_t)l.n;
    if (next < l.found)
        v->next = web_beneath_now(rq, S("/desk/facts?kind="), str_of(a->kind->name), S("&subject="),
                                  facts_part(rq, a->typed), S("&source="),
                                  facts_part(rq, a->source), S("&only="), facts_part(rq, a->only),
                                  S("&from="), arena_format(rq->arena, "%lld", (long long)next));
}

/* ---- all kinds ---- */

static int64_t uses_of(const struct survey *s, str source)
{
    for (size_t i = 0; i < s->uses_n; i++)
        if (str_eq(s->uses[i].source, source)) return s->uses[i].n;
    return 0;
}

/* How many statements a kind has, of those about one subject or from one source if one was named. */
static int64_t count_of(struct req *rq, const struct survey *s, const struct asked *a)
{
    struct claim *rows;
    if (a->source.n) return uses_of(s, a->source);
    if (!a->subject.n) return s->live;
    return (int64_t)claim_read(rq->db, s->kind, a->subject, CLAIM_NOW, &rows);
}

static void fill_kinds(struct req *rq, const struct asked *a, struct facts_table *v)
{
    const struct survey *all;
    size_t n = survey_all(rq->db, &all);
    struct facts_table_kinds *kinds = arena_new(rq->arena, struct facts_table_kinds, n + 1);
    bool is_narrow = a->subject.n || a->source.n;
    for (size_t i = 0; i < n; i++) {
        const struct claim_kind *k = all[i].kind;
        int64_t count = a->kind ? all[i].live : count_of(rq, &all[i], a);
        if (!a->kind && is_narrow && !count) continue;
        kinds[v->kinds_n++] = (struct facts_table_kinds){
            .name = kind_name(k),
            .code = str_of(k->name),
            .n = count,
            .is_now = k == a->kind,
            .address = web_beneath_now(rq, S("/desk/facts?kind="), str_of(k->name), S("&subject="),
                                       facts_part(rq, a->typed), S("&source="),
                                       facts_part(rq, a->source))
        };
        if (k == a->kind && is_too_large(a, all[i].live))
            v->notice = PHRASE("This table is long. Say first about whom or what.");
    }
    v->kinds = kinds;
}

static void fill_lists(struct req *rq, struct facts_table *v)
{
    int64_t counts[FACTS_LISTS];
    struct facts_table_lists *lists = arena_new(rq->arena, struct facts_table_lists, FACTS_LISTS);
    facts_list_counts(rq->db, facts_today(rq), counts);
    for (int i = 0; i < FACTS_LISTS; i++)
        lists[i] = (struct facts_table_lists){ facts_list_names[i].phrase, counts[i],
                                               web_beneath_now(rq, S("/desk/facts/old/"),
                                                               facts_list_names[i].code) };
    v->lists = lists;
    v->lists_n = FACTS_LISTS;
}

static void list(struct req *rq)
{
    if (!facts_may(rq, MAY_FACT)) return;
    struct asked a = asked_of(rq);
    struct facts_table v = { .is_one = a.kind != NULL,
                             .subject = a.typed,
                             .source = a.source,
                             .action = web_beneath_now(rq, S("/desk/facts")),
                             .sources = web_beneath_now(rq, S("/desk/facts/sources")),
                             .bring = web_beneath_now(rq, S("/desk/facts/import")),
                             .second = web_beneath_now(rq, S("/desk/facts/second")) };
    struct facts_table_only *only = arena_new(rq->arena, struct facts_table_only, COUNT_OF(onlys));
    for (const struct word *w = onlys; w->code.n; w++)
        only[v.only_n++] = (struct facts_table_only){ w->code, w->phrase, str_eq(w->code, a.only) };
    v.only = only;
    fill_kinds(rq, &a, &v);
    str title = say(rq, PHRASE("Facts"));
    if (a.kind) {
        v.name = kind_name(a.kind);
        v.kind = str_of(a.kind->name);
        v.about = str_of(a.kind->note);
        title = say(rq, v.name);
        if (facts_is_entered_here(a.kind))
            v.add = web_beneath_now(rq, S("/desk/facts/"), v.kind, S("/new"));
        if (!v.notice.english) fill_rows(rq, &a, &v);
    } else fill_lists(rq, &v);
    page(rq, (struct head){ .title = title, .description = title, .section = "facts" },
         &facts_table_view, &v);
}

const struct route list_page_routes[] = {
    { GET, DESK, "/desk/facts", MAY_FACT, list, "Statements by kind, subject, source and doubt.",
      &facts_table_view, "kind subject source only from" },
    { 0 },
};

#include "facts/form.h"

#include "base/day.h"
#include "base/id.h"

#define SOURCE_NAME_MAX 40

/* ---- what was typed ---- */

str *form_cells(struct req *rq, const struct claim_kind *kind, bool is_query)
{
    str *cells = arena_new(rq->arena, str, CSV_COLUMNS_MAX);
    for (int i = 0; kind->columns[i].name; i++) {
        const char *name = arena_format(rq->arena, "c%d", i).p;
        str value = is_query ? in_query(rq, name) : in_form(rq, name);
        cells[i] = kind->columns[i].check == CHECK_LINES ? value : str_trim(value);
    }
    return cells;
}

/* ---- the columns ---- */

static str name_of_choice(const void *thing)
{
    return ((const struct facts_form_columns_choices *)thing)->name;
}

static size_t states(struct req *rq, str now, struct facts_form_columns_choices *to)
{
    struct claim *rows;
    const struct claim_kind *kind = claim_kind_named(S("countries"));
    size_t n = kind ? claim_read(rq->db, kind, CLAIM_ALL, CLAIM_NOW, &rows) : 0, made = 0;
    for (size_t i = 0; i < n; i++) {
        if (i && str_eq(rows[i].cell[0], rows[i - 1].cell[0])) continue;
        str code = rows[i].cell[0];
        to[made++] = (struct facts_form_columns_choices){ code, lang_state(rq->lang, code),
                                                          str_eq(code, now) };
    }
    lang_sort(rq->arena, rq->lang, to, made, sizeof *to, name_of_choice);
    return made;
}

static size_t sources(struct req *rq, str now, struct facts_form_columns_choices *to)
{
    struct claim *rows;
    size_t n = claim_read(rq->db, &claim_sources, CLAIM_ALL, CLAIM_NOW, &rows), made = 0;
    for (size_t i = 0; i < n; i++) {
        str id = rows[i].cell[0],
            grade = say(rq, claim_word(claim_grades, claim_cell(&rows[i], "grade")).phrase);
        if (i && str_eq(id, rows[i - 1].cell[0])) continue;
        to[made++] = (struct facts_form_columns_choices){
            id,
            ARENA_JOIN(rq->arena, id, S(" · "), str_cut_text(claim_cell(&rows[i], "name"), 80),
                       S(" · "), grade),
            str_eq(id, now)
        };
    }
    return made;
}

static size_t words(struct req *rq, const struct word *all, str now,
                    struct facts_form_columns_choices *to)
{
    size_t n = 0;
    for (; all->code.n; all++)
        to[n++] = (struct facts_form_columns_choices){ all->code, say(rq, all->phrase),
                                                       str_eq(all->code, now) };
    return n;
}

/* How many choices there can be, with one for nothing and one for what was typed and is none. */
static size_t choices_most(struct req *rq, const struct claim_column *c)
{
    struct claim *rows;
    const struct claim_kind *kind = claim_kind_named(c->check == CHECK_STATE ? S("countries")
                                                                             : S("sources"));
    if (c->check == CHECK_WORD) return lang_words_in(c->words) + 2;
    return (kind ? claim_read(rq->db, kind, CLAIM_ALL, CLAIM_NOW, &rows) : 0) + 2;
}

static void fill_choices(struct req *rq, const struct claim_column *c, str now,
                         struct facts_form_columns *out)
{
    struct facts_form_columns_choices *all = arena_new(rq->arena, struct facts_form_columns_choices,
                                                       choices_most(rq, c));
    size_t n = 0;
    bool is_chosen = !now.n;
    all[n++] = (struct facts_form_columns_choices){ S(""), S("–"), !now.n };
    if (c->check == CHECK_STATE) n += states(rq, now, &all[n]);
    else if (c->check == CHECK_SOURCE) n += sources(rq, now, &all[n]);
    else n += words(rq, c->words, now, &all[n]);
    for (size_t i = 0; i < n; i++) is_chosen |= all[i].is_now;
    if (!is_chosen) all[n++] = (struct facts_form_columns_choices){ now, now, true };
    out->choices = all;
    out->choices_n = n;
}

static bool is_long(const struct claim_column *c)
{
    static const char *const names[] = {
        "note", "summary", "duty", "indicator", "meaning", "detail"
    };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(c->name, names[i]) == 0) return true;
    return c->check == CHECK_LINES;
}

void form_columns(struct req *rq, const struct claim_kind *kind, const str *cells,
                  const struct phrase *wrong, struct facts_form *v)
{
    struct facts_form_columns *all = arena_new(rq->arena, struct facts_form_columns,
                                               CSV_COLUMNS_MAX);
    for (int i = 0; kind->columns[i].name; i++) {
        const struct claim_column *c = &kind->columns[i];
        struct facts_form_columns *out = &all[v->columns_n++];
        *out = (struct facts_form_columns){
            .name = arena_format(rq->arena, "c%d", i),
            .label = column_label(kind, c),
            .code = str_of(c->name),
            .help = column_help(kind, c),
            .value = cells[i],
            .is_needed = c->is & COLUMN_NEEDED,
            .is_asking = c->is & (COLUMN_SUBJECT | COLUMN_PREDICATE | COLUMN_ASKS),
            .is_answer = c->is & COLUMN_ANSWERS,
            .is_choice = c->check == CHECK_STATE || c->check == CHECK_SOURCE ||
                         c->check == CHECK_WORD,
            .is_long = is_long(c),
        };
        if (wrong) out->wrong = wrong[i];
        if (out->is_choice) fill_choices(rq, c, cells[i], out);
    }
    v->columns = all;
}

/* ---- a source of its own ---- */

void form_source(struct req *rq, const struct claim_kind *kind, struct facts_form *v)
{
    const char *fields = rq->route->fields ? rq->route->fields
                                           : ""; /* a button beside the form sends none of them */
    bool is_sent = rq->route->method == POST && v->has_source && strstr(fields, "s_name");
    struct facts_form_grades *all = arena_new(rq->arena, struct facts_form_grades, 8);
    str now = is_sent ? in_form_line(rq, "s_grade") : S("press");
    for (int i = 0; !v->is_new && kind == &claim_sources && i < (int)v->columns_n; i++)
        if (str_eq(v->columns[i].code, S("grade"))) now = v->columns[i].value;
    for (const struct word *w = claim_grades; w->code.n; w++)
        all[v->grades_n++] = (struct facts_form_grades){ w->code, w->phrase, str_eq(w->code, now) };
    v->grades = all;
    if (!is_sent) return;
    v->s_name = in_form_line(rq, "s_name");
    v->s_open = v->s_name.n > 0;
    v->s_url = in_form_line(rq, "s_url");
    v->s_publisher = in_form_line(rq, "s_publisher");
    v->s_licence = in_form_line(rq, "s_licence");
}

/* Small letters, digits and hyphens of what it is called, as far as it has any. */
static str short_name(struct req *rq, str name)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(1));
    name = lang_bare(rq->arena, name);
    for (size_t i = 0; i < name.n && out.n < SOURCE_NAME_MAX; i++) {
        char c = name.p[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        bool is_gap = out.n && out.p[out.n - 1] != '-';
        if (is_letter) put_char(&out, c);
        else if (is_gap) put_char(&out, '-');
    }
    if (out.n == 0) put_lit(&out, "source");
    if (out.p[out.n - 1] == '-') out.n--;
    return sink_str(&out);
}

static str free_name(struct req *rq, str name)
{
    struct claim *rows;
    str base = short_name(rq, name), tried = base;
    for (int i = 2; claim_read(rq->db, &claim_sources, tried, CLAIM_NOW, &rows) && i < 1000; i++)
        tried = arena_format(rq->arena, STR_FMT "-%d", STR_ARG(base), i);
    return tried;
}

/* Whether anything but the source is wrong. */
static bool others_are_wrong(struct req *rq, const struct claim_kind *kind, const str *cells)
{
    struct phrase wrong[CSV_COLUMNS_MAX];
    size_t n = claim_wrong(rq->db, kind, cells, wrong);
    return n > (wrong[claim_column_of(kind, "source")].english != NULL);
}

bool form_new_source(struct req *rq, const struct claim_kind *kind, str *cells,
                     struct facts_form *v)
{
    struct facts f = facts_of(rq);
    struct facts_made made;
    str name = v->has_source ? in_form_line(rq, "s_name") : S("");
    if (!name.n) return true;
    str row[CSV_COLUMNS_MAX] = { free_name(rq, name),
                                 name,
                                 in_form_line(rq, "s_url"),
                                 in_form_line(rq, "s_publisher"),
                                 in_form_line(rq, "s_licence"),
                                 in_form_line(rq, "s_grade"),
                                 facts_today(rq),
                                 S("") };
    if (!row[4].n) row[4] = S("not stated");
    if (others_are_wrong(rq, kind, cells))
        return true; /* first those; no source is made for nothing */
    enum facts_answer answer = facts_enter(&f, &claim_sources, row, &made);
    if (answer != FACTS_DONE) {
        v->s_wrong = facts_refusal(answer);
        for (int i = 0; answer == FACTS_WRONG && claim_sources.columns[i].name; i++)
            if (made.wrong[i].english)
                v->s_wrong = PHRASE(
                    "The source needs a title and a grade; its address, if it has one, begins with "
                    "https:// or http:// and holds no blanks.");
        return false;
    }
    cells[claim_column_of(kind, "source")] = row[0];
    return true;
}

/* ---- what stands beside it ---- */

static struct phrase reason_of(struct req *rq, const struct claim *c)
{
    struct facts_reason r;
    if (c->retracted_at == CLAIM_FOREVER || !facts_withdrawn_of(rq->db, c->id, &r))
        return NO_PLURAL;
    return claim_word(facts_reasons, r.reason).phrase;
}

static void fill_waiting(struct req *rq, const struct claim *c, struct facts_form *v)
{
    struct facts_waiting *all;
    size_t n = facts_waiting_of(rq->db, c->id, &all);
    struct facts_form_waiting *shown = arena_new(rq->arena, struct facts_form_waiting, n + 1);
    for (size_t i = 0; i < n; i++)
        shown[i] = (struct facts_form_waiting){ claim_word(facts_deeds, all[i].deed).phrase,
                                                facts_name_of(rq, all[i].made_by),
                                                web_day_of(rq, all[i].made_at),
                                                web_beneath_now(rq, S("/desk/facts/second")) };
    v->waiting = shown;
    v->waiting_n = n;
}

static void add_other(struct req *rq, const struct claim *c, const struct claim *other,
                      struct facts_form_rivals *rivals, struct facts_form_agreeing *agreeing,
                      struct facts_form *v)
{
    str address = facts_claim_address(rq, other->id), source = claim_source(other);
    if (claim_same_answer(c, other)) {
        agreeing[v->agreeing_n++] = (struct facts_form_agreeing){ address, str_or_absent(source) };
        return;
    }
    struct facts_form_rivals *r = &rivals[v->rivals_n++];
    *r = (struct facts_form_rivals){
        facts_answer_of(rq, other), address, str_or_absent(source), { { NULL, 0 }, { NULL } }
    };
    str grade = facts_grade_of(rq->db, source);
    if (grade.n) r->grade = claim_word(claim_grades, grade);
}

void form_beside(struct req *rq, const struct claim *c, struct facts_form *v)
{
    struct claim *all;
    size_t n = claim_history(rq->db, c, &all);
    struct facts_form_rivals *rivals = arena_new(rq->arena, struct facts_form_rivals, n + 1);
    struct facts_form_agreeing *agreeing = arena_new(rq->arena, struct facts_form_agreeing, n + 1);
    struct facts_form_history *history = arena_new(rq->arena, struct facts_form_history, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct facts_form_history *h = &history[v->history_n++];
        bool is_live = all[i].retracted_at == CLAIM_FOREVER;
        *h = (struct facts_form_history){ .answer = facts_answer_of(rq, &all[i]),
                                          .address = facts_claim_address(rq, all[i].id),
                                          .recorded = web_day_of(rq, all[i].recorded_at),
                                          .reason = reason_of(rq, &all[i]) };
        h->source = str_or_absent(claim_source(&all[i]));
        if (!is_live) h->retracted = web_day_of(rq, all[i].retracted_at);
        if (is_live && !str_eq(all[i].id, c->id)) add_other(rq, c, &all[i], rivals, agreeing, v);
    }
    v->rivals = rivals;
    v->agreeing = agreeing;
    v->history = history;
    if (!c->id.n) return;
    v->recorded = web_day_of(rq, c->recorded_at);
    v->by_editor = c->is_by_editor;
    v->reason = reason_of(rq, c);
    fill_waiting(rq, c, v);
}

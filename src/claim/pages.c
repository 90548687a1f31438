/* The pages of sources and of one statement; and how other rooms show where one comes from. */
#include "claim/pages.h"

#include "base/clock.h"
#include "base/id.h"
#include "claim/claim.html.h"
#include "claim/replies.h"
#include "claim/claim.sql.h"
#include "claim/sources.html.h"

str claim_address(struct req *rq, str id)
{
    return web_beneath_now(rq, S("/claims/"), id);
}

str claim_table_address(struct req *rq, const struct claim_kind *kind)
{
    return arena_format(rq->arena, "/data/%s.csv", kind->name);
}

/* As the table has it; an id it does not have is shown as itself, and weak. */
static struct web_source look_up(struct req *rq, str id)
{
    struct claim *rows;
    if (claim_read(rq->db, &claim_sources, id, (struct claim_when){ S(""), rq->when.known },
                   &rows) == 0)
        return (struct web_source){
            .id = id, .name = id, .grade = claim_word(claim_grades, S("weak")), .is_weak = true
        };
    str grade = claim_cell(&rows[0], "grade"), checked = claim_cell(&rows[0], "checked");
    struct web_source out = { .id = id,
                              .name = claim_cell(&rows[0], "name"),
                              .grade = claim_word(claim_grades, grade),
                              .is_weak = str_eq(grade, S("weak")) };
    if (checked.n) out.checked = checked;
    return out;
}

/* Sources this process has looked up, as long as their table stays as it is. A page names few, each many times. */
struct source_memo {
    struct arena arena;
    uint64_t generation;
    size_t n;
    struct web_source at[SOURCE_SLOTS]; /* by hash of the id; id.p is NULL where nothing is */
};

/* Emptied only before a page's first source: what it shows must stay. */
static struct source_memo *memo_of(struct req *rq)
{
    static struct source_memo memo;
    if (rq->memo) return rq->memo;
    uint64_t generation = db_generation(rq->db, db_topic(claim_sources.room));
    if (generation != memo.generation || memo.n > SOURCE_SLOTS / 2) {
        arena_close(&memo.arena);
        memset(&memo, 0, sizeof memo);
        arena_open(&memo.arena, SOURCE_BYTES);
        memo.generation = generation;
    }
    return rq->memo = &memo;
}

static struct web_source *slot_of(struct source_memo *memo, str id)
{
    size_t at = str_hash(id) & (SOURCE_SLOTS - 1);
    while (memo->at[at].id.p && !str_eq(memo->at[at].id, id)) at = (at + 1) & (SOURCE_SLOTS - 1);
    return &memo->at[at];
}

static void remember(struct source_memo *memo, struct web_source *slot, struct web_source s)
{
    struct web_source copy = s;
    copy.id = arena_str(&memo->arena, s.id);
    copy.name = arena_str(&memo->arena, s.name);
    copy.grade = claim_word(claim_grades, arena_str(&memo->arena, s.grade.code));
    if (s.checked.p) copy.checked = arena_str(&memo->arena, s.checked);
    *slot = copy;
    memo->n++;
}

struct web_source claim_source_shown(struct req *rq, str id)
{
    struct web_source out;
    db_note_read(rq->db, claim_sources.room);
    bool is_of_now = rq->when.known == CLAIM_NOW.known;
    if (db_is_writing(rq->db) ||
        !is_of_now) { /* what it changed itself has no generation yet; the past is not kept */
        out = look_up(rq, id);
    } else {
        struct source_memo *memo = memo_of(rq);
        struct web_source *slot = slot_of(memo, id);
        if (!slot->id.p && memo->n < SOURCE_SLOTS - 1) remember(memo, slot, look_up(rq, id));
        out = slot->id.p ? *slot : look_up(rq, id);
    }
    out.address = web_beneath_now(rq, S("/sources#"), id);
    return out;
}

static void fill_source(struct claim_sources_sources *out, const struct claim *c)
{
    *out = (struct claim_sources_sources){
        .id = claim_cell(c, "id"),
        .name = claim_cell(c, "name"),
        .publisher = str_or_absent(claim_cell(c, "publisher")),
        .url = str_or_absent(claim_cell(c, "url")),
        .licence = claim_cell(c, "licence"),
        .grade = claim_word(claim_grades, claim_cell(c, "grade")),
        .checked = str_or_absent(claim_cell(c, "checked")),
        .note = str_or_absent(claim_cell(c, "note")),
    };
    out->is_weak = str_eq(out->grade.code, S("weak"));
}

/* Where everything comes from, and whole tables to take away. */
static void sources(struct req *rq)
{
    struct claim *rows;
    size_t n = claim_read(rq->db, &claim_sources, CLAIM_ALL, rq->when, &rows), tables = 0;
    struct claim_sources_sources *all = arena_new(rq->arena, struct claim_sources_sources, n);
    for (size_t i = 0; i < n; i++) fill_source(&all[i], &rows[i]);

    while (claim_kind_at(tables)) tables++;
    struct claim_sources_tables *table = arena_new(rq->arena, struct claim_sources_tables, tables);
    for (size_t i = 0; i < tables; i++) {
        const struct claim_kind *k = claim_kind_at(i);
        table[i] = (struct claim_sources_tables){ str_of(k->name), str_of(k->note),
                                                  claim_table_address(rq, k) };
    }
    struct claim_sources v = {
        .sources = all, .sources_n = n, .tables = table, .tables_n = tables, .count = (int64_t)n
    };
    struct head head = {
        .title = say(rq, PHRASE("Sources")),
        .section = "sources",
        .description = say(
            rq, PHRASE("Where every statement of this site comes from, with licence and grade."))
    };
    page(rq, head, &claim_sources_view, &v);
}

static str moment(struct arena *a, ms at)
{
    char text[MOMENT_TEXT];
    moment_text(at, text);
    return arena_format(a, "%.19sZ", text);
}

/* The answer cells of a claim in one line. */
static str answer_of(struct req *rq, const struct claim *c)
{
    struct sink out;
    sink_open(&out, rq->arena, KIB(32));
    for (int i = 0; i < c->n; i++) {
        if (!(c->kind->columns[i].is & COLUMN_ANSWERS) || c->cell[i].n == 0) continue;
        if (out.n) put_lit(&out, ", ");
        put(&out, c->cell[i]);
    }
    return out.n ? sink_str(&out) : S("(empty)");
}

static void fill_cells(struct req *rq, const struct claim *c, struct claim_claim *v)
{
    struct claim_claim_cells *cells = arena_new(rq->arena, struct claim_claim_cells, (size_t)c->n);
    size_t n = 0;
    for (int i = 0; i < c->n; i++) {
        const struct claim_column *column = &c->kind->columns[i];
        if (c->cell[i].n == 0) continue;
        bool asks = column->is & (COLUMN_SUBJECT | COLUMN_PREDICATE | COLUMN_ASKS);
        cells[n++] = (struct claim_claim_cells){ str_of(column->name), c->cell[i], asks,
                                                 column->is & COLUMN_ANSWERS };
    }
    v->cells = cells;
    v->cells_n = n;
}

static const struct web_source *source_of(struct req *rq, const struct claim *c)
{
    str id = claim_source(c);
    if (id.n == 0) return NULL;
    struct web_source *out = arena_new(rq->arena, struct web_source, 1);
    *out = claim_source_shown(rq, id);
    return out;
}

/* Rivals, those who agree, and every record of the question. */
static void fill_others(struct req *rq, const struct claim *c, struct claim_claim *v)
{
    struct claim *all;
    size_t n = claim_history(rq->db, c, &all);
    struct claim_claim_rivals *rivals = arena_new(rq->arena, struct claim_claim_rivals, n);
    struct claim_claim_agreeing *agreeing = arena_new(rq->arena, struct claim_claim_agreeing, n);
    struct claim_claim_history *history = arena_new(rq->arena, struct claim_claim_history, n);
    for (size_t i = 0; i < n; i++) {
        if (all[i].recorded_at > rq->when.known || claim_waits(rq->arena, &all[i], rq->now))
            continue; /* not yet known on the day that is asked for, or not yet for anybody */
        str address = claim_address(rq, all[i].id), answer = answer_of(rq, &all[i]);
        struct claim_claim_history *h = &history[v->history_n++];
        *h = (struct claim_claim_history){ .recorded = moment(rq->arena, all[i].recorded_at),
                                           .answer = answer,
                                           .address = address };
        if (all[i].retracted_at <= rq->when.known)
            h->retracted = moment(rq->arena, all[i].retracted_at);
        if (str_eq(all[i].id, c->id) || !claim_holds_at(&all[i], rq->when)) continue;
        const struct web_source *source = source_of(rq, &all[i]);
        if (claim_same_answer(c, &all[i]))
            agreeing[v->agreeing_n++] = (struct claim_claim_agreeing){ address, source };
        else rivals[v->rivals_n++] = (struct claim_claim_rivals){ answer, address, source };
    }
    v->rivals = rivals;
    v->agreeing = agreeing;
    v->history = history;
    v->has_rivals = v->rivals_n > 0;
    v->has_agreeing = v->agreeing_n > 0;
}

static str subject_state(const struct claim *c)
{
    for (int i = 0; i < c->n; i++)
        if (c->kind->columns[i].check == CHECK_STATE && c->cell[i].n) return c->cell[i];
    return S("");
}

/* One statement with its rivals and its history. */
static void claim(struct req *rq)
{
    struct claim c;
    str id = in_path(rq, "id");
    if (!content_id_is(id) || !claim_get(rq->db, id, &c) || claim_waits(rq->arena, &c, rq->now)) {
        not_found(rq, PHRASE("No statement has the number {asked}."), id);
        return;
    }
    if (c.recorded_at > rq->when.known) {
        not_found(rq, PHRASE("The statement {asked} was not known here on that day."), id);
        return;
    }
    char day[DAY_TEXT];
    day_text(c.recorded_at, day);
    struct claim_claim v = {
        .id = c.id,
        .kind = str_of(c.kind->name),
        .table = claim_table_address(rq, c.kind),
        .source = source_of(rq, &c),
        .recorded_on = arena_str(rq->arena, str_of(day)),
        .recorded = moment(rq->arena, c.recorded_at),
        .is_live = c.retracted_at > rq->when.known,
        .by_editor = c.is_by_editor,
    };
    if (!v.is_live) v.retracted = moment(rq->arena, c.retracted_at);
    str iso3 = subject_state(&c);
    if (iso3.n) {
        v.about = web_beneath_now(rq, S("/countries/"), iso3);
        v.about_name = lang_state(rq->lang, iso3);
    }
    fill_cells(rq, &c, &v);
    fill_others(rq, &c, &v);
    reply_fill(rq, &c, &v);
    str from = v.source ? v.source->name : S("");
    v.cite = arena_format(rq->arena,
                          "Blue Heart, statement " STR_FMT " (%s), recorded " STR_FMT "%s" STR_FMT
                          ", " STR_FMT "/en/claims/" STR_FMT ".",
                          STR_ARG(c.id), c.kind->name, STR_ARG(v.recorded),
                          from.n ? "; source: " : "", STR_ARG(from), STR_ARG(site_origin(rq)),
                          STR_ARG(c.id));
    struct head head = {
        .title = v.about_name.n
                     ? say_with(rq, PHRASE("One statement: {name}"), S("name"), v.about_name)
                     : say(rq, PHRASE("One statement")),
        .section = "sources",
        .description = say(
            rq, PHRASE("A dated statement with its source, its rivals and its history."))
    };
    page(rq, head, &claim_claim_view, &v);
}

static const struct route routes[] = {
    { GET, UNDER_LANG, "/sources", ANYONE, sources,
      "Every source with its grade and licence; whole tables.", &claim_sources_view, NULL },
    { GET, UNDER_LANG, "/claims/:id", ANYONE, claim,
      "One statement with its rivals, its history and how to cite it.", &claim_claim_view, NULL },
    { GET, AT_ROOT, "/data/:file", ANYONE, claim_page_table,
      "A whole table as CSV, each row with its source; also as of a day.", NULL, "on known" },
    { 0 },
};

static const struct gives gives[] = {
    { "/data/:file", "text/csv", "/data/protocol.csv" },
    { 0 },
};

static const struct claim_kind *const kinds[] = { &claim_sources, NULL };

const struct room claim_room = {
    .name = "claim",
    .purpose =
        "dated statements with sources: what every room that speaks about the world stands on",
    .routes = routes,
    .gives = gives,
    .kinds = kinds,
    .steps = claim_steps,
    .queries = claim_queries,
    .documents = claim_documents,
};

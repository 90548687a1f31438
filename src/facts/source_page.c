/* Every source at the desk: its grade, when it was last read, and what rests on it. */
#include "facts/inside.h"
#include "facts/origins.html.h"
#include "facts/survey.h"

/* Whether a source is meant by the words somebody looks for: in its name, its short name or its publisher. */
static bool is_meant(struct req *rq, const struct claim *c, str wanted)
{
    if (!wanted.n) return true;
    str all = ARENA_JOIN(rq->arena, claim_cell(c, "name"), S(" "), claim_cell(c, "id"), S(" "),
                         claim_cell(c, "publisher"));
    return str_has(lang_bare(rq->arena, all), lang_bare(rq->arena, wanted));
}

static void sources(struct req *rq)
{
    struct claim *rows;
    const struct survey *all;
    if (!facts_may(rq, MAY_FACT)) return;
    str wanted = in_query(rq, "grade"), words = str_trim(in_query(rq, "name"));
    size_t kinds = survey_all(rq->db, &all),
           n = claim_read(rq->db, &claim_sources, CLAIM_ALL, CLAIM_NOW, &rows);
    struct facts_origins_sources *shown = arena_new(rq->arena, struct facts_origins_sources, n + 1);
    struct facts_origins_grades *grades = arena_new(rq->arena, struct facts_origins_grades, 8);
    struct facts_origins v = { .facts = web_beneath_now(rq, S("/desk/facts")),
                               .add = web_beneath_now(rq, S("/desk/facts/sources/new")),
                               .action = web_beneath_now(rq, S("/desk/facts/sources")),
                               .name = words };
    for (size_t i = 0; i < n; i++) {
        str grade = claim_cell(&rows[i], "grade"), id = claim_cell(&rows[i], "id");
        if ((wanted.n && !str_eq(wanted, grade)) || !is_meant(rq, &rows[i], words)) continue;
        struct facts_origins_sources *s = &shown[v.sources_n++];
        *s = (struct facts_origins_sources){ .code = id,
                                             .name = claim_cell(&rows[i], "name"),
                                             .grade = claim_word(claim_grades, grade),
                                             .is_weak = str_eq(grade, S("weak")),
                                             .n = survey_uses(all, kinds, id),
                                             .address = facts_claim_address(rq, rows[i].id),
                                             .uses = web_beneath_now(rq, S("/desk/facts?source="),
                                                                     id) };
        s->publisher = str_or_absent(claim_cell(&rows[i], "publisher"));
        s->site = str_or_absent(claim_cell(&rows[i], "url"));
        s->checked = str_or_absent(claim_cell(&rows[i], "checked"));
    }
    for (const struct word *w = claim_grades; w->code.n; w++)
        grades[v.grades_n++] = (struct facts_origins_grades){ w->code, w->phrase,
                                                              str_eq(w->code, wanted) };
    v.sources = shown;
    v.grades = grades;
    v.found = (int64_t)v.sources_n;
    str title = say(rq, PHRASE("Sources"));
    page(rq, (struct head){ .title = title, .description = title, .section = "facts" },
         &facts_origins_view, &v);
}

const struct route source_page_routes[] = {
    { GET, DESK, "/desk/facts/sources", MAY_FACT, sources, "Every source, with what rests on it.",
      &facts_origins_view, "grade name" },
    { 0 },
};

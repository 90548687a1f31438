/* Statements about bodies and programmes, as pages show them. */
#include "base/day.h"
#include "who/inside.h"

static struct who_said said(struct req *rq, const struct claim *c, bool is_day)
{
    struct who_said out = {
        .value = claim_cell(c, "value"),
        .from = str_or_absent(claim_cell(c, "from")),
        .to = str_or_absent(claim_cell(c, "to")),
        .note = str_or_absent(claim_cell(c, "note")),
        .claim = claim_address(rq, c->id),
        .source = claim_source_shown(rq, claim_source(c)),
    };
    if (is_day && day_is(out.value)) out.day = out.value;
    return out;
}

size_t who_answers(struct req *rq, const struct claim *rows, size_t n, str property,
                   const struct who_said **out, bool *differs)
{
    struct who_said *all = arena_new(rq->arena, struct who_said, n + 1);
    size_t kept = 0;
    bool is_day = str_eq(property, S("founded"));
    *differs = false;
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(claim_cell(&rows[i], "property"), property)) continue;
        all[kept++] = said(rq, &rows[i], is_day);
        for (size_t j = 0; j < i; j++)
            *differs = *differs || (claim_same_question(&rows[i], &rows[j]) &&
                                    !claim_same_answer(&rows[i], &rows[j]));
    }
    *out = all;
    return kept;
}

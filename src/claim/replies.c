#include "claim/replies.h"

/* Every reply of one state, as known and held on the day that is asked for. */
static size_t replies_of(struct req *rq, str iso3, struct claim **rows)
{
    const struct claim_kind *kind = claim_kind_named(S("replies"));
    return kind && iso3.n ? claim_read(rq->db, kind, iso3, rq->when, rows) : 0;
}

static str direction(str code)
{
    const struct lang *l = lang_find(code);
    return l && lang_is_rtl(l) ? S("rtl") : S("ltr");
}

static void add(struct req *rq, const struct claim *r, struct claim_claim_replies *to)
{
    str language = claim_cell(r, "lang");
    *to = (struct claim_claim_replies){ .state = lang_state(rq->lang, r->cell[0]),
                                        .speaker = claim_cell(r, "speaker"),
                                        .day = claim_cell(r, "day"),
                                        .language = language,
                                        .side = direction(language),
                                        .words = claim_cell(r, "text"),
                                        .address = claim_address(rq, r->id) };
}

static bool is_about_state(const struct claim *c, int at)
{
    bool is_state = c->kind->columns[at].check == CHECK_STATE;
    bool is_its_row = at == 0 && strcmp(c->kind->name, "countries") == 0;
    return (is_state || is_its_row) && c->cell[at].n > 0;
}

/* Another answer to the same question that has a reply, unless it is there already. */
static void add_other(struct req *rq, const struct claim *c, str which,
                      struct claim_claim_replied_to *all, size_t *n)
{
    struct claim other;
    str address = claim_address(rq, which);
    if (!claim_get(rq->db, which, &other) || !claim_same_question(c, &other)) return;
    for (size_t i = 0; i < *n; i++)
        if (str_eq(all[i].address, address)) return;
    struct sink answer;
    sink_open(&answer, rq->arena, KIB(32));
    for (int i = 0; i < other.n; i++) {
        if (!(other.kind->columns[i].is & COLUMN_ANSWERS) || !other.cell[i].n) continue;
        if (answer.n) put_lit(&answer, ", ");
        put(&answer, other.cell[i]);
    }
    all[(*n)++] = (struct claim_claim_replied_to){ answer.n ? sink_str(&answer) : other.id,
                                                   address };
}

void reply_fill(struct req *rq, const struct claim *c, struct claim_claim *v)
{
    struct claim *rows;
    bool is_itself = strcmp(c->kind->name, "replies") == 0;
    for (int at = 0; !is_itself && at < c->n; at++) {
        if (!is_about_state(c, at)) continue;
        size_t n = replies_of(rq, c->cell[at], &rows), others = 0;
        struct claim_claim_replies *all = arena_new(rq->arena, struct claim_claim_replies, n + 1);
        struct claim_claim_replied_to *to = arena_new(rq->arena, struct claim_claim_replied_to,
                                                      n + 1);
        for (int own = 1; own >= 0; own--) /* the reader's language first */
            for (size_t i = 0; i < n; i++) {
                str which = claim_cell(&rows[i], "claim");
                if (str_eq(claim_cell(&rows[i], "lang"), lang_code(rq->lang)) != own) continue;
                if (str_eq(which, c->id)) add(rq, &rows[i], &all[v->replies_n++]);
                else add_other(rq, c, which, to, &others);
            }
        v->replies = all;
        v->replied_to = to;
        v->replied_to_n = others;
        v->has_replies = v->replies_n > 0;
        return; /* a statement is about one state */
    }
}

size_t claim_replied(struct req *rq, str iso3, str **which)
{
    struct claim *rows;
    size_t n = replies_of(rq, iso3, &rows);
    *which = arena_new(rq->arena, str, n + 1);
    for (size_t i = 0; i < n; i++) (*which)[i] = claim_cell(&rows[i], "claim");
    return n;
}

#include "facts/survey.h"

#define SURVEY_KINDS 64
#define SURVEY_BYTES MIB(32)
#define MANY_ROWS \
    5000 /* a table this large is read a day's rows at a time, into an arena that is emptied */

/* What is counted of one kind, in memory of its own. */
struct slot {
    struct arena arena;
    bool is_open;
    uint64_t generation;
    struct survey survey;
};

/* Questions by their hash, with the hash of the first answer; two that share a hash of 64 bits would be counted as one. */
struct questions {
    struct {
        uint64_t question, answer;
        bool is_there, is_disputed;
    } * at;
    size_t room, n;
};

struct counting {
    struct arena *a, *work; /* what stays, and what is needed while counting */
    const struct claim_kind *kind;
    struct survey *to;
    struct questions asked;
    size_t uses_room;
};

static uint64_t mix(uint64_t h, str cell)
{
    return (h ^ str_hash(cell)) * 0x9e3779b97f4a7c15u + (h >> 29);
}

static void hash_claim(const struct claim *c, uint64_t *question, uint64_t *answer)
{
    *question = *answer = 1;
    for (int i = 0; i < c->n; i++) {
        int is = c->kind->columns[i].is;
        if (is & (COLUMN_SUBJECT | COLUMN_PREDICATE | COLUMN_ASKS))
            *question = mix(*question + (uint64_t)i, c->cell[i]);
        if (is & COLUMN_ANSWERS) *answer = mix(*answer + (uint64_t)i, c->cell[i]);
    }
}

static size_t place_of(const struct questions *q, uint64_t question)
{
    size_t at = question & (q->room - 1);
    while (q->at[at].is_there && q->at[at].question != question) at = (at + 1) & (q->room - 1);
    return at;
}

static void make_room(struct counting *c)
{
    struct questions old = c->asked;
    if (old.n * 2 < old.room) return;
    c->asked.room = old.room ? old.room * 2 : 1024;
    c->asked.at = arena_take(c->work, c->asked.room * sizeof *c->asked.at);
    memset(c->asked.at, 0, c->asked.room * sizeof *c->asked.at);
    for (size_t i = 0; i < old.room; i++)
        if (old.at[i].is_there) c->asked.at[place_of(&c->asked, old.at[i].question)] = old.at[i];
}

static void note_question(struct counting *c, const struct claim *row)
{
    uint64_t question, answer;
    hash_claim(row, &question, &answer);
    make_room(c);
    size_t at = place_of(&c->asked, question);
    if (!c->asked.at[at].is_there) {
        c->asked.at[at].is_there = true;
        c->asked.at[at].question = question;
        c->asked.at[at].answer = answer;
        c->asked.n++;
    } else if (c->asked.at[at].answer != answer && !c->asked.at[at].is_disputed) {
        c->asked.at[at].is_disputed = true;
        c->to->conflicts++;
    }
}

static void note_source(struct counting *c, str source)
{
    struct survey *s = c->to;
    if (!source.n) return;
    for (size_t i = 0; i < s->uses_n; i++) {
        if (!str_eq(s->uses[i].source, source)) continue;
        s->uses[i].n++;
        if (i) { /* those used most come to the front, so this stays short */
            struct survey_use before = s->uses[i - 1];
            s->uses[i - 1] = s->uses[i];
            s->uses[i] = before;
        }
        return;
    }
    if (s->uses_n == c->uses_room) {
        c->uses_room = c->uses_room ? c->uses_room * 2 : 32;
        struct survey_use *more = arena_new(c->a, struct survey_use, c->uses_room);
        if (s->uses_n) memcpy(more, s->uses, s->uses_n * sizeof *more);
        s->uses = more;
    }
    s->uses[s->uses_n++] = (struct survey_use){ arena_str(c->a, source), 1 };
}

static void count_rows(void *self, str day, const struct claim *all, size_t n)
{
    struct counting *c = self;
    (void)day;
    for (size_t i = 0; i < n; i++) {
        if (!claim_holds_at(&all[i], CLAIM_NOW)) continue;
        c->to->live++;
        c->to->by_editor += all[i].is_by_editor;
        note_question(c, &all[i]);
        note_source(c, claim_source(&all[i]));
    }
}

static void count_kind(struct db *db, struct slot *slot, uint64_t generation)
{
    static struct arena work; /* outlives a jump, so it is emptied by whoever comes next */
    const struct claim_kind *kind = slot->survey.kind;
    int64_t before = slot->survey.live;
    if (slot->is_open) arena_close(&slot->arena);
    arena_open(&slot->arena, SURVEY_BYTES);
    slot->is_open = true;
    slot->generation =
        0; /* until it is whole: whatever jumps out of here leaves nothing half counted */
    slot->survey = (struct survey){ .kind = kind };
    arena_close(&work);
    arena_open(&work, SURVEY_BYTES);
    struct counting c = { .a = &slot->arena, .work = &work, .kind = kind, .to = &slot->survey };
    if (kind->is_unsearched || before > MANY_ROWS) {
        claim_each(db, kind, count_rows, &c);
    } else {
        struct claim *rows;
        size_t n = claim_read(db, kind, CLAIM_ALL, CLAIM_NOW, &rows);
        count_rows(&c, S(""), rows, n);
    }
    arena_close(&work);
    slot->generation = generation;
}

static struct slot slots[SURVEY_KINDS];

size_t survey_all(struct db *db, const struct survey **out)
{
    static struct survey all[SURVEY_KINDS];
    static uint64_t generation, wholes;
    topics set = 0;
    size_t n = 0;
    for (; n < SURVEY_KINDS && claim_kind_at(n); n++) set |= db_topic(claim_kind_at(n)->room);
    *out = all;
    uint64_t now = db_generation(db, set);
    if (now == generation && wholes == n) return n;
    wholes = 0;
    for (size_t i = 0; i < n; i++) {
        slots[i].survey.kind = claim_kind_at(i);
        uint64_t of_room = db_generation(db, db_topic(claim_kind_at(i)->room)) + 1;
        if (slots[i].generation != of_room) count_kind(db, &slots[i], of_room);
        all[i] = slots[i].survey;
    }
    generation = now;
    wholes = n;
    return n;
}

int64_t survey_uses(const struct survey *all, size_t n, str source)
{
    int64_t uses = 0;
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < all[k].uses_n; i++)
            if (str_eq(all[k].uses[i].source, source)) uses += all[k].uses[i].n;
    return uses;
}

bool *survey_disputed(struct arena *a, const struct claim *rows, size_t n)
{
    struct survey ignored = { .live = 0 };
    struct counting c = { .a = a, .work = a, .to = &ignored };
    bool *out = arena_new(a, bool, n + 1);
    for (size_t i = 0; i < n; i++) note_question(&c, &rows[i]);
    for (size_t i = 0; i < n; i++) {
        uint64_t question, answer;
        hash_claim(&rows[i], &question, &answer);
        out[i] = c.asked.at[place_of(&c.asked, question)].is_disputed;
    }
    return out;
}

bool survey_contradict(struct arena *a, const struct claim *firm, size_t firm_n,
                       const struct claim *fresh, size_t n)
{
    struct survey ignored = { .live = 0 };
    struct counting c = { .a = a, .work = a, .to = &ignored };
    for (size_t i = 0; i < firm_n; i++) note_question(&c, &firm[i]);
    for (size_t i = 0; firm_n && i < n; i++) {
        uint64_t question, answer;
        hash_claim(&fresh[i], &question, &answer);
        size_t at = place_of(&c.asked, question);
        if (c.asked.at[at].is_there && c.asked.at[at].answer != answer) return true;
    }
    return false;
}

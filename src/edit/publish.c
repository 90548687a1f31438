/* From a draft to what everybody reads, with a second person, and back. */
#include "edit/inside.h"

#include "base/clock.h"
#include "operator/operator.h"

static bool is_state(const struct edit_piece *p, const char *state)
{
    return str_eq(p->version.state, str_of(state));
}

static enum edit_answer head_of(struct edit *e, const struct edit_piece *p,
                                struct edit_revision *head)
{
    if (!edit_revision(e, p, p->version.head, head)) return EDIT_NO_SUCH;
    struct edit_words w = edit_words_of(head);
    enum edit_answer answer = edit_check(e, &w, true);
    return answer == EDIT_YES ? edit_check_lesson(e, p, w.body) : answer;
}

enum edit_answer edit_ask(struct edit *e, struct edit_piece *p)
{
    struct edit_revision head;
    if (!edit_may_write(e, p)) return EDIT_NOT_YOURS;
    if (is_state(p, "shown") || is_state(p, "none")) return EDIT_NOTHING_NEW;
    enum edit_answer answer = head_of(e, p, &head);
    if (answer != EDIT_YES || is_state(p, "asked")) return answer;
    p->version.state = S("asked");
    p->version.asked_by = e->who->person;
    p->version.asked_at = e->now;
    edit_put(e, &p->version);
    edit_note(e, p, TRAIL_REVIEW_ASKED);
    return EDIT_YES;
}

enum edit_answer edit_give_back(struct edit *e, struct edit_piece *p, str remark)
{
    if (!edit_may_publish(e, p)) return EDIT_NOT_YOURS;
    if (!is_state(p, "asked")) return EDIT_NOT_ASKED;
    if (remark.n == 0) return EDIT_NO_REMARK;
    if (remark.n > EDIT_REMARK_MAX) return EDIT_LONG_WORDS;
    p->version.state = S("back");
    p->version.remark = remark;
    p->version.remark_by = e->who->person;
    edit_put(e, &p->version);
    edit_note(e, p, TRAIL_SENT_BACK);
    return EDIT_YES;
}

/* ---- the claim ---- */

/* What a version says, as the columns of the table have it. */
static void fill_cells(const struct edit_piece *p, const struct edit_words *w, str reader,
                       str read_on, str *cells)
{
    const struct {
        const char *column;
        str value;
    } all[] = { { "slug", p->text.slug },      { "lang", p->version.lang },
                { "kind", p->text.kind },      { "title", w->title },
                { "summary", w->summary },     { "body", w->body },
                { "theme", w->theme },         { "states", w->states },
                { "published", w->published }, { "reviewed_by", reader },
                { "reviewed_on", read_on } };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        cells[claim_column_of(&text_kind, all[i].column)] = all[i].value;
}

static bool is_ahead(const struct edit *e, str day)
{
    char today[DAY_TEXT];
    day_text(e->now, today);
    return str_cmp(day, str_of(today)) > 0;
}

/* All that was said before in this language is said no more; what is shown today stays until a later day's comes. */
static void retract_others(const struct edit *e, const struct edit_piece *p, str but,
                           bool only_ahead)
{
    struct claim *rows;
    size_t n = claim_read(e->db, &text_kind, p->text.slug, CLAIM_NOW, &rows);
    for (size_t i = 0; i < n; i++) {
        bool is_of_it = str_eq(claim_cell(&rows[i], "lang"), p->version.lang) &&
                        !str_eq(rows[i].id, but);
        if (!is_of_it || (only_ahead && !is_ahead(e, claim_cell(&rows[i], "published")))) continue;
        /* nothing names a text, so this can only be quicker than somebody else, or too late */
        if (claim_retract(e->db, rows[i].id, e->who->person, e->now) != CLAIM_RETRACTED) continue;
    }
}

static enum edit_answer enter(struct edit *e, struct edit_piece *p, const str *cells)
{
    struct claim_entered made;
    switch (claim_enter(e->db, &text_kind, cells, e->who->person, e->now, &made)) {
    case CLAIM_ENTERED:
    case CLAIM_IS_THERE: p->version.claim = made.id; return EDIT_YES;
    case CLAIM_REFUSED: e->what = str_of(made.column->name); return EDIT_REFUSED;
    case CLAIM_CLOCK: return EDIT_CLOCK;
    }
    return EDIT_REFUSED;
}

static void hide_earlier(const struct edit *e, const struct edit_piece *p)
{
    str *cells = arena_new(e->arena, str, CSV_COLUMNS_MAX);
    struct edit_words none = { S(""), S(""), S(""), S(""), S(""), S("") };
    fill_cells(p, &none, S(""), S(""), cells);
    struct claim question = { .kind = &text_kind, .n = 11, .cell = cells };
    claim_hide(e->db, &question, e->now);
}

static str today_of(const struct edit *e)
{
    char today[DAY_TEXT];
    day_text(e->now, today);
    return arena_str(e->arena, str_of(today));
}

/* Since when its words are as they are: those who translate it look at that. */
static void settle_worded(const struct edit *e, struct edit_piece *p, const struct edit_words *now)
{
    struct edit_revision before;
    if (!edit_revision(e, p, p->version.shown, &before)) return;
    struct edit_words then = edit_words_of(&before);
    if (!edit_same_words(&then, now)) p->version.worded = p->version.head;
}

enum edit_answer edit_publish(struct edit *e, struct edit_piece *p, const struct edit_publish *how)
{
    struct edit_revision head;
    struct edit_version *v = &p->version;
    str cells[CSV_COLUMNS_MAX];
    if (!edit_may_publish(e, p)) return EDIT_NOT_YOURS;
    if (is_state(p, "shown") || is_state(p, "none")) return EDIT_NOTHING_NEW;
    if (how->number != v->head) return EDIT_STALE;
    if (!edit_is_second(e, p)) return EDIT_SAME_PERSON;
    if (how->reader.n > EDIT_NAME_MAX) return EDIT_LONG_WORDS;
    enum edit_answer answer = head_of(e, p, &head);
    if (answer != EDIT_YES) return answer;

    struct edit_words w = edit_words_of(&head);
    bool is_read = how->is_read && v->author != e->who->person;
    fill_cells(p, &w, is_read ? how->reader : S(""), is_read ? today_of(e) : S(""), cells);
    answer = enter(e, p, cells);
    if (answer != EDIT_YES) return answer;
    bool is_later = is_ahead(e, w.published);
    retract_others(e, p, v->claim, is_later);
    if (how->hide_earlier) hide_earlier(e, p);
    settle_worded(e, p, &w);
    v->shown = v->head;
    v->state = S("shown");
    v->asked_by = v->take_by = v->remark_by = 0;
    v->remark = S("");
    edit_put(e, v);
    text_changed(e->db, p->text.kind, p->text.slug, e->now);
    edit_note(e, p, is_later ? TRAIL_SCHEDULED : TRAIL_PUBLISHED);
    return EDIT_YES;
}

enum edit_answer edit_confirm(struct edit *e, struct edit_piece *p, str reader)
{
    struct edit_revision shown;
    struct claim c;
    str cells[CSV_COLUMNS_MAX];
    if (!edit_may_see(e, p)) return EDIT_NOT_YOURS;
    if (!p->version.shown || !edit_claim(e, p->text.slug, p->version.lang, &c))
        return EDIT_NOT_SHOWN;
    edit_settle(e, p);
    if (!edit_revision(e, p, p->version.shown, &shown)) return EDIT_NOT_SHOWN;
    if (shown.author == e->who->person) return EDIT_SAME_PERSON;
    if (reader.n > EDIT_NAME_MAX) return EDIT_LONG_WORDS;
    struct edit_words w = edit_words_of(&shown);
    fill_cells(p, &w, reader, today_of(e), cells);
    enum edit_answer answer = enter(e, p, cells);
    if (answer != EDIT_YES) return answer;
    if (!str_eq(c.id, p->version.claim) &&
        claim_retract(e->db, c.id, e->who->person, e->now) != CLAIM_RETRACTED)
        return EDIT_STALE;
    edit_put(e, &p->version);
    edit_note(e, p, TRAIL_REVIEWED);
    return EDIT_YES;
}

/* ---- taking back ---- */

static void take_back_one(const struct edit *e, struct edit_piece *p)
{
    edit_settle(e, p);
    retract_others(e, p, S(""), false);
    hide_earlier(e, p);
    p->version.shown = 0;
    p->version.state = S("draft");
    p->version.claim = S("");
    p->version.take_by = 0;
    edit_put(e, &p->version);
}

static void take_back_all(const struct edit *e, struct edit_piece *p)
{
    take_back_one(e, p);
    for (size_t i = 0; i < lang_count(); i++) {
        struct edit_piece other;
        str code = lang_code(lang_at(i));
        if (str_eq(code, p->version.lang) || !edit_find(e, p->text.slug, code, &other)) continue;
        if (other.version.shown) take_back_one(e, &other);
    }
}

enum edit_answer edit_take_back(struct edit *e, struct edit_piece *p, enum edit_take how,
                                bool every_language)
{
    bool is_alone = operator_is_alone(e->db);
    if (!edit_may_publish(e, p) && !(how == EDIT_TAKE_ASK && edit_may_write(e, p)))
        return EDIT_NOT_YOURS;
    if (!p->version.shown) return EDIT_NOT_SHOWN;
    switch (how) {
    case EDIT_TAKE_ASK:
        edit_settle(e, p);
        p->version.take_by = e->who->person;
        edit_put(e, &p->version);
        edit_note(e, p, TRAIL_ASKED_FOR_SECOND);
        return EDIT_YES;
    case EDIT_TAKE_KEEP:
        if (!p->version.take_by) return EDIT_NOT_ASKED;
        p->version.take_by = 0;
        edit_put(e, &p->version);
        edit_note(e, p, TRAIL_SECOND_REFUSED);
        return EDIT_YES;
    case EDIT_TAKE_AGREE:
        if (!p->version.take_by) return EDIT_NOT_ASKED;
        if (p->version.take_by == e->who->person && !is_alone) return EDIT_SAME_PERSON;
        break;
    case EDIT_TAKE_AT_ONCE: break;
    }
    if (every_language) take_back_all(e, p);
    else take_back_one(e, p);
    text_changed(e->db, p->text.kind, p->text.slug, e->now);
    edit_note(e, p, how == EDIT_TAKE_AT_ONCE ? TRAIL_TAKEN_AT_ONCE : TRAIL_WITHDRAWN);
    return EDIT_YES;
}

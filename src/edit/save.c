/* Beginning a text, saving it, going back to an earlier wording, giving a draft up. */
#include "edit/inside.h"

#include "base/clock.h"
#include "base/id.h"
#include "base/limits.h"

const struct word edit_hows[] = {
    [EDIT_WRITTEN] = { S_CONST("written"), PHRASE_CONST("Written") },
    [EDIT_RESTORED] = { S_CONST("restored"), PHRASE_CONST("An earlier version restored") },
    [EDIT_MERGED] = { S_CONST("merged"), PHRASE_CONST("Two changes put together") },
    [EDIT_FROM_FILE] = { S_CONST("file"), PHRASE_CONST("Came with the program") },
    { { "", 0 }, { "" } },
};

void edit_note(const struct edit *e, const struct edit_piece *p, enum trail_deed deed)
{
    trail_add(e->db, deed, e->who->person,
              (struct trail_about){ .subject = TRAIL_OF_TEXT,
                                    .row = p->text.id,
                                    .organisation = p->text.organisation },
              e->now);
}

/* ---- beginning ---- */

static bool is_good_slug(str s)
{
    if (s.n < 3 || s.n > 80 || s.p[0] == '-' || s.p[s.n - 1] == '-') return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
    }
    return true;
}

static bool is_taken(const struct edit *e, str slug)
{
    struct edit_text text;
    struct claim *rows;
    return edit_text_get(e->db, slug, &text) ||
           claim_read(e->db, &text_kind, slug, CLAIM_NOW, &rows) > 0;
}

/* News of an organisation have its member page's name for a theme; its own page has it for an address. */
static enum edit_answer member_of(const struct edit *e, id organisation, str *member)
{
    struct people_organisation o;
    *member = S("");
    if (organisation == 0) return EDIT_YES;
    if (!people_organisation_get(e->db, organisation, &o) || o.closed_at) return EDIT_NO_SUCH;
    *member = o.member;
    return o.member.n ? EDIT_YES : EDIT_NO_MEMBER;
}

static enum edit_answer may_begin(struct edit *e, const struct edit_begin *b, str *slug,
                                  str *member)
{
    bool is_member = str_eq(b->kind, S("member")), is_page = str_eq(b->kind, S("page"));
    bool is_other = str_eq(b->kind, S("news")) || str_eq(b->kind, S("kit"));
    if (!is_member && !is_page && !is_other) return EDIT_BAD_KIND;
    if ((is_member && b->organisation == 0) || (is_page && b->organisation)) return EDIT_BAD_KIND;
    if (!who_may_within(e->who, MAY_WRITE, b->organisation)) return EDIT_NOT_YOURS;
    enum edit_answer answer = member_of(e, b->organisation, member);
    if (answer != EDIT_YES) return answer;
    *slug = is_member ? *member : b->slug;
    if (!is_good_slug(*slug) || !lang_find(b->lang)) return EDIT_BAD_SLUG;
    return is_taken(e, *slug) ? EDIT_TAKEN : EDIT_YES;
}

static void add_revision(const struct edit *e, const struct edit_piece *p, int64_t number,
                         const struct edit_save *s)
{
    const struct edit_words *w = &s->words;
    edit_revision_add(e->db, p->text.slug, p->version.lang, number, e->now, e->who->person,
                      edit_hows[s->how].code, s->based_on, s->follows, w->title, w->summary,
                      w->body, w->theme, w->states, w->published);
}

enum edit_answer edit_begin(struct edit *e, const struct edit_begin *b)
{
    str slug = b->slug, member;
    enum edit_answer answer = may_begin(e, b, &slug, &member);
    if (answer != EDIT_YES) return answer;
    char today[DAY_TEXT];
    day_text(e->now, today);
    struct edit_save s = { .words = { .title = b->title,
                                      .summary = S(""),
                                      .body = S(""),
                                      .theme = member,
                                      .states = S(""),
                                      .published = str_of(today) } };
    answer = edit_check(e, &s.words, false);
    if (answer != EDIT_YES) return answer;
    struct edit_piece p = {
        .text = { slug, id_new(), b->kind, b->organisation, b->lang, e->now },
        .version = { .slug = slug,
                     .lang = b->lang,
                     .head = 1,
                     .worded = 1,
                     .state = S("draft"),
                     .author = e->who->person,
                     .changed_at = e->now,
                     .title = b->title,
                     .published = s.words.published,
                     .claim = S(""),
                     .remark = S("") },
    };
    edit_text_add(e->db, slug, p.text.id, b->kind, b->organisation, b->lang, e->now);
    add_revision(e, &p, 1, &s);
    edit_put(e, &p.version);
    edit_note(e, &p, TRAIL_DRAFT_SAVED);
    return EDIT_YES;
}

/* ---- saving ---- */

static int64_t next_number(const struct edit *e, const struct edit_piece *p)
{
    struct edit_number last;
    edit_revision_last(e->db, p->text.slug, p->version.lang, &last);
    return last.number + 1;
}

/* A newer file brought another wording of what nobody changed here: it becomes a revision, so that it is seen. */
static void take_file(const struct edit *e, struct edit_piece *p)
{
    struct claim c;
    bool is_quiet = p->is_kept && str_eq(p->version.state, S("shown"));
    if (!is_quiet || !edit_claim(e, p->text.slug, p->version.lang, &c)) return;
    if (c.is_by_editor || str_eq(c.id, p->version.claim)) return;
    int64_t number = next_number(e, p);
    struct edit_version *v = &p->version;
    edit_revision_add(e->db, v->slug, v->lang, number, e->now, 0, edit_hows[EDIT_FROM_FILE].code,
                      v->head, v->follows, claim_cell(&c, "title"), claim_cell(&c, "summary"),
                      claim_cell(&c, "body"), claim_cell(&c, "theme"), claim_cell(&c, "states"),
                      claim_cell(&c, "published"));
    v->head = v->shown = v->worded = number;
    v->author = 0;
    v->claim = c.id;
    v->title = claim_cell(&c, "title");
    edit_put(e, v);
}

static void keep_theme(const struct edit *e, const struct edit_piece *p, struct edit_words *w)
{
    str member;
    bool is_own = p->text.organisation && member_of(e, p->text.organisation, &member) == EDIT_YES;
    if (is_own) w->theme = member;
}

enum edit_answer edit_save(struct edit *e, struct edit_piece *p, const struct edit_save *asked)
{
    struct edit_save s = *asked;
    struct edit_revision head;
    struct edit_version *v = &p->version;
    if (!edit_may_write(e, p)) return EDIT_NOT_YOURS;
    keep_theme(e, p, &s.words);
    enum edit_answer answer = edit_check(e, &s.words, false);
    if (answer != EDIT_YES) return answer;
    edit_settle(e, p);
    take_file(e, p);
    if (s.based_on != v->head) return EDIT_STALE;
    if (s.follows == 0) s.follows = v->follows;

    struct edit_words before = { 0 };
    bool is_there = edit_revision(e, p, v->head, &head);
    if (is_there) before = edit_words_of(&head);
    bool is_same = is_there && edit_same_words(&before, &s.words);
    if (is_same && s.follows == v->follows && str_eq(before.theme, s.words.theme) &&
        str_eq(before.states, s.words.states) && str_eq(before.published, s.words.published)) {
        edit_drop_mine(e, p);
        return EDIT_YES; /* nothing changed, so there is no revision */
    }
    int64_t number = next_number(e, p);
    add_revision(e, p, number, &s);
    if (v->shown == 0 && !is_same) v->worded = number;
    v->head = number;
    v->follows = s.follows;
    v->state = S("draft");
    v->author = e->who->person;
    v->changed_at = e->now;
    v->title = s.words.title;
    v->published = s.words.published;
    v->asked_by = 0;
    edit_put(e, v);
    p->is_kept = true;
    edit_drop_mine(e, p);
    edit_note(e, p, s.how == EDIT_RESTORED ? TRAIL_RESTORED : TRAIL_DRAFT_SAVED);
    return EDIT_YES;
}

enum edit_answer edit_restore(struct edit *e, struct edit_piece *p, int64_t number,
                              int64_t based_on)
{
    struct edit_revision old;
    if (!edit_revision(e, p, number, &old)) return EDIT_NO_SUCH;
    struct edit_save s = { .words = edit_words_of(&old),
                           .based_on = based_on,
                           .how = EDIT_RESTORED };
    return edit_save(e, p, &s);
}

/* ---- what is not saved yet ---- */

void edit_keep_mine(const struct edit *e, const struct edit_piece *p, const struct edit_words *w,
                    int64_t based_on)
{
    if (w->body.n > TEXT_BODY_MAX * 2 || w->title.n > KIB(4) || w->summary.n > KIB(8)) return;
    edit_mine_put(e->db, e->who->person, p->text.slug, p->version.lang, e->now, based_on, w->title,
                  w->summary, w->body, str_cut_text(w->theme, 200), str_cut_text(w->states, 400),
                  str_cut_text(w->published, 40), e->now + EDIT_MINE_KEEP_MS);
}

bool edit_mine(const struct edit *e, const struct edit_piece *p, struct edit_unsaved *out)
{
    return edit_mine_get(e->db, e->who->person, p->text.slug, p->version.lang, e->now, out);
}

void edit_drop_mine(const struct edit *e, const struct edit_piece *p)
{
    edit_mine_drop(e->db, e->who->person, p->text.slug, p->version.lang);
}

/* ---- giving up ---- */

static void drop_version(const struct edit *e, const struct edit_piece *p)
{
    struct edit_version other;
    bool has_other = false;
    edit_version_drop(e->db, p->text.slug, p->version.lang);
    edit_revisions_drop(e->db, p->text.slug, p->version.lang);
    for (size_t i = 0; i < lang_count(); i++)
        has_other = has_other ||
                    edit_version_get(e->db, p->text.slug, lang_code(lang_at(i)), &other);
    if (!has_other) edit_text_drop(e->db, p->text.slug);
}

enum edit_answer edit_discard(struct edit *e, struct edit_piece *p)
{
    struct edit_revision shown;
    struct edit_version *v = &p->version;
    if (!edit_may_write(e, p)) return EDIT_NOT_YOURS;
    if (!p->is_kept || str_eq(v->state, S("shown"))) return EDIT_NOTHING_NEW;
    edit_drop_mine(e, p);
    if (v->shown && edit_revision(e, p, v->shown, &shown)) {
        v->head = v->shown;
        v->state = S("shown");
        v->author = shown.author;
        v->changed_at = shown.at;
        v->title = shown.title;
        v->published = shown.published;
        v->follows = shown.follows;
        v->asked_by = 0;
        v->remark = S("");
        edit_put(e, v);
    } else {
        drop_version(e, p);
    }
    edit_note(e, p, TRAIL_DISCARDED);
    return EDIT_YES;
}

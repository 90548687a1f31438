/* Who may do what to a text, and what a text must be like. */
#include "edit/inside.h"

#include "base/clock.h"
#include "base/day.h"
#include "base/limits.h"
#include "operator/operator.h"
#include "text/lesson.h"

bool edit_may_see(const struct edit *e, const struct edit_piece *p)
{
    static const enum right any[] = { MAY_WRITE, MAY_TRANSLATE, MAY_PUBLISH };
    for (size_t i = 0; i < COUNT_OF(any); i++)
        if (who_may_within(e->who, any[i], p->text.organisation)) return true;
    return false;
}

bool edit_may_write(const struct edit *e, const struct edit_piece *p)
{
    enum right needed = p->is_original ? MAY_WRITE : MAY_TRANSLATE;
    return who_may_within(e->who, needed, p->text.organisation);
}

bool edit_may_publish(const struct edit *e, const struct edit_piece *p)
{
    return who_may_within(e->who, MAY_PUBLISH, p->text.organisation);
}

bool edit_is_second(const struct edit *e, const struct edit_piece *p)
{
    return p->version.author != e->who->person || operator_is_alone(e->db);
}

/* ---- words ---- */

static bool is_like_formula(str s)
{
    return s.n && strchr("=+-@\t", s.p[0]) != NULL;
}

static bool is_good_day(const struct edit *e, str day)
{
    char last[DAY_TEXT];
    day_text(e->now + 731 * DAY_MS, last);
    return day_is_full(day) && str_cmp(day, S("2000-01-01")) >= 0 &&
           str_cmp(day, str_of(last)) <= 0;
}

static bool is_good_theme(str theme)
{
    if (theme.n > 80 || str_starts(theme, S("-"))) return false;
    for (size_t i = 0; i < theme.n; i++) {
        char c = theme.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
    }
    return true;
}

static bool are_states(struct edit *e, str states)
{
    int n = 0;
    while (states.p && states.n) {
        str code = str_split(&states, ' ');
        if (lang_is_state(code) && ++n <= EDIT_STATES_MAX) continue;
        e->what = str_cut_text(code, 20);
        return false;
    }
    return true;
}

/* Where raw HTML stands; 0: nowhere. */
static int raw_html_line(struct arena *a, str body)
{
    struct text_thing *things;
    size_t n = text_things(a, body, &things);
    for (size_t i = 0; i < n; i++)
        if (things[i].part == TEXT_RAW_HTML) return things[i].line;
    return 0;
}

enum edit_answer edit_check(struct edit *e, const struct edit_words *w, bool is_whole)
{
    if (w->title.n == 0) return EDIT_NO_TITLE;
    if (w->title.n > EDIT_TITLE_MAX) return EDIT_LONG_TITLE;
    if (w->summary.n > EDIT_SUMMARY_MAX) return EDIT_LONG_SUMMARY;
    if (w->body.n > TEXT_BODY_MAX) return EDIT_LONG_BODY;
    if (is_whole && w->summary.n == 0) return EDIT_NO_SUMMARY;
    if (is_whole && w->body.n == 0) return EDIT_NO_BODY;
    if (is_like_formula(w->title) || is_like_formula(w->summary) || is_like_formula(w->body))
        return EDIT_FORMULA;
    e->line = raw_html_line(e->arena, w->body);
    if (e->line) return EDIT_RAW_HTML;
    if (!is_good_day(e, w->published)) return EDIT_BAD_DAY;
    if (!is_good_theme(w->theme)) return EDIT_BAD_THEME;
    return are_states(e, w->states) ? EDIT_YES : EDIT_BAD_STATE;
}

enum edit_answer edit_check_lesson(struct edit *e, const struct edit_piece *p, str body)
{
    struct lesson_fault fault;
    if (lesson_text_ok(p->text.kind, p->text.slug, body, &fault)) return EDIT_YES;
    e->line = fault.line;
    e->why = fault.why;
    return EDIT_BAD_LESSON;
}

struct phrase edit_refusal(enum edit_answer answer)
{
    switch (answer) {
    case EDIT_YES: return NO_PLURAL;
    case EDIT_NO_SUCH: return PHRASE("There is no such text here.");
    case EDIT_NOT_YOURS:
        return PHRASE("This text belongs to others: you can read it and not change it.");
    case EDIT_SAME_PERSON:
        return PHRASE("You wrote the last change yourself. Somebody else must look at it first.");
    case EDIT_STALE:
        return PHRASE("Somebody saved meanwhile. Nothing of yours is lost: compare both.");
    case EDIT_NOTHING_NEW:
        return PHRASE("It is published as it is: there is no change to publish.");
    case EDIT_NOT_ASKED:
        return PHRASE("Nobody has asked for this, or somebody else has done it already.");
    case EDIT_NOT_SHOWN: return PHRASE("This text is not published.");
    case EDIT_NO_TITLE: return PHRASE("The text needs a title.");
    case EDIT_NO_SUMMARY:
        return PHRASE(
            "The text needs a summary: one or two sentences for lists, feeds and search.");
    case EDIT_NO_BODY: return PHRASE("There is no text yet.");
    case EDIT_NO_REMARK: return PHRASE("Please say what should be different.");
    case EDIT_LONG_TITLE:
        return PHRASE("The title is too long: 300 bytes at most, about 150 letters.");
    case EDIT_LONG_SUMMARY:
        return PHRASE("The summary is too long: 1,200 bytes at most, about 600 letters.");
    case EDIT_LONG_BODY:
        return PHRASE("The text is too long: 56 KB at most. Please make two of it.");
    case EDIT_LONG_WORDS: return PHRASE("This is too long.");
    case EDIT_RAW_HTML: return PHRASE("HTML is not taken: line {line}. Write Markdown instead.");
    case EDIT_BAD_LESSON: return PHRASE("The questions cannot be asked so: line {line}. {why}");
    case EDIT_FORMULA:
        return PHRASE("Title, summary and text begin with a word: a sign such as = + - @ at the "
                      "beginning would be run by a spreadsheet that opens our tables.");
    case EDIT_BAD_DAY:
        return PHRASE(
            "The day of publication is a whole day such as 2026-12-02, at most two years ahead.");
    case EDIT_BAD_THEME:
        return PHRASE("A theme is one word of small letters, digits and hyphens, or nothing.");
    case EDIT_BAD_STATE:
        return PHRASE("{what} is not the code of a state. Write codes such as MEX ESP, with a "
                      "space between them, 30 at most.");
    case EDIT_BAD_SLUG:
        return PHRASE("The name in the address has 3 to 80 small letters, digits and hyphens.");
    case EDIT_TAKEN:
        return PHRASE("Another text has this address already. Please choose another name.");
    case EDIT_BAD_KIND: return PHRASE("Please choose what it is: an article or a page.");
    case EDIT_NO_MEMBER:
        return PHRASE("This organisation has no member page yet. An administrator can name it "
                      "under Organisations.");
    case EDIT_CLOCK:
        return PHRASE("This machine's clock is wrong, so nothing can be published. Whoever hosts "
                      "it has to set it right.");
    case EDIT_REFUSED: return PHRASE("The table of texts does not take this: {what}.");
    }
    return NO_PLURAL;
}

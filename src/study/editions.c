/* What of a study the public sees: put forward by one, agreed to by another, never changed. */
#include "study/inside.h"

#include "base/id.h"
#include "operator/operator.h"
#include "study/result.h"
#include "trail/trail.h"

#define SERIES_LEAST 3
#define SERIES_MOST  60

static void note(const struct studies *s, enum trail_deed deed, id row)
{
    trail_add(s->db, deed, s->person,
              (struct trail_about){ .subject = TRAIL_OF_EDITION, .row = row }, s->now);
}

/* The name in an address: small letters, digits, single hyphens between them. */
static bool is_series(str s)
{
    if (s.n < SERIES_LEAST || s.n > SERIES_MOST || s.p[0] == '-' || s.p[s.n - 1] == '-')
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
        if (c == '-' && s.p[i - 1] == '-') return false;
    }
    return true;
}

/* Methods that can all be defended and lie far apart are a finding; a table that is too thin is none. */
enum study_answer study_publishable(const struct study_result *r)
{
    bool is_open = r->status == ESTIMATE_REFUSED && r->is_open;
    return r->status == ESTIMATE_OK || is_open ? STUDY_YES : STUDY_NO_NUMBER;
}

/* Nothing of what was published of a series before is about another place. */
static bool is_same_place(const struct studies *s, str series, const struct study_about *about)
{
    struct study_edition_head *all;
    size_t n = study_editions_of(s->db, series, &all);
    return n == 0 || (str_eq(all[0].iso3, about->iso3) && str_eq(all[0].place, about->place));
}

static bool are_names(const struct study_publication *p)
{
    for (int i = 0; i < p->names; i++) {
        if (!study_is_line(p->name[i], 1, STUDY_NAME_MAX)) return false;
        for (int k = 0; k < i; k++)
            if (str_eq(p->name[i], p->name[k])) return false;
    }
    return p->names >= 2;
}

static str names_joined(struct arena *a, const struct study_publication *p)
{
    str all = p->name[0];
    for (int i = 1; i < p->names; i++) all = ARENA_JOIN(a, all, S("\n"), p->name[i]);
    return all;
}

str study_list_name(str *rest)
{
    return rest->p ? str_split(rest, '\n') : (str){ NULL, 0 };
}

static enum study_answer look_at(const struct studies *s, const struct study_publication *p,
                                 const struct study_about *about)
{
    struct study_number waiting;
    if (!study_is_line(p->title, 3, STUDY_LINE_MAX)) return STUDY_BAD_TITLE;
    if (!study_is_line(p->counted, 3, STUDY_WORDS_MAX)) return STUDY_BAD_COUNTED;
    if (!study_is_line(p->remark, 0, STUDY_WORDS_MAX)) return STUDY_BAD_REMARK;
    if (!lang_find(p->lang)) return STUDY_BAD_TITLE;
    if (!are_names(p)) return STUDY_BAD_NAMES;
    if (!is_series(p->series)) return STUDY_BAD_SERIES;
    if (!is_same_place(s, p->series, about)) return STUDY_OTHER_PLACE;
    study_series_waiting(s->db, p->series, &waiting);
    return waiting.n ? STUDY_WAITS : STUDY_YES;
}

enum study_answer study_put_forward(const struct studies *s, id which,
                                    const struct study_publication *p, id *made)
{
    struct study study;
    struct study_progress run;
    struct study_result exact;
    enum study_answer answer = study_read(s, which, &study);
    if (answer != STUDY_YES) return answer;
    if (!study_newest_run(s, which, &run) || run.state != STUDY_DONE) return STUDY_NO_RESULT;
    if (!study_result_read(s->arena, run.result, &exact)) return STUDY_NO_RESULT;
    if (exact.lists != p->names) return STUDY_BAD_NAMES;
    answer = study_publishable(&exact);
    if (answer == STUDY_YES) answer = look_at(s, p, &study.about);
    if (answer != STUDY_YES) return answer;
    struct study_result rounded = study_result_rounded(&exact, p->name);
    answer = study_publishable(
        &rounded); /* what had to be kept back may leave nothing to publish */
    if (answer != STUDY_YES) return answer;
    *made = id_new();
    study_edition_add(s->db, *made, p->series, which, p->lang, p->title, study.about.iso3,
                      study.about.place, study.about.first_day, study.about.last_day, p->counted,
                      names_joined(s->arena, p), p->remark, study_result_text(s->arena, &rounded),
                      s->person, s->now);
    note(s, TRAIL_EDITION_PUT, *made);
    return STUDY_YES;
}

static bool is_second(const struct studies *s, const struct study_edition *e)
{
    return e->made_by != s->person || operator_is_alone(s->db);
}

enum study_answer study_agree(const struct studies *s, id edition)
{
    struct study_edition e;
    struct study_number newest;
    if (!study_edition_get(s->db, edition, &e)) return STUDY_NO_SUCH;
    if (!is_second(s, &e)) return STUDY_SAME_PERSON;
    study_edition_newest_number(s->db, e.series, &newest);
    if (!study_edition_publish(s->db, edition, newest.n + 1, s->person, s->now))
        return STUDY_TOO_LATE;
    study_published(s->db, e.series);
    note(s, TRAIL_EDITION_PUBLISHED, edition);
    return STUDY_YES;
}

enum study_answer study_give_back(const struct studies *s, id edition, str remark)
{
    struct study_edition e;
    if (!study_edition_get(s->db, edition, &e)) return STUDY_NO_SUCH;
    if (e.made_by == s->person) return STUDY_SAME_PERSON;
    if (!study_is_line(remark, 3, STUDY_WORDS_MAX)) return STUDY_BAD_REMARK;
    if (!study_edition_give_back(s->db, edition, s->person, remark)) return STUDY_TOO_LATE;
    note(s, TRAIL_EDITION_BACK, edition);
    return STUDY_YES;
}

enum study_answer study_take_back(const struct studies *s, id edition)
{
    struct study_edition e;
    if (!study_edition_get(s->db, edition, &e)) return STUDY_NO_SUCH;
    if (e.made_by != s->person) return STUDY_NOT_YOURS;
    if (!study_edition_drop(s->db, edition)) return STUDY_TOO_LATE;
    note(s, TRAIL_EDITION_BACK, edition);
    return STUDY_YES;
}

enum study_answer study_withdraw(const struct studies *s, id edition, str why)
{
    struct study_edition e;
    bool is_why = false;
    if (!study_edition_get(s->db, edition, &e)) return STUDY_NO_SUCH;
    for (const struct word *w = study_whys; w->code.n; w++) is_why |= str_eq(w->code, why);
    if (!is_why) return STUDY_BAD_REMARK;
    if (!study_edition_withdraw(s->db, edition, why, s->now)) return STUDY_TOO_LATE;
    study_published(s->db, e.series);
    note(s, TRAIL_EDITION_WITHDRAWN, edition);
    return STUDY_YES;
}

enum study_answer study_again(const struct studies *s, id edition, id *made)
{
    struct study_edition e;
    struct study_number waiting;
    if (!study_edition_get(s->db, edition, &e)) return STUDY_NO_SUCH;
    if (!str_eq(e.state, S("withdrawn"))) return STUDY_TOO_LATE;
    study_series_waiting(s->db, e.series, &waiting);
    if (waiting.n) return STUDY_WAITS;
    *made = id_new();
    study_edition_add(s->db, *made, e.series, e.study, e.lang, e.title, e.iso3, e.place,
                      e.first_day, e.last_day, e.counted, e.lists, e.remark, e.result, s->person,
                      s->now);
    note(s, TRAIL_EDITION_PUT, *made);
    return STUDY_YES;
}

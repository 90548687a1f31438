/* A kit's day and pictures: one person puts them forward, another publishes them. */
#include "kit/kit.h"

#include "base/day.h"
#include "base/limits.h"
#include "edit/edit.h"
#include "operator/operator.h"
#include "trail/trail.h"

bool kit_by_of(struct req *rq, str slug, struct kit_by *out)
{
    struct edit e = { .db = rq->db, .arena = rq->arena, .who = &rq->who, .now = rq->now };
    struct edit_piece *all;
    size_t n = edit_all(&e, &all);
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(all[i].text.slug, slug) || !str_eq(all[i].text.kind, S("kit"))) continue;
        *out = (struct kit_by){ rq, slug, all[i].text.id, all[i].text.organisation };
        return true;
    }
    return false;
}

bool kit_may_write(const struct kit_by *by)
{
    return who_may_within(&by->rq->who, MAY_WRITE, by->organisation);
}

bool kit_may_publish(const struct kit_by *by)
{
    return who_may_within(&by->rq->who, MAY_PUBLISH, by->organisation);
}

bool kit_is_second(const struct kit_by *by, const struct kit_plan *plan)
{
    return plan->author != by->rq->who.person || operator_is_alone(by->rq->db);
}

static bool is_of_calendar(const struct kit_by *by, str observance)
{
    struct calendar_day *days;
    size_t n = calendar_all(by->rq->db, web_day(by->rq), CLAIM_NOW, &days);
    for (size_t i = 0; i < n; i++)
        if (str_eq(days[i].slug, observance)) return true;
    return false;
}

static size_t pieces_of(str cell)
{
    size_t n = 0;
    while (cell.p && cell.n)
        if (str_split(&cell, ' ').n) n++;
    return n;
}

static enum kit_answer check_texts(const struct kit_by *by, str texts)
{
    if (pieces_of(texts) > KIT_TEXTS_MAX) return KIT_TOO_MANY;
    while (texts.p && texts.n) {
        struct text t;
        str slug = str_split(&texts, ' ');
        if (!text_get(by->rq->db, by->rq->lang, slug, CLAIM_NOW, by->rq->now, &t) ||
            str_eq(t.kind, S("kit")))
            return KIT_BAD_TEXT;
    }
    return KIT_YES;
}

static enum kit_answer check(const struct kit_by *by, const struct kit_wish *w)
{
    struct kit_picture *pictures;
    str first, last;
    if (w->observance.n == 0 && w->rule.n == 0) return KIT_NO_DAY;
    if (w->observance.n && (w->rule.n || !is_of_calendar(by, w->observance))) return KIT_BAD_DAY;
    if (w->rule.n > 10 ||
        (w->rule.n && !kit_next(by->rq->arena, w->rule, web_day(by->rq), &first, &last)))
        return KIT_BAD_DAY;
    if (pieces_of(w->pictures) == 0) return KIT_NO_PICTURES;
    if (pieces_of(w->pictures) > KIT_PICTURES_MAX) return KIT_TOO_MANY;
    if (kit_pictures_read(by->rq->arena, w->pictures, &pictures) != pieces_of(w->pictures))
        return KIT_BAD_PICTURE;
    return check_texts(by, w->texts);
}

static bool is_published(const struct kit_by *by, const struct kit_wish *w)
{
    struct claim c;
    return kit_claim(by->rq, by->slug, &c) && str_eq(claim_cell(&c, "observance"), w->observance) &&
           str_eq(claim_cell(&c, "rule"), w->rule) &&
           str_eq(claim_cell(&c, "pictures"), w->pictures) &&
           str_eq(claim_cell(&c, "texts"), w->texts);
}

static void note(const struct kit_by *by, enum trail_deed deed)
{
    trail_add(by->rq->db, deed, by->rq->who.person,
              (struct trail_about){
                  .subject = TRAIL_OF_TEXT, .row = by->text, .organisation = by->organisation },
              by->rq->now);
}

enum kit_answer kit_propose(const struct kit_by *by, const struct kit_wish *w)
{
    if (!kit_may_write(by)) return KIT_NOT_YOURS;
    enum kit_answer answer = check(by, w);
    if (answer != KIT_YES) return answer;
    if (is_published(by, w)) return KIT_NOTHING_NEW;
    kit_plan_put(by->rq->db, by->slug, w->observance, w->rule, w->pictures, w->texts,
                 by->rq->who.person, by->rq->now);
    note(by, TRAIL_DRAFT_SAVED);
    return KIT_YES;
}

/* All that was said before is said no more. */
static void retract_others(const struct kit_by *by, str but)
{
    struct claim *rows;
    size_t n = claim_read(by->rq->db, &kit_kind, by->slug, CLAIM_NOW, &rows);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].id, but)) continue;
        /* nothing names a kit, so this can only be quicker than somebody else, or too late */
        if (claim_retract(by->rq->db, rows[i].id, by->rq->who.person, by->rq->now) !=
            CLAIM_RETRACTED)
            continue;
    }
}

enum kit_answer kit_agree(const struct kit_by *by, ms looked_at)
{
    struct kit_plan plan;
    struct claim_entered made;
    if (!kit_may_publish(by)) return KIT_NOT_YOURS;
    if (!kit_plan_get(by->rq->db, by->slug, &plan)) return KIT_NOTHING_WAITS;
    if (plan.changed_at != looked_at) return KIT_STALE;
    if (!kit_is_second(by, &plan)) return KIT_SAME_PERSON;
    struct kit_wish w = { plan.observance, plan.rule, plan.pictures, plan.texts };
    enum kit_answer answer = check(by, &w); /* what it names may be gone since */
    if (answer != KIT_YES) return answer;
    const str cells[] = { by->slug, w.observance, w.rule, w.pictures, w.texts };
    switch (claim_enter(by->rq->db, &kit_kind, cells, by->rq->who.person, by->rq->now, &made)) {
    case CLAIM_ENTERED:
    case CLAIM_IS_THERE: break;
    case CLAIM_REFUSED: return KIT_BAD_PICTURE;
    case CLAIM_CLOCK: return KIT_CLOCK;
    }
    retract_others(by, made.id);
    kit_plan_drop(by->rq->db, by->slug);
    note(by, TRAIL_PUBLISHED);
    return KIT_YES;
}

enum kit_answer kit_drop(const struct kit_by *by)
{
    if (!kit_may_write(by)) return KIT_NOT_YOURS;
    return kit_plan_drop(by->rq->db, by->slug) ? KIT_YES : KIT_NOTHING_WAITS;
}

struct phrase kit_refusal(enum kit_answer answer)
{
    switch (answer) {
    case KIT_YES: return NO_PLURAL;
    case KIT_NO_SUCH: return PHRASE("There is no such kit here.");
    case KIT_NOT_YOURS:
        return PHRASE("This kit belongs to others: you can look at it and not change it.");
    case KIT_NO_DAY: return PHRASE("Choose a day of the calendar, or write one.");
    case KIT_BAD_DAY:
        return PHRASE(
            "The day is one of the calendar, or one of your own and nothing else: 09-23 for "
            "every year, 09 for a month, 2027-03-08 for one day.");
    case KIT_NO_PICTURES: return PHRASE("Choose at least one picture or poster.");
    case KIT_TOO_MANY: return PHRASE("This is too much for one kit: 12 pictures, 8 texts at most.");
    case KIT_BAD_PICTURE:
        return PHRASE("Choose what, design and sentence of each picture from the lists.");
    case KIT_BAD_TEXT: return PHRASE("A text that is named is not published here.");
    case KIT_SAME_PERSON:
        return PHRASE("You put this forward yourself. Somebody else must look at it first.");
    case KIT_NOTHING_WAITS: return PHRASE("Nothing is put forward for this kit any more.");
    case KIT_NOTHING_NEW: return PHRASE("It is published as it is: there is no change to publish.");
    case KIT_STALE:
        return PHRASE("Somebody changed this after you opened it. Look at it as it is now.");
    case KIT_CLOCK:
        return PHRASE("This machine's clock is wrong, so nothing can be published. Whoever hosts "
                      "it has to set it right.");
    }
    return NO_PLURAL;
}

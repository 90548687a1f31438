#include "trail/trail.h"

#include "base/breakage.h"
#include "base/limits.h"
#include "trail/inside.h"
#include "trail/trail.sql.h"

#include <assert.h>

static const struct word deeds[] = {
    [TRAIL_NO_DEED] = { S_CONST(""), { NULL } },
#define DEED(name, code, phrase) [TRAIL_##name] = { S_CONST(code), phrase },
#include "trail/deeds.h"
};

static const struct word subjects[] = {
    [TRAIL_NOTHING] = { S_CONST(""), { NULL } },
#define SUBJECT(name, code, phrase) [TRAIL_OF_##name] = { S_CONST(code), phrase },
#include "trail/subjects.h"
};

_Static_assert(COUNT_OF(deeds) == TRAIL_DEEDS_END, "a deed has no line");
_Static_assert(COUNT_OF(subjects) == TRAIL_SUBJECTS_END, "a subject has no line");

static int named(const struct word *words, int n, str code)
{
    for (int i = 1; i < n; i++)
        if (str_eq(words[i].code, code)) return i;
    return 0;
}

struct phrase trail_deed_phrase(enum trail_deed deed)
{
    return deeds[deed].phrase;
}

struct phrase trail_subject_phrase(enum trail_subject subject)
{
    return subjects[subject].phrase;
}

str trail_deed_code(enum trail_deed deed)
{
    return deeds[deed].code;
}

str trail_subject_code(enum trail_subject subject)
{
    return subjects[subject].code;
}

enum trail_deed trail_deed_named(str code)
{
    return (enum trail_deed)named(deeds, COUNT_OF(deeds), code);
}

enum trail_subject trail_subject_named(str code)
{
    return (enum trail_subject)named(subjects, COUNT_OF(subjects), code);
}

static bool is_code(str code)
{
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (!is_plain) return false;
    }
    return code.n <= TRAIL_CODE_MAX;
}

void trail_add(struct db *db, enum trail_deed deed, id actor, struct trail_about about, ms now)
{
    assert(deed > TRAIL_NO_DEED && deed < TRAIL_DEEDS_END && about.subject < TRAIL_SUBJECTS_END);
    assert(is_code(about.code) && db_is_writing(db));
    struct trail_newest newest;
    unsigned char hash[SEAL_HASH_BYTES];
    bool has_newest = trail_head_get(db, &newest);
    struct trail_row row = {
        .number = has_newest ? newest.number + 1 : 1,
        .at = now,
        .deed = deeds[deed].code,
        .actor = actor,
        .subject = subjects[about.subject].code,
        .subject_row = about.row,
        .subject_code = about.code.n ? about.code : S(""),
        .organisation = about.organisation,
        .keyed = trail_key_name(),
        .before = has_newest ? newest.hash : trail_no_hash(),
    };
    trail_hash_row(db_arena(db), &row, hash);
    int64_t added = trail_entry_add(db, row.number, row.at, row.deed, row.actor, row.subject,
                                    row.subject_row, row.subject_code, row.organisation, row.keyed,
                                    row.before, (str){ (const char *)hash, sizeof hash });
    if (added == 0) again(); /* someone was quicker, and the transaction does not see it yet */
}

static struct trail_entry shown(const struct trail_line *line)
{
    return (struct trail_entry){ .number = line->number,
                                 .at = line->at,
                                 .deed = trail_deed_named(line->deed),
                                 .actor = line->actor,
                                 .about = { .subject = trail_subject_named(line->subject),
                                            .row = line->subject_row,
                                            .code = line->subject_code,
                                            .organisation = line->organisation },
                                 .deed_code = line->deed,
                                 .subject_code = line->subject };
}

size_t trail_read(struct db *db, const struct trail_asked *asked, struct trail_entry *out,
                  size_t most)
{
    struct trail_line *lines;
    int64_t below = asked->before > 0 ? asked->before : INT64_MAX, n = (int64_t)most;
    const struct trail_about *about = &asked->about;
    size_t found;
    if (about->subject != TRAIL_NOTHING)
        found = trail_list_of_subject(db, subjects[about->subject].code, about->row,
                                      about->code.n ? about->code : S(""), below, n, &lines);
    else if (asked->is_of_actor) found = trail_list_of_actor(db, asked->actor, below, n, &lines);
    else if (asked->organisation)
        found = trail_list_of_organisation(db, asked->organisation, below, n, &lines);
    else if (asked->deed != TRAIL_NO_DEED)
        found = trail_list_of_deed(db, deeds[asked->deed].code, below, n, &lines);
    else found = trail_list_all(db, below, n, &lines);
    for (size_t i = 0; i < found && i < most; i++) out[i] = shown(&lines[i]);
    return found < most ? found : most;
}

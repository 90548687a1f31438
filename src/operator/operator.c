#include "operator/operator.h"

#include "base/id.h"
#include "base/limits.h"
#include "operator/operator.sql.h"

const struct word operator_marks[] = {
    { S_CONST("none"), PHRASE_CONST("not asked for") },
    { S_CONST("asked"), PHRASE_CONST("asked for, not yet answered") },
    { S_CONST("granted"), PHRASE_CONST("granted by UNODC") },
    { { "", 0 }, { "" } },
};

static struct {
    struct arena words;
    struct operator_words is;
    uint64_t generation;
    bool is_read;
} known;

static void read_again(struct db *db)
{
    struct operator_row row;
    if (!known.words.limit) arena_open(&known.words, MIB(1));
    arena_empty(&known.words);
    known.is = (struct operator_words){ S(""), S(""), S(""), S(""), S("none"), S(""), 0 };
    if (!operator_last(db, &row)) return;
    struct arena *a = &known.words;
    known.is = (struct operator_words){
        .name = arena_str(a, row.name),
        .iso3 = arena_str(a, row.iso3),
        .contact = arena_str(a, row.contact),
        .address = arena_str(a, row.address),
        .mark = arena_str(a, row.mark),
        .mark_note = arena_str(a, row.mark_note),
        .said_at = row.said_at,
    };
}

const struct operator_words *operator_get(struct db *db)
{
    static const struct operator_words nobody = { .mark = S_CONST("none") };
    if (!db) return known.is_read ? &known.is : &nobody;
    db_note_read(db, "operator");
    uint64_t generation = db_generation(db, db_topic("operator"));
    if (!known.is_read || generation != known.generation) {
        read_again(db);
        known.generation = generation;
        known.is_read = true;
    }
    return &known.is;
}

static bool is_word_of(const struct word *words, str code)
{
    for (; words->code.n; words++)
        if (str_eq(words->code, code)) return true;
    return false;
}

static bool is_contact(str s)
{
    ptrdiff_t at = str_find(s, '@');
    if (str_find(s, ' ') >= 0) return false;
    if (str_starts(s, S("https://"))) return s.n > 11 && str_find(str_from(s, 8), '.') > 0;
    return at > 0 && str_find(str_from(s, (size_t)at + 1), '.') > 0;
}

enum operator_answer operator_say(struct db *db, const struct operator_words *w, id by, ms now)
{
    if (w->name.n < 2) return OPERATOR_NO_NAME;
    if (w->name.n > OPERATOR_NAME_MAX || w->contact.n > OPERATOR_NAME_MAX ||
        w->mark_note.n > OPERATOR_NAME_MAX || w->address.n > OPERATOR_ADDRESS_MAX)
        return OPERATOR_TOO_LONG;
    if (!lang_is_state(w->iso3)) return OPERATOR_NO_COUNTRY;
    if (!is_contact(w->contact)) return OPERATOR_NO_CONTACT;
    if (!is_word_of(operator_marks, w->mark)) return OPERATOR_NO_MARK;
    if (str_eq(w->mark, S("granted")) && w->mark_note.n < 3) return OPERATOR_NO_MARK;
    operator_add(db, id_new(), now, by, w->name, w->iso3, w->contact, w->address, w->mark,
                 w->mark_note);
    return OPERATOR_YES;
}

struct operator_alone_said operator_alone_of(struct db *db)
{
    struct operator_alone_row row;
    if (!operator_alone_last(db, &row)) return (struct operator_alone_said){ 0 };
    return (struct operator_alone_said){ row.is_alone, row.said_at, row.said_by };
}

bool operator_is_alone(struct db *db)
{
    return operator_alone_of(db).is_alone;
}

void operator_say_alone(struct db *db, bool is_alone, id by, ms now)
{
    operator_alone_add(db, id_new(), now, by, is_alone);
}

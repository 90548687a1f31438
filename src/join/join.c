/* Applications: stored sealed, found again by keyed hashes, moved from state to state by one guarded statement. */
#include "join/inside.h"

#include "base/id.h"
#include "seal/secret.h"
#include "send/send.h"
#include "trail/trail.h"

#include <assert.h>

#define BETWEEN '\x1f'

static str bytes(const unsigned char hash[SEAL_HASH_BYTES])
{
    return (str){ (const char *)hash, SEAL_HASH_BYTES };
}

void join_hash(const struct people *p, const char *context, str words,
               unsigned char out[SEAL_HASH_BYTES])
{
    seal_hash(seal_secret(p->keys, "addresses"), context, lang_bare(p->arena, str_trim(words)),
              out);
}

struct sealed join_close_mail(const struct people *p, id row, ms keep_until, str mail)
{
    return seal_close(p->keys, p->arena, &seal_join_application_mail, row, keep_until,
                      (personal){ mail });
}

struct sealed join_close_words(const struct people *p, id row, ms keep_until,
                               const str field[JOIN_FIELDS])
{
    struct sink out;
    sink_open(&out, p->arena, KIB(16));
    for (int i = 0; i < JOIN_FIELDS; i++) {
        if (i) put_char(&out, BETWEEN);
        put(&out, field[i]);
    }
    return seal_close(p->keys, p->arena, &seal_join_application_words, row, keep_until,
                      (personal){ sink_str(&out) });
}

static str opened(const struct people *p, const struct seal_column *column, id row,
                  struct sealed box, bool *is_gone)
{
    personal words;
    switch (seal_open(p->keys, p->arena, column, row, box, &words)) {
    case SEAL_OPENED: return words.words;
    case SEAL_KEY_GONE:
    case SEAL_DAMAGED: break;
    }
    *is_gone = true;
    return S("");
}

void join_open_row(const struct people *p, const struct join_row *row, struct join_application *out)
{
    const struct lang *l = lang_find(row->lang);
    *out = (struct join_application){
        .id = row->id,
        .iso3 = row->iso3,
        .partner = row->partner,
        .state = row->state,
        .lang = l ? l : lang_find(S("en")),
        .links = row->links,
        .erased = row->erased,
        .linked_at = row->linked_at,
        .made_at = row->made_at,
        .moved_at = row->moved_at,
        .decided_at = row->decided_at,
        .keep_until = row->keep_until,
        .reason = row->reason,
        .member = row->member,
        .joined_on = row->joined_on,
        .left_on = row->left_on,
        .decided_by = row->decided_by,
        .agreed_by = row->agreed_by,
        .organisation = row->organisation,
        .ending_by = row->ending_by,
    };
    bool is_kind = join_kind_named(row->kind, &out->kind);
    assert(is_kind);
    out->mail = opened(p, &seal_join_application_mail, row->id, row->mail, &out->is_closed);
    str rest = opened(p, &seal_join_application_words, row->id, row->words, &out->is_closed);
    for (int i = 0; i < JOIN_FIELDS; i++)
        out->field[i] = rest.p ? str_split(&rest, BETWEEN) : S("");
}

bool join_get(const struct people *p, id which, struct join_application *out)
{
    struct join_row row;
    bool is_there = join_application_get(p->db, which, &row) && row.keep_until > p->now;
    if (is_there) join_open_row(p, &row, out);
    return is_there;
}

bool join_is_paused(struct db *db)
{
    struct join_paused row;
    db_note_read(db, "join");
    return join_pause_get(db, &row);
}

bool join_is_line(str words, size_t most)
{
    static const char formula[] = "=@+-\t\r";
    if (words.n == 0 || words.n > most || str_has_control(words)) return false;
    for (size_t i = 0; i < words.n; i++)
        if ((unsigned char)words.p[i] < ' ') return false;
    return memchr(formula, words.p[0], sizeof formula - 1) == NULL;
}

void join_note(const struct people *p, int deed, id application, str code, id organisation)
{
    trail_add(p->db, (enum trail_deed)deed, p->by,
              (struct trail_about){ .subject = TRAIL_OF_APPLICATION,
                                    .row = application,
                                    .code = application ? S("") : code,
                                    .organisation = organisation },
              p->now);
}

bool join_to(const struct people *p, const struct join_application *a, ms seen, const char *state,
             ms keep_until)
{
    ms now = p->now > a->moved_at ? p->now
                                  : a->moved_at + 1; /* so that `seen` tells two moments apart */
    return join_move(p->db, a->id, a->state, seen, str_of(state),
                     join_close_mail(p, a->id, keep_until, a->mail),
                     join_close_words(p, a->id, keep_until, a->field), now, keep_until) > 0;
}

void join_say(const struct people *p, const struct join_application *a, const char *sort, str words,
              ms keep_until)
{
    id row = id_new();
    join_said_add(
        p->db, row, a->id, str_of(sort), p->by,
        seal_close(p->keys, p->arena, &seal_join_said_words, row, keep_until, (personal){ words }),
        p->now, keep_until);
}

str join_said_words(const struct people *p, const struct join_said_row *row)
{
    bool is_gone = false;
    return opened(p, &seal_join_said_words, row->id, row->words, &is_gone);
}

/* ---- the applicant ---- */

enum join_answer join_apply(const struct people *p, const struct join_application *a, id *made)
{
    struct join_count n;
    unsigned char mail[SEAL_HASH_BYTES], name[SEAL_HASH_BYTES], host[SEAL_HASH_BYTES];
    *made = 0;
    if (!send_is_configured()) return JOIN_NO_MAIL;
    if (join_is_paused(p->db)) return JOIN_PAUSED;
    join_made_since(p->db, p->now - 3600000, &n);
    if (n.n >= JOIN_HOUR_MAX) return JOIN_FULL;
    mail_hash(p, a->mail, mail);
    join_made_by_since(p->db, bytes(mail), p->now - DAY_MS, &n);
    if (n.n >= JOIN_SAME_MAX)
        return JOIN_YES; /* the same words for everybody: whose address it is is nobody's business */
    str site = join_host(p->arena, a->field[JOIN_SITE]);
    join_hash(p, "name that applied", a->kind == JOIN_STATE ? a->iso3 : a->field[JOIN_NAME], name);
    join_hash(p, "host that applied", site, host);
    bool has_name = a->kind != JOIN_ADVOCATE;
    ms keep_until = p->now + JOIN_UNCONFIRMED_MS;
    *made = id_new();
    join_application_add(p->db, *made, join_kinds[a->kind].code, a->iso3, a->partner,
                         lang_code(a->lang), bytes(mail), has_name ? bytes(name) : S(""),
                         site.n ? bytes(host) : S(""),
                         join_close_mail(p, *made, keep_until, a->mail),
                         join_close_words(p, *made, keep_until, a->field), p->now, keep_until);
    return JOIN_YES;
}

enum join_answer join_confirm(const struct people *p, id which)
{
    struct join_application a;
    if (!join_get(p, which, &a)) return JOIN_NO_SUCH;
    if (!str_eq(a.state, S("unconfirmed"))) return JOIN_YES;
    if (!join_to(p, &a, a.moved_at, "new", p->now + JOIN_PENDING_MS)) return JOIN_TOO_LATE;
    join_note(p, TRAIL_APPLICATION_RECEIVED, which, S(""), 0);
    return JOIN_YES;
}

enum join_answer join_reply(const struct people *p, id which, str words)
{
    struct join_application a;
    if (!join_get(p, which, &a)) return JOIN_NO_SUCH;
    if (!str_eq(a.state, S("asked"))) return JOIN_TOO_LATE;
    if (words.n == 0 || words.n > JOIN_SAID_MAX || str_has_control(words)) return JOIN_BAD_WORDS;
    ms keep_until = p->now + JOIN_PENDING_MS;
    if (!join_to(p, &a, a.moved_at, "new", keep_until)) return JOIN_TOO_LATE;
    join_say(p, &a, "answer", words, keep_until);
    join_note(p, TRAIL_QUESTION_ANSWERED, which, S(""), 0);
    return JOIN_YES;
}

static bool is_open(const struct join_application *a)
{
    return !str_eq(a->state, S("accepted")) && !str_eq(a->state, S("refused"));
}

enum join_answer join_withdraw(const struct people *p, id which)
{
    struct join_application a;
    if (!join_get(p, which, &a)) return JOIN_NO_SUCH;
    if (!is_open(&a)) return JOIN_TOO_LATE;
    join_forget(p->db, which);
    join_note(p, TRAIL_APPLICATION_WITHDRAWN, which, S(""), 0);
    return JOIN_YES;
}

enum join_answer join_forget_advocate(const struct people *p, id which)
{
    struct join_application a;
    if (!join_get(p, which, &a)) return JOIN_NO_SUCH;
    if (a.kind != JOIN_ADVOCATE || !str_eq(a.state, S("accepted"))) return JOIN_TOO_LATE;
    join_forget(p->db, which);
    db_note_write(p->db, "join"); /* one fewer is counted */
    join_note(p, TRAIL_MEMBER_LEFT, which, S(""), 0);
    return JOIN_YES;
}

bool join_may_link(const struct people *p, const struct join_application *a)
{
    ms wait = 600000;
    for (int64_t i = 1; i < a->links && wait < DAY_MS; i++) wait *= 2;
    if (p->now - a->linked_at < wait) return false;
    join_linked(p->db, a->id, p->now);
    return true;
}

/* ---- officers ask ---- */

enum join_answer join_ask(const struct people *p, id which, ms seen, str words)
{
    struct join_application a;
    if (!join_get(p, which, &a)) return JOIN_NO_SUCH;
    bool is_askable = str_eq(a.state, S("new")) || str_eq(a.state, S("asked"));
    if (!is_askable) return JOIN_TOO_LATE;
    if (words.n < 2 || words.n > JOIN_SAID_MAX || str_has_control(words)) return JOIN_BAD_WORDS;
    ms keep_until = p->now + JOIN_PENDING_MS;
    if (!join_to(p, &a, seen, "asked", keep_until)) return JOIN_TOO_LATE;
    join_say(p, &a, "question", words, keep_until);
    join_note(p, TRAIL_QUESTION_ASKED, which, S(""), 0);
    return JOIN_YES;
}

enum join_answer join_erase(const struct people *p, id which, enum join_field field, id said)
{
    struct join_application a;
    struct join_said_row *rows;
    if (!join_get(p, which, &a)) return JOIN_NO_SUCH;
    bool is_done = false;
    if (said) {
        size_t n = join_said_of(p->db, which, &rows);
        for (size_t i = 0; i < n; i++)
            if (rows[i].id == said && str_eq(rows[i].sort, S("answer")))
                is_done = join_said_erase(p->db, said, which,
                                          seal_close(p->keys, p->arena, &seal_join_said_words, said,
                                                     rows[i].keep_until, (personal){ S("") })) > 0;
    } else if (field < JOIN_FIELDS && a.field[field].n) {
        a.field[field] = S("");
        is_done = true;
    }
    if (!is_done) return JOIN_TOO_LATE;
    join_reseal(p->db, which, join_close_mail(p, which, a.keep_until, a.mail),
                join_close_words(p, which, a.keep_until, a.field), a.keep_until, a.erased + 1);
    join_note(p, TRAIL_CASE_ERASED, which, S(""), 0);
    return JOIN_YES;
}

void join_pause(const struct people *p, bool is_on)
{
    if (is_on) join_pause_put(p->db, p->now, p->by);
    else join_pause_drop(p->db);
    db_note_write(p->db, "join");
    trail_add(p->db, TRAIL_SETTING_CHANGED, p->by,
              (struct trail_about){ .subject = TRAIL_OF_SETTING,
                                    .code = is_on ? S("join.paused") : S("join.open") },
              p->now);
}

void join_keep_members(struct db *db, struct seal_keys *keys, ms now)
{
    struct people p = {
        .db = db, .arena = db_arena(db), .keys = keys, .lang = lang_find(S("en")), .now = now
    };
    struct join_row *rows;
    size_t n = join_applications_renewable(db, now + JOIN_MEMBER_MS, &rows);
    for (size_t i = 0; i < n; i++) {
        struct join_application a;
        ms keep_until = now + JOIN_MEMBER_MS + 60 * DAY_MS;
        join_open_row(&p, &rows[i], &a);
        if (a.is_closed) continue;
        join_reseal(db, a.id, join_close_mail(&p, a.id, keep_until, a.mail),
                    join_close_words(&p, a.id, keep_until, a.field), keep_until, a.erased);
    }
}

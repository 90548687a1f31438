#include "test/page/as.h"

#include "base/clock.h"
#include "base/id.h"
#include "people/people.h"
#include "web/reply.h"

#include <assert.h>

struct making {
    struct people p;
    const struct role *role;
    str name, organisation;
    id person, within;
    struct as *who;
};

static id organisation_named(struct db *db, str name, ms now)
{
    struct people_organisation *all;
    size_t n = people_organisations_all(db, &all);
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].name, name)) return all[i].id;
    id made = id_new();
    people_organisation_add(db, made, name, S("organisation"), S(""), S(""), now);
    return made;
}

static void make(struct db *db, void *self)
{
    struct making *m = self;
    struct person who;
    struct people_session session;
    str ignored, mail = ARENA_JOIN(m->p.arena, m->name, S("@test.example"));
    unsigned char hash[SEAL_HASH_BYTES];
    if (m->organisation.n) m->within = organisation_named(db, m->organisation, m->p.now);
    if (person_by_mail(&m->p, mail, &who, &ignored)) m->person = who.id;
    else if (person_add(&m->p, mail, m->name, S(""), &m->person) != PEOPLE_YES) assert(0);
    if (m->role && role_give(&m->p, m->person, m->role->code, m->within) != PEOPLE_YES) assert(0);
    personal secret = { S("12345678901234567890") };
    ms keep_until = m->p.now + 400 * DAY_MS;
    people_totp_put(db, m->person, seal_close(m->p.keys, m->p.arena, &seal_people_totp_secret, m->person, keep_until, secret), m->p.now, keep_until);
    people_totp_used(db, m->person, 1);
    str cookie = session_begin(&m->p, m->person, false);
    seal_hash(seal_secret(m->p.keys, "sessions"), "session", cookie, hash);
    assert(people_session_get(db, (str){ (const char *)hash, sizeof hash }, m->p.now, 0, &session));
    *m->who = (struct as){ session.id, ARENA_JOIN(m->p.arena, S("__Host-bh="), cookie) };
}

bool as_somebody(struct arena *a, struct db *db, const struct site *site, str words, struct as *who)
{
    str rest = str_trim(words), role = str_split(&rest, ' ');
    str name = rest.p ? str_split(&rest, ' ') : role;
    if (str_starts(name, S("@"))) name = role;
    ptrdiff_t at = str_find(words, '@');
    struct making m = { .p = { .db = db, .arena = a, .keys = site->keys, .lang = lang_find(S("en")), .now = clock_now() },
                        .role = role_named(role),
                        .name = name,
                        .organisation = at < 0 ? S("") : str_trim(str_from(words, (size_t)at + 1)),
                        .who = who };
    *who = (struct as){ 0, S("") };
    if (str_eq(role, S("nobody"))) return true;
    if (!m.role && !str_eq(role, S("anybody"))) return false; /* anybody: an account without a role */
    db_use_arena(db, a);
    db_write(db, make, &m);
    return true;
}

static void put_value(struct sink *out, struct arena *a, str value)
{
    struct sink plain;
    sink_open(&plain, a, MIB(1));
    for (size_t i = 0; i < value.n; i++) {
        bool is_line = value.p[i] == '\\' && i + 1 < value.n && value.p[i + 1] == 'n';
        put_char(&plain, is_line ? '\n' : value.p[i]);
        i += is_line;
    }
    url_part(out, sink_str(&plain));
}

bool as_in_haste;

str as_form(struct arena *a, const struct as *who, str fields)
{
    struct sink out;
    struct req rq = { .arena = a, .now = clock_now() - (as_in_haste ? 0 : 10000), .who = { .session = who->session } };
    as_in_haste = false;
    sink_open(&out, a, MIB(4));
    put_lit(&out, "token=");
    put(&out, token_make(&rq));
    fields = str_trim(fields);
    while (fields.n) {
        str name = str_split(&fields, '='), value;
        if (!fields.p) break;
        bool is_quoted = str_starts(fields, S("\""));
        if (is_quoted) fields = str_from(fields, 1);
        value = str_split(&fields, is_quoted ? '"' : ' ');
        put_char(&out, '&');
        url_part(&out, str_trim(name));
        put_char(&out, '=');
        put_value(&out, a, value);
        fields = fields.p ? str_trim(fields) : S("");
    }
    return sink_str(&out);
}

/* Sessions, slowing down, and the second factor by code. */
#include "base/id.h"
#include "people/people.h"
#include "seal/recovery.h"
#include "seal/totp.h"
#include "trail/trail.h"

static void cookie_hash(const struct people *p, str cookie, unsigned char out[SEAL_HASH_BYTES])
{
    seal_hash(seal_secret(p->keys, "sessions"), "session", cookie, out);
}

str session_begin(const struct people *p, id person, bool is_half)
{
    char words[SEAL_RANDOM_TEXT];
    unsigned char hash[SEAL_HASH_BYTES];
    id session = id_new();
    seal_random_text(words);
    str cookie = arena_str(p->arena, str_of(words));
    cookie_hash(p, cookie, hash);
    people_session_add(p->db, session, (str){ (const char *)hash, sizeof hash }, person, is_half,
                       p->now, p->now + (is_half ? HALF_KEEP_MS : SESSION_MS));
    if (is_half) return cookie;
    person_renew(p, person);
    trail_add(p->db, TRAIL_SIGNED_IN, person,
              (struct trail_about){ .subject = TRAIL_OF_SESSION, .row = session }, p->now);
    return cookie;
}

bool session_find(const struct people *p, str cookie, struct who *w, bool *is_due)
{
    struct people_session row;
    struct people_authenticator app;
    struct people_key *keys;
    unsigned char hash[SEAL_HASH_BYTES];
    personal name;
    if (cookie.n + 1 != SEAL_RANDOM_TEXT) return false;
    cookie_hash(p, cookie, hash);
    if (!people_session_get(p->db, (str){ (const char *)hash, sizeof hash }, p->now,
                            p->now - SESSION_IDLE_MS, &row))
        return false;
    if (seal_open(p->keys, p->arena, &seal_people_person_called, row.person, row.called, &name) !=
        SEAL_OPENED)
        return false; /* the keys are not those of these data: nobody is who they seem */
    *is_due = p->now - row.seen_at > SESSION_SEEN_MS;
    w->person = row.person;
    w->session = row.id;
    w->since = row.begun_at;
    w->name = name.words;
    bool needs_second = rights_fill(p, row.person, w);
    bool has_second = (people_totp_get(p->db, row.person, &app) && app.is_proved) ||
                      people_passkeys_of(p->db, row.person, &keys) > 0;
    w->state = row.is_half ? WHO_HALF : needs_second && !has_second ? WHO_BARE : WHO_WHOLE;
    return true;
}

/* ---- slowing down ----
 *
 * Counted by the address that was typed, whether it has an account or not, and once more for everybody together. No
 * address is kept: only its keyed hash, for a day. */
#define FREE_TRIES 5
#define WAIT_LEAST ((ms)2000)
#define WAIT_MOST  ((ms)300000)
#define ALL_TRIES  300 /* wrong ones by everybody in a minute */
#define ALL_WAIT   ((ms)10000)

static const unsigned char everybody[SEAL_HASH_BYTES] = "everybody";

static str key_of(const unsigned char account[SEAL_HASH_BYTES])
{
    return (str){ (const char *)account, SEAL_HASH_BYTES };
}

ms slow_wait(const struct people *p, const unsigned char account[SEAL_HASH_BYTES])
{
    struct people_slowed one = { 0 }, all = { 0 };
    (void)people_slow_get(p->db, key_of(account), p->now, &one);
    (void)people_slow_get(p->db, key_of(everybody), p->now, &all);
    ms until = one.wait_until > all.wait_until ? one.wait_until : all.wait_until;
    return until > p->now ? until - p->now : 0;
}

static ms wait_after(int64_t tries)
{
    ms wait = WAIT_LEAST;
    for (int64_t i = FREE_TRIES; i < tries && wait < WAIT_MOST; i++) wait *= 2;
    return tries < FREE_TRIES ? 0 : wait < WAIT_MOST ? wait : WAIT_MOST;
}

void slow_note(const struct people *p, const unsigned char account[SEAL_HASH_BYTES], id person)
{
    struct people_slowed one = { 0 }, all = { 0 };
    (void)people_slow_get(p->db, key_of(account), p->now, &one);
    (void)people_slow_get(p->db, key_of(everybody), p->now, &all);
    one.tries++;
    all.tries++;
    people_slow_put(p->db, key_of(account), one.tries, p->now + wait_after(one.tries),
                    p->now + (one.tries < FREE_TRIES ? DAY_MS / 24 : DAY_MS));
    people_slow_put(p->db, key_of(everybody), all.tries,
                    all.tries % ALL_TRIES == 0 ? p->now + ALL_WAIT : 0, p->now + 60000);
    if (one.tries == FREE_TRIES &&
        person) /* the trail never ends: strangers must not make it grow */
        trail_add(p->db, TRAIL_SIGN_IN_SLOWED, 0,
                  (struct trail_about){ .subject = TRAIL_OF_PERSON, .row = person }, p->now);
}

void slow_forget(const struct people *p, const unsigned char account[SEAL_HASH_BYTES])
{
    people_slow_drop(p->db, key_of(account));
}

/* ---- the second factor by code ---- */

static enum second_answer check_app(const struct people *p, id person, str typed)
{
    struct people_authenticator app;
    personal secret;
    int64_t step;
    if (!people_totp_get(p->db, person, &app)) return SECOND_WRONG;
    if (seal_open(p->keys, p->arena, &seal_people_totp_secret, person, app.secret, &secret) !=
            SEAL_OPENED ||
        secret.words.n != TOTP_SECRET_BYTES)
        return SECOND_WRONG;
    switch (totp_check((const unsigned char *)secret.words.p, typed, p->now, app.step, &step)) {
    case TOTP_RIGHT: break;
    case TOTP_WRONG: return SECOND_WRONG;
    case TOTP_USED: return SECOND_USED;
    }
    return people_totp_used(p->db, person, step) ? SECOND_RIGHT : SECOND_USED;
}

enum second_answer second_code(const struct people *p, id person, str typed)
{
    unsigned char hash[SEAL_HASH_BYTES];
    enum second_answer answer = check_app(p, person, typed);
    if (answer != SECOND_WRONG) return answer;
    personal words = { typed };
    if (!recovery_hash(seal_secret(p->keys, "recovery"), person, words, hash)) return SECOND_WRONG;
    if (!people_recovery_use(p->db, person, (str){ (const char *)hash, sizeof hash }))
        return SECOND_WRONG;
    trail_add(p->db, TRAIL_RECOVERY_USED, person,
              (struct trail_about){ .subject = TRAIL_OF_PERSON, .row = person }, p->now);
    return SECOND_RIGHT;
}

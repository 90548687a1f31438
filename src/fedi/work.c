#include "fedi/work.h"

#include "base/clock.h"
#include "base/log.h"
#include "seal/secret.h"

#define LEASE_MS     ((ms)60000) /* longer than two requests may take */
#define TRY_DAYS     3           /* then it is given up */
#define FAILING_DAYS 30 /* a host that takes nothing so long has nobody who follows any more */
#define HOST_DAYS    90
#define LOOK_TRIES   3

/* ---- taking ---- */

static str copy(struct work *w, str s)
{
    return arena_str(&w->arena, s);
}

/* A row whose words cannot be opened any more is no use to anybody. */
static bool open_delivery(struct works *all, struct work *w, const struct fedi_delivery_row *row)
{
    personal inbox, body;
    struct arena *a = db_arena(all->db);
    if (seal_open(all->followers.keys, a, &seal_fedi_box_address, row->box, row->address, &inbox) !=
        SEAL_OPENED)
        return false;
    w->inbox = copy(w, inbox.words);
    w->body = copy(w, row->body);
    if (!row->body.n) {
        if (seal_open(all->followers.keys, a, &seal_fedi_activity_words, row->activity, row->words,
                      &body) != SEAL_OPENED)
            return false;
        w->body = copy(w, body.words);
    }
    return fedi_url_read(w->inbox, &w->url);
}

bool work_take_delivery(struct works *all, struct work *w, const struct fedi_due *due, ms now)
{
    struct fedi_delivery_row row;
    ms far = now + FEDI_FAR_MS;
    if (!fedi_delivery_next(all->db, due->host, now, far, &row)) return false;
    if (!fedi_delivery_lease(all->db, row.activity, row.box, all->node, now, far, now + LEASE_MS))
        return false;
    w->kind = WORK_DELIVER;
    w->activity = row.activity;
    w->box = row.box;
    w->host = copy(w, due->host);
    w->lang = copy(w, row.lang);
    w->tries = row.tries;
    w->tried_from = row.tried_from;
    w->box_until = row.box_until;
    w->speaks = due->speaks;
    w->failing_since = due->failing_since;
    w->scheme = due->speaks == SIGN_RFC9421 + 1 ? SIGN_RFC9421 : SIGN_DRAFT;
    w->has_knocked = w->is_on_wire = false;
    if (open_delivery(all, w, &row)) return true;
    (void)fedi_delivery_done(all->db, row.activity, row.box);
    return false;
}

bool work_take_letter(struct works *all, struct work *w, const struct fedi_inbox_row *row, ms now)
{
    personal words;
    struct fedi_url url;
    if (!fedi_inbox_lease(all->db, row->id, now, now + FEDI_FAR_MS, now + LEASE_MS)) return false;
    w->kind = WORK_LOOK;
    w->row = row->id;
    w->tries = row->tries + 1;
    w->look = LOOK_AGAIN;
    w->found_inbox = S("");
    w->has_knocked = w->is_on_wire = false;
    w->speaks = 0;
    w->scheme = SIGN_DRAFT;
    bool is_read = seal_open(all->inbox_keys, &w->arena, &seal_fedi_inbox_words, row->id,
                             row->words, &words) == SEAL_OPENED &&
                   fedi_letter_unpack(&w->arena, words.words, &w->letter) &&
                   fedi_url_read(w->letter.actor, &url);
    /* What ends a follow that is none is no reason to ask anybody anything. */
    bool is_needed = is_read && (w->letter.kind == FEDI_FOLLOW ||
                                 follower_is(&all->followers, all->db, w->letter.actor));
    if (is_needed) {
        w->url = url;
        w->host = url.authority;
        w->lang = w->letter.lang.n ? w->letter.lang : S("en");
        return true;
    }
    (void)fedi_inbox_done(all->db, row->id);
    return false;
}

/* ---- sending ---- */

bool work_send(struct works *all, struct work *w)
{
    bool is_post = w->kind == WORK_DELIVER;
    struct sign_header *h = arena_new(&w->arena, struct sign_header, 10);
    size_t n = signer_headers(all->signer, &w->arena, w->lang, w->scheme, &w->url,
                              is_post ? w->body : S(""), clock_now() / 1000, h);
    w->began_us = clock_ticks_us();
    w->wire.status = 0;
    if (!n) return false;
    h[n++] = (struct sign_header){ S("Expect"), S("") };
    w->wire.url = is_post ? w->inbox : w->letter.actor;
    w->wire.is_post = is_post;
    w->wire.header = h;
    w->wire.headers_n = n;
    w->wire.body = w->body;
    w->wire.answer_most = is_post ? 0 : FEDI_ACTOR_BYTES;
    w->wire.self = w;
    w->is_on_wire = wire_begin(all->wires, &w->wire, &w->arena);
    return w->is_on_wire;
}

/* "Who are you?" may mean: I do not read this form of signature. */
bool work_knocks_again(struct works *all, struct work *w)
{
    int status = w->wire.status;
    bool is_closed = status == 400 || status == 401 || status == 403;
    if (!is_closed || w->has_knocked) return false;
    w->has_knocked = true;
    w->scheme = w->scheme == SIGN_DRAFT ? SIGN_RFC9421 : SIGN_DRAFT;
    return work_send(all, w);
}

/* ---- a letter ---- */

/* Of these kinds nobody can make a second signature from a first, and so send the same thing twice. */
static bool is_usual(const struct sign_key *key)
{
    return sign_key_algorithm(key) == SIGN_RSA_SHA256 || sign_key_algorithm(key) == SIGN_ED25519;
}

static void judge_document(struct work *w, ms now)
{
    struct fedi_other other;
    struct sign_said said;
    struct sign_message m = fedi_letter_message(&w->letter);
    w->look = LOOK_OVER;
    if (!fedi_other_read(&w->arena, w->wire.answer, w->letter.actor, &other)) return;
    if (sign_read(&w->arena, &m, &said) != SIGN_YES || sign_covers(&said) != SIGN_YES) return;
    if (sign_is_timely(&m, &said, now / 1000) != SIGN_YES) return;
    if (sign_digest_is_right(&w->arena, &m) != SIGN_YES) return;
    if (!str_eq(other.key_id, said.key_id)) return;
    const struct sign_key *key = sign_key_public(&w->arena, other.pem);
    if (!key || !is_usual(key) || sign_verify(&w->arena, &m, &said, key) != SIGN_YES) return;
    w->look = LOOK_TRUE;
    w->found_inbox = other.inbox;
}

void work_judge(struct work *w, ms now)
{
    int status = w->wire.status;
    bool is_gone = status == 404 || status == 410;
    if (status == 200) judge_document(w, now);
    else if (is_gone) w->look = w->letter.kind == FEDI_DELETE ? LOOK_TRUE : LOOK_OVER;
    else w->look = w->tries < LOOK_TRIES ? LOOK_AGAIN : LOOK_OVER;
}

static void note_look(struct works *all, struct work *w, ms now)
{
    if (w->look == LOOK_TRUE)
        (void)follower_take(&all->followers, all->db, &w->letter, w->found_inbox, now);
    if (w->look != LOOK_AGAIN) (void)fedi_inbox_done(all->db, w->row);
}

/* ---- a delivery ---- */

/* 1, 2, 4 ... minutes, six hours at most, a fifth more or less. */
static ms wait_after(int64_t tries)
{
    uint32_t noise;
    ms wait = (ms)60000 << (tries < 0 ? 0 : tries > 9 ? 9 : tries);
    if (wait > (ms)6 * 3600000) wait = (ms)6 * 3600000;
    seal_random(&noise, sizeof noise);
    if (fedi_setting()->trial_port) wait /= 60;
    return wait - wait / 5 + (ms)(noise % 1000) * (wait / 5) * 2 / 1000;
}

static void note_arrived(struct works *all, struct work *w, ms now)
{
    (void)fedi_delivery_done(all->db, w->activity, w->box);
    follower_arrived(&all->followers, all->db, w->box, w->inbox, w->box_until, now);
    int64_t speaks = (int64_t)w->scheme + 1;
    if (speaks != w->speaks || w->failing_since)
        (void)fedi_host_works(all->db, w->host, speaks, now + HOST_DAYS * DAY_MS);
}

static void note_failed(struct works *all, struct work *w, ms now)
{
    int status = w->wire.status;
    bool is_refused = status >= 400 && status < 500 && status != 404 && status != 408 &&
                      status != 429;
    ms from = w->tried_from ? w->tried_from : now, due = now + wait_after(w->tries);
    (void)fedi_host_fails(all->db, w->host, status, now, now + HOST_DAYS * DAY_MS);
    if (is_refused || due > from + TRY_DAYS * DAY_MS)
        (void)fedi_delivery_done(all->db, w->activity, w->box);
    else (void)fedi_delivery_later(all->db, w->activity, w->box, from, due);
    if (!is_refused) (void)fedi_deliveries_wait(all->db, w->host, due);
    bool is_dead = w->failing_since && now - w->failing_since > FAILING_DAYS * DAY_MS;
    if (!is_dead) return;
    (void)fedi_host_deliveries_end(all->db, w->host);
    (void)fedi_host_followers_end(all->db, w->host);
    (void)fedi_host_boxes_end(all->db, w->host);
}

static void note_delivery(struct works *all, struct work *w, ms now)
{
    int status = w->wire.status;
    if (status >= 200 && status < 300) {
        note_arrived(all, w, now);
    } else if (status == 410) {
        (void)fedi_deliveries_drop(all->db, w->box);
        (void)fedi_box_followers_end(all->db, w->box);
        (void)fedi_boxes_idle(all->db);
    } else {
        note_failed(all, w, now);
    }
}

void work_note(struct works *all, struct work *w, ms now)
{
    if (w->kind == WORK_LOOK) note_look(all, w, now);
    else note_delivery(all, w, now);
}

#include "send/sender.h"

#include "base/breakage.h"
#include "base/clock.h"
#include "base/log.h"
#include "store/schema.h"

#define IDLE_MS      1000             /* between two looks into an empty queue */
#define LEASE_MS     ((ms)120 * 1000) /* a node that died keeps its mails so long from others */
#define RENEW_MS     ((ms)40 * 1000)  /* of a lease, while a mail takes its time */
#define RECORD_MS    5000             /* between two tries to note what was sent */
#define REST_MIN_MS  5000             /* when the server is away; doubles */
#define REST_MOST_MS 300000

struct sender {
    struct process *process;
    const struct send_setting *setting;
    struct arena life, work;
    struct db *db;
    struct post *post;
    id taken[32]; /* leased and not yet tried: from `next` on */
    size_t next, taken_n;
    int64_t lease_us; /* when the leases were taken or renewed, monotonic */
    int rest_ms;      /* how long the server is left alone after its next failure */
    bool is_ending, is_in_trouble;
};

static const struct send_setting *setting;

void sender_place(const struct send_setting *s)
{
    setting = s;
}

/* ---- writing, which may fail at any time ---- */

/* One write transaction; false if the data cannot be reached, which the log then has. */
static bool write_down(struct sender *s, void (*work)(struct db *db, void *self), void *self)
{
    struct landing l;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) db_write(s->db, work, self);
    landing_leave(&l);
    if (jump == JUMP_NONE) return true;
    db_rollback(s->db);
    log_line(LOG_BAD, "mail: %s", l.why);
    return false;
}

static void pause_for(struct sender *s, int wait_ms)
{
    if (!process_pause(s->process, wait_ms)) s->is_ending = true;
}

/* ---- taking ---- */

static void take_leases(struct db *db, void *self)
{
    struct sender *s = self;
    ms now = clock_now();
    size_t kept = 0;
    for (size_t i = 0; i < s->taken_n; i++)
        if (send_lease(db, s->taken[i], s->setting->node, now, now + SEND_FAR_MS, now + LEASE_MS))
            s->taken[kept++] = s->taken[i];
    s->taken_n = kept;
}

static void renew_leases(struct db *db, void *self)
{
    struct sender *s = self;
    for (size_t i = s->next ? s->next - 1 : 0; i < s->taken_n; i++)
        send_lease_longer(db, s->taken[i], s->setting->node, clock_now() + LEASE_MS);
}

static void give_back(struct db *db, void *self)
{
    struct sender *s = self;
    for (size_t i = s->next; i < s->taken_n; i++)
        send_lease_end(db, s->taken[i], s->setting->node, clock_now());
}

static void drop_leases(struct sender *s)
{
    if (s->next < s->taken_n) (void)write_down(s, give_back, s); /* else they end by themselves */
    s->taken_n = s->next = 0;
}

/* Looks first, so that an idle sender writes nothing. */
static void take_some(struct sender *s)
{
    struct send_due *due;
    ms now = clock_now();
    db_begin_read(s->db);
    size_t n = send_mails_due(s->db, now, now + SEND_FAR_MS, &due);
    db_commit(s->db);
    s->next = s->taken_n = 0;
    for (size_t i = 0; i < n && i < COUNT_OF(s->taken); i++) s->taken[s->taken_n++] = due[i].id;
    if (s->taken_n == 0) return;
    s->lease_us = clock_ticks_us();
    if (!write_down(s, take_leases, s)) s->taken_n = 0;
}

static bool is_lease_old(const struct sender *s)
{
    return clock_ticks_us() - s->lease_us > RENEW_MS * 1000;
}

/* Called between libcurl's steps: must not jump, and does not. */
static void keep_lease(void *self)
{
    struct sender *s = self;
    if (!is_lease_old(s)) return;
    s->lease_us =
        clock_ticks_us(); /* tried again in RENEW_MS if it fails; LEASE_MS has room for two */
    (void)write_down(s, renew_leases, s);
}

/* ---- what became of a mail ---- */

struct outcome {
    struct sender *s;
    struct send_leased mail;
    struct post_result result;
    int64_t given_up; /* mails, when the server was away for too long */
};

static ms wait_after(int64_t tries)
{
    static const int minutes[] = { 1, 5, 15, 60, 240 };
    size_t i = tries < 0 ? 0 : (size_t)tries;
    return (ms)minutes[i < COUNT_OF(minutes) ? i : COUNT_OF(minutes) - 1] * 60000;
}

static void note_later(struct db *db, const struct outcome *o, int64_t node, ms now)
{
    const struct send_leased *m = &o->mail;
    ms from = m->tried_from ? m->tried_from : now, due = now + wait_after(m->tries);
    bool is_over = due > from + SEND_TRY_DAYS * DAY_MS || due >= m->useful_until;
    if (is_over) send_mail_failed(db, m->id, node, o->result.reason, now);
    else send_mail_later(db, m->id, node, from, due, o->result.reason);
}

static void note_outcome(struct db *db, void *self)
{
    const struct outcome *o = self;
    int64_t node = o->s->setting->node;
    enum send_reason reason = o->result.reason;
    ms now = clock_now();
    switch (o->result.answer) {
    case POST_TAKEN: send_mail_sent(db, o->mail.id, node, now); break;
    case POST_NOT_NOW: note_later(db, o, node, now); break;
    case POST_NO_SUCH: send_mail_over(db, o->mail.id, node, SEND_BOUNCED, reason, now); break;
    case POST_REFUSED: send_mail_failed(db, o->mail.id, node, reason, now); break;
    case POST_NO_SERVER: break; /* given back with the others */
    }
    if (o->s->is_in_trouble) send_server_works(db);
}

/* What was sent must be noted before anything else is: nothing more goes while it cannot be. */
static void record(struct sender *s, struct outcome *o)
{
    while (!write_down(s, note_outcome, o) && !s->is_ending) {
        pause_for(s, RECORD_MS);
        keep_lease(s);
    }
    if (s->is_in_trouble) log_line(LOG_NOTE, "mail: the server answers again");
    s->is_in_trouble = false;
    s->rest_ms = REST_MIN_MS;
}

/* A mail that no server was asked about. Its words stay, where a clock set right or a key put back may yet help. */
static void note_unsent(struct db *db, void *self)
{
    const struct outcome *o = self;
    int64_t node = o->s->setting->node;
    ms now = clock_now();
    switch (o->result.reason) {
    case REASON_NO_KEY: note_later(db, o, node, now); break;
    case REASON_TOO_LATE: send_mail_failed(db, o->mail.id, node, REASON_TOO_LATE, now); break;
    default: send_mail_over(db, o->mail.id, node, SEND_FAILED, o->result.reason, now);
    }
}

/* ---- one mail ---- */

static bool read_mail(struct sender *s, id key, struct send_leased *out)
{
    db_begin_read(s->db);
    bool is_there = send_leased_get(s->db, key, s->setting->node, out);
    db_commit(s->db);
    return is_there;
}

/* False: it cannot be sent, and why. */
static bool open_letter(struct sender *s, const struct send_leased *m, struct letter *out,
                        enum send_reason *why)
{
    personal words;
    *why = REASON_TOO_LATE;
    if (m->useful_until <= clock_now()) return false;
    *why = REASON_UNREADABLE;
    switch (seal_open(send_keys(), &s->work, &seal_send_mail_words, m->id, m->words, &words)) {
    case SEAL_OPENED: return letter_unpack(words.words, out);
    case SEAL_DAMAGED: return false;
    case SEAL_KEY_GONE: break;
    }
    *why = REASON_NO_KEY;
    log_line(LOG_BAD,
             "mail: a key is not here; several servers on one database share one folder of keys");
    return false;
}

static void note_trouble(struct db *db, void *self)
{
    const struct outcome *o = self;
    struct send_server_row server;
    ms now = clock_now();
    send_server_trouble(db, now, o->result.reason);
    if (!send_server_get(db, &server) || now - server.trouble_since < SEND_TRY_DAYS * DAY_MS)
        return;
    send_mails_give_up(db, now - SEND_TRY_DAYS * DAY_MS, o->result.reason, now);
}

/* Nothing was said about a mail: all wait, and the server is left alone, longer each time. */
static void leave_alone(struct sender *s, struct outcome *o)
{
    log_line(LOG_BAD, "mail: the server takes nothing: " STR_FMT " [%s]; next try in %d s",
             STR_ARG(send_reason_word(o->result.reason)->code), o->result.words, s->rest_ms / 1000);
    s->is_in_trouble = true;
    s->next--; /* this one too */
    drop_leases(s);
    while (write_down(s, note_trouble, o) && o->given_up) {}
    pause_for(s, s->rest_ms);
    s->rest_ms = s->rest_ms * 2 > REST_MOST_MS ? REST_MOST_MS : s->rest_ms * 2;
}

static void send_one(struct sender *s, id key)
{
    struct outcome *o = arena_new(&s->work, struct outcome, 1);
    struct letter *l = arena_new(&s->work, struct letter, 1);
    o->s = s;
    if (!read_mail(s, key, &o->mail)) return; /* called back, or another has it */
    if (!open_letter(s, &o->mail, l, &o->result.reason)) {
        (void)write_down(s, note_unsent, o);
        return;
    }
    str wire = letter_wire(&s->work, l, s->setting->post.from, o->mail.token, o->mail.queued_at);
    o->result = post_mail(s->post, l->to, o->mail.token, wire, keep_lease, s);
    if (o->result.answer == POST_NO_SERVER) leave_alone(s, o);
    else record(s, o);
}

/* ---- the process ---- */

static void free_leases(struct db *db, void *self)
{
    struct sender *s = self;
    send_leases_end(db, s->setting->node, db_is_sqlite(db), clock_now());
}

static void look_at_trouble(struct sender *s)
{
    struct send_server_row server;
    db_begin_read(s->db);
    s->is_in_trouble = send_server_get(s->db, &server) && server.trouble_since;
    db_commit(s->db);
}

/* A few mails, or none. Whatever breaks in here is said once and tried anew. */
static void round_of(struct sender *s)
{
    struct landing l;
    enum jump jump = LAND(&l);
    if (jump == JUMP_NONE) {
        if (s->next == s->taken_n) take_some(s);
        while (s->next < s->taken_n && !s->is_ending) {
            send_one(s, s->taken[s->next++]);
            arena_wipe(&s->work);
            keep_lease(s);
            pause_for(s, 0);
        }
    }
    landing_leave(&l);
    if (jump == JUMP_NONE) return;
    db_rollback(s->db);
    if (jump == JUMP_BROKEN) log_line(LOG_BAD, "mail: %s", l.why);
    s->next = s->taken_n = 0; /* their leases end */
    arena_wipe(&s->work);
    pause_for(s, RECORD_MS);
}

static void open_all(struct sender *s)
{
    arena_open(&s->life, LIFE_ARENA_MAX);
    arena_open(&s->work, REQUEST_ARENA_MAX);
    s->setting = setting;
    s->rest_ms = REST_MIN_MS;
    s->db = db_open(&s->life, setting->db_url, DB_SERVE);
    db_use_arena(s->db, &s->work);
    (void)send_keys();
    s->post = post_open(&s->life, &setting->post);
    db_write(s->db, free_leases, s); /* what a process before this one had when it died */
    look_at_trouble(s);
    arena_wipe(&s->work);
}

/* Without a landing at the start: what is broken there ends the process with its words, and the keeper tries anew,
 * more slowly each time. */
void sender_run(struct process *self)
{
    static struct sender s;
    s.process = self;
    open_all(&s);
    while (!s.is_ending) {
        round_of(&s);
        arena_wipe(&s.work);
        if (s.taken_n == 0 && !s.is_ending) pause_for(&s, IDLE_MS);
        else if (s.next == s.taken_n) s.next = s.taken_n = 0;
    }
    drop_leases(&s);
    arena_wipe(&s.work);
    arena_close(&s.work);
    arena_close(&s.life);
}

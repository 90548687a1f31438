/* What whoever runs the campaign may know and do about mail: counts, what failed and why, once more, no more. */
#include "send/inside.h"

struct send_counts send_count(struct db *db)
{
    struct send_counts c = { 0 };
    struct send_counted *rows;
    size_t n = send_counts_all(db, &rows);
    for (size_t i = 0; i < n; i++) {
        switch ((enum send_state)rows[i].state) {
        case SEND_WAITING: c.waiting = rows[i].mails; break;
        case SEND_SENT: c.sent = rows[i].mails; break;
        case SEND_FAILED: c.failed = rows[i].mails; break;
        case SEND_BOUNCED: c.bounced = rows[i].mails; break;
        case SEND_NONE:
        case SEND_FORGOTTEN: break;
        }
    }
    struct send_oldest_row oldest;
    send_oldest(db, &oldest);
    c.oldest_waiting = oldest.queued_at;
    struct send_server_row server;
    if (!send_server_get(db, &server) || !server.trouble_since) return c;
    c.trouble_since = server.trouble_since;
    c.trouble = send_reason_word(server.reason);
    return c;
}

static size_t list_state(struct db *db, enum send_state state, struct send_failed *out)
{
    struct send_listed *rows;
    size_t n = send_list(db, state, &rows);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct send_failed){ .name = rows[i].token,
                                       .room = rows[i].room,
                                       .kind = rows[i].kind,
                                       .queued_at = rows[i].queued_at,
                                       .ended_at = rows[i].ended_at,
                                       .tries = rows[i].tries,
                                       .is_bounced = state == SEND_BOUNCED,
                                       .reason = send_reason_word(rows[i].reason) };
    return n;
}

size_t send_failed_list(struct db *db, struct send_failed **out)
{
    *out = arena_new(db_arena(db), struct send_failed, 400); /* send_list gives 200 at most */
    size_t n = list_state(db, SEND_FAILED, *out);
    return n + list_state(db, SEND_BOUNCED, *out + n);
}

bool send_retry(struct db *db, str name, ms now)
{
    return send_retry_one(db, name, now) > 0;
}

bool send_forget(struct db *db, str name, ms now)
{
    return send_forget_one(db, name, now) > 0;
}

int64_t send_retry_all(struct db *db, ms now)
{
    return send_retry_some(db, now);
}

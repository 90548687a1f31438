/* The mail, as whoever keeps the house sees it: how much waits, what failed. No address, no words. */
#include "desk/inside.h"

#include "desk/mail.html.h"
#include "send/send.h"
#include "trail/trail.h"

static void mail(struct req *rq)
{
    struct send_failed *all;
    struct send_counts counts = send_count(rq->db);
    size_t n = send_failed_list(rq->db, &all);
    struct desk_mail_failed *failed = arena_new(rq->arena, struct desk_mail_failed, n + 1);
    for (size_t i = 0; i < n; i++) {
        failed[i] = (struct desk_mail_failed){
            .kind = ARENA_JOIN(rq->arena, all[i].room, S(" · "), all[i].kind),
            .queued = web_moment_of(rq, all[i].queued_at),
            .tries = all[i].tries,
            .is_bounced = all[i].is_bounced,
            .address = web_beneath_now(rq, S("/desk/mail/"), all[i].name),
        };
        if (all[i].reason) failed[i].reason = all[i].reason->phrase;
    }
    struct desk_mail v = { .is_on = send_is_configured(),
                           .waiting = counts.waiting,
                           .sent = counts.sent,
                           .action = web_beneath_now(rq, S("/desk/mail")),
                           .failed = failed,
                           .failed_n = n,
                           .none = n == 0,
                           .token = web_token(rq) };
    if (counts.oldest_waiting) v.oldest = web_day_of(rq, counts.oldest_waiting);
    if (counts.trouble) v.trouble = counts.trouble->phrase;
    if (counts.trouble_since) v.since = web_moment_of(rq, counts.trouble_since);
    str title = say(rq, PHRASE("Mail"));
    page(rq, (struct head){ .title = title, .description = title, .section = "mail" },
         &desk_mail_view, &v);
}

static void note(struct req *rq, enum trail_deed deed)
{
    trail_add(rq->db, deed, rq->who.person, (struct trail_about){ .subject = TRAIL_OF_MAIL },
              rq->now);
}

static void retry_all(struct req *rq)
{
    if (send_retry_all(rq->db, rq->now)) note(rq, TRAIL_MAIL_QUEUED);
    desk_go(rq, "saved", S("/desk/mail"));
}

static void retry(struct req *rq)
{
    if (send_retry(rq->db, in_path(rq, "mail"), rq->now)) note(rq, TRAIL_MAIL_QUEUED);
    desk_go(rq, "saved", S("/desk/mail"));
}

static void forget(struct req *rq)
{
    if (send_forget(rq->db, in_path(rq, "mail"), rq->now)) note(rq, TRAIL_MAIL_STOPPED);
    desk_go(rq, "removed", S("/desk/mail"));
}

void desk_mail_waits(struct req *rq)
{
    if (!who_may(&rq->who, MAY_OPERATE)) return;
    struct send_counts c = send_count(rq->db);
    str at = web_beneath_now(rq, S("/desk/mail"));
    desk_waits(rq, WAITS_NOW, PHRASES("{n} mail was not delivered", "{n} mails were not delivered"),
               c.failed + c.bounced, at);
    bool is_stuck = c.trouble || (c.waiting > 0 && !send_is_configured());
    desk_waits(rq, WAITS_NOW,
               PHRASES("{n} mail cannot leave: the mail server does not take it",
                       "{n} mails cannot leave: the mail server does not take them"),
               is_stuck ? c.waiting : 0, at);
}

const struct route desk_mail_routes[] = {
    { GET, DESK, "/desk/mail", MAY_OPERATE, mail, "Mail that waits or failed.", &desk_mail_view,
      NULL },
    { POST, DESK, "/desk/mail", MAY_OPERATE, retry_all, "Tries all failed mail again.", NULL,
      NULL },
    { POST, DESK, "/desk/mail/:mail/retry", MAY_OPERATE, retry, "Tries a mail again.", NULL, NULL },
    { POST, DESK, "/desk/mail/:mail/forget", MAY_OPERATE, forget, "Forgets a mail.", NULL, NULL },
    { 0 },
};

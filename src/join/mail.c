/* Links to what is followed, and the mails that hold them. Whoever opens the letter box may be somebody else: a mail says
 * that there is something and where, never what. */
#include "join/inside.h"

#include "send/send.h"

static const char *purpose_of(enum join_key purpose)
{
    return purpose == JOIN_KEY_CONFIRM ? "link that confirms" : "link that follows";
}

str join_key(struct req *rq, enum join_key purpose, id which)
{
    return web_key(rq, purpose_of(purpose), which);
}

bool join_key_read(struct req *rq, enum join_key purpose, str key, id *which)
{
    return web_key_read(rq, purpose_of(purpose), key, which);
}

str join_day(struct req *rq, ms at)
{
    return web_day_of(rq, at);
}

static void queue(struct req *rq, const struct join_application *a, const char *kind, str key,
                  const struct mail_phrase *words, size_t n, str address, ms until)
{
    struct mail mail = {
        .room = "join",
        .kind = kind,
        .key = key,
        .to = { a->mail },
        .lang = a->lang,
        .paragraphs = words,
        .paragraphs_n = n,
        .button = PHRASE("Open the page"),
        .address = address,
        .reason = { PHRASE("You get this because this address was given in a form on our site."),
                    NO_PLURAL, NULL, 0 },
        .useful_until = until
    };
    switch (send_mail(rq->db, &mail,
                      rq->now)) { /* an address that no longer takes mail shows at the desk */
    case SEND_QUEUED:
    case SEND_ALREADY:
    case SEND_BAD_ADDRESS:
    case SEND_BAD_WORDS:
    case SEND_TOO_LATE: break;
    }
}

static str address_of(struct req *rq, const struct join_application *a, const char *path, str key)
{
    return ARENA_JOIN(rq->arena, site_origin(rq), S("/"), lang_code(a->lang), str_of(path), key);
}

static str key_of(struct req *rq, id which, int64_t n)
{
    return arena_format(rq->arena, "%llu/%lld", (unsigned long long)which, (long long)n);
}

/* Nobody knows yet whose address it is. */
static bool may_ask(struct req *rq, const struct join_application *a)
{
    unsigned char hash[SEAL_HASH_BYTES];
    send_address_hash(a->mail, hash);
    return send_may_ask(rq->db, (str){ (const char *)hash, sizeof hash }, rq->now);
}

void join_mail_link(struct req *rq, const struct join_application *a)
{
    bool is_new = str_eq(a->state, S("unconfirmed"));
    if (is_new && !may_ask(rq, a)) return;
    struct mail_phrase confirm[] = {
        { PHRASE("Somebody, you we hope, gave this address on our site. If it was you, open the "
                 "page and press its button."),
          NO_PLURAL, NULL, 0 },
        { PHRASE("The link ends after 7 days. If it was not you, do nothing: all of it is deleted "
                 "then."),
          NO_PLURAL, NULL, 0 },
    };
    struct mail_phrase follow[] = {
        { PHRASE("This is the link you asked for. Keep it to yourself: whoever has it can read "
                 "what you sent."),
          NO_PLURAL, NULL, 0 },
    };
    if (is_new)
        queue(rq, a, "confirm", key_of(rq, a->id, a->links), confirm, COUNT_OF(confirm),
              address_of(rq, a, "/join/confirm/", join_key(rq, JOIN_KEY_CONFIRM, a->id)),
              a->keep_until);
    else
        queue(rq, a, "again", key_of(rq, a->id, a->links), follow, COUNT_OF(follow),
              address_of(rq, a, "/join/application/", join_key(rq, JOIN_KEY_FOLLOW, a->id)), 0);
}

void join_mail_news(struct req *rq, const struct join_application *a, const char *kind)
{
    bool is_question = strcmp(kind, "question") == 0;
    struct mail_phrase words[] = {
        { is_question ? PHRASE("There is a question for you. The page behind the button shows it "
                               "and takes your answer.")
                      : PHRASE("There is news for you. The page behind the button shows it."),
          NO_PLURAL, NULL, 0 },
    };
    queue(rq, a, kind, key_of(rq, a->id, rq->now), words, COUNT_OF(words),
          address_of(rq, a, "/join/application/", join_key(rq, JOIN_KEY_FOLLOW, a->id)), 0);
}

void join_mail_focal(struct req *rq, const struct join_application *a, str link)
{
    struct mail_phrase words[] = {
        { PHRASE("You were given a link that lets you in. It works once and for a week."),
          NO_PLURAL, NULL, 0 },
        { PHRASE("If you did not expect it, do nothing: it ends by itself."), NO_PLURAL, NULL, 0 },
    };
    queue(rq, a, "focal", key_of(rq, a->id, rq->now), words, COUNT_OF(words), link,
          rq->now + INVITE_KEEP_MS);
}

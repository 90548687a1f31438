#include "web/price.h"

#include "seal/secret.h"
#include "web/asset.h"
#include "web/reply.h"
#include "web/web.sql.h"

#include <openssl/sha.h>
#include <sodium.h>
#include <unistd.h>

#define MINUTE_MS  ((ms)60000)
#define HOUR       60
#define SLOTS      8 /* rows a minute's count is spread over: two writers seldom want the same */
#define MARK_TEXT  22
#define ANSWER_MAX 20
#define TOPIC      "web"

const struct word price_forms[] = {
    { S_CONST("pledge"), PHRASE_CONST("Pledges") },
    { S_CONST("follow"), PHRASE_CONST("Requests to get mail") },
    { S_CONST("ask"), PHRASE_CONST("Questions under texts") },
    { { "", 0 }, { "" } },
};

/* ---- how many came ---- */

static int64_t came(struct db *db, str form, ms now, int minutes)
{
    struct web_came row;
    web_load_since(db, form, now / MINUTE_MS - minutes, &row);
    return row.n;
}

struct price price_now(struct db *db, str form, ms now)
{
    struct price p = { .a_minute = came(db, form, now, PRICE_MINUTES) / PRICE_MINUTES,
                       .bits = PRICE_BITS_LEAST,
                       .wait = PRICE_WAIT_LEAST };
    for (int64_t n = p.a_minute; n > PRICE_CALM; n /= 2) {
        if (p.bits < PRICE_BITS_MOST) p.bits++;
        if (p.wait < PRICE_WAIT_MOST) p.wait *= 2;
    }
    if (p.wait > PRICE_WAIT_MOST) p.wait = PRICE_WAIT_MOST;
    return p;
}

bool price_is_shut(struct db *db, str form)
{
    struct web_shut row;
    db_note_read(db, TOPIC);
    return web_shut_get(db, form, &row);
}

void price_shut(struct db *db, str form, bool is_on, id by, ms now)
{
    db_note_write(db, TOPIC); /* a form's JSON says it too, and is kept */
    if (is_on) web_shut_put(db, form, now, by);
    else web_shut_drop(db, form);
}

/* ---- what is asked: the bits and a mark that ties them to this form's token ---- */

static void mark_of(struct req *rq, const char *form, str token, int64_t bits,
                    char out[MARK_TEXT + 1])
{
    unsigned char hash[SEAL_HASH_BYTES];
    str all = arena_format(rq->arena, "%s %lld " STR_FMT, form, (long long)bits, STR_ARG(token));
    seal_hash(seal_secret(site_keys(rq), "sessions"), "price of a form", all, hash);
    sodium_bin2base64(out, MARK_TEXT + 1, hash, 16, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

html web_price(struct req *rq, const char *form)
{
    char mark[MARK_TEXT + 1];
    struct price p = price_now(rq->db, str_of(form), rq->now);
    str token = token_make(rq);
    mark_of(rq, form, token, p.bits, mark);
    return (html){ arena_format(
        rq->arena,
        "<input type=\"hidden\" name=\"token\" value=\"" STR_FMT
        "\"><input type=\"hidden\" name=\"price\" value=\"%lld.%s\">"
        "<input type=\"hidden\" name=\"paid\"><p class=\"paying small\" role=\"status\" "
        "data-said=\"" STR_FMT "\"></p>",
        STR_ARG(token), (long long)p.bits, mark,
        STR_ARG(say(rq, PHRASE("One moment: your browser works out a number, so that no machine "
                               "sends this by the thousand.")))) };
}

/* ---- whether it was paid ---- */

static void count(struct req *rq, str what)
{
    web_load_add(rq->db, what, rq->now / MINUTE_MS, getpid() % SLOTS, rq->now + DAY_MS);
}

static int zero_bits(const unsigned char hash[SHA256_DIGEST_LENGTH])
{
    int n = 0;
    while (n < SHA256_DIGEST_LENGTH * 8 && !(hash[n / 8] >> (7 - n % 8) & 1)) n++;
    return n;
}

/* SHA-256 of "TOKEN.PRICE.ANSWER" begins with as many zero bits as the price says: of what was asked for, unless it rose
 * far since. Else whoever gathers forms and answers while it is calm could spend them all in one minute. */
static bool is_worked(struct req *rq, const char *form, const struct price *p, str token, str asked,
                      str answer)
{
    char mark[MARK_TEXT + 1];
    unsigned char hash[SHA256_DIGEST_LENGTH];
    int64_t bits;
    str whole = asked;
    bool is_price = str_to_int(str_split(&asked, '.'), &bits) && bits >= PRICE_BITS_LEAST &&
                    bits >= p->bits - PRICE_RISE && bits <= PRICE_BITS_MOST;
    if (!is_price || answer.n > ANSWER_MAX) return false;
    mark_of(rq, form, token, bits, mark);
    if (asked.n != MARK_TEXT || sodium_memcmp(mark, asked.p, MARK_TEXT) != 0) return false;
    str all = ARENA_JOIN(rq->arena, token, S("."), whole, S("."), answer);
    SHA256((const unsigned char *)all.p, all.n, hash);
    return zero_bits(hash) >= bits;
}

static enum price_answer paid_how(struct req *rq, const char *form, const struct price *p)
{
    str token = field_find(rq->in_form, rq->in_form_n, "token");
    str answer = in_form_line(rq, "paid");
    ms since;
    str bytes = web_token_bytes(rq, PRICE_WORK_MS);
    if (bytes.n == 0) return PRICE_UNPAID;
    uint64_t at;
    memcpy(&at, bytes.p, sizeof at);
    since = rq->now - (ms)at;
    if (answer.n)
        return is_worked(rq, form, p, token, in_form_line(rq, "price"), answer) ? PRICE_PAID
                                                                                : PRICE_UNPAID;
    if (since < p->wait) return PRICE_TOO_SOON;
    /* Many forms can lie open at once: when it is crowded only so many a minute get in by waiting. */
    str waited = ARENA_JOIN(rq->arena, str_of(form), S(" waited"));
    bool is_crowded = p->a_minute > PRICE_CALM;
    if (is_crowded && came(rq->db, waited, rq->now, 1) >= PRICE_CALM) return PRICE_TOO_SOON;
    if (is_crowded) count(rq, waited);
    return PRICE_PAID;
}

enum price_answer web_price_paid(struct req *rq, const char *form, int64_t most)
{
    struct price p = price_now(rq->db, str_of(form), rq->now);
    if (price_is_shut(rq->db, str_of(form))) return PRICE_SHUT;
    if (came(rq->db, str_of(form), rq->now, HOUR) >= most) return PRICE_CROWDED;
    enum price_answer answer = paid_how(rq, form, &p);
    if (answer != PRICE_PAID) return answer;
    count(rq, str_of(form));
    return PRICE_PAID;
}

struct phrase price_words(enum price_answer answer)
{
    switch (answer) {
    case PRICE_PAID: break;
    case PRICE_TOO_SOON:
        return PHRASE(
            "This came faster than people write, or at a time when very many come. Please "
            "wait a moment and send it once more: what you wrote stands below.");
    case PRICE_UNPAID:
        return PHRASE("This form lay open for too long, or was sent before. Please send it once "
                      "more: what you wrote stands below.");
    case PRICE_CROWDED:
        return PHRASE("Very many of these came within the last hour, from all the world. Please "
                      "send yours again later: what you wrote stands below.");
    case PRICE_SHUT:
        return PHRASE("Nothing is taken here at the moment: more came than can be handled with "
                      "care. Please come back later.");
    }
    return NO_PLURAL;
}

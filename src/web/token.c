/* The hidden field of a form: a moment, a random part, and a mark that only this site can make for this session. */
#include "base/clock.h"
#include "base/id.h"
#include "seal/secret.h"
#include "web/reply.h"
#include "web/web.sql.h"

#include <sodium.h>

/* 8 bytes of time, 8 at random, 16 of mark: 32, which is also a challenge for a passkey. The first 16 are what makes one
 * form differ from every other, and one challenge. */
enum { ONCE_BYTES = 16, MARK_BYTES = 16, TOKEN_BYTES = ONCE_BYTES + MARK_BYTES };

static void mark(const struct req *rq, const unsigned char once[ONCE_BYTES],
                 unsigned char out[MARK_BYTES])
{
    unsigned char all[sizeof(uint64_t) + ONCE_BYTES], hash[SEAL_HASH_BYTES];
    uint64_t session = rq->who.session;
    memcpy(all, &session, sizeof session);
    memcpy(all + sizeof session, once, ONCE_BYTES);
    seal_hash(serve_site(rq)->forms, "form", (str){ (const char *)all, sizeof all }, hash);
    memcpy(out, hash, MARK_BYTES);
}

str token_make(struct req *rq)
{
    unsigned char bytes[TOKEN_BYTES];
    uint64_t now = (uint64_t)rq->now;
    memcpy(bytes, &now, sizeof now);
    randombytes_buf(bytes + sizeof now, ONCE_BYTES - sizeof now);
    mark(rq, bytes, bytes + ONCE_BYTES);
    size_t room = sodium_base64_encoded_len(sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_take(rq->arena, room);
    sodium_bin2base64(text, room, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    rq->is_fresh = true;
    return str_of(text);
}

html web_token(struct req *rq)
{
    return (html){ ARENA_JOIN(rq->arena, S("<input type=\"hidden\" name=\"token\" value=\""),
                              token_make(rq), S("\">")) };
}

static bool token_read(str text, unsigned char bytes[TOKEN_BYTES])
{
    size_t n = 0;
    return sodium_base642bin(bytes, TOKEN_BYTES, text.p, text.n, NULL, &n, NULL,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
           n == TOKEN_BYTES;
}

static void hash_piece(crypto_generichash_state *all, str piece)
{
    uint64_t n = piece.n;
    crypto_generichash_update(all, (const unsigned char *)&n, sizeof n);
    crypto_generichash_update(all, (const unsigned char *)piece.p, piece.n);
}

/* What makes this deed differ from every other: the form, where it was sent, and all that stands in it. So the same form
 * sent twice is done once, and another sent from the same page, or this one with other words in it, is not taken for it. */
static str deed_of(const struct req *rq, const unsigned char token[TOKEN_BYTES])
{
    unsigned char *out = arena_take(rq->arena, ONCE_BYTES);
    crypto_generichash_state all;
    crypto_generichash_init(&all, token, TOKEN_BYTES, ONCE_BYTES);
    hash_piece(&all, rq->path);
    for (int i = 0; i < rq->in_form_n; i++) {
        hash_piece(&all, rq->in_form[i].name);
        hash_piece(&all, rq->in_form[i].value);
    }
    for (int i = 0; i < rq->in_file_n; i++) {
        hash_piece(&all, rq->in_file[i].name);
        hash_piece(&all, rq->in_file[i].body);
    }
    crypto_generichash_final(&all, out, ONCE_BYTES);
    return (str){ (const char *)out, ONCE_BYTES };
}

enum token_answer token_check(const struct req *rq, str text, str *once)
{
    unsigned char bytes[TOKEN_BYTES], right[MARK_BYTES];
    uint64_t at;
    if (!token_read(text, bytes)) return TOKEN_FOREIGN;
    mark(rq, bytes, right);
    if (sodium_memcmp(right, bytes + ONCE_BYTES, MARK_BYTES) != 0) return TOKEN_FOREIGN;
    memcpy(&at, bytes, sizeof at);
    if ((ms)at > rq->now || rq->now - (ms)at > TOKEN_MS) return TOKEN_OLD;
    *once = deed_of(rq, bytes);
    return TOKEN_GOOD;
}

str web_token_bytes(struct req *rq, ms most)
{
    unsigned char bytes[TOKEN_BYTES];
    struct web_done used;
    uint64_t at;
    if (!token_read(field_find(rq->in_form, rq->in_form_n, "token"), bytes)) return S("");
    memcpy(&at, bytes, sizeof at);
    if (rq->now - (ms)at > most) return S("");
    rq->challenge = arena_str(rq->arena, (str){ (const char *)bytes, ONCE_BYTES });
    if (web_once_get(rq->db, rq->challenge, &used)) return S("");
    return arena_str(rq->arena, (str){ (const char *)bytes, TOKEN_BYTES });
}

str web_id(struct req *rq, id which)
{
    char text[ID_SHOWN_TEXT];
    id_shown(serve_site(rq)->ids, which, text);
    return arena_str(rq->arena, str_of(text));
}

bool in_path_id(const struct req *rq, const char *name, id *which)
{
    return id_read(serve_site(rq)->ids, in_path(rq, name), which);
}

bool in_form_id(const struct req *rq, const char *name, id *which)
{
    return id_read(serve_site(rq)->ids, in_form_line(rq, name), which);
}

bool web_id_read(const struct req *rq, str shown, id *which)
{
    return id_read(serve_site(rq)->ids, shown, which);
}

bool in_query_id(const struct req *rq, const char *name, id *which)
{
    return id_read(serve_site(rq)->ids, in_query(rq, name), which);
}

bool once_is_done(struct req *rq)
{
    struct web_done row;
    if (!rq->once.n || !web_once_get(rq->db, rq->once, &row)) return false;
    go_to(rq, 303, row.location);
    return true;
}

/* Only of a deed: whoever sends forms that do nothing fills no disk. */
void once_note(struct req *rq)
{
    ms keep_until = rq->now + TOKEN_MS + DAY_MS;
    if (!rq->once.n || rq->reply->status != 303 || !db_has_written(rq->db)) return;
    web_once_add(rq->db, rq->once, rq->reply->location, keep_until);
    if (rq->challenge.n) web_once_add(rq->db, rq->challenge, S(""), keep_until);
}

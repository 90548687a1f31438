/* What another server sent, between the inbox that takes it and the deliverer that looks at it; and what another server
 * says of an actor. Strict: what cannot be read in one way only is refused. */
#include "base/limits.h"
#include "fedi/inside.h"
#include "seal/json.h"

static str words_of(const struct json *j, const char *name)
{
    const struct json_member *m = json_get(j, str_of(name));
    return m && m->type == JSON_IS_TEXT ? m->text : S("");
}

/* An object stands as its address, or whole with an address in it. */
static bool object_of(struct arena *a, const struct json *j, struct json *whole, str *id)
{
    const struct json_member *m = json_get(j, S("object"));
    whole->n = 0;
    *id = S("");
    if (m && m->type == JSON_IS_TEXT) *id = m->text;
    if (!m || m->type != JSON_IS_OBJECT) return m && m->type == JSON_IS_TEXT;
    if (!json_read(a, m->text, whole)) return false;
    *id = words_of(whole, "id");
    return true;
}

static bool is_address(str s)
{
    struct fedi_url url;
    return fedi_url_read(s, &url);
}

static enum fedi_letter_answer read_follow(str object, struct fedi_letter *out)
{
    out->kind = FEDI_FOLLOW;
    out->object = object;
    return fedi_actor_is(object, &out->lang) ? LETTER_YES : LETTER_NOTHING;
}

/* Undone may be anything: only a Follow matters. Where the Follow stands only by its address, that must be known. */
static enum fedi_letter_answer read_undo(struct arena *a, const struct json *whole, str object,
                                         struct fedi_letter *out)
{
    struct json inside;
    str followed;
    out->kind = FEDI_UNDO;
    out->object = object;
    if (!whole->n) return object.n ? LETTER_YES : LETTER_NOTHING;
    if (!str_eq(words_of(whole, "type"), S("Follow"))) return LETTER_NOTHING;
    str by = words_of(whole, "actor");
    if (by.n && !str_eq(by, out->actor)) return LETTER_BAD;
    if (!object_of(a, whole, &inside, &followed)) return LETTER_NOTHING;
    return fedi_actor_is(followed, &out->lang) ? LETTER_YES : LETTER_NOTHING;
}

enum fedi_letter_answer fedi_letter_read(struct arena *a, str body, struct fedi_letter *out)
{
    struct json *j = arena_new(a, struct json, 1), *whole = arena_new(a, struct json, 1);
    str object;
    if (!json_read(a, body, j)) return LETTER_BAD;
    str type = words_of(j, "type");
    out->id = words_of(j, "id");
    out->actor = words_of(j, "actor");
    out->object = out->lang = S("");
    if (!type.n || !is_address(out->actor)) return LETTER_BAD;
    bool is_read = object_of(a, j, whole, &object);
    bool is_of_actor = str_eq(object, out->actor);
    if (str_eq(type, S("Follow"))) {
        if (!is_read || !is_address(out->id)) return LETTER_BAD;
        return read_follow(object, out);
    }
    if (str_eq(type, S("Undo"))) return is_read ? read_undo(a, whole, object, out) : LETTER_BAD;
    out->kind = str_eq(type, S("Delete")) ? FEDI_DELETE : FEDI_MOVE;
    bool is_end = str_eq(type, S("Delete")) || str_eq(type, S("Move"));
    return is_end && is_of_actor ? LETTER_YES : LETTER_NOTHING;
}

/* ---- kept for a while ---- */

/* Numbered pieces: "length\nbytes". */
static void put_piece(struct sink *out, str piece)
{
    put_int(out, (int64_t)piece.n);
    put_char(out, '\n');
    put(out, piece);
}

static bool take_piece(str *rest, str *out)
{
    int64_t n;
    str length = str_split(rest, '\n');
    if (!rest->p || !str_to_int(length, &n) || n < 0 || (size_t)n > rest->n) return false;
    *out = str_cut(*rest, (size_t)n);
    *rest = str_from(*rest, (size_t)n);
    return true;
}

str fedi_letter_pack(struct arena *a, const struct fedi_letter *l)
{
    struct sink out;
    sink_open(&out, a, BODY_MAX + HEADER_POOL_BYTES * 4);
    put_piece(&out, l->method);
    put_piece(&out, l->path);
    put_int(&out, (int64_t)l->headers_n);
    put_char(&out, '\n');
    for (size_t i = 0; i < l->headers_n; i++) {
        put_piece(&out, l->header[i].name);
        put_piece(&out, l->header[i].value);
    }
    put_piece(&out, l->body);
    return sink_str(&out);
}

bool fedi_letter_unpack(struct arena *a, str packed, struct fedi_letter *l)
{
    int64_t n;
    str rest = packed;
    *l = (struct fedi_letter){ 0 };
    if (!take_piece(&rest, &l->method) || !take_piece(&rest, &l->path)) return false;
    str count = str_split(&rest, '\n');
    if (!rest.p || !str_to_int(count, &n) || n < 0 || n > HEADER_FIELDS_MAX + 1) return false;
    struct sign_header *all = arena_new(a, struct sign_header, (size_t)n + 1);
    for (int64_t i = 0; i < n; i++)
        if (!take_piece(&rest, &all[i].name) || !take_piece(&rest, &all[i].value)) return false;
    l->header = all;
    l->headers_n = (size_t)n;
    if (!take_piece(&rest, &l->body) || rest.n) return false;
    return fedi_letter_read(a, l->body, l) == LETTER_YES;
}

struct sign_message fedi_letter_message(const struct fedi_letter *l)
{
    str origin = fedi_setting()->origin;
    bool is_https = str_starts(origin, S("https://"));
    return (struct sign_message){ .method = l->method,
                                  .scheme = is_https ? S("https") : S("http"),
                                  .authority = fedi_host(),
                                  .path = l->path,
                                  .query = { NULL, 0 },
                                  .header = l->header,
                                  .headers_n = l->headers_n,
                                  .body = l->body };
}

/* ---- an actor elsewhere ---- */

bool fedi_other_read(struct arena *a, str document, str actor, struct fedi_other *out)
{
    struct json *j = arena_new(a, struct json, 1), *inside = arena_new(a, struct json, 1);
    if (!json_read(a, document, j) || !str_eq(words_of(j, "id"), actor)) return false;
    const struct json_member *key = json_get(j, S("publicKey")),
                             *ends = json_get(j, S("endpoints"));
    out->inbox = words_of(j, "inbox");
    if (ends && ends->type == JSON_IS_OBJECT && json_read(a, ends->text, inside)) {
        str shared = words_of(inside, "sharedInbox");
        if (shared.n) out->inbox = shared;
    }
    /* An inbox elsewhere would make us send to whom nobody asked. */
    if (!fedi_url_same_host(out->inbox, actor)) return false;
    if (!key || key->type != JSON_IS_OBJECT || !json_read(a, key->text, inside)) return false;
    out->key_id = words_of(inside, "id");
    out->pem = words_of(inside, "publicKeyPem");
    return out->pem.n && str_eq(words_of(inside, "owner"), actor) &&
           fedi_url_same_host(out->key_id, actor);
}

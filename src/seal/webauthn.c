#include "seal/webauthn.h"

#include "base/limits.h"
#include "seal/cbor.h"
#include "seal/json.h"
#include "seal/letters.h"
#include "seal/secret.h"
#include "seal/signature.h"

#include <sodium.h>

#define HASH_BYTES  crypto_hash_sha256_BYTES
#define DATA_LEAST  (HASH_BYTES + 1 + 4) /* hash, flags, counter */
#define MODEL_BYTES 16

enum flag { UP = 1, UV = 4, BE = 8, BS = 16, AT = 64, ED = 128 };

const char *webauthn_answer_code(enum webauthn_answer answer)
{
    switch (answer) {
    case WEBAUTHN_YES: return "yes";
    case WEBAUTHN_TOO_LONG: return "too-long";
    case WEBAUTHN_BAD_CLIENT_DATA: return "bad-client-data";
    case WEBAUTHN_OTHER_PURPOSE: return "other-purpose";
    case WEBAUTHN_OTHER_CHALLENGE: return "other-challenge";
    case WEBAUTHN_OTHER_ORIGIN: return "other-origin";
    case WEBAUTHN_FRAMED: return "framed";
    case WEBAUTHN_BAD_ATTESTATION: return "bad-attestation";
    case WEBAUTHN_BAD_DATA: return "bad-data";
    case WEBAUTHN_OTHER_SITE: return "other-site";
    case WEBAUTHN_NOBODY_THERE: return "nobody-there";
    case WEBAUTHN_BAD_BACKUP: return "bad-backup";
    case WEBAUTHN_UNKNOWN_KEY: return "unknown-key";
    case WEBAUTHN_BAD_KEY: return "bad-key";
    case WEBAUTHN_BAD_SIGNATURE: return "bad-signature";
    case WEBAUTHN_CLONED: return "cloned";
    }
    return "";
}

void webauthn_challenge_make(unsigned char out[WEBAUTHN_CHALLENGE_BYTES])
{
    seal_random(out, WEBAUTHN_CHALLENGE_BYTES);
}

static bool is_text(const struct json *j, str name, str *text)
{
    const struct json_member *m = json_get(j, name);
    if (!m || m->type != JSON_IS_TEXT) return false;
    *text = m->text;
    return true;
}

/* What the browser says: for which purpose, to which question, on which site. */
static enum webauthn_answer read_client(struct arena *a, const struct webauthn_site *site,
                                        str purpose, str challenge, str client_data)
{
    struct json *j = arena_new(a, struct json, 1);
    str type, answered, origin, bytes;
    if (client_data.n > CLIENT_DATA_MAX) return WEBAUTHN_TOO_LONG;
    if (!json_read(a, client_data, j) || !is_text(j, S("type"), &type) ||
        !is_text(j, S("challenge"), &answered) || !is_text(j, S("origin"), &origin))
        return WEBAUTHN_BAD_CLIENT_DATA;
    const struct json_member *framed = json_get(j, S("crossOrigin"));
    if (framed && framed->type != JSON_IS_FALSE && framed->type != JSON_IS_TRUE)
        return WEBAUTHN_BAD_CLIENT_DATA;
    if (!str_eq(type, purpose)) return WEBAUTHN_OTHER_PURPOSE;
    if (challenge.n != WEBAUTHN_CHALLENGE_BYTES ||
        !base64url_read(a, answered, WEBAUTHN_CHALLENGE_BYTES, &bytes) ||
        !seal_equal_words(bytes, challenge))
        return WEBAUTHN_OTHER_CHALLENGE;
    if (!str_eq(origin, site->origin)) return WEBAUTHN_OTHER_ORIGIN;
    if ((framed && framed->type == JSON_IS_TRUE) || json_get(j, S("topOrigin")))
        return WEBAUTHN_FRAMED;
    return WEBAUTHN_YES;
}

struct data {
    unsigned flags;
    int64_t counter;
    str model, credential, cose;
};

/* The new key inside an authenticator's data; *rest is left behind it. */
static bool read_credential(str *rest, struct data *d)
{
    struct cbor_item key;
    if (rest->n < MODEL_BYTES + 2) return false;
    d->model = str_cut(*rest, MODEL_BYTES);
    size_t n = (size_t)(unsigned char)rest->p[MODEL_BYTES] << 8 |
               (unsigned char)rest->p[MODEL_BYTES + 1];
    *rest = str_from(*rest, MODEL_BYTES + 2);
    if (n == 0 || n > CREDENTIAL_ID_MAX || n > rest->n) return false;
    d->credential = str_cut(*rest, n);
    *rest = str_from(*rest, n);
    str before = *rest;
    if (!cbor_read(rest, &key) || key.type != CBOR_MAP) return false;
    d->cose = (str){ before.p, before.n - rest->n };
    return true;
}

static enum webauthn_answer read_data(str in, const struct webauthn_site *site, struct data *d)
{
    unsigned char hash[HASH_BYTES];
    struct cbor_item extensions;
    *d = (struct data){ 0 };
    if (in.n > AUTHENTICATOR_DATA_MAX) return WEBAUTHN_TOO_LONG;
    if (in.n < DATA_LEAST) return WEBAUTHN_BAD_DATA;
    const unsigned char *p = (const unsigned char *)in.p;
    d->flags = p[HASH_BYTES];
    for (int i = 1; i <= 4; i++) d->counter = d->counter << 8 | p[HASH_BYTES + i];
    str rest = str_from(in, DATA_LEAST);
    if (d->flags & AT && !read_credential(&rest, d)) return WEBAUTHN_BAD_DATA;
    if (d->flags & ED && (!cbor_read(&rest, &extensions) || extensions.type != CBOR_MAP))
        return WEBAUTHN_BAD_DATA;
    if (rest.n) return WEBAUTHN_BAD_DATA;

    crypto_hash_sha256(hash, (const unsigned char *)site->name.p, site->name.n);
    if (!seal_equal(hash, in.p, HASH_BYTES)) return WEBAUTHN_OTHER_SITE;
    if (!(d->flags & UP)) return WEBAUTHN_NOBODY_THERE;
    if (d->flags & BS && !(d->flags & BE)) return WEBAUTHN_BAD_BACKUP;
    return WEBAUTHN_YES;
}

/* {"fmt": text, "attStmt": map, "authData": bytes} and nothing more. A statement of "none" is empty. */
static bool read_attestation(str in, str *data)
{
    struct cbor_item map, fmt, statement, bytes;
    if (!cbor_read(&in, &map) || in.n || map.type != CBOR_MAP || map.number != 3) return false;
    if (!cbor_in_text(&map, S("fmt"), &fmt) || fmt.type != CBOR_TEXT ||
        !cbor_in_text(&map, S("attStmt"), &statement) ||
        (statement.type != CBOR_MAP && statement.type != CBOR_ARRAY) ||
        !cbor_in_text(&map, S("authData"), &bytes) || bytes.type != CBOR_BYTES)
        return false;
    *data = bytes.bytes;
    return !str_eq(fmt.bytes, S("none")) || statement.number == 0;
}

enum webauthn_answer webauthn_register(struct arena *a, const struct webauthn_site *site,
                                       str challenge, str client_data, str attestation_object,
                                       struct webauthn_key *key)
{
    struct data d;
    str bytes;
    *key = (struct webauthn_key){ 0 };
    enum webauthn_answer answer = read_client(a, site, S("webauthn.create"), challenge,
                                              client_data);
    if (answer != WEBAUTHN_YES) return answer;
    if (attestation_object.n > ATTESTATION_MAX) return WEBAUTHN_TOO_LONG;
    if (!read_attestation(attestation_object, &bytes)) return WEBAUTHN_BAD_ATTESTATION;
    answer = read_data(bytes, site, &d);
    if (answer != WEBAUTHN_YES) return answer;
    if (!(d.flags & AT)) return WEBAUTHN_BAD_DATA;

    key->credential = arena_str(a, d.credential);
    key->cose = arena_str(a, d.cose);
    key->counter = d.counter;
    key->is_verified = d.flags & UV;
    key->may_be_backed_up = d.flags & BE;
    key->is_backed_up = d.flags & BS;
    memcpy(key->model, d.model.p, MODEL_BYTES);
    switch (cose_look(d.cose, &key->algorithm)) {
    case COSE_YES: return WEBAUTHN_YES;
    case COSE_UNKNOWN: return WEBAUTHN_UNKNOWN_KEY;
    case COSE_BAD:
    case COSE_WRONG: break;
    }
    return WEBAUTHN_BAD_KEY;
}

/* Signed is the authenticator's data followed by the hash of what the browser said. */
static enum webauthn_answer check_signature(struct arena *a, const struct webauthn_key *key,
                                            str data, str client_data, str signature)
{
    unsigned char *words = arena_take(a, data.n + HASH_BYTES);
    memcpy(words, data.p, data.n);
    crypto_hash_sha256(words + data.n, (const unsigned char *)client_data.p, client_data.n);
    switch (cose_verify(key->cose, (str){ (const char *)words, data.n + HASH_BYTES }, signature)) {
    case COSE_YES: return WEBAUTHN_YES;
    case COSE_WRONG: return WEBAUTHN_BAD_SIGNATURE;
    case COSE_UNKNOWN: return WEBAUTHN_UNKNOWN_KEY;
    case COSE_BAD: break;
    }
    return WEBAUTHN_BAD_KEY;
}

enum webauthn_answer webauthn_verify(struct arena *a, const struct webauthn_site *site,
                                     str challenge, const struct webauthn_key *key, str client_data,
                                     str authenticator_data, str signature,
                                     struct webauthn_seen *seen)
{
    struct data d;
    *seen = (struct webauthn_seen){ 0 };
    enum webauthn_answer answer = read_client(a, site, S("webauthn.get"), challenge, client_data);
    if (answer != WEBAUTHN_YES) return answer;
    if (signature.n == 0 || signature.n > WEBAUTHN_SIGNATURE_MAX) return WEBAUTHN_TOO_LONG;
    answer = read_data(authenticator_data, site, &d);
    if (answer != WEBAUTHN_YES) return answer;
    answer = check_signature(a, key, authenticator_data, client_data, signature);
    if (answer != WEBAUTHN_YES) return answer;

    /* Only what was truly signed may raise an alarm. */
    bool may_be_backed_up = d.flags & BE;
    if (may_be_backed_up != key->may_be_backed_up) return WEBAUTHN_BAD_BACKUP;
    bool does_count = d.counter || key->counter;
    if (does_count && d.counter <= key->counter) return WEBAUTHN_CLONED;
    *seen = (struct webauthn_seen){ .counter = d.counter,
                                    .is_verified = d.flags & UV,
                                    .is_backed_up = d.flags & BS };
    return WEBAUTHN_YES;
}

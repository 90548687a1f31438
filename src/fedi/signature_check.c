/* Around a signature: the body's digest, its moment, its words; and signing. */
#include "base/clock.h"
#include "base/day.h"
#include "base/limits.h"
#include "fedi/signature.h"

#include <sodium.h>

const char *sign_answer_words(enum sign_answer answer)
{
    switch (answer) {
    case SIGN_YES: return "The signature is good.";
    case SIGN_NONE: return "There is no signature.";
    case SIGN_MALFORMED: return "The signature cannot be read.";
    case SIGN_TWICE: return "Something stands twice that may stand once.";
    case SIGN_MISSING: return "The signature covers what the message has not got.";
    case SIGN_UNCOVERED:
        return "The signature does not cover method, address, host, digest of the body and date.";
    case SIGN_OLD: return "The signature is older than 12 hours, or has ended.";
    case SIGN_EARLY: return "The signature was made in the future.";
    case SIGN_DIGEST: return "The digest of the body is missing or is that of another body.";
    case SIGN_ALGORITHM: return "The signature's algorithm is not one that is understood here.";
    case SIGN_WRONG: return "The signature does not fit the key.";
    }
    return "";
}

/* ---- digests ---- */

static bool is_hash(struct arena *a, bool is_512, str bytes, str body)
{
    str right = sign_hash(a, is_512, body);
    return bytes.n == right.n && sodium_memcmp(bytes.p, right.p, right.n) == 0;
}

static bool content_digest_right(struct arena *a, str text, str body)
{
    struct fields f;
    size_t known = 0;
    if (!fields_read(a, text, &f)) return false;
    for (size_t i = 0; i < f.n; i++) {
        bool is_512 = str_eq(f.member[i].key, S("sha-512"));
        if (!is_512 && !str_eq(f.member[i].key, S("sha-256"))) continue;
        const struct field_value *v = &f.member[i].item.value;
        if (f.member[i].is_list || v->type != FIELD_BYTES || !is_hash(a, is_512, v->text, body))
            return false;
        known++;
    }
    return known > 0;
}

static bool digest_right(struct arena *a, str text, str body)
{
    size_t known = 0;
    while (text.p) {
        str value = str_trim(str_split(&text, ',')), name = str_split(&value, '=');
        bool is_512 = sign_same_name(name, S("sha-512"));
        if (!value.p) return false;
        if (!is_512 && !sign_same_name(name, S("sha-256"))) continue;
        unsigned char bytes[64];
        size_t n = 0;
        bool is_read = sodium_base642bin(bytes, sizeof bytes, value.p, value.n, NULL, &n, NULL,
                                         sodium_base64_VARIANT_ORIGINAL) == 0;
        if (!is_read || !is_hash(a, is_512, (str){ (const char *)bytes, n }, body)) return false;
        known++;
    }
    return known > 0;
}

enum sign_answer sign_digest_is_right(struct arena *a, const struct sign_message *m)
{
    str value;
    size_t old = sign_header_count(m, S("digest")), new = sign_header_count(m, S("content-digest"));
    if (old > 1 || new > 1) return SIGN_TWICE;
    if (!old && !new) return SIGN_DIGEST;
    if (new && (!sign_header_value(a, m, S("content-digest"), &value) ||
                !content_digest_right(a, value, m->body)))
        return SIGN_DIGEST;
    if (old && (!sign_header_value(a, m, S("digest"), &value) || !digest_right(a, value, m->body)))
        return SIGN_DIGEST;
    return SIGN_YES;
}

static str base64(struct arena *a, str bytes)
{
    size_t n = sodium_base64_ENCODED_LEN(bytes.n, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_take(a, n);
    sodium_bin2base64(text, n, (const unsigned char *)bytes.p, bytes.n,
                      sodium_base64_VARIANT_ORIGINAL);
    return str_of(text);
}

str sign_digest(struct arena *a, enum sign_scheme scheme, str body)
{
    str hash = base64(a, sign_hash(a, false, body));
    if (scheme == SIGN_DRAFT) return ARENA_JOIN(a, S("SHA-256="), hash);
    return ARENA_JOIN(a, S("sha-256=:"), hash, S(":"));
}

/* ---- moments ---- */

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

str sign_date(struct arena *a, int64_t seconds)
{
    static const char days[] = "ThuFriSatSunMonTueWed";
    char m[MOMENT_TEXT];
    moment_text(seconds * 1000, m);
    int month = (m[5] - '0') * 10 + m[6] - '1';
    return arena_format(a, "%.3s, %.2s %.3s %.4s %.8s GMT", days + seconds / 86400 % 7 * 3, m + 8,
                        months + month * 3, m, m + 11);
}

static bool two_digits(str s, size_t at, int64_t most, int64_t *out)
{
    str text = str_cut(str_from(s, at), 2);
    return text.n == 2 && text.p[0] != '-' && str_to_int(text, out) && *out <= most;
}

/* IMF-fixdate only; the weekday is not looked at. */
bool sign_date_read(str s, int64_t *seconds)
{
    int64_t hour, minute, second;
    char day[DAY_TEXT];
    if (s.n != 29 || !str_ends(s, S(" GMT")) || s.p[3] != ',' || s.p[4] != ' ' || s.p[7] != ' ' ||
        s.p[11] != ' ' || s.p[16] != ' ' || s.p[19] != ':' || s.p[22] != ':')
        return false;
    int month = -1;
    for (int i = 0; i < 12; i++)
        if (memcmp(months + i * 3, s.p + 8, 3) == 0) month = i + 1;
    if (month < 0) return false;
    for (int i = 0; i < 4; i++) day[i] = s.p[12 + i];
    day[4] = day[7] = '-';
    day[5] = (char)('0' + month / 10);
    day[6] = (char)('0' + month % 10);
    day[8] = s.p[5];
    day[9] = s.p[6];
    day[10] = '\0';
    bool is_clock = two_digits(s, 17, 23, &hour) && two_digits(s, 20, 59, &minute) &&
                    two_digits(s, 23, 60, &second);
    if (!is_clock || !day_is_full((str){ day, 10 })) return false;
    *seconds = (day_end((str){ day, 10 }) + 1) / 1000 - 86400 + hour * 3600 + minute * 60 + second;
    return true;
}

static enum sign_answer look(int64_t made, int64_t now)
{
    if (made < now - FEDI_SIGNED_BEFORE_SECONDS) return SIGN_OLD;
    return made > now + FEDI_SIGNED_AFTER_SECONDS ? SIGN_EARLY : SIGN_YES;
}

/* What is covered is believed; a date that is not covered, anybody on the way may have written. */
static bool covers_date(const struct sign_said *s)
{
    for (size_t i = 0; i < s->input.list_n; i++)
        if (sign_same_name(s->input.list[i].value.text, S("date"))) return true;
    return false;
}

enum sign_answer sign_is_timely(const struct sign_message *m, const struct sign_said *s,
                                int64_t now)
{
    enum sign_answer answer = SIGN_UNCOVERED;
    if (s->has_expires && s->expires <= now) return SIGN_OLD;
    if (s->has_created) answer = look(s->created, now);
    if (s->has_created && answer != SIGN_YES) return answer;
    if (!covers_date(s)) return answer;
    if (sign_header_count(m, S("date")) != 1)
        return sign_header_count(m, S("date")) ? SIGN_TWICE : SIGN_MISSING;
    for (size_t i = 0; i < m->headers_n; i++) {
        int64_t said;
        if (!sign_same_name(m->header[i].name, S("date"))) continue;
        if (!sign_date_read(str_trim(m->header[i].value), &said)) return SIGN_MALFORMED;
        return look(said, now);
    }
    return answer;
}

/* ---- signing ---- */

static void cover(struct arena *a, struct sign_said *s, const char *const *names)
{
    s->input.is_list = true;
    s->input.list = arena_new(a, struct field_item, FEDI_COMPONENTS_MAX);
    for (; *names; names++)
        s->input.list[s->input.list_n++].value = (struct field_value){ FIELD_TEXT, str_of(*names),
                                                                       0 };
}

static size_t sign_old(struct arena *a, const struct sign_message *m, const struct sign_key *key,
                       str key_id, struct sign_header *out)
{
    static const char *const with_body[] = { "(request-target)", "host", "date", "digest", NULL };
    static const char *const bare[] = { "(request-target)", "host", "date", NULL };
    struct sign_said s = { .scheme = SIGN_DRAFT };
    str base;
    cover(a, &s, m->body.n ? with_body : bare);
    if (!sign_base(a, m, &s, &base)) return 0;
    out[0] = (struct sign_header){
        S("Signature"),
        ARENA_JOIN(a, S("keyId=\""), key_id, S("\",algorithm=\"rsa-sha256\",headers=\""),
                   m->body.n ? S("(request-target) host date digest")
                             : S("(request-target) host date"),
                   S("\",signature=\""), base64(a, sign_bytes(a, key, base)), S("\""))
    };
    return 1;
}

static size_t sign_new(struct arena *a, const struct sign_message *m, const struct sign_key *key,
                       str key_id, int64_t now, struct sign_header *out)
{
    static const char *const with_body[] = { "@method", "@target-uri", "content-digest", NULL };
    static const char *const bare[] = { "@method", "@target-uri", NULL };
    struct sign_said s = { .scheme = SIGN_RFC9421 };
    str base;
    cover(a, &s, m->body.n ? with_body : bare);
    struct field_param *p = arena_new(a, struct field_param, 3);
    p[0] = (struct field_param){ S("created"), { FIELD_WHOLE, S(""), now } };
    p[1] = (struct field_param){ S("keyid"), { FIELD_TEXT, key_id, 0 } };
    p[2] = (struct field_param){ S("alg"), { FIELD_TEXT, S("rsa-v1_5-sha256"), 0 } };
    s.input.item.param = p;
    s.input.item.params_n = sign_key_algorithm(key) == SIGN_RSA_SHA256 ? 3 : 2;
    if (!sign_base(a, m, &s, &base)) return 0;
    struct sink input;
    sink_open(&input, a, FEDI_HEADER_MAX);
    put_lit(&input, "sig1=");
    field_list_put(&input, &s.input);
    out[0] = (struct sign_header){ S("Signature-Input"), sink_str(&input) };
    out[1] = (struct sign_header){
        S("Signature"), ARENA_JOIN(a, S("sig1=:"), base64(a, sign_bytes(a, key, base)), S(":"))
    };
    return 2;
}

size_t sign_request(struct arena *a, const struct sign_message *m, enum sign_scheme scheme,
                    const struct sign_key *key, str key_id, int64_t now, struct sign_header out[2])
{
    return scheme == SIGN_DRAFT ? sign_old(a, m, key, key_id, out)
                                : sign_new(a, m, key, key_id, now, out);
}

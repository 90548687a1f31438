/* Passkeys: what a browser and an authenticator say is read exactly, and everything else is refused with its reason. */
#include "test/unit/help.h"

#include "base/limits.h"
#include "seal/cbor.h"
#include "seal/json.h"
#include "seal/letters.h"
#include "seal/signature.h"
#include "seal/webauthn.h"
#include "test/unit/webauthn_vectors.h"

#include <jansson.h>
#include <openssl/evp.h>
#include <openssl/core_names.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#if __has_include(<fido.h>)
#include <fido.h>
#include <fido/es256.h>
#define HAS_ORACLE 1
#endif

static const struct webauthn_site site = { S_CONST("example.org"), S_CONST("https://example.org") };

static str bytes_of(const char *hexadecimal)
{
    size_t n = strlen(hexadecimal) / 2, real = 0;
    unsigned char *out = arena_take(&scratch, n + 1);
    assert_int_equal(sodium_hex2bin(out, n, hexadecimal, n * 2, NULL, &real, NULL), 0);
    return (str){ (const char *)out, real };
}

/* CBOR. */

static bool is_one_item(str bytes, struct cbor_item *item)
{
    return cbor_read(&bytes, item) && bytes.n == 0;
}

static void cbor_is_read(void **state)
{
    (void)state;
    /* RFC 8949, Appendix A. */
    static const struct {
        const char *bytes;
        enum cbor_type type;
        int64_t number;
    } good[] = { { "00", CBOR_INT, 0 },          { "17", CBOR_INT, 23 },        { "1818", CBOR_INT, 24 },         { "1903e8", CBOR_INT, 1000 },
                 { "1a000f4240", CBOR_INT, 1000000 }, { "1b000000e8d4a51000", CBOR_INT, 1000000000000 }, { "20", CBOR_INT, -1 },
                 { "3903e7", CBOR_INT, -1000 },  { "1b7fffffffffffffff", CBOR_INT, INT64_MAX }, { "3b7fffffffffffffff", CBOR_INT, INT64_MIN },
                 { "40", CBOR_BYTES, 0 },        { "4401020304", CBOR_BYTES, 0 }, { "60", CBOR_TEXT, 0 },        { "62c3bc", CBOR_TEXT, 0 },
                 { "80", CBOR_ARRAY, 0 },        { "8301820203820405", CBOR_ARRAY, 3 }, { "a0", CBOR_MAP, 0 },    { "a201020304", CBOR_MAP, 2 },
                 { "f4", CBOR_BOOL, 0 },         { "f5", CBOR_BOOL, 1 },        { "f6", CBOR_NULL, 0 } };
    struct cbor_item item;
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        str bytes = bytes_of(good[i].bytes), rest;
        assert_true(is_one_item(bytes, &item));
        assert_int_equal(item.type, good[i].type);
        assert_true(item.number == good[i].number);
        for (size_t n = 0; n < bytes.n; n++) {
            rest = str_cut(bytes, n);
            assert_false(cbor_read(&rest, &item));
        }
    }
    struct cbor_item map, value;
    assert_true(is_one_item(bytes_of("a4616101006162200343010203"), &map) == false);
    assert_true(is_one_item(bytes_of("a361610120826105400343010203"), &map));
    assert_true(cbor_in_text(&map, S("a"), &value) && value.number == 1);
    assert_true(cbor_in_int(&map, -1, &value) && value.type == CBOR_ARRAY);
    assert_true(cbor_in_int(&map, 3, &value) && value.bytes.n == 3);
    assert_false(cbor_in_int(&map, 4, &value));
    assert_false(cbor_in_text(&map, S("b"), &value));
}

static void cbor_that_is_not_written_one_way_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "1817", "190017", "1900ff", "1a0000ffff", "1b00000000ffffffff", "5801ff", "580001", /* not the shortest */
        "1c", "1d", "1e", "1f", "5f42010243030405ff", "7f6161ff", "9f01ff", "bf0102ff", "ff", /* reserved, or no stated length */
        "c000", "c11a514b67b0", "d81800", "f97c00", "fa47c35000", "fb3ff199999999999a", "f7", "f0", "f820", "e0", /* tags, floats, others */
        "61ff", "62c080", "63eda080", /* not UTF-8 */
        "a201000100", "a2616100616100", "a2200020f6", /* a key twice */
        "a1400000", "a18000", "a1f500", /* keys that are neither number nor text */
        "1bffffffffffffffff", "3bffffffffffffffff", "1b8000000000000000", /* more than we hold */
        "9bffffffffffffffff", "bbffffffffffffffff", "5bffffffffffffffff", "9a00ffffff", "ba00ffffff00", /* lengths that lie */
        "81", "a1", "a101", "8201", "5903e8", "",
    };
    struct cbor_item item;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (is_one_item(bytes_of(bad[i]), &item)) fail_msg("was read: %s", bad[i]);
    char deep[40];
    for (int n = 1; n < 20; n++) {
        memset(deep, (char)0x81, (size_t)n);
        deep[n] = 0;
        assert_int_equal(is_one_item((str){ deep, (size_t)n + 1 }, &item), n <= CBOR_DEPTH_MAX);
    }
}

/* JSON. */

static bool reads(str text)
{
    struct json j;
    return json_read(&scratch, text, &j);
}

static void json_is_read_strictly(void **state)
{
    (void)state;
    struct json j;
    assert_true(json_read(&scratch, S(" {\"a\" : \"x\\u00e9\\n\\ud83d\\ude00\\/\",\"b\":[1,-2.5e+3,{\"c\":null}],\"d\":true}\r\n"), &j));
    assert_int_equal(j.n, 3);
    assert_str_equal(json_get(&j, S("a"))->text, "x\xc3\xa9\n\xf0\x9f\x98\x80/");
    assert_int_equal(json_get(&j, S("b"))->type, JSON_IS_ARRAY);
    assert_int_equal(json_get(&j, S("d"))->type, JSON_IS_TRUE);
    assert_null(json_get(&j, S("c")));
    static const char *const bad[] = {
        "", " ", "{", "}", "[]", "\"a\"", "1", "null", "{}x", "{} {}", "{a:1}", "{'a':1}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\":1 \"b\":2}",
        "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":1e}", "{\"a\":-}", "{\"a\":NaN}", "{\"a\":tru}", "{\"a\":TRUE}", "{\"a\":\"x}", "{\"a\":\"\\\"}",
        "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\"}", "{\"a\":\"\\ud800\\u0041\"}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\n\"}", "{\"a\":\"\x01\"}",
        "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"b\":{\"a\":1,\"a\":2}}", "{\"a\":\"\xff\"}", "\xef\xbb\xbf{}", "{\"a\":1}\\", "{\"a\":/**/1}", "{\"a\":[1,]}", "{\"a\":[}",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (reads(str_of(bad[i]))) fail_msg("was read: %s", bad[i]);
    assert_true(reads(S("{\"a\":[[[[[[[[]]]]]]]]}")));
    assert_false(reads(S("{\"a\":[[[[[[[[[]]]]]]]]]}")));
    assert_false(reads((str){ "{\"a\":\"\0\"}", 9 }));
}

/* Whatever is changed in true client data, we and another reader agree on whether it is JSON. */
static void another_reader_agrees(void **state)
{
    (void)state;
    static const char pieces[] = "{}[]\",:\\u00e9 \t0123456789.-+eEtruefalsn\x01\xff\xc3";
    str truth = bytes_of(vectors[0].made_client);
    int good = 0;
    draw_seed(4);
    for (int i = 0; i < 30000; i++) {
        char text[512];
        memcpy(text, truth.p, truth.n);
        size_t n = truth.n;
        for (uint32_t k = draw(3) + 1; k; k--) {
            uint32_t at = draw((uint32_t)n);
            if (draw(3) == 0) memmove(text + at, text + at + 1, --n - at);
            else text[at] = pieces[draw(sizeof pieces - 1)];
        }
        json_error_t why;
        json_t *theirs = json_loadb(text, n, JSON_REJECT_DUPLICATES, &why);
        bool is_theirs = json_is_object(theirs), is_ours = reads((str){ text, n });
        if (is_theirs != is_ours) fail_msg("they say %d, we say %d: %.*s", is_theirs, is_ours, (int)n, text);
        good += is_ours;
        json_decref(theirs);
        if (i % 1000 == 0) arena_empty(&scratch), truth = bytes_of(vectors[0].made_client);
    }
    assert_true(good > 1000);
}

/* The W3C's own vectors. */

static enum webauthn_answer registers(const struct vector *v, struct webauthn_key *key)
{
    return webauthn_register(&scratch, &site, bytes_of(v->made_challenge), bytes_of(v->made_client), bytes_of(v->made_object), key);
}

static enum webauthn_answer verifies(const struct vector *v, const struct webauthn_key *key, str client, str data, str signature)
{
    struct webauthn_seen seen;
    return webauthn_verify(&scratch, &site, bytes_of(v->challenge), key, client, data, signature, &seen);
}

static void the_published_vectors_hold(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        const struct vector *v = &vectors[i];
        struct webauthn_key key;
        bool is_framed = strstr(v->id, "crossOrigin");
        assert_int_equal(registers(v, &key), is_framed ? WEBAUTHN_FRAMED : WEBAUTHN_YES);
        if (is_framed) continue;
        assert_int_equal(key.algorithm, strstr(v->id, "rs256") ? SIGN_RS256 : SIGN_ES256);
        assert_int_equal(key.credential.n, strstr(v->id, "long") ? 1023 : 32);
        str client = bytes_of(v->client), data = bytes_of(v->data), signature = bytes_of(v->signature);
        assert_int_equal(verifies(v, &key, client, data, signature), WEBAUTHN_YES);
        /* Any bit of what was signed, or of the signature: no. */
        for (size_t bit = 0; bit < (client.n + data.n + signature.n) * 8; bit++) {
            str parts[3] = { arena_str(&scratch, client), arena_str(&scratch, data), arena_str(&scratch, signature) };
            size_t at = bit / 8, part = 0;
            while (at >= parts[part].n) at -= parts[part++].n;
            ((char *)parts[part].p)[at] ^= (char)(1 << bit % 8);
            assert_int_not_equal(verifies(v, &key, parts[0], parts[1], parts[2]), WEBAUTHN_YES);
        }
        for (size_t n = 0; n < signature.n; n++)
            assert_int_not_equal(verifies(v, &key, client, data, str_cut(signature, n)), WEBAUTHN_YES);
        for (size_t n = 0; n < data.n; n++)
            assert_int_not_equal(verifies(v, &key, client, str_cut(data, n), signature), WEBAUTHN_YES);
        /* Nor does one key open another's account. */
        for (size_t k = 0; k < COUNT_OF(vectors); k++) {
            struct webauthn_key other;
            if (k == i || registers(&vectors[k], &other) != WEBAUTHN_YES) continue;
            other.may_be_backed_up = key.may_be_backed_up;
            assert_int_not_equal(verifies(v, &other, client, data, signature), WEBAUTHN_YES);
        }
        arena_empty(&scratch);
    }
}

static void a_cut_or_lengthened_registration_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        const struct vector *v = &vectors[i];
        struct webauthn_key key;
        str object = bytes_of(v->made_object), client = bytes_of(v->made_client), challenge = bytes_of(v->made_challenge);
        for (size_t n = 0; n < object.n; n++)
            assert_int_not_equal(webauthn_register(&scratch, &site, challenge, client, str_cut(object, n), &key), WEBAUTHN_YES);
        for (size_t n = 0; n < client.n; n++)
            assert_int_not_equal(webauthn_register(&scratch, &site, challenge, str_cut(client, n), object, &key), WEBAUTHN_YES);
        str longer = ARENA_JOIN(&scratch, object, S("x"));
        assert_int_not_equal(webauthn_register(&scratch, &site, challenge, client, longer, &key), WEBAUTHN_YES);
        arena_empty(&scratch);
    }
}

/* An authenticator of our own, that can lie in every way. */

struct soft {
    unsigned char public[32], private[64]; /* Ed25519 */
    unsigned flags;
    uint32_t counter;
    const char *rp, *type, *origin, *more;
    str credential;
    unsigned char challenge[32];
};

static struct soft soft_new(void)
{
    struct soft s = { .flags = 1 | 4, .rp = "example.org", .origin = "https://example.org", .more = ",\"crossOrigin\":false", .credential = S("my key") };
    crypto_sign_keypair(s.public, s.private);
    webauthn_challenge_make(s.challenge);
    return s;
}

static str challenge_of(const struct soft *s)
{
    return (str){ (const char *)s->challenge, 32 };
}

static str client_of(const struct soft *s, const char *type)
{
    return arena_format(&scratch, "{\"type\":\"%s\",\"challenge\":\"" STR_FMT "\",\"origin\":\"%s\"%s}", s->type ? s->type : type,
                        STR_ARG(base64url_text(&scratch, challenge_of(s))), s->origin, s->more);
}

static str head_of(const struct soft *s, unsigned more_flags)
{
    unsigned char *out = arena_take(&scratch, 37);
    crypto_hash_sha256(out, (const unsigned char *)s->rp, strlen(s->rp));
    out[32] = (unsigned char)(s->flags | more_flags);
    for (int i = 0; i < 4; i++) out[33 + i] = (unsigned char)(s->counter >> (8 * (3 - i)));
    return (str){ (const char *)out, 37 };
}

static str eddsa_key(const struct soft *s)
{
    return ARENA_JOIN(&scratch, ((str){ "\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20", 10 }), ((str){ (const char *)s->public, 32 }));
}

static str made_data(const struct soft *s, str cose)
{
    char size[2] = { (char)(s->credential.n >> 8), (char)s->credential.n };
    return ARENA_JOIN(&scratch, head_of(s, 64), S("0123456789abcdef"), ((str){ size, 2 }), s->credential, cose);
}

static str object_of(str data, str fmt_and_statement)
{
    char head[] = "\x68" "authData\x59..";
    head[sizeof head - 3] = (char)(data.n >> 8);
    head[sizeof head - 2] = (char)data.n;
    return ARENA_JOIN(&scratch, S("\xa3"), fmt_and_statement, ((str){ head, sizeof head - 1 }), data);
}

#define NO_STATEMENT S("\x63" "fmt\x64none\x67" "attStmt\xa0")

static enum webauthn_answer soft_register(const struct soft *s, str cose, struct webauthn_key *key)
{
    /* The length of authData takes two bytes when it is more than 255. */
    struct soft copy = *s;
    char *padded = arena_take(&scratch, 300);
    memcpy(padded, s->credential.p, s->credential.n);
    if (s->credential.n && s->credential.n < 300) copy.credential = (str){ padded, 300 };
    return webauthn_register(&scratch, &site, challenge_of(s), client_of(s, "webauthn.create"), object_of(made_data(&copy, cose), NO_STATEMENT), key);
}

static enum webauthn_answer soft_sign(const struct soft *s, const struct webauthn_key *key, struct webauthn_seen *seen)
{
    str client = client_of(s, "webauthn.get"), data = head_of(s, 0);
    char *words = arena_take(&scratch, 37 + 32), *signature = arena_take(&scratch, 64);
    memcpy(words, data.p, 37);
    crypto_hash_sha256((unsigned char *)words + 37, (const unsigned char *)client.p, client.n);
    crypto_sign_detached((unsigned char *)signature, NULL, (const unsigned char *)words, 69, s->private);
    return webauthn_verify(&scratch, &site, challenge_of(s), key, client, data, (str){ signature, 64 }, seen);
}

static void an_honest_key_registers_and_signs_in(void **state)
{
    (void)state;
    struct soft s = soft_new();
    struct webauthn_key key;
    struct webauthn_seen seen;
    assert_int_equal(soft_register(&s, eddsa_key(&s), &key), WEBAUTHN_YES);
    assert_int_equal(key.algorithm, SIGN_EDDSA);
    assert_true(key.is_verified && !key.may_be_backed_up);
    assert_memory_equal(key.model, "0123456789abcdef", 16);
    assert_int_equal(soft_sign(&s, &key, &seen), WEBAUTHN_YES);
    assert_true(seen.is_verified);
    s.flags = 1;
    assert_int_equal(soft_sign(&s, &key, &seen), WEBAUTHN_YES);
    assert_false(seen.is_verified);
}

static void every_lie_has_its_answer(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        enum webauthn_answer answer;
        struct soft lie; /* what differs */
    } lies[] = {
        { "purpose", WEBAUTHN_OTHER_PURPOSE, { .type = "payment.get" } },
        { "origin", WEBAUTHN_OTHER_ORIGIN, { .origin = "https://example.org.evil.test" } },
        { "origin with a slash", WEBAUTHN_OTHER_ORIGIN, { .origin = "https://example.org/" } },
        { "origin in capitals", WEBAUTHN_OTHER_ORIGIN, { .origin = "https://EXAMPLE.org" } },
        { "origin without TLS", WEBAUTHN_OTHER_ORIGIN, { .origin = "http://example.org" } },
        { "origin below", WEBAUTHN_OTHER_ORIGIN, { .origin = "https://login.example.org" } },
        { "site", WEBAUTHN_OTHER_SITE, { .rp = "org" } },
        { "framed", WEBAUTHN_FRAMED, { .more = ",\"crossOrigin\":true" } },
        { "framed quietly", WEBAUTHN_FRAMED, { .more = ",\"crossOrigin\":false,\"topOrigin\":\"https://evil.test\"" } },
        { "framed in words", WEBAUTHN_BAD_CLIENT_DATA, { .more = ",\"crossOrigin\":\"false\"" } },
        { "two origins", WEBAUTHN_BAD_CLIENT_DATA, { .more = ",\"origin\":\"https://example.org\"" } },
        { "nobody there", WEBAUTHN_NOBODY_THERE, { .flags = 4 } },
        { "backed up, but cannot be", WEBAUTHN_BAD_BACKUP, { .flags = 1 | 16 } },
        { "no extensions behind their flag", WEBAUTHN_BAD_DATA, { .flags = 1 | 128 } },
    };
    struct soft truth = soft_new();
    struct webauthn_key key, other;
    struct webauthn_seen seen;
    assert_int_equal(soft_register(&truth, eddsa_key(&truth), &key), WEBAUTHN_YES);
    for (size_t i = 0; i < COUNT_OF(lies); i++) {
        struct soft s = truth;
        if (lies[i].lie.type) s.type = lies[i].lie.type;
        if (lies[i].lie.origin) s.origin = lies[i].lie.origin;
        if (lies[i].lie.rp) s.rp = lies[i].lie.rp;
        if (lies[i].lie.more) s.more = lies[i].lie.more;
        if (lies[i].lie.flags) s.flags = lies[i].lie.flags;
        if (soft_register(&s, eddsa_key(&s), &other) != lies[i].answer) fail_msg("registering: %s", lies[i].what);
        if (soft_sign(&s, &key, &seen) != lies[i].answer) fail_msg("signing in: %s", lies[i].what);
    }
    struct soft s = truth;
    str client = client_of(&s, "webauthn.get");
    webauthn_challenge_make(s.challenge); /* a new question */
    assert_int_equal(webauthn_verify(&scratch, &site, challenge_of(&s), &key, client, head_of(&s, 0), S("x"), &seen), WEBAUTHN_OTHER_CHALLENGE);
    assert_int_equal(webauthn_verify(&scratch, &site, S(""), &key, client, head_of(&s, 0), S("x"), &seen), WEBAUTHN_OTHER_CHALLENGE);
    assert_int_equal(webauthn_register(&scratch, &site, challenge_of(&truth), client, object_of(made_data(&truth, eddsa_key(&truth)), NO_STATEMENT), &other), WEBAUTHN_OTHER_PURPOSE);
    /* Another person's key signs. */
    struct soft thief = soft_new();
    memcpy(thief.challenge, truth.challenge, 32);
    assert_int_equal(soft_sign(&thief, &key, &seen), WEBAUTHN_BAD_SIGNATURE);
    /* Too long everywhere. */
    char *huge = arena_take(&scratch, MIB(1));
    assert_int_equal(webauthn_register(&scratch, &site, challenge_of(&s), (str){ huge, CLIENT_DATA_MAX + 1 }, S(""), &other), WEBAUTHN_TOO_LONG);
    client = client_of(&truth, "webauthn.create");
    assert_int_equal(webauthn_register(&scratch, &site, challenge_of(&truth), client, (str){ huge, ATTESTATION_MAX + 1 }, &other), WEBAUTHN_TOO_LONG);
    client = client_of(&truth, "webauthn.get");
    assert_int_equal(webauthn_verify(&scratch, &site, challenge_of(&truth), &key, client, (str){ huge, AUTHENTICATOR_DATA_MAX + 1 }, S("x"), &seen), WEBAUTHN_TOO_LONG);
    assert_int_equal(webauthn_verify(&scratch, &site, challenge_of(&truth), &key, client, head_of(&truth, 0), (str){ huge, WEBAUTHN_SIGNATURE_MAX + 1 }, &seen), WEBAUTHN_TOO_LONG);
    for (enum webauthn_answer a = WEBAUTHN_YES; a <= WEBAUTHN_CLONED; a++) assert_true(strlen(webauthn_answer_code(a)) > 2);
}

static void a_counter_that_does_not_grow_is_a_copy(void **state)
{
    (void)state;
    struct soft s = soft_new();
    struct webauthn_key key;
    struct webauthn_seen seen;
    static const struct {
        uint32_t had, has;
        enum webauthn_answer answer;
    } rows[] = { { 0, 0, WEBAUTHN_YES }, { 0, 1, WEBAUTHN_YES }, { 1, 2, WEBAUTHN_YES }, { 7, 900, WEBAUTHN_YES }, { UINT32_MAX - 1, UINT32_MAX, WEBAUTHN_YES },
                 { 1, 1, WEBAUTHN_CLONED }, { 2, 1, WEBAUTHN_CLONED }, { 1, 0, WEBAUTHN_CLONED }, { UINT32_MAX, UINT32_MAX, WEBAUTHN_CLONED }, { UINT32_MAX, 0, WEBAUTHN_CLONED } };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        s.counter = rows[i].had;
        assert_int_equal(soft_register(&s, eddsa_key(&s), &key), WEBAUTHN_YES);
        assert_int_equal(key.counter, rows[i].had);
        s.counter = rows[i].has;
        assert_int_equal(soft_sign(&s, &key, &seen), rows[i].answer);
        assert_int_equal(seen.counter, rows[i].answer == WEBAUTHN_YES ? rows[i].has : 0);
    }
    /* Who cannot sign raises no alarm about a copy. */
    struct soft thief = soft_new();
    memcpy(thief.challenge, s.challenge, 32);
    key.counter = 9;
    assert_int_equal(soft_sign(&thief, &key, &seen), WEBAUTHN_BAD_SIGNATURE);
}

static void whether_a_key_can_be_backed_up_does_not_change(void **state)
{
    (void)state;
    struct soft s = soft_new();
    struct webauthn_key key;
    struct webauthn_seen seen;
    s.flags = 1 | 4 | 8;
    assert_int_equal(soft_register(&s, eddsa_key(&s), &key), WEBAUTHN_YES);
    assert_true(key.may_be_backed_up && !key.is_backed_up);
    s.flags = 1 | 4 | 8 | 16;
    assert_int_equal(soft_sign(&s, &key, &seen), WEBAUTHN_YES);
    assert_true(seen.is_backed_up);
    s.flags = 1 | 4;
    assert_int_equal(soft_sign(&s, &key, &seen), WEBAUTHN_BAD_BACKUP);
}

static void keys_that_are_none_are_refused(void **state)
{
    (void)state;
    struct soft s = soft_new();
    struct webauthn_key key;
    str zeros32 = bytes_of("0000000000000000000000000000000000000000000000000000000000000000");
#define HEX(h) bytes_of(h)
    const struct {
        const char *what;
        str cose;
        enum webauthn_answer answer;
    } rows[] = {
        { "not a map", HEX("00"), WEBAUTHN_BAD_DATA },
        { "empty", HEX("a0"), WEBAUTHN_BAD_KEY },
        { "ES384", HEX("a1033822"), WEBAUTHN_UNKNOWN_KEY },
        { "algorithm in words", HEX("a1036126"), WEBAUTHN_BAD_KEY },
        { "Ed25519 of small order", ARENA_JOIN(&scratch, HEX("a401010327200621" "5820"), zeros32), WEBAUTHN_BAD_KEY },
        { "Ed25519, short", HEX("a40101032720062141" "00"), WEBAUTHN_BAD_KEY },
        { "EdDSA on another curve", ARENA_JOIN(&scratch, HEX("a401010327200721" "5820"), (str){ (const char *)s.public, 32 }), WEBAUTHN_BAD_KEY },
        { "P-256, not on the curve", ARENA_JOIN(&scratch, HEX("a501020326200121" "5820"), zeros32, HEX("225820"), zeros32), WEBAUTHN_BAD_KEY },
        { "P-256, one coordinate", ARENA_JOIN(&scratch, HEX("a401020326200121" "5820"), zeros32), WEBAUTHN_BAD_KEY },
        { "RSA, short", HEX("a401030339010020" "4203032143010001"), WEBAUTHN_BAD_KEY },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (soft_register(&s, rows[i].cose, &key) != rows[i].answer) fail_msg("%s", rows[i].what);
    s.credential = S("");
    assert_int_equal(soft_register(&s, eddsa_key(&s), &key), WEBAUTHN_BAD_ATTESTATION); /* 103 bytes, in two: not the shortest */
    s.credential = (str){ arena_take(&scratch, 1024), 1024 };
    assert_int_equal(soft_register(&s, eddsa_key(&s), &key), WEBAUTHN_BAD_DATA);
    s.credential.n = 1023;
    assert_int_equal(soft_register(&s, eddsa_key(&s), &key), WEBAUTHN_YES);
    str data = made_data(&s, eddsa_key(&s)), client = client_of(&s, "webauthn.create");
    static const char *const statements[] = {
        "63666d74646e6f6e656761747453746d74a16161" "00",   /* "none" with a statement */
        "63666d74646e6f6e656761747453746d7400",           /* a statement that is a number */
        "63666d74406761747453746d74a0",                   /* a format that is bytes */
        "63666d74646e6f6e656761747453746d75a0",           /* another name */
    };
    for (size_t i = 0; i < COUNT_OF(statements); i++)
        assert_int_equal(webauthn_register(&scratch, &site, challenge_of(&s), client, object_of(data, HEX(statements[i])), &key), WEBAUTHN_BAD_ATTESTATION);
    assert_int_equal(webauthn_register(&scratch, &site, challenge_of(&s), client, object_of(ARENA_JOIN(&scratch, data, S("\xa0")), NO_STATEMENT), &key), WEBAUTHN_BAD_DATA);
    assert_int_equal(webauthn_register(&scratch, &site, challenge_of(&s), client, object_of(data, NO_STATEMENT), &key), WEBAUTHN_YES);
}

/* libfido2 says the same of every vector and of every forged signature. */
static void libfido2_agrees(void **state)
{
    (void)state;
#ifndef HAS_ORACLE
    skip();
#else
    fido_init(0);
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        const struct vector *v = &vectors[i];
        struct webauthn_key key;
        if (registers(v, &key) != WEBAUTHN_YES) continue;
        str client = bytes_of(v->client), data = bytes_of(v->data), signature = bytes_of(v->signature), cose = key.cose;
        unsigned char hash[32];
        struct cbor_item map, x, y;
        crypto_hash_sha256(hash, (const unsigned char *)client.p, client.n);
        assert_true(cbor_read(&cose, &map));
        if (key.algorithm != SIGN_ES256) continue; /* it knows RSA with 2048 bits only; this vector has 3488 */
        es256_pk_t *es = es256_pk_new();
        assert_true(cbor_in_int(&map, -2, &x) && cbor_in_int(&map, -3, &y));
        str raw = ARENA_JOIN(&scratch, x.bytes, y.bytes);
        assert_int_equal(es256_pk_from_ptr(es, raw.p, raw.n), FIDO_OK);
        for (size_t bit = 0; bit <= signature.n * 8; bit += 5) {
            str forged = arena_str(&scratch, signature);
            if (bit) ((char *)forged.p)[(bit - 1) / 8] ^= (char)(1 << (bit - 1) % 8);
            fido_assert_t *a = fido_assert_new();
            assert_int_equal(fido_assert_set_count(a, 1), FIDO_OK);
            assert_int_equal(fido_assert_set_rp(a, "example.org"), FIDO_OK);
            assert_int_equal(fido_assert_set_clientdata_hash(a, hash, 32), FIDO_OK);
            assert_int_equal(fido_assert_set_authdata_raw(a, 0, (const unsigned char *)data.p, data.n), FIDO_OK);
            assert_int_equal(fido_assert_set_sig(a, 0, (const unsigned char *)forged.p, forged.n), FIDO_OK);
            int theirs = fido_assert_verify(a, 0, COSE_ES256, es);
            assert_int_equal(theirs == FIDO_OK, verifies(v, &key, client, data, forged) == WEBAUTHN_YES);
            assert_int_equal(theirs == FIDO_OK, bit == 0);
            fido_assert_free(&a);
        }
        es256_pk_free(&es);
    }
#endif
}

/* Vectors that lie beside the repository. */

static json_t *standard(const char *name)
{
    const char *where = getenv("STANDARDS") ? getenv("STANDARDS") : "../shared/standards";
    json_t *j = json_load_file(arena_format(&scratch, "%s/%s", where, name).p, 0, NULL);
    if (!j) skip();
    return j;
}

static str hex_in(json_t *object, const char *name)
{
    return bytes_of(json_string_value(json_object_get(object, name)));
}

/* Calls with the COSE key of each group; how many cases were valid. */
static int wycheproof(const char *file, str (*cose)(json_t *public_key))
{
    json_t *all = standard(file), *group, *test;
    size_t g, t;
    int valid = 0;
    json_array_foreach(json_object_get(all, "testGroups"), g, group)
    {
        str key = cose(json_object_get(group, "publicKey"));
        json_array_foreach(json_object_get(group, "tests"), t, test)
        {
            const char *result = json_string_value(json_object_get(test, "result"));
            bool is_right = cose_verify(key, hex_in(test, "msg"), hex_in(test, "sig")) == COSE_YES;
            bool is_wrong = (strcmp(result, "valid") == 0 && !is_right) || (strcmp(result, "invalid") == 0 && is_right);
            if (is_wrong) fail_msg("%s, case %lld is %s", file, (long long)json_integer_value(json_object_get(test, "tcId")), result);
            valid += is_right;
        }
        arena_empty(&scratch);
    }
    json_decref(all);
    return valid;
}

static str p256_cose(json_t *k)
{
    str point = hex_in(k, "uncompressed");
    return ARENA_JOIN(&scratch, bytes_of("a501020326200121" "5820"), str_cut(str_from(point, 1), 32), bytes_of("225820"), str_from(point, 33));
}

static str ed25519_cose(json_t *k)
{
    return ARENA_JOIN(&scratch, bytes_of("a401010327200621" "5820"), hex_in(k, "pk"));
}

static str rsa_cose(json_t *k)
{
    str n = hex_in(k, "modulus"), e = hex_in(k, "publicExponent");
    while (n.p[0] == 0) n = str_from(n, 1);
    while (e.p[0] == 0) e = str_from(e, 1);
    char head[] = { (char)0x59, (char)(n.n >> 8), (char)n.n }, small[] = { 0x21, (char)(0x40 + e.n) };
    return ARENA_JOIN(&scratch, bytes_of("a401030339010020"), ((str){ head, 3 }), n, ((str){ small, 2 }), e);
}

static void wycheproof_of_p256(void **state)
{
    (void)state;
    assert_true(wycheproof("wycheproof/ecdsa_secp256r1_sha256_test.json", p256_cose) > 100);
}

static void wycheproof_of_ed25519(void **state)
{
    (void)state;
    assert_true(wycheproof("wycheproof/ed25519_test.json", ed25519_cose) > 50);
}

static void wycheproof_of_rsa(void **state)
{
    (void)state;
    assert_true(wycheproof("wycheproof/rsa_signature_2048_sha256_test.json", rsa_cose) >= 9);
}

static void the_shared_vectors_of_webauthn_hold(void **state)
{
    (void)state;
    json_t *all = standard("webauthn/test-vectors.json"), *one;
    size_t i;
    int seen = 0;
    json_array_foreach(json_object_get(all, "cases"), i, one)
    {
        json_t *made = json_object_get(one, "registration"), *signed_in = json_object_get(one, "authentication");
        struct webauthn_key key;
        struct webauthn_seen what;
        bool is_framed = strstr(json_string_value(json_object_get(one, "id")), "rossOrigin");
        enum webauthn_answer answer = webauthn_register(&scratch, &site, hex_in(made, "challenge"), hex_in(made, "clientDataJSON"), hex_in(made, "attestationObject"), &key);
        assert_int_equal(answer, is_framed ? WEBAUTHN_FRAMED : WEBAUTHN_YES);
        if (is_framed) continue;
        assert_int_equal(webauthn_verify(&scratch, &site, hex_in(signed_in, "challenge"), &key, hex_in(signed_in, "clientDataJSON"),
                                         hex_in(signed_in, "authenticatorData"), hex_in(signed_in, "signature"), &what), WEBAUTHN_YES);
        seen++;
    }
    json_decref(all);
    assert_true(seen >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cbor_is_read),
        cmocka_unit_test(cbor_that_is_not_written_one_way_is_refused),
        cmocka_unit_test(json_is_read_strictly),
        cmocka_unit_test(another_reader_agrees),
        cmocka_unit_test(the_published_vectors_hold),
        cmocka_unit_test(a_cut_or_lengthened_registration_is_refused),
        cmocka_unit_test(an_honest_key_registers_and_signs_in),
        cmocka_unit_test(every_lie_has_its_answer),
        cmocka_unit_test(a_counter_that_does_not_grow_is_a_copy),
        cmocka_unit_test(whether_a_key_can_be_backed_up_does_not_change),
        cmocka_unit_test(keys_that_are_none_are_refused),
        cmocka_unit_test(libfido2_agrees),
        cmocka_unit_test(wycheproof_of_p256),
        cmocka_unit_test(wycheproof_of_ed25519),
        cmocka_unit_test(wycheproof_of_rsa),
        cmocka_unit_test(the_shared_vectors_of_webauthn_hold),
    };
    return cmocka_run_group_tests(tests, help_begin, help_end);
}

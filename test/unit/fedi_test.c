/* Signatures over requests, in both forms: what is good is good, and everything near it is refused with its reason. */
#include "test/unit/help.h"

#include "fedi/inside.h"
#include "test/unit/signature_vectors.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>

#define NOW    1795363200LL
#define DATE   "Sun, 22 Nov 2026 16:00:00 GMT"
#define BODY   "{\"type\":\"Follow\"}"
#define KEY_ID "https://else.example/users/ana#main-key"
#define INPUT(algorithm) \
    "sig1=(\"@method\" \"@target-uri\" \"content-digest\" \"date\");created=1795363200;keyid=\"" KEY_ID "\";alg=\"" algorithm "\""

static struct sign_header headers[12];

static struct sign_message request(void)
{
    return (struct sign_message){ .method = S("POST"),
                                  .scheme = S("https"),
                                  .authority = S("blueheart.example"),
                                  .path = S("/fedi/en/inbox"),
                                  .query = { NULL, 0 },
                                  .header = headers,
                                  .body = S(BODY) };
}

static void add(struct sign_message *m, const char *name, str value)
{
    headers[m->headers_n++] = (struct sign_header){ str_of(name), value };
}

static struct sign_message new_request(const char *input, const char *bytes)
{
    struct sign_message m = request();
    add(&m, "Host", S("blueheart.example"));
    add(&m, "Date", S(DATE));
    add(&m, "Content-Digest", S("sha-512=:" VECTOR_SHA512 ":"));
    add(&m, "Signature-Input", str_of(input));
    add(&m, "Signature", arena_format(&scratch, "sig1=:%s:", bytes));
    return m;
}

static struct sign_message draft_request(const char *algorithm, const char *names)
{
    struct sign_message m = request();
    add(&m, "Host", S("blueheart.example"));
    add(&m, "Date", S(DATE));
    add(&m, "Digest", S("SHA-256=" VECTOR_SHA256));
    add(&m, "Signature",
        arena_format(&scratch, "keyId=\"" KEY_ID "\",algorithm=\"%s\",headers=\"%s\",signature=\"" VECTOR_DRAFT "\"", algorithm, names));
    return m;
}
#define DRAFT_NAMES "(request-target) host date digest"

/* All that an inbox and the deliverer ask, in their order. */
static enum sign_answer whole(const struct sign_message *m, const struct sign_key *key, int64_t now)
{
    struct sign_said s;
    enum sign_answer answer = sign_read(&scratch, m, &s);
    if (answer == SIGN_YES) answer = sign_covers(&s);
    if (answer == SIGN_YES) answer = sign_digest_is_right(&scratch, m);
    if (answer == SIGN_YES) answer = sign_is_timely(m, &s, now);
    return answer == SIGN_YES ? sign_verify(&scratch, m, &s, key) : answer;
}

static struct sign_key *key_of(const char *algorithm)
{
    if (strncmp(algorithm, "rsa", 3) == 0) return sign_key_public(&scratch, S(VECTOR_RSA_KEY));
    if (strcmp(algorithm, "ed25519") == 0) return sign_key_public(&scratch, S(VECTOR_ED25519_KEY));
    if (strcmp(algorithm, "hmac-sha256") == 0) return sign_key_secret(&scratch, S(VECTOR_SECRET));
    return sign_key_public(&scratch, S(VECTOR_P256_KEY));
}

static void signatures_made_elsewhere_are_good(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        str input = arena_format(&scratch, "sig1=(\"@method\" \"@target-uri\" \"content-digest\" \"date\");created=%lld;keyid=\"" KEY_ID "\";alg=\"%s\"", NOW,
                                 vectors[i].algorithm);
        struct sign_message m = new_request(input.p, vectors[i].bytes);
        struct sign_key *key = key_of(vectors[i].algorithm);
        assert_non_null(key);
        assert_int_equal(whole(&m, key, NOW), SIGN_YES);
        m.path = S("/fedi/fr/inbox");
        assert_int_equal(whole(&m, key, NOW), SIGN_WRONG);
        m.path = S("/fedi/en/inbox");
        m.method = S("PUT");
        assert_int_equal(whole(&m, key, NOW), SIGN_WRONG);
        m.method = S("POST");
        m.authority = S("other.example");
        assert_int_equal(whole(&m, key, NOW), SIGN_WRONG);
    }
    struct sign_message m = draft_request("rsa-sha256", DRAFT_NAMES);
    assert_int_equal(whole(&m, key_of("rsa"), NOW), SIGN_YES);
    m = draft_request("hs2019", DRAFT_NAMES); /* says only: as the key has it */
    assert_int_equal(whole(&m, key_of("rsa"), NOW), SIGN_YES);
}

static void an_algorithm_cannot_be_confused(void **state)
{
    (void)state;
    /* The public key's own text as a shared secret, and every pair of a key with another's algorithm. */
    static const char *const kinds[] = { "rsa", "ed25519", "hmac-sha256", "ecdsa-p256-sha256" };
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        for (size_t k = 0; k < COUNT_OF(kinds); k++) {
            bool is_own = strncmp(vectors[i].algorithm, kinds[k], 3) == 0;
            if (is_own) continue;
            str input = arena_format(&scratch, "sig1=(\"@method\" \"@target-uri\" \"content-digest\" \"date\");created=%lld;keyid=\"" KEY_ID "\";alg=\"%s\"", NOW,
                                     vectors[i].algorithm);
            struct sign_message m = new_request(input.p, vectors[i].bytes);
            assert_int_equal(whole(&m, key_of(kinds[k]), NOW), SIGN_ALGORITHM);
        }
    }
    struct sign_message m = draft_request("hmac-sha256", DRAFT_NAMES);
    assert_int_equal(whole(&m, key_of("rsa"), NOW), SIGN_ALGORITHM);
    m = draft_request("rsa-sha256", DRAFT_NAMES);
    assert_int_equal(whole(&m, key_of("ed25519"), NOW), SIGN_ALGORITHM);
    m = draft_request("hs2019", DRAFT_NAMES);
    assert_int_equal(whole(&m, key_of("ed25519"), NOW), SIGN_WRONG);
    m = new_request(INPUT("rsa-sha1"), vectors[0].bytes);
    assert_int_equal(whole(&m, key_of("rsa"), NOW), SIGN_ALGORITHM);
}

static void moments_are_held_to(void **state)
{
    (void)state;
    struct sign_key *key = key_of("rsa");
    struct sign_message m = new_request(INPUT("rsa-v1_5-sha256"), vectors[0].bytes);
    assert_int_equal(whole(&m, key, NOW + 12 * 3600), SIGN_YES);
    assert_int_equal(whole(&m, key, NOW + 12 * 3600 + 1), SIGN_OLD);
    assert_int_equal(whole(&m, key, NOW - 3600), SIGN_YES);
    assert_int_equal(whole(&m, key, NOW - 3601), SIGN_EARLY);
    m = draft_request("rsa-sha256", DRAFT_NAMES);
    assert_int_equal(whole(&m, key, NOW + 12 * 3600 + 1), SIGN_OLD);
    assert_int_equal(whole(&m, key, NOW - 3601), SIGN_EARLY);
    headers[1].value = S("yesterday");
    assert_int_equal(whole(&m, key, NOW), SIGN_MALFORMED);
    headers[1].name = S("X-Date");
    assert_int_equal(whole(&m, key, NOW), SIGN_MISSING);

    int64_t seconds;
    for (int64_t at = 0; at < 4102444800; at += 86400 * 3 + 12345) {
        assert_true(sign_date_read(sign_date(&scratch, at), &seconds));
        assert_int_equal(seconds, at);
    }
    assert_str_equal(sign_date(&scratch, NOW), DATE);
    assert_false(sign_date_read(S("Sun, 31 Feb 2026 16:00:00 GMT"), &seconds));
    assert_false(sign_date_read(S("Sun, 22 Nov 2026 24:00:00 GMT"), &seconds));
    assert_false(sign_date_read(S("Sun, 22 Nov 2026 16:00:00 UTC"), &seconds));
}

static void what_is_not_covered_is_not_believed(void **state)
{
    (void)state;
    static const char *const names[] = { "(request-target) host date", "host date digest", "(request-target) date digest", "(request-target) host digest", "date" };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct sign_message m = draft_request("rsa-sha256", names[i]);
        assert_int_equal(whole(&m, key_of("rsa"), NOW), SIGN_UNCOVERED);
    }
    static const char *const inputs[] = {
        "sig1=(\"@target-uri\" \"content-digest\");created=1795363200;keyid=\"k\"", "sig1=(\"@method\" \"content-digest\");created=1795363200;keyid=\"k\"",
        "sig1=(\"@method\" \"@target-uri\");created=1795363200;keyid=\"k\"", "sig1=(\"@method\" \"@target-uri\" \"content-digest\" \"date\");keyid=\"k\"",
        "sig1=();created=1795363200;keyid=\"k\"", "sig1=(\"@method\" \"@path\" \"content-digest\");created=1795363200;keyid=\"k\"",
    };
    for (size_t i = 0; i < COUNT_OF(inputs); i++) {
        struct sign_message m = new_request(inputs[i], vectors[0].bytes);
        assert_int_equal(whole(&m, key_of("rsa"), NOW), SIGN_UNCOVERED);
    }
}

static void what_is_odd_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *input;
        enum sign_answer answer;
    } odd[] = {
        { "", SIGN_MALFORMED },
        { "sig1", SIGN_MALFORMED },
        { "sig1=(\"@method\" \"@method\");keyid=\"k\";created=1", SIGN_TWICE },
        { "sig1=(\"date\" \"Date\");keyid=\"k\";created=1", SIGN_MALFORMED },
        { "sig1=(\"@method\");keyid=\"k\";keyid=\"l\"", SIGN_MALFORMED },
        { "sig1=(\"@method\");keyid=k", SIGN_MALFORMED },
        { "sig1=(\"@method\");created=1.5;keyid=\"k\"", SIGN_MALFORMED },
        { "sig1=(\"@method\");created=-1;keyid=\"k\"", SIGN_MALFORMED },
        { "sig1=(\"@method\");created=\"1\";keyid=\"k\"", SIGN_MALFORMED },
        { "sig1=(\"@method\"\"date\");keyid=\"k\"", SIGN_MALFORMED },
        { "sig1=(\"@method);keyid=\"k\"", SIGN_MALFORMED },
        { "sig1=(\"@signature-params\");keyid=\"k\"", SIGN_MALFORMED },
        { "sig2=(\"@method\");keyid=\"k\";created=1", SIGN_MALFORMED }, /* another label than the signature's */
        { "sig1=(\"@method\");keyid=\"k\", sig2=(\"date\");keyid=\"l\"", SIGN_TWICE },
        { "sig1=(\"@method\");keyid=\"k\",", SIGN_MALFORMED },
        { "sig1=(\"@method\");keyid=\"k\xc3\xa9\"", SIGN_MALFORMED },
    };
    for (size_t i = 0; i < COUNT_OF(odd); i++) {
        struct sign_message m = new_request(odd[i].input, vectors[0].bytes);
        assert_int_equal(whole(&m, key_of("rsa"), NOW), odd[i].answer);
    }
    static const char *const drafts[] = { "",
                                          "keyId=\"a\"",
                                          "keyId=\"a\",signature=\"AA==\",",
                                          "keyId=\"a\",keyId=\"b\",signature=\"AA==\"",
                                          "keyId=\"a\",signature=\"A\"",
                                          "keyId=\"a\",signature=AA==",
                                          "keyId=\"a\\\"b\",signature=\"AA==\"",
                                          "keyId=\"a\",headers=\"date  host\",signature=\"AA==\"",
                                          "keyId=\"a\",algorithm=\"rsa-sha256\",created=1,headers=\"(created) host\",signature=\"AA==\"",
                                          "keyId=\"a\",created=1,created=2,signature=\"AA==\"",
                                          "keyId=\"a\" signature=\"AA==\"" };
    for (size_t i = 0; i < COUNT_OF(drafts); i++) {
        struct sign_message m = request();
        add(&m, "Signature", str_of(drafts[i]));
        assert_int_equal(whole(&m, key_of("rsa"), NOW), SIGN_MALFORMED);
    }
    struct sign_message m = request();
    assert_int_equal(whole(&m, key_of("rsa"), NOW), SIGN_NONE);
    add(&m, "Signature-Input", S(INPUT("rsa-v1_5-sha256")));
    assert_int_equal(whole(&m, key_of("rsa"), NOW), SIGN_MALFORMED);
}

static void headers_that_stand_twice_or_hold_lines_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = { "Signature", "digest", "DATE" };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct sign_message m = draft_request("rsa-sha256", DRAFT_NAMES);
        add(&m, names[i], S("x"));
        assert_int_equal(whole(&m, key_of("rsa"), NOW), SIGN_TWICE);
    }
    struct sign_message m = draft_request("rsa-sha256", DRAFT_NAMES);
    headers[0].value = S("blueheart.example\ndate: " DATE);
    assert_int_equal(whole(&m, key_of("rsa"), NOW), SIGN_MISSING);
    m = new_request(INPUT("rsa-v1_5-sha256"), vectors[0].bytes);
    add(&m, "Signature-Input", S("sig2=();keyid=\"k\""));
    assert_int_equal(whole(&m, key_of("rsa"), NOW), SIGN_TWICE);
}

static void digests_are_held_to(void **state)
{
    (void)state;
    static const struct {
        const char *name, *value;
        enum sign_answer answer;
    } all[] = {
        { "Digest", "SHA-256=" VECTOR_SHA256, SIGN_YES },
        { "Digest", "sha-256=" VECTOR_SHA256 ",SHA-512=" VECTOR_SHA512, SIGN_YES },
        { "Digest", "MD5=AAAA,SHA-256=" VECTOR_SHA256, SIGN_YES },
        { "Digest", "MD5=AAAA", SIGN_DIGEST },
        { "Digest", "SHA-256=" VECTOR_SHA256 ",SHA-512=AAAA", SIGN_DIGEST },
        { "Digest", "SHA-256", SIGN_DIGEST },
        { "Content-Digest", "sha-256=:" VECTOR_SHA256 ":", SIGN_YES },
        { "Content-Digest", "sha-512=:" VECTOR_SHA512 ":, md5=:AAAA:", SIGN_YES },
        { "Content-Digest", "sha-256=:" VECTOR_SHA256 ":, sha-512=:AAAA:", SIGN_DIGEST },
        { "Content-Digest", "sha-256=" VECTOR_SHA256, SIGN_DIGEST },
        { "Content-Digest", "md5=:AAAA:", SIGN_DIGEST },
        { "X-Digest", "SHA-256=" VECTOR_SHA256, SIGN_DIGEST },
    };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        struct sign_message m = request();
        add(&m, all[i].name, str_of(all[i].value));
        assert_int_equal(sign_digest_is_right(&scratch, &m), all[i].answer);
        m.body = S(BODY " ");
        assert_int_equal(sign_digest_is_right(&scratch, &m), SIGN_DIGEST);
    }
}

static void what_we_sign_is_good_and_our_keys_are_ours(void **state)
{
    (void)state;
    str private, public;
    sign_key_make(&scratch, &private, &public);
    struct sign_key *ours = sign_key_private(&scratch, private), *shown = sign_key_public(&scratch, public);
    assert_non_null(ours);
    assert_non_null(shown);
    assert_null(sign_key_public(&scratch, private)); /* a private key is none to be published */
    assert_null(sign_key_public(&scratch, S("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")));
    for (enum sign_scheme scheme = SIGN_DRAFT; scheme <= SIGN_RFC9421; scheme++) {
        struct sign_header more[2];
        struct sign_message m = request();
        m.query = S("a=b");
        add(&m, "Host", S("blueheart.example"));
        add(&m, "Date", S(DATE));
        add(&m, scheme == SIGN_DRAFT ? "Digest" : "Content-Digest", sign_digest(&scratch, scheme, m.body));
        size_t n = sign_request(&scratch, &m, scheme, ours, S(KEY_ID), NOW, more);
        assert_int_equal(n, scheme == SIGN_DRAFT ? 1 : 2);
        for (size_t i = 0; i < n; i++) add(&m, arena_z(&scratch, more[i].name), more[i].value);
        assert_int_equal(whole(&m, shown, NOW), SIGN_YES);
        assert_int_equal(whole(&m, key_of("rsa"), NOW), SIGN_WRONG);
        m.body = S("other");
        assert_int_equal(whole(&m, shown, NOW), SIGN_DIGEST);
    }
}

/* The examples of RFC 9421, where they lie beside the repository. */

static str unwrapped(str text)
{
    struct sink out;
    sink_open(&out, &scratch, MIB(1));
    for (size_t i = 0; i < text.n; i++) {
        bool is_wrap = text.p[i] == '\\' && i + 1 < text.n && text.p[i + 1] == '\n';
        if (!is_wrap) {
            put_char(&out, text.p[i]);
            continue;
        }
        while (i + 1 < text.n && (text.p[i + 1] == '\n' || text.p[i + 1] == ' ')) i++;
    }
    return sink_str(&out);
}

static str between(str text, const char *from, const char *to, int which)
{
    str found = S("");
    for (size_t i = 0; i + strlen(from) <= text.n && which >= 0; i++) {
        if (memcmp(text.p + i, from, strlen(from)) != 0) continue;
        found = str_from(text, i + strlen(from));
        which--;
    }
    for (size_t i = 0; i + strlen(to) <= found.n; i++)
        if (memcmp(found.p + i, to, strlen(to)) == 0) return str_cut(found, i);
    return S("");
}

static str pem_of(str file, int which)
{
    return ARENA_JOIN(&scratch, S("-----BEGIN PUBLIC KEY-----"), between(file, "-----BEGIN PUBLIC KEY-----", "-----END", which), S("-----END PUBLIC KEY-----\n"));
}

/* A message as it stands in the file, its lines of continuation joined. */
static struct sign_message message_of(str text)
{
    struct sign_message m = { .scheme = S("https"), .query = { NULL, 0 }, .header = headers };
    str first = str_split(&text, '\n'), target;
    if (str_starts(first, S("HTTP/"))) {
        m.status = 200;
    } else {
        m.method = str_split(&first, ' ');
        target = str_split(&first, ' ');
        m.path = str_split(&target, '?');
        m.query = target.p ? target : (str){ NULL, 0 };
    }
    while (text.p) {
        str line = str_split(&text, '\n'), value = line, name = str_split(&value, ':');
        if (!line.n) break;
        if (sign_same_name(name, S("host"))) m.authority = str_trim(value);
        headers[m.headers_n++] = (struct sign_header){ name, str_trim(value) };
    }
    m.body = text.p ? str_trim(text) : S("");
    return m;
}

static bool example(str file, const char *label, struct sign_message m, struct sign_key *key, enum sign_algorithm algorithm)
{
    struct sign_said s;
    if (label) {
        str input = between(file, arena_format(&scratch, "\nSignature-Input: %s=", label).p, "\nSignature:", 0);
        str bytes = between(file, arena_format(&scratch, "\nSignature: %s=", label).p, ":\n", 0);
        headers[m.headers_n++] = (struct sign_header){ S("Signature-Input"), ARENA_JOIN(&scratch, S("s="), input) };
        headers[m.headers_n++] = (struct sign_header){ S("Signature"), ARENA_JOIN(&scratch, S("s="), bytes, S(":")) };
    }
    enum sign_answer read = sign_read(&scratch, &m, &s);
    if (read != SIGN_YES) return false;
    s.algorithm = algorithm;
    return sign_verify(&scratch, &m, &s, key) == SIGN_YES;
}

static void the_shared_examples_of_rfc_9421_hold(void **state)
{
    (void)state;
    const char *where = getenv("STANDARDS") ? getenv("STANDARDS") : "../shared/standards";
    FILE *f = fopen(arena_format(&scratch, "%s/http-signatures/rfc9421-examples.md", where).p, "r");
    if (!f) skip();
    char *bytes = arena_take(&scratch, MIB(1));
    str file = { bytes, fread(bytes, 1, MIB(1), f) };
    fclose(f);
    str text = unwrapped(file);
    str to_us = between(text, "POST /foo", "\n~~~", 0), from_us = between(text, "HTTP/1.1 200 OK", "\n~~~", 0);
    struct sign_key *rsa = sign_key_public(&scratch, pem_of(file, 0)), *p256 = sign_key_public(&scratch, pem_of(file, 1)), *ed = sign_key_public(&scratch, pem_of(file, 2));


    assert_true(rsa && p256 && ed && to_us.n && from_us.n);
    str asked = ARENA_JOIN(&scratch, S("POST /foo"), to_us);
    static const char *const pss[] = { "sig-b21", "sig-b22", "sig-b23" };
    for (size_t i = 0; i < COUNT_OF(pss); i++) assert_true(example(text, pss[i], message_of(asked), rsa, SIGN_RSA_PSS_SHA512));
    assert_true(example(text, "sig-b26", message_of(asked), ed, SIGN_ED25519));
    assert_false(example(text, "sig-b26", message_of(asked), p256, SIGN_UNSAID));
    struct sign_message response = message_of(ARENA_JOIN(&scratch, S("HTTP/1.1 200 OK"), from_us));
    /* The published example signs another digest than its message has: the one of its signature base. */
    for (size_t i = 0; i < response.headers_n; i++)
        if (sign_same_name(headers[i].name, S("content-digest"))) headers[i].value = between(text, "\"@status\": 200\n\"content-type\": application/json\n\"content-digest\": ", "\n", 0);
    assert_true(example(text, "sig-b24", response, p256, SIGN_ECDSA_P256));

    static const bool holds[] = { true, true, true, true, false, false };
    str rest = text;
    for (size_t i = 0; i < COUNT_OF(holds); i++) {
        const char *verb = i == 4 ? "POST /demo" : "GET /demo";
        int which = i == 4 ? 0 : i == 5 ? 4 : (int)i;
        str message = ARENA_JOIN(&scratch, str_of(verb), between(rest, verb, "\n~~~", which));
        struct sign_message m = message_of(message);
        assert_int_equal(example(text, NULL, m, ed, SIGN_ED25519), holds[i]);
    }
    str proxied = ARENA_JOIN(&scratch, S("POST /foo"), between(text, "POST /foo", "\n~~~", 3));
    assert_true(example(text, NULL, message_of(proxied), p256, SIGN_ECDSA_P256));
}

/* ---- letters and addresses ---- */

static const struct fedi_setting on = { .is_on = true, .origin = S_CONST("https://blueheart.example") };

static void only_addresses_of_the_internet_are_taken(void **state)
{
    (void)state;
    static const char *const good[] = { "https://social.example/users/ana", "https://a.b-c.example/?x=1", "https://xn--bcher-kva.example/inbox#key" };
    static const char *const bad[] = { "http://social.example/a",    "https://social.example",     "https://localhost/a",        "https://127.0.0.1/a",
                                       "https://[::1]/a",            "https://social.example:8443/a", "https://ana@social.example/a", "https://social.example./a",
                                       "https://1.2.3/a",            "https://social..example/a",  "https://SOCIAL.example/a",   "https://social.example/a b",
                                       "https://social.example/\n",  "javascript:alert(1)",        "https:///a",                 "https://0x7f.1/a",
                                       "https://2130706433/a",       "https://social.example\\@127.0.0.1/a" };
    struct fedi_url url;
    fedi_place(&on);
    for (size_t i = 0; i < COUNT_OF(good); i++) assert_true(fedi_url_read(str_of(good[i]), &url));
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(fedi_url_read(str_of(bad[i]), &url));
    assert_true(fedi_url_same_host(S("https://social.example/a"), S("https://social.example/b#c")));
    assert_false(fedi_url_same_host(S("https://social.example/a"), S("https://social.example.evil.example/b")));

    static const struct {
        const char *address;
        bool is_reachable;
    } nets[] = { { "93.184.216.34", true },  { "127.0.0.1", false },   { "10.1.2.3", false },    { "100.64.0.1", false },  { "169.254.169.254", false },
                 { "172.16.0.1", false },    { "172.32.0.1", true },   { "192.168.1.1", false }, { "0.0.0.0", false },     { "224.0.0.1", false },
                 { "255.255.255.255", false }, { "198.18.0.1", false }, { "192.0.2.1", false },  { "2606:4700::1", true }, { "::1", false },
                 { "::", false },            { "fe80::1", false },     { "fc00::1", false },     { "fd12::1", false },     { "::ffff:10.0.0.1", false },
                 { "::ffff:93.184.216.34", false }, { "64:ff9b::a00:1", false }, { "2002:a00:1::", false }, { "2001:0:1::", false }, { "2001:db8::1", false },
                 { "ff02::1", false },       { "2001:4860:4860::8888", true } };
    for (size_t i = 0; i < COUNT_OF(nets); i++) {
        struct sockaddr_in four = { .sin_family = AF_INET };
        struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
        bool is_four = inet_pton(AF_INET, nets[i].address, &four.sin_addr) == 1;
        if (!is_four) assert_int_equal(inet_pton(AF_INET6, nets[i].address, &six.sin6_addr), 1);
        const struct sockaddr *at = is_four ? (const struct sockaddr *)&four : (const struct sockaddr *)&six;
        if (fedi_is_reachable(at) != nets[i].is_reachable) fail_msg("%s", nets[i].address);
    }
}

static enum fedi_letter_answer letter(const char *body, struct fedi_letter *l)
{
    *l = (struct fedi_letter){ 0 };
    return fedi_letter_read(&scratch, str_of(body), l);
}

#define ANA "\"actor\":\"https://else.example/ana\""

static void letters_mean_one_thing_or_nothing(void **state)
{
    (void)state;
    struct fedi_letter l;
    fedi_place(&on);
    assert_int_equal(letter("{\"type\":\"Follow\",\"id\":\"https://else.example/1\"," ANA ",\"object\":\"https://blueheart.example/fedi/ar\"}", &l), LETTER_YES);
    assert_int_equal(l.kind, FEDI_FOLLOW);
    assert_str_equal(l.lang, "ar");
    assert_int_equal(letter("{\"type\":\"Undo\"," ANA ",\"object\":{\"type\":\"Follow\"," ANA ",\"object\":\"https://blueheart.example/fedi/en\"}}", &l), LETTER_YES);
    assert_str_equal(l.lang, "en");
    assert_int_equal(letter("{\"type\":\"Undo\"," ANA ",\"object\":\"https://else.example/1\"}", &l), LETTER_YES);
    assert_int_equal(letter("{\"type\":\"Delete\"," ANA ",\"object\":\"https://else.example/ana\"}", &l), LETTER_YES);
    static const char *const nothing[] = {
        "{\"type\":\"Follow\",\"id\":\"https://else.example/1\"," ANA ",\"object\":\"https://other.example/fedi/en\"}",
        "{\"type\":\"Follow\",\"id\":\"https://else.example/1\"," ANA ",\"object\":\"https://blueheart.example/fedi/xx\"}",
        "{\"type\":\"Undo\"," ANA ",\"object\":{\"type\":\"Like\"," ANA ",\"object\":\"https://blueheart.example/fedi/en\"}}",
        "{\"type\":\"Delete\"," ANA ",\"object\":\"https://else.example/ana/notes/1\"}",
        "{\"type\":\"Create\"," ANA ",\"object\":{\"content\":\"x\"}}",
        "{\"type\":\"Delete\"," ANA ",\"object\":\"https://else.example/ben\"}",
    };
    for (size_t i = 0; i < COUNT_OF(nothing); i++) assert_int_equal(letter(nothing[i], &l), LETTER_NOTHING);
    static const char *const bad[] = {
        "", "[]", "{}", "{\"type\":\"Follow\"}", "{\"type\":\"Follow\",\"type\":\"Undo\"," ANA "}", "{\"type\":\"Follow\",\"actor\":\"http://else.example/ana\",\"object\":\"x\"}",
        "{\"type\":\"Follow\"," ANA ",\"object\":\"https://blueheart.example/fedi/ar\"}", /* without an id there is nothing to accept */
        "{\"type\":\"Undo\"," ANA ",\"object\":{\"type\":\"Follow\",\"actor\":\"https://else.example/ben\",\"object\":\"https://blueheart.example/fedi/en\"}}",
        "{\"type\":\"Undo\"," ANA ",\"object\":[]}", "{\"type\":\"Follow\"," ANA ",\"a\":[[[[[[[[[[]]]]]]]]]]}",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_int_equal(letter(bad[i], &l), LETTER_BAD);
}

static void an_actor_elsewhere_speaks_for_itself_only(void **state)
{
    (void)state;
    struct fedi_other o;
    fedi_place(&on);
#define ACTOR(id, inbox, key, owner) \
    "{\"id\":\"" id "\",\"inbox\":\"" inbox "\",\"publicKey\":{\"id\":\"" key "\",\"owner\":\"" owner "\",\"publicKeyPem\":\"x\"}}"
    static const char ana[] = "https://else.example/ana";
    assert_true(fedi_other_read(&scratch, S(ACTOR("https://else.example/ana", "https://else.example/in", "https://else.example/ana#k", "https://else.example/ana")), str_of(ana), &o));
    static const char *const bad[] = {
        ACTOR("https://else.example/ben", "https://else.example/in", "https://else.example/ana#k", "https://else.example/ana"),
        ACTOR("https://else.example/ana", "https://victim.example/in", "https://else.example/ana#k", "https://else.example/ana"),
        ACTOR("https://else.example/ana", "https://else.example/in", "https://evil.example/ana#k", "https://else.example/ana"),
        ACTOR("https://else.example/ana", "https://else.example/in", "https://else.example/ana#k", "https://else.example/ben"),
        ACTOR("https://else.example/ana", "http://127.0.0.1/in", "https://else.example/ana#k", "https://else.example/ana"),
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) assert_false(fedi_other_read(&scratch, str_of(bad[i]), str_of(ana), &o));
}

static void letters_come_back_from_keeping(void **state)
{
    (void)state;
    struct sign_header h[] = { { S("Date"), S(DATE) }, { S("Signature"), S("a\n3\nb") } };
    struct fedi_letter l = { .method = S("POST"), .path = S("/fedi/inbox"), .header = h, .headers_n = 2,
                             .body = S("{\"type\":\"Delete\"," ANA ",\"object\":\"https://else.example/ana\"}") }, again;
    fedi_place(&on);
    str packed = fedi_letter_pack(&scratch, &l);
    assert_true(fedi_letter_unpack(&scratch, packed, &again));
    assert_int_equal(again.headers_n, 2);
    assert_true(str_eq(again.header[1].value, h[1].value) && str_eq(again.body, l.body) && again.kind == FEDI_DELETE);
    for (size_t n = 0; n < packed.n; n++) assert_false(fedi_letter_unpack(&scratch, str_cut(packed, n), &again));
}

static int begin(void **state)
{
    help_begin(state);
    help_languages();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signatures_made_elsewhere_are_good),
        cmocka_unit_test(an_algorithm_cannot_be_confused),
        cmocka_unit_test(moments_are_held_to),
        cmocka_unit_test(what_is_not_covered_is_not_believed),
        cmocka_unit_test(what_is_odd_is_refused),
        cmocka_unit_test(headers_that_stand_twice_or_hold_lines_are_refused),
        cmocka_unit_test(digests_are_held_to),
        cmocka_unit_test(what_we_sign_is_good_and_our_keys_are_ours),
        cmocka_unit_test(the_shared_examples_of_rfc_9421_hold),
        cmocka_unit_test(only_addresses_of_the_internet_are_taken),
        cmocka_unit_test(letters_mean_one_thing_or_nothing),
        cmocka_unit_test(an_actor_elsewhere_speaks_for_itself_only),
        cmocka_unit_test(letters_come_back_from_keeping),
    };
    return cmocka_run_group_tests(tests, begin, help_end);
}

/* What an authenticator, a browser and an address bar send. First byte: which reader takes the rest. */
#include "test/fuzz/fuzz.h"

#include "seal/cbor.h"
#include "seal/json.h"
#include "seal/letters.h"
#include "seal/password.h"
#include "seal/recovery.h"
#include "seal/signature.h"
#include "seal/totp.h"
#include "seal/webauthn.h"

#include <sodium.h>

static char folder[64];
static struct arena life;
static const struct seal_secret *secret;
static const struct webauthn_site site = { S_CONST("example.org"), S_CONST("https://example.org") };
static const str challenge = S_CONST("0123456789abcdef0123456789abcdef");

static void forget_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    (void)!system(command);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    snprintf(folder, sizeof folder, "/tmp/blueheart-fuzz-XXXXXX");
    MUST(mkdtemp(folder));
    atexit(forget_folder);
    arena_open(&life, LIFE_ARENA_MAX);
    secret = seal_secret(seal_keys_open(&life, str_of(folder)), "fuzz");
    return 0;
}

static void look_inside(const struct cbor_item *item, int depth)
{
    struct cbor_item value;
    MUST(depth <= CBOR_DEPTH_MAX);
    if (item->type == CBOR_MAP) {
        (void)!cbor_in_int(item, 3, &value);
        (void)!cbor_in_text(item, S("fmt"), &value);
    }
    str rest = item->type == CBOR_ARRAY || item->type == CBOR_MAP ? item->bytes : S("");
    while (rest.n) {
        MUST(cbor_read(&rest, &value)); /* what was read whole can be read in parts */
        look_inside(&value, depth + 1);
    }
}

/* Whatever reads, reads one spelling: written again it is the same. */
static void read_letters(struct arena *a, str in)
{
    str bytes;
    id which;
    char shown[ID_SHOWN_TEXT];
    if (base32_read(a, in, in.n, &bytes)) MUST(str_eq(base32_text(a, bytes), in));
    if (base64url_read(a, in, in.n, &bytes)) MUST(str_eq(base64url_text(a, bytes), in));
    if (id_read(secret, in, &which)) {
        id_shown(secret, which, shown);
        MUST(str_eq(str_of(shown), in));
    }
}

static str client_data(struct arena *a, const char *type)
{
    return arena_format(a, "{\"type\":\"webauthn.%s\",\"challenge\":\"" STR_FMT "\",\"origin\":\"https://example.org\"}", type,
                        STR_ARG(base64url_text(a, challenge)));
}

static void register_it(struct arena *a, str object)
{
    struct webauthn_key key;
    enum webauthn_answer answer = webauthn_register(a, &site, challenge, client_data(a, "create"), object, &key);
    MUST(answer != WEBAUTHN_BAD_CLIENT_DATA && answer != WEBAUTHN_BAD_SIGNATURE && answer != WEBAUTHN_CLONED);
    if (answer != WEBAUTHN_YES) return;
    int64_t algorithm;
    MUST(key.credential.n > 0 && key.credential.n <= CREDENTIAL_ID_MAX);
    MUST(cose_look(key.cose, &algorithm) == COSE_YES && algorithm == key.algorithm);
}

/* The input as authData behind the right hash, so that what follows is reached. */
static void read_data(struct arena *a, str in)
{
    unsigned char hash[32];
    crypto_hash_sha256(hash, (const unsigned char *)"example.org", 11);
    str data = ARENA_JOIN(a, ((str){ (const char *)hash, 32 }), in);
    char head[3] = { 0x59, (char)(data.n >> 8), (char)data.n };
    if (data.n > 255 && data.n < 65536)
        register_it(a, ARENA_JOIN(a, S("\xa3\x63" "fmt\x64none\x67" "attStmt\xa0\x68" "authData"), ((str){ head, 3 }), data));
    /* Nothing signs with a key that nobody has. */
    static const unsigned char base[] = "\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20\x58\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66"
                                        "\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66";
    struct webauthn_key key = { .cose = { (const char *)base, 42 } };
    struct webauthn_seen seen;
    MUST(webauthn_verify(a, &site, challenge, &key, client_data(a, "get"), data, str_cut(in, 64), &seen) != WEBAUTHN_YES);
}

static void read_client(struct arena *a, str in)
{
    struct json j;
    struct webauthn_key key;
    bool is_json = json_read(a, in, &j);
    enum webauthn_answer answer = webauthn_register(a, &site, challenge, in, S(""), &key);
    MUST(answer != WEBAUTHN_YES);
    if (!is_json) MUST(answer == WEBAUTHN_BAD_CLIENT_DATA || answer == WEBAUTHN_TOO_LONG);
}

static void read_typed(struct arena *a, str in)
{
    int64_t step;
    unsigned char hash[SEAL_HASH_BYTES];
    (void)!totp_check((const unsigned char *)"12345678901234567890", in, 1795000000000, 0, &step);
    (void)!recovery_hash(secret, 7, (personal){ in }, hash);
    if (!str_is_utf8(in)) return;
    enum password_answer answer = password_judge(a, (personal){ in }, (struct password_own){ S("Blue Heart"), { S("ana@example.org") } });
    MUST(in.n >= PASSWORD_LEAST || answer == PASSWORD_TOO_SHORT);
    MUST(password_is_ask(password_check_ask(a, secret, (personal){ in }, S(""))));
}

static void one(struct arena *a, str in)
{
    struct cbor_item item;
    if (in.n == 0) return;
    str rest = str_from(in, 1);
    switch ((unsigned char)in.p[0] % 7) {
    case 0:
        if (cbor_read(&rest, &item)) look_inside(&item, 0);
        return;
    case 1: register_it(a, rest); return;
    case 2: read_data(a, rest); return;
    case 3: read_client(a, rest); return;
    case 4: read_letters(a, rest); return;
    case 5: read_typed(a, rest); return;
    case 6: {
        int64_t algorithm;
        (void)!cose_look(rest, &algorithm);
        return;
    }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(64));
    MUST(fuzz_run(&a, one, data, n) == JUMP_NONE);
    return 0;
}

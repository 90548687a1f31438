#include "seal/signature.h"

#include "base/breakage.h"
#include "base/limits.h"
#include "seal/cbor.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

enum { KTY = 1, ALG = 3, CRV = -1, X = -2, Y = -3, N = -1, E = -2 };
enum { KTY_OKP = 1, KTY_EC2 = 2, KTY_RSA = 3, CRV_P256 = 1, CRV_ED25519 = 6 };

#define P256_BYTES    32
#define RSA_BYTES_MIN 256
#define RSA_BYTES_MAX 512

static bool number_is(const struct cbor_item *map, int64_t key, int64_t wanted)
{
    struct cbor_item v;
    return cbor_in_int(map, key, &v) && v.type == CBOR_INT && v.number == wanted;
}

static bool bytes_in(const struct cbor_item *map, int64_t key, size_t least, size_t most, str *out)
{
    struct cbor_item v;
    if (!cbor_in_int(map, key, &v) || v.type != CBOR_BYTES) return false;
    *out = v.bytes;
    return v.bytes.n >= least && v.bytes.n <= most;
}

/* libcrypto reads no files of the machine's: what it does here does not depend on them. */
void signature_begin(void)
{
    static bool is_begun;
    if (is_begun) return;
    if (OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) != 1 || sodium_init() < 0)
        broken("libcrypto cannot start");
    is_begun = true;
}

static EVP_PKEY *from_params(const char *kind, OSSL_PARAM *params)
{
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, kind, NULL);
    bool is_made = ctx && params && EVP_PKEY_fromdata_init(ctx) == 1 &&
                   EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) == 1;
    EVP_PKEY_CTX_free(ctx);
    return is_made ? key : NULL;
}

/* Refuses a point that is not on the curve. */
static EVP_PKEY *p256_key(str x, str y)
{
    unsigned char point[1 + 2 * P256_BYTES] = { 4 };
    char curve[] = "prime256v1";
    memcpy(point + 1, x.p, P256_BYTES);
    memcpy(point + 1 + P256_BYTES, y.p, P256_BYTES);
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point),
        OSSL_PARAM_construct_end(),
    };
    return from_params("EC", params);
}

static EVP_PKEY *rsa_key(str n, str e)
{
    BIGNUM *modulus = BN_bin2bn((const unsigned char *)n.p, (int)n.n, NULL);
    BIGNUM *exponent = BN_bin2bn((const unsigned char *)e.p, (int)e.n, NULL);
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    OSSL_PARAM *params = NULL;
    if (modulus && exponent && build && BN_is_odd(modulus) && BN_is_odd(exponent) &&
        !BN_is_one(exponent) &&
        OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, modulus) == 1 &&
        OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, exponent) == 1)
        params = OSSL_PARAM_BLD_to_param(build);
    EVP_PKEY *key = params ? from_params("RSA", params) : NULL;
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(build);
    BN_free(modulus);
    BN_free(exponent);
    return key;
}

static bool evp_verify(EVP_PKEY *key, str words, str signature)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool is_right = ctx && EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
                    EVP_DigestVerify(ctx, (const unsigned char *)signature.p, signature.n,
                                     (const unsigned char *)words.p, words.n) == 1;
    EVP_MD_CTX_free(ctx);
    ERR_clear_error();
    return is_right;
}

/* What both questions share: words NULL asks only whether it is a key. */
static enum cose_answer ask_evp(EVP_PKEY *key, const str *words, str signature)
{
    if (!key) {
        ERR_clear_error();
        return COSE_BAD;
    }
    bool is_right = !words || evp_verify(key, *words, signature);
    EVP_PKEY_free(key);
    return is_right ? COSE_YES : COSE_WRONG;
}

static enum cose_answer ask_es256(const struct cbor_item *map, const str *words, str signature)
{
    str x, y;
    if (!number_is(map, KTY, KTY_EC2) || !number_is(map, CRV, CRV_P256) ||
        !bytes_in(map, X, P256_BYTES, P256_BYTES, &x) ||
        !bytes_in(map, Y, P256_BYTES, P256_BYTES, &y))
        return COSE_BAD;
    return ask_evp(p256_key(x, y), words, signature);
}

static enum cose_answer ask_rs256(const struct cbor_item *map, const str *words, str signature)
{
    str n, e;
    if (!number_is(map, KTY, KTY_RSA) || !bytes_in(map, N, RSA_BYTES_MIN, RSA_BYTES_MAX, &n) ||
        !bytes_in(map, E, 1, 4, &e) || n.p[0] == 0 || e.p[0] == 0)
        return COSE_BAD;
    return ask_evp(rsa_key(n, e), words, signature);
}

static enum cose_answer ask_eddsa(const struct cbor_item *map, const str *words, str signature)
{
    str x;
    unsigned char other[crypto_scalarmult_curve25519_BYTES];
    const bool is_key =
        number_is(map, KTY, KTY_OKP) && number_is(map, CRV, CRV_ED25519) &&
        bytes_in(map, X, crypto_sign_PUBLICKEYBYTES, crypto_sign_PUBLICKEYBYTES, &x) &&
        /* on the curve, and not of small order */
        crypto_sign_ed25519_pk_to_curve25519(other, (const unsigned char *)x.p) == 0;
    if (!is_key) return COSE_BAD;
    if (!words) return COSE_YES;
    bool is_right = signature.n == crypto_sign_BYTES &&
                    crypto_sign_verify_detached((const unsigned char *)signature.p,
                                                (const unsigned char *)words->p, words->n,
                                                (const unsigned char *)x.p) == 0;
    return is_right ? COSE_YES : COSE_WRONG;
}

static enum cose_answer ask(str key, const str *words, str signature, int64_t *algorithm)
{
    struct cbor_item map, alg;
    *algorithm = 0;
    if (!cbor_read(&key, &map) || key.n || map.type != CBOR_MAP || !cbor_in_int(&map, ALG, &alg) ||
        alg.type != CBOR_INT)
        return COSE_BAD;
    *algorithm = alg.number;
    signature_begin();
    switch (alg.number) {
    case SIGN_ES256: return ask_es256(&map, words, signature);
    case SIGN_EDDSA: return ask_eddsa(&map, words, signature);
    case SIGN_RS256: return ask_rs256(&map, words, signature);
    default: return COSE_UNKNOWN;
    }
}

enum cose_answer cose_look(str key, int64_t *algorithm)
{
    return ask(key, NULL, S(""), algorithm);
}

enum cose_answer cose_verify(str key, str words, str signature)
{
    int64_t algorithm;
    return ask(key, &words, signature, &algorithm);
}

/* Keys and what is done with them: libcrypto, and nothing else here knows it. */
#include "base/breakage.h"
#include "base/limits.h"
#include "fedi/signature.h"
#include "seal/signature.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/decoder.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <sodium.h>

#define RSA_BITS       2048
#define RSA_BITS_MAX   8192
#define P256_HALF      32
#define SIGNATURE_MOST 1024

struct sign_key {
    EVP_PKEY *pkey; /* NULL: a shared secret */
    str secret;
    enum sign_algorithm algorithm; /* what it is used with unless the message says another it may */
};

static void key_end(void *self)
{
    EVP_PKEY_free(((struct sign_key *)self)->pkey);
}

/* SIGN_UNSAID: of a kind or size that is not used here. */
static enum sign_algorithm algorithm_of(EVP_PKEY *pkey)
{
    char group[32] = "";
    int bits = EVP_PKEY_get_bits(pkey);
    bool is_fit = bits >= RSA_BITS && bits <= RSA_BITS_MAX;
    if (EVP_PKEY_is_a(pkey, "RSA")) return is_fit ? SIGN_RSA_SHA256 : SIGN_UNSAID;
    if (EVP_PKEY_is_a(pkey, "RSA-PSS")) return is_fit ? SIGN_RSA_PSS_SHA512 : SIGN_UNSAID;
    if (EVP_PKEY_is_a(pkey, "ED25519")) return SIGN_ED25519;
    if (!EVP_PKEY_is_a(pkey, "EC")) return SIGN_UNSAID;
    bool has_group = EVP_PKEY_get_group_name(pkey, group, sizeof group, NULL) == 1;
    return has_group && strcmp(group, "prime256v1") == 0 ? SIGN_ECDSA_P256 : SIGN_UNSAID;
}

static struct sign_key *key_from(struct arena *a, str pem, int selection)
{
    EVP_PKEY *pkey = NULL;
    const unsigned char *at = (const unsigned char *)pem.p;
    size_t left = pem.n;
    signature_begin();
    if (pem.n == 0 || pem.n > FEDI_PEM_MAX) return NULL;
    OSSL_DECODER_CTX *c = OSSL_DECODER_CTX_new_for_pkey(&pkey, "PEM", NULL, NULL, selection, NULL,
                                                        NULL);
    bool is_read = c && OSSL_DECODER_from_data(c, &at, &left) == 1 && pkey;
    OSSL_DECODER_CTX_free(c);
    ERR_clear_error();
    if (!is_read) {
        EVP_PKEY_free(pkey);
        return NULL;
    }
    struct sign_key *key = arena_new(a, struct sign_key, 1);
    *key = (struct sign_key){ .pkey = pkey, .algorithm = algorithm_of(pkey) };
    arena_at_end(a, key_end, key);
    return key->algorithm == SIGN_UNSAID ? NULL : key;
}

struct sign_key *sign_key_public(struct arena *a, str pem)
{
    /* A private key is none to be published: it would be read as one, too. */
    if (str_has(pem, S("PRIVATE"))) return NULL;
    return key_from(a, pem, EVP_PKEY_PUBLIC_KEY);
}

struct sign_key *sign_key_private(struct arena *a, str pem)
{
    return key_from(a, pem, EVP_PKEY_KEYPAIR);
}

struct sign_key *sign_key_secret(struct arena *a, str bytes)
{
    struct sign_key *key = arena_new(a, struct sign_key, 1);
    *key = (struct sign_key){ .secret = bytes, .algorithm = SIGN_HMAC_SHA256 };
    return key;
}

enum sign_algorithm sign_key_algorithm(const struct sign_key *key)
{
    return key->algorithm;
}

bool sign_key_may(const struct sign_key *key, enum sign_algorithm algorithm)
{
    bool is_both = key->algorithm == SIGN_RSA_SHA256 && algorithm == SIGN_RSA_PSS_SHA512;
    return algorithm == key->algorithm || is_both;
}

static str bio_text(struct arena *a, BIO *b)
{
    char *p = NULL;
    long n = BIO_get_mem_data(b, &p);
    if (n <= 0) broken("fediverse: a key cannot be written");
    return arena_str(a, (str){ p, (size_t)n });
}

void sign_key_make(struct arena *a, str *private_pem, str *public_pem)
{
    signature_begin();
    EVP_PKEY *pkey = EVP_RSA_gen(RSA_BITS);
    BIO *one = BIO_new(BIO_s_secmem()), *other = BIO_new(BIO_s_mem());
    bool is_made = pkey && one && other &&
                   PEM_write_bio_PKCS8PrivateKey(one, pkey, NULL, NULL, 0, NULL, NULL) == 1 &&
                   PEM_write_bio_PUBKEY(other, pkey) == 1;
    if (is_made) {
        *private_pem = bio_text(a, one);
        *public_pem = bio_text(a, other);
    }
    BIO_free(one);
    BIO_free(other);
    EVP_PKEY_free(pkey);
    if (!is_made) broken("fediverse: no key can be made");
}

str sign_hash(struct arena *a, bool is_512, str bytes)
{
    unsigned char *out = arena_take(a, EVP_MAX_MD_SIZE);
    unsigned n = 0;
    signature_begin();
    if (EVP_Digest(bytes.p, bytes.n, out, &n, is_512 ? EVP_sha512() : EVP_sha256(), NULL) != 1)
        broken("fediverse: libcrypto cannot hash");
    return (str){ (const char *)out, n };
}

static bool set_padding(EVP_PKEY_CTX *c, enum sign_algorithm algorithm)
{
    if (algorithm == SIGN_RSA_SHA256)
        return EVP_PKEY_CTX_set_rsa_padding(c, RSA_PKCS1_PADDING) == 1;
    if (algorithm != SIGN_RSA_PSS_SHA512) return true;
    return EVP_PKEY_CTX_set_rsa_padding(c, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(c, RSA_PSS_SALTLEN_DIGEST) == 1;
}

static const char *hash_of(enum sign_algorithm algorithm)
{
    switch (algorithm) {
    case SIGN_RSA_SHA256:
    case SIGN_ECDSA_P256: return "SHA256";
    case SIGN_RSA_PSS_SHA512: return "SHA512";
    case SIGN_ED25519:
    case SIGN_HMAC_SHA256:
    case SIGN_UNSAID: break;
    }
    return NULL;
}

/* Two numbers side by side, as RFC 9421 has them, in DER as libcrypto wants them; at most 72 bytes. */
static bool der_of(str bytes, unsigned char der[80], size_t *n)
{
    if (bytes.n != 2 * P256_HALF) return false;
    const unsigned char *p = (const unsigned char *)bytes.p;
    ECDSA_SIG *sig = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(p, P256_HALF, NULL), *s = BN_bin2bn(p + P256_HALF, P256_HALF, NULL);
    bool is_set = sig && r && s && ECDSA_SIG_set0(sig, r, s) == 1;
    if (!is_set) {
        BN_free(r);
        BN_free(s);
    }
    unsigned char *to = der;
    int length = is_set ? i2d_ECDSA_SIG(sig, &to) : 0;
    ECDSA_SIG_free(sig);
    *n = length > 0 ? (size_t)length : 0;
    return length > 0;
}

static bool hmac_right(str secret, str base, str bytes)
{
    unsigned char right[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret.p, secret.n);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)base.p, base.n);
    crypto_auth_hmacsha256_final(&state, right);
    return bytes.n == sizeof right && sodium_memcmp(right, bytes.p, sizeof right) == 0;
}

bool sign_bytes_right(const struct sign_key *key, enum sign_algorithm algorithm, str base,
                      str bytes)
{
    unsigned char der[80];
    if (!sign_key_may(key, algorithm) || bytes.n == 0 || bytes.n > SIGNATURE_MOST) return false;
    if (algorithm == SIGN_HMAC_SHA256) return hmac_right(key->secret, base, bytes);
    if (algorithm == SIGN_ECDSA_P256) {
        size_t n;
        if (!der_of(bytes, der, &n)) return false;
        bytes = (str){ (const char *)der, n };
    }
    EVP_PKEY_CTX *inside = NULL;
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    bool is_right = c &&
                    EVP_DigestVerifyInit_ex(c, &inside, hash_of(algorithm), NULL, NULL, key->pkey,
                                            NULL) == 1 &&
                    set_padding(inside, algorithm) &&
                    EVP_DigestVerify(c, (const unsigned char *)bytes.p, bytes.n,
                                     (const unsigned char *)base.p, base.n) == 1;
    EVP_MD_CTX_free(c);
    ERR_clear_error();
    return is_right;
}

str sign_bytes(struct arena *a, const struct sign_key *key, str base)
{
    unsigned char *out = arena_take(a, SIGNATURE_MOST);
    size_t n = SIGNATURE_MOST;
    EVP_PKEY_CTX *inside = NULL;
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    bool is_ours = key->algorithm == SIGN_RSA_SHA256 || key->algorithm == SIGN_ED25519;
    bool is_signed = is_ours && c &&
                     EVP_DigestSignInit_ex(c, &inside, hash_of(key->algorithm), NULL, NULL,
                                           key->pkey, NULL) == 1 &&
                     set_padding(inside, key->algorithm) &&
                     EVP_DigestSign(c, out, &n, (const unsigned char *)base.p, base.n) == 1;
    EVP_MD_CTX_free(c);
    ERR_clear_error();
    if (!is_signed) broken("fediverse: a request could not be signed");
    return (str){ (const char *)out, n };
}

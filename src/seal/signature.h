/* seal/signature.h - public keys as authenticators write them (COSE, RFC 9053), and what they signed.
 *
 * Needs: cbor, libcrypto, libsodium.    Never: a key it cannot check in full. */
#ifndef SEAL_SIGNATURE_H
#define SEAL_SIGNATURE_H

#include "base/str.h"

#define SIGN_ES256 (-7)   /* ECDSA on P-256 with SHA-256, signature in DER */
#define SIGN_EDDSA (-8)   /* Ed25519 */
#define SIGN_RS256 (-257) /* RSASSA-PKCS1-v1_5 with SHA-256, 2048 to 4096 bits */

enum cose_answer {
    COSE_YES,
    COSE_UNKNOWN, /* well-formed, but of a kind we do not check */
    COSE_BAD,
    COSE_WRONG, /* the key is good; it did not sign this */
};

/* Is it a key, all of it and nothing behind it? *algorithm is set if it says one. */
MUST_USE enum cose_answer cose_look(str key, int64_t *algorithm);
MUST_USE enum cose_answer cose_verify(str key, str words, str signature);

/* Starts libcrypto without the machine's settings for it; before whatever else uses it. */
void signature_begin(void);

#endif

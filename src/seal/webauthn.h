/* seal/webauthn.h - passkeys: reading what a browser says of a new key, and checking that a key signed (WebAuthn 3).
 *
 * Everything arrives from outside and is bounded, read once and refused with a reason. Who made the key does not
 * matter here (attestation "none" is what to ask for): a statement about it is looked at for its form and believed in
 * nothing. Accepted keys: ES256 (P-256), EdDSA (Ed25519), RS256 (2048 to 4096 bits).
 * The caller keeps a challenge for a few minutes, for one session and one purpose, and ends it with the first answer,
 * right or wrong.
 * Needs: seal (letters, cbor), libcrypto, libsodium.    Never: decide whether a person was verified; it is told. */
#ifndef SEAL_WEBAUTHN_H
#define SEAL_WEBAUTHN_H

#include "base/arena.h"

#define WEBAUTHN_CHALLENGE_BYTES 32

enum webauthn_answer {
    WEBAUTHN_YES,
    WEBAUTHN_TOO_LONG,        /* a part is longer than any key makes it */
    WEBAUTHN_BAD_CLIENT_DATA, /* not the JSON a browser writes */
    WEBAUTHN_OTHER_PURPOSE, /* made for signing in instead of registering, or the other way round */
    WEBAUTHN_OTHER_CHALLENGE, /* an answer to another question: old, or of another session */
    WEBAUTHN_OTHER_ORIGIN,    /* made on another site */
    WEBAUTHN_FRAMED,          /* made inside another site's page */
    WEBAUTHN_BAD_ATTESTATION, /* not the CBOR an authenticator writes */
    WEBAUTHN_BAD_DATA,        /* the authenticator's data are malformed */
    WEBAUTHN_OTHER_SITE,      /* the key belongs to another site (rpIdHash) */
    WEBAUTHN_NOBODY_THERE,    /* nobody touched the key (UP) */
    WEBAUTHN_BAD_BACKUP,  /* says it is backed up and that it cannot be, or has changed its mind */
    WEBAUTHN_UNKNOWN_KEY, /* a kind of key we do not check */
    WEBAUTHN_BAD_KEY,     /* the kind is known, the key is not one */
    WEBAUTHN_BAD_SIGNATURE,
    WEBAUTHN_CLONED, /* the counter did not grow: there may be two of this key. Do not let in; tell the account */
};
const char *webauthn_answer_code(enum webauthn_answer answer); /* "other-origin", for the log */

struct webauthn_site {
    str name;   /* the RP ID: "example.org" */
    str origin; /* exactly as a browser says it: "https://example.org", "http://localhost:8080" */
};

/* 32 random bytes for one question; keep them, and give them to the page in base64url. */
void webauthn_challenge_make(unsigned char out[WEBAUTHN_CHALLENGE_BYTES]);

/* What to keep of a key. */
struct webauthn_key {
    str credential;          /* its id: 1 to 1023 bytes; no two accounts may have the same */
    str cose;                /* the public key as it came */
    int64_t counter;         /* how often it signed, 0: it does not count */
    bool may_be_backed_up;   /* lives in an account of a provider's, on several devices (BE) */
    bool is_backed_up;       /* does so now (BS) */
    bool is_verified;        /* the person was recognised by PIN, finger or face this time (UV) */
    unsigned char model[16]; /* AAGUID; zeros: not said */
    int64_t algorithm;       /* COSE: -7, -8, -257 */
};

/* Registration. All strings are raw bytes (see base64url_read). Words in *key live in `a`. */
MUST_USE enum webauthn_answer webauthn_register(struct arena *a, const struct webauthn_site *site,
                                                str challenge, str client_data,
                                                str attestation_object, struct webauthn_key *key);

/* What a key told when it signed; to be kept with the key after WEBAUTHN_YES. */
struct webauthn_seen {
    int64_t counter;
    bool is_verified, is_backed_up;
};

/* Signing in. `key`: as kept (credential, cose, counter, may_be_backed_up are read); the caller found it by the
 * credential's id, and, where the account is known already, among that account's keys only. */
MUST_USE enum webauthn_answer webauthn_verify(struct arena *a, const struct webauthn_site *site,
                                              str challenge, const struct webauthn_key *key,
                                              str client_data, str authenticator_data,
                                              str signature, struct webauthn_seen *seen);

#endif

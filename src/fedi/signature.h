/* fedi/signature.h - signatures over HTTP messages, in the two forms that servers of the fediverse speak.
 *
 * RFC 9421 (Signature-Input and Signature, body by Content-Digest) and the older draft-cavage-12 (Signature alone, body
 * by Digest). Pure functions: what came in, a key and the time go in, an answer comes out. What a message must cover is
 * asked separately (sign_covers), because a good signature over nothing is no proof of anything.
 * A key says which algorithms it may be used with; what the message says of it can only narrow that, never widen it.
 * Needs: base, fields, libcrypto.    Never: a header as a line of its own making; a clock of its own; a key fetched. */
#ifndef FEDI_SIGNATURE_H
#define FEDI_SIGNATURE_H

#include "fedi/fields.h"

struct sign_header {
    str name, value; /* the name in any case; as they came, in their order */
};

struct sign_message {
    str method;            /* "POST"; empty: a response */
    str scheme, authority; /* "https", "blueheart.example": how we are called, not what Host says */
    str path, query;       /* as sent; query.p is NULL when there is no "?" */
    int status;            /* of a response */
    const struct sign_header *header;
    size_t headers_n;
    str body;
};

enum sign_scheme { SIGN_DRAFT, SIGN_RFC9421 };

enum sign_algorithm {
    SIGN_UNSAID,
    SIGN_RSA_SHA256, /* rsa-v1_5-sha256; rsa-sha256 in the draft */
    SIGN_RSA_PSS_SHA512,
    SIGN_ED25519,
    SIGN_ECDSA_P256,
    SIGN_HMAC_SHA256,
};

enum sign_answer {
    SIGN_YES,
    SIGN_NONE,      /* there is no signature */
    SIGN_MALFORMED, /* its headers cannot be read */
    SIGN_TWICE,     /* a header that may stand once stands twice, or there are several signatures */
    SIGN_MISSING,   /* it covers what the message has not got */
    SIGN_UNCOVERED, /* it does not cover what it must */
    SIGN_OLD,
    SIGN_EARLY,     /* made in the future */
    SIGN_DIGEST,    /* the body is another, or its digest is not said */
    SIGN_ALGORITHM, /* none we know, or not one of this key's */
    SIGN_WRONG,     /* another key, or something was changed */
};
const char *sign_answer_words(enum sign_answer answer); /* for a problem's detail, in English */

struct sign_said {
    enum sign_scheme scheme;
    str key_id;
    enum sign_algorithm algorithm;
    bool has_created, has_expires;
    int64_t created, expires;  /* seconds */
    str bytes;                 /* the signature */
    struct field_member input; /* what is covered, with the parameters; of the draft without */
};

/* Reads the one signature of a message. */
MUST_USE enum sign_answer sign_read(struct arena *a, const struct sign_message *m,
                                    struct sign_said *out);
/* The digest of the body is said and right: in Content-Digest or Digest, and in both if both are there. */
MUST_USE enum sign_answer sign_digest_is_right(struct arena *a, const struct sign_message *m);
/* Covers what a POST must: method, address, host, body and moment. */
MUST_USE enum sign_answer sign_covers(const struct sign_said *s);
/* Made not before `now` - 12 hours and not after `now` + 1 hour, and not ended. */
MUST_USE enum sign_answer sign_is_timely(const struct sign_message *m, const struct sign_said *s,
                                         int64_t now);

struct sign_key;
/* A public key (SPKI or PKCS #1) or a private one, PEM. NULL: none, or one that is too small or too large. It ends with
 * the arena. */
struct sign_key *sign_key_public(struct arena *a, str pem);
struct sign_key *sign_key_private(struct arena *a, str pem);
struct sign_key *sign_key_secret(struct arena *a, str bytes); /* for hmac-sha256 only */
/* A new RSA key of 2048 bits; broken where none can be made. The private words live in `a`, which is to be wiped. */
void sign_key_make(struct arena *a, str *private_pem, str *public_pem);

MUST_USE enum sign_answer sign_verify(struct arena *a, const struct sign_message *m,
                                      const struct sign_said *s, const struct sign_key *key);

/* What a signature covers, byte for byte. False: the message lacks some of it. */
MUST_USE bool sign_base(struct arena *a, const struct sign_message *m, const struct sign_said *s,
                        str *out);

/* Signs a request whose headers already stand in it: host, date and, with a body, digest in the draft; content-digest in
 * RFC 9421. Gives the headers to add: one or two. */
size_t sign_request(struct arena *a, const struct sign_message *m, enum sign_scheme scheme,
                    const struct sign_key *key, str key_id, int64_t now, struct sign_header out[2]);
str sign_digest(struct arena *a, enum sign_scheme scheme,
                str body); /* of Digest, of Content-Digest */
/* "Sun, 22 Nov 2026 17:00:00 GMT" of seconds since 1970, and back; false if it is none. */
str sign_date(struct arena *a, int64_t seconds);
MUST_USE bool sign_date_read(str text, int64_t *seconds);

/* For signature*.c. */
MUST_USE bool sign_bytes_right(const struct sign_key *key, enum sign_algorithm algorithm, str base,
                               str bytes);
str sign_bytes(struct arena *a, const struct sign_key *key, str base);
enum sign_algorithm sign_key_algorithm(const struct sign_key *key);
MUST_USE bool sign_key_may(const struct sign_key *key, enum sign_algorithm algorithm);
str sign_hash(struct arena *a, bool is_512, str bytes);
/* The value of a header: all of that name, joined. False: there is none, or it holds a line end. */
MUST_USE bool sign_header_value(struct arena *a, const struct sign_message *m, str name, str *out);
size_t sign_header_count(const struct sign_message *m, str name);
bool sign_same_name(str a, str b); /* whatever the case */

#endif

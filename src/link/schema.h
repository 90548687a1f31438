/* link/schema.h - how records become encodings: clkhash's linkage schema, version 3, read strictly.
 *
 * What is not understood is refused with the way to it; nothing is guessed, since two agencies that read one schema
 * differently would find nobody in common. The fingerprint is of the meaning, not of the file's blanks.
 * Needs: base.    Never: clkhash's legacy key derivation; an older version of the format. */
#ifndef LINK_SCHEMA_H
#define LINK_SCHEMA_H

#include "base/limits.h"
#include "base/records.h"

#define LINK_FINGERPRINT_BYTES 32

enum link_format { LINK_STRING, LINK_INTEGER, LINK_DATE, LINK_ENUM };
enum link_encoding { LINK_UTF8, LINK_ASCII, LINK_UTF16, LINK_UTF32 };
enum link_case { LINK_MIXED, LINK_UPPER, LINK_LOWER };
enum link_comparison { LINK_NGRAM, LINK_EXACT, LINK_NUMERIC };
enum link_hash { LINK_BLAKE, LINK_DOUBLE };

struct link_feature {
    str identifier;
    bool is_ignored; /* then nothing below is set; it still has its keys */

    enum link_format format;
    enum link_encoding encoding;
    enum link_case letters;
    int64_t length_least, length_most; /* in characters; most 0: any */
    str pattern;                       /* p NULL: none */
    bool has_least, has_most;          /* of an integer */
    int64_t least, most;
    str day_format;
    str *values;
    size_t values_n;

    enum link_comparison compare;
    int gram; /* the n of n-grams */
    bool is_positional;
    int64_t distance; /* numeric: the threshold distance times 10^precision */
    int resolution, precision;
    bool is_per_feature; /* `bits` belong to the whole value, not to each token */
    unsigned bits;
    enum link_hash hash;
    bool is_not_singular;
    str sentinel, replacement; /* p NULL: no value stands for a missing one */
};

struct link_schema {
    unsigned bits; /* of an encoding, after folding */
    unsigned folds;
    bool has_idle_folds; /* xorFolds without xor_folds: clkhash does not fold, and so do we */
    unsigned hashed;     /* bits before folding: bits * 2^folds */
    bool is_sha512;      /* of the key derivation */
    str salt, info;
    bool has_salt;
    unsigned key_size; /* bytes */
    struct link_feature *feature;
    size_t features;
    unsigned char fingerprint[LINK_FINGERPRINT_BYTES];
};

/* False: *complaint says what is wrong and where. */
MUST_USE bool link_schema_read(struct arena *a, str text, struct link_schema *out,
                               struct complaint *complaint);

/* Notices for people, one at a time: what a schema gives away or loses. Returns how many were told. */
size_t link_schema_lint(const struct link_schema *s, struct arena *a,
                        void (*tell)(void *context, str notice), void *context);
/* The share of bits expected to be set by a record of ordinary length. */
double link_schema_fill(const struct link_schema *s);

#endif

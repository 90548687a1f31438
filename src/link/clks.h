/* link/clks.h - files of encodings: {"clks": [base64, ...]} as clkhash writes them, and what ours say of themselves.
 *
 * Beside "clks", which every reader of clkhash's files takes, stands "blueheart": the schema's fingerprint, a check of
 * the key, how names were prepared. Two files that do not agree in them would match nobody, or the wrong people.
 * Needs: base, json_in.    Never: the secret or a name; a file half-read. */
#ifndef LINK_CLKS_H
#define LINK_CLKS_H

#include "base/file_out.h"
#include "link/keys.h"

struct link_mark {
    bool is_there;     /* false: clkhash or another program made the file */
    str schema, key;   /* in hexadecimal */
    str normalised;    /* "none" or "latin" */
    str icu;           /* the version whose tables made it Latin */
    str blanks;        /* "trimmed" or "kept" */
    bool is_for_tests; /* made with a secret that can be guessed */
};

/* Writing: one filter after the other, then the mark. */
struct link_clks_out {
    struct file_out *file;
    unsigned bits;
    uint64_t rows, ones; /* filters and bits set so far */
    char *text;          /* of one filter */
};

void link_clks_begin(struct link_clks_out *out, struct arena *a, const char *path, unsigned bits);
void link_clks_put(struct link_clks_out *out, const unsigned char *filter);
void link_clks_end(struct link_clks_out *out, struct arena *a, const struct link_mark *mark);
struct link_mark link_mark_of(struct arena *a, const struct link_schema *s,
                              const struct link_secret *secret, bool is_normalised,
                              bool keeps_blanks);

/* A whole file in memory. Row r has `words` words from filter[r * words] on, the last filled up with zeros. */
struct link_clks {
    str name; /* of the list, for people */
    size_t rows, words;
    unsigned bits;
    uint64_t *filter;
    uint32_t *count; /* bits set */
    struct link_mark mark;
};

/* False: *complaint says what is wrong and where. */
MUST_USE bool link_clks_read(struct arena *a, const char *path, struct link_clks *out,
                             struct complaint *complaint);
/* Whether two files may be compared: NULL, or what is different, for people. */
const char *link_clks_differ(const struct link_clks *one, const struct link_clks *other);

#endif

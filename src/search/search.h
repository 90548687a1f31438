/* search/search.h - words to pages: an index over what the rooms say of themselves, the same on both databases.
 *
 * Each room names its documents in a language (struct room, `documents`); they are indexed after every import. A
 * word's documents are one packed row, so a question costs one short read a word, whatever the words are.
 * What is not written in a language is found in it by its English words.
 * Needs: lang, store.    Never: index anything about a person, or what a page does not show to everyone. */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "lang/lang.h"
#include "store/db.h"

/* What a document is about; results are grouped by it. */
enum search_part {
    SEARCH_STATES,
    SEARCH_TEXTS,
    SEARCH_NEWS,
    SEARCH_LAW,
    SEARCH_WHO,
    SEARCH_NUMBERS,
    SEARCH_TAKING_PART,
    SEARCH_LEARN,
    SEARCH_HELP,
    SEARCH_SOURCES,
    SEARCH_PARTS,
};
extern const struct word search_parts[];

struct search_doc {
    enum search_part part;
    str path; /* beneath the language: "/countries/MEX" */
    str title, body;
    const struct lang *written_in;
};

/* Making the index: all of one language at a time, inside a write transaction. */
struct search_index;
struct search_index *search_begin(struct db *db, struct arena *a, const struct lang *l);
void search_add(struct search_index *to, struct search_doc doc);
size_t search_end(struct search_index *made, str stamp); /* how many documents */
/* One document of one part and address changed, came or went (doc NULL): its words alone are brought up to date, inside
 * the caller's write transaction. What that makes of the weights of others is left to the next whole index. */
void search_change(struct db *db, const struct lang *l, enum search_part part, str path,
                   const struct search_doc *doc);
/* Whether the index of a language was made of something else, or never, or is damaged. */
bool search_is_old(struct db *db, const struct lang *l, str stamp);

/* A piece of a title or of a passage. */
struct search_piece {
    str text;
    bool is_match;
};
struct search_result {
    enum search_part part;
    str path;
    const struct lang *written_in;
    struct search_piece *title, *passage;
    size_t title_n, passage_n;
};
struct search_answer {
    size_t words; /* of the question that were looked for */
    bool is_any;  /* no document has all of them; these have some */
    int64_t found, in_part[SEARCH_PARTS];
    struct search_result *results; /* best first */
    size_t n;
    str unknown; /* a word of the question that nobody wrote; what is nearest was looked for; else empty */
};
/* part: SEARCH_PARTS for all, then at most `each` of a part; else the `each` best of it after skipping `from`. */
struct search_answer search_ask(struct db *db, struct arena *a, const struct lang *l, str question,
                                enum search_part part, size_t each, size_t from);

/* Addresses of everything indexed, each once, without what follows a #. */
size_t search_addresses(struct db *db, struct arena *a, str **out);

/* How the page at an address is called in a language; empty if nothing is known of it. */
str search_title(struct db *db, const struct lang *l, str path);

/* How many letters must be added, dropped, changed or swapped to make one of the other; more than `most` is most + 1. */
size_t search_distance(str a, str b, size_t most);

#endif

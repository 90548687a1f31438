/* trail/trail.h - who did what, and when: written once, never changed, each entry chained to the one before.
 *
 * An entry holds codes and ids and nothing else; whose ids they are, other rooms know as long as they know it. So the
 * trail has no end of its own: forgetting a person's name forgets it here.
 * Entries are numbered from 1 without a gap. Each holds the hash of the one before and its own, keyed by the secret
 * "trail": whoever can write to the database but has no keys can break the chain, not mend it. That the newest entries
 * were cut off shows by the head file, which is signed likewise and stands beside the data.
 * Needs: base, store, seal, lang (phrases).    Never: a name, an address, a title, a word somebody wrote. */
#ifndef TRAIL_TRAIL_H
#define TRAIL_TRAIL_H

#include "lang/lang.h"
#include "seal/secret.h"
#include "store/db.h"

enum trail_deed {
    TRAIL_NO_DEED, /* in what is asked: any */
#define DEED(name, code, phrase) TRAIL_##name,
#include "trail/deeds.h"
    TRAIL_DEEDS_END
};

enum trail_subject {
    TRAIL_NOTHING,
#define SUBJECT(name, code, phrase) TRAIL_OF_##name,
#include "trail/subjects.h"
    TRAIL_SUBJECTS_END
};

/* What was done to what, in whose name. */
struct trail_about {
    enum trail_subject subject;
    id row; /* its id; 0: none, or it has a code instead */
    str code; /* a content id, the code of a state, a kind or a setting: letters, digits, "-", "_", "."; at
                      * most TRAIL_CODE_MAX. Never a slug: a slug can hold a name. Empty: none */
    id organisation; /* 0: none */
};

/* Once in each process that writes or checks the trail, after the fork. */
void trail_open(const struct seal_secret *secret);

/* Adds an entry inside the caller's write transaction, so that a deed and its entry are one. actor 0: the program
 * itself. Broken if the trail was not opened; someone quicker is `again` as ever. */
void trail_add(struct db *db, enum trail_deed deed, id actor, struct trail_about about, ms now);

struct trail_entry {
    int64_t number;
    ms at;
    enum trail_deed deed; /* TRAIL_NO_DEED: of a newer program; `code` says which */
    id actor;
    struct trail_about about;
    str deed_code, subject_code;
};

/* What to read: newest first, below `before` (0: from the newest). Of the filters at most one is used, in this order:
 * subject with row or code, actor, organisation, deed. */
struct trail_asked {
    int64_t before;
    struct trail_about about;
    bool is_of_actor;
    id actor, organisation;
    enum trail_deed deed;
};
/* At most `most` entries into `out`; how many. Rows live in the connection's arena. */
size_t trail_read(struct db *db, const struct trail_asked *asked, struct trail_entry *out,
                  size_t most);

/* A deed and a subject in words, and as codes; trail_deed_named gives TRAIL_NO_DEED for what is none. */
struct phrase trail_deed_phrase(enum trail_deed deed);
struct phrase trail_subject_phrase(enum trail_subject subject);
str trail_deed_code(enum trail_deed deed);
str trail_subject_code(enum trail_subject subject);
enum trail_deed trail_deed_named(str code);
enum trail_subject trail_subject_named(str code);

/* The newest entry: what whoever hosts us may write down elsewhere. */
struct trail_head {
    int64_t number; /* 0: the trail is empty */
    unsigned char hash[SEAL_HASH_BYTES];
};

enum trail_state {
    TRAIL_WHOLE,
    TRAIL_CHANGED, /* an entry is not as it was written */
    TRAIL_UNCHAINED, /* an entry is genuine but does not follow the one before it: that one was exchanged */
    TRAIL_MISSING,   /* a number is not there, though later ones are */
    TRAIL_CUT,       /* the head file knows more entries than there are */
    TRAIL_REPLACED,  /* the head file knows another entry under that number */
    TRAIL_OTHER_KEY, /* written with a secret that is not here: nobody can say */
};
const char *trail_state_words(enum trail_state state); /* a sentence with %lld for the number */

/* Reads all of it. *at: the number of the first entry that is wrong; *head: the newest that was found. Opens nothing:
 * inside the caller's read transaction. `kept` NULL: there is no head file. */
MUST_USE enum trail_state trail_check(struct db *db, const struct trail_head *kept,
                                      struct trail_head *head, int64_t *at);

/* The head file, FOLDER/trail-head: number, hash and a keyed hash of both. */
enum trail_head_answer {
    TRAIL_HEAD_YES,
    TRAIL_HEAD_NONE,    /* there is no such file */
    TRAIL_HEAD_DAMAGED, /* it was not written by this program with this secret */
};
MUST_USE enum trail_head_answer trail_head_read(struct arena *a, str folder,
                                                struct trail_head *head);
/* Brings the file up to the newest entry, in a read transaction of its own. It never goes back: false, and nothing is
 * written, if the file knows an entry that the data do not have. */
MUST_USE bool trail_head_keep(struct db *db, str folder);

#endif

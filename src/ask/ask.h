/* ask/ask.h - questions under news and learning pages: asked without a name, answered in public or not at all.
 *
 * A question waits sealed under a key of its own (seal/own.h) for 30 days at most. It becomes public words only with an answer,
 * after a moderator confirmed that it names no person, place, plate or house, and a second one agreed (unless one person runs the
 * site alone). Whatever else becomes of it, its row and its key are destroyed at once and only counted.
 * The hour at which something was asked is not kept, nor anything about who asked: no two questions have anything in common
 * but their words. Equal words (letters only) are one row with a count.
 * Needs: seal, trail, search, operator, web (price).    Never: a waiting question in a mail, a log, the trail or an address. */
#ifndef ASK_ASK_H
#define ASK_ASK_H

#include "ask/ask.sql.h"
#include "seal/seal.h"
#include "web/asked.html.h"
#include "web/web.h"

#define ASK_CLASS       "question"
#define ASK_LETTERS_MAX 500  /* of a question */
#define ASK_BYTES_MAX   2000 /* the same, in bytes */
#define ASK_ANSWER_MAX  6000 /* bytes */
#define PATH_MAX_ASKED  200  /* bytes of the address a question is about */
#define ASK_KEEP_MS     (30 * DAY_MS)
#define ASK_WAITING_MAX 2000 /* different questions that wait at one time */
#define ASK_HOUR_MAX    1000 /* forms an hour, from all the world */
#define ASK_UNDER       3    /* shown under a text */
#define ASK_PAGE        20
#define ASK_DESK_PAGE   50

/* Whose hand, and when: what the room needs of a request. */
struct ask {
    struct db *db;
    struct arena *arena;
    struct seal_keys *keys;
    id by;
    ms now;
};

enum ask_answer {
    ASK_YES,
    ASK_SECOND,   /* prepared; a second person is to agree */
    ASK_NO_SUCH,  /* decided, ended, or never there */
    ASK_CLOSED,   /* its key is gone: nobody can read it any more */
    ASK_FULL,     /* as many wait as people can read with care */
    ASK_NO_WORDS, /* no letters in it */
    ASK_TOO_LONG,
    ASK_NO_REPLY, /* an answer is missing */
    ASK_LONG_REPLY,
    ASK_NOT_SURE,    /* nobody confirmed that it names no person, place, plate or house */
    ASK_NOT_SHORTER, /* words of a question can be left out, not put in */
    ASK_SAME_PERSON, /* whoever wrote the answer does not agree to it */
    ASK_CHANGED,     /* the answer is not the one that was seen */
    ASK_NO_REASON,
};

/* Whether a page can be asked about, and how it is called in a language. */
MUST_USE bool ask_is_about(struct db *db, const struct lang *l, str path, str *title);

/* Takes a question. ASK_YES, ASK_FULL, ASK_NO_WORDS, ASK_TOO_LONG. */
MUST_USE enum ask_answer ask_put(const struct ask *of, str about, str lang, personal words);

/* One that waits, open. */
struct ask_question {
    id id;
    str about, lang, made_on;
    personal words;    /* as asked */
    str shown, reply;  /* as prepared; "" if nothing is */
    int64_t n, drafts; /* how often it came; which preparation this is */
    id by;             /* who prepared it */
    ms keep_until;
    bool is_closed, is_drafted;
};
void ask_open(const struct ask *of, const struct ask_row *row, struct ask_question *q);
MUST_USE bool ask_get(const struct ask *of, id which, struct ask_question *q);

/* An answer: ASK_YES if it is published now, ASK_SECOND if somebody else is to look at it. */
MUST_USE enum ask_answer ask_prepare(const struct ask *of, id which, str shown, str reply,
                                     bool is_sure);
/* The second person: agrees to preparation number `seen`, or gives it back. */
MUST_USE enum ask_answer ask_agree(const struct ask *of, id which, int64_t seen, bool is_sure);
MUST_USE enum ask_answer ask_give_back(const struct ask *of, id which);

extern const struct word ask_reasons[]; /* why there is no answer */
/* No answer: the question, and the same words under other texts, are gone at once. */
MUST_USE enum ask_answer ask_refuse(const struct ask *of, id which, str reason);
/* It tells of a case, or of somebody in danger: likewise. */
MUST_USE enum ask_answer ask_disclosure(const struct ask *of, id which);
/* A published one is shown no more. */
MUST_USE enum ask_answer ask_withdraw(const struct ask *of, str code);
struct phrase ask_refusal(enum ask_answer answer); /* in words; of ASK_YES and ASK_SECOND none */

/* After publication has been committed: destroys the key that is not needed any more. */
void ask_forget(struct seal_keys *keys, id which, ms keep_until);

/* Letters only, without case: what makes two questions the same. */
str ask_normal(struct arena *a, str words);
/* Whether `shown` leaves words of the question out and puts none in, and whether it leaves out any. */
bool ask_is_shorter(struct arena *a, str question, str shown, bool *is_cut);
/* What a reader should look at twice: digits, addresses, names, plates. A hint, not a judge. */
struct ask_piece {
    str words;
    bool is_odd;
};
size_t ask_look(struct arena *a, str words, struct ask_piece **out);

/* For pages that may be asked about: where to ask, and what was answered. */
struct web_asked ask_under(struct req *rq, str path);

#endif

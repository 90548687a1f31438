/* seal/password.h - passwords: which are good enough, and their hashes.
 *
 * NIST SP 800-63B: long is what counts. Nobody is told to add a digit; what everybody uses is refused. A password is
 * brought into Unicode's form C, so that it is the same on every keyboard. Then it is hashed with the secret
 * "passwords" and that hash by argon2id: a stolen database without the folder of keys gives nothing to guess at, and
 * the words themselves never leave the process that was told them.
 * argon2id takes 20 ms and 19 MiB, so it is a job: a page asks with one of the two asks and reads the result when it
 * runs again. For an address that has no account a page asks for a check all the same (hash empty): it takes as long
 * and says no.
 * Needs: seal, libsodium, ICU.    Never: a password in a log or a table; an answer that says how near a guess was. */
#ifndef SEAL_PASSWORD_H
#define SEAL_PASSWORD_H

#include "seal/secret.h"

enum password_answer {
    PASSWORD_FINE,
    PASSWORD_TOO_SHORT, /* fewer than PASSWORD_LEAST characters */
    PASSWORD_TOO_LONG,  /* more than PASSWORD_BYTES_MAX bytes */
    PASSWORD_TOO_COMMON, /* on the list of what many people use, one letter or piece again and again, keys in a row,
                          * or little more than the site's name or the account's own address */
};

/* What a password must not be made of; may be empty. */
struct password_own {
    str site;         /* "Blue Heart" */
    personal address; /* "ana@example.org" */
};

MUST_USE enum password_answer password_judge(struct arena *a, personal typed,
                                             struct password_own own);

/* Asks for the job process; `a` is to be wiped. Whatever was typed makes an ask: what is too long makes one that is
 * never right. */
str password_make_ask(struct arena *a, const struct seal_secret *secret, personal typed);
/* hash: as password_made gave it; empty when there is no account. */
str password_check_ask(struct arena *a, const struct seal_secret *secret, personal typed, str hash);

/* What a result means. */
bool password_made(str result, str *hash); /* false: the machine failed or is too busy; ask again */
enum password_check {
    PASSWORD_RIGHT,
    PASSWORD_RIGHT_OLD, /* right, but hashed more weakly than today: make it anew now that it is known */
    PASSWORD_WRONG,
    PASSWORD_BUSY, /* nothing was checked: the machine failed or is too busy */
};
MUST_USE enum password_check password_checked(str result);

/* The work itself, in the job process. is_password_ask tells such an ask from others. */
bool password_is_ask(str ask);
str password_work(struct arena *a, str ask); /* "" : not an ask, or no memory */

#endif

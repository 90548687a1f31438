/* test/store/support.h - folders, databases of both engines and broken work, for the tests of store and seal. */
#ifndef TEST_SUPPORT_H
#define TEST_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/breakage.h"
#include "store/db.h"

struct step;
extern const struct step *const test_rooms[];     /* store and note */
extern const struct step *const test_rooms_old[]; /* as before note's second step */

#define LITE ((void *)"sqlite")
#define BIG ((void *)"postgresql")
#define BOTH(test) \
    { #test " (SQLite)", test, begin_test, end_test, LITE }, { #test " (PostgreSQL)", test, begin_test, end_test, BIG }
#define ONLY(test, engine) { #test, test, begin_test, end_test, engine }

struct place {
    const char *engine, *folder;
    struct arena life;
    int fresh;
};

int begin_test(void **state); /* *state becomes a struct place */
int end_test(void **state);
bool is_lite(const struct place *p);
str fresh_url(struct place *p);                           /* an empty database */
struct db *fresh_db(struct place *p, str *url);           /* with the tables of test_rooms */
str in_folder(struct place *p, const char *name);         /* a path */
str file_text(struct place *p, const char *path);
void file_put(const char *path, str bytes);
bool file_is(const char *path);
void pg_do(const char *what); /* "kill", "again" */

/* The work jumps, and says so with this part of a sentence. */
#define EXPECT_BROKEN(part, ...)                                     \
    do {                                                             \
        struct landing l_;                                           \
        volatile bool jumped_ = true;                                \
        if (LAND(&l_) == JUMP_NONE) {                                \
            __VA_ARGS__;                                             \
            jumped_ = false;                                         \
        }                                                            \
        landing_leave(&l_);                                          \
        if (!jumped_) fail_msg("did not break: %s", #__VA_ARGS__);   \
        if (!strstr(l_.why, part)) fail_msg("broke with: %s", l_.why); \
    } while (0)

/* What the work is in terms of jumps. */
#define JUMP_OF(...)                                 \
    __extension__({                                  \
        struct landing l_;                           \
        volatile enum jump jump_ = LAND(&l_);        \
        if (jump_ == JUMP_NONE) { __VA_ARGS__; }     \
        landing_leave(&l_);                          \
        jump_;                                       \
    })

#endif

/* test/unit/help.h - what unit tests share: cmocka, a scratch arena, fresh data on either engine. */
#ifndef TEST_UNIT_HELP_H
#define TEST_UNIT_HELP_H

/* cmocka wants these first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "claim/claim.h"
#include "store/db.h"

extern struct arena scratch; /* emptied by help_begin */

int help_begin(void **state);
int help_end(void **state);

/* Fresh, empty data of this program's age: on SQLite in a new file, or, with TEST_PG set, in an emptied PostgreSQL. */
struct db *help_fresh_db(void);
struct db *help_open_db(void); /* one more connection to the same data */
str help_url(void);

/* A folder of this program's own, removed by help_end, and the keys in it. */
const char *help_folder(void);
struct seal_keys *help_keys(struct arena *a);

void help_languages(void); /* opens every language, once */

/* Imports a small table; fails the test unless it is done or unchanged. */
void help_import(struct db *db, const char *kind, const char *csv, ms now);
struct import_report help_try_import(struct db *db, const char *kind, str csv, ms now,
                                     enum import_answer *answer);
str help_export(struct db *db, const char *kind, struct claim_when when);

/* Small numbers that follow from a seed, the same everywhere. */
uint32_t draw(uint32_t below);
void draw_seed(uint64_t seed);

#define assert_str_equal(have, want) help_assert_str((have), S(want), __FILE__, __LINE__)
void help_assert_str(str have, str want, const char *file, int line);

#endif

/* test/store/filled.h - a database with rows of every shape, and what is in it, for the tests of backup. */
#ifndef TEST_FILLED_H
#define TEST_FILLED_H

#include "support.h"

#include "note/note.sql.h"
#include "store/backup.h"

struct backup_home home_of(str url);
void backup_to(struct place *p, const char *file, str url);
enum restore_answer restore_to(struct place *p, const char *file, str url, str *why);
str filled(struct place *p);          /* the address of a fresh one */
str all_of(struct place *p, str url); /* everything in it, as one text */

#endif

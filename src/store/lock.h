/* store/lock.h - one server at a time on one SQLite file.
 *
 * The lock stands on FILE.lock beside the data file (found through links, so that two names of one file are one
 * lock). The keeper takes it before it starts anything; its children inherit it, so it also outlives a keeper
 * that was killed until the last of them has ended. `restore` takes the same lock. The kernel gives it up
 * when the processes end, whatever ended them: there is nothing to clean after a power cut.
 * PostgreSQL is not locked: many nodes may serve one database.
 * Needs: base.    Never: break a lock; be taken after a fork. */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include "base/arena.h"

/* Held until `life` is emptied. False, with words in `why`: a server or a restore has it, or a restore was
 * interrupted and must be run again. `is_restore`: an interrupted restore is no obstacle. */
MUST_USE bool store_lock(struct arena *life, str db_url, bool is_restore, str *why);

/* A restore of several files sets this mark beside each before it replaces the first, and takes it away after
 * the last. */
void store_mark_restoring(struct arena *a, str db_url, bool is_on);

/* The data file as it is really called: without links, absolute. Its folder must exist. */
str store_real_path(struct arena *a, str file);
/* What was just renamed or removed in the folder of `path` stays so after a power cut. */
void store_sync_folder(struct arena *a, str path);

#endif

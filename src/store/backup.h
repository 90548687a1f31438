/* store/backup.h - all data in one file, while serving; and back again, only after everything in it was checked.
 *
 * A backup is a plain ustar file: MANIFEST first (version, program, moment, the schema steps of each data home,
 * and for every member its size and BLAKE2b-256), then one member a SQLite file or a PostgreSQL table. Each data
 * home is one snapshot; two homes are two moments. It is written beside its name and renamed when it is safe on
 * the disk, so a file called FILE is always whole.
 * The hashes find damage, not forgery: who can write the file can make a new one. Keep backups where only the
 * right people reach them. Keys are never inside, so whatever was sealed dies with its key.
 * Needs: db, schema, lock, tar.    Never: a key; a file half written or half replaced. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "base/sink.h"
#include "store/query.h"

#define BACKUP_HOMES_MAX 8

struct backup_home {
    const char *name; /* "front", "vault" */
    str url;
    const struct step *const *rooms; /* the steps this program knows, NULL-ended */
};

/* Broken in words when it cannot be made whole; then nothing is left of it and an older FILE is untouched. */
void backup_write(struct arena *a, const char *file, const struct backup_home *homes, size_t n,
                  str program, ms now);

enum restore_answer {
    RESTORE_YES,
    RESTORE_DAMAGED, /* not a backup, or not as it was written */
    RESTORE_NEWER,   /* it has schema steps this program does not know */
    RESTORE_OTHER,   /* its data homes or their engines are not those of this program's settings */
    RESTORE_BUSY,    /* a server or another program is using the data */
    RESTORE_NOT_EMPTY, /* PostgreSQL: the schema there is of another age */
};

/* Reads all of it and compares every hash; changes nothing. */
MUST_USE enum restore_answer backup_verify(struct arena *a, const char *file,
                                           const struct backup_home *homes, size_t n, str *why);

/* Verifies, then replaces every home that is in the backup; a home that is not in it stays as it is. A SQLite file
 * that was there stays as FILE.before-restore (-2, -3 ...): it holds what people told us, remove it when the
 * restored data are right. PostgreSQL: one transaction; end all servers first. Unless it says RESTORE_YES nothing
 * was replaced. Older data are restored as they are; run `migrate` afterwards. Killed while it replaces several
 * files, it leaves a mark: no server starts until it is run again. */
MUST_USE enum restore_answer backup_restore(struct arena *a, const char *file,
                                            const struct backup_home *homes, size_t n, str *why);

enum check_answer {
    CHECK_GOOD,
    CHECK_EMPTY,   /* nothing there yet: `init` */
    CHECK_MIGRATE, /* sound, but older than this program */
    CHECK_BAD,
};

/* Looks at the data themselves; one line a finding. Broken if they cannot even be opened. */
MUST_USE enum check_answer backup_check(struct arena *a, const struct backup_home *home,
                                        struct sink *lines);

#endif

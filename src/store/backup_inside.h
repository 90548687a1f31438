/* store/backup_inside.h - what the parts of backup and restore share.
 *
 * Needs: backup, tar.    Never: included outside src/store/backup*.c. */
#ifndef STORE_BACKUP_INSIDE_H
#define STORE_BACKUP_INSIDE_H

#include "base/limits.h"
#include "store/backup.h"
#include "store/tar.h"

#define SQLITE_MEMBER "data.sqlite"

struct manifest_step {
    size_t home;
    str room, name;
    int64_t number;
};

struct manifest_file {
    size_t home;
    struct tar_member member;
    str columns; /* "a,b,c" of a table, "-" of a SQLite file */
};

struct manifest {
    str program;
    str made; /* "2026-11-22T04:45:00.000Z" */
    struct {
        str name;
        bool is_sqlite;
    } home[BACKUP_HOMES_MAX];
    struct manifest_step step[MANIFEST_STEPS_MAX];
    struct manifest_file file[MANIFEST_FILES_MAX];
    size_t homes, steps, files;
};

str manifest_text(struct arena *a,
                  const struct manifest *m); /* sizes have a fixed width: as long before as after */
/* NULL when it is well-formed, else what is wrong. `m` is empty before. */
const char *manifest_read(struct arena *a, struct manifest *m, str text);
void manifest_add_step(struct manifest *m, size_t home, str room, int64_t number, str name);
struct manifest_file *manifest_add_file(struct manifest *m, size_t home, str name, str columns);
/* The steps of one home are exactly these rows of store_step. */
bool manifest_has_steps(const struct manifest *m, size_t home, struct db *db);
void manifest_take_steps(struct manifest *m, size_t home, struct db *db);

/* One PostgreSQL home, in a connection of its own without time limits. */
struct pg_home;
struct pg_home *pg_home_open(struct arena *a, str url, const char *name);
void pg_home_snapshot(struct arena *a, struct pg_home *pg, struct manifest *m, size_t home);
void pg_home_copy_out(struct pg_home *pg, const struct manifest_file *f, struct tar_out *tar);
/* Begins, makes the schema if there is none, empties the tables. */
enum restore_answer pg_home_begin_restore(struct arena *a, struct pg_home *pg,
                                          const struct manifest *m, size_t home,
                                          const struct step *const *rooms, str *why);
void pg_home_copy_in(struct arena *a, struct pg_home *pg, const struct manifest_file *f,
                     struct tar_in *tar);
void pg_home_end_restore(struct pg_home *pg); /* everything checked, not yet committed */
void pg_home_commit(struct pg_home *pg);

/* One SQLite home. */
const char *sqlite_home_snapshot(struct arena *a, str url,
                                 const char *beside); /* a file, removed at the arena's end */
/* Says what is wrong with a file taken out of a backup; NULL when nothing is. */
const char *sqlite_home_judge(struct arena *a, const char *file, const struct manifest *m,
                              size_t home, const struct step *const *rooms);
/* Closes the old file in itself and keeps it under another name. False: somebody is using it. */
MUST_USE bool sqlite_home_keep_old(struct arena *a, const char *file, str *why);
void file_remove_at_end(struct arena *a, const char *path);

#endif

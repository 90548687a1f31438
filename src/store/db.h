/* store/db.h - one connection to the data, SQLite or PostgreSQL, and its transactions.
 *
 * A page works inside one transaction: a snapshot for reading, or a serializable one for writing. Any statement
 * may find that someone was quicker; it then jumps (`again`) and the page runs anew. The machine failing jumps
 * too (`broken`). So no function here returns an error.
 * Every room whose tables were read or written is noted, which is how cached pages know when they are old.
 * Needs: base.    Never: know a room; be opened before a fork. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "base/arena.h"

struct db;
struct step;

enum db_use {
    DB_SERVE,  /* the data must be there, and of this program's age */
    DB_CREATE, /* make the file if it is missing */
    DB_LOOK,   /* only read, whatever its age */
};

/* url: "sqlite:FILE" or "postgresql://...". Broken in words if it cannot be opened. */
struct db *db_open(struct arena *life, str url, enum db_use use);
void db_close(struct db *db);
bool db_is_sqlite(const struct db *db);
str db_sqlite_file(str url); /* the FILE of sqlite:FILE, else empty */

/* Text that queries give lives in this arena; the caller changes it for each piece of work. */
void db_use_arena(struct db *db, struct arena *a);
struct arena *db_arena(const struct db *db);

void db_begin_read(struct db *db);  /* one snapshot for all that follows */
void db_begin_write(struct db *db); /* serializable; BEGIN IMMEDIATE on SQLite */
void db_commit(struct db *db);      /* raises the topics of written rooms first */
void db_rollback(struct db *db); /* after a jump, or when nothing should stay; never jumps itself */
bool db_is_writing(const struct db *db);
bool db_has_written(const struct db *db); /* anything yet, in this transaction */

/* Runs work(self, db) inside a write transaction, again if someone was quicker, AGAIN_MAX times at most. */
void db_write(struct db *db, void (*work)(struct db *db, void *self), void *self);
/* The same for work that may find that nothing should be written: false rolls everything back. */
MUST_USE bool db_write_if(struct db *db, bool (*work)(struct db *db, void *self), void *self);

/* Topics: a number per room, raised by every transaction that writes its tables. */
#define TOPICS_MAX 32
typedef uint32_t topics; /* a set of rooms, one bit each */
/* the bit of a room; made at first use, the same in one process only */
topics db_topic(const char *room);
topics db_read_topics(const struct db *db); /* rooms read since the transaction began */
void db_note_read(struct db *db,
                  const char *room); /* for machinery that reads on a room's behalf */
void db_note_write(struct db *db, const char *room);
uint64_t db_generation(struct db *db,
                       topics set); /* changes whenever one of them changed; own short read */

/* Folds SQLite's write-ahead log back into its file; nothing on PostgreSQL. */
void db_checkpoint(struct db *db);

/* Sends plain statements, for schema steps and tests; SQL of one engine. */
void db_script(struct db *db, const char *sql);

/* Where several write at once and were in each other's way again and again: outside of a transaction, one after another
 * from here until each leaves. On SQLite they stand in line anyway. */
void db_stand_in_line(struct db *db);
void db_leave_line(struct db *db);

#endif

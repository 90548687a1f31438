#include "support.h"

#include "base/log.h"
#include "note/note.sql.h"
#include "store/schema.h"
#include "store/store.sql.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <sodium.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

const struct step *const test_rooms[] = { store_steps, note_steps, NULL };
static struct step note_first[2];
const struct step *const test_rooms_old[] = { store_steps, note_first, NULL };

int begin_test(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    char *folder = strdup("/tmp/store-test-XXXXXX");
    if (!p || !folder || !mkdtemp(folder) || sodium_init() < 0) return -1;
    log_quieter(LOG_BAD);
    p->engine = *state;
    p->folder = folder;
    arena_open(&p->life, (size_t)512 << 20);
    note_first[0] = note_steps[0];
    *state = p;
    return 0;
}

int end_test(void **state)
{
    struct place *p = *state;
    char command[200];
    umount2(in_folder(p, "small").p, MNT_DETACH); /* where a test filled a disk */
    snprintf(command, sizeof command, "rm -rf '%s'", p->folder);
    int status = system(command);
    arena_close(&p->life);
    free((void *)p->folder);
    free(p);
    return status;
}

str in_folder(struct place *p, const char *name)
{
    return arena_format(&p->life, "%s/%s", p->folder, name);
}

bool is_lite(const struct place *p)
{
    return strcmp(p->engine, LITE) == 0;
}

str fresh_url(struct place *p)
{
    static int number;
    if (is_lite(p))
        return arena_format(&p->life, "sqlite:%s/data%d.db", p->folder, p->fresh++);
    const char *folder = getenv("TEST_PG");
    if (!folder) skip();
    char sql[60];
    snprintf(sql, sizeof sql, "CREATE DATABASE t%ld_%d", (long)getpid(), ++number);
    PGconn *pg = PQconnectdb(arena_format(&p->life, "postgresql://test@/postgres?host=%s", folder).p);
    PGresult *r = PQexec(pg, sql);
    if (PQresultStatus(r) != PGRES_COMMAND_OK) fail_msg("%s", PQerrorMessage(pg));
    PQclear(r);
    PQfinish(pg);
    return arena_format(&p->life, "postgresql://test@/%s?host=%s", sql + 16, folder);
}

struct db *fresh_db(struct place *p, str *url)
{
    *url = fresh_url(p);
    struct db *db = db_open(&p->life, *url, DB_CREATE);
    assert_int_equal(schema_forward(db, test_rooms, 1), 3);
    return db;
}

str file_text(struct place *p, const char *path)
{
    int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    struct stat what;
    fstat(fd, &what);
    char *text = arena_take(&p->life, (size_t)what.st_size + 1);
    assert_int_equal(read(fd, text, (size_t)what.st_size), what.st_size);
    close(fd);
    return (str){ text, (size_t)what.st_size };
}

void file_put(const char *path, str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
    close(fd);
}

bool file_is(const char *path)
{
    return access(path, F_OK) == 0;
}

void pg_do(const char *what)
{
    char command[300];
    snprintf(command, sizeof command, "\"$TEST_PG_SH\" %s \"$TEST_PG\"", what);
    assert_int_equal(system(command), 0);
}

/* init, migrate, import, export: the data home. */
#include "base/breakage.h"
#include "base/clock.h"
#include "command/command.h"
#include "store/schema.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void command_folder(const char *path)
{
    char part[4096];
    snprintf(part, sizeof part, "%s", path);
    for (char *p = part + 1;; p++) {
        bool is_end = *p == '\0';
        if (*p != '/' && !is_end) continue;
        *p = '\0';
        if (mkdir(part, 0700) != 0 && errno != EEXIST) broken("%s: the folder cannot be made: %s", part, strerror(errno));
        if (is_end) return;
        *p = '/';
    }
}

str command_read_file(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) broken("%s: cannot be read: %s", path, strerror(errno));
    struct stat about;
    if (fstat(fileno(f), &about) != 0 || !S_ISREG(about.st_mode)) broken("%s: is not a file", path);
    if ((uint64_t)about.st_size > IMPORT_FILE_MAX) broken("%s: is larger than %zu MB", path, IMPORT_FILE_MAX >> 20);
    char *text = arena_take(a, (size_t)about.st_size + 1);
    size_t n = fread(text, 1, (size_t)about.st_size, f);
    bool is_bad = ferror(f);
    fclose(f);
    if (is_bad) broken("%s: cannot be read to its end", path);
    return (str){ text, n };
}

struct db *command_db(struct arena *life, const struct options *o)
{
    struct db *db = db_open(life, o->db, DB_SERVE);
    switch (schema_age(db, room_steps)) {
    case SCHEMA_RIGHT:   return db;
    case SCHEMA_EMPTY:   broken("there are no data yet; run `blueheart init` first");
    case SCHEMA_OLDER:   broken("the data are of an older program; run `blueheart migrate`, which backs them up first");
    case SCHEMA_NEWER:   broken("the data were written by a newer program; use that one");
    case SCHEMA_FOREIGN: broken("this database belongs to something else");
    }
    return db;
}

static void show_progress(size_t done, size_t all)
{
    if (isatty(STDERR_FILENO)) fprintf(stderr, "\r%zu of about %zu rows", done, all);
}

struct one_import {
    struct arena *arena;
    const struct claim_kind *kind;
    str text;
    enum import_answer answer;
    struct import_report report;
};

static void import_one(struct db *db, void *self)
{
    struct one_import *one = self;
    arena_empty(one->arena);
    one->answer = claim_import(db, one->arena, one->kind, one->text, clock_now(), show_progress, &one->report);
}

bool command_import_text(struct db *db, const struct claim_kind *kind, const char *path, bool is_quiet)
{
    struct arena file, work;
    arena_open(&file, IMPORT_ARENA_MAX);
    arena_open(&work, IMPORT_ARENA_MAX);
    struct one_import one = { .arena = &work, .kind = kind, .text = command_read_file(&file, path) };
    struct arena *before = db_arena(db);
    db_use_arena(db, &work);
    db_write(db, import_one, &one);
    db_use_arena(db, before);
    if (isatty(STDERR_FILENO)) fprintf(stderr, "\r");
    if (one.answer == IMPORT_REFUSED)
        fprintf(stderr, "%s: not imported, nothing was changed.\n" STR_FMT, path, STR_ARG(sink_str(&one.report.complaints)));
    else if (!is_quiet)
        fprintf(stderr, "%s: %zu rows, %zu new, %zu withdrawn, %zu of editors kept\n", kind->name, one.report.rows,
                one.report.added, one.report.retracted, one.report.kept_by_editors);
    bool is_done = one.answer != IMPORT_REFUSED;
    arena_close(&work);
    arena_close(&file);
    return is_done;
}

int command_init(struct arena *life, const struct options *o)
{
    if (db_sqlite_file(o->db).n) {
        const char *file = arena_z(life, db_sqlite_file(o->db));
        const char *slash = strrchr(file, '/');
        if (slash) command_folder(arena_z(life, (str){ file, (size_t)(slash - file) }));
    }
    command_folder(o->var);
    struct db *db = db_open(life, o->db, DB_CREATE);
    enum schema_age age = schema_age(db, room_steps);
    if (age == SCHEMA_NEWER) broken("the data were written by a newer program; use that one");
    if (age == SCHEMA_FOREIGN) broken("this database belongs to something else");
    if (age == SCHEMA_OLDER) broken("there are data of an older program; run `blueheart migrate`, which backs them up first");
    if (age == SCHEMA_EMPTY) schema_forward(db, room_steps, clock_now());

    for (size_t i = 0; claim_kind_at(i); i++) {
        const struct claim_kind *kind = claim_kind_at(i);
        const char *path = arena_format(life, "%s/%s.csv", o->data, kind->name).p;
        if (!command_import_text(db, kind, path, o->is_quiet)) return 1;
    }
    if (!o->is_quiet) fprintf(stderr, "The data are ready.\n");
    return 0;
}

static const struct claim_kind *kind_or_complain(const char *name)
{
    const struct claim_kind *kind = claim_kind_named(str_of(name));
    if (kind) return kind;
    fprintf(stderr, "blueheart: there is no kind called \"%s\". There are:", name);
    for (size_t i = 0; claim_kind_at(i); i++) fprintf(stderr, " %s", claim_kind_at(i)->name);
    fprintf(stderr, "\n");
    return NULL;
}

int command_import(struct arena *life, const struct options *o)
{
    const struct claim_kind *kind = kind_or_complain(o->words[0]);
    if (!kind) return 2;
    return command_import_text(command_db(life, o), kind, o->words[1], o->is_quiet) ? 0 : 1;
}

int command_export(struct arena *life, const struct options *o)
{
    const struct claim_kind *kind = kind_or_complain(o->words[0]);
    if (!kind) return 2;
    struct db *db = command_db(life, o);
    struct arena work;
    arena_open(&work, IMPORT_ARENA_MAX);
    db_use_arena(db, &work);
    struct sink out;
    sink_open(&out, &work, IMPORT_FILE_MAX);
    db_begin_read(db);
    claim_export(db, kind, CLAIM_NOW, &out);
    db_commit(db);
    bool is_whole = fwrite(out.p, 1, out.n, stdout) == out.n && fflush(stdout) == 0;
    db_use_arena(db, life);
    arena_close(&work);
    if (is_whole) return 0;
    fprintf(stderr, "blueheart: the export could not be written to its end: %s\n", strerror(errno));
    return 1;
}

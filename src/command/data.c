/* init, migrate, import, export: the data home. */
#include "base/breakage.h"
#include "base/clock.h"
#include "command/command.h"
#include "store/schema.h"
#include "text/text.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

str command_read_file(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) broken("%s: cannot be read: %s", path, strerror(errno));
    struct stat about;
    if (fstat(fileno(f), &about) != 0 || !S_ISREG(about.st_mode)) broken("%s: is not a file", path);
    if ((uint64_t)about.st_size > IMPORT_FILE_MAX)
        broken("%s: is larger than %zu MB", path, IMPORT_FILE_MAX >> 20);
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
    case SCHEMA_RIGHT: return db;
    case SCHEMA_EMPTY: broken("there are no data yet; run `blueheart init` first");
    case SCHEMA_OLDER:
        broken(
            "the data are of an older program; run `blueheart migrate`, which backs them up first");
    case SCHEMA_NEWER: broken("the data were written by a newer program; use that one");
    case SCHEMA_FOREIGN: broken("this database belongs to something else");
    }
    return db;
}

static void show_progress(size_t done, size_t all)
{
    if (isatty(STDERR_FILENO)) fprintf(stderr, "\r%zu of about %zu rows ", done, all);
}

struct one_import {
    struct arena *arena;
    const struct claim_kind *kind;
    str text;
    bool is_quiet;
    enum import_answer answer;
    struct import_report report;
};

static bool import_one(struct db *db, void *self)
{
    struct one_import *one = self;
    arena_empty(one->arena);
    db_use_arena(db, one->arena);
    one->answer = claim_import(db, one->arena, one->kind, one->text, clock_now(),
                               one->is_quiet ? NULL : show_progress, &one->report);
    return one->answer != IMPORT_REFUSED;
}

/* One table, and the index of words with it. */
static bool import_and_index(struct db *db, void *self)
{
    struct one_import *one = self;
    if (!import_one(db, one)) return false;
    if (one->answer == IMPORT_DONE && !one->kind->is_unsearched) command_index(db);
    return true;
}

static void tell(const struct one_import *one, const char *path)
{
    if (isatty(STDERR_FILENO) && !one->is_quiet) fprintf(stderr, "\r");
    if (one->answer == IMPORT_REFUSED)
        fprintf(stderr, "%s: not imported, nothing was changed.\n" STR_FMT, path,
                STR_ARG(sink_str(&one->report.complaints)));
    else if (!one->is_quiet)
        fprintf(stderr, "%s: %zu rows, %zu new, %zu withdrawn, %zu of editors kept\n",
                one->kind->name, one->report.rows, one->report.added, one->report.retracted,
                one->report.kept_by_editors);
}

/* A file of rows, or for texts a folder of them. false: what was wrong has been said. */
static bool read_rows(struct arena *a, struct one_import *one, const char *path)
{
    struct stat about;
    bool is_folder = stat(path, &about) == 0 && S_ISDIR(about.st_mode);
    if (one->kind != &text_kind || !is_folder) {
        one->text = command_read_file(a, path);
        return true;
    }
    struct sink complaints;
    sink_open(&complaints, a, MIB(1));
    one->text = text_files(a, path, &complaints);
    if (complaints.n == 0) return true;
    fprintf(stderr, "Texts not imported, nothing was changed.\n" STR_FMT,
            STR_ARG(sink_str(&complaints)));
    return false;
}

bool command_import_text(struct db *db, const struct claim_kind *kind, const char *path,
                         bool is_quiet)
{
    struct arena file, work;
    arena_open(&file, IMPORT_ARENA_MAX);
    arena_open(&work, IMPORT_ARENA_MAX);
    struct one_import one = { .arena = &work, .kind = kind, .is_quiet = is_quiet };
    struct arena *before = db_arena(db);
    bool is_done = read_rows(&file, &one, path);
    if (is_done) {
        is_done = db_write_if(db, import_and_index, &one);
        tell(&one, path);
    }
    db_use_arena(db, before);
    arena_close(&work);
    arena_close(&file);
    return is_done;
}

struct all_imports {
    const struct options *o;
    struct arena file, work;
};

/* Where a kind's rows are: texts stand beside the data in a folder of their own. NULL: there are none to read. */
static const char *rows_path(struct arena *a, const struct options *o,
                             const struct claim_kind *kind)
{
    if (kind != &text_kind) return arena_format(a, "%s/%s.csv", o->data, kind->name).p;
    const char *path = arena_format(a, "%s/../content", o->data).p;
    if (access(path, R_OK) == 0) return path;
    if (!o->is_quiet) fprintf(stderr, "texts: there is no folder content beside %s\n", o->data);
    return NULL;
}

/* Every kind inside one transaction: data that are half there would say things that are not so. */
static bool import_all(struct db *db, void *self)
{
    struct all_imports *all = self;
    bool is_changed = false;
    for (size_t i = 0; claim_kind_at(i); i++) {
        arena_empty(&all->file);
        struct one_import one = { .arena = &all->work,
                                  .kind = claim_kind_at(i),
                                  .is_quiet = all->o->is_quiet };
        const char *path = rows_path(&all->file, all->o, one.kind);
        if (!path) continue;
        if (!read_rows(&all->file, &one, path)) return false;
        bool is_done = import_one(db, &one);
        tell(&one, path);
        if (!is_done) return false;
        is_changed = is_changed || one.answer == IMPORT_DONE;
    }
    db_use_arena(db, &all->work);
    if (is_changed || command_index_is_old(db)) command_index(db);
    return true;
}

bool command_has_facts(struct db *db)
{
    db_begin_read(db);
    bool has_any = claim_has_imports(db);
    db_commit(db);
    return has_any;
}

static void make_folders(struct arena *life, const struct options *o)
{
    str file = db_sqlite_file(o->db);
    if (file.n) command_folder(command_folder_of(life, command_absolute(life, file)).p);
    command_folder(o->var);
}

static void index_again(struct db *db, void *self)
{
    (void)self;
    command_index(db);
}

/* A program that cuts words otherwise makes the index anew. */
static void renew_index(struct db *db)
{
    db_begin_read(db);
    bool is_old = command_index_is_old(db);
    db_commit(db);
    if (is_old) db_write(db, index_again, NULL);
}

int command_init(struct arena *life, const struct options *o)
{
    make_folders(life, o);
    struct db *db = db_open(life, o->db, DB_CREATE);
    enum schema_age age = schema_age(db, room_steps);
    if (age == SCHEMA_NEWER) broken("the data were written by a newer program; use that one");
    if (age == SCHEMA_FOREIGN) broken("this database belongs to something else");
    if (age == SCHEMA_OLDER)
        broken("there are data of an older program; run `blueheart migrate`, which backs them up "
               "first");
    if (age == SCHEMA_EMPTY) schema_forward(db, room_steps, clock_now());
    lang_open(life);
    if (o->is_once && command_has_facts(db)) {
        renew_index(db);
        command_first_link(life, o, db);
        return 0;
    }

    struct all_imports all = { .o = o };
    arena_open(&all.file, IMPORT_ARENA_MAX);
    arena_open(&all.work, IMPORT_ARENA_MAX);
    bool is_done = db_write_if(db, import_all, &all);
    db_use_arena(db, life);
    arena_close(&all.work);
    arena_close(&all.file);
    if (is_done && !o->is_quiet) fprintf(stderr, "The data are ready.\n");
    if (is_done) command_first_link(life, o, db);
    return is_done ? 0 : 1;
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
    if (!kind->is_unsearched) lang_open(life); /* its index is made in every language */
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

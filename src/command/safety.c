/* backup, restore, check, migrate: so that whoever hosts this can sleep. */
#include "base/breakage.h"
#include "base/clock.h"
#include "command/command.h"
#include "store/backup.h"
#include "store/lock.h"
#include "store/schema.h"
#include "vault/vault.h"

#include <stdio.h>
#include <unistd.h>

size_t command_homes(struct arena *life, const struct options *o, struct backup_home homes[2])
{
    homes[0] = (struct backup_home){ .name = "front", .url = o->db, .rooms = room_steps };
    str file = db_sqlite_file(o->vault_db);
    bool has_vault = file.n == 0 || access(arena_z(life, file), F_OK) == 0;
    if (has_vault)
        homes[1] =
            (struct backup_home){ .name = "vault", .url = o->vault_db, .rooms = vault_rooms };
    return has_vault ? 2 : 1;
}

int command_backup(struct arena *life, const struct options *o)
{
    struct backup_home homes[2];
    backup_write(life, o->words[0], homes, command_homes(life, o, homes), str_of(program_version),
                 clock_now());
    if (!o->is_quiet)
        fprintf(stderr, "Written: %s. Keys are not in it; keep them apart.\n", o->words[0]);
    return 0;
}

int command_restore(struct arena *life, const struct options *o)
{
    struct backup_home homes[2];
    str why = S("");
    switch (backup_restore(life, o->words[0], homes, command_homes(life, o, homes), &why)) {
    case RESTORE_YES:
        if (!o->is_quiet)
            fprintf(stderr,
                    "Restored. Run `blueheart migrate` if the backup is of an older program.\n");
        return 0;
    case RESTORE_DAMAGED:
    case RESTORE_NEWER:
    case RESTORE_OTHER:
    case RESTORE_BUSY:
    case RESTORE_NOT_EMPTY: break;
    }
    fprintf(stderr, "blueheart: not restored, nothing was changed: " STR_FMT "\n", STR_ARG(why));
    return 1;
}

static bool say_trail(struct arena *life, const struct options *o)
{
    struct sink lines;
    sink_open(&lines, life, KIB(8));
    bool is_whole = command_check_trail(life, o, &lines);
    fwrite(lines.p, 1, lines.n, stdout);
    return is_whole;
}

int command_check(struct arena *life, const struct options *o)
{
    if (o->words_n && strcmp(o->words[0], "walls") == 0) return command_check_walls(life, o);
    if (o->words_n) {
        fprintf(stderr, "usage: blueheart check [walls]\n");
        return 2;
    }
    struct backup_home homes[2];
    size_t n = command_homes(life, o, homes);
    int code = 0;
    for (size_t i = 0; i < n; i++) {
        struct sink lines;
        sink_open(&lines, life, MIB(1));
        enum check_answer answer = backup_check(life, &homes[i], &lines);
        fwrite(lines.p, 1, lines.n, stdout);
        if (answer != CHECK_GOOD) code = 1;
        else if (i == 0 && !say_trail(life, o)) code = 1;
    }
    return code;
}

/* The backup made before a migration stands beside the data and is named by its moment. */
int command_migrate(struct arena *life, const struct options *o)
{
    struct db *db = db_open(life, o->db, DB_SERVE);
    switch (schema_age(db, room_steps)) {
    case SCHEMA_RIGHT:
        if (!o->is_quiet) fprintf(stderr, "The data are of this program's age already.\n");
        return 0;
    case SCHEMA_EMPTY: broken("there are no data yet; run `blueheart init` first");
    case SCHEMA_NEWER: broken("the data were written by a newer program; use that one");
    case SCHEMA_FOREIGN: broken("this database belongs to something else");
    case SCHEMA_OLDER: break;
    }
    char moment[MOMENT_TEXT];
    moment_text(clock_now(), moment);
    command_folder(o->var);
    str file = arena_format(life, "%s/before-migration-%.19s.tar", o->var, moment);
    struct backup_home homes[2];
    backup_write(life, file.p, homes, command_homes(life, o, homes), str_of(program_version),
                 clock_now());
    int steps = schema_forward(db, room_steps, clock_now());
    if (!o->is_quiet) fprintf(stderr, "Backed up to %s, then %d steps forward.\n", file.p, steps);
    return 0;
}

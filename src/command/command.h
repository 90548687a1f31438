/* command/command.h - what is typed at a terminal: options read once, work done, words on standard error.
 *
 * Every command knows --help and ends with 0 on success, 2 on wrong usage, 1 otherwise.
 * Needs: every room's list in main.    Never: decide what a room decides. */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include "send/sender.h"
#include "store/backup.h"
#include "web/serve.h"

struct options {
    str db, vault_db;
    const char *listen, *vault_listen;
    const char *var;       /* folder of everything written that is not the database */
    const char *vault_var; /* the vault's own folder: beside var, never inside it */
    const char *data;      /* folder of the reference facts */
    const char *log;       /* NULL: standard error */
    const char *origin;    /* how the site is called from outside; NULL: http://LISTEN */
    const char *desk_listen, *desk_origin; /* NULL: the desk is reached by the public door */
    const char *token;                     /* for /metrics; NULL: this machine only */
    unsigned workers;
    struct send_options mail;
    bool has_fedi;
    int64_t fedi_trial; /* a port; 0: none */
    bool as_json, is_quiet, is_once;
    const char *words[4]; /* what is neither option nor value */
    int words_n;
};

struct command {
    const char *name, *usage, *about;
    int words_min, words_max;
    int (*run)(struct arena *life, const struct options *o);
    int (*run_own)(int argc, char **argv); /* instead of run: reads options of its own */
};

/* From main: every room, and their schema steps in the order they are applied. */
extern const struct room *const rooms[];
extern const struct step *const room_steps[];
extern const struct keep
    *const room_keeps[]; /* what the nightly sweep of the front's data works from */
extern const char program_version[];

/* Tells the machinery which kinds of statement there are; before anything else. */
void command_start(void);

int command_init(struct arena *life, const struct options *o);
int command_migrate(struct arena *life, const struct options *o);
int command_check(struct arena *life, const struct options *o);
int command_check_walls(struct arena *life, const struct options *o);
int command_backup(struct arena *life, const struct options *o);
int command_restore(struct arena *life, const struct options *o);
int command_import(struct arena *life, const struct options *o);
int command_export(struct arena *life, const struct options *o);
int command_serve(struct arena *life, const struct options *o);
int command_user(struct arena *life, const struct options *o);
int command_house(struct arena *life, const struct options *o);
int command_mail(struct arena *life, const struct options *o);
/* The measuring chain, on files: no database, no server. argv[0] is the command's name. */
int command_estimate(int argc, char **argv);
int command_link(int argc, char **argv);
int command_publish(int argc, char **argv);

/* Shared by commands. */
/* The data homes there are: the front's, and the vault's once it has one. Returns how many. */
size_t command_homes(struct arena *life, const struct options *o, struct backup_home homes[2]);
struct db *command_db(struct arena *life,
                      const struct options *o); /* of this program's age, or broken in words */
str command_read_file(struct arena *a, const char *path); /* at most IMPORT_FILE_MAX */
bool command_has_facts(struct db *db); /* false on data whose init was interrupted */
void command_index(struct db *db); /* makes the index of words anew, inside a write transaction */
bool command_index_is_old(struct db *db);
bool command_import_text(struct db *db, const struct claim_kind *kind, const char *path,
                         bool is_quiet);
str command_absolute(struct arena *life, str path);
str command_url(struct arena *life, str url); /* sqlite: with its file absolute */
str command_folder_of(struct arena *life, str file);
str command_keys_folder(struct arena *life, const struct options *o); /* the front's: VAR/keys */
/* What signing in and forms stand on; opened after the fork. */
void command_open_desk(struct arena *life, struct site *site, str keys_folder);
/* Prints a link that makes the first administrator, unless there is one. */
void command_first_link(struct arena *life, const struct options *o, struct db *db);
/* False if the trail is not whole; says so either way. */
MUST_USE bool command_check_trail(struct arena *life, const struct options *o, struct sink *lines);
void command_folder(const char *path); /* makes it and its parents, 0700 */

#endif

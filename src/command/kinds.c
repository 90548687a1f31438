#include "command/kinds.h"

#include "base/breakage.h"
#include "base/id.h"
#include "draw/picture.h"
#include "fedi/deliverer.h"
#include "store/lock.h"
#include "vault/vault.h"

#define PORT_NAMES 53 /* the system of names, where an answer is long */
#define PORT_HTTPS 443

/* TCP port of a postgresql:// address; 5432 where none is written. */
static uint16_t pg_port(str url)
{
    str rest = str_from(url, (size_t)str_find(url, '/') + 2);
    ptrdiff_t at = str_find(rest, '@');
    str host = str_from(rest, (size_t)(at + 1));
    host = str_split(&host, '/');
    ptrdiff_t colon = str_find(host, ':');
    int64_t port;
    bool has_port = colon >= 0 && str_to_int(str_from(host, (size_t)colon + 1), &port) &&
                    port > 0 && port < 65536;
    return has_port ? (uint16_t)port : 5432;
}

static void may_write(struct process_kind *kind, const char *folder)
{
    int n = 0;
    while (kind->may_write[n]) n++;
    kind->may_write[n] = folder;
}

static void may_connect(struct process_kind *kind, uint16_t port)
{
    int n = 0;
    while (kind->may_connect[n]) n++;
    kind->may_connect[n] = port;
}

static void may_read(struct process_kind *kind, const char *folder)
{
    int n = 0;
    while (kind->may_read[n]) n++;
    kind->may_read[n] = folder;
}

/* The data's folder, or PostgreSQL's port and what its library reads; the log's folder, so that it can be reopened. */
static void may_use(struct arena *life, struct process_kind *kind, str url, const struct options *o)
{
    str file = db_sqlite_file(url);
    if (file.n) {
        may_write(kind, command_folder_of(life, file).p);
    } else {
        may_read(kind, "/etc");
        may_connect(kind, pg_port(url));
    }
    bool is_vault =
        kind->run ==
        vault_run; /* its lines go to the file opened before; it is not reopened there */
    if (o->log && !is_vault)
        may_write(kind, command_folder_of(life, command_absolute(life, str_of(o->log))).p);
}

/* One tree inside the other would open the vault to the front, whatever the walls say. */
static void keep_apart(str outer, str inner)
{
    bool is_inside = str_starts(inner, outer) &&
                     (inner.n == outer.n || outer.p[outer.n - 1] == '/' || inner.p[outer.n] == '/');
    if (is_inside)
        broken(STR_FMT
               " lies inside " STR_FMT
               ": one would be open to the front and the vault; give the vault a folder of its "
               "own with --vault-var, and the log one beside both",
               STR_ARG(inner), STR_ARG(outer));
}

/* Every tree the front's processes may touch, against every tree of the vault. */
static void check_apart(struct arena *life, const struct process_kind kinds[KINDS])
{
    for (int i = KIND_FRONT; i < KIND_VAULT; i++) {
        for (const char *const *f = kinds[i].may_write; *f; f++) {
            for (const char *const *v = kinds[KIND_VAULT].may_write; *v; v++) {
                str front = store_real_path(life, str_of(*f)),
                    vault = store_real_path(life, str_of(*v));
                keep_apart(front, vault);
                keep_apart(vault, front);
            }
        }
    }
}

/* Beside the data: the mail server, the names of machines, certificates, and the login. */
static void fill_sender(struct arena *life, struct serving *s, const struct options *o,
                        struct process_kind *kind)
{
    bool is_wanted = send_setting_read(life, &o->mail, &s->mail);
    s->mail.db_url = s->site.db_url;
    *kind = (struct process_kind){ .name = "sender", .count = is_wanted, .run = sender_run };
    sender_place(&s->mail);
    send_place(s->keys_folder, is_wanted);
    if (!is_wanted) return;
    may_connect(kind, s->mail.port);
    may_connect(kind, PORT_NAMES);
    may_read(kind, "/etc");
    may_read(kind, "/run/systemd/resolve");
    if (s->mail.post.login.n) may_read(kind, arena_z(life, s->mail.post.login));
    if (s->mail.post.authorities.n) may_read(kind, arena_z(life, s->mail.post.authorities));
}

/* Beside the data: other servers' port, the names of machines, certificates, and a folder of keys of its own. */
static void fill_deliverer(struct arena *life, struct serving *s, const struct options *o,
                           struct process_kind *kind)
{
    bool is_wanted = fedi_setting_read(life, o->has_fedi, o->fedi_trial, s->site.origin,
                                       o->origin != NULL, &s->fedi);
    *kind = (struct process_kind){ .name = "deliverer", .count = is_wanted, .run = deliverer_run };
    s->fedi.db_url = s->site.db_url;
    s->fedi.keys_folder = s->keys_folder;
    s->fedi.own_folder = ARENA_JOIN(life, s->keys_folder, S("-fedi"));
    fedi_place(is_wanted ? &s->fedi : NULL);
    if (!is_wanted) return;
    command_folder(s->fedi.own_folder.p);
    may_connect(kind, s->fedi.trial_port ? s->fedi.trial_port : PORT_HTTPS);
    may_connect(kind, PORT_NAMES);
    may_read(kind, "/etc");
    may_read(kind, "/usr/share/ca-certificates");
    may_read(kind, "/run/systemd/resolve");
    may_write(kind, s->keys_folder.p);
    may_write(kind, s->fedi.own_folder.p);
}

static void name_site(struct arena *life, struct serving *s, const struct options *o)
{
    s->o = o;
    s->site.rooms = rooms;
    s->site.db_url = command_url(life, o->db);
    s->site.tables_folder = arena_format(life, STR_FMT "/tables",
                                         STR_ARG(command_absolute(life, str_of(o->var))));
    s->site.origin = o->origin ? str_of(o->origin) : arena_format(life, "http://%s", o->listen);
    s->site.metrics_token = o->token ? str_of(o->token) : S("");
    s->site.desk_origin = o->desk_origin   ? str_of(o->desk_origin)
                          : o->desk_listen ? arena_format(life, "http://%s", o->desk_listen)
                                           : s->site.origin;
    s->site.is_desk_elsewhere = o->desk_listen != NULL;
    s->vault_folder = command_absolute(life, str_of(o->vault_var));
    s->vault_url = command_url(life, o->vault_db);
    s->keys_folder = command_keys_folder(life, o);
    s->var_folder = command_absolute(life, str_of(o->var));
    s->vault_keys = arena_format(life, STR_FMT "/keys", STR_ARG(s->vault_folder));
}

static void fill_kinds(const struct options *o, struct process_kind kinds[KINDS])
{
    kinds[KIND_FRONT] = (struct process_kind){ .name = "front",
                                               .count = o->workers,
                                               .listen = o->listen,
                                               .asks_jobs = "job",
                                               .asks_apart = "pictures",
                                               .run = front_run };
    kinds[KIND_JOB] =
        (struct process_kind){ .name = "job", .count = 1, .serves_jobs = "job", .run = jobs_run };
    kinds[KIND_CARETAKER] =
        (struct process_kind){ .name = "caretaker", .count = 1, .run = caretaker_run };
    kinds[KIND_DESK] = (struct process_kind){ .name = "desk",
                                              .count = o->desk_listen ? 1 : 0,
                                              .listen = o->desk_listen,
                                              .asks_jobs = "job",
                                              .asks_apart = "pictures",
                                              .run = desk_run };
    kinds[KIND_MEASURER] =
        (struct process_kind){ .name = "measurer", .count = 1, .run = measurer_run };
    kinds[KIND_PICTURES] = (struct process_kind){
        .name = "pictures", .count = 1, .serves_jobs = "pictures", .run = pictures_run
    };
    kinds[KIND_VAULT] = (struct process_kind){ .name = "vault",
                                               .count = o->vault_listen ? 1 : 0,
                                               .listen = o->vault_listen,
                                               .run = vault_run };
}

void kinds_fill(struct arena *life, struct serving *s, const struct options *o,
                struct process_kind kinds[KINDS])
{
    name_site(life, s, o);
    fill_kinds(o, kinds);
    fill_sender(life, s, o, &kinds[KIND_SENDER]);
    fill_deliverer(life, s, o, &kinds[KIND_DELIVERER]);
    for (int i = KIND_FRONT; i < KIND_PICTURES; i++) may_use(life, &kinds[i], s->site.db_url, o);
    for (int i = KIND_FRONT; i <= KIND_DESK; i += KIND_DESK - KIND_FRONT) {
        may_read(&kinds[i], s->site.tables_folder.p);
        may_write(&kinds[i], s->keys_folder.p);
    }
    may_write(&kinds[KIND_JOB], s->site.tables_folder.p);
    may_write(&kinds[KIND_CARETAKER], s->var_folder.p); /* the trail's head file; keys */
    may_write(&kinds[KIND_SENDER], s->keys_folder.p);
    may_write(&kinds[KIND_MEASURER], s->keys_folder.p);
    s->measurer = (struct measurer_setting){ s->site.db_url, s->keys_folder, (int64_t)id_new() };
    measurer_place(&s->measurer);
    for (const char *const *f = picture_fonts; *f; f++) may_read(&kinds[KIND_JOB], *f);
    may_use(life, &kinds[KIND_VAULT], s->vault_url, o);
    may_write(&kinds[KIND_VAULT], s->vault_folder.p);
    vault_place(s->vault_url, s->vault_keys);
    command_folder(s->keys_folder.p);
    if (!o->vault_listen) return;
    command_folder(s->vault_folder.p);
    command_folder(s->site.tables_folder.p);
    command_folder(s->keys_folder.p);
    check_apart(life, kinds);
}

/* check walls: closes a child in as each kind of process is, and tries what must not work. */
#include "base/log.h"
#include "command/kinds.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* In a child: behind the kind's wall, can this be opened? */
static bool can_open(const struct process_kind *kind, const char *path, int flags)
{
    fflush(stdout);
    pid_t child = fork();
    if (child < 0) return true; /* not known is not safe */
    if (child == 0) {
        log_quieter(LOG_BAD);
        bool is_closed = process_wall(kind);
        int fd = open(path, flags | O_CLOEXEC);
        _exit(is_closed && fd < 0 && (errno == EACCES || errno == ENOENT) ? 0 : 1);
    }
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

static int tell(const char *who, const char *path, bool is_open)
{
    printf("%s: the %s process %s open %s\n", is_open ? "BAD" : "good", who,
           is_open ? "can" : "cannot", path);
    return is_open;
}

static int knock(const struct process_kind *kind, const char *const *paths)
{
    int open = 0;
    for (; *paths; paths++)
        open += tell(kind->name, *paths, can_open(kind, *paths, O_RDONLY | O_DIRECTORY));
    return open;
}

int command_check_walls(struct arena *life, const struct options *o)
{
    struct serving s;
    struct process_kind kinds[KINDS];
    struct options with_vault = *o;
    if (!with_vault.vault_listen) with_vault.vault_listen = "127.0.0.1:8081";
    kinds_fill(life, &s, &with_vault, kinds);
    command_folder(s.vault_keys.p);

    const char *vault[] = { s.vault_folder.p, s.vault_keys.p, "/root", "/home", NULL };
    int open = 0;
    for (int i = KIND_FRONT; i < KIND_VAULT; i++) open += knock(&kinds[i], vault);
    str file = db_sqlite_file(s.site.db_url);
    const char *front[] = { file.n ? command_folder_of(life, file).p : s.site.tables_folder.p,
                            "/root", "/home", NULL };
    open += knock(&kinds[KIND_VAULT], front);
    if (open)
        printf("The walls do not hold here. Does this kernel have Landlock (5.13 or newer)?\n");
    return open ? 1 : 0;
}

#include "web/wall.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/types.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Our own copy of the kernel's numbers: the headers we are built with are often older than the kernel we run
 * on. They are part of its fixed interface (linux/landlock.h). */
#define CREATE_RULESET 444
#define ADD_RULE       445
#define RESTRICT_SELF  446
#define ASK_VERSION    1u
#define RULE_PATH      1
#define RULE_PORT      2

struct ruleset {
    uint64_t files, net, scopes;
};

struct path_rule {
    uint64_t access;
    int32_t parent;
} __attribute__((packed));

struct port_rule {
    uint64_t access, port;
};

#define EXECUTE     (1u << 0)
#define WRITE_FILE  (1u << 1)
#define READ_FILE   (1u << 2)
#define READ_DIR    (1u << 3)
#define REMOVE_DIR  (1u << 4)
#define REMOVE_FILE (1u << 5)
#define MAKE_DIR    (1u << 7)
#define MAKE_REG    (1u << 8)
#define REFER       (1u << 13)
#define TRUNCATE    (1u << 14)
#define IOCTL_DEV   (1u << 15)

#define READ (READ_FILE | READ_DIR)
#define WRITE \
    (READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE)
#define OF_FILES \
    (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV) /* the rest is about folders */

#define BIND_TCP    (1u << 0)
#define CONNECT_TCP (1u << 1)

/* What each version of Landlock can close. Whatever it knows is closed unless a rule opens it. */
static struct ruleset all_of(int version)
{
    struct ruleset all = { .files = (1u << 13) - 1 };
    if (version >= 2) all.files |= REFER;
    if (version >= 3) all.files |= TRUNCATE;
    if (version >= 4) all.net = BIND_TCP | CONNECT_TCP;
    if (version >= 5) all.files |= IOCTL_DEV;
    if (version >= 6) all.scopes = 3; /* abstract unix sockets, signals */
    return all;
}

static size_t size_for(int version)
{
    return version >= 6   ? sizeof(struct ruleset)
           : version >= 4 ? 2 * sizeof(uint64_t)
                          : sizeof(uint64_t);
}

static bool allow_path(int rules, const char *path, uint64_t access, const struct ruleset *all)
{
    struct stat what;
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0) return errno == ENOENT || errno == ENOTDIR || errno == EACCES;
    if (fstat(place, &what) != 0 || !S_ISDIR(what.st_mode)) access &= OF_FILES;
    struct path_rule rule = { access & all->files, place };
    bool is_added = syscall(ADD_RULE, rules, RULE_PATH, &rule, 0) == 0;
    close(place);
    return is_added;
}

static bool allow_paths(int rules, const char *const *paths, uint64_t access,
                        const struct ruleset *all)
{
    bool is_added = true;
    for (size_t i = 0; i < PROCESS_PATHS_MAX && paths[i] && is_added; i++)
        is_added = allow_path(rules, paths[i], access, all);
    return is_added;
}

/* What the C library and others read on their own: shared libraries, time zones, name services, themselves. */
static bool allow_system(int rules, const struct ruleset *all)
{
    static const char *const read[] = { "/usr/lib",
                                        "/usr/lib64",
                                        "/lib",
                                        "/lib64",
                                        "/usr/share/zoneinfo",
                                        "/etc/ld.so.cache",
                                        "/etc/localtime",
                                        "/dev/urandom",
                                        "/proc/self",
                                        "/proc/sys/vm/overcommit_memory",
                                        "/sys/devices/system/cpu",
                                        NULL };
    static const char *const named[] = { "/etc/resolv.conf",
                                         "/etc/hosts",
                                         "/etc/nsswitch.conf",
                                         "/etc/gai.conf",
                                         "/etc/ssl/certs",
                                         "/etc/ssl/openssl.cnf",
                                         "/usr/share/ca-certificates",
                                         "/etc/services",
                                         NULL };
    static const char *const write[] = { "/dev/null", NULL };
    return allow_paths(rules, read, READ, all) && allow_paths(rules, named, READ, all) &&
           allow_paths(rules, write, READ | WRITE_FILE, all);
}

static bool allow_port(int rules, uint16_t port, const struct ruleset *all)
{
    struct port_rule rule = { CONNECT_TCP, port };
    return all->net == 0 || syscall(ADD_RULE, rules, RULE_PORT, &rule, 0) == 0;
}

bool wall_files(const char *const *may_read, const char *const *may_write,
                const uint16_t *may_connect, size_t connects, int *version)
{
    *version = (int)syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
    if (*version < 1) return false;

    struct ruleset all = all_of(*version);
    int rules = (int)syscall(CREATE_RULESET, &all, size_for(*version), 0);
    if (rules < 0) return false;

    bool is_closed = allow_system(rules, &all) && allow_paths(rules, may_read, READ, &all) &&
                     allow_paths(rules, may_write, WRITE, &all);
    for (size_t i = 0; i < connects && is_closed; i++)
        if (may_connect[i]) is_closed = allow_port(rules, may_connect[i], &all);
    if (is_closed) is_closed = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    if (is_closed) is_closed = syscall(RESTRICT_SELF, rules, 0) == 0;
    close(rules);
    return is_closed;
}

#include "web/wall.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>

/* None of our processes has a use for these. Named as text, because a name this libseccomp or this machine does
 * not know is simply not there to be called. */
static const char *const refused[] = {
    /* starting programs */
    "execve",
    "execveat",
    "uselib",
    /* looking into other processes */
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "process_mrelease",
    "pidfd_getfd",
    "kcmp",
    "perf_event_open",
    /* changing what the machine is */
    "mount",
    "umount2",
    "umount",
    "pivot_root",
    "chroot",
    "move_mount",
    "open_tree",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "mount_setattr",
    "swapon",
    "swapoff",
    "reboot",
    "sethostname",
    "setdomainname",
    "settimeofday",
    "clock_settime",
    "clock_settime64",
    "clock_adjtime",
    "clock_adjtime64",
    "adjtimex",
    "stime",
    "acct",
    "quotactl",
    "quotactl_fd",
    "iopl",
    "ioperm",
    "modify_ldt",
    "vhangup",
    "syslog",
    "nfsservctl",
    "kexec_load",
    "kexec_file_load",
    "init_module",
    "finit_module",
    "delete_module",
    "create_module",
    /* new namespaces, keys, code in the kernel, ways around a path */
    "unshare",
    "setns",
    "add_key",
    "request_key",
    "keyctl",
    "bpf",
    "userfaultfd",
    "fanotify_init",
    "open_by_handle_at",
    "name_to_handle_at",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "lookup_dcookie",
    "personality",
    "mknod",
    "mknodat",
    "migrate_pages",
    "move_pages",
    "vmsplice",
    /* becoming somebody else */
    "setuid",
    "setgid",
    "setreuid",
    "setregid",
    "setresuid",
    "setresgid",
    "setgroups",
    "setfsuid",
    "setfsgid",
    "capset",
};

static bool refuse_call(scmp_filter_ctx filter, const char *name)
{
    if (str_eq(str_of(name), S("ptrace")) && wall_is_watched()) return true;
    int number = seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR || number < 0) return true; /* does not exist here */
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0) == 0;
}

/* A new process may be forked, a new namespace not. What clone3 is asked for cannot be seen from here, so it
 * "does not exist" and the C library falls back to clone. */
static bool refuse_namespaces(scmp_filter_ctx filter)
{
    static const int kinds[] = { CLONE_NEWUSER, CLONE_NEWNS,  CLONE_NEWPID,   CLONE_NEWNET,
                                 CLONE_NEWIPC,  CLONE_NEWUTS, CLONE_NEWCGROUP };
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        scmp_datum_t flag = (scmp_datum_t)kinds[i];
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                             SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag)) != 0)
            return false;
    }
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

/* Made from outside, the sockets a door needs are there already. */
static bool refuse_sockets(scmp_filter_ctx filter, bool may_connect)
{
    if (!may_connect)
        return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
                                SCMP_A0(SCMP_CMP_NE, AF_UNIX, 0)) ==
               0; /* compares all 64 bits: anything odd is refused too */
    static const int never[] = { AF_PACKET, AF_VSOCK, AF_ALG, AF_BLUETOOTH,
                                 AF_CAN,    AF_TIPC,  AF_RDS, AF_KEY };
    for (size_t i = 0; i < COUNT_OF(never); i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
                             SCMP_A0(SCMP_CMP_MASKED_EQ, 0xffffffffu, (scmp_datum_t)never[i])) != 0)
            return false;
    return true;
}

bool wall_calls(bool may_connect)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter) return false;
    bool is_closed = refuse_sockets(filter, may_connect) && refuse_namespaces(filter);
    for (size_t i = 0; i < COUNT_OF(refused) && is_closed; i++)
        is_closed = refuse_call(filter, refused[i]);
    if (is_closed) is_closed = seccomp_load(filter) == 0; /* sets no_new_privs itself */
    seccomp_release(filter);
    return is_closed;
}

bool wall_is_watched(void)
{
#if defined(__SANITIZE_ADDRESS__)
    return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    return true;
#endif
#endif
    return false;
}

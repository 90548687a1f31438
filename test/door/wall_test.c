/* test/door/wall_test.c - a closed-in process tries what it must not. Each attempt is made in a child of its
 * own, because a wall cannot be taken down again. */
#include "web/process.h"

#include "base/log.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];                   /* may be written */
static char secret[80], open_file[80];    /* beside it: the second may be read */
static int listener, port, other_listener, other_port;
static int version;                       /* of Landlock here; 0: none */

static struct process_kind kind;

static int listen_somewhere(int *out)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || listen(fd, 4) != 0) abort();
    getsockname(fd, (struct sockaddr *)&at, &n);
    *out = ntohs(at.sin_port);
    return fd;
}

static void write_file(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    if (fd < 0 || write(fd, "words", 5) != 5) abort();
    close(fd);
}

/* Runs the attempt behind the wall; 0 when it was refused as it should, else the errno there was or 255. */
static int behind_wall(int (*attempt)(void))
{
    int status;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        log_quieter(LOG_BAD);
        if (!process_wall(&kind) && version > 0) _exit(254);
        _exit(attempt() & 255);
    }
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 253;
}

static int refused(long result, int expected)
{
    if (result >= 0) return 255;
    return errno == expected ? 0 : errno;
}

static int read_secret(void)  { return refused(open(secret, O_RDONLY), EACCES); }
static int read_passwd(void)  { return refused(open("/etc/shadow", O_RDONLY), EACCES); }
static int list_root(void)    { return refused(open("/", O_RDONLY | O_DIRECTORY), EACCES); }
static int write_beside(void) { return refused(open(open_file, O_WRONLY), EACCES); }
static int truncate_it(void)  { return refused(truncate(open_file, 0), EACCES); }
static int by_link(void)
{
    char path[100];
    snprintf(path, sizeof path, "%s/link", folder);
    if (symlink(secret, path) == 0) return 255; /* not even that */
    return refused(-1, EACCES);
}
static int other_process(void)
{
    char path[40];
    snprintf(path, sizeof path, "/proc/%d/environ", (int)getppid());
    return refused(open(path, O_RDONLY), EACCES);
}
static int read_allowed(void)
{
    int fd = open(open_file, O_RDONLY);
    return fd < 0 ? errno : 0;
}
static int write_allowed(void)
{
    char path[100];
    char other[110];
    snprintf(path, sizeof path, "%s/new", folder);
    snprintf(other, sizeof other, "%s/other", folder);
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || write(fd, "x", 1) != 1 || ftruncate(fd, 0) != 0) return errno;
    close(fd);
    return rename(path, other) == 0 && unlink(other) == 0 ? 0 : errno;
}

static int connect_to(int to)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)to),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return fd < 0 ? -1 : connect(fd, (struct sockaddr *)&at, sizeof at);
}
static int connect_any(void)     { return refused(connect_to(port), EPERM); }     /* no socket at all */
static int connect_allowed(void) { return connect_to(port) == 0 ? 0 : errno; }
static int connect_other(void)   { return refused(connect_to(other_port), EACCES); }
static int bind_own(void)
{
    struct sockaddr_in at = { .sin_family = AF_INET };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return refused(bind(fd, (struct sockaddr *)&at, sizeof at), EACCES);
}
static int raw_socket(void) { return refused(socket(AF_PACKET, SOCK_RAW, 0), EPERM); }
static int abstract_socket(void)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX, .sun_path = "\0blueheart-wall-test" };
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    return refused(connect(fd, (struct sockaddr *)&at, sizeof(sa_family_t) + 20), EPERM);
}

static int trace_parent(void) { return refused(ptrace(PTRACE_SEIZE, getppid(), NULL, NULL), EPERM); }
static int signal_parent(void) { return refused(kill(getppid(), 0), EPERM); }
static int read_parent(void)
{
    char byte;
    struct iovec here = { &byte, 1 };
    struct iovec there = { &byte, 1 };
    return refused(process_vm_readv(getppid(), &here, 1, &there, 1, 0), EPERM);
}
static int start_program(void) { return refused(execl("/bin/true", "true", (char *)NULL), EPERM); }
static int new_namespace(void) { return refused(unshare(CLONE_NEWUSER), EPERM); }
static int clone_namespace(void) { return refused(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0), EPERM); }
static int use_bpf(void)       { return refused(syscall(SYS_bpf, 0, NULL, 0), EPERM); }
static int use_keys(void)      { return refused(syscall(SYS_keyctl, 0, 0), EPERM); }
static int use_uring(void)     { return refused(syscall(SYS_io_uring_setup, 1, NULL), EPERM); }
static int use_perf(void)      { return refused(syscall(SYS_perf_event_open, NULL, 0, 0, 0, 0), EPERM); }
static int mount_it(void)      { return refused(syscall(SYS_mount, "", "/", "", 0, NULL), EPERM); }
static int load_module(void)   { return refused(syscall(SYS_init_module, NULL, 0, ""), EPERM); }

static int memory_is_closed(void)
{
    struct rlimit core;
    getrlimit(RLIMIT_CORE, &core);
    if (core.rlim_max != 0 || prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) return 1;
    return wall_is_watched() || prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : 2;
}

/* What pages do all day still works. */
static int ordinary_work(void)
{
    int ends[2];
    char *much = malloc(1 << 22);
    if (!much || pipe(ends) != 0 || socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) != 0) return errno;
    memset(much, 1, 1 << 22);
    free(much);
    pid_t pid = fork();
    if (pid == 0) _exit(0);
    int status;
    if (pid < 0 || waitpid(pid, &status, 0) != pid) return errno;
    return open("/dev/urandom", O_RDONLY) >= 0 && open("/proc/self/status", O_RDONLY) >= 0 ? 0 : errno;
}

#define REFUSED(attempt) assert_int_equal(behind_wall(attempt), 0)

static void files_are_closed_but_the_named_ones(void **state)
{
    (void)state;
    if (version < 1) skip();
    REFUSED(read_secret);
    REFUSED(read_passwd);
    REFUSED(list_root);
    REFUSED(write_beside);
    if (version >= 3) REFUSED(truncate_it);
    REFUSED(by_link);
    REFUSED(other_process);
    assert_int_equal(behind_wall(read_allowed), 0);
    assert_int_equal(behind_wall(write_allowed), 0);
}

static void the_net_is_closed_but_the_named_ports(void **state)
{
    (void)state;
    REFUSED(connect_any);
    REFUSED(raw_socket);
    if (version >= 6) REFUSED(abstract_socket);
    kind.may_connect[0] = (uint16_t)port;
    REFUSED(raw_socket);
    assert_int_equal(behind_wall(connect_allowed), 0);
    if (version >= 4) {
        REFUSED(connect_other);
        REFUSED(bind_own);
    }
    kind.may_connect[0] = 0;
}

static void other_processes_cannot_be_reached(void **state)
{
    (void)state;
    if (version >= 1 || !wall_is_watched()) REFUSED(trace_parent);
    REFUSED(read_parent);
    if (version >= 6) REFUSED(signal_parent);
    REFUSED(start_program);
}

static void the_machine_cannot_be_changed(void **state)
{
    (void)state;
    REFUSED(new_namespace);
    REFUSED(clone_namespace);
    REFUSED(use_bpf);
    REFUSED(use_keys);
    REFUSED(use_uring);
    REFUSED(use_perf);
    REFUSED(mount_it);
    REFUSED(load_module);
}

static void ordinary_work_goes_on(void **state)
{
    (void)state;
    assert_int_equal(behind_wall(ordinary_work), 0);
    assert_int_equal(behind_wall(memory_is_closed), 0);
}

/* ---- the strict wall ---- */

static void strict_open(void)   { (void)open(open_file, O_RDONLY); }
static void strict_socket(void) { (void)socket(AF_UNIX, SOCK_STREAM, 0); }
static void strict_fork(void)   { (void)fork(); }
static void strict_exec(void)   { (void)execl("/bin/true", "true", (char *)NULL); }
static void strict_kill(void)   { (void)kill(getppid(), 0); }
static void strict_dup(void)    { (void)dup(0); }
static void strict_send(void)   { (void)syscall(SYS_sendmsg, 1, NULL, 0); }
static void strict_code(void)   { (void)mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }
static void strict_turn_code(void)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    (void)mprotect(p, 4096, PROT_READ | PROT_EXEC);
}

static void strict_work(void)
{
    char *much = malloc(50 << 20);
    memset(much, 1, 50 << 20);
    much = realloc(much, 80 << 20);
    free(much);
    for (int i = 0; i < 1000; i++) free(malloc((size_t)i * 100));
    (void)write(2, "", 0);
    _exit(7);
}

/* The signal that ended it; minus its status if it ended by itself. */
static int strictly(void (*attempt)(void))
{
    int status;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        if (!wall_strict()) _exit(99);
        attempt();
        _exit(0);
    }
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

static void who_only_computes_is_ended_at_the_first_other_call(void **state)
{
    (void)state;
    assert_int_equal(strictly(strict_open), SIGSYS);
    assert_int_equal(strictly(strict_socket), SIGSYS);
    assert_int_equal(strictly(strict_fork), SIGSYS);
    assert_int_equal(strictly(strict_exec), SIGSYS);
    assert_int_equal(strictly(strict_kill), SIGSYS);
    assert_int_equal(strictly(strict_dup), SIGSYS);
    assert_int_equal(strictly(strict_send), SIGSYS);
    assert_int_equal(strictly(strict_code), SIGSYS);
    assert_int_equal(strictly(strict_turn_code), SIGSYS);
    assert_int_equal(strictly(strict_work), -7);
}

static int prepare(void **state)
{
    (void)state;
    strcpy(folder, "wall-test-XXXXXX");
    if (!mkdtemp(folder)) return 1;
    char *whole = realpath(folder, NULL);
    snprintf(folder, sizeof folder, "%s", whole);
    free(whole);
    snprintf(secret, sizeof secret, "%.60s.secret", folder);
    snprintf(open_file, sizeof open_file, "%.60s.open", folder);
    write_file(secret);
    write_file(open_file);
    listener = listen_somewhere(&port);
    other_listener = listen_somewhere(&other_port);
    static const struct sockaddr_un nameless = { .sun_family = AF_UNIX, .sun_path = "\0blueheart-wall-test" };
    int abstract = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(abstract, (const struct sockaddr *)&nameless, sizeof(sa_family_t) + 20) != 0 || listen(abstract, 4) != 0) return 1;
    kind = (struct process_kind){ .name = "test", .count = 1, .may_read = { open_file, "/no/such/place" },
                                  .may_write = { folder } };
    version = (int)syscall(444, NULL, 0, 1);
    if (version < 0) version = 0;
    print_message("Landlock here speaks version %d\n", version);
    return 0;
}

static int clear(void **state)
{
    (void)state;
    unlink(secret);
    unlink(open_file);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_closed_but_the_named_ones),
        cmocka_unit_test(the_net_is_closed_but_the_named_ports),
        cmocka_unit_test(other_processes_cannot_be_reached),
        cmocka_unit_test(the_machine_cannot_be_changed),
        cmocka_unit_test(ordinary_work_goes_on),
        cmocka_unit_test(who_only_computes_is_ended_at_the_first_other_call),
    };
    return cmocka_run_group_tests_name("walls", tests, prepare, clear);
}

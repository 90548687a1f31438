/* test/door/keeper_test.c - processes that die, are killed, or are asked to end. */
#include "client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"

static const char *program;

/* Its page never ends; started first and looked at last, because the alarm takes its time. */
static struct server stuck;
static struct client in_stuck;
static pid_t stuck_worker;
static int64_t stuck_since;

static struct server start(int workers, bool is_short)
{
    return server_start(program, "127.0.0.1", port_free(), workers, is_short);
}

static pid_t worker_now(int port)
{
    char body[1000] = "";
    ask_text(port, GET("/seen"), body, sizeof body);
    const char *at = strstr(body, "pid=");
    return at ? atoi(at + 4) : 0;
}

static bool ends_within(pid_t pid, int ms)
{
    for (int64_t until = now_ms() + ms; now_ms() < until; nap_ms(5))
        if (!is_alive(pid)) return true;
    return false;
}

static void a_killed_worker_is_replaced_at_its_socket(void **state)
{
    (void)state;
    struct server s = start(1, false);
    pid_t before = worker_now(s.port);
    kill(before, SIGKILL);
    assert_true(ends_within(before, 1000));
    int64_t begun = now_ms();
    pid_t after = worker_now(s.port); /* waits in the queue of the socket, is not refused */
    assert_true(after > 0 && after != before);
    assert_true(now_ms() - begun < 2000);
    kill(after, SIGKILL);
    assert_true(worker_now(s.port) > 0);
    assert_int_equal(server_end(&s, SIGTERM), 0);
}

static void all_workers_of_two_get_work(void **state)
{
    (void)state;
    struct server s = start(2, false);
    pid_t seen[2] = { 0, 0 };
    for (int i = 0; i < 100 && !(seen[0] && seen[1]); i++) {
        pid_t pid = worker_now(s.port);
        if (!seen[0]) seen[0] = pid;
        else if (pid != seen[0]) seen[1] = pid;
    }
    assert_true(seen[0] && seen[1]);
    assert_int_equal(server_end(&s, SIGINT), 0);
}

static void nobody_survives_the_keeper(void **state)
{
    (void)state;
    struct server s = start(2, false);
    pid_t children[8];
    size_t n = children_of(s.keeper, children, 8);
    assert_int_equal(n, 5);
    kill(s.keeper, SIGKILL);
    for (size_t i = 0; i < n; i++) assert_true(ends_within(children[i], 3000));
    assert_int_equal(server_end(&s, 0), -1);
}

static void hup_ends_nobody(void **state)
{
    (void)state;
    struct server s = start(1, false);
    pid_t before = worker_now(s.port);
    kill(s.keeper, SIGHUP);
    nap_ms(150);
    assert_int_equal(worker_now(s.port), before);
    pid_t children[8];
    assert_int_equal(children_of(s.keeper, children, 8), 4);
    assert_int_equal(server_end(&s, SIGTERM), 0);
}

/* A download runs, one waits idly, one has connected and not yet spoken, one has a job running. */
static void ending_finishes_what_was_begun(void **state)
{
    (void)state;
    struct server s = start(1, false);
    struct client download = client_open("127.0.0.1", s.port);
    struct client idle = client_open("127.0.0.1", s.port);
    struct client fresh = client_open("127.0.0.1", s.port);
    struct client job = client_open("127.0.0.1", s.port);
    client_say(&idle, GET("/"));
    struct reply r = client_hear(&idle, false, 2000);
    assert_int_equal(r.status, 200);
    reply_drop(&r);
    client_say(&job, GET("/slowjob"));
    client_say(&download, GET("/big"));
    nap_ms(100);
    kill(s.keeper, SIGTERM);
    nap_ms(100);
    client_say(&fresh, GET("/"));
    r = client_hear(&fresh, false, 2000);
    assert_int_equal(r.status, 200);
    assert_non_null(strstr(r.head, "Connection: close"));
    reply_drop(&r);
    nap_ms(300);
    assert_true(client_hears_end(&idle));
    assert_true(client_open("127.0.0.1", s.port).is_closed); /* nobody listens any more */
    r = client_hear(&job, false, 3000);
    assert_int_equal(r.status, 200);
    assert_string_equal(r.body, "peels");
    reply_drop(&r);
    r = client_hear(&download, false, 3000);
    assert_int_equal(r.status, 200);
    assert_int_equal(r.body_n, 5242880);
    reply_drop(&r);
    int64_t begun = now_ms();
    assert_int_equal(server_end(&s, 0), 0);
    assert_true(now_ms() - begun < 2000);
    client_close(&download);
    client_close(&idle);
    client_close(&fresh);
    client_close(&job);
}

/* Everybody who was let into the queue before the signal is answered. */
static void ending_loses_no_queued_connection(void **state)
{
    (void)state;
    enum { MANY = 200 };
    static struct client many[MANY];
    struct server s = start(1, false);
    for (int i = 0; i < MANY; i++) {
        many[i] = client_open("127.0.0.1", s.port);
        client_say(&many[i], GET("/"));
    }
    kill(s.keeper, SIGTERM);
    for (int i = 0; i < MANY; i++) {
        struct reply r = client_hear(&many[i], false, 3000);
        assert_int_equal(r.status, 200);
        reply_drop(&r);
    }
    int64_t begun = now_ms();
    assert_int_equal(server_end(&s, 0), 0);
    assert_true(now_ms() - begun < 2000);
    for (int i = 0; i < MANY; i++) client_close(&many[i]);
}

static void a_job_that_kills_its_process_is_answered_with_503(void **state)
{
    (void)state;
    struct server s = start(1, false);
    struct client waiting = client_open("127.0.0.1", s.port);
    assert_int_equal(ask_text(s.port, GET("/job"), NULL, 0), 200);
    int64_t begun = now_ms();
    client_say(&waiting, GET("/slowjob"));
    assert_int_equal(ask_text(s.port, GET("/badjob"), NULL, 0), 503);
    assert_true(now_ms() - begun < 2000);
    struct reply r = client_hear(&waiting, false, 2000);
    assert_int_equal(r.status, 200); /* it was done before the bad one came */
    reply_drop(&r);
    client_close(&waiting);

    char body[100];
    assert_int_equal(ask_text(s.port, GET("/job"), body, sizeof body), 200); /* by the replacement */
    assert_string_equal(body, "esrever");
    pid_t worker = worker_now(s.port);
    waiting = client_open("127.0.0.1", s.port);
    client_say(&waiting, GET("/slowjob"));
    nap_ms(50);
    kill(worker, SIGKILL); /* its replacement inherits the connection, and an answer it never asked for */
    assert_int_equal(ask_text(s.port, GET("/job"), body, sizeof body), 200);
    assert_string_equal(body, "esrever");
    client_close(&waiting);
    assert_int_equal(server_end(&s, SIGTERM), 0);
}

static void too_many_jobs_are_refused_and_late_ones_too(void **state)
{
    (void)state;
    enum { MANY = 80 };
    static struct client many[MANY];
    struct server s = start(1, true);
    int64_t begun = now_ms();
    for (int i = 0; i < MANY; i++) {
        many[i] = client_open("127.0.0.1", s.port);
        client_say(&many[i], GET("/slowjob"));
    }
    int done = 0;
    int refused = 0;
    int at_once = 0;
    for (int i = MANY - 1; i >= 0; i--) {
        struct reply r = client_hear(&many[i], false, 4000);
        done += r.status == 200;
        refused += r.status == 503;
        at_once += now_ms() - begun < 900;
        reply_drop(&r);
        client_close(&many[i]);
    }
    print_message("of %d jobs %d were done, %d refused, %d of them at once\n", (int)MANY, done, refused, at_once);
    assert_int_equal(done + refused, MANY);
    assert_true(done >= 1 && done <= 3);
    assert_int_equal(at_once, MANY - 64);
    assert_true(now_ms() - begun < 4000);
    assert_int_equal(ask_text(s.port, GET("/"), NULL, 0), 200);
    kill(s.keeper, SIGKILL); /* the job process would work off what is left */
    assert_int_equal(server_end(&s, 0), -1);
}

/* The words of a second server go to standard error. */
static void a_second_server_on_the_port_is_refused(void **state)
{
    (void)state;
    struct server s = start(2, false);
    int words[2];
    char said[500] = "";
    assert_int_equal(pipe(words), 0);
    pid_t second = fork();
    if (second == 0) {
        dup2(words[1], STDERR_FILENO);
        execl(program, program, s.address, "1", (char *)NULL);
        _exit(127);
    }
    close(words[1]);
    assert_true(read(words[0], said, sizeof said - 1) > 0);
    close(words[0]);
    int status;
    waitpid(second, &status, 0);
    assert_int_equal(WEXITSTATUS(status), 1);
    assert_non_null(strstr(said, "is already in use by another program; choose another with --listen"));
    for (int i = 0; i < 20; i++) assert_true(worker_now(s.port) > 0);
    assert_int_equal(server_end(&s, SIGTERM), 0);
}

static void an_address_that_is_none_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = { "8080", "127.0.0.1:", "127.0.0.1:99999", "::1:80", "no.such.host.invalid:80", "127.0.0.1:80x" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            int nowhere = open("/dev/null", O_WRONLY);
            dup2(nowhere, STDERR_FILENO);
            execl(program, program, wrong[i], "1", (char *)NULL);
            _exit(127);
        }
        int status;
        waitpid(pid, &status, 0);
        assert_int_equal(WEXITSTATUS(status), 1);
    }
}

static void a_given_socket_is_used(void **state)
{
    (void)state;
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(fd, 100), 0);
    getsockname(fd, (struct sockaddr *)&at, &n);
    int port = ntohs(at.sin_port);
    pid_t pid = fork();
    if (pid == 0) {
        char own[20];
        dup2(fd, 3);
        if (fd != 3) close(fd);
        sprintf(own, "%d", (int)getpid());
        setenv("LISTEN_PID", own, 1);
        setenv("LISTEN_FDS", "1", 1);
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        execl(program, program, "127.0.0.1:1", "2", (char *)NULL);
        _exit(127);
    }
    close(fd);
    for (int i = 0; i < 10; i++) assert_int_equal(ask_text(port, GET("/"), NULL, 0), 200);
    kill(pid, SIGTERM);
    int status;
    waitpid(pid, &status, 0);
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* An address that is not loopback, in a network of our own without a way out. */
static bool own_network(const char *address)
{
    struct ifreq lo = { .ifr_name = "lo" };
    struct sockaddr_in at = { .sin_family = AF_INET };
    if (unshare(CLONE_NEWNET) != 0) return false;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    inet_pton(AF_INET, address, &at.sin_addr);
    ioctl(fd, SIOCGIFFLAGS, &lo);
    lo.ifr_flags |= IFF_UP;
    bool is_up = ioctl(fd, SIOCSIFFLAGS, &lo) == 0;
    memcpy(&lo.ifr_addr, &at, sizeof at);
    strcpy(lo.ifr_name, "lo:1");
    is_up = is_up && ioctl(fd, SIOCSIFADDR, &lo) == 0;
    close(fd);
    return is_up;
}

static int crowd_from_one_address(void)
{
    enum { MANY = 270, LIMIT = 128 };
    static struct client many[MANY];
    static const char address[] = "192.0.2.1";
    if (!own_network(address)) return 77;
    struct server s = server_start(program, address, 8080, 2, false);
    int served = 0;
    int refused = 0;
    int cut = 0;
    for (int i = 0; i < MANY; i++) {
        many[i] = client_open(address, s.port);
        client_say(&many[i], GET("/"));
        struct reply r = client_hear(&many[i], false, 2000);
        served += r.status == 200;
        refused += r.status == 503;
        cut += r.status == 0;
        reply_drop(&r);
    }
    for (int i = 0; i < MANY; i++) client_close(&many[i]);
    nap_ms(200);
    struct client again = client_open(address, s.port);
    client_say(&again, GET("/seen"));
    struct reply r = client_hear(&again, false, 2000);
    bool is_free_again = r.status == 200 && strstr(r.body, "loopback=0");
    reply_drop(&r);
    client_close(&again);
    bool has_ended = server_end(&s, SIGTERM) == 0;
    printf("of %d connections from one address %d were served, %d refused, %d cut\n", (int)MANY, served, refused, cut);
    fflush(stdout);
    return served == LIMIT && refused == MANY - LIMIT && is_free_again && has_ended ? 0 : 1;
}

static void one_address_cannot_take_all_places(void **state)
{
    (void)state;
    int status;
    pid_t pid = fork();
    if (pid == 0) _exit(crowd_from_one_address());
    waitpid(pid, &status, 0);
    if (WEXITSTATUS(status) == 77) skip(); /* needs the right to make a network namespace */
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_stuck_page_ends_its_worker(void **state)
{
    (void)state;
    assert_true(ends_within(stuck_worker, 20000));
    int64_t took = now_ms() - stuck_since;
    print_message("a stuck page ended its worker after %.1f s\n", (double)took / 1000);
    assert_true(took > 4500 && took < 20000);
    assert_true(worker_now(stuck.port) > 0);
    client_close(&in_stuck);
    assert_int_equal(server_end(&stuck, SIGTERM), 0);
}

static int get_stuck(void **state)
{
    (void)state;
    stuck = start(1, false);
    stuck_worker = worker_now(stuck.port);
    in_stuck = client_open("127.0.0.1", stuck.port);
    client_say(&in_stuck, GET("/stuck"));
    stuck_since = now_ms();
    return stuck_worker == 0;
}

int main(int argc, char **argv)
{
    program = argc > 1 ? argv[1] : "./door_test_server";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_killed_worker_is_replaced_at_its_socket),
        cmocka_unit_test(all_workers_of_two_get_work),
        cmocka_unit_test(nobody_survives_the_keeper),
        cmocka_unit_test(hup_ends_nobody),
        cmocka_unit_test(ending_finishes_what_was_begun),
        cmocka_unit_test(ending_loses_no_queued_connection),
        cmocka_unit_test(a_job_that_kills_its_process_is_answered_with_503),
        cmocka_unit_test(too_many_jobs_are_refused_and_late_ones_too),
        cmocka_unit_test(a_second_server_on_the_port_is_refused),
        cmocka_unit_test(an_address_that_is_none_is_refused),
        cmocka_unit_test(a_given_socket_is_used),
        cmocka_unit_test(one_address_cannot_take_all_places),
        cmocka_unit_test(a_stuck_page_ends_its_worker),
    };
    return cmocka_run_group_tests_name("processes", tests, get_stuck, NULL);
}

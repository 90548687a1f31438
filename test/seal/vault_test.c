/* The vault behind its walls, started by the real keeper beside a front that tries to look over them. */
#include "support.h"

#include "vault/vault.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct place *now_in;

static bool is_shut(const char *name)
{
    return open(in_folder(now_in, name).p, O_RDONLY) < 0 && errno == EACCES;
}

/* Reports what it could reach: "shut" if the walls hold. */
static void run_front(struct process *self)
{
    while (!file_is(in_folder(now_in, "vault/keys").p) && process_pause(self, 20)) { }
    bool is_right = is_shut("vault/vault.db") && is_shut("vault/keys") && is_shut("vault/.") ;
    file_put(in_folder(now_in, "front/said").p, is_right ? S("shut") : S("open"));
    while (process_pause(self, 1000)) { }
}

static int ask(uint16_t port, char *into, size_t room)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        close(fd);
        return -1;
    }
    static const char ask_it[] = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    size_t n = 0;
    if (write(fd, ask_it, sizeof ask_it - 1) > 0)
        for (ssize_t got; n + 1 < room && (got = read(fd, into + n, room - n - 1)) > 0;) n += (size_t)got;
    into[n] = '\0';
    close(fd);
    return (int)n;
}

static uint16_t free_port(void)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
    close(fd);
    return ntohs(at.sin_port);
}

static void the_vault_answers_and_its_walls_hold(void **state)
{
    struct place *p = now_in = *state;
    assert_int_equal(mkdir(in_folder(p, "front").p, 0700), 0);
    assert_int_equal(mkdir(in_folder(p, "vault").p, 0700), 0);
    uint16_t port = free_port();
    const char *address = arena_format(&p->life, "127.0.0.1:%d", port).p;
    str url = is_lite(p) ? arena_format(&p->life, "sqlite:%s/vault/vault.db", p->folder) : fresh_url(p);
    vault_place(url, in_folder(p, "vault/keys"));
    struct process_kind kinds[] = {
        { .name = "front", .count = 1, .may_write = { in_folder(p, "front").p }, .run = run_front },
        { .name = "vault", .count = 1, .listen = address, .may_write = { in_folder(p, "vault").p, getenv("TEST_PG") },
          .run = vault_run },
    };
    if (is_lite(p)) kinds[1].may_write[1] = NULL;
    pid_t keeper = fork();
    if (keeper == 0) _exit(keeper_run(kinds, COUNT_OF(kinds), NULL, NULL));

    char page[4096] = "";
    const char *said = in_folder(p, "front/said").p;
    for (int i = 0; i < 100 && !strstr(page, "nothing here yet"); i++) {
        usleep(50000);
        ask(port, page, sizeof page);
    }
    assert_non_null(strstr(page, "HTTP/1.1 200"));
    assert_non_null(strstr(page, "no-store"));
    for (int i = 0; i < 300 && !file_is(said); i++) usleep(50000);
    usleep(50000);
    str walls = file_text(p, said);
    kill(keeper, SIGTERM);
    int status;
    waitpid(keeper, &status, 0);
    assert_int_equal(status, 0);
    if (is_lite(p)) assert_true(str_eq(walls, S("shut")));

    struct db *db = db_open(&p->life, url, DB_SERVE);
    db_script(db, "SELECT id, keep_until, words FROM vault_proof");
    db_close(db);
    struct stat what;
    assert_int_equal(stat(in_folder(p, "vault/keys").p, &what), 0);
    assert_int_equal(what.st_mode & 0777, 0700);
}

int main(void)
{
    const struct CMUnitTest tests[] = { BOTH(the_vault_answers_and_its_walls_hold) };
    return cmocka_run_group_tests_name("vault", tests, NULL, NULL);
}

/* test/door/upload_test.c - bodies over 64 KiB: who may, how many at once, how slowly; and jobs that bytes go along with. */
#include "client.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MIB(n) ((size_t)(n)*1024 * 1024)

static const char *program;
static struct server server;

static struct client begin(const char *path, const char *cookie, size_t said)
{
    char head[300];
    struct client c = client_open("127.0.0.1", server.port);
    snprintf(head, sizeof head, "POST %s HTTP/1.1\r\nHost: a\r\nCookie: %s\r\nContent-Length: %zu\r\n\r\n", path, cookie, said);
    client_say(&c, head);
    return c;
}

static void send_bytes(struct client *c, size_t n)
{
    static char piece[65536];
    memset(piece, 'a', sizeof piece);
    while (n) {
        size_t now = n < sizeof piece ? n : sizeof piece;
        if (!client_send(c, piece, now)) return;
        n -= now;
    }
}

static int upload(const char *path, const char *cookie, size_t n, char *said, size_t room)
{
    struct client c = begin(path, cookie, n);
    send_bytes(&c, n);
    struct reply r = client_hear(&c, false, 20000);
    int status = r.status;
    if (said) snprintf(said, room, "%s", r.body ? r.body : "");
    reply_drop(&r);
    client_close(&c);
    return status;
}

static void only_who_may_sends_large_bodies(void **state)
{
    (void)state;
    char said[200];
    assert_int_equal(upload("/upload", "c=member", MIB(12), said, sizeof said), 200);
    assert_memory_equal(said, "12582912 bytes", 14);
    assert_int_equal(upload("/upload", "c=member", MIB(12) + 1, NULL, 0), 413);
    assert_int_equal(upload("/upload", "c=somebody", 100000, NULL, 0), 413);
    assert_int_equal(upload("/echo", "c=member", 100000, NULL, 0), 413);
    assert_int_equal(upload("/upload", "c=somebody", 65536, NULL, 0), 200);
    struct client c = begin("/upload", "c=somebody", MIB(12)); /* refused before a byte of it */
    struct reply r = client_hear(&c, false, 2000);
    assert_int_equal(r.status, 413);
    reply_drop(&r);
    client_close(&c);
}

static void who_does_not_say_the_length_has_the_small_limit(void **state)
{
    (void)state;
    struct client c = client_open("127.0.0.1", server.port);
    client_say(&c, "POST /upload HTTP/1.1\r\nHost: a\r\nCookie: c=member\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\n");
    send_bytes(&c, 100000);
    client_say(&c, "\r\n0\r\n\r\n");
    struct reply r = client_hear(&c, false, 3000);
    assert_int_equal(r.status, 413);
    reply_drop(&r);
    client_close(&c);
}

static void a_fifth_at_once_is_asked_to_come_again(void **state)
{
    (void)state;
    struct client four[4];
    for (int i = 0; i < 4; i++) {
        four[i] = begin("/upload", "c=member", 200000);
        send_bytes(&four[i], 100000);
    }
    nap_ms(100);
    char said[300];
    assert_int_equal(upload("/upload", "c=member", 200000, said, sizeof said), 503);
    assert_non_null(strstr(said, "send it again"));
    assert_int_equal(upload("/upload", "c=member", 60000, NULL, 0), 200); /* small ones are not in the way */
    client_reset(&four[0]);                                              /* who leaves makes room */
    nap_ms(100);
    assert_int_equal(upload("/upload", "c=member", 200000, NULL, 0), 200);
    for (int i = 1; i < 4; i++) {
        send_bytes(&four[i], 100000);
        struct reply r = client_hear(&four[i], false, 3000);
        assert_int_equal(r.status, 200);
        reply_drop(&r);
        client_close(&four[i]);
    }
    for (int i = 0; i < 6; i++) assert_int_equal(upload("/upload", "c=member", 200000, NULL, 0), 200);
}

static void a_slow_upload_has_longer_but_not_for_ever(void **state)
{
    (void)state;
    struct server before = server;
    server = server_start(program, "127.0.0.1", port_free(), 1, true); /* a body 2 s, an upload 4 s */
    struct client small = begin("/upload", "c=member", 60000);
    struct client large = begin("/upload", "c=member", 100000);
    int64_t begun = now_ms(), small_cut = 0, large_cut = 0;
    while (now_ms() - begun < 7000 && !(small_cut && large_cut)) {
        if (!small_cut && client_hears_end(&small)) small_cut = now_ms() - begun;
        if (!large_cut && client_hears_end(&large)) large_cut = now_ms() - begun;
        if (!large_cut) send_bytes(&large, 10);
        if (!small_cut) send_bytes(&small, 10);
        nap_ms(50);
    }
    print_message("a small body was cut after %.1f s, a large one after %.1f s\n", (double)small_cut / 1000, (double)large_cut / 1000);
    assert_in_range(small_cut, 1900, 3600);
    assert_in_range(large_cut, 3900, 6500);
    client_close(&small);
    client_close(&large);
    assert_int_equal(server_end(&server, SIGTERM), 0);
    server = before;
}

static void bytes_go_along_with_a_job_and_come_back(void **state)
{
    (void)state;
    char said[200];
    assert_int_equal(upload("/filejob", "c=member", MIB(12), said, sizeof said), 200);
    assert_string_equal(said, "12582912 bytes raised, shut, by job\n");
    assert_int_equal(upload("/apart", "c=member", MIB(12), said, sizeof said), 200);
    assert_string_equal(said, "12582912 bytes raised, shut, by apart\n");
    assert_int_equal(upload("/apart", "c=member", 1, said, sizeof said), 200);
    assert_string_equal(said, "1 bytes raised, shut, by apart\n");
    for (int i = 0; i < 60; i++) assert_int_equal(upload("/apart", "c=member", 70000, NULL, 0), 200); /* nothing is left open */
}

static void each_of_the_two_dies_alone(void **state)
{
    (void)state;
    struct client waiting = client_open("127.0.0.1", server.port);
    client_say(&waiting, "GET /slowjob HTTP/1.1\r\nHost: a\r\n\r\n");
    nap_ms(50);
    assert_int_equal(ask_text(server.port, "GET /badapart HTTP/1.1\r\nHost: a\r\n\r\n", NULL, 0), 503);
    struct reply r = client_hear(&waiting, false, 3000);
    assert_int_equal(r.status, 200);
    reply_drop(&r);
    client_close(&waiting);
    char said[200];
    assert_int_equal(upload("/apart", "c=member", 100, said, sizeof said), 200); /* by the replacement */
    assert_string_equal(said, "100 bytes raised, shut, by apart\n");
}

static int start(void **state)
{
    (void)state;
    server = server_start(program, "127.0.0.1", port_free(), 1, false);
    return 0;
}

static int end(void **state)
{
    (void)state;
    return server_end(&server, SIGTERM);
}

int main(int argc, char **argv)
{
    program = argc > 1 ? argv[1] : "./door_test_server";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_who_may_sends_large_bodies),
        cmocka_unit_test(who_does_not_say_the_length_has_the_small_limit),
        cmocka_unit_test(a_fifth_at_once_is_asked_to_come_again),
        cmocka_unit_test(a_slow_upload_has_longer_but_not_for_ever),
        cmocka_unit_test(bytes_go_along_with_a_job_and_come_back),
        cmocka_unit_test(each_of_the_two_dies_alone),
    };
    return cmocka_run_group_tests_name("uploads", tests, start, end);
}

/* test/door/slow_test.c - clients who take their time, all at once, against deadlines of a second or two. */
#include "client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/socket.h>

#include <cmocka.h>

static const char *program;
static struct server server;

struct slow {
    const char *what;
    const char *first;  /* sent at once */
    char drip;          /* then one of these every so often; 0: nothing more */
    bool never_reads;
    int from_ms, to_ms; /* when it must have been cut */
    struct client c;
    int64_t cut_ms;
};

#define POST "POST /echo HTTP/1.1\r\nHost: a\r\n"

/* header 1 s, body 2 s, idle 2 s, write 2 s; late by up to half a second, more with sanitizers on a busy machine */
static struct slow slows[] = {
    { .what = "connects, says nothing", .first = "", .from_ms = 900, .to_ms = 2500 },
    { .what = "part of a header, then silence", .first = "GET / HTTP/1.1\r\nHost:", .from_ms = 900, .to_ms = 2500 },
    { .what = "the request line, drop by drop", .first = "GET /", .drip = 'a', .from_ms = 900, .to_ms = 2500 },
    { .what = "a header, drop by drop", .first = "GET / HTTP/1.1\r\nX: ", .drip = 'a', .from_ms = 900, .to_ms = 2500 },
    { .what = "a body that does not come", .first = POST "Content-Length: 9\r\n\r\n", .from_ms = 1900, .to_ms = 4000 },
    { .what = "a body, drop by drop", .first = POST "Content-Length: 5000\r\n\r\n", .drip = 'a', .from_ms = 1900, .to_ms = 4000 },
    { .what = "a chunked body, drop by drop", .first = POST "Transfer-Encoding: chunked\r\n\r\nfff\r\n", .drip = 'a',
      .from_ms = 1900, .to_ms = 4000 },
    { .what = "a chunk size, drop by drop", .first = POST "Transfer-Encoding: chunked\r\n\r\n", .drip = '0',
      .from_ms = 1900, .to_ms = 4000 },
    { .what = "a body to be thrown away, drop by drop", .first = POST "Content-Length: 90000\r\n\r\n", .drip = 'a',
      .from_ms = 1900, .to_ms = 4000 },
    { .what = "an answer, then idle", .first = "GET / HTTP/1.1\r\nHost: a\r\n\r\n", .from_ms = 1900, .to_ms = 4000 },
    { .what = "an answer, then half a header", .first = "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HT", .from_ms = 1900, .to_ms = 4000 },
    { .what = "an answer, then a header drop by drop", .first = "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nX: ", .drip = 'a',
      .from_ms = 900, .to_ms = 4000 },
    { .what = "never reads the answer", .first = "GET /big HTTP/1.1\r\nHost: a\r\n\r\n", .never_reads = true, .from_ms = 1900, .to_ms = 4500 },
    { .what = "never reads a file", .first = "GET /file HTTP/1.1\r\nHost: a\r\n\r\n", .never_reads = true, .from_ms = 1900, .to_ms = 4500 },
};

#define COUNT (sizeof slows / sizeof *slows)

/* Somebody who does not read sees the end only by what happens when they speak. */
static bool is_cut(struct slow *s)
{
    if (!s->never_reads) return client_hears_end(&s->c);
    int error = 0;
    socklen_t n = sizeof error;
    getsockopt(s->c.fd, SOL_SOCKET, SO_ERROR, &error, &n);
    return error != 0;
}

static void pump(int64_t begun, int for_ms)
{
    int64_t dripped = now_ms();
    while (now_ms() - begun < for_ms) {
        bool drips = now_ms() - dripped >= 100;
        if (drips) dripped = now_ms();
        for (size_t i = 0; i < COUNT; i++) {
            struct slow *s = &slows[i];
            if (s->cut_ms) continue;
            if (drips && s->drip) client_send(&s->c, &s->drip, 1);
            if (is_cut(s)) s->cut_ms = now_ms() - begun;
        }
        nap_ms(5);
    }
}

static void every_slow_client_is_cut_in_time(void **state)
{
    (void)state;
    int64_t begun = now_ms();
    for (size_t i = 0; i < COUNT; i++) {
        slows[i].c = client_open("127.0.0.1", server.port);
        int little = 4096;
        if (slows[i].never_reads) setsockopt(slows[i].c.fd, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
        client_say(&slows[i].c, slows[i].first);
    }
    /* Whoever behaves is served all the while. */
    assert_int_equal(ask_text(server.port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", NULL, 0), 200);
    pump(begun, 5000);
    int wrong = 0;
    for (size_t i = 0; i < COUNT; i++) {
        bool is_right = slows[i].cut_ms >= slows[i].from_ms && slows[i].cut_ms <= slows[i].to_ms;
        print_message("%-42s cut after %5.1f s%s\n", slows[i].what, (double)slows[i].cut_ms / 1000, is_right ? "" : "  WRONG");
        wrong += !is_right;
        client_close(&slows[i].c);
    }
    assert_int_equal(wrong, 0);
}

/* Slow, but reading all the time: it gets everything, in more than write_seconds. */
static void a_slow_reader_is_left_alone(void **state)
{
    (void)state;
    struct client c = client_open("127.0.0.1", server.port);
    static char piece[60000];
    size_t got = 0;
    int64_t begun = now_ms();
    client_say(&c, "GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
    for (;;) {
        ssize_t n = recv(c.fd, piece, sizeof piece, 0);
        if (n <= 0) break;
        got += (size_t)n;
        if (got >= 5242880 + 100) break;
        nap_ms(30);
    }
    print_message("a slow reader took %.1f s\n", (double)(now_ms() - begun) / 1000);
    assert_true(got >= 5242880);
    assert_true(now_ms() - begun > 2200);
    client_close(&c);
}

static void half_open_connections_do_not_stop_others(void **state)
{
    (void)state;
    enum { MANY = 900 };
    static struct client many[MANY];
    for (int i = 0; i < MANY; i++) {
        many[i] = client_open("127.0.0.1", server.port);
        client_say(&many[i], "GET / HT");
    }
    int64_t begun = now_ms();
    for (int i = 0; i < 20; i++) assert_int_equal(ask_text(server.port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", NULL, 0), 200);
    assert_true(now_ms() - begun < 1000);
    for (int i = 0; i < MANY; i++) client_close(&many[i]);
}

static int start(void **state)
{
    (void)state;
    server = server_start(program, "127.0.0.1", port_free(), 1, true);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    return server_end(&server, SIGTERM) != 0;
}

int main(int argc, char **argv)
{
    program = argc > 1 ? argv[1] : "./door_test_server";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_slow_client_is_cut_in_time),
        cmocka_unit_test(a_slow_reader_is_left_alone),
        cmocka_unit_test(half_open_connections_do_not_stop_others),
    };
    return cmocka_run_group_tests_name("slow clients", tests, start, finish);
}

#include "client.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void nap_ms(int ms)
{
    poll(NULL, 0, ms);
}

struct client client_open(const char *address, int port)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    inet_pton(AF_INET, address, &to.sin_addr);
    struct client c = { .fd = socket(AF_INET, SOCK_STREAM, 0) };
    if (connect(c.fd, (struct sockaddr *)&to, sizeof to) != 0) c.is_closed = true;
    return c;
}

void client_close(struct client *c)
{
    close(c->fd);
    free(c->in);
    *c = (struct client){ .fd = -1 };
}

void client_reset(struct client *c)
{
    struct linger at_once = { 1, 0 };
    setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    client_close(c);
}

bool client_send(struct client *c, const void *bytes, size_t n)
{
    const char *p = bytes;
    while (n > 0) {
        ssize_t sent = send(c->fd, p, n, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        p += sent;
        n -= (size_t)sent;
    }
    return true;
}

void client_say(struct client *c, const char *text)
{
    client_send(c, text, strlen(text));
}

/* Waits for more and takes it. False when the time is over or there will be no more. */
static bool take_more(struct client *c, int wait_ms)
{
    struct pollfd ready = { .fd = c->fd, .events = POLLIN };
    if (c->is_closed || poll(&ready, 1, wait_ms) <= 0) return false;
    if (c->room - c->n < 65536) {
        c->room = c->room * 2 + 131072;
        c->in = realloc(c->in, c->room);
    }
    ssize_t got = recv(c->fd, c->in + c->n, c->room - c->n - 1, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return true;
    if (got <= 0) {
        c->is_closed = true;
        return false;
    }
    c->n += (size_t)got;
    c->in[c->n] = '\0';
    return true;
}

bool client_hears_end(struct client *c)
{
    while (take_more(c, 0)) c->n = 0;
    return c->is_closed;
}

static size_t length_said(const char *head)
{
    const char *at = strcasestr(head, "\r\nContent-Length:");
    return at ? (size_t)strtoull(at + 17, NULL, 10) : 0;
}

struct reply client_hear(struct client *c, bool is_head, int within_ms)
{
    struct reply r = { .status = -1 };
    int64_t until = now_ms() + within_ms;
    size_t need = 0; /* head and body, once known */
    for (;;) {
        char *end = c->n ? memmem(c->in, c->n, "\r\n\r\n", 4) : NULL;
        if (end && !need) {
            size_t head_n = (size_t)(end - c->in) + 4;
            snprintf(r.head, sizeof r.head, "%.*s", (int)head_n, c->in);
            r.status = atoi(r.head + 9);
            bool has_body = !is_head && r.status != 304 && r.status != 204 && r.status != 100;
            r.body_n = has_body ? length_said(r.head) : 0;
            need = head_n + r.body_n;
        }
        if (need && c->n >= need) break;
        int64_t left = until - now_ms();
        if (left <= 0 || !take_more(c, (int)left)) {
            r.status = c->is_closed ? 0 : -1;
            r.body_n = 0;
            return r;
        }
    }
    r.body = malloc(r.body_n + 1);
    memcpy(r.body, c->in + need - r.body_n, r.body_n);
    r.body[r.body_n] = '\0';
    memmove(c->in, c->in + need, c->n - need);
    c->n -= need;
    return r;
}

void reply_drop(struct reply *r)
{
    free(r->body);
    r->body = NULL;
}

int ask(int port, const char *request, size_t n)
{
    struct client c = client_open("127.0.0.1", port);
    client_send(&c, request, n);
    struct reply r = client_hear(&c, false, 5000);
    reply_drop(&r);
    client_close(&c);
    return r.status;
}

int ask_text(int port, const char *request, char *body, size_t room)
{
    struct client c = client_open("127.0.0.1", port);
    client_say(&c, request);
    struct reply r = client_hear(&c, false, 5000);
    if (body) snprintf(body, room, "%s", r.body ? r.body : "");
    reply_drop(&r);
    client_close(&c);
    return r.status;
}

int port_free(void)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || getsockname(fd, (struct sockaddr *)&at, &n) != 0) abort();
    close(fd);
    return ntohs(at.sin_port);
}

struct server server_start(const char *program, const char *address, int port, int workers, bool is_short)
{
    struct server s = { .port = port };
    char count[12];
    char said[16] = "";
    int out[2];
    snprintf(s.address, sizeof s.address, "%s:%d", address, port);
    snprintf(count, sizeof count, "%d", workers);
    if (pipe(out) != 0) abort();
    s.keeper = fork();
    if (s.keeper == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM); /* a failed test leaves nobody behind */
        dup2(out[1], STDOUT_FILENO);
        close(out[0]);
        close(out[1]);
        execl(program, program, s.address, count, is_short ? "short" : "long", (char *)NULL);
        _exit(127);
    }
    close(out[1]);
    s.out = out[0];
    ssize_t n = read(s.out, said, sizeof said - 1); /* "ready", or the end */
    (void)n;
    return s;
}

int server_end(struct server *s, int signal)
{
    int status = 0;
    if (signal) kill(s->keeper, signal);
    for (int64_t until = now_ms() + 20000; now_ms() < until; nap_ms(10)) {
        if (waitpid(s->keeper, &status, WNOHANG) != s->keeper) continue;
        close(s->out);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    kill(s->keeper, SIGKILL);
    waitpid(s->keeper, &status, 0);
    close(s->out);
    return -1;
}

static pid_t parent_of(pid_t pid)
{
    char path[64];
    char line[512] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *f = fopen(path, "r");
    if (!f) return 0;
    size_t n = fread(line, 1, sizeof line - 1, f);
    fclose(f);
    line[n] = '\0';
    const char *after = strrchr(line, ')');
    char state = 'Z';
    int parent = 0;
    if (!after || sscanf(after + 1, " %c %d", &state, &parent) != 2 || state == 'Z') return 0;
    return parent;
}

static int by_number(const void *a, const void *b)
{
    return *(const pid_t *)a - *(const pid_t *)b;
}

size_t children_of(pid_t parent, pid_t *out, size_t room)
{
    size_t n = 0;
    DIR *all = opendir("/proc");
    for (struct dirent *e; all && (e = readdir(all)) && n < room;) {
        pid_t pid = atoi(e->d_name);
        if (pid > 0 && parent_of(pid) == parent) out[n++] = pid;
    }
    if (all) closedir(all);
    qsort(out, n, sizeof *out, by_number);
    return n;
}

bool is_alive(pid_t pid)
{
    return parent_of(pid) != 0;
}

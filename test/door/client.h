/* test/door/client.h - a client that may be as ill-mannered as it likes, and a server to be rude to. */
#ifndef TEST_DOOR_CLIENT_H
#define TEST_DOOR_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct client {
    int fd;
    char *in;        /* what has arrived and is not read yet */
    size_t n, room;
    bool is_closed;  /* the server has closed */
};

struct reply {
    int status;      /* 0: closed without an answer; -1: neither within the time */
    char head[4096]; /* of the answer, NUL-ended */
    char *body;      /* NUL-ended; freed by reply_drop */
    size_t body_n;
};

int64_t now_ms(void);
void nap_ms(int ms);

struct client client_open(const char *address, int port);
void client_close(struct client *c);
void client_reset(struct client *c); /* closes with a reset */
void client_say(struct client *c, const char *text);
bool client_send(struct client *c, const void *bytes, size_t n);
bool client_hears_end(struct client *c); /* without waiting: the server has closed; throws away what came */
struct reply client_hear(struct client *c, bool is_head, int within_ms);
void reply_drop(struct reply *r);

int ask(int port, const char *request, size_t n);         /* one request on a connection of its own: the status */
int ask_text(int port, const char *request, char *body, size_t room);

struct server {
    pid_t keeper;
    int port;
    int out;
    char address[64];
};

int port_free(void);
struct server server_start(const char *program, const char *address, int port, int workers, bool is_short);
int server_end(struct server *s, int signal); /* its exit status; -1 if it did not end by itself within 20 s */
size_t children_of(pid_t parent, pid_t *out, size_t room); /* by age, eldest first */
bool is_alive(pid_t pid);

#endif

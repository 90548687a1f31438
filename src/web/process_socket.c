#include "web/process_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define INHERITED_FIRST 3 /* by the service manager's convention */

struct address {
    struct sockaddr_storage place;
    socklen_t n;
    int family;
};

static str say_malformed(const char *given, struct arena *a)
{
    return arena_format(
        a, "\"%s\" is not an address to listen on; write it like 127.0.0.1:8080 or [::1]:8080",
        given);
}

/* "127.0.0.1:8080", "[::1]:8080", "localhost:8080"; "*:8080" and ":8080" mean every address of this machine. */
static bool address_read(const char *given, struct address *out, struct arena *a, str *why)
{
    const char *colon = strrchr(given, ':');
    int64_t port = 0;
    *why = say_malformed(given, a);
    if (!colon || !str_to_int(str_of(colon + 1), &port) || port < 0 || port > 65535) return false;

    str host = { given, (size_t)(colon - given) };
    bool is_bracketed = host.n >= 2 && host.p[0] == '[' && host.p[host.n - 1] == ']';
    if (is_bracketed) host = (str){ host.p + 1, host.n - 2 };
    else if (str_find(host, ':') >= 0) return false;
    bool is_any = host.n == 0 || str_eq(host, S("*"));

    struct addrinfo want = { .ai_family = is_any ? AF_INET6 : AF_UNSPEC,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
    struct addrinfo *found = NULL;
    if (getaddrinfo(is_any ? NULL : arena_z(a, host), colon + 1, &want, &found) != 0 || !found)
        return false;
    memcpy(&out->place, found->ai_addr, found->ai_addrlen);
    out->n = found->ai_addrlen;
    out->family = found->ai_family;
    freeaddrinfo(found);
    return true;
}

static int socket_bound(const struct address *at, bool is_shared)
{
    int on = 1;
    int unsent = UNSENT_BYTES;
    int fd = socket(at->family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent,
               sizeof unsent); /* connections inherit it */
    if (is_shared) setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (bind(fd, (const struct sockaddr *)&at->place, at->n) == 0) return fd;
    int kept = errno;
    close(fd);
    errno = kept;
    return -1;
}

static str say_refused(const char *given, int error, struct arena *a)
{
    switch (error) {
    case EADDRINUSE:
        return arena_format(
            a, "%s is already in use by another program; choose another with --listen", given);
    case EACCES:
        return arena_format(
            a,
            "%s needs rights this program does not have (ports below 1024 do); choose another "
            "with --listen, or let a proxy or the service manager open it",
            given);
    case EADDRNOTAVAIL:
        return arena_format(a, "%s is not an address of this machine; choose another with --listen",
                            given);
    default: return arena_format(a, "cannot listen on %s: %s", given, strerror(error));
    }
}

/* A shared port could be joined by a second server, which would take half of the connections and lose them when
 * it ends. So the first socket asks whether the port is free for one alone. */
static int first_socket(const char *given, struct address *at, struct arena *a, str *why)
{
    int alone = socket_bound(at, false);
    int fd = -1;
    if (alone >= 0 && listen(alone, 1) == 0) {
        close(alone);
        fd = socket_bound(at, true);
    } else if (alone >= 0) {
        int kept = errno;
        close(alone);
        errno = kept;
    }
    if (fd < 0 || listen(fd, QUEUE_LENGTH) != 0) {
        *why = say_refused(given, errno, a);
        if (fd >= 0) close(fd);
        return -1;
    }
    at->n = sizeof at->place; /* the port may have been 0: the others join the one that was given */
    getsockname(fd, (struct sockaddr *)&at->place, &at->n);
    return fd;
}

int sockets_inherited(void)
{
    const char *whose = getenv("LISTEN_PID");
    const char *count = getenv("LISTEN_FDS");
    int64_t pid = 0;
    int64_t n = 0;
    bool is_ours = whose && count && str_to_int(str_of(whose), &pid) && pid == getpid() &&
                   str_to_int(str_of(count), &n) && n > 0 && n < 64;
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_FDNAMES");
    return is_ours ? (int)n : 0;
}

/* A given socket is balanced by nobody if the service manager did not make it shareable; then the processes
 * share this one, which works, unevenly. */
static bool join_given(struct place *first, unsigned count, int given)
{
    struct address at = { .n = sizeof at.place };
    if (getsockname(given, (struct sockaddr *)&at.place, &at.n) != 0) return false;
    at.family = at.place.ss_family;
    fcntl(given, F_SETFD, FD_CLOEXEC);
    fcntl(given, F_SETFL, fcntl(given, F_GETFL) | O_NONBLOCK);
    first[0].listen_fd = given;
    for (unsigned i = 1; i < count; i++) {
        int fd = socket_bound(&at, true);
        if (fd >= 0 && listen(fd, QUEUE_LENGTH) != 0) {
            close(fd);
            fd = -1;
        }
        first[i].listen_fd = fd >= 0 ? fd : fcntl(given, F_DUPFD_CLOEXEC, INHERITED_FIRST);
        if (first[i].listen_fd < 0) return false;
    }
    return true;
}

static bool make_own(struct place *first, unsigned count, struct arena *a, str *why)
{
    const char *given = first[0].kind->listen;
    struct address at;
    if (!address_read(given, &at, a, why)) return false;
    first[0].listen_fd = first_socket(given, &at, a, why);
    if (first[0].listen_fd < 0) return false;
    for (unsigned i = 1; i < count; i++) {
        first[i].listen_fd = socket_bound(&at, true);
        if (first[i].listen_fd < 0 || listen(first[i].listen_fd, QUEUE_LENGTH) != 0) {
            *why = say_refused(given, errno, a);
            return false;
        }
    }
    return true;
}

bool sockets_make(struct keeper *k, str *why, struct arena *a)
{
    int inherited = sockets_inherited();
    int next = INHERITED_FIRST;
    for (size_t i = 0; i < k->places_n; i += k->places[i].kind->count) {
        struct place *first = &k->places[i];
        if (!first->kind->listen) continue;
        if (next < INHERITED_FIRST + inherited) {
            *why = S("a socket given by the service manager cannot be used");
            if (!join_given(first, first->kind->count, next++)) return false;
        } else if (!make_own(first, first->kind->count, a, why)) {
            return false;
        }
    }
    while (next < INHERITED_FIRST + inherited) close(next++); /* more than we have a use for */
    return true;
}

/* The options about mail, read once: what does not fit together is said before anything starts. */
#include "send/sender.h"

#include "base/breakage.h"
#include "base/id.h"

#include <errno.h>
#include <sodium.h>
#include <sys/stat.h>

#define PORT_SMTP  587
#define PORT_SMTPS 465

static bool is_host(str s)
{
    if (s.n == 0 || s.n > 253) return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is_letter && c != '.' && c != '-' && c != ':') return false;
    }
    return true;
}

static bool is_loopback(str host)
{
    return str_eq(host, S("localhost")) || str_eq(host, S("[::1]")) || str_starts(host, S("127."));
}

/* "host", "host:port", "[::1]:port": takes the host off. */
static str take_host(str *rest)
{
    ptrdiff_t end = str_starts(*rest, S("[")) ? str_find(*rest, ']') + 1 : str_find(*rest, ':');
    str host = end > 0 ? str_cut(*rest, (size_t)end) : *rest;
    *rest = str_from(*rest, host.n);
    return host;
}

static _Noreturn void bad_server(void)
{
    broken("--smtp takes smtp://HOST:PORT or smtps://HOST:PORT, and nothing after it");
}

static void read_server(struct arena *life, const char *typed, struct send_setting *out)
{
    str url = str_of(typed);
    bool is_smtps = str_starts(url, S("smtps://"));
    if (!is_smtps && !str_starts(url, S("smtp://"))) bad_server();
    str rest = str_from(url, is_smtps ? 8 : 7);
    if (str_ends(rest, S("/"))) rest = str_cut(rest, rest.n - 1);
    if (str_find(rest, '@') >= 0)
        broken("--smtp: everybody on this machine can read how a program was started; put the "
               "login into a file and "
               "name it with --smtp-login");
    str host = take_host(&rest);
    bool is_bracketed = str_starts(host, S("["));
    str bare = is_bracketed && host.n > 2 ? str_cut(str_from(host, 1), host.n - 2) : host;
    if (!is_host(bare) || (!is_bracketed && str_find(host, ':') >= 0)) bad_server();
    int64_t port = is_smtps ? PORT_SMTPS : PORT_SMTP;
    bool has_port = rest.n > 0;
    if (has_port && (!str_starts(rest, S(":")) || !str_to_int(str_from(rest, 1), &port) ||
                     port < 1 || port > 65535))
        bad_server();
    out->port = (uint16_t)port;
    out->post.is_loopback = is_loopback(host);
    /* What we call ourselves: the domain we write from, not the name of this machine. */
    str from = out->post.from;
    out->post.url = arena_format(life, "%s://" STR_FMT ":%d/" STR_FMT, is_smtps ? "smtps" : "smtp",
                                 STR_ARG(host), (int)port,
                                 STR_ARG(str_from(from, (size_t)str_find(from, '@') + 1)));
}

static str absolute_file(const char *option, const char *path)
{
    if (path[0] != '/') broken("%s takes a path that begins with /", option);
    return str_of(path);
}

static void look_at_login(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0) broken("%s: cannot be read: %s", path, strerror(errno));
    if (!S_ISREG(about.st_mode)) broken("%s: is not a file", path);
    if (about.st_mode & 077) broken("%s: is open to others; chmod 600 it", path);
}

bool send_setting_read(struct arena *life, const struct send_options *o, struct send_setting *out)
{
    struct phrase why;
    personal from;
    *out = (struct send_setting){ 0 };
    if (!o->server && (o->from || o->login || o->authorities))
        broken("--smtp-from, --smtp-login and --smtp-ca need --smtp, the mail server");
    if (!o->server) return false;
    if (!o->from) broken("--smtp needs --smtp-from, the address mail is written from");
    if (!send_address_ok(life, str_of(o->from), &from, &why))
        broken("--smtp-from: %s", why.english);
    out->post.from = from.words;
    out->post.may_be_plain = o->may_be_plain;
    out->post.has_verp = o->has_verp;
    ptrdiff_t local = str_find(from.words, '@');
    if (o->has_verp && local + 1 + CONTENT_ID_LENGTH > ADDRESS_LOCAL_MAX)
        broken("--smtp-verp: what stands before the @ of --smtp-from is too long for it");
    read_server(life, o->server, out);
    if (o->login) {
        out->post.login = absolute_file("--smtp-login", o->login);
        look_at_login(o->login);
    }
    if (o->authorities) out->post.authorities = absolute_file("--smtp-ca", o->authorities);
    randombytes_buf(&out->node, sizeof out->node);
    out->node = (out->node & INT64_MAX) | 1;
    return true;
}

/* The setting, and addresses: ours and those of others. */
#include "base/breakage.h"
#include "base/id.h"
#include "fedi/inside.h"

#include <netinet/in.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/socket.h>

static const struct fedi_setting *setting;

void fedi_place(const struct fedi_setting *s)
{
    setting = s && s->is_on ? s : NULL;
}

const struct fedi_setting *fedi_setting(void)
{
    return setting;
}

static bool is_loopback_name(str authority)
{
    return str_starts(authority, S("127.")) || str_starts(authority, S("localhost:"));
}

bool fedi_setting_read(struct arena *life, bool is_wanted, int64_t trial_port, str origin,
                       bool has_origin, struct fedi_setting *out)
{
    *out = (struct fedi_setting){ 0 };
    if (!is_wanted && trial_port)
        broken("--fedi-trial needs --fedi, and is only for trying it out on one machine");
    if (!is_wanted) return false;
    bool is_https = str_starts(origin, S("https://"));
    str host = str_from(origin, is_https ? 8 : 7);
    if (trial_port && (is_https || !is_loopback_name(host)))
        broken("--fedi-trial is only for this machine: with it the site itself must be at "
               "http://127.0.0.1:PORT, and nothing outside can follow it");
    if (!trial_port && (!has_origin || !is_https))
        broken("--fedi needs --origin https://HOST: other servers reach this one by that name, and "
               "keep it for ever");
    if (!trial_port && (str_find(host, ':') >= 0 || str_find(host, '.') < 0))
        broken("--fedi: other servers take no address with a port, and no name without a point; "
               "--origin must be https://HOST.EXAMPLE");
    out->is_on = true;
    out->origin = arena_str(life, origin);
    out->trial_port = (uint16_t)trial_port;
    randombytes_buf(&out->node, sizeof out->node);
    out->node = (out->node & INT64_MAX) | 1;
    return true;
}

str fedi_host(void)
{
    str origin = setting ? setting->origin : S("");
    return str_from(origin, str_starts(origin, S("https://")) ? 8 : 7);
}

/* ---- addresses of others ---- */

static bool is_name(str host)
{
    size_t points = 0;
    char last = '.';
    if (host.n == 0 || host.n > FEDI_HOST_MAX) return false;
    for (size_t i = 0; i < host.n; i++) {
        char c = host.p[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!is_letter && c != '-' && c != '.') return false;
        if (c == '.' && (last == '.' || last == '-')) return false;
        points += c == '.';
        last = c;
    }
    /* The last part of a name has a letter in it; an address in digits has none. */
    str rest = host, part = S("");
    while (rest.p) part = str_split(&rest, '.');
    bool has_letter = false;
    for (size_t i = 0; i < part.n; i++) has_letter |= part.p[i] >= 'a' && part.p[i] <= 'z';
    return points > 0 && has_letter && last != '-' && last != '.';
}

static bool is_trial_authority(str authority)
{
    char end[16];
    snprintf(end, sizeof end, ":%u", (unsigned)setting->trial_port);
    if (!str_starts(authority, S("127.")) || !str_ends(authority, str_of(end))) return false;
    str host = str_cut(authority, authority.n - strlen(end));
    for (size_t i = 0; i < host.n; i++)
        if (host.p[i] != '.' && (host.p[i] < '0' || host.p[i] > '9')) return false;
    return host.n <= 15;
}

bool fedi_url_read(str text, struct fedi_url *out)
{
    bool is_trial = setting && setting->trial_port;
    str scheme = is_trial ? S("http://") : S("https://");
    *out = (struct fedi_url){ 0 };
    if (text.n > FEDI_URL_MAX || !str_starts(text, scheme)) return false;
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] <= ' ' || text.p[i] > '~' || strchr("<>\"\\^`{|}", text.p[i])) return false;
    ptrdiff_t end = str_find(text, '#');
    str rest = str_from(end < 0 ? text : str_cut(text, (size_t)end), scheme.n);
    size_t n = 0;
    while (n < rest.n && rest.p[n] != '/' && rest.p[n] != '?') n++;
    out->scheme = str_cut(scheme, scheme.n - 3);
    out->authority = out->host = str_cut(rest, n);
    out->path = str_from(rest, n);
    out->query = (str){ NULL, 0 };
    ptrdiff_t query = str_find(out->path, '?');
    if (query >= 0) {
        out->query = str_from(out->path, (size_t)query + 1);
        out->path = str_cut(out->path, (size_t)query);
    }
    if (!str_starts(out->path, S("/"))) return false;
    return is_trial ? is_trial_authority(out->authority) : is_name(out->host);
}

bool fedi_url_same_host(str a, str b)
{
    struct fedi_url x, y;
    return fedi_url_read(a, &x) && fedi_url_read(b, &y) && str_eq(x.authority, y.authority);
}

/* Networks that are not the internet (the special-purpose registries of RFC 6890 and what they grew by). */
static bool is_public_4(uint32_t a)
{
    static const struct {
        uint32_t net;
        int bits;
    } closed[] = { { 0x00000000, 8 },  { 0x0a000000, 8 },  { 0x64400000, 10 }, { 0x7f000000, 8 },
                   { 0xa9fe0000, 16 }, { 0xac100000, 12 }, { 0xc0000000, 24 }, { 0xc0000200, 24 },
                   { 0xc0586300, 24 }, { 0xc0a80000, 16 }, { 0xc6120000, 15 }, { 0xc6336400, 24 },
                   { 0xcb007100, 24 }, { 0xe0000000, 3 } };
    for (size_t i = 0; i < COUNT_OF(closed); i++)
        if ((a ^ closed[i].net) >> (32 - closed[i].bits) == 0) return false;
    return true;
}

/* Global unicast only, and of that not what carries an IPv4 address inside or is set aside. */
static bool is_public_6(const unsigned char p[16])
{
    unsigned first = (unsigned)p[0] << 8 | p[1], second = (unsigned)p[2] << 8 | p[3];
    if (first >> 13 != 1) return false;                    /* 2000::/3 */
    if (first == 0x2001 && second < 0x0200) return false;  /* 2001::/23, Teredo in it */
    if (first == 0x2001 && second == 0x0db8) return false; /* documentation */
    if (first == 0x2002) return false;                     /* 6to4 */
    return !(first == 0x3fff && second < 0x1000);          /* documentation */
}

bool fedi_is_reachable(const struct sockaddr *address)
{
    bool is_trial = setting && setting->trial_port;
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)address;
        uint32_t a = ntohl(in->sin_addr.s_addr);
        return is_trial ? a >> 24 == 127 : is_public_4(a);
    }
    if (address->sa_family != AF_INET6 || is_trial) return false;
    const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)(const void *)address;
    return is_public_6(in->sin6_addr.s6_addr);
}

/* ---- our own ---- */

str fedi_actor(struct arena *a, str lang)
{
    return ARENA_JOIN(a, setting ? setting->origin : S(""), S("/fedi/"), lang);
}

/* A new key has a new name, so that nobody checks with the old one. */
str fedi_key_id(struct arena *a, str lang, str pem)
{
    char name[CONTENT_ID_LENGTH + 1];
    content_id(pem, name);
    return ARENA_JOIN(a, fedi_actor(a, lang), S("#key-"), arena_str(a, str_cut(str_of(name), 12)));
}

bool fedi_actor_is(str address, str *lang)
{
    str origin = setting ? setting->origin : S("");
    if (!origin.n || !str_starts(address, origin)) return false;
    str rest = str_from(address, origin.n);
    if (!str_starts(rest, S("/fedi/"))) return false;
    const struct lang *l = lang_find(str_from(rest, 6));
    if (!l) return false;
    *lang = lang_code(l);
    return true;
}

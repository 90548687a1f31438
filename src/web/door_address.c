#include "web/door_inside.h"

#include <netinet/in.h>
#include <sys/socket.h>

/* SipHash-2-4 of one block and the length. Keyed, so that nobody can aim at another's bucket and the table
 * says nothing about who came; the address itself is forgotten when the function returns. */
#define ROTATE(x, by) (((x) << (by)) | ((x) >> (64 - (by))))

static void sip_rounds(uint64_t v[4], int rounds)
{
    for (int i = 0; i < rounds; i++) {
        v[0] += v[1];
        v[1] = ROTATE(v[1], 13) ^ v[0];
        v[0] = ROTATE(v[0], 32);
        v[2] += v[3];
        v[3] = ROTATE(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = ROTATE(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = ROTATE(v[1], 17) ^ v[2];
        v[2] = ROTATE(v[2], 32);
    }
}

static uint64_t sip(uint64_t key, uint64_t word)
{
    uint64_t second = key * 0x9e3779b97f4a7c15u +
                      1; /* one salt of 64 bits makes both halves of the key */
    uint64_t v[4] = { key ^ 0x736f6d6570736575u, second ^ 0x646f72616e646f6du,
                      key ^ 0x6c7967656e657261u, second ^ 0x7465646279746573u };
    uint64_t words[2] = { word, (uint64_t)8 << 56 };
    for (int i = 0; i < 2; i++) {
        v[3] ^= words[i];
        sip_rounds(v, 2);
        v[0] ^= words[i];
    }
    v[2] ^= 0xff;
    sip_rounds(v, 4);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* What counts as one client: an IPv4 address, or the /64 a household has in IPv6. */
static uint64_t client_of(const struct sockaddr *a)
{
    uint64_t word = 0;
    if (a->sa_family == AF_INET) {
        memcpy(&word, &((const struct sockaddr_in *)a)->sin_addr, 4);
    } else if (a->sa_family == AF_INET6) {
        const struct in6_addr *six = &((const struct sockaddr_in6 *)a)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(six)) memcpy(&word, six->s6_addr + 12, 4);
        else memcpy(&word, six->s6_addr, 8);
    }
    return word;
}

bool address_is_local(const struct sockaddr *a)
{
    if (a->sa_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)a;
        return (ntohl(four->sin_addr.s_addr) >> 24) == 127;
    }
    if (a->sa_family == AF_INET6) {
        const struct in6_addr *six = &((const struct sockaddr_in6 *)a)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(six)) return six->s6_addr[12] == 127;
        return IN6_IS_ADDR_LOOPBACK(six);
    }
    return a->sa_family == AF_UNIX;
}

uint32_t address_bucket(const struct sockaddr *a, uint64_t salt)
{
    return (uint32_t)(sip(salt, client_of(a)) % 65536);
}

/* Films are links to these hosts and no others. Nothing of theirs is loaded by a page of ours. */
#include "media/inside.h"

static const struct {
    str host, called;
} hosts[] = {
    { S_CONST("www.youtube.com"), S_CONST("youtube.com") },
    { S_CONST("youtube.com"), S_CONST("youtube.com") },
    { S_CONST("youtu.be"), S_CONST("youtube.com") },
    { S_CONST("vimeo.com"), S_CONST("vimeo.com") },
    { S_CONST("www.unodc.org"), S_CONST("unodc.org") },
    { S_CONST("webtv.un.org"), S_CONST("un.org") },
    { S_CONST("media.un.org"), S_CONST("un.org") },
    { S_CONST("www.un.org"), S_CONST("un.org") },
    { S_CONST("archive.org"), S_CONST("archive.org") },
};

/* https, a host, and nothing that an address should not hold. */
static str host_of(str link)
{
    if (!str_starts(link, S("https://"))) return S("");
    for (size_t i = 0; i < link.n; i++)
        if ((unsigned char)link.p[i] <= ' ' || (unsigned char)link.p[i] >= 0x7f ||
            strchr("\"'<>\\^`{|}", link.p[i]))
            return S("");
    str rest = str_from(link, 8);
    size_t n = 0;
    while (n < rest.n && !strchr("/?#", rest.p[n])) n++;
    str host = str_cut(rest, n);
    for (size_t i = 0; i < host.n; i++) {
        char c = host.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '-')
            return S("");
    }
    return host;
}

bool media_link_is_good(str link)
{
    str host = host_of(link);
    return str_find(host, '.') > 0 && link.n <= MEDIA_LINK_MAX;
}

str media_host(str link)
{
    str host = host_of(link);
    for (size_t i = 0; i < COUNT_OF(hosts) && link.n <= MEDIA_LINK_MAX; i++)
        if (str_eq(host, hosts[i].host)) return hosts[i].called;
    return S("");
}

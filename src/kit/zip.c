/* The format: one head and the bytes for each entry, then all heads once more, then where those begin (APPNOTE 6.3). */
#include "kit/zip.h"

#include "base/limits.h"
#include "web/handed.h"

#include <zlib.h>

#define ENTRY     0x04034b50u
#define LISTED    0x02014b50u
#define LIST_ENDS 0x06054b50u
#define VERSION   20
#define NAME_MOST 200
#define DAY_ONE   0x0021 /* 1 January 1980, the first day there is */

static void put_two(struct sink *out, unsigned n)
{
    put_char(out, (char)(n & 0xff));
    put_char(out, (char)((n >> 8) & 0xff));
}

static void put_four(struct sink *out, uint32_t n)
{
    put_two(out, n & 0xffff);
    put_two(out, n >> 16);
}

/* What an entry's head and its line in the list have in common. */
static void put_entry(struct sink *out, str name, uint32_t crc, uint32_t bytes)
{
    put_two(out, VERSION);
    put_two(out, 0); /* no flags */
    put_two(out, 0); /* as it is */
    put_two(out, 0); /* midnight */
    put_two(out, DAY_ONE);
    put_four(out, crc);
    put_four(out, bytes);
    put_four(out, bytes);
    put_two(out, (unsigned)name.n);
    put_two(out, 0); /* nothing extra */
}

static void write_out(struct zip *z, str bytes)
{
    if (z->is_bad || !handed_write(z->fd, bytes)) z->is_bad = true;
    z->at += bytes.n;
}

void zip_open(struct zip *z, struct arena *a, int fd)
{
    *z = (struct zip){ .fd = fd };
    sink_open(&z->directory, a, KIT_FILES_MAX * KIB(1));
}

void zip_add(struct zip *z, str name, str bytes)
{
    struct sink head;
    if (z->n == KIT_FILES_MAX || name.n > NAME_MOST || z->at + bytes.n > KIT_BYTES_MAX) {
        z->is_bad = true;
        return;
    }
    uint32_t crc = (uint32_t)crc32(0, (const unsigned char *)bytes.p, (unsigned)bytes.n);
    put_four(&z->directory, LISTED);
    put_two(&z->directory, VERSION);
    put_entry(&z->directory, name, crc, (uint32_t)bytes.n);
    put_two(&z->directory, 0); /* no remark */
    put_two(&z->directory, 0); /* on this disk */
    put_two(&z->directory, 0);
    put_four(&z->directory, 0);
    put_four(&z->directory, (uint32_t)z->at);
    put(&z->directory, name);
    sink_open(&head, z->directory.arena, KIB(1));
    put_four(&head, ENTRY);
    put_entry(&head, name, crc, (uint32_t)bytes.n);
    put(&head, name);
    write_out(z, sink_str(&head));
    write_out(z, bytes);
    z->n++;
}

bool zip_close(struct zip *z)
{
    uint64_t begins = z->at;
    str list = sink_str(&z->directory);
    write_out(z, list);
    size_t before = z->directory.n;
    put_four(&z->directory, LIST_ENDS);
    put_four(&z->directory, 0);
    put_two(&z->directory, z->n);
    put_two(&z->directory, z->n);
    put_four(&z->directory, (uint32_t)list.n);
    put_four(&z->directory, (uint32_t)begins);
    put_two(&z->directory, 0);
    write_out(z, str_from(sink_str(&z->directory), before));
    return !z->is_bad;
}

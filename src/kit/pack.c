/* In the process that packs: one entry after another is read or drawn, written, and forgotten. */
#include "kit/kit.h"

#include "base/limits.h"
#include "kit/zip.h"

/* Takes off "T NAME BYTES\n" and the bytes. */
static bool take(str *rest, char *how, str *name, str *bytes)
{
    int64_t n;
    str head = str_split(rest, '\n');
    str kind = str_split(&head, ' ');
    if (kind.n != 1 || !rest->p || !head.p) return false;
    *how = kind.p[0];
    *name = str_split(&head, ' ');
    if (!head.p || !str_to_int(head, &n) || n < 0 || (uint64_t)n > rest->n) return false;
    *bytes = str_cut(*rest, (size_t)n);
    *rest = str_from(*rest, (size_t)n);
    return name->n > 0;
}

static enum kit_packed add(struct zip *z, struct arena *a, char how, str name, str bytes)
{
    struct wear_made made = { .file = bytes };
    if (how == 'D') wear_draw(a, bytes, &made);
    if (made.file.n == 0 && how == 'D') return KIT_NOT_DRAWN;
    zip_add(z, name, made.file);
    return z->is_bad ? KIT_NO_ROOM : KIT_PACKED;
}

enum kit_packed kit_pack(str bundle, int fd)
{
    struct arena kept, one;
    struct zip z;
    enum kit_packed packed = bundle.n ? KIT_PACKED : KIT_NOT_OURS;
    arena_open(&kept, MIB(1));
    arena_open(&one, REQUEST_ARENA_MAX);
    zip_open(&z, &kept, fd);
    while (bundle.n && packed == KIT_PACKED) {
        char how;
        str name, bytes;
        packed = take(&bundle, &how, &name, &bytes) ? add(&z, &one, how, name, bytes)
                                                    : KIT_NOT_OURS;
        arena_empty(&one);
    }
    if (packed == KIT_PACKED && !zip_close(&z)) packed = KIT_NO_ROOM;
    arena_close(&one);
    arena_close(&kept);
    return packed;
}

/* A picture's public address. What is shown no more is gone, and says so. */
#include "media/inside.h"
#include "media/pages.h"

/* "1280.webp" */
static bool read_file_name(str file, int64_t *wide, str *format)
{
    ptrdiff_t dot = str_find(file, '.');
    if (dot < 1 || dot > 4) return false;
    *format = str_from(file, (size_t)dot + 1);
    return file.p[0] != '0' && str_to_int(str_cut(file, (size_t)dot), wide) && *wide > 0;
}

static const char *type_of(str format)
{
    for (int kind = CODEC_JPEG; kind <= CODEC_WEBP; kind++)
        if (str_eq(format, str_of(codec_ending((enum codec_kind)kind))))
            return codec_type((enum codec_kind)kind);
    return NULL;
}

void media_send(struct req *rq, const struct media_row *item, str file)
{
    struct media_sized size;
    struct media_bytes bytes;
    int64_t wide;
    str format;
    bool is_there = read_file_name(file, &wide, &format) && type_of(format) &&
                    media_size_get(rq->db, item->id, wide, format, &size);
    if (!is_there) {
        not_found(rq, PHRASE("There is no picture at this address."), S(""));
        return;
    }
    if (send_bytes_known(rq, size.content)) return;
    if (!media_bytes_get(rq->db, item->id, wide, format, &bytes)) return;
    send_bytes(rq, type_of(format), size.content, bytes.bytes);
}

static void picture(struct req *rq)
{
    struct media_row item;
    bool is_known = media_item_named(rq->db, in_path(rq, "name"), &item) &&
                    !str_eq(item.state, S("draft"));
    if (!is_known) not_found(rq, PHRASE("There is no picture at this address."), S(""));
    else if (!media_is_shown(rq->db, &item, rq->now))
        refuse(rq, 410, PHRASE("This picture was withdrawn. Please do not show copies of it."),
               S(""));
    else media_send(rq, &item, in_path(rq, "file"));
}

const struct route media_public_routes[] = {
    { GET, AT_ROOT, "/pictures/:name/:file", ANYONE, picture,
      "A picture in one of its sizes, as long as it is published.", NULL, NULL },
    { 0 },
};

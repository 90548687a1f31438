/* What was made, on its way from the process that makes it to the one that keeps it. */
#include "base/sink.h"
#include "codec/inside.h"

str codec_words(struct arena *a, enum codec_answer answer, const struct codec_made *made)
{
    struct sink out;
    sink_open(&out, a, KIB(4));
    put_format(&out, "%d %d %d %u\n", (int)answer, made->wide, made->high, made->notes);
    for (size_t i = 0; i < made->n && answer == CODEC_YES; i++) {
        const struct codec_picture *p = &made->picture[i];
        put_format(&out, "%d %d %d %zu\n", (int)p->kind, p->wide, p->high, p->bytes.n);
    }
    return sink_str(&out);
}

/* Four numbers, none negative, none above most. */
static bool read_line(str line, int64_t most, int64_t out[4])
{
    for (int i = 0; i < 4; i++) {
        if (!line.p || !str_to_int(str_split(&line, ' '), &out[i])) return false;
        if (out[i] < 0 || out[i] > most) return false;
    }
    return line.p == NULL;
}

static bool read_picture(str line, str *bytes, struct codec_made *out)
{
    int64_t n[4];
    struct codec_head head;
    if (out->n == COUNT_OF(out->picture) || !read_line(line, JOB_FILE_MAX, n)) return false;
    if (n[0] > CODEC_WEBP || (uint64_t)n[3] > bytes->n) return false;
    str own = str_cut(*bytes, (size_t)n[3]);
    *bytes = str_from(*bytes, own.n);
    enum codec_answer looked = codec_look(own, &head);
    bool is_so = (looked == CODEC_YES || looked == CODEC_TOO_SMALL) && (int64_t)head.kind == n[0];
    if (looked == CODEC_YES)
        is_so = is_so && head.wide == n[1] && head.high == n[2] && head.turn == 1;
    if (!is_so || n[1] < 1 || n[2] < 1 || n[1] > PHOTO_WIDE_MAX || n[2] > PHOTO_HIGH_MAX)
        return false;
    out->picture[out->n++] = (struct codec_picture){ (enum codec_kind)n[0], (int)n[1], (int)n[2],
                                                     own };
    return true;
}

bool codec_read(str words, str bytes, enum codec_answer *answer, struct codec_made *out)
{
    int64_t n[4];
    *out = (struct codec_made){ 0 };
    if (!words.p || !read_line(str_split(&words, '\n'), PHOTO_SIDE_MAX, n) || n[0] >= CODEC_ANSWERS)
        return false;
    *answer = (enum codec_answer)n[0];
    out->wide = (int)n[1];
    out->high = (int)n[2];
    out->notes = (unsigned)n[3];
    while (words.p && words.n)
        if (!read_picture(str_split(&words, '\n'), &bytes, out)) return false;
    return bytes.n == 0 && (*answer == CODEC_YES) == (out->n > 0);
}

#include "test/page/upload.h"

#include "codec/codec.h"
#include "test/unit/codec_files.h"
#include "web/handed.h"
#include "web/reply.h"

#include <assert.h>
#include <unistd.h>

static str file_called(struct arena *a, str name)
{
    if (str_eq(name, S("photo"))) return jpeg_file(a, (struct jpeg_wish){ .wide = 800, .high = 600, .inks = 3, .exif = exif_block(a, 1, S("GPS-SECRET")) });
    if (str_eq(name, S("portrait"))) return jpeg_file(a, (struct jpeg_wish){ .wide = 300, .high = 400, .inks = 3, .is_progressive = true });
    if (str_eq(name, S("see-through"))) return png_file(a, (struct png_wish){ 400, 300, PNG_COLOR_TYPE_RGBA, 8, false, true, S("") });
    if (str_eq(name, S("print"))) return jpeg_file(a, (struct jpeg_wish){ .wide = 300, .high = 400, .inks = 4 });
    if (str_eq(name, S("svg"))) return S("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");
    if (str_eq(name, S("film"))) return riff(a, ARENA_JOIN(a, webp_more(a, 2, 300, 200), str_from(webp_file(a, 300, 200, false, false), 12)));
    if (str_eq(name, S("half"))) {
        str whole = jpeg_file(a, (struct jpeg_wish){ .wide = 500, .high = 400, .inks = 3 });
        return str_cut(whole, whole.n / 2);
    }
    return S("");
}

static void put_part(struct sink *out, struct field_pair f)
{
    put_lit(out, "--page-test\r\nContent-Disposition: form-data; name=\"");
    put(out, f.name);
    if (str_starts(f.value, S("@"))) {
        put_lit(out, "\"; filename=\"");
        put(out, str_from(f.value, 1));
        put_lit(out, ".jpg\"\r\nContent-Type: image/jpeg\r\n\r\n");
        put(out, file_called(out->arena, str_from(f.value, 1)));
    } else {
        put_lit(out, "\"\r\n\r\n");
        put(out, f.value);
    }
    put_lit(out, "\r\n");
}

str upload_form(struct arena *a, str form)
{
    struct field_pair fields[FORM_PARTS_MAX];
    struct sink out;
    int n;
    if (!form_read(a, form, fields, FORM_PARTS_MAX, &n)) assert(0);
    sink_open(&out, a, UPLOAD_MAX);
    for (int i = 0; i < n; i++) put_part(&out, fields[i]);
    put_lit(&out, "--page-test--\r\n");
    return sink_str(&out);
}

str upload_work(struct arena *a, int file, int *written)
{
    struct codec_made made;
    struct arena work;
    arena_open(&work, MIB(256));
    str bytes = handed_read(&work, file), all = S("");
    enum codec_answer answer = codec_make(&work, bytes, &made);
    for (size_t i = 0; i < made.n && answer == CODEC_YES; i++) all = ARENA_JOIN(&work, all, made.picture[i].bytes);
    *written = handed_make(all);
    str words = codec_words(a, answer, &made);
    arena_close(&work);
    close(file);
    return words;
}

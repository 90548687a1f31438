/* A stranger's file: its head, its profile, its orientation, and, if it is small, all of it. */
#include "test/fuzz/fuzz.h"

#include "codec/inside.h"

static void look(struct arena *a, str in)
{
    struct codec_head head;
    struct codec_made made, back;
    struct colour colour;
    enum codec_answer answer = codec_look(in, &head), read;
    if (answer == CODEC_YES) {
        MUST(head.wide >= PHOTO_SIDE_LEAST && head.high >= PHOTO_SIDE_LEAST && head.turn >= 1 && head.turn <= 8);
        MUST((uint64_t)head.wide * (uint64_t)head.high <= PHOTO_PIXELS_MAX);
    }
    int turn = exif_turn(in);
    MUST(turn >= 1 && turn <= 8);
    if (colour_of(in, false, &colour) == PROFILE_FOLLOWED)
        for (int i = 0; i < 256; i++) MUST(colour.curve[0][i] >= 0 && colour.curve[0][i] <= 1);
    (void)colour_of(in, true, &colour);
    (void)codec_read(in, S(""), &read, &back);
    if (answer != CODEC_YES || (int64_t)head.wide * head.high > 40000) return;
    if (codec_make(a, in, &made) != CODEC_YES) return;
    str words = codec_words(a, CODEC_YES, &made), bytes = S("");
    for (size_t i = 0; i < made.n; i++) bytes = ARENA_JOIN(a, bytes, made.picture[i].bytes);
    MUST(codec_read(words, bytes, &read, &back) && back.n == made.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    if (!a.limit) arena_open(&a, MIB(256));
    (void)fuzz_run(&a, look, data, n); /* too much memory is a refusal */
    return 0;
}

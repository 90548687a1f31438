/* What material to print costs: wear-bench. Prints milliseconds of the middle of many: a poster A4 as PDF in English, Arabic
 * and Chinese, an A3 as PNG, a card as SVG; and of the first of all, which opens libraries and letters. */
#include "base/clock.h"
#include "base/limits.h"
#include "wear/inside.h"

#include <stdio.h>
#include <stdlib.h>

#define TIMES 25

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static double once(const char *kind, const char *lang, const char *words, const char *as)
{
    struct arena a;
    struct wear_made made;
    arena_open(&a, REQUEST_ARENA_MAX);
    struct wear_sheet s = { .kind = str_of(kind), .design = S("lines"), .as = str_of(as), .lang = str_of(lang),
                            .is_rtl = *lang == 'a', .words = str_of(words), .place = S("2026-07-30"),
                            .name = S("Blue Heart"), .host = S("blueheart.example.org"),
                            .code = S("https://blueheart.example.org/en/help"), .code_words = str_of(words),
                            .title = str_of(words) };
    str ask = wear_put(&a, &s);
    int64_t from = clock_ticks_us();
    wear_draw(&a, ask, &made);
    int64_t took = clock_ticks_us() - from;
    if (made.file.n == 0) exit(1);
    arena_close(&a);
    return (double)took / 1000;
}

static double middle(const char *kind, const char *lang, const char *words, const char *as)
{
    int64_t all[TIMES];
    once(kind, lang, words, as);
    for (int i = 0; i < TIMES; i++) all[i] = (int64_t)(once(kind, lang, words, as) * 1000);
    qsort(all, TIMES, sizeof *all, by_size);
    return (double)all[TIMES / 2] / 1000;
}

int main(void)
{
    const char *en = "Nobody can own a person", *ar = "لا أحد يملك إنسانًا", *zh = "没有人可以占有另一个人";
    double first = once("poster-a4", "en", en, "pdf");
    printf("%.1f %.1f %.1f %.1f %.1f %.1f\n", first, middle("poster-a4", "en", en, "pdf"),
           middle("poster-a4", "ar", ar, "pdf"), middle("poster-a4", "zh", zh, "pdf"),
           middle("poster-a3", "en", en, "png"), middle("card", "en", en, "svg"));
    return 0;
}

/* Where things stand on a sheet. Boxes never touch each other, whatever stands in them. */
#include "wear/inside.h"

/* The same box seen in a mirror, for languages that run from the right. */
static void mirror(struct sheet_box *b, double wide)
{
    b->x = wide - b->x - b->wide;
}

/* From top to bottom: heart, sentence, place, organisation; at the foot who we are and the code. */
static void upright(double w, double h, bool has_code, struct wear_places *at)
{
    double u = w / 100, m = 8.5 * u, in = w - 2 * m, foot = h - m - 13 * u;
    double code = has_code ? 17 * u : 0, beside = has_code ? in - code - 4 * u : in;
    bool is_tall = h > w * 1.2;
    double art = h * (is_tall ? 0.485 : 0.37);
    *at = (struct wear_places){
        .art_x = w / 2,
        .art_y = art / 2 + (is_tall ? 2 : 2.4) * u,
        .art_wide = is_tall ? 58 * u : 33 * u,
        .words = { m, art + (is_tall ? 4 : 5) * u, in, h * 0.215 },
        .words_most = (is_tall ? 12 : 10) * u,
        .words_least = 3.4 * u,
        .place_most = 4.2 * u,
        .name_most = 3.4 * u,
        .note_most = 1.75 * u,
    };
    double below = at->words.y + at->words.high + 2 * u;
    double room = foot - (is_tall ? 3 : 1) * u - below;
    at->place = (struct sheet_box){ m, below, in, room * 0.52 };
    at->who = (struct sheet_box){ m, below + room * 0.56, in, room * 0.44 };
    if (has_code) at->code = (struct sheet_box){ w - m - code, h - m - code, code, code };
    if (has_code) { /* the code is higher than the foot */
        at->place.wide = at->who.wide = beside;
        at->code_words = (struct sheet_box){ m + beside * 0.52, foot + 1.2 * u, beside * 0.48,
                                             11.8 * u };
    }
    double left = has_code ? beside * 0.5 : in;
    at->heart = (struct sheet_box){ m, foot + 1.2 * u, 5.2 * u, 4.6 * u };
    at->name = (struct sheet_box){ m + 6.4 * u, foot + 0.6 * u, left - 6.4 * u, 5.8 * u };
    at->host = (struct sheet_box){ m, foot + 6.9 * u, left, 2.7 * u };
    at->note = (struct sheet_box){ m, foot + 9.9 * u, left, 3.1 * u };
    if (!has_code) at->note.wide = left * 0.8;
}

/* Words at the side where reading begins, the heart beside them. */
static void wide(double w, double h, double from, bool has_code, struct wear_places *at)
{
    double u = h / 100, m = 11 * u, art = w - 88 * u, in = art - from - 4 * u;
    double code = has_code ? 24 * u : 0;
    *at = (struct wear_places){
        .art_x = art + 42 * u,
        .art_y = has_code ? 38 * u : 47 * u,
        .art_wide = has_code ? 52 * u : 66 * u,
        .words = { from, m - 1 * u, in, 44 * u },
        .words_most = 17 * u,
        .words_least = 5.2 * u,
        .place = { from, m + 47 * u, in, 8 * u },
        .place_most = 5.6 * u,
        .who = { from, m + 55.5 * u, in, 6 * u },
        .heart = { from, 77.5 * u, 8 * u, 7.1 * u },
        .name = { from + 10 * u, 76 * u, in - 10 * u, 6.6 * u },
        .name_most = 5 * u,
        .host = { from + 10 * u, 82.8 * u, in - 10 * u, 4.6 * u },
        .note = { from, 88.6 * u, in, 5.4 * u },
        .note_most = 2.9 * u,
        .is_wide = true,
    };
    if (has_code) {
        at->code = (struct sheet_box){ w - m - code, h - 8 * u - code, code, code };
        at->code_words = (struct sheet_box){ art + 2 * u, h - 8 * u - code,
                                             w - m - code - 3 * u - art - 2 * u, code };
    }
}

/* Within the disc: words may be as wide as it is where they stand. */
static void round_(double w, struct wear_places *at)
{
    double u = w / 100;
    *at = (struct wear_places){
        .art_x = 50 * u,
        .art_y = 33 * u,
        .art_wide = 44 * u,
        .words = { 14 * u, 58.5 * u, 72 * u, 19.5 * u },
        .words_most = 9.5 * u,
        .words_least = 3 * u,
        .place = { 24 * u, 79.2 * u, 52 * u, 5.6 * u },
        .place_most = 4.4 * u,
        .who = { 30 * u, 85.4 * u, 40 * u, 5 * u },
        .side = SHEET_MIDDLE,
    };
}

void wear_places(const struct wear_kind *k, const struct wear_sheet *w, struct wear_places *out)
{
    bool has_code = w->code.n > 0 && k->has_code;
    if (k->is_round) round_(k->wide, out);
    else if (k->wide > k->high * 2.5) wide(k->wide, k->high, k->wide * 0.27, has_code, out);
    else if (k->wide > k->high) wide(k->wide, k->high, k->high * 0.11, has_code, out);
    else upright(k->wide, k->high, has_code, out);
    if (!w->is_rtl) return;
    struct sheet_box *const all[] = { &out->words, &out->place, &out->who,
                                      &out->heart, &out->name,  &out->host,
                                      &out->note,  &out->code,  &out->code_words };
    for (size_t i = 0; i < COUNT_OF(all); i++) mirror(all[i], k->wide);
    out->art_x = k->wide - out->art_x;
}

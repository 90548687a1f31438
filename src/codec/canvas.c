/* Light on a canvas: averaged over areas while it is made smaller, turned upright, and back to bytes. */
#include "codec/inside.h"

#include <math.h>

struct canvas canvas_new(struct arena *a, int wide, int high)
{
    size_t n = (size_t)wide * (size_t)high * 4;
    return (struct canvas){ wide, high, arena_new(a, uint16_t, n) };
}

/* Column x of the input covers [x, x + 1) * out / in of the output: one column there, or the edge of two. */
static void weigh(struct scaler *s, int out_wide)
{
    double ratio = (double)out_wide / s->in_wide;
    for (int x = 0; x < s->in_wide; x++) {
        double from = x * ratio, to = (x + 1) * ratio;
        int first = (int)from;
        if (first >= out_wide) first = out_wide - 1;
        double inside = to <= first + 1 || first == out_wide - 1 ? ratio : first + 1 - from;
        s->first[x] = first;
        s->weight[x] = (float)inside;
    }
}

void scaler_open(struct scaler *s, struct arena *a, const struct colour *colour, int in_wide,
                 int in_high, int channels, struct canvas *to)
{
    size_t in = (size_t)in_wide, out = ((size_t)to->wide + 1) * 4;
    *s = (struct scaler){ .colour = colour,
                          .to = to,
                          .in_wide = in_wide,
                          .in_high = in_high,
                          .channels = channels,
                          .first = arena_new(a, int, in),
                          .weight = arena_new(a, float, in),
                          .row = arena_new(a, float, in * 4),
                          .across = arena_new(a, float, out),
                          .sum = arena_new(a, float, out) };
    weigh(s, to->wide);
}

static uint16_t whole(float light)
{
    return light <= 0 ? 0 : light >= 1 ? 65535 : (uint16_t)(light * 65535 + 0.5f);
}

static void put_row(struct scaler *s)
{
    const float *m = s->colour && s->colour->has_matrix ? s->colour->matrix : NULL;
    uint16_t *out = s->to->light + (size_t)s->out_at * (size_t)s->to->wide * 4;
    for (int x = 0; x < s->to->wide; x++, out += 4) {
        const float *in = s->sum + (size_t)x * 4;
        float cover = in[3] > 0.9995f ? 1 : in[3]; /* sums of weights are a little less than one */
        for (int k = 0; k < 3; k++) {
            float light = m ? m[k * 3] * in[0] + m[k * 3 + 1] * in[1] + m[k * 3 + 2] * in[2]
                            : in[k];
            out[k] = whole(light < cover ? light : cover);
        }
        out[3] = whole(cover);
    }
    s->out_at++;
}

static void average_across(struct scaler *s)
{
    memset(s->across, 0, ((size_t)s->to->wide + 1) * 4 * sizeof *s->across);
    float whole_column = (float)((double)s->to->wide / s->in_wide);
    const float *in = s->row;
    for (int x = 0; x < s->in_wide; x++, in += 4) {
        float here = s->weight[x], next = whole_column - here;
        float *to = s->across + (size_t)s->first[x] * 4;
        for (int k = 0; k < 4; k++) to[k] += in[k] * here;
        if (next > 0)
            for (int k = 0; k < 4; k++) to[k + 4] += in[k] * next;
    }
}

static void add(struct scaler *s, float weight)
{
    size_t n = (size_t)s->to->wide * 4;
    for (size_t i = 0; i < n; i++) s->sum[i] += s->across[i] * weight;
}

static void row_done(struct scaler *s)
{
    put_row(s);
    memset(s->sum, 0, (size_t)s->to->wide * 4 * sizeof *s->sum);
}

/* The row of light in s->row, spread over the one or two rows it covers. */
static void take_light(struct scaler *s)
{
    if (s->at >= s->in_high || s->out_at >= s->to->high) return;
    double ratio = (double)s->to->high / s->in_high;
    average_across(s);
    bool is_last = s->at == s->in_high - 1;
    double room = s->out_at + 1 - s->at * ratio;
    if (ratio < room - 1e-9 && !is_last) {
        add(s, (float)ratio);
    } else {
        double here = ratio < room || is_last ? ratio : room;
        add(s, (float)here);
        row_done(s);
        if (s->out_at < s->to->high && ratio - here > 1e-9) add(s, (float)(ratio - here));
    }
    s->at++;
}

void scaler_take(struct scaler *s, const uint8_t *in)
{
    const struct colour *c = s->colour;
    float *out = s->row;
    for (int x = 0; x < s->in_wide; x++, in += s->channels, out += 4) {
        if (s->channels == 1) {
            out[0] = out[1] = out[2] = c->curve[0][in[0]];
            out[3] = 1;
            continue;
        }
        float cover = s->channels == 4 ? (float)in[3] / 255 : 1;
        for (int k = 0; k < 3; k++) out[k] = c->curve[k][in[k]] * cover;
        out[3] = cover;
    }
    take_light(s);
}

struct canvas canvas_smaller(struct arena *a, const struct canvas *from, int wide, int high)
{
    struct canvas to = canvas_new(a, wide, high);
    struct scaler s;
    scaler_open(&s, a, NULL, from->wide, from->high, 4, &to);
    size_t n = (size_t)from->wide * 4;
    for (int y = 0; y < from->high; y++) {
        const uint16_t *in = from->light + (size_t)y * n;
        for (size_t i = 0; i < n; i++) s.row[i] = (float)in[i] / 65535;
        take_light(&s);
    }
    return to;
}

/* Exif's eight ways of holding a camera: where the pixel at (x, y) of the upright picture is found. */
struct canvas canvas_turned(struct arena *a, const struct canvas *from, int turn)
{
    bool is_sideways = turn >= 5;
    int w = from->wide, h = from->high;
    struct canvas to = canvas_new(a, is_sideways ? h : w, is_sideways ? w : h);
    uint16_t *out = to.light;
    for (int y = 0; y < to.high; y++)
        for (int x = 0; x < to.wide; x++, out += 4) {
            int fx = x, fy = y;
            switch (turn) {
            case 2: fx = w - 1 - x; break;
            case 3: fx = w - 1 - x, fy = h - 1 - y; break;
            case 4: fy = h - 1 - y; break;
            case 5: fx = y, fy = x; break;
            case 6: fx = y, fy = h - 1 - x; break;
            case 7: fx = w - 1 - y, fy = h - 1 - x; break;
            case 8: fx = w - 1 - y, fy = x; break;
            default: break;
            }
            memcpy(out, from->light + ((size_t)fy * (size_t)w + (size_t)fx) * 4, 4 * sizeof *out);
        }
    return to;
}

bool canvas_is_opaque(const struct canvas *c)
{
    size_t n = (size_t)c->wide * (size_t)c->high;
    for (size_t i = 0; i < n; i++)
        if (c->light[i * 4 + 3] != 65535) return false;
    return true;
}

/* Light to sRGB's byte, for each of 65,536. */
static const uint8_t *bytes_of_light(void)
{
    static uint8_t table[65536];
    if (table[65535]) return table;
    for (int i = 0; i < 65536; i++) {
        float v = (float)i / 65535;
        float s = v <= 0.0031308f ? v * 12.92f : 1.055f * powf(v, 1 / 2.4f) - 0.055f;
        table[i] = (uint8_t)(s * 255 + 0.5f);
    }
    return table;
}

void canvas_row(const struct canvas *c, int y, bool with_cover, uint8_t *out)
{
    const uint8_t *table = bytes_of_light();
    const uint16_t *in = c->light + (size_t)y * (size_t)c->wide * 4;
    for (int x = 0; x < c->wide; x++, in += 4) {
        uint32_t cover = in[3];
        for (int k = 0; k < 3; k++) {
            uint32_t light = in[k];
            if (cover == 0) light = 0;
            else if (cover != 65535) light = light >= cover ? 65535 : light * 65535 / cover;
            *out++ = table[light];
        }
        if (with_cover) *out++ = (uint8_t)((cover + 128) / 257);
    }
}

#include "link/encode.h"

#include "link/bits.h"
#include "link/token.h"
#include "link/value.h"

#include <stdio.h>

struct link_encoder {
    const struct link_schema *schema;
    struct link_encode_options options;
    struct link_bits_cache *bits;
    struct link_normal *normal; /* NULL: strings stay as they are */
    struct link_pattern **pattern;
    struct arena row;      /* of one record */
    unsigned char *filter; /* s->hashed bits */
};

static void wipe_row(void *self)
{
    struct link_encoder *e = self;
    arena_wipe(&e->row);
    arena_close(&e->row);
}

struct link_encoder *link_encoder_open(struct arena *a, const struct link_schema *s,
                                       const struct link_secret *secret,
                                       struct link_encode_options options,
                                       struct complaint *complaint)
{
    struct link_encoder *e = arena_new(a, struct link_encoder, 1);
    *e = (struct link_encoder){ .schema = s, .options = options };
    e->bits = link_bits_open(a, s, link_keys(a, s, secret));
    if (options.is_normalised) e->normal = link_normal_open(a);
    e->filter = arena_take(a, s->hashed / 8);
    e->pattern = arena_new(a, struct link_pattern *, s->features);
    for (size_t i = 0; i < s->features; i++) {
        if (s->feature[i].is_ignored || !s->feature[i].pattern.p) continue;
        e->pattern[i] = link_pattern_open(a, s->feature[i].pattern);
        if (e->pattern[i]) continue;
        *complaint = (struct complaint){
            0, 0, arena_format(a, "features[%zu].format.pattern: this expression cannot be read", i)
        };
        return NULL;
    }
    arena_open(&e->row, LINK_ROW_BYTES);
    arena_at_end(a, wipe_row, e);
    return e;
}

static void set_bits(unsigned char *filter, const uint16_t *bits, unsigned n)
{
    for (unsigned i = 0; i < n; i++) filter[bits[i] >> 3] |= (unsigned char)(0x80 >> (bits[i] & 7));
}

static void add_tokens(struct link_encoder *e, size_t i, const struct link_cuts *cuts)
{
    const struct link_feature *f = &e->schema->feature[i];
    if (!cuts->n) return;
    unsigned each = f->is_per_feature ? f->bits / (unsigned)cuts->n : f->bits;
    unsigned first = f->is_per_feature ? f->bits % (unsigned)cuts->n : 0; /* these get one more */
    for (size_t t = 0; t < cuts->n; t++) {
        unsigned n = each + (t < first);
        if (!n) return;
        str piece = { cuts->p + cuts->from[t], cuts->to[t] - cuts->from[t] };
        set_bits(e->filter,
                 link_bits(e->bits, i, cuts->is_positional ? (uint32_t)t + 1 : 0, piece, n), n);
    }
}

/* A name is normalised after it was checked; what has a pattern is a code, not a name, and stays as it is. */
static str normalised(struct link_encoder *e, const struct link_feature *f, str value)
{
    bool is_replaced = f->sentinel.p && str_eq(value, f->replacement);
    if (!e->normal || f->format != LINK_STRING || f->pattern.p || is_replaced) return value;
    return link_normal(e->normal, &e->row, value);
}

static bool add_feature(struct link_encoder *e, size_t i, str cell, struct link_fault *fault)
{
    const struct link_feature *f = &e->schema->feature[i];
    const char *why;
    if (!e->options.keeps_blanks) cell = str_trim(cell);
    str value = link_value(f, e->pattern[i], &e->row, cell, &why);
    if (why) *fault = (struct link_fault){ i, why };
    if (why && (!e->options.is_lenient || !value.p)) return false;
    if (value.n > LINK_VALUE_MAX) {
        *fault = (struct link_fault){ i, "this is too long to be compared" };
        return false;
    }
    struct link_cuts cuts;
    if (!link_cut(f, &e->row, normalised(e, f, value), &cuts)) {
        *fault = (struct link_fault){ i, "this is not a number that can be compared" };
        return false;
    }
    add_tokens(e, i, &cuts);
    return true;
}

/* Schnell & Borgs 2016: the two halves of a filter, one XOR the other; what one bit says is hidden by another. */
static size_t fold(unsigned char *filter, size_t bytes, unsigned times)
{
    for (; times > 0; times--) {
        bytes /= 2;
        for (size_t i = 0; i < bytes; i++) filter[i] ^= filter[bytes + i];
    }
    return bytes;
}

bool link_encode(struct link_encoder *e, const str *cells, unsigned char *out,
                 struct link_fault *fault)
{
    size_t bytes = e->schema->hashed / 8;
    *fault = (struct link_fault){ 0, NULL };
    memset(e->filter, 0, bytes);
    arena_empty(&e->row);
    for (size_t i = 0; i < e->schema->features; i++)
        if (!e->schema->feature[i].is_ignored && !add_feature(e, i, cells[i], fault)) return false;
    bytes = fold(e->filter, bytes, e->schema->folds);
    memcpy(out, e->filter, bytes);
    return true;
}

size_t link_tokens(const struct link_feature *f, struct arena *a, str value, str *out, size_t room,
                   const char **why)
{
    struct link_cuts cuts;
    *why = NULL;
    if (!link_cut(f, a, value, &cuts)) {
        *why = "this is not a number that can be compared";
        return 0;
    }
    for (size_t i = 0; i < cuts.n && i < room; i++) {
        str piece = { cuts.p + cuts.from[i], cuts.to[i] - cuts.from[i] };
        out[i] = cuts.is_positional ? arena_format(a, "%zu " STR_FMT, i + 1, STR_ARG(piece))
                                    : piece;
    }
    return cuts.n;
}

#include "link/clks.h"

#include "base/sink.h"
#include "link/value.h"

#include <sodium.h>

void link_clks_begin(struct link_clks_out *out, struct arena *a, const char *path, unsigned bits)
{
    *out = (struct link_clks_out){ .file = file_out_open(a, path), .bits = bits };
    out->text = arena_take(a, sodium_base64_ENCODED_LEN(bits / 8, sodium_base64_VARIANT_ORIGINAL));
    file_out_put(out->file, S("{\"clks\": ["));
}

void link_clks_put(struct link_clks_out *out, const unsigned char *filter)
{
    size_t bytes = out->bits / 8,
           room = sodium_base64_ENCODED_LEN(bytes, sodium_base64_VARIANT_ORIGINAL);
    for (size_t i = 0; i < bytes; i++) out->ones += (unsigned)__builtin_popcount(filter[i]);
    sodium_bin2base64(out->text, room, filter, bytes, sodium_base64_VARIANT_ORIGINAL);
    file_out_put(out->file, out->rows++ ? S(",\n\"") : S("\n\""));
    file_out_put(out->file, (str){ out->text, room - 1 });
    file_out_put(out->file, S("\""));
}

void link_clks_end(struct link_clks_out *out, struct arena *a, const struct link_mark *mark)
{
    struct sink text;
    sink_open(&text, a, LINK_MARK_MAX);
    double bits = (double)out->rows * out->bits;
    put_format(&text, "\n],\n\"blueheart\": {\"link\": 1, \"rows\": %llu, \"bits\": %u, ",
               (unsigned long long)out->rows, out->bits);
    put_format(&text, "\"fill\": %.6f, \"schema\": ", bits > 0 ? (double)out->ones / bits : 0);
    json_text(&text, mark->schema);
    put_lit(&text, ", \"key\": ");
    json_text(&text, mark->key);
    put_lit(&text, ", \"normalised\": ");
    json_text(&text, mark->normalised);
    put_lit(&text, ", \"icu\": ");
    json_text(&text, mark->icu);
    put_lit(&text, ", \"blanks\": ");
    json_text(&text, mark->blanks);
    put_format(&text, ", \"for_tests\": %s}}\n", mark->is_for_tests ? "true" : "false");
    file_out_put(out->file, sink_str(&text));
    file_out_done(out->file);
}

static str hex(struct arena *a, const unsigned char *p, size_t n)
{
    char *text = arena_take(a, 2 * n + 1);
    sodium_bin2hex(text, 2 * n + 1, p, n);
    return (str){ text, 2 * n };
}

struct link_mark link_mark_of(struct arena *a, const struct link_schema *s,
                              const struct link_secret *secret, bool is_normalised,
                              bool keeps_blanks)
{
    unsigned char check[LINK_CHECK_BYTES];
    link_key_check(s, secret, check);
    return (struct link_mark){ .is_there = true,
                               .schema = hex(a, s->fingerprint, sizeof s->fingerprint),
                               .key = hex(a, check, sizeof check),
                               .normalised = is_normalised ? S("latin") : S("none"),
                               .icu = is_normalised ? link_normal_version(a) : S(""),
                               .blanks = keeps_blanks ? S("kept") : S("trimmed") };
}

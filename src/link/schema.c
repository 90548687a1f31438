#include "link/schema.h"

#include "base/sink.h"
#include "link/json_in.h"

#include <math.h>
#include <sodium.h>

static const char *const root_keys[] = { "version", "clkConfig", "features", NULL };
static const char *const clk_keys[] = { "l", "xorFolds", "xor_folds", "kdf", NULL };
static const char *const kdf_keys[] = { "type", "hash", "salt", "info", "keySize", NULL };
static const char *const feature_keys[] = { "identifier", "description", "format", "hashing",
                                            NULL };
static const char *const ignored_keys[] = { "identifier", "description", "ignored", NULL };
static const char *const string_keys[] = { "type",      "encoding",    "case", "minLength",
                                           "maxLength", "description", NULL };
static const char *const pattern_keys[] = { "type", "encoding", "pattern", "description", NULL };
static const char *const integer_keys[] = { "type", "minimum", "maximum", "description", NULL };
static const char *const date_keys[] = { "type", "format", "description", NULL };
static const char *const enum_keys[] = { "type", "values", "description", NULL };
static const char *const hashing_keys[] = { "comparison", "strategy", "hash", "missingValue",
                                            NULL };
static const char *const gram_keys[] = { "type", "n", "positional", NULL };
static const char *const exact_keys[] = { "type", NULL };
static const char *const numeric_keys[] = { "type", "thresholdDistance", "resolution",
                                            "fractionalPrecision", NULL };
static const char *const strategy_keys[] = { "bitsPerToken", "bitsPerFeature", NULL };
static const char *const double_keys[] = { "type", "prevent_singularity", NULL };
static const char *const missing_keys[] = { "sentinel", "replaceWith", NULL };

/* Which of the words stands under `key`; 0, the first, if it is absent. */
static int one_of(struct json_place object, const char *key, bool is_needed,
                  const char *const *words)
{
    str said = place_words(object, key, is_needed);
    if (!said.p) return 0;
    for (int i = 0; words[i]; i++)
        if (str_eq(said, str_of(words[i]))) return i;
    place_wrong(object, "%s: \"%s\" is not known here", key,
                str_cut_text(said, 60).n ? said.p : "");
    return 0;
}

static str bytes_of(struct json_place object, const char *key)
{
    str text = place_words(object, key, false);
    if (!text.p) return (str){ NULL, 0 };
    unsigned char *out = arena_take(object.in->arena, text.n + 1);
    size_t n = 0;
    if (sodium_base642bin(out, text.n + 1, text.p, text.n, NULL, &n, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        place_wrong(object, "%s: this is not base64", key);
    return (str){ (char *)out, n };
}

static void read_config(struct json_place root, struct link_schema *s)
{
    struct json_place clk = place_object(root, "clkConfig", true);
    place_only(clk, clk_keys);
    s->bits = (unsigned)place_whole(clk, "l", true, 8, LINK_BITS_MAX, 1024);
    /* clkhash's documents say xorFolds, its program reads xor_folds: the first alone changes none of its encodings, nor
     * ours. Where both stand they must agree. */
    s->folds = (unsigned)place_whole(clk, "xor_folds", false, 0, 13, 0);
    unsigned said = (unsigned)place_whole(clk, "xorFolds", false, 0, 13, s->folds);
    s->has_idle_folds = said > 0 && !place_has(clk, "xor_folds");
    if (said != s->folds && !s->has_idle_folds)
        place_wrong(clk, "xorFolds is %u and xor_folds is %u; they must agree", said, s->folds);
    s->hashed = s->bits << s->folds;
    if (s->bits % 8 != 0) place_wrong(clk, "l: a multiple of 8 is needed");
    if (s->hashed > LINK_BITS_MAX)
        place_wrong(clk, "l times 2^xor_folds is %u; at most %d bits can be hashed", s->hashed,
                    LINK_BITS_MAX);

    struct json_place kdf = place_object(clk, "kdf", true);
    place_only(kdf, kdf_keys);
    str type = place_words(kdf, "type", true);
    if (str_eq(type, S("legacy")))
        place_wrong(kdf, "type: \"legacy\" gives all features one key, so that a name betrays "
                         "itself in every field; use \"HKDF\"");
    else if (type.p && !str_eq(type, S("HKDF"))) place_wrong(kdf, "type: only \"HKDF\" is known");
    s->is_sha512 = one_of(kdf, "hash", false, (const char *[]){ "SHA256", "SHA512", NULL }) == 1;
    s->salt = bytes_of(kdf, "salt");
    s->has_salt = s->salt.p != NULL;
    s->info = bytes_of(kdf, "info");
    s->key_size = (unsigned)place_whole(kdf, "keySize", false, 16, 256, 64);
}

static void read_string(struct json_place format, struct link_feature *f)
{
    f->encoding = (enum link_encoding)one_of(
        format, "encoding", false, (const char *[]){ "utf-8", "ascii", "utf-16", "utf-32", NULL });
    f->pattern = place_words(format, "pattern", false);
    place_only(format, f->pattern.p ? pattern_keys : string_keys);
    f->letters = (enum link_case)one_of(format, "case", false,
                                        (const char *[]){ "mixed", "upper", "lower", NULL });
    f->length_least = place_whole(format, "minLength", false, 0, CSV_CELL_MAX, 0);
    f->length_most = place_whole(format, "maxLength", false, 1, INT32_MAX, 0);
    if (f->length_most && f->length_most < f->length_least)
        place_wrong(format, "maxLength is less than minLength");
}

static void read_integer(struct json_place format, struct link_feature *f)
{
    place_only(format, integer_keys);
    f->has_least = place_has(format, "minimum");
    f->has_most = place_has(format, "maximum");
    f->least = place_whole(format, "minimum", false, -LINK_WHOLE_MAX, LINK_WHOLE_MAX, 0);
    f->most = place_whole(format, "maximum", false, -LINK_WHOLE_MAX, LINK_WHOLE_MAX, 0);
    if (f->has_least && f->has_most && f->most < f->least)
        place_wrong(format, "maximum is less than minimum");
}

static void read_date(struct json_place format, struct link_feature *f)
{
    place_only(format, date_keys);
    f->day_format = place_words(format, "format", true);
    if (f->day_format.n > LINK_DAY_FORMAT_MAX)
        place_wrong(format, "format: longer than %d letters", LINK_DAY_FORMAT_MAX);
    bool has_year = false, has_month = false, has_day = false;
    for (size_t i = 0; i < f->day_format.n; i++) {
        if (f->day_format.p[i] != '%') continue;
        char c = ++i < f->day_format.n ? f->day_format.p[i] : 0;
        if (c == 'Y' || c == 'y') has_year = true;
        else if (c == 'm' || c == 'b' || c == 'B') has_month = true;
        else if (c == 'd') has_day = true;
        else if (c == 'j') has_month = has_day = true;
        else if (c != '%') {
            place_wrong(format, "format: %%%c is not known; there are %%Y %%y %%m %%b %%B %%d %%j",
                        c > ' ' && c < 127 ? c : '?');
            return;
        }
    }
    if (f->day_format.p && !(has_year && has_month && has_day))
        place_wrong(format, "format: a year, a month and a day are needed");
}

static void read_enum(struct json_place format, struct link_feature *f)
{
    place_only(format, enum_keys);
    struct json_place values = place_array(format, "values", true);
    f->values_n = place_count(values);
    if (f->values_n > LINK_VALUES_MAX) {
        place_wrong(values, "more than %d values", LINK_VALUES_MAX);
        f->values_n = 0;
    }
    f->values = arena_new(values.in->arena, str, f->values_n);
    for (size_t i = 0; i < f->values_n; i++) f->values[i] = place_item_words(values, i);
}

static void read_format(struct json_place feature, struct link_feature *f)
{
    struct json_place format = place_object(feature, "format", true);
    f->format = (enum link_format)one_of(
        format, "type", true, (const char *[]){ "string", "integer", "date", "enum", NULL });
    switch (f->format) {
    case LINK_STRING: read_string(format, f); return;
    case LINK_INTEGER: read_integer(format, f); return;
    case LINK_DATE: read_date(format, f); return;
    case LINK_ENUM: read_enum(format, f); return;
    }
}

static void read_numeric(struct json_place how, struct link_feature *f)
{
    place_only(how, numeric_keys);
    f->resolution = (int)place_whole(how, "resolution", true, 1, 512, 1);
    f->precision = (int)place_whole(how, "fractionalPrecision", false, 0, 9, 0);
    double distance = place_real(how, "thresholdDistance", true, 1) * pow(10, f->precision);
    if (!(distance >= 1 && distance <= (double)LINK_WHOLE_MAX)) {
        place_wrong(how, "thresholdDistance: too small for fractionalPrecision, or too large");
        distance = 1;
    }
    f->distance = (int64_t)distance;
    if (f->format == LINK_DATE || f->format == LINK_ENUM)
        place_wrong(how, "a numeric comparison needs a string or an integer");
}

static void read_comparison(struct json_place hashing, struct link_feature *f)
{
    struct json_place how = place_object(hashing, "comparison", true);
    f->compare = (enum link_comparison)one_of(
        how, "type", true, (const char *[]){ "ngram", "exact", "numeric", NULL });
    switch (f->compare) {
    case LINK_NGRAM:
        place_only(how, gram_keys);
        f->gram = (int)place_whole(how, "n", true, 1, LINK_GRAM_MAX, 2);
        f->is_positional = place_flag(how, "positional", false);
        return;
    case LINK_EXACT: place_only(how, exact_keys); return;
    case LINK_NUMERIC: read_numeric(how, f); return;
    }
}

static void read_hashing(struct json_place feature, const struct link_schema *s,
                         struct link_feature *f)
{
    struct json_place hashing = place_object(feature, "hashing", true);
    place_only(hashing, hashing_keys);
    read_comparison(hashing, f);

    struct json_place strategy = place_object(hashing, "strategy", true);
    place_only(strategy, strategy_keys);
    f->is_per_feature = place_has(strategy, "bitsPerFeature");
    if (f->is_per_feature == place_has(strategy, "bitsPerToken"))
        place_wrong(strategy, "one of bitsPerToken and bitsPerFeature is needed, and not both");
    f->bits = (unsigned)place_whole(strategy, f->is_per_feature ? "bitsPerFeature" : "bitsPerToken",
                                    false, 1, LINK_TOKEN_BITS_MAX, 1);

    struct json_place hash = place_object(hashing, "hash", false);
    f->hash = (enum link_hash)one_of(hash, "type", hash.value != NULL,
                                     (const char *[]){ "blakeHash", "doubleHash", NULL });
    place_only(hash, f->hash == LINK_DOUBLE ? double_keys : exact_keys);
    f->is_not_singular = place_flag(hash, "prevent_singularity", false);
    if (f->hash == LINK_BLAKE && (s->hashed & (s->hashed - 1)) != 0)
        place_wrong(hashing, "blakeHash needs l times 2^xor_folds to be a power of two; it is %u",
                    s->hashed);
    if (f->hash == LINK_BLAKE && s->key_size > 64)
        place_wrong(hashing, "blakeHash takes keys of at most 64 bytes; keySize is %u",
                    s->key_size);

    struct json_place missing = place_object(hashing, "missingValue", false);
    place_only(missing, missing_keys);
    f->sentinel = place_words(missing, "sentinel", missing.value != NULL);
    f->replacement = place_words(missing, "replaceWith", false);
    if (!f->replacement.p) f->replacement = f->sentinel;
}

static void read_feature(struct json_place at, const struct link_schema *s, struct link_feature *f)
{
    f->identifier = place_words(at, "identifier", true);
    f->is_ignored = place_flag(at, "ignored", false);
    (void)place_words(at, "description", false);
    if (!f->is_ignored && place_has(at, "ignored"))
        place_wrong(at, "ignored can only be true; leave it out otherwise");
    place_only(at, f->is_ignored ? ignored_keys : feature_keys);
    if (f->is_ignored) return;
    read_format(at, f);
    read_hashing(at, s, f);
}

static void read_features(struct json_place root, struct link_schema *s)
{
    struct json_place all = place_array(root, "features", true);
    size_t n = place_count(all);
    /* RFC 5869 gives at most 255 blocks of the hash; each feature takes two keys. */
    size_t most = 255 * (s->is_sha512 ? 64u : 32u) / (2 * s->key_size);
    if (n == 0 || n > most) {
        place_wrong(all, "%zu features; there must be 1 to %zu", n, most);
        return;
    }
    s->feature = arena_new(root.in->arena, struct link_feature, n);
    s->features = n;
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        read_feature(place_item_object(all, i), s, &s->feature[i]);
        used += !s->feature[i].is_ignored;
        for (size_t j = 0; j < i && s->feature[i].identifier.p; j++)
            if (str_eq(s->feature[j].identifier, s->feature[i].identifier))
                place_wrong(place_item(all, i), "identifier: \"%s\" is there twice",
                            s->feature[i].identifier.p);
    }
    if (used == 0) place_wrong(all, "every feature is ignored: nothing would be encoded");
}

/* What decides an encoding, in one fixed form: two schemas that mean the same have one fingerprint. */
static void take_fingerprint(struct arena *a, struct link_schema *s)
{
    struct sink out;
    sink_open(&out, a, MIB(8));
    put_format(&out, "link-schema-3 %u %u %d %d %u\n", s->bits, s->folds, s->is_sha512, s->has_salt,
               s->key_size);
    for (size_t i = 0; i < s->salt.n; i++) put_format(&out, "%02x", (unsigned char)s->salt.p[i]);
    put_char(&out, '\n');
    for (size_t i = 0; i < s->info.n; i++) put_format(&out, "%02x", (unsigned char)s->info.p[i]);
    put_char(&out, '\n');
    for (size_t i = 0; i < s->features; i++) {
        const struct link_feature *f = &s->feature[i];
        json_text(&out, f->identifier);
        put_format(&out, " %d %d %d ", f->is_ignored, f->format, f->encoding);
        json_text(&out, f->day_format);
        put_format(&out, " %d %d %d %lld %d %d", f->compare, f->gram, f->is_positional,
                   (long long)f->distance, f->resolution, f->precision);
        put_format(&out, " %d %u %d %d %d ", f->is_per_feature, f->bits, f->hash,
                   f->is_not_singular, f->sentinel.p != NULL);
        json_text(&out, f->sentinel);
        json_text(&out, f->replacement);
        put_char(&out, '\n');
    }
    str all = sink_str(&out);
    crypto_hash_sha256(s->fingerprint, (const unsigned char *)all.p, all.n);
}

bool link_schema_read(struct arena *a, str text, struct link_schema *out,
                      struct complaint *complaint)
{
    struct json_in in;
    *out = (struct link_schema){ .bits = 1024, .key_size = 64 };
    struct json_place root = link_json_open(&in, a, text);
    if (root.value) {
        place_only(root, root_keys);
        int64_t version = place_whole(root, "version", true, 0, 1000, 3);
        if (version != 3)
            place_wrong(root,
                        "version: %d is not read; clkhash's clkutil makes version 3 of older ones",
                        (int)version);
        read_config(root, out);
        read_features(root, out);
    }
    *complaint = in.complaint;
    if (in.is_wrong) return false;
    take_fingerprint(a, out);
    return true;
}

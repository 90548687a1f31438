/* Encodings: clkhash's vectors byte for byte (test/measure/link_clk_vectors.json, made with clkhash by us), schemas that
 * are refused, secrets, dates, normalisation. */
#include "test/unit/help.h"

#include "link/clks.h"
#include "link/encode.h"
#include "link/recommended.h"
#include "link/value.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static json_t *vectors;

#define FEATURE \
    "{\"identifier\":\"a\",\"format\":{\"type\":\"string\"},\"hashing\":{\"comparison\":{\"type\":\"ngram\",\"n\":2},\"strategy\":{\"bitsPerToken\":10}}}"
#define SCHEMA(config, features) "{\"version\":3,\"clkConfig\":{" config "},\"features\":[" features "]}"
#define CONFIG "\"l\":1024,\"kdf\":{\"type\":\"HKDF\"}"
#define IN_FEATURE(format, hashing) \
    SCHEMA(CONFIG, "{\"identifier\":\"a\",\"format\":{" format "},\"hashing\":{" hashing "}}")
#define GRAM "\"comparison\":{\"type\":\"ngram\",\"n\":2}"
#define TEN  "\"strategy\":{\"bitsPerToken\":10}"

static str text_at(const json_t *o, const char *key)
{
    const char *z = json_string_value(json_object_get(o, key));
    return z ? str_of(z) : (str){ NULL, 0 };
}

static struct link_secret secret_of(const char *z)
{
    struct link_secret s;
    (void)!link_secret_take(&scratch, str_of(z), &s);
    return s;
}

static struct link_schema schema_of(const char *json)
{
    struct link_schema s;
    struct complaint c;
    if (!link_schema_read(&scratch, str_of(json), &s, &c)) fail_msg("%.*s", STR_ARG(c.what));
    return s;
}

static void keys_are_those_of_the_rfc(void **state)
{
    (void)state;
    size_t i;
    json_t *v;
    struct link_secret secret = secret_of(json_string_value(json_object_get(vectors, "secret_utf8")));
    json_array_foreach(json_object_get(vectors, "hkdf"), i, v)
    {
        struct link_schema s = { .features = 3, .key_size = 64, .is_sha512 = str_eq(text_at(v, "hash"), S("SHA512")) };
        unsigned char bytes[2][128];
        str *into[2] = { &s.salt, &s.info };
        for (int k = 0; k < 2; k++) {
            str b64 = text_at(v, k ? "info_b64" : "salt_b64");
            size_t n = 0;
            if (b64.p) assert_int_equal(0, sodium_base642bin(bytes[k], 128, b64.p, b64.n, NULL, &n, NULL, sodium_base64_VARIANT_ORIGINAL));
            *into[k] = (str){ (char *)bytes[k], n };
        }
        const unsigned char *keys = link_keys(&scratch, &s, &secret);
        for (size_t k = 0; k < 6; k++) {
            char hex[129];
            sodium_bin2hex(hex, sizeof hex, keys + 64 * k, 64);
            json_t *pair = json_array_get(json_object_get(v, "keys_hex"), k / 2);
            assert_string_equal(hex, json_string_value(json_array_get(pair, k % 2)));
        }
    }
    assert_int_equal(i, 4);
}

static void check_tokens(const struct link_feature *f, const json_t *v, str value)
{
    str tokens[100];
    const char *why;
    json_t *want = json_object_get(v, "tokens");
    size_t n = link_tokens(f, &scratch, value, tokens, 100, &why);
    assert_null(why);
    assert_int_equal(n, json_array_size(want));
    for (size_t k = 0; k < n; k++) assert_true(str_eq(tokens[k], str_of(json_string_value(json_array_get(want, k)))));
}

static void values_are_cut_as_clkhash_cuts_them(void **state)
{
    (void)state;
    size_t i;
    json_t *v;
    json_array_foreach(json_object_get(vectors, "ngram"), i, v)
    {
        struct link_feature f = { .compare = LINK_NGRAM, .gram = (int)json_integer_value(json_object_get(v, "n")),
                                  .is_positional = json_is_true(json_object_get(v, "positional")) };
        check_tokens(&f, v, text_at(v, "word"));
    }
    assert_int_equal(i, 28);
    json_array_foreach(json_object_get(vectors, "numeric"), i, v)
    {
        struct link_feature f = { .compare = LINK_NUMERIC, .resolution = (int)json_integer_value(json_object_get(v, "resolution")),
                                  .precision = (int)json_integer_value(json_object_get(v, "fractional_precision")) };
        f.distance = json_integer_value(json_object_get(v, "thresholdDistance"));
        for (int p = 0; p < f.precision; p++) f.distance *= 10;
        check_tokens(&f, v, text_at(v, "value"));
    }
    assert_int_equal(i, 11);
}

static void tokens_set_the_bits_clkhash_sets(void **state)
{
    (void)state;
    json_t *all = json_object_get(vectors, "token_hash"), *v;
    unsigned char keys[128];
    for (int k = 0; k < 2; k++) {
        str hex = text_at(all, k ? "key1_hex" : "key0_hex");
        size_t n;
        assert_int_equal(0, sodium_hex2bin(keys + 64 * k, 64, hex.p, hex.n, NULL, &n, NULL));
    }
    size_t i;
    json_array_foreach(json_object_get(all, "vectors"), i, v)
    {
        str token = text_at(v, "token");
        unsigned k = (unsigned)json_integer_value(json_object_get(v, "k")), l = (unsigned)json_integer_value(json_object_get(v, "l"));
        uint16_t bits[64];
        struct link_feature f = { .hash = LINK_BLAKE };
        link_token_bits(&f, keys, 64, l, token, k, bits);
        for (unsigned b = 0; b < k; b++)
            assert_int_equal(bits[b], json_integer_value(json_array_get(json_object_get(v, "blake_positions"), b)));
        for (int is_not = 0; is_not < 2; is_not++) {
            f = (struct link_feature){ .hash = LINK_DOUBLE, .is_not_singular = is_not };
            json_t *want = json_object_get(v, is_not ? "doublehash_nonsingular" : "doublehash_md5_sha1_mod_l");
            int64_t two = json_integer_value(json_array_get(want, 0)), one = json_integer_value(json_array_get(want, 1)); /* MD5, SHA-1 */
            link_token_bits(&f, keys, 64, l, token, k, bits);
            for (unsigned b = 0; b < k; b++) assert_int_equal(bits[b], (one + b * two) % l);
        }
    }
    assert_int_equal(i, 8);
}

/* h2 = 0 happens once in l tokens: then one bit only, or, where it is prevented, the hash is taken again. */
static void a_singular_token_is_handled_as_clkhash_does(void **state)
{
    (void)state;
    size_t i;
    json_t *v;
    json_array_foreach(json_object_get(vectors, "singularity"), i, v)
        for (int is_not = 0; is_not < 2; is_not++) {
            struct link_feature f = { .hash = LINK_DOUBLE, .is_not_singular = is_not };
            const json_t *keys = json_object_get(v, "keys");
            char both[15];
            snprintf(both, sizeof both, "%s%s", json_string_value(json_array_get(keys, 0)), json_string_value(json_array_get(keys, 1)));
            unsigned k = (unsigned)json_integer_value(json_object_get(v, "k"));
            uint16_t bits[64];
            link_token_bits(&f, (unsigned char *)both, 7, 1024, text_at(v, "token"), k, bits);
            unsigned char filter[128] = { 0 };
            for (unsigned b = 0; b < k; b++) filter[bits[b] / 8] |= (unsigned char)(0x80 >> bits[b] % 8);
            char b64[200];
            sodium_bin2base64(b64, sizeof b64, filter, 128, sodium_base64_VARIANT_ORIGINAL);
            assert_string_equal(b64, text_at(v, is_not ? "nonSingular_b64" : "doubleHash_b64").p);
        }
    assert_int_equal(i, 4);
}

static const char *dumped(const json_t *value)
{
    char *text = json_dumps(value, 0);
    const char *copy = arena_z(&scratch, str_of(text));
    free(text);
    return copy;
}

/* What is folded is the OR of its halves, less what both have. */
static void a_fold_is_the_halves_xor(void **state)
{
    (void)state;
    unsigned char whole[256], half[128];
    struct link_secret secret = secret_of("correct horse battery staple");
    for (int folds = 0; folds < 2; folds++) {
        struct link_schema s = schema_of(folds ? SCHEMA("\"l\":1024,\"xor_folds\":1,\"kdf\":{\"type\":\"HKDF\"}", FEATURE) : SCHEMA("\"l\":2048,\"kdf\":{\"type\":\"HKDF\"}", FEATURE));
        struct complaint c;
        struct link_fault fault;
        struct link_encoder *e = link_encoder_open(&scratch, &s, &secret, (struct link_encode_options){ 0 }, &c);
        str cell = S("Oksana Kovalenko, a long name with many tokens");
        assert_true(link_encode(e, &cell, folds ? half : whole, &fault));
    }
    for (int i = 0; i < 128; i++) assert_int_equal(half[i], whole[i] ^ whole[128 + i]);
}

static void whole_records_are_clkhashs(void **state)
{
    (void)state;
    size_t i, r;
    json_t *v, *record;
    struct link_secret secret = secret_of(json_string_value(json_object_get(vectors, "secret_utf8")));
    json_array_foreach(json_object_get(vectors, "clk"), i, v)
    {
        struct link_schema s = schema_of(dumped(json_object_get(v, "schema")));
        struct complaint c;
        struct link_encoder *e = link_encoder_open(&scratch, &s, &secret, (struct link_encode_options){ 0 }, &c);
        assert_non_null(e);
        for (int twice = 0; twice < 2; twice++) /* what was remembered gives the same */
            json_array_foreach(json_object_get(v, "records"), r, record)
            {
                str cells[6];
                for (size_t k = 0; k < 6; k++) cells[k] = str_of(json_string_value(json_array_get(record, k)));
                unsigned char filter[128];
                char b64[200];
                struct link_fault fault;
                assert_true(link_encode(e, cells, filter, &fault));
                sodium_bin2base64(b64, sizeof b64, filter, s.bits / 8, sodium_base64_VARIANT_ORIGINAL);
                assert_string_equal(b64, json_string_value(json_array_get(json_object_get(v, "clk_b64"), r)));
            }
    }
    assert_int_equal(i, 4);
}

static void what_a_schema_does_not_say_rightly_is_refused_with_its_path(void **state)
{
    (void)state;
    static const struct {
        const char *json, *said;
    } bad[] = {
        { "", "end of file" },
        { "[]", "not a JSON object" },
        { "{\"version\":3,\"version\":3}", "duplicate" },
        { "{\"version\":2}", "version" },
        { SCHEMA("\"l\":1024,\"kdf\":{\"type\":\"legacy\"}", FEATURE), "legacy" },
        { SCHEMA("\"l\":1024,\"kdf\":{\"type\":\"HKDF\",\"hash\":\"MD5\"}", FEATURE), "MD5" },
        { SCHEMA("\"l\":1024,\"kdf\":{\"type\":\"HKDF\",\"salt\":\"?\"}", FEATURE), "base64" },
        { SCHEMA("\"l\":1024,\"k\":20,\"kdf\":{\"type\":\"HKDF\"}", FEATURE), "clkConfig.k" },
        { SCHEMA("\"l\":65536,\"xor_folds\":1,\"kdf\":{\"type\":\"HKDF\"}", FEATURE), "65536" },
        { SCHEMA("\"l\":512,\"xorFolds\":1,\"xor_folds\":2,\"kdf\":{\"type\":\"HKDF\"}", FEATURE), "must agree" },
        { SCHEMA("\"l\":1000,\"kdf\":{\"type\":\"HKDF\"}", FEATURE), "power of two" },
        { SCHEMA("\"l\":1025,\"kdf\":{\"type\":\"HKDF\"}", FEATURE), "multiple of 8" },
        { SCHEMA("\"l\":true,\"kdf\":{\"type\":\"HKDF\"}", FEATURE), "whole number" },
        { SCHEMA(CONFIG, ""), "1 to 63" },
        { SCHEMA(CONFIG, FEATURE "," FEATURE), "features[1]" },
        { SCHEMA(CONFIG, "{\"identifier\":\"a\",\"ignored\":true}"), "every feature is ignored" },
        { SCHEMA(CONFIG, "{\"identifier\":\"a\",\"ignored\":false}"), "ignored" },
        { SCHEMA(CONFIG, "7"), "features[0]: this must be an object" },
        { SCHEMA(CONFIG, "{\"identifier\":\"a\",\"weight\":2}"), "features[0].weight" },
        { IN_FEATURE("\"type\":\"string\",\"minLenght\":2", GRAM "," TEN), "features[0].format.minLenght" },
        { IN_FEATURE("\"type\":\"text\"", GRAM "," TEN), "text" },
        { IN_FEATURE("\"type\":\"date\",\"format\":\"%Y\"", GRAM "," TEN), "a year, a month and a day" },
        { IN_FEATURE("\"type\":\"date\",\"format\":\"%c\"", GRAM "," TEN), "%c" },
        { IN_FEATURE("\"type\":\"string\"", GRAM), "features[0].hashing.strategy" },
        { IN_FEATURE("\"type\":\"string\"", GRAM ",\"strategy\":{\"numBits\":3}"), "numBits" },
        { IN_FEATURE("\"type\":\"string\"", GRAM ",\"strategy\":{\"bitsPerToken\":3,\"bitsPerFeature\":3}"), "not both" },
        { IN_FEATURE("\"type\":\"string\"", GRAM ",\"strategy\":{\"bitsPerToken\":0}"), "from 1" },
        { IN_FEATURE("\"type\":\"string\"", "\"comparison\":{\"type\":\"ngram\",\"n\":0}," TEN), "from 1" },
        { IN_FEATURE("\"type\":\"string\"", "\"comparison\":{\"type\":\"soundex\"}," TEN), "soundex" },
        { IN_FEATURE("\"type\":\"date\",\"format\":\"%Y%m%d\"", "\"comparison\":{\"type\":\"numeric\",\"resolution\":1,\"thresholdDistance\":1}," TEN), "numeric" },
        { IN_FEATURE("\"type\":\"string\"", GRAM "," TEN ",\"hash\":{\"type\":\"blakeHash\",\"prevent_singularity\":true}"), "prevent_singularity" },
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct link_schema s;
        struct complaint c = { 0 };
        assert_false(link_schema_read(&scratch, str_of(bad[i].json), &s, &c));
        if (!str_has(c.what, str_of(bad[i].said))) fail_msg("%zu: %.*s", i, STR_ARG(c.what));
    }
    (void)schema_of(SCHEMA(CONFIG, FEATURE));
    (void)schema_of(SCHEMA("\"l\":1000,\"kdf\":{\"type\":\"HKDF\"}", "{\"identifier\":\"a\",\"format\":{\"type\":\"string\"},\"hashing\":{" GRAM "," TEN ",\"hash\":{\"type\":\"doubleHash\"}}}"));
}

static void a_fingerprint_is_of_what_a_schema_means(void **state)
{
    (void)state;
    struct link_schema one = schema_of(SCHEMA(CONFIG, FEATURE));
    struct link_schema same = schema_of("{ \"features\": [" FEATURE "],\n\n \"clkConfig\": {\"xorFolds\": 0," CONFIG "}, \"version\": 3 }");
    struct link_schema other = schema_of(SCHEMA("\"l\":512,\"kdf\":{\"type\":\"HKDF\"}", FEATURE));
    assert_memory_equal(one.fingerprint, same.fingerprint, LINK_FINGERPRINT_BYTES);
    assert_memory_not_equal(one.fingerprint, other.fingerprint, LINK_FINGERPRINT_BYTES);

    unsigned char a[LINK_CHECK_BYTES], b[LINK_CHECK_BYTES];
    struct link_secret x = secret_of("correct horse battery staple"), y = secret_of("correct horse battery stapler");
    link_key_check(&one, &x, a);
    link_key_check(&same, &x, b);
    assert_memory_equal(a, b, sizeof a);
    link_key_check(&one, &y, b);
    assert_memory_not_equal(a, b, sizeof a);
    assert_memory_not_equal(a, link_keys(&scratch, &one, &x), sizeof a); /* it is no part of a key */
}

static void a_secret_others_can_read_or_guess_is_refused(void **state)
{
    (void)state;
    struct link_secret s;
    assert_int_equal(link_secret_take(&scratch, S("secret"), &s), LINK_SECRET_SHORT);
    assert_int_equal(link_secret_take(&scratch, S(""), &s), LINK_SECRET_SHORT);
    assert_int_equal(link_secret_take(&scratch, S("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), &s), LINK_SECRET_WEAK);
    assert_int_equal(link_secret_take(&scratch, S("1998030719970101"), &s), LINK_SECRET_WEAK);
    assert_int_equal(link_secret_take(&scratch, S("correct horse battery staple"), &s), LINK_SECRET_GOOD);

    const char *path = arena_format(&scratch, "%s/secret", help_folder()).p;
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("correct horse battery staple\r\n", f);
    fclose(f);
    chmod(path, 0640);
    assert_int_equal(link_secret_read(&scratch, path, &s), LINK_SECRET_GOOD);
    assert_true(s.is_open);
    chmod(path, 0600);
    assert_int_equal(link_secret_read(&scratch, path, &s), LINK_SECRET_GOOD);
    assert_true(str_eq((str){ (char *)s.bytes, s.n }, S("correct horse battery staple")));
    f = fopen(path, "w");
    for (size_t i = 0; i <= LINK_SECRET_MAX; i++) fputc("abcdefghijklmnop"[i % 16], f);
    fclose(f);
    assert_int_equal(link_secret_read(&scratch, path, &s), LINK_SECRET_LONG);
}

static void days_are_read_as_python_reads_them(void **state)
{
    (void)state;
    static const struct {
        const char *format, *text, *day;
    } all[] = {
        { "%Y-%m-%d", "1998-03-07", "19980307" }, { "%Y-%m-%d", "1998-3-7", "19980307" },
        { "%Y-%m-%d", "1998-02-30", NULL },       { "%Y-%m-%d", "2000-02-29", "20000229" },
        { "%Y-%m-%d", "1900-02-29", NULL },       { "%Y-%m-%d", "1998-03-07 ", NULL },
        { "%Y%m%d", "1998307", "19980307" },      { "%Y%m%d", "199811", "19980101" },
        { "%Y%m%d", "19981123", "19981123" },     { "%d.%m.%y", "7.3.68", "20680307" },
        { "%d.%m.%y", "7.3.69", "19690307" },     { "%d %b %Y", "7 mar 1998", "19980307" },
        { "%d %B %Y", "7  MARCH 1998", "19980307" }, { "%Y %j", "1998 066", "19980307" },
        { "%Y %j", "1999 366", NULL },            { "%d%%%m%%%Y", "7%3%1998", "19980307" },
        { "%Y-%m-%d", "0098-03-07", NULL },       { "%Y-%m-%d", "", NULL },
        { "%Y-%m-%d", "1998-13-07", NULL },       { "%d/%m/%Y", "07/03/1998", "19980307" },
    };
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        char day[8];
        bool is_day = link_day(str_of(all[i].format), str_of(all[i].text), day);
        if (is_day != (all[i].day != NULL)) fail_msg("%s %s", all[i].format, all[i].text);
        if (is_day) assert_memory_equal(day, all[i].day, 8);
    }
}

static void a_name_is_one_in_every_script(void **state)
{
    (void)state;
    struct link_normal *n = link_normal_open(&scratch);
    static const char *const same[][3] = {
        { "OKSANA", "Оксана", "oksana" }, { "Zoë", "ZOE", "zoe" }, { "Nguyễn Thị", "nguyen  thi ", "nguyen thi" },
        { "O'Brien", "O’BRIEN", "obrien" }, { "Anne-Marie", "Anne Marie", "anne marie" }, { "Łukasz", "Lukasz", "lukasz" },
        { "Μαρία", "Maria", "maria" }, { "ﬁlip", "FILIP", "filip" },
    };
    for (size_t i = 0; i < COUNT_OF(same); i++)
        for (int k = 0; k < 2; k++) {
            str have = link_normal(n, &scratch, str_of(same[i][k]));
            if (!str_eq(have, str_of(same[i][2]))) fail_msg("%s: %.*s", same[i][k], STR_ARG(have));
        }
    assert_str_equal(link_normal(n, &scratch, S(" -- ")), "");
    /* whatever it makes is made again unchanged */
    static const char *const any[] = { "محمد", "张伟", "สมชาย", "Привет мир", "ភាសាខ្មែរ", "אברהם", "👍 a" };
    for (size_t i = 0; i < COUNT_OF(any); i++) {
        str once = link_normal(n, &scratch, str_of(any[i]));
        assert_true(str_eq(once, link_normal(n, &scratch, once)));
        assert_true(once.n > 0);
    }
}

static void cells_that_break_their_format_are_named(void **state)
{
    (void)state;
    struct link_schema s = schema_of(SCHEMA(CONFIG,
        "{\"identifier\":\"n\",\"format\":{\"type\":\"integer\",\"minimum\":5,\"maximum\":99},\"hashing\":{" GRAM "," TEN "}},"
        "{\"identifier\":\"u\",\"format\":{\"type\":\"string\",\"case\":\"upper\",\"minLength\":2,\"maxLength\":3},\"hashing\":{" GRAM "," TEN ",\"missingValue\":{\"sentinel\":\"\"}}},"
        "{\"identifier\":\"p\",\"format\":{\"type\":\"string\",\"encoding\":\"ascii\",\"pattern\":\"[a-z]+\"},\"hashing\":{" GRAM "," TEN "}},"
        "{\"identifier\":\"e\",\"format\":{\"type\":\"enum\",\"values\":[\"M\",\"F\"]},\"hashing\":{\"comparison\":{\"type\":\"exact\"}," TEN "}}"));
    struct link_secret secret = secret_of("correct horse battery staple");
    struct complaint c;
    struct link_encoder *strict = link_encoder_open(&scratch, &s, &secret, (struct link_encode_options){ 0 }, &c);
    struct link_encoder *lenient = link_encoder_open(&scratch, &s, &secret, (struct link_encode_options){ .is_lenient = true }, &c);
    static const struct {
        const char *cell[4];
        int feature; /* -1: good */
        bool passes;
    } rows[] = {
        { { " +07 ", "ÄB", "ab", "M" }, -1, true }, { { "7", "", "ab", "F" }, -1, true },
        { { "100", "AB", "ab", "M" }, 0, true },    { { "4", "AB", "ab", "M" }, 0, true },
        { { "", "AB", "ab", "M" }, 0, false },      { { "7a", "AB", "ab", "M" }, 0, false },
        { { "7", "A", "ab", "M" }, 1, true },       { { "7", "ABCD", "ab", "M" }, 1, true },
        { { "7", "Ab", "ab", "M" }, 1, true },      { { "7", "AB", "ab1", "M" }, 2, true },
        { { "7", "AB", "äb", "M" }, 2, false },     { { "7", "AB", "ab", "X" }, 3, true },
        { { "99999999999999999999999999", "AB", "ab", "M" }, 0, true },
    };
    unsigned char first[128], filter[128];
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        str cells[4];
        for (int k = 0; k < 4; k++) cells[k] = str_of(rows[i].cell[k]);
        struct link_fault fault;
        bool is_good = link_encode(strict, cells, filter, &fault);
        if (is_good != (rows[i].feature < 0)) fail_msg("row %zu", i);
        if (!is_good) assert_int_equal(fault.feature, rows[i].feature);
        if (link_encode(lenient, cells, filter, &fault) != rows[i].passes) fail_msg("lenient row %zu", i);
        if (i == 0) memcpy(first, filter, sizeof first);
    }
    /* 7 is +07; what is missing adds nothing */
    str again[4] = { S("7"), S("ÄB"), S("ab"), S("M") };
    struct link_fault fault;
    assert_true(link_encode(strict, again, filter, &fault));
    assert_memory_equal(first, filter, sizeof first);
}

static size_t told;
static void count_notice(void *context, str notice)
{
    (void)context;
    if (getenv("TELL")) fprintf(stderr, "%.*s\n", STR_ARG(notice));
    told++;
}

static void the_recommended_schema_needs_no_notice(void **state)
{
    (void)state;
    unsigned char salt[64] = { 1 };
    str json = link_recommended(&scratch, salt, sizeof salt);
    struct link_schema s;
    struct complaint c;
    if (!link_schema_read(&scratch, json, &s, &c)) fail_msg("%.*s", STR_ARG(c.what));
    assert_int_equal(link_schema_lint(&s, &scratch, count_notice, NULL), 0);
    double fill = link_schema_fill(&s);
    assert_true(fill > 0.35 && fill < 0.5);
    struct link_schema weak = schema_of(SCHEMA(CONFIG, "{\"identifier\":\"case_id\",\"format\":{\"type\":\"string\"},\"hashing\":{" GRAM "," TEN ",\"hash\":{\"type\":\"doubleHash\"}}}"));
    told = 0;
    size_t n = link_schema_lint(&weak, &scratch, count_notice, NULL);
    assert_int_equal(n, told);
    assert_true(n >= 7);
    /* What is to be said of two features is said once. */
#define WEAK(name) "{\"identifier\":\"" name "\",\"format\":{\"type\":\"string\"},\"hashing\":{" GRAM "," TEN ",\"hash\":{\"type\":\"doubleHash\"}}}"
    struct link_schema two = schema_of(SCHEMA(CONFIG, WEAK("case_id") "," WEAK("case_no")));
    assert_int_equal(link_schema_lint(&two, &scratch, count_notice, NULL), n);
}

static str write_file(const char *name, str text)
{
    const char *path = arena_format(&scratch, "%s/%s", help_folder(), name).p;
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fwrite(text.p, 1, text.n, f);
    fclose(f);
    return str_of(path);
}

static void files_of_encodings_come_back_and_say_if_they_cannot_be_mixed(void **state)
{
    (void)state;
    struct link_schema s = schema_of(SCHEMA(CONFIG, FEATURE)), t = schema_of(SCHEMA("\"l\":1024,\"xor_folds\":1,\"kdf\":{\"type\":\"HKDF\"}", FEATURE));
    struct link_secret x = secret_of("correct horse battery staple"), y = secret_of("battery correct staple horse");
    const struct link_mark marks[] = { link_mark_of(&scratch, &s, &x, false, false), link_mark_of(&scratch, &t, &x, false, false),
                                       link_mark_of(&scratch, &s, &y, false, false), link_mark_of(&scratch, &s, &x, true, false),
                                       link_mark_of(&scratch, &s, &x, false, true) };
    struct link_clks in[COUNT_OF(marks)];
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        struct link_clks_out out;
        const char *path = arena_format(&scratch, "%s/%zu.json", help_folder(), i).p;
        link_clks_begin(&out, &scratch, path, 1024);
        for (unsigned r = 0; r < 300; r++) {
            unsigned char filter[128] = { (unsigned char)r, (unsigned char)(r >> 8), [127] = 0xff };
            link_clks_put(&out, filter);
        }
        link_clks_end(&out, &scratch, &marks[i]);
        struct complaint c;
        if (!link_clks_read(&scratch, path, &in[i], &c)) fail_msg("%.*s", STR_ARG(c.what));
        assert_int_equal(in[i].rows, 300);
        assert_int_equal(in[i].bits, 1024);
        assert_int_equal(in[i].count[257], 10);
        assert_null(link_clks_differ(&in[i], &in[i]));
    }
    static const char *const said[] = { NULL, "schemas", "secrets", "normalised", "blanks" };
    for (size_t i = 1; i < COUNT_OF(marks); i++) assert_non_null(strstr(link_clks_differ(&in[0], &in[i]), said[i]));

    struct complaint c;
    struct link_clks plain;
    str path = write_file("plain.json", S(" {\"clks\" : [\"AQ==\", \"\\/w==\"] , \"x\": {\"y\": [1, \"]\\\"\"]}}\n"));
    assert_true(link_clks_read(&scratch, path.p, &plain, &c));
    assert_int_equal(plain.bits, 8);
    assert_int_equal(plain.count[1], 8);
    assert_false(plain.mark.is_there);
    assert_non_null(link_clks_differ(&in[0], &plain));
}

static void files_that_are_no_encodings_are_refused_at_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line, column;
    } bad[] = {
        { "", 1, 1 }, { "[]", 1, 1 }, { "{}", 1, 2 }, { "{\"a\":1}", 1, 8 }, { "{\"clks\":[\n\"AQ==\",\n\"AQI=\"]}", 3, 7 },
        { "{\"clks\":[\"A\"]}", 1, 13 }, { "{\"clks\":[\"\"]}", 1, 12 }, { "{\"clks\":[\"AQ==\"", 1, 16 }, { "{\"clks\":[\"AQ==\"]", 1, 17 },
        { "{\"clks\":[]}x", 1, 12 }, { "{\"clks\":[],\"clks\":[]}", 1, 19 }, { "{\"clks\":[1]}", 1, 10 }, { "{\"clks\":{}}", 1, 9 },
        { "{\"clks\":[],\"blueheart\":{\"link\":2}}", 1, 34 }, { "{\"clks\":[\"AQ==\",]}", 1, 17 }, { "{\"x\":[[[[[[[[[[[[[[[[[[[[[[", 1, 22 },
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct link_clks in;
        struct complaint c = { 0 };
        str path = write_file("bad.json", str_of(bad[i].text));
        if (link_clks_read(&scratch, path.p, &in, &c)) fail_msg("%s", bad[i].text);
        if (c.line != bad[i].line || c.column != bad[i].column) fail_msg("%s: %d:%d %.*s", bad[i].text, c.line, c.column, STR_ARG(c.what));
    }
}

int main(void)
{
    vectors = json_load_file("test/measure/link_clk_vectors.json", 0, NULL);
    if (!vectors || sodium_init() < 0) return 1;
#define T(f) cmocka_unit_test_setup_teardown(f, help_begin, help_end)
    const struct CMUnitTest tests[] = {
        T(keys_are_those_of_the_rfc),
        T(values_are_cut_as_clkhash_cuts_them),
        T(tokens_set_the_bits_clkhash_sets),
        T(a_singular_token_is_handled_as_clkhash_does),
        T(whole_records_are_clkhashs),
        T(a_fold_is_the_halves_xor),
        T(what_a_schema_does_not_say_rightly_is_refused_with_its_path),
        T(a_fingerprint_is_of_what_a_schema_means),
        T(a_secret_others_can_read_or_guess_is_refused),
        T(days_are_read_as_python_reads_them),
        T(a_name_is_one_in_every_script),
        T(cells_that_break_their_format_are_named),
        T(the_recommended_schema_needs_no_notice),
        T(files_of_encodings_come_back_and_say_if_they_cannot_be_mixed),
        T(files_that_are_no_encodings_are_refused_at_their_place),
    };
    int failed = cmocka_run_group_tests_name("link: encode", tests, NULL, NULL);
    json_decref(vectors);
    return failed;
}

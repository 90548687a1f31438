/* The known attacks on Bloom filter encodings, against a weak setting and against the recommended one. Whoever attacks
 * has the encodings and knows how frequent names are among the people; he has not the secret.
 *
 * 1. Frequency: the most frequent encoding is the most frequent name (Kuzu, Kantarcioglu, Durham & Malin 2011).
 * 2. Double hashing: every token is an arithmetic progression of bits, and there are only l * l of them; those that stand
 *    in many filters are tokens of names (Kroll & Steinmetzer 2015).
 * 3. Pattern mining: bits that always come together are one token's (Christen, Ranbaduge, Vatsalan & Schnell 2018). */
#include "test/unit/help.h"

#include "link/encode.h"
#include "link/recommended.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#define PEOPLE 2000
#define NAMES  300
#define BITS   1024
#define WORDS  ((PEOPLE + 63) / 64)

struct people {
    str name[NAMES], given[NAMES];
    unsigned of[PEOPLE], given_of[PEOPLE];
    str cell[PEOPLE][5];
};

/* The i-th most frequent of n, as often as 1 / (i + flat): names everywhere come near to that. */
static unsigned frequent(unsigned n, unsigned flat)
{
    double all = 0, at = draw(1u << 30) / (double)(1u << 30);
    for (unsigned i = 0; i < n; i++) all += 1.0 / (i + flat);
    for (unsigned i = 0; i < n; i++) {
        at -= 1.0 / (i + flat) / all;
        if (at < 0) return i;
    }
    return n - 1;
}

/* Syllables of a consonant and a vowel, some consonants more often than others. */
static str invented_name(void)
{
    char name[12];
    unsigned n = 0, syllables = 2 + draw(3);
    for (unsigned i = 0; i < syllables; i++) {
        name[n++] = "nrlkmstvdbzgfhp"[draw(1 + draw(15))];
        name[n++] = "aeiou"[draw(1 + draw(5))];
    }
    if (draw(3) == 0) name[n++] = "nrskz"[draw(5)];
    return arena_str(&scratch, (str){ name, n });
}

static struct people *people_of(void)
{
    struct people *p = arena_new(&scratch, struct people, 1);
    draw_seed(11);
    for (unsigned i = 0; i < NAMES; i++) {
        p->given[i] = invented_name();
        p->name[i] = invented_name();
        for (unsigned k = 0; k < i; k++)
            if (str_eq(p->name[k], p->name[i])) k = (unsigned)-1, p->name[i] = invented_name(); /* each once */
    }
    for (unsigned r = 0; r < PEOPLE; r++) {
        p->of[r] = frequent(NAMES, 4);
        p->given_of[r] = frequent(NAMES, 1);
        p->cell[r][0] = p->given[p->given_of[r]];
        p->cell[r][1] = p->name[p->of[r]];
        p->cell[r][2] = arena_format(&scratch, "%u-%02u-%02u", 1970 + draw(40), 1 + draw(12), 1 + draw(28));
        p->cell[r][3] = draw(4) ? S("F") : S("M");
        p->cell[r][4] = str_of((const char *[]){ "UKR", "NGA", "VNM", "MDA" }[frequent(4, 1)]);
    }
    return p;
}

#define WEAK \
    "{\"version\":3,\"clkConfig\":{\"l\":1024,\"kdf\":{\"type\":\"HKDF\"}},\"features\":[{\"identifier\":\"family_name\",\"format\":{\"type\":\"string\"}," \
    "\"hashing\":{\"comparison\":{\"type\":\"ngram\",\"n\":2},\"strategy\":{\"bitsPerToken\":15},\"hash\":{\"type\":\"doubleHash\"}}}]}"
#define WEAK_BLAKE \
    "{\"version\":3,\"clkConfig\":{\"l\":1024,\"kdf\":{\"type\":\"HKDF\"}},\"features\":[{\"identifier\":\"family_name\",\"format\":{\"type\":\"string\"}," \
    "\"hashing\":{\"comparison\":{\"type\":\"ngram\",\"n\":2},\"strategy\":{\"bitsPerToken\":15}}}]}"

struct encoded {
    struct link_schema schema;
    const unsigned char *keys;
    size_t feature; /* of the family name */
    unsigned char filter[PEOPLE][BITS / 8];
    uint64_t column[BITS][WORDS]; /* who has the bit */
};

static struct encoded *encoded_with(const struct people *p, str json, size_t feature, size_t cell)
{
    struct encoded *e = arena_new(&scratch, struct encoded, 1);
    struct complaint c;
    struct link_secret secret;
    struct link_fault fault;
    assert_int_equal(link_secret_take(&scratch, S("nobody who attacks has these words"), &secret), LINK_SECRET_GOOD);
    if (!link_schema_read(&scratch, json, &e->schema, &c)) fail_msg("%.*s", STR_ARG(c.what));
    struct link_encoder *enc = link_encoder_open(&scratch, &e->schema, &secret, (struct link_encode_options){ 0 }, &c);
    e->feature = feature;
    e->keys = link_keys(&scratch, &e->schema, &secret) + 2 * feature * e->schema.key_size;
    for (unsigned r = 0; r < PEOPLE; r++) {
        assert_true(link_encode(enc, p->cell[r] + cell, e->filter[r], &fault));
        for (unsigned b = 0; b < BITS; b++)
            if (e->filter[r][b / 8] >> (7 - b % 8) & 1) e->column[b][r / 64] |= (uint64_t)1 << r % 64;
    }
    return e;
}

static struct encoded *weak(const struct people *p)
{
    return encoded_with(p, S(WEAK), 0, 1);
}

static struct encoded *recommended(const struct people *p)
{
    static const unsigned char salt[64] = { 7 };
    return encoded_with(p, link_recommended(&scratch, salt, sizeof salt), 1, 0);
}

/* The same five fields without the fold. */
static struct encoded *not_folded(const struct people *p)
{
    static const unsigned char salt[64] = { 7 };
    str json = link_recommended(&scratch, salt, sizeof salt);
    char *text = arena_take(&scratch, json.n + 1);
    memcpy(text, json.p, json.n);
    for (const char *const *key = (const char *const[]){ "\"xorFolds\": ", "\"xor_folds\": ", NULL }; *key; key++) {
        char *at = strstr(text, *key);
        assert_non_null(at);
        at[strlen(*key)] = '0';
    }
    return encoded_with(p, str_of(text), 1, 0);
}

/* ---- 1. frequency */

struct crowd_of {
    const unsigned char *filter;
    unsigned n;
};

static int most_first(const void *a, const void *b)
{
    const struct crowd_of *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n ? 1 : -1) : memcmp(x->filter, y->filter, BITS / 8);
}

/* Names are numbered by how frequent they are: the i-th most frequent encoding is taken to be name i. Percent of people
 * whose given name is found. */
static double named_by_frequency(const struct people *p, const struct encoded *e)
{
    struct crowd_of *all = arena_new(&scratch, struct crowd_of, PEOPLE);
    unsigned n = 0, right = 0;
    for (unsigned r = 0; r < PEOPLE; r++) {
        unsigned k = 0;
        while (k < n && memcmp(all[k].filter, e->filter[r], BITS / 8) != 0) k++;
        if (k == n) all[n++] = (struct crowd_of){ e->filter[r], 0 };
        all[k].n++;
    }
    qsort(all, n, sizeof *all, most_first);
    for (unsigned r = 0; r < PEOPLE; r++)
        if (p->given_of[r] < n && memcmp(all[p->given_of[r]].filter, e->filter[r], BITS / 8) == 0) right++;
    return 100.0 * right / PEOPLE;
}

static void frequency_names_people_in_a_field_alone_and_not_among_five(void **state)
{
    (void)state;
    const struct people *p = people_of();
    double in_weak = named_by_frequency(p, encoded_with(p, S(WEAK), 0, 0)), in_recommended = named_by_frequency(p, recommended(p));
    printf("frequency of encodings: %.1f %% of people named in the weak setting, %.1f %% in the recommended one\n", in_weak, in_recommended);
    assert_true(in_weak > 25);
    assert_true(in_recommended < 1);
}

/* ---- 2. double hashing */

static unsigned people_with(const struct encoded *e, const uint16_t *bits, unsigned n, unsigned enough)
{
    uint64_t both[WORDS];
    memcpy(both, e->column[bits[0]], sizeof both);
    unsigned people = PEOPLE;
    for (unsigned i = 1; i < n && people >= enough; i++) {
        people = 0;
        for (unsigned w = 0; w < WORDS; w++) {
            both[w] &= e->column[bits[i]][w];
            people += (unsigned)__builtin_popcountll(both[w]);
        }
    }
    return people;
}

struct pattern {
    uint16_t bit[64];
    unsigned n, people;
};

static int most_people_first(const void *a, const void *b)
{
    const struct pattern *x = a, *y = b;
    return x->people != y->people ? (x->people < y->people ? 1 : -1) : memcmp(x->bit, y->bit, sizeof x->bit);
}

#define PATTERNS_MOST 4000

/* Every progression of 15 bits that at least one in forty has. */
static size_t progressions(const struct encoded *e, struct pattern *out)
{
    size_t n = 0;
    for (unsigned first = 0; first < BITS; first++)
        for (unsigned step = 1; step < BITS && n < PATTERNS_MOST; step++) {
            struct pattern p = { .n = 15 };
            for (unsigned i = 0; i < 15; i++) p.bit[i] = (uint16_t)((first + i * step) % BITS);
            if (15 * step % BITS == 0 || BITS % (step * 8) == 0 || step % 64 == 0) continue; /* too few different bits */
            p.people = people_with(e, p.bit, 15, PEOPLE / 40);
            if (p.people >= PEOPLE / 40) out[n++] = p;
        }
    qsort(out, n, sizeof *out, most_people_first);
    return n;
}

/* ---- 3. pattern mining */

static unsigned with_both(const struct encoded *e, unsigned i, unsigned j, uint64_t who[WORDS])
{
    unsigned people = 0;
    for (unsigned w = 0; w < WORDS; w++) {
        who[w] = e->column[i][w] & e->column[j][w];
        people += (unsigned)__builtin_popcountll(who[w]);
    }
    return people;
}

/* Two bits stand for a token when many others are set wherever both are. The pattern is those bits; what is in it by way
 * of a more frequent pattern is that one's, and taken out. */
static size_t mined(const struct encoded *e, struct pattern *out)
{
    size_t n = 0;
    unsigned fill = 0;
    for (unsigned i = 0; i < BITS; i++) fill += people_with(e, (uint16_t[]){ (uint16_t)i, (uint16_t)i }, 2, 0);
    double chance = (double)fill / BITS / PEOPLE; /* that a bit is set */
    for (unsigned seed = 0; seed < 6000 && n < PATTERNS_MOST; seed++) {
        unsigned i = draw(BITS), best = 0, most = 0;
        uint64_t who[WORDS];
        double lift = 0;
        /* the bit that comes with i more often than chance would have it */
        for (unsigned k = 0; k < 40; k++) {
            unsigned j = draw(BITS), both = i == j ? 0 : with_both(e, i, j, who);
            unsigned have = people_with(e, (uint16_t[]){ (uint16_t)j, (uint16_t)j }, 2, 0);
            double more = have ? (double)both / have : 0;
            if (both >= PEOPLE / 60 && more > lift) lift = more, best = j, most = both;
        }
        if (!most || lift < 2 * chance) continue;
        (void)with_both(e, i, best, who);
        struct pattern p = { .people = most };
        for (unsigned j = 0; j < BITS && p.n < 64; j++) {
            unsigned all = 0;
            for (unsigned w = 0; w < WORDS; w++) all += (unsigned)__builtin_popcountll(who[w] & e->column[j][w]);
            if (100 * all >= 98 * most) p.bit[p.n++] = (uint16_t)j;
        }
        if (p.n >= 8 && p.n < 64) out[n++] = p;
    }
    qsort(out, n, sizeof *out, most_people_first);
    for (size_t k = 0; k < n; k++)
        for (size_t m = 0; m < k; m++) {
            unsigned within = 0, left = 0;
            for (unsigned a = 0; a < out[m].n; a++)
                for (unsigned b = 0; b < out[k].n; b++) within += out[m].bit[a] == out[k].bit[b];
            if (!out[m].n || within < out[m].n || out[m].n == out[k].n) continue;
            for (unsigned b = 0; b < out[k].n; b++) {
                bool is_its = false;
                for (unsigned a = 0; a < out[m].n; a++) is_its |= out[m].bit[a] == out[k].bit[b];
                if (!is_its) out[k].bit[left++] = out[k].bit[b];
            }
            out[k].n = left;
        }
    return n;
}

/* ---- what was found, beside the truth */

struct token {
    str words;
    unsigned people;
};

static int most_people_first_of_tokens(const void *a, const void *b)
{
    const struct token *x = a, *y = b;
    return x->people != y->people ? (x->people < y->people ? 1 : -1) : str_cmp(x->words, y->words);
}

/* The bigrams of family names, the most frequent first. */
static size_t tokens_of(const struct people *p, const struct encoded *e, struct token *out)
{
    size_t n = 0;
    const struct link_feature *f = &e->schema.feature[e->feature];
    for (unsigned r = 0; r < PEOPLE; r++) {
        str tokens[40];
        const char *why;
        size_t many = link_tokens(f, &scratch, p->cell[r][1], tokens, 40, &why);
        for (size_t t = 0; t < many; t++) {
            size_t k = 0;
            while (k < n && !str_eq(out[k].words, tokens[t])) k++;
            if (k == n) out[n++] = (struct token){ tokens[t], 0 };
            out[k].people++;
        }
    }
    qsort(out, n, sizeof *out, most_people_first_of_tokens);
    return n;
}

/* How many of the thirty most frequent bigrams have their bits read off: a pattern that shares two thirds with them. */
static unsigned read_off(const struct people *p, const struct encoded *e, const struct pattern *pattern, size_t n)
{
    struct token *token = arena_new(&scratch, struct token, 1000);
    size_t tokens = tokens_of(p, e, token);
    unsigned found = 0;
    assert_true(tokens > 60);
    for (size_t t = 0; t < 30; t++) {
        uint16_t bits[15];
        bool is_found = false, has[BITS] = { false };
        link_token_bits(&e->schema.feature[e->feature], e->keys, e->schema.key_size, e->schema.hashed, token[t].words, 15, bits);
        unsigned different = 0;
        for (unsigned i = 0; i < 15; i++) {
            different += !has[bits[i] % BITS];
            has[bits[i] % BITS] = true;
        }
        for (size_t k = 0; k < n && !is_found; k++) {
            unsigned both = 0;
            for (unsigned i = 0; i < pattern[k].n; i++) both += has[pattern[k].bit[i]];
            is_found = 3 * both >= 2 * (different + pattern[k].n - both);
        }
        found += is_found;
    }
    return found;
}

static void double_hashing_is_read_and_independent_hashes_are_not(void **state)
{
    (void)state;
    const struct people *p = people_of();
    struct pattern *pattern = arena_new(&scratch, struct pattern, PATTERNS_MOST);
    struct encoded *e = weak(p);
    unsigned in_weak = read_off(p, e, pattern, progressions(e, pattern));
    e = recommended(p);
    unsigned in_recommended = read_off(p, e, pattern, progressions(e, pattern));
    printf("progressions of double hashing: bits of %u of the 30 most frequent bigrams read off in the weak setting, %u in the recommended one\n", in_weak, in_recommended);
    assert_true(in_weak >= 27);
    assert_true(in_recommended == 0);
}

static void bits_that_come_together_are_read_and_folded_ones_are_not(void **state)
{
    (void)state;
    const struct people *p = people_of();
    struct pattern *pattern = arena_new(&scratch, struct pattern, PATTERNS_MOST);
    struct encoded *e = weak(p);
    unsigned in_weak = read_off(p, e, pattern, mined(e, pattern));
    e = encoded_with(p, S(WEAK_BLAKE), 0, 1);
    unsigned in_blake = read_off(p, e, pattern, mined(e, pattern));
    e = not_folded(p);
    unsigned in_five = read_off(p, e, pattern, mined(e, pattern));
    e = recommended(p);
    unsigned in_recommended = read_off(p, e, pattern, mined(e, pattern));
    printf("pattern mining: bits of %u of the 30 most frequent bigrams read off in the weak setting, %u with BLAKE2b but one field and no fold, %u with five fields and no fold, %u in the recommended one\n",
           in_weak, in_blake, in_five, in_recommended);
    assert_true(in_weak >= 12);
    assert_true(in_blake >= 12);
    assert_true(in_recommended <= 1);
}

int main(void)
{
    if (sodium_init() < 0) return 1;
#define T(f) cmocka_unit_test_setup_teardown(f, help_begin, help_end)
    const struct CMUnitTest tests[] = {
        T(frequency_names_people_in_a_field_alone_and_not_among_five),
        T(double_hashing_is_read_and_independent_hashes_are_not),
        T(bits_that_come_together_are_read_and_folded_ones_are_not),
    };
    return cmocka_run_group_tests_name("link: attacks", tests, NULL, NULL);
}

/* What linking costs: link-bench [PEOPLE]. For each kernel this processor has, million pairs a second on one thread, of
 * random filters at a threshold of 0.7, beside what the same processor does when nothing is loaded or kept: AND, count and
 * add on registers alone. Then two threads, and encodings a second. */
#include "base/clock.h"
#include "link/assign.h"
#include "link/encode.h"
#include "link/recommended.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#if defined(__x86_64__)
#include <immintrin.h>

/* Eight chains, so that the adding does not wait; all in registers. Million pairs of `words` words a second. */
__attribute__((target("avx512f,avx512vpopcntdq"))) static double limit_avx512(size_t words)
{
    __m512i a[4], b[2], sum[8];
    for (int i = 0; i < 4; i++) a[i] = _mm512_set1_epi64(0x123456789abcdefLL * (i + 1));
    for (int i = 0; i < 2; i++) b[i] = _mm512_set1_epi64(0x7edcba987654321LL * (i + 3));
    for (int i = 0; i < 8; i++) sum[i] = _mm512_setzero_si512();
    const long rounds = 8000000; /* some 30 ms: about as long as the pairs take */
    int64_t from = clock_ticks_us();
    for (long r = 0; r < rounds; r++) {
#pragma GCC unroll 8
        for (int i = 0; i < 8; i++) {
            __asm__ volatile("" : "+v"(a[i / 2])); /* or it would all be done once */
            sum[i] = _mm512_add_epi64(sum[i], _mm512_popcnt_epi64(_mm512_and_si512(a[i / 2], b[i % 2])));
        }
    }
    int64_t us = clock_ticks_us() - from;
    for (int i = 1; i < 8; i++) sum[0] = _mm512_add_epi64(sum[0], sum[i]);
    if (_mm512_reduce_add_epi64(sum[0]) == 1) printf("!");
    return (double)rounds * 8 * 8 / (double)words / (double)us;
}
static bool has_limit(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq");
}
#else
static double limit_avx512(size_t words)
{
    (void)words;
    return 0;
}
static bool has_limit(void)
{
    return false;
}
#endif

static struct arena life;

static struct link_clks random_list(size_t rows, unsigned bits)
{
    struct link_clks l = { .rows = rows, .bits = bits, .words = bits / 64 };
    l.filter = arena_new(&life, uint64_t, rows * l.words);
    l.count = arena_new(&life, uint32_t, rows);
    randombytes_buf(l.filter, rows * l.words * 8);
    for (size_t r = 0; r < rows; r++)
        for (size_t w = 0; w < l.words; w++) l.count[r] += (unsigned)__builtin_popcountll(l.filter[r * l.words + w]);
    return l;
}

/* Million pairs a second. */
static double pairs_a_second(const struct link_lists *l, const struct link_kernel *kernel, unsigned threads)
{
    struct arena a;
    arena_open(&a, LINK_MEMORY_MAX);
    struct link_compare c = { .lists = l, .threshold = { 7, 10 }, .kernel = kernel, .threads = threads, .pairs_most = 1000000 };
    struct link_pairs p;
    int64_t from = clock_ticks_us();
    if (!link_compare(&a, &c, &p)) exit(1);
    double have = (double)p.compared / (double)(clock_ticks_us() - from);
    arena_close(&a);
    return have;
}

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* The limit and each kernel by turns, so that what else the machine does falls on all; the best of each. */
static void bench_pairs(size_t rows, unsigned bits)
{
    struct link_clks list[2] = { random_list(rows, bits), random_list(rows, bits) };
    struct link_lists l;
    if (!link_lists_of(list, 2, &l)) exit(1);
    double limit = 0, one[8] = { 0 }, two = 0;
    for (int round = 0; round < 15; round++) {
        for (size_t k = 0; link_kernel_at(k); k++) {
            if (!link_kernel_at(k)->runs() || (k > 0 && round > 3)) continue;
            if (has_limit()) limit = larger(limit, limit_avx512(bits / 64));
            one[k] = larger(one[k], pairs_a_second(&l, link_kernel_at(k), 1));
        }
        two = larger(two, pairs_a_second(&l, link_kernel(NULL), 2));
    }
    printf("%zu x %zu random filters of %u bits, million pairs a second\n", rows, rows, bits);
    if (limit > 0) printf("  %-28s %8.0f\n", "AND, count, add on registers", limit);
    for (size_t k = 0; link_kernel_at(k); k++) {
        if (!link_kernel_at(k)->runs()) continue;
        printf("  %-28s %8.0f", link_kernel_at(k)->name, one[k]);
        if (limit > 0) printf("  %.2f of the limit", one[k] / limit);
        if (link_kernel_at(k) == link_kernel(NULL)) printf("; two threads %.2f times as many", two / one[k]);
        printf("\n");
    }
}

static void bench_encode(size_t rows)
{
    static const char *const syllable[] = { "ka", "ro", "vi", "len", "sho", "mar", "tin", "ova", "dze", "sen", "gar", "cia", "pov", "li", "an", "de" };
    struct link_schema s;
    struct complaint c;
    struct link_secret secret;
    struct link_fault fault;
    unsigned char salt[64] = { 1 }, filter[128];
    if (!link_schema_read(&life, link_recommended(&life, salt, sizeof salt), &s, &c)) exit(1);
    (void)!link_secret_take(&life, S("a secret for measuring only"), &secret);
    struct link_encoder *e = link_encoder_open(&life, &s, &secret, (struct link_encode_options){ 0 }, &c);
    str (*cell)[5] = arena_take(&life, rows * sizeof *cell);
    for (size_t r = 0; r < rows; r++) {
        uint32_t x = (uint32_t)r * 2654435761u;
        cell[r][0] = arena_format(&life, "%s%s%s", syllable[x & 15], syllable[x >> 4 & 15], syllable[x >> 8 & 15]);
        cell[r][1] = arena_format(&life, "%s%s%s%s", syllable[x >> 12 & 15], syllable[x >> 16 & 15], syllable[x >> 20 & 15], syllable[x >> 24 & 15]);
        cell[r][2] = arena_format(&life, "%u-%02u-%02u", 1950 + x % 60, 1 + x / 60 % 12, 1 + x / 720 % 28);
        cell[r][3] = x >> 7 & 1 ? S("F") : S("M");
        cell[r][4] = x >> 9 & 1 ? S("UKR") : S("NGA");
    }
    int64_t from = clock_ticks_us();
    for (size_t r = 0; r < rows; r++)
        if (!link_encode(e, cell[r], filter, &fault)) exit(1);
    printf("encoding five fields, one thread: %.0f records a second\n", (double)rows * 1e6 / (double)(clock_ticks_us() - from));
}

int main(int argc, char **argv)
{
    if (sodium_init() < 0) return 1;
    arena_open(&life, LINK_MEMORY_MAX);
    int64_t rows = 10000;
    if (argc > 1 && (!str_to_int(str_of(argv[1]), &rows) || rows < 8 || rows > 1000000)) return 2;
    bench_pairs((size_t)rows, 1024);
    bench_pairs((size_t)rows, 512);
    bench_encode(200000);
    arena_close(&life);
    return 0;
}

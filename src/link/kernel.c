#include "link/kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

/* The hits of one row against eight counts. */
INLINE size_t keep(const uint64_t *common, unsigned lanes, uint32_t row, struct link_hit *hits)
{
    size_t n = 0;
    for (; lanes; lanes &= lanes - 1) {
        uint32_t lane = (uint32_t)__builtin_ctz(lanes);
        hits[n++] = (struct link_hit){ row, lane, (uint32_t)common[lane] };
    }
    return n;
}

INLINE uint64_t ones(uint64_t x)
{
    x = x - ((x >> 1) & 0x5555555555555555u);
    x = (x & 0x3333333333333333u) + ((x >> 2) & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return x * 0x0101010101010101u >> 56;
}

INLINE size_t tile_by_word(const struct link_tile *t, struct link_hit *hits,
                           uint64_t (*count)(uint64_t))
{
    size_t n = 0;
    for (size_t r = 0; r < t->rows; r++) {
        const uint64_t *row = t->filter + r * t->words;
        uint64_t common[LINK_LANES] = { 0 }, limit = t->need[t->count[r] + t->least];
        for (size_t w = 0; w < t->words; w++)
            for (size_t k = 0; k < LINK_LANES; k++)
                common[k] += count(row[w] & t->block[w * LINK_LANES + k]);
        unsigned lanes = 0;
        for (unsigned k = 0; k < LINK_LANES; k++) lanes |= (unsigned)(common[k] >= limit) << k;
        n += keep(common, lanes, (uint32_t)r, hits + n);
    }
    return n;
}

static size_t tile_portable(const struct link_tile *t, struct link_hit *hits)
{
    return tile_by_word(t, hits, ones);
}

static bool runs_anywhere(void)
{
    return true;
}

#if defined(__x86_64__)

INLINE __attribute__((target("popcnt"))) uint64_t ones_by_instruction(uint64_t x)
{
    return (uint64_t)_mm_popcnt_u64(x);
}

__attribute__((target("popcnt"))) static size_t tile_popcnt(const struct link_tile *t,
                                                            struct link_hit *hits)
{
    size_t n = 0;
    for (size_t r = 0; r < t->rows; r++) {
        const uint64_t *row = t->filter + r * t->words;
        uint64_t common[LINK_LANES] = { 0 }, limit = t->need[t->count[r] + t->least];
        for (size_t w = 0; w < t->words; w++)
            for (size_t k = 0; k < LINK_LANES; k++)
                common[k] += ones_by_instruction(row[w] & t->block[w * LINK_LANES + k]);
        unsigned lanes = 0;
        for (unsigned k = 0; k < LINK_LANES; k++) lanes |= (unsigned)(common[k] >= limit) << k;
        n += keep(common, lanes, (uint32_t)r, hits + n);
    }
    return n;
}

static bool has_popcnt(void)
{
    return __builtin_cpu_supports("popcnt");
}

/* Mula, Kurz & Lemire 2018: the bits of each half byte from a table; bytes are added up before they could overflow. */
#define BYTES_AT_ONCE 31

__attribute__((target("avx2"))) static size_t tile_avx2(const struct link_tile *t,
                                                        struct link_hit *hits)
{
    const __m256i table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1,
                                           2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i low = _mm256_set1_epi8(15), zero = _mm256_setzero_si256();
    size_t n = 0;
    for (size_t r = 0; r < t->rows; r++) {
        const uint64_t *row = t->filter + r * t->words;
        __m256i sum[2] = { zero, zero };
        for (size_t from = 0; from < t->words; from += BYTES_AT_ONCE) {
            size_t to = from + BYTES_AT_ONCE < t->words ? from + BYTES_AT_ONCE : t->words;
            __m256i bytes[2] = { zero, zero };
            for (size_t w = from; w < to; w++) {
                __m256i a = _mm256_set1_epi64x((long long)row[w]);
                for (int h = 0; h < 2; h++) {
                    const __m256i *b = (const __m256i *)(t->block + w * LINK_LANES + 4 * h);
                    __m256i both = _mm256_and_si256(a, _mm256_loadu_si256(b));
                    __m256i lower = _mm256_shuffle_epi8(table, _mm256_and_si256(both, low));
                    __m256i upper = _mm256_shuffle_epi8(
                        table, _mm256_and_si256(_mm256_srli_epi16(both, 4), low));
                    bytes[h] = _mm256_add_epi8(bytes[h], _mm256_add_epi8(lower, upper));
                }
            }
            for (int h = 0; h < 2; h++)
                sum[h] = _mm256_add_epi64(sum[h], _mm256_sad_epu8(bytes[h], zero));
        }
        uint64_t limit = t->need[t->count[r] + t->least], common[LINK_LANES];
        __m256i below = _mm256_set1_epi64x((long long)limit - 1);
        unsigned lanes = 0;
        for (unsigned h = 0; h < 2; h++) {
            __m256i is = _mm256_cmpgt_epi64(sum[h], below);
            lanes |= (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(is)) << (4 * h);
        }
        if (!lanes) continue;
        _mm256_storeu_si256((__m256i *)common, sum[0]);
        _mm256_storeu_si256((__m256i *)(common + 4), sum[1]);
        n += keep(common, lanes, (uint32_t)r, hits + n);
    }
    return n;
}

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}

#define AVX512 __attribute__((target("avx512f,avx512vpopcntdq,popcnt")))

/* Four rows share each load of the block; `words` is a constant where the compiler can unroll. */
INLINE AVX512 size_t four_rows(const struct link_tile *t, size_t words, size_t r, size_t rows,
                               struct link_hit *hits)
{
    const uint64_t *row[4];
    __m512i sum[4];
    for (size_t i = 0; i < 4; i++) {
        row[i] = t->filter + (r + (i < rows ? i : 0)) * words;
        sum[i] = _mm512_setzero_si512();
    }
#pragma GCC unroll 16
    for (size_t w = 0; w < words; w++) {
        __m512i b = _mm512_loadu_si512(t->block + w * LINK_LANES);
#pragma GCC unroll 4
        for (size_t i = 0; i < 4; i++) {
            __m512i both = _mm512_and_si512(b, _mm512_set1_epi64((long long)row[i][w]));
            sum[i] = _mm512_add_epi64(sum[i], _mm512_popcnt_epi64(both));
        }
    }
    unsigned lanes[4], any = 0;
    for (size_t i = 0; i < 4; i++) {
        uint32_t limit = i < rows ? t->need[t->count[r + i] + t->least] : UINT32_MAX;
        lanes[i] = _mm512_cmpge_epu64_mask(sum[i], _mm512_set1_epi64(limit));
        any |= lanes[i];
    }
    if (__builtin_expect(!any, 1)) return 0;
    size_t n = 0;
    for (size_t i = 0; i < 4; i++) {
        uint64_t common[LINK_LANES];
        _mm512_storeu_si512(common, sum[i]);
        n += keep(common, lanes[i], (uint32_t)(r + i), hits + n);
    }
    return n;
}

AVX512 static size_t tile_avx512(const struct link_tile *t, struct link_hit *hits)
{
    size_t n = 0;
    for (size_t r = 0; r < t->rows; r += 4) {
        size_t rows = t->rows - r < 4 ? t->rows - r : 4;
        if (t->words == 16) n += four_rows(t, 16, r, rows, hits + n);
        else if (t->words == 8) n += four_rows(t, 8, r, rows, hits + n);
        else n += four_rows(t, t->words, r, rows, hits + n);
    }
    return n;
}

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq");
}

#endif

static const struct link_kernel kernels[] = {
#if defined(__x86_64__)
    { "avx512", has_avx512, tile_avx512 },
    { "avx2", has_avx2, tile_avx2 },
    { "popcnt", has_popcnt, tile_popcnt },
#endif
    { "portable", runs_anywhere, tile_portable },
};

const struct link_kernel *link_kernel_at(size_t i)
{
    return i < COUNT_OF(kernels) ? &kernels[i] : NULL;
}

const struct link_kernel *link_kernel(const char *name)
{
    bool is_any = !name || strcmp(name, "auto") == 0;
    for (size_t i = 0; i < COUNT_OF(kernels); i++)
        if ((is_any || strcmp(name, kernels[i].name) == 0) && kernels[i].runs()) return &kernels[i];
    return NULL;
}

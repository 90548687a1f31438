#include "link/kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

/* The hits of one row against eight counts. */
INLINE size_t keep(const uint64_t *common, unsigned lanes, size_t row, size_t block,
                   struct link_hit *hits)
{
    size_t n = 0;
    for (; lanes; lanes &= lanes - 1) {
        uint32_t lane = (uint32_t)__builtin_ctz(lanes), first = (uint32_t)(block * LINK_LANES);
        hits[n++] = (struct link_hit){ (uint32_t)row, first + lane, (uint32_t)common[lane] };
    }
    return n;
}

INLINE uint32_t limit_of(const struct link_tile *t, size_t row, size_t block)
{
    return t->need[(size_t)t->count[row] + t->least[block * LINK_LANES]];
}

INLINE uint64_t ones(uint64_t x)
{
    x = x - ((x >> 1) & 0x5555555555555555u);
    x = (x & 0x3333333333333333u) + ((x >> 2) & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return x * 0x0101010101010101u >> 56;
}

/* One word after another. `by_instruction`: the processor counts bits itself. */
INLINE size_t tile_words(const struct link_tile *t, struct link_hit *hits, bool by_instruction)
{
    size_t n = 0;
    for (size_t b = 0; b < t->blocks; b++) {
        const uint64_t *block = t->block + b * LINK_LANES * t->words;
        for (size_t r = 0; r < t->rows; r++) {
            const uint64_t *row = t->filter + r * t->words;
            uint64_t common[LINK_LANES] = { 0 }, limit = limit_of(t, r, b);
            for (size_t w = 0; w < t->words; w++)
                for (size_t k = 0; k < LINK_LANES; k++) {
                    uint64_t both = row[w] & block[w * LINK_LANES + k];
                    common[k] += by_instruction ? (uint64_t)__builtin_popcountll(both) : ones(both);
                }
            unsigned lanes = 0;
            for (unsigned k = 0; k < LINK_LANES; k++) lanes |= (unsigned)(common[k] >= limit) << k;
            n += keep(common, lanes, r, b, hits + n);
        }
    }
    return n;
}

static size_t tile_portable(const struct link_tile *t, struct link_hit *hits)
{
    return tile_words(t, hits, false);
}

static bool runs_anywhere(void)
{
    return true;
}

#if defined(__x86_64__)

__attribute__((target("popcnt"))) static size_t tile_popcnt(const struct link_tile *t,
                                                            struct link_hit *hits)
{
    return tile_words(t, hits, true);
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
    for (size_t at = 0; at < t->rows * t->blocks; at++) {
        size_t r = at % t->rows, block = at / t->rows;
        const uint64_t *row = t->filter + r * t->words;
        const uint64_t *eight = t->block + block * LINK_LANES * t->words;
        __m256i sum[2] = { zero, zero };
        for (size_t from = 0; from < t->words; from += BYTES_AT_ONCE) {
            size_t to = from + BYTES_AT_ONCE < t->words ? from + BYTES_AT_ONCE : t->words;
            __m256i bytes[2] = { zero, zero };
            for (size_t w = from; w < to; w++) {
                __m256i a = _mm256_set1_epi64x((long long)row[w]);
                for (int h = 0; h < 2; h++) {
                    const __m256i *b = (const __m256i *)(eight + w * LINK_LANES + 4 * h);
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
        uint64_t common[LINK_LANES];
        __m256i below = _mm256_set1_epi64x((long long)limit_of(t, r, block) - 1);
        unsigned lanes = 0;
        for (unsigned h = 0; h < 2; h++) {
            __m256i is = _mm256_cmpgt_epi64(sum[h], below);
            lanes |= (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(is)) << (4 * h);
        }
        if (!lanes) continue;
        _mm256_storeu_si256((__m256i *)common, sum[0]);
        _mm256_storeu_si256((__m256i *)(common + 4), sum[1]);
        n += keep(common, lanes, r, block, hits + n);
    }
    return n;
}

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}

#define AVX512 __attribute__((target("avx512f,avx512vpopcntdq,popcnt")))

/* Four rows by up to four blocks: each row's word is spread over a register once for all blocks, each word of a block is
 * loaded once for all rows, and the sums stay in registers. They begin below 0 by what is needed, so that one AND of all
 * of them says whether any reached it; the first block is the emptiest, and its limit the lowest. */
INLINE AVX512 size_t four_rows(const struct link_tile *t, size_t words, size_t blocks, size_t r,
                               size_t rows, struct link_hit *hits)
{
    const uint64_t *row[4];
    __m512i sum[4][LINK_BLOCKS], limit[4];
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++) {
        row[i] = t->filter + (r + (i < rows ? i : 0)) * words;
        limit[i] = _mm512_set1_epi64(i < rows ? limit_of(t, r + i, 0) : UINT32_MAX);
#pragma GCC unroll 4
        for (size_t b = 0; b < blocks; b++)
            sum[i][b] = _mm512_sub_epi64(_mm512_setzero_si512(), limit[i]);
    }
    for (size_t w = 0; w < words; w++) {
        __m512i eight[LINK_BLOCKS];
#pragma GCC unroll 4
        for (size_t b = 0; b < blocks; b++)
            eight[b] = _mm512_loadu_si512(t->block + (b * words + w) * LINK_LANES);
#pragma GCC unroll 4
        for (size_t i = 0; i < 4; i++) {
            __m512i word = _mm512_set1_epi64((long long)row[i][w]);
#pragma GCC unroll 4
            for (size_t b = 0; b < blocks; b++) {
                __m512i both = _mm512_and_si512(eight[b], word);
                sum[i][b] = _mm512_add_epi64(sum[i][b], _mm512_popcnt_epi64(both));
            }
        }
    }
    __m512i all = _mm512_set1_epi64(-1);
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++)
#pragma GCC unroll 4
        for (size_t b = 0; b < blocks; b++) all = _mm512_and_si512(all, sum[i][b]);
    if (__builtin_expect(!_mm512_cmpge_epi64_mask(all, _mm512_setzero_si512()), 1)) return 0;
    size_t n = 0;
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++)
#pragma GCC unroll 4
        for (size_t b = 0; b < blocks; b++) {
            uint64_t common[LINK_LANES];
            unsigned lanes = _mm512_cmpge_epi64_mask(sum[i][b], _mm512_setzero_si512());
            _mm512_storeu_si512(common, _mm512_add_epi64(sum[i][b], limit[i]));
            n += keep(common, lanes, r + i, b, hits + n);
        }
    return n;
}

/* One body for each number of blocks: a loop over registers must be unrolled to stay in them. */
INLINE AVX512 size_t all_rows(const struct link_tile *t, size_t words, size_t blocks,
                              struct link_hit *hits)
{
    size_t n = 0;
    for (size_t r = 0; r < t->rows; r += 4)
        n += four_rows(t, words, blocks, r, t->rows - r < 4 ? t->rows - r : 4, hits + n);
    return n;
}

AVX512 static size_t tile_avx512(const struct link_tile *t, struct link_hit *hits)
{
    switch (t->blocks) {
    case 1: return all_rows(t, t->words, 1, hits);
    case 2: return all_rows(t, t->words, 2, hits);
    case 3: return all_rows(t, t->words, 3, hits);
    default: return all_rows(t, t->words, 4, hits);
    }
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

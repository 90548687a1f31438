#include "publish/bits.h"

static size_t shared_everywhere(const uint64_t *a, const uint64_t *b, size_t words)
{
    size_t n = 0;
    for (size_t i = 0; i < words; i++) n += (size_t)__builtin_popcountll(a[i] & b[i]);
    return n;
}

static bool is_everywhere(void)
{
    return true;
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("popcnt"))) static size_t shared_popcnt(const uint64_t *a, const uint64_t *b,
                                                              size_t words)
{
    uint64_t n0 = 0, n1 = 0, n2 = 0, n3 = 0;
    for (size_t i = 0; i < words; i += 4) {
        n0 += (uint64_t)_mm_popcnt_u64(a[i] & b[i]);
        n1 += (uint64_t)_mm_popcnt_u64(a[i + 1] & b[i + 1]);
        n2 += (uint64_t)_mm_popcnt_u64(a[i + 2] & b[i + 2]);
        n3 += (uint64_t)_mm_popcnt_u64(a[i + 3] & b[i + 3]);
    }
    return n0 + n1 + n2 + n3;
}

static bool has_popcnt(void)
{
    return __builtin_cpu_supports("popcnt");
}

__attribute__((target("avx512f,avx512vpopcntdq"))) static size_t shared_avx512(const uint64_t *a,
                                                                               const uint64_t *b,
                                                                               size_t words)
{
    __m512i n = _mm512_setzero_si512();
    for (size_t i = 0; i < words; i += 8) {
        __m512i both = _mm512_and_si512(_mm512_load_si512(a + i), _mm512_load_si512(b + i));
        n = _mm512_add_epi64(n, _mm512_popcnt_epi64(both));
    }
    return (size_t)_mm512_reduce_add_epi64(n);
}

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq");
}

const struct bits_kernel bits_kernels[3] = {
    { "avx512", shared_avx512, has_avx512 },
    { "popcnt", shared_popcnt, has_popcnt },
    { "portable", shared_everywhere, is_everywhere },
};
#else
static bool is_nowhere(void)
{
    return false;
}

const struct bits_kernel bits_kernels[3] = {
    { "avx512", shared_everywhere, is_nowhere },
    { "popcnt", shared_everywhere, is_nowhere },
    { "portable", shared_everywhere, is_everywhere },
};
#endif

const struct bits_kernel *bits_best(void)
{
    const struct bits_kernel *k = bits_kernels;
    while (!k->is_here()) k++;
    return k;
}

uint64_t *bits_new(struct arena *a, size_t words)
{
    uintptr_t at = (uintptr_t)arena_take(a, words * 8 + 64);
    return (uint64_t *)((at + 63) & ~(uintptr_t)63);
}

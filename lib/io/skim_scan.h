/* Looking at the MP_SKIM_BLOCK bytes of a block at once. Only for skim_window.c and its tests. */
#ifndef MP_IO_SKIM_SCAN_H
#define MP_IO_SKIM_SCAN_H

#include "io/skim_window.h"
#ifdef __SSE2__
#include <immintrin.h>
#endif

enum { MP_SKIM_SAME = 0xd9 /* bits that are the same in all brackets, and in few other bytes */ };

/* A bit for each byte, the first one's lowest. */
struct mp_skim_bits {
    uint64_t quotes, slashes; /* slashes: backslashes */
    uint64_t brackets; /* of both kinds, and bytes that stand in strings only: Y, y, _ and DEL */
    uint64_t high;     /* bytes that are not ASCII */
    bool controls;     /* there are control characters */
};

static inline struct mp_skim_bits mp_skim_scan_plain(const char *p)
{
    struct mp_skim_bits b = {0};
    for (unsigned i = 0; i < MP_SKIM_BLOCK; i++) {
        unsigned char c = (unsigned char)p[i];
        b.quotes |= (uint64_t)(c == '"') << i;
        b.slashes |= (uint64_t)(c == '\\') << i;
        b.brackets |= (uint64_t)((c & MP_SKIM_SAME) == ('[' & MP_SKIM_SAME)) << i;
        b.high |= (uint64_t)(c >> 7) << i;
        b.controls |= c < 0x20;
    }
    return b;
}

#ifdef __SSE2__
static inline uint64_t mp_skim_mask(__m128i a, __m128i b, __m128i c, __m128i d)
{
    unsigned low = (unsigned)_mm_movemask_epi8(a) | (unsigned)_mm_movemask_epi8(b) << 16;
    unsigned top = (unsigned)_mm_movemask_epi8(c) | (unsigned)_mm_movemask_epi8(d) << 16;
    return low | (uint64_t)top << 32;
}

static inline uint64_t mp_skim_equal(const __m128i v[4], char c)
{
    const __m128i x = _mm_set1_epi8(c);
    return mp_skim_mask(_mm_cmpeq_epi8(v[0], x), _mm_cmpeq_epi8(v[1], x), _mm_cmpeq_epi8(v[2], x),
                        _mm_cmpeq_epi8(v[3], x));
}

/* Control characters, bytes that are not ASCII, and backslashes. */
static inline __m128i mp_skim_is_rare(__m128i v)
{
    return _mm_or_si128(_mm_cmplt_epi8(v, _mm_set1_epi8(0x20)),
                        _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
}

static inline uint64_t mp_skim_below(const __m128i v[4], char c)
{
    const __m128i x = _mm_set1_epi8(c);
    return mp_skim_mask(_mm_cmplt_epi8(v[0], x), _mm_cmplt_epi8(v[1], x), _mm_cmplt_epi8(v[2], x),
                        _mm_cmplt_epi8(v[3], x));
}

static inline __m128i mp_skim_is_bracket(__m128i v)
{
    return _mm_cmpeq_epi8(_mm_and_si128(v, _mm_set1_epi8((char)MP_SKIM_SAME)),
                          _mm_set1_epi8('[' & MP_SKIM_SAME));
}

__attribute__((always_inline)) static inline struct mp_skim_bits mp_skim_scan(const char *p)
{
    const __m128i *at = (const __m128i *)(const void *)p;
    const __m128i v[4] = {_mm_loadu_si128(at), _mm_loadu_si128(at + 1), _mm_loadu_si128(at + 2),
                          _mm_loadu_si128(at + 3)};
    struct mp_skim_bits b = {.quotes = mp_skim_equal(v, '"')};
    b.brackets = mp_skim_mask(mp_skim_is_bracket(v[0]), mp_skim_is_bracket(v[1]),
                              mp_skim_is_bracket(v[2]), mp_skim_is_bracket(v[3]));
    __m128i rare = _mm_or_si128(_mm_or_si128(mp_skim_is_rare(v[0]), mp_skim_is_rare(v[1])),
                                _mm_or_si128(mp_skim_is_rare(v[2]), mp_skim_is_rare(v[3])));
    if (_mm_movemask_epi8(rare)) {
        b.slashes = mp_skim_equal(v, '\\');
        b.high = mp_skim_mask(v[0], v[1], v[2], v[3]);
        b.controls = (mp_skim_below(v, 0x20) & ~b.high) != 0;
    }
    return b;
}
#else
static inline struct mp_skim_bits mp_skim_scan(const char *p)
{
    return mp_skim_scan_plain(p);
}
#endif

#if defined __x86_64__ && defined __GNUC__
#define MP_SKIM_HAS_AVX2 /* perhaps: ask the processor */
#define MP_AVX2          __attribute__((target("avx2"), always_inline)) static inline

MP_AVX2 uint64_t mp_skim_mask_avx2(__m256i a, __m256i b)
{
    return (uint32_t)_mm256_movemask_epi8(a) | (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

MP_AVX2 uint64_t mp_skim_equal_avx2(const __m256i v[2], char c)
{
    const __m256i x = _mm256_set1_epi8(c);
    return mp_skim_mask_avx2(_mm256_cmpeq_epi8(v[0], x), _mm256_cmpeq_epi8(v[1], x));
}

MP_AVX2 struct mp_skim_bits mp_skim_scan_avx2(const char *p)
{
    const __m256i *at = (const __m256i *)(const void *)p;
    const __m256i v[2] = {_mm256_loadu_si256(at), _mm256_loadu_si256(at + 1)};
    const __m256i same = _mm256_set1_epi8((char)MP_SKIM_SAME), blank = _mm256_set1_epi8(0x20);
    const __m256i masked[2] = {_mm256_and_si256(v[0], same), _mm256_and_si256(v[1], same)};
    struct mp_skim_bits b = {.quotes = mp_skim_equal_avx2(v, '"'),
                             .slashes = mp_skim_equal_avx2(v, '\\'),
                             .brackets = mp_skim_equal_avx2(masked, '[' & MP_SKIM_SAME)};
    /* as signed numbers, control characters and bytes that are not ASCII are below a blank */
    uint64_t low =
        mp_skim_mask_avx2(_mm256_cmpgt_epi8(blank, v[0]), _mm256_cmpgt_epi8(blank, v[1]));
    if (low) {
        b.high = mp_skim_mask_avx2(v[0], v[1]);
        b.controls = (low & ~b.high) != 0;
    }
    return b;
}
#endif

#endif

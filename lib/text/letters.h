/*
 * ASCII letters and digits, many bytes at once. Each question has a portable answer, eight bytes at
 * a time, and most one by the processor's own instructions where it has them; a test compares them.
 */
#ifndef MP_TEXT_LETTERS_H
#define MP_TEXT_LETTERS_H

#include <endian.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    MP_LETTERS = 16, /* bytes looked at together */
    MP_DIGITS = 7    /* digits counted together */
};

/* Which of eight bytes are ASCII letters: the high bit of each. Bit 0x20 tells small from capital
 * and is left out; what is added reaches the high bit from 'A' on, and from behind 'Z' on. */
static inline uint64_t mp_letters_of_eight(uint64_t eight)
{
    uint64_t c = eight & 0x5f5f5f5f5f5f5f5fu;
    uint64_t from_a = c + 0x3f3f3f3f3f3f3f3fu, behind_z = c + 0x2525252525252525u;
    return from_a & ~behind_z & ~eight & 0x8080808080808080u;
}

static inline void mp_letters_make_small_portably(char *p)
{
    for (unsigned i = 0; i < MP_LETTERS; i += 8) {
        uint64_t eight;
        memcpy(&eight, p + i, 8);
        eight |= mp_letters_of_eight(eight) >> 2; /* bit 0x20 */
        memcpy(p + i, &eight, 8);
    }
}

static inline unsigned mp_letters_count_portably(const char *p)
{
    for (unsigned i = 0; i < MP_LETTERS; i += 8) {
        uint64_t eight;
        memcpy(&eight, p + i, 8);
        uint64_t others = ~mp_letters_of_eight(le64toh(eight)) & 0x8080808080808080u;
        if (others)
            return i + (unsigned)__builtin_ctzll(others) / 8;
    }
    return MP_LETTERS;
}

#ifdef __SSE2__
/* Which bytes are small letters: all bits of each. What is added makes 'z' the greatest of signed
 * bytes. */
static inline __m128i mp_letters_of_sixteen(__m128i v)
{
    enum { MORE = 0x7f - 'z' };
    return _mm_cmpgt_epi8(_mm_add_epi8(v, _mm_set1_epi8(MORE)), _mm_set1_epi8('a' - 1 + MORE));
}
#endif

/* Makes the letters among MP_LETTERS bytes small. */
static inline void mp_letters_make_small(char *p)
{
#ifdef __SSE2__
    __m128i bit = _mm_set1_epi8(0x20), *at = (__m128i *)(void *)p, v = _mm_loadu_si128(at);
    __m128i letters = mp_letters_of_sixteen(_mm_or_si128(v, bit));
    _mm_storeu_si128(at, _mm_or_si128(v, _mm_and_si128(letters, bit)));
#else
    mp_letters_make_small_portably(p);
#endif
}

/* How many of MP_LETTERS bytes, of which capitals were made small, are letters before another. */
static inline unsigned mp_letters_count(const char *p)
{
#ifdef __SSE2__
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    return (unsigned)__builtin_ctz(~(unsigned)_mm_movemask_epi8(mp_letters_of_sixteen(v)));
#else
    return mp_letters_count_portably(p);
#endif
}

/* How many of MP_DIGITS bytes are digits before another; one more can be read. The zeros of digits
 * are taken off them; what is added reaches the high bit from behind 9 on, and what it carries only
 * bytes behind that. */
static inline unsigned mp_digits_count(const char *p)
{
    uint64_t eight;
    memcpy(&eight, p, sizeof eight);
    eight = le64toh(eight) ^ 0x3030303030303030u;
    uint64_t others = (eight | (eight + 0x7676767676767676u)) & 0x8080808080808080u;
    return (unsigned)__builtin_ctzll(others | UINT64_C(1) << 63) / 8;
}

#endif

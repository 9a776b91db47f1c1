/* Counting bits. */
#ifndef MP_BASE_BITS_H
#define MP_BASE_BITS_H

#include <stdint.h>

/* How many bits are set: few instructions on any processor, unlike a call into the compiler's
 * library (Warren, Hacker's Delight, 5-1). */
static inline unsigned mp_bits(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555;
    x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
    return (unsigned)(((x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f) * 0x0101010101010101 >> 56);
}

/* The same bits from the last to the first: neighbours change places, then pairs, then fours, then
 * bytes. */
static inline uint64_t mp_bits_reversed(uint64_t set)
{
    set = (set >> 1 & 0x5555555555555555u) | (set & 0x5555555555555555u) << 1;
    set = (set >> 2 & 0x3333333333333333u) | (set & 0x3333333333333333u) << 2;
    set = (set >> 4 & 0x0f0f0f0f0f0f0f0fu) | (set & 0x0f0f0f0f0f0f0f0fu) << 4;
    return __builtin_bswap64(set);

/* The same, sooner, of a number that seldom has other bits than its lowest 15: each goes to a
 * nibble of its own, and a product adds the nibbles up. */
static inline unsigned mp_low_bits(uint64_t x)
{
    if (x >> 15)
        return mp_bits(x);
    return (unsigned)((x * 0x0002000400080010 & 0x1111111111111111) * 0x1111111111111111 >> 60);
}

#endif

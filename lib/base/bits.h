/* Counting and turning bits. */
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

/* The same, sooner of a number that seldom has other bits than its lowest 15: each of those goes to
 * a nibble of its own, and a product adds the nibbles up. */
static inline unsigned mp_low_bits(uint64_t x)
{
    const uint64_t lowest = 0x1111111111111111;
    unsigned n = 0;
    do
        n += (unsigned)(((x & 0x7fff) * 0x0002000400080010 & lowest) * lowest >> 60);
    while (x >>= 15);
    return n;
}

/* The same bits from the last to the first: neighbours change places, then pairs, then fours, then
 * bytes. */
static inline uint64_t mp_bits_reversed(uint64_t x)
{
    x = (x >> 1 & 0x5555555555555555) | (x & 0x5555555555555555) << 1;
    x = (x >> 2 & 0x3333333333333333) | (x & 0x3333333333333333) << 2;
    x = (x >> 4 & 0x0f0f0f0f0f0f0f0f) | (x & 0x0f0f0f0f0f0f0f0f) << 4;
    return __builtin_bswap64(x);
}

#endif

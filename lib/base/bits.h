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

#endif

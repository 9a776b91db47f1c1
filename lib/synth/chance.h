/*
 * Chance that is the same on every machine: streams of numbers, each found by the seed, the number
 * of what it is for and a purpose, so that any youth can be drawn again without keeping it, and a
 * changed share shifts nothing else.
 *
 * splitmix64: G. Steele, D. Lea and C. Flood, Fast splittable pseudorandom number generators
 * (2014). Whole numbers only.
 */
#ifndef MP_SYNTH_CHANCE_H
#define MP_SYNTH_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

struct mp_chance {
    uint64_t state;
};

static inline uint64_t mp_chance_next(struct mp_chance *c)
{
    uint64_t z = c->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* The stream of this number and purpose under this seed. */
static inline struct mp_chance mp_chance_of(uint64_t seed, uint64_t number, uint64_t purpose)
{
    struct mp_chance c = {seed};
    c.state = mp_chance_next(&c) ^ number;
    c.state = mp_chance_next(&c) ^ purpose;
    return (struct mp_chance){mp_chance_next(&c)};
}

/* 0 to n - 1, n at least 1; a number is preferred by less than n in 2^32 (D. Lemire, Fast random
 * integer generation in an interval, 2019, without its second draw). */
static inline uint32_t mp_chance_below(struct mp_chance *c, uint32_t n)
{
    return (uint32_t)((mp_chance_next(c) >> 32) * n >> 32);
}

enum { MP_SHARE_ALL = 1000000 };

/* True in `share` of MP_SHARE_ALL cases. Always takes one number from the stream. */
static inline bool mp_chance_hits(struct mp_chance *c, uint32_t share)
{
    return mp_chance_below(c, MP_SHARE_ALL) < share;
}

#endif

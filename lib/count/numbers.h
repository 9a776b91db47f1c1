/*
 * A set of 64-bit keys, numbered from 0 in the order in which they came: cells by their
 * coordinates, persons by the hash of their id. A key takes some 16 to 30 bytes.
 */
#ifndef MP_COUNT_NUMBERS_H
#define MP_COUNT_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/* Zeroed: an empty set. */
struct mp_numbers {
    uint64_t *keys;
    size_t n;
    size_t cap, n_slots; /* private, as are the slots */
    uint32_t *slots;
};

#define MP_NUMBERS_NONE ((size_t)-1)

/* Finaliser of MurmurHash3 (Appleby): near keys land far apart. */
static inline uint64_t mp_numbers_mix(uint64_t h)
{
    h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdu;
    h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53u;
    return h ^ (h >> 33);
}

/* Number of the key, or MP_NUMBERS_NONE. */
size_t mp_numbers_find(const struct mp_numbers *s, uint64_t key);

/* Number of the key, put in if new (then the result is the n of before); MP_NUMBERS_NONE if
 * memory ran out. */
size_t mp_numbers_put(struct mp_numbers *s, uint64_t key);

/* Begins to fetch from memory what says the key's number; for a key that comes soon. */
static inline void mp_numbers_expect(const struct mp_numbers *s, uint64_t key)
{
    if (s->n_slots)
        __builtin_prefetch(&s->slots[(size_t)mp_numbers_mix(key) & (s->n_slots - 1)]);
}

void mp_numbers_free(struct mp_numbers *s);

#endif

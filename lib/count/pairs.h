/*
 * Which person is in which cell: a set of pairs of numbers, each asked for once and never listed.
 * A pair takes 12 to 24 bytes and one step into memory, which is what counting persons costs.
 */
#ifndef MP_COUNT_PAIRS_H
#define MP_COUNT_PAIRS_H

#include <stddef.h>
#include <stdint.h>

/* Zeroed: an empty set. */
struct mp_pairs {
    uint64_t *slots; /* private: the pair + 1; 0 is empty */
    size_t n, n_slots;
};

/* Puts a pair in. 1 if it is new, 0 if it was there, -1 if memory ran out. */
int mp_pairs_add(struct mp_pairs *s, uint32_t cell, uint32_t person);

void mp_pairs_free(struct mp_pairs *s);

#endif

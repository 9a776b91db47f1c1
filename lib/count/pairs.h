/*
 * Pairs of a cell and something in it, with how often: persons and the number of their episodes
 * there, durations and how many had them. A pair takes 16 to 36 bytes and one step into memory,
 * which is what counting persons costs.
 */
#ifndef MP_COUNT_PAIRS_H
#define MP_COUNT_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zeroed: an empty set. */
struct mp_pairs {
    struct mp_pair {                /* private */
        uint32_t cell, what, count; /* count 0: an empty slot */
    } * slots;
    size_t n, n_slots;
};

/* Counts a pair `times` (not 0) more; counts stop at the largest number. 1 if it is new, 0 if it
 * was there, -1 if memory ran out. */
int mp_pairs_add(struct mp_pairs *s, uint32_t cell, uint32_t what, uint32_t times);

/* Begins to fetch from memory where the pair will be counted; for pairs that come soon. */
void mp_pairs_expect(const struct mp_pairs *s, uint32_t cell, uint32_t what);

/* The pairs one after the other, in no order that means anything; *at begins with 0. NULL behind
 * the last. */
const struct mp_pair *mp_pairs_next(const struct mp_pairs *s, size_t *at);

void mp_pairs_free(struct mp_pairs *s);

#endif

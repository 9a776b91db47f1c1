/* Which person is in which cell. */
#include "count/pairs.h"
#include "count/numbers.h"
#include <stdlib.h>

enum { FIRST_SLOTS = 32 };

/* Slot of the pair or the empty slot where it belongs. */
static size_t slot_of(const uint64_t *slots, size_t n_slots, uint64_t pair)
{
    size_t mask = n_slots - 1, i = (size_t)mp_numbers_mix(pair) & mask;
    while (slots[i] && slots[i] != pair)
        i = (i + 1) & mask;
    return i;
}

/* Doubles the slots. */
static int widen(struct mp_pairs *s)
{
    size_t n_slots = s->n_slots ? s->n_slots * 2 : FIRST_SLOTS;
    uint64_t *slots = calloc(n_slots, sizeof *slots);
    if (!slots)
        return -1;
    for (size_t i = 0; i < s->n_slots; i++)
        if (s->slots[i])
            slots[slot_of(slots, n_slots, s->slots[i])] = s->slots[i];
    free(s->slots);
    s->slots = slots;
    s->n_slots = n_slots;
    return 0;
}

int mp_pairs_add(struct mp_pairs *s, uint32_t cell, uint32_t person)
{
    /* at most two thirds full */
    if ((s->n + 1) * 3 > s->n_slots * 2 && widen(s) < 0)
        return -1;
    uint64_t pair = ((uint64_t)cell << 32 | person) + 1;
    size_t i = slot_of(s->slots, s->n_slots, pair);
    if (s->slots[i])
        return 0;
    s->slots[i] = pair;
    s->n++;
    return 1;
}

void mp_pairs_free(struct mp_pairs *s)
{
    free(s->slots);
    *s = (struct mp_pairs){0};
}

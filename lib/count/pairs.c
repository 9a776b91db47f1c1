/* Pairs of a cell and something in it, with how often: a hash table with open addressing. */
#include "count/pairs.h"
#include "base/room.h"
#include "count/numbers.h"
#include <stdlib.h>

enum { FIRST_SLOTS = 32 };

static inline size_t first_slot(size_t n_slots, uint32_t cell, uint32_t what)
{
    return (size_t)mp_numbers_mix((uint64_t)cell << 32 | what) & (n_slots - 1);
}

/* Slot of the pair or the empty slot where it belongs. */
static size_t slot_of(const struct mp_pair *slots, size_t n_slots, uint32_t cell, uint32_t what)
{
    size_t mask = n_slots - 1, i = first_slot(n_slots, cell, what);
    while (slots[i].count && (slots[i].cell != cell || slots[i].what != what))
        i = (i + 1) & mask;
    return i;
}

/* Doubles the slots. */
static int widen(struct mp_pairs *s)
{
    size_t n_slots = s->n_slots ? s->n_slots * 2 : FIRST_SLOTS;
    struct mp_pair *slots = mp_room_table(n_slots, sizeof *slots);
    if (!slots)
        return -1;
    for (size_t i = 0; i < s->n_slots; i++)
        if (s->slots[i].count)
            slots[slot_of(slots, n_slots, s->slots[i].cell, s->slots[i].what)] = s->slots[i];
    free(s->slots);
    s->slots = slots;
    s->n_slots = n_slots;
    return 0;
}

void mp_pairs_expect(const struct mp_pairs *s, uint32_t cell, uint32_t what)
{
    if (s->n_slots)
        __builtin_prefetch(&s->slots[first_slot(s->n_slots, cell, what)], 1);
}

int mp_pairs_add(struct mp_pairs *s, uint32_t cell, uint32_t what, uint32_t times)
{
    /* at most two thirds full */
    if ((s->n + 1) * 3 > s->n_slots * 2 && widen(s) < 0)
        return -1;
    struct mp_pair *pair = &s->slots[slot_of(s->slots, s->n_slots, cell, what)];
    if (pair->count) {
        pair->count = times > UINT32_MAX - pair->count ? UINT32_MAX : pair->count + times;
        return 0;
    }
    *pair = (struct mp_pair){cell, what, times};
    s->n++;
    return 1;
}

const struct mp_pair *mp_pairs_next(const struct mp_pairs *s, size_t *at)
{
    while (*at < s->n_slots)
        if (s->slots[(*at)++].count)
            return &s->slots[*at - 1];
    return NULL;
}

void mp_pairs_free(struct mp_pairs *s)
{
    free(s->slots);
    *s = (struct mp_pairs){0};
}

/* A set of 64-bit keys, numbered in the order in which they came. */
#include "count/numbers.h"
#include "base/room.h"
#include <stdlib.h>

enum { FIRST_KEYS = 16, FIRST_SLOTS = 32 };

/* Slot of the key or the empty slot where it belongs; slots hold number + 1, 0 is empty. */
static size_t slot_of(const struct mp_numbers *s, uint64_t key)
{
    size_t mask = s->n_slots - 1, i = (size_t)mp_numbers_mix(key) & mask;
    while (s->slots[i] && s->keys[s->slots[i] - 1] != key)
        i = (i + 1) & mask;
    return i;
}

size_t mp_numbers_find(const struct mp_numbers *s, uint64_t key)
{
    size_t i = s->n ? slot_of(s, key) : 0;
    return s->n && s->slots[i] ? s->slots[i] - 1 : MP_NUMBERS_NONE;
}

/* Room for one more: slots are at most two thirds full. */
static int widen(struct mp_numbers *s)
{
    if (s->n == UINT32_MAX - 1)
        return -1;
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : FIRST_KEYS;
        uint64_t *keys = realloc(s->keys, cap * sizeof *keys);
        if (!keys)
            return -1;
        s->keys = keys;
        s->cap = cap;
    }
    if ((s->n + 1) * 3 <= s->n_slots * 2)
        return 0;
    size_t n_slots = s->n_slots ? s->n_slots * 2 : FIRST_SLOTS;
    uint32_t *slots = mp_room_table(n_slots, sizeof *slots);
    if (!slots)
        return -1;
    free(s->slots);
    s->slots = slots;
    s->n_slots = n_slots;
    for (size_t i = 0; i < s->n; i++)
        s->slots[slot_of(s, s->keys[i])] = (uint32_t)(i + 1);
    return 0;
}

size_t mp_numbers_put(struct mp_numbers *s, uint64_t key)
{
    size_t i = s->n ? slot_of(s, key) : 0;
    if (s->n && s->slots[i])
        return s->slots[i] - 1;
    if (widen(s) < 0)
        return MP_NUMBERS_NONE;
    s->keys[s->n] = key;
    s->slots[slot_of(s, key)] = (uint32_t)(s->n + 1);
    return s->n++;
}

void mp_numbers_free(struct mp_numbers *s)
{
    free(s->keys);
    free(s->slots);
    *s = (struct mp_numbers){0};
}

/* Hashing that is the same on every machine and run, and a table from text to number. */
#include "base/hash.h"
#include <stdlib.h>

uint64_t mp_hash(const void *data, size_t n)
{
    const unsigned char *p = data;
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * 0x100000001b3u;
    h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdu;
    h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53u;
    return h ^ (h >> 33);
}

static inline uint64_t eat(uint64_t hash, uint64_t bytes)
{
    hash = (hash ^ bytes) * 0x9e3779b97f4a7c15u;
    return hash ^ (hash >> 32);
}

/* Eight bytes at a time, the last ones overlapping those before. */
uint64_t mp_hash_fast(struct mp_str key)
{
    uint64_t hash = key.n, last = 0;
    uint32_t low, high;
    if (key.n >= 8) {
        for (size_t i = 0; i + 8 < key.n; i += 8) {
            memcpy(&last, key.p + i, 8);
            hash = eat(hash, last);
        }
        memcpy(&last, key.p + key.n - 8, 8);
    } else if (key.n >= 4) {
        memcpy(&low, key.p, 4);
        memcpy(&high, key.p + key.n - 4, 4);
        last = (uint64_t)high << 32 | low;
    } else if (key.n > 0) {
        const unsigned char *p = (const unsigned char *)key.p;
        last = (uint64_t)p[0] << 16 | (uint64_t)p[key.n / 2] << 8 | p[key.n - 1];
    }
    return eat(eat(hash, last), key.n);
}

/* A slot holds the place + 1 of an entry (0: empty) and, so that most others need not be looked at,
 * the high half of its hash. */
#define PLACE_IN(slot) ((size_t)(uint32_t)(slot))

static uint64_t make_slot(uint64_t hash, size_t place)
{
    return hash >> 32 << 32 | (place + 1);
}

/* Slot of the key or the empty slot where it belongs. */
static size_t slot_of(const struct mp_map *m, struct mp_str key, uint64_t hash)
{
    size_t mask = m->n_slots - 1;
    size_t s = (size_t)hash & mask;
    for (; m->slots[s]; s = (s + 1) & mask)
        if ((m->slots[s] ^ hash) >> 32 == 0 &&
            mp_str_eq(m->entries[PLACE_IN(m->slots[s]) - 1].key, key))
            break;
    return s;
}

size_t mp_map_find(const struct mp_map *m, struct mp_str key)
{
    if (m->n_slots == 0)
        return MP_MAP_NONE;
    size_t s = slot_of(m, key, mp_hash_fast(key));
    return m->slots[s] ? PLACE_IN(m->slots[s]) - 1 : MP_MAP_NONE;
}

/* Entries in their new slots; no two have the same key. */
static bool widen_slots(struct mp_map *m)
{
    size_t n_slots = m->n_slots ? m->n_slots * 2 : 64;
    uint64_t *slots = calloc(n_slots, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < m->n; i++) {
        size_t s = (size_t)m->entries[i].hash & (n_slots - 1);
        while (slots[s])
            s = (s + 1) & (n_slots - 1);
        slots[s] = make_slot(m->entries[i].hash, i);
    }
    free(m->slots);
    m->slots = slots;
    m->n_slots = n_slots;
    return true;
}

static bool widen(struct mp_map *m)
{
    if (m->n == m->cap) {
        size_t cap = m->cap ? m->cap * 2 : 16;
        struct mp_map_entry *entries =
            cap < UINT32_MAX ? realloc(m->entries, cap * sizeof *entries) : NULL;
        if (!entries)
            return false;
        m->entries = entries;
        m->cap = cap;
    }
    return m->n_slots >= 2 * (m->n + 1) || widen_slots(m);
}

size_t mp_map_put(struct mp_map *m, struct mp_str key)
{
    if (!widen(m))
        return MP_MAP_NONE;
    uint64_t hash = mp_hash_fast(key);
    size_t s = slot_of(m, key, hash);
    if (m->slots[s])
        return PLACE_IN(m->slots[s]) - 1;
    struct mp_str copy = mp_arena_str(&m->keys, key);
    if (!copy.p)
        return MP_MAP_NONE;
    m->entries[m->n] = (struct mp_map_entry){copy, hash, 0};
    m->slots[s] = make_slot(hash, m->n);
    return m->n++;
}

void mp_map_free(struct mp_map *m)
{
    mp_arena_free(&m->keys);
    free(m->entries);
    free(m->slots);
    *m = (struct mp_map){0};
}

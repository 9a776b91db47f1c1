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

/* Slot of the key or the empty slot where it belongs; slots hold place + 1, 0 is empty. */
static size_t slot_of(const struct mp_map *m, struct mp_str key, uint64_t hash)
{
    size_t mask = m->n_slots - 1;
    size_t s = (size_t)hash & mask;
    while (m->slots[s]) {
        const struct mp_map_entry *e = &m->entries[m->slots[s] - 1];
        if (e->hash == hash && mp_str_eq(e->key, key))
            break;
        s = (s + 1) & mask;
    }
    return s;
}

size_t mp_map_find(const struct mp_map *m, struct mp_str key)
{
    if (m->n_slots == 0)
        return MP_MAP_NONE;
    size_t s = slot_of(m, key, mp_hash_fast(key));
    return m->slots[s] ? m->slots[s] - 1 : MP_MAP_NONE;
}

static bool widen(struct mp_map *m)
{
    if (m->n == m->cap) {
        size_t cap = m->cap ? m->cap * 2 : 16;
        struct mp_map_entry *entries = realloc(m->entries, cap * sizeof *entries);
        if (!entries)
            return false;
        m->entries = entries;
        m->cap = cap;
    }
    if (m->n_slots >= 2 * (m->n + 1))
        return true;
    size_t n_slots = m->n_slots ? m->n_slots * 2 : 64;
    size_t *slots = calloc(n_slots, sizeof *slots);
    if (!slots)
        return false;
    free(m->slots);
    m->slots = slots;
    m->n_slots = n_slots;
    for (size_t i = 0; i < m->n; i++)
        m->slots[slot_of(m, m->entries[i].key, m->entries[i].hash)] = i + 1;
    return true;
}

size_t mp_map_put(struct mp_map *m, struct mp_str key)
{
    if (!widen(m))
        return MP_MAP_NONE;
    uint64_t hash = mp_hash_fast(key);
    size_t s = slot_of(m, key, hash);
    if (m->slots[s])
        return m->slots[s] - 1;
    char *copy = malloc(key.n + 1);
    if (!copy)
        return MP_MAP_NONE;
    if (key.n)
        memcpy(copy, key.p, key.n);
    copy[key.n] = '\0';
    m->entries[m->n] = (struct mp_map_entry){{copy, key.n}, hash, 0};
    m->slots[s] = ++m->n;
    return m->n - 1;
}

void mp_map_free(struct mp_map *m)
{
    for (size_t i = 0; i < m->n; i++)
        free((void *)(uintptr_t)m->entries[i].key.p);
    free(m->entries);
    free(m->slots);
    *m = (struct mp_map){0};
}

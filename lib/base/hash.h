/* Hashing that is the same on every machine and run, and a table from text to number. */
#ifndef MP_BASE_HASH_H
#define MP_BASE_HASH_H

#include "base/arena.h"
#include <stdint.h>

/* FNV-1a, 64 bits, with a final mix (Fowler, Noll, Vo; finaliser of MurmurHash3). Not keyed: it
 * spreads and names, it does not hide. */
uint64_t mp_hash(const void *data, size_t n);

/* For tables, several times faster. Never leaves the program: it may change. */
uint64_t mp_hash_fast(struct mp_str text);

/*
 * Texts in the order in which they came, each found by its bytes. The table copies the texts.
 * A zeroed struct is an empty table; mp_map_free frees it.
 */
struct mp_map {
    struct mp_map_entry {
        struct mp_str key;
        uint64_t hash;
        size_t value; /* the caller's, 0 at first */
    } * entries;
    size_t n;
    /* private */
    size_t cap, n_slots;
    uint64_t *slots;
    struct mp_arena keys;
};

#define MP_MAP_NONE ((size_t)-1)

/* Place of `key` in entries, or MP_MAP_NONE. */
size_t mp_map_find(const struct mp_map *m, struct mp_str key);

/* Place of `key`, put in if new (then its value is 0); MP_MAP_NONE if memory ran out. */
size_t mp_map_put(struct mp_map *m, struct mp_str key);

void mp_map_free(struct mp_map *m);

#endif

/* Finding a key among those that a skim asks for. Only for skim.c and skim_ask.c. */
#ifndef MP_IO_SKIM_FIND_H
#define MP_IO_SKIM_FIND_H

#include "io/skim.h"

/* Keys that differ have mostly different numbers, below 256. */
static inline unsigned mp_skim_hash(const char *key, size_t n)
{
    unsigned first = (unsigned char)key[0], last = n > 0 ? (unsigned char)key[n - 1] : 0;
    return (first * 31 + last * 7 + (unsigned)n * 67) & 255;
}

static inline uint64_t mp_skim_bit(unsigned hash)
{
    return UINT64_C(1) << (hash & 63);
}

/* Where a key below the one of number `above` stands, or the empty slot where it belongs. */
static inline const unsigned short *mp_skim_slot(const struct mp_skim *s, size_t above,
                                                 unsigned hash, const char *key, size_t n)
{
    enum { N = sizeof s->slots / sizeof *s->slots };
    const unsigned short *slot = &s->slots[(hash + above * 97) % N];
    for (; *slot; slot = slot + 1 < s->slots + N ? slot + 1 : s->slots) {
        const struct mp_skim_key *k = &s->keys[*slot];
        if (k->key.n == n && k->above == above && memcmp(k->key.p, key, n) == 0)
            break;
    }
    return slot;
}

static inline const struct mp_skim_key *mp_skim_find(const struct mp_skim *s,
                                                     const struct mp_skim_key *above, unsigned hash,
                                                     const char *key, size_t n)
{
    if (!(above->marks & mp_skim_bit(hash)))
        return NULL;
    size_t number = *mp_skim_slot(s, (size_t)(above - s->keys), hash, key, n);
    return number ? &s->keys[number] : NULL;
}

#endif

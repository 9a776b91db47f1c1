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

static inline const struct mp_skim_key *mp_skim_find(const struct mp_skim *s,
                                                     const struct mp_skim_key *above, unsigned hash,
                                                     const char *key, size_t n)
{
    if (!(above->marks & mp_skim_bit(hash)))
        return NULL;
    for (size_t i = above->below; i; i = s->keys[i].next)
        if (s->keys[i].key.n == n && memcmp(s->keys[i].key.p, key, n) == 0)
            return &s->keys[i];
    return NULL;
}

#endif

/*
 * What text/match.h looks up while it reads: the variants of all patterns, laid out for the cache.
 *
 * A text meets some hundred variants of fifty thousand. Each is one line of memory with all that is
 * needed to try it, and what most are refused for stands elsewhere, in lists read from end to end.
 */
#ifndef MP_TEXT_INDEX_H
#define MP_TEXT_INDEX_H

#include "text/words.h"

struct mp_try_step {
    uint16_t class; /* its number, see mp_word_in */
    uint8_t gap;    /* words that may stand between it and the step before, seen from the anchor */
    bool back : 1;  /* stands before the anchor */
    bool turns : 1; /* the first of its direction */
    bool optional : 1;
    bool first : 1;  /* must begin a clause */
    bool last : 1;   /* must end one */
    bool placed : 1; /* one of the two */
};

/* A variant: the step at which it is looked up, its anchor, then those of one direction from it
 * outwards, then those of the other. */
struct mp_try {
    uint32_t says; /* the entry, if it alone is said at once; or the place of the first use */
    bool alone;
    uint8_t n; /* steps */
    struct mp_try_step step[];
};

/* An entry by the part of its pattern that is looked up: of several the rarest. The others are
 * looked for near it. */
struct mp_use {
    uint32_t entry;
    uint32_t others; /* place of the first */
    uint8_t n_others;
    bool last; /* of those that a variant has */
};

/* A variant of a part that is looked for near another, and what the sentence must meet. */
struct mp_sought {
    uint16_t need[3];
    uint32_t place;
};

struct mp_stretch {
    uint32_t first, n;
};

struct mp_index {
    uint32_t *tries;           /* struct mp_try at their places, which count in fours of bytes */
    struct mp_use *uses;       /* those of a part side by side */
    struct mp_stretch *others; /* of `sought`, by part that is looked for */
    struct mp_sought *sought;
    struct mp_lead *leads; /* by class, see struct mp_word_asks */
    uint32_t *lead_at;
    uint32_t *says, *say_at;
    uint16_t *need_of, *number_of; /* by class */
    size_t n_needs, n_numbers;
};

static inline const struct mp_try *mp_try_at(const struct mp_index *x, uint32_t place)
{
    return (const struct mp_try *)(const void *)(x->tries + place);
}

#endif

/*
 * What a pair weighs: the sum of log2(m / u) over its comparisons (Fellegi and Sunter 1969, "A
 * Theory for Record Linkage").
 */
#ifndef MP_LINK_SCORE_H
#define MP_LINK_SCORE_H

#include "link/groups.h"

/* How common the values of a field are. */
struct mp_link_counts {
    uint32_t *of; /* by value: how many groups have it; NULL: not asked */
    double known; /* groups that have any */
    double own;   /* of them, those of one youth, as far as can be expected; at least 1 */
    uint32_t most;
    double *bits; /* by how many have it: what that adds to the weight of equal values */
};

struct mp_link_scorer { /* mp_link_scorer_free frees */
    const struct mp_link_reports *reports;
    double bits[MP_LINK_COMPARISONS][MP_LINK_LEVELS + 2]; /* by level; 0: a value is not known */
    unsigned same[MP_LINK_COMPARISONS];                   /* the level of equal values, from 1 */
    struct mp_link_counts counts[MP_LINK_COMPARISONS], together[MP_LINK_JOINTS];
};

/* Takes the model's shares, and what is common from the groups so far. 0, or -1 with a MEMORY
 * error. */
int mp_link_scorer_make(struct mp_link_scorer *s, struct mp_link_groups *g, struct mp_error *e);

/* Takes shares that have changed. False if memory ran out. */
bool mp_link_scorer_take(struct mp_link_scorer *s);

/* Bits for (above 0) or against (below) one youth, without the prior. An equal value that few have
 * weighs more than one that many have (Winkler 2000, frequency-based matching). */
double mp_link_bits(const struct mp_link_scorer *s, uint64_t levels, const uint32_t *a,
                    const uint32_t *b);

/* The most that a pair of these levels can weigh, whatever its values are. */
double mp_link_bits_most(const struct mp_link_scorer *s, uint64_t levels);

/* The part of one comparison. */
double mp_link_bits_of(const struct mp_link_scorer *s, size_t comparison, unsigned level,
                       const uint32_t *a, const uint32_t *b);

/* What two equal values weigh too much, from 0, if they are more common together than each for
 * itself would make them: the model's `together` i. */
double mp_link_overweight(const struct mp_link_scorer *s, size_t i, uint64_t levels,
                          const uint32_t *a, const uint32_t *b);

void mp_link_scorer_free(struct mp_link_scorer *s);

#endif

/*
 * The pairs that weigh enough to be looked at, the heaviest first.
 */
#ifndef MP_LINK_KEEP_H
#define MP_LINK_KEEP_H

#include "link/pairs.h"
#include "link/score.h"

enum mp_link_outcome {
    MP_LINK_UNLIKELY, /* less probable than `link` asks for, alone and with all others */
    MP_LINK_JOINED,   /* the pair joined its two groups */
    MP_LINK_TOGETHER, /* others had joined them */
    MP_LINK_KEPT,     /* a rule keeps the two groups apart */
    MP_LINK_OUTVOTED  /* all pairs between the two groups weigh too little for it */
};

struct mp_link_pair {
    uint32_t a, b;   /* places in r->all, a < b */
    double bits;     /* for one youth, with the prior */
    float between;   /* of all pairs between the two groups as they were then; bits where these were
                        never asked */
    uint8_t outcome; /* enum mp_link_outcome */
};

/*
 * All pairs of `least` bits or more, with `prior` bits counted in, in an array of the reports'
 * store: by bits, then by place. *n: how many. NULL if memory ran out.
 */
struct mp_link_pair *mp_link_keep(const struct mp_link_pairs *pairs, const struct mp_link_scorer *s,
                                  double prior, double least, size_t *n);

#endif

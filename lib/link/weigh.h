/*
 * Joins groups of reports that are probably of one youth.
 */
#ifndef MP_LINK_WEIGH_H
#define MP_LINK_WEIGH_H

#include "link/keep.h"

struct mp_link_weighed { /* zeroed: nothing; mp_link_weighed_free frees */
    struct mp_link_scorer scorer;
    double prior;               /* bits */
    struct mp_link_pair *pairs; /* those that are worth a look, the heaviest first */
    size_t n;
    struct mp_link_crowd crowds[MP_LINK_RULES]; /* by block of the model */
};

/*
 * Weighs the pairs of the model's blocks (estimating the model's shares first, unless they are
 * final) and joins two groups, the heaviest pair first, if the pair or all pairs between the groups
 * are as probable as the model's `link` asks for, and all of them weigh at least half of that in
 * bits. What all pairs weigh is the sum, over the comparisons, of what those weigh on the average
 * that know both values (average linkage, Sokal and Michener 1958), and the prior. Of a report that
 * stands alone the likelihood is averaged, not the bits: it need be like some of the others only.
 * Groups that a rule keeps apart are not joined. Sets rule and probability of reports that it
 * joins. 0, or -1 with a MEMORY error.
 */
int mp_link_weigh(struct mp_link_reports *r, struct mp_link_groups *g, struct mp_link_weighed *w,
                  struct mp_error *e);

/* The probability that so many bits give. */
double mp_link_probability(double bits);

void mp_link_weighed_free(struct mp_link_weighed *w);

#endif

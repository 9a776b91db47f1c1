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
};

/*
 * Weighs the pairs of the model's blocks (estimating the model's shares first, unless they are
 * final) and joins two groups if a pair of theirs is probable enough and all pairs between them
 * weigh more for one youth than against it on the average (average linkage, Sokal and Michener
 * 1958): the heaviest pair first. Groups that a rule keeps apart are not joined. Sets rule and
 * probability of reports that it joins. 0, or -1 with a MEMORY error.
 */
int mp_link_weigh(struct mp_link_reports *r, struct mp_link_groups *g, struct mp_link_weighed *w,
                  struct mp_error *e);

/* The probability that so many bits give. */
double mp_link_probability(double bits);

void mp_link_weighed_free(struct mp_link_weighed *w);

#endif

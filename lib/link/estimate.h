/*
 * The model's shares, out of the data alone.
 */
#ifndef MP_LINK_ESTIMATE_H
#define MP_LINK_ESTIMATE_H

#include "link/pairs.h"

/*
 * Estimates u, the shares of levels among pairs of two youths, from pairs scattered over all
 * reports; then m, those among pairs of one youth, and the prior by expectation maximisation
 * (Dempster, Laird and Rubin 1977; Winkler 1988) over the pairs of all blocks, all others being
 * taken as of two youths. Pairs in one group teach nothing about u, pairs that a rule keeps apart
 * nothing about m. The shares that the model came with count as so many pairs as it says. The
 * reports must be sorted: the result depends on their contents alone. Writes to `m`, which is the
 * reports' model. 0, or -1 with a MEMORY error.
 */
int mp_link_estimate(struct mp_link_groups *g, const struct mp_link_pairs *pairs,
                     struct mp_link_model *m, struct mp_error *e);

#endif

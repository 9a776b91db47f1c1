/*
 * Which pairs are compared: those that are equal in all fields of one of the model's blocks.
 */
#ifndef MP_LINK_CANDIDATE_H
#define MP_LINK_CANDIDATE_H

#include "link/report.h"

/* Reports of a block that share its values with too many others to be compared with all of them. */
struct mp_link_crowd {
    size_t values, reports, largest; /* largest: reports that share one */
};

enum { MP_LINK_CROWD = 400, MP_LINK_NEXT = 200 }; /* more than that; compared with so many next */

/* a < b, places in r->all. False ends the search. */
typedef bool mp_link_pair_fn(void *ctx, uint32_t a, uint32_t b);

/*
 * Calls `each` with the pairs of one block of the model, in an order that depends on the reports
 * alone; `fresh`: only with those that no block before it brings together. Counts into `crowd`,
 * which may be NULL, whom it does not compare with all. 0, or -1 with a MEMORY error or because
 * `each` said so.
 */
int mp_link_candidates(const struct mp_link_reports *r, size_t block, bool fresh,
                       mp_link_pair_fn *each, void *ctx, struct mp_link_crowd *crowd,
                       struct mp_error *e);

#endif

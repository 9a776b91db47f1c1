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

/* a < b, places in r->all; `worker` is that of the thread. False ends the search. */
typedef bool mp_link_pair_fn(void *worker, uint32_t a, uint32_t b);

/*
 * Calls `each` with all pairs of the model's blocks, with each once, in no order: in as many
 * threads as there are workers, which lie one behind the other and are `size` bytes long.
 * Counts into crowds, by block, whom it does not compare with all. 0, or -1 with a MEMORY error,
 * also where `each` said so.
 */
int mp_link_candidates(const struct mp_link_reports *r, mp_link_pair_fn *each, void *workers,
                       size_t n_workers, size_t size, struct mp_link_crowd *crowds,
                       struct mp_error *e);

#endif

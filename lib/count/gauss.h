/*
 * Secondary suppression by Gaussian elimination: which further cells must be hidden so that no
 * guarded one is a linear combination of what is published.
 *
 * After Langsrud (see disclose.h): cells are published one after the other, in a given order,
 * unless that would bring a guarded cell into the span of all that is published. What differs:
 *
 * - The rows here are the equations between cells (total less parts), not the records: a cell can
 *   be recovered if a sum of equations holds it and else nothing but published cells. It is the
 *   same question asked of the dual matroid, with hundreds of rows where there are ten thousands.
 * - Cells that guard each other already (a cycle of guarded cells) are eliminated first; what is
 *   left is small. One more elimination, in the order of publishing, gives all answers at once:
 *   a cell that is no pivot is withheld where it is the last one in the row of a guarded cell, and
 *   a pivot where its row has one that is withheld.
 * - Arithmetic is exact, modulo the prime 2^61 - 1. A rank modulo a prime differs from the true one
 *   only if the prime divides a minor of a matrix of 0, 1 and -1; those of two-way tables are 0 and
 *   +-1, and for larger ones a multiple of this very prime would have to come about by chance.
 * Where it did, intervals.h and audit.h (another prime) would see it.
 */
#ifndef MP_COUNT_GAUSS_H
#define MP_COUNT_GAUSS_H

#include "count/equations.h"

enum mp_sdc_role {
    MP_SDC_KNOWN,   /* published, or known to be 0 */
    MP_SDC_OPEN,    /* to be decided */
    MP_SDC_HIDDEN,  /* hidden; it does not matter whether it can be recovered */
    MP_SDC_GUARDED, /* hidden, and must not be recoverable */
};

/* A difference that must not be recoverable either: cell `one` less `factor` times `other`. */
struct mp_sdc_virtual {
    uint32_t one, other;
    uint64_t factor; /* modulo 2^61 - 1 */
};

/*
 * Decides on the n_order open cells, of which the first in `order` should be published first: each
 * role becomes KNOWN or HIDDEN. What no choice could guard (all cells hidden, it still follows) is
 * left as it is. 0, or -1 with the error (MEMORY).
 */
int mp_sdc_choose(const struct mp_sdc_rows *rows, size_t n_cells, uint8_t *roles,
                  const uint32_t *order, size_t n_order, const struct mp_sdc_virtual *virtuals,
                  size_t n_virtuals, struct mp_error *e);

/*
 * A random change of the cells that leaves all equations true and changes hidden cells alone,
 * modulo 2^61 - 1: z[i] is 0 for what can be recovered. Other cells are 0 with a chance of 2^-61;
 * which errs towards hiding more. The same seed gives the same z. 0, or -1 with the error.
 */
int mp_sdc_change(const struct mp_sdc_rows *rows, size_t n_cells, const uint8_t *roles,
                  uint64_t seed, uint64_t *z, struct mp_error *e);

/* a / b modulo 2^61 - 1; b is not 0. */
uint64_t mp_sdc_ratio(uint64_t a, uint64_t b);

#endif

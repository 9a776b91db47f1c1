/* Which further cells to hide where a hidden one is known too nearly. */
#ifndef MP_COUNT_WIDER_H
#define MP_COUNT_WIDER_H

#include "count/intervals.h"

struct mp_sdc_wider {
    const struct mp_sdc *s;
    /* private */
    uint32_t *in, *in_begins; /* of cells: the rows that they are in, those of `least` last */
    uint32_t *queue, *seen;   /* of cells; the last search that met it */
    uint32_t *votes;          /* of cells: how many others one would help */
    uint8_t *fresh;           /* of rows: a cell of it was picked in this turn */
    uint32_t searches, turns;
};

/* Borrows the system. 0, or -1 with the error (MEMORY). mp_sdc_wider_end in either case. */
int mp_sdc_wider_begin(struct mp_sdc_wider *w, const struct mp_sdc *s, struct mp_error *e);

/*
 * For each hidden cell that is known too nearly a published one, which becomes GUARDED: of the sum
 * that leaves the cell least room, less than `width`, the one that should be published last; or,
 * where all of such sums are hidden, of those that hang on them. Only cells that help many are
 * taken at a time, at first. Returns how many.
 */
size_t mp_sdc_wider_pick(struct mp_sdc_wider *w, uint8_t *roles, const struct mp_sdc_span *spans,
                         uint64_t width);

void mp_sdc_wider_end(struct mp_sdc_wider *w);

#endif

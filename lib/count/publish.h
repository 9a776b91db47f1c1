/*
 * From what was counted to rows: all tables of a run in their order, each cell with its units and
 * measures.
 */
#ifndef MP_COUNT_PUBLISH_H
#define MP_COUNT_PUBLISH_H

#include "count/row.h"
#include "count/tally.h"

struct mp_publication {
    struct mp_listing *lists; /* one a table */
    size_t n;
    /* private */
    struct mp_measures *measures;
    const struct mp_tally *tally;
    unsigned units;
    size_t table, place, unit, measure; /* of the next row */
};

/* Orders all tables. `units` are bits of those that are told. Borrows the tally. 0, or -1 with the
 * error (MEMORY). mp_publication_end in either case. */
int mp_publication_begin(struct mp_publication *p, const struct mp_tally *tally, unsigned units,
                         struct mp_error *e);

/* Appends the next row. False behind the last. */
bool mp_publication_next(struct mp_publication *p, struct mp_buf *b);

void mp_publication_end(struct mp_publication *p);

#endif

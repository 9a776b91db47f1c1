/*
 * From what was counted to rows: all tables of a run in their order, each cell with its units and
 * measures, under disclosure control (guard.h).
 */
#ifndef MP_COUNT_PUBLISH_H
#define MP_COUNT_PUBLISH_H

#include "count/guard.h"
#include "count/row.h"

struct mp_publication {
    struct mp_listing *lists; /* one a table */
    size_t n;
    uint64_t rows, hidden[MP_N_HIDDEN]; /* so far: written; of those, hidden, by why */
    uint64_t withheld;                  /* rows that would tell by standing there */
    /* private */
    struct mp_measures *measures;
    const struct mp_tally *tally;
    struct mp_guard guard;
    unsigned units;
    size_t table, place, unit, measure; /* of the next row */
};

/* Orders all tables and decides what is hidden. `units` are bits of those that are told. Borrows
 * the tally. 0, or -1 with the error (MEMORY, NOT_SAFE). mp_publication_end in either case. */
int mp_publication_begin(struct mp_publication *p, const struct mp_tally *tally,
                         const struct mp_guard_rules *rules, unsigned units, struct mp_error *e);

/* Appends the next row. False behind the last. */
bool mp_publication_next(struct mp_publication *p, struct mp_buf *b);

void mp_publication_end(struct mp_publication *p);

#endif

/*
 * The tables of a run as one system: cells, each once in whatever tables it stands, and how totals
 * hang on them.
 */
#ifndef MP_COUNT_EQUATIONS_H
#define MP_COUNT_EQUATIONS_H

#include "count/disclose.h"

/* Rows over cells: row r has the terms begins[r] to begins[r + 1]. */
struct mp_sdc_rows {
    size_t *begins;
    uint32_t *cells;
    int32_t *signs; /* factors; 1 and -1 but in links */
    size_t n;
    size_t n_terms, cap, cap_terms; /* private */
};

struct mp_sdc_cell {
    uint32_t universe, unit;
    uint32_t at[MP_CROSSTAB_DIMS]; /* dimension + 1 and value, 16 bits each, ascending, then 0 */
    uint64_t value, persons;
    bool certain;
    bool never; /* a difference of two universes: it is guarded but never printed */
};

struct mp_sdc {
    struct mp_sdc_cell *cells; /* in an order that hangs on what they are alone */
    size_t n;
    uint32_t *of;             /* the cell of each table's each cell, table after table */
    struct mp_sdc_rows zero;  /* sums that are 0: parts less their total */
    struct mp_sdc_rows least; /* sums that are 0 or more */
    size_t unequal;
    size_t cap; /* private */
};

/* 0, or -1 with the error. mp_sdc_free in either case. */
int mp_sdc_make(struct mp_sdc *s, const struct mp_disclose_run *run, struct mp_error *e);

void mp_sdc_free(struct mp_sdc *s);

/* How many coordinates it has: 0 is the total of all. */
static inline unsigned mp_sdc_depth(const struct mp_sdc_cell *c)
{
    unsigned depth = 0;
    while (depth < MP_CROSSTAB_DIMS && c->at[depth])
        depth++;
    return depth;
}

#endif

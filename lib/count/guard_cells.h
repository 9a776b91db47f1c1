/* The cells of all tables of a run, as mp_disclose takes them: for guard.c alone. */
#ifndef MP_COUNT_GUARD_CELLS_H
#define MP_COUNT_GUARD_CELLS_H

#include "count/guard.h"

struct mp_guard_cells { /* zeroed: empty */
    struct mp_disclose_table *tables;
    size_t *of; /* the listing of each */
    size_t n;
    const struct mp_crosstab **crosstabs; /* of each */
    enum mp_guard_part *parts;            /* of each */
    struct mp_disclose_nesting *nestings;
    size_t n_nestings;
    struct mp_disclose_link *links;
    size_t n_links, cap_links;
    struct mp_disclose_term *terms;
    size_t n_terms, cap_terms;
    /* private */
    struct mp_map universes;
    uint32_t **ranks; /* of each dimension's values */
    size_t n_dims;
};

/* A USAGE error where tables by weeks and by months, quarters or years stand side by side. */
int mp_guard_check_periods(const struct mp_guard *g, struct mp_error *e);

/* Gives every table of the guard its parts and gathers them. The cells are the guard's. 0, or -1
 * with the error (MEMORY). mp_guard_cells_free in either case. */
int mp_guard_cells_make(struct mp_guard_cells *c, struct mp_guard *g, struct mp_error *e);

void mp_guard_cells_free(struct mp_guard_cells *c);

#endif

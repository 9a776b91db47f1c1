/*
 * The cells of a crosstab in an order that hangs on the values alone: by their coordinates, the
 * dimensions in the table's order, for each one the total first, then values as its definition
 * lists them, others in byte order, periods in time order, "unknown" last. Periods between the
 * first and the last without a record are there too, with 0; in a table that would have more than
 * MP_LISTING_EMPTY_MAX such cells, only where nothing but the period is told.
 */
#ifndef MP_COUNT_LISTING_H
#define MP_COUNT_LISTING_H

#include "count/crosstab.h"

/* Some 150 MB of rows of one unit, and more than 1,000 institutions over 15 years of weeks: what is
 * larger comes from wrong dates, a few of which can make 65,000 periods. */
enum { MP_LISTING_EMPTY_MAX = 1000 * 1000 };

struct mp_listing {
    struct mp_crosstab *table;
    bool gap; /* some runs of empty periods were too long to be filled, the first ... */
    uint32_t gap_from, gap_to; /* ... between these values ... */
    struct mp_dim *time;       /* ... of the table's dimension of time; NULL: it has none */
    uint64_t left_out;         /* cells with 0 that are not listed because there are too many */
    struct mp_listing_place {
        uint64_t rank; /* the key with ranks in place of values */
        size_t cell;   /* MP_NUMBERS_NONE: nothing was counted here */
    } * places;        /* in order */
    size_t n;
    /* private */
    size_t cap;
    uint32_t *ranks[MP_CROSSTAB_DIMS];  /* by value */
    uint32_t *values[MP_CROSSTAB_DIMS]; /* by rank */
};

/* Ranks of a dimension's values, 0 for the total, then the values in their order, then unknown; and
 * the values by rank. Both have mp_dim_n_values(d) items and are the caller's. 0, or -1 with the
 * error (MEMORY). */
int mp_listing_rank(const struct mp_dim *d, uint32_t *ranks, uint32_t *values, struct mp_error *e);

/* Orders what was counted; a table without any record has its one total, 0. Borrows the table. 0,
 * or -1 with the error. mp_listing_end in either case. */
int mp_listing_begin(struct mp_listing *l, struct mp_crosstab *table, struct mp_error *e);

/* The key of a place, with values; and the total it lies in has the value MP_VALUE_ALL. */
uint64_t mp_listing_key(const struct mp_listing *l, const struct mp_listing_place *p);

void mp_listing_end(struct mp_listing *l);

#endif

/*
 * What a reader could work out from tables in which cells are hidden: the last look before anything
 * is printed. Shares no code with the choice of what to hide: equations are found by look-up rather
 * than by sorting and solved modulo another prime, and intervals are bounded from outside, by
 * propagation, where the choice proves them from inside.
 */
#ifndef MP_COUNT_AUDIT_H
#define MP_COUNT_AUDIT_H

#include "count/disclose.h"

enum { MP_AUDIT_LISTED = 256 };

struct mp_audit {
    size_t cells, hidden; /* different ones */
    size_t small;         /* shown though they are primary */
    size_t exact;         /* hidden, but a combination of totals gives them */
    size_t narrow;      /* hidden and primary, but bounds are nearer to each other than rules.width;
                           or hidden, and bounds leave one value; and in either case they would
                           not if all cells but zeros were hidden */
    size_t apart;       /* of two universes, of which one may be a part of the other: both shown,
                           and the difference is small; or the small rest of a link follows */
    size_t table, cell; /* the first cell of which one of these is true */
    struct mp_audit_place {
        size_t table, cell;
    } listed[MP_AUDIT_LISTED]; /* the first narrow ones */
    size_t n_listed;
};

/* Nothing was found. */
static inline bool mp_audit_is_clean(const struct mp_audit *a)
{
    return a->small + a->exact + a->narrow + a->apart == 0;
}

/* Reads `why` of all cells, as mp_disclose or anybody else has set it. 0, or -1 with the error
 * (MEMORY). */
int mp_disclose_audit(const struct mp_disclose_run *run, const struct mp_disclose_rules *rules,
                      struct mp_audit *audit, struct mp_error *e);

#endif

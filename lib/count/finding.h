/*
 * Findings: what stands out in a table over time. They stand in some cells only.
 *
 *   ears_c2, farrington   a period whose count is an alarm beside those before it, by
 * count/trend.h. Every combination of the other dimensions is a series of its own, as is their
 * total; periods without a record count as 0, and a gap that is too long to be filled begins a new
 * series run                   several persons left one place within days of each other, by
 *                         count/runs.h: in a table by day and place, in the cell of its first day
 */
#ifndef MP_COUNT_FINDING_H
#define MP_COUNT_FINDING_H

#include "count/crosstab.h"

struct mp_finding {
    uint32_t cell;
    enum mp_measure measure;
    enum mp_count_unit unit;
    double statistic, expected;   /* of alarms */
    int32_t until;                /* of runs: the last day, days since 1970-01-01 ... */
    uint64_t persons, departures; /* ... and who and how many */
};

/* Sorted by cell, measure and unit. Zeroed: none. */
struct mp_findings {
    struct mp_finding *items;
    size_t n, cap;
    uint64_t round; /* counts were rounded to its multiples; 0: they were not */
};

/* What the table's measures find, alarms in counts rounded to multiples of `round` (0: as they
 * are). 0, or -1 with the error (MEMORY). mp_findings_free in either
 * case. */
int mp_findings_make(struct mp_findings *f, const struct mp_crosstab *table, uint64_t round,
                     struct mp_error *e);

/* NULL: there is none. */
const struct mp_finding *mp_findings_get(const struct mp_findings *f, uint32_t cell,
                                         enum mp_measure measure, enum mp_count_unit unit);

/* Appends its keys to a row: `,"observed":N,"expected":N.NN` or `,"until":DAY,"departures":N`. */
void mp_finding_add(struct mp_buf *b, const struct mp_findings *of, const struct mp_finding *f,
                    const struct mp_crosstab *table);

void mp_findings_free(struct mp_findings *f);

#endif

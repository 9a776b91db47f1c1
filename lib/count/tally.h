/*
 * Counting: one pass, all tables at once. What is kept is cells and who is in them, never records.
 *
 * A record with link.reports is an episode with that many reports; any other record is one report.
 * What the record does not give (a report is no episode and has no person) cannot be counted, and
 * a unit that one record lacks cannot be counted over all of them: `lacking` tells.
 */
#ifndef MP_COUNT_TALLY_H
#define MP_COUNT_TALLY_H

#include "count/crosstab.h"
#include "count/person.h"
#include "io/skim.h"

enum { MP_TALLY_WAITING = 64 };

struct mp_tally {
    struct mp_crosstabs *set;
    struct mp_dims *dims;
    struct mp_case *k;
    struct mp_when
        returned;      /* the youth is back although no time is known; may have no condition */
    bool every_person; /* who is in a cell is asked of all tables, as disclosure control does
                          (so at first); else of those that count persons */
    struct mp_person_key key;     /* of the numbers of persons; the caller's to set */
    uint64_t records;             /* seen */
    uint64_t lacking[MP_N_UNITS]; /* of them, without the unit */
    uint64_t told;                /* places of the case at which some record had something */
    uint64_t endless;             /* open ones without a moment to which they last */
    int32_t first_day, last_day;  /* of the departures that are known, if first <= last */
    struct mp_numbers persons;    /* by mp_person_number */
    struct mp_dim_values *values; /* of each dimension: the present record's or report's */
    /* private */
    bool asks_persons;
    size_t link;
    /* Cells in which the present record's person is yet to be counted. They are counted together,
     * since most of the time goes into fetching their places from memory. */
    struct mp_tally_waiting {
        struct mp_crosstab *table;
        uint32_t cell;
    } waiting[MP_TALLY_WAITING];
    size_t n_waiting;
};

/* Borrows all. 0, or -1 with the error. */
int mp_tally_begin(struct mp_tally *t, struct mp_crosstabs *set, struct mp_dims *dims,
                   struct mp_error *e);

/* All that it reads of a record. False if there is too much. *skim borrows from tables and case. */
bool mp_tally_skim(const struct mp_tally *t, struct mp_skim *skim);

/* Counts a record. 1; 0 if no table counts it; -1 with the error, and nothing of it is counted if
 * that is TOO_MANY_AT_ONCE. */
int mp_tally_add(struct mp_tally *t, yyjson_val *root, struct mp_error *e);

/* Works out the totals, once all records are counted. 0, or -1 with the error (MEMORY). */
int mp_tally_finish(struct mp_tally *t, struct mp_error *e);

/* Whether every record so far gives the unit. */
static inline bool mp_tally_gives(const struct mp_tally *t, enum mp_count_unit unit)
{
    return t->lacking[unit] == 0;
}

/* Whether some table hangs on how long open cases last. */
bool mp_tally_asks_duration(const struct mp_tally *t);

/* Days from the first departure to the last, both counted; 0 where none is known. */
static inline uint64_t mp_tally_days(const struct mp_tally *t)
{
    return t->first_day <= t->last_day ? (uint64_t)(t->last_day - t->first_day) + 1 : 0;
}

void mp_tally_free(struct mp_tally *t);

#endif

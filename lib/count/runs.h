/*
 * Runs: several persons who left one place within days of each other.
 *
 * A departure is a place, a day and a person; the same one told twice is one. The window of a
 * departure holds all departures from its place on its day and on the `days` days after it. Where a
 * window holds at least `persons` different persons it is a hit; hits that have a departure in
 * common are joined, again and again. What comes of it are the runs: from the day of the first
 * departure to that of the last one in them.
 *
 * So no two runs of a place overlap, none depends on the order of what was told, and a run can last
 * longer than `days`; but each of its days lies in a hit.
 *
 * The state is the list of departures, 12 bytes each (and room for up to as many again). To merge
 * two states add the departures of one to the other, with the same numbers for places and persons;
 * mp_departures_settle gives a list that is the same in whatever order it came.
 */
#ifndef MP_COUNT_RUNS_H
#define MP_COUNT_RUNS_H

#include "base/error.h"
#include <stddef.h>
#include <stdint.h>

struct mp_departure {
    uint32_t place;
    int32_t day; /* since 1970-01-01 */
    uint32_t person;
};

/* Zeroed: none. */
struct mp_departures {
    struct mp_departure *list;
    size_t n;
    size_t cap; /* private */
};

struct mp_run {
    uint32_t place;
    int32_t first, last; /* days */
    uint32_t persons;    /* different ones */
    uint64_t departures;
};

/* Runs found, by place and day; zeroed: none. */
struct mp_runs {
    struct mp_run *list;
    size_t n;
    size_t cap; /* private */
};

/* Adds a departure. 0, or -1 with the error (MEMORY). */
int mp_departures_add(struct mp_departures *s, struct mp_departure d, struct mp_error *e);

/* Sorts the list by place, day and person, in place, and takes out what is there twice. */
void mp_departures_settle(struct mp_departures *s);

void mp_departures_free(struct mp_departures *s);

/*
 * Finds the runs of at least `persons` (1 or more) within `days` (0: of one day); settles the list.
 * Memory besides it: some 30 bytes for each person of one place at a time. The runs are the
 * caller's to free, also after an error. 0, or -1 with the error (MEMORY).
 */
int mp_runs_find(struct mp_departures *s, uint32_t persons, uint32_t days, struct mp_runs *runs,
                 struct mp_error *e);

void mp_runs_free(struct mp_runs *runs);

#endif

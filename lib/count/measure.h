/*
 * What is done with the units of a cell: counted, or brought into a number by which cells of
 * different size can be compared.
 *
 *   count                     how many
 *   share                     percent of the total over one of the dimensions (`over`)
 *   rate_week                 a week of the period that the input covers
 *   coverage                  percent of them for which `when` is true
 *   median, quartile_1, _3    of a quantity (`of`), by the product-limit estimator of Kaplan and
 *                             Meier (Nonparametric Estimation from Incomplete Observations, JASA
 *                             1958): the first time at which no more than half (three quarters, a
 *                             quarter) still lasts. Who is still missing counts as long as known
 *   repeat_share_excess       percent: (episodes - persons) / episodes
 *   repeat_share_repeaters    percent of the episodes that are of persons with two or more of them
 *   persons_2, _3, _10        persons with at least so many
 *   concentration             percent of the episodes that are of the most frequent persons, or of
 *                             the most frequent values of a dimension
 *   ears_c2, farrington, run  what stands out, in some cells only (count/finding.h)
 */
#ifndef MP_COUNT_MEASURE_H
#define MP_COUNT_MEASURE_H

#include "count/finding.h"

/* A number with so many decimals: 125 and 1 are 12.5. Not known: there is none. */
struct mp_measured {
    uint64_t number;
    unsigned decimals;
    bool known;
};

/* What measures need beside the cells of a table, brought into order once all is counted. */
struct mp_measures {
    const struct mp_crosstab *table;
    uint64_t days;  /* that the input covers, of rate_week; 0: not known */
    uint64_t round; /* counts are rounded to its multiples before anything is worked out from them;
                       0: they are as they are */
    struct mp_findings findings;
    /* private: the table's members and spans by cell */
    struct mp_slices {
        struct mp_slice {
            uint32_t cell, what, count;
        } * items;
        size_t n;
    } members, spans, ranked;
};

/* 0, or -1 with the error (MEMORY). mp_measures_free in either case. */
int mp_measures_begin(struct mp_measures *m, const struct mp_crosstab *table, uint64_t days,
                      uint64_t round, struct mp_error *e);

/* Whether the table has a row of this measure for the unit at these coordinates (a key). */
bool mp_measure_stands(const struct mp_measures *m, enum mp_measure what, enum mp_count_unit unit,
                       uint64_t key, size_t cell);

/* The measure of a cell, MP_NUMBERS_NONE for one in which nothing was counted. */
struct mp_measured mp_measure_of(const struct mp_measures *m, enum mp_measure what,
                                 enum mp_count_unit unit, uint64_t key, size_t cell);

/* Whether it is a finding (finding.h): only where there is one is there a row. */
bool mp_measure_is_finding(enum mp_measure what);

/* 100 a / b with one decimal, or without, half up; not known where b is 0. */
struct mp_measured mp_percent(uint64_t a, uint64_t b);
struct mp_measured mp_whole_percent(uint64_t a, uint64_t b);

/* What a number rests on, for those who decide whether it may be told (count/guard.h). All are 0
 * for a cell in which nothing was counted. */

/* Persons with at least so many episodes in the cell, and the episodes of these. */
uint64_t mp_measure_persons(const struct mp_measures *m, size_t cell, uint32_t least);
uint64_t mp_measure_episodes(const struct mp_measures *m, size_t cell, uint32_t least);

/* The fewest persons that so many of the cell's episodes can be of. */
uint64_t mp_measure_fewest(const struct mp_measures *m, size_t cell, uint64_t episodes);

/* Episodes of the cell that have the quantity; of them, those that ended at the quantile or before,
 * and those that lasted at least so long. Where it is not reached, all stand on either side. */
struct mp_sides {
    uint64_t all, before, behind;
};

struct mp_sides mp_measure_sides(const struct mp_measures *m, enum mp_measure what, size_t cell);

/* What a concentration adds up: how many of how many there are, their episodes, and the episodes of
 * the last of them. */
struct mp_top {
    uint64_t n, of, sum, least;
};

struct mp_top mp_measure_top(const struct mp_measures *m, size_t cell);

/* Writes it as JSON, null where it is not known. */
void mp_measured_add(struct mp_buf *b, struct mp_measured m);

void mp_measures_free(struct mp_measures *m);

#endif

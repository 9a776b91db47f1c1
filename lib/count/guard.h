/*
 * Disclosure control of a run: the cells of all tables go to mp_disclose (disclose.h) and the last
 * look (audit.h) together, and every number that is worked out from cells is told only where these
 * are.
 *
 *   count, rate_week          where the cell is shown
 *   share                     where the cell and its total are
 *   coverage                  where the cell and the part of it for which `when` is true are. Of
 *                             records that no table counts (a `where` of tables of coverage and
 *                             quantiles alone): in whole percents, of at least 4 min, where both
 *                             parts are 0 or at least min; and a total of which a part is hidden
 *                             only from 100 min on, where a percent leaves room enough, for
 *                             somebody may know of how many
 *   repeat_share_excess       where episodes and persons are
 *   repeat_share_repeaters    where the episodes and those of repeaters are
 *   persons_2, _3, _10        where these persons are; _2 also needs persons, episodes and episodes
 *                             of repeaters, for episodes - persons = episodes of repeaters - _2
 *   median, quartile_1, _3    where the cell is, the quantity is of at least 2 min persons (4 min
 *                             of a quartile), and on either side are at least min episodes
 *   concentration             of persons: where the cell is, and at the top and beside it are at
 *                             least min persons (or none). Of a dimension: where the total and all
 *                             cells at the top are, and no hidden one could be there
 *   ears_c2, farrington       where every cell of the series is
 *
 * So a percentage never gives back a count that is not printed.
 */
#ifndef MP_COUNT_GUARD_H
#define MP_COUNT_GUARD_H

#include "count/disclose.h"
#include "count/listing.h"
#include "count/measure.h"
#include "count/tally.h"

struct mp_guard_rules {
    bool unsafe;     /* all numbers as they are, and nothing below is looked at */
    uint64_t min;    /* the smallest count that is told, of units and of persons */
    uint64_t round;  /* not 0: counts are rounded to its multiples, and no cell is hidden */
    bool hide_zeros; /* 0 is a small count like any other */
    uint64_t effort; /* cells that may be looked at, in millions, before tables become coarser */
};

/* What of a cell is counted on its own: its units, and parts of them. */
enum mp_guard_part {
    MP_PART_HIT_REPORTS = MP_N_UNITS, /* for which `when` is true */
    MP_PART_HIT_EPISODES,
    MP_PART_REPEATERS, /* episodes of persons with two or more */
    MP_PART_PERSONS_2, /* persons with at least two episodes */
    MP_PART_PERSONS_3,
    MP_PART_PERSONS_10,
    MP_N_PARTS
};

struct mp_guard {
    struct mp_guard_rules rules;
    struct mp_disclose_result result; /* of cells; all 0 where none is hidden by rule */
    /* private */
    const struct mp_tally *tally;
    const struct mp_listing *lists;
    const struct mp_measures *measures;
    size_t n;
    unsigned units;
    bool gave_up; /* too much work */
    struct mp_guard_table {
        struct mp_disclose_cell *parts[MP_N_PARTS]; /* as the places of the listing; NULL: none */
        struct mp_numbers series[MP_N_UNITS];       /* ranks of those that have a hidden cell */
        struct mp_numbers tops;                     /* ranks of totals whose top is not all shown */
        bool apart;                                 /* how many its cells have is told nowhere */
        bool coarse;                                /* only totals are told, not the finest cells */
        struct mp_numbers nearest; /* then: ranks of totals by which a hidden part could be told */
    } * tables;
};

/*
 * Hides, and looks whether that is enough. Lists and measures are those of the tally's tables, all
 * begun; `units` are bits of those that are told. Borrows all. 0, or -1 with the error (MEMORY, or
 * NOT_SAFE where a cell could be worked out all the same). mp_guard_end in either case.
 */
int mp_guard_begin(struct mp_guard *g, const struct mp_guard_rules *rules,
                   const struct mp_tally *tally, const struct mp_listing *lists,
                   const struct mp_measures *measures, unsigned units, struct mp_error *e);

/* Whether a table may come out under control at all: internal ones may not, nor those that list
 * cells by their size, or runs. */
bool mp_guard_may(const struct mp_crosstab *table);

/* Why the number at a place of a table's listing must not be told; MP_SHOWN: it may. */
enum mp_hidden mp_guard_of(const struct mp_guard *g, size_t table, size_t place,
                           enum mp_count_unit unit, enum mp_measure measure);

/* Whether only totals are told of a table, for there are too many cells to guard. */
bool mp_guard_is_coarse(const struct mp_guard *g, size_t table);

/* Whether a place of a table's listing is a cell of all its dimensions in such a table. */
bool mp_guard_is_too_fine(const struct mp_guard *g, size_t table, size_t place);

/* Whether the table's coverage is told in whole percents. */
bool mp_guard_is_apart(const struct mp_guard *g, size_t table);

void mp_guard_end(struct mp_guard *g);

#endif

/*
 * Statistical disclosure control of counts: which cells of the tables of a run must not be printed,
 * and why, so that from all that is printed no small count can be worked out.
 *
 * Primary: cells of fewer than `min` of the unit, or of persons. Secondary: Gaussian elimination
 * over all tables together, after Langsrud, Secondary Cell Suppression by Gaussian Elimination: An
 * Algorithm Suitable for Handling Issues with Zeros and Singletons, PSD 2024 (the R package
 * GaussSuppression of Statistics Norway). Then two dangers that linear algebra does not see: who is
 * alone in a hidden cell and subtracts himself, and sums so small or so large that the intervals
 * are narrow. gauss.h, intervals.h and audit.h say how, and where ours differs.
 *
 * Zeros that are shown tell something too: a hidden total is at least the number of its cells that
 * are not 0. Such bounds are taken as given, and what must remain is counted from there.
 *
 * All this holds for the tables of one run. It does not hold for two runs that are laid side by
 * side (a table of yesterday and one of today), for a reader who knows more than one person's
 * cells, and for dimensions that hang together in a way that nobody has declared (`nestings`); what
 * conditions say together is declared by `links`.
 */
#ifndef MP_COUNT_DISCLOSE_H
#define MP_COUNT_DISCLOSE_H

#include "base/error.h"
#include "count/crosstab.h"

enum mp_hidden {
    MP_SHOWN,
    MP_HIDDEN_FEW,         /* primary: fewer than `min` of the unit */
    MP_HIDDEN_FEW_PERSONS, /* primary: enough of the unit, of fewer than `min` persons */
    MP_HIDDEN_SECONDARY,   /* or else a primary cell would follow from totals */
    MP_HIDDEN_SINGLETON,   /* or else one who is alone in a cell could work out another */
    MP_HIDDEN_INTERVAL,    /* or else a cell would be known too nearly */
    MP_HIDDEN_SMALL_BASE,  /* a number worked out from too few: see guard.h; never a cell's */
    MP_N_HIDDEN
};

extern const char *const mp_hidden_names[MP_N_HIDDEN];

struct mp_disclose_cell {
    uint64_t key;       /* coordinates as in a crosstab; ties between cells are broken by them, so
                           their numbers must hang on the values, not on the order of the input */
    uint64_t value;     /* in the table's unit */
    uint64_t persons;   /* who are in it; the value where they are not known */
    bool certain;       /* 0, as everybody knows without being told: boys among girls */
    enum mp_hidden why; /* out */
};

/* How the total over a dimension hangs on its cells. */
enum mp_disclose_sums {
    MP_TOTAL_COVERS,   /* at most their sum, and at least each of them: persons */
    MP_TOTAL_SUMS,     /* their sum */
    MP_TOTAL_EXCEEDS,  /* at least their sum: what only shows where all cells are seen together */
    MP_TOTAL_CONTAINS, /* at least each of them, and nothing more is known */
};

/* One unit of one crosstab. Cells in any order, with all totals; a cell that is not given is 0. */
struct mp_disclose_table {
    /* Which records are counted: the number of the table's condition. Cells of tables with the same
     * universe, unit and coordinates are one cell. Of two universes where, wherever both have a
     * cell, one never counts more than the other, the one may be a part of the other: then what is
     * in the larger one alone is guarded like a cell, though it is never printed. */
    uint32_t universe;
    uint32_t unit;                   /* enum mp_count_unit: a later one never counts more */
    uint32_t dims[MP_CROSSTAB_DIMS]; /* number of each dimension in the run, below 65535 */
    enum mp_disclose_sums sums[MP_CROSSTAB_DIMS];
    size_t n_dims;
    struct mp_disclose_cell *cells; /* borrowed */
    size_t n;
};

/* A dimension whose values are parts of another one's: months of quarters. */
struct mp_disclose_nesting {
    uint32_t inner, outer;    /* numbers of dimensions */
    const uint16_t *outer_of; /* of each inner value: the outer one that it lies in; 0: none */
    size_t n;                 /* inner values are below it */
};

/*
 * What cells of several tables say together because their conditions and dimensions hang together:
 * the terms add up to `rest`, `times` times, or where `least` is set to 0 or more. The rest is a
 * count that is never printed; where it is small it is guarded like a cell.
 */
struct mp_disclose_link {
    size_t begin, n; /* terms of the run */
    uint64_t rest;
    int32_t times;
    bool least;
};

struct mp_disclose_term {
    uint32_t table, cell; /* the cell's place in the table */
    int32_t factor;       /* not 0, at most MP_DISCLOSE_FACTOR either way */
};

enum { MP_DISCLOSE_FACTOR = 1 << 20 };

struct mp_disclose_run { /* all borrowed */
    struct mp_disclose_table *tables;
    size_t n;
    const struct mp_disclose_nesting *nestings;
    size_t n_nestings;
    const struct mp_disclose_link *links;
    size_t n_links;
    const struct mp_disclose_term *terms;
};

struct mp_disclose_rules {
    uint64_t min;       /* the smallest count that is printed, at least 1 */
    uint64_t width;     /* how far the bounds of a primary cell must lie apart, as far as a reader
                           can tell; a small one's reach down to the smallest hidden count and up
                           from there. min - 2 is [1..min-1]; 0 looks at no intervals */
    bool hide_zeros;    /* 0 is a small count like any other */
    bool zeros_follow;  /* but only for the sake of others: no harm if one can be worked out */
    bool singletons;    /* guard against those who are alone in a cell */
    int64_t work;       /* how many cells the search for intervals may look at; 0: any number */
    bool reasons_shown; /* the reader is told which cells are primary, and so that these are below
                           min and the others are not */
};

/* min with all guards: zeros and reasons are shown. */
struct mp_disclose_rules mp_disclose_rules_of(uint64_t min);

struct mp_disclose_result {
    size_t cells, hidden;    /* different ones: a total that many tables have counts once */
    size_t why[MP_N_HIDDEN]; /* of them */
    size_t unproven;         /* hidden cells for which no table with other counts was found that
                                would look the same. 0, unless nothing more can be hidden */
    int64_t work;            /* cells that were looked at */
    bool gave_up;            /* they were too many, and nothing is promised */
    size_t unequal;          /* totals that are not what the tables say they are, and cells with two
                                values: the caller's mistake, and nothing is promised */
};

/* How wide the interval of each cell can be at all, which takes longest to find out: kept for when
 * the same run is looked at again with other numbers of persons. Zeroed: nothing is known;
 * mp_disclose_goals_free frees. */
struct mp_disclose_goals {
    struct mp_sdc_span *spans; /* private */
    size_t n;
};

void mp_disclose_goals_free(struct mp_disclose_goals *goals);

/*
 * Sets `why` of every cell. The same pattern whatever the order of tables and cells. Some 1 KB a
 * cell. Reads and fills in `goals`. 0, or -1 with the error (MEMORY).
 */
int mp_disclose(const struct mp_disclose_run *run, const struct mp_disclose_rules *rules,
                struct mp_disclose_goals *goals, struct mp_disclose_result *result,
                struct mp_error *e);

/*
 * Conventional rounding: to the nearest multiple of `base` (not 0), up from half. With 5: 1, 2 are
 * 0; 3, 4, 6, 7 are 5. Totals are rounded on their own, so that parts need not add up. It hides
 * less than it seems: where many rounded numbers add up to a rounded total, bounds meet.
 */
static inline uint64_t mp_disclose_round(uint64_t value, uint64_t base)
{
    uint64_t rest = value % base;
    return value - rest + (rest >= base - rest ? base : 0);
}

#endif

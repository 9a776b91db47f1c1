/*
 * A crosstab: what is counted (units), broken down by what (dimensions), of which records (a
 * condition), what is told of it (measures), and the cells that it has come to hold. Every total is
 * a cell too: the one whose value of a dimension is MP_VALUE_ALL.
 */
#ifndef MP_COUNT_CROSSTAB_H
#define MP_COUNT_CROSSTAB_H

#include "count/dimension.h"
#include "count/figure.h"
#include "count/pairs.h"
#include "count/trend.h"

enum mp_count_unit { MP_REPORTS, MP_EPISODES, MP_PERSONS, MP_N_UNITS };

extern const char *const mp_count_unit_names[MP_N_UNITS];

/* count/measure.h says what they are. */
enum mp_measure {
    MP_COUNT,
    MP_SHARE,
    MP_RATE_WEEK,
    MP_COVERAGE,
    MP_MEDIAN,
    MP_QUARTILE_1,
    MP_QUARTILE_3,
    MP_REPEAT_EXCESS,
    MP_REPEAT_REPEATERS,
    MP_PERSONS_2,
    MP_PERSONS_3,
    MP_PERSONS_10,
    MP_CONCENTRATION,
    MP_EARS_C2,
    MP_FARRINGTON,
    MP_RUN,
    MP_N_MEASURES
};

struct mp_measure_kind {
    const char *name;
    unsigned units;            /* bits of those that it can be told of */
    unsigned decimals;         /* of its number */
    bool members, spans, when; /* what of the table it needs */
};

extern const struct mp_measure_kind mp_measure_kinds[MP_N_MEASURES];

/* A cell's coordinates are one 64-bit key, 16 bits for each dimension. */
enum { MP_CROSSTAB_DIMS = 4, MP_VALUE_BITS = 16, MP_OVER_PERSON = MP_CROSSTAB_DIMS };

struct mp_count_cell {
    uint64_t value[MP_N_UNITS];
    uint64_t hits[MP_EPISODES + 1]; /* reports and episodes for which `when` is true */
    uint64_t record;                /* the last that was counted here, so that it counts once */
};

struct mp_crosstab {
    struct mp_str name;
    struct mp_yaml *at;             /* where it is defined; NULL: on the command line */
    const struct mp_figure *figure; /* that it computes, or NULL; of one that no record can tell the
                                     * table has no units */
    struct mp_dim *by[MP_CROSSTAB_DIMS];
    size_t n_by;
    enum mp_count_unit units[MP_N_UNITS];
    size_t n_units;
    enum mp_measure measures[MP_N_MEASURES];
    size_t n_measures;
    struct mp_when where;             /* no condition: all */
    struct mp_when when;              /* of coverage */
    size_t where_number, when_number; /* of those that there are: count/conditions.h */
    struct mp_quantity of;            /* of medians and quartiles */
    bool censored; /* `of` is how long the youth was missing: open ones are as yet */
    size_t over;   /* place in `by`, or MP_OVER_PERSON */
    uint64_t top;  /* of concentration: so many, or percent */
    bool top_percent;
    struct mp_ears ears;             /* of the alarms */
    struct mp_farrington farrington; /* likewise */
    uint32_t run_persons, run_days;  /* of runs */
    uint64_t least_persons;          /* cells of fewer are not listed */
    bool internal;                   /* never for publication */
    bool each_report;                /* one of the dimensions is read from each report */
    bool linking;                    /* counted for disclosure control alone: count/conditions.h */

    struct mp_numbers keys; /* of cells */
    struct mp_count_cell *cells;
    size_t cap;
    struct mp_pairs members; /* persons in cells, with the number of their episodes there */
    struct mp_pairs spans;   /* quantity * 2 + still open, in cells, with how often */
};

struct mp_crosstabs {
    struct mp_str name, version;
    struct mp_crosstab *items; /* in the arena that they were read into */
    size_t n;
    struct mp_rules *rules; /* private */
};

/* Place of the i-th dimension in a key; the first one is the most significant. */
static inline unsigned mp_crosstab_shift(size_t i)
{
    return (unsigned)(MP_VALUE_BITS * (MP_CROSSTAB_DIMS - 1 - i));
}

static inline uint32_t mp_crosstab_value(uint64_t key, size_t i)
{
    return (uint32_t)(key >> mp_crosstab_shift(i)) & MP_VALUE_MAX;
}

/* The key with the i-th dimension totalled over. */
static inline uint64_t mp_crosstab_total(uint64_t key, size_t i)
{
    return key & ~((uint64_t)MP_VALUE_MAX << mp_crosstab_shift(i));
}

/* Reads a file of tables into the arena of dims->rules. 0, or -1 with the error. mp_crosstabs_free
 * in either case. */
int mp_crosstabs_read(const char *path, struct mp_dims *dims, struct mp_crosstabs *set,
                      struct mp_error *e);

/* Reads by, unit or units, measure, where, when, of, over and top out of a map into a zeroed table;
 * other keys are not looked at. */
int mp_crosstab_read(struct mp_yaml *map, struct mp_dims *dims, struct mp_crosstab *t,
                     struct mp_error *e);

/* The same from n command-line arguments, "week,setting" each: a table of that name with the
 * comma as a low line, all units, counts. -1 with a USAGE error; `option` is what it complains
 * about. */
int mp_crosstabs_quick(const char *option, const char *const *args, size_t n, struct mp_dims *dims,
                       struct mp_crosstabs *set, struct mp_error *e);

/* The tables that compute the figures, under the name of their set. Borrows the figures. */
int mp_crosstabs_figures(const struct mp_figures *figures, struct mp_str name, struct mp_dims *dims,
                         struct mp_crosstabs *set, struct mp_error *e);

/* Puts the tables of a set behind those of another; `more` is empty then. No two tables may have
 * one name, but for figures. 0, or -1 with the error (USAGE, MEMORY). */
int mp_crosstabs_join(struct mp_crosstabs *set, struct mp_crosstabs *more,
                      const struct mp_dims *dims, struct mp_error *e);

/* Keeps one unit only, the tables that tell something of it, and figures that no record can tell:
 * false if there is no such table. */
bool mp_crosstabs_restrict(struct mp_crosstabs *set, enum mp_count_unit unit);

/* How many there are before those that are counted for disclosure control alone. */
size_t mp_crosstabs_told(const struct mp_crosstabs *set);

bool mp_crosstab_has(const struct mp_crosstab *t, enum mp_count_unit unit);

bool mp_crosstab_has_measure(const struct mp_crosstab *t, enum mp_measure m);

/* Whether a measure of the table needs to know who is in a cell. */
bool mp_measure_of_members(const struct mp_crosstab *t, enum mp_measure m);

/* Whether it must be known who is in a cell: for a measure, or for how few persons are behind one.
 */
bool mp_crosstab_needs_who(const struct mp_crosstab *t);

/* Whether a measure of the table needs members, spans. */
bool mp_crosstab_needs_members(const struct mp_crosstab *t);
bool mp_crosstab_needs_spans(const struct mp_crosstab *t);

/* The cell with this key, made if new; its number, or MP_NUMBERS_NONE if memory ran out. */
size_t mp_crosstab_cell(struct mp_crosstab *t, uint64_t key);

/* Frees the cells. */
void mp_crosstabs_free(struct mp_crosstabs *set);

#endif

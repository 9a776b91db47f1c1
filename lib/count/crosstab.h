/*
 * A crosstab: what is counted (units), broken down by what (dimensions), of which records (a
 * condition), and the cells that it has come to hold. Every total is a cell too: the one whose
 * value of a dimension is MP_VALUE_ALL.
 */
#ifndef MP_COUNT_CROSSTAB_H
#define MP_COUNT_CROSSTAB_H

#include "count/dimension.h"
#include "count/pairs.h"
#include "io/condition.h"

enum mp_count_unit { MP_REPORTS, MP_EPISODES, MP_PERSONS, MP_N_UNITS };

extern const char *const mp_count_unit_names[MP_N_UNITS];

/* A cell's coordinates are one 64-bit key, 16 bits for each dimension. */
enum { MP_CROSSTAB_DIMS = 4, MP_VALUE_BITS = 16 };

struct mp_count_cell {
    uint64_t value[MP_N_UNITS];
    uint64_t record; /* the last record that was counted here, so that it counts once */
};

struct mp_crosstab {
    struct mp_str name;
    struct mp_dim *by[MP_CROSSTAB_DIMS];
    size_t n_by;
    enum mp_count_unit units[MP_N_UNITS];
    size_t n_units;
    const struct mp_condition *where;    /* NULL: all */
    struct mp_str missing[MP_TRACE_MAX]; /* paths that `where` asks for and no record has told */
    size_t n_missing;
    bool each_report; /* one of the dimensions is read from each report */

    struct mp_numbers keys; /* of cells */
    struct mp_count_cell *cells;
    size_t cap;
    struct mp_pairs persons; /* in cells */
};

struct mp_crosstabs {
    struct mp_str name, version;
    struct mp_crosstab *items; /* in the arena that they were read into */
    size_t n;
};

/* Place of the i-th dimension in a key; the first one is the most significant. */
static inline unsigned mp_crosstab_shift(size_t i)
{
    return (unsigned)(MP_VALUE_BITS * (MP_CROSSTAB_DIMS - 1 - i));
}

/* Reads a file of tables. 0, or -1 with the error. mp_crosstabs_free in either case. */
int mp_crosstabs_read(struct mp_arena *a, const char *path, const struct mp_dims *dims,
                      struct mp_crosstabs *set, struct mp_error *e);

/* The same from n command-line arguments, "week,setting" each: a table of that name with the
 * comma as a low line, all units. -1 with a USAGE error; `option` is what it complains about. */
int mp_crosstabs_quick(struct mp_arena *a, const char *option, const char *const *args, size_t n,
                       const struct mp_dims *dims, struct mp_crosstabs *set, struct mp_error *e);

/* Keeps one unit only, and the tables that have it: false if none has. */
bool mp_crosstabs_restrict(struct mp_crosstabs *set, enum mp_count_unit unit);

bool mp_crosstab_has(const struct mp_crosstab *t, enum mp_count_unit unit);

/* Frees the cells. */
void mp_crosstabs_free(struct mp_crosstabs *set);

#endif

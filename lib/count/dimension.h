/*
 * What tables are broken down by, and how a record's value of it is read.
 *
 * Each dimension numbers the values that it meets; a value not known has the number
 * MP_VALUE_UNKNOWN. The file of dimensions also lists what may never become a value: names, dates
 * of birth, free text, identifiers.
 */
#ifndef MP_COUNT_DIMENSION_H
#define MP_COUNT_DIMENSION_H

#include "base/hash.h"
#include "count/numbers.h"
#include "count/period.h"
#include "io/record.h"
#include "io/yaml.h"

enum mp_dim_kind {
    MP_DIM_TEXT,   /* what stands in a field */
    MP_DIM_PERIOD, /* week, month, quarter or year of a moment */
    MP_DIM_BAND,   /* class of the age at a moment */
};

enum {
    MP_VALUE_ALL = 0, /* no value: the total over the dimension */
    MP_VALUE_UNKNOWN = 1,
    MP_VALUE_FIRST = 2, /* of the values in the dimension's own numbering */
    MP_VALUE_MAX = 0xffff,
    MP_DIM_MOMENTS = 4,
};

struct mp_dim {
    struct mp_str name;
    enum mp_dim_kind kind;
    bool each_report;     /* read from every report of an episode, not from the episode */
    struct mp_path field; /* TEXT */
    struct mp_path at[MP_DIM_MOMENTS]; /* PERIOD, BAND: the first of these that is known */
    size_t n_at;
    enum mp_period period;
    int64_t longest_gap;       /* PERIOD: longer runs of empty periods are not filled */
    struct mp_path born, age;  /* BAND: date of birth, or else the age as given */
    const int64_t *below;      /* BAND: the first age above each class; the last has none */
    size_t n_listed;           /* values that the file lists come first, in its order */
    struct mp_map texts;       /* TEXT, BAND: value number = place + MP_VALUE_FIRST */
    struct mp_numbers periods; /* PERIOD: the same, by mp_period_of */
};

struct mp_dims {
    struct mp_dim *items; /* in the arena that they were read into */
    size_t n;
};

/* Reads a file of dimensions. 0, or -1 with the error. mp_dims_free in either case. */
int mp_dims_read(struct mp_arena *a, const char *path, struct mp_dims *dims, struct mp_error *e);

/* Frees the values; the dimensions themselves are the arena's. */
void mp_dims_free(struct mp_dims *dims);

/* NULL if there is none of that name. */
struct mp_dim *mp_dims_find(const struct mp_dims *dims, struct mp_str name);

/* The number of the value that a record (or, where each_report is set, a report) has. 0, or -1
 * with the error (MEMORY, TOO_MANY_VALUES). */
int mp_dim_value(struct mp_dim *d, yyjson_val *of, uint32_t *value, struct mp_error *e);

/* The number of a period; as mp_dim_value. */
int mp_dim_period(struct mp_dim *d, int32_t period, uint32_t *value, struct mp_error *e);

/* How many numbers are in use: all values are below it. */
size_t mp_dim_n_values(const struct mp_dim *d);

/* Writes a value, "unknown" for MP_VALUE_UNKNOWN. */
void mp_dim_add_value(struct mp_buf *b, const struct mp_dim *d, uint32_t value);

#endif

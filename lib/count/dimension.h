/*
 * What tables are broken down by, and how a record's values of it are read.
 *
 * Each dimension numbers the values that it meets; a value not known has the number
 * MP_VALUE_UNKNOWN. The file of dimensions also lists what may never become a value: names, dates
 * of birth, free text, identifiers. A code of signals is a dimension, too: by its statuses.
 */
#ifndef MP_COUNT_DIMENSION_H
#define MP_COUNT_DIMENSION_H

#include "base/hash.h"
#include "count/numbers.h"
#include "count/period.h"
#include "count/quantity.h"

enum mp_dim_kind {
    MP_DIM_TEXT,    /* what stands in a field */
    MP_DIM_PERIOD,  /* week, month, quarter or year of a moment */
    MP_DIM_AGE,     /* class of the age at a moment */
    MP_DIM_NUMBER,  /* class of a number */
    MP_DIM_CLASSES, /* classes that have a condition each */
    MP_DIM_TRUTHS,  /* of several conditions at once which are true: "010" (count/conditions.h) */
};

enum {
    MP_VALUE_ALL = 0, /* no value: the total over the dimension */
    MP_VALUE_UNKNOWN = 1,
    MP_VALUE_FIRST = 2, /* of the values in the dimension's own numbering */
    MP_VALUE_MAX = 0xffff,
    MP_DIM_VALUES = 1024, /* that one record can have */
};

/* A class: a condition, or a code with one of some statuses. */
struct mp_dim_class {
    struct mp_when when;
    struct mp_code_set code; /* where `when` has no condition */
    unsigned statuses;       /* bits, as in mp_codes_any */
};

struct mp_dim {
    struct mp_str name;
    struct mp_yaml *yaml; /* NULL: a code of signals */
    bool in_use;          /* what follows is bound to the case of the run */
    enum mp_dim_kind kind;
    bool each_report; /* read from every report of an episode, not from the episode */
    bool several;     /* a record can have more than one value */
    bool internal;    /* never for publication, nor any table with it */

    struct mp_path field; /* TEXT */
    size_t place;         /* of it */
    struct mp_str item;   /* where a list of maps stands there: the key of what counts ... */
    struct mp_str only_key, only_value; /* ... of the maps that have this; p NULL: of all */
    bool pseudonym; /* values come out as hashes, by which they can only be told apart */
    enum mp_period period;
    struct mp_moments at;                /* PERIOD, AGE: the first of these that is known ... */
    struct mp_path at_paths[MP_MOMENTS]; /* ... in a report, where each_report is set */
    int64_t longest_gap;                 /* PERIOD: longer runs of empty periods are not filled */
    size_t born, age;                    /* AGE: date of birth, or else the age as given */
    struct mp_quantity quantity;         /* NUMBER */
    const int64_t *below;                /* the first number above each band; the last has none */
    struct mp_dim_class *classes;        /* CLASSES: of the listed values, in their order */
    size_t n_classes, signals;           /* place of the signals */
    uint32_t otherwise;                  /* value where no class is true; 0: unknown */
    const struct mp_when **truths;       /* TRUTHS */
    size_t n_truths;

    size_t n_listed;           /* values that the file lists come first, in its order */
    struct mp_map texts;       /* value number = place + MP_VALUE_FIRST */
    struct mp_numbers periods; /* PERIOD: the same, by mp_period_of */
};

struct mp_dims {
    struct mp_dim *items; /* in the arena that they were read into */
    size_t n;
    struct mp_rules *rules; /* private, as is all that follows */
    struct mp_yaml *never, *internal;
    size_t cap;
    const char *path; /* of the file */
};

/* The values of a record, without order and each once. */
struct mp_dim_values {
    uint32_t v[MP_DIM_VALUES];
    size_t n;
};

/*
 * Reads a file of dimensions into the arena of the rules; with rules->codes each code is one that
 * can be asked for by name. Every one is checked, but only those that somebody finds are bound to
 * rules->k. 0, or -1 with the error. mp_dims_free in either case.
 */
int mp_dims_read(struct mp_rules *rules, const char *path, struct mp_dims *dims,
                 struct mp_error *e);

/* Frees the values; the dimensions themselves are the arena's. */
void mp_dims_free(struct mp_dims *dims);

/* *out: the one of that name, bound, or NULL where there is none. -1 with the error where it can
 * not be bound. */
int mp_dims_find(struct mp_dims *dims, struct mp_str name, struct mp_dim **out, struct mp_error *e);

/* The values that the record has that the case has read; of `report`, where each_report is set. 0,
 * or -1 with the error (MEMORY, TOO_MANY_VALUES). */
int mp_dim_values(struct mp_dim *d, const struct mp_case *k, yyjson_val *report,
                  struct mp_dim_values *out, struct mp_error *e);

/* The number of a period, or of any other text that is a value; errors as mp_dim_values. */
int mp_dim_period(struct mp_dim *d, int32_t period, uint32_t *value, struct mp_error *e);
int mp_dim_text(struct mp_dim *d, struct mp_str text, uint32_t *value, struct mp_error *e);

/* The number of a value as mp_dim_add_value writes it. 1; 0 where no record can have it; -1 with
 * the error as mp_dim_values. */
int mp_dim_read_value(struct mp_dim *d, struct mp_str text, uint32_t *value, struct mp_error *e);

/* How many numbers are in use: all values are below it. */
size_t mp_dim_n_values(const struct mp_dim *d);

/* Writes a value, "unknown" for MP_VALUE_UNKNOWN. */
void mp_dim_add_value(struct mp_buf *b, const struct mp_dim *d, uint32_t value);

#endif

/* Registration numbers: the spellings that a profile allows, and the one that is written. */
#ifndef MP_INTAKE_NUMBER_FORMAT_H
#define MP_INTAKE_NUMBER_FORMAT_H

#include "base/buf.h"
#include "io/yaml.h"

enum { MP_NUMBER_GROUPS = 4 };

/* How registration numbers are spelt: a prefix, groups of digits with or without a separator,
 * and a document's suffix. */
struct mp_number_format {
    struct mp_str prefix, separators, write;
    struct {
        int least, most;
    } groups[MP_NUMBER_GROUPS], suffix;
    size_t n_groups;
    size_t unit; /* the group that says which unit registered, from 1; 0: none does */
    bool given;
};

/* What stands in a number beside its normal form; borrowed from its text. n 0: is not there. */
struct mp_number_parts {
    struct mp_str unit, suffix;
};

/* {prefix, digits: [N or N-M, ...], suffix: N-M, separators, unit: N, write: "PL{1}-{2}{3}"} */
int mp_number_format_read(struct mp_arena *a, struct mp_yaml *y, struct mp_number_format *out,
                          struct mp_error *e);

/* Appends the number as `write` says to b and sets *parts. False if s is not such a number; then b
 * is as before. */
bool mp_number_format_apply(const struct mp_number_format *f, struct mp_str s, struct mp_buf *b,
                            struct mp_number_parts *parts);

#endif

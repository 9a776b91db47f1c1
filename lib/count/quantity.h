/*
 * Numbers that a record tells: one that stands in it (or is worked out from it, io/case.h), or the
 * time between two of its moments.
 *
 *     number: PATH
 *     hours: {from: [PATH, ...], to: [PATH, ...]}    whole hours that passed
 *     days:  {from: [PATH, ...], to: [PATH, ...]}    midnights that passed
 *
 * Of a list of moments the first that is known counts. Where a clock is lacking hours are known
 * only from the least to the most that they can be.
 */
#ifndef MP_COUNT_QUANTITY_H
#define MP_COUNT_QUANTITY_H

#include "io/rules.h"

enum { MP_MOMENTS = 4 };

/* Places of moments in the case. */
struct mp_moments {
    size_t at[MP_MOMENTS];
    size_t n;
};

struct mp_quantity {
    enum mp_quantity_kind { MP_QUANTITY_PATH, MP_QUANTITY_HOURS, MP_QUANTITY_DAYS } kind;
    size_t place; /* PATH */
    struct mp_moments from, to;
};

/* Paths whose values may never come out, nor what begins with them; `list` may be NULL. 0, or -1
 * with the error at y. */
int mp_never_check(struct mp_yaml *list, struct mp_yaml *y, const struct mp_path *path,
                   struct mp_error *e);

/* The place of the path that stands at y; checked against `never`. 0, or -1 with the error. */
int mp_place_read(const struct mp_rules *r, struct mp_yaml *never, struct mp_yaml *y, size_t *place,
                  struct mp_error *e);

/* The moments behind a key. */
int mp_moments_read(const struct mp_rules *r, struct mp_yaml *map, const char *key,
                    struct mp_moments *out, struct mp_error *e);

/* The first of them that the record tells. */
struct mp_time mp_moments_of(const struct mp_moments *m, const struct mp_case *k);

/* Reads it from a map that has one of the keys above; a number is checked against `never`, which is
 * NULL where only classes of it come out. */
int mp_quantity_read(const struct mp_rules *r, struct mp_yaml *never, struct mp_yaml *map,
                     struct mp_quantity *out, struct mp_error *e);

struct mp_amount {
    int64_t least, most, middle;
};

/* False where the record does not tell it, or it is negative. */
bool mp_quantity_of(const struct mp_quantity *q, const struct mp_case *k, struct mp_amount *out);

#endif

/*
 * What the records of a run say about conditions and dimensions: which of the conditions are true
 * together (an atom is what is true of some record), and of which atoms the values of dimensions
 * are. Numbers of atoms and values hang on values alone, not on the order of the input.
 */
#ifndef MP_COUNT_RELATED_H
#define MP_COUNT_RELATED_H

#include "count/conditions.h"
#include "count/tally.h"

struct mp_related_value {
    uint64_t at; /* ranks of the dimensions' values, 16 bits each, the first one highest */
    uint32_t atom;
    uint64_t n; /* reports */
};

/* Some dimensions together. */
struct mp_related_dims {
    const struct mp_crosstab *table;
    uint32_t dims[MP_LINKED_DIMS]; /* their numbers, ascending */
    size_t n_dims;
    struct mp_related_value *values; /* sorted */
    size_t n;
};

struct mp_related { /* zeroed: no conditions */
    const struct mp_dim *conditions;
    size_t n_atoms;
    uint64_t *reports; /* of atoms */
    struct mp_related_dims *dims;
    size_t n;
    /* private */
    struct mp_str *names; /* of atoms: which conditions are true */
};

/* `ranks` are those of each dimension's values. Borrows the tally. 0, or -1 with the error
 * (MEMORY). mp_related_free in either case. */
int mp_related_make(struct mp_related *r, const struct mp_tally *tally, uint32_t *const *ranks,
                    struct mp_error *e);

/* Which atoms a table counts; with `hits`, only those for which `when` is true. */
void mp_related_atoms(const struct mp_related *r, const struct mp_crosstab *t, bool hits,
                      bool *atoms);

/*
 * Values with the same atoms, as far as `class` parts these (an atom's; below 0: it does not
 * count), form a group: sets the group of each entry of d->values, SIZE_MAX where there is none.
 * The number of groups, or SIZE_MAX if memory ran out.
 */
size_t mp_related_groups(const struct mp_related_dims *d, const int *class, size_t *groups);

/* Whether conditions hang together with dimensions: all of these are read from what they read; or
 * they are true of all or none of each value, or of so many of one that it is no accident. `places`
 * are those of the conditions, `atoms` those for which they are true. */
bool mp_related_linked(const struct mp_related *r, const struct mp_related_dims *d, uint64_t places,
                       const bool *atoms);

void mp_related_free(struct mp_related *r);

#endif

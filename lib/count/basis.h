/*
 * Which sets are sums and differences of others: sets as vectors of 0 and 1, one number for each
 * item that can be in them. Exact, in whole numbers.
 */
#ifndef MP_COUNT_BASIS_H
#define MP_COUNT_BASIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mp_basis {
    size_t items, n; /* sets so far */
    bool failed;     /* memory ran out, or numbers became too large: nothing is worth anything */
    /* private */
    size_t most, n_rows;
    int64_t *rows, *room;
};

/* For sets over so many items, `most` of them. mp_basis_free in any case. */
void mp_basis_begin(struct mp_basis *b, size_t items, size_t most);

/* Adds a set. Whether it follows from those before: then factors[i] times the i-th set, added up,
 * are 0; the last factor is its own, above 0. `factors` has room for `most`. */
bool mp_basis_add(struct mp_basis *b, const bool *set, int64_t *factors);

/* The same of a set that is not added: factors[i] times the i-th set add up to so many times it;
 * 0: it does not follow. */
int64_t mp_basis_find(struct mp_basis *b, const bool *set, int64_t *factors);

void mp_basis_free(struct mp_basis *b);

#endif

/* Which unknowns a system of equations determines: for the audit, apart from echelon.h. */
#ifndef MP_COUNT_SOLVE_H
#define MP_COUNT_SOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mp_solve {
    struct mp_solve_row *rows; /* by their last unknown, whose factor is 1; NULL terms: none */
    size_t n;
};

struct mp_solve_term {
    uint32_t unknown;
    uint64_t factor;
};

/* Zeroed rows for n unknowns; rows stay short where neighbours are in the same equations. False if
 * memory ran out; mp_solve_free in either case. */
bool mp_solve_begin(struct mp_solve *s, size_t n);

/* Another equation: terms in any order, each unknown once, no factor 0; its constant
 * does not matter. */
bool mp_solve_add(struct mp_solve *s, const uint32_t *unknowns, const int32_t *factors, size_t n);

/* Sets those that have one solution only: what stays 0 in a random solution of the equations
 * without their constants. Others are set too with a chance of 2^-61. */
bool mp_solve_end(struct mp_solve *s, bool *determined);

void mp_solve_free(struct mp_solve *s);

#endif

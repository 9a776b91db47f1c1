/* Sparse rows modulo the prime 2^61 - 1, and their echelon form. For gauss.c. */
#ifndef MP_COUNT_ECHELON_H
#define MP_COUNT_ECHELON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MP_PRIME  (((uint64_t)1 << 61) - 1)
#define MP_NO_ROW UINT32_MAX

static inline uint64_t mp_mod_add(uint64_t a, uint64_t b)
{
    uint64_t s = a + b;
    return s >= MP_PRIME ? s - MP_PRIME : s;
}

static inline uint64_t mp_mod_minus(uint64_t a)
{
    return a ? MP_PRIME - a : 0;
}

static inline uint64_t mp_mod_times(uint64_t a, uint64_t b)
{
    unsigned __int128 p = (unsigned __int128)a * b;
    return mp_mod_add((uint64_t)p & MP_PRIME, (uint64_t)(p >> 61));
}

/* 1 / a (Fermat); 0 of 0. */
uint64_t mp_mod_inverse(uint64_t a);

struct mp_term {
    uint64_t factor;
    uint32_t col;
};

struct mp_row {
    struct mp_term *terms; /* by column, ascending */
    uint32_t n;
};

struct mp_matrix {
    struct mp_row *rows;
    uint32_t *pivot; /* row of each column, its leading factor 1; MP_NO_ROW: none */
    size_t n_rows, n_cols;
    size_t cap; /* private */
};

/* Zeroed rows with room for `cap`. False if memory ran out; mp_matrix_free in either case. */
bool mp_matrix_make(struct mp_matrix *m, size_t cap, size_t n_cols);

/* A new row, for which the matrix takes the terms (sorted, none 0) over a copy of them. */
bool mp_matrix_add(struct mp_matrix *m, const struct mp_term *terms, uint32_t n);

/* Row less factor times the other, which begins at or behind its `from`-th term. */
bool mp_row_less(struct mp_row *row, uint32_t from, uint64_t factor, const struct mp_row *other);

/* Brings all rows into echelon form, column by column; the shortest row becomes the pivot. */
bool mp_matrix_echelon(struct mp_matrix *m);

void mp_matrix_free(struct mp_matrix *m);

#endif

/* Sparse rows modulo a prime, and their echelon form. */
#include "count/echelon.h"
#include <stdlib.h>
#include <string.h>

uint64_t mp_mod_inverse(uint64_t a)
{
    uint64_t result = 1;
    for (uint64_t e = MP_PRIME - 2; e; e >>= 1) {
        if (e & 1)
            result = mp_mod_times(result, a);
        a = mp_mod_times(a, a);
    }
    return result;
}

bool mp_matrix_make(struct mp_matrix *m, size_t cap, size_t n_cols)
{
    *m = (struct mp_matrix){.n_cols = n_cols, .cap = cap};
    m->rows = calloc(cap + 1, sizeof *m->rows);
    m->pivot = malloc((n_cols + 1) * sizeof *m->pivot);
    if (!m->rows || !m->pivot)
        return false;
    memset(m->pivot, 0xff, (n_cols + 1) * sizeof *m->pivot);
    return true;
}

void mp_matrix_free(struct mp_matrix *m)
{
    for (size_t i = 0; m->rows && i < m->n_rows; i++)
        free(m->rows[i].terms);
    free(m->rows);
    free(m->pivot);
    *m = (struct mp_matrix){0};
}

bool mp_matrix_add(struct mp_matrix *m, const struct mp_term *terms, uint32_t n)
{
    struct mp_term *own = malloc((n + 1) * sizeof *own);
    if (!own)
        return false;
    memcpy(own, terms, n * sizeof *own);
    m->rows[m->n_rows++] = (struct mp_row){own, n};
    return true;
}

bool mp_row_less(struct mp_row *row, uint32_t from, uint64_t factor, const struct mp_row *other)
{
    struct mp_term *to = malloc(((size_t)row->n + other->n + 1) * sizeof *to);
    if (!to)
        return false;
    uint64_t minus = mp_mod_minus(factor);
    uint32_t n = from, i = from, k = 0;
    memcpy(to, row->terms, from * sizeof *to);
    while (i < row->n || k < other->n) {
        struct mp_term t;
        if (k == other->n || (i < row->n && row->terms[i].col < other->terms[k].col)) {
            t = row->terms[i++];
        } else {
            t = other->terms[k++];
            t.factor = mp_mod_times(t.factor, minus);
            if (i < row->n && row->terms[i].col == t.col)
                t.factor = mp_mod_add(t.factor, row->terms[i++].factor);
        }
        if (t.factor)
            to[n++] = t;
    }
    free(row->terms);
    struct mp_term *tight = realloc(to, ((size_t)n + 1) * sizeof *to);
    *row = (struct mp_row){tight ? tight : to, n};
    return true;
}

static void lead_with_one(struct mp_row *row)
{
    uint64_t inverse = mp_mod_inverse(row->terms[0].factor);
    for (uint32_t i = 0; i < row->n; i++)
        row->terms[i].factor = mp_mod_times(row->terms[i].factor, inverse);
}

/* Rows by their leading column, as lists. */
struct leads {
    uint32_t *first, *next;
};

static void put_row(struct leads *l, const struct mp_matrix *m, uint32_t row)
{
    if (m->rows[row].n == 0)
        return;
    uint32_t col = m->rows[row].terms[0].col;
    l->next[row] = l->first[col];
    l->first[col] = row;
}

static bool eliminate(struct mp_matrix *m, struct leads *l, uint32_t col)
{
    uint32_t best = l->first[col];
    if (best == MP_NO_ROW)
        return true;
    for (uint32_t r = l->next[best]; r != MP_NO_ROW; r = l->next[r])
        if (m->rows[r].n < m->rows[best].n || (m->rows[r].n == m->rows[best].n && r < best))
            best = r;
    m->pivot[col] = best;
    lead_with_one(&m->rows[best]);
    for (uint32_t r = l->first[col], next; r != MP_NO_ROW; r = next) {
        next = l->next[r];
        if (r == best)
            continue;
        if (!mp_row_less(&m->rows[r], 0, m->rows[r].terms[0].factor, &m->rows[best]))
            return false;
        put_row(l, m, r);
    }
    return true;
}

bool mp_matrix_echelon(struct mp_matrix *m)
{
    struct leads l = {malloc((m->n_cols + 1) * sizeof *l.first),
                      malloc((m->n_rows + 1) * sizeof *l.next)};
    bool good = l.first && l.next;
    if (good) {
        memset(l.first, 0xff, (m->n_cols + 1) * sizeof *l.first);
        for (uint32_t r = 0; r < m->n_rows; r++)
            put_row(&l, m, r);
    }
    for (uint32_t col = 0; good && col < m->n_cols; col++)
        good = eliminate(m, &l, col);
    free(l.first);
    free(l.next);
    return good;
}

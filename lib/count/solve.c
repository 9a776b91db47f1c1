/* Which unknowns a system of equations determines: row echelon form modulo a prime. */
#include "count/solve.h"
#include <stdlib.h>
#include <string.h>

#define PRIME 4611686018427387847u /* the last one below 2^62 */

struct mp_solve_row {
    struct mp_solve_term *terms; /* ascending; the last is the pivot */
    size_t n;
};

static uint64_t times(uint64_t a, uint64_t b)
{
    return (uint64_t)((unsigned __int128)a * b % PRIME);
}

/* Extended Euclid. */
static uint64_t inverse(uint64_t a)
{
    int64_t r0 = (int64_t)PRIME, r1 = (int64_t)a, t0 = 0, t1 = 1;
    while (r1) {
        int64_t q = r0 / r1, r = r0 - q * r1, t = t0 - q * t1;
        r0 = r1;
        r1 = r;
        t0 = t1;
        t1 = t;
    }
    return t0 < 0 ? (uint64_t)(t0 + (int64_t)PRIME) : (uint64_t)t0;
}

bool mp_solve_begin(struct mp_solve *s, size_t n)
{
    *s = (struct mp_solve){calloc(n + 1, sizeof *s->rows), n};
    return s->rows != NULL;
}

void mp_solve_free(struct mp_solve *s)
{
    for (size_t i = 0; s->rows && i < s->n; i++)
        free(s->rows[i].terms);
    free(s->rows);
}

/* row - factor * other, in new memory. */
static bool subtract(struct mp_solve_row *row, uint64_t factor, const struct mp_solve_row *other)
{
    struct mp_solve_term *sum = malloc((row->n + other->n + 1) * sizeof *sum);
    size_t n = 0, a = 0, b = 0;
    if (!sum)
        return false;
    while (a < row->n || b < other->n) {
        uint32_t x = a < row->n ? row->terms[a].unknown : UINT32_MAX;
        uint32_t y = b < other->n ? other->terms[b].unknown : UINT32_MAX;
        uint64_t value = x <= y ? row->terms[a++].factor : 0;
        if (y <= x) {
            uint64_t less = times(factor, other->terms[b++].factor);
            value = value >= less ? value - less : value + (PRIME - less);
        }
        if (value)
            sum[n++] = (struct mp_solve_term){x < y ? x : y, value};
    }
    free(row->terms);
    *row = (struct mp_solve_row){sum, n};
    return true;
}

static int compare_terms(const void *a, const void *b)
{
    const struct mp_solve_term *x = a, *y = b;
    return (x->unknown > y->unknown) - (x->unknown < y->unknown);
}

bool mp_solve_add(struct mp_solve *s, const uint32_t *unknowns, const int32_t *factors, size_t n)
{
    struct mp_solve_row row = {malloc((n + 1) * sizeof *row.terms), n};
    bool good = row.terms != NULL;
    for (size_t i = 0; good && i < n; i++)
        row.terms[i] = (struct mp_solve_term){
            unknowns[i], factors[i] > 0 ? (uint64_t)factors[i] : PRIME - (uint64_t)-factors[i]};
    if (good && n)
        qsort(row.terms, n, sizeof *row.terms, compare_terms);
    while (good && row.n) {
        struct mp_solve_term last = row.terms[row.n - 1];
        struct mp_solve_row *pivot = &s->rows[last.unknown];
        if (!pivot->terms) {
            uint64_t by = inverse(last.factor);
            for (size_t i = 0; i < row.n; i++)
                row.terms[i].factor = times(row.terms[i].factor, by);
            *pivot = row;
            return true;
        }
        good = subtract(&row, last.factor, pivot);
    }
    free(row.terms);
    return good;
}

/* xorshift64 (Marsaglia 2003). */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state % PRIME;
}

bool mp_solve_end(struct mp_solve *s, bool *determined)
{
    uint64_t *change = malloc((s->n + 1) * sizeof *change), state = 88172645463325252u;
    if (!change)
        return false;
    for (size_t i = 0; i < s->n; i++) {
        const struct mp_solve_row *row = &s->rows[i];
        uint64_t sum = 0;
        for (size_t k = 0; row->terms && k + 1 < row->n; k++)
            sum = (sum + times(row->terms[k].factor, change[row->terms[k].unknown])) % PRIME;
        change[i] = row->terms ? (PRIME - sum) % PRIME : next_random(&state);
        determined[i] = row->terms && change[i] == 0;
    }
    free(change);
    return true;
}

/* Which sets are sums and differences of others: elimination in whole numbers. */
#include "count/basis.h"
#include <stdlib.h>
#include <string.h>

#define LARGEST ((int64_t)1 << 30)

/* A row: what is left of a set, how often it takes the set itself, and each set so far. */
static size_t width(const struct mp_basis *b)
{
    return b->items + 1 + b->most;
}

void mp_basis_begin(struct mp_basis *b, size_t items, size_t most)
{
    *b = (struct mp_basis){.items = items, .most = most};
    b->rows = malloc((most + 1) * width(b) * sizeof *b->rows);
    b->room = malloc(width(b) * sizeof *b->room);
    b->failed = !b->rows || !b->room;
}

void mp_basis_free(struct mp_basis *b)
{
    free(b->rows);
    free(b->room);
    *b = (struct mp_basis){0};
}

static int64_t divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Makes numbers as small as they can be. */
static void shorten(struct mp_basis *b, int64_t *row)
{
    int64_t d = 0;
    for (size_t i = 0; i < width(b) && d != 1; i++)
        d = row[i] ? divisor(d, row[i]) : d;
    for (size_t i = 0; i < width(b); i++) {
        row[i] /= d > 1 ? d : 1;
        b->failed |= row[i] > LARGEST || row[i] < -LARGEST;
    }
}

/* What is left of a set, in b->room; the first item of it, or `items` where nothing is. */
static size_t reduce(struct mp_basis *b, const bool *set)
{
    memset(b->room, 0, width(b) * sizeof *b->room);
    for (size_t i = 0; i < b->items; i++)
        b->room[i] = set[i];
    b->room[b->items] = 1;
    for (size_t r = 0; r < b->n_rows && !b->failed; r++) {
        const int64_t *row = b->rows + r * width(b);
        size_t lead = 0;
        while (row[lead] == 0)
            lead++;
        int64_t own = row[lead], other = b->room[lead];
        if (other == 0)
            continue;
        for (size_t i = 0; i < width(b); i++)
            b->room[i] = own * b->room[i] - other * row[i];
        shorten(b, b->room);
    }
    size_t first = 0;
    while (first < b->items && b->room[first] == 0)
        first++;
    return first;
}

/* The factors in b->room, so that the set's own is not below 0. */
static int64_t tell(const struct mp_basis *b, int64_t *factors)
{
    int64_t own = b->room[b->items], sign = own < 0 ? -1 : 1;
    for (size_t i = 0; i < b->n; i++)
        factors[i] = sign * b->room[b->items + 1 + i];
    return sign * own;
}

bool mp_basis_add(struct mp_basis *b, const bool *set, int64_t *factors)
{
    if (b->failed)
        return false;
    size_t lead = reduce(b, set);
    if (b->failed)
        return false;
    if (lead == b->items) {
        factors[b->n] = tell(b, factors);
        b->n++;
        return true;
    }
    b->room[b->items + 1 + b->n++] = b->room[b->items];
    b->room[b->items] = 0;
    memcpy(b->rows + b->n_rows++ * width(b), b->room, width(b) * sizeof *b->room);
    return false;
}

int64_t mp_basis_find(struct mp_basis *b, const bool *set, int64_t *factors)
{
    if (b->failed || reduce(b, set) < b->items || b->failed)
        return 0;
    int64_t times = tell(b, factors);
    for (size_t i = 0; i < b->n; i++)
        factors[i] = -factors[i];
    return times;
}

/* The cells of a crosstab in an order that hangs on the values alone. */
#include "count/listing.h"
#include <stdlib.h>

/* ---- order of one dimension's values ---- */

struct sortable {
    int64_t first;      /* a period, or the place among the listed values */
    struct mp_str text; /* of a value that is not listed */
    uint32_t value;
};

static int compare_values(const void *a, const void *b)
{
    const struct sortable *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return mp_str_cmp(x->text, y->text);
}

static int32_t period_at(const struct mp_dim *d, uint32_t value)
{
    return (int32_t)(uint32_t)d->periods.keys[value - MP_VALUE_FIRST];
}

static struct sortable sortable_of(const struct mp_dim *d, uint32_t value)
{
    size_t place = value - MP_VALUE_FIRST;
    if (d->kind == MP_DIM_PERIOD)
        return (struct sortable){.first = period_at(d, value), .value = value};
    if (place < d->n_listed)
        return (struct sortable){.first = (int64_t)place, .value = value};
    return (struct sortable){(int64_t)d->n_listed, d->texts.entries[place].key, value};
}

int mp_listing_rank(const struct mp_dim *d, uint32_t *ranks, uint32_t *values, struct mp_error *e)
{
    size_t n = mp_dim_n_values(d);
    struct sortable *s = malloc(n * sizeof *s);
    if (!s)
        return mp_error_memory(e);
    ranks[MP_VALUE_ALL] = values[0] = 0;
    for (uint32_t v = MP_VALUE_FIRST; v < n; v++)
        s[v - MP_VALUE_FIRST] = sortable_of(d, v);
    qsort(s, n - MP_VALUE_FIRST, sizeof *s, compare_values);
    for (uint32_t rank = 1; rank <= n - MP_VALUE_FIRST; rank++) {
        values[rank] = s[rank - 1].value;
        ranks[values[rank]] = rank;
    }
    values[n - 1] = MP_VALUE_UNKNOWN;
    ranks[MP_VALUE_UNKNOWN] = (uint32_t)n - 1;
    free(s);
    return 0;
}

static int rank_values(struct mp_listing *l, size_t i, struct mp_error *e)
{
    const struct mp_dim *d = l->table->by[i];
    size_t n = mp_dim_n_values(d);
    l->ranks[i] = calloc(n, sizeof *l->ranks[i]);
    l->values[i] = calloc(n, sizeof *l->values[i]);
    if (!l->ranks[i] || !l->values[i])
        return mp_error_memory(e);
    return mp_listing_rank(d, l->ranks[i], l->values[i], e);
}

/* ---- cells ---- */

static int put(struct mp_listing *l, uint64_t key, size_t cell, struct mp_error *e)
{
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 64;
        struct mp_listing_place *places = realloc(l->places, cap * sizeof *places);
        if (!places)
            return mp_error_memory(e);
        l->places = places;
        l->cap = cap;
    }
    uint64_t rank = 0;
    for (size_t i = 0; i < l->table->n_by; i++)
        rank |= (uint64_t)l->ranks[i][mp_crosstab_value(key, i)] << mp_crosstab_shift(i);
    l->places[l->n++] = (struct mp_listing_place){rank, cell};
    return 0;
}

/* ---- periods without a record ---- */

static int compare_periods(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Periods that the table's cells have, in order; `at` is the place of time in a key. */
static int present_periods(const struct mp_crosstab *t, size_t at, int64_t **out, size_t *n,
                           struct mp_error *e)
{
    struct mp_numbers seen = {0};
    for (size_t c = 0; c < t->keys.n; c++) {
        uint32_t v = mp_crosstab_value(t->keys.keys[c], at);
        if (v >= MP_VALUE_FIRST &&
            mp_numbers_put(&seen, (uint64_t)period_at(t->by[at], v)) == MP_NUMBERS_NONE)
            break;
    }
    *n = seen.n;
    *out = malloc((seen.n + 1) * sizeof **out);
    for (size_t i = 0; *out && i < seen.n; i++)
        (*out)[i] = (int64_t)seen.keys[i];
    mp_numbers_free(&seen);
    if (!*out)
        return mp_error_memory(e);
    qsort(*out, *n, sizeof **out, compare_periods);
    return 0;
}

/* Numbers all periods between the present ones; too long a run is left out. */
static int fill_gaps(struct mp_listing *l, const int64_t *present, size_t n, struct mp_error *e)
{
    for (size_t i = 0; i + 1 < n; i++) {
        int64_t from = present[i], to = present[i + 1];
        bool full = mp_dim_n_values(l->time) + (size_t)(to - from) > MP_VALUE_MAX;
        if (l->time->longest_gap == 0)
            continue; /* never filled, so no gap is worth a word */
        if (to - from - 1 > l->time->longest_gap || full) {
            if (l->gap)
                continue; /* the first is enough for a message */
            l->gap = true;
            if (mp_dim_period(l->time, (int32_t)from, &l->gap_from, e) < 0 ||
                mp_dim_period(l->time, (int32_t)to, &l->gap_to, e) < 0)
                return -1;
            continue;
        }
        uint32_t value;
        for (int64_t p = from + 1; p < to; p++)
            if (mp_dim_period(l->time, (int32_t)p, &value, e) < 0)
                return -1;
    }
    return 0;
}

/* Gives a combination of the other dimensions every period of the table; `combination` is the key
 * of its total over time. */
static int put_empty(struct mp_listing *l, size_t at, uint64_t combination, const int64_t *present,
                     size_t n, struct mp_error *e)
{
    const struct mp_crosstab *t = l->table;
    for (size_t i = 0; i < n; i++) {
        int64_t last = present[i];
        if (i + 1 < n && present[i + 1] - last - 1 <= l->time->longest_gap)
            last = present[i + 1] - 1;
        for (int64_t p = present[i]; p <= last; p++) {
            size_t place = mp_numbers_find(&l->time->periods, (uint64_t)(uint32_t)p);
            if (place == MP_NUMBERS_NONE)
                break; /* not filled, for want of numbers */
            uint64_t key = combination | (uint64_t)(place + MP_VALUE_FIRST)
                                             << mp_crosstab_shift(at);
            if (mp_numbers_find(&t->keys, key) == MP_NUMBERS_NONE &&
                put(l, key, MP_NUMBERS_NONE, e) < 0)
                return -1;
        }
    }
    return 0;
}

/* The same for every combination that was counted, the total of them all first: it tells how many
 * periods there are, and so how many cells would be empty. */
static int put_all_empty(struct mp_listing *l, size_t at, const int64_t *present, size_t n,
                         struct mp_error *e)
{
    const struct mp_crosstab *t = l->table;
    uint64_t combinations = 0, counted = 0, before = l->n;
    for (size_t c = 0; c < t->keys.n; c++) {
        uint32_t period = mp_crosstab_value(t->keys.keys[c], at);
        combinations += period == MP_VALUE_ALL;
        counted += period >= MP_VALUE_FIRST;
    }
    if (put_empty(l, at, 0, present, n, e) < 0)
        return -1;
    uint64_t put_already = l->n - before, periods = n + put_already;
    if (combinations * periods - counted > MP_LISTING_EMPTY_MAX) {
        l->left_out = combinations * periods - counted - put_already;
        return 0;
    }
    for (size_t c = 0; c < t->keys.n; c++)
        if (t->keys.keys[c] != 0 && mp_crosstab_value(t->keys.keys[c], at) == MP_VALUE_ALL &&
            put_empty(l, at, t->keys.keys[c], present, n, e) < 0)
            return -1;
    return 0;
}

/* ---- the listing ---- */

static int compare_places(const void *a, const void *b)
{
    const struct mp_listing_place *x = a, *y = b;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

static int put_all(struct mp_listing *l, size_t at, const int64_t *present, size_t n,
                   struct mp_error *e)
{
    const struct mp_crosstab *t = l->table;
    for (size_t i = 0; i < t->n_by; i++)
        if (rank_values(l, i, e) < 0)
            return -1;
    for (size_t c = 0; c < t->keys.n; c++)
        if (put(l, t->keys.keys[c], c, e) < 0)
            return -1;
    if (t->keys.n == 0 && put(l, 0, MP_NUMBERS_NONE, e) < 0)
        return -1;
    if (l->time && put_all_empty(l, at, present, n, e) < 0)
        return -1;
    qsort(l->places, l->n, sizeof *l->places, compare_places);
    return 0;
}

int mp_listing_begin(struct mp_listing *l, struct mp_crosstab *table, struct mp_error *e)
{
    *l = (struct mp_listing){.table = table};
    int64_t *present = NULL;
    size_t n = 0, at = 0;
    while (at < table->n_by && table->by[at]->kind != MP_DIM_PERIOD)
        at++;
    if (at < table->n_by) {
        l->time = table->by[at];
        if (present_periods(table, at, &present, &n, e) < 0)
            return -1;
    }
    int bad = fill_gaps(l, present, n, e) < 0 || put_all(l, at, present, n, e) < 0;
    free(present);
    return bad ? -1 : 0;
}

uint64_t mp_listing_key(const struct mp_listing *l, const struct mp_listing_place *p)
{
    uint64_t key = 0;
    for (size_t i = 0; i < l->table->n_by; i++) {
        uint32_t value = l->values[i][mp_crosstab_value(p->rank, i)];
        key |= (uint64_t)value << mp_crosstab_shift(i);
    }
    return key;
}

void mp_listing_end(struct mp_listing *l)
{
    for (size_t i = 0; i < MP_CROSSTAB_DIMS; i++) {
        free(l->ranks[i]);
        free(l->values[i]);
    }
    free(l->places);
    *l = (struct mp_listing){0};
}

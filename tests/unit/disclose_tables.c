/* Small tables for the tests of disclosure control. */
#include "disclose_tables.h"
#include "test.h"

static struct mp_disclose_cell *cell_of(struct mp_disclose_table *t, uint64_t key)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->cells[i].key == key)
            return &t->cells[i];
    t->cells = realloc(t->cells, (t->n + 1) * sizeof *t->cells);
    t->cells[t->n] = (struct mp_disclose_cell){.key = key};
    return &t->cells[t->n++];
}

static bool is_in(const struct mp_disclose_table *t, const struct record *r, unsigned totals,
                  uint64_t *key)
{
    *key = 0;
    for (size_t i = 0; i < t->n_dims; i++)
        if (!(totals & 1u << i))
            *key |= (uint64_t)r->at[t->dims[i]] << mp_crosstab_shift(i);
    return r->at[DIMS - 1] > t->universe;
}

/* Whether the person has been counted in the cell by an earlier record. */
static bool is_known(const struct tables *set, const struct mp_disclose_table *t, size_t record,
                     unsigned totals, uint64_t key)
{
    for (size_t i = 0; i < record; i++) {
        uint64_t other;
        if (set->records[i].person == set->records[record].person &&
            is_in(t, &set->records[i], totals, &other) && other == key)
            return true;
    }
    return false;
}

void tables_count(struct tables *set, enum mp_count_unit unit, const uint32_t *dims, size_t n_dims,
                  uint32_t universe)
{
    struct mp_disclose_table *t = &set->items[set->n++];
    *t = (struct mp_disclose_table){.universe = universe, .unit = unit, .n_dims = n_dims};
    for (size_t i = 0; i < n_dims; i++) {
        t->dims[i] = dims[i];
        t->sums[i] = unit != MP_PERSONS || dims[i] == 0;
    }
    for (size_t r = 0; r < set->n_records; r++)
        for (unsigned totals = 0; totals < 1u << n_dims; totals++) {
            uint64_t key;
            if (!is_in(t, &set->records[r], totals, &key))
                continue;
            bool known = is_known(set, t, r, totals, key);
            struct mp_disclose_cell *c = cell_of(t, key);
            c->persons += !known;
            c->value += unit == MP_REPORTS    ? set->records[r].reports
                        : unit == MP_EPISODES ? 1
                                              : !known;
        }
}

void tables_two_way(struct tables *set, const unsigned *values, size_t n_rows, size_t n_cols)
{
    struct mp_disclose_table *t = &set->items[set->n++];
    *t = (struct mp_disclose_table){
        .unit = MP_EPISODES, .n_dims = 2, .dims = {0, 1}, .sums = {true, true}};
    for (size_t i = 0; i < n_rows * n_cols; i++)
        for (unsigned totals = 0; totals < 4; totals++) {
            uint64_t row = totals & 1 ? 0 : i / n_cols + 1, col = totals & 2 ? 0 : i % n_cols + 1;
            struct mp_disclose_cell *c =
                cell_of(t, row << mp_crosstab_shift(0) | col << mp_crosstab_shift(1));
            c->value += values[i];
            c->persons += values[i];
        }
}

struct mp_disclose_cell *tables_cell(struct tables *set, size_t table, const uint16_t *at)
{
    struct mp_disclose_table *t = &set->items[table];
    uint64_t key = 0;
    for (size_t i = 0; i < t->n_dims; i++)
        key |= (uint64_t)at[i] << mp_crosstab_shift(i);
    for (size_t i = 0; i < t->n; i++)
        if (t->cells[i].key == key)
            return &t->cells[i];
    return NULL;
}

void tables_shuffle(struct tables *set, uint64_t *random)
{
    for (size_t t = set->n; t-- > 0;) {
        struct mp_disclose_table *one = &set->items[t];
        for (size_t i = one->n; i-- > 1;) {
            size_t other = test_random(random, (unsigned)i + 1);
            struct mp_disclose_cell kept = one->cells[i];
            one->cells[i] = one->cells[other];
            one->cells[other] = kept;
        }
        size_t other = test_random(random, (unsigned)t + 1);
        struct mp_disclose_table kept = *one;
        *one = set->items[other];
        set->items[other] = kept;
    }
}

size_t tables_hidden(const struct tables *set, size_t table)
{
    size_t n = 0;
    for (size_t i = 0; i < set->items[table].n; i++)
        n += set->items[table].cells[i].why != MP_SHOWN;
    return n;
}

void tables_free(struct tables *set)
{
    for (size_t t = 0; t < set->n; t++)
        free(set->items[t].cells);
    set->n = set->n_records = 0;
}

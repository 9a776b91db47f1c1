/* What the records of a run say about conditions and dimensions. */
#include "count/related.h"
#include <math.h>
#include <stdlib.h>

/* ---- making ---- */

static int compare_values(const void *a, const void *b)
{
    const struct mp_related_value *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->atom > y->atom) - (x->atom < y->atom);
}

/* The finest cells of a crosstab of conditions, by rank. */
static bool read_dims(struct mp_related *r, const struct mp_tally *tally,
                      const struct mp_crosstab *t, uint32_t *const *ranks)
{
    struct mp_related_dims *d = &r->dims[r->n];
    *d = (struct mp_related_dims){.table = t, .n_dims = t->n_by - 1};
    d->values = malloc((t->keys.n + 1) * sizeof *d->values);
    if (!d->values)
        return false;
    r->n++;
    for (size_t i = 0; i < d->n_dims; i++)
        d->dims[i] = (uint32_t)(t->by[i] - tally->dims->items);
    size_t conditions = (size_t)(r->conditions - tally->dims->items);
    for (size_t c = 0; c < t->keys.n; c++) {
        uint32_t atom = mp_crosstab_value(t->keys.keys[c], d->n_dims);
        bool finest = atom != MP_VALUE_ALL && t->cells[c].value[MP_REPORTS] > 0;
        uint64_t at = 0;
        for (size_t i = 0; i < d->n_dims; i++) {
            uint32_t value = mp_crosstab_value(t->keys.keys[c], i);
            finest &= value != MP_VALUE_ALL;
            at = at << MP_VALUE_BITS | ranks[d->dims[i]][value];
        }
        if (finest)
            d->values[d->n++] = (struct mp_related_value){at, ranks[conditions][atom] - 1,
                                                          t->cells[c].value[MP_REPORTS]};
    }
    if (d->n)
        qsort(d->values, d->n, sizeof *d->values, compare_values);
    return true;
}

static bool read_atoms(struct mp_related *r, const struct mp_tally *tally, uint32_t *const *ranks)
{
    const struct mp_dim *c = r->conditions;
    const uint32_t *rank = ranks[c - tally->dims->items];
    r->n_atoms = c->texts.n;
    r->reports = calloc(r->n_atoms + 1, sizeof *r->reports);
    r->names = calloc(r->n_atoms + 1, sizeof *r->names);
    if (!r->reports || !r->names)
        return false;
    for (size_t i = 0; i < c->texts.n; i++)
        r->names[rank[i + MP_VALUE_FIRST] - 1] = c->texts.entries[i].key;
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; r->dims[i].n_dims == 0 && k < r->dims[i].n; k++)
            r->reports[r->dims[i].values[k].atom] = r->dims[i].values[k].n;
    return true;
}

int mp_related_make(struct mp_related *r, const struct mp_tally *tally, uint32_t *const *ranks,
                    struct mp_error *e)
{
    const struct mp_crosstabs *set = tally->set;
    size_t told = mp_crosstabs_told(set);
    *r = (struct mp_related){.conditions = mp_conditions_dim(set)};
    if (!r->conditions)
        return 0;
    r->dims = calloc(set->n - told + 1, sizeof *r->dims);
    bool good = r->dims != NULL;
    for (size_t i = told; good && i < set->n; i++)
        good = read_dims(r, tally, &set->items[i], ranks);
    return good && read_atoms(r, tally, ranks) ? 0 : mp_error_memory(e);
}

void mp_related_free(struct mp_related *r)
{
    for (size_t i = 0; i < r->n; i++)
        free(r->dims[i].values);
    free(r->dims);
    free(r->reports);
    free(r->names);
    *r = (struct mp_related){0};
}

/* ---- questions ---- */

static bool is_true(struct mp_str atom, size_t condition)
{
    return condition < atom.n && atom.p[condition] == '1';
}

void mp_related_atoms(const struct mp_related *r, const struct mp_crosstab *t, bool hits,
                      bool *atoms)
{
    for (size_t a = 0; a < r->n_atoms; a++)
        atoms[a] = (!t->where.condition || is_true(r->names[a], t->where_number)) &&
                   (!hits || !t->when.condition || is_true(r->names[a], t->when_number));
}

static size_t value_end(const struct mp_related_dims *d, size_t begin)
{
    size_t end = begin;
    while (end < d->n && d->values[end].at == d->values[begin].at)
        end++;
    return end;
}

static int compare_ints(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

size_t mp_related_groups(const struct mp_related_dims *d, const int *class, size_t *groups)
{
    struct mp_map seen = {0};
    int *own = malloc((d->n + 1) * sizeof *own);
    bool good = own != NULL;
    for (size_t i = 0, end; good && i < d->n; i = end) {
        size_t n = 0, different = 0, group = SIZE_MAX;
        end = value_end(d, i);
        for (size_t k = i; k < end; k++)
            if (class[d->values[k].atom] >= 0)
                own[n++] = class[d->values[k].atom];
        if (n)
            qsort(own, n, sizeof *own, compare_ints);
        for (size_t k = 0; k < n; k++)
            if (k == 0 || own[k] != own[k - 1])
                own[different++] = own[k];
        if (n) {
            group = mp_map_put(&seen, (struct mp_str){(const char *)own, different * sizeof *own});
            good = group != MP_MAP_NONE;
        }
        for (size_t k = i; k < end; k++)
            groups[k] = group;
    }
    size_t n = good ? seen.n : SIZE_MAX;
    free(own);
    mp_map_free(&seen);
    return n;
}

/* One in a thousand. */
#define NO_ACCIDENT (-6.9)

bool mp_related_linked(const struct mp_related *r, const struct mp_related_dims *d, uint64_t places,
                       const bool *atoms)
{
    bool reads = d->n_dims > 0, parted = true, sure = false;
    uint64_t all = 0, in = 0;
    for (size_t i = 0; i < d->n_dims; i++)
        reads &= (mp_dim_places(d->table->by[i]) & places) != 0;
    if (reads || d->n_dims != 1)
        return reads;
    for (size_t a = 0; a < r->n_atoms; a++) {
        all += r->reports[a];
        in += atoms[a] ? r->reports[a] : 0;
    }
    for (size_t i = 0, end; i < d->n; i = end) {
        uint64_t n = 0, n_in = 0;
        end = value_end(d, i);
        for (size_t k = i; k < end; k++) {
            n += d->values[k].n;
            n_in += atoms[d->values[k].atom] ? d->values[k].n : 0;
        }
        parted &= n_in == 0 || n_in == n;
        sure |= n_in == n && (double)n * log((double)in / (double)all) < NO_ACCIDENT;
    }
    return in > 0 && in < all && (parted || sure);
}

/* Which pairs are compared: reports sorted by the values of a block. */
#include "link/candidate.h"
#include <stdlib.h>

struct keyed {
    uint64_t key;
    uint32_t report;
};

/* A key of the values; 0: one of them is not known. */
static uint64_t key_of(const struct mp_link_rule *block, const struct mp_link_report *one)
{
    uint64_t key = 1;
    for (size_t i = 0; i < block->n_same; i++) {
        uint64_t value = one->values[block->same[i]];
        if (!value)
            return 0;
        key = (key ^ value) * 0x9e3779b97f4a7c15u;
        key ^= key >> 29;
    }
    return key | 1;
}

static bool is_equal(const struct mp_link_rule *block, const struct mp_link_report *a,
                     const struct mp_link_report *b)
{
    for (size_t i = 0; i < block->n_same; i++) {
        uint32_t value = a->values[block->same[i]];
        if (!value || value != b->values[block->same[i]])
            return false;
    }
    return true;
}

static bool is_fresh(const struct mp_link_model *m, size_t block, const struct mp_link_report *a,
                     const struct mp_link_report *b)
{
    for (size_t i = 0; i < block; i++)
        if (is_equal(&m->blocks[i], a, b))
            return false;
    return true;
}

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->report > y->report) - (x->report < y->report);
}

/* Of a large block each report is compared with the next ones alone, in the order of all: time
 * grows with the block, not with its square. */
static bool pairs_of(const struct mp_link_reports *r, size_t block, bool fresh,
                     const struct keyed *k, size_t n, mp_link_pair_fn *each, void *ctx)
{
    const struct mp_link_rule *rule = &r->model->blocks[block];
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n && (n <= MP_LINK_CROWD || j <= i + MP_LINK_NEXT); j++) {
            const struct mp_link_report *a = r->all[k[i].report], *b = r->all[k[j].report];
            if (is_equal(rule, a, b) && (!fresh || is_fresh(r->model, block, a, b)) &&
                !each(ctx, k[i].report, k[j].report))
                return false;
        }
    return true;
}

static void add_crowd(struct mp_link_crowd *crowd, size_t n)
{
    crowd->values++;
    crowd->reports += n;
    if (crowd->largest < n)
        crowd->largest = n;
}

int mp_link_candidates(const struct mp_link_reports *r, size_t block, bool fresh,
                       mp_link_pair_fn *each, void *ctx, struct mp_link_crowd *crowd,
                       struct mp_error *e)
{
    struct keyed *keyed = malloc((r->n + 1) * sizeof *keyed);
    size_t n = 0;
    bool fine = true;
    if (!keyed)
        return mp_error_memory(e);
    for (uint32_t i = 0; i < r->n; i++) {
        uint64_t key = r->all[i]->whole ? 0 : key_of(&r->model->blocks[block], r->all[i]);
        if (key)
            keyed[n++] = (struct keyed){key, i};
    }
    qsort(keyed, n, sizeof *keyed, by_key);
    for (size_t i = 0, end; fine && i < n; i = end) {
        for (end = i + 1; end < n && keyed[end].key == keyed[i].key;)
            end++;
        if (crowd && end - i > MP_LINK_CROWD)
            add_crowd(crowd, end - i);
        fine = pairs_of(r, block, fresh, keyed + i, end - i, each, ctx);
    }
    free(keyed);
    return fine ? 0 : mp_error_memory(e);
}

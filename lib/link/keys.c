/* Reports that have the same values: an open table of the first ones. */
#include "link/keys.h"
#include <stdlib.h>

/* False if one of the values is not known. */
static bool hash_of(const struct mp_link_rule *rule, const struct mp_link_report *one,
                    uint64_t *hash)
{
    uint64_t h = rule->n_same;
    for (size_t i = 0; i < rule->n_same; i++) {
        uint64_t value = one->values[rule->same[i]];
        if (!value)
            return false;
        h = (h ^ value) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    *hash = h;
    return !one->whole;
}

static bool is_equal(const struct mp_link_rule *rule, const struct mp_link_report *a,
                     const struct mp_link_report *b)
{
    for (size_t i = 0; i < rule->n_same; i++)
        if (a->values[rule->same[i]] != b->values[rule->same[i]])
            return false;
    return true;
}

bool mp_link_keys(const struct mp_link_reports *r, const struct mp_link_rule *rule, uint32_t *keys,
                  size_t stride)
{
    size_t n_slots = 16;
    while (n_slots < 2 * r->n)
        n_slots *= 2;
    uint32_t *slots = calloc(n_slots, sizeof *slots);
    if (!slots)
        return false;
    for (uint32_t i = 0; i < r->n; i++) {
        uint64_t hash;
        keys[i * stride] = 0;
        if (!hash_of(rule, r->all[i], &hash))
            continue;
        size_t at = hash & (n_slots - 1);
        while (slots[at] && !is_equal(rule, r->all[slots[at] - 1], r->all[i]))
            at = (at + 1) & (n_slots - 1);
        if (!slots[at])
            slots[at] = i + 1;
        keys[i * stride] = slots[at];
    }
    free(slots);
    return true;
}

uint32_t *mp_link_by_key(const uint32_t *keys, size_t stride, size_t n, size_t *known)
{
    uint32_t *at = calloc(n + 2, sizeof *at); /* where the reports of a key begin */
    uint32_t *reports = malloc((n + 1) * sizeof *reports);
    if (!at || !reports) {
        free(at);
        free(reports);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        at[keys[i * stride] + 1]++;
    at[1] = 0; /* those without a key stand nowhere */
    for (size_t k = 2; k <= n + 1; k++)
        at[k] += at[k - 1];
    *known = at[n + 1];
    for (uint32_t i = 0; i < n; i++)
        if (keys[i * stride])
            reports[at[keys[i * stride]]++] = i;
    free(at);
    return reports;
}

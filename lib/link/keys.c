/* Reports that have the same values: an open table of the first ones. */
#include "link/keys.h"

enum { AHEAD = 8 /* reports: to wait for memory takes longer than all else */ };

/* False if one of the values is not known. */
static bool hash_of(const struct mp_link_rule *rule, const uint32_t *row, uint64_t *hash)
{
    uint64_t h = rule->n_same;
    for (size_t i = 0; i < rule->n_same; i++) {
        uint64_t value = row[rule->same[i]];
        if (!value)
            return false;
        h = (h ^ value) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    *hash = h;
    return true;
}

static bool is_equal(const struct mp_link_rule *rule, const uint32_t *a, const uint32_t *b)
{
    for (size_t i = 0; i < rule->n_same; i++)
        if (a[rule->same[i]] != b[rule->same[i]])
            return false;
    return true;
}

/* An open table of the first reports of each set of values; slots hold place + 1, 0 is free. */
struct firsts {
    const struct mp_link_reports *r;
    const struct mp_link_rule *rule;
    uint32_t *slots;
    size_t mask;
    uint64_t ahead[2 * AHEAD]; /* hashes of the reports that come next; 0: without values */
};

/* Hashes report i, and begins to fetch its slot and, half as far ahead, what that leads to. */
static void look_ahead(struct firsts *f, size_t i)
{
    uint64_t hash = 0;
    if (i < f->r->n && !f->r->all[i]->whole && hash_of(f->rule, mp_link_row(f->r, i), &hash)) {
        hash |= 1;
        __builtin_prefetch(&f->slots[hash >> 1 & f->mask]);
    }
    f->ahead[i % (2 * AHEAD)] = hash;
    uint64_t near = f->ahead[(i + AHEAD) % (2 * AHEAD)];
    uint32_t slot = near ? f->slots[near >> 1 & f->mask] : 0;
    if (slot)
        __builtin_prefetch(mp_link_row(f->r, slot - 1));
}

static uint32_t key_of(struct firsts *f, uint32_t i)
{
    uint64_t hash = f->ahead[i % (2 * AHEAD)];
    if (!hash)
        return 0;
    size_t at = hash >> 1 & f->mask;
    while (f->slots[at] &&
           !is_equal(f->rule, mp_link_row(f->r, f->slots[at] - 1), mp_link_row(f->r, i)))
        at = (at + 1) & f->mask;
    if (!f->slots[at])
        f->slots[at] = i + 1;
    return f->slots[at];
}

bool mp_link_keys(const struct mp_link_reports *r, const struct mp_link_rule *rule, uint32_t *keys,
                  size_t stride)
{
    size_t n_slots = 16;
    while (n_slots < 2 * r->n)
        n_slots *= 2;
    struct firsts f = {.r = r, .rule = rule, .mask = n_slots - 1};
    f.slots = mp_store_new(r->store, n_slots * sizeof *f.slots);
    if (!f.slots)
        return false;
    for (size_t i = 0; i < 2 * AHEAD - 1; i++)
        look_ahead(&f, i);
    for (uint32_t i = 0; i < r->n; i++) {
        look_ahead(&f, i + 2 * AHEAD - 1);
        keys[i * stride] = key_of(&f, i);
        mp_store_breathe(r->store);
    }
    mp_store_drop(r->store, f.slots);
    return true;
}

/* `at`, by key: how many have it, and then where its run begins; UINT32_MAX for keys that fewer
 * than two have. */
static void begin_runs(struct mp_link_runs *runs, uint32_t *at, size_t n)
{
    uint32_t place = 0;
    at[0] = UINT32_MAX;
    for (size_t k = 1; k <= n; k++) {
        uint32_t size = at[k];
        at[k] = size < 2 ? UINT32_MAX : place;
        if (size < 2)
            continue;
        runs->begins[runs->n++] = place;
        place += size;
    }
    runs->begins[runs->n] = place;
}

bool mp_link_runs_make(struct mp_link_runs *runs, const struct mp_link_reports *r,
                       const uint32_t *keys, size_t stride)
{
    size_t n = r->n;
    uint32_t *at = mp_store_new(r->store, (n + 1) * sizeof *at);
    *runs = (struct mp_link_runs){.store = r->store};
    runs->reports = mp_store_new(r->store, (n + 1) * sizeof *runs->reports);
    runs->begins = mp_store_new(r->store, (n / 2 + 1) * sizeof *runs->begins);
    if (!at || !runs->reports || !runs->begins) {
        mp_store_drop(r->store, at);
        mp_link_runs_free(runs);
        return false;
    }
    for (size_t i = 0; i < n; i++)
        at[keys[i * stride]]++;
    begin_runs(runs, at, n);
    for (uint32_t i = 0; i < n; i++) {
        mp_store_breathe(r->store);
        uint32_t *place = &at[keys[i * stride]];
        if (*place != UINT32_MAX)
            runs->reports[(*place)++] = i;
    }
    mp_store_drop(r->store, at);
    return true;
}

void mp_link_runs_free(struct mp_link_runs *runs)
{
    if (!runs->store)
        return;
    mp_store_drop(runs->store, runs->reports);
    mp_store_drop(runs->store, runs->begins);
    *runs = (struct mp_link_runs){0};
}

/* Groups of reports: union-find with members, and with traits that keep groups apart. */
#include "link/groups.h"
#include "link/compare.h"
#include "link/keys.h"
#include "link/level.h"

/* What a rule of two_youths knows of somebody: for these shared values these differing ones. */
struct mp_link_trait {
    uint32_t rule;
    uint32_t shared; /* key of the shared values */
    uint32_t values[MP_LINK_DIFFER];
    struct mp_link_trait *next;
};

uint32_t mp_link_group_of(struct mp_link_groups *g, uint32_t i)
{
    while (g->parent[i] != i) {
        g->parent[i] = g->parent[g->parent[i]];
        i = g->parent[i];
    }
    return i;
}

static bool add_trait(struct mp_link_groups *g, struct mp_link_trait **list,
                      struct mp_link_trait new)
{
    for (struct mp_link_trait *t = *list; t; t = t->next)
        if (t->rule == new.rule &&
            t->shared == new.shared &&memcmp(t->values, new.values, sizeof t->values) == 0)
            return true;
    struct mp_link_trait *t = mp_arena_alloc(&g->arena, sizeof *t);
    if (!t)
        return false;
    *t = new;
    t->next = *list;
    *list = t;
    return true;
}

/* Gives the reports the traits of one rule. A trait counts only if somebody with the same shared
 * values differs in its first value. `only`, by key: the one value of all, or several. */
static bool add_traits(struct mp_link_groups *g, uint32_t rule, const uint32_t *keys,
                       uint32_t *only)
{
    const uint32_t several = UINT32_MAX;
    const struct mp_link_reports *r = g->reports;
    const struct mp_link_rule *two = &r->model->two[rule];
    for (size_t i = 0; i < r->n; i++) {
        uint32_t value = keys[i] ? mp_link_row(r, i)[two->differ[0]] : 0;
        mp_store_breathe(r->store);
        if (value)
            only[keys[i]] = only[keys[i]] == 0 || only[keys[i]] == value ? value : several;
    }
    for (size_t i = 0; i < r->n; i++) {
        struct mp_link_trait trait = {.rule = rule, .shared = keys[i]};
        bool known = trait.shared && only[trait.shared] == several;
        for (size_t k = 0; known && k < two->n_differ; k++) {
            trait.values[k] = mp_link_row(r, i)[two->differ[k]];
            known = trait.values[k];
        }
        if (known && !add_trait(g, &g->traits[i], trait))
            return false;
    }
    return true;
}

static bool read_traits(struct mp_link_groups *g)
{
    const struct mp_link_reports *r = g->reports;
    bool fine = true;
    for (uint32_t k = 0; fine && k < r->model->n_two; k++) {
        uint32_t *keys = mp_store_new(r->store, (r->n + 1) * sizeof *keys);
        uint32_t *only = mp_store_new(r->store, (r->n + 1) * sizeof *only);
        fine = keys && only && mp_link_keys(r, &r->model->two[k], keys, 1) &&
               add_traits(g, k, keys, only);
        mp_store_drop(r->store, keys);
        mp_store_drop(r->store, only);
    }
    return fine;
}

static bool differ(const struct mp_link_rule *rule, struct mp_str a, struct mp_str b)
{
    return rule->unlike < 1 ? mp_link_unlike(a, b, rule->unlike) : mp_link_differ(a, b);
}

static bool is_about(const struct mp_link_trait *a, const struct mp_link_trait *b)
{
    return a->rule == b->rule && a->shared == b->shared;
}

/* In all fields of the rule. */
static bool traits_differ(const struct mp_link_groups *g, const struct mp_link_trait *a,
                          const struct mp_link_trait *b)
{
    const struct mp_link_values *values = &g->reports->rows.values;
    const struct mp_link_rule *rule = &g->reports->model->two[a->rule];
    size_t i = 0;
    while (i < rule->n_differ && differ(rule, mp_link_text_of(values, a->values[i]),
                                        mp_link_text_of(values, b->values[i])))
        i++;
    return i == rule->n_differ;
}

/* A single letter is like too many. */
static bool is_letter(const struct mp_link_groups *g, const struct mp_link_trait *t)
{
    return mp_link_is_letter(mp_link_text_of(&g->reports->rows.values, t->values[0]));
}

/* Both groups know one value, or two that are alike, for what these traits are about: what differs
 * beside it is misspelt. */
static bool share_one(const struct mp_link_groups *g, uint32_t a, uint32_t b,
                      const struct mp_link_trait *about)
{
    for (const struct mp_link_trait *x = g->traits[a]; x; x = x->next)
        for (const struct mp_link_trait *y = g->traits[b]; y && is_about(x, about); y = y->next)
            if (is_about(y, about) && !is_letter(g, x) && !is_letter(g, y) &&
                !traits_differ(g, x, y))
                return true;
    return false;
}

const struct mp_link_rule *mp_link_groups_veto(const struct mp_link_groups *g, uint32_t a,
                                               uint32_t b)
{
    for (const struct mp_link_trait *x = g->traits[a]; x; x = x->next)
        for (const struct mp_link_trait *y = g->traits[b]; y; y = y->next)
            if (is_about(x, y) && traits_differ(g, x, y) && !share_one(g, a, b, x))
                return &g->reports->model->two[x->rule];
    return NULL;
}

/* The lower place is the root, so that it is the person's first report. */
bool mp_link_groups_join(struct mp_link_groups *g, uint32_t a, uint32_t b)
{
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    uint32_t behind = g->next[low];
    g->parent[high] = low;
    g->size[low] += g->size[high];
    g->next[low] = g->next[high];
    g->next[high] = behind;
    for (struct mp_link_trait *t = g->traits[high]; t; t = t->next)
        if (!add_trait(g, &g->traits[low], *t))
            return false;
    g->traits[high] = NULL;
    return true;
}

void mp_link_groups_flatten(struct mp_link_groups *g)
{
    for (uint32_t i = 0; i < g->reports->n; i++)
        g->parent[i] = mp_link_group_of(g, i);
}

bool mp_link_groups_make(struct mp_link_groups *g, const struct mp_link_reports *r)
{
    size_t n = r->n + 1;
    *g = (struct mp_link_groups){.reports = r};
    g->parent = mp_store_new(r->store, n * sizeof *g->parent);
    g->size = mp_store_new(r->store, n * sizeof *g->size);
    g->next = mp_store_new(r->store, n * sizeof *g->next);
    g->traits = mp_store_new(r->store, n * sizeof *g->traits);
    if (!g->parent || !g->size || !g->next || !g->traits)
        return false;
    for (uint32_t i = 0; i < r->n; i++) {
        g->parent[i] = g->next[i] = i;
        g->size[i] = 1;
    }
    return read_traits(g);
}

void mp_link_groups_free(struct mp_link_groups *g)
{
    if (!g->reports)
        return;
    mp_store_drop(g->reports->store, g->parent);
    mp_store_drop(g->reports->store, g->size);
    mp_store_drop(g->reports->store, g->next);
    mp_store_drop(g->reports->store, g->traits);
    mp_arena_free(&g->arena);
    *g = (struct mp_link_groups){0};
}

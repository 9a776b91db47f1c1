/* Groups of reports: union-find with members, and with traits that keep groups apart. */
#include "link/groups.h"
#include "link/compare.h"
#include "link/level.h"
#include <stdlib.h>

/* What a rule of two_youths knows of somebody: for these shared values this differing one. */
struct mp_link_trait {
    size_t rule;
    size_t shared; /* place of the joint value in the map of shared values */
    uint32_t value;
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

size_t mp_link_joint(struct mp_link_groups *g, struct mp_map *map, const struct mp_link_rule *rule,
                     size_t number, const struct mp_link_report *one)
{
    g->key.len = 0;
    mp_buf_add(&g->key, &number, sizeof number);
    for (size_t i = 0; i < rule->n_same; i++) {
        uint32_t value = one->values[rule->same[i]];
        if (!value)
            return MP_MAP_NONE;
        mp_buf_add(&g->key, &value, sizeof value);
    }
    size_t at = g->key.failed ? MP_MAP_NONE : mp_map_put(map, mp_buf_str(&g->key));
    g->key.failed |= at == MP_MAP_NONE;
    return at;
}

static bool add_trait(struct mp_link_groups *g, struct mp_link_trait **list,
                      struct mp_link_trait new)
{
    for (struct mp_link_trait *t = *list; t; t = t->next)
        if (t->rule == new.rule && t->shared == new.shared && t->value == new.value)
            return true;
    struct mp_link_trait *t = mp_arena_alloc(&g->arena, sizeof *t);
    if (!t)
        return false;
    *t = new;
    t->next = *list;
    *list = t;
    return true;
}

/* A trait counts only if somebody with the same shared values differs in it. `*only`: the one value
 * of all so far, 0 at first, or MP_MAP_NONE for several. */
static bool read_trait(struct mp_link_groups *g, uint32_t i, size_t rule, bool count)
{
    const struct mp_link_report *one = g->reports->all[i];
    const struct mp_link_rule *two = &g->reports->model->two[rule];
    uint32_t value = one->whole ? 0 : one->values[two->differ];
    size_t shared = value ? mp_link_joint(g, &g->shared, two, rule, one) : MP_MAP_NONE;
    if (shared == MP_MAP_NONE)
        return !g->key.failed;
    size_t *only = &g->shared.entries[shared].value;
    if (count)
        *only = *only == 0 || *only == value ? value : MP_MAP_NONE;
    else if (*only == MP_MAP_NONE)
        return add_trait(g, &g->traits[i], (struct mp_link_trait){rule, shared, value, NULL});
    return true;
}

static bool read_traits(struct mp_link_groups *g)
{
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < g->reports->n; i++)
            for (size_t k = 0; k < g->reports->model->n_two; k++)
                if (!read_trait(g, i, k, pass == 0))
                    return false;
    return true;
}

static bool differ(const struct mp_link_rule *rule, struct mp_str a, struct mp_str b)
{
    return rule->unlike < 1 ? mp_link_unlike(a, b, rule->unlike) : mp_link_differ(a, b);
}

static bool is_about(const struct mp_link_trait *a, const struct mp_link_trait *b)
{
    return a->rule == b->rule && a->shared == b->shared;
}

static bool traits_differ(const struct mp_link_groups *g, const struct mp_link_trait *a,
                          const struct mp_link_trait *b)
{
    const struct mp_map_entry *values = g->reports->values.entries;
    return differ(&g->reports->model->two[a->rule], values[a->value - 1].key,
                  values[b->value - 1].key);
}

/* A single letter is like too many. */
static bool is_letter(const struct mp_link_groups *g, const struct mp_link_trait *t)
{
    return mp_link_is_letter(g->reports->values.entries[t->value - 1].key);
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

bool mp_link_groups_make(struct mp_link_groups *g, const struct mp_link_reports *r)
{
    size_t n = r->n + 1;
    *g = (struct mp_link_groups){.reports = r};
    g->parent = malloc(n * sizeof *g->parent);
    g->size = malloc(n * sizeof *g->size);
    g->next = malloc(n * sizeof *g->next);
    g->traits = calloc(n, sizeof *g->traits);
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
    free(g->parent);
    free(g->size);
    free(g->next);
    free(g->traits);
    mp_map_free(&g->shared);
    mp_arena_free(&g->arena);
    mp_buf_free(&g->key);
    *g = (struct mp_link_groups){0};
}

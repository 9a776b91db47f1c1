/* Which reports are about one youth: union-find over exact rules, with a veto. */
#include "link/cluster.h"
#include "link/compare.h"
#include <stdlib.h>

/* What a rule of two_youths knows of somebody: for these shared values this differing one. */
struct trait {
    size_t rule;
    size_t shared; /* place of the joint value in the map of shared values */
    uint32_t value;
    struct trait *next;
};

struct block {
    size_t key;
    uint32_t report;
};

struct clusters {
    struct mp_link_reports *r;
    uint32_t *parent;
    struct trait **traits; /* of roots */
    struct mp_map shared;
    struct mp_arena arena;
    struct mp_buf key;
    struct block *blocks;
    uint32_t *roots; /* scratch: the clusters of one block */
    mp_link_apart_fn *apart;
    void *ctx;
};

static uint32_t root_of(struct clusters *c, uint32_t i)
{
    while (c->parent[i] != i) {
        c->parent[i] = c->parent[c->parent[i]];
        i = c->parent[i];
    }
    return i;
}

/* Place of the report's values of a rule, MP_MAP_NONE if one is not known or memory ran out (then
 * c->key.failed). */
static size_t joint(struct clusters *c, struct mp_map *map, const struct mp_link_rule *rule,
                    size_t number, const struct mp_link_report *one)
{
    c->key.len = 0;
    mp_buf_add(&c->key, &number, sizeof number);
    for (size_t i = 0; i < rule->n_same; i++) {
        uint32_t value = one->values[rule->same[i]];
        if (!value)
            return MP_MAP_NONE;
        mp_buf_add(&c->key, &value, sizeof value);
    }
    size_t at = c->key.failed ? MP_MAP_NONE : mp_map_put(map, mp_buf_str(&c->key));
    c->key.failed |= at == MP_MAP_NONE;
    return at;
}

static bool add_trait(struct clusters *c, struct trait **list, struct trait new)
{
    for (struct trait *t = *list; t; t = t->next)
        if (t->rule == new.rule && t->shared == new.shared && t->value == new.value)
            return true;
    struct trait *t = mp_arena_alloc(&c->arena, sizeof *t);
    if (!t)
        return false;
    *t = new;
    t->next = *list;
    *list = t;
    return true;
}

/* A trait counts only if somebody with the same shared values differs in it. `*only`: the one value
 * of all so far, 0 at first, or MP_MAP_NONE for several. */
static bool read_trait(struct clusters *c, uint32_t i, size_t rule, bool count)
{
    const struct mp_link_report *one = c->r->all[i];
    const struct mp_link_rule *two = &c->r->model->two[rule];
    uint32_t value = one->whole ? 0 : one->values[two->differ];
    size_t shared = value ? joint(c, &c->shared, two, rule, one) : MP_MAP_NONE;
    if (shared == MP_MAP_NONE)
        return !c->key.failed;
    size_t *only = &c->shared.entries[shared].value;
    if (count)
        *only = *only == 0 || *only == value ? value : MP_MAP_NONE;
    else if (*only == MP_MAP_NONE)
        return add_trait(c, &c->traits[i], (struct trait){rule, shared, value, NULL});
    return true;
}

static bool read_traits(struct clusters *c)
{
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < c->r->n; i++)
            for (size_t k = 0; k < c->r->model->n_two; k++)
                if (!read_trait(c, i, k, pass == 0))
                    return false;
    return true;
}

/* The rule that keeps two clusters apart, or NULL. */
static const struct mp_link_rule *veto(const struct clusters *c, uint32_t a, uint32_t b)
{
    const struct mp_map_entry *values = c->r->values.entries;
    for (const struct trait *x = c->traits[a]; x; x = x->next)
        for (const struct trait *y = c->traits[b]; y; y = y->next)
            if (x->rule == y->rule && x->shared == y->shared &&
                mp_link_differ(values[x->value - 1].key, values[y->value - 1].key))
                return &c->r->model->two[x->rule];
    return NULL;
}

/* The lower place is the root, so that it is the person's first report. */
static bool join(struct clusters *c, uint32_t a, uint32_t b)
{
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    c->parent[high] = low;
    for (struct trait *t = c->traits[high]; t; t = t->next)
        if (!add_trait(c, &c->traits[low], *t))
            return false;
    c->traits[high] = NULL;
    return true;
}

static void say_apart(struct clusters *c, uint32_t a, uint32_t b, const struct mp_link_rule *rule,
                      const struct mp_link_rule *why)
{
    if (c->apart)
        c->apart(c->ctx, c->r->all[a], c->r->all[b], rule, why);
}

/* Two of the block's clusters are known to be two youths. */
static bool is_crowded(struct clusters *c, const struct block *b, size_t n,
                       const struct mp_link_rule *rule)
{
    size_t n_roots = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t root = root_of(c, b[i].report);
        size_t k = 0;
        for (; k < n_roots && c->roots[k] != root; k++) {
            const struct mp_link_rule *why = veto(c, c->roots[k], root);
            if (why) {
                say_apart(c, c->roots[k], b[i].report, rule, why);
                return true;
            }
        }
        if (k == n_roots)
            c->roots[n_roots++] = root;
    }
    return false;
}

/* Joins each report of a block to the first cluster of the block that will have it. */
static bool join_block(struct clusters *c, const struct block *b, size_t n,
                       const struct mp_link_rule *rule, const char *text)
{
    if (n < 2 || (rule && rule->alone && is_crowded(c, b, n, rule)))
        return true;
    size_t n_roots = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t own = root_of(c, b[i].report);
        size_t k = 0;
        const struct mp_link_rule *why = NULL;
        for (; k < n_roots; k++) {
            uint32_t other = root_of(c, c->roots[k]);
            why = other == own ? NULL : veto(c, other, own);
            if (!why) {
                if (other != own && !join(c, other, own))
                    return false;
                break;
            }
        }
        if (k == n_roots) {
            if (why)
                say_apart(c, c->roots[0], b[i].report, rule, why);
            c->roots[n_roots++] = b[i].report;
            continue;
        }
        const char **first = &c->r->all[c->roots[k]]->rule, **one = &c->r->all[b[i].report]->rule;
        *first = *first ? *first : text;
        *one = *one ? *one : text;
    }
    return true;
}

static int by_key(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->report < y->report ? -1 : x->report > y->report;
}

/* Gathers blocks of equal keys and joins each; blocks come in the order of their first report. */
static bool join_blocks(struct clusters *c, size_t n, const struct mp_link_rule *rule,
                        const char *text)
{
    if (n)
        qsort(c->blocks, n, sizeof *c->blocks, by_key);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && c->blocks[end].key == c->blocks[i].key;)
            end++;
        if (!join_block(c, c->blocks + i, end - i, rule, text))
            return false;
    }
    return true;
}

static bool apply(struct clusters *c, const struct mp_link_rule *rule)
{
    struct mp_map keys = {0};
    size_t n = 0;
    for (uint32_t i = 0; i < c->r->n && !c->key.failed; i++) {
        size_t key = c->r->all[i]->whole ? MP_MAP_NONE : joint(c, &keys, rule, 0, c->r->all[i]);
        if (key != MP_MAP_NONE)
            c->blocks[n++] = (struct block){key, i};
    }
    mp_map_free(&keys);
    return !c->key.failed && join_blocks(c, n, rule, rule->text.p);
}

/* The same line twice is the same report twice; equal lines stand side by side. */
static bool join_equal_lines(struct clusters *c)
{
    size_t key = 0, n = 0;
    for (uint32_t i = 0; i < c->r->n; i++) {
        const struct mp_link_report *one = c->r->all[i];
        if (one->whole)
            continue;
        key += n == 0 || !mp_str_eq(c->r->all[c->blocks[n - 1].report]->bare, one->bare);
        c->blocks[n++] = (struct block){key, i};
    }
    return join_blocks(c, n, NULL, "identical-line");
}

static bool prepare(struct clusters *c)
{
    size_t n = c->r->n + 1;
    c->parent = malloc(n * sizeof *c->parent);
    c->traits = calloc(n, sizeof *c->traits);
    c->blocks = malloc(n * sizeof *c->blocks);
    c->roots = malloc(n * sizeof *c->roots);
    if (!c->parent || !c->traits || !c->blocks || !c->roots)
        return false;
    for (uint32_t i = 0; i < c->r->n; i++)
        c->parent[i] = i;
    return read_traits(c);
}

int mp_link_cluster(struct mp_link_reports *r, mp_link_apart_fn *apart, void *ctx,
                    struct mp_error *e)
{
    struct clusters c = {.r = r, .apart = apart, .ctx = ctx};
    bool good = prepare(&c) && join_equal_lines(&c);
    for (size_t k = 0; good && k < r->model->n_same; k++)
        good = apply(&c, &r->model->same[k]);
    for (uint32_t i = 0; good && i < r->n; i++)
        r->all[i]->person = root_of(&c, i);
    free(c.parent);
    free(c.traits);
    free(c.blocks);
    free(c.roots);
    mp_map_free(&c.shared);
    mp_arena_free(&c.arena);
    mp_buf_free(&c.key);
    return good ? 0 : mp_error_memory(e);
}

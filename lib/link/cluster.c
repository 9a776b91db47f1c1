/* Which reports are about one youth: union-find over exact rules, with a veto. */
#include "link/cluster.h"
#include "link/groups.h"
#include <stdlib.h>

struct block {
    size_t key;
    uint32_t report;
};

struct clusters {
    struct mp_link_reports *r;
    struct mp_link_groups groups;
    struct block *blocks;
    uint32_t *roots; /* scratch: the clusters of one block */
    mp_link_apart_fn *apart;
    void *ctx;
};

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
        uint32_t root = mp_link_group_of(&c->groups, b[i].report);
        size_t k = 0;
        for (; k < n_roots && c->roots[k] != root; k++) {
            const struct mp_link_rule *why = mp_link_groups_veto(&c->groups, c->roots[k], root);
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
        uint32_t own = mp_link_group_of(&c->groups, b[i].report);
        size_t k = 0;
        const struct mp_link_rule *why = NULL;
        for (; k < n_roots; k++) {
            uint32_t other = mp_link_group_of(&c->groups, c->roots[k]);
            why = other == own ? NULL : mp_link_groups_veto(&c->groups, other, own);
            if (!why) {
                if (other != own && !mp_link_groups_join(&c->groups, other, own))
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
    for (uint32_t i = 0; i < c->r->n && !c->groups.key.failed; i++) {
        size_t key = c->r->all[i]->whole ? MP_MAP_NONE
                                         : mp_link_joint(&c->groups, &keys, rule, 0, c->r->all[i]);
        if (key != MP_MAP_NONE)
            c->blocks[n++] = (struct block){key, i};
    }
    mp_map_free(&keys);
    return !c->groups.key.failed && join_blocks(c, n, rule, rule->text.p);
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
    c->blocks = malloc((c->r->n + 1) * sizeof *c->blocks);
    c->roots = malloc((c->r->n + 1) * sizeof *c->roots);
    return c->blocks && c->roots && mp_link_groups_make(&c->groups, c->r);
}

int mp_link_cluster(struct mp_link_reports *r, mp_link_apart_fn *apart, void *ctx,
                    struct mp_link_weighed *weighed, struct mp_error *e)
{
    struct clusters c = {.r = r, .apart = apart, .ctx = ctx};
    bool good = prepare(&c) && join_equal_lines(&c);
    for (size_t k = 0; good && k < r->model->n_same; k++)
        good = apply(&c, &r->model->same[k]);
    if (good && r->model->n_comparisons)
        good = mp_link_weigh(r, &c.groups, weighed, e) == 0;
    for (uint32_t i = 0; good && i < r->n; i++)
        r->all[i]->person = mp_link_group_of(&c.groups, i);
    free(c.blocks);
    free(c.roots);
    mp_link_groups_free(&c.groups);
    return good ? 0 : mp_error_memory(e);
}

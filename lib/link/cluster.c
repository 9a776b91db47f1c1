/* Which reports are about one youth: union-find over exact rules, with a veto. */
#include "link/cluster.h"
#include "link/groups.h"
#include "link/keys.h"

struct clusters {
    struct mp_link_reports *r;
    struct mp_link_groups groups;
    uint32_t *keys;  /* scratch: of one rule */
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
static bool is_crowded(struct clusters *c, const uint32_t *b, size_t n,
                       const struct mp_link_rule *rule)
{
    size_t n_roots = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t root = mp_link_group_of(&c->groups, b[i]);
        size_t k = 0;
        for (; k < n_roots && c->roots[k] != root; k++) {
            const struct mp_link_rule *why = mp_link_groups_veto(&c->groups, c->roots[k], root);
            if (why) {
                say_apart(c, c->roots[k], b[i], rule, why);
                return true;
            }
        }
        if (k == n_roots)
            c->roots[n_roots++] = root;
    }
    return false;
}

/* Joins each report of a block to the first cluster of the block that will have it. */
static bool join_block(struct clusters *c, const uint32_t *b, size_t n,
                       const struct mp_link_rule *rule, const char *text)
{
    if (rule && rule->alone && is_crowded(c, b, n, rule))
        return true;
    size_t n_roots = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t own = mp_link_group_of(&c->groups, b[i]);
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
                say_apart(c, c->roots[0], b[i], rule, why);
            c->roots[n_roots++] = b[i];
            continue;
        }
        const char **first = &c->r->all[c->roots[k]]->rule, **one = &c->r->all[b[i]]->rule;
        *first = *first ? *first : text;
        *one = *one ? *one : text;
    }
    return true;
}

/* Joins the reports of each key; keys come in the order of their first reports. */
static bool join_keys(struct clusters *c, const struct mp_link_rule *rule, const char *text)
{
    struct mp_link_runs runs;
    bool fine = mp_link_runs_make(&runs, c->r, c->keys, 1);
    for (size_t i = 0; fine && i < runs.n; i++)
        fine = join_block(c, runs.reports + runs.begins[i], runs.begins[i + 1] - runs.begins[i],
                          rule, text);
    mp_link_runs_free(&runs);
    return fine;
}

/* The same line twice is the same report twice; equal lines stand side by side. */
static bool join_equal_lines(struct clusters *c)
{
    uint32_t key = 0, last = 0;
    for (uint32_t i = 0; i < c->r->n; i++) {
        const struct mp_link_report *one = c->r->all[i];
        mp_store_breathe(c->r->store);
        c->keys[i] = 0;
        if (one->whole)
            continue;
        if (key == 0 || !mp_str_eq(mp_link_bare(c->r->all[last]), mp_link_bare(one)))
            key = i + 1;
        c->keys[i] = key;
        last = i;
    }
    return join_keys(c, NULL, "identical-line");
}

static bool prepare(struct clusters *c)
{
    c->keys = mp_store_new(c->r->store, (c->r->n + 1) * sizeof *c->keys);
    c->roots = mp_store_new(c->r->store, (c->r->n + 1) * sizeof *c->roots);
    return c->keys && c->roots && mp_link_groups_make(&c->groups, c->r);
}

int mp_link_cluster(struct mp_link_reports *r, mp_link_apart_fn *apart, void *ctx,
                    struct mp_link_weighed *weighed, struct mp_error *e)
{
    struct clusters c = {.r = r, .apart = apart, .ctx = ctx};
    bool good = prepare(&c) && join_equal_lines(&c);
    for (size_t k = 0; good && k < r->model->n_same; k++)
        good = mp_link_keys(r, &r->model->same[k], c.keys, 1) &&
               join_keys(&c, &r->model->same[k], r->model->same[k].text.p);
    if (good && r->model->n_comparisons)
        good = mp_link_weigh(r, &c.groups, weighed, e) == 0;
    for (uint32_t i = 0; good && i < r->n; i++)
        r->all[i]->person = mp_link_group_of(&c.groups, i);
    mp_store_drop(r->store, c.keys);
    mp_store_drop(r->store, c.roots);
    mp_link_groups_free(&c.groups);
    return good ? 0 : mp_error_memory(e);
}

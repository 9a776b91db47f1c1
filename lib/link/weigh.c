/* Joins groups of reports that are probably of one youth: the heaviest pair first. */
#include "link/weigh.h"
#include "link/candidate.h"
#include "link/estimate.h"
#include "link/level.h"
#include "link/score.h"
#include <math.h>
#include <stdlib.h>

enum { LOOKED_AT = 32 }; /* reports of a group that others are compared with */

struct pair {
    uint32_t a, b;
    float bits; /* with the prior */
};

struct weighing {
    struct mp_link_reports *r;
    struct mp_link_groups *g;
    struct mp_link_scorer scorer;
    double prior; /* bits */
    struct mp_buf pairs;
    struct mp_map refused; /* pairs of groups, with their sizes */
};

static double bits_of(const struct weighing *w, uint32_t a, uint32_t b)
{
    const struct mp_link_report *x = w->r->all[a], *y = w->r->all[b];
    return mp_link_bits(&w->scorer, mp_link_levels(w->r, x, y), x, y) + w->prior;
}

static bool keep_pair(void *ctx, uint32_t a, uint32_t b)
{
    struct weighing *w = ctx;
    if (mp_link_group_of(w->g, a) == mp_link_group_of(w->g, b))
        return true;
    struct pair p = {a, b, (float)bits_of(w, a, b)};
    if (p.bits > 0)
        mp_buf_add(&w->pairs, &p, sizeof p);
    return !w->pairs.failed;
}

static int by_bits(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->bits < y->bits || x->bits > y->bits)
        return x->bits > y->bits ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* What the pairs between two groups weigh on the average; of large groups some of them. */
static double bits_between(const struct weighing *w, uint32_t a, uint32_t b)
{
    uint32_t n = w->g->size[a] < LOOKED_AT ? w->g->size[a] : LOOKED_AT;
    uint32_t m = w->g->size[b] < LOOKED_AT ? w->g->size[b] : LOOKED_AT;
    double sum = 0;
    for (uint32_t i = 0, x = a; i < n; i++, x = w->g->next[x])
        for (uint32_t j = 0, y = b; j < m; j++, y = w->g->next[y])
            sum += bits_of(w, x, y);
    return sum / n / m;
}

/* Whether the two groups were refused as they are now; notes them. */
static bool was_refused(struct weighing *w, uint32_t a, uint32_t b)
{
    uint32_t key[] = {a, b, w->g->size[a], w->g->size[b]};
    size_t n = w->refused.n;
    size_t at = mp_map_put(&w->refused, (struct mp_str){(const char *)key, sizeof key});
    w->pairs.failed |= at == MP_MAP_NONE;
    return w->refused.n == n;
}

static bool join_pair(struct weighing *w, const struct pair *p)
{
    uint32_t a = mp_link_group_of(w->g, p->a), b = mp_link_group_of(w->g, p->b);
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    if (a == b || was_refused(w, low, high) || mp_link_groups_veto(w->g, low, high) ||
        bits_between(w, low, high) <= 0)
        return !w->pairs.failed;
    struct mp_link_report *x = w->r->all[p->a], *y = w->r->all[p->b];
    x->rule = x->rule ? x->rule : "weighed";
    y->rule = y->rule ? y->rule : "weighed";
    return mp_link_groups_join(w->g, low, high);
}

static bool join_pairs(struct weighing *w)
{
    struct pair *p = MP_ITEMS(struct pair, w->pairs);
    size_t n = MP_COUNT(struct pair, w->pairs);
    if (n)
        qsort(p, n, sizeof *p, by_bits);
    for (size_t i = 0; i < n; i++)
        if (!join_pair(w, &p[i]))
            return false;
    return true;
}

int mp_link_weigh(struct mp_link_reports *r, struct mp_link_groups *g, struct mp_error *e)
{
    struct weighing w = {.r = r, .g = g};
    struct mp_link_model *m = r->model;
    bool fine = true;
    if (m->frozen) {
        memcpy(m->shares, m->given, sizeof m->shares);
        m->prior = m->given_prior;
    } else {
        fine = mp_link_estimate(g, m, e) == 0;
    }
    fine = fine && mp_link_scorer_make(&w.scorer, g, e) == 0;
    w.prior = log2(m->prior / (1 - m->prior));
    for (size_t i = 0; fine && i < m->n_blocks; i++)
        fine = mp_link_candidates(r, i, true, keep_pair, &w, e) == 0;
    fine = fine && !w.pairs.failed && join_pairs(&w);
    mp_link_scorer_free(&w.scorer);
    mp_buf_free(&w.pairs);
    mp_map_free(&w.refused);
    return fine ? 0 : mp_error_memory(e);
}

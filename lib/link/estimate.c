/* The model's shares: counting levels, and expectation maximisation. */
#include "link/estimate.h"
#include "link/candidate.h"
#include "link/level.h"
#include "link/patterns.h"
#include "link/score.h"
#include <math.h>

enum {
    SPREAD = 1000000, /* pairs for u: of a level that one pair in 10,000 has, about a hundred */
    ROUNDS = 500,     /* far more than it takes */
    AGAIN = 2,        /* rounds with frequencies */
    ONE = 1 << 20     /* a pair: shares of one are counted whole, so that no order matters */
};

static const double CLOSE = 1e-7; /* the prior's change that ends the rounds */

struct counting {
    struct mp_link_groups *g;
    struct mp_link_patterns to;
};

/* By comparison and level, from 0. */
typedef double counts[MP_LINK_COMPARISONS][MP_LINK_LEVELS + 1];

static bool count_pair(struct counting *c, uint32_t a, uint32_t b)
{
    struct mp_link_report *const *all = c->g->reports->all;
    return mp_link_patterns_add(&c->to, mp_link_levels(c->g->reports, all[a], all[b]));
}

static bool count_other(struct counting *c, uint32_t a, uint32_t b)
{
    struct mp_link_report *const *all = c->g->reports->all;
    return all[a]->whole || all[b]->whole ||
           mp_link_group_of(c->g, a) == mp_link_group_of(c->g, b) || count_pair(c, a, b);
}

static bool count_candidate(void *ctx, uint32_t a, uint32_t b)
{
    struct counting *c = ctx;
    uint32_t x = mp_link_group_of(c->g, a), y = mp_link_group_of(c->g, b);
    return (x != y && mp_link_groups_veto(c->g, x, y)) || count_pair(c, a, b);
}

/* All pairs, or about SPREAD of them, each report in as many as any other: those that stand so far
 * apart in the order of all, by multiples of the golden section. */
static bool count_spread(struct counting *c)
{
    const double golden = 0.6180339887498949;
    size_t n = c->g->reports->n;
    bool all = n <= 2 * (size_t)SPREAD / (n + 1);
    size_t strides = all ? n / 2 : SPREAD / n + 1;
    for (size_t k = 1; k <= strides; k++) {
        double part = (double)k * golden - floor((double)k * golden);
        size_t stride = all ? k : 1 + (size_t)(part * (double)(n - 2));
        size_t end = all && 2 * k == n ? k : n;
        for (size_t i = 0; i < end; i++)
            if (!count_other(c, (uint32_t)i, (uint32_t)((i + stride) % n)))
                return false;
    }
    return true;
}

static size_t n_levels(const struct mp_link_model *m, size_t k)
{
    return m->comparisons[k].n_levels + 1;
}

/* Shares of the levels among those counted and those that the model came with. */
static void share_out(const struct mp_link_model *m, size_t k, const double *n, const double *given,
                      double *shares)
{
    double sum = m->strength;
    for (size_t l = 0; l < n_levels(m, k); l++)
        sum += n[l];
    for (size_t l = 0; l < n_levels(m, k); l++)
        shares[l] = (n[l] + m->strength * given[l]) / sum;
}

static void estimate_u(struct mp_link_model *m, const struct mp_link_patterns *p)
{
    counts n = {0};
    for (size_t i = 0; i < p->cap; i++)
        for (size_t k = 0; k < m->n_comparisons; k++) {
            unsigned level = mp_link_level_of(p->slots[i].levels, k);
            if (level > 0)
                n[k][level - 1] += (double)p->slots[i].n;
        }
    for (size_t k = 0; k < m->n_comparisons; k++)
        share_out(m, k, n[k], m->given[k].u, m->shares[k].u);
}

/* How much likelier such a pair is of one youth than of two. */
static double ratio(const struct mp_link_model *m, uint64_t levels)
{
    double r = 1;
    for (size_t k = 0; k < m->n_comparisons; k++) {
        unsigned level = mp_link_level_of(levels, k);
        if (level > 0)
            r *= m->shares[k].m[level - 1] / m->shares[k].u[level - 1];
    }
    return r;
}

/* One round: how many of the pairs are of one youth by the shares so far, and the shares that
 * follow. */
static double maximise(struct mp_link_model *m, const struct mp_link_patterns *p)
{
    counts n = {0};
    double sum = 0;
    for (size_t i = 0; i < p->cap; i++) {
        double odds = m->prior / (1 - m->prior) * ratio(m, p->slots[i].levels);
        double ones = odds / (odds + 1) * (double)p->slots[i].n;
        sum += ones;
        for (size_t k = 0; k < m->n_comparisons; k++) {
            unsigned level = mp_link_level_of(p->slots[i].levels, k);
            if (level > 0)
                n[k][level - 1] += ones;
        }
    }
    for (size_t k = 0; k < m->n_comparisons; k++)
        share_out(m, k, n[k], m->given[k].m, m->shares[k].m);
    return sum;
}

static void estimate_m(struct mp_link_model *m, const struct mp_link_patterns *p, double pairs)
{
    double before = 0;
    for (size_t k = 0; k < m->n_comparisons; k++)
        memcpy(m->shares[k].m, m->given[k].m, sizeof m->shares[k].m);
    for (int i = 0; i < ROUNDS && fabs(m->prior - before) > CLOSE * m->prior; i++) {
        before = m->prior;
        m->prior = (maximise(m, p) + m->strength * m->given_prior) / (pairs + m->strength);
    }
}

/* m and the prior once more, now that the frequency of each value counts too. */
struct refining {
    struct mp_link_groups *g;
    struct mp_link_scorer scorer;
    double prior; /* bits */
    uint64_t ones[MP_LINK_COMPARISONS][MP_LINK_LEVELS + 1], sum;
    uint64_t twos[MP_LINK_COMPARISONS][MP_LINK_LEVELS + 1];
};

static bool refine_pair(void *ctx, uint32_t a, uint32_t b)
{
    struct refining *x = ctx;
    const struct mp_link_reports *r = x->g->reports;
    uint32_t p = mp_link_group_of(x->g, a), q = mp_link_group_of(x->g, b);
    uint64_t levels = mp_link_levels(r, r->all[a], r->all[b]), part = ONE;
    if (p != q) {
        double bits = mp_link_bits(&x->scorer, levels, r->all[a], r->all[b]) + x->prior;
        part = mp_link_groups_veto(x->g, p, q) ? 0 : (uint64_t)(ONE / (1 + exp2(-bits)));
    }
    x->sum += part;
    for (size_t k = 0; k < r->model->n_comparisons; k++) {
        unsigned level = mp_link_level_of(levels, k);
        if (level > 0) {
            x->ones[k][level - 1] += part;
            x->twos[k][level - 1] += ONE - part;
        }
    }
    return true;
}

/* A level can be so rare among two youths that no pair of those spread has it (a number that they
 * share): it is at least as common as among the pairs that were compared. */
static void take_counts(struct mp_link_model *m, size_t k, const struct refining *x, double pairs)
{
    double n[MP_LINK_LEVELS + 1] = {0};
    for (size_t l = 0; l < n_levels(m, k); l++) {
        double twos = (double)x->twos[k][l] / ONE / pairs;
        n[l] = (double)x->ones[k][l] / ONE;
        m->shares[k].u[l] = m->shares[k].u[l] > twos ? m->shares[k].u[l] : twos;
    }
    share_out(m, k, n, m->given[k].m, m->shares[k].m);
}

static int refine(struct mp_link_groups *g, struct mp_link_model *m, double pairs,
                  struct mp_error *e)
{
    struct refining x = {.g = g};
    bool fine = mp_link_scorer_make(&x.scorer, g, e) == 0;
    for (int i = 0; fine && i < AGAIN; i++) {
        x.prior = log2(m->prior / (1 - m->prior));
        x.sum = 0;
        memset(x.ones, 0, sizeof x.ones);
        memset(x.twos, 0, sizeof x.twos);
        for (size_t k = 0; fine && k < m->n_blocks; k++)
            fine = mp_link_candidates(g->reports, k, true, refine_pair, &x, e) == 0;
        for (size_t k = 0; k < m->n_comparisons; k++)
            take_counts(m, k, &x, pairs);
        m->prior = ((double)x.sum / ONE + m->strength * m->given_prior) / (pairs + m->strength);
        mp_link_scorer_take(&x.scorer);
    }
    mp_link_scorer_free(&x.scorer);
    return fine ? 0 : -1;
}

int mp_link_estimate(struct mp_link_groups *g, struct mp_link_model *m, struct mp_error *e)
{
    double n = (double)g->reports->n;
    struct counting spread = {.g = g}, all = {.g = g};
    bool fine = n < 2 || count_spread(&spread);
    mp_link_patterns_sort(&spread.to);
    if (fine)
        estimate_u(m, &spread.to);
    for (size_t i = 0; fine && i < m->n_blocks; i++)
        fine = mp_link_candidates(g->reports, i, true, count_candidate, &all, e) == 0;
    mp_link_patterns_sort(&all.to);
    m->prior = m->given_prior;
    if (fine)
        estimate_m(m, &all.to, n * (n - 1) / 2);
    fine = fine && refine(g, m, n * (n - 1) / 2, e) == 0;
    mp_link_patterns_free(&spread.to);
    mp_link_patterns_free(&all.to);
    return fine ? 0 : mp_error_memory(e);
}

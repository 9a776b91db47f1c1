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
    AGAIN = 1,        /* rounds with frequencies: a second one changes nothing that counts */
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

/* A number that looks like chance and is always the same (Steele, Lea and Flood 2014,
 * SplitMix64). */
static uint64_t scattered(uint64_t i)
{
    i = (i + 1) * 0x9e3779b97f4a7c15u;
    i = (i ^ i >> 30) * 0xbf58476d1ce4e5b9u;
    i = (i ^ i >> 27) * 0x94d049bb133111ebu;
    return i ^ i >> 31;
}

/* Of many reports SPREAD pairs scattered over all: neighbours in their order have more in common
 * than others, and those far apart in time less. */
static bool count_scattered(struct counting *c)
{
    size_t n = c->g->reports->n;
    for (uint64_t k = 0; k < SPREAD; k++) {
        uint32_t a = (uint32_t)(scattered(2 * k) % n), b = (uint32_t)(scattered(2 * k + 1) % n);
        if (a != b && !count_other(c, a, b))
            return false;
    }
    return true;
}

/* Of few, all pairs. */
static bool count_spread(struct counting *c)
{
    size_t n = c->g->reports->n;
    if (n > 2 * (size_t)SPREAD / (n + 1))
        return count_scattered(c);
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = a + 1; b < n; b++)
            if (!count_other(c, a, b))
                return false;
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

/* The same for m. Namesakes look like one youth who is known by two dates of birth, and the more of
 * them there are the more they teach so: the model says how much of it can be true. */
static void share_out_m(struct mp_link_model *m, size_t k, const double *n)
{
    size_t last = n_levels(m, k) - 1;
    double *shares = m->shares[k].m;
    share_out(m, k, n, m->given[k].m, shares);
    if (shares[last] <= m->unlike[k])
        return;
    double scale = (1 - m->unlike[k]) / (1 - shares[last]);
    for (size_t l = 0; l < last; l++)
        shares[l] *= scale;
    shares[last] = m->unlike[k];
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

/* The probability that such a pair is of one youth. */
static double probability_of(const struct mp_link_model *m, uint64_t levels)
{
    double odds = m->prior / (1 - m->prior) * ratio(m, levels);
    return odds / (odds + 1);
}

/* Among pairs that are scattered over all some are of one youth: each counts as far as it is not.
 */
static void estimate_u(struct mp_link_model *m, const struct mp_link_patterns *p)
{
    counts n = {0};
    for (size_t i = 0; i < p->cap; i++) {
        double twos = (1 - probability_of(m, p->slots[i].levels)) * (double)p->slots[i].n;
        for (size_t k = 0; k < m->n_comparisons; k++) {
            unsigned level = mp_link_level_of(p->slots[i].levels, k);
            if (level > 0)
                n[k][level - 1] += twos;
        }
    }
    for (size_t k = 0; k < m->n_comparisons; k++)
        share_out(m, k, n[k], m->given[k].u, m->shares[k].u);
}

/* One round: how many of the pairs are of one youth by the shares so far, and the shares that
 * follow. */
static double maximise(struct mp_link_model *m, const struct mp_link_patterns *p)
{
    counts n = {0};
    double sum = 0;
    for (size_t i = 0; i < p->cap; i++) {
        double ones = probability_of(m, p->slots[i].levels) * (double)p->slots[i].n;
        sum += ones;
        for (size_t k = 0; k < m->n_comparisons; k++) {
            unsigned level = mp_link_level_of(p->slots[i].levels, k);
            if (level > 0)
                n[k][level - 1] += ones;
        }
    }
    for (size_t k = 0; k < m->n_comparisons; k++)
        share_out_m(m, k, n[k]);
    return sum;
}

/* Expectation and maximisation, in turns, until the prior stays as it is. */
static void estimate(struct mp_link_model *m, const struct mp_link_patterns *spread,
                     const struct mp_link_patterns *all, double pairs)
{
    double before = 0;
    memcpy(m->shares, m->given, sizeof m->shares);
    m->prior = m->given_prior;
    for (int i = 0; i < ROUNDS && fabs(m->prior - before) > CLOSE * m->prior; i++) {
        before = m->prior;
        estimate_u(m, spread);
        m->prior = (maximise(m, all) + m->strength * m->given_prior) / (pairs + m->strength);
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
    share_out_m(m, k, n);
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
            fine = mp_link_candidates(g->reports, k, true, refine_pair, &x, NULL, e) == 0;
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
    double n = (double)g->reports->n, pairs = n * (n - 1) / 2;
    struct counting spread = {.g = g}, all = {.g = g};
    bool fine = n < 2 || count_spread(&spread);
    for (size_t i = 0; fine && i < m->n_blocks; i++)
        fine = mp_link_candidates(g->reports, i, true, count_candidate, &all, NULL, e) == 0;
    mp_link_patterns_sort(&spread.to);
    mp_link_patterns_sort(&all.to);
    if (fine)
        estimate(m, &spread.to, &all.to, pairs);
    fine = fine && refine(g, m, pairs, e) == 0;
    mp_link_patterns_free(&spread.to);
    mp_link_patterns_free(&all.to);
    return fine ? 0 : mp_error_memory(e);
}

/* The model's shares: counting levels, and expectation maximisation. */
#include "link/estimate.h"
#include "base/crew.h"
#include "link/level.h"
#include "link/score.h"
#include <math.h>
#include <stdlib.h>

enum {
    SPREAD = 1000000, /* pairs for u: of a level that one pair in 10,000 has, about a hundred ... */
    LEAST = 250000,   /* ... of few reports a quarter of it: there are fewer pairs to be wrong in */
    EACH = 16,        /* pairs a report, in between */
    ROUNDS = 500,     /* far more than it takes */
    AHEAD = 8,        /* pairs whose rows are fetched from memory */
    AGAIN = 1,        /* rounds with frequencies: a second one changes nothing that counts */
    PARTS = 20,       /* bits: */
    ONE = 1 << PARTS  /* a pair: shares of one are counted whole, so that no order matters */
};

static const double CLOSE = 1e-7; /* the prior's change that ends the rounds */

/* Pairs for u, counted by one thread: every n-th of them. */
struct counting {
    struct mp_link_groups *g;
    struct mp_link_patterns to;
    uint64_t n, first, step;
    bool wholes; /* some of the reports take no part */
    bool failed;
};

/* By comparison and level, from 0. */
typedef double counts[MP_LINK_COMPARISONS][MP_LINK_LEVELS + 1];

/* Counts a pair that no rule says is of one youth. */
static void count_other(struct counting *c, uint32_t a, uint32_t b)
{
    const struct mp_link_reports *r = c->g->reports;
    if (a == b || mp_link_group_now(c->g, a) == mp_link_group_now(c->g, b) ||
        (c->wholes && (r->all[a]->whole || r->all[b]->whole)))
        return;
    struct mp_link_pattern *p =
        mp_link_patterns_put(&c->to, mp_link_levels(r, mp_link_row(r, a), mp_link_row(r, b)));
    if (p)
        p->n++;
    c->failed |= !p;
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

/* Of many reports some pairs scattered over all: neighbours in their order have more in common
 * than others, and those far apart in time less. */
static void count_scattered(struct counting *c)
{
    const struct mp_link_reports *r = c->g->reports;
    size_t n = r->n;
    for (uint64_t k = c->first; k < c->n && !c->failed; k += c->step) {
        uint64_t next = k + AHEAD * c->step;
        mp_link_fetch_row(r, scattered(2 * next) % n);
        mp_link_fetch_row(r, scattered(2 * next + 1) % n);
        count_other(c, (uint32_t)(scattered(2 * k) % n), (uint32_t)(scattered(2 * k + 1) % n));
    }
}

/* Of few, all pairs. */
static void count_spread(void *worker)
{
    struct counting *c = worker;
    size_t n = c->g->reports->n;
    if (n > 2 * c->n / (n + 1)) {
        count_scattered(c);
        return;
    }
    for (uint32_t a = (uint32_t)c->first; a < n && !c->failed; a += (uint32_t)c->step)
        for (uint32_t b = a + 1; b < n; b++)
            count_other(c, a, b);
}

static uint64_t n_spread(size_t n)
{
    uint64_t pairs = EACH * (uint64_t)n;
    return pairs < LEAST ? LEAST : pairs < SPREAD ? pairs : SPREAD;
}

static bool has_wholes(const struct mp_link_reports *r)
{
    size_t i = 0;
    while (i < r->n && !r->all[i]->whole)
        i++;
    return i < r->n;
}

/* Counts the pairs for u. False if memory ran out. */
static bool find_spread(struct mp_link_groups *g, struct mp_link_patterns *sum)
{
    size_t jobs = g->reports->jobs;
    uint64_t n = n_spread(g->reports->n);
    bool wholes = has_wholes(g->reports);
    struct counting *all = calloc(jobs, sizeof *all);
    const struct mp_link_patterns **parts = calloc(jobs, sizeof *parts);
    bool fine = all && parts;
    for (size_t i = 0; fine && i < jobs; i++) {
        all[i] = (struct counting){.g = g, .n = n, .first = i, .step = jobs, .wholes = wholes};
        parts[i] = &all[i].to;
    }
    if (fine)
        mp_crew(count_spread, all, jobs, sizeof *all);
    for (size_t i = 0; i < jobs && fine; i++)
        fine = !all[i].failed;
    fine = fine && mp_link_patterns_add_up(sum, parts, jobs);
    for (size_t i = 0; all && i < jobs; i++)
        mp_link_patterns_free(&all[i].to);
    free(all);
    free(parts);
    return fine;
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
    for (size_t i = 0; i < p->n; i++) {
        double twos = (1 - probability_of(m, p->all[i].levels)) * (double)p->all[i].n;
        for (size_t k = 0; k < m->n_comparisons; k++) {
            unsigned level = mp_link_level_of(p->all[i].levels, k);
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
    for (size_t i = 0; i < p->n; i++) {
        double ones = probability_of(m, p->all[i].levels) * (double)p->all[i].n;
        sum += ones;
        for (size_t k = 0; k < m->n_comparisons; k++) {
            unsigned level = mp_link_level_of(p->all[i].levels, k);
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
    const struct mp_link_reports *r;
    const struct mp_link_patterns *patterns;
    const struct mp_link_scorer *scorer;
    double prior; /* bits */
    uint64_t ones[MP_LINK_COMPARISONS][MP_LINK_LEVELS + 1], sum;
    uint64_t twos[MP_LINK_COMPARISONS][MP_LINK_LEVELS + 1];
};

/* Pairs of these levels: how many of them are of one youth and of two, in parts. */
static void add_parts(struct refining *x, uint64_t levels, uint64_t one, uint64_t two)
{
    x->sum += one;
    for (size_t k = 0; k < x->r->model->n_comparisons; k++) {
        unsigned level = mp_link_level_of(levels, k);
        if (level > 0) {
            x->ones[k][level - 1] += one;
            x->twos[k][level - 1] += two;
        }
    }
}

static bool refine_pair(void *worker, const struct mp_link_compared *pair, uint32_t pattern,
                        bool apart)
{
    struct refining *x = worker;
    if (apart)
        return true;
    uint64_t levels = x->patterns->all[pattern].levels;
    double bits =
        mp_link_bits(x->scorer, levels, mp_link_row(x->r, pair->a), mp_link_row(x->r, pair->b));
    uint64_t part = (uint64_t)(ONE / (1 + exp2(-bits - x->prior)));
    add_parts(x, levels, part, ONE - part);
    return true;
}

/* What needs no look at single pairs: those of one group, those that a rule keeps apart, and those
 * that cannot weigh enough to count at all. */
static void refine_patterns(struct refining *x, bool *hopeless)
{
    for (size_t i = 0; i < x->patterns->n; i++) {
        const struct mp_link_pattern *p = &x->patterns->all[i];
        hopeless[i] = mp_link_bits_most(x->scorer, p->levels) + x->prior < -PARTS;
        uint64_t two = p->apart + (hopeless[i] ? p->n - p->same : 0);
        add_parts(x, p->levels, p->same * ONE, two * ONE);
    }
}

static void add_up(struct refining *to, const struct refining *x)
{
    to->sum += x->sum;
    for (size_t k = 0; k < MP_LINK_COMPARISONS; k++)
        for (size_t l = 0; l <= MP_LINK_LEVELS; l++) {
            to->ones[k][l] += x->ones[k][l];
            to->twos[k][l] += x->twos[k][l];
        }
}

/* The sums of all pairs in x[0]. False if memory ran out. */
static bool refine_pairs(const struct mp_link_pairs *pairs, struct refining *x, size_t n)
{
    bool *hopeless = calloc(pairs->patterns.n + 1, sizeof *hopeless);
    if (!hopeless)
        return false;
    refine_patterns(&x[0], hopeless);
    bool fine = mp_link_pairs_each(pairs, hopeless, refine_pair, x, n, sizeof *x);
    for (size_t i = 1; i < n; i++)
        add_up(&x[0], &x[i]);
    free(hopeless);
    return fine;
}

/* A level can be so rare among two youths that no pair of those spread has it (a number that they
 * share): it is at least as common as among the pairs that were compared. The sum stays 1. */
static void take_counts(struct mp_link_model *m, size_t k, const struct refining *x, double n_pairs)
{
    double n[MP_LINK_LEVELS + 1] = {0}, sum = 0, *u = m->shares[k].u;
    for (size_t l = 0; l < n_levels(m, k); l++) {
        double twos = n_pairs > 0 ? (double)x->twos[k][l] / ONE / n_pairs : 0;
        n[l] = (double)x->ones[k][l] / ONE;
        u[l] = u[l] > twos ? u[l] : twos;
        sum += u[l];
    }
    for (size_t l = 0; l < n_levels(m, k); l++)
        u[l] /= sum;
    share_out_m(m, k, n);
}

static bool refine_once(const struct mp_link_pairs *pairs, struct mp_link_scorer *scorer,
                        struct mp_link_model *m, double n_pairs)
{
    const struct mp_link_reports *r = scorer->reports;
    size_t jobs = r->jobs;
    struct refining *x = calloc(jobs, sizeof *x);
    for (size_t i = 0; x && i < jobs; i++)
        x[i] = (struct refining){.r = r,
                                 .patterns = &pairs->patterns,
                                 .scorer = scorer,
                                 .prior = log2(m->prior / (1 - m->prior))};
    bool fine = x && refine_pairs(pairs, x, jobs);
    for (size_t k = 0; fine && k < m->n_comparisons; k++)
        take_counts(m, k, &x[0], n_pairs);
    if (fine)
        m->prior =
            ((double)x[0].sum / ONE + m->strength * m->given_prior) / (n_pairs + m->strength);
    free(x);
    return fine && mp_link_scorer_take(scorer);
}

static int refine(struct mp_link_groups *g, const struct mp_link_pairs *pairs,
                  struct mp_link_model *m, double n_pairs, struct mp_error *e)
{
    struct mp_link_scorer scorer;
    bool fine = mp_link_scorer_make(&scorer, g, e) == 0;
    for (int i = 0; fine && i < AGAIN; i++)
        fine = refine_once(pairs, &scorer, m, n_pairs);
    mp_link_scorer_free(&scorer);
    return fine ? 0 : mp_error_memory(e);
}

int mp_link_estimate(struct mp_link_groups *g, const struct mp_link_pairs *pairs,
                     struct mp_link_model *m, struct mp_error *e)
{
    double n = (double)g->reports->n, n_pairs = n * (n - 1) / 2;
    struct mp_link_patterns spread = {0};
    mp_link_groups_flatten(g);
    bool fine = n < 2 || find_spread(g, &spread);
    if (fine)
        estimate(m, &spread, &pairs->patterns, n_pairs);
    mp_link_patterns_free(&spread);
    return fine ? refine(g, pairs, m, n_pairs, e) : mp_error_memory(e);
}

/* What a pair weighs. */
#include "link/score.h"
#include "link/level.h"
#include <math.h>
#include <stdlib.h>

static const double WEAK = 30; /* groups that what holds on the whole counts as */

static bool has_frequency(const struct mp_link_comparison *c)
{
    for (size_t i = 0; i < c->n_levels; i++)
        if (c->levels[i].frequency)
            return true;
    return false;
}

/* A youth's reports that no rule has joined are groups of their own: in so many a value may be that
 * one youth alone has. The prior tells how many reports a youth has, but counts pairs, of which
 * most are of those with many reports: half of it holds for most youths. */
static void expect_own(const struct mp_link_reports *r, struct mp_link_counts *c)
{
    double n = (double)r->n, reports = 1 + r->model->prior * (n - 1);
    c->own = n > 0 ? reports / 2 * c->known / n : 1;
    c->own = c->own > 1 ? c->own : 1;
}

/* In how many groups each value occurs: one youth with twenty reports makes no name common. */
static bool count_values(struct mp_link_groups *g, size_t field, struct mp_link_counts *to)
{
    const struct mp_link_reports *r = g->reports;
    uint32_t *seen = mp_store_new(r->store, (r->rows.values.n + 1) *
                                                sizeof *seen); /* 1 + the last group that has it */
    to->of = mp_store_new(r->store, (r->rows.values.n + 1) * sizeof *to->of);
    bool fine = seen && to->of;
    for (uint32_t i = 0; fine && i < r->n; i++) {
        uint32_t j = i;
        mp_store_breathe(r->store);
        bool first = mp_link_group_of(g, i) == i;
        do {
            uint32_t value = r->all[j]->whole ? 0 : mp_link_row(r, j)[field];
            if (first && value && seen[value] != i + 1) {
                seen[value] = i + 1;
                to->of[value]++;
                to->known++;
                to->most = to->of[value] > to->most ? to->of[value] : to->most;
            }
            j = g->next[j];
        } while (first && j != i);
    }
    mp_store_drop(r->store, seen);
    expect_own(r, to);
    return fine;
}

static unsigned level_of_same(const struct mp_link_comparison *c)
{
    unsigned l = 0;
    while (l + 1 < c->n_levels && c->levels[l].test != MP_LINK_SAME_VALUE)
        l++;
    return l + 1;
}

static bool make(struct mp_link_scorer *s, struct mp_link_groups *g)
{
    const struct mp_link_model *m = g->reports->model;
    for (size_t k = 0; k < m->n_comparisons; k++) {
        const struct mp_link_comparison *c = &m->comparisons[k];
        s->same[k] = level_of_same(c);
        if (has_frequency(c) && !count_values(g, c->field, &s->counts[k]))
            return false;
    }
    for (size_t i = 0; i < m->n_together; i++)
        if (!count_values(g, m->together[i].field, &s->together[i]))
            return false;
    return true;
}

int mp_link_scorer_make(struct mp_link_scorer *s, struct mp_link_groups *g, struct mp_error *e)
{
    *s = (struct mp_link_scorer){.reports = g->reports};
    return make(s, g) && mp_link_scorer_take(s) ? 0 : mp_error_memory(e);
}

/* The share of youths who have a value that n have, besides the one at hand: what is seen, and what
 * holds on the whole. */
static double share_of(const struct mp_link_counts *c, uint32_t n, double usual)
{
    double others = n > c->own ? n - c->own : 0;
    return (others + WEAK * usual) / (c->known + WEAK);
}

/* The share of two youths who have equal values. */
static double usual_of(const struct mp_link_scorer *s, size_t k)
{
    return s->reports->model->shares[k].u[s->same[k] - 1];
}

static bool take_counts(struct mp_link_scorer *s, size_t k)
{
    struct mp_link_counts *c = &s->counts[k];
    double usual = usual_of(s, k);
    if (!c->bits)
        c->bits = malloc((c->most + 2) * sizeof *c->bits);
    for (uint32_t n = 0; c->bits && n <= c->most + 1; n++)
        c->bits[n] = log2(usual / share_of(c, n, usual));
    return c->bits;
}

bool mp_link_scorer_take(struct mp_link_scorer *s)
{
    const struct mp_link_model *m = s->reports->model;
    for (size_t k = 0; k < m->n_comparisons; k++) {
        for (size_t l = 0; l <= m->comparisons[k].n_levels; l++)
            s->bits[k][l + 1] = log2(m->shares[k].m[l] / m->shares[k].u[l]);
        if (s->counts[k].of && !take_counts(s, k))
            return false;
    }
    return true;
}

/* Values that are alike but not the same are mostly a value and its misspelling: the one that more
 * have says how common it is. */
static uint32_t count_at(const struct mp_link_scorer *s, size_t k, const uint32_t *a,
                         const uint32_t *b)
{
    size_t field = s->reports->model->comparisons[k].field;
    uint32_t x = s->counts[k].of[a[field]], y = s->counts[k].of[b[field]];
    return x > y ? x : y;
}

static bool asks_frequency(const struct mp_link_comparison *c, unsigned level)
{
    return level > 0 && level <= c->n_levels && c->levels[level - 1].frequency;
}

double mp_link_bits_of(const struct mp_link_scorer *s, size_t k, unsigned level, const uint32_t *a,
                       const uint32_t *b)
{
    const struct mp_link_comparison *c = &s->reports->model->comparisons[k];
    double more = asks_frequency(c, level) ? s->counts[k].bits[count_at(s, k, a, b)] : 0;
    return s->bits[k][level] + more;
}

double mp_link_overweight(const struct mp_link_scorer *s, size_t i, uint64_t levels,
                          const uint32_t *a, const uint32_t *b)
{
    const struct mp_link_together *t = &s->reports->model->together[i];
    double apart = 1;
    for (size_t j = 0; j < 2; j++) {
        size_t k = t->comparisons[j];
        if (mp_link_level_of(levels, k) != s->same[k] || !s->counts[k].of)
            return 0;
        apart *= share_of(&s->counts[k], count_at(s, k, a, b), usual_of(s, k));
    }
    uint32_t value = a[t->field];
    double together = value ? share_of(&s->together[i], s->together[i].of[value], apart) : 0;
    return together > apart ? log2(together / apart) : 0;
}

double mp_link_bits(const struct mp_link_scorer *s, uint64_t levels, const uint32_t *a,
                    const uint32_t *b)
{
    double bits = 0;
    for (size_t k = 0; k < s->reports->model->n_comparisons; k++)
        bits += mp_link_bits_of(s, k, mp_link_level_of(levels, k), a, b);
    for (size_t i = 0; i < s->reports->model->n_together; i++)
        bits -= mp_link_overweight(s, i, levels, a, b);
    return bits;
}

double mp_link_bits_most(const struct mp_link_scorer *s, uint64_t levels)
{
    double bits = 0;
    for (size_t k = 0; k < s->reports->model->n_comparisons; k++) {
        unsigned level = mp_link_level_of(levels, k);
        bool rare = asks_frequency(&s->reports->model->comparisons[k], level);
        bits += s->bits[k][level] + (rare && s->counts[k].most ? s->counts[k].bits[1] : 0);
    }
    return bits;
}

void mp_link_scorer_free(struct mp_link_scorer *s)
{
    if (!s->reports)
        return;
    for (size_t k = 0; k < MP_LINK_COMPARISONS; k++) {
        mp_store_drop(s->reports->store, s->counts[k].of);
        free(s->counts[k].bits);
    }
    for (size_t i = 0; i < MP_LINK_JOINTS; i++)
        mp_store_drop(s->reports->store, s->together[i].of);
    *s = (struct mp_link_scorer){0};
}

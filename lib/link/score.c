/* What a pair weighs. */
#include "link/score.h"
#include "link/level.h"
#include <math.h>
#include <stdlib.h>

static bool has_frequency(const struct mp_link_comparison *c)
{
    for (size_t i = 0; i < c->n_levels; i++)
        if (c->levels[i].frequency)
            return true;
    return false;
}

/* In how many groups each value occurs: one youth with twenty reports makes no name common. */
static bool count_values(struct mp_link_scorer *s, struct mp_link_groups *g, size_t k)
{
    const struct mp_link_reports *r = s->reports;
    const size_t field = r->model->comparisons[k].field;
    uint32_t *seen = calloc(r->values.n + 1, sizeof *seen); /* 1 + the last group that has it */
    s->counts[k] = calloc(r->values.n + 1, sizeof *s->counts[k]);
    bool fine = seen && s->counts[k];
    for (uint32_t i = 0; fine && i < r->n; i++) {
        uint32_t j = i;
        bool first = mp_link_group_of(g, i) == i;
        do {
            uint32_t value = r->all[j]->whole ? 0 : r->all[j]->values[field];
            if (first && value && seen[value] != i + 1) {
                seen[value] = i + 1;
                s->counts[k][value]++;
                s->known[k]++;
            }
            j = g->next[j];
        } while (first && j != i);
    }
    free(seen);
    return fine;
}

int mp_link_scorer_make(struct mp_link_scorer *s, struct mp_link_groups *g, struct mp_error *e)
{
    const struct mp_link_model *m = g->reports->model;
    *s = (struct mp_link_scorer){.reports = g->reports};
    for (size_t k = 0; k < m->n_comparisons; k++) {
        for (size_t l = 0; l <= m->comparisons[k].n_levels; l++)
            s->bits[k][l + 1] = log2(m->shares[k].m[l] / m->shares[k].u[l]);
        while (m->comparisons[k].levels[s->same[k]].test != MP_LINK_SAME_VALUE &&
               s->same[k] + 1u < m->comparisons[k].n_levels)
            s->same[k]++;
        if (has_frequency(&m->comparisons[k]) && !count_values(s, g, k))
            return mp_error_memory(e);
    }
    return 0;
}

/* How common a value is decides beside how common equal values are on the whole, the less the fewer
 * groups there are. Values that are alike but not the same are mostly a value and its misspelling:
 * the one that more have says how common it is. */
double mp_link_bits_of(const struct mp_link_scorer *s, size_t k, unsigned level,
                       const struct mp_link_report *a, const struct mp_link_report *b)
{
    const double weak = 30; /* groups that the whole counts as */
    const struct mp_link_comparison *c = &s->reports->model->comparisons[k];
    if (level == 0 || level > c->n_levels || !c->levels[level - 1].frequency)
        return s->bits[k][level];
    uint32_t x = s->counts[k][a->values[c->field]], y = s->counts[k][b->values[c->field]];
    double usual = s->reports->model->shares[k].u[s->same[k]];
    double share = ((x > y ? x : y) - 1 + weak * usual) / (s->known[k] + weak);
    return s->bits[k][level] + log2(usual / share);
}

double mp_link_bits(const struct mp_link_scorer *s, uint64_t levels, const struct mp_link_report *a,
                    const struct mp_link_report *b)
{
    double bits = 0;
    for (size_t k = 0; k < s->reports->model->n_comparisons; k++)
        bits += mp_link_bits_of(s, k, mp_link_level_of(levels, k), a, b);
    return bits;
}

void mp_link_scorer_free(struct mp_link_scorer *s)
{
    for (size_t k = 0; k < MP_LINK_COMPARISONS; k++)
        free(s->counts[k]);
    *s = (struct mp_link_scorer){0};
}

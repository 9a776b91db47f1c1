/* Joins groups of reports that are probably of one youth: the heaviest pair first. */
#include "link/weigh.h"
#include "link/estimate.h"
#include "link/level.h"
#include "link/pairs.h"
#include <math.h>
#include <stdlib.h>

enum { LOOKED_AT = 32 }; /* reports of a group that others are compared with */

struct weighing {
    struct mp_link_reports *r;
    struct mp_link_groups *g;
    struct mp_link_weighed *to;
    bool failed;           /* memory ran out */
    struct mp_map asked;   /* pairs of groups, with their sizes ... */
    struct mp_buf answers; /* ... and what is between them, bits */
    struct mp_buf text;
};

double mp_link_probability(double bits)
{
    return 1 / (1 + exp2(-bits));
}

static double bits_at(double probability)
{
    return log2(probability / (1 - probability));
}

/* What the pairs between two groups weigh in one comparison, or together in two. */
struct part {
    double sum;
    size_t n; /* pairs of which both values are known */
};

enum { PARTS = MP_LINK_COMPARISONS + MP_LINK_JOINTS };

/* A report that stands alone need only be like some of the others, a name like one of those that
 * somebody goes by: there the likelihoods are averaged, else their logarithms. */
static void add_part(struct part *p, double bits, bool alone)
{
    p->sum += alone ? exp2(bits) : bits;
    p->n++;
}

static void add_parts(const struct weighing *w, uint32_t a, uint32_t b, bool alone,
                      struct part parts[static PARTS])
{
    const struct mp_link_model *m = w->r->model;
    const uint32_t *x = mp_link_row(w->r, a), *y = mp_link_row(w->r, b);
    uint64_t levels = mp_link_levels(w->r, x, y);
    for (size_t k = 0; k < m->n_comparisons; k++) {
        unsigned level = mp_link_level_of(levels, k);
        if (level > 0)
            add_part(&parts[k], mp_link_bits_of(&w->to->scorer, k, level, x, y), alone);
    }
    for (size_t i = 0; i < m->n_together; i++) {
        const size_t *both = m->together[i].comparisons;
        if (mp_link_level_of(levels, both[0]) > 0 && mp_link_level_of(levels, both[1]) > 0)
            add_part(&parts[MP_LINK_COMPARISONS + i],
                     -mp_link_overweight(&w->to->scorer, i, levels, x, y), alone);
    }
}

/* What is between two groups; of large groups some reports stand for all. Comparison by comparison,
 * over the pairs that know it: what most reports of somebody do not say takes nothing from what the
 * others say, and the prior counts once. */
static double bits_between(const struct weighing *w, uint32_t a, uint32_t b)
{
    struct part parts[PARTS] = {0};
    uint32_t n = w->g->size[a] < LOOKED_AT ? w->g->size[a] : LOOKED_AT;
    uint32_t m = w->g->size[b] < LOOKED_AT ? w->g->size[b] : LOOKED_AT;
    bool alone = n == 1 || m == 1;
    for (uint32_t i = 0, x = a; i < n; i++, x = w->g->next[x])
        for (uint32_t j = 0, y = b; j < m; j++, y = w->g->next[y])
            add_parts(w, x, y, alone, parts);
    double bits = w->to->prior;
    for (size_t k = 0; k < PARTS; k++)
        if (parts[k].n > 0) {
            double mean = parts[k].sum / (double)parts[k].n;
            bits += alone ? log2(mean) : mean;
        }
    return bits;
}

/* What was found the last time, if the two groups were asked as they are now; else found now. */
static double ask_between(struct weighing *w, uint32_t a, uint32_t b)
{
    uint32_t key[] = {a, b, w->g->size[a], w->g->size[b]};
    size_t n = w->asked.n;
    size_t at = mp_map_put(&w->asked, (struct mp_str){(const char *)key, sizeof key});
    if (w->asked.n > n) {
        double bits = bits_between(w, a, b);
        mp_buf_add(&w->answers, &bits, sizeof bits);
    }
    if (at == MP_MAP_NONE || w->answers.failed) {
        w->failed = true;
        return 0;
    }
    return MP_ITEMS(double, w->answers)[at];
}

/* "weighed: given same, birth day-month": what the pair that joined a report is alike in. */
static const char *say_alike(struct weighing *w, const struct mp_link_report *a,
                             const struct mp_link_report *b)
{
    uint64_t levels = mp_link_levels(w->r, mp_link_row(w->r, a->rank), mp_link_row(w->r, b->rank));
    w->text.len = 0;
    mp_buf_adds(&w->text, "weighed");
    for (size_t k = 0; k < w->r->model->n_comparisons; k++) {
        unsigned level = mp_link_level_of(levels, k);
        if (level == 0)
            continue;
        mp_buf_adds(&w->text, w->text.len == 7 ? ": " : ", ");
        mp_buf_addstr(&w->text, w->r->model->comparisons[k].name);
        mp_buf_addc(&w->text, ' ');
        mp_link_level_add_name(&w->text, w->r->model, k, level);
    }
    struct mp_str text = mp_arena_str(&w->r->arena, mp_buf_str(&w->text));
    w->failed |= w->text.failed || !text.p;
    return text.p;
}

/* A report that no rule had joined to others is told why it is where it is. */
static void tell(struct weighing *w, struct mp_link_report *one, const struct mp_link_pair *p)
{
    if (one->rule)
        return;
    one->rule = say_alike(w, w->r->all[p->a], w->r->all[p->b]);
    one->bits = p->between;
}

/* What holds of a pair whatever it weighs, if anything does. */
static enum mp_link_outcome settled(struct weighing *w, const struct mp_link_pair *p,
                                    enum mp_link_outcome otherwise)
{
    uint32_t a = mp_link_group_of(w->g, p->a), b = mp_link_group_of(w->g, p->b);
    if (a == b)
        return MP_LINK_TOGETHER;
    return mp_link_groups_veto(w->g, a, b) ? MP_LINK_KEPT : otherwise;
}

/* The pair or all that is between the groups is probable enough, and neither is too weak. */
static bool is_enough(const struct weighing *w, const struct mp_link_pair *p)
{
    double least = bits_at(w->r->model->link), half = least > 0 ? least / 2 : least;
    return p->between >= half && (p->bits >= least || p->between >= least);
}

static bool join_pair(struct weighing *w, struct mp_link_pair *p)
{
    uint32_t a = mp_link_group_of(w->g, p->a), b = mp_link_group_of(w->g, p->b);
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    p->outcome = (uint8_t)settled(w, p, MP_LINK_JOINED);
    if (p->outcome != MP_LINK_JOINED)
        return true;
    p->between = (float)ask_between(w, low, high);
    if (!is_enough(w, p)) {
        p->outcome = p->bits < bits_at(w->r->model->link) ? MP_LINK_UNLIKELY : MP_LINK_OUTVOTED;
        return !w->failed;
    }
    tell(w, w->r->all[p->a], p);
    tell(w, w->r->all[p->b], p);
    return !w->failed && mp_link_groups_join(w->g, low, high);
}

static bool join_pairs(struct weighing *w)
{
    struct mp_link_pair *p = w->to->pairs;
    size_t n = w->to->n;
    for (size_t i = 0; i < n; i++) {
        mp_link_progress(w->r, "joining", i, n);
        mp_store_breathe(w->r->store);
        if (!join_pair(w, &p[i]))
            return false;
    }
    for (size_t i = 0; i < n; i++)
        if (p[i].outcome == MP_LINK_UNLIKELY)
            p[i].outcome = (uint8_t)settled(w, &p[i], MP_LINK_UNLIKELY);
    return true;
}

/* Weights that are final were learned from other reports. Among more of them a pair is less often
 * of one youth: each still has as many others. */
static double scaled_prior(const struct mp_link_model *m, double n)
{
    double prior = m->given_prior;
    if (m->given_reports > 1 && n > 1)
        prior *= (m->given_reports - 1) / (n - 1);
    return prior < 0.5 ? prior : 0.5;
}

static int find_shares(struct mp_link_groups *g, const struct mp_link_pairs *pairs,
                       struct mp_link_model *m, struct mp_error *e)
{
    if (!m->frozen)
        return mp_link_estimate(g, pairs, m, e);
    memcpy(m->shares, m->given, sizeof m->shares);
    m->prior = scaled_prior(m, (double)g->reports->n);
    return 0;
}

int mp_link_weigh(struct mp_link_reports *r, struct mp_link_groups *g, struct mp_link_weighed *to,
                  struct mp_error *e)
{
    struct weighing w = {.r = r, .g = g, .to = to};
    struct mp_link_pairs pairs;
    bool fine = mp_link_pairs_make(&pairs, g, e) == 0 && find_shares(g, &pairs, r->model, e) == 0 &&
                mp_link_scorer_make(&to->scorer, g, e) == 0;
    to->prior = bits_at(r->model->prior);
    if (fine)
        to->pairs =
            mp_link_keep(&pairs, &to->scorer, to->prior, bits_at(r->model->review_from), &to->n);
    memcpy(to->crowds, pairs.crowds, sizeof to->crowds);
    mp_link_pairs_free(&pairs);
    fine = fine && to->pairs && join_pairs(&w);
    mp_map_free(&w.asked);
    mp_buf_free(&w.answers);
    mp_buf_free(&w.text);
    return fine ? 0 : mp_error_memory(e);
}

void mp_link_weighed_free(struct mp_link_weighed *w)
{
    if (w->scorer.reports)
        mp_store_drop(w->scorer.reports->store, w->pairs);
    mp_link_scorer_free(&w->scorer);
    *w = (struct mp_link_weighed){0};
}

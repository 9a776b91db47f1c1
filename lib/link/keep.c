/* The pairs that weigh enough: each thread's own, then sorted into steps of a bit. */
#include "link/keep.h"
#include <math.h>
#include <stdlib.h>

enum { STEPS = 256, HEAVIEST = 192 /* bits: what weighs more shares the first step */ };

/* What one thread keeps. */
struct keeping {
    const struct mp_link_scorer *scorer;
    const struct mp_link_patterns *patterns;
    double prior, least;
    struct mp_link_pair *pairs;
    size_t n, cap;
};

static bool keep_pair(void *worker, const struct mp_link_compared *pair, uint32_t pattern,
                      bool apart)
{
    struct keeping *k = worker;
    const struct mp_link_reports *r = k->scorer->reports;
    (void)apart; /* what is kept apart is worth a look, too */
    double bits = mp_link_bits(k->scorer, k->patterns->all[pattern].levels, mp_link_row(r, pair->a),
                               mp_link_row(r, pair->b)) +
                  k->prior;
    if (bits < k->least)
        return true;
    if (!mp_store_room(r->store, &k->pairs, k->n, &k->cap, sizeof *k->pairs))
        return false;
    k->pairs[k->n++] = (struct mp_link_pair){pair->a, pair->b, bits, (float)bits, MP_LINK_UNLIKELY};
    return true;
}

/* Patterns whose pairs cannot weigh enough, whatever their values are; the caller frees it. */
static bool *find_hopeless(const struct keeping *k)
{
    bool *hopeless = calloc(k->patterns->n + 1, sizeof *hopeless);
    for (size_t i = 0; hopeless && i < k->patterns->n; i++)
        hopeless[i] =
            mp_link_bits_most(k->scorer, k->patterns->all[i].levels) + k->prior < k->least;
    return hopeless;
}

static size_t step_of(double bits)
{
    double step = HEAVIEST - floor(bits);
    return step <= 0 ? 0 : step >= STEPS ? STEPS - 1 : (size_t)step;
}

static int by_bits(const void *a, const void *b)
{
    const struct mp_link_pair *x = a, *y = b;
    if (x->bits < y->bits || x->bits > y->bits)
        return x->bits > y->bits ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* Where the pairs of each step begin among all; how many there are. */
static size_t begin_steps(const struct keeping *k, size_t n_threads, size_t begins[static STEPS])
{
    size_t sum = 0;
    for (size_t i = 0; i < n_threads; i++)
        for (size_t j = 0; j < k[i].n; j++)
            begins[step_of(k[i].pairs[j].bits)]++;
    for (size_t s = 0; s < STEPS; s++) {
        size_t n = begins[s];
        begins[s] = sum;
        sum += n;
    }
    return sum;
}

/* What all threads kept, sorted step by step: to sort a part at a time takes little memory. */
static struct mp_link_pair *gather(const struct keeping *k, size_t n_threads, size_t *n)
{
    struct mp_store *store = k->scorer->reports->store;
    size_t ends[STEPS] = {0};
    *n = begin_steps(k, n_threads, ends);
    struct mp_link_pair *all = mp_store_new(store, (*n + 1) * sizeof *all);
    for (size_t i = 0; all && i < n_threads; i++)
        for (size_t j = 0; j < k[i].n; j++) {
            all[ends[step_of(k[i].pairs[j].bits)]++] = k[i].pairs[j];
            mp_store_breathe(store);
        }
    for (size_t s = 0, begin = 0; all && s < STEPS; begin = ends[s++]) {
        mp_store_look(store);
        if (ends[s] > begin)
            qsort(all + begin, ends[s] - begin, sizeof *all, by_bits);
    }
    return all;
}

struct mp_link_pair *mp_link_keep(const struct mp_link_pairs *pairs, const struct mp_link_scorer *s,
                                  double prior, double least, size_t *n)
{
    size_t jobs = s->reports->jobs;
    struct mp_link_pair *all = NULL;
    struct keeping *k = calloc(jobs, sizeof *k);
    for (size_t i = 0; k && i < jobs; i++)
        k[i] = (struct keeping){s, &pairs->patterns, prior, least, NULL, 0, 0};
    bool *hopeless = k ? find_hopeless(k) : NULL;
    if (hopeless && mp_link_pairs_each(pairs, hopeless, keep_pair, k, jobs, sizeof *k))
        all = gather(k, jobs, n);
    for (size_t i = 0; k && i < jobs; i++)
        mp_store_drop(s->reports->store, k[i].pairs);
    free(hopeless);
    free(k);
    return all;
}

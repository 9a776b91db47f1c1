/* Totals of a table, out of its finest cells. */
#include "count/roll.h"
#include <stdlib.h>

/* A person in a total, by a cell that is part of it. */
struct part {
    uint32_t person, cell, count;
};

struct work {
    struct mp_crosstab *t;
    size_t n;            /* finest cells: the first of the table */
    unsigned full;       /* mask of all dimensions */
    uint32_t *totals;    /* by mask and finest cell: the number of the total's cell */
    struct part *parts;  /* members of finest cells by person */
    struct part *of_one; /* those of one person and mask, by total */
    size_t n_parts;
};

bool mp_crosstab_is_additive(const struct mp_crosstab *t)
{
    bool several = t->each_report;
    for (size_t i = 0; i < t->n_by; i++)
        several |= t->by[i]->several;
    return !several;
}

static uint64_t masked(const struct mp_crosstab *t, uint64_t key, unsigned mask)
{
    for (size_t i = 0; i < t->n_by; i++)
        if (!(mask & 1u << i))
            key = mp_crosstab_total(key, i);
    return key;
}

static int by_cell(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

/* Reports, episodes and hits add up. */
static int add_cells(struct work *w)
{
    struct mp_crosstab *t = w->t;
    for (unsigned mask = 0; mask < w->full; mask++)
        for (size_t c = 0; c < w->n; c++) {
            size_t number = mp_crosstab_cell(t, masked(t, t->keys.keys[c], mask));
            if (number == MP_NUMBERS_NONE)
                return -1;
            w->totals[mask * w->n + c] = (uint32_t)number;
            struct mp_count_cell *to = &t->cells[number];
            const struct mp_count_cell *from = &t->cells[c];
            for (enum mp_count_unit u = MP_REPORTS; u <= MP_EPISODES; u++) {
                to->value[u] += from->value[u];
                to->hits[u] += from->hits[u];
            }
        }
    return 0;
}

static int add_spans(struct work *w)
{
    struct mp_pairs all = {0};
    size_t at = 0;
    int bad = 0;
    for (const struct mp_pair *p; !bad && (p = mp_pairs_next(&w->t->spans, &at));) {
        bad = mp_pairs_add(&all, p->cell, p->what, p->count) < 0;
        for (unsigned mask = 0; !bad && mask < w->full; mask++)
            bad = mp_pairs_add(&all, w->totals[mask * w->n + p->cell], p->what, p->count) < 0;
    }
    mp_pairs_free(&w->t->spans);
    w->t->spans = all;
    return bad ? -1 : 0;
}

/* One person in all totals of one mask: once in each. */
static int add_person(struct work *w, const struct part *parts, size_t n, unsigned mask, bool keep)
{
    for (size_t i = 0; i < n; i++)
        w->of_one[i] =
            (struct part){parts[i].person, w->totals[mask * w->n + parts[i].cell], parts[i].count};
    if (n > 1)
        qsort(w->of_one, n, sizeof *w->of_one, by_cell);
    for (size_t i = 0; i < n; i++) {
        const struct part *p = &w->of_one[i];
        if (i == 0 || p->cell != p[-1].cell)
            w->t->cells[p->cell].value[MP_PERSONS]++;
        if (keep && mp_pairs_add(&w->t->members, p->cell, p->person, p->count) < 0)
            return -1;
    }
    return 0;
}

/* Members of finest cells by person. Persons are numbered without gaps, so they are counted instead
 * of compared. */
static int sort_parts(struct work *w)
{
    const struct mp_pairs *members = &w->t->members;
    size_t at = 0, n_persons = 0;
    for (const struct mp_pair *p; (p = mp_pairs_next(members, &at));)
        n_persons = p->what >= n_persons ? (size_t)p->what + 1 : n_persons;
    size_t *next = calloc(n_persons + 1, sizeof *next);
    if (!next)
        return -1;
    at = 0;
    for (const struct mp_pair *p; (p = mp_pairs_next(members, &at));)
        next[p->what + 1]++;
    for (size_t i = 0; i < n_persons; i++)
        next[i + 1] += next[i];
    at = 0;
    for (const struct mp_pair *p; (p = mp_pairs_next(members, &at));)
        w->parts[next[p->what]++] = (struct part){p->what, p->cell, p->count};
    w->n_parts = members->n;
    free(next);
    return 0;
}

static int add_persons(struct work *w)
{
    bool keep = mp_crosstab_needs_who(w->t);
    w->parts = malloc((w->t->members.n + 1) * sizeof *w->parts);
    w->of_one = malloc((w->t->members.n + 1) * sizeof *w->of_one);
    if (!w->parts || !w->of_one || sort_parts(w) < 0)
        return -1;
    for (size_t i = 0, n; i < w->n_parts; i += n) {
        for (n = 1; i + n < w->n_parts && w->parts[i + n].person == w->parts[i].person; n++)
            ;
        for (unsigned mask = 0; mask < w->full; mask++)
            if (add_person(w, w->parts + i, n, mask, keep) < 0)
                return -1;
    }
    return 0;
}

int mp_crosstab_roll(struct mp_crosstab *t, struct mp_error *e)
{
    struct work w = {.t = t, .n = t->keys.n, .full = (1u << t->n_by) - 1};
    if (!mp_crosstab_is_additive(t) || w.n == 0 || w.full == 0)
        return 0;
    w.totals = malloc(w.full * w.n * sizeof *w.totals);
    bool failed = !w.totals || add_cells(&w) < 0 || add_spans(&w) < 0 || add_persons(&w) < 0;
    free(w.totals);
    free(w.parts);
    free(w.of_one);
    return failed ? mp_error_memory(e) : 0;
}

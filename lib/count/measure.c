/* What is done with the units of a cell. */
#include "count/measure.h"
#include "count/disclose.h"
#include <stdlib.h>

/* ---- members and spans in order ---- */

static int by_what(const void *a, const void *b)
{
    const struct mp_slice *x = a, *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    return (x->what > y->what) - (x->what < y->what);
}

/* The largest first; which of equal ones is the first makes no difference to a sum. */
static int by_count(const void *a, const void *b)
{
    const struct mp_slice *x = a, *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    return (x->count < y->count) - (x->count > y->count);
}

static int slice(struct mp_slices *s, const struct mp_pairs *pairs,
                 int (*order)(const void *, const void *), struct mp_error *e)
{
    s->items = malloc((pairs->n + 1) * sizeof *s->items);
    if (!s->items)
        return mp_error_memory(e);
    size_t at = 0;
    for (const struct mp_pair *p; (p = mp_pairs_next(pairs, &at));)
        s->items[s->n++] = (struct mp_slice){p->cell, p->what, p->count};
    qsort(s->items, s->n, sizeof *s->items, order);
    return 0;
}

/* The cells that are parts of a total over `over`, under the number of its cell. */
static int rank_cells(struct mp_measures *m, struct mp_error *e)
{
    const struct mp_crosstab *t = m->table;
    m->ranked.items = malloc((t->keys.n + 1) * sizeof *m->ranked.items);
    if (!m->ranked.items)
        return mp_error_memory(e);
    for (size_t c = 0; c < t->keys.n; c++) {
        uint64_t key = t->keys.keys[c], count = t->cells[c].value[MP_EPISODES];
        if (mp_crosstab_value(key, t->over) < MP_VALUE_FIRST)
            continue;
        size_t total = mp_numbers_find(&t->keys, mp_crosstab_total(key, t->over));
        m->ranked.items[m->ranked.n++] = (struct mp_slice){
            (uint32_t)total, (uint32_t)c, count < UINT32_MAX ? (uint32_t)count : UINT32_MAX};
    }
    qsort(m->ranked.items, m->ranked.n, sizeof *m->ranked.items, by_count);
    return 0;
}

int mp_measures_begin(struct mp_measures *m, const struct mp_crosstab *table, uint64_t days,
                      uint64_t round, struct mp_error *e)
{
    *m = (struct mp_measures){.table = table, .days = days, .round = round};
    if ((mp_crosstab_needs_who(table) && slice(&m->members, &table->members, by_count, e) < 0) ||
        (mp_crosstab_needs_spans(table) && slice(&m->spans, &table->spans, by_what, e) < 0))
        return -1;
    if (mp_crosstab_has_measure(table, MP_CONCENTRATION) && table->over != MP_OVER_PERSON &&
        rank_cells(m, e) < 0)
        return -1;
    return mp_findings_make(&m->findings, table, round, e);
}

void mp_measures_free(struct mp_measures *m)
{
    free(m->members.items);
    free(m->spans.items);
    free(m->ranked.items);
    mp_findings_free(&m->findings);
    *m = (struct mp_measures){0};
}

/* Those of one cell: the first, and how many. */
static const struct mp_slice *of_cell(const struct mp_slices *s, size_t cell, size_t *n)
{
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->items[mid].cell < cell)
            low = mid + 1;
        else
            high = mid;
    }
    *n = 0;
    while (low + *n < s->n && s->items[low + *n].cell == cell)
        (*n)++;
    return s->items + low;
}

/* ---- the measures ---- */

static uint64_t rounded(const struct mp_measures *m, uint64_t count)
{
    return m->round ? mp_disclose_round(count, m->round) : count;
}

static struct mp_measured whole(uint64_t n)
{
    return (struct mp_measured){n, 0, true};
}

struct mp_measured mp_percent(uint64_t a, uint64_t b)
{
    if (b == 0)
        return (struct mp_measured){0};
    return (struct mp_measured){(2000 * a + b) / (2 * b), 1, true};
}

struct mp_measured mp_whole_percent(uint64_t a, uint64_t b)
{
    return b == 0 ? (struct mp_measured){0} : whole((200 * a + b) / (2 * b));
}

static struct mp_measured rate(uint64_t count, uint64_t days)
{
    if (days == 0)
        return (struct mp_measured){0};
    return (struct mp_measured){(2 * 700 * count + days) / (2 * days), 2, true};
}

/*
 * The first time at which at most `part` still lasts. Of those that end at one time and those that
 * are known no longer than that, the former come first. The product is as exact as its factors: a
 * share within 1e-9 of the part counts as equal to it.
 */
static struct mp_measured quantile(const struct mp_measures *m, size_t cell, double part,
                                   struct mp_sides *sides)
{
    size_t n, i = 0;
    uint64_t left = 0;
    double lasts = 1;
    const struct mp_slice *s = of_cell(&m->spans, cell, &n);
    for (size_t k = 0; k < n; k++)
        left += s[k].count;
    *sides = (struct mp_sides){.all = left};
    while (i < n) {
        uint32_t time = s[i].what / 2;
        uint64_t ended = 0, at_risk = left;
        for (; i < n && s[i].what / 2 == time; i++) {
            ended += s[i].what % 2 ? 0 : s[i].count;
            left -= s[i].count;
        }
        lasts *= 1 - (double)ended / (double)at_risk;
        sides->before += ended;
        sides->behind = at_risk;
        if (ended > 0 && lasts <= part + 1e-9)
            return whole(time);
    }
    sides->before = sides->behind = sides->all;
    return (struct mp_measured){0};
}

static double part_of(enum mp_measure what)
{
    return what == MP_QUARTILE_1 ? 0.75 : what == MP_MEDIAN ? 0.5 : 0.25;
}

struct mp_sides mp_measure_sides(const struct mp_measures *m, enum mp_measure what, size_t cell)
{
    struct mp_sides sides;
    quantile(m, cell, part_of(what), &sides);
    return sides;
}

uint64_t mp_measure_persons(const struct mp_measures *m, size_t cell, uint32_t least)
{
    size_t n, i = 0;
    const struct mp_slice *s = of_cell(&m->members, cell, &n);
    while (i < n && s[i].count >= least)
        i++;
    return i;
}

uint64_t mp_measure_episodes(const struct mp_measures *m, size_t cell, uint32_t least)
{
    size_t n;
    uint64_t sum = 0;
    const struct mp_slice *s = of_cell(&m->members, cell, &n);
    for (size_t i = 0; i < n && s[i].count >= least; i++)
        sum += s[i].count;
    return sum;
}

uint64_t mp_measure_fewest(const struct mp_measures *m, size_t cell, uint64_t episodes)
{
    size_t n, persons = 0;
    const struct mp_slice *s = of_cell(&m->members, cell, &n);
    for (uint64_t sum = 0; persons < n && sum < episodes; persons++)
        sum += s[persons].count;
    return persons;
}

struct mp_top mp_measure_top(const struct mp_measures *m, size_t cell)
{
    const struct mp_crosstab *t = m->table;
    size_t n;
    const struct mp_slice *s =
        of_cell(t->over == MP_OVER_PERSON ? &m->members : &m->ranked, cell, &n);
    uint64_t most = t->top_percent ? (n * t->top + 99) / 100 : t->top;
    struct mp_top top = {.of = n};
    for (; top.n < n && top.n < most; top.n++) {
        top.least = s[top.n].count;
        top.sum += top.least;
    }
    return top;
}

/* A percentage of counts, rounded first where that is asked for. */
static struct mp_measured percent(const struct mp_measures *m, uint64_t a, uint64_t b)
{
    return mp_percent(rounded(m, a), rounded(m, b));
}

static struct mp_measured share(const struct mp_measures *m, enum mp_count_unit unit, uint64_t key,
                                uint64_t count)
{
    const struct mp_crosstab *t = m->table;
    size_t total = mp_numbers_find(&t->keys, mp_crosstab_total(key, t->over));
    return percent(m, count, total == MP_NUMBERS_NONE ? 0 : t->cells[total].value[unit]);
}

bool mp_measure_is_finding(enum mp_measure what)
{
    return what == MP_EARS_C2 || what == MP_FARRINGTON || what == MP_RUN;
}

bool mp_measure_stands(const struct mp_measures *m, enum mp_measure what, enum mp_count_unit unit,
                       uint64_t key, size_t cell)
{
    const struct mp_crosstab *t = m->table;
    if (!(mp_measure_kinds[what].units >> unit & 1))
        return false;
    if (mp_measure_is_finding(what))
        return cell != MP_NUMBERS_NONE &&
               mp_findings_get(&m->findings, (uint32_t)cell, what, unit) != NULL;
    if (t->least_persons > 0 &&
        (cell == MP_NUMBERS_NONE || t->cells[cell].value[MP_PERSONS] < t->least_persons))
        return false;
    if (what == MP_SHARE)
        return mp_crosstab_value(key, t->over) != MP_VALUE_ALL;
    if (what == MP_CONCENTRATION && t->over != MP_OVER_PERSON)
        return mp_crosstab_value(key, t->over) == MP_VALUE_ALL;
    return true;
}

static struct mp_measured of_finding(const struct mp_finding *f)
{
    if (!f)
        return (struct mp_measured){0};
    return f->measure == MP_RUN
               ? whole(f->persons)
               : (struct mp_measured){(uint64_t)(f->statistic * 100 + 0.5), 2, true};
}

struct mp_measured mp_measure_of(const struct mp_measures *m, enum mp_measure what,
                                 enum mp_count_unit unit, uint64_t key, size_t cell)
{
    static const struct mp_count_cell empty = {0};
    const struct mp_count_cell *c = cell == MP_NUMBERS_NONE ? &empty : &m->table->cells[cell];
    uint64_t count = c->value[unit], episodes = c->value[MP_EPISODES];
    struct mp_sides sides;
    switch (what) {
    case MP_COUNT:
        return whole(rounded(m, count));
    case MP_SHARE:
        return share(m, unit, key, count);
    case MP_RATE_WEEK:
        return rate(rounded(m, count), m->days);
    case MP_COVERAGE:
        return percent(m, c->hits[unit], count);
    case MP_REPEAT_EXCESS:
        episodes = rounded(m, episodes);
        return mp_percent(episodes - rounded(m, c->value[MP_PERSONS]), episodes);
    case MP_REPEAT_REPEATERS:
        return percent(m, mp_measure_episodes(m, cell, 2), episodes);
    case MP_PERSONS_2:
        return whole(rounded(m, mp_measure_persons(m, cell, 2)));
    case MP_PERSONS_3:
        return whole(rounded(m, mp_measure_persons(m, cell, 3)));
    case MP_PERSONS_10:
        return whole(rounded(m, mp_measure_persons(m, cell, 10)));
    case MP_CONCENTRATION:
        return percent(m, mp_measure_top(m, cell).sum, episodes);
    case MP_QUARTILE_1:
    case MP_MEDIAN:
    case MP_QUARTILE_3:
        return quantile(m, cell, part_of(what), &sides);
    default:
        return of_finding(mp_findings_get(&m->findings, (uint32_t)cell, what, unit));
    }
}

void mp_measured_add(struct mp_buf *b, struct mp_measured m)
{
    uint64_t unit = 1;
    for (unsigned i = 0; i < m.decimals; i++)
        unit *= 10;
    if (!m.known) {
        mp_buf_adds(b, "null");
        return;
    }
    mp_buf_addu(b, m.number / unit);
    if (m.decimals > 0)
        mp_buf_addf(b, ".%0*llu", (int)m.decimals, (unsigned long long)(m.number % unit));
}

/* The tables of a run as one system of cells and equations. */
#include "count/equations.h"
#include "base/room.h"
#include <stdlib.h>

/* ---- rows ---- */

static bool add_term(struct mp_sdc_rows *r, uint32_t cell, int sign)
{
    size_t cap = r->cap_terms;
    if (!mp_room(&r->cells, r->n_terms, &cap, sizeof *r->cells) ||
        !mp_room(&r->signs, r->n_terms, &r->cap_terms, sizeof *r->signs))
        return false;
    r->cells[r->n_terms] = cell;
    r->signs[r->n_terms++] = sign;
    return true;
}

/* The terms since the last row are one. */
static bool end_row(struct mp_sdc_rows *r)
{
    if (!mp_room(&r->begins, r->n + 1, &r->cap, sizeof *r->begins))
        return false;
    r->begins[++r->n] = r->n_terms;
    return true;
}

static bool begin_rows(struct mp_sdc_rows *r)
{
    if (!mp_room(&r->begins, 0, &r->cap, sizeof *r->begins))
        return false;
    r->begins[0] = 0;
    return true;
}

static void free_rows(struct mp_sdc_rows *r)
{
    free(r->begins);
    free(r->cells);
    free(r->signs);
}

/* ---- cells ---- */

/* Units last: those of the same cell stand side by side. */
static int compare_cells(const struct mp_sdc_cell *x, const struct mp_sdc_cell *y)
{
    if (x->universe != y->universe)
        return x->universe < y->universe ? -1 : 1;
    for (size_t i = 0; i < MP_CROSSTAB_DIMS; i++)
        if (x->at[i] != y->at[i])
            return x->at[i] < y->at[i] ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

struct standing {
    struct mp_sdc_cell cell;
    size_t place; /* in `of` */
};

static int compare_standings(const void *a, const void *b)
{
    const struct standing *x = a, *y = b;
    int d = compare_cells(&x->cell, &y->cell);
    return d ? d : (x->place > y->place) - (x->place < y->place);
}

static uint32_t value_at(uint64_t key, size_t i)
{
    return (uint32_t)(key >> mp_crosstab_shift(i)) & MP_VALUE_MAX;
}

static void add_coordinate(struct mp_sdc_cell *cell, uint32_t dim, uint32_t value)
{
    uint32_t at = (dim + 1) << MP_VALUE_BITS | value;
    size_t k = mp_sdc_depth(cell);
    for (; k > 0 && cell->at[k - 1] > at; k--)
        cell->at[k] = cell->at[k - 1];
    cell->at[k] = at;
}

static struct mp_sdc_cell cell_of(const struct mp_disclose_table *t,
                                  const struct mp_disclose_cell *c)
{
    struct mp_sdc_cell cell = {.universe = t->universe,
                               .unit = t->unit,
                               .value = c->value,
                               .persons = c->persons,
                               .certain = c->certain};
    for (size_t i = 0; i < t->n_dims; i++)
        if (value_at(c->key, i) != MP_VALUE_ALL)
            add_coordinate(&cell, t->dims[i], value_at(c->key, i));
    return cell;
}

static bool put_cell(struct mp_sdc *s, const struct mp_sdc_cell *cell)
{
    if (!mp_room(&s->cells, s->n, &s->cap, sizeof *s->cells))
        return false;
    s->cells[s->n++] = *cell;
    return true;
}

static bool make_cells(struct mp_sdc *s, const struct mp_disclose_table *tables, size_t n)
{
    size_t total = 0, at = 0;
    for (size_t t = 0; t < n; t++)
        total += tables[t].n;
    struct standing *all = malloc((total + 1) * sizeof *all);
    s->of = malloc((total + 1) * sizeof *s->of);
    bool good = all && s->of;
    for (size_t t = 0; good && t < n; t++)
        for (size_t i = 0; i < tables[t].n; i++, at++)
            all[at] = (struct standing){cell_of(&tables[t], &tables[t].cells[i]), at};
    if (good)
        qsort(all, total, sizeof *all, compare_standings);
    for (size_t i = 0; good && i < total; i++) {
        if (i == 0 || compare_cells(&all[i - 1].cell, &all[i].cell) != 0)
            good = put_cell(s, &all[i].cell);
        if (!good)
            break;
        struct mp_sdc_cell *cell = &s->cells[s->n - 1];
        s->unequal += cell->value != all[i].cell.value;
        if (cell->persons > all[i].cell.persons)
            cell->persons = all[i].cell.persons; /* the stricter of two sayings */
        cell->certain |= all[i].cell.certain;
        s->of[all[i].place] = (uint32_t)(s->n - 1);
    }
    free(all);
    return good;
}

/* ---- totals ---- */

#define NESTED 0x80000000u

/* A part of a total over a dimension, or over one that is NESTED. */
struct part {
    uint32_t total, dim, cell;
    enum mp_disclose_sums sums;
};

static int compare_parts(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    if (x->total != y->total)
        return x->total < y->total ? -1 : 1;
    if (x->dim != y->dim)
        return x->dim < y->dim ? -1 : 1;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    return (x->sums > y->sums) - (x->sums < y->sums);
}

struct parts {
    struct part *items;
    size_t n, cap;
};

struct keyed {
    uint64_t key; /* without the dimension */
    uint32_t value, cell;
};

static int compare_keyed(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

/* The parts of all totals over the i-th dimension of a table; `of` are its cells. */
static bool add_parts(struct parts *p, const struct mp_disclose_table *t, size_t i,
                      const uint32_t *of, struct keyed *room)
{
    uint64_t mask = ~((uint64_t)MP_VALUE_MAX << mp_crosstab_shift(i));
    for (size_t c = 0; c < t->n; c++)
        room[c] = (struct keyed){t->cells[c].key & mask, value_at(t->cells[c].key, i), of[c]};
    qsort(room, t->n, sizeof *room, compare_keyed);
    for (size_t c = 0, total = 0; c < t->n; c++) {
        if (c == 0 || room[c].key != room[total].key)
            total = c;
        if (room[c].value == MP_VALUE_ALL || room[total].value != MP_VALUE_ALL)
            continue;
        if (!mp_room(&p->items, p->n, &p->cap, sizeof *p->items))
            return false;
        p->items[p->n++] = (struct part){room[total].cell, t->dims[i], room[c].cell, t->sums[i]};
    }
    return true;
}

static int compare_found(const void *a, const void *b)
{
    return compare_cells(a, b);
}

/* The same of a total in another dimension, in which the i-th one is nested. */
static bool add_nested(struct parts *p, const struct mp_sdc *s, const struct mp_disclose_table *t,
                       size_t i, const uint32_t *of, const struct mp_disclose_nesting *nesting,
                       uint32_t number)
{
    for (size_t c = 0; c < t->n; c++) {
        uint32_t value = value_at(t->cells[c].key, i);
        uint32_t outer = value && value < nesting->n ? nesting->outer_of[value] : 0;
        struct mp_sdc_cell total = {.universe = t->universe, .unit = t->unit};
        for (size_t k = 0; k < t->n_dims && outer; k++) {
            uint32_t other = value_at(t->cells[c].key, k);
            if (k != i && other && t->dims[k] == nesting->outer)
                outer = 0; /* the table tells both */
            else if (k != i && other)
                add_coordinate(&total, t->dims[k], other);
        }
        if (!outer)
            continue;
        add_coordinate(&total, nesting->outer, outer);
        const struct mp_sdc_cell *found =
            bsearch(&total, s->cells, s->n, sizeof *s->cells, compare_found);
        if (!found)
            continue;
        if (!mp_room(&p->items, p->n, &p->cap, sizeof *p->items))
            return false;
        p->items[p->n++] =
            (struct part){(uint32_t)(found - s->cells), NESTED | number, of[c], t->sums[i]};
    }
    return true;
}

static bool collect_parts(struct parts *p, const struct mp_sdc *s,
                          const struct mp_disclose_run *run)
{
    const uint32_t *of = s->of;
    bool good = true;
    for (size_t t = 0; good && t < run->n; of += run->tables[t++].n) {
        const struct mp_disclose_table *table = &run->tables[t];
        struct keyed *room = malloc((table->n + 1) * sizeof *room);
        good = room != NULL;
        for (size_t i = 0; good && i < table->n_dims; i++) {
            good = add_parts(p, table, i, of, room);
            for (uint32_t k = 0; good && k < run->n_nestings; k++)
                if (run->nestings[k].inner == table->dims[i])
                    good = add_nested(p, s, table, i, of, &run->nestings[k], k);
        }
        free(room);
    }
    if (good && p->n)
        qsort(p->items, p->n, sizeof *p->items, compare_parts);
    return good;
}

/* Another table says so too. */
static bool is_repeated(const struct part *p, size_t i)
{
    return i > 0 && p[i].cell == p[i - 1].cell;
}

/* The parts together, with their sign, and the total with the other one. */
static bool add_sum(struct mp_sdc_rows *rows, const struct part *p, size_t n, int sign)
{
    for (size_t i = 0; i < n; i++)
        if (!is_repeated(p, i) && !add_term(rows, p[i].cell, sign))
            return false;
    return add_term(rows, p->total, -sign) && end_row(rows);
}

/* The total holds each of them. */
static bool add_each(struct mp_sdc_rows *rows, const struct part *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_repeated(p, i) &&
            (!add_term(rows, p->total, 1) || !add_term(rows, p[i].cell, -1) || !end_row(rows)))
            return false;
    return true;
}

/* The rows of one total over one dimension, whose parts stand side by side. */
static bool add_total(struct mp_sdc *s, const struct part *p, size_t n)
{
    uint64_t sum = 0, most = 0, total = s->cells[p->total].value;
    for (size_t i = 0; i < n; i++) {
        uint64_t value = s->cells[p[i].cell].value;
        sum += is_repeated(p, i) ? 0 : value;
        most = value > most ? value : most;
    }
    switch (p->sums) {
    case MP_TOTAL_SUMS:
        s->unequal += total != sum;
        return add_sum(&s->zero, p, n, 1);
    case MP_TOTAL_EXCEEDS:
        s->unequal += total < sum;
        return add_sum(&s->least, p, n, -1);
    case MP_TOTAL_CONTAINS:
        s->unequal += total < most;
        return add_each(&s->least, p, n);
    default:
        s->unequal += total > sum || total < most;
        return add_sum(&s->least, p, n, 1) && add_each(&s->least, p, n);
    }
}

static bool add_totals(struct mp_sdc *s, const struct parts *p)
{
    for (size_t i = 0, end; i < p->n; i = end) {
        for (end = i + 1; end < p->n && p->items[end].total == p->items[i].total &&
                          p->items[end].dim == p->items[i].dim;)
            end++;
        if (!add_total(s, p->items + i, end - i))
            return false;
    }
    return true;
}

/* ---- units and universes ---- */

/* Persons are no more than episodes, nor these more than reports. */
static bool add_units(struct mp_sdc *s)
{
    for (size_t i = 0; i + 1 < s->n; i++) {
        struct mp_sdc_cell next = s->cells[i + 1];
        next.unit = s->cells[i].unit;
        if (compare_cells(&s->cells[i], &next) != 0)
            continue;
        s->unequal += s->cells[i].value < s->cells[i + 1].value;
        if (!add_term(&s->least, (uint32_t)i, 1) || !add_term(&s->least, (uint32_t)(i + 1), -1) ||
            !end_row(&s->least))
            return false;
    }
    return true;
}

/* The cells of one universe. */
struct run {
    size_t begin, end;
};

/* The run behind another one, among the first n cells; empty at the end. */
static struct run next_run(const struct mp_sdc *s, size_t n, struct run r)
{
    r.begin = r.end;
    while (r.end < n && s->cells[r.end].universe == s->cells[r.begin].universe)
        r.end++;
    return r;
}

/* Calls for each cell that two universes share, until it says no. */
typedef bool pair_fn(struct mp_sdc *s, size_t a, size_t b);

static bool each_pair(struct mp_sdc *s, struct run a, struct run b, pair_fn *fn)
{
    while (a.begin < a.end && b.begin < b.end) {
        struct mp_sdc_cell same = s->cells[b.begin];
        same.universe = s->cells[a.begin].universe;
        int d = compare_cells(&s->cells[a.begin], &same);
        if (d == 0 && !fn(s, a.begin, b.begin))
            return false;
        a.begin += d <= 0;
        b.begin += d >= 0;
    }
    return true;
}

static bool holds(struct mp_sdc *s, size_t a, size_t b)
{
    return s->cells[a].value >= s->cells[b].value;
}

/* What is in the larger universe alone. */
static bool add_difference(struct mp_sdc *s, size_t a, size_t b)
{
    if (s->cells[a].value == 0)
        return true;
    struct mp_sdc_cell rest = s->cells[a];
    rest.never = true;
    rest.value = rest.persons = s->cells[a].value - s->cells[b].value;
    return put_cell(s, &rest) && add_term(&s->zero, (uint32_t)b, 1) &&
           add_term(&s->zero, (uint32_t)(s->n - 1), 1) && add_term(&s->zero, (uint32_t)a, -1) &&
           end_row(&s->zero);
}

static bool add_universes(struct mp_sdc *s)
{
    size_t n = s->n;
    for (struct run a = next_run(s, n, (struct run){0, 0}); a.begin < n; a = next_run(s, n, a))
        for (struct run b = next_run(s, n, (struct run){0, 0}); b.begin < n; b = next_run(s, n, b))
            if (a.begin != b.begin && each_pair(s, a, b, holds) &&
                !each_pair(s, a, b, add_difference))
                return false;
    return true;
}

/* ---- links ---- */

/* Terms of one cell become one. */
static bool add_linked(struct mp_sdc_rows *rows, uint32_t cell, int factor)
{
    for (size_t i = rows->begins[rows->n]; i < rows->n_terms; i++)
        if (rows->cells[i] == cell) {
            rows->signs[i] += factor;
            return true;
        }
    return add_term(rows, cell, factor);
}

static void drop_zeros(struct mp_sdc_rows *rows)
{
    size_t n = rows->begins[rows->n];
    for (size_t i = n; i < rows->n_terms; i++)
        if (rows->signs[i]) {
            rows->cells[n] = rows->cells[i];
            rows->signs[n++] = rows->signs[i];
        }
    rows->n_terms = n;
}

static bool add_link(struct mp_sdc *s, const struct mp_disclose_run *run, const size_t *begins,
                     const struct mp_disclose_link *l)
{
    struct mp_sdc_rows *rows = l->least ? &s->least : &s->zero;
    int64_t sum = -(int64_t)l->rest * l->times;
    for (size_t i = l->begin; i < l->begin + l->n; i++) {
        const struct mp_disclose_term *t = &run->terms[i];
        uint32_t cell = s->of[begins[t->table] + t->cell];
        sum += t->factor * (int64_t)s->cells[cell].value;
        if (!add_linked(rows, cell, t->factor))
            return false;
    }
    s->unequal += l->least ? sum < 0 : sum != 0;
    drop_zeros(rows);
    if (l->rest) {
        const struct mp_disclose_term *first = &run->terms[l->begin];
        struct mp_sdc_cell rest = s->cells[s->of[begins[first->table] + first->cell]];
        rest.never = true;
        rest.value = rest.persons = l->rest;
        if (!put_cell(s, &rest) || !add_term(rows, (uint32_t)(s->n - 1), -l->times))
            return false;
    }
    return end_row(rows);
}

static bool add_links(struct mp_sdc *s, const struct mp_disclose_run *run)
{
    size_t *begins = malloc((run->n + 1) * sizeof *begins), n = 0;
    bool good = begins != NULL;
    for (size_t t = 0; good && t < run->n; n += run->tables[t++].n)
        begins[t] = n;
    for (size_t i = 0; good && i < run->n_links; i++)
        good = add_link(s, run, begins, &run->links[i]);
    free(begins);
    return good;
}

int mp_sdc_make(struct mp_sdc *s, const struct mp_disclose_run *run, struct mp_error *e)
{
    *s = (struct mp_sdc){0};
    struct parts parts = {0};
    bool good = begin_rows(&s->zero) && begin_rows(&s->least) &&
                make_cells(s, run->tables, run->n) && collect_parts(&parts, s, run) &&
                add_totals(s, &parts) && add_units(s) && add_universes(s) && add_links(s, run);
    free(parts.items);
    return good ? 0 : mp_error_memory(e);
}

void mp_sdc_free(struct mp_sdc *s)
{
    free_rows(&s->zero);
    free_rows(&s->least);
    free(s->cells);
    free(s->of);
    *s = (struct mp_sdc){0};
}

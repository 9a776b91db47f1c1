/* Which table stands in which section. */
#include "page/bulletin.h"
#include <stdlib.h>

/* A part with what it is sorted by: its section, its place there, its place in the words. */
struct placed {
    struct mp_part_of part;
    size_t place, order;
};

static size_t plan_of(const struct mp_layout *l, struct mp_str id)
{
    size_t i = 0;
    while (i < l->n_plans && !mp_str_eq(l->plans[i].id, id))
        i++;
    return i;
}

static size_t plan_that_holds(const struct mp_layout *l, enum mp_holds holds)
{
    size_t i = 0;
    while (i < l->n_plans && l->plans[i].holds != holds)
        i++;
    return i;
}

static bool has_dimension(const struct mp_build *b, struct mp_rows_range range,
                          const struct mp_yaml *dimensions)
{
    for (size_t i = range.from; i < range.end; i++)
        for (size_t k = 0; k < b->rows->row[i].n_by; k++)
            if (mp_layout_has(dimensions, b->rows->row[i].by[k].dimension))
                return true;
    return false;
}

/* The section of a table: where it is named, or where its dimensions are, or the rest. */
static size_t find_plan(const struct mp_build *b, struct mp_rows_range range, struct mp_str table)
{
    const struct mp_layout *l = &b->layout;
    if (mp_str_eq(table, l->sources))
        return plan_that_holds(l, MP_HOLDS_METHOD);
    for (size_t i = 0; i < l->n_plans; i++)
        if (mp_layout_has(l->plans[i].tables, table))
            return i;
    for (size_t i = 0; l->others && i < l->others->n; i++) {
        const struct mp_yaml *y = l->others->items[i];
        if (has_dimension(b, range, mp_yaml_get(y, "by")))
            return plan_of(l, mp_yaml_get(y, "section")->text);
    }
    return plan_that_holds(l, MP_HOLDS_REST);
}

static int placed_cmp(const void *x, const void *y)
{
    const struct placed *a = x, *b = y;
    if (a->part.plan != b->part.plan)
        return a->part.plan < b->part.plan ? -1 : 1;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return mp_str_cmp(a->part.table, b->part.table);
}

struct mp_part_of *mp_build_place(struct mp_build *b, size_t *n)
{
    const struct mp_rows *rows = b->rows;
    struct placed *all = mp_build_alloc(b, rows->n_counts + 1, sizeof *all);
    *n = 0;
    for (size_t i = 0, end; i < rows->n_counts && all; i = end) {
        struct mp_str table = rows->row[i].table;
        end = i + 1;
        while (end < rows->n_counts && mp_str_eq(rows->row[end].table, table))
            end++;
        struct mp_rows_range range = {i, end};
        size_t plan = find_plan(b, range, table);
        all[(*n)++] =
            (struct placed){{range, table, plan, false},
                            mp_layout_place(b->layout.plans[plan].tables, table),
                            mp_words_order(&b->words, "tables", table, (struct mp_str){0})};
    }
    if (*n)
        qsort(all, *n, sizeof *all, placed_cmp);
    struct mp_part_of *parts = mp_build_alloc(b, *n + 1, sizeof *parts);
    for (size_t i = 0; i < *n && parts; i++)
        parts[i] = all[i].part;
    *n = parts ? *n : 0;
    return parts;
}

/* How well a row fits as one of the weeks that are drawn: 0 not at all. A table that is read across
 * before one that is not; the layout's unit, then units in the order of the words. */
static size_t fit(const struct mp_build *b, const struct mp_rows_row *r)
{
    enum { UNITS_MAX = 100 };
    const struct mp_layout *l = &b->layout;
    if (!mp_rows_by(r, l->week) || !mp_str_is(r->measure, "count"))
        return 0;
    size_t place = mp_words_order(&b->words, "units", r->unit, (struct mp_str){0});
    size_t unit = mp_str_eq(r->unit, l->unit) ? UNITS_MAX
                  : place < UNITS_MAX         ? UNITS_MAX - 1 - place
                                              : 0;
    bool alone = r->n_by == 1, across = r->n_by == 2 && mp_rows_by(r, l->across);
    return 1 + unit + (alone ? 2 * (UNITS_MAX + 1) : across ? UNITS_MAX + 1 : 0);
}

struct mp_part_of *mp_build_find_weeks(struct mp_build *b, struct mp_part_of *parts, size_t n,
                                       struct mp_str *unit)
{
    struct mp_part_of *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = parts[i].range.from; k < parts[i].range.end; k++) {
            size_t fits = fit(b, b->rows->row + k);
            if (fits <= most)
                continue;
            best = parts + i;
            most = fits;
            *unit = b->rows->row[k].unit;
        }
    return best;
}

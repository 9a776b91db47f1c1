/* Tables of any rows: one dimension down and one across, or each combination in a row. */
#include "page/build.h"
#include <stdlib.h>

enum {
    ACROSS_MAX = 8, /* more columns than this are not read across */
    PAIRS_MAX = 12, /* nor more units and measures */
};

struct pair {
    struct mp_str unit, measure;
};

struct maker {
    struct mp_build *b;
    const struct mp_rows_row *rows; /* of one table */
    size_t n;
    struct mp_str dims[MP_ROW_DIMENSIONS];
    size_t n_dims;
    struct pair pairs[PAIRS_MAX];
    size_t n_pairs;
};

static int dim_cmp(const void *x, const void *y, void *ctx)
{
    const struct mp_str *a = x, *b = y;
    const struct maker *m = ctx;
    size_t pa = mp_words_order(&m->b->words, "dimensions", *a, (struct mp_str){0});
    size_t pb = mp_words_order(&m->b->words, "dimensions", *b, (struct mp_str){0});
    return pa != pb ? (pa < pb ? -1 : 1) : mp_str_cmp(*a, *b);
}

/* All dimensions that occur; false if there are more than a row can have. */
static bool find_dims(struct maker *m)
{
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < m->rows[i].n_by; k++) {
            struct mp_str d = m->rows[i].by[k].dimension;
            size_t at = 0;
            while (at < m->n_dims && !mp_str_eq(m->dims[at], d))
                at++;
            if (at < m->n_dims)
                continue;
            if (m->n_dims == MP_ROW_DIMENSIONS)
                return false;
            m->dims[m->n_dims++] = d;
        }
    qsort_r(m->dims, m->n_dims, sizeof *m->dims, dim_cmp, m);
    return true;
}

static int pair_cmp(const void *x, const void *y, void *ctx)
{
    const struct pair *a = x, *b = y;
    const struct mp_words *w = &((const struct maker *)ctx)->b->words;
    size_t pa = mp_words_order(w, "units", a->unit, (struct mp_str){0});
    size_t pb = mp_words_order(w, "units", b->unit, (struct mp_str){0});
    int d = pa != pb ? (pa < pb ? -1 : 1) : mp_str_cmp(a->unit, b->unit);
    return d ? d : mp_str_cmp(a->measure, b->measure);
}

/* All units and measures (the rows are sorted by them); false if there are too many. */
static bool find_pairs(struct maker *m)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct pair p = {m->rows[i].unit, m->rows[i].measure};
        const struct pair *last = m->n_pairs ? m->pairs + m->n_pairs - 1 : NULL;
        if (last && mp_str_eq(last->unit, p.unit) && mp_str_eq(last->measure, p.measure))
            continue;
        if (m->n_pairs == PAIRS_MAX)
            return false;
        m->pairs[m->n_pairs++] = p;
    }
    qsort_r(m->pairs, m->n_pairs, sizeof *m->pairs, pair_cmp, m);
    return true;
}

static bool is_of(const struct mp_rows_row *r, const struct pair *p)
{
    return mp_str_eq(r->unit, p->unit) && mp_str_eq(r->measure, p->measure);
}

struct value_order {
    const struct mp_build *b;
    struct mp_str dimension;
};

static int value_cmp(const void *x, const void *y, void *ctx)
{
    const struct value_order *o = ctx;
    return mp_build_value_cmp(o->b, o->dimension, *(const struct mp_str *)x,
                              *(const struct mp_str *)y);
}

struct axis {
    struct mp_str dimension;
    struct mp_str *values; /* each once and in order */
    size_t n;
    bool total;
};

/* The values of a dimension in the rows of a pair. */
static struct axis axis_of(struct maker *m, const struct pair *p, struct mp_str dimension)
{
    struct axis a = {.dimension = dimension};
    struct mp_str *v = a.values = mp_build_alloc(m->b, m->n, sizeof *v);
    size_t all = 0;
    for (size_t i = 0; i < m->n && v; i++) {
        const struct mp_by *by = mp_rows_by(m->rows + i, dimension);
        if (by && is_of(m->rows + i, p))
            v[all++] = by->value;
    }
    struct value_order o = {m->b, dimension};
    if (all)
        qsort_r(v, all, sizeof *v, value_cmp, &o);
    for (size_t i = 0; i < all; i++)
        if (a.n == 0 || value_cmp(v + i, v + a.n - 1, &o) != 0)
            v[a.n++] = v[i];
    return a;
}

static bool is_count(struct mp_str measure)
{
    return mp_str_is(measure, "count");
}

/* The unit, "episodes"; of another measure than the count both, "median (episodes)". */
static struct mp_str pair_name(struct maker *m, const struct pair *p)
{
    struct mp_words *w = &m->b->words;
    struct mp_str unit = mp_build_text(m->b, mp_words_name(w, "units", p->unit, "many"));
    if (is_count(p->measure))
        return unit;
    struct mp_str measure = mp_build_text(m->b, mp_words_name(w, "measures", p->measure, "name"));
    return mp_words_fill(w, "page.measure",
                         (struct mp_fill[]){{"measure", measure}, {"unit", unit}}, 2);
}

static struct mp_str table_name(struct maker *m)
{
    return mp_build_text(m->b, mp_words_name(&m->b->words, "tables", m->rows[0].table, "title"));
}

static struct mp_str dim_name(struct maker *m, struct mp_str dimension)
{
    return mp_build_text(m->b, mp_words_name(&m->b->words, "dimensions", dimension, "name"));
}

/* Of a file its name alone: folders tell about a machine, not about reports. */
static struct mp_str value_name(struct maker *m, struct mp_str dimension, struct mp_str value)
{
    const char *slash =
        value.p && mp_str_is(dimension, "file") ? memrchr(value.p, '/', value.n) : NULL;
    if (slash && slash + 1 < value.p + value.n)
        value = (struct mp_str){slash + 1, (size_t)(value.p + value.n - slash) - 1};
    return mp_build_text(m->b, mp_words_value(&m->b->words, dimension, value));
}

/* True if the pair has a row with nothing but `dimension` (p NULL: with no dimension at all). */
static bool has_total(const struct maker *m, const struct pair *p, struct mp_str dimension)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct mp_rows_row *r = m->rows + i;
        if (r->n_by == (dimension.p ? 1u : 0u) && is_of(r, p) &&
            (!dimension.p || mp_rows_by(r, dimension)))
            return true;
    }
    return false;
}

/* Allocates rows, labels, cells and heads; false if memory ran out. */
static bool shape(struct mp_build *b, struct mp_page_table *t)
{
    t->heads = mp_build_alloc(b, t->n_labels + t->n_cells, sizeof *t->heads);
    t->rows = mp_build_alloc(b, t->n_rows, sizeof *t->rows);
    struct mp_str *labels = mp_build_alloc(b, t->n_rows * t->n_labels, sizeof *labels);
    struct mp_page_cell *cells = mp_build_alloc(b, t->n_rows * t->n_cells, sizeof *cells);
    for (size_t i = 0; i < t->n_rows && !b->failed; i++)
        t->rows[i] = (struct mp_page_row){.labels = labels + i * t->n_labels,
                                          .cells = cells + i * t->n_cells};
    return !b->failed;
}

/* The cell at one place of both axes; the place behind the values is the total. */
static struct mp_page_cell cross_cell(struct maker *m, const struct pair *p,
                                      const struct axis *down, size_t i, const struct axis *across,
                                      size_t k)
{
    struct mp_by by[2];
    size_t n = 0;
    if (i < down->n)
        by[n++] = (struct mp_by){down->dimension, down->values[i]};
    if (k < across->n)
        by[n++] = (struct mp_by){across->dimension, across->values[k]};
    return mp_build_cell(m->b,
                         mp_rows_find(m->b->rows, m->rows[0].table, p->unit, p->measure, by, n));
}

static void make_cross(struct maker *m, const struct pair *p, const struct axis *down,
                       const struct axis *across, struct mp_buf *tables)
{
    struct mp_page_table t = {.n_labels = 1,
                              .n_cells = across->n + across->total,
                              .n_rows = down->n + down->total,
                              .total_column = across->total};
    struct mp_words *w = &m->b->words;
    if (!shape(m->b, &t))
        return;
    t.caption =
        mp_words_fill(w, "page.caption",
                      (struct mp_fill[]){{"table", table_name(m)}, {"unit", pair_name(m, p)}}, 2);
    struct mp_str total = mp_words_get(w, "page.total");
    t.heads[0].text = dim_name(m, down->dimension);
    for (size_t k = 0; k < t.n_cells; k++)
        t.heads[1 + k].text =
            k < across->n ? value_name(m, across->dimension, across->values[k]) : total;
    for (size_t i = 0; i < t.n_rows; i++) {
        t.rows[i].labels[0] = i < down->n ? value_name(m, down->dimension, down->values[i]) : total;
        t.rows[i].total = i == down->n;
        for (size_t k = 0; k < t.n_cells; k++)
            t.rows[i].cells[k] = cross_cell(m, p, down, i, across, k);
    }
    mp_buf_add(tables, &t, sizeof t);
}

/* One table across for a unit and measure; false where both dimensions are too long for that. */
static bool try_cross(struct maker *m, const struct pair *p, struct mp_buf *tables)
{
    const struct mp_str all = {0};
    struct axis x = axis_of(m, p, m->dims[0]), y = axis_of(m, p, m->dims[1]);
    struct axis *down = y.n > ACROSS_MAX ? &y : &x, *across = y.n > ACROSS_MAX ? &x : &y;
    if (across->n > ACROSS_MAX)
        return false;
    down->total = has_total(m, p, across->dimension) || has_total(m, p, all);
    across->total = has_total(m, p, down->dimension) || has_total(m, p, all);
    if (!m->b->failed)
        make_cross(m, p, down, across, tables);
    return true;
}

/* Rows by what they are broken down by: dimension after dimension, totals last. */
static int combination_cmp(const void *x, const void *y, void *ctx)
{
    const struct maker *m = ctx;
    const struct mp_rows_row *a = *(const struct mp_rows_row *const *)x;
    const struct mp_rows_row *b = *(const struct mp_rows_row *const *)y;
    for (size_t i = 0; i < m->n_dims; i++) {
        const struct mp_by *p = mp_rows_by(a, m->dims[i]), *q = mp_rows_by(b, m->dims[i]);
        if (!p || !q) {
            if (p || q)
                return p ? -1 : 1;
            continue;
        }
        int d = mp_build_value_cmp(m->b, m->dims[i], p->value, q->value);
        if (d)
            return d;
    }
    return 0;
}

static void fill_plain(struct maker *m, struct mp_page_table *t, size_t at,
                       const struct mp_rows_row *r)
{
    struct mp_page_row *row = t->rows + at;
    struct mp_str total = mp_words_get(&m->b->words, "page.total");
    for (size_t i = 0; i < m->n_dims; i++) {
        const struct mp_by *by = mp_rows_by(r, m->dims[i]);
        row->labels[i] = by ? value_name(m, m->dims[i], by->value) : total;
    }
    if (m->n_dims == 0)
        row->labels[0] = total;
    row->total = r->n_by == 0;
    for (size_t k = 0; k < m->n_pairs; k++)
        row->cells[k] = mp_build_cell(m->b, mp_rows_find(m->b->rows, r->table, m->pairs[k].unit,
                                                         m->pairs[k].measure, r->by, r->n_by));
}

/* `whole`: leaves out the totals over some of the dimensions. */
static void make_plain(struct maker *m, bool whole, struct mp_buf *tables)
{
    const struct mp_rows_row **rows = mp_build_alloc(m->b, m->n, sizeof *rows);
    if (!rows)
        return;
    struct mp_page_table t = {.n_labels = m->n_dims ? m->n_dims : 1, .n_cells = m->n_pairs};
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++)
        if (!whole || m->rows[i].n_by == 0 || m->rows[i].n_by == m->n_dims)
            rows[n++] = m->rows + i;
    qsort_r(rows, n, sizeof *rows, combination_cmp, m);
    for (size_t i = 0; i < n; i++)
        if (t.n_rows == 0 || combination_cmp(rows + i, rows + t.n_rows - 1, m) != 0)
            rows[t.n_rows++] = rows[i];
    if (!shape(m->b, &t))
        return;
    t.caption = table_name(m);
    for (size_t i = 0; i < m->n_dims; i++)
        t.heads[i].text = dim_name(m, m->dims[i]);
    for (size_t k = 0; k < m->n_pairs; k++)
        t.heads[t.n_labels + k].text = pair_name(m, m->pairs + k);
    for (size_t i = 0; i < t.n_rows; i++)
        fill_plain(m, &t, i, rows[i]);
    mp_buf_add(tables, &t, sizeof t);
}

bool mp_build_tables(struct mp_build *b, size_t from, size_t end, bool plain, struct mp_buf *tables)
{
    struct maker m = {.b = b, .rows = b->rows->row + from, .n = end - from};
    if (m.n == 0 || !find_dims(&m) || !find_pairs(&m))
        return false;
    size_t before = tables->len;
    bool across = !plain && m.n_dims == 2;
    for (size_t i = 0; i < m.n_pairs && across; i++)
        across = try_cross(&m, m.pairs + i, tables);
    if (!across) {
        tables->len = before;
        make_plain(&m, plain, tables);
    }
    b->failed |= tables->failed;
    return true;
}

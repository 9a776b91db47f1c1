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
    struct mp_str table;
    const struct mp_rows_row **rows; /* of one table */
    size_t n;
    struct mp_str dims[MP_ROW_DIMENSIONS];
    size_t n_dims;
    struct mp_by fixed[MP_ROW_DIMENSIONS]; /* that all rows have, with one value */
    size_t n_fixed;
    struct pair pairs[PAIRS_MAX];
    size_t n_pairs;
};

static size_t broken_down(const struct maker *m, const struct mp_rows_row *r)
{
    return r->n_by - m->n_fixed;
}

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
        for (size_t k = 0; k < m->rows[i]->n_by; k++) {
            struct mp_str d = m->rows[i]->by[k].dimension;
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

/* The row that says of one value of a dimension what `r` says of all of them. */
static const struct mp_rows_row *same_row(struct maker *m, const struct mp_rows_row *r,
                                          struct mp_by fixed)
{
    struct mp_by by[MP_ROW_DIMENSIONS];
    if (r->n_by == MP_ROW_DIMENSIONS)
        return NULL;
    memcpy(by, r->by, r->n_by * sizeof *by);
    by[r->n_by] = fixed;
    const struct mp_rows_row *s =
        mp_rows_find_of(m->b->rows, r->figure, r->table, r->unit, r->measure, by, r->n_by + 1);
    bool same = s && mp_str_eq(s->value, r->value) && !s->value.p == !r->value.p &&
                !s->suppressed.p == !r->suppressed.p && s->conflict == r->conflict;
    return same ? s : NULL;
}

/* True if a dimension has one value, which is known, and what is told of all of them is the same.
 */
static bool is_fixed(struct maker *m, struct mp_str dimension, struct mp_by *fixed)
{
    *fixed = (struct mp_by){dimension, {0}};
    for (size_t i = 0; i < m->n; i++) {
        const struct mp_by *by = mp_rows_by(m->rows[i], dimension);
        if (!by)
            continue;
        if (mp_build_is_unknown(by->value) ||
            (fixed->value.p && !mp_str_eq(fixed->value, by->value)))
            return false;
        fixed->value = by->value;
    }
    for (size_t i = 0; i < m->n; i++)
        if (!mp_rows_by(m->rows[i], dimension) && !same_row(m, m->rows[i], *fixed))
            return false;
    return true;
}

/* Takes periods with one value out: the caption says it, and rows without it say the same. */
static void fix_periods(struct maker *m)
{
    for (size_t i = 0; i < m->n_dims;) {
        struct mp_by fixed;
        if (!mp_layout_has(m->b->layout.periods, m->dims[i]) || !is_fixed(m, m->dims[i], &fixed)) {
            i++;
            continue;
        }
        size_t kept = 0;
        for (size_t k = 0; k < m->n; k++)
            if (mp_rows_by(m->rows[k], fixed.dimension))
                m->rows[kept++] = m->rows[k];
            else
                mp_rows_placed(m->b->rows, m->rows[k], MP_ROW_SAME);
        m->n = kept;
        m->fixed[m->n_fixed++] = fixed;
        memmove(m->dims + i, m->dims + i + 1, (m->n_dims - i - 1) * sizeof *m->dims);
        m->n_dims--;
    }
}

static int place_cmp(const struct mp_words *w, const char *section, struct mp_str x,
                     struct mp_str y)
{
    size_t px = mp_words_order(w, section, x, (struct mp_str){0});
    size_t py = mp_words_order(w, section, y, (struct mp_str){0});
    return px != py ? (px < py ? -1 : 1) : mp_str_cmp(x, y);
}

static int pair_cmp(const void *x, const void *y, void *ctx)
{
    const struct pair *a = x, *b = y;
    const struct mp_words *w = &((const struct maker *)ctx)->b->words;
    int d = place_cmp(w, "units", a->unit, b->unit);
    return d ? d : place_cmp(w, "measures", a->measure, b->measure);
}

/* All units and measures (the rows are sorted by them); false if there are too many. */
static bool find_pairs(struct maker *m)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct pair p = {m->rows[i]->unit, m->rows[i]->measure};
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
        const struct mp_by *by = mp_rows_by(m->rows[i], dimension);
        if (by && is_of(m->rows[i], p))
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

/* True if the pair has a row with nothing but `dimension` (p NULL: with no dimension at all). */
static bool has_total(const struct maker *m, const struct pair *p, struct mp_str dimension)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct mp_rows_row *r = m->rows[i];
        if (broken_down(m, r) == (dimension.p ? 1u : 0u) && is_of(r, p) &&
            (!dimension.p || mp_rows_by(r, dimension)))
            return true;
    }
    return false;
}

bool mp_build_shape(struct mp_build *b, struct mp_page_table *t)
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
    struct mp_by by[MP_ROW_DIMENSIONS];
    size_t n = m->n_fixed;
    memcpy(by, m->fixed, n * sizeof *by);
    if (i < down->n)
        by[n++] = (struct mp_by){down->dimension, down->values[i]};
    if (k < across->n)
        by[n++] = (struct mp_by){across->dimension, across->values[k]};
    return mp_build_cell(m->b, mp_rows_find_of(m->b->rows, m->rows[0]->figure, m->table, p->unit,
                                               p->measure, by, n));
}

/* The table's title, its only period, and the unit if there is one. */
static struct mp_str caption(struct maker *m, const struct pair *p)
{
    struct mp_words *w = &m->b->words;
    struct mp_str name = mp_build_table_name(m->b, m->table);
    for (size_t i = 0; i < m->n_fixed; i++)
        name =
            mp_words_fill(w, "page.caption_of",
                          (struct mp_fill[]){{"table", name},
                                             {"period", mp_build_value(m->b, m->fixed[i].dimension,
                                                                       m->fixed[i].value)}},
                          2);
    if (!p)
        return name;
    const struct mp_fill fills[] = {{"table", name},
                                    {"unit", mp_build_pair(m->b, p->unit, p->measure)}};
    return mp_words_fill(w, "page.caption", fills, 2);
}

void mp_build_state(struct mp_build *b, const struct mp_rows_row **rows, size_t n,
                    struct mp_page_table *t)
{
    struct mp_words *w = &b->words;
    struct mp_str rounded = {0};
    for (size_t i = 0; i < n; i++) {
        t->internal |= rows[i]->unsafe;
        rounded = rows[i]->rounded.p ? rows[i]->rounded : rounded;
    }
    if (t->internal)
        t->state = mp_words_get(w, "page.state_internal");
    else if (rounded.p)
        t->state = mp_words_fill(w, "page.state_rounded",
                                 (struct mp_fill[]){{"n", mp_words_number(w, rounded)}}, 1);
}

static void make_cross(struct maker *m, const struct pair *p, const struct axis *down,
                       const struct axis *across, struct mp_buf *tables)
{
    struct mp_page_table t = {.name = m->table,
                              .n_labels = 1,
                              .n_cells = across->n + across->total,
                              .n_rows = down->n + down->total,
                              .total_column = across->total};
    if (!mp_build_shape(m->b, &t))
        return;
    t.caption = caption(m, p);
    mp_build_state(m->b, m->rows, m->n, &t);
    mp_build_refer(m->b, &t.refs, "tables", m->table);
    mp_build_refer_pair(m->b, &t.refs, p->unit, p->measure);
    mp_build_refer(m->b, &t.refs, "dimensions", across->dimension);
    struct mp_str total = mp_words_get(&m->b->words, "page.total");
    t.heads[0].text = mp_build_dimension(m->b, down->dimension);
    mp_build_refer(m->b, &t.heads[0].refs, "dimensions", down->dimension);
    for (size_t k = 0; k < t.n_cells; k++)
        t.heads[1 + k].text =
            k < across->n ? mp_build_value(m->b, across->dimension, across->values[k]) : total;
    for (size_t i = 0; i < t.n_rows; i++) {
        t.rows[i].labels[0] =
            i < down->n ? mp_build_value(m->b, down->dimension, down->values[i]) : total;
        t.rows[i].total = i == down->n;
        for (size_t k = 0; k < t.n_cells; k++)
            t.rows[i].cells[k] = cross_cell(m, p, down, i, across, k);
    }
    struct mp_made_table made = {t, p->unit, down->dimension};
    mp_buf_add(tables, &made, sizeof made);
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
        row->labels[i] = by ? mp_build_value(m->b, m->dims[i], by->value) : total;
    }
    if (m->n_dims == 0)
        row->labels[0] = total;
    row->total = broken_down(m, r) == 0;
    for (size_t k = 0; k < m->n_pairs; k++)
        row->cells[k] =
            mp_build_cell(m->b, mp_rows_find_of(m->b->rows, r->figure, r->table, m->pairs[k].unit,
                                                m->pairs[k].measure, r->by, r->n_by));
}

/* True if a row of all dimensions says the same as this total over some: of a file, its profile. */
static bool repeats(struct maker *m, const struct mp_rows_row *r)
{
    for (size_t i = 0; i < m->n; i++) {
        const struct mp_rows_row *s = m->rows[i];
        bool same = s->n_by == m->n_dims && r->n_by > 0 && r->n_by < s->n_by &&
                    mp_str_eq(s->unit, r->unit) && mp_str_eq(s->measure, r->measure) &&
                    r->value.p && s->value.p && mp_str_eq(s->value, r->value);
        for (size_t k = 0; k < r->n_by && same; k++) {
            const struct mp_by *by = mp_rows_by(s, r->by[k].dimension);
            same = by && mp_str_eq(by->value, r->by[k].value);
        }
        if (same)
            return true;
    }
    return false;
}

/* `plain`: leaves out totals that a row says already. */
static void make_plain(struct maker *m, bool plain, struct mp_buf *tables)
{
    const struct mp_rows_row **rows = mp_build_alloc(m->b, m->n, sizeof *rows);
    if (!rows)
        return;
    struct mp_page_table t = {
        .name = m->table, .n_labels = m->n_dims ? m->n_dims : 1, .n_cells = m->n_pairs};
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++)
        if (plain && repeats(m, m->rows[i]))
            mp_rows_placed(m->b->rows, m->rows[i], MP_ROW_SAME);
        else
            rows[n++] = m->rows[i];
    qsort_r(rows, n, sizeof *rows, combination_cmp, m);
    for (size_t i = 0; i < n; i++)
        if (t.n_rows == 0 || combination_cmp(rows + i, rows + t.n_rows - 1, m) != 0)
            rows[t.n_rows++] = rows[i];
    if (!mp_build_shape(m->b, &t))
        return;
    t.caption = caption(m, NULL);
    mp_build_state(m->b, m->rows, m->n, &t);
    mp_build_refer(m->b, &t.refs, "tables", m->table);
    for (size_t i = 0; i < m->n_dims; i++) {
        t.heads[i].text = mp_build_dimension(m->b, m->dims[i]);
        mp_build_refer(m->b, &t.heads[i].refs, "dimensions", m->dims[i]);
    }
    for (size_t k = 0; k < m->n_pairs; k++) {
        struct mp_head *head = t.heads + t.n_labels + k;
        head->text = mp_build_pair(m->b, m->pairs[k].unit, m->pairs[k].measure);
        mp_build_refer_pair(m->b, &head->refs, m->pairs[k].unit, m->pairs[k].measure);
    }
    for (size_t i = 0; i < t.n_rows; i++)
        fill_plain(m, &t, i, rows[i]);
    struct mp_made_table made = {.table = t};
    if (m->n_dims == 1)
        made.down = m->dims[0];
    if (m->n_pairs == 1)
        made.unit = m->pairs[0].unit;
    mp_buf_add(tables, &made, sizeof made);
}

bool mp_build_tables(struct mp_build *b, struct mp_rows_range rows, bool plain,
                     struct mp_buf *tables)
{
    struct maker m = {.b = b, .n = rows.end - rows.from};
    m.rows = mp_build_alloc(b, m.n + 1, sizeof *m.rows);
    for (size_t i = 0; i < m.n && m.rows; i++)
        m.rows[i] = b->rows->row + rows.from + i;
    if (!m.rows || m.n == 0 || !find_dims(&m))
        return false;
    m.table = m.rows[0]->table;
    if (!plain)
        fix_periods(&m);
    if (!find_pairs(&m))
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

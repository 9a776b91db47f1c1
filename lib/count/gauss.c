/* Secondary suppression by Gaussian elimination over the equations between cells. */
#include "count/gauss.h"
#include "count/echelon.h"
#include <stdlib.h>

#define NO_COL UINT32_MAX

/* A system whose columns are some of the cells; virtual differences are cells behind the others. */
struct gauss {
    const struct mp_sdc_rows *rows;
    const struct mp_sdc_virtual *virtuals;
    size_t n_cells, n_virtuals;
    uint8_t *roles;    /* of cells, and of virtual ones */
    uint32_t *col_of;  /* of cells; NO_COL: none */
    uint32_t *cell_of; /* of columns */
    size_t n_cols;
    struct mp_term *room; /* for one row */
    struct mp_matrix m;
};

static bool begin(struct gauss *g)
{
    size_t n = g->n_cells + g->n_virtuals, most = 3;
    for (size_t r = 0; r < g->rows->n; r++)
        if (g->rows->begins[r + 1] - g->rows->begins[r] > most)
            most = g->rows->begins[r + 1] - g->rows->begins[r];
    g->col_of = malloc((n + 1) * sizeof *g->col_of);
    g->cell_of = malloc((n + 1) * sizeof *g->cell_of);
    g->room = malloc(most * sizeof *g->room);
    if (!g->col_of || !g->cell_of || !g->room)
        return false;
    memset(g->col_of, 0xff, (n + 1) * sizeof *g->col_of);
    return true;
}

static void end(struct gauss *g)
{
    mp_matrix_free(&g->m);
    free(g->col_of);
    free(g->cell_of);
    free(g->room);
}

static void add_col(struct gauss *g, uint32_t cell)
{
    g->col_of[cell] = (uint32_t)g->n_cols;
    g->cell_of[g->n_cols++] = cell;
}

static int compare_terms(const void *a, const void *b)
{
    const struct mp_term *x = a, *y = b;
    return (x->col > y->col) - (x->col < y->col);
}

static uint32_t put_term(struct gauss *g, uint32_t n, uint32_t cell, uint64_t factor)
{
    if (g->col_of[cell] == NO_COL)
        return n;
    g->room[n] = (struct mp_term){factor, g->col_of[cell]};
    return n + 1;
}

static bool add_row(struct gauss *g, uint32_t n)
{
    qsort(g->room, n, sizeof *g->room, compare_terms);
    return n == 0 || mp_matrix_add(&g->m, g->room, n);
}

static uint64_t factor_of(int sign)
{
    return sign > 0 ? (uint64_t)sign : MP_PRIME - (uint64_t)-sign;
}

/* All equations over the present columns, in echelon form. */
static bool solve(struct gauss *g)
{
    if (!mp_matrix_make(&g->m, g->rows->n + g->n_virtuals, g->n_cols))
        return false;
    for (size_t r = 0; r < g->rows->n; r++) {
        uint32_t n = 0;
        for (size_t i = g->rows->begins[r]; i < g->rows->begins[r + 1]; i++)
            n = put_term(g, n, g->rows->cells[i], factor_of(g->rows->signs[i]));
        if (!add_row(g, n))
            return false;
    }
    for (size_t k = 0; k < g->n_virtuals; k++) {
        const struct mp_sdc_virtual *v = &g->virtuals[k];
        uint32_t n = put_term(g, 0, (uint32_t)(g->n_cells + k), 1);
        n = put_term(g, n, v->one, MP_PRIME - 1);
        n = put_term(g, n, v->other, v->factor);
        if (!add_row(g, n))
            return false;
    }
    return mp_matrix_echelon(&g->m);
}

/* ---- what is hidden already ---- */

static uint64_t chance(uint64_t seed, uint64_t cell)
{
    return mp_numbers_mix(mp_numbers_mix(seed + 1) + cell * 0x9e3779b97f4a7c15u) % MP_PRIME;
}

/* Columns without a pivot are free; the others follow from the last to the first. z is by cell. */
static void change(const struct gauss *g, uint64_t seed, uint64_t *z)
{
    for (size_t col = g->n_cols; col-- > 0;) {
        uint32_t cell = g->cell_of[col];
        if (g->m.pivot[col] == MP_NO_ROW) {
            z[cell] = chance(seed, cell);
            continue;
        }
        const struct mp_row *row = &g->m.rows[g->m.pivot[col]];
        uint64_t sum = 0;
        for (uint32_t i = 1; i < row->n; i++)
            sum = mp_mod_add(sum,
                             mp_mod_times(row->terms[i].factor, z[g->cell_of[row->terms[i].col]]));
        z[cell] = mp_mod_minus(sum);
    }
}

/* z of what is hidden, and 0 of all else; z has room for virtual cells too. */
static bool change_hidden(struct gauss *g, uint64_t seed, uint64_t *z)
{
    size_t n = g->n_cells + g->n_virtuals;
    if (!begin(g))
        return false;
    for (size_t i = n; i-- > 0;)
        if (g->roles[i] >= MP_SDC_HIDDEN)
            add_col(g, (uint32_t)i);
    if (!solve(g))
        return false;
    memset(z, 0, n * sizeof *z);
    change(g, seed, z);
    return true;
}

int mp_sdc_change(const struct mp_sdc_rows *rows, size_t n_cells, const uint8_t *roles,
                  uint64_t seed, uint64_t *z, struct mp_error *e)
{
    struct gauss g = {.rows = rows, .n_cells = n_cells};
    g.roles = malloc(n_cells + 1);
    bool good = g.roles != NULL;
    if (good)
        memcpy(g.roles, roles, n_cells);
    good = good && change_hidden(&g, seed, z);
    free(g.roles);
    end(&g);
    return good ? 0 : mp_error_memory(e);
}

uint64_t mp_sdc_ratio(uint64_t a, uint64_t b)
{
    return mp_mod_times(a, mp_mod_inverse(b));
}

/* ---- the choice ---- */

/*
 * The system behind the safe cells: first the columns of the risky ones (from `risky` on), which
 * follow from published cells as long as nothing else is hidden, then those of the open ones (from
 * `open` on), the last to be published first.
 */
struct choice {
    struct gauss g;
    size_t risky, open;
    uint32_t *left; /* of the rows of risky columns: open cells that have not been published */
    bool *withheld; /* of columns */
    uint32_t *begins, *held_by; /* of columns: the risky columns in whose rows they are */
};

static bool columns(struct choice *c, const uint64_t *z, const uint32_t *order, size_t n_order)
{
    struct gauss *g = &c->g;
    size_t n = g->n_cells + g->n_virtuals;
    if (!begin(g))
        return false;
    for (size_t i = n; i-- > 0;)
        if (g->roles[i] == MP_SDC_HIDDEN || (g->roles[i] == MP_SDC_GUARDED && z[i]))
            add_col(g, (uint32_t)i);
    c->risky = g->n_cols;
    for (size_t i = n; i-- > 0;)
        if (g->roles[i] == MP_SDC_GUARDED && !z[i])
            add_col(g, (uint32_t)i);
    c->open = g->n_cols;
    for (size_t i = n_order; i-- > 0;)
        add_col(g, order[i]);
    return solve(g);
}

/* Takes from the rows of risky columns what has a pivot of its own. */
static bool reduce_risky(struct choice *c)
{
    struct mp_matrix *m = &c->g.m;
    for (size_t col = c->open; col-- > c->risky;) {
        if (m->pivot[col] == MP_NO_ROW)
            continue;
        struct mp_row *row = &m->rows[m->pivot[col]];
        for (uint32_t i = 1; i < row->n;) {
            uint32_t pivot = m->pivot[row->terms[i].col];
            if (pivot == MP_NO_ROW)
                i++;
            else if (!mp_row_less(row, i, row->terms[i].factor, &m->rows[pivot]))
                return false;
        }
    }
    return true;
}

static const struct mp_row *row_of(const struct choice *c, size_t col)
{
    static const struct mp_row none;
    uint32_t pivot = c->g.m.pivot[col];
    return pivot == MP_NO_ROW ? &none : &c->g.m.rows[pivot];
}

/* Which risky columns hold on to each open one. */
static bool index_risky(struct choice *c)
{
    size_t n = 0;
    c->left = calloc(c->open + 1, sizeof *c->left);
    c->withheld = calloc(c->g.n_cols + 1, sizeof *c->withheld);
    c->begins = calloc(c->g.n_cols + 2, sizeof *c->begins);
    if (!c->left || !c->withheld || !c->begins)
        return false;
    for (size_t col = c->risky; col < c->open; col++)
        for (uint32_t i = 1; i < row_of(c, col)->n; i++, n++)
            c->begins[row_of(c, col)->terms[i].col + 2]++;
    for (size_t col = 1; col < c->g.n_cols; col++)
        c->begins[col + 1] += c->begins[col];
    c->held_by = malloc((n + 1) * sizeof *c->held_by);
    if (!c->held_by)
        return false;
    for (size_t col = c->risky; col < c->open; col++)
        for (uint32_t i = 1; i < row_of(c, col)->n; i++) {
            c->held_by[c->begins[row_of(c, col)->terms[i].col + 1]++] = (uint32_t)col;
            c->left[col]++;
        }
    return true;
}

/* Publishes open cells without a pivot, unless one is the last in the row of a risky one. */
static void withhold_last(struct choice *c)
{
    for (size_t col = c->g.n_cols; col-- > c->open;) {
        uint32_t from = c->begins[col], to = c->begins[col + 1];
        for (uint32_t i = from; i < to; i++)
            c->withheld[col] |= c->left[c->held_by[i]] == 1;
        for (uint32_t i = from; i < to && !c->withheld[col]; i++)
            c->left[c->held_by[i]]--;
    }
}

/* Withholds the pivots that the withheld others hang on: rows restricted to these, from the last
 * to the first. */
static bool withhold_pivots(struct choice *c)
{
    struct mp_matrix *m = &c->g.m;
    for (size_t col = c->g.n_cols; col-- > c->open;) {
        if (m->pivot[col] == MP_NO_ROW)
            continue;
        struct mp_row *row = &m->rows[m->pivot[col]];
        uint32_t n = 1;
        for (uint32_t i = 1; i < row->n; i++)
            if (c->withheld[row->terms[i].col])
                row->terms[n++] = row->terms[i];
        row->n = n;
        for (uint32_t i = 1; i < row->n;) {
            uint32_t pivot = m->pivot[row->terms[i].col];
            if (pivot == MP_NO_ROW)
                i++;
            else if (!mp_row_less(row, i, row->terms[i].factor, &m->rows[pivot]))
                return false;
        }
        c->withheld[col] = row->n > 1;
    }
    return true;
}

static bool choose(struct choice *c, const uint64_t *z, const uint32_t *order, size_t n_order,
                   uint8_t *roles)
{
    if (!columns(c, z, order, n_order) || !reduce_risky(c) || !index_risky(c))
        return false;
    withhold_last(c);
    if (!withhold_pivots(c))
        return false;
    for (size_t col = c->open; col < c->g.n_cols; col++)
        roles[c->g.cell_of[col]] = c->withheld[col] ? MP_SDC_HIDDEN : MP_SDC_KNOWN;
    return true;
}

int mp_sdc_choose(const struct mp_sdc_rows *rows, size_t n_cells, uint8_t *roles,
                  const uint32_t *order, size_t n_order, const struct mp_sdc_virtual *virtuals,
                  size_t n_virtuals, struct mp_error *e)
{
    size_t n = n_cells + n_virtuals;
    struct gauss g = {.rows = rows,
                      .virtuals = virtuals,
                      .n_cells = n_cells,
                      .n_virtuals = n_virtuals,
                      .roles = malloc(n + 1)};
    uint64_t *z = malloc((n + 1) * sizeof *z);
    struct choice c = {.g = g};
    bool good = z && g.roles;
    if (good) {
        memcpy(g.roles, roles, n_cells);
        memset(g.roles + n_cells, MP_SDC_GUARDED, n_virtuals);
        good = change_hidden(&g, 0, z);
    }
    good = good && choose(&c, z, order, n_order, roles);
    end(&g);
    end(&c.g);
    free(c.left);
    free(c.withheld);
    free(c.begins);
    free(c.held_by);
    free(g.roles);
    free(z);
    return good ? 0 : mp_error_memory(e);
}

/* Rows of counts: gathered, ordered, found again. */
#include "page/rows.h"
#include <stdlib.h>

void mp_rows_free(struct mp_rows *r)
{
    mp_arena_free(&r->arena);
    mp_buf_free(&r->buf);
    mp_buf_free(&r->key);
    mp_map_free(&r->cells);
    *r = (struct mp_rows){0};
}

int mp_rows_natural_cmp(struct mp_str x, struct mp_str y)
{
    size_t i = 0, k = 0;
    while (i < x.n && k < y.n) {
        size_t zi = i, zk = k;
        while (zi < x.n && x.p[zi] >= '0' && x.p[zi] <= '9')
            zi++;
        while (zk < y.n && y.p[zk] >= '0' && y.p[zk] <= '9')
            zk++;
        if (zi == i || zk == k) {
            if (x.p[i] != y.p[k])
                return (unsigned char)x.p[i] < (unsigned char)y.p[k] ? -1 : 1;
            i++;
            k++;
            continue;
        }
        while (i + 1 < zi && x.p[i] == '0')
            i++;
        while (k + 1 < zk && y.p[k] == '0')
            k++;
        int d = zi - i != zk - k ? (zi - i < zk - k ? -1 : 1) : memcmp(x.p + i, y.p + k, zi - i);
        if (d)
            return d;
        i = zi;
        k = zk;
    }
    return mp_str_cmp(x, y);
}

static int by_dimension(const void *a, const void *b)
{
    return mp_str_cmp(((const struct mp_by *)a)->dimension, ((const struct mp_by *)b)->dimension);
}

static void add_key(struct mp_buf *b, struct mp_str s)
{
    uint32_t n = s.p ? (uint32_t)s.n : UINT32_MAX;
    mp_buf_add(b, &n, sizeof n);
    mp_buf_addstr(b, s);
}

/* Bytes that are the same for the same cell and no other. */
static struct mp_str key_in(struct mp_rows *r, struct mp_str table, const struct mp_rows_row *row)
{
    r->key.len = 0;
    add_key(&r->key, table);
    add_key(&r->key, row->figure ? row->figure->name : (struct mp_str){0});
    add_key(&r->key, row->figure ? row->figure->label : (struct mp_str){0});
    add_key(&r->key, row->unit);
    add_key(&r->key, row->measure);
    for (size_t i = 0; i < row->n_by; i++) {
        add_key(&r->key, row->by[i].dimension);
        add_key(&r->key, row->by[i].value);
    }
    return mp_buf_str(&r->key);
}

static struct mp_str key_of(struct mp_rows *r, const struct mp_rows_row *row)
{
    return key_in(r, row->table, row);
}

static int not_a_row(struct mp_error *e, const char *why)
{
    return mp_error_set(e, MP_NOT_A_RECORD, "not a row of counts: %s", why);
}

/* A value of a dimension: numbers and truth values as they are written. */
static struct mp_str scalar(yyjson_val *v)
{
    if (yyjson_is_bool(v))
        return yyjson_is_true(v) ? MP_STR("true") : MP_STR("false");
    return mp_rec_text(v);
}

/* "unknown" is as good as nothing: one key of a cell. */
static struct mp_str known(struct mp_str value)
{
    return mp_str_is(value, "unknown") ? (struct mp_str){0} : value;
}

static int read_by(yyjson_val *by, struct mp_rows_row *row, struct mp_error *e)
{
    yyjson_obj_iter all = yyjson_obj_iter_with(by);
    for (yyjson_val *key; (key = yyjson_obj_iter_next(&all));) {
        yyjson_val *v = yyjson_obj_iter_get_val(key);
        if (row->n_by == MP_ROW_DIMENSIONS)
            return not_a_row(e, "more than 8 dimensions");
        if (yyjson_is_ctn(v))
            return not_a_row(e, "a dimension is no text or number");
        const struct mp_by at = {mp_rec_text(key), known(scalar(v))};
        if (at.dimension.n == 0 || (at.value.p && at.value.n == 0))
            return not_a_row(e, "a dimension or its value is empty");
        row->by[row->n_by++] = at;
    }
    qsort(row->by, row->n_by, sizeof *row->by, by_dimension);
    return 0;
}

static struct mp_str text_of(yyjson_val *root, const char *key)
{
    return mp_rec_text(yyjson_obj_get(root, key));
}

/* Numbers only; anything else is as good as nothing. */
static struct mp_str number_of(yyjson_val *root, const char *key)
{
    yyjson_val *v = yyjson_obj_get(root, key);
    return yyjson_is_raw(v) ? mp_rec_text(v) : (struct mp_str){0};
}

static struct mp_published read_figure(yyjson_val *root)
{
    yyjson_val *range = yyjson_obj_get(root, "published");
    return (struct mp_published){
        .name = text_of(root, "figure"),
        .label = text_of(root, "label"),
        .definition = text_of(root, "definition"),
        .period = text_of(root, "period"),
        .source = text_of(root, "published_source"),
        .caveat = text_of(root, "caveat"),
        .not_countable = text_of(root, "not_countable"),
        .value = number_of(root, "published"),
        .low = yyjson_is_obj(range) ? number_of(range, "low") : (struct mp_str){0},
        .high = yyjson_is_obj(range) ? number_of(range, "high") : (struct mp_str){0},
        .unit = text_of(root, "published_unit"),
        .bound = text_of(root, "bound"),
    };
}

/* Takes every number out of a row. */
static void hide(struct mp_rows_row *row)
{
    row->value = row->observed = row->expected = row->departures = (struct mp_str){0};
}

static int read_row(yyjson_val *root, struct mp_rows_row *row, struct mp_error *e)
{
    yyjson_val *value = yyjson_obj_get(root, "value"), *by = yyjson_obj_get(root, "by");
    yyjson_val *suppressed = yyjson_obj_get(root, "suppressed");
    yyjson_val *rounded = yyjson_obj_get(root, "rounded");
    if (mp_str_is(mp_rec_text(yyjson_obj_get(root, "schema")), MP_SCHEMA))
        return mp_error_set(e, MP_NOT_A_RECORD,
                            "a record, not a row of counts: run mp-stats first");
    row->table = text_of(root, "table");
    row->unit = text_of(root, "unit");
    row->measure = text_of(root, "measure");
    bool computed = !row->figure || !row->figure->not_countable.n;
    if (row->figure && !row->figure->name.n)
        return not_a_row(e, "figure has no name");
    if (!row->table.n || (computed && (!row->unit.n || !row->measure.n)))
        return not_a_row(e, "table, unit or measure is missing");
    if (!yyjson_is_obj(by))
        return not_a_row(e, "by is missing");
    if (!yyjson_is_raw(value) && !yyjson_is_null(value))
        return not_a_row(e, "value is no number");
    if (suppressed && !yyjson_is_null(suppressed) && !yyjson_is_str(suppressed))
        return not_a_row(e, "suppressed is no text");
    if (rounded && !yyjson_is_raw(rounded))
        return not_a_row(e, "rounded is no number");
    row->value = mp_rec_text(value);
    row->rounded = mp_rec_text(rounded);
    row->unsafe = !suppressed || yyjson_is_true(yyjson_obj_get(root, "unsafe"));
    row->suppressed = mp_rec_text(suppressed);
    row->reason = text_of(root, "reason");
    row->observed = number_of(root, "observed");
    row->expected = number_of(root, "expected");
    row->until = text_of(root, "until");
    row->departures = number_of(root, "departures");
    if (row->suppressed.p) /* what is hidden is never shown, even where it was left in */
        hide(row);
    return read_by(by, row, e);
}

static bool keep(struct mp_arena *a, struct mp_str *s)
{
    if (s->p)
        *s = mp_arena_str(a, *s);
    else
        return true;
    return s->p;
}

/* Where the texts of a row and of a published figure are. */
#define OF_ROW(field)    offsetof(struct mp_rows_row, field)
#define OF_FIGURE(field) offsetof(struct mp_published, field)

static const size_t row_texts[] = {OF_ROW(table),  OF_ROW(unit),       OF_ROW(measure),
                                   OF_ROW(value),  OF_ROW(suppressed), OF_ROW(rounded),
                                   OF_ROW(reason), OF_ROW(observed),   OF_ROW(expected),
                                   OF_ROW(until),  OF_ROW(departures)};
static const size_t figure_texts[] = {
    OF_FIGURE(name),   OF_FIGURE(label),  OF_FIGURE(definition),    OF_FIGURE(period),
    OF_FIGURE(source), OF_FIGURE(caveat), OF_FIGURE(not_countable), OF_FIGURE(value),
    OF_FIGURE(low),    OF_FIGURE(high),   OF_FIGURE(unit),          OF_FIGURE(bound)};
/* What the same cell says the same of; of the others one is as good as another. */
static const size_t told_texts[] = {OF_ROW(value),    OF_ROW(rounded), OF_ROW(observed),
                                    OF_ROW(expected), OF_ROW(until),   OF_ROW(departures)};

enum {
    ROW_TEXTS = sizeof row_texts / sizeof *row_texts,
    FIGURE_TEXTS = sizeof figure_texts / sizeof *figure_texts,
    TOLD_TEXTS = sizeof told_texts / sizeof *told_texts
};

static bool keep_texts(struct mp_arena *a, void *of, const size_t *places, size_t n)
{
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++)
        ok = keep(a, (struct mp_str *)(void *)((char *)of + places[i]));
    return ok;
}

static bool keep_figure(struct mp_arena *a, struct mp_rows_row *row)
{
    struct mp_published *f = mp_arena_alloc(a, sizeof *f);
    if (!f)
        return false;
    *f = *row->figure;
    row->figure = f;
    return keep_texts(a, f, figure_texts, FIGURE_TEXTS);
}

static bool keep_all(struct mp_arena *a, struct mp_rows_row *row)
{
    bool ok = keep_texts(a, row, row_texts, ROW_TEXTS) && (!row->figure || keep_figure(a, row));
    for (size_t i = 0; i < row->n_by; i++)
        ok = ok && keep(a, &row->by[i].dimension) && keep(a, &row->by[i].value);
    return ok;
}

/* Texts of which one or both may be nothing. */
static int text_cmp(struct mp_str x, struct mp_str y)
{
    return !x.p || !y.p ? !!x.p - !!y.p : mp_str_cmp(x, y);
}

/* Of two texts the one that is there; of two that are, the same one whichever came first. */
static bool take(struct mp_arena *a, struct mp_str *old, struct mp_str new)
{
    if (!new.p || (old->p && mp_str_cmp(*old, new) <= 0))
        return true;
    *old = new;
    return keep(a, old);
}

static int texts_cmp(const void *x, const void *y, const size_t *places, size_t n)
{
    int d = 0;
    for (size_t i = 0; i < n && d == 0; i++)
        d = text_cmp(*(const struct mp_str *)(const void *)((const char *)x + places[i]),
                     *(const struct mp_str *)(const void *)((const char *)y + places[i]));
    return d;
}

/* The same cell once more: of two that differ, and of one that is hidden once, no number stays. The
 * outcome is the same in whatever order they come. */
static bool merge(struct mp_arena *a, struct mp_rows_row *old, struct mp_rows_row *row)
{
    int d = row->figure ? texts_cmp(old->figure, row->figure, figure_texts, FIGURE_TEXTS) : 0;
    old->conflict |= d != 0 || texts_cmp(old, row, told_texts, TOLD_TEXTS) != 0 ||
                     !old->suppressed.p != !row->suppressed.p;
    old->unsafe |= row->unsafe;
    if (old->conflict || row->suppressed.p)
        hide(old);
    if (d > 0 && !keep_figure(a, row))
        return false;
    old->figure = d > 0 ? row->figure : old->figure;
    return take(a, &old->suppressed, row->suppressed) && take(a, &old->reason, row->reason) &&
           take(a, &old->rounded, row->rounded) && take(a, &old->until, row->until);
}

int mp_rows_add(struct mp_rows *r, yyjson_val *root, struct mp_error *e)
{
    struct mp_rows_row row = {0};
    struct mp_published figure;
    if (yyjson_obj_get(root, "figure")) {
        figure = read_figure(root);
        row.figure = &figure;
    }
    if (read_row(root, &row, e) < 0)
        return -1;
    struct mp_str key = key_of(r, &row);
    size_t place = r->key.failed ? MP_MAP_NONE : mp_map_put(&r->cells, key);
    if (place == MP_MAP_NONE)
        return mp_error_memory(e);
    size_t known = r->cells.entries[place].value;
    if (known > 0) {
        struct mp_rows_row *old = (struct mp_rows_row *)(void *)r->buf.data + known - 1;
        r->again++;
        return merge(&r->arena, old, &row) ? 0 : mp_error_memory(e);
    }
    if (!keep_all(&r->arena, &row))
        return mp_error_memory(e);
    mp_buf_add(&r->buf, &row, sizeof row);
    if (r->buf.failed)
        return mp_error_memory(e);
    r->row = (struct mp_rows_row *)(void *)r->buf.data;
    r->cells.entries[place].value = ++r->n;
    return 0;
}

static int figure_cmp(const struct mp_published *x, const struct mp_published *y)
{
    if (!x || !y)
        return !!x - !!y;
    int d = mp_rows_natural_cmp(x->name, y->name);
    return d ? d : text_cmp(x->label, y->label);
}

/* Rows of one table lie together, and no order depends on the input's. */
static int by_cell(const void *a, const void *b)
{
    const struct mp_rows_row *x = a, *y = b;
    int d = !!x->figure - !!y->figure;
    d = d ? d : mp_str_cmp(x->table, y->table);
    d = d ? d : figure_cmp(x->figure, y->figure);
    d = d ? d : text_cmp(x->unit, y->unit);
    d = d ? d : text_cmp(x->measure, y->measure);
    d = d ? d : (x->n_by > y->n_by) - (x->n_by < y->n_by);
    for (size_t i = 0; i < x->n_by && d == 0; i++)
        d = mp_str_cmp(x->by[i].dimension, y->by[i].dimension);
    for (size_t i = 0; i < x->n_by && d == 0; i++) {
        d = mp_str_cmp(x->by[i].value, y->by[i].value);
        d = d ? d : !x->by[i].value.p - !y->by[i].value.p;
    }
    return d;
}

int mp_rows_sort(struct mp_rows *r, struct mp_error *e)
{
    if (r->n > 1)
        qsort(r->row, r->n, sizeof *r->row, by_cell);
    for (size_t i = 0; i < r->n; i++) {
        size_t place = mp_map_find(&r->cells, key_of(r, r->row + i));
        if (r->key.failed || place == MP_MAP_NONE)
            return mp_error_memory(e);
        r->cells.entries[place].value = i + 1;
        r->n_counts += !r->row[i].figure;
    }
    return 0;
}

const struct mp_rows_row *mp_rows_find(struct mp_rows *r, struct mp_str table, struct mp_str unit,
                                       struct mp_str measure, const struct mp_by *by, size_t n)
{
    return mp_rows_find_of(r, NULL, table, unit, measure, by, n);
}

const struct mp_rows_row *mp_rows_find_of(struct mp_rows *r, const struct mp_published *figure,
                                          struct mp_str table, struct mp_str unit,
                                          struct mp_str measure, const struct mp_by *by, size_t n)
{
    struct mp_rows_row want = {
        .table = table, .figure = figure, .unit = unit, .measure = measure, .n_by = n};
    if (n > MP_ROW_DIMENSIONS)
        return NULL;
    if (n)
        memcpy(want.by, by, n * sizeof *by);
    for (size_t i = 0; i < n; i++)
        want.by[i].value = known(want.by[i].value);
    qsort(want.by, n, sizeof *want.by, by_dimension);
    size_t place = mp_map_find(&r->cells, key_of(r, &want));
    return place == MP_MAP_NONE || r->key.failed ? NULL
                                                 : r->row + r->cells.entries[place].value - 1;
}

const struct mp_by *mp_rows_by(const struct mp_rows_row *row, struct mp_str dimension)
{
    for (size_t i = 0; i < row->n_by; i++)
        if (mp_str_eq(row->by[i].dimension, dimension))
            return row->by + i;
    return NULL;
}

void mp_rows_placed(struct mp_rows *r, const struct mp_rows_row *row, int place)
{
    struct mp_rows_row *own = r->row + (row - r->row);
    if (own->place != MP_ROW_SHOWN && (place == MP_ROW_SHOWN || own->place != MP_ROW_FOLDED))
        own->place = (unsigned)place;
}

/* The total of a row's table, unit and measure; p NULL if it is hidden or not there. */
static struct mp_str total_of(struct mp_rows *r, const struct mp_rows_row *row)
{
    const struct mp_rows_row *t = mp_rows_find(r, row->table, row->unit, row->measure, NULL, 0);
    return t && !t->suppressed.p ? t->value : (struct mp_str){0};
}

long mp_rows_crossing(struct mp_rows *r)
{
    struct mp_map hidden = {0};
    const struct mp_str any = {0};
    long n = 0;
    for (size_t i = 0; i < r->n_counts && n >= 0; i++) {
        if (!r->row[i].suppressed.p)
            continue;
        size_t place = mp_map_put(&hidden, key_in(r, any, r->row + i));
        if (place == MP_MAP_NONE || r->key.failed)
            n = -1;
        else
            hidden.entries[place].value = i + 1;
    }
    for (size_t i = 0; i < r->n_counts && n >= 0; i++) {
        const struct mp_rows_row *row = r->row + i;
        if (row->suppressed.p || !row->value.p || row->rounded.p ||
            !mp_str_is(row->measure, "count"))
            continue;
        size_t place = mp_map_find(&hidden, key_in(r, any, row));
        if (place == MP_MAP_NONE)
            continue;
        struct mp_str total = total_of(r, row);
        struct mp_str other = total_of(r, r->row + hidden.entries[place].value - 1);
        n += total.p && other.p && mp_str_eq(total, other);
    }
    mp_map_free(&hidden);
    return r->key.failed ? -1 : n;
}

/* What tables are broken down by, and how a record's value of it is read. */
#include "count/dimension.h"

static const struct mp_str UNKNOWN = {"unknown", 7};

/* ---- the file ---- */

struct reader {
    struct mp_arena *arena;
    struct mp_yaml *never; /* list of paths */
    struct mp_error *e;
};

static bool begins_with(const struct mp_path *path, const struct mp_path *start)
{
    if (path->n < start->n)
        return false;
    for (size_t i = 0; i < start->n; i++)
        if (!mp_str_eq(path->keys[i], start->keys[i]))
            return false;
    return true;
}

static int read_path(struct reader *r, struct mp_yaml *y, struct mp_path *path)
{
    if (mp_yaml_is_text(y, r->e) < 0)
        return -1;
    return mp_path_of(path, y->text) ? 0 : mp_yaml_fail(y, r->e, "'%s' is no path", y->text.p);
}

/* A path whose values may stand in a row. */
static int read_open_path(struct reader *r, struct mp_yaml *y, struct mp_path *path)
{
    if (read_path(r, y, path) < 0)
        return -1;
    for (size_t i = 0; i < mp_yaml_count(r->never); i++) {
        struct mp_path never;
        if (read_path(r, mp_yaml_item(r->never, i), &never) < 0)
            return -1;
        if (begins_with(path, &never))
            return mp_yaml_fail(y, r->e, "'%s' may never stand in a table: see 'never'", y->text.p);
    }
    return 0;
}

static int read_moments(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    struct mp_yaml *at = mp_yaml_get(y, "at");
    d->n_at = mp_yaml_count(at);
    if (d->n_at == 0 || d->n_at > MP_DIM_MOMENTS)
        return mp_yaml_fail(at ? at : y, r->e, "'at' must name 1 to %d moments", MP_DIM_MOMENTS);
    for (size_t i = 0; i < d->n_at; i++)
        if (read_open_path(r, mp_yaml_item(at, i), &d->at[i]) < 0)
            return -1;
    return 0;
}

static int read_period(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    struct mp_str name = {0};
    d->kind = MP_DIM_PERIOD;
    if (mp_yaml_check(y, "each_report period at longest_gap", r->e) < 0 ||
        mp_yaml_text(y, "period", true, &name, r->e) < 0 || read_moments(r, y, d) < 0 ||
        mp_yaml_int(y, "longest_gap", true, &d->longest_gap, r->e) < 0)
        return -1;
    if (d->longest_gap < 0)
        return mp_yaml_fail(mp_yaml_get(y, "longest_gap"), r->e, "must not be negative");
    for (d->period = 0; d->period < MP_N_PERIODS; d->period++)
        if (mp_str_is(name, mp_period_names[d->period]))
            return 0;
    return mp_yaml_fail(mp_yaml_get(y, "period"), r->e, "'%s' is none of: week month quarter year",
                        name.p);
}

/* A value that always has its place, before all that come out of records. */
static int list_value(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    if (mp_yaml_is_text(y, r->e) < 0)
        return -1;
    if (mp_str_eq(y->text, UNKNOWN) || mp_map_find(&d->texts, y->text) != MP_MAP_NONE)
        return mp_yaml_fail(y, r->e, "'%s' is there already", y->text.p);
    if (mp_map_put(&d->texts, y->text) == MP_MAP_NONE)
        return mp_error_memory(r->e);
    d->n_listed++;
    return 0;
}

static int read_bands(struct reader *r, struct mp_yaml *list, struct mp_dim *d)
{
    size_t n = mp_yaml_count(list);
    int64_t *below = mp_arena_alloc(r->arena, (n + 1) * sizeof *below);
    if (!below)
        return mp_error_memory(r->e);
    d->below = below;
    for (size_t i = 0; i < n; i++) {
        struct mp_yaml *y = mp_yaml_item(list, i), *name = mp_yaml_get(y, "name");
        bool last = i + 1 == n;
        if (mp_yaml_check(y, last ? "name" : "name below", r->e) < 0 ||
            (!last && mp_yaml_int(y, "below", true, &below[i], r->e) < 0))
            return -1;
        if (!last && below[i] <= (i ? below[i - 1] : 0))
            return mp_yaml_fail(y, r->e, "classes must go up");
        if (!name)
            return mp_yaml_fail(y, r->e, "key 'name' is missing");
        if (list_value(r, name, d) < 0)
            return -1;
    }
    return 0;
}

static int read_band(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    struct mp_yaml *age = mp_yaml_get(y, "age"), *bands = mp_yaml_get(y, "bands");
    d->kind = MP_DIM_BAND;
    if (mp_yaml_check(y, "each_report born at age bands", r->e) < 0 ||
        read_path(r, mp_yaml_get(y, "born"), &d->born) < 0 || read_moments(r, y, d) < 0 ||
        (age && read_path(r, age, &d->age) < 0))
        return -1;
    if (mp_yaml_count(bands) == 0)
        return mp_yaml_fail(y, r->e, "key 'bands' must list classes");
    return read_bands(r, bands, d);
}

static int read_field(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    struct mp_yaml *field = mp_yaml_get(y, "field"), *values = mp_yaml_get(y, "values");
    d->kind = MP_DIM_TEXT;
    if (mp_yaml_check(y, "each_report field values", r->e) < 0)
        return -1;
    if (!field)
        return mp_yaml_fail(y, r->e, "a dimension has one of: field, period, born");
    if (read_open_path(r, field, &d->field) < 0)
        return -1;
    for (size_t i = 0; i < mp_yaml_count(values); i++)
        if (list_value(r, mp_yaml_item(values, i), d) < 0)
            return -1;
    return 0;
}

static int read_dim(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    if (mp_yaml_bool(y, "each_report", &d->each_report, r->e) < 0)
        return -1;
    if (mp_yaml_get(y, "period"))
        return read_period(r, y, d);
    return mp_yaml_get(y, "born") ? read_band(r, y, d) : read_field(r, y, d);
}

/* Names become keys of rows and are parted by commas on the command line. */
static int check_name(const struct mp_yaml *y, struct mp_error *e)
{
    if (y->text.n == 0 || strspn(y->text.p, "abcdefghijklmnopqrstuvwxyz0123456789_") != y->text.n)
        return mp_yaml_fail(y, e, "a name has a to z, digits and low lines only");
    return 0;
}

int mp_dims_read(struct mp_arena *a, const char *path, struct mp_dims *dims, struct mp_error *e)
{
    struct mp_yaml *root;
    struct mp_str version;
    *dims = (struct mp_dims){0};
    if (mp_yaml_load(a, path, &root, e) < 0 ||
        mp_yaml_check(root, "version never dimensions", e) < 0 ||
        mp_yaml_text(root, "version", true, &version, e) < 0)
        return -1;
    struct reader r = {a, mp_yaml_get(root, "never"), e};
    struct mp_yaml *list = mp_yaml_get(root, "dimensions");
    if (mp_yaml_count(r.never) == 0)
        return mp_yaml_fail(root, e, "key 'never' must list what may not stand in a table");
    if (!list || list->kind != MP_YAML_MAP)
        return mp_yaml_fail(list ? list : root, e, "key 'dimensions' must hold dimensions by name");
    dims->items = mp_arena_alloc(a, (list->n + 1) * sizeof *dims->items);
    if (!dims->items)
        return mp_error_memory(e);
    for (size_t i = 0; i < list->n; i++) {
        struct mp_dim *d = &dims->items[dims->n++];
        d->name = list->keys[i]->text;
        if (check_name(list->keys[i], e) < 0 || read_dim(&r, list->items[i], d) < 0)
            return -1;
    }
    return 0;
}

void mp_dims_free(struct mp_dims *dims)
{
    for (size_t i = 0; i < dims->n; i++) {
        mp_map_free(&dims->items[i].texts);
        mp_numbers_free(&dims->items[i].periods);
    }
    dims->n = 0;
}

struct mp_dim *mp_dims_find(const struct mp_dims *dims, struct mp_str name)
{
    for (size_t i = 0; i < dims->n; i++)
        if (mp_str_eq(dims->items[i].name, name))
            return &dims->items[i];
    return NULL;
}

/* ---- values ---- */

static int numbered(struct mp_dim *d, size_t place, uint32_t *value, struct mp_error *e)
{
    if (place == (size_t)-1) /* MP_MAP_NONE and MP_NUMBERS_NONE */
        return mp_error_memory(e);
    if (place > MP_VALUE_MAX - MP_VALUE_FIRST)
        return mp_error_set(e, MP_TOO_MANY_VALUES, "'%s' has more than %d values", d->name.p,
                            MP_VALUE_MAX - MP_VALUE_FIRST + 1);
    *value = (uint32_t)place + MP_VALUE_FIRST;
    return 0;
}

int mp_dim_period(struct mp_dim *d, int32_t period, uint32_t *value, struct mp_error *e)
{
    return numbered(d, mp_numbers_put(&d->periods, (uint64_t)(uint32_t)period), value, e);
}

static struct mp_time moment(const struct mp_dim *d, yyjson_val *of)
{
    struct mp_time t = {0};
    for (size_t i = 0; i < d->n_at && !t.known; i++) {
        struct mp_str s = mp_rec_text(mp_rec_get(of, &d->at[i]));
        if (s.p)
            mp_time_read(s, &t);
    }
    return t;
}

/* Age at the moment from the date of birth; without one of the two, the age as it was given. */
static bool age_of(const struct mp_dim *d, yyjson_val *of, int64_t *age)
{
    struct mp_time born = {0}, t = moment(d, of);
    struct mp_str s = mp_rec_text(mp_rec_get(of, &d->born));
    if (s.p && t.known && mp_time_read(s, &born))
        *age = mp_date_age(born.day, t.day);
    else if (d->age.n == 0 || !mp_rec_int(mp_rec_get(of, &d->age), age))
        return false;
    return *age >= 0;
}

static uint32_t band_of(const struct mp_dim *d, int64_t age)
{
    size_t i = 0;
    while (i + 1 < d->n_listed && age >= d->below[i])
        i++;
    return (uint32_t)i + MP_VALUE_FIRST;
}

static struct mp_str text_of(yyjson_val *v)
{
    if (yyjson_is_bool(v))
        return yyjson_is_true(v) ? MP_STR("true") : MP_STR("false");
    return mp_str_trim(mp_rec_text(v));
}

int mp_dim_value(struct mp_dim *d, yyjson_val *of, uint32_t *value, struct mp_error *e)
{
    *value = MP_VALUE_UNKNOWN;
    if (d->kind == MP_DIM_PERIOD) {
        struct mp_time t = moment(d, of);
        return t.known ? mp_dim_period(d, mp_period_of(d->period, t.day), value, e) : 0;
    }
    if (d->kind == MP_DIM_BAND) {
        int64_t age;
        if (age_of(d, of, &age))
            *value = band_of(d, age);
        return 0;
    }
    struct mp_str s = text_of(mp_rec_get(of, &d->field));
    if (s.n == 0 || mp_str_eq(s, UNKNOWN))
        return 0;
    return numbered(d, mp_map_put(&d->texts, s), value, e);
}

size_t mp_dim_n_values(const struct mp_dim *d)
{
    return MP_VALUE_FIRST + (d->kind == MP_DIM_PERIOD ? d->periods.n : d->texts.n);
}

void mp_dim_add_value(struct mp_buf *b, const struct mp_dim *d, uint32_t value)
{
    if (value == MP_VALUE_UNKNOWN)
        mp_buf_addstr(b, UNKNOWN);
    else if (d->kind == MP_DIM_PERIOD)
        mp_period_add(b, d->period, (int32_t)(uint32_t)d->periods.keys[value - MP_VALUE_FIRST]);
    else
        mp_buf_addstr(b, d->texts.entries[value - MP_VALUE_FIRST].key);
}

/* Reading the file of dimensions. */
#include "count/dimension.h"

/* Dimensions that are codes of signals, of which a run asks for few. */
enum { CODES_ASKED = 32 };

struct reader {
    const struct mp_rules *rules;
    struct mp_yaml *never;    /* list of paths */
    struct mp_yaml *internal; /* of those that only internal dimensions may read */
    struct mp_error *e;
};

/* A value that always has its place, before all that come out of records. */
static int list_value(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    if (mp_yaml_is_text(y, r->e) < 0)
        return -1;
    if (mp_str_is(y->text, "unknown") || mp_map_find(&d->texts, y->text) != MP_MAP_NONE)
        return mp_yaml_fail(y, r->e, "'%s' is there already", y->text.p);
    if (mp_map_put(&d->texts, y->text) == MP_MAP_NONE)
        return mp_error_memory(r->e);
    d->n_listed++;
    return 0;
}

static int read_moments(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    struct mp_yaml *at = mp_yaml_get(y, "at");
    if (mp_moments_read(r->rules, y, "at", &d->at, r->e) < 0)
        return -1;
    for (size_t i = 0; i < d->at.n; i++)
        (void)mp_path_of(&d->at_paths[i], mp_yaml_item(at, i)->text);
    return 0;
}

static int read_period(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    struct mp_str name = {0};
    d->kind = MP_DIM_PERIOD;
    if (mp_yaml_check(y, "each_report internal period at longest_gap", r->e) < 0 ||
        mp_yaml_text(y, "period", true, &name, r->e) < 0 || read_moments(r, y, d) < 0 ||
        mp_yaml_int(y, "longest_gap", true, &d->longest_gap, r->e) < 0)
        return -1;
    if (d->longest_gap < 0)
        return mp_yaml_fail(mp_yaml_get(y, "longest_gap"), r->e, "must not be negative");
    for (d->period = 0; d->period < MP_N_PERIODS; d->period++)
        if (mp_str_is(name, mp_period_names[d->period]))
            return 0;
    return mp_yaml_fail(mp_yaml_get(y, "period"), r->e,
                        "'%s' is none of: day week month quarter year", name.p);
}

static int read_bands(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    struct mp_yaml *list = mp_yaml_get(y, "bands");
    size_t n = mp_yaml_count(list);
    int64_t *below = mp_arena_alloc(r->rules->arena, (n + 1) * sizeof *below);
    if (n == 0)
        return mp_yaml_fail(y, r->e, "key 'bands' must list classes");
    if (!below)
        return mp_error_memory(r->e);
    d->below = below;
    for (size_t i = 0; i < n; i++) {
        struct mp_yaml *band = mp_yaml_item(list, i), *name = mp_yaml_get(band, "name");
        bool last = i + 1 == n;
        if (mp_yaml_check(band, last ? "name" : "name below", r->e) < 0 ||
            (!last && mp_yaml_int(band, "below", true, &below[i], r->e) < 0))
            return -1;
        if (!last && below[i] <= (i ? below[i - 1] : 0))
            return mp_yaml_fail(band, r->e, "classes must go up");
        if (!name)
            return mp_yaml_fail(band, r->e, "key 'name' is missing");
        if (list_value(r, name, d) < 0)
            return -1;
    }
    return 0;
}

/* The date of birth may not come out, but the class of an age may. */
static int read_age(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    struct mp_yaml *age = mp_yaml_get(y, "age");
    d->kind = MP_DIM_AGE;
    d->age = MP_LOOKUP_NONE;
    if (mp_yaml_check(y, "born at age bands", r->e) < 0 ||
        mp_place_read(r->rules, NULL, mp_yaml_get(y, "born"), &d->born, r->e) < 0 ||
        (age && mp_place_read(r->rules, NULL, age, &d->age, r->e) < 0) || read_moments(r, y, d) < 0)
        return -1;
    return read_bands(r, y, d);
}

static int read_number(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    d->kind = MP_DIM_NUMBER;
    if (mp_yaml_check(y, "number hours days bands", r->e) < 0 ||
        mp_quantity_read(r->rules, NULL, y, &d->quantity, r->e) < 0)
        return -1;
    return read_bands(r, y, d);
}

/* One key of a list's maps, and the one value that it must have. */
static int read_only(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    struct mp_yaml *only = mp_yaml_get(y, "only");
    if (!only)
        return 0;
    if (only->kind != MP_YAML_MAP || only->n != 1 || mp_yaml_is_text(only->items[0], r->e) < 0)
        return mp_yaml_fail(only, r->e, "'only' is one key and its value");
    d->only_key = only->keys[0]->text;
    d->only_value = only->items[0]->text;
    return 0;
}

static int read_field(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    struct mp_yaml *field = mp_yaml_get(y, "field"), *values = mp_yaml_get(y, "values");
    d->kind = MP_DIM_TEXT;
    if (mp_yaml_check(y, "each_report several internal field item only pseudonym values", r->e) <
            0 ||
        mp_place_read(r->rules, r->never, field, &d->place, r->e) < 0)
        return -1;
    (void)mp_path_of(&d->field, field->text);
    if (mp_yaml_text(y, "item", false, &d->item, r->e) < 0 ||
        mp_yaml_bool(y, "pseudonym", &d->pseudonym, r->e) < 0 || read_only(r, y, d) < 0)
        return -1;
    d->internal |= d->pseudonym; /* who knows a value can find its hash */
    if (!d->internal && mp_never_check(r->internal, field, &d->field, r->e) < 0)
        return mp_yaml_fail(field, r->e, "only an internal dimension may read '%s'", field->text.p);
    for (size_t i = 0; i < mp_yaml_count(values); i++)
        if (list_value(r, mp_yaml_item(values, i), d) < 0)
            return -1;
    return 0;
}

/* ---- classes ---- */

static int make_classes(struct reader *r, struct mp_yaml *at, size_t n, struct mp_dim *d)
{
    d->kind = MP_DIM_CLASSES;
    d->n_classes = n;
    if (n == 0 || n > MP_DIM_VALUES)
        return mp_yaml_fail(at, r->e, "here must stand 1 to %d classes", MP_DIM_VALUES);
    d->classes = mp_arena_alloc(r->rules->arena, (n + 1) * sizeof *d->classes);
    return d->classes ? 0 : mp_error_memory(r->e);
}

/* The bits of one code and one status. */
static int add_code(struct reader *r, struct mp_dim *d, struct mp_dim_class *c, struct mp_str code,
                    struct mp_str status)
{
    struct mp_lookup *l = &r->rules->k->lookup;
    unsigned bit = status.p ? mp_codes_status(&l->codes, status) : 0;
    d->signals = mp_lookup_add_signals(l);
    c->statuses |= bit;
    if (d->signals != MP_LOOKUP_NONE && mp_codes_add(&l->codes, code, &c->code) &&
        (bit || !status.p))
        return 0;
    return mp_error_set(r->e, MP_USAGE, "the tables ask for more than %d codes or %d paths",
                        MP_CODES_MAX, MP_LOOKUP_MAX);
}

static int read_code(struct reader *r, struct mp_yaml *y, struct mp_yaml *statuses,
                     struct mp_dim *d, struct mp_dim_class *c)
{
    if (list_value(r, y, d) < 0)
        return -1;
    if (!mp_rules_has_code(r->rules, y->text))
        return mp_yaml_fail(y, r->e, "no signal has the code '%s': see codes.yaml", y->text.p);
    size_t n = mp_yaml_count(statuses);
    for (size_t i = 0; i < n || i == 0; i++) {
        struct mp_yaml *status = n ? mp_yaml_item(statuses, i) : NULL;
        if (status && mp_yaml_is_text(status, r->e) < 0)
            return -1;
        if (status && !mp_str_in(mp_condition_statuses, status->text))
            return mp_yaml_fail(status, r->e, "'%s' is none of: %s", status->text.p,
                                mp_condition_statuses);
        if (add_code(r, d, c, y->text, status ? status->text : (struct mp_str){0}) < 0)
            return -1;
    }
    return 0;
}

static int read_codes(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    struct mp_yaml *codes = mp_yaml_get(y, "codes"), *statuses = mp_yaml_get(y, "status");
    d->several = true;
    if (mp_yaml_check(y, "codes status several", r->e) < 0 ||
        make_classes(r, codes, mp_yaml_count(codes), d) < 0)
        return -1;
    for (size_t i = 0; i < d->n_classes; i++)
        if (read_code(r, mp_yaml_item(codes, i), statuses, d, &d->classes[i]) < 0)
            return -1;
    return 0;
}

static int read_classes(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    struct mp_yaml *list = mp_yaml_get(y, "classes"), *otherwise = mp_yaml_get(y, "otherwise");
    if (mp_yaml_check(y, "classes several otherwise", r->e) < 0 ||
        make_classes(r, list, mp_yaml_count(list), d) < 0)
        return -1;
    for (size_t i = 0; i < d->n_classes; i++) {
        struct mp_yaml *class = mp_yaml_item(list, i), *name = mp_yaml_get(class, "name");
        if (mp_yaml_check(class, "name when", r->e) < 0)
            return -1;
        if (!name)
            return mp_yaml_fail(class, r->e, "key 'name' is missing");
        if (list_value(r, name, d) < 0 ||
            mp_rules_when(r->rules, class, "when", true, &d->classes[i].when, r->e) < 0)
            return -1;
    }
    if (!otherwise)
        return 0;
    d->otherwise = MP_VALUE_FIRST + (uint32_t)d->n_listed;
    return list_value(r, otherwise, d);
}

/* ---- the file ---- */

static int read_kind(struct reader *r, struct mp_yaml *y, struct mp_dim *d)
{
    static const struct {
        const char *key;
        int (*read)(struct reader *, struct mp_yaml *, struct mp_dim *);
    } kinds[] = {
        {"field", read_field},   {"period", read_period},   {"born", read_age},
        {"number", read_number}, {"hours", read_number},    {"days", read_number},
        {"codes", read_codes},   {"classes", read_classes},
    };
    if (mp_yaml_bool(y, "each_report", &d->each_report, r->e) < 0 ||
        mp_yaml_bool(y, "several", &d->several, r->e) < 0 ||
        mp_yaml_bool(y, "internal", &d->internal, r->e) < 0)
        return -1;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (mp_yaml_get(y, kinds[i].key))
            return kinds[i].read(r, y, d);
    return mp_yaml_fail(
        y, r->e,
        "a dimension has one of: field, period, born, number, hours, days, codes, classes");
}

/* A dimension is read anew when it is taken into use, bound to the case of the run: places in it
 * are few, and most dimensions are never asked for. */
static int read_dim(struct reader *r, struct mp_dim *d)
{
    mp_map_free(&d->texts);
    *d = (struct mp_dim){.name = d->name, .yaml = d->yaml};
    return read_kind(r, d->yaml, d);
}

static int check_dim(const struct mp_dims *dims, struct mp_dim *d, struct mp_error *e)
{
    struct mp_case *k = mp_arena_alloc(dims->rules->arena, sizeof *k);
    struct mp_rules alone = *dims->rules;
    if (!k)
        return mp_error_memory(e);
    mp_case_make(k, (struct mp_time){0});
    mp_case_judged(k);
    alone.k = k;
    return read_dim(&(struct reader){&alone, dims->never, dims->internal, e}, d);
}

/* Names become keys of rows and are parted by commas on the command line. */
static int check_name(const struct mp_yaml *y, struct mp_error *e)
{
    if (y->text.n == 0 || strspn(y->text.p, "abcdefghijklmnopqrstuvwxyz0123456789_") != y->text.n)
        return mp_yaml_fail(y, e, "a name has a to z, digits and low lines only");
    return 0;
}

int mp_dims_read(struct mp_rules *rules, const char *path, struct mp_dims *dims, struct mp_error *e)
{
    struct mp_yaml *root;
    struct mp_str version;
    *dims = (struct mp_dims){.rules = rules};
    if (mp_yaml_load(rules->arena, path, &root, e) < 0 ||
        mp_yaml_check(root, "version never internal dimensions", e) < 0 ||
        mp_yaml_text(root, "version", true, &version, e) < 0)
        return -1;
    dims->never = mp_yaml_get(root, "never");
    dims->internal = mp_yaml_get(root, "internal");
    dims->path = root->file.p;
    struct mp_yaml *list = mp_yaml_get(root, "dimensions");
    if (mp_yaml_count(dims->never) == 0)
        return mp_yaml_fail(root, e, "key 'never' must list what may not stand in a table");
    if (!list || list->kind != MP_YAML_MAP)
        return mp_yaml_fail(list ? list : root, e, "key 'dimensions' must hold dimensions by name");
    dims->cap = list->n + CODES_ASKED;
    dims->items = mp_arena_alloc(rules->arena, (dims->cap + 1) * sizeof *dims->items);
    if (!dims->items)
        return mp_error_memory(e);
    for (size_t i = 0; i < list->n; i++) {
        struct mp_dim *d = &dims->items[dims->n++];
        *d = (struct mp_dim){.name = list->keys[i]->text, .yaml = list->items[i]};
        if (check_name(list->keys[i], e) < 0 || check_dim(dims, d, e) < 0)
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

/* ---- taking into use ---- */

/* The statuses of one code, in the order in which the first that a signal has is the record's. */
static int use_code(struct reader *r, struct mp_dim *d)
{
    struct mp_yaml here = {.text = d->name, .file = MP_STR("codes.yaml")};
    if (make_classes(r, &here, MP_CONDITION_STATUSES, d) < 0)
        return -1;
    const char *at = mp_condition_statuses;
    for (size_t i = 0; i < MP_CONDITION_STATUSES; i++) {
        struct mp_str status = {at, strcspn(at, " ")};
        if (add_code(r, d, &d->classes[i], d->name, status) < 0)
            return -1;
        if (mp_map_put(&d->texts, status) == MP_MAP_NONE)
            return mp_error_memory(r->e);
        at += status.n + 1;
    }
    d->n_listed = MP_CONDITION_STATUSES;
    return 0;
}

int mp_dims_find(struct mp_dims *dims, struct mp_str name, struct mp_dim **out, struct mp_error *e)
{
    size_t i = 0;
    struct reader r = {dims->rules, dims->never, dims->internal, e};
    while (i < dims->n && !mp_str_eq(dims->items[i].name, name))
        i++;
    *out = NULL;
    if (i == dims->n) {
        if (!dims->rules->codes || !mp_rules_has_code(dims->rules, name))
            return 0;
        if (i == dims->cap)
            return mp_error_set(e, MP_USAGE, "more than %d codes of signals", CODES_ASKED);
        struct mp_str copy = mp_arena_str(dims->rules->arena, name);
        if (!copy.p)
            return mp_error_memory(e);
        dims->items[dims->n++] = (struct mp_dim){.name = copy};
    }
    struct mp_dim *d = *out = &dims->items[i];
    if (d->in_use)
        return 0;
    int bad = d->yaml ? read_dim(&r, d) : use_code(&r, d);
    d->in_use = true;
    return bad;
}

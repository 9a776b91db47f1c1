/* Reading sets of crosstabs, from YAML or from the command line. */
#include "count/crosstab.h"
#include "base/distance.h"

/* ---- dimensions ---- */

/* The name that is meant, as far as typing errors go; NULL if none is near. */
static const struct mp_dim *nearest(const struct mp_dims *dims, struct mp_str name)
{
    const struct mp_dim *best = NULL;
    unsigned least = 3;
    for (size_t i = 0; i < dims->n; i++) {
        unsigned apart = mp_distance(name, dims->items[i].name, false, least);
        if (apart < least) {
            least = apart;
            best = &dims->items[i];
        }
    }
    return best;
}

static void explain_unknown(const struct mp_dims *dims, struct mp_str name, struct mp_buf *b)
{
    char quote[200];
    const struct mp_dim *near = nearest(dims, name);
    mp_buf_addf(b, "'%s' is no dimension", mp_error_quote(name, quote));
    if (near)
        mp_buf_addf(b, "; is '%s' meant?", near->name.p);
    const char *file = strrchr(dims->path, '/');
    mp_buf_addf(b, "%s All stand in %s, and each code of signals is one, too", near ? "" : ".",
                file ? file + 1 : dims->path);
}

/* Adds a dimension by name. What is wrong, in `room`; its length is 0 where all is well. -1 with
 * the error if it is the dimension that is wrong. */
static int add_dim(struct mp_crosstab *t, struct mp_dims *dims, struct mp_str name,
                   struct mp_buf *room, struct mp_error *e)
{
    struct mp_dim *d;
    room->len = 0;
    if (mp_dims_find(dims, name, &d, e) < 0)
        return -1;
    if (!d) {
        explain_unknown(dims, name, room);
        return 0;
    }
    for (size_t i = 0; i < t->n_by; i++) {
        if (t->by[i] == d)
            mp_buf_adds(room, "a dimension stands here twice");
        else if (t->by[i]->kind == MP_DIM_PERIOD && d->kind == MP_DIM_PERIOD)
            mp_buf_adds(room, "two dimensions of time do not go together");
        if (room->len > 0)
            return 0;
    }
    if (t->n_by == MP_CROSSTAB_DIMS) {
        mp_buf_adds(room, "a table has at most four dimensions");
        return 0;
    }
    t->by[t->n_by++] = d;
    t->each_report |= d->each_report;
    t->internal |= d->internal;
    return 0;
}

static int read_by(struct mp_yaml *y, struct mp_dims *dims, struct mp_crosstab *t,
                   struct mp_error *e)
{
    struct mp_buf room = {0};
    int bad = 0;
    for (size_t i = 0; !bad && i < mp_yaml_count(y); i++) {
        struct mp_yaml *item = mp_yaml_item(y, i);
        bad = mp_yaml_is_text(item, e) < 0 || add_dim(t, dims, item->text, &room, e) < 0;
        if (!bad && room.len > 0)
            bad = mp_buf_cstr(&room) ? mp_yaml_fail(item, e, "%s", room.data) : mp_error_memory(e);
    }
    mp_buf_free(&room);
    return bad ? -1 : 0;
}

/* ---- units and measures ---- */

static int read_unit(struct mp_yaml *y, struct mp_crosstab *t, struct mp_error *e)
{
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    for (enum mp_count_unit u = 0; u < MP_N_UNITS; u++) {
        if (!mp_str_is(y->text, mp_count_unit_names[u]))
            continue;
        if (mp_crosstab_has(t, u))
            return mp_yaml_fail(y, e, "'%s' stands here twice", y->text.p);
        t->units[t->n_units++] = u;
        return 0;
    }
    return mp_yaml_fail(y, e, "'%s' is none of: reports episodes persons", y->text.p);
}

static int unknown_measure(struct mp_yaml *y, struct mp_error *e)
{
    struct mp_buf names = {0};
    for (size_t i = 0; i < MP_N_MEASURES; i++)
        mp_buf_addf(&names, " %s", mp_measure_kinds[i].name);
    int bad = mp_buf_cstr(&names) ? mp_yaml_fail(y, e, "'%s' is none of:%s", y->text.p, names.data)
                                  : mp_error_memory(e);
    mp_buf_free(&names);
    return bad;
}

static int read_measure(struct mp_yaml *y, struct mp_crosstab *t, struct mp_error *e)
{
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    enum mp_measure m = 0;
    while (m < MP_N_MEASURES && !mp_str_is(y->text, mp_measure_kinds[m].name))
        m++;
    if (m == MP_N_MEASURES)
        return unknown_measure(y, e);
    bool told = false;
    for (size_t i = 0; i < t->n_units; i++)
        told |= (mp_measure_kinds[m].units >> t->units[i] & 1) != 0;
    if (!told)
        return mp_yaml_fail(y, e, "'%s' can be told of no unit of this table", y->text.p);
    for (size_t i = 0; i < t->n_measures; i++)
        if (t->measures[i] == m)
            return mp_yaml_fail(y, e, "'%s' stands here twice", y->text.p);
    t->measures[t->n_measures++] = m;
    return 0;
}

static int read_lists(struct mp_yaml *map, struct mp_crosstab *t, struct mp_error *e)
{
    struct mp_yaml *units = mp_yaml_get(map, "units"), *measure = mp_yaml_get(map, "measure");
    if (!units)
        units = mp_yaml_get(map, "unit");
    if (mp_yaml_count(units) == 0 || mp_yaml_count(measure) == 0)
        return mp_yaml_fail(map, e, "key '%s' is missing",
                            mp_yaml_count(units) ? "measure" : "units");
    for (size_t i = 0; i < mp_yaml_count(units); i++)
        if (read_unit(mp_yaml_item(units, i), t, e) < 0)
            return -1;
    for (size_t i = 0; i < mp_yaml_count(measure); i++)
        if (read_measure(mp_yaml_item(measure, i), t, e) < 0)
            return -1;
    return 0;
}

/* ---- what measures need ---- */

static int read_over(struct mp_yaml *map, struct mp_crosstab *t, struct mp_error *e)
{
    struct mp_yaml *y = mp_yaml_get(map, "over");
    bool concentration = mp_crosstab_has_measure(t, MP_CONCENTRATION);
    t->over = t->n_by > 0 ? t->n_by - 1 : MP_OVER_PERSON;
    if (!y && (concentration || (t->n_by == 0 && mp_crosstab_has_measure(t, MP_SHARE))))
        return mp_yaml_fail(map, e, "key 'over' is missing");
    if (!y)
        return 0;
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    t->over = 0;
    while (t->over < t->n_by && !mp_str_eq(t->by[t->over]->name, y->text))
        t->over++;
    if (t->over < t->n_by)
        return 0;
    t->over = MP_OVER_PERSON;
    if (!concentration || mp_crosstab_has_measure(t, MP_SHARE) || !mp_str_is(y->text, "person"))
        return mp_yaml_fail(y, e, "'%s' is no dimension of this table", y->text.p);
    return 0;
}

/* 10, or 5%. */
static int read_top(struct mp_yaml *map, struct mp_crosstab *t, struct mp_error *e)
{
    struct mp_yaml *y = mp_yaml_get(map, "top");
    if (!y && !mp_crosstab_has_measure(t, MP_CONCENTRATION))
        return 0;
    if (!y)
        return mp_yaml_fail(map, e, "key 'top' is missing");
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    struct mp_str s = y->text;
    int64_t n;
    t->top_percent = s.n > 1 && s.p[s.n - 1] == '%';
    s.n -= t->top_percent;
    if (!mp_rec_int_of(s, &n) || n < 1 || (t->top_percent && n > 100))
        return mp_yaml_fail(y, e, "'%s' is neither a number from 1 nor a percentage", y->text.p);
    t->top = (uint64_t)n;
    return 0;
}

static int read_of(struct mp_yaml *map, struct mp_dims *dims, struct mp_crosstab *t,
                   struct mp_error *e)
{
    struct mp_yaml *of = mp_yaml_get(map, "of");
    if (!of && !mp_crosstab_needs_spans(t))
        return 0;
    size_t missing = mp_case_place(dims->rules->k, "time.missing_hours");
    t->of = (struct mp_quantity){.place = missing};
    if (of && (mp_yaml_check(of, "number hours days", e) < 0 ||
               mp_quantity_read(dims->rules, dims->never, of, &t->of, e) < 0))
        return -1;
    t->censored = t->of.kind == MP_QUANTITY_PATH && t->of.place == missing;
    return 0;
}

static const struct mp_dim *time_of(const struct mp_crosstab *t)
{
    for (size_t i = 0; i < t->n_by; i++)
        if (t->by[i]->kind == MP_DIM_PERIOD)
            return t->by[i];
    return NULL;
}

static int read_count(struct mp_yaml *map, const char *key, bool must, unsigned *out,
                      struct mp_error *e)
{
    int64_t n = (int64_t)*out;
    if (mp_yaml_int(map, key, must, &n, e) < 0)
        return -1;
    if (n < 0 || n > INT32_MAX)
        return mp_yaml_fail(mp_yaml_get(map, key), e, "must be 0 or more");
    *out = (unsigned)n;
    return 0;
}

static int read_level(struct mp_yaml *map, const char *key, double *out, struct mp_error *e)
{
    struct mp_yaml *y = mp_yaml_get(map, key);
    if (!y)
        return 0;
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    return mp_condition_number(y->text, out) ? 0
                                             : mp_yaml_fail(y, e, "'%s' is no number", y->text.p);
}

/* The parameters of alarms; those that are not there are as published. */
static int read_alarm(struct mp_yaml *map, struct mp_crosstab *t, struct mp_error *e)
{
    struct mp_yaml *y = mp_yaml_get(map, "alarm");
    bool farrington = mp_crosstab_has_measure(t, MP_FARRINGTON);
    const struct mp_dim *time = time_of(t);
    if (!farrington && !mp_crosstab_has_measure(t, MP_EARS_C2))
        return y ? mp_yaml_fail(y, e, "'alarm' goes with ears_c2 and farrington") : 0;
    if (!time || (farrington && time->period != MP_WEEK))
        return mp_yaml_fail(map, e, "an alarm needs a dimension of time; farrington needs weeks");
    t->ears = mp_ears_c2;
    t->farrington = mp_farrington_2013;
    if (!y)
        return 0;
    if (mp_yaml_check(y, "baseline lag threshold least_deviation years half_width alpha", e) < 0 ||
        read_count(y, "baseline", false, &t->ears.baseline, e) < 0 ||
        read_count(y, "lag", false, &t->ears.lag, e) < 0 ||
        read_level(y, "threshold", &t->ears.threshold, e) < 0 ||
        read_level(y, "least_deviation", &t->ears.least_deviation, e) < 0 ||
        read_count(y, "years", false, &t->farrington.years, e) < 0 ||
        read_count(y, "half_width", false, &t->farrington.half_width, e) < 0 ||
        read_level(y, "alpha", &t->farrington.alpha, e) < 0)
        return -1;
    const char *fault = mp_ears_fault(&t->ears);
    if (!fault)
        fault = mp_farrington_fault(&t->farrington);
    return fault ? mp_yaml_fail(y, e, "'%s' is out of its range", fault) : 0;
}

static int read_run(struct mp_yaml *map, struct mp_crosstab *t, struct mp_error *e)
{
    struct mp_yaml *y = mp_yaml_get(map, "run");
    const struct mp_dim *time = time_of(t);
    if (!mp_crosstab_has_measure(t, MP_RUN))
        return y ? mp_yaml_fail(y, e, "'run' goes with the measure run") : 0;
    if (!time || time->period != MP_DAY || t->n_by < 2)
        return mp_yaml_fail(map, e, "a run needs a dimension of days and one of places");
    if (!y)
        return mp_yaml_fail(map, e, "key 'run' is missing");
    if (mp_yaml_check(y, "within persons", e) < 0 ||
        read_count(y, "within", true, &t->run_days, e) < 0 ||
        read_count(y, "persons", true, &t->run_persons, e) < 0)
        return -1;
    return t->run_persons >= 2
               ? 0
               : mp_yaml_fail(mp_yaml_get(y, "persons"), e, "a run is of two persons or more");
}

/* What is listed, and for whom. */
static int read_listing(struct mp_yaml *map, struct mp_crosstab *t, struct mp_error *e)
{
    unsigned least = 0;
    bool internal = false;
    if (read_count(map, "least_persons", false, &least, e) < 0 ||
        mp_yaml_bool(map, "internal", &internal, e) < 0)
        return -1;
    t->internal |= internal;
    t->least_persons = least;
    return 0;
}

int mp_crosstab_read(struct mp_yaml *map, struct mp_dims *dims, struct mp_crosstab *t,
                     struct mp_error *e)
{
    t->at = map;
    if (read_lists(map, t, e) < 0 || read_by(mp_yaml_get(map, "by"), dims, t, e) < 0 ||
        mp_rules_when(dims->rules, map, "where", false, &t->where, e) < 0 ||
        mp_rules_when(dims->rules, map, "when", mp_crosstab_has_measure(t, MP_COVERAGE), &t->when,
                      e) < 0 ||
        read_over(map, t, e) < 0 || read_top(map, t, e) < 0 || read_alarm(map, t, e) < 0 ||
        read_run(map, t, e) < 0 || read_listing(map, t, e) < 0)
        return -1;
    return read_of(map, dims, t, e);
}

/* ---- sets ---- */

static bool has_name(const struct mp_crosstabs *set, struct mp_str name)
{
    for (size_t i = 0; i < set->n; i++)
        if (mp_str_eq(set->items[i].name, name))
            return true;
    return false;
}

static int read_table(struct mp_yaml *y, struct mp_dims *dims, const struct mp_crosstabs *before,
                      struct mp_crosstab *t, struct mp_error *e)
{
    if (mp_yaml_check(y,
                      "table by units measure where when of over top alarm run least_persons "
                      "internal",
                      e) < 0 ||
        mp_yaml_text(y, "table", true, &t->name, e) < 0)
        return -1;
    if (t->name.n == 0 || strspn(t->name.p, "abcdefghijklmnopqrstuvwxyz0123456789_") != t->name.n)
        return mp_yaml_fail(mp_yaml_get(y, "table"), e,
                            "a name has a to z, digits and low lines only");
    if (has_name(before, t->name))
        return mp_yaml_fail(mp_yaml_get(y, "table"), e, "a second table '%s'", t->name.p);
    if (!mp_yaml_get(y, "by"))
        return mp_yaml_fail(y, e, "key 'by' is missing");
    return mp_crosstab_read(y, dims, t, e);
}

static int make_room(struct mp_dims *dims, size_t n, struct mp_crosstabs *set, struct mp_error *e)
{
    set->items = mp_arena_alloc(dims->rules->arena, (n + 1) * sizeof *set->items);
    return set->items ? 0 : mp_error_memory(e);
}

int mp_crosstabs_read(const char *path, struct mp_dims *dims, struct mp_crosstabs *set,
                      struct mp_error *e)
{
    struct mp_yaml *root;
    *set = (struct mp_crosstabs){0};
    if (mp_yaml_load(dims->rules->arena, path, &root, e) < 0 ||
        mp_yaml_check(root, "name version tables", e) < 0 ||
        mp_yaml_text(root, "name", true, &set->name, e) < 0 ||
        mp_yaml_text(root, "version", true, &set->version, e) < 0)
        return -1;
    struct mp_yaml *list = mp_yaml_get(root, "tables");
    if (!list || list->kind != MP_YAML_LIST || list->n == 0)
        return mp_yaml_fail(list ? list : root, e, "key 'tables' must list tables");
    if (make_room(dims, list->n, set, e) < 0)
        return -1;
    for (; set->n < list->n; set->n++) {
        set->items[set->n] = (struct mp_crosstab){0};
        if (read_table(list->items[set->n], dims, set, &set->items[set->n], e) < 0)
            return -1;
    }
    return 0;
}

/* One argument. */
static int quick_table(const char *option, const char *arg, struct mp_dims *dims,
                       struct mp_crosstab *t, struct mp_error *e)
{
    struct mp_str name = mp_arena_str(dims->rules->arena, mp_str_of(arg));
    char *text = mp_arena_alloc(dims->rules->arena, name.n + 1);
    if (!name.p || !text)
        return mp_error_memory(e);
    struct mp_buf room = {0};
    int bad = 0;
    for (const char *p = arg; !bad; p++) {
        struct mp_str part = {p, strcspn(p, ",")};
        bad = add_dim(t, dims, part, &room, e);
        if (!bad && room.len > 0)
            bad = mp_buf_cstr(&room) ? mp_error_set(e, MP_USAGE, "%s: %s", option, room.data)
                                     : mp_error_memory(e);
        p += part.n;
        if (!*p)
            break;
    }
    mp_buf_free(&room);
    for (size_t i = 0; i < name.n; i++)
        text[i] = (char)(arg[i] == ',' ? '_' : arg[i]);
    t->name = (struct mp_str){text, name.n};
    for (enum mp_count_unit u = 0; u < MP_N_UNITS; u++)
        t->units[t->n_units++] = u;
    t->measures[t->n_measures++] = MP_COUNT;
    return bad;
}

int mp_crosstabs_quick(const char *option, const char *const *args, size_t n, struct mp_dims *dims,
                       struct mp_crosstabs *set, struct mp_error *e)
{
    *set = (struct mp_crosstabs){.name = mp_str_of(option), .version = MP_STR("")};
    if (make_room(dims, n, set, e) < 0)
        return -1;
    for (; set->n < n; set->n++) {
        struct mp_crosstab *t = &set->items[set->n];
        *t = (struct mp_crosstab){0};
        if (quick_table(option, args[set->n], dims, t, e) < 0)
            return -1;
        if (has_name(set, t->name))
            return mp_error_set(e, MP_USAGE, "%s: '%s' is given twice", option, args[set->n]);
    }
    return 0;
}

int mp_crosstabs_figures(const struct mp_figures *figures, struct mp_str name, struct mp_dims *dims,
                         struct mp_crosstabs *set, struct mp_error *e)
{
    *set = (struct mp_crosstabs){.name = name, .version = MP_STR("")};
    if (make_room(dims, figures->n, set, e) < 0)
        return -1;
    for (; set->n < figures->n; set->n++) {
        const struct mp_figure *f = &figures->items[set->n];
        struct mp_crosstab *t = &set->items[set->n];
        *t = (struct mp_crosstab){.name = name, .figure = f};
        if (f->table && mp_crosstab_read(f->table, dims, t, e) < 0)
            return -1;
    }
    return 0;
}

int mp_crosstabs_join(struct mp_crosstabs *set, struct mp_crosstabs *more,
                      const struct mp_dims *dims, struct mp_error *e)
{
    struct mp_crosstab *items =
        mp_arena_alloc(dims->rules->arena, (set->n + more->n + 1) * sizeof *items);
    if (!items)
        return mp_error_memory(e);
    for (size_t i = 0; i < more->n; i++)
        if (!more->items[i].figure && has_name(set, more->items[i].name))
            return mp_error_set(e, MP_USAGE, "two tables have the name '%s'",
                                more->items[i].name.p);
    for (size_t i = 0; i < set->n + more->n; i++)
        items[i] = i < set->n ? set->items[i] : more->items[i - set->n];
    set->items = items;
    set->n += more->n;
    if (set->name.n == 0 && more->n > 0) {
        set->name = more->name;
        set->version = more->version;
    }
    more->n = 0;
    return 0;
}

/* Sets of crosstabs, from YAML or from the command line. */
#include "count/crosstab.h"
#include <stdlib.h>

const char *const mp_count_unit_names[MP_N_UNITS] = {"reports", "episodes", "persons"};

/* The dimensions' names, for a message. */
static void list_names(const struct mp_dims *dims, struct mp_buf *b)
{
    for (size_t i = 0; i < dims->n; i++) {
        mp_buf_addc(b, ' ');
        mp_buf_addstr(b, dims->items[i].name);
    }
}

/* Adds a dimension by name. NULL if that is well, else what is wrong (in room). */
static const char *add_dim(struct mp_crosstab *t, const struct mp_dims *dims, struct mp_str name,
                           struct mp_buf *room)
{
    char quote[200];
    struct mp_dim *d = mp_dims_find(dims, name);
    room->len = 0;
    if (!d) {
        mp_buf_addf(room, "'%s' is no dimension; there are:", mp_error_quote(name, quote));
        list_names(dims, room);
        return mp_buf_cstr(room) ? room->data : "no such dimension";
    }
    for (size_t i = 0; i < t->n_by; i++) {
        if (t->by[i] == d)
            return "a dimension stands here twice";
        if (t->by[i]->kind == MP_DIM_PERIOD && d->kind == MP_DIM_PERIOD)
            return "two dimensions of time do not go together";
    }
    if (t->n_by == MP_CROSSTAB_DIMS)
        return "a table has at most four dimensions";
    t->by[t->n_by++] = d;
    t->each_report |= d->each_report;
    return NULL;
}

static bool has_name(const struct mp_crosstabs *set, struct mp_str name)
{
    for (size_t i = 0; i < set->n; i++)
        if (mp_str_eq(set->items[i].name, name))
            return true;
    return false;
}

static int read_by(struct mp_yaml *y, const struct mp_dims *dims, struct mp_crosstab *t,
                   struct mp_error *e)
{
    for (size_t i = 0; i < mp_yaml_count(y); i++) {
        struct mp_yaml *item = mp_yaml_item(y, i);
        if (mp_yaml_is_text(item, e) < 0)
            return -1;
        struct mp_buf room = {0};
        const char *wrong = add_dim(t, dims, item->text, &room);
        if (wrong)
            mp_yaml_fail(item, e, "%s", wrong);
        mp_buf_free(&room);
        if (wrong)
            return -1;
    }
    return 0;
}

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

static int read_table(struct mp_arena *a, struct mp_yaml *y, const struct mp_dims *dims,
                      const struct mp_crosstabs *before, struct mp_crosstab *t, struct mp_error *e)
{
    struct mp_str measure = {0};
    if (mp_yaml_check(y, "table by units measure where", e) < 0 ||
        mp_yaml_text(y, "table", true, &t->name, e) < 0 ||
        mp_yaml_text(y, "measure", true, &measure, e) < 0)
        return -1;
    if (has_name(before, t->name))
        return mp_yaml_fail(mp_yaml_get(y, "table"), e, "a second table '%s'", t->name.p);
    if (!mp_str_is(measure, "count"))
        return mp_yaml_fail(mp_yaml_get(y, "measure"), e, "'%s' is none of: count", measure.p);
    struct mp_yaml *by = mp_yaml_get(y, "by"), *units = mp_yaml_get(y, "units");
    struct mp_yaml *where = mp_yaml_get(y, "where");
    if (!by || mp_yaml_count(units) == 0)
        return mp_yaml_fail(y, e, "key '%s' is missing", by ? "units" : "by");
    for (size_t i = 0; i < mp_yaml_count(units); i++)
        if (read_unit(mp_yaml_item(units, i), t, e) < 0)
            return -1;
    if (read_by(by, dims, t, e) < 0)
        return -1;
    return where ? mp_condition_read(a, where, &t->where, e) : 0;
}

static int make_room(struct mp_arena *a, size_t n, struct mp_crosstabs *set, struct mp_error *e)
{
    set->items = mp_arena_alloc(a, (n + 1) * sizeof *set->items);
    return set->items ? 0 : mp_error_memory(e);
}

int mp_crosstabs_read(struct mp_arena *a, const char *path, const struct mp_dims *dims,
                      struct mp_crosstabs *set, struct mp_error *e)
{
    struct mp_yaml *root;
    *set = (struct mp_crosstabs){0};
    if (mp_yaml_load(a, path, &root, e) < 0 || mp_yaml_check(root, "name version tables", e) < 0 ||
        mp_yaml_text(root, "name", true, &set->name, e) < 0 ||
        mp_yaml_text(root, "version", true, &set->version, e) < 0)
        return -1;
    struct mp_yaml *list = mp_yaml_get(root, "tables");
    if (!list || list->kind != MP_YAML_LIST || list->n == 0)
        return mp_yaml_fail(list ? list : root, e, "key 'tables' must list tables");
    if (make_room(a, list->n, set, e) < 0)
        return -1;
    for (; set->n < list->n; set->n++)
        if (read_table(a, list->items[set->n], dims, set, &set->items[set->n], e) < 0)
            return -1;
    return 0;
}

/* One argument. */
static int quick_table(struct mp_arena *a, const char *option, const char *arg,
                       const struct mp_dims *dims, struct mp_crosstab *t, struct mp_error *e)
{
    struct mp_str name = mp_arena_str(a, mp_str_of(arg));
    char *text = mp_arena_alloc(a, name.n + 1);
    if (!name.p || !text)
        return mp_error_memory(e);
    struct mp_buf room = {0};
    const char *wrong = NULL;
    for (const char *p = arg; !wrong; p++) {
        struct mp_str part = {p, strcspn(p, ",")};
        wrong = add_dim(t, dims, part, &room);
        p += part.n;
        if (!*p)
            break;
    }
    if (wrong)
        mp_error_set(e, MP_USAGE, "%s: %s", option, wrong);
    mp_buf_free(&room);
    for (size_t i = 0; i < name.n; i++)
        text[i] = (char)(arg[i] == ',' ? '_' : arg[i]);
    t->name = (struct mp_str){text, name.n};
    for (enum mp_count_unit u = 0; u < MP_N_UNITS; u++)
        t->units[t->n_units++] = u;
    return wrong ? -1 : 0;
}

int mp_crosstabs_quick(struct mp_arena *a, const char *option, const char *const *args, size_t n,
                       const struct mp_dims *dims, struct mp_crosstabs *set, struct mp_error *e)
{
    *set = (struct mp_crosstabs){.name = mp_str_of(option), .version = MP_STR("")};
    if (make_room(a, n, set, e) < 0)
        return -1;
    for (; set->n < n; set->n++) {
        struct mp_crosstab *t = &set->items[set->n];
        if (quick_table(a, option, args[set->n], dims, t, e) < 0)
            return -1;
        if (has_name(set, t->name))
            return mp_error_set(e, MP_USAGE, "%s: '%s' is given twice", option, args[set->n]);
    }
    return 0;
}

bool mp_crosstab_has(const struct mp_crosstab *t, enum mp_count_unit unit)
{
    for (size_t i = 0; i < t->n_units; i++)
        if (t->units[i] == unit)
            return true;
    return false;
}

bool mp_crosstabs_restrict(struct mp_crosstabs *set, enum mp_count_unit unit)
{
    size_t kept = 0;
    for (size_t i = 0; i < set->n; i++) {
        struct mp_crosstab t = set->items[i];
        if (!mp_crosstab_has(&t, unit))
            continue;
        t.units[0] = unit;
        t.n_units = 1;
        set->items[kept++] = t;
    }
    set->n = kept;
    return kept > 0;
}

void mp_crosstabs_free(struct mp_crosstabs *set)
{
    for (size_t i = 0; i < set->n; i++) {
        mp_numbers_free(&set->items[i].keys);
        mp_pairs_free(&set->items[i].persons);
        free(set->items[i].cells);
    }
    set->n = 0;
}

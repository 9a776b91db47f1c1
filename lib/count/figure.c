/* Published figures, from YAML. */
#include "count/figure.h"
#include "io/json.h"
#include <yyjson.h>

static const char bounds[] = "exact lower about upper";

/* A text that is the same in both languages, or two. */
static int read_period(const struct mp_rules *r, struct mp_yaml *map, struct mp_str *out,
                       struct mp_error *e)
{
    struct mp_yaml *y = mp_yaml_get(map, "period");
    if (y && y->kind == MP_YAML_MAP)
        return mp_rules_text(r, map, "period", out, e);
    return mp_yaml_text(map, "period", true, out, e);
}

/* A number of 0 or more. One with three decimals may well be one whose thousands stand behind a
 * point. */
static int read_number(struct mp_yaml *y, double *out, struct mp_error *e)
{
    yyjson_val v;
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    const char *end = yyjson_read_number(y->text.p, &v, 0, NULL, NULL);
    const char *point = memchr(y->text.p, '.', y->text.n);
    if (end != y->text.p + y->text.n)
        return mp_yaml_fail(y, e, "'%s' is no number", y->text.p);
    *out = yyjson_get_num(&v);
    if (*out < 0)
        return mp_yaml_fail(y, e, "'%s' is below 0", y->text.p);
    if (point && end - point > 3)
        return mp_yaml_fail(y, e, "'%s' has more than two decimals; thousands have no point",
                            y->text.p);
    return 0;
}

static int read_range(const struct mp_rules *r, struct mp_yaml *y, struct mp_str *out,
                      struct mp_error *e)
{
    struct mp_yaml *low = mp_yaml_get(y, "low"), *high = mp_yaml_get(y, "high");
    double from, to;
    if (mp_yaml_check(y, "low high", e) < 0)
        return -1;
    if (!low || !high)
        return mp_yaml_fail(y, e, "key '%s' is missing", low ? "high" : "low");
    if (read_number(low, &from, e) < 0 || read_number(high, &to, e) < 0)
        return -1;
    if (from >= to)
        return mp_yaml_fail(high, e, "'high' must be above 'low'");
    struct mp_buf b = {0};
    mp_buf_addf(&b, "{\"low\":%s,\"high\":%s}", low->text.p, high->text.p);
    *out = b.failed ? (struct mp_str){0} : mp_arena_str(r->arena, mp_buf_str(&b));
    mp_buf_free(&b);
    return out->p ? 0 : mp_error_memory(e);
}

/* The number with its unit and bound, or that there is none. */
static int read_published(const struct mp_rules *r, struct mp_yaml *map, struct mp_figure *f,
                          struct mp_error *e)
{
    struct mp_yaml *y = mp_yaml_get(map, "published");
    double number;
    if (!y)
        return mp_yaml_fail(map, e, "key 'published' is missing");
    if (y->kind == MP_YAML_TEXT && !y->text.p) {
        struct mp_yaml *unit = mp_yaml_get(map, "published_unit");
        struct mp_yaml *of_none = unit ? unit : mp_yaml_get(map, "bound");
        f->published = MP_STR("null");
        return of_none ? mp_yaml_fail(of_none, e, "nothing is published that this is about") : 0;
    }
    if (mp_rules_text(r, map, "published_unit", &f->published_unit, e) < 0 ||
        mp_yaml_text(map, "bound", true, &f->bound, e) < 0)
        return -1;
    if (!mp_str_in(bounds, f->bound))
        return mp_yaml_fail(mp_yaml_get(map, "bound"), e, "'%s' is none of: %s", f->bound.p,
                            bounds);
    if (y->kind == MP_YAML_MAP)
        return read_range(r, y, &f->published, e);
    f->published = y->text;
    return read_number(y, &number, e);
}

/* Takes the table's keys out of the figure's. */
static int take_table(const struct mp_rules *r, struct mp_yaml *map, struct mp_figure *f,
                      struct mp_error *e)
{
    struct mp_yaml *t = mp_arena_alloc(r->arena, sizeof *t);
    struct mp_yaml **room = mp_arena_alloc(r->arena, 2 * map->n * sizeof *room);
    if (!t || !room)
        return mp_error_memory(e);
    *t = (struct mp_yaml){.kind = MP_YAML_MAP,
                          .keys = room,
                          .items = room + map->n,
                          .file = map->file,
                          .line = map->line,
                          .col = map->col};
    for (size_t i = 0; i < map->n; i++) {
        if (!mp_str_in(MP_FIGURE_TABLE_KEYS, map->keys[i]->text))
            continue;
        t->keys[t->n] = map->keys[i];
        t->items[t->n++] = map->items[i];
    }
    f->table = t;
    return 0;
}

static int read_table(const struct mp_rules *r, struct mp_yaml *map, struct mp_figure *f,
                      struct mp_error *e)
{
    if (take_table(r, map, f, e) < 0)
        return -1;
    if (mp_yaml_get(map, "not_countable")) {
        if (f->table->n > 0)
            return mp_yaml_fail(f->table->keys[0], e, "a figure that is not countable has no '%s'",
                                f->table->keys[0]->text.p);
        f->table = NULL;
        return mp_rules_text(r, map, "not_countable", &f->not_countable, e);
    }
    const char *missing = !mp_yaml_get(f->table, "unit")      ? "unit"
                          : !mp_yaml_get(f->table, "measure") ? "measure"
                                                              : NULL;
    return missing
               ? mp_yaml_fail(map, e, "key '%s' is missing, or 'not_countable' instead", missing)
               : 0;
}

static int read_id(struct mp_yaml *map, const struct mp_figures *before, struct mp_figure *f,
                   struct mp_error *e)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    if (mp_yaml_text(map, "figure", true, &f->id, e) < 0)
        return -1;
    struct mp_yaml *at = mp_yaml_get(map, "figure");
    if (f->id.n == 0 || strspn(f->id.p, allowed) != f->id.n)
        return mp_yaml_fail(at, e, "'%s' has more than letters, digits and _", f->id.p);
    for (size_t i = 0; i < before->n; i++)
        if (mp_str_eq(before->items[i].id, f->id))
            return mp_yaml_fail(at, e, "a second figure '%s'", f->id.p);
    return 0;
}

static int read_figure(const struct mp_rules *r, struct mp_yaml *map,
                       const struct mp_figures *before, struct mp_figure *f, struct mp_error *e)
{
    static const char known[] = "figure label definition period published published_unit bound "
                                "source caveat not_countable " MP_FIGURE_TABLE_KEYS;
    if (mp_yaml_check(map, known, e) < 0 || read_id(map, before, f, e) < 0 ||
        mp_rules_text(r, map, "label", &f->label, e) < 0 ||
        mp_rules_text(r, map, "definition", &f->definition, e) < 0 ||
        read_period(r, map, &f->period, e) < 0 || read_published(r, map, f, e) < 0 ||
        mp_rules_text(r, map, "source", &f->source, e) < 0 ||
        mp_rules_text(r, map, "caveat", &f->caveat, e) < 0)
        return -1;
    return read_table(r, map, f, e);
}

int mp_figures_read(const struct mp_rules *r, const char *path, struct mp_figures *set,
                    struct mp_error *e)
{
    struct mp_yaml *root;
    *set = (struct mp_figures){0};
    if (mp_rules_load(r, path, "figures", "list", &root, &set->label, e) < 0 ||
        mp_rules_text(r, root, "title", &set->title, e) < 0)
        return -1;
    struct mp_yaml *list = mp_yaml_get(root, "list");
    if (!list || list->kind != MP_YAML_LIST || list->n == 0)
        return mp_yaml_fail(list ? list : root, e, "key 'list' must list figures");
    set->items = mp_arena_alloc(r->arena, list->n * sizeof *set->items);
    if (!set->items)
        return mp_error_memory(e);
    for (; set->n < list->n; set->n++)
        if (read_figure(r, list->items[set->n], set, &set->items[set->n], e) < 0)
            return -1;
    return 0;
}

void mp_figure_add(struct mp_buf *b, const struct mp_figure *f)
{
    mp_json_add_field(b, "figure", f->id);
    mp_json_add_field(b, "label", f->label);
    mp_json_add_field(b, "definition", f->definition);
    mp_json_add_field(b, "period", f->period);
    mp_json_add_key(b, "published");
    mp_buf_addstr(b, f->published);
    mp_json_add_field(b, "published_unit", f->published_unit);
    mp_json_add_field(b, "bound", f->bound);
    mp_json_add_field(b, "published_source", f->source);
    mp_json_add_field(b, "caveat", f->caveat);
    if (f->not_countable.p)
        mp_json_add_field(b, "not_countable", f->not_countable);
}

/* Published figures, from YAML. */
#include "count/figure.h"
#include "io/json.h"
#include <yyjson.h>

static const char bounds[] = "exact lower about upper";

struct loader {
    struct mp_arena *arena;
    const char *lang;
    struct mp_error *e;
};

static int read_text(struct mp_yaml *map, const char *key, struct mp_str *out, struct mp_error *e)
{
    if (mp_yaml_text(map, key, true, out, e) < 0)
        return -1;
    return out->n > 0 ? 0 : mp_yaml_fail(mp_yaml_get(map, key), e, "here must stand a text");
}

/* The value of a key in the wanted language; both must be there. */
static int read_both(const struct loader *l, struct mp_yaml *map, const char *key,
                     struct mp_str *out)
{
    struct mp_yaml *both = mp_yaml_get(map, key);
    struct mp_str nl = {0}, en = {0};
    if (!both)
        return mp_yaml_fail(map, l->e, "key '%s' is missing", key);
    if (mp_yaml_check(both, "nl en", l->e) < 0 || read_text(both, "nl", &nl, l->e) < 0 ||
        read_text(both, "en", &en, l->e) < 0)
        return -1;
    *out = strcmp(l->lang, "en") == 0 ? en : nl;
    return 0;
}

/* A text that is the same in both languages, or two. */
static int read_period(const struct loader *l, struct mp_yaml *map, struct mp_str *out)
{
    struct mp_yaml *y = mp_yaml_get(map, "period");
    if (y && y->kind == MP_YAML_MAP)
        return read_both(l, map, "period", out);
    return read_text(map, "period", out, l->e);
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
    if (!end || *end)
        return mp_yaml_fail(y, e, "'%s' is no number", y->text.p);
    *out = yyjson_get_num(&v);
    if (*out < 0)
        return mp_yaml_fail(y, e, "'%s' is below 0", y->text.p);
    if (point && end - point > 3)
        return mp_yaml_fail(y, e, "'%s' has more than two decimals; thousands have no point",
                            y->text.p);
    return 0;
}

static int read_range(const struct loader *l, struct mp_yaml *y, struct mp_str *out)
{
    struct mp_yaml *low = mp_yaml_get(y, "low"), *high = mp_yaml_get(y, "high");
    double from, to;
    if (mp_yaml_check(y, "low high", l->e) < 0)
        return -1;
    if (!low || !high)
        return mp_yaml_fail(y, l->e, "key '%s' is missing", low ? "high" : "low");
    if (read_number(low, &from, l->e) < 0 || read_number(high, &to, l->e) < 0)
        return -1;
    if (from >= to)
        return mp_yaml_fail(high, l->e, "'high' must be above 'low'");
    struct mp_buf b = {0};
    mp_buf_addf(&b, "{\"low\":%s,\"high\":%s}", low->text.p, high->text.p);
    *out = b.failed ? (struct mp_str){0} : mp_arena_str(l->arena, mp_buf_str(&b));
    mp_buf_free(&b);
    return out->p ? 0 : mp_error_memory(l->e);
}

/* The number with its unit and bound, or that there is none. */
static int read_published(const struct loader *l, struct mp_yaml *map, struct mp_figure *f)
{
    struct mp_yaml *y = mp_yaml_get(map, "published");
    double number;
    if (!y)
        return mp_yaml_fail(map, l->e, "key 'published' is missing");
    if (y->kind == MP_YAML_TEXT && !y->text.p) {
        struct mp_yaml *unit = mp_yaml_get(map, "published_unit");
        struct mp_yaml *of_none = unit ? unit : mp_yaml_get(map, "bound");
        f->published = MP_STR("null");
        return of_none ? mp_yaml_fail(of_none, l->e, "nothing is published that this is about") : 0;
    }
    if (read_both(l, map, "published_unit", &f->published_unit) < 0 ||
        read_text(map, "bound", &f->bound, l->e) < 0)
        return -1;
    if (!mp_str_in(bounds, f->bound))
        return mp_yaml_fail(mp_yaml_get(map, "bound"), l->e, "'%s' is none of: %s", f->bound.p,
                            bounds);
    if (y->kind == MP_YAML_MAP)
        return read_range(l, y, &f->published);
    f->published = y->text;
    return read_number(y, &number, l->e);
}

/* Takes the table's keys out of the figure's. */
static int take_table(const struct loader *l, struct mp_yaml *map, struct mp_figure *f)
{
    struct mp_yaml *t = mp_arena_alloc(l->arena, sizeof *t);
    struct mp_yaml **room = mp_arena_alloc(l->arena, 2 * map->n * sizeof *room);
    if (!t || !room)
        return mp_error_memory(l->e);
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

static int read_table(const struct loader *l, struct mp_yaml *map, struct mp_figure *f)
{
    if (take_table(l, map, f) < 0)
        return -1;
    if (mp_yaml_get(map, "not_countable")) {
        if (f->table->n > 0)
            return mp_yaml_fail(f->table->keys[0], l->e,
                                "a figure that is not countable has no '%s'",
                                f->table->keys[0]->text.p);
        f->table = NULL;
        return read_both(l, map, "not_countable", &f->not_countable);
    }
    const char *missing = !mp_yaml_get(f->table, "unit")      ? "unit"
                          : !mp_yaml_get(f->table, "measure") ? "measure"
                                                              : NULL;
    return missing
               ? mp_yaml_fail(map, l->e, "key '%s' is missing, or 'not_countable' instead", missing)
               : 0;
}

static int read_id(struct mp_yaml *map, const struct mp_figures *before, struct mp_figure *f,
                   struct mp_error *e)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    if (read_text(map, "figure", &f->id, e) < 0)
        return -1;
    struct mp_yaml *at = mp_yaml_get(map, "figure");
    if (strspn(f->id.p, allowed) != f->id.n)
        return mp_yaml_fail(at, e, "'%s' has more than letters, digits and _", f->id.p);
    for (size_t i = 0; i < before->n; i++)
        if (mp_str_eq(before->items[i].id, f->id))
            return mp_yaml_fail(at, e, "a second figure '%s'", f->id.p);
    return 0;
}

static int read_figure(const struct loader *l, struct mp_yaml *map, const struct mp_figures *before,
                       struct mp_figure *f)
{
    static const char known[] = "figure label definition period published published_unit bound "
                                "source caveat not_countable " MP_FIGURE_TABLE_KEYS;
    if (mp_yaml_check(map, known, l->e) < 0 || read_id(map, before, f, l->e) < 0 ||
        read_both(l, map, "label", &f->label) < 0 ||
        read_both(l, map, "definition", &f->definition) < 0 ||
        read_period(l, map, &f->period) < 0 || read_published(l, map, f) < 0 ||
        read_both(l, map, "source", &f->source) < 0 || read_both(l, map, "caveat", &f->caveat) < 0)
        return -1;
    return read_table(l, map, f);
}

int mp_figures_read(struct mp_arena *a, const char *path, const char *lang, struct mp_figures *set,
                    struct mp_error *e)
{
    const struct loader l = {.arena = a, .lang = lang, .e = e};
    struct mp_yaml *root;
    *set = (struct mp_figures){0};
    if (mp_yaml_load(a, path, &root, e) < 0 ||
        mp_yaml_check(root, "figures version title list", e) < 0 ||
        read_text(root, "figures", &set->name, e) < 0 ||
        read_text(root, "version", &set->version, e) < 0 ||
        read_both(&l, root, "title", &set->title) < 0)
        return -1;
    struct mp_yaml *list = mp_yaml_get(root, "list");
    if (!list || list->kind != MP_YAML_LIST || list->n == 0)
        return mp_yaml_fail(list ? list : root, e, "key 'list' must list figures");
    set->items = mp_arena_alloc(a, list->n * sizeof *set->items);
    if (!set->items)
        return mp_error_memory(e);
    for (; set->n < list->n; set->n++)
        if (read_figure(&l, list->items[set->n], set, &set->items[set->n]) < 0)
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

/* What a bulletin is made of, read and checked. */
#include "page/layout.h"
#include <stdio.h>

static const struct mp_str EPISODES = {"episodes", 8}, COUNT = {"count", 5};

static const char *const kinds[] = {"tables", "alarms", "published", "rest", "method", "appendix"};

struct reader {
    struct mp_arena *arena;
    struct mp_error *e;
};

static const struct mp_yaml *list_at(struct reader *r, const struct mp_yaml *map, const char *key,
                                     int *bad)
{
    const struct mp_yaml *y = mp_yaml_get(map, key);
    if (y && y->kind != MP_YAML_LIST)
        *bad |= mp_yaml_fail(y, r->e, "%s is not a list", key);
    return y;
}

/* A list of nothing but texts. */
static const struct mp_yaml *texts_at(struct reader *r, const struct mp_yaml *map, const char *key,
                                      int *bad)
{
    const struct mp_yaml *y = list_at(r, map, key, bad);
    for (size_t i = 0; y && !*bad && i < y->n; i++)
        *bad |= mp_yaml_is_text(y->items[i], r->e);
    return y;
}

static const struct mp_yaml *map_at(struct reader *r, const struct mp_yaml *map, const char *key,
                                    int *bad)
{
    const struct mp_yaml *y = mp_yaml_get(map, key);
    if (y && y->kind != MP_YAML_MAP)
        *bad |= mp_yaml_fail(y, r->e, "%s is not a map", key);
    for (size_t i = 0; y && !*bad && i < y->n; i++)
        *bad |= mp_yaml_is_text(y->items[i], r->e);
    return y;
}

static void *items_at(struct reader *r, const struct mp_yaml *list, size_t size, int *bad)
{
    void *p = mp_arena_alloc(r->arena, (list ? list->n + 1 : 1) * size);
    if (!p)
        *bad |= mp_error_memory(r->e);
    return p;
}

static int read_statements(struct reader *r, const struct mp_yaml *map, const char *key,
                           struct mp_statements *out)
{
    int bad = 0;
    const struct mp_yaml *list = list_at(r, map, key, &bad);
    out->statement = items_at(r, list, sizeof *out->statement, &bad);
    for (size_t i = 0; list && !bad && i < list->n; i++) {
        const struct mp_yaml *y = list->items[i];
        struct mp_statement *s = out->statement + out->n++;
        *s = (struct mp_statement){.unit = EPISODES, .measure = COUNT};
        bad = mp_yaml_check(y, "say tables unit measure by all", r->e) < 0 ||
              mp_yaml_text(y, "say", true, &s->say, r->e) < 0 ||
              mp_yaml_text(y, "unit", false, &s->unit, r->e) < 0 ||
              mp_yaml_text(y, "measure", false, &s->measure, r->e) < 0;
        s->tables = bad ? NULL : texts_at(r, y, "tables", &bad);
        s->by = bad ? NULL : map_at(r, y, "by", &bad);
        s->all = bad ? NULL : map_at(r, y, "all", &bad);
    }
    return bad ? -1 : 0;
}

static int read_drawing(struct reader *r, const struct mp_yaml *y, struct mp_drawing *d)
{
    struct mp_str draw = {0};
    int bad = 0;
    *d = (struct mp_drawing){.unit = EPISODES, .measure = COUNT};
    if (mp_yaml_check(y, "draw by sort instead tables unit measure marks say", r->e) < 0 ||
        mp_yaml_text(y, "draw", true, &draw, r->e) < 0 ||
        mp_yaml_text(y, "unit", false, &d->unit, r->e) < 0 ||
        mp_yaml_text(y, "measure", false, &d->measure, r->e) < 0 ||
        mp_yaml_bool(y, "sort", &d->by_size, r->e) < 0 ||
        mp_yaml_bool(y, "instead", &d->instead, r->e) < 0 ||
        read_statements(r, y, "say", &d->say) < 0)
        return -1;
    d->weeks = mp_str_is(draw, "weeks");
    d->by = texts_at(r, y, "by", &bad);
    d->tables = bad ? NULL : texts_at(r, y, "tables", &bad);
    d->marks = bad ? NULL : map_at(r, y, "marks", &bad);
    if (bad)
        return -1;
    if (!d->weeks && !mp_str_is(draw, "bars"))
        return mp_yaml_fail(y, r->e, "draw is weeks or bars");
    if (!d->weeks && (!d->by || d->by->n < 1 || d->by->n > 2 || !d->tables))
        return mp_yaml_fail(y, r->e, "bars need tables and one or two dimensions in by");
    return 0;
}

static int read_plan(struct reader *r, const struct mp_yaml *y, struct mp_plan *p)
{
    struct mp_str holds = MP_STR("tables");
    int bad = 0;
    if (mp_yaml_check(y, "section holds say figures tables", r->e) < 0 ||
        mp_yaml_text(y, "section", true, &p->id, r->e) < 0 ||
        mp_yaml_text(y, "holds", false, &holds, r->e) < 0 ||
        read_statements(r, y, "say", &p->say) < 0)
        return -1;
    size_t k = 0;
    while (k < sizeof kinds / sizeof *kinds && !mp_str_is(holds, kinds[k]))
        k++;
    if (k == sizeof kinds / sizeof *kinds)
        return mp_yaml_fail(y, r->e,
                            "holds is tables, alarms, published, rest, method or appendix");
    p->holds = (enum mp_holds)k;
    p->tables = texts_at(r, y, "tables", &bad);
    const struct mp_yaml *figures = bad ? NULL : list_at(r, y, "figures", &bad);
    p->drawings = items_at(r, figures, sizeof *p->drawings, &bad);
    for (size_t i = 0; figures && !bad && i < figures->n; i++)
        bad = read_drawing(r, figures->items[i], p->drawings + p->n_drawings++);
    return bad ? -1 : 0;
}

static bool holds_any(const struct mp_layout *l, enum mp_holds holds)
{
    for (size_t i = 0; i < l->n_plans; i++)
        if (l->plans[i].holds == holds)
            return true;
    return false;
}

static bool has_plan(const struct mp_layout *l, struct mp_str id)
{
    for (size_t i = 0; i < l->n_plans; i++)
        if (mp_str_eq(l->plans[i].id, id))
            return true;
    return false;
}

static int read_plans(struct reader *r, const struct mp_yaml *root, struct mp_layout *l)
{
    int bad = 0;
    const struct mp_yaml *list = list_at(r, root, "sections", &bad);
    if (!list)
        return mp_yaml_fail(root, r->e, "there is no sections");
    l->plans = items_at(r, list, sizeof *l->plans, &bad);
    for (size_t i = 0; !bad && i < list->n; i++) {
        struct mp_plan p = {0};
        bad = read_plan(r, list->items[i], &p);
        if (!bad && has_plan(l, p.id))
            bad = mp_yaml_fail(list->items[i], r->e, "there are two sections %s", p.id.p);
        l->plans[l->n_plans++] = p;
    }
    for (int holds = MP_HOLDS_REST; holds <= MP_HOLDS_APPENDIX && !bad; holds++)
        if (!holds_any(l, (enum mp_holds)holds))
            bad = mp_yaml_fail(list, r->e, "no section holds %s", kinds[holds]);
    return bad ? -1 : 0;
}

/* Lists of maps that are read where they are used. */
static int read_lists(struct reader *r, const struct mp_yaml *root, struct mp_layout *l)
{
    int bad = 0;
    struct mp_str text = {0};
    l->forms = list_at(r, root, "forms", &bad);
    for (size_t i = 0; l->forms && !bad && i < l->forms->n; i++) {
        const struct mp_yaml *y = l->forms->items[i];
        bad = mp_yaml_check(y, "form measures tables", r->e) < 0 ||
              mp_yaml_text(y, "form", true, &text, r->e) < 0;
        if (!bad && !mp_str_is(text, "percent") && !mp_str_is(text, "hours"))
            bad = mp_yaml_fail(y, r->e, "form is percent or hours");
        (void)(bad || !texts_at(r, y, "measures", &bad) || !texts_at(r, y, "tables", &bad));
    }
    l->others = bad ? NULL : list_at(r, root, "others", &bad);
    for (size_t i = 0; l->others && !bad && i < l->others->n; i++) {
        const struct mp_yaml *y = l->others->items[i];
        bad = mp_yaml_check(y, "section by", r->e) < 0 ||
              mp_yaml_text(y, "section", true, &text, r->e) < 0;
        if (!bad && !has_plan(l, text))
            bad = mp_yaml_fail(y, r->e, "there is no section %s", text.p);
        (void)(bad || !texts_at(r, y, "by", &bad));
    }
    return bad ? -1 : 0;
}

static int read_rows(struct reader *r, const struct mp_yaml *root, struct mp_layout *l)
{
    const struct mp_yaml *y = mp_yaml_get(root, "rows");
    int bad = 0;
    if (!y)
        return mp_yaml_fail(root, r->e, "there is no rows");
    if (mp_yaml_check(y, "week across unit sources units times periods recent most", r->e) < 0 ||
        mp_yaml_text(y, "week", true, &l->week, r->e) < 0 ||
        mp_yaml_text(y, "across", true, &l->across, r->e) < 0 ||
        mp_yaml_text(y, "unit", true, &l->unit, r->e) < 0 ||
        mp_yaml_text(y, "sources", true, &l->sources, r->e) < 0 ||
        mp_yaml_int(y, "recent", true, &l->recent, r->e) < 0 ||
        mp_yaml_int(y, "most", true, &l->most, r->e) < 0)
        return -1;
    if (l->recent < 1 || l->most < 1)
        return mp_yaml_fail(y, r->e, "recent and most are 1 or more");
    l->units = texts_at(r, y, "units", &bad);
    l->times = bad ? NULL : texts_at(r, y, "times", &bad);
    l->periods = bad ? NULL : texts_at(r, y, "periods", &bad);
    return bad ? -1 : 0;
}

int mp_layout_load(struct mp_layout *l, struct mp_arena *arena, const char *path,
                   struct mp_error *e)
{
    struct reader r = {arena, e};
    struct mp_yaml *root;
    struct mp_str name = {0};
    int64_t version = 0;
    char label[100];
    *l = (struct mp_layout){0};
    if (mp_yaml_load(arena, path, &root, e) < 0 ||
        mp_yaml_check(root, "name version headlines optional rows forms sections others", e) < 0 ||
        mp_yaml_text(root, "name", true, &name, e) < 0 ||
        mp_yaml_int(root, "version", true, &version, e) < 0 || read_rows(&r, root, l) < 0 ||
        read_statements(&r, root, "headlines", &l->headlines) < 0 ||
        read_statements(&r, root, "optional", &l->optional) < 0 || read_plans(&r, root, l) < 0 ||
        read_lists(&r, root, l) < 0)
        return -1;
    int n = snprintf(label, sizeof label, "%.60s/%lld", name.p, (long long)version);
    l->label = mp_arena_str(arena, (struct mp_str){label, (size_t)n});
    return l->label.p ? 0 : mp_error_memory(e);
}

size_t mp_layout_place(const struct mp_yaml *list, struct mp_str text)
{
    size_t n = list ? list->n : 0;
    for (size_t i = 0; i < n; i++)
        if (mp_str_eq(list->items[i]->text, text))
            return i;
    return n;
}

bool mp_layout_has(const struct mp_yaml *list, struct mp_str text)
{
    return list && mp_layout_place(list, text) < list->n;
}

enum mp_form mp_layout_form(const struct mp_layout *l, struct mp_str table, struct mp_str measure)
{
    for (size_t i = 0; l->forms && i < l->forms->n; i++) {
        const struct mp_yaml *y = l->forms->items[i], *tables = mp_yaml_get(y, "tables");
        if (mp_layout_has(mp_yaml_get(y, "measures"), measure) &&
            (!tables || mp_layout_has(tables, table)))
            return mp_str_is(mp_yaml_get(y, "form")->text, "hours") ? MP_FORM_HOURS
                                                                    : MP_FORM_PERCENT;
    }
    return MP_FORM_PLAIN;
}

/* A protocol: rules that say how pressing a report is, read from YAML. */
#include "rules/protocol.h"
#include "io/json.h"

enum { MAX_INCLUDES = 4 }; /* one behind the other */

struct loader {
    const struct mp_rules *r;
    struct mp_error *e;
    size_t depth;
};

static void *take(const struct loader *l, size_t n, size_t size)
{
    void *p = mp_arena_alloc(l->r->arena, (n + 1) * size);
    if (!p)
        mp_error_memory(l->e);
    return p;
}

/* ---- one rule ---- */

static int read_categories(struct loader *l, struct mp_protocol *p, struct mp_yaml *root)
{
    struct mp_yaml *list = mp_yaml_get(root, "categories");
    p->n_categories = mp_yaml_count(list);
    if (p->n_categories < 2)
        return mp_yaml_fail(list ? list : root, l->e,
                            "'categories' must list two or more, the most pressing first");
    p->categories = take(l, p->n_categories, sizeof *p->categories);
    if (!p->categories)
        return -1;
    for (size_t i = 0; i < p->n_categories; i++) {
        if (mp_yaml_is_text(mp_yaml_item(list, i), l->e) < 0)
            return -1;
        p->categories[i] = mp_yaml_item(list, i)->text;
        for (size_t k = 0; k < i; k++)
            if (mp_str_eq(p->categories[k], p->categories[i]))
                return mp_yaml_fail(mp_yaml_item(list, i), l->e, "a second category '%s'",
                                    p->categories[i].p);
    }
    return 0;
}

/* The place of a category that a rule can give; the last one holds without a rule, so no rule gives
 * it. n_categories: there is none of this name. */
static size_t category_named(const struct mp_protocol *p, struct mp_str name)
{
    size_t i = 0;
    while (i + 1 < p->n_categories && !mp_str_eq(p->categories[i], name))
        i++;
    return i + 1 < p->n_categories ? i : p->n_categories;
}

static int read_category(struct loader *l, const struct mp_protocol *p, struct mp_yaml *map,
                         size_t *out)
{
    struct mp_str name = {0};
    *out = p->n_categories;
    if (mp_yaml_text(map, "category", false, &name, l->e) < 0)
        return -1;
    if (name.p)
        *out = category_named(p, name);
    if (name.p && *out == p->n_categories)
        return mp_yaml_fail(mp_yaml_get(map, "category"), l->e,
                            "'%s' is no category that a rule can give", name.p);
    return 0;
}

static int read_points(struct loader *l, struct mp_yaml *map, int64_t *out)
{
    if (mp_yaml_int(map, "points", true, out, l->e) < 0)
        return -1;
    if (*out < 0 || *out > MP_SCORE_MAX)
        return mp_yaml_fail(mp_yaml_get(map, "points"), l->e, "points go from 0 to %d",
                            MP_SCORE_MAX);
    return 0;
}

/* All of a reason that is the same for each record. */
static int prepare(struct loader *l, struct mp_rule *rule, struct mp_str why, struct mp_str source)
{
    struct mp_buf b = {0};
    mp_buf_addc(&b, '{');
    mp_json_add_field(&b, "rule", rule->id);
    mp_json_add_key(&b, "points");
    mp_buf_addu(&b, (uint64_t)rule->points);
    mp_json_add_field(&b, "why", why);
    mp_json_add_field(&b, "source", source);
    rule->json = mp_arena_str(l->r->arena, mp_buf_str(&b));
    bool fine = rule->json.p && !b.failed;
    mp_buf_free(&b);
    return fine ? 0 : mp_error_memory(l->e);
}

static int read_rule(struct loader *l, const struct mp_protocol *p, struct mp_yaml *map,
                     struct mp_rule *rule)
{
    struct mp_str why, source = {0};
    if (mp_yaml_check(map, "id category points when why source", l->e) < 0 ||
        mp_yaml_text(map, "id", true, &rule->id, l->e) < 0 ||
        read_category(l, p, map, &rule->category) < 0 || read_points(l, map, &rule->points) < 0 ||
        mp_rules_when(l->r, map, "when", true, &rule->when, l->e) < 0 ||
        mp_rules_text(l->r, map, "why", &why, l->e) < 0 ||
        mp_yaml_text(map, "source", true, &source, l->e) < 0)
        return -1;
    if (!mp_condition_grows(rule->when.condition, "link signals description"))
        return mp_yaml_fail(mp_yaml_get(map, "when"), l->e,
                            "a further signal or earlier disappearance could take this rule away: "
                            "no 'not' around signals, and of link, signals and "
                            "description only 'at_least' and 'known: true'");
    return prepare(l, rule, why, source);
}

/* ---- what is included ---- */

static int read_file(struct loader *l, struct mp_protocol *p, const char *path);

static size_t rule_named(const struct mp_protocol *p, struct mp_str id)
{
    size_t i = 0;
    while (i < p->n_rules && !mp_str_eq(p->rules[i].id, id))
        i++;
    return i;
}

/* Takes in a rule whose category is known already. `at`: where it is named. */
static int add_rule(struct loader *l, struct mp_protocol *p, const struct mp_rule *rule,
                    struct mp_yaml *at)
{
    if (rule_named(p, rule->id) < p->n_rules)
        return mp_yaml_fail(at, l->e, "a second rule '%s'", rule->id.p);
    p->rules[p->n_rules++] = *rule;
    return 0;
}

static int make_room(struct loader *l, struct mp_protocol *p, size_t more)
{
    struct mp_rule *all = take(l, p->n_rules + more, sizeof *all);
    if (!all)
        return -1;
    if (p->n_rules)
        memcpy(all, p->rules, p->n_rules * sizeof *all);
    p->rules = all;
    return 0;
}

/* What a category of the included protocol is here: `to`, n_categories: none. */
static int map_category(struct loader *l, const struct mp_protocol *p, struct mp_yaml *item,
                        struct mp_str name, size_t *to)
{
    struct mp_yaml *here = mp_yaml_get(mp_yaml_get(item, "categories"), name.p);
    if (here && mp_yaml_is_text(here, l->e) < 0)
        return -1;
    if (here)
        name = here->text;
    *to = category_named(p, name);
    if (*to < p->n_categories || (here && mp_str_is(name, "none")))
        return 0;
    return mp_yaml_fail(here ? here : item, l->e,
                        "'%s' is no category that a rule can give here: say what it is with "
                        "'categories: {%s: CATEGORY}', or none",
                        name.p, name.p);
}

static int check_categories(struct loader *l, const struct mp_protocol *other, struct mp_yaml *item)
{
    struct mp_yaml *map = mp_yaml_get(item, "categories");
    if (map && map->kind != MP_YAML_MAP)
        return mp_yaml_fail(map, l->e, "here must stand a map of categories");
    for (size_t i = 0; map && i < map->n; i++)
        if (category_named(other, map->keys[i]->text) == other->n_categories)
            return mp_yaml_fail(map->keys[i], l->e,
                                "'%s' is no category that a rule of this protocol gives",
                                map->keys[i]->text.p);
    return 0;
}

/* item: what is included; at: where the rule is named */
static int add_included(struct loader *l, struct mp_protocol *p, const struct mp_protocol *other,
                        const struct mp_rule *rule, struct mp_yaml *item, struct mp_yaml *at)
{
    struct mp_rule mine = *rule;
    if (rule->category == other->n_categories)
        mine.category = p->n_categories;
    else if (map_category(l, p, item, other->categories[rule->category], &mine.category) < 0)
        return -1;
    return add_rule(l, p, &mine, at);
}

static int add_all(struct loader *l, struct mp_protocol *p, const struct mp_protocol *other,
                   struct mp_yaml *item)
{
    struct mp_yaml *ids = mp_yaml_get(item, "rules");
    if (make_room(l, p, other->n_rules) < 0 || check_categories(l, other, item) < 0)
        return -1;
    for (size_t i = 0; i < other->n_rules && !ids; i++)
        if (add_included(l, p, other, &other->rules[i], item, item) < 0)
            return -1;
    for (size_t i = 0; i < mp_yaml_count(ids); i++) {
        struct mp_yaml *id = mp_yaml_item(ids, i);
        if (mp_yaml_is_text(id, l->e) < 0)
            return -1;
        size_t at = rule_named(other, id->text);
        if (at == other->n_rules)
            return mp_yaml_fail(id, l->e, "this protocol has no rule '%s'", id->text.p);
        if (add_included(l, p, other, &other->rules[at], item, id) < 0)
            return -1;
    }
    return 0;
}

/* NAME.yaml in the folder of the file that names it. */
static int beside(struct loader *l, const char *path, struct mp_str name, struct mp_str *out)
{
    struct mp_buf b = {0};
    const char *slash = strrchr(path, '/');
    mp_buf_add(&b, path, slash ? (size_t)(slash + 1 - path) : 0);
    mp_buf_addf(&b, "%s.yaml", name.p);
    *out = mp_arena_str(l->r->arena, mp_buf_str(&b));
    bool fine = out->p && !b.failed;
    mp_buf_free(&b);
    return fine ? 0 : mp_error_memory(l->e);
}

static int include(struct loader *l, struct mp_protocol *p, const char *path, struct mp_yaml *item)
{
    struct mp_str name = {0}, file;
    struct mp_protocol other = {0};
    if (item->kind != MP_YAML_MAP && mp_yaml_is_text(item, l->e) < 0)
        return -1;
    if (item->kind != MP_YAML_MAP)
        name = item->text;
    else if (mp_yaml_check(item, "protocol rules categories", l->e) < 0 ||
             mp_yaml_text(item, "protocol", true, &name, l->e) < 0)
        return -1;
    if (l->depth == MAX_INCLUDES)
        return mp_yaml_fail(item, l->e, "protocols include one another without an end");
    if (beside(l, path, name, &file) < 0)
        return -1;
    l->depth++;
    int result = read_file(l, &other, file.p);
    l->depth--;
    return result < 0 ? -1 : add_all(l, p, &other, item);
}

/* ---- the file ---- */

static int read_rules(struct loader *l, struct mp_protocol *p, struct mp_yaml *root)
{
    size_t n;
    struct mp_yaml *list = mp_yaml_get(root, "rules");
    if (mp_rules_list(root, "rules", &n, l->e) < 0 || make_room(l, p, n) < 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        struct mp_rule rule = {0};
        struct mp_yaml *map = mp_yaml_item(list, i);
        if (read_rule(l, p, map, &rule) < 0 || add_rule(l, p, &rule, mp_yaml_get(map, "id")) < 0)
            return -1;
    }
    return 0;
}

static int read_file(struct loader *l, struct mp_protocol *p, const char *path)
{
    struct mp_yaml *root;
    if (mp_rules_load(l->r, path, "protocol", "categories includes rules", &root, &p->label, l->e) <
            0 ||
        read_categories(l, p, root) < 0)
        return -1;
    struct mp_yaml *includes = mp_yaml_get(root, "includes");
    for (size_t i = 0; i < mp_yaml_count(includes); i++)
        if (include(l, p, path, mp_yaml_item(includes, i)) < 0)
            return -1;
    return read_rules(l, p, root);
}

int mp_protocol_load(struct mp_protocol *p, const struct mp_rules *r, const char *path,
                     struct mp_error *e)
{
    struct loader l = {.r = r, .e = e};
    *p = (struct mp_protocol){0};
    return read_file(&l, p, path);
}

/* A protocol: rules that say how pressing a report is, read from YAML. */
#include "rules/protocol.h"
#include "io/json.h"
#include <string.h>

enum { MAX_INCLUDES = 4 }; /* one behind the other */

struct loader {
    struct mp_protocol *p;
    const char *lang;
    struct mp_buf text; /* scratch */
    size_t depth;
    struct mp_error *e;
};

/* What stands in the scratch buffer, kept. */
static int keep(struct loader *l, struct mp_str *out)
{
    *out = mp_arena_str(&l->p->arena, mp_buf_str(&l->text));
    l->text.len = 0;
    return out->p && !l->text.failed ? 0 : mp_error_memory(l->e);
}

/* A text in both languages, of which the wanted one is given. */
static int read_two(struct loader *l, struct mp_yaml *map, const char *key, struct mp_str *out)
{
    struct mp_yaml *both = mp_yaml_get(map, key);
    if (!both)
        return mp_yaml_fail(map, l->e, "key '%s' is missing", key);
    struct mp_str nl = {0}, en = {0};
    if (mp_yaml_check(both, "nl en", l->e) < 0 || mp_yaml_text(both, "nl", true, &nl, l->e) < 0 ||
        mp_yaml_text(both, "en", true, &en, l->e) < 0)
        return -1;
    *out = strcmp(l->lang, "en") == 0 ? en : nl;
    return 0;
}

static int read_categories(struct loader *l, struct mp_yaml *root)
{
    struct mp_yaml *list = mp_yaml_get(root, "categories");
    struct mp_protocol *p = l->p;
    if (mp_yaml_count(list) < 2)
        return mp_yaml_fail(list ? list : root, l->e,
                            "'categories' must list two or more, the most pressing first");
    p->n_categories = mp_yaml_count(list);
    p->categories = mp_arena_alloc(&p->arena, p->n_categories * sizeof *p->categories);
    if (!p->categories)
        return mp_error_memory(l->e);
    for (size_t i = 0; i < p->n_categories; i++) {
        if (mp_yaml_is_text(mp_yaml_item(list, i), l->e) < 0)
            return -1;
        p->categories[i] = mp_yaml_item(list, i)->text;
    }
    return 0;
}

/* The last category is what holds without a rule, so no rule can give it. */
static int category_of(struct loader *l, struct mp_yaml *map, size_t *out)
{
    struct mp_str name = {0};
    struct mp_protocol *p = l->p;
    *out = p->n_categories;
    if (mp_yaml_text(map, "category", false, &name, l->e) < 0)
        return -1;
    if (!name.p)
        return 0;
    for (size_t i = 0; i + 1 < p->n_categories; i++)
        if (mp_str_eq(p->categories[i], name))
            *out = i;
    if (*out == p->n_categories)
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

static int read_rule(struct loader *l, struct mp_yaml *map, struct mp_rule *r)
{
    struct mp_str why, source = {0};
    struct mp_protocol *p = l->p;
    if (mp_yaml_check(map, "id category points when why source", l->e) < 0 ||
        mp_yaml_text(map, "id", true, &r->id, l->e) < 0 || category_of(l, map, &r->category) < 0 ||
        read_points(l, map, &r->points) < 0 || read_two(l, map, "why", &why) < 0 ||
        mp_yaml_text(map, "source", true, &source, l->e) < 0)
        return -1;
    for (size_t i = 0; i < p->n_rules; i++)
        if (mp_str_eq(p->rules[i].id, r->id))
            return mp_yaml_fail(mp_yaml_get(map, "id"), l->e, "a second rule '%s'", r->id.p);
    struct mp_yaml *when = mp_yaml_get(map, "when");
    if (!when)
        return mp_yaml_fail(map, l->e, "key 'when' is missing");
    if (mp_condition_read(&p->arena, when, &r->when, l->e) < 0)
        return -1;
    if (!mp_condition_bind(r->when, &p->lookup, &r->places))
        return mp_yaml_fail(when, l->e, "the rules ask for more than %d different paths",
                            MP_LOOKUP_MAX);
    mp_buf_addc(&l->text, '{');
    mp_json_add_field(&l->text, "rule", r->id);
    mp_json_add_key(&l->text, "points");
    mp_buf_addu(&l->text, (uint64_t)r->points);
    mp_json_add_field(&l->text, "why", why);
    mp_json_add_field(&l->text, "source", source);
    return keep(l, &r->json);
}

static int add_rules(struct loader *l, struct mp_yaml *root)
{
    struct mp_protocol *p = l->p;
    struct mp_yaml *list = mp_yaml_get(root, "rules");
    if (list && list->kind != MP_YAML_LIST)
        return mp_yaml_fail(list, l->e, "here must stand a list of rules");
    size_t n = mp_yaml_count(list);
    struct mp_rule *all = mp_arena_alloc(&p->arena, (p->n_rules + n + 1) * sizeof *all);
    if (!all)
        return mp_error_memory(l->e);
    if (p->n_rules)
        memcpy(all, p->rules, p->n_rules * sizeof *all);
    p->rules = all;
    for (size_t i = 0; i < n; i++) {
        if (read_rule(l, list->items[i], &all[p->n_rules]) < 0)
            return -1;
        p->n_rules++;
    }
    return 0;
}

static int read_file(struct loader *l, const char *path);

/* NAME.yaml in the folder of the file that names it. */
static int include(struct loader *l, const char *path, struct mp_yaml *item)
{
    if (mp_yaml_is_text(item, l->e) < 0)
        return -1;
    if (l->depth == MAX_INCLUDES)
        return mp_yaml_fail(item, l->e, "protocols include one another without an end");
    const char *slash = strrchr(path, '/');
    struct mp_str beside;
    mp_buf_add(&l->text, path, slash ? (size_t)(slash + 1 - path) : 0);
    mp_buf_addf(&l->text, "%s.yaml", item->text.p);
    if (keep(l, &beside) < 0)
        return -1;
    l->depth++;
    int result = read_file(l, beside.p);
    l->depth--;
    return result;
}

/* The name, version and categories of the outermost file are the protocol's. */
static int read_file(struct loader *l, const char *path)
{
    struct mp_yaml *root;
    struct mp_str name = {0}, title;
    int64_t version = 0;
    if (mp_yaml_load(&l->p->arena, path, &root, l->e) < 0 ||
        mp_yaml_check(root, "protocol version title categories includes rules", l->e) < 0 ||
        mp_yaml_text(root, "protocol", true, &name, l->e) < 0 ||
        mp_yaml_int(root, "version", true, &version, l->e) < 0 ||
        read_two(l, root, "title", &title) < 0 || (l->depth == 0 && read_categories(l, root) < 0))
        return -1;
    if (l->depth == 0) {
        struct mp_buf full = {0};
        mp_buf_addf(&full, "%s/%lld", name.p, (long long)version);
        mp_buf_addc(&l->text, '{');
        mp_json_add_field(&l->text, "protocol", mp_buf_str(&full));
        mp_json_add_key(&l->text, "category");
        l->text.failed |= full.failed;
        mp_buf_free(&full);
        if (keep(l, &l->p->json) < 0)
            return -1;
    }
    struct mp_yaml *includes = mp_yaml_get(root, "includes");
    for (size_t i = 0; i < mp_yaml_count(includes); i++)
        if (include(l, path, mp_yaml_item(includes, i)) < 0)
            return -1;
    return add_rules(l, root);
}

/* What every record would give alike: the truth of a rule that finds nothing, the places' names. */
static int prepare(struct loader *l)
{
    struct mp_protocol *p = l->p;
    (void)mp_lookup_read(&p->lookup, NULL);
    for (size_t i = 0; i < p->n_rules; i++) {
        struct mp_trace trace = {0};
        p->rules[i].blank = mp_condition_eval_in(p->rules[i].when, &p->lookup, &trace);
        p->rules[i].blank_missing = trace.missing_places;
    }
    for (size_t i = 0; i < p->lookup.n; i++) {
        const struct mp_path *path = &p->lookup.paths[i];
        struct mp_buf name = {0};
        for (size_t k = 0; k < path->n; k++) {
            mp_buf_adds(&name, k > 0 ? "." : "");
            mp_buf_addstr(&name, path->keys[k]);
        }
        mp_json_add_str(&l->text, mp_buf_str(&name));
        l->text.failed |= name.failed;
        mp_buf_free(&name);
        if (keep(l, &p->names[i]) < 0)
            return -1;
    }
    return 0;
}

/* The places of paths that the program itself names. */
static size_t place_of(struct mp_protocol *p, const char *text)
{
    struct mp_path path;
    return mp_path_of(&path, mp_str_of(text)) ? mp_lookup_add(&p->lookup, &path) : MP_LOOKUP_NONE;
}

int mp_protocol_load(struct mp_protocol *p, const char *path, const char *lang, struct mp_error *e)
{
    *p = (struct mp_protocol){0};
    /* first, so that there is a place for them */
    p->registered = place_of(p, "police_category");
    p->traffic_light = place_of(p, "traffic_light");
    p->kind = place_of(p, "kind");
    p->missing_since = place_of(p, "missing_since");
    p->returned_at = place_of(p, "returned_at");
    struct loader l = {.p = p, .lang = lang, .e = e};
    int result = read_file(&l, path) < 0 ? -1 : prepare(&l);
    mp_buf_free(&l.text);
    return result;
}

void mp_protocol_free(struct mp_protocol *p)
{
    mp_arena_free(&p->arena);
    *p = (struct mp_protocol){0};
}

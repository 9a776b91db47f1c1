/* The linkage model: reading a file of schemas/linkage. */
#include "link/model_read.h"
#include "base/utf8.h"
#include <stdlib.h>

/* A folded copy in the arena; p NULL if memory ran out. */
static struct mp_str fold(struct mp_link_model_reader *r, struct mp_str text)
{
    r->scratch.len = 0;
    mp_utf8_fold(&r->scratch, text);
    if (r->scratch.failed)
        return (struct mp_str){0};
    return mp_arena_str(r->arena, mp_buf_str(&r->scratch));
}

struct mp_yaml *mp_link_model_part(struct mp_link_model_reader *r, struct mp_yaml *map,
                                   const char *key, enum mp_yaml_kind kind, size_t max)
{
    struct mp_yaml *y = mp_yaml_get(map, key);
    const char *what = kind == MP_YAML_LIST ? "a list" : "keys with values";
    if (!y)
        mp_yaml_fail(map, r->e, "key '%s' is missing", key);
    else if (y->kind != kind || y->n == 0)
        mp_yaml_fail(y, r->e, "here must stand %s", what);
    else if (max && y->n > max)
        mp_yaml_fail(y, r->e, "more than %zu are not possible here", max);
    else
        return y;
    return NULL;
}

static int read_list(struct mp_link_model_reader *r, struct mp_yaml *y, struct mp_link_words *list)
{
    if (y->kind != MP_YAML_LIST)
        return mp_yaml_fail(y, r->e, "here must stand a list");
    list->items = mp_arena_alloc(r->arena, (y->n + 1) * sizeof *list->items);
    if (!list->items)
        return mp_error_memory(r->e);
    for (size_t i = 0; i < y->n; i++) {
        if (mp_yaml_is_text(y->items[i], r->e) < 0)
            return -1;
        struct mp_str word = fold(r, y->items[i]->text);
        if (!word.p)
            return mp_error_memory(r->e);
        list->items[list->n++] = word;
    }
    return 0;
}

static int read_lists(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    struct mp_yaml *y = mp_yaml_get(root, "words");
    if (!y)
        return 0;
    if (y->kind != MP_YAML_MAP)
        return mp_yaml_fail(y, r->e, "here must stand keys with values");
    r->m->lists = mp_arena_alloc(r->arena, (y->n + 1) * sizeof *r->m->lists);
    if (!r->m->lists)
        return mp_error_memory(r->e);
    for (size_t i = 0; i < y->n; i++) {
        r->m->lists[i].name = y->keys[i]->text;
        if (read_list(r, y->items[i], &r->m->lists[i]) < 0)
            return -1;
        r->m->n_lists++;
    }
    return 0;
}

static int read_sound(struct mp_link_model_reader *r, struct mp_yaml *y,
                      struct mp_link_sounds *sounds)
{
    if (y->kind != MP_YAML_MAP)
        return mp_yaml_fail(y, r->e, "here must stand keys with values");
    sounds->from = mp_arena_alloc(r->arena, (y->n + 1) * sizeof *sounds->from);
    sounds->to = mp_arena_alloc(r->arena, (y->n + 1) * sizeof *sounds->to);
    if (!sounds->from || !sounds->to)
        return mp_error_memory(r->e);
    for (size_t i = 0; i < y->n; i++) {
        if (y->items[i]->kind != MP_YAML_TEXT || y->keys[i]->text.n == 0)
            return mp_yaml_fail(y->items[i], r->e, "here must stand letters and what they become");
        sounds->from[i] = fold(r, y->keys[i]->text);
        sounds->to[i] = y->items[i]->text.p ? fold(r, y->items[i]->text) : MP_STR("");
        if (!sounds->from[i].p || !sounds->to[i].p)
            return mp_error_memory(r->e);
        sounds->n++;
    }
    return 0;
}

static int read_sounds(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    struct mp_yaml *y = mp_yaml_get(root, "sounds");
    if (!y)
        return 0;
    if (y->kind != MP_YAML_MAP)
        return mp_yaml_fail(y, r->e, "here must stand keys with values");
    r->m->sounds = mp_arena_alloc(r->arena, (y->n + 1) * sizeof *r->m->sounds);
    if (!r->m->sounds)
        return mp_error_memory(r->e);
    for (size_t i = 0; i < y->n; i++) {
        r->m->sounds[i].name = y->keys[i]->text;
        if (read_sound(r, y->items[i], &r->m->sounds[i]) < 0)
            return -1;
        r->m->n_sounds++;
    }
    return 0;
}

static int named_sounds(struct mp_link_model_reader *r, struct mp_yaml *y,
                        const struct mp_link_sounds **out)
{
    struct mp_str name = {0};
    if (mp_yaml_text(y, "sounds", false, &name, r->e) < 0)
        return -1;
    for (size_t i = 0; name.p && i < r->m->n_sounds; i++)
        if (mp_str_eq(r->m->sounds[i].name, name))
            *out = &r->m->sounds[i];
    if (name.p && !*out)
        return mp_yaml_fail(mp_yaml_get(y, "sounds"), r->e, "no sounds are called '%s'", name.p);
    return 0;
}

/* The list that the key names; *out stays NULL where there is no such key. */
static int named_list(struct mp_link_model_reader *r, struct mp_yaml *y, const char *key,
                      const struct mp_link_words **out)
{
    struct mp_str name = {0};
    if (mp_yaml_text(y, key, false, &name, r->e) < 0)
        return -1;
    for (size_t i = 0; name.p && i < r->m->n_lists; i++)
        if (mp_str_eq(r->m->lists[i].name, name))
            *out = &r->m->lists[i];
    if (name.p && !*out)
        return mp_yaml_fail(mp_yaml_get(y, key), r->e, "no list of words is called '%s'", name.p);
    return 0;
}

int mp_link_model_number(struct mp_link_model_reader *r, struct mp_yaml *y, const char *key,
                         bool must, int64_t *out)
{
    enum { MOST = 1000000 };
    if (mp_yaml_int(y, key, must, out, r->e) < 0)
        return -1;
    if (*out < 0 || *out > MOST)
        return mp_yaml_fail(mp_yaml_get(y, key), r->e, "must lie between 0 and %d", MOST);
    return 0;
}

int mp_link_model_share(struct mp_link_model_reader *r, struct mp_yaml *map, const char *key,
                        double *out)
{
    struct mp_yaml *y = mp_yaml_get(map, key);
    return y ? mp_link_model_share_of(r, y, out) : 0;
}

int mp_link_model_share_of(struct mp_link_model_reader *r, const struct mp_yaml *y, double *out)
{
    char *end;
    if (mp_yaml_is_text(y, r->e) < 0)
        return -1;
    *out = strtod(y->text.p, &end);
    if (end == y->text.p || *end || !(*out >= 0 && *out <= 1))
        return mp_yaml_fail(y, r->e, "must lie between 0 and 1");
    return 0;
}

static int path_at(struct mp_link_model_reader *r, const struct mp_yaml *y, struct mp_path *path)
{
    if (mp_yaml_is_text(y, r->e) < 0)
        return -1;
    if (!mp_path_of(path, y->text))
        return mp_yaml_fail(y, r->e, "'%s' is no key of a record", y->text.p);
    return 0;
}

static int path_of(struct mp_link_model_reader *r, struct mp_yaml *y, const char *key,
                   struct mp_path *path)
{
    struct mp_yaml *value = mp_yaml_get(y, key);
    return value ? path_at(r, value, path) : mp_yaml_fail(y, r->e, "key '%s' is missing", key);
}

static int read_from(struct mp_link_model_reader *r, struct mp_yaml *y, struct mp_link_field *f)
{
    struct mp_yaml *from = mp_yaml_get(y, "from");
    if (!from || mp_yaml_count(from) == 0)
        return mp_yaml_fail(y, r->e, "key 'from' is missing");
    if (mp_yaml_count(from) > MP_LINK_FROM)
        return mp_yaml_fail(from, r->e, "more than %d are not possible here", MP_LINK_FROM);
    for (size_t i = 0; i < mp_yaml_count(from); i++)
        if (path_at(r, mp_yaml_item(from, i), &f->from[f->n_from++]) < 0)
            return -1;
    return 0;
}

static int read_as(struct mp_link_model_reader *r, struct mp_yaml *y, struct mp_link_field *f)
{
    static const char *const names[MP_LINK_AS] = {"text", "words", "day", "year", "minute"};
    struct mp_yaml *less = mp_yaml_get(y, "less");
    struct mp_str as = {0};
    size_t i = 0;
    if (mp_yaml_text(y, "as", true, &as, r->e) < 0)
        return -1;
    while (i < MP_LINK_AS && !mp_str_is(as, names[i]))
        i++;
    if (i == MP_LINK_AS)
        return mp_yaml_fail(mp_yaml_get(y, "as"), r->e,
                            "'%s' is none of text, words, day, year, minute", as.p);
    f->as = (enum mp_link_as)i;
    if (less && f->as != MP_LINK_AS_YEAR)
        return mp_yaml_fail(less, r->e, "'less' belongs to 'year'");
    return less ? path_at(r, less, &f->less) : 0;
}

static int read_field(struct mp_link_model_reader *r, struct mp_yaml *y, struct mp_link_field *f)
{
    struct mp_str cut = {0};
    int64_t least = 0, most = 0, start = 0;
    if (mp_yaml_check(y, "from as less off ends_off sounds cut least most start sorted", r->e) <
            0 ||
        read_from(r, y, f) < 0 || read_as(r, y, f) < 0 ||
        mp_yaml_text(y, "cut", false, &cut, r->e) < 0 || named_list(r, y, "off", &f->off) < 0 ||
        named_list(r, y, "ends_off", &f->ends_off) < 0 || named_sounds(r, y, &f->sounds) < 0 ||
        mp_link_model_number(r, y, "least", false, &least) ||
        mp_link_model_number(r, y, "most", false, &most) ||
        mp_link_model_number(r, y, "start", false, &start) ||
        mp_yaml_bool(y, "sorted", &f->sorted, r->e) < 0)
        return -1;
    f->least = (size_t)least;
    f->most = (size_t)most;
    f->start = (size_t)start;
    if (cut.n && !(f->cut = fold(r, cut)).p)
        return mp_error_memory(r->e);
    return 0;
}

static bool same_path(const struct mp_path *a, const struct mp_path *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = mp_str_eq(a->keys[i], b->keys[i]);
    return same;
}

static size_t source_of(const struct mp_link_model *m, const struct mp_link_field *f)
{
    for (size_t i = 0;; i++) {
        const struct mp_link_field *other = &m->fields[i];
        bool same =
            other->n_from == f->n_from && !mp_link_is_number(other) && !mp_link_is_number(f);
        for (size_t k = 0; same && k < f->n_from; k++)
            same = same_path(&other->from[k], &f->from[k]);
        if (same || other == f)
            return i;
    }
}

static int read_fields(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    struct mp_yaml *y = mp_link_model_part(r, root, "fields", MP_YAML_MAP, MP_LINK_FIELDS);
    for (size_t i = 0; y && i < y->n; i++) {
        struct mp_link_field *f = &r->m->fields[r->m->n_fields++];
        f->name = y->keys[i]->text;
        if (read_field(r, y->items[i], f) < 0)
            return -1;
        f->source = source_of(r->m, f);
    }
    return y ? 0 : -1;
}

int mp_link_model_field(struct mp_link_model_reader *r, const struct mp_yaml *y, size_t *out)
{
    if (mp_yaml_is_text(y, r->e) < 0)
        return -1;
    for (*out = 0; *out < r->m->n_fields; ++*out)
        if (mp_str_eq(r->m->fields[*out].name, y->text))
            return 0;
    return mp_yaml_fail(y, r->e, "no field is called '%s'", y->text.p);
}

/* One field or several. */
static int read_differ(struct mp_link_model_reader *r, struct mp_yaml *y, struct mp_link_rule *rule)
{
    if (mp_yaml_count(y) == 0)
        return mp_yaml_fail(y, r->e, "key 'differ' must name a field");
    if (mp_yaml_count(y) > MP_LINK_DIFFER)
        return mp_yaml_fail(y, r->e, "more than %d are not possible here", MP_LINK_DIFFER);
    for (size_t i = 0; i < mp_yaml_count(y); i++)
        if (mp_link_model_field(r, mp_yaml_item(y, i), &rule->differ[rule->n_differ++]) < 0)
            return -1;
    return 0;
}

static int read_rule(struct mp_link_model_reader *r, struct mp_yaml *y, bool two,
                     struct mp_link_rule *rule)
{
    rule->unlike = 1;
    if (mp_yaml_check(y, two ? "name same differ unlike" : "name same alone", r->e) < 0 ||
        mp_yaml_text(y, "name", true, &rule->name, r->e) < 0 ||
        mp_yaml_bool(y, "alone", &rule->alone, r->e) < 0 ||
        mp_link_model_share(r, y, "unlike", &rule->unlike) < 0)
        return -1;
    struct mp_yaml *same = mp_link_model_part(r, y, "same", MP_YAML_LIST, MP_LINK_SAME);
    if (!same)
        return -1;
    struct mp_buf *b = &r->scratch;
    b->len = 0;
    mp_buf_addstr(b, rule->name);
    for (size_t i = 0; i < same->n; i++) {
        if (mp_link_model_field(r, same->items[i], &rule->same[rule->n_same++]) < 0)
            return -1;
        mp_buf_adds(b, i ? ", " : ": ");
        mp_buf_addstr(b, same->items[i]->text);
    }
    rule->text = mp_arena_str(r->arena, mp_buf_str(b));
    if (!rule->text.p || b->failed)
        return mp_error_memory(r->e);
    struct mp_yaml *differ = mp_yaml_get(y, "differ");
    if (two && !differ)
        return mp_yaml_fail(y, r->e, "key 'differ' is missing");
    return two ? read_differ(r, differ, rule) : 0;
}

static int read_rules(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    struct mp_yaml *y = NULL;
    if (mp_yaml_get(root, "same_youth") || !mp_yaml_get(root, "compare"))
        y = mp_link_model_part(r, root, "same_youth", MP_YAML_LIST, MP_LINK_RULES);
    else if (!mp_yaml_get(root, "two_youths"))
        return 0;
    for (size_t i = 0; y && i < y->n; i++)
        if (read_rule(r, y->items[i], false, &r->m->same[r->m->n_same++]) < 0)
            return -1;
    if (!y)
        return -1;
    if (!mp_yaml_get(root, "two_youths"))
        return 0;
    y = mp_link_model_part(r, root, "two_youths", MP_YAML_LIST, MP_LINK_RULES);
    for (size_t i = 0; y && i < y->n; i++)
        if (read_rule(r, y->items[i], true, &r->m->two[r->m->n_two++]) < 0)
            return -1;
    return y ? 0 : -1;
}

static int read_absence(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    struct mp_link_absence *a = &r->m->absence;
    struct mp_yaml *y = mp_link_model_part(r, root, "absence", MP_YAML_MAP, 0);
    const struct {
        const char *key;
        int64_t *to;
    } hours[] = {
        {"same_departure", &a->same_departure}, {"early_report", &a->early_report},
        {"late_report", &a->late_report},       {"unknown_end", &a->unknown_end},
        {"same_return", &a->same_return},       {"registered_twice", &a->registered_twice},
    };
    if (!y || mp_yaml_check(y,
                            "same_departure early_report late_report unknown_end same_return "
                            "registered_twice",
                            r->e) < 0)
        return -1;
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
        if (mp_link_model_number(r, y, hours[i].key, true, hours[i].to) < 0)
            return -1;
        *hours[i].to *= 60;
    }
    return 0;
}

static int read_windows(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    struct mp_yaml *y = mp_link_model_part(r, root, "windows", MP_YAML_LIST, MP_LINK_WINDOWS);
    for (size_t i = 0; y && i < y->n; i++) {
        /* read as the only item of a map, so that the same checks serve */
        struct mp_yaml key = {.kind = MP_YAML_TEXT, .text = MP_STR("days")};
        struct mp_yaml *keys[] = {&key}, one = {.kind = MP_YAML_MAP, .n = 1, .keys = keys};
        one.items = &y->items[i];
        int64_t *days = &r->m->windows[r->m->n_windows++];
        if (mp_link_model_number(r, &one, "days", true, days) < 0)
            return -1;
        if (i > 0 && days[-1] >= *days)
            return mp_yaml_fail(y->items[i], r->e, "windows must grow");
    }
    return y ? 0 : -1;
}

static int read_fill(struct mp_link_model_reader *r, struct mp_yaml *y, struct mp_link_fill *f)
{
    size_t like;
    f->conflict = true;
    if (mp_yaml_check(y, "key like with conflict most doubt", r->e) < 0 ||
        path_of(r, y, "key", &f->path) < 0 || mp_yaml_bool(y, "conflict", &f->conflict, r->e) < 0 ||
        mp_yaml_bool(y, "most", &f->most, r->e) < 0 ||
        mp_yaml_text(y, "doubt", false, &f->doubt, r->e) < 0)
        return -1;
    if (f->doubt.n && !f->most)
        return mp_yaml_fail(mp_yaml_get(y, "doubt"), r->e, "'doubt' belongs to 'most'");
    f->key = mp_yaml_get(y, "key")->text;
    if (f->path.n > 2)
        return mp_yaml_fail(mp_yaml_get(y, "key"), r->e, "at most one dot is possible here");
    if (mp_yaml_get(y, "with") && path_of(r, y, "with", &f->with) < 0)
        return -1;
    if (!mp_yaml_get(y, "like"))
        return 0;
    if (mp_link_model_field(r, mp_yaml_get(y, "like"), &like) < 0)
        return -1;
    f->like = &r->m->fields[like];
    return 0;
}

static int read_fills(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    struct mp_link_fill *fills = r->m->fills;
    struct mp_yaml *y = mp_link_model_part(r, root, "fill", MP_YAML_LIST, MP_LINK_FILLS);
    for (size_t i = 0; y && i < y->n; i++)
        if (read_fill(r, y->items[i], &fills[r->m->n_fills++]) < 0)
            return -1;
    for (size_t i = 0; i < r->m->n_fills; i++)
        for (size_t k = 0; k < r->m->n_fills && fills[i].with.n; k++)
            if (fills[k].most && same_path(&fills[i].with, &fills[k].path))
                fills[i].follows = k + 1;
    return y ? 0 : -1;
}

/* Reports are named by what they always have; records of other kinds by the keys of `key`. */
static int read_key(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    struct mp_yaml *y = mp_yaml_get(root, "key");
    r->m->persons = !mp_yaml_get(root, "absence");
    if (!r->m->persons && y)
        return mp_yaml_fail(y, r->e, "'key' does not go with 'absence': reports have their own");
    if (r->m->persons && (!y || mp_yaml_count(y) == 0))
        return mp_yaml_fail(root, r->e,
                            "key 'key' is missing: what names a record (or 'absence', "
                            "for reports of schema mp/1)");
    if (mp_yaml_count(y) > MP_LINK_KEYS)
        return mp_yaml_fail(y, r->e, "more than %d are not possible here", MP_LINK_KEYS);
    for (size_t i = 0; i < mp_yaml_count(y); i++)
        if (path_at(r, mp_yaml_item(y, i), &r->m->key[r->m->n_key++]) < 0)
            return -1;
    return 0;
}

int mp_link_model_read(struct mp_arena *a, const char *path, struct mp_link_model *m,
                       struct mp_error *e)
{
    struct mp_yaml *root;
    struct mp_link_model_reader r = {.arena = a, .m = m, .e = e};
    *m = (struct mp_link_model){0};
    if (mp_yaml_load(a, path, &root, e) < 0)
        return -1;
    int bad =
        mp_yaml_check(root,
                      "key words sounds fields same_youth two_youths compare together block link "
                      "review weights "
                      "absence windows fill lessons",
                      e) < 0 ||
        read_key(&r, root) < 0 || read_lists(&r, root) < 0 || read_sounds(&r, root) < 0 ||
        read_fields(&r, root) < 0 || read_rules(&r, root) < 0 ||
        mp_link_model_compare(&r, root) < 0 || mp_link_model_weights(&r, root) < 0 ||
        mp_link_model_lessons(&r, root) < 0 ||
        (mp_yaml_get(root, "absence") &&
         (read_absence(&r, root) < 0 || read_windows(&r, root) < 0 || read_fills(&r, root) < 0));
    bad = bad || mp_link_model_keep(&r, path, root) < 0;
    mp_buf_free(&r.scratch);
    return bad ? -1 : 0;
}

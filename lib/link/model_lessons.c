/* The linkage model: what is taken along from earlier absences. */
#include "link/model_read.h"

/* Appends the texts of a list to `to`, of which *n are taken. */
static int read_texts(struct mp_link_model_reader *r, const struct mp_yaml *list, struct mp_str *to,
                      size_t *n, size_t max)
{
    if (list->kind != MP_YAML_LIST || list->n == 0)
        return mp_yaml_fail(list, r->e, "here must stand a list");
    if (list->n > max - *n)
        return mp_yaml_fail(list, r->e, "more than %zu are not possible here", max);
    for (size_t i = 0; i < list->n; i++) {
        if (mp_yaml_is_text(list->items[i], r->e) < 0)
            return -1;
        to[(*n)++] = list->items[i]->text;
    }
    return 0;
}

static int read_counted(struct mp_link_model_reader *r, struct mp_yaml *y,
                        struct mp_link_lessons *lessons)
{
    struct mp_yaml *list = mp_link_model_part(r, y, "counted", MP_YAML_LIST, MP_LINK_STATUSES);
    for (size_t i = 0; list && i < list->n; i++) {
        size_t k = 0;
        if (mp_yaml_is_text(list->items[i], r->e) < 0)
            return -1;
        while (k < lessons->n_statuses && !mp_str_eq(lessons->statuses[k], list->items[i]->text))
            k++;
        if (k == lessons->n_statuses)
            return mp_yaml_fail(list->items[i], r->e, "'%s' is none of the statuses",
                                list->items[i]->text.p);
        lessons->counted[k] = true;
    }
    return list ? 0 : -1;
}

/* Its keys stand beside these in the output. */
static bool is_taken(struct mp_str key)
{
    return mp_str_is(key, "missing_since") || mp_str_is(key, "returned_at") ||
           mp_str_is(key, "hours");
}

int mp_link_model_lessons(struct mp_link_model_reader *r, struct mp_yaml *root)
{
    struct mp_link_lessons *lessons = &r->m->lessons;
    struct mp_yaml *y, *statuses, *keys;
    if (!mp_yaml_get(root, "lessons"))
        return 0;
    y = mp_link_model_part(r, root, "lessons", MP_YAML_MAP, 0);
    if (!y || mp_yaml_check(y, "statuses counted codes", r->e) < 0)
        return -1;
    statuses = mp_link_model_part(r, y, "statuses", MP_YAML_LIST, MP_LINK_STATUSES);
    if (!statuses ||
        read_texts(r, statuses, lessons->statuses, &lessons->n_statuses, MP_LINK_STATUSES) < 0 ||
        read_counted(r, y, lessons) < 0)
        return -1;
    keys = mp_link_model_part(r, y, "codes", MP_YAML_MAP, MP_LINK_LESSONS);
    for (size_t i = 0; keys && i < keys->n; i++) {
        struct mp_link_lesson *one = &lessons->list[lessons->n++];
        one->key = keys->keys[i]->text;
        one->first = lessons->n_codes;
        if (is_taken(one->key))
            return mp_yaml_fail(keys->keys[i], r->e, "'%s' has a meaning already", one->key.p);
        if (read_texts(r, keys->items[i], lessons->codes, &lessons->n_codes, MP_LINK_LESSON_CODES) <
            0)
            return -1;
        one->n = lessons->n_codes - one->first;
    }
    return keys ? 0 : -1;
}

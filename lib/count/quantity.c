/* Numbers that a record tells. */
#include "count/quantity.h"

static bool begins_with(const struct mp_path *path, const struct mp_path *start)
{
    if (path->n < start->n)
        return false;
    for (size_t i = 0; i < start->n; i++)
        if (!mp_str_eq(path->keys[i], start->keys[i]))
            return false;
    return true;
}

int mp_never_check(struct mp_yaml *list, struct mp_yaml *y, const struct mp_path *path,
                   struct mp_error *e)
{
    for (size_t i = 0; i < mp_yaml_count(list); i++) {
        struct mp_yaml *item = mp_yaml_item(list, i);
        struct mp_path never;
        if (mp_yaml_is_text(item, e) < 0)
            return -1;
        if (!mp_path_of(&never, item->text))
            return mp_yaml_fail(item, e, "'%s' is no path", item->text.p);
        if (begins_with(path, &never))
            return mp_yaml_fail(y, e, "'%s' may never stand in a table: see 'never'", y->text.p);
    }
    return 0;
}

int mp_place_read(const struct mp_rules *r, struct mp_yaml *never, struct mp_yaml *y, size_t *place,
                  struct mp_error *e)
{
    struct mp_path path;
    if (mp_yaml_is_text(y, e) < 0)
        return -1;
    if (!mp_path_of(&path, y->text))
        return mp_yaml_fail(y, e, "'%s' is no path", y->text.p);
    if (mp_never_check(never, y, &path, e) < 0)
        return -1;
    if (!mp_case_knows(r->k, &path))
        return mp_yaml_fail(y, e, "there is no value '%s'", y->text.p);
    *place = mp_lookup_add(&r->k->lookup, &path);
    if (*place == MP_LOOKUP_NONE)
        return mp_yaml_fail(y, e, "the tables ask for more than %d different paths", MP_LOOKUP_MAX);
    return 0;
}

int mp_moments_read(const struct mp_rules *r, struct mp_yaml *map, const char *key,
                    struct mp_moments *out, struct mp_error *e)
{
    struct mp_yaml *list = mp_yaml_get(map, key);
    out->n = mp_yaml_count(list);
    if (out->n == 0 || out->n > MP_MOMENTS)
        return mp_yaml_fail(list ? list : map, e, "'%s' must name 1 to %d moments", key,
                            MP_MOMENTS);
    for (size_t i = 0; i < out->n; i++)
        if (mp_place_read(r, NULL, mp_yaml_item(list, i), &out->at[i], e) < 0)
            return -1;
    return 0;
}

struct mp_time mp_moments_of(const struct mp_moments *m, const struct mp_case *k)
{
    struct mp_time t = {0};
    for (size_t i = 0; i < m->n && !t.known; i++) {
        struct mp_str s = mp_case_text(k, m->at[i]);
        if (s.p)
            mp_time_read(s, &t);
    }
    return t;
}

int mp_quantity_read(const struct mp_rules *r, struct mp_yaml *never, struct mp_yaml *map,
                     struct mp_quantity *out, struct mp_error *e)
{
    struct mp_yaml *number = mp_yaml_get(map, "number"), *hours = mp_yaml_get(map, "hours"),
                   *days = mp_yaml_get(map, "days"), *span = hours ? hours : days;
    if (!!number + !!hours + !!days != 1)
        return mp_yaml_fail(map, e, "here must stand one of: number, hours, days");
    if (number) {
        out->kind = MP_QUANTITY_PATH;
        return mp_place_read(r, never, number, &out->place, e);
    }
    out->kind = hours ? MP_QUANTITY_HOURS : MP_QUANTITY_DAYS;
    if (mp_yaml_check(span, "from to", e) < 0 ||
        mp_moments_read(r, span, "from", &out->from, e) < 0)
        return -1;
    return mp_moments_read(r, span, "to", &out->to, e);
}

/* The span behind a path that is worked out, or NULL. */
static const struct mp_span *span_behind(const struct mp_case *k, size_t place)
{
    for (size_t i = 0; i < MP_GIVEN_RISK_LEVEL; i++)
        if (k->at[i] == place)
            return &k->spans[i];
    return NULL;
}

static bool from_span(struct mp_span s, struct mp_amount *out)
{
    *out = (struct mp_amount){s.least / 60, s.most / 60, (s.least + s.most) / 120};
    return s.known;
}

bool mp_quantity_of(const struct mp_quantity *q, const struct mp_case *k, struct mp_amount *out)
{
    int64_t n;
    if (q->kind == MP_QUANTITY_PATH) {
        const struct mp_span *span = span_behind(k, q->place);
        if (span && span->known)
            return from_span(*span, out);
        if (!mp_rec_int(k->lookup.values[q->place], &n) || n < 0)
            return false;
        *out = (struct mp_amount){n, n, n};
        return true;
    }
    struct mp_time from = mp_moments_of(&q->from, k), to = mp_moments_of(&q->to, k);
    if (q->kind == MP_QUANTITY_HOURS)
        return from_span(mp_span_of(from, to), out);
    n = (int64_t)to.day - from.day;
    *out = (struct mp_amount){n, n, n};
    return from.known && to.known && n >= 0;
}

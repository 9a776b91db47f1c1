/* Reading shares, weights and spreads of time from YAML. */
#include "synth/read.h"

enum { MOST_MINUTES = 4000 * 1440, MOST_WEIGHT = 1000000 };

struct mp_yaml *mp_synth_part(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                              enum mp_yaml_kind kind)
{
    struct mp_yaml *y = mp_yaml_get(map, key);
    if (!y)
        mp_yaml_fail(map, r->e, "key '%s' is missing", key);
    else if (y->kind != kind || y->n == 0)
        mp_yaml_fail(y, r->e, "here must stand %s",
                     kind == MP_YAML_LIST ? "a list" : "keys with values");
    else
        return y;
    return NULL;
}

/* Reads digits at *p, which is moved behind them; -1 where there are none or too many. */
static int64_t digits(const char **p)
{
    int64_t v = 0;
    const char *start = *p;
    for (; **p >= '0' && **p <= '9'; ++*p) {
        if (*p - start >= 9)
            return -1;
        v = v * 10 + (**p - '0');
    }
    return *p == start ? -1 : v;
}

int mp_synth_read_share(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                        uint32_t *out)
{
    struct mp_str text;
    if (mp_yaml_text(map, key, true, &text, r->e) < 0)
        return -1;
    const char *p = text.p;
    int64_t whole = digits(&p), part = 0, unit = MP_SHARE_ALL / 100;
    if (whole >= 0 && *p == '.')
        for (p++; *p >= '0' && *p <= '9' && unit > 1; p++)
            part += (*p - '0') * (unit /= 10);
    if (whole < 0 || p[0] != '%' || p[1] || whole * (MP_SHARE_ALL / 100) + part > MP_SHARE_ALL)
        return mp_yaml_fail(mp_yaml_get(map, key), r->e,
                            "'%s' is no share from 0%% to 100%%, such as 2.5%%", text.p);
    *out = (uint32_t)(whole * (MP_SHARE_ALL / 100) + part);
    return 0;
}

int mp_synth_read_number(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                         int64_t low, int64_t high, int64_t *out)
{
    if (mp_yaml_int(map, key, true, out, r->e) < 0)
        return -1;
    if (*out < low || *out > high)
        return mp_yaml_fail(mp_yaml_get(map, key), r->e, "must lie between %lld and %lld",
                            (long long)low, (long long)high);
    return 0;
}

int mp_synth_read_time(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                       int32_t low, int32_t *out)
{
    struct mp_str text;
    if (mp_yaml_text(map, key, true, &text, r->e) < 0)
        return -1;
    const char *p = text.p + (text.p[0] == '-');
    int64_t v = digits(&p), unit = *p == 'm' ? 1 : *p == 'h' ? 60 : *p == 'd' ? 1440 : 0;
    if (v < 0 || unit == 0 || p[1])
        return mp_yaml_fail(mp_yaml_get(map, key), r->e, "'%s' is no time such as 90m, 6h or 14d",
                            text.p);
    v *= text.p[0] == '-' ? -unit : unit;
    if (v < low || v > MOST_MINUTES || v < -MOST_MINUTES)
        return mp_yaml_fail(mp_yaml_get(map, key), r->e,
                            low < 0 ? "must lie between -4000d and 4000d"
                                    : "must lie between %dm and 4000d",
                            (int)low);
    *out = (int32_t)v;
    return 0;
}

/* Room for n weights. */
static int make_weights(struct mp_synth_reader *r, size_t n, struct mp_synth_weights *w)
{
    w->n = 0;
    w->texts = mp_arena_alloc(r->arena, n * sizeof *w->texts);
    w->upto = mp_arena_alloc(r->arena, n * sizeof *w->upto);
    return w->texts && w->upto ? 0 : mp_error_memory(r->e);
}

static void add_weight(struct mp_synth_weights *w, struct mp_str text, uint32_t weight)
{
    w->upto[w->n] = (w->n ? w->upto[w->n - 1] : 0) + weight;
    w->texts[w->n++] = text;
}

static int some_weight(struct mp_synth_reader *r, const struct mp_yaml *y,
                       const struct mp_synth_weights *w)
{
    return w->upto[w->n - 1] > 0 ? 0 : mp_yaml_fail(y, r->e, "not all weights may be 0");
}

int mp_synth_read_weights(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                          struct mp_synth_weights *out)
{
    struct mp_yaml *y = mp_synth_part(r, map, key, MP_YAML_MAP);
    if (!y || make_weights(r, y->n, out) < 0)
        return -1;
    if (y->n > UINT32_MAX / MOST_WEIGHT)
        return mp_yaml_fail(y, r->e, "more than %d are not possible here",
                            (int)(UINT32_MAX / MOST_WEIGHT));
    for (size_t i = 0; i < y->n; i++) {
        /* a map of this pair alone: looking the key up among thousands would take long */
        const struct mp_yaml one = {.kind = MP_YAML_MAP,
                                    .n = 1,
                                    .items = &y->items[i],
                                    .keys = &y->keys[i],
                                    .file = y->file,
                                    .line = y->line,
                                    .col = y->col};
        int64_t weight;
        if (mp_synth_read_number(r, &one, y->keys[i]->text.p, 0, MOST_WEIGHT, &weight) < 0)
            return -1;
        add_weight(out, y->keys[i]->text, (uint32_t)weight);
    }
    return some_weight(r, y, out);
}

int mp_synth_read_numbers(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                          int64_t low, int64_t high, struct mp_synth_weights *out, int64_t **values)
{
    if (mp_synth_read_weights(r, map, key, out) < 0)
        return -1;
    *values = mp_arena_alloc(r->arena, out->n * sizeof **values);
    if (!*values)
        return mp_error_memory(r->e);
    const struct mp_yaml *y = mp_yaml_get(map, key);
    for (size_t i = 0; i < out->n; i++) {
        const char *p = out->texts[i].p;
        int64_t v = digits(&p);
        if (v < 0 || *p || v < low || v > high)
            return mp_yaml_fail(y->keys[i], r->e, "here must stand whole numbers from %d to %d",
                                (int)low, (int)high);
        (*values)[i] = v;
    }
    return 0;
}

int mp_synth_read_spread(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                         int32_t low, struct mp_synth_spread *out)
{
    struct mp_yaml *y = mp_synth_part(r, map, key, MP_YAML_LIST);
    if (!y || make_weights(r, y->n, &out->of) < 0)
        return -1;
    out->ranges = mp_arena_alloc(r->arena, y->n * sizeof *out->ranges);
    if (!out->ranges)
        return mp_error_memory(r->e);
    for (size_t i = 0; i < y->n; i++) {
        struct mp_synth_range *range = &out->ranges[i];
        int64_t weight;
        if (mp_yaml_check(y->items[i], "weight from to", r->e) < 0 ||
            mp_synth_read_number(r, y->items[i], "weight", 0, 1000, &weight) < 0 ||
            mp_synth_read_time(r, y->items[i], "from", low, &range->from) < 0 ||
            mp_synth_read_time(r, y->items[i], "to", low, &range->to) < 0)
            return -1;
        if (range->to < range->from)
            return mp_yaml_fail(mp_yaml_get(y->items[i], "to"), r->e, "this lies before 'from'");
        add_weight(&out->of, MP_STR(""), (uint32_t)weight);
    }
    return some_weight(r, y, &out->of);
}

int mp_synth_read_list(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                       struct mp_synth_weights *out)
{
    struct mp_yaml *y = mp_synth_part(r, map, key, MP_YAML_LIST);
    if (!y || make_weights(r, y->n, out) < 0)
        return -1;
    for (size_t i = 0; i < y->n; i++) {
        if (mp_yaml_is_text(y->items[i], r->e) < 0)
            return -1;
        add_weight(out, y->items[i]->text, 1);
    }
    return 0;
}

size_t mp_synth_place(const struct mp_synth_weights *w, struct mp_chance *c)
{
    uint32_t x = mp_chance_below(c, w->upto[w->n - 1]);
    size_t low = 0, high = w->n - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (x < w->upto[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

int32_t mp_synth_minutes(const struct mp_synth_spread *s, struct mp_chance *c)
{
    const struct mp_synth_range *range = &s->ranges[mp_synth_place(&s->of, c)];
    return range->from + (int32_t)mp_chance_below(c, (uint32_t)(range->to - range->from) + 1);
}

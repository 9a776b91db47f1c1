/* Senses of single words, read from YAML. */
#include "text/sense.h"
#include <limits.h>
#include <stdlib.h>

/* "3", "-1", "17-24": one number or two. */
static bool read_value(struct mp_str s, int16_t *a, int16_t *b)
{
    int16_t *to[] = {a, b};
    size_t at = 0;
    for (size_t part = 0; part < 2; part++) {
        bool minus = part == 0 && at < s.n && s.p[at] == '-';
        int value = 0;
        size_t start = at += minus;
        for (; at < s.n && s.p[at] >= '0' && s.p[at] <= '9' && value < 1000; at++)
            value = value * 10 + (s.p[at] - '0');
        if (at == start)
            return false;
        *to[part] = (int16_t)(minus ? -value : value);
        if (at == s.n)
            return true;
        if (s.p[at++] != '-')
            return false;
    }
    return false;
}

static int add(struct mp_patterns *p, struct mp_arena *a, struct mp_buf *out, const char *prefix,
               struct mp_yaml *words, struct mp_sense sense, struct mp_error *e)
{
    struct mp_buf name = {0};
    mp_buf_addf(&name, "%s.%u.%d.%d", prefix, (unsigned)sense.kind, sense.a, sense.b);
    struct mp_str kept = name.failed ? (struct mp_str){0} : mp_arena_str(a, mp_buf_str(&name));
    mp_buf_free(&name);
    if (!kept.p)
        return mp_error_memory(e);
    if (mp_patterns_list(p, kept, words, e) < 0 ||
        mp_patterns_class(p, words, kept.p, &sense.class, e) < 0)
        return -1;
    mp_buf_add(out, &sense, sizeof sense);
    return out->failed ? mp_error_memory(e) : 0;
}

static int add_kind(struct mp_patterns *p, struct mp_arena *a, struct mp_buf *out,
                    const char *prefix, struct mp_yaml *value, unsigned kind, struct mp_error *e)
{
    struct mp_sense sense = {.kind = (uint16_t)kind};
    if (value->kind != MP_YAML_MAP)
        return add(p, a, out, prefix, value, sense, e);
    for (size_t i = 0; i < value->n; i++) {
        sense.a = sense.b = 0;
        if (!read_value(value->keys[i]->text, &sense.a, &sense.b))
            return mp_yaml_fail(value->keys[i], e, "a value is written 3, -1 or 17-24");
        if (add(p, a, out, prefix, value->items[i], sense, e) < 0)
            return -1;
    }
    return 0;
}

int mp_senses_load(struct mp_arena *a, struct mp_patterns *p, struct mp_yaml *map,
                   const char *prefix, const char *const *kinds, size_t n, struct mp_senses *out,
                   struct mp_error *e)
{
    struct mp_buf all = {0};
    int bad = 0;
    *out = (struct mp_senses){0};
    for (size_t k = 0; !bad && k < n; k++) {
        struct mp_yaml *value = mp_yaml_get(map, kinds[k]);
        if (value)
            bad = add_kind(p, a, &all, prefix, value, (unsigned)k, e);
    }
    if (!bad && all.len) {
        out->n = all.len / sizeof *out->at;
        out->at = mp_arena_alloc(a, all.len);
        if (out->at) {
            memcpy(out->at, all.data, all.len);
        } else {
            bad = mp_error_memory(e);
        }
    }
    out->table = ++p->words->n_tables;
    for (size_t i = 0; !bad && i < out->n; i++)
        if (mp_words_mark(p->words, out->table, out->at[i].class, out->at[i].kind, &out->at[i]) < 0)
            bad = mp_error_memory(e);
    mp_buf_free(&all);
    return bad;
}

/* Values that a profile knows, and what they become. */
#include "intake/value_map.h"
#include "base/glob.h"
#include "base/utf8.h"

static int fold_into(struct mp_arena *a, struct mp_str s, struct mp_str *out, struct mp_error *e)
{
    struct mp_buf b = {0};
    mp_utf8_fold(&b, s);
    *out = mp_arena_str(a, mp_buf_str(&b));
    bool good = out->p && !b.failed;
    mp_buf_free(&b);
    return good ? 0 : mp_error_memory(e);
}

int mp_patterns_read(struct mp_arena *a, struct mp_yaml *y, struct mp_str **out, size_t *n,
                     struct mp_error *e)
{
    *n = mp_yaml_count(y);
    *out = mp_arena_alloc(a, (*n + 1) * sizeof **out);
    if (!*out)
        return mp_error_memory(e);
    for (size_t i = 0; i < *n; i++) {
        struct mp_yaml *item = mp_yaml_item(y, i);
        if (mp_yaml_is_text(item, e) < 0 || fold_into(a, item->text, &(*out)[i], e) < 0)
            return -1;
    }
    return 0;
}

int mp_value_map_read(struct mp_arena *a, struct mp_yaml *y, struct mp_value_map *out,
                      struct mp_error *e)
{
    if (y->kind != MP_YAML_MAP || y->n == 0)
        return mp_yaml_fail(y, e, "here must stand values and what they become");
    out->n = y->n;
    out->patterns = mp_arena_alloc(a, y->n * sizeof *out->patterns);
    out->values = mp_arena_alloc(a, y->n * sizeof *out->values);
    out->memo = mp_arena_alloc(a, sizeof *out->memo);
    if (!out->patterns || !out->values || !out->memo)
        return mp_error_memory(e);
    for (size_t i = 0; i < y->n; i++) {
        if (mp_yaml_is_text(y->items[i], e) < 0 ||
            fold_into(a, y->keys[i]->text, &out->patterns[i], e) < 0)
            return -1;
        out->values[i] = y->items[i]->text;
    }
    return 0;
}

bool mp_patterns_fit(const struct mp_str *patterns, size_t n, struct mp_str folded)
{
    for (size_t i = 0; i < n; i++)
        if (mp_glob(patterns[i], folded))
            return true;
    return false;
}

struct mp_str mp_value_map_find(const struct mp_value_map *m, struct mp_str s,
                                struct mp_buf *folded)
{
    bool known;
    struct mp_memo_slot *slot = mp_memo_at(m->memo, s, &known);
    size_t i = slot && known ? slot->answer : 0;
    if (!known) {
        folded->len = 0;
        mp_utf8_fold(folded, s);
        while (i < m->n && !mp_glob(m->patterns[i], mp_buf_str(folded)))
            i++;
        if (slot)
            slot->answer = i;
    }
    return i < m->n ? m->values[i] : (struct mp_str){0};
}

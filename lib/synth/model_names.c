/* Reading a model: lists of names, and how they are misspelt. */
#include "synth/model.h"

static int read_maker(struct mp_synth_reader *r, const struct mp_yaml *y, struct mp_synth_maker *to,
                      int64_t *weight)
{
    if (mp_yaml_check(y, "weight prefix parts", r->e) < 0 ||
        mp_synth_read_number(r, y, "weight", 0, 10000, weight) < 0 ||
        (mp_yaml_get(y, "prefix") && mp_synth_read_weights(r, y, "prefix", &to->prefix) < 0))
        return -1;
    struct mp_yaml *parts = mp_synth_part(r, y, "parts", MP_YAML_LIST);
    if (!parts)
        return -1;
    if (parts->n > MP_SYNTH_PARTS)
        return mp_yaml_fail(parts, r->e, "more than %d are not possible here", MP_SYNTH_PARTS);
    for (size_t i = 0; i < parts->n; i++) {
        /* as the only key of a map, so that the same function serves */
        struct mp_yaml key = {.kind = MP_YAML_TEXT, .text = MP_STR("parts")}, *keys[] = {&key};
        const struct mp_yaml one = {
            .kind = MP_YAML_MAP, .n = 1, .keys = keys, .items = &parts->items[i]};
        if (mp_synth_read_weights(r, &one, "parts", &to->parts[to->n_parts++]) < 0)
            return -1;
    }
    return 0;
}

/* Room for the weights of a list of n things. */
static int room(struct mp_synth_reader *r, size_t n, struct mp_synth_weights *w)
{
    w->texts = mp_arena_alloc(r->arena, n * sizeof *w->texts);
    w->upto = mp_arena_alloc(r->arena, n * sizeof *w->upto);
    return w->texts && w->upto ? 0 : mp_error_memory(r->e);
}

static int add_weight(struct mp_synth_reader *r, const struct mp_yaml *list,
                      struct mp_synth_weights *w, int64_t weight)
{
    w->upto[w->n] = (w->n ? w->upto[w->n - 1] : 0) + (uint32_t)weight;
    w->n++;
    return w->n < list->n || w->upto[w->n - 1] > 0
               ? 0
               : mp_yaml_fail(list, r->e, "not all weights may be 0");
}

static int read_origin(struct mp_synth_reader *r, const struct mp_yaml *y,
                       struct mp_synth_origin *to, int64_t *weight)
{
    struct mp_str list; /* for people */
    if (mp_yaml_check(y, "list weight boys girls family", r->e) < 0 ||
        mp_yaml_text(y, "list", true, &list, r->e) < 0 ||
        mp_synth_read_number(r, y, "weight", 0, 10000, weight) < 0 ||
        mp_synth_read_weights(r, y, "boys", &to->given[0]) < 0 ||
        mp_synth_read_weights(r, y, "girls", &to->given[1]) < 0)
        return -1;
    struct mp_yaml *family = mp_synth_part(r, y, "family", MP_YAML_LIST);
    if (!family)
        return -1;
    if (family->n > MP_SYNTH_MAKERS)
        return mp_yaml_fail(family, r->e, "more than %d are not possible here", MP_SYNTH_MAKERS);
    to->maker = mp_arena_alloc(r->arena, family->n * sizeof *to->maker);
    if (!to->maker)
        return mp_error_memory(r->e);
    if (room(r, family->n, &to->makers) < 0)
        return -1;
    for (size_t i = 0; i < family->n; i++) {
        int64_t of;
        if (read_maker(r, family->items[i], &to->maker[i], &of) < 0 ||
            add_weight(r, family, &to->makers, of) < 0)
            return -1;
    }
    return 0;
}

static int read_short_prefixes(struct mp_synth_reader *r, const struct mp_yaml *y,
                               struct mp_synth_model *m)
{
    struct mp_yaml *map = mp_synth_part(r, y, "prefix_short", MP_YAML_MAP);
    if (!map || room(r, map->n, &m->spelling.short_prefix) < 0)
        return -1;
    m->spelling.shorter = mp_arena_alloc(r->arena, map->n * sizeof *m->spelling.shorter);
    if (!m->spelling.shorter)
        return mp_error_memory(r->e);
    for (size_t i = 0; i < map->n; i++) {
        if (mp_yaml_is_text(map->items[i], r->e) < 0)
            return -1;
        m->spelling.short_prefix.texts[m->spelling.short_prefix.n++] = map->keys[i]->text;
        m->spelling.shorter[i] = map->items[i]->text;
    }
    return 0;
}

static int read_spelling(struct mp_synth_reader *r, const struct mp_yaml *root,
                         struct mp_synth_model *m)
{
    struct mp_yaml *y = mp_synth_part(r, root, "spelling", MP_YAML_MAP);
    if (!y || mp_yaml_check(y, "keyboard sounds prefix_short", r->e) < 0 ||
        mp_synth_read_list(r, y, "keyboard", &m->spelling.keyboard) < 0 ||
        mp_synth_read_list(r, y, "sounds", &m->spelling.sounds) < 0 ||
        read_short_prefixes(r, y, m) < 0)
        return -1;
    const struct mp_yaml *sounds = mp_yaml_get(y, "sounds");
    for (size_t i = 0; i < sounds->n; i++) {
        struct mp_str pair = sounds->items[i]->text;
        const char *is = memchr(pair.p, '=', pair.n);
        if (!is || is == pair.p)
            return mp_yaml_fail(sounds->items[i], r->e, "'%s' is no pair such as ei=ij", pair.p);
    }
    return 0;
}

int mp_synth_read_names(struct mp_synth_reader *r, const struct mp_yaml *root,
                        struct mp_synth_model *m)
{
    if (read_spelling(r, root, m) < 0)
        return -1;
    struct mp_yaml *y = mp_synth_part(r, root, "names", MP_YAML_LIST);
    if (!y)
        return -1;
    if (y->n > MP_SYNTH_ORIGINS)
        return mp_yaml_fail(y, r->e, "more than %d are not possible here", MP_SYNTH_ORIGINS);
    m->origin = mp_arena_alloc(r->arena, y->n * sizeof *m->origin);
    if (!m->origin)
        return mp_error_memory(r->e);
    if (room(r, y->n, &m->origins) < 0)
        return -1;
    for (size_t i = 0; i < y->n; i++) {
        int64_t weight;
        if (read_origin(r, y->items[i], &m->origin[i], &weight) < 0 ||
            add_weight(r, y, &m->origins, weight) < 0)
            return -1;
    }
    return 0;
}

/* Many paths looked up in one record together. */
#include "io/lookup.h"

static bool same_path(const struct mp_path *a, const struct mp_path *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = mp_str_eq(a->keys[i], b->keys[i]);
    return same;
}

/* Keys that differ in length or first byte have mostly different bits. */
static uint64_t mark_of(const char *key, size_t n)
{
    return UINT64_C(1) << (((unsigned char)key[0] + 7 * n) & 63);
}

static struct mp_lookup_group *group_of(struct mp_lookup *l, struct mp_str key)
{
    for (size_t i = 0; i < l->n_groups; i++)
        if (mp_str_eq(l->groups[i].key, key))
            return &l->groups[i];
    struct mp_lookup_group *g = &l->groups[l->n_groups++];
    *g = (struct mp_lookup_group){.key = key};
    l->marks |= mark_of(key.p, key.n);
    return g;
}

static size_t add(struct mp_lookup *l, const struct mp_path *path)
{
    for (size_t i = 0; i < l->n; i++)
        if (same_path(&l->paths[i], path))
            return i;
    if (l->n == MP_LOOKUP_MAX)
        return MP_LOOKUP_NONE;
    struct mp_lookup_group *g = group_of(l, path->keys[0]);
    g->places[g->n++] = (unsigned char)l->n;
    l->paths[l->n] = *path;
    return l->n++;
}

size_t mp_lookup_add(struct mp_lookup *l, const struct mp_path *path)
{
    size_t n = l->n, place = add(l, path);
    l->codes_only &= l->n > n || place != l->signals;
    return place;
}

size_t mp_lookup_add_signals(struct mp_lookup *l)
{
    struct mp_path path;
    size_t n = l->n;
    l->signals = mp_path_of(&path, MP_STR("signals")) ? add(l, &path) : MP_LOOKUP_NONE;
    l->codes_only |= l->n > n;
    return l->signals;
}

static uint64_t read_group(struct mp_lookup *l, const struct mp_lookup_group *g, yyjson_val *value)
{
    uint64_t known = 0;
    for (size_t i = 0; i < g->n; i++) {
        const struct mp_path *path = &l->paths[g->places[i]];
        yyjson_val *v = value;
        for (size_t k = 1; k < path->n && v; k++)
            v = mp_rec_member(v, path->keys[k]);
        if (v && !yyjson_is_null(v)) {
            l->values[g->places[i]] = v;
            known |= UINT64_C(1) << g->places[i];
        }
    }
    return known;
}

/* The group of a key, n_groups if none. Records of one stream have the same keys in the same
 * places, so the answer of the last record for this place is tried first. */
static size_t find_group(struct mp_lookup *l, struct mp_str key, size_t place)
{
    size_t hint = place < MP_LOOKUP_HINTS ? l->hints[place] : l->n_groups;
    if (hint < l->n_groups && mp_str_eq(l->groups[hint].key, key))
        return hint;
    size_t i = 0;
    while (i < l->n_groups && !mp_str_eq(l->groups[i].key, key))
        i++;
    if (place < MP_LOOKUP_HINTS)
        l->hints[place] = (unsigned char)i;
    return i;
}

uint64_t mp_lookup_read(struct mp_lookup *l, yyjson_val *root)
{
    uint64_t known = 0;
    memset(l->values, 0, l->n * sizeof l->values[0]);
    mp_codes_read(&l->codes, NULL);
    if (!yyjson_is_obj(root))
        return 0;
    yyjson_val *key = unsafe_yyjson_get_first(root);
    size_t n = unsafe_yyjson_get_len(root);
    for (size_t place = 0; place < n; place++) {
        struct mp_str name = {key->uni.str, unsafe_yyjson_get_len(key)};
        if (l->marks & mark_of(name.p, name.n)) {
            size_t i = find_group(l, name, place);
            if (i < l->n_groups)
                known |= read_group(l, &l->groups[i], key + 1);
        }
        key = unsafe_yyjson_get_next(key + 1);
    }
    if (l->codes.n > 0)
        mp_codes_read(&l->codes, l->values[l->signals]);
    return known;
}

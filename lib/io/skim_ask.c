/* Skimming: what is asked for, as a tree of keys. */
#include "io/skim_find.h"

/* The place of a key below another, new or not; 0 where there are too many. */
static size_t put(struct mp_skim *s, size_t above, struct mp_str key)
{
    unsigned hash = mp_skim_hash(key.p, key.n);
    size_t slot = (size_t)(mp_skim_slot(s, above, hash, key.p, key.n) - s->slots);
    if (s->slots[slot])
        return s->slots[slot];
    if (s->n == MP_SKIM_MAX)
        return 0;
    s->keys[s->n] = (struct mp_skim_key){.key = key, .above = (unsigned short)above};
    s->keys[above].marks |= mp_skim_bit(hash);
    s->slots[slot] = (unsigned short)s->n;
    return s->n++;
}

/* The place at the end of a path from `at` down. */
static bool put_path(struct mp_skim *s, const struct mp_path *path, size_t *at)
{
    s->n += s->n == 0; /* the root */
    for (size_t i = 0; i < path->n; i++) {
        *at = put(s, *at, path->keys[i]);
        if (*at == 0)
            return false;
    }
    return true;
}

bool mp_skim_add(struct mp_skim *s, const struct mp_path *path)
{
    size_t at = 0;
    if (!put_path(s, path, &at))
        return false;
    s->keys[at].asked = true;
    return true;
}

bool mp_skim_add_items(struct mp_skim *s, const struct mp_path *list, const struct mp_path *in)
{
    size_t at = 0;
    if (!put_path(s, list, &at))
        return false;
    s->keys[at].items = true;
    if (in && !put_path(s, in, &at))
        return false;
    s->keys[at].asked |= in != NULL;
    return true;
}

/* Signals, of which only the codes count. */
static bool add_signals(struct mp_skim *s, const struct mp_lookup *l)
{
    static const char *const keys[] = {"code", "status", "quote"};
    const struct mp_path *signals = &l->paths[l->signals];
    struct mp_path in;
    size_t at = 0;
    bool fits = true;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        fits &= mp_path_of(&in, mp_str_of(keys[i])) && mp_skim_add_items(s, signals, &in);
    fits = fits && put_path(s, signals, &at);
    s->keys[at].codes = fits ? &l->codes : NULL;
    return fits;
}

bool mp_skim_add_lookup(struct mp_skim *s, const struct mp_lookup *l)
{
    bool fits = true;
    for (size_t i = 0; i < l->n; i++)
        fits &= l->codes_only && i == l->signals ? add_signals(s, l) : mp_skim_add(s, &l->paths[i]);
    return fits;
}

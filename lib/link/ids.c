/* Ids of persons and episodes. */
#include "link/ids.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Reports of one old id in one set. */
struct claim {
    size_t old; /* place in ids */
    size_t set;
    size_t n;
    const struct mp_link_report *first;
};

struct naming {
    struct mp_link_set *sets;
    size_t n;
    enum mp_link_unit unit;
    struct mp_buf claims; /* struct claim */
    struct mp_map old;    /* value: 1 + the newest claim, then 1 + the set that keeps the id */
    struct mp_map ids;    /* that are taken; value: how often one was asked for again */
    struct mp_buf text;   /* scratch */
};

static bool is_before(const struct mp_link_report *a, const struct mp_link_report *b)
{
    return a->rank < b->rank;
}

static bool add_claim(struct naming *g, size_t set, const struct mp_link_report *one)
{
    size_t at = mp_map_put(&g->old, mp_link_was(one, g->unit));
    if (at == MP_MAP_NONE)
        return false;
    size_t *newest = &g->old.entries[at].value;
    struct claim *c = MP_ITEMS(struct claim, g->claims) + (*newest ? *newest - 1 : 0);
    if (*newest && c->set == set) {
        c->n++;
        c->first = is_before(one, c->first) ? one : c->first;
        return true;
    }
    struct claim new = {at, set, 1, one};
    mp_buf_add(&g->claims, &new, sizeof new);
    *newest = MP_COUNT(struct claim, g->claims);
    return !g->claims.failed;
}

/* No old id is given to others, whether somebody keeps it or not. */
static bool find_claims(struct naming *g)
{
    for (size_t i = 0; i < g->n; i++)
        for (size_t k = 0; k < g->sets[i].n; k++)
            if (mp_link_was(g->sets[i].reports[k], g->unit).p &&
                !add_claim(g, i, g->sets[i].reports[k]))
                return false;
    for (size_t i = 0; i < g->old.n; i++) {
        g->old.entries[i].value = 0;
        if (mp_map_put(&g->ids, g->old.entries[i].key) == MP_MAP_NONE)
            return false;
    }
    return true;
}

static int by_share(const void *a, const void *b)
{
    const struct claim *x = a, *y = b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return is_before(x->first, y->first) ? -1 : 1; /* sets share no report */
}

static void keep_ids(struct naming *g)
{
    struct claim *claims = MP_ITEMS(struct claim, g->claims);
    size_t n = MP_COUNT(struct claim, g->claims);
    if (n)
        qsort(claims, n, sizeof *claims, by_share);
    for (size_t i = 0; i < n; i++) {
        struct mp_map_entry *old = &g->old.entries[claims[i].old];
        char *id = g->sets[claims[i].set].id;
        if (old->value || *id)
            continue;
        memcpy(id, old->key.p, 16);
        old->value = 1 + claims[i].set;
    }
}

/*
 * A new id: 16 hexadecimal digits of the hash of the earliest report's own key, so that reports
 * that come later change no id. Reports with one key (no number, no name) get different ones: those
 * behind the first are counted, in their own order.
 */
static bool give_id(struct naming *g, struct mp_link_set *set)
{
    g->text.len = 0;
    mp_buf_adds(&g->text, g->unit == MP_LINK_PERSON ? "person:" : "episode:");
    mp_buf_addstr(&g->text, set->key);
    size_t own = g->text.len, first = MP_MAP_NONE;
    for (;;) {
        size_t n = g->ids.n;
        uint64_t hash = mp_hash(g->text.data, g->text.len);
        snprintf(set->id, sizeof set->id, "%016" PRIx64, hash);
        size_t at = g->text.failed ? MP_MAP_NONE : mp_map_put(&g->ids, mp_str_of(set->id));
        if (at == MP_MAP_NONE)
            return false;
        if (g->ids.n > n)
            return true;
        if (first == MP_MAP_NONE)
            first = at;
        g->text.len = own;
        mp_buf_addf(&g->text, "+%zu", ++g->ids.entries[first].value);
    }
}

static const struct mp_link_report *first_new(const struct mp_link_set *set)
{
    const struct mp_link_report *best = NULL;
    for (size_t i = 0; i < set->n; i++)
        if (set->reports[i]->fresh && (!best || is_before(set->reports[i], best)))
            best = set->reports[i];
    return best;
}

/* What became of one old id in one set; nothing if it is kept there. */
static void add_change(const struct naming *g, const struct claim *c, struct mp_buf *changes)
{
    const struct mp_map_entry *old = &g->old.entries[c->old];
    const struct mp_link_set *set = &g->sets[c->set];
    if (old->value == 1 + c->set)
        return;
    const struct mp_link_report *new = first_new(set);
    struct mp_link_change change = {.fate = old->value ? MP_LINK_SPLIT : MP_LINK_MERGED,
                                    .unit = g->unit,
                                    .old = mp_link_was(c->first, g->unit),
                                    .report = new ? new : c->first};
    memcpy(change.id, set->id, sizeof change.id);
    mp_buf_add(changes, &change, sizeof change);
}

/* A set whose reports are all new. */
static void add_added(const struct naming *g, const struct mp_link_set *set, struct mp_buf *changes)
{
    struct mp_link_change change = {.fate = MP_LINK_ADDED, .unit = g->unit};
    for (size_t i = 0; i < set->n; i++)
        if (mp_link_was(set->reports[i], g->unit).p)
            return;
    change.report = first_new(set);
    memcpy(change.id, set->id, sizeof change.id);
    if (change.report) /* else its reports were there, but had no such id */
        mp_buf_add(changes, &change, sizeof change);
}

bool mp_link_name(struct mp_store *store, struct mp_link_set *sets, size_t n,
                  enum mp_link_unit unit, struct mp_buf *changes)
{
    struct naming g = {.sets = sets, .n = n, .unit = unit};
    bool good = find_claims(&g);
    if (good)
        keep_ids(&g);
    for (size_t i = 0; good && i < n; i++) {
        mp_store_breathe(store);
        good = *sets[i].id || give_id(&g, &sets[i]);
    }
    for (size_t i = 0; good && changes && i < MP_COUNT(struct claim, g.claims); i++)
        add_change(&g, &MP_ITEMS(struct claim, g.claims)[i], changes);
    for (size_t i = 0; good && changes && i < n; i++)
        add_added(&g, &sets[i], changes);
    mp_buf_free(&g.claims);
    mp_buf_free(&g.text);
    mp_map_free(&g.old);
    mp_map_free(&g.ids);
    return good && !(changes && changes->failed);
}

/* How the conditions of a run hang together, and with its dimensions. */
#include "count/conditions.h"

/* ---- conditions ---- */

/* The reader of YAML bounds the depth. */
void mp_conditions_add_text(struct mp_buf *b, const struct mp_yaml *y)
{
    if (!y)
        return;
    mp_buf_addc(b, "tlm"[y->kind]);
    mp_buf_addu(b, y->kind == MP_YAML_TEXT ? y->text.n : y->n);
    mp_buf_addc(b, ':');
    if (y->kind == MP_YAML_TEXT)
        mp_buf_addstr(b, y->text);
    for (size_t i = 0; y->kind != MP_YAML_TEXT && i < y->n; i++) {
        if (y->kind == MP_YAML_MAP)
            mp_conditions_add_text(b, y->keys[i]);
        mp_conditions_add_text(b, y->items[i]);
    }
}

/* The number of a table's condition, which is put in if it is new. */
static bool put(struct mp_map *seen, struct mp_dim *d, const struct mp_crosstab *t, const char *key,
                const struct mp_when *w, size_t *number)
{
    struct mp_buf b = {0};
    if (!w->condition)
        return true;
    size_t n = seen->n;
    mp_conditions_add_text(&b, mp_yaml_get(t->at, key));
    size_t at = b.failed ? MP_MAP_NONE : mp_map_put(seen, mp_buf_str(&b));
    mp_buf_free(&b);
    if (at == MP_MAP_NONE)
        return false;
    if (at == n)
        d->truths[d->n_truths++] = w;
    *number = at;
    return true;
}

/* Internal tables never come out, but their conditions do no harm. */
static bool collect(struct mp_crosstabs *set, struct mp_dim *d)
{
    struct mp_map seen = {0};
    bool good = true;
    for (size_t i = 0; good && i < set->n; i++) {
        struct mp_crosstab *t = &set->items[i];
        good = put(&seen, d, t, "where", &t->where, &t->where_number) &&
               put(&seen, d, t, "when", &t->when, &t->when_number);
    }
    mp_map_free(&seen);
    return good;
}

const struct mp_dim *mp_conditions_dim(const struct mp_crosstabs *set)
{
    const struct mp_crosstab *last = set->n > 0 ? &set->items[set->n - 1] : NULL;
    return last && last->linking ? last->by[last->n_by - 1] : NULL;
}

/* ---- what dimensions read ---- */

static uint64_t bit(size_t place)
{
    return place < 64 ? UINT64_C(1) << place : 0;
}

static uint64_t bits(const struct mp_moments *m)
{
    uint64_t places = 0;
    for (size_t i = 0; i < m->n; i++)
        places |= bit(m->at[i]);
    return places;
}

uint64_t mp_dim_places(const struct mp_dim *d)
{
    uint64_t places = 0;
    switch (d->kind) {
    case MP_DIM_TEXT:
        return bit(d->place);
    case MP_DIM_PERIOD:
        return bits(&d->at);
    case MP_DIM_AGE:
        return bits(&d->at) | bit(d->born) | bit(d->age);
    case MP_DIM_NUMBER:
        return d->quantity.kind == MP_QUANTITY_PATH
                   ? bit(d->quantity.place)
                   : bits(&d->quantity.from) | bits(&d->quantity.to);
    case MP_DIM_CLASSES:
        for (size_t i = 0; i < d->n_classes; i++)
            places |= d->classes[i].when.condition ? d->classes[i].when.places : bit(d->signals);
        return places;
    default:
        return 0;
    }
}

/* ---- the crosstabs ---- */

/* A crosstab by some dimensions of a table, if there is none yet. */
static void add_crosstab(struct mp_crosstabs *set, size_t first, const struct mp_crosstab *of,
                         unsigned mask, struct mp_dim *conditions)
{
    struct mp_crosstab t = {.name = MP_STR(MP_CONDITIONS_NAME), .internal = true, .linking = true};
    for (size_t i = 0; i < of->n_by; i++)
        if (mask & 1u << i) {
            t.by[t.n_by++] = of->by[i];
            t.each_report |= of->by[i]->each_report;
        }
    for (size_t i = 1; i < t.n_by; i++) /* in one order, whatever the table's */
        for (size_t k = i; k > 0 && t.by[k] < t.by[k - 1]; k--) {
            struct mp_dim *d = t.by[k];
            t.by[k] = t.by[k - 1];
            t.by[k - 1] = d;
        }
    t.by[t.n_by++] = conditions;
    t.units[t.n_units++] = MP_REPORTS;
    for (size_t i = first; i < set->n; i++)
        if (set->items[i].n_by == t.n_by && memcmp(set->items[i].by, t.by, sizeof t.by) == 0)
            return;
    set->items[set->n++] = t;
}

/* Whether the conditions of some table read what every one of these dimensions reads. */
static bool hang_together(const struct mp_crosstabs *set, size_t first, const struct mp_crosstab *t,
                          unsigned mask)
{
    for (size_t c = 0; c < first; c++) {
        uint64_t places = set->items[c].where.places | set->items[c].when.places;
        bool all = true;
        for (size_t i = 0; i < t->n_by; i++)
            if (mask & 1u << i)
                all &= (mp_dim_places(t->by[i]) & places) != 0;
        if (all)
            return true;
    }
    return false;
}

static void add_of(struct mp_crosstabs *set, size_t first, const struct mp_crosstab *t,
                   struct mp_dim *conditions)
{
    for (unsigned mask = 0; mask < 1u << t->n_by; mask++) {
        int n = __builtin_popcount(mask);
        if (n <= 1 || (n <= MP_LINKED_DIMS && hang_together(set, first, t, mask)))
            add_crosstab(set, first, t, mask, conditions);
    }
}

int mp_conditions_count(struct mp_crosstabs *set, struct mp_dims *dims, struct mp_error *e)
{
    size_t n = set->n;
    struct mp_arena *arena = dims->rules->arena;
    struct mp_dim *d = &dims->items[dims->n]; /* there is always room for it */
    *d = (struct mp_dim){.name = MP_STR(MP_CONDITIONS_NAME),
                         .kind = MP_DIM_TRUTHS,
                         .in_use = true,
                         .internal = true,
                         .truths = mp_arena_alloc(arena, (2 * n + 1) * sizeof *d->truths)};
    if (!d->truths || !collect(set, d))
        return mp_error_memory(e);
    if (d->n_truths == 0)
        return 0;
    struct mp_crosstab *items =
        mp_arena_alloc(arena, (n * (1u << MP_CROSSTAB_DIMS) + 1) * sizeof *items);
    if (!items)
        return mp_error_memory(e);
    for (size_t i = 0; i < n; i++)
        items[i] = set->items[i];
    /* collected anew: where and when have moved with their tables */
    d->n_truths = 0;
    set->items = items;
    if (!collect(set, d))
        return mp_error_memory(e);
    dims->n++;
    for (size_t i = 0; i < n; i++)
        if (items[i].n_units > 0 && !items[i].internal)
            add_of(set, n, &items[i], d);
    return 0;
}

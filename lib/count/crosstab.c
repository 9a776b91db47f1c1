/* Crosstabs: their units and measures, and their cells. */
#include "count/crosstab.h"
#include <stdlib.h>

const char *const mp_count_unit_names[MP_N_UNITS] = {"reports", "episodes", "persons"};

enum {
    ANY_UNIT = 1u << MP_REPORTS | 1u << MP_EPISODES | 1u << MP_PERSONS,
    OF_EPISODES = 1u << MP_EPISODES,
    OF_PERSONS = 1u << MP_PERSONS
};

const struct mp_measure_kind mp_measure_kinds[MP_N_MEASURES] = {
    [MP_COUNT] = {.name = "count", .units = ANY_UNIT},
    [MP_SHARE] = {.name = "share", .units = ANY_UNIT, .decimals = 1},
    [MP_RATE_WEEK] = {.name = "rate_week", .units = ANY_UNIT, .decimals = 2},
    [MP_COVERAGE] = {.name = "coverage",
                     .units = 1u << MP_REPORTS | OF_EPISODES,
                     .decimals = 1,
                     .when = true},
    [MP_MEDIAN] = {.name = "median", .units = OF_EPISODES, .spans = true},
    [MP_QUARTILE_1] = {.name = "quartile_1", .units = OF_EPISODES, .spans = true},
    [MP_QUARTILE_3] = {.name = "quartile_3", .units = OF_EPISODES, .spans = true},
    [MP_REPEAT_EXCESS] = {.name = "repeat_share_excess",
                          .units = OF_EPISODES,
                          .decimals = 1,
                          .members = true},
    [MP_REPEAT_REPEATERS] = {.name = "repeat_share_repeaters",
                             .units = OF_EPISODES,
                             .decimals = 1,
                             .members = true},
    [MP_PERSONS_2] = {.name = "persons_2", .units = OF_PERSONS, .members = true},
    [MP_PERSONS_3] = {.name = "persons_3", .units = OF_PERSONS, .members = true},
    [MP_PERSONS_10] = {.name = "persons_10", .units = OF_PERSONS, .members = true},
    [MP_CONCENTRATION] = {.name = "concentration",
                          .units = OF_EPISODES,
                          .decimals = 1,
                          .members = true},
    [MP_EARS_C2] = {.name = "ears_c2", .units = ANY_UNIT, .decimals = 2},
    [MP_FARRINGTON] = {.name = "farrington", .units = ANY_UNIT, .decimals = 2},
    [MP_RUN] = {.name = "run", .units = OF_PERSONS, .members = true},
};

bool mp_crosstab_has_measure(const struct mp_crosstab *t, enum mp_measure m)
{
    for (size_t i = 0; i < t->n_measures; i++)
        if (t->measures[i] == m)
            return true;
    return false;
}

bool mp_crosstab_has(const struct mp_crosstab *t, enum mp_count_unit unit)
{
    for (size_t i = 0; i < t->n_units; i++)
        if (t->units[i] == unit)
            return true;
    return false;
}

bool mp_measure_of_members(const struct mp_crosstab *t, enum mp_measure m)
{
    return mp_measure_kinds[m].members && (m != MP_CONCENTRATION || t->over == MP_OVER_PERSON);
}

bool mp_crosstab_needs_members(const struct mp_crosstab *t)
{
    for (size_t i = 0; i < t->n_measures; i++)
        if (mp_measure_of_members(t, t->measures[i]))
            return true;
    return false;
}

bool mp_crosstab_needs_who(const struct mp_crosstab *t)
{
    return mp_crosstab_needs_members(t) || mp_crosstab_needs_spans(t) || t->when.condition;
}

bool mp_crosstab_needs_spans(const struct mp_crosstab *t)
{
    for (size_t i = 0; i < t->n_measures; i++)
        if (mp_measure_kinds[t->measures[i]].spans)
            return true;
    return false;
}

/* Whether some measure of the table can be told of the unit. */
static bool tells(const struct mp_crosstab *t, enum mp_count_unit unit)
{
    bool any = false;
    for (size_t i = 0; i < t->n_measures; i++)
        any |= (mp_measure_kinds[t->measures[i]].units >> unit & 1) != 0;
    return any && mp_crosstab_has(t, unit);
}

bool mp_crosstabs_restrict(struct mp_crosstabs *set, enum mp_count_unit unit)
{
    size_t kept = 0;
    bool any = false;
    for (size_t i = 0; i < set->n; i++) {
        struct mp_crosstab t = set->items[i];
        if (t.n_units > 0 && !tells(&t, unit))
            continue;
        if (t.n_units > 0) {
            t.units[0] = unit;
            t.n_units = 1;
            any = true;
        }
        set->items[kept++] = t;
    }
    set->n = kept;
    return any;
}

size_t mp_crosstabs_told(const struct mp_crosstabs *set)
{
    size_t n = set->n;
    while (n > 0 && set->items[n - 1].linking)
        n--;
    return n;
}

size_t mp_crosstab_cell(struct mp_crosstab *t, uint64_t key)
{
    if (t->keys.n == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : 16;
        struct mp_count_cell *cells = realloc(t->cells, cap * sizeof *cells);
        if (!cells)
            return MP_NUMBERS_NONE;
        t->cells = cells;
        t->cap = cap;
    }
    size_t n = t->keys.n, cell = mp_numbers_put(&t->keys, key);
    if (cell == n)
        t->cells[cell] = (struct mp_count_cell){0};
    return cell;
}

void mp_crosstabs_free(struct mp_crosstabs *set)
{
    for (size_t i = 0; i < set->n; i++) {
        mp_numbers_free(&set->items[i].keys);
        mp_pairs_free(&set->items[i].members);
        mp_pairs_free(&set->items[i].spans);
        free(set->items[i].cells);
    }
    set->n = 0;
}

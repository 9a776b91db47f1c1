/*
 * The cells of all tables of a run, as mp_disclose takes them. Everything that they are known by
 * hangs on values alone: dimensions by their number, values by their rank once all periods have
 * been filled, universes by the text of their conditions.
 */
#include "count/guard_cells.h"
#include "count/links.h"
#include <stdlib.h>

/* ---- coordinates ---- */

static size_t number_of(const struct mp_guard *g, const struct mp_dim *d)
{
    return (size_t)(d - g->tally->dims->items);
}

static bool rank_dims(struct mp_guard_cells *c, const struct mp_guard *g, struct mp_error *e)
{
    const struct mp_dims *dims = g->tally->dims;
    c->n_dims = dims->n;
    c->ranks = calloc(dims->n + 1, sizeof *c->ranks);
    bool good = c->ranks != NULL;
    for (size_t i = 0; good && i < dims->n; i++) {
        const struct mp_dim *d = &dims->items[i];
        if (!d->in_use)
            continue;
        size_t n = mp_dim_n_values(d);
        uint32_t *values = malloc(n * sizeof *values);
        c->ranks[i] = malloc(n * sizeof *c->ranks[i]);
        good = values && c->ranks[i] && mp_listing_rank(d, c->ranks[i], values, e) == 0;
        free(values);
    }
    return good;
}

static uint64_t key_of(const struct mp_guard_cells *c, const struct mp_guard *g,
                       const struct mp_listing *l, const struct mp_listing_place *p)
{
    uint64_t key = mp_listing_key(l, p), ranks = 0;
    for (size_t i = 0; i < l->table->n_by; i++) {
        uint64_t rank = c->ranks[number_of(g, l->table->by[i])][mp_crosstab_value(key, i)];
        ranks |= rank << mp_crosstab_shift(i);
    }
    return ranks;
}

/* ---- nestings ---- */

/* Months lie in quarters and years, quarters in years, where both are of the same moment. */
static bool is_nested(const struct mp_dim *inner, const struct mp_dim *outer)
{
    if (!inner->in_use || !outer->in_use || inner->kind != MP_DIM_PERIOD ||
        outer->kind != MP_DIM_PERIOD || inner->period < MP_MONTH ||
        inner->period >= outer->period || inner->each_report != outer->each_report ||
        inner->at.n != outer->at.n)
        return false;
    for (size_t i = 0; i < inner->at.n; i++)
        if (inner->at.at[i] != outer->at.at[i])
            return false;
    return true;
}

static uint32_t outer_of(const struct mp_dim *inner, const struct mp_dim *outer, uint32_t value)
{
    static const int32_t months[MP_N_PERIODS] = {[MP_MONTH] = 1, [MP_QUARTER] = 3, [MP_YEAR] = 12};
    if (value < MP_VALUE_FIRST)
        return value;
    int32_t period = (int32_t)(uint32_t)inner->periods.keys[value - MP_VALUE_FIRST];
    period /= months[outer->period] / months[inner->period];
    size_t place = mp_numbers_find(&outer->periods, (uint64_t)(uint32_t)period);
    return place == MP_NUMBERS_NONE ? MP_VALUE_ALL : (uint32_t)place + MP_VALUE_FIRST;
}

static bool add_nesting(struct mp_guard_cells *c, const struct mp_guard *g, size_t in, size_t out)
{
    const struct mp_dim *inner = &g->tally->dims->items[in], *outer = &g->tally->dims->items[out];
    size_t n = mp_dim_n_values(inner);
    uint16_t *of = calloc(n, sizeof *of);
    for (uint32_t v = 0; of && v < n; v++)
        of[c->ranks[in][v]] = (uint16_t)c->ranks[out][outer_of(inner, outer, v)];
    if (!of)
        return false;
    c->nestings[c->n_nestings++] = (struct mp_disclose_nesting){(uint32_t)in, (uint32_t)out, of, n};
    return true;
}

static bool add_nestings(struct mp_guard_cells *c, const struct mp_guard *g)
{
    const struct mp_dims *dims = g->tally->dims;
    size_t pairs = 0;
    for (size_t i = 0; i < dims->n; i++)
        for (size_t k = 0; k < dims->n; k++)
            pairs += is_nested(&dims->items[i], &dims->items[k]);
    c->nestings = calloc(pairs + 1, sizeof *c->nestings);
    bool good = c->nestings != NULL;
    for (size_t i = 0; good && i < dims->n; i++)
        for (size_t k = 0; good && k < dims->n; k++)
            if (is_nested(&dims->items[i], &dims->items[k]))
                good = add_nesting(c, g, i, k);
    return good;
}

/* ---- universes ---- */

/* Measures that do not tell how many there are. */
static bool tells_no_count(const struct mp_crosstab *t)
{
    for (size_t i = 0; i < t->n_measures; i++)
        if (t->measures[i] != MP_COVERAGE && t->measures[i] != MP_MEDIAN &&
            t->measures[i] != MP_QUARTILE_1 && t->measures[i] != MP_QUARTILE_3)
            return false;
    return true;
}

/* The place of the table's `where` among those of tables that count, put in if `put`. */
static size_t where_of(struct mp_map *wheres, const struct mp_crosstab *t, bool put, bool *failed)
{
    struct mp_buf b = {0};
    mp_conditions_add_text(&b, mp_yaml_get(t->at, "where"));
    mp_buf_addc(&b, '.');
    size_t n = put ? mp_map_put(wheres, mp_buf_str(&b)) : mp_map_find(wheres, mp_buf_str(&b));
    *failed |= b.failed || (put && n == MP_MAP_NONE);
    mp_buf_free(&b);
    return n;
}

/* Tables whose number of records is told by no table, nor follows from what some tell. */
static int mark_apart(struct mp_guard *g, const struct mp_related *r, struct mp_error *e)
{
    bool *counts = calloc(g->n + 1, sizeof *counts), told = false;
    int bad = counts ? 0 : mp_error_memory(e);
    for (size_t i = 0; !bad && i < g->n; i++)
        counts[i] = g->lists[i].table->n_units > 0 && !tells_no_count(g->lists[i].table) &&
                    mp_guard_may(g->lists[i].table);
    for (size_t i = 0; !bad && i < g->n; i++) {
        const struct mp_crosstab *t = g->lists[i].table;
        if (t->n_units == 0 || !tells_no_count(t) || !t->where.condition)
            continue;
        bad = mp_links_told(r, g, counts, i, &told, e);
        g->tables[i].apart = !told;
    }
    free(counts);
    return bad;
}

static const struct mp_dim *time_in(const struct mp_crosstab *t)
{
    for (size_t i = 0; i < t->n_by; i++)
        if (t->by[i]->kind == MP_DIM_PERIOD)
            return t->by[i];
    return NULL;
}

/* Whether both count by the same moments, the one by weeks, which begin where months do now and
 * then, the other by months or more: then a month can be put together of weeks. */
static bool is_clash(const struct mp_crosstab *a, const struct mp_crosstab *b)
{
    const struct mp_dim *x = time_in(a), *y = time_in(b);
    if (!x || !y || x->period != MP_WEEK || y->period < MP_MONTH ||
        x->each_report != y->each_report || x->at.n != y->at.n)
        return false;
    for (size_t i = 0; i < x->at.n; i++)
        if (x->at.at[i] != y->at.at[i])
            return false;
    for (enum mp_count_unit u = MP_REPORTS; u <= MP_EPISODES; u++)
        if (mp_crosstab_has(a, u) && mp_crosstab_has(b, u))
            return true;
    return false;
}

int mp_guard_check_periods(const struct mp_guard *g, struct mp_error *e)
{
    bool failed = false;
    for (size_t i = 0; i < g->n; i++)
        for (size_t k = 0; k < g->n; k++) {
            const struct mp_crosstab *a = g->lists[i].table, *b = g->lists[k].table;
            if (!is_clash(a, b) || tells_no_count(a) || tells_no_count(b) || !mp_guard_may(a) ||
                !mp_guard_may(b))
                continue;
            struct mp_map same = {0};
            where_of(&same, a, true, &failed);
            bool clash = where_of(&same, b, false, &failed) != MP_MAP_NONE;
            mp_map_free(&same);
            if (failed)
                return mp_error_memory(e);
            if (clash)
                return mp_error_set(e, MP_USAGE,
                                    "tables %s and %s: weeks beside %ss of the same records would "
                                    "give small counts away; publish one of them only, or see "
                                    "--unsafe",
                                    a->name.p, b->name.p, mp_period_names[time_in(b)->period]);
        }
    return 0;
}

/* Which records a part of a table counts: -1 if memory ran out. */
static int64_t universe_of(struct mp_guard_cells *c, const struct mp_crosstab *t,
                           enum mp_guard_part part)
{
    struct mp_buf b = {0};
    bool hits = part == MP_PART_HIT_REPORTS || part == MP_PART_HIT_EPISODES;
    mp_buf_addu(&b, (int)part < (int)MP_N_UNITS ? 0 : hits ? MP_PART_HIT_REPORTS : part);
    mp_buf_addc(&b, ' ');
    mp_conditions_add_text(&b, mp_yaml_get(t->at, "where"));
    mp_buf_addc(&b, ' ');
    mp_conditions_add_text(&b, hits ? mp_yaml_get(t->at, "when") : NULL);
    size_t n = b.failed ? MP_MAP_NONE : mp_map_put(&c->universes, mp_buf_str(&b));
    mp_buf_free(&b);
    return n == MP_MAP_NONE ? -1 : (int64_t)n;
}

/* ---- tables ---- */

static enum mp_count_unit unit_of(enum mp_guard_part part)
{
    switch ((int)part) {
    case MP_REPORTS:
    case MP_PART_HIT_REPORTS:
        return MP_REPORTS;
    case MP_EPISODES:
    case MP_PART_HIT_EPISODES:
    case MP_PART_REPEATERS:
        return MP_EPISODES;
    default:
        return MP_PERSONS;
    }
}

/* Persons are in several cells of a total. So is what is read from each report, or is several
 * things at once. Who has two episodes in the total may have one in each of two cells. */
static enum mp_disclose_sums sums_of(const struct mp_dim *d, enum mp_guard_part part)
{
    bool over = d->several || (d->each_report && unit_of(part) != MP_REPORTS);
    switch ((int)part) {
    case MP_PERSONS:
        return MP_TOTAL_COVERS;
    case MP_PART_REPEATERS:
        return over ? MP_TOTAL_CONTAINS : MP_TOTAL_EXCEEDS;
    case MP_PART_PERSONS_2:
    case MP_PART_PERSONS_3:
    case MP_PART_PERSONS_10:
        return MP_TOTAL_CONTAINS;
    default:
        return over ? MP_TOTAL_COVERS : MP_TOTAL_SUMS;
    }
}

#define PART(p) (1u << (p))

static unsigned parts_for(enum mp_measure measure, enum mp_count_unit unit)
{
    switch (measure) {
    case MP_COVERAGE:
        return unit == MP_REPORTS ? PART(MP_PART_HIT_REPORTS) : PART(MP_PART_HIT_EPISODES);
    case MP_REPEAT_EXCESS:
        return PART(MP_PERSONS);
    case MP_REPEAT_REPEATERS:
        return PART(MP_PART_REPEATERS);
    case MP_PERSONS_2:
        return PART(MP_PART_PERSONS_2) | PART(MP_PART_REPEATERS) | PART(MP_EPISODES);
    case MP_PERSONS_3:
        return PART(MP_PART_PERSONS_3);
    case MP_PERSONS_10:
        return PART(MP_PART_PERSONS_10);
    default:
        return 0;
    }
}

/* What of a table's cells is told, or follows from what is. */
static unsigned parts_of(const struct mp_guard *g, const struct mp_crosstab *t)
{
    unsigned parts = 0;
    bool persons = (g->units >> MP_PERSONS & 1) != 0;
    for (size_t i = 0; mp_guard_may(t) && i < t->n_units; i++) {
        enum mp_count_unit unit = t->units[i];
        if (!(g->units >> unit & 1))
            continue;
        parts |= PART(unit);
        for (size_t k = 0; k < t->n_measures; k++) {
            const struct mp_measure_kind *kind = &mp_measure_kinds[t->measures[k]];
            if ((kind->units >> unit & 1) && (persons || !mp_measure_of_members(t, t->measures[k])))
                parts |= parts_for(t->measures[k], unit);
        }
    }
    return parts;
}

static uint64_t value_of(const struct mp_measures *m, size_t cell, enum mp_guard_part part)
{
    const struct mp_count_cell *c = &m->table->cells[cell];
    switch ((int)part) {
    case MP_PART_HIT_REPORTS:
        return c->hits[MP_REPORTS];
    case MP_PART_HIT_EPISODES:
        return c->hits[MP_EPISODES];
    case MP_PART_REPEATERS:
        return mp_measure_episodes(m, cell, 2);
    case MP_PART_PERSONS_2:
        return mp_measure_persons(m, cell, 2);
    case MP_PART_PERSONS_3:
        return mp_measure_persons(m, cell, 3);
    case MP_PART_PERSONS_10:
        return mp_measure_persons(m, cell, 10);
    default:
        return c->value[part];
    }
}

/* How many persons are in it; of hits that is not counted, so it is the fewest that it can be. */
static uint64_t persons_of(const struct mp_guard *g, const struct mp_measures *m, size_t cell,
                           enum mp_guard_part part, uint64_t value)
{
    if (unit_of(part) == MP_PERSONS || !(g->units >> MP_PERSONS & 1))
        return value;
    const struct mp_count_cell *c = &m->table->cells[cell];
    if (part == MP_PART_REPEATERS)
        return mp_measure_persons(m, cell, 2);
    if (part == MP_PART_HIT_REPORTS || part == MP_PART_HIT_EPISODES)
        return mp_measure_fewest(m, cell, c->hits[MP_EPISODES]);
    return c->value[MP_PERSONS];
}

static bool add_part(struct mp_guard_cells *c, struct mp_guard *g, size_t table,
                     enum mp_guard_part part)
{
    const struct mp_listing *l = &g->lists[table];
    const struct mp_crosstab *t = l->table;
    struct mp_disclose_cell *cells = calloc(l->n + 1, sizeof *cells);
    int64_t universe = universe_of(c, t, part);
    g->tables[table].parts[part] = cells;
    if (!cells || universe < 0)
        return false;
    for (size_t i = 0; i < l->n; i++) {
        size_t cell = l->places[i].cell;
        cells[i].key = key_of(c, g, l, &l->places[i]);
        if (cell == MP_NUMBERS_NONE)
            continue;
        cells[i].value = value_of(&g->measures[table], cell, part);
        cells[i].persons = persons_of(g, &g->measures[table], cell, part, cells[i].value);
    }
    struct mp_disclose_table given = {.universe = (uint32_t)universe,
                                      .unit = unit_of(part),
                                      .n_dims = t->n_by,
                                      .cells = cells,
                                      .n = l->n};
    for (size_t i = 0; i < t->n_by; i++) {
        given.dims[i] = (uint32_t)number_of(g, t->by[i]);
        given.sums[i] = sums_of(t->by[i], part);
    }
    c->tables[c->n] = given;
    c->crosstabs[c->n] = t;
    c->parts[c->n] = part;
    c->of[c->n++] = table;
    return true;
}

static bool make_tables(struct mp_guard_cells *c, struct mp_guard *g)
{
    bool good = true;
    for (size_t i = 0; good && i < g->n; i++) {
        unsigned parts = g->tables[i].apart ? 0 : parts_of(g, g->lists[i].table);
        for (unsigned p = 0; good && p < MP_N_PARTS; p++)
            if (parts & PART(p))
                good = add_part(c, g, i, (enum mp_guard_part)p);
    }
    return good;
}

int mp_guard_cells_make(struct mp_guard_cells *c, struct mp_guard *g, struct mp_error *e)
{
    struct mp_related related = {0};
    size_t most = g->n * MP_N_PARTS + 1;
    *c = (struct mp_guard_cells){0};
    c->tables = calloc(most, sizeof *c->tables);
    c->of = calloc(most, sizeof *c->of);
    c->crosstabs = calloc(most, sizeof *c->crosstabs);
    c->parts = calloc(most, sizeof *c->parts);
    if (!c->tables || !c->of || !c->crosstabs || !c->parts || !rank_dims(c, g, e) ||
        !add_nestings(c, g))
        return mp_error_memory(e);
    int bad =
        mp_related_make(&related, g->tally, c->ranks, e) < 0 || mark_apart(g, &related, e) < 0;
    if (!bad && !make_tables(c, g))
        bad = mp_error_memory(e);
    if (!bad)
        bad = mp_links_make(c, &related, e);
    mp_related_free(&related);
    return bad ? -1 : 0;
}

void mp_guard_cells_free(struct mp_guard_cells *c)
{
    for (size_t i = 0; c->ranks && i < c->n_dims; i++)
        free(c->ranks[i]);
    for (size_t i = 0; i < c->n_nestings; i++)
        free((void *)(uintptr_t)c->nestings[i].outer_of);
    free(c->ranks);
    free(c->nestings);
    free(c->tables);
    free(c->of);
    free(c->crosstabs);
    free(c->parts);
    free(c->links);
    free(c->terms);
    mp_map_free(&c->universes);
    *c = (struct mp_guard_cells){0};
}

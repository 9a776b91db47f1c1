/* From what was counted to rows. */
#include "count/publish.h"
#include <stdlib.h>

int mp_publication_begin(struct mp_publication *p, const struct mp_tally *tally,
                         const struct mp_guard_rules *rules, unsigned units, struct mp_error *e)
{
    struct mp_crosstabs *set = tally->set;
    *p = (struct mp_publication){.tally = tally, .units = units};
    p->lists = calloc(set->n + 1, sizeof *p->lists);
    p->measures = calloc(set->n + 1, sizeof *p->measures);
    if (!p->lists || !p->measures)
        return mp_error_memory(e);
    /* all periods are numbered before the first table is written: tables share dimensions */
    for (size_t told = mp_crosstabs_told(set); p->n < told; p->n++)
        if (mp_listing_begin(&p->lists[p->n], &set->items[p->n], e) < 0 ||
            mp_measures_begin(&p->measures[p->n], &set->items[p->n], mp_tally_days(tally),
                              rules->round, e) < 0) {
            p->n++;
            return -1;
        }
    return mp_guard_begin(&p->guard, rules, tally, p->lists, p->measures, units, e);
}

void mp_publication_end(struct mp_publication *p)
{
    for (size_t i = 0; i < p->n; i++) {
        mp_listing_end(&p->lists[i]);
        mp_measures_free(&p->measures[i]);
    }
    mp_guard_end(&p->guard);
    free(p->lists);
    free(p->measures);
    *p = (struct mp_publication){0};
}

/* Goes on to the next combination of table, cell, unit and measure. */
static void step(struct mp_publication *p)
{
    const struct mp_listing *l = &p->lists[p->table];
    if (++p->measure < l->table->n_measures)
        return;
    p->measure = 0;
    if (++p->unit < l->table->n_units)
        return;
    p->unit = 0;
    if (++p->place < l->n)
        return;
    p->place = 0;
    p->table++;
}

static bool stands(const struct mp_publication *p)
{
    const struct mp_listing *l = &p->lists[p->table];
    if (!p->guard.rules.unsafe && !mp_guard_may(l->table))
        return false;
    if (l->table->n_units == 0)
        return true;
    enum mp_count_unit unit = l->table->units[p->unit];
    enum mp_measure measure = l->table->measures[p->measure];
    bool persons = (p->units >> MP_PERSONS & 1) != 0;
    if (l->table->least_persons > 0 && !persons)
        return false;
    return (p->units >> unit & 1) && (persons || !mp_measure_of_members(l->table, measure)) &&
           mp_measure_stands(&p->measures[p->table], measure, unit,
                             mp_listing_key(l, &l->places[p->place]), l->places[p->place].cell);
}

/* Why it is not told. */
static void hide(struct mp_row *row, enum mp_hidden why)
{
    bool secondary =
        why == MP_HIDDEN_SECONDARY || why == MP_HIDDEN_SINGLETON || why == MP_HIDDEN_INTERVAL;
    row->suppressed = secondary ? "secondary" : "primary";
    row->reason = mp_hidden_names[why];
}

/* What has been found in a cell, behind its number. */
static void add_found(const struct mp_measures *m, const struct mp_row *row, struct mp_buf *tail)
{
    const struct mp_finding *found =
        mp_findings_get(&m->findings, (uint32_t)row->place->cell, row->measure, row->unit);
    if (found)
        mp_finding_add(tail, &m->findings, found, m->table);
}

/* False where the row itself would tell. */
static bool add_row(struct mp_publication *p, struct mp_buf *b)
{
    const struct mp_listing *l = &p->lists[p->table];
    const struct mp_measures *m = &p->measures[p->table];
    const struct mp_listing_place *place = &l->places[p->place];
    struct mp_row row = {.list = l,
                         .place = place,
                         .unit = MP_N_UNITS,
                         .unsafe = p->guard.rules.unsafe,
                         .rounded = p->guard.rules.round};
    struct mp_buf tail = {0};
    if (l->table->n_units > 0) {
        row.unit = l->table->units[p->unit];
        row.measure = l->table->measures[p->measure];
        enum mp_hidden why = mp_guard_of(&p->guard, p->table, p->place, row.unit, row.measure);
        if (why && mp_measure_is_finding(row.measure)) {
            p->withheld++;
            return false;
        }
        row.value = mp_measure_of(m, row.measure, row.unit, mp_listing_key(l, place), place->cell);
        if (row.measure == MP_COVERAGE && mp_guard_is_apart(&p->guard, p->table) &&
            place->cell != MP_NUMBERS_NONE) {
            const struct mp_count_cell *cell = &l->table->cells[place->cell];
            row.value = mp_whole_percent(cell->hits[row.unit], cell->value[row.unit]);
        }
        if (why)
            hide(&row, why);
        p->hidden[why]++;
        add_found(m, &row, &tail);
    }
    p->rows++;
    row.tail = mp_buf_str(&tail);
    mp_row_add(b, &row);
    b->failed |= tail.failed;
    mp_buf_free(&tail);
    return true;
}

bool mp_publication_next(struct mp_publication *p, struct mp_buf *b)
{
    bool added = false;
    for (; p->table < p->n && !added; step(p))
        added = stands(p) && add_row(p, b);
    return added;
}

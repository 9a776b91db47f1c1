/* Disclosure control of a run. */
#include "count/guard.h"
#include "base/room.h"
#include "count/audit.h"
#include "count/guard_cells.h"
#include "count/row.h"
#include <stdlib.h>

/* ---- hiding ---- */

/* Bounds that are so far apart tell nobody a count; each step of a proof costs time. */
enum { WIDEST = 10 };

static struct mp_disclose_rules rules_of(const struct mp_guard_rules *r)
{
    struct mp_disclose_rules rules = mp_disclose_rules_of(r->min);
    rules.hide_zeros = r->hide_zeros;
    rules.reasons_shown = true;
    rules.work = (int64_t)r->effort * 1000 * 1000;
    if (rules.width == 0)
        rules.width = 1; /* min 2: 0 or 1 */
    if (rules.width > WIDEST)
        rules.width = WIDEST;
    return rules;
}

static int not_safe(const struct mp_guard *g, const struct mp_guard_cells *c,
                    const struct mp_audit *audit, struct mp_error *e)
{
    struct mp_buf b = {0};
    const struct mp_listing *l = &g->lists[c->of[audit->table]];
    mp_row_add_by(&b, l->table,
                  mp_listing_key(l, &l->places[c->places[audit->table][audit->cell]]));
    int bad = mp_buf_cstr(&b)
                  ? mp_error_set(
                        e, MP_NOT_SAFE, "table %s: %s of %s would follow from what is shown",
                        l->table->name.p, mp_count_unit_names[c->tables[audit->table].unit], b.data)
                  : mp_error_memory(e);
    mp_buf_free(&b);
    return bad;
}

/* ---- the second look ---- */

enum { ROUNDS = 12 };

/*
 * Shown cells that are hidden too because the audit finds bounds that the proofs of mp_disclose do
 * not see (intervals.h: these are as good as a search that gives up). It takes them for cells of no
 * persons; they are told as what they are.
 */
struct forced {
    struct mp_disclose_cell **cells;
    uint64_t *persons; /* as they are */
    size_t n, cap, cap_persons;
    struct mp_disclose_goals goals;
};

static bool force(struct forced *f, struct mp_disclose_cell *cell)
{
    if (!mp_room(&f->cells, f->n, &f->cap, sizeof *f->cells) ||
        !mp_room(&f->persons, f->n, &f->cap_persons, sizeof *f->persons))
        return false;
    f->persons[f->n] = cell->persons;
    f->cells[f->n++] = cell;
    return true;
}

static int disclose(struct mp_guard *g, const struct mp_disclose_run *run,
                    struct mp_disclose_rules *rules, struct forced *f, struct mp_error *e)
{
    for (size_t i = 0; i < f->n; i++)
        f->cells[i]->persons = 0;
    int bad = mp_disclose(run, rules, &f->goals, &g->result, e);
    rules->work -= g->result.work;
    g->gave_up |= g->result.gave_up || rules->work <= 0;
    for (size_t i = 0; i < f->n; i++)
        f->cells[i]->persons = f->persons[i];
    for (size_t t = 0; t < run->n; t++)
        for (size_t i = 0; i < run->tables[t].n; i++) {
            struct mp_disclose_cell *c = &run->tables[t].cells[i];
            if (c->why == MP_HIDDEN_FEW_PERSONS && c->persons >= rules->min)
                c->why = MP_HIDDEN_INTERVAL;
        }
    return bad;
}

/* In how many dimensions two cells of a table differ. */
static unsigned apart(uint64_t a, uint64_t b)
{
    unsigned n = 0;
    for (size_t i = 0; i < MP_CROSSTAB_DIMS; i++)
        n += mp_crosstab_value(a, i) != mp_crosstab_value(b, i);
    return n;
}

struct candidate {
    unsigned far;
    uint64_t value, key;
    struct mp_disclose_cell *cell;
};

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->far != y->far)
        return x->far < y->far ? -1 : 1;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

/* Hides `most` more cells about one that is known too nearly: those beside it in its table first,
 * then others of its unit, small ones before large ones. */
static bool force_about(struct forced *f, const struct mp_disclose_run *run,
                        struct mp_audit_place place, size_t most)
{
    struct candidate *all = NULL;
    size_t n = 0, cap = 0;
    const struct mp_disclose_table *here = &run->tables[place.table];
    bool good = true;
    for (size_t t = 0; good && t < run->n; t++)
        for (size_t i = 0; good && i < run->tables[t].n; i++) {
            struct mp_disclose_cell *c = &run->tables[t].cells[i];
            bool same = &run->tables[t] == here;
            if (c->why || c->value == 0 || run->tables[t].unit != here->unit)
                continue;
            good = mp_room(&all, n, &cap, sizeof *all);
            if (good)
                all[n++] = (struct candidate){same ? apart(c->key, here->cells[place.cell].key)
                                                   : MP_CROSSTAB_DIMS + 1,
                                              c->value, c->key, c};
        }
    if (good && n)
        qsort(all, n, sizeof *all, compare_candidates);
    for (size_t i = 0; good && i < n && i < most; i++) {
        all[i].cell->why = MP_HIDDEN_INTERVAL; /* no more to be had for the next one */
        good = force(f, all[i].cell);
    }
    free(all);
    return good;
}

/* Hides more about all that are known too nearly. 1; 0: there is no more; -1. */
static int force_more(struct forced *f, const struct mp_disclose_run *run,
                      const struct mp_audit *audit, size_t most, struct mp_error *e)
{
    size_t before = f->n;
    for (size_t i = 0; i < audit->n_listed; i++)
        if (!force_about(f, run, audit->listed[i], most))
            return mp_error_memory(e);
    return f->n > before;
}

static bool is_proved(const struct mp_guard *g, const struct mp_audit *audit)
{
    return mp_audit_is_clean(audit) && !g->result.unequal && !g->result.unproven;
}

/* Whether hiding more may help: a search that gave up, no mistake. */
static bool is_narrow(const struct mp_guard *g, const struct mp_audit *audit)
{
    return !g->gave_up && !is_proved(g, audit) && (audit->narrow || g->result.unproven) &&
           !g->result.unequal;
}

enum { WHOLE_TABLES = 8 };

/* Tables that nothing else helps are hidden as a whole, the one first that the last look names. */
static int hide_tables(struct mp_guard *g, const struct mp_disclose_run *run,
                       struct mp_disclose_rules *rules, struct forced *f, struct mp_audit *audit,
                       struct mp_error *e)
{
    int bad = 0;
    for (unsigned i = 0; !bad && audit->narrow && is_narrow(g, audit) && i < WHOLE_TABLES; i++) {
        const struct mp_disclose_table *t = &run->tables[audit->table];
        for (size_t c = 0; !bad && c < t->n; c++)
            if (t->cells[c].value > 0 && !t->cells[c].why && !force(f, &t->cells[c]))
                bad = mp_error_memory(e);
        bad =
            bad || disclose(g, run, rules, f, e) < 0 || mp_disclose_audit(run, rules, audit, e) < 0;
    }
    return bad ? -1 : 0;
}

/* Input so small that nothing can be shown of it: no cell is, and no 0 either. */
static int hide_all(struct mp_guard *g, const struct mp_disclose_run *run,
                    struct mp_disclose_rules *rules, struct forced *f, struct mp_audit *audit,
                    struct mp_error *e)
{
    f->n = 0;
    mp_disclose_goals_free(&f->goals);
    for (size_t t = 0; t < run->n; t++)
        for (size_t i = 0; i < run->tables[t].n; i++)
            if (!force(f, &run->tables[t].cells[i]))
                return mp_error_memory(e);
    rules->zeros_follow = !rules->hide_zeros;
    rules->hide_zeros = true;
    return disclose(g, run, rules, f, e) < 0 || mp_disclose_audit(run, rules, audit, e) < 0 ? -1
                                                                                            : 0;
}

static int hide(struct mp_guard *g, const struct mp_guard_cells *c, struct mp_error *e)
{
    struct mp_disclose_run run = {.tables = c->tables,
                                  .n = c->n,
                                  .nestings = c->nestings,
                                  .n_nestings = c->n_nestings,
                                  .links = c->links,
                                  .n_links = c->n_links,
                                  .terms = c->terms};
    struct mp_disclose_rules rules = rules_of(&g->rules);
    struct mp_audit audit = {0};
    struct forced forced = {0};
    int more = 1, bad = 0;
    g->gave_up = false;
    for (unsigned round = 0; !bad && more > 0; round++) {
        bad = disclose(g, &run, &rules, &forced, e) < 0 ||
              (!g->gave_up && mp_disclose_audit(&run, &rules, &audit, e) < 0);
        more = !bad && !g->gave_up && audit.narrow && round < ROUNDS
                   ? force_more(&forced, &run, &audit, (size_t)1 << round, e)
                   : 0;
        bad |= more < 0;
    }
    if (!bad && !g->gave_up)
        bad = hide_tables(g, &run, &rules, &forced, &audit, e);
    if (!bad && is_narrow(g, &audit))
        bad = hide_all(g, &run, &rules, &forced, &audit, e);
    free(forced.cells);
    free(forced.persons);
    mp_disclose_goals_free(&forced.goals);
    if (bad || g->gave_up)
        return bad ? -1 : 0;
    if (!mp_audit_is_clean(&audit))
        return not_safe(g, c, &audit, e);
    if (!is_proved(g, &audit))
        return mp_error_set(e, MP_NOT_SAFE, "%zu hidden cells are not known to be safe",
                            g->result.unequal + g->result.unproven);
    return 0;
}

/* ---- what hangs on several cells ---- */

static enum mp_hidden why(const struct mp_guard *g, size_t table, size_t place, unsigned part)
{
    const struct mp_disclose_cell *cells = g->tables[table].parts[part];
    return cells ? cells[place].why : MP_SHOWN;
}

/* The place in the table's `by` of its dimension of time; n_by: it has none. */
static size_t time_of(const struct mp_listing *l)
{
    size_t i = 0;
    while (i < l->table->n_by && l->table->by[i] != l->time)
        i++;
    return i;
}

/* Series in which a cell is hidden, by the rank without time. */
static bool mark_series(struct mp_guard *g, size_t table)
{
    const struct mp_listing *l = &g->lists[table];
    size_t at = time_of(l);
    if (at == l->table->n_by || (!mp_crosstab_has_measure(l->table, MP_EARS_C2) &&
                                 !mp_crosstab_has_measure(l->table, MP_FARRINGTON)))
        return true;
    for (enum mp_count_unit u = 0; u < MP_N_UNITS; u++)
        for (size_t i = 0; i < l->n; i++) {
            uint64_t rank = l->places[i].rank;
            if (mp_crosstab_value(rank, at) != 0 && why(g, table, i, u) &&
                mp_numbers_put(&g->tables[table].series[u], mp_crosstab_total(rank, at)) ==
                    MP_NUMBERS_NONE)
                return false;
        }
    return true;
}

static int compare_places(const void *a, const void *b)
{
    const struct mp_listing_place *x = a, *y = b;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

/* The place of the total over the i-th dimension; always listed where a part of it is. */
static size_t total_of(const struct mp_listing *l, size_t place, size_t i)
{
    struct mp_listing_place total = {.rank = mp_crosstab_total(l->places[place].rank, i)};
    const struct mp_listing_place *found =
        bsearch(&total, l->places, l->n, sizeof *l->places, compare_places);
    return found ? (size_t)(found - l->places) : place;
}

/* Totals of which a cell at the top is hidden, or one that could be there for all that is known. */
static bool mark_tops(struct mp_guard *g, size_t table)
{
    const struct mp_listing *l = &g->lists[table];
    const struct mp_crosstab *t = l->table;
    if (!mp_crosstab_has_measure(t, MP_CONCENTRATION) || t->over == MP_OVER_PERSON)
        return true;
    for (size_t i = 0; i < l->n; i++) {
        enum mp_hidden reason = why(g, table, i, MP_EPISODES);
        size_t cell = l->places[i].cell;
        if (!reason || cell == MP_NUMBERS_NONE ||
            mp_crosstab_value(mp_listing_key(l, &l->places[i]), t->over) < MP_VALUE_FIRST)
            continue;
        size_t total = total_of(l, i, t->over);
        struct mp_top top = mp_measure_top(&g->measures[table], l->places[total].cell);
        uint64_t most = t->cells[cell].value[MP_EPISODES];
        if (reason != MP_HIDDEN_FEW)
            most += g->rules.min;
        if (most >= top.least &&
            mp_numbers_put(&g->tables[table].tops, l->places[total].rank) == MP_NUMBERS_NONE)
            return false;
    }
    return true;
}

/* Whether some, but too few, are on one of the sides that a number parts them into. */
static bool is_few(const struct mp_guard *g, uint64_t n)
{
    return n < g->rules.min;
}

/* A percentage of what is told nowhere: neither part may be few, and all must be enough. */
static enum mp_hidden coverage_is_few(const struct mp_guard *g, const struct mp_measures *m,
                                      enum mp_count_unit unit, size_t cell)
{
    if (cell == MP_NUMBERS_NONE)
        return MP_SHOWN;
    const struct mp_count_cell *c = &m->table->cells[cell];
    uint64_t all = c->value[unit], part = c->hits[unit], rest = all - part;
    bool persons = (g->units >> MP_PERSONS & 1) != 0;
    if (is_few(g, all))
        return MP_HIDDEN_FEW;
    if (persons && is_few(g, c->value[MP_PERSONS]))
        return MP_HIDDEN_FEW_PERSONS;
    bool few =
        all < 4 * g->rules.min || (part > 0 && is_few(g, part)) || (rest > 0 && is_few(g, rest));
    return few ? MP_HIDDEN_SMALL_BASE : MP_SHOWN;
}

/* Totals of tables apart of which a part is hidden, and that are not so large that a whole percent
 * leaves room for any small count. */
static bool mark_nearest(struct mp_guard *g, size_t table)
{
    const struct mp_listing *l = &g->lists[table];
    const struct mp_crosstab *t = l->table;
    for (size_t i = 0; g->tables[table].apart && i < l->n; i++) {
        bool hidden = false;
        for (size_t u = 0; u < t->n_units; u++)
            hidden |= coverage_is_few(g, &g->measures[table], t->units[u], l->places[i].cell) != 0;
        for (unsigned mask = 0; hidden && mask < (1u << t->n_by) - 1; mask++) {
            uint64_t rank = l->places[i].rank;
            for (size_t k = 0; k < t->n_by; k++)
                if (!(mask & 1u << k))
                    rank = mp_crosstab_total(rank, k);
            if (rank != l->places[i].rank &&
                mp_numbers_put(&g->tables[table].nearest, rank) == MP_NUMBERS_NONE)
                return false;
        }
    }
    return true;
}

/* ---- begin and end ---- */

bool mp_guard_may(const struct mp_crosstab *table)
{
    return !table->internal && !table->least_persons && !mp_crosstab_has_measure(table, MP_RUN);
}

bool mp_guard_is_coarse(const struct mp_guard *g, size_t table)
{
    return g->tables && g->tables[table].coarse;
}

bool mp_guard_is_too_fine(const struct mp_guard *g, size_t table, size_t place)
{
    const struct mp_listing *l = &g->lists[table];
    if (!mp_guard_is_coarse(g, table))
        return false;
    for (size_t i = 0; i < l->table->n_by; i++)
        if (mp_crosstab_value(l->places[place].rank, i) == MP_VALUE_ALL)
            return false;
    return true;
}

static void free_parts(struct mp_guard *g)
{
    for (size_t i = 0; i < g->n; i++)
        for (size_t p = 0; p < MP_N_PARTS; p++) {
            free(g->tables[i].parts[p]);
            g->tables[i].parts[p] = NULL;
        }
}

/* Of the largest table that is not coarse yet, and of those of more than half its size, only totals
 * will be told. False: there is none. */
static bool coarsen(struct mp_guard *g)
{
    size_t largest = 0;
    free_parts(g);
    for (unsigned turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < g->n; i++) {
            const struct mp_listing *l = &g->lists[i];
            if (g->tables[i].coarse || !mp_guard_may(l->table) || l->table->n_by < 2)
                continue;
            if (turn == 0 && l->n > largest)
                largest = l->n;
            else if (turn == 1)
                g->tables[i].coarse = l->n > largest / 2;
        }
    return largest > 0;
}

int mp_guard_begin(struct mp_guard *g, const struct mp_guard_rules *rules,
                   const struct mp_tally *tally, const struct mp_listing *lists,
                   const struct mp_measures *measures, unsigned units, struct mp_error *e)
{
    struct mp_guard_cells cells;
    *g = (struct mp_guard){
        .rules = *rules, .tally = tally, .lists = lists, .measures = measures, .units = units};
    if (rules->unsafe || rules->round)
        return 0;
    g->tables = calloc(tally->set->n + 1, sizeof *g->tables);
    if (!g->tables)
        return mp_error_memory(e);
    g->n = mp_crosstabs_told(tally->set);
    if (mp_guard_check_periods(g, e) < 0)
        return -1;
    int bad;
    do {
        bad = mp_guard_cells_make(&cells, g, e) < 0 || hide(g, &cells, e) < 0;
        if (!bad && !g->gave_up)
            mp_guard_cells_tell(&cells, g);
        mp_guard_cells_free(&cells);
    } while (!bad && g->gave_up && coarsen(g));
    if (!bad && g->gave_up)
        bad = mp_error_set(e, MP_NOT_SAFE, "there are too many cells to guard");
    for (size_t i = 0; !bad && i < g->n; i++)
        if (!mark_series(g, i) || !mark_tops(g, i) || !mark_nearest(g, i))
            bad = mp_error_memory(e);
    return bad ? -1 : 0;
}

void mp_guard_end(struct mp_guard *g)
{
    free_parts(g);
    for (size_t i = 0; i < g->n; i++) {
        for (size_t u = 0; u < MP_N_UNITS; u++)
            mp_numbers_free(&g->tables[i].series[u]);
        mp_numbers_free(&g->tables[i].tops);
        mp_numbers_free(&g->tables[i].nearest);
    }
    free(g->tables);
    *g = (struct mp_guard){0};
}

/* ---- numbers ---- */

static bool holds(const struct mp_numbers *ranks, uint64_t rank)
{
    return mp_numbers_find(ranks, rank) != MP_NUMBERS_NONE;
}

static enum mp_hidden either(enum mp_hidden a, enum mp_hidden b)
{
    return a ? a : b;
}

/* By the cells that the number is worked out from. */
static enum mp_hidden by_cells(const struct mp_guard *g, size_t table, size_t place,
                               enum mp_count_unit unit, enum mp_measure measure)
{
    const struct mp_listing *l = &g->lists[table];
    const struct mp_guard_table *t = &g->tables[table];
    uint64_t rank = l->places[place].rank;
    enum mp_hidden own = why(g, table, place, unit);
    switch (measure) {
    case MP_SHARE:
        return either(own, why(g, table, total_of(l, place, l->table->over), unit));
    case MP_COVERAGE:
        return either(own, why(g, table, place,
                               unit == MP_REPORTS ? MP_PART_HIT_REPORTS : MP_PART_HIT_EPISODES));
    case MP_REPEAT_EXCESS:
        return either(own, why(g, table, place, MP_PERSONS));
    case MP_REPEAT_REPEATERS:
        return either(own, why(g, table, place, MP_PART_REPEATERS));
    case MP_PERSONS_2:
        own = either(why(g, table, place, MP_PART_PERSONS_2), own);
        own = either(own, why(g, table, place, MP_EPISODES));
        return either(own, why(g, table, place, MP_PART_REPEATERS));
    case MP_PERSONS_3:
        return why(g, table, place, MP_PART_PERSONS_3);
    case MP_PERSONS_10:
        return why(g, table, place, MP_PART_PERSONS_10);
    case MP_CONCENTRATION:
        return either(own, holds(&t->tops, rank) ? MP_HIDDEN_SECONDARY : MP_SHOWN);
    case MP_EARS_C2:
    case MP_FARRINGTON:
        rank = mp_crosstab_total(rank, time_of(l));
        return either(own, holds(&t->series[unit], rank) ? MP_HIDDEN_SECONDARY : MP_SHOWN);
    default:
        return own;
    }
}

static bool quantile_is_few(const struct mp_guard *g, const struct mp_measures *m,
                            enum mp_measure measure, size_t cell)
{
    struct mp_sides sides = mp_measure_sides(m, measure, cell);
    bool persons = (g->units >> MP_PERSONS & 1) != 0;
    uint64_t base = persons ? mp_measure_fewest(m, cell, sides.all) : sides.all;
    uint64_t parts = measure == MP_MEDIAN ? 2 : 4;
    if (sides.all == 0)
        return g->rules.hide_zeros;
    return base / parts < g->rules.min || is_few(g, sides.before) || is_few(g, sides.behind);
}

static enum mp_hidden coverage_of(const struct mp_guard *g, size_t table, size_t place,
                                  enum mp_count_unit unit)
{
    const struct mp_listing *l = &g->lists[table];
    size_t cell = l->places[place].cell;
    enum mp_hidden few = coverage_is_few(g, &g->measures[table], unit, cell);
    if (few || cell == MP_NUMBERS_NONE || l->table->cells[cell].value[unit] >= 100 * g->rules.min)
        return few;
    return holds(&g->tables[table].nearest, l->places[place].rank) ? MP_HIDDEN_SECONDARY : MP_SHOWN;
}

static bool top_is_few(const struct mp_guard *g, const struct mp_measures *m, size_t cell)
{
    struct mp_top top = mp_measure_top(m, cell);
    if (m->table->over != MP_OVER_PERSON || top.of == 0)
        return false;
    return is_few(g, top.n) || (top.n < top.of && is_few(g, top.of - top.n));
}

bool mp_guard_is_apart(const struct mp_guard *g, size_t table)
{
    return g->tables && g->tables[table].apart;
}

enum mp_hidden mp_guard_of(const struct mp_guard *g, size_t table, size_t place,
                           enum mp_count_unit unit, enum mp_measure measure)
{
    if (g->rules.unsafe)
        return MP_SHOWN;
    enum mp_hidden reason = g->rules.round ? MP_SHOWN : by_cells(g, table, place, unit, measure);
    const struct mp_measures *m = &g->measures[table];
    size_t cell = g->lists[table].places[place].cell;
    bool few = false;
    if (measure == MP_MEDIAN || measure == MP_QUARTILE_1 || measure == MP_QUARTILE_3)
        few = quantile_is_few(g, m, measure, cell);
    else if (measure == MP_CONCENTRATION)
        few = top_is_few(g, m, cell);
    else if (measure == MP_COVERAGE && mp_guard_is_apart(g, table))
        return coverage_of(g, table, place, unit);
    return reason ? reason : few ? MP_HIDDEN_SMALL_BASE : MP_SHOWN;
}

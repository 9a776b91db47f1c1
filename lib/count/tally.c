/* Counting: one pass, all tables at once. */
#include "count/tally.h"
#include <stdlib.h>

/* What one record says about itself. */
struct unit_of {
    yyjson_val *reports; /* list, or NULL: the record is a report */
    uint64_t n_reports;
    uint32_t person;
    bool has_person;
};

int mp_tally_begin(struct mp_tally *t, struct mp_crosstabs *set, struct mp_dims *dims,
                   struct mp_error *e)
{
    *t = (struct mp_tally){.set = set, .dims = dims};
    t->used = calloc(dims->n + 1, sizeof *t->used);
    t->values = calloc(dims->n + 1, sizeof *t->values);
    if (!t->used || !t->values)
        return mp_error_memory(e);
    for (size_t i = 0; i < set->n; i++)
        for (size_t k = 0; k < set->items[i].n_by; k++)
            t->used[set->items[i].by[k] - dims->items] = true;
    return 0;
}

void mp_tally_free(struct mp_tally *t)
{
    mp_numbers_free(&t->persons);
    free(t->used);
    free(t->values);
    *t = (struct mp_tally){0};
}

/* Values of the dimensions in use that are read from the record (or from each report). */
static int read_values(struct mp_tally *t, yyjson_val *of, bool each_report, struct mp_error *e)
{
    for (size_t i = 0; i < t->dims->n; i++)
        if (t->used[i] && t->dims->items[i].each_report == each_report &&
            mp_dim_value(&t->dims->items[i], of, &t->values[i], e) < 0)
            return -1;
    return 0;
}

/* Number of the cell with this key, made if new; MP_NUMBERS_NONE if memory ran out. */
static size_t cell_of(struct mp_crosstab *tab, uint64_t key)
{
    if (tab->keys.n == tab->cap) {
        size_t cap = tab->cap ? tab->cap * 2 : 16;
        struct mp_count_cell *cells = realloc(tab->cells, cap * sizeof *cells);
        if (!cells)
            return MP_NUMBERS_NONE;
        tab->cells = cells;
        tab->cap = cap;
    }
    size_t n = tab->keys.n, cell = mp_numbers_put(&tab->keys, key);
    if (cell == n)
        tab->cells[cell] = (struct mp_count_cell){0};
    return cell;
}

/* Counts the present values in their cell and in all totals that it is part of. */
static int count_in(struct mp_tally *t, struct mp_crosstab *tab, const struct unit_of *u,
                    uint64_t n_reports, bool persons, struct mp_error *e)
{
    for (unsigned mask = 0; mask < 1u << tab->n_by; mask++) {
        uint64_t key = 0;
        for (size_t i = 0; i < tab->n_by; i++)
            if (mask & 1u << i)
                key |= (uint64_t)t->values[tab->by[i] - t->dims->items] << mp_crosstab_shift(i);
        size_t number = cell_of(tab, key);
        if (number == MP_NUMBERS_NONE)
            return mp_error_memory(e);
        struct mp_count_cell *cell = &tab->cells[number];
        cell->value[MP_REPORTS] += n_reports;
        if (cell->record == t->records)
            continue; /* another report of the same episode */
        cell->record = t->records;
        cell->value[MP_EPISODES]++;
        if (!persons)
            continue;
        int is_new = mp_pairs_add(&tab->persons, (uint32_t)number, u->person);
        if (is_new < 0)
            return mp_error_memory(e);
        cell->value[MP_PERSONS] += (uint64_t)is_new;
    }
    return 0;
}

/* Dimensions of reports: the episode is counted wherever one of its reports is. */
static int count_each_report(struct mp_tally *t, struct mp_crosstab *tab, const struct unit_of *u,
                             bool persons, struct mp_error *e)
{
    yyjson_arr_iter all = yyjson_arr_iter_with(u->reports);
    for (yyjson_val *report; (report = yyjson_arr_iter_next(&all));)
        if (read_values(t, report, true, e) < 0 || count_in(t, tab, u, 1, persons, e) < 0)
            return -1;
    return 0;
}

static int look_at(struct mp_tally *t, yyjson_val *root, struct unit_of *u, struct mp_error *e)
{
    yyjson_val *link = yyjson_obj_get(root, "link");
    yyjson_val *reports = yyjson_obj_get(link, "reports");
    struct mp_str person = mp_rec_text(yyjson_obj_get(link, "person_id"));
    *u = (struct unit_of){.n_reports = 1};
    if (yyjson_arr_size(reports) > 0) {
        u->reports = reports;
        u->n_reports = yyjson_get_len(reports);
    }
    u->has_person = u->reports && person.n > 0;
    t->records++;
    t->lacking[MP_EPISODES] += !u->reports;
    t->lacking[MP_PERSONS] += !u->has_person;
    if (!u->has_person || !mp_tally_gives(t, MP_PERSONS))
        return 0;
    size_t number = mp_numbers_put(&t->persons, mp_hash(person.p, person.n));
    u->person = (uint32_t)number;
    return number == MP_NUMBERS_NONE ? mp_error_memory(e) : 0;
}

static bool is_missing(const struct mp_trace *trace, struct mp_str path)
{
    for (size_t i = 0; i < trace->n_missing; i++)
        if (mp_str_eq(trace->missing[i], path))
            return true;
    return false;
}

/* Which paths of the table's condition no record has told so far. */
static void keep_missing(struct mp_crosstab *tab, const struct mp_trace *trace, bool first)
{
    size_t kept = 0, n = first ? trace->n_missing : tab->n_missing;
    for (size_t i = 0; i < n; i++) {
        struct mp_str path = first ? trace->missing[i] : tab->missing[i];
        if (is_missing(trace, path))
            tab->missing[kept++] = path;
    }
    tab->n_missing = kept;
}

/* Whether the table counts the record: 1 or 0, or -1 with the error. */
static int is_counted(struct mp_crosstab *tab, yyjson_val *root, bool first, struct mp_error *e)
{
    if (!tab->where)
        return 1;
    struct mp_trace trace = {0};
    enum mp_truth truth = mp_condition_eval(tab->where, root, &trace);
    if (trace.failed)
        return mp_error_memory(e);
    keep_missing(tab, &trace, first);
    return truth == MP_TRUE;
}

int mp_tally_add(struct mp_tally *t, yyjson_val *root, struct mp_error *e)
{
    struct unit_of u;
    int counted = 0;
    if (look_at(t, root, &u, e) < 0 || read_values(t, root, false, e) < 0)
        return -1;
    if (!u.reports && read_values(t, root, true, e) < 0)
        return -1;
    for (size_t i = 0; i < t->set->n; i++) {
        struct mp_crosstab *tab = &t->set->items[i];
        int counts = is_counted(tab, root, t->records == 1, e);
        if (counts < 0)
            return -1;
        if (counts == 0)
            continue;
        bool persons = mp_tally_gives(t, MP_PERSONS) && mp_crosstab_has(tab, MP_PERSONS);
        counted = 1;
        if (tab->each_report && u.reports ? count_each_report(t, tab, &u, persons, e) < 0
                                          : count_in(t, tab, &u, u.n_reports, persons, e) < 0)
            return -1;
    }
    return counted;
}

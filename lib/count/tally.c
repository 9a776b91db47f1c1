/* Counting: one pass, all tables at once. */
#include "count/tally.h"
#include "count/roll.h"
#include <stdlib.h>

/* What one record says about itself. */
struct unit_of {
    yyjson_val *reports; /* list, or NULL: the record is a report */
    uint64_t n_reports;
    bool has_person;
    uint64_t key;    /* mp_person_number, where persons are asked for */
    uint32_t person; /* number of the key */
};

/* How the present record counts in one table. */
struct entry {
    const struct unit_of *unit;
    uint64_t n_reports;
    bool hit;     /* `when` is true */
    bool members; /* persons are counted */
    bool spanned; /* there is a span */
    uint32_t span;
};

int mp_tally_begin(struct mp_tally *t, struct mp_crosstabs *set, struct mp_dims *dims,
                   struct mp_error *e)
{
    *t = (struct mp_tally){.set = set, .dims = dims, .k = dims->rules->k};
    t->every_person = true;
    t->first_day = INT32_MAX;
    t->last_day = INT32_MIN;
    t->link = mp_case_place(t->k, "link");
    t->values = calloc(dims->n + 1, sizeof *t->values);
    if (t->link == MP_LOOKUP_NONE)
        return mp_error_set(e, MP_USAGE, "the tables ask for more than %d different paths",
                            MP_LOOKUP_MAX);
    return t->values ? 0 : mp_error_memory(e);
}

static bool skim_dim(struct mp_skim *skim, const struct mp_path *reports, const struct mp_dim *d)
{
    if (d->kind == MP_DIM_TEXT)
        return mp_skim_add_items(skim, reports, &d->field);
    for (size_t i = 0; i < d->at.n; i++)
        if (!mp_skim_add_items(skim, reports, &d->at_paths[i]))
            return false;
    return true;
}

bool mp_tally_skim(const struct mp_tally *t, struct mp_skim *skim)
{
    struct mp_path schema, person, reports;
    *skim = (struct mp_skim){0};
    bool fits = mp_path_of(&schema, MP_STR("schema")) && mp_skim_add(skim, &schema) &&
                mp_path_of(&person, MP_STR("link.person_id")) && mp_skim_add(skim, &person) &&
                mp_path_of(&reports, MP_STR("link.reports")) &&
                mp_skim_add_items(skim, &reports, NULL) && mp_skim_add_lookup(skim, &t->k->lookup);
    for (size_t i = 0; fits && i < t->dims->n; i++)
        if (t->dims->items[i].in_use && t->dims->items[i].each_report)
            fits = skim_dim(skim, &reports, &t->dims->items[i]);
    return fits;
}

void mp_tally_free(struct mp_tally *t)
{
    mp_numbers_free(&t->persons);
    free(t->values);
    *t = (struct mp_tally){0};
}

/* Values of the dimensions in use that are read from the record (or from each report). */
static int read_values(struct mp_tally *t, yyjson_val *report, bool each_report, struct mp_error *e)
{
    for (size_t i = 0; i < t->dims->n; i++) {
        struct mp_dim *d = &t->dims->items[i];
        if (d->in_use && d->each_report == each_report &&
            mp_dim_values(d, t->k, report, &t->values[i], e) < 0)
            return -1;
    }
    return 0;
}

/* All of a record, before anything of it is counted. What several reports say is read once more
 * where it counts; here only to see whether it can be. */
static int read_all_values(struct mp_tally *t, yyjson_val *reports, struct mp_error *e)
{
    if (read_values(t, NULL, false, e) < 0)
        return -1;
    if (!reports)
        return read_values(t, NULL, true, e);
    bool several = false;
    for (size_t i = 0; i < t->dims->n; i++)
        several |=
            t->dims->items[i].in_use && t->dims->items[i].each_report && t->dims->items[i].several;
    yyjson_arr_iter all = yyjson_arr_iter_with(reports);
    for (yyjson_val *report; several && (report = yyjson_arr_iter_next(&all));)
        if (read_values(t, report, true, e) < 0)
            return -1;
    return 0;
}

/* Counts the person in the cells that wait for it. */
static int count_members(struct mp_tally *t, uint32_t person)
{
    for (size_t i = 0; i < t->n_waiting; i++) {
        struct mp_tally_waiting *w = &t->waiting[i];
        int is_new = mp_pairs_add(&w->table->members, w->cell, person, 1);
        if (is_new < 0)
            return -1;
        w->table->cells[w->cell].value[MP_PERSONS] += is_new > 0;
    }
    t->n_waiting = 0;
    return 0;
}

static int expect_member(struct mp_tally *t, struct mp_crosstab *tab, uint32_t cell,
                         uint32_t person)
{
    if (t->n_waiting == MP_TALLY_WAITING && count_members(t, person) < 0)
        return -1;
    mp_pairs_expect(&tab->members, cell, person);
    t->waiting[t->n_waiting++] = (struct mp_tally_waiting){tab, cell};
    return 0;
}

static int count_cell(struct mp_tally *t, struct mp_crosstab *tab, const struct entry *entry,
                      uint64_t key)
{
    size_t number = mp_crosstab_cell(tab, key);
    if (number == MP_NUMBERS_NONE)
        return -1;
    struct mp_count_cell *cell = &tab->cells[number];
    cell->value[MP_REPORTS] += entry->n_reports;
    cell->hits[MP_REPORTS] += entry->hit ? entry->n_reports : 0;
    if (cell->record == t->records)
        return 0; /* another report of the same episode */
    cell->record = t->records;
    cell->value[MP_EPISODES]++;
    cell->hits[MP_EPISODES] += entry->hit;
    if (entry->spanned && mp_pairs_add(&tab->spans, (uint32_t)number, entry->span, 1) < 0)
        return -1;
    return entry->members ? expect_member(t, tab, (uint32_t)number, entry->unit->person) : 0;
}

/* Counts in every combination of the values of the dimensions in `mask`. */
static int count_mask(struct mp_tally *t, struct mp_crosstab *tab, const struct entry *entry,
                      unsigned mask)
{
    const struct mp_dim_values *values[MP_CROSSTAB_DIMS];
    size_t at[MP_CROSSTAB_DIMS] = {0}, n = tab->n_by;
    for (size_t i = 0; i < n; i++)
        values[i] = &t->values[tab->by[i] - t->dims->items];
    for (;;) {
        uint64_t key = 0;
        for (size_t i = 0; i < n; i++)
            if (mask & 1u << i)
                key |= (uint64_t)values[i]->v[at[i]] << mp_crosstab_shift(i);
        if (count_cell(t, tab, entry, key) < 0)
            return -1;
        size_t i = 0; /* the next combination, as an odometer */
        while (i < n && (!(mask & 1u << i) || ++at[i] == values[i]->n))
            at[i++] = 0;
        if (i == n)
            return 0;
    }
}

/* Counts the present values in their cells and, where these do not add up, in all totals that they
 * are part of. */
static int count_in(struct mp_tally *t, struct mp_crosstab *tab, const struct entry *entry,
                    struct mp_error *e)
{
    unsigned all = (1u << tab->n_by) - 1;
    for (unsigned mask = mp_crosstab_is_additive(tab) ? all : 0; mask <= all; mask++)
        if (count_mask(t, tab, entry, mask) < 0)
            return mp_error_memory(e);
    return 0;
}

/* Dimensions of reports: the episode is counted wherever one of its reports is. */
static int count_each_report(struct mp_tally *t, struct mp_crosstab *tab, struct entry entry,
                             struct mp_error *e)
{
    yyjson_arr_iter all = yyjson_arr_iter_with(entry.unit->reports);
    entry.n_reports = 1;
    for (yyjson_val *report; (report = yyjson_arr_iter_next(&all));)
        if (read_values(t, report, true, e) < 0 || count_in(t, tab, &entry, e) < 0)
            return -1;
    return 0;
}

/* Whether it must be known who is in the table's cells. */
static bool asks_persons(const struct mp_tally *t, const struct mp_crosstab *tab)
{
    return (t->every_person && !tab->linking) || tab->least_persons > 0 ||
           mp_crosstab_has(tab, MP_PERSONS) || mp_crosstab_needs_members(tab);
}

/* Changes nothing: the record may yet turn out to be none that can be counted. */
static struct unit_of look_at(const struct mp_tally *t)
{
    yyjson_val *link = t->k->lookup.values[t->link];
    yyjson_val *reports = yyjson_obj_get(link, "reports");
    struct mp_str person = mp_rec_text(yyjson_obj_get(link, "person_id"));
    struct unit_of u = {.n_reports = 1};
    if (yyjson_arr_size(reports) > 0) {
        u.reports = reports;
        u.n_reports = yyjson_get_len(reports);
    }
    u.has_person = u.reports && person.n > 0;
    if (u.has_person && t->asks_persons) {
        u.key = mp_person_number(&t->key, person);
        mp_numbers_expect(&t->persons, u.key);
    }
    return u;
}

/* From here on the record counts. */
static int take(struct mp_tally *t, struct unit_of *u, struct mp_error *e)
{
    t->records++;
    t->told |= t->k->known;
    t->endless += t->k->is_open == MP_TRUE && !t->k->now.known;
    t->lacking[MP_EPISODES] += !u->reports;
    t->lacking[MP_PERSONS] += !u->has_person;
    if (t->k->missing.known) {
        int32_t day = t->k->missing.day;
        t->first_day = day < t->first_day ? day : t->first_day;
        t->last_day = day > t->last_day ? day : t->last_day;
    }
    if (!u->has_person || !t->asks_persons || !mp_tally_gives(t, MP_PERSONS))
        return 0;
    size_t number = mp_numbers_put(&t->persons, u->key);
    u->person = (uint32_t)number;
    return number == MP_NUMBERS_NONE ? mp_error_memory(e) : 0;
}

/* How long it was, and whether that is only how long as yet. */
static void measure_span(const struct mp_tally *t, const struct mp_crosstab *tab,
                         struct entry *entry)
{
    struct mp_amount amount;
    if (!mp_crosstab_needs_spans(tab) || !mp_quantity_of(&tab->of, t->k, &amount))
        return;
    bool open = tab->censored && t->k->is_open == MP_TRUE;
    if (amount.middle > UINT32_MAX / 2)
        return; /* no duration of this world */
    entry->spanned = true;
    entry->span = (uint32_t)amount.middle * 2 + open;
}

static int count_table(struct mp_tally *t, struct mp_crosstab *tab, const struct unit_of *u,
                       struct mp_error *e)
{
    struct entry entry = {.unit = u, .n_reports = u->n_reports};
    entry.hit = mp_when_holds(&tab->when, t->k);
    entry.members = asks_persons(t, tab) && mp_tally_gives(t, MP_PERSONS);
    measure_span(t, tab, &entry);
    return tab->each_report && u->reports ? count_each_report(t, tab, entry, e)
                                          : count_in(t, tab, &entry, e);
}

int mp_tally_add(struct mp_tally *t, yyjson_val *root, struct mp_error *e)
{
    int counted = 0;
    struct mp_case *k = t->k;
    mp_case_read(k, root);
    for (size_t i = 0; t->records == 0 && i < t->set->n; i++)
        t->asks_persons |= asks_persons(t, &t->set->items[i]);
    if (k->is_open == MP_TRUE && !k->returned.known && mp_when_holds(&t->returned, k))
        mp_case_returned(k);
    struct unit_of u = look_at(t);
    if (read_all_values(t, u.reports, e) < 0 || take(t, &u, e) < 0)
        return -1;
    for (size_t i = 0; i < t->set->n; i++) {
        const struct mp_when *where = &t->set->items[i].where;
        if (t->set->items[i].n_units == 0)
            continue;
        if (where->condition && !mp_when_holds(where, k))
            continue;
        counted |= !t->set->items[i].linking;
        if (count_table(t, &t->set->items[i], &u, e) < 0)
            return -1;
    }
    return k->failed || count_members(t, u.person) < 0 ? mp_error_memory(e) : counted;
}

static bool is_duration(const struct mp_tally *t, const struct mp_quantity *q)
{
    return q->kind == MP_QUANTITY_PATH && (q->place == t->k->at[MP_GIVEN_MISSING_HOURS] ||
                                           q->place == t->k->at[MP_GIVEN_OPEN_HOURS]);
}

bool mp_tally_asks_duration(const struct mp_tally *t)
{
    uint64_t places = UINT64_C(1) << t->k->at[MP_GIVEN_MISSING_HOURS] |
                      UINT64_C(1) << t->k->at[MP_GIVEN_OPEN_HOURS];
    for (size_t i = 0; i < t->dims->n; i++) {
        const struct mp_dim *d = &t->dims->items[i];
        if (d->in_use && d->kind == MP_DIM_NUMBER && is_duration(t, &d->quantity))
            return true;
        for (size_t c = 0; d->in_use && c < d->n_classes; c++)
            if (d->classes[c].when.places & places)
                return true;
    }
    for (size_t i = 0; i < t->set->n; i++) {
        const struct mp_crosstab *tab = &t->set->items[i];
        if (((tab->where.places | tab->when.places) & places) ||
            (mp_crosstab_needs_spans(tab) && is_duration(t, &tab->of)))
            return true;
    }
    return false;
}

int mp_tally_finish(struct mp_tally *t, struct mp_error *e)
{
    for (size_t i = 0; i < t->set->n; i++)
        if (mp_crosstab_roll(&t->set->items[i], e) < 0)
            return -1;
    return 0;
}

/* What stands out in a table over time. */
#include "count/finding.h"
#include "base/room.h"
#include "count/disclose.h"
#include "count/runs.h"
#include <inttypes.h>
#include <stdlib.h>

/* A cell of one period. */
struct point {
    uint64_t series; /* the key with the period totalled over */
    int64_t period;
    uint32_t cell;
};

struct work {
    struct mp_findings *f;
    const struct mp_crosstab *t;
    size_t at; /* place of the period in the keys */
    struct point *points;
    size_t n;
    int64_t *periods; /* that have a record, in order */
    size_t n_periods;
    uint64_t *counts;
    uint32_t *cells; /* + 1; 0: none */
    struct mp_error *e;
};

static int by_series(const void *a, const void *b)
{
    const struct point *x = a, *y = b;
    if (x->series != y->series)
        return x->series < y->series ? -1 : 1;
    return (x->period > y->period) - (x->period < y->period);
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int by_place(const void *a, const void *b)
{
    const struct mp_finding *x = a, *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    if (x->measure != y->measure)
        return x->measure < y->measure ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

static int64_t period_of(const struct work *w, uint64_t key)
{
    uint32_t value = mp_crosstab_value(key, w->at);
    return (int32_t)(uint32_t)w->t->by[w->at]->periods.keys[value - MP_VALUE_FIRST];
}

/* The points of all series, and the periods that they have. */
static int collect(struct work *w)
{
    const struct mp_numbers *keys = &w->t->keys;
    w->points = malloc((keys->n + 1) * sizeof *w->points);
    w->periods = malloc((keys->n + 1) * sizeof *w->periods);
    if (!w->points || !w->periods)
        return mp_error_memory(w->e);
    for (size_t c = 0; c < keys->n; c++) {
        uint64_t key = keys->keys[c];
        if (mp_crosstab_value(key, w->at) < MP_VALUE_FIRST)
            continue;
        w->periods[w->n] = period_of(w, key);
        w->points[w->n] =
            (struct point){mp_crosstab_total(key, w->at), w->periods[w->n], (uint32_t)c};
        w->n++;
    }
    qsort(w->points, w->n, sizeof *w->points, by_series);
    qsort(w->periods, w->n, sizeof *w->periods, by_number);
    for (size_t i = 0; i < w->n; i++)
        if (i == 0 || w->periods[i] != w->periods[i - 1])
            w->periods[w->n_periods++] = w->periods[i];
    return 0;
}

static int note(struct work *w, struct mp_finding found)
{
    if (!mp_room(&w->f->items, w->f->n, &w->f->cap, sizeof *w->f->items))
        return mp_error_memory(w->e);
    w->f->items[w->f->n++] = found;
    return 0;
}

/* ---- alarms ---- */

static int judge(struct work *w, enum mp_measure method, enum mp_count_unit unit, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct mp_trend t;
        if (w->cells[i] == 0)
            continue; /* nothing was counted: no alarm */
        if (method == MP_EARS_C2)
            t = mp_ears_judge(&w->t->ears, w->counts, i);
        else if (mp_farrington_judge(&w->t->farrington, w->counts, i, &t, w->e) < 0)
            return -1;
        if (t.reason == MP_TREND_JUDGED && t.alarm &&
            note(w, (struct mp_finding){.cell = w->cells[i] - 1,
                                        .measure = method,
                                        .unit = unit,
                                        .statistic = t.statistic,
                                        .expected = t.expected}) < 0)
            return -1;
    }
    return 0;
}

static uint64_t rounded(const struct mp_findings *f, uint64_t count)
{
    return f->round ? mp_disclose_round(count, f->round) : count;
}

/* One series in one stretch of periods. */
static int judge_series(struct work *w, const struct point *points, size_t n, int64_t first,
                        size_t length)
{
    const struct mp_crosstab *t = w->t;
    memset(w->cells, 0, length * sizeof *w->cells);
    for (size_t i = 0; i < n; i++)
        if (points[i].period >= first && points[i].period - first < (int64_t)length)
            w->cells[points[i].period - first] = points[i].cell + 1;
    for (size_t m = 0; m < t->n_measures; m++) {
        if (t->measures[m] != MP_EARS_C2 && t->measures[m] != MP_FARRINGTON)
            continue;
        for (size_t u = 0; u < t->n_units; u++) {
            for (size_t i = 0; i < length; i++)
                w->counts[i] =
                    w->cells[i] ? rounded(w->f, t->cells[w->cells[i] - 1].value[t->units[u]]) : 0;
            if (judge(w, t->measures[m], t->units[u], length) < 0)
                return -1;
        }
    }
    return 0;
}

static int judge_stretch(struct work *w, int64_t first, int64_t last)
{
    size_t length = (size_t)(last - first) + 1;
    w->counts = malloc(length * sizeof *w->counts);
    w->cells = malloc(length * sizeof *w->cells);
    int bad = w->counts && w->cells ? 0 : mp_error_memory(w->e);
    for (size_t i = 0, n; !bad && i < w->n; i += n) {
        for (n = 1; i + n < w->n && w->points[i + n].series == w->points[i].series; n++)
            ;
        bad = judge_series(w, w->points + i, n, first, length);
    }
    free(w->counts);
    free(w->cells);
    return bad;
}

static int find_alarms(struct work *w)
{
    for (size_t i = 0, n; i < w->n_periods; i += n) {
        for (n = 1; i + n < w->n_periods &&
                    w->periods[i + n] - w->periods[i + n - 1] - 1 <= w->t->by[w->at]->longest_gap;
             n++)
            ;
        if (judge_stretch(w, w->periods[i], w->periods[i + n - 1]) < 0)
            return -1;
    }
    return 0;
}

/* ---- runs ---- */

/* Only where all other dimensions are told is it a place. */
static bool is_place(const struct work *w, uint64_t series)
{
    for (size_t i = 0; i < w->t->n_by; i++)
        if (i != w->at && mp_crosstab_value(series, i) < MP_VALUE_FIRST)
            return false;
    return true;
}

/* The departures of all members of cells by day. Places are numbered by the order of series. */
static int add_departures(struct work *w, struct mp_departures *all, uint64_t **places)
{
    uint32_t *place_of = calloc(w->t->keys.n + 1, sizeof *place_of);
    int32_t *day_of = calloc(w->t->keys.n + 1, sizeof *day_of);
    *places = malloc((w->n + 1) * sizeof **places);
    int bad = place_of && day_of && *places ? 0 : mp_error_memory(w->e);
    uint32_t n_places = 0;
    for (size_t i = 0; !bad && i < w->n; i++) {
        if (!is_place(w, w->points[i].series))
            continue;
        if (n_places == 0 || w->points[i].series != (*places)[n_places - 1])
            (*places)[n_places++] = w->points[i].series;
        place_of[w->points[i].cell] = n_places;
        day_of[w->points[i].cell] = (int32_t)w->points[i].period;
    }
    size_t at = 0;
    for (const struct mp_pair *p; !bad && (p = mp_pairs_next(&w->t->members, &at));)
        if (place_of[p->cell])
            bad = mp_departures_add(
                all, (struct mp_departure){place_of[p->cell] - 1, day_of[p->cell], p->what}, w->e);
    free(place_of);
    free(day_of);
    return bad;
}

/* A run stands in the cell of its place and first day. */
static int note_run(struct work *w, const struct mp_run *run, uint64_t place)
{
    struct point key = {.series = place, .period = run->first};
    const struct point *p = bsearch(&key, w->points, w->n, sizeof *w->points, by_series);
    return note(w, (struct mp_finding){.cell = p->cell,
                                       .measure = MP_RUN,
                                       .unit = MP_PERSONS,
                                       .until = run->last,
                                       .persons = run->persons,
                                       .departures = run->departures});
}

static int find_runs(struct work *w)
{
    struct mp_departures all = {0};
    struct mp_runs runs = {0};
    uint64_t *places = NULL;
    int bad = add_departures(w, &all, &places);
    if (!bad)
        bad = mp_runs_find(&all, w->t->run_persons, w->t->run_days, &runs, w->e);
    for (size_t i = 0; !bad && i < runs.n; i++)
        bad = note_run(w, &runs.list[i], places[runs.list[i].place]);
    mp_runs_free(&runs);
    mp_departures_free(&all);
    free(places);
    return bad;
}

/* ---- all ---- */

int mp_findings_make(struct mp_findings *f, const struct mp_crosstab *t, uint64_t round,
                     struct mp_error *e)
{
    struct work w = {.f = f, .t = t, .e = e};
    bool alarms =
             mp_crosstab_has_measure(t, MP_EARS_C2) || mp_crosstab_has_measure(t, MP_FARRINGTON),
         runs = mp_crosstab_has_measure(t, MP_RUN);
    *f = (struct mp_findings){.round = round};
    if (!alarms && !runs)
        return 0;
    while (t->by[w.at]->kind != MP_DIM_PERIOD)
        w.at++;
    int bad = collect(&w) < 0 || (alarms && find_alarms(&w) < 0) || (runs && find_runs(&w) < 0);
    free(w.points);
    free(w.periods);
    if (f->n > 0)
        qsort(f->items, f->n, sizeof *f->items, by_place);
    return bad ? -1 : 0;
}

const struct mp_finding *mp_findings_get(const struct mp_findings *f, uint32_t cell,
                                         enum mp_measure measure, enum mp_count_unit unit)
{
    struct mp_finding key = {.cell = cell, .measure = measure, .unit = unit};
    return f->n ? bsearch(&key, f->items, f->n, sizeof *f->items, by_place) : NULL;
}

void mp_finding_add(struct mp_buf *b, const struct mp_findings *of, const struct mp_finding *f,
                    const struct mp_crosstab *table)
{
    if (f->measure == MP_RUN) {
        mp_buf_adds(b, ",\"until\":\"");
        mp_time_add(b, (struct mp_time){f->until, -1, true});
        mp_buf_addf(b, "\",\"departures\":%" PRIu64, f->departures);
        return;
    }
    mp_buf_addf(b, ",\"observed\":%" PRIu64 ",\"expected\":%.2f",
                rounded(of, table->cells[f->cell].value[f->unit]), f->expected);
}

void mp_findings_free(struct mp_findings *f)
{
    free(f->items);
    *f = (struct mp_findings){0};
}

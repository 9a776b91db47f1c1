/* The reports of all youths in order of time. */
#include "synth/stream.h"
#include "base/time.h"
#include <stdlib.h>

/* Reports of so many households tell how many a household makes. */
enum { MEASURED = 256 };

static const struct mp_synth_report *next_of(const struct mp_synth_youth *y)
{
    return &y->reports[y->next];
}

/* Of two reports of one minute, that of the earlier household comes first. */
static bool before(const struct mp_synth_youth *a, const struct mp_synth_youth *b)
{
    int64_t x = next_of(a)->at, y = next_of(b)->at;
    if (x != y)
        return x < y;
    return a->household != b->household ? a->household < b->household : a->child < b->child;
}

/* A binary heap: nobody comes before the one at (i - 1) / 2. */
static void sink(struct mp_synth_stream *s, size_t i)
{
    struct mp_synth_youth *one = s->heap[i];
    for (size_t child; (child = 2 * i + 1) < s->n; i = child) {
        if (child + 1 < s->n && before(s->heap[child + 1], s->heap[child]))
            child++;
        if (!before(s->heap[child], one))
            break;
        s->heap[i] = s->heap[child];
    }
    s->heap[i] = one;
}

static bool push(struct mp_synth_stream *s, struct mp_synth_youth *y)
{
    if (s->n == s->room) {
        size_t room = s->room ? 2 * s->room : 64;
        struct mp_synth_youth **heap = realloc(s->heap, room * sizeof(struct mp_synth_youth *));
        if (!heap)
            return false;
        s->heap = heap;
        s->room = room;
    }
    size_t i = s->n++;
    for (; i > 0 && before(y, s->heap[(i - 1) / 2]); i = (i - 1) / 2)
        s->heap[i] = s->heap[(i - 1) / 2];
    s->heap[i] = y;
    return true;
}

static bool come_in(struct mp_synth_stream *s)
{
    struct mp_synth_household of;
    mp_synth_household(&s->run, s->household, &of);
    for (size_t i = 0; i < of.n; i++) {
        struct mp_synth_youth *y = mp_synth_plan(&s->run, s->household, &of, i);
        if (!y || !push(s, y)) {
            free(y);
            return false;
        }
    }
    s->household++;
    return true;
}

/* Reports of the first households. 0: out of memory. */
static uint64_t measure(const struct mp_synth_run *run)
{
    uint64_t reports = 0;
    for (uint64_t i = 0; i < MEASURED; i++) {
        struct mp_synth_household of;
        mp_synth_household(run, i, &of);
        for (size_t k = 0; k < of.n; k++) {
            struct mp_synth_youth *y = mp_synth_plan(run, i, &of, k);
            if (!y)
                return 0;
            reports += y->n_reports;
            free(y);
        }
    }
    return reports;
}

/* What lies between two households: the span of the model, but never too many a day. */
static int set_gap(struct mp_synth_stream *s, uint64_t reports, struct mp_error *e)
{
    enum { MARGIN = 150 * 366, YEAR = 9999 }; /* days that a youth can be under way */
    const struct mp_synth_model *m = s->run.model;
    uint64_t least = (uint64_t)MP_MINUTES_A_DAY * 1000 / (uint64_t)m->households_a_day;
    s->run.gap = least;
    uint64_t measured = measure(&s->run);
    if (measured == 0)
        return mp_error_memory(e);
    uint64_t households =
        reports > UINT64_MAX / MEASURED ? UINT64_MAX / 2 : reports * MEASURED / measured + 1;
    uint64_t wide = (uint64_t)m->span * 1000 / households;
    s->run.gap = wide > least ? wide : least;
    uint64_t days = (uint64_t)(mp_date_day(YEAR, 12, 31) - m->start - MARGIN);
    if (households > days * MP_MINUTES_A_DAY * 1000 / s->run.gap)
        return mp_error_set(e, MP_USAGE,
                            "--reports: so many would go on beyond the year %d; let the model "
                            "have more households_a_day",
                            YEAR);
    return 0;
}

int mp_synth_begin(struct mp_synth_stream *s, struct mp_arena *a, const struct mp_synth_model *m,
                   uint64_t seed, uint64_t reports, struct mp_error *e)
{
    *s = (struct mp_synth_stream){.run = {m, seed, 0}};
    s->of_units = mp_arena_alloc(a, m->units.n * sizeof *s->of_units);
    s->of_registers = mp_arena_alloc(a, m->institutions.n * sizeof *s->of_registers);
    s->clients = mp_arena_alloc(a, m->institutions.n * sizeof *s->clients);
    if (!s->of_units || !s->of_registers || !s->clients)
        return mp_error_memory(e);
    return set_gap(s, reports, e);
}

static uint32_t count(struct mp_synth_counter *c, int year)
{
    if (c->year != year)
        *c = (struct mp_synth_counter){year, 0};
    return ++c->last;
}

static int year_of(int64_t at)
{
    int y, m, d;
    mp_date_civil((int32_t)(at / MP_MINUTES_A_DAY), &y, &m, &d);
    return y;
}

uint32_t mp_synth_count(struct mp_synth_counter *c, int64_t at, int *year)
{
    *year = year_of(at);
    return count(c, *year);
}

uint32_t mp_synth_count_registration(struct mp_synth_counter *c, int64_t at, int *year)
{
    enum { A_DAY = 2500 };
    *year = year_of(at);
    count(c, *year);
    int64_t minutes = at - (int64_t)mp_date_day(*year, 1, 1) * MP_MINUTES_A_DAY;
    uint32_t expected = (uint32_t)(minutes * A_DAY / MP_MINUTES_A_DAY);
    if (c->last < expected)
        c->last = expected;
    return c->last;
}

uint32_t mp_synth_serial(struct mp_synth_stream *s, const struct mp_synth_youth *y, int *year)
{
    const struct mp_synth_report *r = next_of(y);
    *year = year_of(r->at);
    if (r->source == MP_SYNTH_FORM)
        return count(&s->of_forms, *year);
    return count(&s->of_registers[y->stays[y->absences[r->absence].stay].institution], *year);
}

/* Numbers that later reports repeat are given when the first one comes. */
static void give_numbers(struct mp_synth_stream *s, struct mp_synth_youth *y)
{
    const struct mp_synth_report *r = next_of(y);
    struct mp_synth_absence *a = &y->absences[r->absence];
    struct mp_synth_stay *stay = &y->stays[a->stay];
    if (stay->client == 0)
        stay->client = ++s->clients[stay->institution];
    struct mp_synth_registration *number = &a->registrations[r->registration];
    if (r->source != MP_SYNTH_POLICE || number->serial)
        return;
    number->serial = mp_synth_count_registration(&s->of_units[number->unit], r->at, &number->year);
}

struct mp_synth_youth *mp_synth_next(struct mp_synth_stream *s)
{
    while (s->n == 0 || mp_synth_arrival(&s->run, s->household) <= next_of(s->heap[0])->at)
        if (!come_in(s))
            return NULL;
    give_numbers(s, s->heap[0]);
    return s->heap[0];
}

void mp_synth_done(struct mp_synth_stream *s)
{
    struct mp_synth_youth *y = s->heap[0];
    if (++y->next == y->n_reports) {
        free(y);
        s->heap[0] = s->heap[--s->n];
    }
    if (s->n > 0)
        sink(s, 0);
}

void mp_synth_stream_free(struct mp_synth_stream *s)
{
    for (size_t i = 0; i < s->n; i++)
        free(s->heap[i]);
    free(s->heap);
    *s = (struct mp_synth_stream){0};
}

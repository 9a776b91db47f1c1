/*
 * The reports of all youths in order of time.
 *
 * Households come in one by one and their youths are forgotten with their last report, so memory
 * holds those that are under way: it grows with households_a_day of the model, not with the number
 * of reports.
 */
#ifndef MP_SYNTH_STREAM_H
#define MP_SYNTH_STREAM_H

#include "synth/plan.h"

struct mp_synth_counter {
    int year;
    uint32_t last;
};

struct mp_synth_stream { /* zeroed: nothing; mp_synth_stream_free frees */
    struct mp_synth_run run;
    /* private */
    uint64_t household; /* the next to come in */
    struct mp_synth_youth **heap;
    size_t n, room;
    struct mp_synth_counter *of_units, *of_registers, of_forms;
    uint32_t *clients; /* last number, for each institution */
};

/* Begins: `reports` are wanted, which says how close households follow each other. Counters live in
 * the arena. 0, or -1 with the error: MEMORY, or USAGE where the years would not suffice. */
int mp_synth_begin(struct mp_synth_stream *s, struct mp_arena *a, const struct mp_synth_model *m,
                   uint64_t seed, uint64_t reports, struct mp_error *e);

/* The youth whose next report (reports[next]) is the earliest of all; its numbers are given. It
 * stays the stream's. NULL: out of memory. */
struct mp_synth_youth *mp_synth_next(struct mp_synth_stream *s);

/* That report is done. */
void mp_synth_done(struct mp_synth_stream *s);

/* A number for this report of a source that numbers each report: form or register. */
uint32_t mp_synth_serial(struct mp_synth_stream *s, const struct mp_synth_youth *y, int *year);

/* The next number of the year in which `at` lies: every one is given, or - of a unit, which numbers
 * all that it registers, most of which is not here - they rise with the year. `at` never falls. */
uint32_t mp_synth_count(struct mp_synth_counter *c, int64_t at, int *year);
uint32_t mp_synth_count_registration(struct mp_synth_counter *c, int64_t at, int *year);

void mp_synth_stream_free(struct mp_synth_stream *s);

#endif

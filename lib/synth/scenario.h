/*
 * A country in a year: a file of schemas/synth/scenarios, which explains itself. It says how many
 * reports there are of youths from which setting, what is so with them, who writes it down, and
 * into which exports; people and institutions come from a model.
 *
 * Read once; everything lives in the arena that was given.
 */
#ifndef MP_SYNTH_SCENARIO_H
#define MP_SYNTH_SCENARIO_H

#include "synth/bank.h"
#include "synth/layout.h"

enum { MP_SYNTH_SETTINGS = 5, MP_SYNTH_EXPORTS = 24 }; /* settings: with the one that is none */

struct mp_synth_group {
    int64_t persons;
    size_t setting; /* value of that fact */
    uint64_t fixed; /* bits of facts */
    size_t n, *of;
    struct mp_synth_case *cases;
};

struct mp_synth_export {
    struct mp_str file;  /* its name, without a folder */
    size_t layout, unit; /* unit: of the model; of a form's export nothing */
    enum mp_synth_source source;
};

struct mp_synth_scenario {
    struct mp_str name;
    struct mp_synth_model model;
    struct mp_synth_facts facts;
    struct mp_synth_bank bank;
    struct mp_time from, to; /* days, both included; what is later has not been written */
    int64_t reports[MP_SYNTH_SETTINGS]; /* police registrations, by value of the fact */
    uint32_t changes;                   /* of later absences: from another setting */
    struct mp_synth_weights absences;
    int64_t *n_absences;
    struct mp_synth_spread lasts, next, clock;
    uint32_t open, moves;
    int32_t deregistered_after;
    struct {
        struct mp_synth_spread delay, addition_delay, return_delay;
        uint32_t twice, own_document, untold; /* of the returns; untold: a return without a word */
        struct mp_synth_weights additions;
        int64_t *n_additions;
    } police;
    struct {
        uint32_t share[MP_SYNTH_SETTINGS], returns, known, transfers;
        struct mp_synth_spread delay, return_delay;
    } form;
    uint32_t repeated; /* of the facts that another report has told */
    struct mp_synth_weights noise;
    int64_t *n_noise;
    struct mp_str nameless;
    size_t n_groups, n_layouts, n_exports;
    struct mp_synth_group *groups;
    struct mp_synth_layout *layouts;
    struct mp_synth_export exports[MP_SYNTH_EXPORTS];
};

/* Finds a file of schemas/synth and below: `folder` such as synth/phrases. Appends the path, with
 * a NUL behind it, to b, which is emptied first. */
typedef int mp_synth_find_fn(struct mp_buf *b, const char *folder, const char *name,
                             struct mp_error *e);

/* Reads a scenario with all files that it names. `reports`: so many in all instead of those of the
 * scenario, in proportion; 0: as it says. 0, or -1 with the error. */
int mp_synth_scenario_read(struct mp_arena *a, const char *name, int64_t reports,
                           mp_synth_find_fn *find, struct mp_synth_scenario *out,
                           struct mp_error *e);

#endif

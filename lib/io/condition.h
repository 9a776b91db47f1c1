/*
 * Conditions over a record, written in YAML; protocols, figures and tables share them.
 *
 *     all: [C, ...]      any: [C, ...]      not: C
 *     field: PATH   with one of   is: VALUE or [VALUE, ...]   ("*" is any run of characters, case
 *                                     and diacritics do not matter; of a list any of its items)
 *                                 below: N    at_least: N     (numbers)
 *                                 known: true or false     (anything but null stands there)
 *                   item: KEY     beside `is`: of a list of maps, what stands there under KEY
 *     signal: CODE or [CODE, ...]   status: STATUS or [STATUS, ...]   (without: any status)
 *                                   quote: VALUE or [VALUE, ...]      (as with `is`)
 *
 * Truth has three values (Kleene's strong logic): a field that is not there makes a comparison
 * neither true nor false, so that a rule that cannot be decided says so instead of guessing.
 */
#ifndef MP_IO_CONDITION_H
#define MP_IO_CONDITION_H

#include "io/lookup.h"
#include "io/yaml.h"

enum mp_truth { MP_FALSE, MP_TRUE, MP_UNDECIDED };

/* The statuses of signals, blank-separated; where mentions of a code differ, the first of these
 * that one has is the record's. */
enum { MP_CONDITION_STATUSES = 5 };
extern const char mp_condition_statuses[];

/* A number by the grammar of JSON; false if it is none. */
bool mp_condition_number(struct mp_str text, double *out);

/* As JSON: false, true or null. */
const char *mp_truth_name(enum mp_truth t);

struct mp_condition; /* lives in the arena that it was read into */

/* 0, or -1 with the error at the mistake's place. */
int mp_condition_read(struct mp_arena *a, struct mp_yaml *y, const struct mp_condition **out,
                      struct mp_error *e);

enum { MP_TRACE_MAX = 16 };

/* What an evaluation looked at; zero it, or only the counts, missing_places and failed, before.
 * Borrowed from condition and record. */
struct mp_trace {
    struct mp_str missing[MP_TRACE_MAX]; /* paths, or "signals", that were not there */
    size_t n_missing;
    uint64_t missing_places; /* of a bound condition: bits of those that a truth hangs on */
    struct mp_str fields[MP_TRACE_MAX]; /* paths whose comparison was true */
    yyjson_val *values[MP_TRACE_MAX];   /* and what stands there */
    size_t n_fields;
    yyjson_val *signals[MP_TRACE_MAX]; /* elements of the record's signals that matched */
    size_t n_signals;
    bool failed; /* memory ran out: the truth is worth nothing. Sticky */
};

/* Without a trace (NULL) a truth that memory did not suffice for is UNDECIDED. Every branch is
 * looked at, so that the trace is whole; what stands inside a `not` is not traced as true. */
enum mp_truth mp_condition_eval(const struct mp_condition *c, yyjson_val *root,
                                struct mp_trace *trace);

/*
 * For many conditions over one record: gives the condition's paths places in `l` and sets their
 * bits in *places (bit i for place i). A condition is bound to one lookup only. From then on, once
 * a record: mp_lookup_read, then mp_condition_eval_in for each condition: the same truth, found
 * faster. False when the lookup has no place left, or none for so many codes.
 */
bool mp_condition_bind(const struct mp_condition *c, struct mp_lookup *l, uint64_t *places);

/* The trace also says which places were missing. The condition must be bound to `l`. */
enum mp_truth mp_condition_eval_in(const struct mp_condition *c, const struct mp_lookup *l,
                                   struct mp_trace *trace);

/* The truth if no signal had one of these statuses (bits of mp_codes_status of l->codes). */
enum mp_truth mp_condition_eval_without(const struct mp_condition *c, const struct mp_lookup *l,
                                        unsigned statuses);

/* Whether more signals, and more and larger numbers at paths that begin with one of `keys`
 * (blank-separated), can never make it less true. */
bool mp_condition_grows(const struct mp_condition *c, const char *keys);

#endif

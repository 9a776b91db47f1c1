/*
 * What a protocol says of one record: the category, the score, and the reasons.
 *
 * A category is given when a rule of it fires and no rule of a more pressing one is undecided. The
 * last category is given only when every rule that could say otherwise is decided. In all other
 * cases there is no category, and `missing` says what was not there: nothing is guessed low.
 */
#ifndef MP_RULES_VERDICT_H
#define MP_RULES_VERDICT_H

#include "base/time.h"
#include "rules/protocol.h"

struct mp_verdict {
    size_t category;        /* place in the protocol's list, or its length: cannot be decided */
    int64_t score;          /* sum of the points of all rules that fired, at most MP_SCORE_MAX */
    enum mp_truth mismatch; /* registered as less pressing than the category */
    uint64_t missing; /* places in the protocol's lookup that undecided rules of a category miss */
    struct mp_buf reasons; /* JSON: items of a list; kept for the next record */
};

/*
 * Judges one record. `v` is zeroed before the first record; its owner frees v->reasons. Memory
 * that ran out shows as reasons.failed.
 */
void mp_verdict_of(struct mp_verdict *v, struct mp_protocol *p, yyjson_val *root);

/* The moment that `open_hours` is told for, prepared once. The owner frees json. */
struct mp_as_of {
    struct mp_time end; /* to the minute: a day means its end. Not known: nothing is told */
    struct mp_buf json; /* `,"as_of":...,"open_hours":` */
};

/* *as_of is zeroed before. Memory that ran out shows as json.failed. */
void mp_as_of_set(struct mp_as_of *as_of, struct mp_time moment);

/*
 * Appends the verdict as the JSON object of the record's `triage` key, right after mp_verdict_of
 * of the same record. With a known moment it says that moment and `open_hours`: whole hours from
 * the departure to it, null where the youth was back by then, left later, or no departure is known.
 */
void mp_verdict_add(struct mp_buf *b, const struct mp_verdict *v, const struct mp_protocol *p,
                    const struct mp_as_of *as_of);

#endif

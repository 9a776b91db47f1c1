/*
 * What a protocol says of one record: the category, the score, and the reasons.
 *
 * A category is given when a rule of it fires and no rule of a more pressing one is undecided. The
 * last category is given only when every rule that could say otherwise is decided. In all other
 * cases there is no category, and `undecided` says what was not there: nothing is guessed low.
 */
#ifndef MP_RULES_VERDICT_H
#define MP_RULES_VERDICT_H

#include "rules/protocol.h"

struct mp_verdict {         /* zeroed before the first record; mp_verdict_free frees */
    size_t category;        /* place in the protocol's list, or its length: cannot be decided */
    int64_t score;          /* sum of the points of all rules that fired, at most MP_SCORE_MAX */
    enum mp_truth mismatch; /* registered as less pressing than the category */
    uint64_t undecided;     /* places that are missing where no category could be given */
    struct mp_buf reasons;  /* JSON: items of a list */
    struct mp_buf criteria; /* those of rules with a category, with paths but no values of fields */
};

/*
 * Judges the record that the case has read. registered: the category that stands in it; p NULL:
 * none. Memory that ran out shows as reasons.failed, criteria.failed or k->failed.
 */
void mp_verdict_of(struct mp_verdict *v, const struct mp_protocol *p, const struct mp_case *k,
                   struct mp_str registered);

/* Name of its category; p NULL: none could be given. */
struct mp_str mp_verdict_category(const struct mp_verdict *v, const struct mp_protocol *p);

void mp_verdict_free(struct mp_verdict *v);

#endif

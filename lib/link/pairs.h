/*
 * The pairs that are compared, each once, with what they are alike in.
 */
#ifndef MP_LINK_PAIRS_H
#define MP_LINK_PAIRS_H

#include "link/candidate.h"
#include "link/groups.h"
#include "link/patterns.h"

/* A pair of two groups; pairs of one group are counted in the patterns alone. */
struct mp_link_compared {
    uint32_t a, b;    /* places in r->all, a < b */
    uint32_t pattern; /* private: its place in those of the thread that found the pair */
};

struct mp_link_pairs { /* mp_link_pairs_free frees */
    struct mp_link_patterns patterns;
    struct mp_link_crowd crowds[MP_LINK_RULES]; /* by block of the model */
    /* private */
    struct mp_link_part *parts; /* of a thread each */
    size_t n_parts;
};

/* Compares the pairs of the model's blocks in r->jobs threads. Groups must not change while this is
 * used. 0, or -1 with a MEMORY error. */
int mp_link_pairs_make(struct mp_link_pairs *pairs, struct mp_link_groups *g, struct mp_error *e);

/* `pattern`: its place in pairs->patterns. `apart`: a rule says that they are two youths. */
typedef bool mp_link_compared_fn(void *worker, const struct mp_link_compared *pair,
                                 uint32_t pattern, bool apart);

/* Calls `each` with all pairs of two groups but those whose pattern is `left_out`, in no order, in
 * as many threads as there are workers, which lie one behind the other and are `size` bytes long.
 * False if `each` said so. */
bool mp_link_pairs_each(const struct mp_link_pairs *pairs, const bool *left_out,
                        mp_link_compared_fn *each, void *workers, size_t n_workers, size_t size);

void mp_link_pairs_free(struct mp_link_pairs *pairs);

#endif

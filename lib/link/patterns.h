/* How often pairs have which levels: counts for each combination that occurs. */
#ifndef MP_LINK_PATTERNS_H
#define MP_LINK_PATTERNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mp_link_pattern {
    uint64_t levels; /* see mp_link_levels */
    uint64_t n;      /* pairs that teach something */
    uint64_t same;   /* of them, of one youth by a rule */
    uint64_t apart;  /* beside them: of two youths by a rule */
};

struct mp_link_patterns { /* zeroed: none; mp_link_patterns_free frees */
    struct mp_link_pattern *all;
    size_t n;
    size_t cap, n_slots; /* private */
    uint32_t *slots;
};

/* The pattern of these levels, which is put in if it is new. NULL if memory ran out. */
struct mp_link_pattern *mp_link_patterns_put(struct mp_link_patterns *p, uint64_t levels);

/* Adds up patterns that were counted apart. `sum` is in the order of the levels: what is summed up
 * over it then depends on no order of pairs; nothing can be put in. False if memory ran out. */
bool mp_link_patterns_add_up(struct mp_link_patterns *sum,
                             const struct mp_link_patterns *const *parts, size_t n_parts);

/* Place of the levels, which must be there, in what mp_link_patterns_add_up made. */
uint32_t mp_link_patterns_find(const struct mp_link_patterns *sum, uint64_t levels);

void mp_link_patterns_free(struct mp_link_patterns *p);

#endif

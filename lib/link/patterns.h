/* How often pairs have which levels: a count for each combination that occurs. */
#ifndef MP_LINK_PATTERNS_H
#define MP_LINK_PATTERNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mp_link_pattern {
    uint64_t levels; /* see mp_link_levels */
    uint64_t n;      /* 0: a slot that is free */
};

struct mp_link_patterns { /* zeroed: none; mp_link_patterns_free frees */
    struct mp_link_pattern *slots;
    size_t cap; /* slots */
    size_t n;   /* of them, taken */
};

/* One pair more. False if memory ran out. */
bool mp_link_patterns_add(struct mp_link_patterns *p, uint64_t levels);

/* Puts those that were counted in order and gives back the free slots: what is summed up over them
 * then depends on no order of pairs. Nothing can be added afterwards. */
void mp_link_patterns_sort(struct mp_link_patterns *p);

void mp_link_patterns_free(struct mp_link_patterns *p);

#endif

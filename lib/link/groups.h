/*
 * Groups of reports that grow together, and what keeps two of them apart: union-find whose groups
 * know of every rule of two youths with which of their reports it could be broken.
 */
#ifndef MP_LINK_GROUPS_H
#define MP_LINK_GROUPS_H

#include "link/report.h"

struct mp_link_groups { /* mp_link_groups_free frees */
    const struct mp_link_reports *reports;
    uint32_t *size; /* of roots: reports of the group */
    uint32_t *next; /* the next report of the group; its last leads to the first */
    /* private */
    uint32_t *parent;
    struct mp_link_trait **traits; /* of roots */
    struct mp_arena arena;
};

/* Each report alone. False if memory ran out. */
bool mp_link_groups_make(struct mp_link_groups *g, const struct mp_link_reports *r);

/* The group of a report, by its first report. */
uint32_t mp_link_group_of(struct mp_link_groups *g, uint32_t report);

/* The rule that keeps two groups apart, or NULL. */
const struct mp_link_rule *mp_link_groups_veto(const struct mp_link_groups *g, uint32_t a,
                                               uint32_t b);

/* Joins two different groups. False if memory ran out. */
bool mp_link_groups_join(struct mp_link_groups *g, uint32_t a, uint32_t b);

/* Until two groups are joined, mp_link_group_now may be asked by several threads at once. */
void mp_link_groups_flatten(struct mp_link_groups *g);

static inline uint32_t mp_link_group_now(const struct mp_link_groups *g, uint32_t report)
{
    return g->parent[report];
}

void mp_link_groups_free(struct mp_link_groups *g);

#endif

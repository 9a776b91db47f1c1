/*
 * Episodes, from departure to return: the reports of each, their roles, the ids, and what went
 * before.
 */
#ifndef MP_LINK_EPISODE_H
#define MP_LINK_EPISODE_H

#include "link/ids.h"

struct mp_link_episode {
    struct mp_link_report **reports; /* the first report in front, the others in their order */
    size_t n;
    struct mp_time missing_since, returned_at; /* as the merged record has them */
    struct mp_time begin; /* missing_since, else when it was reported, else the return */
    char person_id[17], episode_id[17];
    size_t number;                        /* of the person's episodes, from 1 */
    const struct mp_link_episode *before; /* the person's episode before this one, or NULL */
    const struct mp_link_episode *after;  /* the one behind it, or NULL */
    /* set by mp_link_lessons, where one is behind it */
    struct mp_str lessons;         /* members of JSON, each with a comma before it */
    uint64_t held;                 /* the lessons' codes that it has, as bits */
    struct mp_link_shared *shared; /* set by mp_link_hosts: with others; NULL: none */
    const uint32_t *so_far; /* for each code of the lessons: in how many episodes up to this one */
    struct mp_link_shared *shared_last; /* private */
    /* private, while reports are placed */
    struct mp_time departure, end;
    struct mp_link_report *chain, *opener;
    struct mp_str key; /* of the earliest report */
    size_t person;     /* place among all */
};

struct mp_link_episodes {
    struct mp_link_episode **all; /* by begin, then id */
    size_t n;
    struct mp_arena arena;
    struct mp_buf changes; /* struct mp_link_change, where there is a history */
};

/* Makes the episodes of all reports, which are sorted and clustered; both must live as long. 0, or
 * -1 with a MEMORY error. */
int mp_link_episodes(const struct mp_link_reports *r, struct mp_link_episodes *out,
                     struct mp_error *e);

/* -1, 0, 1: by begin, then id. */
int mp_link_episode_order(struct mp_time begin_a, struct mp_str id_a, struct mp_time begin_b,
                          struct mp_str id_b);

void mp_link_episodes_free(struct mp_link_episodes *episodes);

#endif

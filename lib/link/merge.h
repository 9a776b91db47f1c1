/*
 * One record out of an episode's reports: the first report's, with what it does not know filled in
 * from the others. Values that differ are all kept.
 */
#ifndef MP_LINK_MERGE_H
#define MP_LINK_MERGE_H

#include "link/episode.h"

struct mp_link_value {
    struct mp_str json, text, label; /* label: of the report that says so; text: p NULL: none */
    struct mp_str comparable;        /* p NULL: not asked yet */
    struct mp_str facts;             /* that report's facts_from entry; p NULL: none */
    size_t report;                   /* its place in the episode */
    bool sharper;                    /* in the place of a value that names the day only */
    uint32_t votes, sure; /* reports that state it; of them, not at odds with their own text */
    struct mp_str with;   /* what its report states in the key that it follows; p NULL: nothing */
    struct mp_link_value *next;
};

struct mp_link_merger { /* zeroed: ready; mp_link_merger_free frees */
    struct mp_rec_reader first, other;
    struct mp_arena arena;
    struct mp_buf scratch, folded;
    /* of one episode */
    struct mp_link_value *values[MP_LINK_FILLS]; /* the chosen one in front */
    size_t known[MP_LINK_FILLS];                 /* in how many reports */
    struct mp_str with[MP_LINK_FILLS];
    bool outvoted[MP_LINK_FILLS];          /* more reports state the chosen value than any other */
    struct mp_buf signals, hosts, reports; /* items of these lists */
    bool any_signals, any_hosts;
    yyjson_val *root; /* of the first report */
    /* of all episodes */
    bool left_triage; /* a report's triage was left out: it was not about the whole absence */
};

/* Reads the episode's reports. Everything is valid until the next call. 0, or -1 with the error. */
int mp_link_merge(struct mp_link_merger *m, const struct mp_link_model *model,
                  const struct mp_link_episode *episode, struct mp_error *e);

/* Appends the merged record's members behind an opening brace, without `link`. */
void mp_link_add_merged(struct mp_link_merger *m, const struct mp_link_model *model,
                        struct mp_buf *b);

/* Appends `[{field, values: [{value, report}]}]`. */
void mp_link_add_conflicts(const struct mp_link_merger *m, const struct mp_link_model *model,
                           struct mp_buf *b);

/* Appends `{field: {report, why}}` of each field whose value is not simply the first report's. */
void mp_link_add_taken(const struct mp_link_merger *m, const struct mp_link_model *model,
                       struct mp_buf *b);

void mp_link_merger_free(struct mp_link_merger *m);

#endif

/*
 * Reports that have the same values in some fields: a number for each such set of values.
 */
#ifndef MP_LINK_KEYS_H
#define MP_LINK_KEYS_H

#include "link/report.h"

/*
 * keys[i * stride] becomes 1 + the place of the first report whose values of the rule's fields are
 * those of report i; 0 where one of them is not known, and for whole episodes. False if memory ran
 * out.
 */
bool mp_link_keys(const struct mp_link_reports *r, const struct mp_link_rule *rule, uint32_t *keys,
                  size_t stride);

/* Reports that share a key, as many runs as there are keys that two or more have. */
struct mp_link_runs {  /* mp_link_runs_free frees */
    uint32_t *reports; /* run by run, in the order of their first reports; each in its order */
    uint32_t *begins;  /* where each run begins, and one more behind the last */
    size_t n;          /* runs */
    struct mp_store *store;
};

/* The runs of the reports' keys. False if memory ran out. */
bool mp_link_runs_make(struct mp_link_runs *runs, const struct mp_link_reports *r,
                       const uint32_t *keys, size_t stride);

void mp_link_runs_free(struct mp_link_runs *runs);

#endif

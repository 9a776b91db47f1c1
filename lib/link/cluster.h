/*
 * Which reports are about one youth.
 *
 * Reports that share the values of a rule are joined, rule by rule, in their own order; a join that
 * would bring together two reports of whom a rule says that they are two youths is not made. The
 * result depends on the reports alone.
 */
#ifndef MP_LINK_CLUSTER_H
#define MP_LINK_CLUSTER_H

#include "link/weigh.h"

/* Said for each pair that one rule would join and another keeps apart; may be NULL. */
typedef void mp_link_apart_fn(void *ctx, const struct mp_link_report *a,
                              const struct mp_link_report *b, const struct mp_link_rule *join,
                              const struct mp_link_rule *apart);

/* Sets person, rule and probability of all reports (sorted); `weighed` receives what pairs weigh,
 * where the model compares any. 0, or -1 with a MEMORY error. */
int mp_link_cluster(struct mp_link_reports *r, mp_link_apart_fn *apart, void *ctx,
                    struct mp_link_weighed *weighed, struct mp_error *e);

#endif

/*
 * Joins groups of reports that are probably of one youth.
 */
#ifndef MP_LINK_WEIGH_H
#define MP_LINK_WEIGH_H

#include "link/groups.h"

/*
 * Weighs the pairs of the model's blocks (estimating the model's shares first, where they are not
 * given) and joins two groups if all pairs between them weigh more for one youth than against it on
 * the average (average linkage, Sokal and Michener 1958): the heaviest pair first. Groups that a
 * rule keeps apart are not joined. Sets rule and bits of reports that it joins. 0, or -1 with a
 * MEMORY error.
 */
int mp_link_weigh(struct mp_link_reports *r, struct mp_link_groups *g, struct mp_error *e);

#endif

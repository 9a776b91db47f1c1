/* What pairs of reports weigh, written for people and programs that look at the linking itself. */
#ifndef MP_LINK_TELL_H
#define MP_LINK_TELL_H

#include "link/weigh.h"

/* Appends a line {a, b, bits, probability, between, outcome, levels}. */
void mp_link_add_pair(struct mp_buf *b, const struct mp_link_reports *r,
                      const struct mp_link_pair *pair);

/*
 * Marks the pairs that somebody should look at: neither sure to be of one youth nor of two, or
 * linked by what they weigh though a rule or the other pairs of the two youths are against it; of
 * two youths the heaviest pair alone. `marks` receives a bool for each pair; *n says how many.
 * False if memory ran out.
 */
bool mp_link_mark_review(const struct mp_link_reports *r, const struct mp_link_weighed *w,
                         struct mp_buf *marks, size_t *n);

/* Appends a line for each comparison of two reports, {field, a, b, level, one, two, bits}, and one
 * for all together. */
void mp_link_add_explained(struct mp_buf *b, const struct mp_link_reports *r,
                           const struct mp_link_weighed *w, uint32_t x, uint32_t y);

#endif

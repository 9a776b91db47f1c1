/* What pairs of reports weigh, written for people and programs that look at the linking itself. */
#ifndef MP_LINK_TELL_H
#define MP_LINK_TELL_H

#include "link/weigh.h"

/* Appends a line {a, b, bits, probability, between, outcome, levels}. */
void mp_link_add_pair(struct mp_buf *b, const struct mp_link_reports *r,
                      const struct mp_link_pair *pair);

/* Whether a person should look at the pair: neither sure to be of one youth nor of two, or joined
 * though a rule or the other pairs are against it. */
bool mp_link_is_for_review(const struct mp_link_model *m, const struct mp_link_pair *pair);

/* Appends a line for each comparison of two reports, {field, a, b, level, one, two, bits}, and one
 * for all together. */
void mp_link_add_explained(struct mp_buf *b, const struct mp_link_reports *r,
                           const struct mp_link_weighed *w, uint32_t x, uint32_t y);

#endif

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

/*
 * The n reports with a key, those of one key one behind the other in their order, keys in the order
 * of their first reports. *known: how many there are. The caller frees it; NULL if memory ran out.
 */
uint32_t *mp_link_by_key(const uint32_t *keys, size_t stride, size_t n, size_t *known);

#endif

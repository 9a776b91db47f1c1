/*
 * Totals of a table, worked out once all is counted: where every record has one value of each
 * dimension the finest cells tell all, and counting them alone takes a fraction of the time and
 * memory. (Tables with a dimension of several values, or of each report, count their totals record
 * by record.)
 */
#ifndef MP_COUNT_ROLL_H
#define MP_COUNT_ROLL_H

#include "count/crosstab.h"

/* Whether totals of the table follow from its finest cells. */
bool mp_crosstab_is_additive(const struct mp_crosstab *t);

/* Adds the cells of all totals to an additive table, once; does nothing to another. 0, or -1 with
 * the error (MEMORY). */
int mp_crosstab_roll(struct mp_crosstab *t, struct mp_error *e);

#endif

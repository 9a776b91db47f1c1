/*
 * How the conditions of a run hang together, and with its dimensions: counted along with the
 * tables, for disclosure control (links.h).
 *
 * All different `where` and `when` of the tables are one more dimension, whose values say which of
 * them are true of a record: "010". For every dimension of a table there is a crosstab by it and by
 * that one; for several dimensions of one table together, where a condition reads what they read.
 * Out of these follows what is a part of what, or the same, without a look at what conditions say.
 *
 * They are crosstabs like any other, so that they are counted, rolled up and written into states as
 * these are; no row is ever made of them.
 */
#ifndef MP_COUNT_CONDITIONS_H
#define MP_COUNT_CONDITIONS_H

#include "count/crosstab.h"

#define MP_CONDITIONS_NAME "(conditions)"

enum { MP_LINKED_DIMS = MP_CROSSTAB_DIMS - 1 };

/* Puts these crosstabs behind those of the set, if it has a condition at all. Not twice. 0, or -1
 * with the error (MEMORY). */
int mp_conditions_count(struct mp_crosstabs *set, struct mp_dims *dims, struct mp_error *e);

/* The dimension of conditions, or NULL. */
const struct mp_dim *mp_conditions_dim(const struct mp_crosstabs *set);

/* The places in the case that a dimension is read from, as bits. */
uint64_t mp_dim_places(const struct mp_dim *d);

/* Appends a condition: the same text for the same one, and for no other. NULL: nothing. */
void mp_conditions_add_text(struct mp_buf *b, const struct mp_yaml *y);

#endif

/* Days, weeks, months, quarters and years as numbers in a row: the one after is plus one. */
#ifndef MP_COUNT_PERIOD_H
#define MP_COUNT_PERIOD_H

#include "base/buf.h"

enum mp_period { MP_DAY, MP_WEEK, MP_MONTH, MP_QUARTER, MP_YEAR, MP_N_PERIODS };

extern const char *const mp_period_names[MP_N_PERIODS];

/* The period in which a day lies (days since 1970-01-01). Weeks are those of ISO 8601, the others
 * those of the calendar: 2018-12-31 lies in week 2019-W01 and in the year 2018. */
int32_t mp_period_of(enum mp_period p, int32_t day);

/* Writes "2018-01-01", "2018-W01", "2018-01", "2018-Q1" or "2018". */
void mp_period_add(struct mp_buf *b, enum mp_period p, int32_t number);

/* Reads what mp_period_add writes, of the years 1 to 9999; false if it is nothing of the kind. */
bool mp_period_read(struct mp_str text, enum mp_period p, int32_t *number);

#endif

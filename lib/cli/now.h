/* The clock, for the line of a log and for nothing else: no output depends on it. */
#ifndef MP_CLI_NOW_H
#define MP_CLI_NOW_H

#include "base/buf.h"
#include "base/error.h"

/* Appends the moment in UTC, "2018-06-30T12:00:00Z": SOURCE_DATE_EPOCH, or else the clock's. 0, or
 * -1 with a USAGE error where that is set and is no number of seconds up to the year 9999: a wrong
 * hour is worse than none. */
int mp_now_add(struct mp_buf *b, struct mp_error *e);

#endif

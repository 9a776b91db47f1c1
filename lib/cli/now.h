/* The clock, for the line of a log and for nothing else: no output depends on it. */
#ifndef MP_CLI_NOW_H
#define MP_CLI_NOW_H

#include "base/buf.h"

/* Appends the moment in UTC, "2018-06-30T12:00:00Z": SOURCE_DATE_EPOCH, or else the clock's. */
void mp_now_add(struct mp_buf *b);

#endif

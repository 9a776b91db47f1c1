/*
 * Dates and Dutch local time.
 *
 * A moment is what the clock on the wall in the Netherlands showed, with the precision that was
 * stated: a minute or only a day. Elapsed time counts summer time in (EU Directive 2000/84/EC:
 * it begins and ends on the last Sundays of March and October at 01:00 UTC).
 */
#ifndef MP_BASE_TIME_H
#define MP_BASE_TIME_H

#include "base/buf.h"

#define MP_MINUTES_A_DAY 1440

struct mp_time {
    int32_t day;    /* days since 1970-01-01 (proleptic Gregorian) */
    int16_t minute; /* 0 to 1439, or -1: only the day is known */
    bool known;     /* false: no time at all, the rest is 0 */
};

bool mp_date_valid(int year, int month, int day);

/* Days since 1970-01-01 of a valid date, years 1 to 9999. */
int32_t mp_date_day(int year, int month, int day);

void mp_date_civil(int32_t day, int *year, int *month, int *of_month);

/* ISO 8601: 1 is Monday. */
int mp_date_weekday(int32_t day);

/* ISO 8601 week and the year that it belongs to (2018-12-31 is 2019-W01). */
void mp_date_iso_week(int32_t day, int *year, int *week);

/* Whole years at `day` of somebody born on `birth`; who was born on 29 February is a year older
 * on 1 March. Negative before birth. */
int mp_date_age(int32_t birth, int32_t day);

/* Reads "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM" and nothing else; false if it is not a real date. */
bool mp_time_read(struct mp_str s, struct mp_time *t);

/* Writes what mp_time_read reads; nothing if not known. */
void mp_time_add(struct mp_buf *b, struct mp_time t);

/* False for the hour that is skipped when summer time begins. */
bool mp_time_exists(struct mp_time t);

/* Minutes that really passed from a to b; a day without a clock counts from its first minute.
 * The hour that comes twice in October is taken as summer time. Both must be known. */
int64_t mp_time_elapsed(struct mp_time a, struct mp_time b);

/* The moment so many days, or hours that really pass, later (n >= 0). Days keep the clock; one that
 * is skipped in March becomes an hour later. Of a day alone, 24 hours make a day, and it stays a
 * day. Not known where t is not, or beyond the year 9999. */
struct mp_time mp_time_plus_days(struct mp_time t, int32_t n);
struct mp_time mp_time_plus_hours(struct mp_time t, int32_t n);

/* -1, 0, 1 in time order; a day stands before all its minutes, not known before everything. */
int mp_time_cmp(struct mp_time a, struct mp_time b);

#endif

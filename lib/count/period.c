/* Days, weeks, months, quarters and years as numbers in a row. */
#include "count/period.h"
#include "base/time.h"

const char *const mp_period_names[MP_N_PERIODS] = {"day", "week", "month", "quarter", "year"};

/* Monday of week 0, which holds 1970-01-01, lies three days before it. */
enum { MONDAY = -3, DAYS = 7 };

int32_t mp_period_of(enum mp_period p, int32_t day)
{
    int year, month, of_month;
    if (p == MP_DAY)
        return day;
    if (p == MP_WEEK) {
        int32_t d = day - MONDAY;
        return (d >= 0 ? d : d - (DAYS - 1)) / DAYS;
    }
    mp_date_civil(day, &year, &month, &of_month);
    if (p == MP_MONTH)
        return year * 12 + month - 1;
    return p == MP_QUARTER ? year * 4 + (month - 1) / 3 : year;
}

void mp_period_add(struct mp_buf *b, enum mp_period p, int32_t number)
{
    int year, week;
    switch (p) {
    case MP_DAY:
        mp_time_add(b, (struct mp_time){number, -1, true});
        break;
    case MP_WEEK:
        mp_date_iso_week(number * DAYS + MONDAY, &year, &week);
        mp_buf_addf(b, "%04d-W%02d", year, week);
        break;
    case MP_MONTH:
        mp_buf_addf(b, "%04d-%02d", number / 12, number % 12 + 1);
        break;
    case MP_QUARTER:
        mp_buf_addf(b, "%04d-Q%d", number / 4, number % 4 + 1);
        break;
    default:
        mp_buf_addf(b, "%04d", number);
    }
}

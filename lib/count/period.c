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

bool mp_period_read(struct mp_str text, enum mp_period p, int32_t *number)
{
    static const char *const shapes[MP_N_PERIODS] = {[MP_WEEK] = "0000-W00",
                                                     [MP_MONTH] = "0000-00",
                                                     [MP_QUARTER] = "0000-Q0",
                                                     [MP_YEAR] = "0000"};
    const char *shape = shapes[p];
    struct mp_time t;
    int n[2] = {0}; /* the year; the week, month or quarter */
    if (p == MP_DAY) {
        bool good = mp_time_read(text, &t) && t.minute < 0;
        *number = good ? t.day : 0;
        return good;
    }
    if (text.n != strlen(shape))
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (shape[i] == '0' && text.p[i] >= '0' && text.p[i] <= '9')
            n[i > 4] = n[i > 4] * 10 + text.p[i] - '0';
        else if (text.p[i] != shape[i])
            return false;
    }
    if (n[0] == 0 || (p != MP_YEAR && n[1] == 0) || (p == MP_MONTH && n[1] > 12) ||
        (p == MP_QUARTER && n[1] > 4) || (p == MP_WEEK && n[1] > 53))
        return false;
    if (p == MP_WEEK) { /* 4 January lies in the first week of every year */
        int32_t week = mp_period_of(p, mp_date_day(n[0], 1, 4)) + n[1] - 1, year, of_year;
        mp_date_iso_week(week * DAYS + MONDAY, &year, &of_year);
        *number = week;
        return year == n[0];
    }
    *number = p == MP_MONTH ? n[0] * 12 + n[1] - 1 : p == MP_QUARTER ? n[0] * 4 + n[1] - 1 : n[0];
    return true;
}

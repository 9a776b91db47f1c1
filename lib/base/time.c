/* Dates and Dutch local time. */
#include "base/time.h"

enum { LAST_DAY = 2932896 }; /* 9999-12-31 */

static bool leap(int y)
{
    return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

bool mp_date_valid(int y, int m, int d)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return y >= 1 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 &&
           d <= days[m - 1] + (m == 2 && leap(y));
}

/* Years counted from March, so that the leap day is the last: the usual way to number days. */
int32_t mp_date_day(int y, int m, int d)
{
    y -= m <= 2;
    int era = y / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* Without loops and with divisions by constants alone: C. Neri and L. Schneider, Euclidean affine
 * functions and their application to calendar algorithms (2023). */
void mp_date_civil(int32_t day, int *year, int *month, int *of_month)
{
    uint32_t n = 4 * (uint32_t)(day + 719468) + 3; /* quarters of days since 0000-03-01 */
    uint32_t century = n / 146097, of_century = n % 146097 | 3;
    uint64_t scaled = UINT64_C(2939745) * of_century;
    uint32_t of_year = (uint32_t)scaled / 2939745 / 4; /* 0 is 1 March */
    uint32_t months = 2141 * of_year + 197913;
    bool next = of_year >= 306; /* January and February */
    *year = (int)(100 * century + (uint32_t)(scaled >> 32)) + next;
    *month = (int)(months >> 16) - (next ? 12 : 0);
    *of_month = (int)((months & 0xffff) / 2141) + 1;
}

int mp_date_weekday(int32_t day)
{
    return (int)(((day % 7) + 10) % 7) + 1; /* 1970-01-01 was a Thursday */
}

void mp_date_iso_week(int32_t day, int *year, int *week)
{
    int32_t thursday = day - mp_date_weekday(day) + 4; /* it decides the year */
    int month, of_month;
    mp_date_civil(thursday, year, &month, &of_month);
    *week = (thursday - mp_date_day(*year, 1, 1)) / 7 + 1;
}

int mp_date_age(int32_t birth, int32_t day)
{
    int by, bm, bd, y, m, d;
    mp_date_civil(birth, &by, &bm, &bd);
    mp_date_civil(day, &y, &m, &d);
    return y - by - (m < bm || (m == bm && d < bd));
}

/* Reads n digits at p; -1 if one is none. */
static int digits(const char *p, int n)
{
    int v = 0;
    for (int i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9')
            return -1;
        v = v * 10 + (p[i] - '0');
    }
    return v;
}

bool mp_time_read(struct mp_str s, struct mp_time *t)
{
    *t = (struct mp_time){0};
    if (!(s.n == 10 || s.n == 16) || s.p[4] != '-' || s.p[7] != '-')
        return false;
    int y = digits(s.p, 4), m = digits(s.p + 5, 2), d = digits(s.p + 8, 2);
    if (!mp_date_valid(y, m, d))
        return false;
    int minute = -1;
    if (s.n == 16) {
        int hh = digits(s.p + 11, 2), mm = digits(s.p + 14, 2);
        if (s.p[10] != 'T' || s.p[13] != ':' || hh < 0 || hh > 23 || mm < 0 || mm > 59)
            return false;
        minute = hh * 60 + mm;
    }
    *t = (struct mp_time){mp_date_day(y, m, d), (int16_t)minute, true};
    return true;
}

static void put2(char *p, int v)
{
    p[0] = (char)('0' + v / 10);
    p[1] = (char)('0' + v % 10);
}

void mp_time_add(struct mp_buf *b, struct mp_time t)
{
    static const char form[] = "0000-00-00T00:00";
    if (!t.known || !mp_buf_reserve(b, sizeof form))
        return;
    char *text = b->data + b->len;
    int y, m, d;
    mp_date_civil(t.day, &y, &m, &d);
    memcpy(text, form, sizeof form);
    put2(text, y / 100);
    put2(text + 2, y % 100);
    put2(text + 5, m);
    put2(text + 8, d);
    if (t.minute >= 0) {
        put2(text + 11, t.minute / 60);
        put2(text + 14, t.minute % 60);
    }
    b->len += t.minute >= 0 ? 16 : 10;
}

static int32_t last_sunday(int year, int month)
{
    int32_t day = mp_date_day(year, month, 31); /* March and October have 31 days */
    return day - mp_date_weekday(day) % 7;
}

/* Minutes of wall clock since 1970-01-01. */
static int64_t wall(struct mp_time t)
{
    return (int64_t)t.day * MP_MINUTES_A_DAY + (t.minute > 0 ? t.minute : 0);
}

bool mp_time_exists(struct mp_time t)
{
    int y, m, d;
    if (t.minute < 2 * 60 || t.minute >= 3 * 60)
        return true;
    mp_date_civil(t.day, &y, &m, &d);
    return m != 3 || t.day != last_sunday(y, 3);
}

static int64_t utc(struct mp_time t)
{
    int y, m, d;
    mp_date_civil(t.day, &y, &m, &d);
    bool summer = m > 3 && m < 10;
    int64_t w = wall(t);
    if (m == 3 || m == 10) {
        int64_t change = (int64_t)last_sunday(y, m) * MP_MINUTES_A_DAY + (m == 3 ? 2 : 3) * 60;
        summer = (w >= change) == (m == 3);
    }
    return w - (summer ? 120 : 60);
}

int64_t mp_time_elapsed(struct mp_time a, struct mp_time b)
{
    return utc(b) - utc(a);
}

/* The clock at a minute of UTC: as summer time shows it, where that is right. */
static struct mp_time clock_at(int64_t minute)
{
    for (int64_t w = minute + 120;; w -= 60) {
        int64_t day = (w - (w < 0 ? MP_MINUTES_A_DAY - 1 : 0)) / MP_MINUTES_A_DAY;
        struct mp_time t = {(int32_t)day, (int16_t)(w - day * MP_MINUTES_A_DAY), true};
        if (w == minute + 60 || (utc(t) == minute && mp_time_exists(t)))
            return t;
    }
}

static struct mp_time unless_too_late(struct mp_time t)
{
    return t.day <= LAST_DAY ? t : (struct mp_time){0};
}

struct mp_time mp_time_plus_days(struct mp_time t, int32_t n)
{
    if (!t.known || n > LAST_DAY - t.day)
        return (struct mp_time){0};
    t.day += n;
    if (!mp_time_exists(t))
        t.minute = (int16_t)(t.minute + 60);
    return t;
}

struct mp_time mp_time_plus_hours(struct mp_time t, int32_t n)
{
    if (!t.known || t.minute < 0 || n / 24 > LAST_DAY - t.day)
        return mp_time_plus_days(t, n / 24);
    t = mp_time_plus_days(t, 0);
    return unless_too_late(clock_at(utc(t) + (int64_t)n * 60));
}

int mp_time_cmp(struct mp_time a, struct mp_time b)
{
    if (a.known != b.known)
        return a.known ? 1 : -1;
    if (a.day != b.day)
        return a.day < b.day ? -1 : 1;
    return (a.minute > b.minute) - (a.minute < b.minute);
}

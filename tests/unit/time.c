/* lib/base/time */
#include "base/time.h"
#include "test.h"
#include <stdio.h>

static struct mp_time at(const char *text)
{
    struct mp_time t;
    CHECK(mp_time_read(mp_str_of(text), &t));
    return t;
}

TEST(days_and_dates_are_inverse_for_all_years)
{
    int y = 1, m = 1, d = 1;
    int32_t day = mp_date_day(1, 1, 1);
    CHECK_INT(day, -719162);
    for (; y <= 9999; day++) {
        int cy, cm, cd;
        mp_date_civil(day, &cy, &cm, &cd);
        if (cy != y || cm != m || cd != d || mp_date_day(y, m, d) != day) {
            CHECK_INT(day, -1);
            return;
        }
        if (!mp_date_valid(y, m, ++d)) {
            d = 1;
            if (++m > 12) {
                m = 1;
                y++;
            }
        }
    }
    CHECK_INT(day, mp_date_day(9999, 12, 31) + 1);
}

TEST(dates_that_do_not_exist)
{
    CHECK(mp_date_valid(2016, 2, 29));
    CHECK(mp_date_valid(2000, 2, 29));
    CHECK(!mp_date_valid(1900, 2, 29));
    CHECK(!mp_date_valid(2018, 2, 29));
    CHECK(!mp_date_valid(2018, 2, 31));
    CHECK(!mp_date_valid(2018, 4, 31));
    CHECK(!mp_date_valid(2018, 0, 1));
    CHECK(!mp_date_valid(2018, 13, 1));
    CHECK(!mp_date_valid(2018, 1, 0));
    CHECK(!mp_date_valid(0, 1, 1));
    CHECK(!mp_date_valid(10000, 1, 1));
}

static void week(int y, int m, int d, int want_year, int want_week)
{
    int year, number;
    mp_date_iso_week(mp_date_day(y, m, d), &year, &number);
    CHECK_INT(year * 100 + number, want_year * 100 + want_week);
}

TEST(iso_weeks_at_year_borders)
{
    week(2018, 1, 1, 2018, 1);
    week(2017, 12, 31, 2017, 52);
    week(2018, 12, 30, 2018, 52);
    week(2018, 12, 31, 2019, 1);
    week(2016, 1, 3, 2015, 53);
    week(2016, 1, 4, 2016, 1);
    week(2020, 12, 31, 2020, 53);
    week(2021, 1, 3, 2020, 53);
    week(2021, 1, 4, 2021, 1);
    week(2010, 1, 3, 2009, 53);
    week(2024, 12, 30, 2025, 1);
    week(1970, 1, 1, 1970, 1);
    week(1969, 12, 28, 1969, 52);
    week(1, 1, 1, 1, 1);
}

TEST(weekdays_before_and_after_1970)
{
    CHECK_INT(mp_date_weekday(mp_date_day(2018, 6, 30)), 6);
    CHECK_INT(mp_date_weekday(mp_date_day(1970, 1, 1)), 4);
    CHECK_INT(mp_date_weekday(mp_date_day(1969, 12, 31)), 3);
    CHECK_INT(mp_date_weekday(mp_date_day(1945, 5, 5)), 6);
    CHECK_INT(mp_date_weekday(mp_date_day(1, 1, 1)), 1);
}

TEST(age_counts_birthdays)
{
    int32_t birth = mp_date_day(2001, 12, 20);
    CHECK_INT(mp_date_age(birth, mp_date_day(2018, 1, 3)), 16);
    CHECK_INT(mp_date_age(birth, mp_date_day(2018, 12, 19)), 16);
    CHECK_INT(mp_date_age(birth, mp_date_day(2018, 12, 20)), 17);
    CHECK_INT(mp_date_age(birth, birth), 0);
    CHECK(mp_date_age(birth, birth - 1) < 0);
}

TEST(age_of_the_leap_day_grows_on_1_march)
{
    int32_t birth = mp_date_day(2004, 2, 29);
    CHECK_INT(mp_date_age(birth, mp_date_day(2018, 2, 28)), 13);
    CHECK_INT(mp_date_age(birth, mp_date_day(2018, 3, 1)), 14);
    CHECK_INT(mp_date_age(birth, mp_date_day(2020, 2, 28)), 15);
    CHECK_INT(mp_date_age(birth, mp_date_day(2020, 2, 29)), 16);
}

TEST(times_are_read_strictly)
{
    static const char *const bad[] = {"",
                                      "2018-6-30",
                                      "2018-06-31",
                                      "2018-06-30T",
                                      "2018-06-30T24:00",
                                      "2018-06-30T12:60",
                                      "2018-06-30 12:00",
                                      "2018-06-30T12:0",
                                      "2018-06-30T12:00Z",
                                      "2018/06/30",
                                      "0000-01-01",
                                      "+018-01-01",
                                      "2018-06-30T-1:00",
                                      "30-06-2018",
                                      "2018-06-30T12-00"};
    struct mp_time t;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(!mp_time_read(mp_str_of(bad[i]), &t));
        CHECK(!t.known && t.day == 0 && t.minute == 0);
    }
    CHECK(!mp_time_read((struct mp_str){0}, &t));
    CHECK(mp_time_read(MP_STR("2018-06-30"), &t));
    CHECK(t.known);
    CHECK_INT(t.minute, -1);
    CHECK(mp_time_read(MP_STR("2018-06-30T00:00"), &t));
    CHECK_INT(t.minute, 0);
    CHECK(mp_time_read(MP_STR("9999-12-31T23:59"), &t));
    CHECK_INT(t.minute, 1439);
}

TEST(times_are_written_as_they_are_read)
{
    static const char *const all[] = {"2018-06-30", "2018-06-30T00:00", "0001-01-01",
                                      "9999-12-31T23:59", "2016-02-29T09:05"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct mp_buf b = {0};
        mp_time_add(&b, at(all[i]));
        CHECK_STR(mp_buf_str(&b), all[i]);
        mp_buf_free(&b);
    }
    struct mp_buf b = {0};
    mp_time_add(&b, (struct mp_time){0});
    CHECK_INT(b.len, 0);
    mp_buf_free(&b);
}

TEST(elapsed_in_the_night_when_summer_time_begins)
{
    CHECK_INT(mp_time_elapsed(at("2018-03-25T01:59"), at("2018-03-25T03:00")), 1);
    CHECK_INT(mp_time_elapsed(at("2018-03-24T23:00"), at("2018-03-25T07:00")), 7 * 60);
    CHECK_INT(mp_time_elapsed(at("2018-03-25"), at("2018-03-26")), 23 * 60);
    CHECK_INT(mp_time_elapsed(at("2018-03-25T01:30"), at("2018-03-25T01:45")), 15);
    CHECK_INT(mp_time_elapsed(at("2018-03-25T07:00"), at("2018-03-24T23:00")), -7 * 60);
}

TEST(elapsed_in_the_night_when_summer_time_ends)
{
    CHECK_INT(mp_time_elapsed(at("2018-10-27T23:00"), at("2018-10-28T07:00")), 9 * 60);
    CHECK_INT(mp_time_elapsed(at("2018-10-28"), at("2018-10-29")), 25 * 60);
    CHECK_INT(mp_time_elapsed(at("2018-10-28T01:30"), at("2018-10-28T02:30")), 60);
    CHECK_INT(mp_time_elapsed(at("2018-10-28T02:59"), at("2018-10-28T03:00")), 61);
    CHECK_INT(mp_time_elapsed(at("2018-10-28T03:00"), at("2018-10-28T04:00")), 60);
}

TEST(elapsed_over_seasons_and_years)
{
    CHECK_INT(mp_time_elapsed(at("2018-01-01"), at("2019-01-01")), 365 * 1440);
    CHECK_INT(mp_time_elapsed(at("2018-01-01T12:00"), at("2018-07-01T12:00")), 181 * 1440 - 60);
    CHECK_INT(mp_time_elapsed(at("2018-06-30"), at("2018-06-30T21:30")), 21 * 60 + 30);
}

TEST(the_skipped_hour_does_not_exist)
{
    CHECK(mp_time_exists(at("2018-03-25T01:59")));
    CHECK(!mp_time_exists(at("2018-03-25T02:00")));
    CHECK(!mp_time_exists(at("2018-03-25T02:59")));
    CHECK(mp_time_exists(at("2018-03-25T03:00")));
    CHECK(mp_time_exists(at("2018-03-25")));
    CHECK(mp_time_exists(at("2018-03-24T02:30")));
    CHECK(mp_time_exists(at("2018-10-28T02:30")));
    CHECK(!mp_time_exists(at("2019-03-31T02:30")));
    CHECK(!mp_time_exists(at("2024-03-31T02:00")));
}

TEST(order_of_times)
{
    struct mp_time none = {0};
    CHECK_INT(mp_time_cmp(none, none), 0);
    CHECK(mp_time_cmp(none, at("0001-01-01")) < 0);
    CHECK(mp_time_cmp(at("0001-01-01"), none) > 0);
    CHECK(mp_time_cmp(at("2018-06-30"), at("2018-06-30T00:00")) < 0);
    CHECK(mp_time_cmp(at("2018-06-30T00:01"), at("2018-06-30T00:00")) > 0);
    CHECK(mp_time_cmp(at("2018-06-30T23:59"), at("2018-07-01")) < 0);
    CHECK_INT(mp_time_cmp(at("2018-06-30T12:00"), at("2018-06-30T12:00")), 0);
}

static void plus(const char *from, char unit, int32_t n, const char *want)
{
    struct mp_buf b = {0};
    mp_time_add(&b, unit == 'd' ? mp_time_plus_days(at(from), n) : mp_time_plus_hours(at(from), n));
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
}

TEST(days_keep_the_clock_and_hours_pass)
{
    plus("2018-02-03T14:10", 'h', 72, "2018-02-06T14:10");
    plus("2018-02-03T14:10", 'd', 10, "2018-02-13T14:10");
    plus("2018-02-03T14:10", 'h', 0, "2018-02-03T14:10");
    plus("2018-12-31T23:00", 'h', 1, "2019-01-01T00:00");
    plus("1969-12-30T23:30", 'h', 1, "1969-12-31T00:30");
    plus("2018-03-24T14:00", 'd', 1, "2018-03-25T14:00");
    plus("2018-03-24T14:00", 'h', 24, "2018-03-25T15:00");
    plus("2018-03-25T01:59", 'h', 1, "2018-03-25T03:59");
    plus("2018-03-25T00:30", 'h', 1, "2018-03-25T01:30");
    plus("2018-03-24T02:30", 'd', 1, "2018-03-25T03:30"); /* skipped that night */
    plus("2018-03-25T02:30", 'h', 1, "2018-03-25T04:30");
    plus("2018-10-27T14:00", 'd', 1, "2018-10-28T14:00");
    plus("2018-10-27T14:00", 'h', 24, "2018-10-28T13:00");
    plus("2018-10-28T01:30", 'h', 1, "2018-10-28T02:30");
    plus("2018-10-28T01:30", 'h', 2, "2018-10-28T02:30"); /* shown twice that night */
    plus("2018-10-28T01:30", 'h', 3, "2018-10-28T03:30");
}

TEST(a_day_alone_stays_a_day)
{
    plus("2018-02-03", 'd', 14, "2018-02-17");
    plus("2018-02-03", 'h', 72, "2018-02-06");
    plus("2018-02-03", 'h', 23, "2018-02-03");
    plus("2018-10-27", 'h', 48, "2018-10-29");
    plus("2018-03-24", 'h', 24, "2018-03-25");
}

TEST(no_time_behind_the_last_that_can_be_written)
{
    plus("9999-12-30T12:00", 'd', 1, "9999-12-31T12:00");
    plus("9999-12-31T12:00", 'd', 1, "");
    plus("9999-12-31T12:00", 'h', 11, "9999-12-31T23:00");
    plus("9999-12-31T12:00", 'h', 12, "");
    plus("9999-12-31T12:00", 'h', 100000, "");
    plus("9999-12-31", 'h', 24, "");
    CHECK(!mp_time_plus_days((struct mp_time){0}, 1).known);
    CHECK(!mp_time_plus_hours((struct mp_time){0}, 1).known);
}

TEST(hours_that_are_added_are_hours_that_pass)
{
    uint64_t random = 11;
    for (int i = 0; i < 20000; i++) {
        struct mp_time t = {.day = 17500 + (int32_t)test_random(&random, 800), .known = true};
        t.minute = (int16_t)test_random(&random, MP_MINUTES_A_DAY);
        int32_t n = (int32_t)test_random(&random, 9000);
        struct mp_time then = mp_time_plus_hours(t, n);
        if (!mp_time_exists(t))
            continue;
        CHECK(mp_time_exists(then));
        int64_t passed = mp_time_elapsed(t, then);
        /* within the hour that comes twice the second cannot be told from the first */
        CHECK(passed == (int64_t)n * 60 ||
              (passed == (int64_t)n * 60 - 60 && then.minute >= 120 && then.minute < 180));
    }
}

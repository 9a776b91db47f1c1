/*
 * Counts out of line: EARS C2 and Farrington.
 *
 * Where the numbers come from:
 * [surveillance]  tests of the R package surveillance (CRAN): test-earsC.R,
 * test-farringtonFlexible.R [epysurv]       regression data of the Python package epysurv, which
 * runs that R package: salmonella_train.csv, salmonella_test.csv (Salmonella Newport, Germany,
 * weeks from 2004-01-05 to 2012-12-31; source: Robert Koch Institute) and EarsC2_pred.csv,
 *                 Farrington_pred.csv, FarringtonFlexible_pred.csv (alarms from 2011-01-03 on)
 * [independent]   another program, in Python: Newton's method, other terms, t by Simpson's rule,
 *                 the negative binomial distribution by gamma functions
 * [hand]          worked out by hand
 */
#include "count/quantile.h"
#include "count/trend.h"
#include "test.h"
#include <math.h>
#include <stdio.h>

static void near(double got, double want, double by, int line)
{
    if (!test_check(fabs(got - want) <= by, "a number is near", __FILE__, line))
        printf("    got %.12g, want %.12g\n", got, want);
}
#define NEAR(got, want, by) near((got), (want), (by), __LINE__)

static const uint64_t salmonella[] = {
    0, 0, 2, 2, 1, 0, 1, 1, 2, 5, 1, 1, 0, 0, 1, 0, 3, 3, 3,  1,  3,  1,  1, 0, 1,  3,  0, 1, 1, 1,
    3, 1, 0, 3, 3, 3, 3, 2, 4, 2, 3, 6, 2, 3, 2, 2, 3, 1, 1,  0,  4,  2,  1, 3, 1,  2,  2, 1, 1, 1,
    1, 5, 2, 3, 1, 0, 2, 3, 3, 3, 0, 3, 1, 2, 7, 4, 3, 3, 10, 7,  6,  3,  2, 0, 4,  3,  5, 7, 8, 3,
    9, 5, 2, 3, 0, 4, 1, 1, 1, 1, 4, 2, 1, 1, 1, 1, 2, 1, 1,  3,  3,  2,  1, 3, 1,  1,  1, 4, 1, 2,
    2, 1, 3, 3, 4, 4, 3, 7, 2, 3, 6, 7, 8, 4, 1, 3, 5, 7, 3,  5,  6,  2,  8, 1, 5,  7,  1, 4, 2, 3,
    4, 9, 7, 3, 4, 6, 4, 2, 2, 5, 5, 5, 1, 2, 0, 3, 2, 3, 4,  5,  5,  1,  1, 1, 1,  2,  4, 2, 3, 3,
    6, 7, 0, 0, 3, 5, 4, 0, 2, 0, 1, 7, 6, 5, 3, 5, 1, 2, 4,  3,  3,  3,  4, 4, 13, 6,  2, 1, 1, 2,
    0, 1, 1, 4, 3, 0, 1, 0, 0, 4, 1, 1, 2, 2, 2, 3, 0, 4, 2,  3,  3,  1,  2, 3, 3,  3,  2, 2, 8, 8,
    2, 5, 3, 2, 4, 1, 3, 3, 4, 1, 5, 6, 5, 3, 3, 1, 2, 4, 1,  4,  0,  4,  0, 3, 2,  0,  0, 1, 1, 0,
    1, 2, 2, 0, 1, 0, 1, 6, 2, 1, 5, 1, 2, 1, 0, 5, 0, 0, 3,  1,  2,  4,  3, 2, 3,  6,  4, 3, 2, 2,
    2, 4, 7, 7, 3, 3, 1, 6, 1, 1, 1, 0, 0, 0, 1, 1, 2, 3, 1,  3,  1,  1,  1, 1, 0,  3,  1, 1, 1, 1,
    1, 1, 0, 2, 2, 1, 2, 2, 2, 3, 3, 1, 2, 0, 3, 1, 3, 1, 2,  1,  2,  0,  0, 4, 3,  3,  5, 3, 1, 1,
    1, 3, 3, 1, 2, 1, 0, 3, 3, 3, 1, 0, 0, 0, 1, 3, 0, 2, 2,  3,  3,  0,  3, 2, 1,  2,  1, 1, 0, 3,
    1, 2, 0, 0, 2, 5, 2, 0, 3, 6, 1, 2, 1, 2, 0, 2, 0, 3, 9,  41, 45, 17, 3, 3, 5,  11, 5, 4, 5, 2,
    6, 3, 0, 5, 3, 3, 4, 1, 1, 3, 0, 0, 1, 1, 2, 2, 0, 1, 0,  2,  4,  1,  6, 3, 3,  0,  3, 6, 1, 5,
    1, 2, 3, 7, 2, 7, 3, 2, 4, 8, 1, 2, 4, 3, 2, 4, 3, 0, 0,  1,
};
enum { WEEKS = sizeof salmonella / sizeof *salmonella, FIRST = 365 /* 2011-01-03 */ };

/* [surveillance] upper bounds of C1 in the first weeks of 2011: no lag, alpha 0.05, no least
 * deviation. */
TEST(ears_bounds_as_published)
{
    static const double want[] = {3.278854, 3.278854, 3.436517, 3.855617};
    const struct mp_ears c1 = {.baseline = 7, .lag = 0, .threshold = mp_normal_upper(0.05)};
    for (size_t i = 0; i < 4; i++)
        NEAR(mp_ears_judge(&c1, salmonella, FIRST + i).upper, want[i], 5e-7);
}

/* Whether just the weeks of the list, which ends in -1, alarm from FIRST on. */
static bool alarms_are(const bool *alarm, const int *list)
{
    bool same = true;
    for (int i = 0; i < WEEKS - FIRST; i++) {
        bool listed = i == *list;
        list += listed;
        same &= alarm[i] == listed;
    }
    return same && *list == -1;
}

TEST(ears_alarms_as_published)
{
    /* [epysurv] 105 weeks; alpha 0.001, no least deviation */
    static const int want[] = {30, 43, 44, 45, 46, 75, 77, -1};
    bool alarm[WEEKS - FIRST];
    struct mp_ears c2 = mp_ears_c2;
    c2.threshold = mp_normal_upper(0.001);
    c2.least_deviation = 0;
    for (size_t i = FIRST; i < WEEKS; i++)
        alarm[i - FIRST] = mp_ears_judge(&c2, salmonella, i).alarm;
    CHECK(alarms_are(alarm, want));
}

TEST(ears_by_hand)
{
    /* [hand] mean 4, squares 9+4+1+0+1+4+9 = 28, deviation sqrt(28 / 6) */
    static const uint64_t y[] = {99, 1, 2, 3, 4, 5, 6, 7, 500, 0, 11, 10};
    struct mp_trend t = mp_ears_judge(&mp_ears_c2, y, 10);
    CHECK_INT(t.reason, MP_TREND_JUDGED);
    NEAR(t.expected, 4, 1e-12);
    NEAR(t.upper, 4 + 3 * sqrt(28.0 / 6), 1e-12);
    NEAR(t.statistic, 7 / sqrt(28.0 / 6), 1e-12);
    CHECK(t.alarm);
    static const uint64_t just[] = {1, 1, 1, 1, 1, 4, 4, 0, 0, 10};
    struct mp_ears p = {.baseline = 7, .lag = 2, .threshold = 1};
    t = mp_ears_judge(&p, just, 9); /* squares 5 (6/7)^2 + 2 (15/7)^2 over 6 */
    NEAR(t.upper, 13.0 / 7 + sqrt((5 * 36 + 2 * 225) / 49.0 / 6), 1e-12);
}

TEST(ears_of_a_flat_baseline_and_a_short_one)
{
    uint64_t y[21];
    for (int i = 0; i < 20; i++)
        y[i] = 10;
    y[20] = 40;
    struct mp_ears p = mp_ears_c2;
    struct mp_trend t = mp_ears_judge(&p, y, 20);
    NEAR(t.statistic, 150, 1e-9); /* [hand] 30 / 0.2 */
    CHECK(t.alarm && t.reason == MP_TREND_JUDGED);
    CHECK(!mp_ears_judge(&p, y, 19).alarm);
    p.least_deviation = 0;
    t = mp_ears_judge(&p, y, 20);
    CHECK_INT(t.reason, MP_TREND_FLAT);
    CHECK(!t.alarm && t.expected == 10 && t.upper == 10 && t.statistic == 0);
    p.least_deviation = 10;
    t = mp_ears_judge(&p, y, 20);
    CHECK(t.upper == 40 && !t.alarm); /* above it, not at it */
    CHECK_INT(mp_ears_judge(&p, y, 9).reason, MP_TREND_JUDGED);
    t = mp_ears_judge(&p, y, 8);
    CHECK(t.reason == MP_TREND_SHORT && !t.alarm && t.upper == 0);
}

TEST(farrington_weights_as_published)
{
    double w[10], s[10] = {0};
    mp_farrington_weights(s, 10, 0, w); /* [surveillance] all at the threshold */
    for (int i = 0; i < 10; i++)
        CHECK(w[i] == 1);
    for (int i = 5; i < 10; i++)
        s[i] = 2;
    mp_farrington_weights(s, 10, 0, w); /* [surveillance] "checked by hand" */
    for (int i = 0; i < 10; i++)
        NEAR(w[i], i < 5 ? 1.6 : 0.4, 1e-12);
}

TEST(farrington_bounds_as_published)
{
    /* [surveillance] 2/3: mean 5, standard error 0.2, phi 1, alpha 0.05 */
    struct mp_farrington p = mp_farrington_1996;
    p.alpha = 0.05;
    NEAR(mp_farrington_upper(&p, 5, 0.2, 1), 9.1154825, 5e-8);
    NEAR((8 - 5) / (mp_farrington_upper(&p, 5, 0.2, 1) - 5), 0.7289546, 5e-8);
    p.bound = MP_BOUND_NEGATIVE_BINOMIAL;
    CHECK(mp_farrington_upper(&p, 5, 0.2, 1.5) == 10);
    CHECK(mp_farrington_upper(&p, 1e-3, 0, 1) == 1);
}

static void check_alarms(const struct mp_farrington *p, const int *want)
{
    bool alarm[WEEKS - FIRST];
    struct mp_trend t;
    struct mp_error e;
    for (size_t i = FIRST; i < WEEKS; i++) {
        CHECK_INT(mp_farrington_judge(p, salmonella, i, &t, &e), 0);
        CHECK(t.reason == MP_TREND_JUDGED || t.reason == MP_TREND_FEW);
        CHECK(!t.alarm || t.statistic > 1);
        alarm[i - FIRST] = t.alarm;
    }
    CHECK(alarms_are(alarm, want));
}

TEST(farrington_alarms_as_published)
{
    /* [epysurv] 105 weeks; 3 years of 52 weeks, two-sided alpha 0.01 */
    static const int want[] = {44, 45, 46, 50, 55, 58, 77, 88, 90, -1};
    struct mp_farrington p = mp_farrington_1996;
    p.years = 3;
    p.weeks_in_year = 52;
    check_alarms(&p, want);
    /* [epysurv] FarringtonFlexible without a season; 3 years by the calendar, one-sided 0.01 */
    static const int flexible[] = {30, 34, 44, 45, 46, 50, 55, 58, 77, 90, -1};
    p.weeks_in_year = mp_farrington_1996.weeks_in_year;
    p.weight_above = 2.58;
    p.skip_weeks = 26;
    p.alpha = 0.01;
    check_alarms(&p, flexible);
}

struct expected {
    size_t at;
    double statistic, expected, upper, dispersion, slope;
};

static void check_numbers(const struct mp_farrington *p, const struct expected *want, size_t n)
{
    struct mp_trend t;
    struct mp_error e;
    for (size_t i = 0; i < n; i++) {
        CHECK_INT(mp_farrington_judge(p, salmonella, want[i].at, &t, &e), 0);
        NEAR(t.statistic, want[i].statistic, 1e-9);
        NEAR(t.expected, want[i].expected, 1e-9);
        NEAR(t.upper, want[i].upper, 1e-9);
        NEAR(t.dispersion, want[i].dispersion, 1e-9);
        NEAR(t.slope, want[i].slope, 1e-10);
        CHECK(t.alarm == (t.statistic > 1) && t.with_trend == (t.slope != 0));
    }
}

TEST(farrington_numbers_of_another_program)
{
    /* [independent] */
    static const struct expected of_1996[] = {
        {408, 0.9936786868826681, 3.294268108319711, 9.036297163587163, 1, 0},
        {411, 3.315396562779311, 1.736059071412084, 6.340015382385662, 1, -0.00364859168604561},
        {455, 1.695580270897413, 0.9385211934990506, 4.513391054005752, 1, -0.005528329986067673},
    };
    static const struct expected of_2013[] = {
        {409, 7.859857562571617, 2.0436288669448537, 7, 1.1863581501492224, -0.003228585684131325},
        {412, 0.3064819521662673, 1.6742293738846805, 6, 1.1665778226138432, -0.003412915722353062},
        {420, 1.2570309192988278, 1.109417486705615, 5, 1.1504599229716825, -0.0032949565332656854},
        {464, -0.19587586845136504, 3.801720905828816, 13, 1.7413962415864, 3.018971226889659e-05},
    };
    check_numbers(&mp_farrington_1996, of_1996, 3);
    check_numbers(&mp_farrington_2013, of_2013, 4);
    /* the weeks just before it too, and a trend that must be significant */
    static const struct expected with_late[] = {
        {409, 7.86210516392251, 2.045252267663449, 7, 1.1979966574607495, -0.0032069147177151277},
        {418, 0.513448867401294, 1.8341526737862552, 8, 1.8042331395958242, -0.0017027342869935145},
    };
    struct mp_farrington p = mp_farrington_2013;
    p.skip_weeks = 0;
    p.trend_level = 0.05;
    p.alpha = 0.01;
    check_numbers(&p, with_late, 2);
    /* two years back: no trend */
    static const struct expected two_years[] = {
        {410, 7.640319132264007, 2.411523321779659, 7.985698423756109, 1.1391726346034554, 0}};
    p = mp_farrington_1996;
    p.years = 2;
    check_numbers(&p, two_years, 1);
    /* the last week of the baseline is a season of its own, fitted by itself */
    static const struct expected lonely[] = {
        {409, 6.604755140991278, 2.753207765399487, 8.544004156506913, 1.082088574147078, 0}};
    p.years = p.half_width = 1;
    p.season_levels = 20;
    p.skip_weeks = 31;
    p.alpha = 0.01;
    p.weeks_in_year = 52;
    check_numbers(&p, lonely, 1);
}

TEST(farrington_by_hand)
{
    /* [hand] all counts 4: m = 4, phi = 1, V(m) = 16 / (4 * 35), tau = 1 + 1/35 */
    uint64_t y[301];
    struct mp_trend t;
    struct mp_error e;
    for (int i = 0; i < 300; i++)
        y[i] = 4;
    y[300] = 12;
    double upper = 4 * pow(1 + 2.0 / 3 * 2.5758293 * sqrt(36.0 / 35 / 4), 1.5);
    CHECK_INT(mp_farrington_judge(&mp_farrington_1996, y, 300, &t, &e), 0);
    NEAR(t.expected, 4, 1e-9);
    NEAR(t.upper, upper, 1e-6);
    NEAR(t.statistic, 8 / (upper - 4), 1e-6);
    CHECK(t.alarm && !t.with_trend && t.dispersion == 1);
    /* [hand] Poisson of 4: P(Y > 10) = 0.0028, P(Y > 9) = 0.0081 */
    CHECK_INT(mp_farrington_judge(&mp_farrington_2013, y, 300, &t, &e), 0);
    NEAR(t.upper, 10, 1e-12);
    NEAR(t.statistic, 8 / 6.0, 1e-9);
    for (uint64_t level = 2; level < 60; level++) {
        for (int i = 0; i < 300; i++)
            y[i] = level;
        CHECK_INT(mp_farrington_judge(&mp_farrington_1996, y, 300, &t, &e), 0);
        CHECK(!t.with_trend && fabs(t.expected - (double)level) < 1e-9); /* nor a made-up one */
    }
    for (int i = 0; i < 300; i++)
        y[i] = 4;
    /* nothing after the week judged is looked at */
    CHECK_INT(mp_farrington_judge(&mp_farrington_1996, y, 299, &t, &e), 0);
    CHECK(!t.alarm && fabs(t.statistic) < 1e-9);
}

TEST(farrington_forgets_an_outbreak_of_the_past)
{
    uint64_t y[301];
    struct mp_trend t, naive;
    struct mp_error e;
    for (int i = 0; i < 301; i++)
        y[i] = 4 + (uint64_t)(i % 3);
    y[300 - 104] = y[300 - 103] = 60;
    y[300] = 25;
    struct mp_farrington p = mp_farrington_1996;
    CHECK_INT(mp_farrington_judge(&p, y, 300, &t, &e), 0);
    CHECK(t.alarm && t.expected < 6);
    p.weight_above = INFINITY;
    CHECK_INT(mp_farrington_judge(&p, y, 300, &naive, &e), 0);
    CHECK(!naive.alarm && naive.expected > 7);
}

TEST(farrington_extrapolates_down_only)
{
    uint64_t y[301];
    struct mp_trend t;
    struct mp_error e;
    for (int i = 0; i < 301; i++)
        y[i] = (uint64_t)(4 * exp(0.01 * i));
    CHECK_INT(mp_farrington_judge(&mp_farrington_1996, y, 300, &t, &e), 0);
    CHECK(t.reason == MP_TREND_JUDGED && !t.with_trend && t.expected < 50);
    for (int i = 0; i < 301; i++)
        y[i] = (uint64_t)(100 * exp(-0.01 * i));
    CHECK_INT(mp_farrington_judge(&mp_farrington_1996, y, 300, &t, &e), 0);
    CHECK(t.with_trend && t.expected < 6);
    NEAR(t.slope, -0.01, 5e-4);
    struct mp_farrington p = mp_farrington_1996;
    p.years = 2; /* too few for a trend, if not said otherwise */
    CHECK_INT(mp_farrington_judge(&p, y, 300, &t, &e), 0);
    CHECK(t.reason == MP_TREND_JUDGED && !t.with_trend && t.expected > 8);
    p.trend_years = 2;
    CHECK_INT(mp_farrington_judge(&p, y, 300, &t, &e), 0);
    CHECK(t.with_trend && t.expected < 8);
    /* as many terms as weeks: no trend can be told */
    p = mp_farrington_2013;
    p.years = p.half_width = p.trend_years = 1;
    p.skip_weeks = 51;
    p.weeks_in_year = 52;
    y[300 - 53] = 9;
    y[300 - 52] = 5;
    y[300 - 51] = y[300 - 50] = 1000; /* left out */
    y[300] = 20;
    CHECK_INT(mp_farrington_judge(&p, y, 300, &t, &e), 0);
    CHECK(t.alarm && !t.with_trend);
    NEAR(t.expected, 7, 1e-9);
}

TEST(farrington_says_why_it_does_not_judge)
{
    uint64_t y[400] = {0};
    struct mp_trend t;
    struct mp_error e;
    const struct mp_farrington *p = &mp_farrington_1996;
    y[397] = 4;
    CHECK_INT(mp_farrington_judge(p, y, 399, &t, &e), 0);
    CHECK(t.reason == MP_TREND_FEW && !t.alarm && t.upper == 0);
    y[399] = 1;
    CHECK_INT(mp_farrington_judge(p, y, 399, &t, &e), 0);
    CHECK(t.reason == MP_TREND_EMPTY && !t.alarm);
    CHECK_INT(mp_farrington_judge(&mp_farrington_2013, y, 399, &t, &e), 0);
    CHECK_INT(t.reason, MP_TREND_EMPTY);
    /* the first week with five years and three weeks before it */
    y[264] = 9;
    CHECK_INT(mp_farrington_judge(p, y, 263, &t, &e), 0);
    CHECK_INT(t.reason, MP_TREND_SHORT);
    CHECK_INT(mp_farrington_judge(p, y, 264, &t, &e), 0);
    CHECK_INT(t.reason, MP_TREND_EMPTY);
    CHECK_INT(mp_farrington_judge(p, y, 0, &t, &e), 0);
    CHECK_INT(t.reason, MP_TREND_SHORT);
    struct mp_farrington other = *p;
    other.few_weeks = 400;
    CHECK_INT(mp_farrington_judge(&other, y, 398, &t, &e), 0);
    CHECK_INT(t.reason, MP_TREND_SHORT);
    /* a bound below what is expected: half of all weeks are empty, one holds all */
    other = mp_farrington_2013;
    other.weight_above = INFINITY;
    other.alpha = 0.4;
    y[264] = 0;
    y[399 - 52] = 1000;
    CHECK_INT(mp_farrington_judge(&other, y, 399, &t, &e), 0);
    CHECK(t.reason == MP_TREND_UNFIT && !t.alarm && t.upper == 0);
    /* sums that are too large for a number */
    y[398] = UINT64_MAX;
    CHECK_INT(mp_farrington_judge(p, y, 399, &t, &e), 0);
    CHECK_INT(t.reason, MP_TREND_JUDGED);
    for (int i = 0; i < MP_TREND_N_REASONS; i++)
        CHECK(mp_trend_reasons[i] != NULL);
}

/* Reports at one time of the year only: the other seasons have no estimate of their own. */
TEST(farrington_of_a_season_that_is_empty)
{
    uint64_t y[301] = {0};
    struct mp_trend t;
    struct mp_error e;
    for (int year = 1; year <= 5; year++)
        for (int d = -3; d <= 3; d++)
            y[300 - (int)floor(year * 365.25 / 7 + 0.5) + d] = 4;
    y[300] = 12;
    CHECK_INT(mp_farrington_judge(&mp_farrington_2013, y, 300, &t, &e), 0);
    CHECK(t.reason == MP_TREND_JUDGED && t.alarm && t.upper == 10);
    NEAR(t.expected, 4, 1e-9);
}

/* Sparse, huge and one-sided rows end, and what they say holds together. */
TEST(farrington_of_all_kinds_of_rows)
{
    uint64_t y[330], random = 7;
    struct mp_trend t;
    struct mp_error e;
    size_t judged = 0;
    for (int turn = 0; turn < 120; turn++) {
        unsigned often = 1 + test_random(&random, 60), from = test_random(&random, 330);
        for (unsigned i = 0; i < 330; i++) {
            y[i] = i >= from && test_random(&random, often) == 0 ? 1 + test_random(&random, 9) : 0;
            if (turn % 10 == 9)
                y[i] <<= test_random(&random, 60);
            if (turn % 10 == 8)
                y[i] = i < from ? 3 : 0;
        }
        y[329] += 5;
        for (int i = 0; i < 2; i++) {
            CHECK_INT(
                mp_farrington_judge(i ? &mp_farrington_2013 : &mp_farrington_1996, y, 329, &t, &e),
                0);
            judged += t.reason == MP_TREND_JUDGED;
            CHECK(isfinite(t.statistic) && isfinite(t.expected) && isfinite(t.upper));
            CHECK(t.reason == MP_TREND_JUDGED ? t.expected > 0 && t.upper > t.expected : !t.alarm);
            CHECK(t.reason != MP_TREND_SHORT && t.reason != MP_TREND_FEW);
        }
    }
    CHECK(judged > 100);
}

TEST(parameters_out_of_range_are_named)
{
    struct mp_farrington f;
    struct mp_ears c;
    CHECK(!mp_ears_fault(&mp_ears_c2) && !mp_farrington_fault(&mp_farrington_1996) &&
          !mp_farrington_fault(&mp_farrington_2013));
#define FAULT(set, member, value, fault)                                                           \
    set.member = value;                                                                            \
    CHECK_STR(mp_str_of(fault(&set)), #member)
#define EARS(member, value)                                                                        \
    c = mp_ears_c2;                                                                                \
    FAULT(c, member, value, mp_ears_fault)
#define FARRINGTON(member, value)                                                                  \
    f = mp_farrington_2013;                                                                        \
    FAULT(f, member, value, mp_farrington_fault)
    EARS(baseline, 1);
    EARS(lag, 1001);
    EARS(threshold, 0);
    EARS(threshold, NAN);
    EARS(least_deviation, -1);
    FARRINGTON(years, 0);
    FARRINGTON(years, 21);
    FARRINGTON(half_width, 13);
    FARRINGTON(season_levels, 0);
    FARRINGTON(season_levels, 21);
    FARRINGTON(skip_weeks, 52);
    FARRINGTON(weight_above, 0.5);
    FARRINGTON(trend_level, 0);
    FARRINGTON(trend_level, 1.1);
    FARRINGTON(alpha, 0.5);
    FARRINGTON(alpha, NAN);
    FARRINGTON(few_weeks, 0);
    FARRINGTON(weeks_in_year, 365);
    /* all that is in range can be judged: no season without a week, no place outside the room */
    uint64_t y[1200];
    struct mp_trend t;
    struct mp_error e;
    for (int i = 0; i < 1200; i++)
        y[i] = 1 + (uint64_t)(i * i % 5);
    f = (struct mp_farrington){.years = 20,
                               .half_width = 12,
                               .season_levels = 20,
                               .skip_weeks = 51,
                               .weight_above = 1,
                               .trend_level = 1,
                               .alpha = 0.01,
                               .few_weeks = 4,
                               .weeks_in_year = 52};
    CHECK(!mp_farrington_fault(&f));
    CHECK_INT(mp_farrington_judge(&f, y, 1199, &t, &e), 0);
    CHECK_INT(t.reason, MP_TREND_JUDGED);
}

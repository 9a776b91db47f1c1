/*
 * What judging trends is made of: quantiles and log-linear regression.
 *
 * Where the numbers come from:
 * [surveillance]  a test of the R package surveillance (CRAN): test-farringtonFlexible.R
 * [glm]           example of glm in the manual of R, after Dobson (1990), with its printed summary
 * [tables]        tables of the normal distribution and of Student's t, as in any textbook
 * [hand]          worked out by hand
 */
#include "count/loglinear.h"
#include "count/quantile.h"
#include "test.h"
#include <math.h>
#include <stdio.h>

static void near(double got, double want, double by, int line)
{
    if (!test_check(fabs(got - want) <= by, "a number is near", __FILE__, line))
        printf("    got %.12g, want %.12g\n", got, want);
}
#define NEAR(got, want, by) near((got), (want), (by), __LINE__)

TEST(normal_quantiles_of_the_tables)
{
    NEAR(mp_normal_upper(0.5), 0, 1e-12);
    NEAR(mp_normal_upper(0.05), 1.644854, 5e-7); /* [tables] */
    NEAR(mp_normal_upper(0.025), 1.959964, 5e-7);
    NEAR(mp_normal_upper(0.005), 2.575829, 5e-7);
    NEAR(mp_normal_upper(0.001), 3.090232, 5e-7);
    NEAR(mp_normal_upper(0.975), -1.959964, 5e-7);
    NEAR(mp_normal_upper(1e-9), 5.997807, 5e-7);
    CHECK(isnan(mp_normal_upper(0)) && isnan(mp_normal_upper(1)) && isnan(mp_normal_upper(NAN)));
}

TEST(student_tails_of_the_tables)
{
    static const struct {
        unsigned freedom;
        double chance, t; /* [tables] to three decimals */
    } want[] = {{1, 0.05, 12.706}, {2, 0.05, 4.303}, {3, 0.05, 3.182},  {4, 0.05, 2.776},
                {5, 0.05, 2.571},  {5, 0.01, 4.032}, {10, 0.01, 3.169}, {30, 0.05, 2.042},
                {33, 0.05, 2.035}, {60, 0.1, 1.671}, {120, 0.01, 2.617}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        CHECK(mp_student_beyond(want[i].t - 0.0005, want[i].freedom) >= want[i].chance);
        CHECK(mp_student_beyond(-want[i].t - 0.0005, want[i].freedom) <= want[i].chance);
    }
    NEAR(mp_student_beyond(1, 1), 0.5, 1e-12); /* [hand] atan 1 is an eighth of a turn */
    CHECK(mp_student_beyond(0, 7) == 1 && mp_student_beyond(INFINITY, 7) < 1e-12);
    CHECK(isnan(mp_student_beyond(NAN, 7)) && isnan(mp_student_beyond(1, 0)));
}

TEST(negative_binomial_bounds_as_published)
{
    /* [surveillance] nbPlugin: mean 5, phi 1.5 and 1 */
    CHECK(mp_negative_binomial_upper(5, 1.5, 0.05) == 10);
    CHECK(mp_negative_binomial_upper(5, 1.5, 0.95) == 1);
    CHECK(mp_negative_binomial_upper(5, 1, 0.05) == 9);
    CHECK(mp_negative_binomial_upper(5, 1, 0.95) == 2);
    /* muan: the same of the 0.95 quantile of a mean, log 5 with standard error log 2 */
    double mean = exp(log(5) + mp_normal_upper(0.05) * log(2));
    CHECK(mp_negative_binomial_upper(mean, 1.5, 0.05) == 24);
    CHECK(mp_negative_binomial_upper(mean, 1.5, 0.95) == 8);
    CHECK(mp_negative_binomial_upper(mean, 1, 0.05) == 22);
    CHECK(mp_negative_binomial_upper(mean, 1, 0.95) == 9);
    /* the chances of 11 or more; the bound steps from 10 to 11 just there */
    CHECK(mp_negative_binomial_upper(5, 1.5, 0.03763657 + 1e-8) == 10);
    CHECK(mp_negative_binomial_upper(5, 1.5, 0.03763657 - 1e-8) == 11);
    CHECK(mp_negative_binomial_upper(5, 1, 0.01369527 + 1e-8) == 10);
    CHECK(mp_negative_binomial_upper(5, 1, 0.01369527 - 1e-8) == 11);
}

TEST(negative_binomial_bounds_at_the_edges)
{
    CHECK(mp_negative_binomial_upper(0, 1, 0.005) == 0);
    CHECK(mp_negative_binomial_upper(1e-9, 1, 0.005) == 0);
    CHECK(mp_negative_binomial_upper(log(2), 1, 0.5 + 1e-9) == 0); /* [hand] e^-m = 1/2 */
    CHECK(mp_negative_binomial_upper(log(2), 1, 0.5 - 1e-9) == 1);
    /* [hand] geometric with phi 2, mean 1: 2^-(k+1); P(Y > k) = 2^-(k+1) */
    CHECK(mp_negative_binomial_upper(1, 2, 0.125 + 1e-9) == 2);
    CHECK(mp_negative_binomial_upper(1, 2, 0.125 - 1e-9) == 3);
    /* dispersion near 1 is Poisson's; a mean whose e^-m is no number any more */
    CHECK(mp_negative_binomial_upper(5, 1 + 1e-13, 0.05) == 9);
    NEAR(mp_negative_binomial_upper(5000, 1, 0.025), 5000 + 1.96 * sqrt(5000), 2);
    NEAR(mp_negative_binomial_upper(9e6, 1, 0.025), 9e6 + 1.96 * 3000, 2);
    NEAR(mp_negative_binomial_upper(1e12, 4, 0.025), 1e12 + 1.959964 * 2e6, 10);
    CHECK(isfinite(mp_negative_binomial_upper(1.8e19, 1e19, 0.005)));
    CHECK(isnan(mp_negative_binomial_upper(-1, 1, 0.05)));
    CHECK(isnan(mp_negative_binomial_upper(INFINITY, 1, 0.05)));
    CHECK(isnan(mp_negative_binomial_upper(1, 0.9, 0.05)));
    CHECK(isnan(mp_negative_binomial_upper(1, 1, 0)));
}

/* [glm] nine counts by two factors of three levels. */
TEST(regression_of_the_manual)
{
    static const double y[] = {18, 17, 15, 20, 10, 20, 25, 13, 12};
    double x[45], mean[9], leverage[9], all = 0;
    for (int i = 0; i < 9; i++) {
        double *row = x + 5 * i;
        row[0] = 1;
        row[1] = i % 3 == 1;
        row[2] = i % 3 == 2;
        row[3] = i / 3 == 1;
        row[4] = i / 3 == 2;
    }
    struct mp_loglinear m = {
        .n = 9, .n_terms = 5, .y = y, .x = x, .mean = mean, .leverage = leverage};
    CHECK(mp_loglinear_fit(&m));
    NEAR(m.coef[0], 3.045, 5e-4);
    NEAR(m.coef[1], -0.4543, 5e-5);
    NEAR(m.coef[2], -0.2930, 5e-5);
    NEAR(m.coef[3], 0, 1e-12);
    NEAR(m.coef[4], 0, 1e-12);
    NEAR(sqrt(m.covariance[0][0]), 0.1709, 5e-5);
    NEAR(sqrt(m.covariance[1][1]), 0.2022, 5e-5);
    NEAR(sqrt(m.covariance[2][2]), 0.1927, 5e-5);
    NEAR(sqrt(m.covariance[3][3]), 0.2000, 5e-5);
    NEAR(m.dispersion, 1.2933, 5e-5);
    for (int i = 0; i < 9; i++)
        all += leverage[i];
    NEAR(all, 5, 1e-10); /* [hand] the trace of a projection is its rank */
    x[4 * 5 + 4] = 1;    /* no two columns alike, but ... */
    for (int i = 0; i < 9; i++)
        x[5 * i + 4] = x[5 * i + 1] + x[5 * i + 2];
    CHECK(!mp_loglinear_fit(&m)); /* ... one the sum of two others */
}

TEST(regression_with_weights_is_that_of_repeated_rows)
{
    static const double y[] = {3, 0, 5, 9, 1, 3, 3, 9},
                        x[] = {1, 1, 1, 2, 1, 3, 1, 4, 1, 5, 1, 1, 1, 1, 1, 4};
    static const double weight[] = {3, 1, 1, 2, 1};
    double mean[8], leverage[8], leverage_of_a[5];
    struct mp_loglinear a = {.n = 5,
                             .n_terms = 2,
                             .y = y,
                             .x = x,
                             .mean = mean,
                             .leverage = leverage_of_a,
                             .weight = weight},
                        b = a;
    CHECK(mp_loglinear_fit(&a));
    b.n = 8;
    b.leverage = leverage;
    b.weight = NULL;
    CHECK(mp_loglinear_fit(&b));
    NEAR(a.coef[0], b.coef[0], 1e-10);
    NEAR(a.coef[1], b.coef[1], 1e-10);
    NEAR(a.covariance[1][1], b.covariance[1][1], 1e-10);
    NEAR(a.dispersion * 3, b.dispersion * 6, 1e-8);
    NEAR(leverage_of_a[0] + leverage_of_a[1] + leverage_of_a[2] + leverage_of_a[3] +
             leverage_of_a[4],
         2, 1e-10);
}

TEST(regression_without_a_finite_answer_ends)
{
    static const double none[] = {0, 0, 0, 0}, x[] = {1, 1, 1, 1}, big[] = {1e18, 2e18, 0, 1};
    double mean[4], leverage[4];
    struct mp_loglinear m = {
        .n = 4, .n_terms = 1, .y = none, .x = x, .mean = mean, .leverage = leverage};
    if (mp_loglinear_fit(&m))
        CHECK(exp(m.coef[0]) < 1e-9);
    m.y = big;
    CHECK(mp_loglinear_fit(&m));
    NEAR(exp(m.coef[0]) / 7.5e17, 1, 1e-9);
}

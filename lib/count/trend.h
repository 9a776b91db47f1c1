/*
 * Is a count out of line with those before it? Two published methods, as pure functions of a dense
 * row of counts per period (weeks; zeros included) and the index to judge. Nothing after that index
 * is looked at.
 *
 * EARS C2
 *
 *     Hutwagner, L., Thompson, W., Seeman, G.M., Treadwell, T. (2003). The bioterrorism
 *     preparedness and response early aberration reporting system (EARS). Journal of Urban Health
 *     80(2, suppl. 1), i89-i96.
 *
 * With m and s the mean and the standard deviation (divisor n - 1) of the n = 7 counts before the
 * last 2, that is of y[at-9] to y[at-3]:
 *
 *     statistic = (y[at] - m) / s;  expected = m;  upper = m + 3 s;  alarm if y[at] > upper
 *
 * Of s = 0 the paper says nothing. Here s is raised to a least value, as in the CDC's own later
 * use of C2: 0.2 (Tokars, J.I., et al. (2009). Enhancing time-series detection algorithms for
 * automated biosurveillance. Emerging Infectious Diseases 15(4), 533-539; with weekly counts near 0
 * that makes an alarm of a single report, and the same paper finds 1 to do better). With a least
 * value of 0 and s = 0 there is no statistic: not judged (FLAT).
 *
 * Farrington
 *
 *     Farrington, C.P., Andrews, N.J., Beale, A.D., Catchpole, M.A. (1996). A statistical algorithm
 *     for the early detection of outbreaks of infectious disease. Journal of the Royal Statistical
 *     Society A 159(3), 547-563.
 *     Noufaily, A., Enki, D.G., Farrington, P., Garthwaite, P., Andrews, N., Charlett, A. (2013).
 *     An improved algorithm for outbreak detection in multiple surveillance systems. Statistics in
 *     Medicine 32(7), 1206-1222.
 *
 * 1. Fewer than 5 reports in the last 4 weeks, this one included: not judged (FEW).
 * 2. Baseline, 1996: the weeks at - lag(j) - w to at - lag(j) + w of the years j = 1 to b back,
 *    where lag(j) is j years of 365.25 / 7 weeks, rounded. 2013 (season_levels > 1): all weeks from
 *    at - lag(b) - w on, with the season as a factor: level 0 are the windows of 1996, what lies
 *    between two of them is cut into season_levels - 1 stretches as equal as can be, the longer
 *    ones first. The last skip_weeks weeks are left out.
 * 3. Quasi-Poisson regression (loglinear.h): log m_i = a + c t_i (+ season), variance phi m_i,
 *    phi = max(1, sum w_i (y_i - m_i)^2 / m_i / (n - p)).
 * 4. Weights against outbreaks of the past: with the standardised Anscombe residuals
 *        s_i = 3/2 (y_i^(2/3) m_i^(-1/6) - m_i^(1/2)) / sqrt(phi (1 - h_ii))
 *    w_i = g s_i^-2 where s_i > weight_above and g elsewhere, the sum of weights being n; the
 *    regression is done once more with them, and phi anew.
 * 5. The trend c stays if b >= trend_years, the t test of c (n - p degrees of freedom, dispersion
 * as estimated and not raised to 1, as the R package surveillance does it) has a chance of
 *    trend_level (1: always), and m_0, what is expected at `at`, is no more than the largest count
 *    of the baseline. Otherwise 3 and 4 once more without it.
 * 6. Upper bound, 1996: U = m_0 (1 + 2/3 z sqrt(tau / m_0))^(3/2), tau = phi + V(m_0) / m_0, z the
 *    1 - alpha quantile of the normal distribution. 2013: the 1 - alpha quantile of the negative
 *    binomial distribution with mean m_0 and variance phi m_0 (Poisson's if phi is 1), raised to 1
 *    where it is 0.
 * 7. Exceedance score X = (y - m_0) / (U - m_0); alarm if y > U, that is X > 1.
 *
 * What is not in the papers: a season level whose counts are all 0 has no finite estimate and is
 * left out with its weeks; if it is level 0, or the whole baseline is 0: not judged (EMPTY). As 1
 * comes first, EMPTY means that there were reports of late and none in the baseline: show it.
 */
#ifndef MP_COUNT_TREND_H
#define MP_COUNT_TREND_H

#include "base/error.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mp_ears {
    unsigned baseline; /* periods: 2 or more */
    unsigned lag;      /* periods between these and the one judged */
    double threshold;  /* standard deviations, above 0 */
    double least_deviation;
};

enum mp_trend_bound { MP_BOUND_POWER, MP_BOUND_NEGATIVE_BINOMIAL };

struct mp_farrington {
    unsigned years;         /* b, 1 to 20 */
    unsigned half_width;    /* w, weeks, up to 12 */
    unsigned season_levels; /* 1 (as of 1996) to 20 */
    unsigned skip_weeks;    /* up to 51 */
    double weight_above;    /* 1 or more; infinite: no weights */
    unsigned trend_years;   /* a number above `years`: no trend */
    double trend_level;     /* above 0, up to 1 */
    double alpha;           /* one-sided; above 0, below 0.5 */
    enum mp_trend_bound bound;
    uint64_t few_reports;
    unsigned few_weeks;   /* 1 or more */
    double weeks_in_year; /* 52 to 53 */
};

/* As published: EARS C2 of 2003, Farrington of 1996 and the improved one of 2013. */
extern const struct mp_ears mp_ears_c2;
extern const struct mp_farrington mp_farrington_1996, mp_farrington_2013;

/* Name of the first member that is out of its range, NULL if all are well. */
const char *mp_ears_fault(const struct mp_ears *p);
const char *mp_farrington_fault(const struct mp_farrington *p);

enum mp_trend_reason {
    MP_TREND_JUDGED,
    MP_TREND_SHORT, /* too short a history */
    MP_TREND_FLAT,  /* the baseline does not vary, and no least deviation is given */
    MP_TREND_FEW,   /* too few reports of late */
    MP_TREND_EMPTY, /* no report in the baseline at this time of the year */
    MP_TREND_UNFIT, /* the regression came to nothing */
    MP_TREND_N_REASONS
};

/* "judged", "short_history", "flat_baseline", "few_reports", "empty_baseline", "no_fit" */
extern const char *const mp_trend_reasons[MP_TREND_N_REASONS];

/* All but the reason is 0 where it is not JUDGED (FLAT: expected and upper are the mean). */
struct mp_trend {
    enum mp_trend_reason reason;
    bool alarm;
    double statistic; /* C2: deviations; Farrington: the exceedance score X */
    double expected, upper;
    double dispersion; /* Farrington: phi */
    double slope;      /* Farrington: of log m per week, 0 if the trend did not stay */
    bool with_trend;
};

/* Judges counts[at] by what comes before it. Parameters without fault. */
struct mp_trend mp_ears_judge(const struct mp_ears *p, const uint64_t *counts, size_t at);

/* The same into *t. 0, or -1 with the error (MEMORY). */
int mp_farrington_judge(const struct mp_farrington *p, const uint64_t *counts, size_t at,
                        struct mp_trend *t, struct mp_error *e);

/* Step 4: the weights of n standardised residuals. */
void mp_farrington_weights(const double *residuals, size_t n, double above, double *weights);

/* Step 6: the bound over a mean with its standard error and phi. */
double mp_farrington_upper(const struct mp_farrington *p, double mean, double error, double phi);

#endif

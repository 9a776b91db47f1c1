/*
 * Tails and quantiles of the distributions that tests and bounds need. Pure functions; arguments
 * outside their range give NaN.
 */
#ifndef MP_COUNT_QUANTILE_H
#define MP_COUNT_QUANTILE_H

/* The z that a standard normal variable exceeds with chance alpha, 0 < alpha < 1. */
double mp_normal_upper(double alpha);

/*
 * Chance that Student's t with `freedom` degrees (1 or more) lies at |t| or further from 0.
 * Abramowitz, M., Stegun, I.A. (1964). Handbook of mathematical functions, 26.7.3 and 26.7.4.
 */
double mp_student_beyond(double t, unsigned freedom);

/*
 * The smallest whole number that a count exceeds with chance alpha (0 < alpha < 1) at most, where
 * the count is negative binomial with this mean (0 or more) and variance dispersion * mean
 * (dispersion 1 or more; at 1 it is Poisson's). Where that number would be looked for beyond some
 * ten million, the normal approximation of the power 2/3 answers:
 * mean (1 + 2/3 z sqrt(dispersion / mean))^(3/2), rounded up.
 */
double mp_negative_binomial_upper(double mean, double dispersion, double alpha);

#endif

/*
 * Log-linear (quasi-Poisson) regression: counts y with mean exp(x'b) and variance phi times the
 * mean, fitted by iteratively reweighted least squares.
 *
 *     McCullagh, P., Nelder, J.A. (1989). Generalized linear models, 2nd ed. Chapman & Hall,
 *     sections 2.5 (the algorithm), 6.2 (log-linear models), 9.2 (phi from Pearson's statistic).
 *
 * A step solves (X'WX) b = X'Wz with W = w m, z = x'b + (y - m) / m and m = exp(x'b), from
 * m = y + 0.1; Cholesky's decomposition solves it. Steps end when no log m changes by
 * 1e-9 any more.
 */
#ifndef MP_COUNT_LOGLINEAR_H
#define MP_COUNT_LOGLINEAR_H

#include <stdbool.h>
#include <stddef.h>

enum { MP_LOGLINEAR_TERMS = 24 };

/* All pointers are the caller's; rows of x are n_terms long. */
struct mp_loglinear {
    size_t n, n_terms; /* 1 to MP_LOGLINEAR_TERMS */
    const double *y, *x;
    const double *weight; /* above 0; NULL: all 1 */
    double *mean;         /* filled: n fitted means */
    double *leverage;     /* filled: n diagonal elements of the hat matrix */
    double coef[MP_LOGLINEAR_TERMS];
    double covariance[MP_LOGLINEAR_TERMS][MP_LOGLINEAR_TERMS]; /* (X'WX)^-1: times phi of coef */
    double dispersion; /* phi: sum of w (y - m)^2 / m over n - n_terms; 0 where that is 0 */
};

/*
 * Fits. False if it does not converge within 60 steps or x has no full rank; then what was to be
 * filled is of no use. Time grows with n times n_terms squared.
 */
bool mp_loglinear_fit(struct mp_loglinear *m);

#endif

/* Tails and quantiles of the normal, Student's and the negative binomial distribution. */
#include "count/quantile.h"
#include <math.h>

static const double MOST = 1e7; /* steps of a sum */

double mp_normal_upper(double alpha)
{
    if (!(alpha > 0) || !(alpha < 1))
        return NAN;
    /* halving is slow, exact and needs no table */
    double low = -40, high = 40;
    for (int i = 0; i < 80; i++) {
        double z = low + (high - low) / 2;
        if (0.5 * erfc(z / sqrt(2)) > alpha)
            low = z;
        else
            high = z;
    }
    return high;
}

double mp_student_beyond(double t, unsigned freedom)
{
    if (isnan(t) || freedom == 0)
        return NAN;
    double angle = atan(fabs(t) / sqrt(freedom)), c = cos(angle), s = sin(angle), within = angle;
    if (freedom % 2 == 0) {
        double term = 1, sum = 1;
        for (unsigned k = 2; k < freedom; k += 2)
            sum += term *= c * c * (k - 1) / k;
        within = s * sum;
    } else {
        double term = c, sum = freedom > 1 ? c : 0;
        for (unsigned k = 3; k < freedom; k += 2)
            sum += term *= c * c * (k - 1) / k;
        within = (angle + s * sum) * 2 / acos(-1);
    }
    return within < 1 ? 1 - within : 0;
}

double mp_negative_binomial_upper(double mean, double dispersion, double alpha)
{
    double z = mp_normal_upper(alpha);
    if (isnan(z) || !(mean >= 0) || !isfinite(mean) || !(dispersion >= 1) || !isfinite(dispersion))
        return NAN;
    if (mean == 0)
        return 0;
    double extra = dispersion - 1, spread = sqrt(dispersion * mean);
    if (mean + 40 * (spread + dispersion) > MOST) {
        double root = 1 + z * sqrt(dispersion / mean) * 2 / 3;
        return root > 0 ? ceil(mean * pow(root, 1.5)) : 0;
    }
    /* chances by their logarithm, for that of 0 may be too small for a number */
    double chance = extra > 0 ? -mean * log1p(extra) / extra : -mean, sum = exp(chance);
    double k = 0;
    while (sum < 1 - alpha && k < MOST) {
        chance += log((k * extra + mean) / ((k + 1) * dispersion));
        sum += exp(chance);
        k++;
    }
    return k;
}

/* Log-linear regression by iteratively reweighted least squares. */
#include "count/loglinear.h"
#include <math.h>
#include <string.h>

enum { STEPS = 60, TERMS = MP_LOGLINEAR_TERMS };

/* A pivot below this part of its diagonal is a column that the ones before it make up. */
static const double RANK = 1e-11;
static const double CLOSE = 1e-9; /* the error is about its square by then */

struct normal {
    double matrix[TERMS][TERMS]; /* X'WX, then its Cholesky factor below the diagonal */
    double right[TERMS];         /* X'Wz */
};

static double weight_of(const struct mp_loglinear *m, size_t i)
{
    return m->weight ? m->weight[i] : 1;
}

static void gather(const struct mp_loglinear *m, struct normal *a)
{
    memset(a, 0, sizeof *a);
    for (size_t i = 0; i < m->n; i++) {
        const double *x = m->x + i * m->n_terms;
        double mean = m->mean[i], w = weight_of(m, i) * mean;
        double z = log(mean) + (m->y[i] - mean) / mean;
        for (size_t j = 0; j < m->n_terms; j++) {
            if (x[j] == 0)
                continue;
            a->right[j] += w * x[j] * z;
            for (size_t k = 0; k <= j; k++)
                a->matrix[j][k] += w * x[j] * x[k];
        }
    }
}

static bool factorise(struct normal *a, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        double whole = a->matrix[j][j], pivot = whole;
        for (size_t k = 0; k < j; k++)
            pivot -= a->matrix[j][k] * a->matrix[j][k];
        if (!(pivot > whole * RANK) || !isfinite(pivot))
            return false;
        a->matrix[j][j] = sqrt(pivot);
        for (size_t i = j + 1; i < n; i++) {
            double s = a->matrix[i][j];
            for (size_t k = 0; k < j; k++)
                s -= a->matrix[i][k] * a->matrix[j][k];
            a->matrix[i][j] = s / a->matrix[j][j];
        }
    }
    return true;
}

/* v becomes the solution of L L' v = v. */
static void solve(const struct normal *a, size_t n, double *v)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            v[i] -= a->matrix[i][k] * v[k];
        v[i] /= a->matrix[i][i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            v[i] -= a->matrix[k][i] * v[k];
        v[i] /= a->matrix[i][i];
    }
}

/* Means of the coefficients. The largest change of a logarithm; NaN if a mean is no number. */
static double predict(struct mp_loglinear *m)
{
    double most = 0;
    for (size_t i = 0; i < m->n; i++) {
        const double *x = m->x + i * m->n_terms;
        double eta = 0;
        for (size_t j = 0; j < m->n_terms; j++)
            eta += x[j] * m->coef[j];
        most = fmax(most, fabs(eta - log(m->mean[i])));
        m->mean[i] = exp(eta);
        if (!isnormal(m->mean[i]))
            return NAN;
    }
    return most;
}

static void tell_spread(struct mp_loglinear *m, const struct normal *a)
{
    double pearson = 0;
    for (size_t j = 0; j < m->n_terms; j++) {
        double *column = m->covariance[j]; /* a symmetric matrix */
        memset(column, 0, sizeof m->covariance[j]);
        column[j] = 1;
        solve(a, m->n_terms, column);
    }
    for (size_t i = 0; i < m->n; i++) {
        const double *x = m->x + i * m->n_terms;
        double w = weight_of(m, i), gap = m->y[i] - m->mean[i], h = 0;
        for (size_t j = 0; j < m->n_terms; j++)
            for (size_t k = 0; k < m->n_terms; k++)
                h += x[j] * m->covariance[j][k] * x[k];
        m->leverage[i] = h * w * m->mean[i];
        pearson += w * gap * gap / m->mean[i];
    }
    m->dispersion = m->n > m->n_terms ? pearson / (double)(m->n - m->n_terms) : 0;
}

bool mp_loglinear_fit(struct mp_loglinear *m)
{
    struct normal a;
    double change = INFINITY;
    for (size_t i = 0; i < m->n; i++)
        m->mean[i] = m->y[i] + 0.1;
    for (int step = 0; step < STEPS && !isnan(change); step++) {
        gather(m, &a);
        if (!factorise(&a, m->n_terms))
            return false;
        if (change < CLOSE) {
            tell_spread(m, &a);
            return true;
        }
        memcpy(m->coef, a.right, sizeof m->coef);
        solve(&a, m->n_terms, m->coef);
        change = predict(m);
    }
    return false;
}

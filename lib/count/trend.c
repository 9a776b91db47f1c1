/* Counts out of line with those before them: EARS C2 and Farrington. */
#include "count/trend.h"
#include "count/loglinear.h"
#include "count/quantile.h"
#include <math.h>
#include <stdlib.h>

const char *const mp_trend_reasons[MP_TREND_N_REASONS] = {
    "judged", "short_history", "flat_baseline", "few_reports", "empty_baseline", "no_fit"};

const struct mp_ears mp_ears_c2 = {.baseline = 7, .lag = 2, .threshold = 3, .least_deviation = 0.2};

const struct mp_farrington mp_farrington_1996 = {.years = 5,
                                                 .half_width = 3,
                                                 .season_levels = 1,
                                                 .skip_weeks = 0,
                                                 .weight_above = 1,
                                                 .trend_years = 3,
                                                 .trend_level = 0.05,
                                                 .alpha = 0.005,
                                                 .bound = MP_BOUND_POWER,
                                                 .few_reports = 5,
                                                 .few_weeks = 4,
                                                 .weeks_in_year = 365.25 / 7};

const struct mp_farrington mp_farrington_2013 = {.years = 5,
                                                 .half_width = 3,
                                                 .season_levels = 10,
                                                 .skip_weeks = 26,
                                                 .weight_above = 2.58,
                                                 .trend_years = 3,
                                                 .trend_level = 1,
                                                 .alpha = 0.005,
                                                 .bound = MP_BOUND_NEGATIVE_BINOMIAL,
                                                 .few_reports = 5,
                                                 .few_weeks = 4,
                                                 .weeks_in_year = 365.25 / 7};

const char *mp_ears_fault(const struct mp_ears *p)
{
    if (p->baseline < 2 || p->baseline > 1000)
        return "baseline";
    if (p->lag > 1000)
        return "lag";
    if (!(p->threshold > 0) || !isfinite(p->threshold))
        return "threshold";
    return p->least_deviation >= 0 && isfinite(p->least_deviation) ? NULL : "least_deviation";
}

const char *mp_farrington_fault(const struct mp_farrington *p)
{
    if (p->years < 1 || p->years > 20)
        return "years";
    if (p->half_width > 12 || p->years * (2 * p->half_width + 1) < 3)
        return "half_width";
    if (p->season_levels < 1 || p->season_levels > 20)
        return "season_levels";
    if (p->skip_weeks > 51)
        return "skip_weeks";
    if (!(p->weight_above >= 1))
        return "weight_above";
    if (!(p->trend_level > 0) || !(p->trend_level <= 1))
        return "trend_level";
    if (!(p->alpha > 0) || !(p->alpha < 0.5))
        return "alpha";
    if (p->few_weeks < 1 || p->few_weeks > 1000)
        return "few_weeks";
    return p->weeks_in_year >= 52 && p->weeks_in_year <= 53 ? NULL : "weeks_in_year";
}

struct mp_trend mp_ears_judge(const struct mp_ears *p, const uint64_t *counts, size_t at)
{
    struct mp_trend t = {.reason = MP_TREND_SHORT};
    double sum = 0, squares = 0, n = p->baseline, y;
    if (at < (size_t)p->baseline + p->lag)
        return t;
    y = (double)counts[at];
    counts += at - p->lag - p->baseline;
    for (size_t i = 0; i < p->baseline; i++)
        sum += (double)counts[i];
    t.expected = t.upper = sum / n;
    for (size_t i = 0; i < p->baseline; i++)
        squares += ((double)counts[i] - t.expected) * ((double)counts[i] - t.expected);
    double deviation = fmax(sqrt(squares / (n - 1)), p->least_deviation);
    t.reason = deviation > 0 ? MP_TREND_JUDGED : MP_TREND_FLAT;
    if (t.reason == MP_TREND_FLAT)
        return t;
    t.statistic = (y - t.expected) / deviation;
    t.upper = t.expected + p->threshold * deviation;
    t.alarm = y > t.upper;
    return t;
}

/* The weeks that a count is compared with, and their regression. */
struct baseline {
    struct mp_loglinear fit;
    double *y, *weight, *x;
    int *when; /* weeks from the one judged: below 0 */
    unsigned char *level;
    size_t n, n_levels;
    double most; /* largest count */
    double phi;
};

static int lag(const struct mp_farrington *p, unsigned year)
{
    return (int)floor(year * p->weeks_in_year + 0.5);
}

static void add(struct baseline *b, const uint64_t *counts, size_t at, int when, unsigned level)
{
    b->when[b->n] = when;
    b->level[b->n] = (unsigned char)level;
    b->y[b->n] = (double)counts[at - (size_t)-when];
    b->most = fmax(b->most, b->y[b->n]);
    b->n++;
}

/* Season of the week `i` of `length` weeks between two windows. */
static unsigned season(unsigned i, unsigned length, unsigned levels)
{
    unsigned each = length / (levels - 1), longer = length % (levels - 1);
    if (i < longer * (each + 1))
        return 1 + i / (each + 1);
    return 1 + longer + (i - longer * (each + 1)) / each;
}

static void collect(const struct mp_farrington *p, const uint64_t *counts, size_t at,
                    struct baseline *b)
{
    int w = (int)p->half_width, end = -(int)p->skip_weeks;
    for (unsigned year = p->years; year >= 1; year--) {
        int from = -lag(p, year) - w, gap = -lag(p, year) + w + 1, next = -lag(p, year - 1) - w;
        for (int t = from; t < gap && t < end; t++)
            add(b, counts, at, t, 0);
        if (p->season_levels == 1)
            continue;
        for (int t = gap; t < next && t < end; t++)
            add(b, counts, at, t,
                season((unsigned)(t - gap), (unsigned)(next - gap), p->season_levels));
    }
    for (int t = -w; t < end && p->season_levels > 1; t++)
        add(b, counts, at, t, 0);
}

/* Levels without a report leave; the others are numbered anew. False if level 0 is one of them. */
static bool drop_empty_levels(struct baseline *b)
{
    bool filled[32] = {false};
    unsigned char number[32];
    size_t kept = 0;
    for (size_t i = 0; i < b->n; i++)
        if (b->y[i] > 0)
            filled[b->level[i]] = true;
    b->n_levels = 0;
    for (size_t l = 0; l < 32; l++)
        if (filled[l])
            number[l] = (unsigned char)b->n_levels++;
    for (size_t i = 0; i < b->n; i++) {
        if (!filled[b->level[i]])
            continue;
        b->y[kept] = b->y[i];
        b->when[kept] = b->when[i];
        b->level[kept++] = number[b->level[i]];
    }
    b->n = kept;
    return filled[0];
}

/* Terms: the level of the week judged, differences of the other levels, the trend in years from
 * the week judged; so that the first coefficient is the log of what is expected. */
static void design(struct baseline *b, bool with_trend)
{
    size_t n_terms = b->n_levels + with_trend;
    double *x = b->x;
    for (size_t i = 0; i < b->n; i++, x += n_terms) {
        x[0] = 1;
        for (size_t l = 1; l < b->n_levels; l++)
            x[l] = b->level[i] == l;
        if (with_trend)
            x[n_terms - 1] = b->when[i] / 52.0;
    }
    b->fit.n = b->n;
    b->fit.n_terms = n_terms;
}

void mp_farrington_weights(const double *residuals, size_t n, double above, double *weights)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        weights[i] = residuals[i] > above ? 1 / (residuals[i] * residuals[i]) : 1;
        sum += weights[i];
    }
    for (size_t i = 0; i < n; i++)
        weights[i] *= (double)n / sum;
}

/* Steps 3 and 4. */
static bool regress(const struct mp_farrington *p, struct baseline *b, bool with_trend)
{
    struct mp_loglinear *f = &b->fit;
    design(b, with_trend);
    f->weight = NULL;
    if (f->n <= f->n_terms || !mp_loglinear_fit(f))
        return false;
    double phi = fmax(1, f->dispersion);
    for (size_t i = 0; i < b->n; i++) {
        double m = f->mean[i], rest = 1 - f->leverage[i];
        double raw = 1.5 * (pow(b->y[i], 2.0 / 3) * pow(m, -1.0 / 6) - sqrt(m));
        b->weight[i] = rest > 1e-9 ? raw / sqrt(phi * rest) : 0; /* a week that is all its fit */
    }
    mp_farrington_weights(b->weight, b->n, p->weight_above, b->weight);
    f->weight = b->weight;
    if (!mp_loglinear_fit(f))
        return false;
    b->phi = fmax(1, f->dispersion);
    return true;
}

/* Step 5, of a regression with trend. */
static bool trend_stays(const struct mp_farrington *p, const struct baseline *b)
{
    const struct mp_loglinear *f = &b->fit;
    size_t last = f->n_terms - 1;
    /* where nothing is left over, rounding errors would decide */
    double spread = f->dispersion > 1e-9 ? f->dispersion : 1;
    double t = f->coef[last] / sqrt(spread * f->covariance[last][last]);
    double chance = mp_student_beyond(t, (unsigned)(f->n - f->n_terms));
    return chance <= p->trend_level && exp(f->coef[0]) <= b->most;
}

double mp_farrington_upper(const struct mp_farrington *p, double mean, double error, double phi)
{
    if (p->bound == MP_BOUND_NEGATIVE_BINOMIAL)
        return fmax(1, mp_negative_binomial_upper(mean, phi, p->alpha));
    double tau = phi + error * error / mean;
    return mean * pow(1 + mp_normal_upper(p->alpha) * sqrt(tau / mean) * 2 / 3, 1.5);
}

/* Steps 2 to 7 with the room that they need. */
static void judge(const struct mp_farrington *p, const uint64_t *counts, size_t at,
                  struct baseline *b, struct mp_trend *t)
{
    collect(p, counts, at, b);
    t->reason = MP_TREND_EMPTY;
    if (!drop_empty_levels(b))
        return;
    t->reason = MP_TREND_UNFIT;
    bool with_trend = p->years >= p->trend_years && regress(p, b, true) && trend_stays(p, b);
    if (!with_trend && !regress(p, b, false))
        return;
    double y = (double)counts[at], mean = exp(b->fit.coef[0]);
    double error = mean * sqrt(b->phi * b->fit.covariance[0][0]);
    double upper = mp_farrington_upper(p, mean, error, b->phi);
    if (!(upper > mean) || !isfinite(upper))
        return;
    *t = (struct mp_trend){.reason = MP_TREND_JUDGED,
                           .alarm = y > upper,
                           .statistic = (y - mean) / (upper - mean),
                           .expected = mean,
                           .upper = upper,
                           .dispersion = b->phi,
                           .with_trend = with_trend};
    if (with_trend)
        t->slope = b->fit.coef[b->fit.n_terms - 1] / 52;
}

int mp_farrington_judge(const struct mp_farrington *p, const uint64_t *counts, size_t at,
                        struct mp_trend *t, struct mp_error *e)
{
    size_t most = (size_t)lag(p, p->years) + p->half_width;
    uint64_t missing = p->few_reports;
    *t = (struct mp_trend){.reason = MP_TREND_SHORT};
    if (at < most || at + 1 < p->few_weeks)
        return 0;
    for (size_t i = 0; i < p->few_weeks && missing > 0; i++)
        missing -= counts[at - i] < missing ? counts[at - i] : missing;
    t->reason = MP_TREND_FEW;
    if (missing > 0)
        return 0;
    struct baseline b = {0};
    size_t n_terms = p->season_levels + 1;
    double *room = calloc(most, (4 + n_terms) * sizeof *room);
    b.when = calloc(most, sizeof *b.when);
    b.level = calloc(most, sizeof *b.level);
    bool enough = room && b.when && b.level;
    if (enough) {
        b.y = room;
        b.weight = room + most;
        b.x = room + 4 * most;
        b.fit = (struct mp_loglinear){
            .y = b.y, .x = b.x, .mean = room + 2 * most, .leverage = room + 3 * most};
        judge(p, counts, at, &b, t);
    }
    free(room);
    free(b.when);
    free(b.level);
    return enough ? 0 : mp_error_memory(e);
}

/* How nearly a hidden cell is known: tables with other counts that would be printed the same. */
#include "count/intervals.h"
#include <stdlib.h>

enum {
    TRIES = 1000, /* changes tried for one step of a cell */
    DEPTH = 48,   /* cells changed together */
    WIDTH = 12,   /* cells tried at one place of a chain */
};

/* A row whose terms are hidden cells; the others are in its value. */
struct sum {
    uint32_t begin, end; /* of terms */
    bool zero;           /* must be 0; else at least 0 */
    int64_t value;
    uint32_t bad; /* place among the bad ones + 1; 0: holds */
};

struct term {
    uint32_t of; /* a cell, or a sum */
    int32_t sign;
};

struct search {
    const struct mp_sdc_span *spans;
    struct sum *sums;
    size_t n_sums;
    struct term *terms;      /* of sums */
    struct term *in;         /* of cells: the sums that they are in, from in_begins on */
    uint32_t *in_begins;
    int64_t *now;            /* values of cells */
    int8_t *turned;          /* the way in which a cell has been changed in this step */
    uint32_t *bad;           /* sums that do not hold */
    size_t n_bad;
    uint32_t *changed;       /* cells, in the order of changes */
    size_t n_changed, cap;
    unsigned tries;
};

static bool is_bad(const struct sum *s)
{
    return s->zero ? s->value != 0 : s->value < 0;
}

static void note(struct search *s, uint32_t at)
{
    struct sum *sum = &s->sums[at];
    if (is_bad(sum) == (sum->bad > 0))
        return;
    if (sum->bad == 0) {
        s->bad[s->n_bad++] = at;
        sum->bad = (uint32_t)s->n_bad;
        return;
    }
    uint32_t last = s->bad[--s->n_bad];
    s->bad[sum->bad - 1] = last;
    s->sums[last].bad = sum->bad;
    sum->bad = 0;
}

static void turn(struct search *s, uint32_t cell, int64_t by)
{
    s->now[cell] += by;
    for (uint32_t i = s->in_begins[cell]; i < s->in_begins[cell + 1]; i++) {
        s->sums[s->in[i].of].value += by * s->in[i].sign;
        note(s, s->in[i].of);
    }
}

static bool may_be(const struct search *s, uint32_t cell, int64_t value)
{
    return value >= s->spans[cell].least && value <= s->spans[cell].most;
}

/* How many more sums would hold. */
static int gain(const struct search *s, uint32_t cell, int64_t by)
{
    int gained = 0;
    for (uint32_t i = s->in_begins[cell]; i < s->in_begins[cell + 1]; i++) {
        struct sum then = s->sums[s->in[i].of];
        gained += is_bad(&then);
        then.value += by * s->in[i].sign;
        gained -= is_bad(&then);
    }
    return gained;
}

struct option {
    uint32_t cell;
    int64_t by;
    int gain;
};

/* The best ways to mend a sum, the best first. */
static size_t options(const struct search *s, const struct sum *sum, struct option *best)
{
    size_t n = 0;
    for (uint32_t i = sum->begin; i < sum->end; i++) {
        uint32_t cell = s->terms[i].of;
        int64_t by = -sum->value * s->terms[i].sign;
        if (s->turned[cell] || !may_be(s, cell, s->now[cell] + by))
            continue;
        struct option o = {cell, by, gain(s, cell, by)};
        size_t k = n < WIDTH ? n++ : WIDTH;
        for (; k > 0 && best[k - 1].gain < o.gain; k--)
            if (k < WIDTH)
                best[k] = best[k - 1];
        if (k < WIDTH)
            best[k] = o;
    }
    return n;
}

/* The bad sum of the fewest hidden cells. */
static const struct sum *worst(const struct search *s)
{
    uint32_t at = s->bad[0];
    for (size_t i = 1; i < s->n_bad; i++) {
        const struct sum *x = &s->sums[s->bad[i]], *y = &s->sums[at];
        uint32_t n = x->end - x->begin, least = y->end - y->begin;
        if (n < least || (n == least && s->bad[i] < at))
            at = s->bad[i];
    }
    return &s->sums[at];
}

/* Changes cells until all sums hold; else all is as it was. At most DEPTH deep. */
static bool mend(struct search *s, unsigned depth)
{
    if (s->n_bad == 0)
        return true;
    if (depth == 0)
        return false;
    struct option best[WIDTH];
    size_t n = options(s, worst(s), best);
    for (size_t i = 0; i < n && s->tries > 0; i++) {
        s->tries--;
        s->changed[s->n_changed++] = best[i].cell;
        s->turned[best[i].cell] = 1;
        turn(s, best[i].cell, best[i].by);
        if (mend(s, depth - 1))
            return true;
        turn(s, best[i].cell, -best[i].by);
        s->turned[best[i].cell] = 0;
        s->n_changed--;
    }
    return false;
}

/* One step of a cell up or down. */
static bool step(struct search *s, uint32_t cell, int by)
{
    if (!may_be(s, cell, s->now[cell] + by))
        return false;
    size_t before = s->n_changed;
    s->changed[s->n_changed++] = cell;
    s->turned[cell] = 1;
    s->tries = TRIES;
    turn(s, cell, by);
    bool good = mend(s, DEPTH);
    for (size_t i = before; i < s->n_changed; i++)
        s->turned[s->changed[i]] = 0;
    if (!good) {
        turn(s, cell, -by);
        s->n_changed = before;
    }
    return good;
}

static bool is_far(const struct mp_sdc_span *p, int by)
{
    return mp_sdc_is_wide(p) ||
           (p->low <= p->high && (by < 0 ? p->seen_low <= p->low : p->seen_high >= p->high));
}

/* Moves a cell one way as far as needed, and back. */
static void reach(struct search *s, const struct mp_sdc *sdc, struct mp_sdc_span *spans,
                  uint32_t cell, int by)
{
    s->n_changed = 0;
    while (!is_far(&spans[cell], by) && s->n_changed + DEPTH + 1 < s->cap && step(s, cell, by))
        for (size_t i = 0; i < s->n_changed; i++) {
            struct mp_sdc_span *p = &spans[s->changed[i]];
            int64_t now = s->now[s->changed[i]];
            p->seen_low = now < p->seen_low ? now : p->seen_low;
            p->seen_high = now > p->seen_high ? now : p->seen_high;
        }
    for (size_t i = 0; i < s->n_changed; i++) {
        uint32_t one = s->changed[i];
        turn(s, one, (int64_t)sdc->cells[one].value - s->now[one]);
    }
}

/* ---- the rows of hidden cells ---- */

static void add_sums(struct search *s, const struct mp_sdc *sdc, const struct mp_sdc_rows *rows,
                     bool zero, const uint8_t *roles, uint32_t *n_terms)
{
    for (size_t r = 0; r < rows->n; r++) {
        struct sum sum = {*n_terms, *n_terms, zero, 0, 0};
        for (size_t i = rows->begins[r]; i < rows->begins[r + 1]; i++) {
            sum.value += rows->signs[i] * (int64_t)sdc->cells[rows->cells[i]].value;
            if (roles[rows->cells[i]] >= MP_SDC_HIDDEN)
                s->terms[sum.end++] = (struct term){rows->cells[i], rows->signs[i]};
        }
        if (sum.end == sum.begin || is_bad(&sum))
            continue; /* nothing is hidden, or it never held */
        *n_terms = sum.end;
        s->sums[s->n_sums++] = sum;
    }
}

static void index_cells(struct search *s, size_t n_cells, size_t n_terms)
{
    for (size_t i = 0; i < n_terms; i++)
        s->in_begins[s->terms[i].of + 2]++;
    for (size_t c = 1; c <= n_cells; c++)
        s->in_begins[c + 1] += s->in_begins[c];
    for (uint32_t r = 0; r < s->n_sums; r++)
        for (uint32_t i = s->sums[r].begin; i < s->sums[r].end; i++)
            s->in[s->in_begins[s->terms[i].of + 1]++] = (struct term){r, s->terms[i].sign};
}

static bool begin(struct search *s, const struct mp_sdc *sdc, const uint8_t *roles,
                  const struct mp_sdc_span *spans)
{
    size_t n_rows = sdc->zero.n + sdc->least.n, n_terms = sdc->zero.n_terms + sdc->least.n_terms;
    *s = (struct search){.spans = spans, .cap = 64 * (DEPTH + 1)};
    s->sums = calloc(n_rows + 1, sizeof *s->sums);
    s->bad = malloc((n_rows + 1) * sizeof *s->bad);
    s->terms = malloc((n_terms + 1) * sizeof *s->terms);
    s->in = malloc((n_terms + 1) * sizeof *s->in);
    s->in_begins = calloc(sdc->n + 3, sizeof *s->in_begins);
    s->now = malloc((sdc->n + 1) * sizeof *s->now);
    s->turned = calloc(sdc->n + 1, sizeof *s->turned);
    s->changed = malloc(s->cap * sizeof *s->changed);
    if (!s->sums || !s->bad || !s->terms || !s->in || !s->in_begins || !s->now || !s->turned ||
        !s->changed)
        return false;
    uint32_t used = 0;
    add_sums(s, sdc, &sdc->zero, true, roles, &used);
    add_sums(s, sdc, &sdc->least, false, roles, &used);
    index_cells(s, sdc->n, used);
    for (size_t i = 0; i < sdc->n; i++)
        s->now[i] = (int64_t)sdc->cells[i].value;
    return true;
}

static void end(struct search *s)
{
    free(s->sums);
    free(s->bad);
    free(s->terms);
    free(s->in);
    free(s->in_begins);
    free(s->now);
    free(s->turned);
    free(s->changed);
}

int mp_sdc_widen(const struct mp_sdc *sdc, const uint8_t *roles, struct mp_sdc_span *spans,
                 struct mp_error *e)
{
    struct search s;
    bool good = begin(&s, sdc, roles, spans);
    for (uint32_t cell = 0; good && cell < sdc->n; cell++)
        if (roles[cell] >= MP_SDC_HIDDEN && !mp_sdc_is_wide(&spans[cell])) {
            reach(&s, sdc, spans, cell, -1);
            reach(&s, sdc, spans, cell, 1);
        }
    end(&s);
    return good ? 0 : mp_error_memory(e);
}

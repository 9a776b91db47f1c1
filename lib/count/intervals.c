/* How nearly a hidden cell is known: tables with other counts that would be printed the same. */
#include "count/intervals.h"
#include <stdlib.h>

enum {
    WORK = 8000, /* cells looked at for one step of a cell */
    DEPTH = 600, /* cells changed together: a record more in all tables of a set, with totals */
    WIDTH = 12,  /* cells tried at one place of a chain */
};

/* A row over the cells that are not known to be 0. */
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
    const struct mp_sdc *sdc;
    uint8_t *roles;
    struct mp_sdc_span *spans;
    struct sum *sums;
    size_t n_sums;
    struct term *terms; /* of sums */
    struct term *in;    /* of cells: the sums that they are in, from in_begins on */
    uint32_t *in_begins;
    int64_t *now;   /* values of cells */
    int8_t *turned; /* the way in which a cell has been changed in this step */
    uint32_t *bad;  /* sums that do not hold */
    size_t n_bad;
    uint32_t *changed; /* cells, in the order of changes */
    size_t n_changed, cap;
    int64_t work;      /* left for this step */
    int64_t *all_work; /* left for all */
    unsigned shown,
        most_shown; /* published cells that have been changed in this step, and may be */
    bool alike;     /* published cells are as good as hidden ones */
    int along;      /* 1, -1: rather up, down, as if a record came or went */
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
    int worth;
};

static bool is_shown(const struct search *s, uint32_t cell)
{
    return s->roles[cell] < MP_SDC_HIDDEN;
}

/* Hidden cells before published ones, and these before their totals; one way before the other. */
static int worth(const struct search *s, uint32_t cell, int64_t by)
{
    int worth = 8 * gain(s, cell, by) + 1000 * s->along * (by > 0 ? 1 : -1);
    if (is_shown(s, cell) && !s->alike)
        worth -= 1 + (int)(MP_CROSSTAB_DIMS - mp_sdc_depth(&s->sdc->cells[cell]));
    return worth;
}

/* How a term must change so that nothing of the sum is left; 0: it cannot. */
static inline int64_t change_of(int64_t sum, int32_t factor)
{
    if (factor == 1 || factor == -1)
        return -sum * factor;
    return sum % factor ? 0 : -sum / factor;
}

/* The best ways to mend a sum, the best first. */
static size_t options(const struct search *s, const struct sum *sum, struct option *best)
{
    size_t n = 0;
    for (uint32_t i = sum->begin; i < sum->end; i++) {
        uint32_t cell = s->terms[i].of;
        int64_t by = change_of(sum->value, s->terms[i].sign);
        if (by == 0 || s->turned[cell] || !may_be(s, cell, s->now[cell] + by) ||
            (is_shown(s, cell) && s->shown == s->most_shown))
            continue;
        struct option o = {cell, by, worth(s, cell, by)};
        size_t k = n < WIDTH ? n++ : WIDTH;
        for (; k > 0 && best[k - 1].worth < o.worth; k--)
            if (k < WIDTH)
                best[k] = best[k - 1];
        if (k < WIDTH)
            best[k] = o;
    }
    return n;
}

/* The bad sum of the fewest cells. */
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
    const struct sum *sum = worst(s);
    size_t n = options(s, sum, best);
    s->work -= sum->end - sum->begin;
    for (size_t i = 0; i < n && s->work > 0; i++) {
        unsigned shown = is_shown(s, best[i].cell);
        s->work--;
        s->shown += shown;
        s->changed[s->n_changed++] = best[i].cell;
        s->turned[best[i].cell] = 1;
        turn(s, best[i].cell, best[i].by);
        if (mend(s, depth - 1))
            return true;
        turn(s, best[i].cell, -best[i].by);
        s->shown -= shown;
        s->turned[best[i].cell] = 0;
        s->n_changed--;
    }
    return false;
}

/* One step of a cell up or down, with changes of so many published cells. */
static bool step(struct search *s, uint32_t cell, int by, unsigned most_shown)
{
    if (*s->all_work <= 0 || !may_be(s, cell, s->now[cell] + by))
        return false;
    size_t before = s->n_changed;
    s->shown = 0;
    s->most_shown = most_shown;
    s->changed[s->n_changed++] = cell;
    s->turned[cell] = 1;
    s->work = WORK;
    turn(s, cell, by);
    bool good = mend(s, DEPTH);
    *s->all_work -= WORK - s->work + 1;
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

/* Which cells a search may change. */
enum freedom { HIDDEN_ONLY, FEW_SHOWN, ANY };

static bool any_step(struct search *s, uint32_t cell, int by, enum freedom f)
{
    s->alike = f == ANY;
    s->along = 0;
    bool good = step(s, cell, by, f == ANY ? DEPTH : 0);
    s->along = by;
    good = good || step(s, cell, by, f == ANY ? DEPTH : 0);
    s->along = 0;
    for (unsigned most = 1; f == FEW_SHOWN && !good && most < 2 * DEPTH; most *= 2)
        good = step(s, cell, by, most);
    return good;
}

/* What the present table shows to be possible; published cells that differ in it are hidden. */
static void learn(struct search *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t cell = s->changed[i];
        struct mp_sdc_span *p = &s->spans[cell];
        int64_t now = s->now[cell];
        if (is_shown(s, cell))
            s->roles[cell] = MP_SDC_GUARDED;
        p->seen_low = now < p->seen_low ? now : p->seen_low;
        p->seen_high = now > p->seen_high ? now : p->seen_high;
    }
}

/* Moves a cell one way as far as needed, and back. */
static void reach(struct search *s, uint32_t cell, int by, enum freedom f, enum mp_sdc_widen how)
{
    s->n_changed = 0;
    while (!is_far(&s->spans[cell], by) && s->n_changed + DEPTH + 1 < s->cap &&
           any_step(s, cell, by, f))
        learn(s, how == MP_SDC_OWN ? 1 : s->n_changed); /* the first one is the cell */
    for (size_t i = 0; i < s->n_changed; i++) {
        uint32_t one = s->changed[i];
        turn(s, one, (int64_t)s->sdc->cells[one].value - s->now[one]);
    }
}

/* ---- the rows ---- */

static void add_sums(struct search *s, const struct mp_sdc_rows *rows, bool zero, uint32_t *n_terms)
{
    for (size_t r = 0; r < rows->n; r++) {
        struct sum sum = {*n_terms, *n_terms, zero, 0, 0};
        for (size_t i = rows->begins[r]; i < rows->begins[r + 1]; i++) {
            uint32_t cell = rows->cells[i];
            sum.value += rows->signs[i] * (int64_t)s->sdc->cells[cell].value;
            if (!is_shown(s, cell) || s->sdc->cells[cell].value)
                s->terms[sum.end++] = (struct term){cell, rows->signs[i]};
        }
        if (sum.end == sum.begin || is_bad(&sum))
            continue; /* all is 0, or it never held */
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

static bool begin(struct search *s)
{
    const struct mp_sdc *sdc = s->sdc;
    size_t n_rows = sdc->zero.n + sdc->least.n, n_terms = sdc->zero.n_terms + sdc->least.n_terms;
    s->cap = 64 * (DEPTH + 1);
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
    add_sums(s, &sdc->zero, true, &used);
    add_sums(s, &sdc->least, false, &used);
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

int mp_sdc_widen(const struct mp_sdc *sdc, uint8_t *roles, struct mp_sdc_span *spans,
                 enum mp_sdc_widen how, int64_t *work, struct mp_error *e)
{
    struct search s = {.sdc = sdc, .roles = roles, .spans = spans, .all_work = work};
    enum freedom last = how == MP_SDC_OWN ? HIDDEN_ONLY : ANY;
    bool good = begin(&s);
    for (enum freedom f = HIDDEN_ONLY; good && f <= last; f++)
        for (uint32_t cell = 0; cell < sdc->n; cell++)
            if (!is_shown(&s, cell) && !mp_sdc_is_wide(&spans[cell])) {
                reach(&s, cell, -1, f, how);
                reach(&s, cell, 1, f, how);
            }
    end(&s);
    return good ? 0 : mp_error_memory(e);
}

/* Which cells must not be printed, and why. */
#include "count/disclose.h"
#include "count/intervals.h"
#include "base/room.h"
#include <stdlib.h>

const char *const mp_hidden_names[MP_N_HIDDEN] = {
    [MP_HIDDEN_FEW] = "few",
    [MP_HIDDEN_FEW_PERSONS] = "few_persons",
    [MP_HIDDEN_SECONDARY] = "secondary",
    [MP_HIDDEN_SINGLETON] = "singleton",
    [MP_HIDDEN_INTERVAL] = "interval",
    [MP_HIDDEN_SMALL_BASE] = "small_base",
};

struct mp_disclose_rules mp_disclose_rules_of(uint64_t min)
{
    return (struct mp_disclose_rules){
        .min = min, .width = min > 2 ? min - 2 : 0, .singletons = true};
}

/* All about the run's cells; arrays are by cell. */
struct work {
    struct mp_sdc s;
    const struct mp_disclose_rules *rules;
    int64_t work; /* left */
    uint8_t *roles, *why, *tried;
    struct mp_sdc_span *spans;
    struct mp_disclose_goals *goals;
    uint64_t *z, *other_z, *all_z;
    uint32_t *order, *near;
    size_t n_order;
    struct mp_sdc_virtual *virtuals;
    size_t n_virtuals, cap_virtuals;
};

/* ---- primary ---- */

static bool is_primary(const struct work *w, size_t cell)
{
    return w->why[cell] == MP_HIDDEN_FEW || w->why[cell] == MP_HIDDEN_FEW_PERSONS;
}

static void set_primary(struct work *w)
{
    for (size_t i = 0; i < w->s.n; i++) {
        const struct mp_sdc_cell *c = &w->s.cells[i];
        bool zero = c->value == 0 && (c->never || !w->rules->hide_zeros);
        if (zero || c->certain)
            w->roles[i] = MP_SDC_KNOWN;
        else if (c->value < w->rules->min || c->persons < w->rules->min)
            w->roles[i] = MP_SDC_GUARDED;
        else
            w->roles[i] = c->never ? MP_SDC_HIDDEN : MP_SDC_OPEN;
        if (w->roles[i] == MP_SDC_GUARDED || (c->certain && w->rules->hide_zeros))
            w->why[i] = c->value < w->rules->min ? MP_HIDDEN_FEW : MP_HIDDEN_FEW_PERSONS;
    }
}

/* ---- secondary ---- */

/* By what comes first when publishing: totals, then what lies far from the cells that need help,
 * then large counts. */
struct rank {
    unsigned depth;
    uint32_t near;
    uint64_t value;
    uint32_t cell;
};

static int compare_ranks(const void *a, const void *b)
{
    const struct rank *x = a, *y = b;
    if (x->depth != y->depth)
        return x->depth < y->depth ? -1 : 1;
    if (x->near != y->near)
        return x->near < y->near ? -1 : 1;
    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static bool set_order(struct work *w, bool near)
{
    struct rank *ranks = malloc((w->s.n + 1) * sizeof *ranks);
    w->n_order = 0;
    for (size_t i = 0; ranks && i < w->s.n; i++)
        if (w->roles[i] == MP_SDC_OPEN)
            ranks[w->n_order++] = (struct rank){mp_sdc_depth(&w->s.cells[i]), near ? w->near[i] : 0,
                                                w->s.cells[i].value, (uint32_t)i};
    if (ranks)
        qsort(ranks, w->n_order, sizeof *ranks, compare_ranks);
    for (size_t i = 0; ranks && i < w->n_order; i++)
        w->order[i] = ranks[i].cell;
    free(ranks);
    return ranks != NULL;
}

/* How many sums a cell shares with cells that need help (2 each) or with other hidden ones. */
static void set_near(struct work *w)
{
    const struct mp_sdc_rows *rows = &w->s.zero;
    memset(w->near, 0, w->s.n * sizeof *w->near);
    for (size_t r = 0; r < rows->n; r++) {
        uint32_t worth = 0;
        for (size_t i = rows->begins[r]; i < rows->begins[r + 1]; i++) {
            uint32_t cell = rows->cells[i];
            if (w->roles[cell] == MP_SDC_GUARDED)
                worth = w->z[cell] ? (worth ? worth : 1) : 2;
        }
        for (size_t i = rows->begins[r]; worth && i < rows->begins[r + 1]; i++)
            w->near[rows->cells[i]] += worth;
    }
}

static size_t count_hidden(const struct work *w, const uint8_t *roles)
{
    size_t n = 0;
    for (size_t i = 0; i < w->s.n; i++)
        n += roles[i] >= MP_SDC_HIDDEN;
    return n;
}

static int choose(struct work *w, uint8_t *roles, bool near, struct mp_error *e)
{
    if (!set_order(w, near))
        return mp_error_memory(e);
    return mp_sdc_choose(&w->s.zero, w->s.n, roles, w->order, w->n_order, w->virtuals,
                         w->n_virtuals, e);
}

/* Chooses once more among what was hidden alone, in the other order. */
static int thin_out(struct work *w, const uint8_t *chosen, bool near, struct mp_error *e)
{
    for (size_t i = 0; i < w->s.n; i++)
        if (w->roles[i] == MP_SDC_OPEN && chosen[i] == MP_SDC_KNOWN)
            w->roles[i] = MP_SDC_KNOWN;
    return choose(w, w->roles, near, e);
}

/* The better of two orders of publishing, by size alone and with neighbours of hidden cells last
 * (then cycles become short): the one that hides fewer cells. Which of them are needed shows once
 * more in the other order. */
static int choose_well(struct work *w, struct mp_error *e)
{
    size_t hidden[2];
    for (int near = 0; near < 2; near++) {
        memcpy(w->tried, w->roles, w->s.n);
        if (choose(w, w->tried, near, e) < 0)
            return -1;
        hidden[near] = count_hidden(w, w->tried);
    }
    bool near = hidden[1] < hidden[0];
    if (!near) {
        memcpy(w->tried, w->roles, w->s.n);
        if (choose(w, w->tried, near, e) < 0)
            return -1;
    }
    return thin_out(w, w->tried, !near, e);
}

/* To all that is newly hidden. */
static void give_reason(struct work *w, enum mp_hidden reason)
{
    for (size_t i = 0; i < w->s.n; i++)
        if (w->roles[i] >= MP_SDC_HIDDEN && !w->s.cells[i].never && !w->why[i]) {
            w->why[i] = (uint8_t)reason;
            w->roles[i] = MP_SDC_GUARDED;
        }
}

/* Hides what guards all guarded cells. */
static int guard(struct work *w, enum mp_hidden reason, struct mp_error *e)
{
    for (size_t i = 0; i < w->s.n; i++)
        if (w->roles[i] == MP_SDC_KNOWN && w->s.cells[i].value && !w->s.cells[i].never)
            w->roles[i] = MP_SDC_OPEN;
    if (mp_sdc_change(&w->s.zero, w->s.n, w->roles, 1, w->z, e) < 0)
        return -1;
    set_near(w);
    if ((reason == MP_HIDDEN_SECONDARY ? choose_well(w, e) : choose(w, w->roles, true, e)) < 0)
        return -1;
    give_reason(w, reason);
    return 0;
}

/* ---- singletons ---- */

struct series {
    uint64_t ratio;
    uint32_t cell;
};

static int compare_series(const void *a, const void *b)
{
    const struct series *x = a, *y = b;
    if (x->ratio != y->ratio)
        return x->ratio < y->ratio ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static bool is_alone(const struct work *w, uint32_t cell)
{
    return w->s.cells[cell].persons == 1 && !w->s.cells[cell].never;
}

/* Cells of which each gives all others away: who is alone in one learns the primary ones. */
static bool add_virtuals(struct work *w, const struct series *all, size_t n)
{
    size_t alone = 0;
    while (alone < n && !is_alone(w, all[alone].cell))
        alone++;
    for (size_t i = 0; alone < n && i < n; i++) {
        uint32_t one = all[i].cell, other = all[alone].cell;
        if (one == other || !is_primary(w, one))
            continue;
        uint64_t factor = mp_sdc_ratio(w->z[one], w->z[other]);
        if (factor == mp_sdc_ratio(w->all_z[one], w->all_z[other]))
            continue; /* the one is the other, a total of nothing else: no one else is in it */
        if (!mp_room(&w->virtuals, w->n_virtuals, &w->cap_virtuals, sizeof *w->virtuals))
            return false;
        w->virtuals[w->n_virtuals++] = (struct mp_sdc_virtual){one, other, factor};
    }
    return true;
}

/*
 * Who is alone in a hidden cell knows it, and so all that hang on it and on nothing else hidden. As
 * cells of one line of a space these change in a fixed ratio, whatever changes: two random changes
 * show it. (In the package: singletonMethod, where proportional rows are looked for in the end.)
 */
static int find_singletons(struct work *w, struct mp_error *e)
{
    w->n_virtuals = 0;
    if (mp_sdc_change(&w->s.zero, w->s.n, w->roles, 1, w->z, e) < 0 ||
        mp_sdc_change(&w->s.zero, w->s.n, w->roles, 2, w->other_z, e) < 0)
        return -1;
    struct series *all = malloc((w->s.n + 1) * sizeof *all);
    size_t n = 0;
    bool good = all != NULL;
    for (uint32_t i = 0; good && i < w->s.n; i++)
        if (w->z[i])
            all[n++] = (struct series){mp_sdc_ratio(w->other_z[i], w->z[i]), i};
    if (good)
        qsort(all, n, sizeof *all, compare_series);
    for (size_t i = 0, to; good && i < n; i = to) {
        for (to = i + 1; to < n && all[to].ratio == all[i].ratio;)
            to++;
        good = add_virtuals(w, all + i, to - i);
    }
    free(all);
    return good ? 0 : mp_error_memory(e);
}

/* A change in which everything that is not 0 takes part. */
static int change_all(struct work *w, struct mp_error *e)
{
    for (size_t i = 0; i < w->s.n; i++)
        w->tried[i] =
            w->roles[i] == MP_SDC_KNOWN && !w->s.cells[i].value ? MP_SDC_KNOWN : MP_SDC_HIDDEN;
    return mp_sdc_change(&w->s.zero, w->s.n, w->tried, 3, w->all_z, e);
}

static int guard_singletons(struct work *w, struct mp_error *e)
{
    for (size_t before = 0, now = count_hidden(w, w->roles); now > before;) {
        if (find_singletons(w, e) < 0)
            return -1;
        if (w->n_virtuals && guard(w, MP_HIDDEN_SINGLETON, e) < 0)
            return -1;
        before = now;
        now = count_hidden(w, w->roles);
    }
    w->n_virtuals = 0;
    return 0;
}

/* ---- intervals ---- */

/* What a reader knows and what must remain, were it not for what all zeros together tell. */
static struct mp_sdc_span span_of(const struct work *w, size_t i)
{
    const struct mp_disclose_rules *r = w->rules;
    const struct mp_sdc_cell *c = &w->s.cells[i];
    int64_t value = (int64_t)c->value, min = (int64_t)r->min, width = (int64_t)r->width;
    struct mp_sdc_span p = {.least = c->never || r->hide_zeros ? 0 : 1,
                            .most = INT64_MAX / 4,
                            .low = 1,
                            .high = 0,
                            .width = c->never ? 0 : 1,
                            .seen_low = value,
                            .seen_high = value};
    if (is_primary(w, i))
        p.width = width;
    if (w->why[i] == MP_HIDDEN_FEW) {
        p.low = r->hide_zeros ? 0 : 1;
        p.high = value + width;
    }
    if (r->reasons_shown && !c->never) {
        p.most = w->why[i] == MP_HIDDEN_FEW ? min - 1 : p.most;
        p.least = is_primary(w, i) ? p.least : min;
    }
    return p;
}

static bool is_as_before(const struct mp_sdc_span *a, const struct mp_sdc_span *b)
{
    return a->least == b->least && a->most == b->most && a->low == b->low && a->high == b->high &&
           a->width == b->width;
}

/* What is to be found out of a cell that is not known from before: of one that is, nothing. */
static struct mp_sdc_span ask(const struct work *w, size_t i)
{
    struct mp_sdc_span p = span_of(w, i);
    if (i >= w->goals->n || !is_as_before(&p, &w->goals->spans[i]))
        return p;
    p.seen_low = w->goals->spans[i].seen_low;
    p.seen_high = w->goals->spans[i].seen_high;
    p.low = 1;
    p.high = 0;
    p.width = p.seen_high - p.seen_low;
    return p;
}

static int keep_goals(struct work *w, struct mp_error *e)
{
    if (w->goals->n != w->s.n) {
        mp_disclose_goals_free(w->goals);
        w->goals->spans = calloc(w->s.n + 1, sizeof *w->goals->spans);
        if (!w->goals->spans)
            return mp_error_memory(e);
        w->goals->n = w->s.n;
    }
    for (size_t i = 0; i < w->s.n; i++) {
        struct mp_sdc_span p = span_of(w, i);
        p.seen_low = w->spans[i].seen_low;
        p.seen_high = w->spans[i].seen_high;
        w->goals->spans[i] = p;
    }
    return 0;
}

/*
 * What would remain if all but zeros were hidden: a total is no less than the number of its cells
 * that are not 0. No more can be asked for: the width from the lowest value on.
 */
static int set_goals(struct work *w, struct mp_error *e)
{
    if (w->goals->n != w->s.n)
        mp_disclose_goals_free(w->goals);
    for (size_t i = 0; i < w->s.n; i++) {
        w->tried[i] =
            w->s.cells[i].value || w->roles[i] != MP_SDC_KNOWN ? MP_SDC_HIDDEN : MP_SDC_KNOWN;
        w->spans[i] = ask(w, i);
    }
    if (mp_sdc_widen(&w->s, w->tried, w->spans, MP_SDC_OWN, &w->work, e) < 0 ||
        keep_goals(w, e) < 0)
        return -1;
    for (size_t i = 0; i < w->s.n; i++) {
        const struct mp_sdc_span all = w->goals->spans[i];
        struct mp_sdc_span *p = &w->spans[i];
        *p = span_of(w, i);
        int64_t widest = all.seen_high - all.seen_low;
        p->width = p->width < widest ? p->width : widest;
        if (p->low <= p->high) {
            p->low = p->low > all.seen_low ? p->low : all.seen_low;
            p->high = p->low + p->width;
        }
    }
    return 0;
}

/* Until neither intervals nor singletons ask for more. */
static int guard_intervals(struct work *w, struct mp_error *e)
{
    if (set_goals(w, e) < 0)
        return -1;
    for (size_t more = 1; more;) {
        size_t hidden = count_hidden(w, w->roles);
        if (mp_sdc_widen(&w->s, w->roles, w->spans, MP_SDC_ALL, &w->work, e) < 0)
            return -1;
        give_reason(w, MP_HIDDEN_INTERVAL);
        if (w->rules->singletons && guard_singletons(w, e) < 0)
            return -1;
        more = count_hidden(w, w->roles) - hidden;
    }
    return 0;
}

/* ---- all together ---- */

static bool begin(struct work *w)
{
    size_t n = w->s.n + 1;
    w->roles = calloc(n, 1);
    w->why = calloc(n, 1);
    w->tried = calloc(n, 1);
    w->spans = calloc(n, sizeof *w->spans);
    w->z = calloc(n, sizeof *w->z);
    w->other_z = calloc(n, sizeof *w->other_z);
    w->all_z = calloc(n, sizeof *w->all_z);
    w->order = calloc(n, sizeof *w->order);
    w->near = calloc(n, sizeof *w->near);
    return w->roles && w->why && w->tried && w->spans && w->z && w->other_z && w->all_z &&
           w->order && w->near;
}

static void end(struct work *w)
{
    mp_sdc_free(&w->s);
    free(w->roles);
    free(w->why);
    free(w->tried);
    free(w->spans);
    free(w->z);
    free(w->other_z);
    free(w->all_z);
    free(w->order);
    free(w->near);
    free(w->virtuals);
}

static int hide(struct work *w, struct mp_error *e)
{
    set_primary(w);
    if (guard(w, MP_HIDDEN_SECONDARY, e) < 0)
        return -1;
    if (w->rules->singletons && (change_all(w, e) < 0 || guard_singletons(w, e) < 0))
        return -1;
    if (w->rules->width && guard_intervals(w, e) < 0)
        return -1;
    return mp_sdc_change(&w->s.zero, w->s.n, w->roles, 4, w->z, e);
}

static void tell(const struct work *w, const struct mp_disclose_run *run,
                 struct mp_disclose_result *result)
{
    for (size_t i = 0; i < w->s.n; i++) {
        bool hidden = w->roles[i] >= MP_SDC_HIDDEN;
        bool secret = hidden && (w->s.cells[i].value || !w->rules->zeros_follow);
        result->unproven +=
            secret && w->why[i] && (!w->z[i] || (w->rules->width && !mp_sdc_is_wide(&w->spans[i])));
        if (w->s.cells[i].never)
            continue;
        result->cells++;
        result->hidden += hidden;
        result->why[w->why[i]]++;
    }
    result->unequal = w->s.unequal;
    result->work = (w->rules->work ? w->rules->work : INT64_MAX) - w->work;
    result->gave_up = w->work <= 0;
    const uint32_t *of = w->s.of;
    for (size_t t = 0; t < run->n; of += run->tables[t++].n)
        for (size_t i = 0; i < run->tables[t].n; i++)
            run->tables[t].cells[i].why = (enum mp_hidden)w->why[of[i]];
}

void mp_disclose_goals_free(struct mp_disclose_goals *goals)
{
    free(goals->spans);
    *goals = (struct mp_disclose_goals){0};
}

int mp_disclose(const struct mp_disclose_run *run, const struct mp_disclose_rules *rules,
                struct mp_disclose_goals *goals, struct mp_disclose_result *result,
                struct mp_error *e)
{
    struct work w = {.rules = rules, .goals = goals, .work = rules->work ? rules->work : INT64_MAX};
    *result = (struct mp_disclose_result){0};
    int status = mp_sdc_make(&w.s, run, e);
    if (status == 0 && !begin(&w))
        status = mp_error_memory(e);
    if (status == 0)
        status = hide(&w, e);
    if (status == 0)
        tell(&w, run, result);
    end(&w);
    return status;
}

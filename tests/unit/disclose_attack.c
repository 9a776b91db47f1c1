/*
 * Disclosure control: random sets of linked tables, and an attacker who knows all equations, works
 * in exact fractions and tries all small whole numbers. Nothing of it is shared with lib/.
 */
#include "disclose_tables.h"
#include "test.h"
#include <stdio.h>

enum { CELLS = 700, ROWS = 900, SETS = 1000 };

struct known {
    uint32_t universe, unit;
    uint16_t at[DIMS];
    int64_t value;
    bool hidden, primary, alone;
    size_t place; /* among the hidden ones */
};

struct attack {
    struct known cells[CELLS];
    size_t n, n_hidden;
    size_t hidden[CELLS];
    struct sum {
        bool equal; /* else at least 0 */
        int64_t constant;
        size_t n;
        struct {
            size_t place;
            int sign;
        } terms[DIMS * 8];
    } rows[ROWS];
    size_t n_rows;
};

/* ---- what the attacker knows ---- */

static size_t look_up(struct attack *a, const struct known *k)
{
    for (size_t i = 0; i < a->n; i++)
        if (a->cells[i].universe == k->universe && a->cells[i].unit == k->unit &&
            memcmp(a->cells[i].at, k->at, sizeof k->at) == 0)
            return i;
    return a->n;
}

static struct known known_of(const struct mp_disclose_table *t, const struct mp_disclose_cell *c)
{
    struct known k = {.universe = t->universe,
                      .unit = t->unit,
                      .value = (int64_t)c->value,
                      .hidden = c->why != MP_SHOWN,
                      .alone = c->persons == 1,
                      .primary = c->why == MP_HIDDEN_FEW || c->why == MP_HIDDEN_FEW_PERSONS};
    for (size_t i = 0; i < t->n_dims; i++)
        k.at[t->dims[i]] = (uint16_t)(c->key >> mp_crosstab_shift(i));
    return k;
}

static void begin_row(struct attack *a, bool equal)
{
    a->rows[a->n_rows].equal = equal;
    a->rows[a->n_rows].constant = 0;
    a->rows[a->n_rows].n = 0;
}

static void add_term(struct attack *a, size_t cell, int sign)
{
    struct sum *s = &a->rows[a->n_rows];
    if (a->cells[cell].hidden) {
        s->terms[s->n].place = a->cells[cell].place;
        s->terms[s->n++].sign = sign;
    } else {
        s->constant += sign * a->cells[cell].value;
    }
}

static void end_row(struct attack *a)
{
    a->n_rows += a->rows[a->n_rows].n > 0;
}

/* All parts of a cell over a dimension of a table, in which it is a total. */
static void add_total(struct attack *a, const struct mp_disclose_table *t, size_t dim, size_t total)
{
    begin_row(a, t->sums[dim]);
    size_t n = 0;
    size_t parts[CELLS];
    for (size_t i = 0; i < t->n; i++) {
        struct known k = known_of(t, &t->cells[i]);
        struct known without = k;
        without.at[t->dims[dim]] = 0;
        if (k.at[t->dims[dim]] && look_up(a, &without) == total)
            add_term(a, parts[n++] = look_up(a, &k), 1);
    }
    add_term(a, total, -1);
    end_row(a);
    for (size_t i = 0; !t->sums[dim] && i < n; i++) {
        begin_row(a, false);
        add_term(a, total, 1);
        add_term(a, parts[i], -1);
        end_row(a);
    }
}

/* All parts of a cell by values that are nested in one of its own. */
static void add_nested_total(struct attack *a, const struct mp_disclose_nesting *nesting,
                             size_t total)
{
    const struct known *t = &a->cells[total];
    size_t n = 0;
    size_t parts[CELLS];
    bool sums = t->unit != MP_PERSONS;
    begin_row(a, sums);
    for (size_t i = 0; i < a->n; i++) {
        struct known k = a->cells[i];
        uint16_t inner = k.at[nesting->inner];
        if (!inner || k.at[nesting->outer])
            continue;
        k.at[nesting->inner] = 0;
        k.at[nesting->outer] = nesting->outer_of[inner];
        if (look_up(a, &k) == total)
            add_term(a, parts[n++] = i, 1);
    }
    if (n == 0)
        return;
    add_term(a, total, -1);
    end_row(a);
    for (size_t i = 0; !sums && i < n; i++) {
        begin_row(a, false);
        add_term(a, total, 1);
        add_term(a, parts[i], -1);
        end_row(a);
    }
}

static void gather(struct attack *a, const struct tables *set)
{
    a->n = a->n_hidden = a->n_rows = 0;
    for (size_t t = 0; t < set->n; t++)
        for (size_t i = 0; i < set->items[t].n; i++) {
            struct known k = known_of(&set->items[t], &set->items[t].cells[i]);
            size_t at = look_up(a, &k);
            if (at < a->n) {
                CHECK_INT(a->cells[at].hidden, k.hidden);
                CHECK_INT(a->cells[at].value, k.value);
                continue;
            }
            k.place = a->n_hidden;
            if (k.hidden)
                a->hidden[a->n_hidden++] = a->n;
            a->cells[a->n++] = k;
        }
    for (size_t t = 0; t < set->n; t++)
        for (size_t i = 0; i < set->items[t].n; i++)
            for (size_t d = 0; d < set->items[t].n_dims; d++) {
                struct known k = known_of(&set->items[t], &set->items[t].cells[i]);
                if (k.at[set->items[t].dims[d]] == 0)
                    add_total(a, &set->items[t], d, look_up(a, &k));
            }
    for (size_t i = 0; i < a->n && set->nesting.n; i++)
        if (a->cells[i].at[set->nesting.outer] && !a->cells[i].at[set->nesting.inner])
            add_nested_total(a, &set->nesting, i);
    for (size_t i = 0; i < a->n; i++)
        for (uint32_t unit = a->cells[i].unit + 1; unit < MP_N_UNITS; unit++) {
            struct known k = a->cells[i];
            k.unit = unit;
            size_t less = look_up(a, &k);
            if (less == a->n)
                continue;
            begin_row(a, false);
            add_term(a, i, 1);
            add_term(a, less, -1);
            end_row(a);
        }
}

/* ---- exact fractions ---- */

struct fraction {
    int64_t up, down;
};

static int64_t divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static struct fraction reduced(__int128 up, __int128 down)
{
    if (up > INT64_MAX || up < -INT64_MAX || down > INT64_MAX || down < -INT64_MAX)
        abort();
    int64_t d = divisor((int64_t)up, (int64_t)down), sign = down < 0 ? -1 : 1;
    return (struct fraction){sign * (int64_t)up / d, sign * (int64_t)down / d};
}

/* a - b * c */
static struct fraction less(struct fraction a, struct fraction b, struct fraction c)
{
    struct fraction p = reduced((__int128)b.up * c.up, (__int128)b.down * c.down);
    return reduced((__int128)a.up * p.down - (__int128)p.up * a.down, (__int128)a.down * p.down);
}

static struct fraction matrix[ROWS][CELLS];

/* Reduced row echelon form of the equations over hidden cells, of which `out` is left out
 * (n_hidden: none). Sets what is determined. */
static void solve(const struct attack *a, size_t out, bool *determined)
{
    size_t n_rows = 0, n = a->n_hidden, rank = 0;
    for (size_t r = 0; r < a->n_rows; r++) {
        if (!a->rows[r].equal)
            continue;
        for (size_t c = 0; c < n; c++)
            matrix[n_rows][c] = (struct fraction){0, 1};
        for (size_t i = 0; i < a->rows[r].n; i++)
            if (a->rows[r].terms[i].place != out)
                matrix[n_rows][a->rows[r].terms[i].place].up += a->rows[r].terms[i].sign;
        n_rows++;
    }
    for (size_t c = 0; c < n && rank < n_rows; c++) {
        size_t pivot = rank;
        while (pivot < n_rows && matrix[pivot][c].up == 0)
            pivot++;
        if (pivot == n_rows)
            continue;
        struct fraction lead = matrix[pivot][c];
        for (size_t k = 0; k < n; k++) {
            struct fraction kept = matrix[rank][k], one = matrix[pivot][k];
            matrix[pivot][k] = kept;
            matrix[rank][k] = reduced((__int128)one.up * lead.down, (__int128)one.down * lead.up);
        }
        for (size_t r = 0; r < n_rows; r++)
            for (size_t k = n; r != rank && matrix[r][c].up && k-- > c;)
                if (matrix[rank][k].up)
                    matrix[r][k] = less(matrix[r][k], matrix[r][c], matrix[rank][k]);
        rank++;
    }
    memset(determined, 0, n * sizeof *determined);
    for (size_t r = 0; r < rank; r++) {
        size_t found = 0, last = 0;
        for (size_t c = 0; c < n; c++)
            if (matrix[r][c].up) {
                found++;
                last = c;
            }
        if (found == 1)
            determined[last] = true;
    }
}

/* ---- whole numbers ---- */

struct range {
    int64_t low, high;
};

/* Narrows by all sums until nothing moves: false if they cannot all hold. */
static bool narrow(const struct attack *a, struct range *x)
{
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t r = 0; r < a->n_rows; r++) {
            const struct sum *s = &a->rows[r];
            int64_t low = s->constant, high = s->constant;
            for (size_t i = 0; i < s->n; i++) {
                const struct range *v = &x[s->terms[i].place];
                low += s->terms[i].sign > 0 ? v->low : -v->high;
                high += s->terms[i].sign > 0 ? v->high : -v->low;
            }
            if (high < 0 || (s->equal && low > 0))
                return false;
            for (size_t i = 0; i < s->n; i++) {
                struct range *v = &x[s->terms[i].place], was = *v;
                int64_t width = v->high - v->low;
                bool plus = s->terms[i].sign > 0;
                if (width > high) /* else the sum could not reach 0 */
                    *(plus ? &v->low : &v->high) = plus ? was.high - high : was.low + high;
                if (s->equal && width > -low)
                    *(plus ? &v->high : &v->low) = plus ? was.low - low : was.high + low;
                if (v->low > v->high)
                    return false;
                moved |= v->low != was.low || v->high != was.high;
                if (v->low != was.low || v->high != was.high)
                    break; /* low and high of the sum are no longer true */
            }
        }
    }
    return true;
}

/* Whether whole numbers within the ranges fulfil everything; true when out of budget. */
static bool exists(const struct attack *a, const struct range *from, unsigned *budget)
{
    struct range x[CELLS];
    memcpy(x, from, a->n_hidden * sizeof *x);
    if (!narrow(a, x))
        return false;
    size_t open = a->n_hidden;
    for (size_t i = 0; i < a->n_hidden; i++)
        if (x[i].low < x[i].high &&
            (open == a->n_hidden || x[i].high - x[i].low < x[open].high - x[open].low))
            open = i;
    if (open == a->n_hidden)
        return true;
    if (*budget == 0)
        return false;
    struct range all = x[open];
    int64_t value = a->cells[a->hidden[open]].value;
    for (int64_t off = 0; off <= 2 * (all.high - all.low + value) + 2 && *budget; off++) {
        int64_t one = value + (off % 2 ? off / 2 + 1 : -off / 2);
        if (one < all.low || one > all.high)
            continue;
        --*budget;
        x[open] = (struct range){one, one};
        if (exists(a, x, budget))
            return true;
    }
    return false;
}

/* How many steps from its value a hidden cell can be moved one way, at most `most`. */
static int64_t reach(const struct attack *a, size_t place, int way, int64_t most)
{
    struct range x[CELLS];
    for (int64_t step = 1;; step++) {
        for (size_t i = 0; i < a->n_hidden; i++)
            x[i] = (struct range){1, a->cells[a->hidden[i]].value + 12};
        int64_t one = a->cells[a->hidden[place]].value + way * step;
        unsigned budget = 1000;
        x[place] = (struct range){one, one};
        if (step > most || one < 1 || !exists(a, x, &budget))
            return step - 1;
    }
}

static void attack_bounds(const struct attack *a, const struct mp_disclose_rules *rules)
{
    for (size_t i = 0; i < a->n_hidden; i++) {
        const struct known *k = &a->cells[a->hidden[i]];
        int64_t width = k->primary ? (int64_t)rules->width : 1;
        int64_t up = reach(a, i, 1, width);
        CHECK(up >= width || up + reach(a, i, -1, width - up) >= width);
    }
}

/* ---- random sets ---- */

static void random_set(struct tables *set, uint64_t *random)
{
    *set = (struct tables){0};
    unsigned sizes[DIMS] = {2 + test_random(random, 3), 2 + test_random(random, 3),
                            1 + test_random(random, 3), 2};
    size_t n = 10 + test_random(random, test_random(random, 3) ? 80 : 220);
    unsigned persons = 1 + test_random(random, (unsigned)n);
    for (size_t i = 0; i < n; i++) {
        struct record *r = &set->records[set->n_records++];
        r->person = test_random(random, persons);
        r->reports = 1 + !test_random(random, 4);
        for (size_t d = 0; d < DIMS; d++) {
            unsigned one = test_random(random, sizes[d]), other = test_random(random, sizes[d]);
            r->at[d] = (uint16_t)(1 + (one < other ? one : other));
        }
        r->at[0] = (uint16_t)(1 + (r->person * 7 + r->person / 3) % sizes[0]);
    }
    static const uint16_t outer_of[] = {0, 1, 2, 1, 2};
    if (test_random(random, 3) == 0) {
        set->nesting = (struct mp_disclose_nesting){1, 2, outer_of, 5};
        for (size_t i = 0; i < n; i++)
            set->records[i].at[2] = outer_of[set->records[i].at[1]];
    }
    size_t n_tables = 1 + test_random(random, 4);
    for (size_t t = 0; t < n_tables; t++) {
        uint32_t dims[DIMS] = {0, 1, 2, 3};
        for (size_t i = DIMS - 1; i > 0; i--) {
            size_t other = test_random(random, (unsigned)i + 1);
            uint32_t kept = dims[i];
            dims[i] = dims[other];
            dims[other] = kept;
        }
        static const enum mp_count_unit units[] = {MP_EPISODES, MP_EPISODES, MP_PERSONS,
                                                   MP_REPORTS};
        tables_count(set, units[test_random(random, 4)], dims, 1 + test_random(random, 3),
                     test_random(random, 5) == 0);
    }
}

static bool is_counted(const struct known *k, const struct record *r)
{
    for (size_t d = 0; d < DIMS; d++)
        if (k->at[d] && k->at[d] != r->at[d])
            return false;
    return r->at[DIMS - 1] > k->universe;
}

/* Two cells of the same records: no one else is in the other one. */
static bool are_same(const struct tables *set, const struct known *one, const struct known *other)
{
    for (size_t i = 0; i < set->n_records; i++)
        if (is_counted(one, &set->records[i]) != is_counted(other, &set->records[i]))
            return false;
    return true;
}

static void attack_as_singleton(const struct attack *a, const struct tables *set)
{
    bool determined[CELLS];
    for (size_t s = 0; s < a->n_hidden; s++) {
        const struct known *alone = &a->cells[a->hidden[s]];
        if (!alone->alone)
            continue;
        solve(a, s, determined);
        for (size_t i = 0; i < a->n_hidden; i++) {
            const struct known *k = &a->cells[a->hidden[i]];
            CHECK(i == s || !determined[i] || !k->primary || are_same(set, alone, k));
        }
    }
}

TEST(an_attacker_recovers_nothing_from_random_tables)
{
    static struct attack a;
    static struct tables set;
    uint64_t random = 20260101;
    size_t hidden = 0, cells = 0, unproven = 0, full = 0;
    for (unsigned turn = 0; turn < SETS; turn++) {
        random_set(&set, &random);
        struct mp_disclose_rules rules = mp_disclose_rules_of(turn % 3 ? 5 : 3);
        rules.width = turn % 7 ? rules.width : 0;
        rules.reasons_shown = turn % 11 == 0;
        struct mp_disclose_result r;
        struct mp_audit audit;
        struct mp_error e;
        CHECK_INT(disclosed(&TABLES_RUN(set), &rules, &r, &e), 0);
        CHECK_INT(mp_disclose_audit(&TABLES_RUN(set), &rules, &audit, &e), 0);
        CHECK_INT(r.unequal, 0);
        CHECK_INT(audit.cells, r.cells);
        CHECK_INT(audit.hidden, r.hidden);
        CHECK(mp_audit_is_clean(&audit));
        gather(&a, &set);
        bool determined[CELLS];
        solve(&a, a.n_hidden, determined);
        for (size_t i = 0; i < a.n_hidden; i++)
            CHECK(!determined[i]);
        for (size_t i = 0; i < a.n; i++)
            CHECK(a.cells[i].hidden || a.cells[i].value == 0 ||
                  a.cells[i].value >= (int64_t)rules.min);
        if (turn % 4 == 0)
            attack_as_singleton(&a, &set);
        if (turn % 5 == 0 && rules.width && r.unproven == 0)
            attack_bounds(&a, &rules);
        hidden += r.hidden;
        cells += r.cells;
        unproven += r.unproven > 0;
        full += r.hidden == r.cells;
        tables_free(&set);
    }
    if (getenv("MP_TEST_TELL"))
        printf("%zu of %zu cells hidden, %zu sets unproven, %zu all hidden\n", hidden, cells,
               unproven, full);
    CHECK(hidden * 10 < cells * 9 && hidden > cells / 10);
    CHECK(unproven * 100 <= SETS);
}

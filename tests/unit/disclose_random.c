/* Disclosure control: the same pattern whatever the order, and fewer hidden cells than a heuristic.
 */
#include "disclose_tables.h"
#include "test.h"
#include <stdio.h>

enum { SIDE = 24, TURNS = 100 };

/* Counts of which some are small and a few are 0. */
static void random_counts(unsigned *values, size_t n, unsigned scale, uint64_t *random)
{
    for (size_t i = 0; i < n; i++) {
        unsigned one = test_random(random, scale), other = test_random(random, scale);
        values[i] = test_random(random, 12) ? 1 + (one < other ? one : other) : 0;
    }
}

static int compare_cells(const void *a, const void *b)
{
    const struct mp_disclose_cell *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static int compare_tables(const void *a, const void *b)
{
    const struct mp_disclose_table *x = a, *y = b;
    return x->n_dims != y->n_dims ? (x->n_dims < y->n_dims ? -1 : 1)
                                  : (x->unit > y->unit) - (x->unit < y->unit);
}

/* What is hidden and why, in one order. */
static struct mp_buf pattern(struct tables *set)
{
    struct mp_buf b = {0};
    qsort(set->items, set->n, sizeof *set->items, compare_tables);
    for (size_t t = 0; t < set->n; t++) {
        qsort(set->items[t].cells, set->items[t].n, sizeof *set->items[t].cells, compare_cells);
        for (size_t i = 0; i < set->items[t].n; i++)
            mp_buf_addc(&b, (char)('0' + set->items[t].cells[i].why));
    }
    return b;
}

TEST(the_pattern_does_not_hang_on_the_order_of_cells)
{
    static struct tables set;
    uint64_t random = 7;
    for (unsigned turn = 0; turn < 8; turn++) {
        set = (struct tables){0};
        for (uint32_t i = 0; i < 160; i++)
            set.records[set.n_records++] = (struct record){
                i / 2,
                1,
                {(uint16_t)(1 + i / 2 % 4), (uint16_t)(1 + test_random(&random, 6)),
                 (uint16_t)(1 + test_random(&random, 1 + test_random(&random, 5))), 1}};
        tables_count(&set, MP_EPISODES, (const uint32_t[]){0, 1, 2}, 3, 0);
        tables_count(&set, MP_PERSONS, (const uint32_t[]){0, 1, 2}, 3, 0);
        tables_count(&set, MP_EPISODES, (const uint32_t[]){1, 2}, 2, 0);
        struct mp_disclose_rules rules = mp_disclose_rules_of(5);
        struct mp_buf first = {0};
        for (unsigned order = 0; order < 3; order++) {
            struct mp_disclose_result r;
            struct mp_error e;
            CHECK_INT(disclosed(&TABLES_RUN(set), &rules, &r, &e), 0);
            struct mp_buf now = pattern(&set);
            if (order == 0)
                first = now;
            else
                CHECK_SAME(mp_buf_str(&now), mp_buf_str(&first));
            if (order > 0)
                mp_buf_free(&now);
            tables_shuffle(&set, &random);
        }
        mp_buf_free(&first);
        tables_free(&set);
    }
}

/* A table with its totals in the last row and column. */
struct grid {
    size_t rows, cols;
    unsigned value[SIDE + 1][SIDE + 1];
    bool hidden[SIDE + 1][SIDE + 1];
};

/* In a line with one hidden cell the smallest other one goes too. */
static bool help_line(struct grid *g, bool row, size_t line)
{
    size_t n = row ? g->cols : g->rows, hidden = 0;
    unsigned least = 0;
    bool *best = NULL;
    for (size_t i = 0; i <= n; i++) {
        bool *one = row ? &g->hidden[line][i] : &g->hidden[i][line];
        unsigned value = row ? g->value[line][i] : g->value[i][line];
        hidden += *one;
        if (!*one && value && (!best || value < least)) {
            best = one;
            least = value;
        }
    }
    if (hidden != 1 || !best)
        return false;
    *best = true;
    return true;
}

/* The usual heuristic, line by line until no line has a single hidden cell; how many are hidden. */
static size_t heuristic(struct grid *g, unsigned min)
{
    size_t n = 0;
    for (size_t r = 0; r <= g->rows; r++)
        for (size_t c = 0; c <= g->cols; c++)
            g->hidden[r][c] = g->value[r][c] && g->value[r][c] < min;
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t r = 0; r <= g->rows; r++)
            moved |= help_line(g, true, r);
        for (size_t c = 0; c <= g->cols; c++)
            moved |= help_line(g, false, c);
    }
    for (size_t r = 0; r <= g->rows; r++)
        for (size_t c = 0; c <= g->cols; c++)
            n += g->hidden[r][c];
    return n;
}

static void fill(struct grid *g, const unsigned *values)
{
    memset(g->value, 0, sizeof g->value);
    for (size_t r = 0; r < g->rows; r++)
        for (size_t c = 0; c < g->cols; c++) {
            unsigned v = values[r * g->cols + c];
            g->value[r][c] = v;
            g->value[r][g->cols] += v;
            g->value[g->rows][c] += v;
            g->value[g->rows][g->cols] += v;
        }
}

/* What a reader recovers of the heuristic's table. */
static size_t leaks(struct tables *set, const struct grid *g, const struct mp_disclose_rules *rules)
{
    struct mp_audit audit;
    struct mp_error e;
    for (size_t i = 0; i < set->items[0].n; i++) {
        struct mp_disclose_cell *c = &set->items[0].cells[i];
        size_t r = c->key >> mp_crosstab_shift(0), col = c->key >> mp_crosstab_shift(1) & 0xffff;
        bool hidden = g->hidden[r ? r - 1 : g->rows][col ? col - 1 : g->cols];
        c->why = hidden ? MP_HIDDEN_SECONDARY : MP_SHOWN;
    }
    CHECK_INT(mp_disclose_audit(&TABLES_RUN(*set), rules, &audit, &e), 0);
    return audit.exact;
}

static void compare(unsigned scale)
{
    static struct grid g;
    static struct tables set;
    static unsigned values[SIDE * SIDE];
    uint64_t random = scale;
    size_t ours = 0, theirs = 0, primary = 0, leaky = 0;
    for (unsigned turn = 0; turn < TURNS; turn++) {
        g.rows = 4 + test_random(&random, SIDE - 4);
        g.cols = 4 + test_random(&random, SIDE - 4);
        random_counts(values, g.rows * g.cols, scale, &random);
        set = (struct tables){0};
        tables_two_way(&set, values, g.rows, g.cols);
        fill(&g, values);
        struct mp_disclose_rules rules = {.min = 5};
        struct mp_disclose_result r;
        struct mp_error e;
        CHECK_INT(disclosed(&TABLES_RUN(set), &rules, &r, &e), 0);
        ours += r.hidden - r.why[MP_HIDDEN_FEW];
        primary += r.why[MP_HIDDEN_FEW];
        theirs += heuristic(&g, 5) - r.why[MP_HIDDEN_FEW];
        leaky += leaks(&set, &g, &rules) > 0;
        tables_free(&set);
    }
    if (getenv("MP_TEST_TELL"))
        printf(
            "counts below %u: %zu primary; secondary: ours %zu, heuristic %zu (%zu of %d leak)\n",
            scale, primary, ours, theirs, leaky, TURNS);
    CHECK(ours < theirs);
}

TEST(fewer_cells_are_hidden_than_by_rows_and_columns)
{
    compare(10); /* half of the cells are small */
    compare(50);
    compare(250);
    compare(1500); /* one or two of a table */
}

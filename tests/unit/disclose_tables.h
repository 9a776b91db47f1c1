/* Small tables for the tests of disclosure control, made of records. */
#ifndef TESTS_UNIT_DISCLOSE_TABLES_H
#define TESTS_UNIT_DISCLOSE_TABLES_H

#include "count/audit.h"

enum { TABLES = 12, DIMS = 4, RECORDS = 300 };

struct record {
    uint32_t person, reports;
    uint16_t at[DIMS]; /* values, from 1 */
};

/* Tables over the first n_records, which own their cells. */
struct tables {
    struct mp_disclose_table items[TABLES];
    size_t n;
    struct record records[RECORDS];
    size_t n_records;
    struct mp_disclose_nesting nesting;
};

#define TABLES_RUN(t)                                                                              \
    ((struct mp_disclose_run){.tables = (t).items,                                                 \
                              .n = (t).n,                                                          \
                              .nestings = &(t).nesting,                                            \
                              .n_nestings = (t).nesting.n > 0})

/* Counts the records (of a universe: those whose value of the last dimension is at least that) in
 * one unit. Persons add up over dimension 0 alone, of which each has one value. */
void tables_count(struct tables *t, enum mp_count_unit unit, const uint32_t *dims, size_t n_dims,
                  uint32_t universe);

/* A two-way table of these counts, row by row, each of as many persons, with all its totals. */
void tables_two_way(struct tables *t, const unsigned *values, size_t n_rows, size_t n_cols);

/* The cell with these values of the table's dimensions, 0 for a total; NULL: there is none. */
struct mp_disclose_cell *tables_cell(struct tables *t, size_t table, const uint16_t *at);

/* Another order of tables and cells. */
void tables_shuffle(struct tables *t, uint64_t *random);

/* Different cells that are hidden, in all tables together, by `why`. */
size_t tables_hidden(const struct tables *t, size_t table);

void tables_free(struct tables *t);

/* mp_disclose without anything from before. */
static inline int disclosed(const struct mp_disclose_run *run,
                            const struct mp_disclose_rules *rules,
                            struct mp_disclose_result *result, struct mp_error *e)
{
    struct mp_disclose_goals goals = {0};
    int status = mp_disclose(run, rules, &goals, result, e);
    mp_disclose_goals_free(&goals);
    return status;
}

#endif

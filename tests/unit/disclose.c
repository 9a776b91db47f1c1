/* Disclosure control: examples made by hand. */
#include "disclose_tables.h"
#include "test.h"

static const struct mp_disclose_rules plain = {.min = 5}; /* linear algebra alone */

static struct mp_disclose_result hide(struct tables *t, const struct mp_disclose_rules *rules)
{
    struct mp_disclose_result result = {0};
    struct mp_error e;
    struct mp_audit audit;
    CHECK_INT(disclosed(&TABLES_RUN(*t), rules, &result, &e), 0);
    CHECK_INT(result.unequal, 0);
    CHECK_INT(mp_disclose_audit(&TABLES_RUN(*t), rules, &audit, &e), 0);
    CHECK(mp_audit_is_clean(&audit));
    CHECK_INT(audit.hidden, result.hidden);
    return result;
}

static enum mp_hidden why(struct tables *t, size_t table, uint16_t a, uint16_t b)
{
    const struct mp_disclose_cell *c = tables_cell(t, table, (uint16_t[]){a, b, 0, 0});
    return c ? c->why : MP_SHOWN;
}

TEST(rounding_is_conventional)
{
    static const unsigned want[] = {0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10, 10, 10, 15};
    for (unsigned i = 0; i < sizeof want / sizeof *want; i++)
        CHECK_INT(mp_disclose_round(i, 5), want[i]);
    CHECK_INT(mp_disclose_round(14, 10), 10);
    CHECK_INT(mp_disclose_round(15, 10), 20);
    CHECK_INT(mp_disclose_round(7, 1), 7);
    CHECK(mp_disclose_round(UINT64_MAX, 5) == UINT64_MAX);
}

TEST(a_small_cell_takes_its_rectangle_along)
{
    struct tables t = {0};
    tables_two_way(&t, (const unsigned[]){2, 10, 11, 20}, 2, 2);
    struct mp_disclose_result r = hide(&t, &plain);
    CHECK_INT(r.cells, 9);
    CHECK_INT(r.hidden, 4);
    CHECK_INT(r.why[MP_HIDDEN_FEW], 1);
    CHECK_INT(r.why[MP_HIDDEN_SECONDARY], 3);
    CHECK_INT(why(&t, 0, 1, 1), MP_HIDDEN_FEW);
    CHECK_INT(why(&t, 0, 2, 2), MP_HIDDEN_SECONDARY);
    CHECK_INT(why(&t, 0, 0, 0), MP_SHOWN);
    tables_free(&t);
}

TEST(small_cells_guard_each_other)
{
    struct tables t = {0};
    /* the rectangle of the two small ones needs its other corners, 30 and 40, and nothing else */
    tables_two_way(&t, (const unsigned[]){3, 30, 9, 40, 4, 9, 9, 9, 9}, 3, 3);
    struct mp_disclose_result r = hide(&t, &plain);
    CHECK_INT(r.hidden, 4);
    CHECK_INT(why(&t, 0, 1, 2), MP_HIDDEN_SECONDARY);
    CHECK_INT(why(&t, 0, 2, 1), MP_HIDDEN_SECONDARY);
    tables_free(&t);
    /* four small ones in a rectangle need nothing */
    tables_two_way(&t, (const unsigned[]){3, 4, 9, 4, 4, 9, 9, 9, 9}, 3, 3);
    CHECK_INT(hide(&t, &plain).hidden, 4);
    tables_free(&t);
}

TEST(where_all_else_is_zero_the_totals_go)
{
    struct tables t = {0};
    tables_two_way(&t, (const unsigned[]){3, 0, 0, 20}, 2, 2);
    struct mp_disclose_result r = hide(&t, &plain);
    CHECK_INT(r.why[MP_HIDDEN_FEW], 3); /* the cell is both of its totals */
    CHECK(r.why[MP_HIDDEN_SECONDARY] > 0);
    CHECK_INT(why(&t, 0, 1, 2), MP_SHOWN); /* a zero */
    tables_free(&t);
}

TEST(zeros_are_hidden_when_declared)
{
    struct tables t = {0};
    struct mp_disclose_rules rules = {.min = 5, .width = 3, .hide_zeros = true};
    tables_two_way(&t, (const unsigned[]){0, 10, 11, 20}, 2, 2);
    hide(&t, &rules);
    CHECK_INT(why(&t, 0, 1, 1), MP_HIDDEN_FEW);
    rules.hide_zeros = false;
    CHECK_INT(hide(&t, &rules).hidden, 0);
    tables_free(&t);
}

TEST(many_episodes_of_few_persons_are_hidden)
{
    struct tables t = {0};
    for (unsigned i = 0; i < 60; i++) /* 12 of one person in (1, 1), else each of another */
        t.records[t.n_records++] = (struct record){
            i < 12 ? 0 : i,
            1,
            {(uint16_t)(i < 30 ? 1 : 2), (uint16_t)(i < 12 || (i >= 30 && i < 45) ? 1 : 2), 1, 1}};
    tables_count(&t, MP_EPISODES, (const uint32_t[]){0, 1}, 2, 0);
    struct mp_disclose_result r = hide(&t, &plain);
    CHECK_INT(why(&t, 0, 1, 1), MP_HIDDEN_FEW_PERSONS);
    CHECK_INT(tables_cell(&t, 0, (uint16_t[]){1, 1})->value, 12);
    CHECK_INT(r.why[MP_HIDDEN_FEW_PERSONS], 1);
    CHECK_INT(r.hidden, 4);
    tables_free(&t);
}

/* Two tables that share the totals by dimension 0. */
TEST(linked_tables_guard_their_common_totals)
{
    struct tables t = {0};
    static const unsigned counts[3][2][2] = {
        {{2, 1}, {9, 8}}, {{20, 6}, {9, 10}}, {{9, 9}, {9, 9}}};
    for (unsigned a = 0; a < 3; a++)
        for (unsigned b = 0; b < 2; b++)
            for (unsigned c = 0; c < 2; c++)
                for (unsigned i = 0; i < counts[a][b][c] && t.n_records < RECORDS; i++)
                    t.records[t.n_records] = (struct record){(uint32_t)t.n_records,
                                                             1,
                                                             {(uint16_t)(a + 1), (uint16_t)(b + 1),
                                                              (uint16_t)(c + 1), 1}},
                    t.n_records++;
    tables_count(&t, MP_EPISODES, (const uint32_t[]){0, 1}, 2, 0);
    tables_count(&t, MP_EPISODES, (const uint32_t[]){2, 0}, 2, 0);
    struct mp_disclose_result r = hide(&t, &plain);
    CHECK_INT(why(&t, 0, 1, 1), MP_HIDDEN_FEW);
    for (uint16_t a = 0; a <= 3; a++) /* the same cells */
        CHECK_INT(why(&t, 0, a, 0), why(&t, 1, 0, a));
    CHECK_INT(r.cells, 12 + 12 - 4);
    tables_free(&t);
}

TEST(a_total_of_singles_gives_itself_away)
{
    struct tables t = {0};
    /* linear algebra lets the first row pass: two equations less than cells. 1 + 1 is 2. */
    tables_two_way(&t, (const unsigned[]){1, 1, 30, 1, 1, 40, 20, 20, 50}, 3, 3);
    struct mp_disclose_rules rules = plain;
    CHECK_INT(hide(&t, &rules).hidden, 4);
    rules.width = 3;
    struct mp_audit audit;
    struct mp_error e;
    CHECK_INT(mp_disclose_audit(&TABLES_RUN(t), &rules, &audit, &e), 0);
    CHECK_INT(audit.narrow, 4);
    struct mp_disclose_result r = hide(&t, &rules);
    CHECK(r.why[MP_HIDDEN_INTERVAL] > 0);
    CHECK_INT(r.unproven, 0);
    tables_free(&t);
}

TEST(who_is_alone_learns_nothing_of_others)
{
    struct tables t = {0};
    struct mp_disclose_rules rules = plain;
    tables_two_way(&t, (const unsigned[]){1, 4, 30, 40, 20, 4, 1, 50, 60, 20, 9, 9, 9, 9, 9}, 3, 5);
    CHECK_INT(hide(&t, &rules).hidden, 4);
    rules.singletons = true;
    struct mp_disclose_result r = hide(&t, &rules);
    CHECK(r.why[MP_HIDDEN_SINGLETON] > 0);
    /* who is alone in (1, 1) knows it: with it shown nothing else follows */
    tables_cell(&t, 0, (uint16_t[]){1, 1})->why = MP_SHOWN;
    struct mp_audit audit;
    struct mp_error e;
    CHECK_INT(mp_disclose_audit(&TABLES_RUN(t), &rules, &audit, &e), 0);
    CHECK_INT(audit.exact, 0);
    tables_free(&t);
}

TEST(the_audit_sees_what_is_wrong)
{
    struct tables t = {0};
    struct mp_audit audit;
    struct mp_error e;
    tables_two_way(&t, (const unsigned[]){2, 10, 11, 20}, 2, 2);
    CHECK_INT(mp_disclose_audit(&TABLES_RUN(t), &plain, &audit, &e), 0);
    CHECK_INT(audit.small, 1);
    CHECK_INT(t.items[audit.table].cells[audit.cell].value, 2);
    hide(&t, &plain);
    tables_cell(&t, 0, (uint16_t[]){2, 2})->why = MP_SHOWN;
    CHECK_INT(mp_disclose_audit(&TABLES_RUN(t), &plain, &audit, &e), 0);
    CHECK_INT(audit.exact, 3);
    CHECK_INT(audit.hidden, 3);
    CHECK(!mp_audit_is_clean(&audit));
    tables_free(&t);
}

TEST(differences_of_universes_are_guarded)
{
    struct tables t = {0};
    for (uint32_t i = 0; i < 60; i++) /* universe 1 lacks three records of (1, 1) */
        t.records[t.n_records++] = (struct record){
            i,
            1,
            {(uint16_t)(1 + i % 2), (uint16_t)(1 + i / 2 % 2), 1, (uint16_t)(1 + (i % 20 != 0))}};
    tables_count(&t, MP_EPISODES, (const uint32_t[]){0, 1}, 2, 0);
    tables_count(&t, MP_EPISODES, (const uint32_t[]){0, 1}, 2, 1);
    struct mp_audit audit;
    struct mp_error e;
    CHECK_INT(mp_disclose_audit(&TABLES_RUN(t), &plain, &audit, &e), 0);
    CHECK_INT(audit.apart, 4); /* the cell and its totals */
    struct mp_disclose_result r = hide(&t, &plain);
    CHECK(r.why[MP_HIDDEN_SECONDARY] > 0);
    CHECK(why(&t, 0, 1, 1) != MP_SHOWN || why(&t, 1, 1, 1) != MP_SHOWN);
    CHECK(why(&t, 0, 0, 0) != MP_SHOWN || why(&t, 1, 0, 0) != MP_SHOWN);
    tables_free(&t);
}

TEST(wrong_totals_are_told)
{
    struct tables t = {0};
    struct mp_disclose_result r;
    struct mp_error e;
    tables_two_way(&t, (const unsigned[]){9, 10, 11, 20}, 2, 2);
    tables_cell(&t, 0, (uint16_t[]){0, 1})->value = 7;
    CHECK_INT(disclosed(&TABLES_RUN(t), &plain, &r, &e), 0);
    CHECK_INT(r.unequal, 2);
    tables_free(&t);
    CHECK_INT(disclosed(&(struct mp_disclose_run){0}, &plain, &r, &e), 0);
    CHECK_INT(r.cells, 0);
}

/* Each inner value lies in one outer value: parts of an outer total guard each other. */
TEST(nested_values_are_guarded_within_their_total)
{
    struct tables t = {0};
    static const unsigned counts[6] = {3, 20, 30, 9, 9, 9}; /* 1 to 3 lie in 1, 4 to 6 in 2 */
    for (uint16_t v = 0; v < 6; v++)
        for (unsigned i = 0; i < counts[v]; i++)
            t.records[t.n_records] =
                (struct record){
                    (uint32_t)t.n_records, 1, {(uint16_t)(1 + v / 3), (uint16_t)(1 + v), 1, 1}},
            t.n_records++;
    tables_count(&t, MP_EPISODES, (const uint32_t[]){0, 1}, 2, 0);
    struct mp_disclose_result r = hide(&t, &plain);
    CHECK_INT(why(&t, 0, 1, 1), MP_HIDDEN_FEW);
    CHECK_INT(why(&t, 0, 1, 2), MP_HIDDEN_SECONDARY); /* 20, not 9 of the other one */
    CHECK_INT(why(&t, 0, 0, 2), MP_HIDDEN_SECONDARY); /* which is the same */
    CHECK_INT(r.hidden, 4);
    tables_free(&t);
}

/* The same from two tables, of the inner and of the outer values, if somebody says so. */
TEST(nested_dimensions_are_guarded_when_declared)
{
    struct tables t = {0};
    static const unsigned counts[6] = {3, 20, 30, 9, 9, 9};
    static const uint16_t outer_of[7] = {0, 1, 1, 1, 2, 2, 2};
    for (uint16_t v = 0; v < 6; v++)
        for (unsigned i = 0; i < counts[v]; i++)
            t.records[t.n_records] =
                (struct record){
                    (uint32_t)t.n_records, 1, {(uint16_t)(1 + v / 3), (uint16_t)(1 + v), 1, 1}},
            t.n_records++;
    tables_count(&t, MP_EPISODES, (const uint32_t[]){0}, 1, 0);
    tables_count(&t, MP_EPISODES, (const uint32_t[]){1}, 1, 0);
    struct mp_disclose_result r = hide(&t, &plain);
    CHECK_INT(r.hidden, 2); /* a 9 guards the 3 in the sum of all ... */
    t.nesting = (struct mp_disclose_nesting){1, 0, outer_of, 7};
    struct mp_audit audit;
    struct mp_error e;
    CHECK_INT(mp_disclose_audit(&TABLES_RUN(t), &plain, &audit, &e), 0);
    CHECK_INT(audit.exact, 2); /* ... but does not lie in the same outer value */
    r = hide(&t, &plain);
    CHECK_INT(why(&t, 1, 1, 0), MP_HIDDEN_FEW);
    CHECK_INT(why(&t, 1, 2, 0), MP_HIDDEN_SECONDARY);
    CHECK_INT(why(&t, 0, 1, 0), MP_SHOWN);
    CHECK_INT(r.hidden, 2);
    tables_free(&t);
}

/* Who shows in a total may show in none of its cells: their sum is the least that it can be. */
TEST(totals_that_exceed_their_cells_bound_them_from_above)
{
    struct tables t = {0};
    struct mp_disclose_rules rules = mp_disclose_rules_of(5);
    tables_two_way(&t, (const unsigned[]){2, 2, 2, 2, 2, 0}, 1, 6);
    for (size_t i = 0; i < t.items[0].n; i++)
        if (t.items[0].cells[i].key >> mp_crosstab_shift(1) << (64 - MP_VALUE_BITS) == 0)
            t.items[0].cells[i].value = t.items[0].cells[i].persons =
                40; /* in both rows of totals */
    t.items[0].sums[1] = MP_TOTAL_EXCEEDS;
    CHECK_INT(hide(&t, &rules).unproven, 0);
    CHECK_INT(why(&t, 0, 1, 1), MP_HIDDEN_FEW);
    CHECK_INT(why(&t, 0, 1, 0), MP_SHOWN); /* 40 tells next to nothing of cells below 5 */
    tables_free(&t);
}

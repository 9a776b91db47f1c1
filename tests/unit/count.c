/* Counting: numbered sets, periods, dimensions, tables, tallies and their rows. */
#include "base/room.h"
#include "count/publish.h"
#include "test.h"

TEST(a_large_table_is_all_zero)
{
    enum { N = 9 << 20 };
    char *table = mp_room_table(N, 1), *small = mp_room_table(3, 1);
    size_t set = 0;
    for (size_t i = 0; table && i < N; i++)
        set += table[i] != 0;
    CHECK(table && small && set == 0 && small[0] + small[1] + small[2] == 0);
    CHECK(!mp_room_table(SIZE_MAX / 2, 16));
    free(table);
    free(small);
}

TEST(numbers_come_in_order_and_are_found_again)
{
    struct mp_numbers s = {0};
    CHECK(mp_numbers_find(&s, 0) == MP_NUMBERS_NONE);
    bool well = true;
    for (uint64_t i = 0; i < 5000; i++)
        well &= mp_numbers_put(&s, i * i) == i; /* 0 is a key like any other */
    for (uint64_t i = 0; i < 5000; i++)
        well &= mp_numbers_put(&s, i * i) == i && mp_numbers_find(&s, i * i) == i;
    CHECK(well);
    CHECK_INT(s.n, 5000);
    CHECK(mp_numbers_find(&s, 2) == MP_NUMBERS_NONE);
    CHECK_INT(mp_numbers_put(&s, UINT64_MAX), 5000);
    mp_numbers_free(&s);
    CHECK_INT(s.n, 0);
}

TEST(pairs_are_new_once)
{
    struct mp_pairs s = {0};
    CHECK_INT(mp_pairs_add(&s, 0, 0, 1), 1);
    CHECK_INT(mp_pairs_add(&s, 0, 0, 1), 0);
    bool well = true;
    for (int turn = 0; turn < 2; turn++)
        for (uint32_t cell = 1; cell < 60; cell++)
            for (uint32_t person = 0; person < 60; person++)
                well &= mp_pairs_add(&s, cell, person, 1) == (turn == 0);
    CHECK(well);
    CHECK_INT(s.n, 59 * 60 + 1);
    CHECK_INT(mp_pairs_add(&s, UINT32_MAX - 1, UINT32_MAX, 1), 1);
    mp_pairs_free(&s);
}

static void check_period(enum mp_period p, int year, int month, int day, const char *want)
{
    struct mp_buf b = {0};
    mp_period_add(&b, p, mp_period_of(p, mp_date_day(year, month, day)));
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
}

TEST(periods_of_days)
{
    check_period(MP_WEEK, 1970, 1, 1, "1970-W01");
    check_period(MP_WEEK, 1969, 12, 28, "1969-W52");
    check_period(MP_WEEK, 1969, 12, 29, "1970-W01");
    check_period(MP_WEEK, 2018, 12, 30, "2018-W52");
    check_period(MP_WEEK, 2018, 12, 31, "2019-W01");
    check_period(MP_WEEK, 2016, 1, 3, "2015-W53");
    check_period(MP_WEEK, 2016, 1, 4, "2016-W01");
    check_period(MP_WEEK, 1, 1, 1, "0001-W01");
    check_period(MP_MONTH, 2018, 12, 31, "2018-12");
    check_period(MP_MONTH, 1969, 1, 1, "1969-01");
    check_period(MP_QUARTER, 2018, 3, 31, "2018-Q1");
    check_period(MP_QUARTER, 2018, 4, 1, "2018-Q2");
    check_period(MP_YEAR, 2018, 12, 31, "2018");
}

TEST(the_next_period_is_plus_one)
{
    bool well = true;
    for (int32_t day = -40000; day < 40000; day++)
        for (enum mp_period p = 0; p < MP_N_PERIODS; p++) {
            int32_t step = mp_period_of(p, day) - mp_period_of(p, day - 1);
            bool begins = p == MP_DAY || (p == MP_WEEK && mp_date_weekday(day) == 1);
            int y, m, d;
            mp_date_civil(day, &y, &m, &d);
            begins |=
                p > MP_WEEK && d == 1 && (p == MP_MONTH || (p == MP_QUARTER ? m % 3 == 1 : m == 1));
            well &= step == (begins ? 1 : 0);
        }
    CHECK(well);
}

/* Dimensions, tables and a tally over them. */
struct bench {
    struct mp_arena arena;
    struct mp_case k;
    struct mp_rules rules;
    struct mp_dims dims;
    struct mp_crosstabs set;
    struct mp_tally tally;
    struct mp_rec_reader reader;
    struct mp_error e;
};

static const char DIMENSIONS[] = "version: 1\n"
                                 "never: [id, person.family_name]\n"
                                 "dimensions:\n"
                                 "  week: {period: week, at: [a, b], longest_gap: 3}\n"
                                 "  sex: {field: sex, values: [f, m]}\n"
                                 "  role: {each_report: true, field: role}\n"
                                 "  age:\n"
                                 "    born: born\n"
                                 "    at: a\n"
                                 "    age: age\n"
                                 "    bands: [{name: young, below: 12}, {name: old}]\n";

static bool begin(struct bench *t, const char *const *by, size_t n)
{
    *t = (struct bench){0};
    const char *path = test_file("dimensions.yaml", DIMENSIONS, sizeof DIMENSIONS - 1);
    mp_case_make(&t->k, (struct mp_time){0});
    mp_case_judged(&t->k);
    t->rules = (struct mp_rules){.arena = &t->arena, .k = &t->k, .lang = "en"};
    return mp_dims_read(&t->rules, path, &t->dims, &t->e) == 0 &&
           mp_crosstabs_quick("-b", by, n, &t->dims, &t->set, &t->e) == 0 &&
           mp_tally_begin(&t->tally, &t->set, &t->dims, &t->e) == 0;
}

static void end(struct bench *t)
{
    mp_tally_free(&t->tally);
    mp_crosstabs_free(&t->set);
    mp_dims_free(&t->dims);
    mp_rec_reader_free(&t->reader);
    mp_arena_free(&t->arena);
}

static int add(struct bench *t, const char *json)
{
    struct mp_rec rec = {.line = mp_str_of(json), .number = 1};
    if (mp_rec_parse(&t->reader, &rec, &t->e) < 0)
        return -1;
    return mp_tally_add(&t->tally, rec.root, &t->e);
}

/* The count in the first table's cell with these coordinates; -1 where there is none. */
static int64_t cell(const struct bench *t, enum mp_count_unit unit, uint64_t first, uint64_t second)
{
    const struct mp_crosstab *tab = &t->set.items[0];
    size_t i =
        mp_numbers_find(&tab->keys, first << mp_crosstab_shift(0) | second << mp_crosstab_shift(1));
    return i == MP_NUMBERS_NONE ? -1 : (int64_t)tab->cells[i].value[unit];
}

TEST(units_are_counted_apart)
{
    struct bench t;
    if (!CHECK(begin(&t, (const char *const[]){"sex,role"}, 1)))
        return;
    enum { F = MP_VALUE_FIRST, M, FIRST = MP_VALUE_FIRST, UPDATE };
    CHECK_INT(add(&t, "{\"sex\":\"f\",\"link\":{\"person_id\":\"p\",\"reports\":[{\"role\":"
                      "\"first\"},{\"role\":\"update\"},{\"role\":\"update\"}]}}"),
              1);
    CHECK_INT(add(&t, "{\"sex\":\"f\",\"link\":{\"person_id\":\"p\",\"reports\":[{\"role\":"
                      "\"first\"}]}}"),
              1);
    CHECK_INT(add(&t, "{\"sex\":\"m\",\"link\":{\"person_id\":\"q\",\"reports\":[{}]}}"), 1);
    CHECK_INT(cell(&t, MP_REPORTS, 0, 0), 5);
    CHECK_INT(cell(&t, MP_EPISODES, 0, 0), 3);
    CHECK_INT(cell(&t, MP_PERSONS, 0, 0), 2);
    CHECK_INT(cell(&t, MP_REPORTS, F, UPDATE), 2);
    CHECK_INT(cell(&t, MP_EPISODES, F, UPDATE), 1);
    CHECK_INT(cell(&t, MP_EPISODES, F, FIRST), 2);
    CHECK_INT(cell(&t, MP_PERSONS, F, 0), 1);
    CHECK_INT(cell(&t, MP_REPORTS, M, MP_VALUE_UNKNOWN), 1);
    CHECK_INT(cell(&t, MP_REPORTS, M, FIRST), -1);
    CHECK(mp_tally_gives(&t.tally, MP_PERSONS));
    CHECK_INT(add(&t, "{\"sex\":\"m\"}"), 1);
    CHECK(!mp_tally_gives(&t.tally, MP_PERSONS) && !mp_tally_gives(&t.tally, MP_EPISODES) &&
          mp_tally_gives(&t.tally, MP_REPORTS));
    CHECK_INT(cell(&t, MP_REPORTS, 0, 0), 6);
    end(&t);
}

static struct mp_buf rows_of(struct bench *t, unsigned units, bool *gap)
{
    struct mp_buf b = {0};
    struct mp_publication p;
    const struct mp_guard_rules unsafe = {.unsafe = true};
    CHECK_INT(mp_tally_finish(&t->tally, &t->e), 0);
    if (CHECK_INT(mp_publication_begin(&p, &t->tally, &unsafe, units, &t->e), 0))
        while (mp_publication_next(&p, &b))
            ;
    *gap = p.lists[0].gap;
    mp_publication_end(&p);
    return b;
}

#define ROW(by, value)                                                                             \
    "{\"table\":\"week\",\"by\":{" by                                                              \
    "},\"unit\":\"reports\",\"measure\":\"count\",\"value\":" #value                               \
    ",\"suppressed\":null,\"unsafe\":true}\n"

TEST(gaps_are_filled_unless_too_long)
{
    struct bench t;
    if (!CHECK(begin(&t, (const char *const[]){"week"}, 1)))
        return;
    add(&t, "{\"a\":\"2018-01-29\"}");
    add(&t, "{\"b\":\"2018-01-01\"}");
    add(&t, "{}");
    bool gap;
    struct mp_buf b = rows_of(&t, 1u << MP_REPORTS, &gap);
    CHECK(!gap); /* three empty weeks are as many as may be */
    CHECK_STR(mp_buf_str(&b),
              ROW("", 3) ROW("\"week\":\"2018-W01\"", 1) ROW("\"week\":\"2018-W02\"", 0)
                  ROW("\"week\":\"2018-W03\"", 0) ROW("\"week\":\"2018-W04\"", 0)
                      ROW("\"week\":\"2018-W05\"", 1) ROW("\"week\":\"unknown\"", 1));
    mp_buf_free(&b);
    end(&t);
    if (!CHECK(begin(&t, (const char *const[]){"week"}, 1)))
        return;
    add(&t, "{\"a\":\"2018-02-05\"}");
    add(&t, "{\"a\":\"2018-01-01\"}");
    b = rows_of(&t, 1u << MP_REPORTS, &gap);
    CHECK(gap);
    CHECK_STR(mp_buf_str(&b),
              ROW("", 2) ROW("\"week\":\"2018-W01\"", 1) ROW("\"week\":\"2018-W06\"", 1));
    mp_buf_free(&b);
    end(&t);
}

TEST(rows_do_not_hang_on_the_order_of_records)
{
    static const char *const records[] = {
        "{\"a\":\"2018-01-29\",\"sex\":\"x\",\"age\":4}", "{\"a\":\"2018-01-09\",\"sex\":\"v\"}",
        "{\"sex\":\"m\",\"born\":\"2001-01-01\"}", "{\"a\":\"2018-01-16\",\"age\":12}",
        "{\"a\":\"2018-01-01\",\"sex\":\"f\",\"born\":\"2006-01-02\"}"};
    static const char *const by[] = {"week,sex", "sex,age"};
    enum { N = sizeof records / sizeof *records, TURNS = 20 };
    struct mp_buf first = {0};
    uint64_t random = 1;
    size_t order[N];
    for (size_t i = 0; i < N; i++)
        order[i] = i;
    for (size_t turn = 0; turn < TURNS; turn++) {
        struct bench t;
        if (!CHECK(begin(&t, by, 2)))
            return;
        for (size_t i = 0; i < N; i++)
            add(&t, records[order[i]]);
        bool gap;
        struct mp_buf b = rows_of(&t, 7, &gap);
        end(&t);
        if (turn == 0)
            first = b;
        else
            CHECK_SAME(mp_buf_str(&b), mp_buf_str(&first));
        if (turn > 0)
            mp_buf_free(&b);
        for (size_t i = N - 1; i > 0; i--) {
            size_t other = test_random(&random, (unsigned)i + 1), kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }
    mp_buf_free(&first);
}

TEST(a_table_that_counted_nothing_has_its_total)
{
    struct bench t;
    if (!CHECK(begin(&t, (const char *const[]){"week"}, 1)))
        return;
    bool gap;
    struct mp_buf b = rows_of(&t, 1u << MP_REPORTS, &gap);
    CHECK_STR(mp_buf_str(&b), ROW("", 0));
    mp_buf_free(&b);
    end(&t);
}

TEST(paths_that_no_record_tells_are_kept)
{
    static const char yaml[] = "name: t\nversion: 1\ntables:\n"
                               "  - table: t\n    by: []\n    units: [reports]\n"
                               "    measure: count\n"
                               "    where: {any: [{field: one, is: f}, {field: two, is: f},\n"
                               "                  {field: three, is: f}]}\n";
    struct bench t;
    if (!CHECK(begin(&t, (const char *const[]){"sex"}, 1)))
        return;
    mp_tally_free(&t.tally);
    mp_crosstabs_free(&t.set);
    const char *path = test_file("set.yaml", yaml, sizeof yaml - 1);
    if (CHECK_INT(mp_crosstabs_read(path, &t.dims, &t.set, &t.e), 0) &&
        CHECK_INT(mp_tally_begin(&t.tally, &t.set, &t.dims, &t.e), 0)) {
        uint64_t asked = t.set.items[0].where.places;
        CHECK_INT(add(&t, "{}"), 0);
        CHECK_INT(__builtin_popcountll(asked & ~t.tally.told), 3);
        CHECK_INT(add(&t, "{\"one\":\"m\"}"), 0);
        CHECK_INT(add(&t, "{\"three\":\"f\"}"), 1);
        uint64_t left = asked & ~t.tally.told;
        CHECK_INT(__builtin_popcountll(left), 1);
        CHECK_STR(mp_case_path(&t.k, (size_t)__builtin_ctzll(left)), "two");
        CHECK_INT(add(&t, "{\"two\":\"f\"}"), 1);
        CHECK_INT(add(&t, "{}"), 0);
        CHECK_INT(asked & ~t.tally.told, 0);
    }
    end(&t);
}

TEST(restricting_to_a_unit_keeps_the_tables_that_have_it)
{
    struct bench t;
    if (!CHECK(begin(&t, (const char *const[]){"week", "sex"}, 2)))
        return;
    t.set.items[0].n_units = 1; /* reports */
    CHECK(mp_crosstabs_restrict(&t.set, MP_PERSONS));
    CHECK_INT(t.set.n, 1);
    CHECK_STR(t.set.items[0].name, "sex");
    CHECK_INT(t.set.items[0].n_units, 1);
    CHECK(!mp_crosstabs_restrict(&t.set, MP_REPORTS));
    end(&t);
}

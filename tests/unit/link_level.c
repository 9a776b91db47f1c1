/* link/level: how two values can be alike; link/estimate: shares that do not depend on an order */
#include "link/cluster.h"
#include "link/level.h"
#include "test.h"

struct linking {
    struct mp_arena rules;
    struct mp_link_model model;
    struct mp_store store;
    struct mp_link_reports reports;
    struct mp_link_weighed weighed;
};

static void begin(struct linking *l, const char *rules)
{
    struct mp_error e = {0};
    *l = (struct linking){0};
    const char *path = test_file("model.yaml", rules, strlen(rules));
    if (!CHECK_INT(mp_link_model_read(&l->rules, path, &l->model, &e), 0))
        fprintf(stderr, "%s\n", e.text);
    mp_link_reports_make(&l->reports, &l->model, &l->store);
}

static void add(struct linking *l, const char *line)
{
    struct mp_error e = {0};
    struct mp_rec_reader reader = {0};
    struct mp_rec rec = {.line = mp_str_of(line), .file = MP_STR("in"), .number = 1};
    CHECK_INT(mp_rec_parse(&reader, &rec, &e), 0);
    CHECK_INT(mp_link_add(&l->reports, &rec, &e), 0);
    mp_rec_reader_free(&reader);
}

static void end(struct linking *l)
{
    mp_link_weighed_free(&l->weighed);
    mp_link_reports_free(&l->reports);
    mp_store_free(&l->store);
    mp_arena_free(&l->rules);
}

/* Level of two values by one line of `compare`: 1 if it fits, 2 if not, 0 where one is not known.
 */
static unsigned level(const char *line, const char *a, const char *b)
{
    struct linking l;
    struct mp_buf text = {0};
    mp_buf_addf(&text,
                "key: v\nsounds: {s: {ck: k, y: i}}\n"
                "fields: {v: {from: v, as: words}, w: {from: w, as: words},\n"
                "  s: {from: v, as: words, sounds: s}, d: {from: d, as: text}}\n"
                "compare: {v: [{%s}]}\nblock: [[v]]\n",
                line);
    begin(&l, mp_buf_cstr(&text));
    const char *values[] = {a, b};
    for (int i = 0; i < 2; i++) {
        text.len = 0;
        mp_buf_addf(&text, "{\"v\":\"%s\",\"w\":\"%s\"}", values[i], values[!i]);
        add(&l, mp_buf_cstr(&text));
    }
    CHECK(mp_link_rows_finish(&l.reports.rows));
    unsigned one = (unsigned)mp_link_levels(&l.reports, mp_link_row(&l.reports, 0),
                                            mp_link_row(&l.reports, 1));
    unsigned other = (unsigned)mp_link_levels(&l.reports, mp_link_row(&l.reports, 1),
                                              mp_link_row(&l.reports, 0));
    CHECK_INT(one, other);
    mp_buf_free(&text);
    end(&l);
    return one;
}

TEST(values_that_are_the_same)
{
    CHECK_INT(level("is: same", "Anna", "ANNA"), 1);
    CHECK_INT(level("is: same", "Anna", "Anne"), 2);
    CHECK_INT(level("is: same", "", "Anne"), 0);
    CHECK_INT(level("is: same, of: s", "Nicky", "Niki"), 1);
    CHECK_INT(level("is: same, of: s", "Nicky", "Nina"), 2);
}

TEST(values_that_are_exchanged)
{
    CHECK_INT(level("is: swapped, with: w", "Anna", "Smit"), 1);
    CHECK_INT(level("is: swapped, with: w", "A", "S"), 2); /* initials are too common */
}

TEST(values_that_are_initials_or_parts)
{
    CHECK_INT(level("is: initial", "J.", "Jamie"), 1);
    CHECK_INT(level("is: initial", "J.", "J"), 1);
    CHECK_INT(level("is: initial", "J.P.", "Jan Peter"), 1);
    CHECK_INT(level("is: initial", "J.P.", "Jan Kees"), 2);
    CHECK_INT(level("is: initial", "J.", "Anna"), 2);
    CHECK_INT(level("is: initial", "Jan", "Jan"), 2);
    CHECK_INT(level("is: part", "Jan Peter", "Peter"), 1);
    CHECK_INT(level("is: part", "Jan Peter", "Jan Kees"), 2);
    CHECK_INT(level("is: part", "Jan", "Janneke"), 2);
}

TEST(values_that_are_nearly_the_same)
{
    CHECK_INT(level("is: similar, least: 0.9", "Martha", "Marhta"), 1);
    CHECK_INT(level("is: similar, least: 0.97", "Martha", "Marhta"), 2);
    CHECK_INT(level("is: edits, most: 1", "Terpstra", "Terpsrta"), 1);
    CHECK_INT(level("is: edits, most: 1", "Terpstra", "Trepsrta"), 2);
    CHECK_INT(level("is: edits, most: 2", "Terpstra", "Trepsrta"), 1);
    CHECK_INT(level("is: edits, most: 1", "Jan", "Jon"), 2); /* too short */
    CHECK_INT(level("is: digits, most: 1", "1234", "1294"), 1);
    CHECK_INT(level("is: digits, most: 1", "1234", "12345"), 2);
    CHECK_INT(level("is: start, most: 4", "1234AB", "1234XY"), 1);
    CHECK_INT(level("is: start, most: 4", "123", "123"), 2);
    CHECK_INT(level("is: near, most: 2", "17", "19"), 1);
    CHECK_INT(level("is: near, most: 2", "17", "20"), 2);
    CHECK_INT(level("is: near, most: 2", "17", "xx"), 2);
}

/* By one line of `compare` for v, which can name the fields day, year and birth; 0 as in level().
 */
static unsigned dated_level(const char *line, const char *a, const char *b)
{
    struct linking l;
    struct mp_buf text = {0};
    mp_buf_addf(&text,
                "key: v\nfields: {v: {from: v, as: text}, day: {from: [t, u], as: day},\n"
                "  year: {from: [t], as: year}, birth: {from: [t, u], as: year, less: age}}\n"
                "compare: {%s}\nblock: [[v]]\n",
                line);
    begin(&l, mp_buf_cstr(&text));
    add(&l, a);
    add(&l, b);
    CHECK(mp_link_rows_finish(&l.reports.rows));
    unsigned one = (unsigned)mp_link_levels(&l.reports, mp_link_row(&l.reports, 0),
                                            mp_link_row(&l.reports, 1));
    mp_buf_free(&text);
    end(&l);
    return one;
}

TEST(days_and_years_of_times)
{
    static const char a[] =
        "{\"v\":\"x\",\"t\":\"2018-12-30T23:50\",\"u\":\"2001-01-01\",\"age\":14}";
    static const char b[] = "{\"v\":\"x\",\"u\":\"2019-01-02\",\"age\":15}";
    static const char c[] = "{\"v\":\"x\",\"t\":\"soon\",\"age\":15}";
    CHECK_INT(dated_level("day: [{is: near, most: 3}]", a, b), 1);
    CHECK_INT(dated_level("day: [{is: near, most: 2}]", a, b), 2);
    CHECK_INT(dated_level("year: [{is: near, most: 9}]", a, b), 0);
    CHECK_INT(dated_level("birth: [{is: same}]", a, b), 1);
    CHECK_INT(dated_level("birth: [{is: same}]", a, c), 0);
    CHECK_INT(dated_level("birth: [{is: same}]", a, "{\"v\":\"x\",\"t\":\"2018-12-30\"}"), 0);
}

TEST(a_level_of_two_fields)
{
    static const char a[] = "{\"v\":\"x\",\"t\":\"2018-12-30\"}";
    static const char b[] = "{\"v\":\"x\",\"t\":\"2019-01-02\"}";
    CHECK_INT(dated_level("v: [{is: same, and: {day: 3}}]", a, b), 1);
    CHECK_INT(dated_level("v: [{is: same, and: {day: 2}}]", a, b), 2);
    CHECK_INT(dated_level("v: [{is: same, and: {day: 2}}]", a, a), 1);
    CHECK_INT(dated_level("v: [{is: same, and: {day: 9}}]", a, "{\"v\":\"x\"}"), 2);
}

TEST(dates_with_day_and_month_exchanged)
{
    CHECK_INT(level("is: day-month", "20020504", "20020405"), 1);
    CHECK_INT(level("is: day-month", "20020504", "20030405"), 2);
    CHECK_INT(level("is: day-month", "2002050", "2002050"), 2);
}

TEST(names_that_cannot_be_one)
{
    CHECK(!mp_link_unlike(MP_STR("tess"), MP_STR("tess"), 0.85));
    CHECK(!mp_link_unlike(MP_STR("t"), MP_STR("tess"), 0.85));
    CHECK(!mp_link_unlike(MP_STR("tess anna"), MP_STR("anna"), 0.85));
    CHECK(!mp_link_unlike(MP_STR("jip"), MP_STR("jpi"), 0.85));
    CHECK(!mp_link_unlike(MP_STR("danique"), MP_STR("daniek"), 0.85));
    CHECK(mp_link_unlike(MP_STR("tess"), MP_STR("anna"), 0.85));
    CHECK(mp_link_unlike(MP_STR("jayden"), MP_STR("jamie"), 0.85));
}

static const char persons[] = "key: id\n"
                              "fields: {n: {from: n, as: words}, b: {from: b, as: text},\n"
                              "  both: {from: [n, b], as: text}}\n"
                              "compare: {n: [{is: same, frequency: true}, {is: edits, most: 1}],\n"
                              "  b: [{is: same}]}\nblock: [[n], [b]]\n";

/* The same records in another order are compared, estimated and joined just so. */
TEST(weights_do_not_depend_on_the_order_of_records)
{
    enum { N = 400 };
    double prior[2], m[2];
    for (int turn = 0; turn < 2; turn++) {
        struct linking l;
        struct mp_error e = {0};
        char line[80];
        begin(&l, persons);
        for (int i = 0; i < N; i++) {
            int k = turn ? N - 1 - i : i, person = k / 2 % 150;
            snprintf(line, sizeof line, "{\"id\":%d,\"n\":\"name%c%d\",\"b\":\"%d\"}", k,
                     k % 7 ? 'a' : 'b', person, 1000 + person / 2);
            add(&l, line);
        }
        CHECK_INT(mp_link_sort(&l.reports, &e), 0);
        CHECK_INT(mp_link_cluster(&l.reports, NULL, NULL, &l.weighed, &e), 0);
        prior[turn] = l.model.prior;
        m[turn] = l.model.shares[0].m[1];
        CHECK(l.model.prior > 0 && l.model.prior < 0.1);
        end(&l);
    }
    CHECK(prior[0] >= prior[1] && prior[0] <= prior[1]);
    CHECK(m[0] >= m[1] && m[0] <= m[1]);
}

/* A weighs for B and B for C, but nothing for A and C: a chain joins nobody. */
TEST(a_chain_of_look_alikes_is_no_person)
{
    struct linking l;
    struct mp_error e = {0};
    begin(&l, "key: id\nfields: {n: {from: n, as: words}, b: {from: b, as: text}}\n"
              "compare: {n: [{is: same}], b: [{is: same}]}\nblock: [[n], [b]]\n"
              "weights: {final: true, prior: 0.2, shares: {n: {one: [0.9, 0.1], two: [0.1, 0.9]},\n"
              "  b: {one: [0.9, 0.1], two: [0.05, 0.95]}}}\n");
    add(&l, "{\"id\":1,\"n\":\"anna\",\"b\":\"1\"}");
    add(&l, "{\"id\":2,\"n\":\"anna\"}");
    add(&l, "{\"id\":3,\"n\":\"anna\",\"b\":\"2\"}");
    CHECK_INT(mp_link_sort(&l.reports, &e), 0);
    CHECK_INT(mp_link_cluster(&l.reports, NULL, NULL, &l.weighed, &e), 0);
    CHECK(l.reports.all[0]->person != l.reports.all[2]->person);
    CHECK_INT(l.reports.all[1]->person, l.reports.all[0]->person);
    const struct mp_link_pair *p = l.weighed.pairs;
    CHECK_INT(p[0].outcome, MP_LINK_JOINED);
    CHECK_INT(p[1].outcome, MP_LINK_OUTVOTED);
    end(&l);
}

static void cluster(struct linking *l)
{
    struct mp_error e = {0};
    CHECK_INT(mp_link_sort(&l->reports, &e), 0);
    CHECK_INT(mp_link_cluster(&l->reports, NULL, NULL, &l->weighed, &e), 0);
}

/* Two misspellings of one name differ, but each is like the name that both groups know. */
TEST(misspelt_is_not_another)
{
    static const char rules[] =
        "key: id\nfields: {g: {from: g, as: words}, f: {from: f, as: words}, c: {from: c, as: "
        "text}}\n"
        "same_youth: [{name: client, same: [c]}, {name: family, same: [f]}]\n"
        "two_youths: [{name: twins, same: [f], differ: g, unlike: 0.9}]\n";
    struct linking l;
    begin(&l, rules);
    add(&l, "{\"id\":1,\"f\":\"smit\",\"c\":\"1\",\"g\":\"melanie\"}");
    add(&l, "{\"id\":2,\"f\":\"smit\",\"c\":\"1\",\"g\":\"mealnie\"}");
    add(&l, "{\"id\":3,\"f\":\"smit\",\"c\":\"2\",\"g\":\"melanie\"}");
    add(&l, "{\"id\":4,\"f\":\"smit\",\"c\":\"2\",\"g\":\"emlanei\"}");
    add(&l, "{\"id\":5,\"f\":\"smit\",\"c\":\"3\",\"g\":\"tess\"}");
    cluster(&l);
    CHECK(l.reports.all[0]->person != l.reports.all[4]->person);
    CHECK_INT(l.reports.all[0]->person, l.reports.all[2]->person);
    end(&l);
}

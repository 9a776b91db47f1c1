/* lib/io/condition */
#include "io/condition.h"
#include "test.h"
#include <stdio.h>

struct asked {
    struct mp_arena arena;
    struct mp_rec_reader reader;
    struct mp_rec rec;
    const struct mp_condition *condition;
    int result;
    struct mp_error e;
};

static struct asked ask(const char *yaml, const char *record)
{
    struct asked a = {0};
    struct mp_yaml *y;
    a.result = mp_yaml_load(&a.arena, test_file("c.yaml", yaml, strlen(yaml)), &y, &a.e);
    if (a.result == 0)
        a.result = mp_condition_read(&a.arena, y, &a.condition, &a.e);
    a.rec.line = mp_str_of(record);
    if (record)
        CHECK_INT(mp_rec_parse(&a.reader, &a.rec, &a.e), 0);
    return a;
}

static void done(struct asked *a)
{
    mp_arena_free(&a->arena);
    mp_rec_reader_free(&a->reader);
}

static void gives(const char *yaml, const char *record, enum mp_truth want)
{
    struct asked a = ask(yaml, record);
    if (CHECK(a.result == 0) && !CHECK_INT(mp_condition_eval(a.condition, a.rec.root, NULL), want))
        printf("    %s on %s\n", yaml, record);
    done(&a);
}

static void fails(const char *yaml, size_t line, size_t col)
{
    struct asked a = ask(yaml, NULL);
    if (!CHECK(a.result == -1))
        printf("    %s\n", yaml);
    CHECK_INT(a.e.code, MP_RULES);
    CHECK_INT(a.e.line, line);
    CHECK_INT(a.e.col, col);
    done(&a);
}

TEST(condition_is_compares_folded_globs)
{
    gives("{field: a, is: x}", "{\"a\":\"x\"}", MP_TRUE);
    gives("{field: a, is: x}", "{\"a\":\"y\"}", MP_FALSE);
    gives("{field: a, is: x}", "{}", MP_UNDECIDED);
    gives("{field: a, is: x}", "{\"a\":null}", MP_UNDECIDED);
    gives("{field: a, is: [x, Caf\xc3\x89*]}", "{\"a\":\" CAFE noir \"}", MP_TRUE);
    gives("{field: a, is: [x, Caf\xc3\x89*]}", "{\"a\":\"CAF\xc3\x89 noir\"}", MP_TRUE);
    gives("{field: a, is: '*'}", "{\"a\":\"\"}", MP_TRUE);
    gives("{field: a, is: []}", "{\"a\":\"x\"}", MP_FALSE);
    gives("{field: a, is: true}", "{\"a\":true}", MP_TRUE);
    gives("{field: a, is: true}", "{\"a\":false}", MP_FALSE);
    gives("{field: a, is: 12}", "{\"a\":12}", MP_TRUE);
    gives("{field: a.b.c, is: x}", "{\"a\":{\"b\":{\"c\":\"X\"}}}", MP_TRUE);
    gives("{field: a.b, is: x}", "{\"a\":\"x\"}", MP_UNDECIDED);
    gives("{field: a, is: x}", "{\"a\":{\"x\":\"x\"}}", MP_UNDECIDED);
    gives("{field: a, is: x}", "{\"a\":[\"y\",1,null,\"X\"]}", MP_TRUE);
    gives("{field: a, is: x}", "{\"a\":[\"y\",[\"x\"],{}]}", MP_FALSE);
    gives("{field: a, is: x}", "{\"a\":[]}", MP_FALSE);
    gives("{field: a, item: b, is: x}", "{\"a\":[\"x\",{\"c\":\"x\"}]}", MP_FALSE);
    gives("{field: a, item: b, is: x}", "{\"a\":[{\"b\":\"y\"},{\"b\":\"x\"}]}", MP_TRUE);
    gives("{field: a, below: 3}", "{\"a\":[1]}", MP_UNDECIDED);
    gives("{field: a, is: '*zz*'}",
          "{\"a\":\"0123456789012345678901234567890123456789012345678901234567890123456ZZ\"}",
          MP_TRUE);
}

TEST(condition_numbers)
{
    gives("{field: a, below: 12}", "{\"a\":11.99}", MP_TRUE);
    gives("{field: a, below: 12}", "{\"a\":12}", MP_FALSE);
    gives("{field: a, at_least: 12}", "{\"a\":12.0}", MP_TRUE);
    gives("{field: a, at_least: 12}", "{\"a\":1e1}", MP_FALSE);
    gives("{field: a, at_least: -1.5}", "{\"a\":\"-1\"}", MP_TRUE);
    gives("{field: a, below: 12}", "{\"a\":\"x\"}", MP_UNDECIDED);
    gives("{field: a, below: 12}", "{\"a\":\"\"}", MP_UNDECIDED);
    gives("{field: a, below: 12}", "{\"a\":true}", MP_UNDECIDED);
    gives("{field: a, below: 12}", "{}", MP_UNDECIDED);
}

/* Written as in JSON, or it is no number: strtod would also take these. */
TEST(condition_numbers_have_one_grammar)
{
    static const char *const none[] = {"nan", "inf", "-infinity", "0x1f", " 1", "1 ",
                                       "+1",  "1.",  ".5",        "01",   "-",  "1e",
                                       "1e+", "--1", "1e999",     "-1.e1"};
    static const char *const some[] = {"0", "-0", "-1.5e-3", "10", "0.0", "1E+2", "11.999"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        char yaml[100], record[100];
        snprintf(record, sizeof record, "{\"a\":\"%s\"}", none[i]);
        gives("{field: a, below: 12}", record, MP_UNDECIDED);
        snprintf(yaml, sizeof yaml, "{field: a, below: '%s'}", none[i]);
        fails(yaml, 1, 19);
    }
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        char yaml[100];
        snprintf(yaml, sizeof yaml, "{field: a, at_least: %s}", some[i]);
        gives(yaml, "{\"a\":100}", MP_TRUE);
    }
    gives("{field: a, below: 12}",
          "{\"a\":0.0000000000000000000000000000000000000000000000000000000000000001}",
          MP_UNDECIDED);
}

TEST(condition_known_is_never_undecided)
{
    gives("{field: a, known: true}", "{\"a\":0}", MP_TRUE);
    gives("{field: a, known: true}", "{\"a\":null}", MP_FALSE);
    gives("{field: a, known: false}", "{}", MP_TRUE);
    gives("{field: a, known: false}", "{\"a\":false}", MP_FALSE);
    gives("{field: a, known: false}", "{\"a\":{}}", MP_FALSE);
    gives("{field: signals, known: true}", "{\"signals\":[]}", MP_TRUE);
}

TEST(condition_signals)
{
    static const char record[] = "{\"signals\":[{\"code\":\"A\",\"status\":\"present\"},"
                                 "{\"code\":\"B\",\"status\":\"absent\"}]}";
    gives("signal: A", record, MP_TRUE);
    gives("signal: C", record, MP_FALSE);
    gives("signal: [C, B]", record, MP_TRUE);
    gives("{signal: B, status: present}", record, MP_FALSE);
    gives("{signal: [A, B], status: [absent, other]}", record, MP_TRUE);
    gives("signal: A", "{\"signals\":[]}", MP_FALSE);
    gives("signal: A", "{}", MP_UNDECIDED);
    gives("signal: A", "{\"signals\":\"A\"}", MP_UNDECIDED);
    gives("signal: A", "{\"signals\":[1,null,{}]}", MP_FALSE);
    fails("{signal: A, status: [absent, maybe]}", 1, 30);
    fails("{signal: []}", 1, 1);
}

TEST(condition_traces_what_holds)
{
    struct asked a = ask("any: [{signal: A}, {all: [{signal: B}, {field: t, is: 2}]}]",
                         "{\"t\":1,\"signals\":[{\"code\":\"A\"},{\"code\":\"B\"}]}");
    struct mp_trace trace = {0};
    CHECK_INT(mp_condition_eval(a.condition, a.rec.root, &trace), MP_TRUE);
    CHECK(trace.n_signals == 1 && trace.n_fields == 0);
    done(&a);
}

/* All nine pairs of truth values: t is true, f false, u not there. */
TEST(condition_three_valued_logic)
{
    static const char record[] = "{\"t\":1,\"f\":0}";
    static const char names[] = "ftu";
    static const enum mp_truth truth[] = {MP_FALSE, MP_TRUE, MP_UNDECIDED};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++) {
            char yaml[100];
            bool f = i == 0 || k == 0, t = i == 1 || k == 1, u = i == 2 || k == 2;
            snprintf(yaml, sizeof yaml, "all: [{field: %c, is: 1}, {field: %c, is: 1}]", names[i],
                     names[k]);
            gives(yaml, record, f ? MP_FALSE : u ? MP_UNDECIDED : MP_TRUE);
            snprintf(yaml, sizeof yaml, "any: [{field: %c, is: 1}, {field: %c, is: 1}]", names[i],
                     names[k]);
            gives(yaml, record, t ? MP_TRUE : u ? MP_UNDECIDED : MP_FALSE);
        }
    for (int i = 0; i < 3; i++) {
        char yaml[100];
        snprintf(yaml, sizeof yaml, "not: {field: %c, is: 1}", names[i]);
        gives(yaml, record, i == 2 ? MP_UNDECIDED : truth[!i]);
    }
    fails("all: []", 1, 6);
    fails("any: []", 1, 6);
    gives("not: {any: [{field: f, is: 1}, {not: {field: t, is: 1}}]}", record, MP_TRUE);
}

TEST(condition_trace_tells_what_was_looked_at)
{
    struct asked a =
        ask("any:\n- {field: t, is: 1}\n- {field: u, is: 1}\n- {field: t, at_least: 0}\n"
            "- not: {all: [{field: f, is: 0}, {field: v, below: 1}]}\n- signal: A\n",
            "{\"t\":1,\"f\":0,\"signals\":[{\"code\":\"A\"},{\"code\":\"A\"}]}");
    struct mp_trace trace = {0};
    CHECK_INT(a.result, 0);
    CHECK_INT(mp_condition_eval(a.condition, a.rec.root, &trace), MP_TRUE);
    if (CHECK(trace.n_fields == 1 && trace.n_missing == 2 && trace.n_signals == 2)) {
        CHECK_STR(trace.fields[0], "t");
        CHECK_STR(trace.missing[0], "u");
        CHECK_STR(trace.missing[1], "v");
    }
    done(&a);
    a = ask("all: [{signal: A}, {field: x, is: 1}]", "{}");
    trace = (struct mp_trace){0};
    CHECK_INT(mp_condition_eval(a.condition, a.rec.root, &trace), MP_UNDECIDED);
    CHECK(trace.n_missing == 2 && mp_str_is(trace.missing[0], "signals"));
    done(&a);
}

TEST(condition_trace_marks_the_places_that_a_truth_hangs_on)
{
    struct asked a =
        ask("all:\n- field: u\n  is: 1\n- any: [{field: v, is: 1}, {field: t, is: 1}]\n"
            "- not: {all: [{field: w, is: 1}, {field: t, is: 0}]}\n",
            "{\"t\":1}");
    static struct mp_lookup l;
    struct mp_trace trace = {0};
    uint64_t places = 0;
    struct mp_path path;
    CHECK_INT(a.result, 0);
    CHECK(mp_condition_bind(a.condition, &l, &places));
    (void)mp_lookup_read(&l, a.rec.root);
    CHECK_INT(mp_condition_eval_in(a.condition, &l, &trace), MP_UNDECIDED);
    CHECK(mp_path_of(&path, MP_STR("u")));
    CHECK(trace.missing_places == UINT64_C(1) << mp_lookup_add(&l, &path));
    CHECK_INT(trace.n_missing, 3);
    done(&a);
}

TEST(condition_trace_is_bounded)
{
    struct mp_buf rules = {0}, record = {0};
    mp_buf_adds(&rules, "any: [{signal: A}");
    mp_buf_adds(&record, "{\"t\":1,\"signals\":[{\"code\":\"B\"}");
    for (int i = 0; i < 50; i++) {
        mp_buf_addf(&rules, ", {field: m%d, is: 1}, {field: t, is: 1}, {signal: A}", i);
        mp_buf_adds(&record, ",{\"code\":\"A\"}");
    }
    mp_buf_adds(&rules, "]");
    mp_buf_adds(&record, "]}");
    struct asked a = ask(mp_buf_cstr(&rules), mp_buf_cstr(&record));
    struct mp_trace trace = {0};
    CHECK_INT(a.result, 0);
    CHECK_INT(mp_condition_eval(a.condition, a.rec.root, &trace), MP_TRUE);
    CHECK_INT(trace.n_missing, MP_TRACE_MAX);
    CHECK_INT(trace.n_signals, MP_TRACE_MAX);
    CHECK_INT(trace.n_fields, 1);
    done(&a);
    mp_buf_free(&rules);
    mp_buf_free(&record);
}

TEST(condition_mistakes_have_their_place)
{
    fails("[x]", 1, 1);
    fails("{}", 1, 1);
    fails("{fields: a, is: x}", 1, 1);
    fails("{field: a}", 1, 1);
    fails("{field: a, is: x, below: 3}", 1, 1);
    fails("{field: a, iz: x}", 1, 12);
    fails("{field: a..b, is: x}", 1, 9);
    fails("{field: [a], is: x}", 1, 9);
    fails("{field: a, is: {b: c}}", 1, 16);
    fails("{field: a, is: [x, [y]]}", 1, 20);
    fails("{field: a, is: ~}", 1, 16);
    fails("{field: a, below: x}", 1, 19);
    fails("{field: a, below: 1x}", 1, 19);
    fails("{field: a, below: ''}", 1, 19);
    fails("{field: a, known: maybe}", 1, 19);
    fails("{signal: A, state: x}", 1, 13);
    fails("{signal: [[A]]}", 1, 11);
    fails("all: {field: a, is: x}", 1, 6);
    fails("not: [{field: a, is: x}]", 1, 6);
    fails("all:\n  - field: a\n    is: x\n  - y\n", 4, 5);
    fails("all: [{field: a, is: x}]\nany: []\n", 2, 1);
}

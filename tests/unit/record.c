/* lib/io/record */
#include "io/record.h"
#include "test.h"
#include <stdio.h>

struct parsed {
    struct mp_rec rec;
    struct mp_rec_reader reader;
    struct mp_error e;
    int result;
};

static struct parsed parse(struct mp_str line)
{
    struct parsed p = {.rec = {.line = line, .file = MP_STR("f"), .number = 3}};
    p.result = mp_rec_parse(&p.reader, &p.rec, &p.e);
    return p;
}

static void refuses(const char *line, enum mp_code code, size_t col)
{
    struct parsed p = parse(mp_str_of(line));
    CHECK_INT(p.result, -1);
    CHECK_INT(p.e.code, code);
    CHECK_STR(p.e.file, "f");
    CHECK_INT(p.e.line, 3);
    CHECK_INT(p.e.col, col);
    mp_rec_reader_free(&p.reader);
}

TEST(record_must_be_one_object)
{
    refuses("", MP_NOT_JSON, 1);
    refuses("{", MP_NOT_JSON, 2);
    refuses("{\"a\":1} x", MP_NOT_JSON, 9);
    refuses("{\"a\":1}{}", MP_NOT_JSON, 8);
    refuses("[1]", MP_NOT_A_RECORD, 1);
    refuses("3", MP_NOT_A_RECORD, 1);
    refuses("{\"a\":01}", MP_NOT_JSON, 6);
    refuses("{\"a\":NaN}", MP_NOT_JSON, 6);
    refuses("{\"a\":1,}", MP_NOT_JSON, 7);
    refuses("{\"\xc3\xa9\xc3\xa9\":x}", MP_NOT_JSON, 7); /* characters, not bytes */
    refuses("{\"a\":\"\xff\"}", MP_NOT_JSON, 7);
    refuses("{\"a\":\"\n\"}", MP_NOT_JSON, 7);
}

TEST(record_with_a_key_twice)
{
    refuses("{\"a\":1,\"a\":2}", MP_DUPLICATE_KEY, 1);
    refuses("{\"a\":1,\"\\u0061\":2}", MP_DUPLICATE_KEY, 1);
    refuses("{\"x\":[{\"b\":{\"c\":1,\"d\":2,\"c\":3}}]}", MP_DUPLICATE_KEY, 1);
    refuses("{\"\":1,\"\":2}", MP_DUPLICATE_KEY, 1);
    struct parsed p = parse(MP_STR("{\"a\":{\"a\":{\"a\":[]}},\"A\":1,\"aa\":2,\"\":3}"));
    CHECK_INT(p.result, 0);
    mp_rec_reader_free(&p.reader);
}

/* An object of n keys, the last one being the same as the first if `twice`. */
static struct mp_buf many_keys(unsigned n, bool twice)
{
    struct mp_buf b = {0};
    mp_buf_addc(&b, '{');
    for (unsigned i = 0; i < n; i++)
        mp_buf_addf(&b, "%s\"k%u\":%u", i ? "," : "", twice && i == n - 1 ? 0 : i, i);
    mp_buf_addc(&b, '}');
    return b;
}

TEST(record_with_very_many_keys_is_quick)
{
    for (unsigned twice = 0; twice < 2; twice++)
        for (unsigned n = 2; n <= 200000; n *= 10) {
            struct mp_buf b = many_keys(n, twice);
            struct parsed p = parse(mp_buf_str(&b));
            CHECK_INT(p.result, twice ? -1 : 0);
            if (twice)
                CHECK_INT(p.e.code, MP_DUPLICATE_KEY);
            mp_rec_reader_free(&p.reader);
            mp_buf_free(&b);
        }
}

TEST(record_paths)
{
    struct mp_path path;
    CHECK(mp_path_of(&path, MP_STR("a")) && path.n == 1);
    CHECK(mp_path_of(&path, MP_STR("a.bc.d.e")) && path.n == 4);
    CHECK_STR(path.keys[1], "bc");
    CHECK(!mp_path_of(&path, MP_STR("")));
    CHECK(!mp_path_of(&path, MP_STR(".a")));
    CHECK(!mp_path_of(&path, MP_STR("a.")));
    CHECK(!mp_path_of(&path, MP_STR("a..b")));
    CHECK(!mp_path_of(&path, MP_STR("a.b.c.d.e")));
}

TEST(record_values_by_path)
{
    struct parsed p =
        parse(MP_STR("{\"s\":\"t\",\"n\":1.50,\"o\":{\"p\":{\"q\":\"deep\",\"z\":null}},"
                     "\"b\":true,\"l\":[1],\"d\":\"2018-02-17\",\"bad\":\"2018-02-30\"}"));
    yyjson_val *root = p.rec.root;
    CHECK_INT(p.result, 0);
    CHECK_STR(mp_rec_str(root, "s"), "t");
    CHECK_STR(mp_rec_str(root, "n"), "1.50");
    CHECK_STR(mp_rec_str(root, "o.p.q"), "deep");
    CHECK(!mp_rec_str(root, "o.p.z").p);
    CHECK(!mp_rec_str(root, "o.p").p);
    CHECK(!mp_rec_str(root, "s.t").p);
    CHECK(!mp_rec_str(root, "l.0").p);
    CHECK(!mp_rec_str(root, "b").p);
    CHECK(!mp_rec_str(root, "none").p);
    CHECK(!mp_rec_str(root, "").p);
    CHECK(mp_rec_time(root, "d").known);
    CHECK(!mp_rec_time(root, "bad").known);
    CHECK(!mp_rec_time(root, "none").known);
    mp_rec_reader_free(&p.reader);
}

static void integer(const char *json, bool good, int64_t want)
{
    char line[100];
    snprintf(line, sizeof line, "{\"v\":%s}", json);
    struct parsed p = parse(mp_str_of(line));
    int64_t v = 42;
    CHECK_INT(mp_rec_int(yyjson_obj_get(p.rec.root, "v"), &v), good);
    CHECK_INT(v, good ? want : 42);
    mp_rec_reader_free(&p.reader);
}

TEST(record_whole_numbers)
{
    integer("0", true, 0);
    integer("-0", true, 0);
    integer("-17", true, -17);
    integer("999999999999999999", true, 999999999999999999);
    integer("9999999999999999999", false, 0);
    integer("1.0", false, 0);
    integer("1e2", false, 0);
    integer("\"1\"", false, 0);
    integer("null", false, 0);
    int64_t v;
    CHECK(!mp_rec_int(NULL, &v));
}

static void sets(const char *line, const char *key, const char *json, const char *want)
{
    struct parsed p = parse(mp_str_of(line));
    struct mp_buf b = {0};
    if (CHECK(p.result == 0)) {
        mp_rec_add_with(&b, &p.rec, mp_str_of(key), mp_str_of(json));
        CHECK(b.len > 0 && b.data[b.len - 1] == '\n');
        CHECK_STR(((struct mp_str){b.data, b.len - 1}), want);
    }
    mp_buf_free(&b);
    mp_rec_reader_free(&p.reader);
}

TEST(record_key_is_appended)
{
    sets("{}", "k", "1", "{\"k\":1}");
    sets("{ }", "k", "1", "{ \"k\":1}");
    sets("{\"a\":1}", "k", "[2]", "{\"a\":1,\"k\":[2]}");
    sets(" {\"a\" : 1 } ", "k", "2", " {\"a\" : 1 ,\"k\":2} ");
    sets("{\"a\":{\"k\":1},\"b\":[{\"k\":2}]}", "k", "3",
         "{\"a\":{\"k\":1},\"b\":[{\"k\":2}],\"k\":3}");
    sets("{\"a\":\"\\\"k\\\":9}\"}", "k", "3", "{\"a\":\"\\\"k\\\":9}\",\"k\":3}");
    sets("{\"a\":\"k\"}\t\r", "k", "3", "{\"a\":\"k\",\"k\":3}\t\r");
}

TEST(record_key_is_replaced_in_its_place)
{
    sets("{\"k\":1}", "k", "2", "{\"k\":2}");
    sets("{\"a\":1.50,\"k\":{\"k\":[1,\"}\"]},\"b\":\"x\"}", "k", "null",
         "{\"a\":1.50,\"k\":null,\"b\":\"x\"}");
    sets("{ \"k\" :\t-1e5 , \"b\":2}", "k", "\"v\"", "{ \"k\" :\t\"v\" , \"b\":2}");
    sets("{\"b\":true,\"k\":false}", "k", "0", "{\"b\":true,\"k\":0}");
    sets("{\"b\":\"k\",\"kk\":1,\"k\":\"\\\\\"}", "k", "0", "{\"b\":\"k\",\"kk\":1,\"k\":0}");
    sets("{\"x\":{\"k\":1},\"k\":2}", "k", "3", "{\"x\":{\"k\":1},\"k\":3}");
}

TEST(record_key_written_with_escapes_is_the_same_key)
{
    sets("{\"\\u006b\":1,\"b\":2}", "k", "3", "{\"\\u006b\":3,\"b\":2}");
    sets("{\"a\\\"\":1,\"\\u006b\\u0061\":2}", "ka", "3", "{\"a\\\"\":1,\"\\u006b\\u0061\":3}");
}

static void drops(const char *line, const char *key, const char *want)
{
    struct parsed p = parse(mp_str_of(line));
    struct mp_buf b = {0};
    if (CHECK(p.result == 0)) {
        mp_rec_add_without(&b, &p.rec, mp_str_of(key));
        CHECK(b.len > 0 && b.data[b.len - 1] == '\n');
        CHECK_STR(((struct mp_str){b.data, b.len - 1}), want);
    }
    mp_buf_free(&b);
    mp_rec_reader_free(&p.reader);
}

TEST(record_key_is_left_out)
{
    drops("{\"k\":1}", "k", "{}");
    drops("{ \"k\" : 1 }", "k", "{  }");
    drops("{\"k\":1,\"b\":2}", "k", "{\"b\":2}");
    drops("{\"a\":0,\"k\":1,\"b\":2}", "k", "{\"a\":0,\"b\":2}");
    drops("{\"a\":0,\"k\":[1,{\"x\":\"]\"}]}", "k", "{\"a\":0}");
    drops("{\"a\":{\"k\":1}}", "k", "{\"a\":{\"k\":1}}");
    drops("{}", "k", "{}");
    drops("{\"a\":1,\"\\u006b\":2}", "k", "{\"a\":1}");
}

/* A record with and without the key, over all kinds of neighbours and blanks: always well-formed,
 * and other members as they were. */
TEST(record_keys_among_random_neighbours)
{
    static const char *const values[] = {
        "1",    "-0.10",           "\"\"",          "\"\\\"\\\\\"",   "{}", "[]",
        "null", "[{\"k\":\"}\"}]", "{\"k\":[1,2]}", "\",\\\"k\\\":\""};
    static const char *const blanks[] = {"", "", " ", "\t", "\r", " \t "};
    uint64_t random = 11;
    for (unsigned round = 0; round < 4000; round++) {
        struct mp_buf b = {0}, out = {0}, back = {0};
        unsigned n = test_random(&random, 5), at = test_random(&random, n + 2);
#define BLANK mp_buf_adds(&b, blanks[test_random(&random, 6)])
        BLANK;
        mp_buf_addc(&b, '{');
        for (unsigned i = 0; i < n; i++) {
            BLANK;
            if (i == at)
                mp_buf_adds(&b, test_random(&random, 2) ? "\"k\"" : "\"\\u006b\"");
            else
                mp_buf_addf(&b, "\"k%u\"", i);
            BLANK;
            mp_buf_addc(&b, ':');
            BLANK;
            mp_buf_adds(&b, values[test_random(&random, 10)]);
            BLANK;
            mp_buf_adds(&b, i + 1 < n ? "," : "");
        }
        BLANK;
        mp_buf_addc(&b, '}');
        BLANK;
#undef BLANK
        struct parsed p = parse(mp_buf_str(&b));
        CHECK_INT(p.result, 0);
        mp_rec_add_with(&out, &p.rec, MP_STR("k"), MP_STR("\"new\""));
        mp_rec_add_without(&back, &p.rec, MP_STR("k"));
        struct parsed q = parse((struct mp_str){out.data, out.len - 1});
        if (!CHECK(q.result == 0))
            printf("    %.*s", (int)out.len, out.data);
        CHECK_STR(mp_rec_str(q.rec.root, "k"), "new");
        CHECK_INT(yyjson_obj_size(q.rec.root), n + (at >= n));
        struct parsed r = parse((struct mp_str){back.data, back.len - 1});
        if (!CHECK(r.result == 0))
            printf("    %.*s", (int)back.len, back.data);
        CHECK_INT(yyjson_obj_size(r.rec.root), n - (at < n));
        for (unsigned i = 0; i < n && i != at; i++) {
            char key[16];
            snprintf(key, sizeof key, "k%u", i);
            CHECK(yyjson_obj_get(q.rec.root, key) && yyjson_obj_get(r.rec.root, key));
        }
        mp_rec_reader_free(&p.reader);
        mp_rec_reader_free(&q.reader);
        mp_rec_reader_free(&r.reader);
        mp_buf_free(&b);
        mp_buf_free(&out);
        mp_buf_free(&back);
    }
}

TEST(record_values_are_written_as_they_were_read)
{
    static const char *const all[] = {"{}",
                                      "[]",
                                      "{\"a\":1.50,\"b\":[],\"c\":{},\"d\":[{},[],\"x\"]}",
                                      "[[[[]]],[[],[]],{\"a\":{\"b\":{\"c\":[null,true,false]}}}]",
                                      "-0.10e+05",
                                      "\"\\n\\u0000\"",
                                      "18446744073709551616123",
                                      "null"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct mp_buf line = {0}, out = {0};
        mp_buf_addf(&line, "{\"v\": %s , \"w\":1}", all[i]);
        struct parsed p = parse(mp_buf_str(&line));
        mp_rec_add_value(&out, yyjson_obj_get(p.rec.root, "v"));
        CHECK_STR(mp_buf_str(&out), all[i]);
        mp_rec_reader_free(&p.reader);
        mp_buf_free(&line);
        mp_buf_free(&out);
    }
    struct mp_buf out = {0};
    mp_rec_add_value(&out, NULL);
    CHECK_STR(mp_buf_str(&out), "null");
    mp_buf_free(&out);
}

TEST(record_nested_100000_deep)
{
    enum { DEPTH = 100000 };
    struct mp_buf b = {0}, out = {0};
    mp_buf_adds(&b, "{\"a\":");
    for (int i = 0; i < DEPTH; i++)
        mp_buf_adds(&b, i % 2 ? "[" : "{\"k\":");
    mp_buf_adds(&b, "7");
    for (int i = DEPTH; i-- > 0;)
        mp_buf_addc(&b, i % 2 ? ']' : '}');
    mp_buf_addc(&b, '}');
    struct parsed p = parse(mp_buf_str(&b));
    CHECK_INT(p.result, 0);
    mp_rec_add_value(&out, p.rec.root);
    CHECK(mp_str_eq(mp_buf_str(&out), mp_buf_str(&b)));
    out.len = 0;
    mp_rec_add_with(&out, &p.rec, MP_STR("a"), MP_STR("1"));
    CHECK_STR(mp_buf_str(&out), "{\"a\":1}\n");
    mp_rec_reader_free(&p.reader);
    mp_buf_free(&b);
    mp_buf_free(&out);
}

TEST(record_reader_is_used_again_after_failures_and_large_lines)
{
    struct mp_rec_reader reader = {0};
    struct mp_error e;
    struct mp_buf large = {0};
    mp_buf_adds(&large, "{\"t\":\"");
    while (large.len < 3 << 20)
        mp_buf_adds(&large, "0123456789abcdef");
    mp_buf_adds(&large, "\"}");
    struct mp_str lines[] = {MP_STR("{\"t\":\"x\"}"), mp_buf_str(&large), MP_STR("{"),
                             MP_STR("{\"t\":1,\"t\":2}"), MP_STR("{\"t\":\"y\"}")};
    static const int want[] = {0, 0, -1, -1, 0};
    for (unsigned i = 0; i < 20; i++) {
        struct mp_rec rec = {.line = lines[i % 5]};
        CHECK_INT(mp_rec_parse(&reader, &rec, &e), want[i % 5]);
        if (want[i % 5] == 0)
            CHECK(mp_rec_str(rec.root, "t").p != NULL);
    }
    mp_rec_reader_free(&reader);
    mp_buf_free(&large);
}

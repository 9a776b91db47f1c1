/* lib/io/edit */
#include "io/edit.h"
#include "test.h"

struct parsed {
    struct mp_rec rec;
    struct mp_rec_reader reader;
};

static struct parsed parse(const char *line)
{
    struct parsed p = {.rec = {.line = mp_str_of(line), .file = MP_STR("f"), .number = 1}};
    struct mp_error e;
    CHECK_INT(mp_rec_parse(&p.reader, &p.rec, &e), 0);
    return p;
}

static const struct mp_str order[] = {
    MP_EDIT_KEY("a"), MP_EDIT_KEY("b"), MP_EDIT_KEY("c"), MP_EDIT_KEY("d"), {NULL, 0}};

/* The line with these edits, in this order. */
static void becomes(const char *line, const struct mp_edit *edits, size_t n, const char *want)
{
    struct parsed p = parse(line);
    struct mp_buf b = {0};
    mp_edit_add(&b, p.rec.line, p.rec.root, order, edits, n);
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
    mp_rec_reader_free(&p.reader);
}

#define EDITS(...)                                                                                 \
    (const struct mp_edit[]){__VA_ARGS__},                                                         \
        sizeof((const struct mp_edit[]){__VA_ARGS__}) / sizeof(struct mp_edit)
#define SET(key, json)                                                                             \
    {                                                                                              \
        key,                                                                                       \
        {                                                                                          \
            json, sizeof json - 1                                                                  \
        }                                                                                          \
    }
#define DROP(key)                                                                                  \
    {                                                                                              \
        key,                                                                                       \
        {                                                                                          \
            NULL, 0                                                                                \
        }                                                                                          \
    }

TEST(edit_sets_a_member_where_it_stands)
{
    becomes("{\"x\":1.50,\"b\":2,\"y\":\"\\u00e9\"}", EDITS(SET("b", "[3]")),
            "{\"x\":1.50,\"b\":[3],\"y\":\"\\u00e9\"}");
    becomes(" { \"b\" : {\"b\":1} , \"x\" : 1 } ", EDITS(SET("b", "null")),
            " { \"b\" : null , \"x\" : 1 } ");
    becomes("{\"\\u0062\":1}", EDITS(SET("b", "2")), "{\"\\u0062\":2}");
}

TEST(edit_puts_a_missing_member_in_its_place)
{
    becomes("{\"a\":1,\"d\":4}", EDITS(SET("c", "3")), "{\"a\":1,\"c\":3,\"d\":4}");
    becomes("{\"a\":1,\"d\":4}", EDITS(SET("c", "3"), SET("b", "2")),
            "{\"a\":1,\"b\":2,\"c\":3,\"d\":4}");
    becomes("{\"b\":2}", EDITS(SET("a", "1")), "{\"a\":1,\"b\":2}");
    becomes("{ \"b\":2 }", EDITS(SET("a", "1")), "{\"a\":1, \"b\":2 }");
    becomes("{\"b\":2}", EDITS(SET("d", "4")), "{\"b\":2,\"d\":4}");
    becomes("{}", EDITS(SET("d", "4"), SET("a", "1")), "{\"a\":1,\"d\":4}");
    becomes(" { } ", EDITS(SET("d", "4")), " {\"d\":4 } ");
    /* unknown members stay where they are */
    becomes("{\"x\":0,\"a\":1,\"y\":0}", EDITS(SET("b", "2")), "{\"x\":0,\"a\":1,\"b\":2,\"y\":0}");
    /* members in another order: behind the last that comes before */
    becomes("{\"d\":4,\"a\":1}", EDITS(SET("b", "2")), "{\"d\":4,\"a\":1,\"b\":2}");
}

TEST(edit_takes_members_away)
{
    becomes("{\"a\":1,\"b\":2,\"c\":3}", EDITS(DROP("a")), "{\"b\":2,\"c\":3}");
    becomes("{\"a\":1,\"b\":2,\"c\":3}", EDITS(DROP("b")), "{\"a\":1,\"c\":3}");
    becomes("{\"a\":1,\"b\":2,\"c\":3}", EDITS(DROP("c")), "{\"a\":1,\"b\":2}");
    becomes("{\"a\":1,\"b\":2,\"c\":3}", EDITS(DROP("a"), DROP("b"), DROP("c")), "{}");
    becomes("{\"a\":1}", EDITS(DROP("b")), "{\"a\":1}");
    becomes("{\"b\":2,\"x\":1}", EDITS(DROP("b"), SET("a", "1")), "{\"a\":1,\"x\":1}");
    becomes("{\"b\":2,\"x\":1}", EDITS(DROP("b"), SET("c", "3")), "{\"c\":3,\"x\":1}");
}

TEST(edit_of_an_object_that_is_not_there)
{
    struct mp_buf b = {0};
    mp_edit_add(&b, MP_STR("{}"), NULL, order, EDITS(SET("b", "1")));
    CHECK_STR(mp_buf_str(&b), "{\"b\":1}");
    mp_buf_free(&b);
}

TEST(edit_gives_the_text_of_a_value)
{
    struct parsed p = parse(" {\"a\" : [1, \"]\"] ,\"b\":1.0e5,\"c\":{\"a\":2}}");
    CHECK_STR(mp_edit_raw(&p.rec, "a"), "[1, \"]\"]");
    CHECK_STR(mp_edit_raw(&p.rec, "b"), "1.0e5");
    CHECK_STR(mp_edit_raw(&p.rec, "c"), "{\"a\":2}");
    CHECK(!mp_edit_raw(&p.rec, "d").p);
    mp_rec_reader_free(&p.reader);
}

static void without(const char *json, const char *names, const char *want)
{
    struct parsed p = parse(json);
    struct mp_buf b = {0};
    mp_edit_add_without(&b, p.rec.root, names);
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
    mp_rec_reader_free(&p.reader);
}

TEST(edit_leaves_names_out_at_any_depth)
{
    without("{\"q\":1}", "q", "{}");
    without("{\"a\":1.50,\"q\":{\"a\":[1]},\"b\":[{\"q\":[],\"c\":\"q\"},{}]}", "q r",
            "{\"a\":1.50,\"b\":[{\"c\":\"q\"},{}]}");
    without("{\"r\":0,\"a\":{\"b\":{\"q\":0,\"c\":[[],[{}]]},\"r\":0}}", "q r",
            "{\"a\":{\"b\":{\"c\":[[],[{}]]}}}");
    without("{\"a\":[true,null,\"x\"]}", "q", "{\"a\":[true,null,\"x\"]}");
}

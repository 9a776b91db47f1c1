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

enum { A, B, C, D };
static const struct mp_str order[] = {
    MP_KEY("a"), MP_KEY("b"), MP_KEY("c"), MP_KEY("d"), {NULL, 0}};

struct edit {
    unsigned key;
    struct mp_str json;
};

/* The line with these edits, in this order. */
static void becomes(const char *line, const struct edit *list, size_t n, const char *want)
{
    struct mp_members members;
    struct mp_edits edits = {.set = 0};
    struct mp_buf b = {0};
    mp_members_find(&members, mp_str_of(line), order);
    for (size_t i = 0; i < n; i++)
        mp_edits_set(&edits, list[i].key, list[i].json);
    mp_edit_add(&b, &members, &edits);
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
}

#define EDITS(...)                                                                                 \
    (const struct edit[]){__VA_ARGS__},                                                            \
        sizeof((const struct edit[]){__VA_ARGS__}) / sizeof(struct edit)
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
    becomes("{\"x\":1.50,\"b\":2,\"y\":\"\\u00e9\"}", EDITS(SET(B, "[3]")),
            "{\"x\":1.50,\"b\":[3],\"y\":\"\\u00e9\"}");
    becomes(" { \"b\" : {\"b\":1} , \"x\" : 1 } ", EDITS(SET(B, "null")),
            " { \"b\" : null , \"x\" : 1 } ");
    becomes("{\"\\u0062\":1}", EDITS(SET(B, "2")), "{\"\\u0062\":2}");
}

TEST(edit_puts_a_missing_member_in_its_place)
{
    becomes("{\"a\":1,\"d\":4}", EDITS(SET(C, "3")), "{\"a\":1,\"c\":3,\"d\":4}");
    becomes("{\"a\":1,\"d\":4}", EDITS(SET(C, "3"), SET(B, "2")),
            "{\"a\":1,\"b\":2,\"c\":3,\"d\":4}");
    becomes("{\"b\":2}", EDITS(SET(A, "1")), "{\"a\":1,\"b\":2}");
    becomes("{ \"b\":2 }", EDITS(SET(A, "1")), "{\"a\":1, \"b\":2 }");
    becomes("{\"b\":2}", EDITS(SET(D, "4")), "{\"b\":2,\"d\":4}");
    becomes("{}", EDITS(SET(D, "4"), SET(A, "1")), "{\"a\":1,\"d\":4}");
    becomes(" { } ", EDITS(SET(D, "4")), " {\"d\":4 } ");
    /* unknown members stay where they are */
    becomes("{\"x\":0,\"a\":1,\"y\":0}", EDITS(SET(B, "2")), "{\"x\":0,\"a\":1,\"b\":2,\"y\":0}");
    /* members in another order: behind the last that comes before */
    becomes("{\"d\":4,\"a\":1}", EDITS(SET(B, "2")), "{\"d\":4,\"a\":1,\"b\":2}");
}

TEST(edit_takes_members_away)
{
    becomes("{\"a\":1,\"b\":2,\"c\":3}", EDITS(DROP(A)), "{\"b\":2,\"c\":3}");
    becomes("{\"a\":1,\"b\":2,\"c\":3}", EDITS(DROP(B)), "{\"a\":1,\"c\":3}");
    becomes("{\"a\":1,\"b\":2,\"c\":3}", EDITS(DROP(C)), "{\"a\":1,\"b\":2}");
    becomes("{\"a\":1,\"b\":2,\"c\":3}", EDITS(DROP(A), DROP(B), DROP(C)), "{}");
    becomes("{\"a\":1}", EDITS(DROP(B)), "{\"a\":1}");
    becomes("{\"b\":2,\"x\":1}", EDITS(DROP(B), SET(A, "1")), "{\"a\":1,\"x\":1}");
    becomes("{\"b\":2,\"x\":1}", EDITS(DROP(B), SET(C, "3")), "{\"c\":3,\"x\":1}");
}

TEST(edit_of_an_object_that_is_not_there)
{
    becomes(NULL, EDITS(SET(B, "1")), "{\"b\":1}");
    becomes("null", EDITS(SET(B, "1")), "{\"b\":1}");
    becomes("{}", EDITS(DROP(B)), "{}");
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

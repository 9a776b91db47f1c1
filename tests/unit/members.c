/* lib/io/members */
#include "io/members.h"
#include "test.h"

enum { A, B, C };
static const struct mp_str order[] = {MP_KEY("a"), MP_KEY("b"), MP_KEY("c"), {NULL, 0}};

TEST(members_give_the_text_of_a_value)
{
    struct mp_members m;
    mp_members_find(&m, MP_STR(" {\"a\" : [1, \"]\"] ,\"b\":1.0e5,\"x\":\"}\",\"c\":{\"a\":2}} "),
                    order);
    CHECK_STR(mp_members_get(&m, A), "[1, \"]\"]");
    CHECK_STR(mp_members_get(&m, B), "1.0e5");
    CHECK_STR(mp_members_get(&m, C), "{\"a\":2}");
    CHECK_INT(m.n, 4);
    CHECK_INT(m.at[C].place, 3);
    mp_members_find(&m, MP_STR("{\"c\":null,\"\\u0061\":\"\\\\\"}"), order);
    CHECK_STR(mp_members_get(&m, A), "\"\\\\\"");
    CHECK(!mp_members_get(&m, B).p && !mp_members_get(&m, C).p);
    CHECK_INT(m.present, 1 << A | 1 << C);
}

TEST(members_of_what_is_no_object_are_none)
{
    static const char *const texts[] = {NULL, "", "{}", " { } ", "[1]", "\"{\"", "7", "null"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct mp_members m;
        mp_members_find(&m, mp_str_of(texts[i]), order);
        CHECK_INT(m.n, 0);
        CHECK_INT(m.present, 0);
    }
}

/* Strings, lists and objects of all lengths, so that their ends lie anywhere in a stride. */
TEST(members_pass_over_values_of_all_lengths)
{
    static const char *const forms[][2] = {
        {"\"", "\""}, {"\"\\\"", "\\\\\""}, {"[\"", "]\\\"\",[{}]]"}, {"{\"", "\":{\"}\":1}}"}};
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++)
        for (size_t n = 0; n < 100; n++) {
            struct mp_buf value = {0}, text = {0};
            struct mp_members m;
            mp_buf_adds(&value, forms[f][0]);
            for (size_t i = 0; i < n; i++)
                mp_buf_addc(&value, 'x');
            mp_buf_adds(&value, forms[f][1]);
            mp_buf_adds(&text, "{\"a\":");
            mp_buf_addstr(&text, mp_buf_str(&value));
            mp_buf_adds(&text, ",\"b\":-1}");
            mp_members_find(&m, mp_buf_str(&text), order);
            CHECK_SAME(mp_members_get(&m, A), mp_buf_str(&value));
            CHECK_STR(mp_members_get(&m, B), "-1");
            mp_buf_free(&value);
            mp_buf_free(&text);
        }
}

static void means(const char *json, struct mp_str want)
{
    struct mp_buf room = {0};
    CHECK_SAME(mp_members_text(mp_str_of(json), &room), want);
    mp_buf_free(&room);
}

TEST(members_text_is_without_escapes)
{
    means("\"abc\"", MP_STR("abc"));
    means("\"\"", MP_STR(""));
    means("-1.50", MP_STR("-1.50"));
    means("\"\\\"\\\\\\/\\b\\f\\n\\r\\t.\"", MP_STR("\"\\/\b\f\n\r\t."));
    means("\"a\\u0000\\u00E9\\u20ac\\uD83d\\uDe00\"", MP_STR("a\0\u00e9\u20ac\U0001f600"));
    struct mp_buf room = {0};
    CHECK(!mp_members_text((struct mp_str){0}, &room).p);
    CHECK(!mp_members_text(MP_STR("true"), &room).p);
    CHECK(!mp_members_text(MP_STR("[1]"), &room).p);
    mp_buf_free(&room);
}

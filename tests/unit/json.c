/* lib/io/json */
#include "io/json.h"
#include "test.h"
#include <yyjson.h>

static void writes(struct mp_str s, const char *want)
{
    struct mp_buf b = {0};
    mp_json_add_str(&b, s);
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
}

TEST(json_escapes)
{
    writes(MP_STR(""), "\"\"");
    writes(MP_STR("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    writes(MP_STR("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"");
    writes(MP_STR("\0\x01\x1f\x7f"), "\"\\u0000\\u0001\\u001f\x7f\"");
    writes(MP_STR("\v\x0e"), "\"\\u000b\\u000e\"");
    writes(MP_STR("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"),
           "\"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"");
    writes(MP_STR("\xc3"), "\"\xef\xbf\xbd\"");
    writes(MP_STR("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

TEST(json_text_has_lf_alone)
{
    struct mp_buf b = {0};
    mp_json_add_text(&b, MP_STR("a\r\nb\rc\nd\r"));
    CHECK_STR(mp_buf_str(&b), "\"a\\nb\\nc\\nd\\n\"");
    mp_buf_free(&b);
    writes(MP_STR("a\r\nb"), "\"a\\r\\nb\"");
}

TEST(json_keys_and_commas)
{
    struct mp_buf b = {0};
    mp_buf_addc(&b, '{');
    mp_json_add_field(&b, "a", MP_STR("x{"));
    mp_json_add_field(&b, "b", (struct mp_str){0});
    mp_json_add_key(&b, "c");
    mp_buf_adds(&b, "[{");
    mp_json_add_field(&b, "d", MP_STR(""));
    mp_buf_adds(&b, "}]}");
    CHECK_STR(mp_buf_str(&b), "{\"a\":\"x{\",\"b\":null,\"c\":[{\"d\":\"\"}]}");
    mp_buf_free(&b);
    mp_json_add_key(&b, "first");
    CHECK_STR(mp_buf_str(&b), "\"first\":");
    mp_buf_free(&b);
}

/* Any bytes come back the same from a JSON reader, where they were UTF-8. */
TEST(json_strings_survive_a_reader)
{
    static const char *const pieces[] = {"a",
                                         "\"",
                                         "\\",
                                         "\n",
                                         "\xc3\xa9",
                                         "\xe2\x82\xac",
                                         "\x7f",
                                         "\x1f",
                                         "\xf0\x9f\x98\x80",
                                         "0123456789abcdef"};
    uint64_t random = 7;
    for (unsigned round = 0; round < 3000; round++) {
        struct mp_buf text = {0}, json = {0};
        for (unsigned n = test_random(&random, 12); n > 0; n--) {
            mp_buf_adds(&text, pieces[test_random(&random, 10)]);
            if (test_random(&random, 20) == 0)
                mp_buf_addc(&text, '\0');
        }
        mp_json_add_str(&json, mp_buf_str(&text));
        yyjson_doc *doc = yyjson_read(json.data, json.len, 0);
        yyjson_val *v = yyjson_doc_get_root(doc);
        CHECK(yyjson_is_str(v));
        CHECK_SAME(((struct mp_str){yyjson_get_str(v), yyjson_get_len(v)}), mp_buf_str(&text));
        yyjson_doc_free(doc);
        mp_buf_free(&text);
        mp_buf_free(&json);
    }
}

/* lib/base: str, utf8, glob, error */
#include "base/glob.h"
#include "base/utf8.h"
#include "test.h"

static void folds(const char *text, const char *want)
{
    struct mp_buf b = {0};
    mp_utf8_fold(&b, mp_str_of(text));
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
}

TEST(trim_takes_blanks_of_all_kinds)
{
    CHECK_STR(mp_str_trim(MP_STR(" \t\r\n\v\fa b\xc2\xa0 ")), "a b");
    CHECK_STR(mp_str_trim(MP_STR("\xc2\xa0\xc2\xa0")), "");
    CHECK_STR(mp_str_trim(MP_STR("")), "");
    CHECK_STR(mp_str_trim(MP_STR("\xc3\xa0")), "\xc3\xa0"); /* a grave ends in 0xa0 too */
    CHECK_STR(mp_str_trim(MP_STR("\xa0")), "\xa0");
    CHECK_SAME(mp_str_trim(MP_STR(" a\0 ")), MP_STR("a\0"));
}

TEST(order_of_texts)
{
    CHECK(mp_str_cmp(MP_STR("a"), MP_STR("b")) < 0);
    CHECK(mp_str_cmp(MP_STR("a"), MP_STR("aa")) < 0);
    CHECK(mp_str_cmp(MP_STR("\xff"), MP_STR("a")) > 0);
    CHECK_INT(mp_str_cmp(MP_STR(""), MP_STR("")), 0);
    CHECK_INT(mp_str_cmp((struct mp_str){0}, MP_STR("")), 0);
}

TEST(utf8_every_code_point_is_read_as_it_is_written)
{
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        if (c >= 0xd800 && c <= 0xdfff)
            continue;
        char room[8];
        struct mp_buf b = {.data = room, .cap = sizeof room};
        mp_utf8_add(&b, c);
        size_t at = 0;
        if (mp_utf8_next(mp_buf_str(&b), &at) != c || at != b.len ||
            mp_utf8_valid(mp_buf_str(&b)) != b.len || mp_utf8_count(mp_buf_str(&b)) != 1) {
            CHECK_INT(c, -1);
            return;
        }
    }
}

TEST(utf8_wrong_sequences_of_every_class)
{
    static const struct mp_str bad[] = {
        {"\x80", 1},             /* continuation alone */
        {"\xbf", 1},             /* the last of them */
        {"\xc0\x80", 2},         /* overlong NUL */
        {"\xc1\xbf", 2},         /* overlong, two bytes */
        {"\xe0\x80\x80", 3},     /* overlong, three bytes */
        {"\xe0\x9f\xbf", 3},     /* the last of them */
        {"\xf0\x80\x80\x80", 4}, /* overlong, four bytes */
        {"\xf0\x8f\xbf\xbf", 4}, /* the last of them */
        {"\xed\xa0\x80", 3},     /* first surrogate */
        {"\xed\xbf\xbf", 3},     /* last surrogate */
        {"\xf4\x90\x80\x80", 4}, /* above U+10FFFF */
        {"\xf5\x80\x80\x80", 4}, /* far above */
        {"\xfe", 1},
        {"\xff", 1},
        {"\xc3", 1}, /* cut short */
        {"\xe2\x82", 2},
        {"\xf0\x9f\x98", 3},
        {"\xc3(", 2}, /* a continuation is missing */
        {"\xe2(\xac", 3},
        {"\xe2\x82(", 3},
        {"\xf0(\x98\x80", 4},
        {"\xf0\x9f(\x80", 4},
        {"\xf0\x9f\x98(", 4},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t at = 0;
        CHECK_INT(mp_utf8_seq(bad[i].p, bad[i].n), 0);
        CHECK_INT(mp_utf8_valid(bad[i]), 0);
        CHECK_INT(mp_utf8_next(bad[i], &at), 0xfffd);
        CHECK_INT(at, 1);
        struct mp_buf b = {0};
        mp_buf_adds(&b, "twelve bytes"); /* behind a run of ASCII */
        mp_buf_addstr(&b, bad[i]);
        CHECK_INT(mp_utf8_valid(mp_buf_str(&b)), 12);
        mp_buf_free(&b);
    }
}

TEST(utf8_every_pair_of_bytes_agrees_with_the_table)
{
    for (unsigned v = 0; v < 0x10000; v++) {
        char p[2] = {(char)(v >> 8), (char)(v & 0xff)};
        unsigned a = v >> 8, b = v & 0xff;
        size_t want = a < 0x80 ? 1 : a >= 0xc2 && a <= 0xdf && b >= 0x80 && b <= 0xbf ? 2 : 0;
        if (mp_utf8_seq(p, 2) != want) {
            CHECK_INT(v, -1);
            return;
        }
    }
}

TEST(utf8_ascii_run_stops_at_the_first_high_byte)
{
    char p[40];
    for (size_t n = 0; n <= sizeof p; n++)
        for (size_t at = 0; at <= n; at++) {
            memset(p, 'a', sizeof p);
            if (at < n)
                p[at] = '\x80';
            if (mp_utf8_ascii_run(p, n) != at)
                CHECK_INT(n * 100 + at, -1);
        }
}

TEST(utf8_count_takes_wrong_bytes_as_one_each)
{
    CHECK_INT(mp_utf8_count(MP_STR("caf\xc3\xa9 \xf0\x9f\x98\x80")), 6);
    CHECK_INT(mp_utf8_count(MP_STR("\xc3\xc3\x80\x80")), 3);
    CHECK_INT(mp_utf8_count(MP_STR("")), 0);
}

TEST(fold_drops_case_and_diacritics)
{
    folds("Jo\xc3\xabl VAN DER V\xc3\x89\xc3\x89N", "joel van der veen");
    folds("Y\xc4\xb1ld\xc4\xb1ztepe \xc4\xb0zmir", "yildiztepe izmir");
    folds("\xc3\x9f\xc3\x86\xc5\x93\xc4\xb2\xc4\xb3\xc3\x90\xc3\xbe", "ssaeoeijijdth");
    folds("e\xcc\x81", "e"); /* combining acute */
    folds("\xc5\xa0\xc5\xbe\xc5\x81\xc3\x98", "szlo");
    folds("\xc5\xb8\xc3\xbf", "yy");
    folds("3 \xc3\x97 4 \xe2\x82\xac", "3 \xc3\x97 4 \xe2\x82\xac");
    folds("\xff[", "\xff[");
    folds("@AZ[`az{", "@az[`az{");
    folds("", "");
}

static bool globs(const char *pattern, const char *text)
{
    return mp_glob(mp_str_of(pattern), mp_str_of(text));
}

TEST(glob_stars)
{
    CHECK(globs("", ""));
    CHECK(!globs("", "a"));
    CHECK(globs("*", ""));
    CHECK(globs("**", "abc"));
    CHECK(globs("abc", "abc"));
    CHECK(!globs("abc", "abcd"));
    CHECK(!globs("abcd", "abc"));
    CHECK(globs("a*", "a"));
    CHECK(globs("*c", "abc"));
    CHECK(globs("a*c", "abcbc"));
    CHECK(!globs("a*c", "abcb"));
    CHECK(globs("*b*", "abc"));
    CHECK(!globs("*b*b*", "abc"));
    CHECK(globs("overig*vermissing", "overige vermissing"));
    CHECK(!globs("?", "a"));
    CHECK(globs("*aab", "aaaab"));
}

TEST(glob_is_quick_on_many_stars)
{
    char text[5001];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    CHECK(!globs("*a*a*a*a*a*a*a*a*a*a*b", text));
}

TEST(error_text_is_cut_between_characters)
{
    struct mp_error e;
    char text[600];
    for (size_t lead = 0; lead < 4; lead++) {
        memset(text, 'x', lead);
        for (size_t i = lead; i + 3 < sizeof text; i += 3)
            memcpy(text + i, "\xe2\x82\xac", 4);
        CHECK_INT(mp_error_set(&e, MP_RULES, "%s", text), -1);
        size_t n = strlen(e.text);
        CHECK(n < sizeof e.text && n > sizeof e.text - 5);
        CHECK_INT(mp_utf8_valid((struct mp_str){e.text, n}), n);
    }
    CHECK(!e.file.p && e.line == 0 && e.col == 0);
}

TEST(error_quote_is_short_and_clean)
{
    char room[200], text[401];
    CHECK_STR(mp_str_of(mp_error_quote(MP_STR("a\tb\x7f\xff\xc2\x85"), room)), "a?b???");
    CHECK_STR(mp_str_of(mp_error_quote(MP_STR(""), room)), "");
    CHECK_STR(mp_str_of(mp_error_quote(MP_STR("x\0y"), room)), "x?y");
    for (size_t i = 0; i < 100; i++)
        memcpy(text + 4 * i, "\xf0\x9f\x98\x80", 5);
    CHECK_INT(strlen(mp_error_quote(mp_str_of(text), room)), 163);
    CHECK_INT(strlen(mp_error_quote((struct mp_str){text, 160}, room)), 160);
}

TEST(codes_are_told_apart)
{
    for (size_t i = 0; i < MP_N_CODES; i++) {
        CHECK(mp_code_info[i].help[0] && mp_code_info[i].scope);
        for (size_t k = 0; k < i; k++)
            CHECK(strcmp(mp_code_info[i].code, mp_code_info[k].code) != 0);
    }
}

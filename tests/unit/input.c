/* lib/io/input */
#include "io/input.h"
#include "test.h"
#include <stdio.h>
#include <unistd.h>

/* All that comes through the input, as one text. */
static struct mp_buf drain(struct mp_input *in)
{
    struct mp_buf b = {0};
    struct mp_error e;
    int got;
    while ((got = mp_input_more(in, &e)) > 0) {
        bool zeroed = true;
        for (size_t i = 0; i < MP_INPUT_SLACK; i++)
            zeroed = zeroed && in->data[in->end + i] == 0;
        CHECK(zeroed);
        mp_buf_add(&b, in->data + in->start, in->end - in->start);
        mp_input_take(in, in->end - in->start);
    }
    CHECK_INT(got, 0);
    CHECK(in->eof);
    return b;
}

static void decodes(struct mp_str raw, struct mp_str want, size_t bad_units)
{
    static const unsigned most[] = {60000, 1, 2, 3, 7};
    for (size_t i = 0; i < 5; i++) {
        struct test_feed f;
        test_feed_open(&f, raw, most[i], 0);
        struct mp_buf b = drain(&f.in);
        CHECK_SAME(mp_buf_str(&b), want);
        CHECK_INT(f.in.bad_units, bad_units);
        mp_buf_free(&b);
        test_feed_close(&f);
    }
}

#define DECODES(raw, want, bad) decodes(MP_STR(raw), MP_STR(want), bad)

TEST(input_without_a_mark_is_passed_on)
{
    DECODES("", "", 0);
    DECODES("a", "a", 0);
    DECODES("\xff\xff\0x", "\xff\xff\0x", 0);
    DECODES("\xef\xbb", "\xef\xbb", 0);
    DECODES("\xef\xbb\xbc", "\xef\xbb\xbc", 0);
    DECODES("\xff", "\xff", 0);
}

TEST(input_mark_of_utf8_is_taken_off_once)
{
    DECODES("\xef\xbb\xbf", "", 0);
    DECODES("\xef\xbb\xbf\xef\xbb\xbfx", "\xef\xbb\xbfx", 0);
    struct test_feed f;
    struct mp_error e;
    test_feed_open(&f, MP_STR("\xef\xbb\xbfxy"), 60000, 0);
    CHECK_INT(mp_input_more(&f.in, &e), 1);
    CHECK(f.in.utf8_bom);
    CHECK_INT(f.in.offset, 3);
    test_feed_close(&f);
}

TEST(input_utf16_of_both_orders)
{
    DECODES("\xff\xfe", "", 0);
    DECODES("\xfe\xff", "", 0);
    DECODES("\xff\xfe"
            "a\0\xe9\0\xac\x20",
            "a\xc3\xa9\xe2\x82\xac", 0);
    DECODES("\xfe\xff"
            "\0a\0\xe9\x20\xac",
            "a\xc3\xa9\xe2\x82\xac", 0);
    DECODES("\xff\xfe\x3d\xd8\x00\xde", "\xf0\x9f\x98\x80", 0);
    DECODES("\xfe\xff\xd8\x3d\xde\x00", "\xf0\x9f\x98\x80", 0);
    DECODES("\xff\xfe"
            "a\0\0\0b\0",
            "a\0b", 0);
    DECODES("\xff\xfe\xff\xfe"
            "a\0",
            "\xef\xbb\xbf"
            "a",
            0);
}

TEST(input_utf16_units_that_stand_alone)
{
    DECODES("\xff\xfe\x3d\xd8"
            "a\0",
            "\xef\xbf\xbd"
            "a",
            1); /* high, then none */
    DECODES("\xff\xfe\x00\xde"
            "a\0",
            "\xef\xbf\xbd"
            "a",
            1); /* low first */
    DECODES("\xff\xfe\x3d\xd8\x3d\xd8\x00\xde", "\xef\xbf\xbd\xf0\x9f\x98\x80", 1);
    DECODES("\xff\xfe"
            "a\0\x3d\xd8",
            "a\xef\xbf\xbd", 1); /* high at the end */
    DECODES("\xff\xfe"
            "a\0b",
            "a\xef\xbf\xbd", 1); /* an odd byte */
    DECODES("\xfe\xff"
            "\0a\xd8\x3d\xde",
            "a\xef\xbf\xbd\xef\xbf\xbd", 2);
    DECODES("\xff\xfe"
            "b",
            "\xef\xbf\xbd", 1);
}

TEST(input_offsets_count_the_files_own_bytes)
{
    struct test_feed f;
    struct mp_error e;
    test_feed_open(&f,
                   MP_STR("\xff\xfe"
                          "a\0\xe9\0\xac\x20\x3d\xd8\x00\xde"
                          "b\0"),
                   60000, 0);
    CHECK_INT(mp_input_more(&f.in, &e), 1);
    CHECK_INT(f.in.offset, 2);
    static const size_t bytes[] = {0, 1, 3, 6, 10, 11}, want[] = {2, 4, 6, 8, 12, 14};
    for (size_t i = 0; i < 6; i++)
        CHECK_INT(mp_input_offset(&f.in, f.in.start + bytes[i]), want[i]);
    mp_input_take(&f.in, 6);
    CHECK_INT(f.in.offset, 8);
    CHECK_INT(mp_input_offset(&f.in, f.in.start + 4), 12);
    test_feed_close(&f);
}

/* Lines with their numbers and offsets, in one text. */
static void lines(struct mp_str text, size_t max, const char *want)
{
    static const unsigned most[] = {60000, 1, 2, 3};
    for (size_t i = 0; i < 4; i++) {
        struct test_feed f;
        struct mp_error e;
        struct mp_buf b = {0};
        struct mp_str line;
        uint64_t at;
        bool more;
        enum mp_line got;
        test_feed_open(&f, text, most[i], 0);
        while ((got = mp_input_line(&f.in, max, &line, &at, &more, &e)) > 0)
            mp_buf_addf(&b, "%s%ju[%.*s]%s", got == MP_LINE_TOO_LARGE ? "!" : "", (uintmax_t)at,
                        (int)line.n, line.p, more ? "+" : "");
        CHECK_INT(got, MP_LINE_END);
        CHECK_STR(mp_buf_str(&b), want);
        mp_buf_free(&b);
        test_feed_close(&f);
    }
}

TEST(input_lines)
{
    lines(MP_STR(""), 100, "");
    lines(MP_STR("a"), 100, "0[a]");
    lines(MP_STR("a\nbc\r\n\nd\r"), 100, "0[a]2[bc]6[]7[d]");
    lines(MP_STR("\n\n"), 100, "0[]1[]");
    lines(MP_STR("\xef\xbb\xbf"
                 "a\nb"),
          100, "3[a]5[b]");
    lines(MP_STR("\xff\xfe"
                 "a\0\n\0\xac\x20\n\0b\0"),
          100, "2[a]6[\xe2\x82\xac]10[b]");
}

TEST(input_lines_that_are_too_large)
{
    lines(MP_STR("12345\nb\n"), 5, "0[12345]6[b]");
    lines(MP_STR("12345\r\nb\n"), 5, "0[12345]7[b]");
    lines(MP_STR("123456\nb\n"), 5, "!0[12345]+5[6]7[b]");
    lines(MP_STR("1234567890\nb\n"), 5, "!0[12345]+5[67890]11[b]");
    lines(MP_STR("12345678901"), 5, "!0[12345]+!5[67890]+10[1]");
}

TEST(input_keeps_its_window_while_it_grows)
{
    struct test_feed f;
    struct mp_error e;
    struct mp_buf text = {0};
    for (unsigned i = 0; text.len < 400000; i++)
        mp_buf_addf(&text, "%u,", i);
    struct mp_input in;
    CHECK_INT(mp_input_open(&in, test_file("window", text.data, text.len), &e), 0);
    while (mp_input_more(&in, &e) > 0)
        ;
    CHECK(in.end - in.start == text.len && memcmp(in.data + in.start, text.data, text.len) == 0);
    mp_input_close(&in);
    test_feed_open(&f, mp_buf_str(&text), 60000, 5);
    size_t taken = 0;
    while (mp_input_more(&f.in, &e) > 0) { /* half of the window stays each time */
        size_t n = (f.in.end - f.in.start) / 2;
        CHECK(memcmp(f.in.data + f.in.start, text.data + taken, f.in.end - f.in.start) == 0);
        CHECK_INT(f.in.offset, taken);
        mp_input_take(&f.in, n);
        taken += n;
    }
    CHECK(taken + (f.in.end - f.in.start) == text.len);
    test_feed_close(&f);
    mp_buf_free(&text);
}

TEST(input_that_cannot_be_read)
{
    struct mp_input in;
    struct mp_error e;
    CHECK_INT(mp_input_open(&in, test_file("nothing-here", NULL, 0), &e), -1);
    CHECK_INT(e.code, MP_OPEN);
    CHECK(e.file.p && e.line == 0);
    CHECK_INT(mp_input_open(&in, test_dir(), &e), 0);
    CHECK_INT(mp_input_more(&in, &e), -1);
    CHECK_INT(e.code, MP_READ);
    mp_input_close(&in);
}

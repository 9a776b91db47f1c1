/* lib/io/encoding */
#include "io/encoding.h"
#include "base/utf8.h"
#include "test.h"

static void becomes(const char *name, struct mp_str bytes, const char *want, size_t undefined)
{
    struct mp_encoding enc;
    struct mp_error e;
    struct mp_buf b = {0};
    size_t n = 99;
    CHECK_INT(mp_encoding_open(&enc, mp_str_of(name), &e), 0);
    mp_encoding_add(&enc, &b, bytes, &n);
    CHECK_STR(mp_buf_str(&b), want);
    CHECK_INT(n, undefined);
    CHECK_INT(mp_utf8_valid(mp_buf_str(&b)), b.len);
    mp_buf_free(&b);
}

TEST(encoding_windows_1252)
{
    becomes("windows-1252", MP_STR("caf\xe9 \x80 \x93x\x94 \x96"),
            "caf\xc3\xa9 \xe2\x82\xac \xe2\x80\x9cx\xe2\x80\x9d \xe2\x80\x93", 0);
    becomes("WINDOWS-1252", MP_STR("plain"), "plain", 0);
    becomes("windows-1252", MP_STR(""), "", 0);
}

TEST(encoding_undefined_bytes_become_controls)
{
    becomes("windows-1252", MP_STR("\x81\x8d\x8f\x90\x9d"),
            "\xc2\x81\xc2\x8d\xc2\x8f\xc2\x90\xc2\x9d", 5);
}

TEST(encoding_iso_8859_15)
{
    becomes("iso-8859-15", MP_STR("\xa4\xbd\x80\xff"), "\xe2\x82\xac\xc5\x93\xc2\x80\xc3\xbf", 0);
}

TEST(encoding_every_byte_is_one_character)
{
    static const char *const names[] = {"windows-1252", "iso-8859-15", "iso-8859-1"};
    for (size_t i = 0; i < 3; i++) {
        struct mp_encoding enc;
        struct mp_error e;
        CHECK_INT(mp_encoding_open(&enc, mp_str_of(names[i]), &e), 0);
        for (unsigned c = 0; c < 256; c++) {
            char byte = (char)c;
            struct mp_buf b = {0};
            size_t n;
            mp_encoding_add(&enc, &b, (struct mp_str){&byte, 1}, &n);
            size_t at = 0;
            uint32_t code_point = mp_utf8_next(mp_buf_str(&b), &at);
            CHECK_INT(at, b.len);
            if (i == 2 || c < 0x80)
                CHECK_INT(code_point, c);
            mp_buf_free(&b);
        }
    }
}

TEST(encoding_names)
{
    struct mp_encoding enc;
    struct mp_error e;
    CHECK_INT(mp_encoding_open(&enc, MP_STR("UTF-8"), &e), 0);
    CHECK(enc.utf8);
    CHECK_INT(mp_encoding_open(&enc, MP_STR("utf8"), &e), 0);
    CHECK(enc.utf8);
    static const char *const bad[] = {"no-such-thing", "utf-16le", "ebcdic-us", "",
                                      "a-name-that-is-far-too-long-to-be-one-of-an-encoding"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK_INT(mp_encoding_open(&enc, mp_str_of(bad[i]), &e), -1);
        CHECK_INT(e.code, MP_USAGE);
    }
}

TEST(encoding_is_told_by_the_bytes)
{
    CHECK_INT(mp_encoding_kind(MP_STR("")), MP_TEXT_ASCII);
    CHECK_INT(mp_encoding_kind(MP_STR("plain \x7f")), MP_TEXT_ASCII);
    CHECK_INT(mp_encoding_kind(MP_STR("caf\xc3\xa9")), MP_TEXT_UTF8);
    CHECK_INT(mp_encoding_kind(MP_STR("caf\xe9")), MP_TEXT_OTHER);
    CHECK_INT(mp_encoding_kind(MP_STR("caf\xc3\xa9 \xe9")), MP_TEXT_OTHER);
    CHECK_INT(mp_encoding_kind(MP_STR("\xc3")), MP_TEXT_OTHER);
}

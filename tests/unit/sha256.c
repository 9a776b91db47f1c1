/* lib/base: sha256. The digests are those of FIPS 180-4's examples and of sha256sum. */
#include "base/sha256.h"
#include "test.h"
#include <stdio.h>

static void check_digest(struct mp_str in, const char *want)
{
    unsigned char d[MP_SHA256_SIZE];
    char hex[2 * MP_SHA256_SIZE + 1];
    mp_sha256(in, d);
    for (int i = 0; i < MP_SHA256_SIZE; i++)
        snprintf(hex + 2 * i, 3, "%02x", d[i]);
    CHECK_STR(mp_str_of(hex), want);
}

TEST(sha256_of_the_standard_examples)
{
    check_digest(MP_STR(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_digest(MP_STR("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_digest(MP_STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(sha256_at_every_border_of_a_block)
{
    static const struct {
        size_t n;
        const char *want;
    } all[] = {
        {55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
        {56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
        {63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
        {64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
        {119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"},
        {120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"},
        {128, "6836cf13bac400e9105071cd6af47084dfacad4e5e302c94bfed24e013afb73e"},
    };
    char text[130];
    memset(text, 'a', sizeof text);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        check_digest((struct mp_str){text, all[i].n}, all[i].want);
}

TEST(sha256_in_base64)
{
    struct mp_buf b = {0};
    mp_sha256_add_base64(&b, MP_STR("abc"));
    CHECK_STR(mp_buf_str(&b), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    mp_buf_free(&b);
}

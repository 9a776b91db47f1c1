/* lib/base: sha256. The digests are those of FIPS 180-4's examples, of
 * sha256sum and of RFC 4231. */
#include "base/sha256.h"
#include "test.h"
#include <stdio.h>

static void check_hex(const unsigned char *d, const char *want)
{
    char hex[2 * MP_SHA256_SIZE + 1];
    for (int i = 0; i < MP_SHA256_SIZE; i++)
        snprintf(hex + 2 * i, 3, "%02x", d[i]);
    CHECK_STR(mp_str_of(hex), want);
}

static void check_digest(struct mp_str in, const char *want)
{
    unsigned char d[MP_SHA256_SIZE];
    mp_sha256(in, d);
    check_hex(d, want);
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

TEST(sha256_of_pieces)
{
    char text[130];
    unsigned char whole[MP_SHA256_SIZE], pieces[MP_SHA256_SIZE];
    memset(text, 'b', sizeof text);
    for (size_t cut = 0; cut <= sizeof text; cut++) {
        struct mp_sha256_run r;
        mp_sha256(((struct mp_str){text, sizeof text}), whole);
        mp_sha256_begin(&r);
        mp_sha256_add(&r, (struct mp_str){text, cut});
        mp_sha256_add(&r, (struct mp_str){text + cut, sizeof text - cut});
        mp_sha256_end(&r, pieces);
        CHECK(memcmp(whole, pieces, sizeof whole) == 0);
    }
}

static void check_hmac(struct mp_str key, struct mp_str text, const char *want)
{
    struct mp_hmac m;
    unsigned char d[MP_SHA256_SIZE];
    mp_hmac_key(&m, key);
    mp_hmac_of(&m, text, d);
    check_hex(d, want);
}

/* RFC 4231, sections 4.2 to 4.5, 4.7 and 4.8. */
TEST(hmac_of_the_standard_examples)
{
    char room[131], data[50], key[25];
    memset(room, 0x0b, 20);
    check_hmac((struct mp_str){room, 20}, MP_STR("Hi There"),
               "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    check_hmac(MP_STR("Jefe"), MP_STR("what do ya want for nothing?"),
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(room, (char)0xaa, sizeof room);
    memset(data, (char)0xdd, sizeof data);
    check_hmac((struct mp_str){room, 20}, (struct mp_str){data, sizeof data},
               "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    for (size_t i = 0; i < sizeof key; i++)
        key[i] = (char)(i + 1);
    memset(data, (char)0xcd, sizeof data);
    check_hmac((struct mp_str){key, sizeof key}, (struct mp_str){data, sizeof data},
               "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    check_hmac((struct mp_str){room, sizeof room},
               MP_STR("Test Using Larger Than Block-Size Key - Hash Key First"),
               "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    check_hmac((struct mp_str){room, sizeof room},
               MP_STR("This is a test using a larger than block-size key and a larger than "
                      "block-size data. The key needs to be hashed before being used by the HMAC "
                      "algorithm."),
               "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

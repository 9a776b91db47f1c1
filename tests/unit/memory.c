/* lib/base: buf, arena, hash */
#include "base/arena.h"
#include "base/hash.h"
#include "test.h"
#include <inttypes.h>
#include <stdio.h>

TEST(buf_grows_and_keeps_its_bytes)
{
    struct mp_buf b = {0};
    CHECK_STR(mp_buf_str(&b), "");
    for (unsigned i = 0; i < 10000; i++)
        mp_buf_addc(&b, (char)(i * 7));
    CHECK_INT(b.len, 10000);
    bool same = true;
    for (unsigned i = 0; i < 10000; i++)
        same = same && b.data[i] == (char)(i * 7);
    CHECK(same);
    mp_buf_free(&b);
    CHECK(!b.data && b.len == 0 && b.cap == 0);
}

TEST(buf_formats_text_longer_than_its_room)
{
    struct mp_buf b = {0};
    mp_buf_adds(&b, "<");
    mp_buf_addf(&b, "%0300d|%s", 7, "x");
    mp_buf_add(&b, NULL, 0);
    CHECK_INT(b.len, 303);
    CHECK(b.data[300] == '7' && b.data[302] == 'x');
    CHECK_INT(strlen(mp_buf_cstr(&b)), 303);
    CHECK_INT(b.len, 303);
    mp_buf_free(&b);
}

TEST(buf_writes_numbers_like_printf)
{
    static const uint64_t all[] = {0,      9,          10,         99,        100,   101,
                                   999,    1000,       9999,       10000,     99999, 100000,
                                   654321, 1234567890, UINT32_MAX, UINT64_MAX};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char want[32];
        struct mp_buf b = {0};
        mp_buf_addu(&b, all[i]);
        snprintf(want, sizeof want, "%" PRIu64, all[i]);
        CHECK_STR(mp_buf_str(&b), want);
        mp_buf_free(&b);
    }
}

TEST(buf_failure_is_sticky)
{
    struct mp_buf b = {0};
    mp_buf_adds(&b, "kept");
    CHECK(!mp_buf_reserve(&b, SIZE_MAX));
    CHECK(b.failed);
    mp_buf_adds(&b, "lost");
    mp_buf_addc(&b, 'x');
    mp_buf_addf(&b, "%d", 1);
    mp_buf_addu(&b, 1);
    CHECK(!mp_buf_cstr(&b));
    CHECK_STR(mp_buf_str(&b), "kept");
    mp_buf_free(&b);
}

TEST(arena_gives_zeroed_aligned_memory)
{
    struct mp_arena a = {0};
    uint64_t random = 1;
    for (unsigned i = 0; i < 5000; i++) {
        size_t n = test_random(&random, i % 100 == 0 ? 200000 : 100);
        unsigned char *p = mp_arena_alloc(&a, n);
        CHECK(p && (uintptr_t)p % 16 == 0);
        unsigned char any = 0;
        for (size_t k = 0; k < n; k++)
            any |= p[k];
        CHECK(any == 0);
        memset(p, 0xff, n);
    }
    mp_arena_reset(&a);
    unsigned char *again = mp_arena_alloc(&a, 100);
    CHECK(again && again[0] == 0 && again[99] == 0);
    mp_arena_free(&a);
    CHECK(!a.block);
    mp_arena_reset(&a);
}

TEST(arena_copies_text_with_a_nul)
{
    struct mp_arena a = {0};
    struct mp_str s = mp_arena_str(&a, MP_STR("a\0b"));
    CHECK_SAME(s, MP_STR("a\0b"));
    CHECK(s.p[3] == '\0');
    CHECK_STR(mp_arena_str(&a, (struct mp_str){0}), "");
    CHECK(!mp_arena_alloc(&a, SIZE_MAX));
    mp_arena_free(&a);
}

TEST(hash_is_the_same_everywhere)
{
    CHECK(mp_hash("", 0) == UINT64_C(0xefd01f60ba992926));
    CHECK(mp_hash("a", 1) != mp_hash("b", 1));
    CHECK(mp_hash("a\0", 2) != mp_hash("a", 1));
}

TEST(map_finds_what_was_put_in_order)
{
    struct mp_map m = {0};
    char key[32];
    CHECK(mp_map_find(&m, MP_STR("x")) == MP_MAP_NONE);
    for (unsigned i = 0; i < 20000; i++) {
        int n = snprintf(key, sizeof key, "key %u", i * 7919 % 20011);
        struct mp_str s = {key, (size_t)n};
        CHECK_INT(mp_map_put(&m, s), i);
        CHECK_INT(m.entries[i].value, 0);
        m.entries[i].value = i * 3;
        CHECK_INT(mp_map_put(&m, s), i);
    }
    CHECK_INT(m.n, 20000);
    for (unsigned i = 0; i < 20000; i++) {
        int n = snprintf(key, sizeof key, "key %u", i * 7919 % 20011);
        size_t at = mp_map_find(&m, (struct mp_str){key, (size_t)n});
        CHECK_INT(at, i);
        CHECK_INT(m.entries[at].value, i * 3);
    }
    CHECK(mp_map_find(&m, MP_STR("key")) == MP_MAP_NONE);
    mp_map_free(&m);
    CHECK(m.n == 0 && !m.entries);
}

TEST(map_tells_texts_apart_by_all_bytes)
{
    struct mp_map m = {0};
    size_t a = mp_map_put(&m, MP_STR("")), b = mp_map_put(&m, MP_STR("\0")),
           c = mp_map_put(&m, MP_STR("\0\0"));
    CHECK(a == 0 && b == 1 && c == 2);
    CHECK_INT(mp_map_find(&m, (struct mp_str){0}), 0);
    CHECK_INT(mp_map_find(&m, MP_STR("\0\0")), 2);
    mp_map_free(&m);
}

/*
 * Unit tests: one binary, a file per module of lib/.
 *
 *     TEST(week_of_new_year) {
 *         CHECK(1 + 1 == 2);
 *     }
 *
 * A test adds itself to the list; it passes if all its checks hold. Names say what is expected.
 */
#ifndef TESTS_UNIT_TEST_H
#define TESTS_UNIT_TEST_H

#include "base/buf.h"
#include "base/error.h"
#include "io/input.h"
#include <stdint.h>
#include <stdlib.h>

#define TEST(name)                                                                                 \
    static void name(void);                                                                        \
    __attribute__((constructor)) static void add_##name(void)                                      \
    {                                                                                              \
        test_add(__FILE__, #name, name);                                                           \
    }                                                                                              \
    static void name(void)

/* Go on after a failure; the value tells whether it held. */
#define CHECK(cond)           test_check((cond), #cond, __FILE__, __LINE__)
#define CHECK_INT(got, want)  test_int((intmax_t)(got), (intmax_t)(want), #got, __FILE__, __LINE__)
#define CHECK_STR(got, want)  test_str((got), mp_str_of(want), #got, __FILE__, __LINE__)
#define CHECK_SAME(got, want) test_str((got), (want), #got, __FILE__, __LINE__)

void test_add(const char *file, const char *name, void (*run)(void));
bool test_check(bool held, const char *what, const char *file, int line);
bool test_int(intmax_t got, intmax_t want, const char *what, const char *file, int line);
bool test_str(struct mp_str got, struct mp_str want, const char *what, const char *file, int line);

/* The next number of a sequence that is the same in every run: below `limit`, which is not 0. */
unsigned test_random(uint64_t *state, unsigned limit);

/* A folder of this run, removed at the end; and the path of a file in it, valid until the next
 * call, written anew if data is not NULL. */
const char *test_dir(void);
const char *test_file(const char *name, const char *data, size_t n);

/* A whole file; the caller frees. */
struct mp_buf test_slurp(const char *path);

/* Text that arrives through a pipe in pieces, each only when the reader has used up the last. */
struct test_feed {
    struct mp_input in; /* open it with test_feed_open */
    struct mp_str text;
    uint64_t random; /* 0: all pieces are `most` long */
    unsigned most;   /* longest piece */
    int to;          /* private: write end */
};
void test_feed_open(struct test_feed *f, struct mp_str text, unsigned most, uint64_t random);
void test_feed_close(struct test_feed *f);

#endif

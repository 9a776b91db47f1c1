/* base/similar: how alike two names are */
#include "base/distance.h"
#include "base/similar.h"
#include "test.h"

/* To three digits, as the published figures are. */
static int thousandths(const char *a, const char *b)
{
    double one = mp_jaro_winkler(mp_str_of(a), mp_str_of(b));
    double other = mp_jaro_winkler(mp_str_of(b), mp_str_of(a));
    CHECK(one >= other && one <= other);
    return (int)(one * 1000 + 0.5);
}

TEST(jaro_winkler_of_published_pairs)
{
    CHECK_INT(thousandths("MARTHA", "MARHTA"), 961);
    CHECK_INT(thousandths("DWAYNE", "DUANE"), 840);
    CHECK_INT(thousandths("DIXON", "DICKSONX"), 813);
    CHECK_INT(thousandths("JONES", "JOHNSON"), 832);
    CHECK_INT(thousandths("ABROMS", "ABRAMS"), 922);
    CHECK_INT(thousandths("SHACKLEFORD", "SHACKELFORD"), 982);
}

TEST(jaro_winkler_at_the_ends)
{
    CHECK_INT(thousandths("", ""), 1000);
    CHECK_INT(thousandths("", "a"), 0);
    CHECK_INT(thousandths("a", "a"), 1000);
    CHECK_INT(thousandths("a", "b"), 0);
    CHECK_INT(thousandths("ab", "ba"), 0); /* two letters stand too far apart */
}

TEST(jaro_winkler_of_long_words_looks_at_the_first_64_bytes)
{
    char a[100], b[100];
    memset(a, 'x', sizeof a);
    memset(b, 'x', sizeof b);
    b[63] = 'y';
    struct mp_str long_a = {a, 100}, long_b = {b, 100};
    CHECK(mp_jaro_winkler(long_a, (struct mp_str){a, 64}) >= 1);
    CHECK(mp_jaro_winkler(long_a, long_b) < 1);
}

/* Whatever two words are, what their letters say is never less than what holds. */
TEST(letters_never_refuse_what_is_alike)
{
    uint64_t state = 7;
    for (int i = 0; i < 20000; i++) {
        char a[12], b[12];
        size_t n = test_random(&state, 12), m = test_random(&state, 12);
        for (size_t k = 0; k < 12; k++) {
            a[k] = "aabcde1 "[test_random(&state, 8)];
            b[k] = "aabcde1 "[test_random(&state, 8)];
        }
        struct mp_str x = {a, n}, y = {b, m};
        unsigned shared = mp_letters_shared(mp_letters_of(x), mp_letters_of(y));
        if (mp_jaro_winkler(x, y) > mp_jaro_winkler_most(n, m, shared) + 1e-12)
            CHECK_INT(i, -1);
        if (mp_distance(x, y, false, 12) < (n > m ? n : m) - shared)
            CHECK_INT(i, -2);
    }
}

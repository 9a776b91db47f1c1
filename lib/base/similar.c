/* Jaro-Winkler similarity: the letters that two words have in common, as bits. */
#include "base/similar.h"
#include "base/bits.h"

enum { LONGEST = 64, PREFIX = 4 };

/* Places of the letter in the word, as bits. */
static uint64_t places(struct mp_str word, char letter)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < word.n; i++)
        bits |= (uint64_t)(word.p[i] == letter) << i;
    return bits;
}

static uint64_t low_bits(size_t n)
{
    return n < 64 ? (1ull << n) - 1 : ~0ull;
}

/* Letters that match are those that are equal and at most half the longer word apart, each taken
 * once, from the left. Half of those that stand in another order are transpositions. */
static double jaro(struct mp_str a, struct mp_str b)
{
    size_t longer = a.n > b.n ? a.n : b.n, reach = longer / 2 > 0 ? longer / 2 - 1 : 0;
    uint64_t in_a = 0, in_b = 0;
    for (size_t i = 0; i < a.n; i++) {
        size_t from = i > reach ? i - reach : 0;
        uint64_t window = low_bits(i + reach + 1 < 64 ? i + reach + 1 : 64) & ~low_bits(from);
        uint64_t free_ones = places(b, a.p[i]) & window & ~in_b;
        in_b |= free_ones & -free_ones;
        in_a |= (uint64_t)(free_ones != 0) << i;
    }
    unsigned common = mp_bits(in_a), moved = 0;
    if (common == 0)
        return 0;
    for (; in_a; in_a &= in_a - 1, in_b &= in_b - 1)
        moved += a.p[__builtin_ctzll(in_a)] != b.p[__builtin_ctzll(in_b)];
    double m = common;
    return (m / (double)a.n + m / (double)b.n + (m - moved / 2) / m) / 3;
}

double mp_jaro_winkler(struct mp_str a, struct mp_str b)
{
    a.n = a.n < LONGEST ? a.n : LONGEST;
    b.n = b.n < LONGEST ? b.n : LONGEST;
    if (a.n == 0 || b.n == 0)
        return a.n == b.n;
    double alike = jaro(a, b);
    size_t prefix = 0;
    while (prefix < PREFIX && prefix < a.n && prefix < b.n && a.p[prefix] == b.p[prefix])
        prefix++;
    return alike < 0.7 ? alike : alike + (double)prefix * 0.1 * (1 - alike);
}

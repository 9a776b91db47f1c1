/* Jaro-Winkler similarity: the letters that two words have in common, as bits. */
#include "base/similar.h"
#include "base/bits.h"

enum { LONGEST = 64, PREFIX = 4, LETTERS = 26, OTHERS_AT = 2 * LETTERS, OTHERS = 0xfff };

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

mp_letters mp_letters_of(struct mp_str name)
{
    uint64_t bits = 0, others = 0;
    for (size_t i = 0; i < name.n; i++) {
        unsigned letter = (unsigned)(unsigned char)name.p[i] - 'a';
        uint64_t once = letter < LETTERS ? 1ull << 2 * letter : 0;
        if (once && !(bits & once << 1))
            bits |= bits & once ? once << 1 : once;
        else
            others += others < OTHERS;
    }
    return bits | others << OTHERS_AT;
}

unsigned mp_letters_shared(mp_letters a, mp_letters b)
{
    const uint64_t letters = (1ull << OTHERS_AT) - 1;
    uint64_t x = a >> OTHERS_AT, y = b >> OTHERS_AT;
    return mp_bits(a & b & letters) + (unsigned)(x < y ? x : y);
}

double mp_jaro_winkler_most(size_t a, size_t b, unsigned shared)
{
    if (a == 0 || b == 0 || a > LONGEST || b > LONGEST)
        return 1;
    double m = shared, jaro = (m / (double)a + m / (double)b + 1) / 3;
    return shared == 0 ? 0 : jaro + PREFIX * 0.1 * (1 - jaro);
}

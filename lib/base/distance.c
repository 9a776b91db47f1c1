/* How many typing errors apart two words are. */
#include "base/distance.h"

unsigned mp_distance(struct mp_str a, struct mp_str b, bool prefix, unsigned limit)
{
    unsigned rows[3][66];
    if (a.n > 64 || b.n > 64)
        return limit + 1;
    unsigned *two = rows[0], *one = rows[1], *now = rows[2];
    for (unsigned j = 0; j <= b.n; j++)
        one[j] = j;
    for (unsigned i = 1; i <= a.n; i++) {
        unsigned least = now[0] = i;
        for (unsigned j = 1; j <= b.n; j++) {
            unsigned cost = one[j - 1] + (a.p[i - 1] != b.p[j - 1]);
            if (one[j] + 1 < cost)
                cost = one[j] + 1;
            if (now[j - 1] + 1 < cost)
                cost = now[j - 1] + 1;
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] &&
                two[j - 2] + 1 < cost)
                cost = two[j - 2] + 1;
            now[j] = cost;
            if (cost < least)
                least = cost;
        }
        if (least > limit)
            return limit + 1;
        unsigned *free_row = two;
        two = one;
        one = now;
        now = free_row;
    }
    unsigned best = one[b.n];
    for (size_t j = a.n > limit ? a.n - limit : 0; prefix && j < b.n; j++)
        if (one[j] < best)
            best = one[j];
    return best;
}

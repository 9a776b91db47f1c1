/* How many typing errors apart two words are. */
#ifndef MP_BASE_DISTANCE_H
#define MP_BASE_DISTANCE_H

#include "base/str.h"

/*
 * Optimal string alignment distance (Damerau 1964): insertions, deletions, replacements and
 * transpositions of neighbours, in bytes, no stretch edited twice. With `prefix` that of `a` and
 * the best beginning of `b`. limit + 1 if it is greater than `limit` or a word has more than 64
 * bytes.
 */
unsigned mp_distance(struct mp_str a, struct mp_str b, bool prefix, unsigned limit);

#endif

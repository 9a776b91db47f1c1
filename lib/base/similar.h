/* How alike two names are. */
#ifndef MP_BASE_SIMILAR_H
#define MP_BASE_SIMILAR_H

#include "base/str.h"
#include <stdint.h>

/*
 * Jaro-Winkler similarity (Winkler 1990: "String Comparator Metrics and Enhanced Decision Rules in
 * the Fellegi-Sunter Model of Record Linkage"), from 0 to 1, in bytes: a common beginning of up to
 * four counts 0.1 each, from a Jaro similarity of 0.7 on. Of words of more than 64 bytes the first
 * 64 are compared. Two empty words are alike (1), an empty one and another are not (0).
 */
double mp_jaro_winkler(struct mp_str a, struct mp_str b);

/* What a name is made of: two bits for each small letter (there, there twice) and, above them, how
 * many other bytes it has. Most pairs of names are refused by this alone. */
typedef uint64_t mp_letters;

mp_letters mp_letters_of(struct mp_str name);

/* At most so many bytes can two names have in common. */
unsigned mp_letters_shared(mp_letters a, mp_letters b);

/* At most so high can the Jaro-Winkler similarity of names of these lengths be that share so many
 * bytes. */
double mp_jaro_winkler_most(size_t a, size_t b, unsigned shared);

#endif

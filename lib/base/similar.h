/* How alike two names are. */
#ifndef MP_BASE_SIMILAR_H
#define MP_BASE_SIMILAR_H

#include "base/str.h"

/*
 * Jaro-Winkler similarity (Winkler 1990: "String Comparator Metrics and Enhanced Decision Rules in
 * the Fellegi-Sunter Model of Record Linkage"), from 0 to 1, in bytes: a common beginning of up to
 * four counts 0.1 each, from a Jaro similarity of 0.7 on. Of words of more than 64 bytes the first
 * 64 are compared. Two empty words are alike (1), an empty one and another are not (0).
 */
double mp_jaro_winkler(struct mp_str a, struct mp_str b);

#endif

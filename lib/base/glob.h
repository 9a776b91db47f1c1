/* Patterns for values: case and diacritics do not matter, `*` stands for any run of characters. */
#ifndef MP_BASE_GLOB_H
#define MP_BASE_GLOB_H

#include "base/str.h"

/* Both already folded (mp_utf8_fold). Linear in text times number of stars; no recursion. */
bool mp_glob(struct mp_str pattern, struct mp_str text);

#endif

/* How many columns of a terminal a text takes: East Asian wide characters two, combining marks and
 * invisible format characters none (Unicode 14, EastAsianWidth and general category). */
#ifndef MP_PAGE_WIDTH_H
#define MP_PAGE_WIDTH_H

#include "base/utf8.h"

/* 0, 1 or 2. Controls count 1: what is printed in their place is one column wide. */
unsigned mp_width_char(uint32_t code_point);

size_t mp_width(struct mp_str s);

/* The longest beginning of s that takes at most `columns`, with the marks on its last character. */
struct mp_str mp_width_cut(struct mp_str s, size_t columns);

#endif

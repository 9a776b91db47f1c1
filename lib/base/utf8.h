/* UTF-8: checking, stepping, counting, and folding for comparison. */
#ifndef MP_BASE_UTF8_H
#define MP_BASE_UTF8_H

#include "base/buf.h"

/* Length in bytes (1 to 4) of the well-formed sequence at p (Unicode 15, table 3-7: no surrogates,
 * no overlong forms, nothing above U+10FFFF), or 0 where there is none. n is at least 1. */
size_t mp_utf8_seq(const char *p, size_t n);

/* Bytes before the first one that is not well-formed UTF-8: s.n when all is well. */
size_t mp_utf8_valid(struct mp_str s);

/* The first byte at or above 0x80: its place, or n. */
size_t mp_utf8_ascii_run(const char *p, size_t n);

/* Code point at *at, which is moved behind it. Malformed bytes count as one U+FFFD each. */
uint32_t mp_utf8_next(struct mp_str s, size_t *at);

/* Characters (code points) in s; malformed bytes count as one each. */
size_t mp_utf8_count(struct mp_str s);

void mp_utf8_add(struct mp_buf *b, uint32_t code_point);

/* Appends s for comparison: Latin letters in lower case without diacritics (U+00C0 to U+017F,
 * combining marks dropped; eth, thorn, ligatures spelt out), the rest as it is. */
void mp_utf8_fold(struct mp_buf *b, struct mp_str s);

#endif

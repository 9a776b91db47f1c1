/* Folding for comparison, character by character: texts and patterns are folded alike. */
#ifndef MP_TEXT_FOLD_H
#define MP_TEXT_FOLD_H

#include "base/buf.h"

/* The character at *at of valid UTF-8; *at is moved behind it. UTF-8 that was read as Windows-1252
 * counts as the character that it was meant to be. */
uint32_t mp_fold_next(struct mp_str s, size_t *at);

/* Whether a character beyond ASCII is part of words. */
bool mp_fold_is_letter(uint32_t c);

/* Appends a character in lower case without diacritics. */
void mp_fold_add(struct mp_buf *b, uint32_t c);

/* Folds one word or pattern the way narratives are folded: without apostrophes and the dots of
 * abbreviations. */
void mp_fold_word(struct mp_buf *b, struct mp_str s);

#endif

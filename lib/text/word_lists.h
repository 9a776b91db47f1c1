/* What text/word.c keeps of a word is worked out in text/word_lists.c; only for them. */
#ifndef MP_TEXT_WORD_LISTS_H
#define MP_TEXT_WORD_LISTS_H

#include "text/word.h"

/* A new word in the cache's memory with all but what it is told apart by (head, tail, text, len,
 * kind); NULL if memory ran out. */
struct mp_word *mp_word_work_out(const struct mp_words *w, struct mp_word_cache *c,
                                 struct mp_str word);

#endif

/*
 * Finds every pattern of the lexicon in a text.
 *
 * Each word has the list of classes it belongs to; each variant of a pattern is looked up at its
 * rarest class only and then tried outwards, step by step, with all positions that can be reached
 * kept in a word of bits. So a variant costs a bounded time wherever it starts and the whole is
 * linear in the text.
 */
#ifndef MP_TEXT_MATCH_H
#define MP_TEXT_MATCH_H

#include "text/lexicon.h"

struct mp_matcher { /* zeroed: ready; mp_matcher_free frees */
    struct mp_word_cache cache;
    struct mp_buf reaches; /* private: by token, how far patterns may reach */
};

/* Fills in text->words and text->hits. Needs text->tokens. False if memory ran out. */
bool mp_match(const struct mp_lexicon *l, struct mp_matcher *m, struct mp_text *text);

void mp_matcher_free(struct mp_matcher *m);

/* Words of the pattern in a hit (gaps left out). */
static inline unsigned mp_hit_words(uint64_t mask)
{
    return (unsigned)__builtin_popcountll(mask);
}

#endif

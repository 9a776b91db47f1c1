/*
 * Finds every pattern of the lexicon in a text.
 *
 * Each variant of a pattern is looked up at the words of its rarest class only, if its two rarest
 * others (after them, those of parts joined by &) have a word in the sentence and the one that must
 * stand beside it does, and then tried outwards, step by step (text/fit.h). So a variant costs a
 * bounded time wherever it starts and the whole is linear in the text. What one word says alone is
 * known with the word (text/word.h) and needs no trial.
 */
#ifndef MP_TEXT_MATCH_H
#define MP_TEXT_MATCH_H

#include "text/lexicon.h"

struct mp_matcher { /* zeroed: ready; mp_matcher_free frees */
    struct mp_word_cache cache;
    /* private */
    struct mp_buf candidates; /* const struct mp_try *: of a part that is looked for */
    uint64_t *met;            /* a bit by need: a word of the sentence meets it */
    size_t n_met;
};

/* Fills in text->words. Needs text->tokens. False if memory ran out. */
bool mp_match_look_up(const struct mp_lexicon *l, struct mp_matcher *m, struct mp_text *text);

/* Fills in text->hits. Needs text->words. False if memory ran out. */
bool mp_match(const struct mp_lexicon *l, struct mp_matcher *m, struct mp_text *text);

void mp_matcher_free(struct mp_matcher *m);

#endif

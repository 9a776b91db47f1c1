/*
 * Whether a variant of a pattern fits at a word. Between text/match.c and text/fit.c; only for
 * them.
 */
#ifndef MP_TEXT_FIT_H
#define MP_TEXT_FIT_H

#include "text/lexicon.h"

enum {
    MP_FIT_WINDOW = 64, /* tokens that are looked at together */
    MP_FIT_SPAN = 28    /* of a sentence that has more: tokens that a pattern surely reaches */
};

/* Tokens of the sentence as bits, in one direction: ahead, bit i is the token base + i; back, it is
 * the token base + 63 - i. So in both the steps of a pattern go to higher bits. */
struct mp_way {
    uint64_t all;
    uint64_t begins, ends; /* a clause */
    /* [0]: does not stand next to the token before, which a heading's colon does not part from it;
     * [1]: no gap reaches it, as there is a colon before */
    uint64_t stop[2];
};

/* The sentence that is looked at, which no pattern leaves. */
struct mp_sentence {
    const struct mp_token *token; /* of the text */
    const struct mp_word **word;
    uint32_t n;           /* of the text */
    uint32_t first, last; /* tokens */
    uint32_t base;        /* of `way`; mp_fit moves it in a sentence of more than 64 */
    struct mp_way way[2]; /* ahead, back */
};

/* Tokens that a pattern or part of one takes: bit i of the mask is first + i. */
struct mp_span {
    uint32_t first, last;
    uint64_t mask;
};

/* To be called when a sentence is entered: its tokens from `base` on. */
void mp_fit_look_from(struct mp_sentence *s, uint32_t base);

/* Tries a variant whose anchor's class the token t has. */
bool mp_fit(struct mp_sentence *s, const struct mp_try *v, uint32_t t, struct mp_span *out);

#endif

/*
 * Whether a variant of a pattern fits at a word. Between text/match.c and text/fit.c; only for
 * them.
 */
#ifndef MP_TEXT_FIT_H
#define MP_TEXT_FIT_H

#include "text/lexicon.h"

enum { MP_FIT_SPAN = 48 /* tokens that a pattern reaches from its anchor */ };

/* The sentence that is looked at, which no pattern leaves. */
struct mp_sentence {
    const struct mp_token *token; /* of the text */
    const struct mp_word **word;
    uint32_t n;           /* of the text */
    uint32_t first, last; /* tokens */
    /* by token, where the stretch without a colon begins and ends that no gap leaves; NULL: the
     * sentence has no colon */
    const uint32_t *from, *to;
};

/* Tokens that a pattern or part of one takes: bit i of the mask is first + i. */
struct mp_span {
    uint32_t first, last;
    uint64_t mask;
};

/* Tries a variant whose anchor's class the token t has. */
bool mp_fit(const struct mp_sentence *s, const struct mp_try *v, uint32_t t, struct mp_span *out);

#endif

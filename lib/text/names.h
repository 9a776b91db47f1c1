/*
 * Names: who goes by them in a text.
 *
 * Who is introduced with a name goes by it later ("her sister Kim ... Kim"); a first name that
 * nobody introduces is the youth's if it is the first one, or else somebody else's.
 */
#ifndef MP_TEXT_NAMES_H
#define MP_TEXT_NAMES_H

#include "text/clause.h"

enum { MP_NAMES_MAX = 12 };

/* The tokens at which names were first found. */
struct mp_names {
    uint32_t others[MP_NAMES_MAX], youths[MP_NAMES_MAX];
    unsigned n_others, n_youths;
};

/* Fills in the names of a text. Needs marks; finds none in a text of capitals. */
void mp_names_find(const struct mp_text *text, struct mp_names *names);

/* Whether the word at token t is one of the names, or its genitive. */
bool mp_names_has(const struct mp_text *text, const uint32_t *names, unsigned n, uint32_t t);

#endif

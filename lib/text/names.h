/*
 * Names: who goes by them in a text.
 *
 * Who is introduced with a name goes by it later ("her sister Kim ... Kim"); so does the youth by
 * the given names of the record. A first name that nobody introduces is the youth's if it is the
 * first one or like theirs, or else somebody else's.
 */
#ifndef MP_TEXT_NAMES_H
#define MP_TEXT_NAMES_H

#include "text/clause.h"

enum { MP_NAMES_MAX = 12 };

/* The tokens at which names were first found. */
struct mp_names {
    uint32_t others[MP_NAMES_MAX], youths[MP_NAMES_MAX];
    unsigned n_others, n_youths;
    uint32_t letters; /* that they begin with, as bits: a quick look before others */
};

/* Fills in the names of a text. Needs marks; finds none in a text of capitals. */
void mp_names_find(struct mp_text *text, struct mp_names *names);

/* Names begin with a letter of ASCII. */
static inline uint32_t mp_names_letter(const struct mp_text *text, uint32_t t)
{
    return UINT32_C(1) << (text->tokens.folded.data[text->tokens.at[t].start] & 31);
}

/* Whose name, or its genitive, the word at token t is: the mark of MP_MEANS_YOUTH or
 * MP_MEANS_OTHER; 0: nobody's. */
uint64_t mp_names_whose(const struct mp_text *text, const struct mp_names *names, uint32_t t);

/* The same. Most words begin with no letter of a name. */
static inline uint64_t mp_names_mean(const struct mp_text *text, const struct mp_names *names,
                                     uint32_t t)
{
    return names->letters & mp_names_letter(text, t) ? mp_names_whose(text, names, t) : 0;
}

#endif

/* Entries beside which another one of their list says all that they say. */
#ifndef MP_TEXT_COVER_H
#define MP_TEXT_COVER_H

#include "text/lexicon.h"

/*
 * -1 with the error at the first entry that is covered: another one of the same list (of a heading
 * also a mention of its code) finds the very same words wherever it does. That is so if each of its
 * variants is held by a variant of the other one: as many words in the same order, each of them one
 * of the other's, with gaps and marks that let through no less; behind a gap, the very same words.
 * Entries of several parts (&) are not looked at: there, what one part takes the others cannot.
 */
int mp_lexicon_find_covered(const struct mp_lexicon *l, struct mp_error *e);

#endif

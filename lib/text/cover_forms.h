/* Whether all words of one class are words of another, by their forms alone. */
#ifndef MP_TEXT_COVER_FORMS_H
#define MP_TEXT_COVER_FORMS_H

#include "text/words.h"

/* Whether each word that the class `narrow` stands for, misspelt ones too, `wide` stands for as
 * well. It may say no where only an expression would. */
bool mp_forms_within(const struct mp_words *w, uint32_t narrow, uint32_t wide);

#endif

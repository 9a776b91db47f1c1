/* Letters of names, in UTF-8: capitals and marks. */
#ifndef MP_SYNTH_LETTERS_H
#define MP_SYNTH_LETTERS_H

#include "base/buf.h"

/* Latin letters of U+0041 to U+017F; all others stay as they are. */
bool mp_letter_is_capital(uint32_t c);
uint32_t mp_letter_capital(uint32_t c);

/* Each of these changes the whole text; `failed` of the buffer is set if memory ran out. */
void mp_letters_to_capitals(struct mp_buf *b);

/* Without diacritics: Yilmaz for Y, dotless i, lmaz. */
void mp_letters_drop_marks(struct mp_buf *b);

#endif

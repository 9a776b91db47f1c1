/* How numbers are written: percentages, hours. */
#ifndef MP_PAGE_FORM_H
#define MP_PAGE_FORM_H

#include "page/layout.h"
#include "page/words.h"

/* A number of the data in a form: "31,2%"; "17 u", and from two days on "14 d", "2 d 12 u". Its
 * value is never rounded. What is no plain decimal number stays as it came. */
struct mp_str mp_form_text(struct mp_words *w, struct mp_str number, enum mp_form form);

#endif

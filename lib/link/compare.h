/* Values made comparable, so that spellings that mean the same are the same bytes. */
#ifndef MP_LINK_COMPARE_H
#define MP_LINK_COMPARE_H

#include "link/model.h"

/* Appends the text as the field compares it; nothing where it counts as not known. */
void mp_link_comparable(const struct mp_link_field *f, struct mp_str text, struct mp_buf *b);

/* True if two comparable values of one field cannot be meant for the same: they are not equal, and
 * neither is a single letter with which the other begins. */
bool mp_link_differ(struct mp_str a, struct mp_str b);

/* One letter, which may have several bytes. */
bool mp_link_is_letter(struct mp_str s);

#endif

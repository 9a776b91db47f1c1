/*
 * Boxes of forms: "[x] medication", rows of columns "( ) (x)". Between text/answer.c and
 * text/boxes.c; only for them. What they say is an enum mp_effect.
 */
#ifndef MP_TEXT_BOXES_H
#define MP_TEXT_BOXES_H

#include "text/answer.h"

enum { MP_BOX_COLUMNS = 3 /* boxes in a row of columns */ };

/* Whether the token is a box behind something in its sentence. */
bool mp_box_is(const struct mp_text *text, uint32_t t);

/* What one box says by its kind (enum mp_token_kind). */
int mp_box_says(int kind);

/* What the boxes say of which the one at token t is the last: one alone, or a row of columns, which
 * the answers above head. Needs text->answers. */
int mp_boxes_say(const struct mp_text *text, uint32_t t);

/* Whether the box before the mention stands for it. */
bool mp_boxes_tick(const struct mp_text *text, const struct mp_mention *m);

#endif

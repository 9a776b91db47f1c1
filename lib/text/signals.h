/* The signals of a text as JSON, for its record. Only for record.c. */
#ifndef MP_TEXT_SIGNALS_H
#define MP_TEXT_SIGNALS_H

#include "text/record.h"

/* The list of what the reader has found in the narrative, in r->signals. False if memory ran out.
 */
bool mp_signals_list(struct mp_text_recorder *r, struct mp_str narrative);

#endif

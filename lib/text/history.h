/* Whether the time that governs a mention lies before this absence. */
#ifndef MP_TEXT_HISTORY_H
#define MP_TEXT_HISTORY_H

#include "text/lexicon.h"

/* Tells which of text->whens are old: an earlier year, an earlier month, or more than
 * MP_HISTORY_DAYS before the report. Whether any is. */
bool mp_history_find(struct mp_text *text);

/* Tokens between the mention and the time that governs it - the nearest in its clause, or else the
 * last one before it in its sentence, or the date that its line or a line above begins with - if
 * that time is old. Otherwise MP_NO_HISTORY. */
uint32_t mp_history_distance(const struct mp_text *text, const struct mp_mention *m);

/* Whether a time that is not history stands between the tokens: what follows is about now. */
bool mp_history_resumed(const struct mp_text *text, uint32_t from, uint32_t to);

enum { MP_HISTORY_DAYS = 30 };

#define MP_NO_HISTORY UINT32_MAX

#endif

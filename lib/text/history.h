/* Whether the time that governs a mention lies before this absence. */
#ifndef MP_TEXT_HISTORY_H
#define MP_TEXT_HISTORY_H

#include "text/lexicon.h"

/* How far times that are old may govern. */
struct mp_history {
    uint32_t first; /* the first token of a clause with one; UINT32_MAX: there is none */
    uint32_t until; /* the last sentence */
};

/* Tells which of text->whens are old: an earlier year, an earlier month, or more than
 * MP_HISTORY_DAYS before the report. */
struct mp_history mp_history_find(struct mp_text *text);

/* Whether mp_history_distance may find one: a quick look before it. */
static inline bool mp_history_may_be(const struct mp_text *text, const struct mp_history *h,
                                     const struct mp_mention *m)
{
    return (m->last >= h->first) & (text->tokens.at[m->first].sentence <= h->until);
}

/* Tokens between the mention and the time that governs it - the nearest in its clause, or else the
 * last one before it in its sentence, or the date that its line or a line above begins with - if
 * that time is old. Otherwise MP_NO_HISTORY. */
uint32_t mp_history_distance(const struct mp_text *text, const struct mp_mention *m);

/* That time, whether it is old or not; NULL: there is none. */
const struct mp_when *mp_history_time(const struct mp_text *text, const struct mp_mention *m);

/* Whether a time that is not history stands between the tokens: what follows is about now. */
bool mp_history_resumed(const struct mp_text *text, uint32_t from, uint32_t to);

enum { MP_HISTORY_DAYS = 30 };

#define MP_NO_HISTORY UINT32_MAX

#endif

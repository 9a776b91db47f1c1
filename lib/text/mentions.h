/* Which mentions of a text count: what is an exception goes, of two in one place the fuller one
 * stays, items are counted. */
#ifndef MP_TEXT_MENTIONS_H
#define MP_TEXT_MENTIONS_H

#include "text/lexicon.h"

/* Fills in text->mentions from n hits, given by their numbers: of two of a code in one place the
 * fuller one stays. False if memory ran out. */
bool mp_mentions_make(const struct mp_lexicon *l, struct mp_text *text, const uint32_t *hits,
                      size_t n);

/* When all have their status: counts items, draws conclusions (past_means), drops what is
 * silent. What is hidden stays. */
bool mp_mentions_finish(const struct mp_lexicon *l, struct mp_text *text);

#endif

/* From hits to mentions: what is an exception goes, of two in one place the fuller one stays,
 * items are counted. */
#ifndef MP_TEXT_MENTIONS_H
#define MP_TEXT_MENTIONS_H

#include "text/lexicon.h"

/* Adds a hit to text->mentions, in order, with the status that its entry gives. */
void mp_mentions_add(struct mp_text *text, const struct mp_hit *h, const struct mp_gist *gist);

/* When all are added: of two in one place the fuller one stays. False if memory ran out. */
bool mp_mentions_drop_covered(const struct mp_lexicon *l, struct mp_text *text);

/* When all have their status: counts items, draws conclusions (past_means), drops what is
 * silent. What is hidden stays. */
bool mp_mentions_finish(const struct mp_lexicon *l, struct mp_text *text);

#endif

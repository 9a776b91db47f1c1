/*
 * From what a text mentions to what it says: the status of each mention.
 *
 * After NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009): a cue acts on the mentions
 * before or after it within its reach, until a word that ends it. Beyond them: the subject of the
 * clause, dates of earlier times, headings with answers, and the youth's own denial, which never
 * cancels what others say.
 */
#ifndef MP_TEXT_CONTEXT_H
#define MP_TEXT_CONTEXT_H

#include "text/lexicon.h"

/* Fills in text->mentions from hits, clauses and whens. False if memory ran out. */
bool mp_context_read(const struct mp_lexicon *l, struct mp_text *text);

#endif

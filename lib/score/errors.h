/* The differences between what is said and what was read, one a line. */
#ifndef MP_SCORE_ERRORS_H
#define MP_SCORE_ERRORS_H

#include "score/score.h"

/*
 * Appends a line for each code, and where `facts` is set for each fact, on which the document and
 * its reading differ. Tab-separated: id, code or `fact.NAME`, what is said, what was read, the
 * quote, the sentence around it (the whole text where there is none); "-" where there is none,
 * blanks of all kinds are one blank. Or JSON, with the texts as they are. Returns the number of
 * lines.
 */
size_t mp_score_errors(struct mp_buf *b, const struct mp_score_doc *doc,
                       const struct mp_score_choice *c, bool facts, bool json);

#endif

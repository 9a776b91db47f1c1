/* Entries that can never count: mistakes of whoever wrote them. */
#ifndef MP_TEXT_LINT_H
#define MP_TEXT_LINT_H

#include "text/lexicon.h"

/* -1 with the error at the first word that a wildcard of the same list already fits, pattern that
 * stands under `not` of its code as well, heading that is a mention, entry that says the same as
 * one before it in its list, or entry that another one covers (text/cover.h). */
int mp_lexicon_lint(const struct mp_lexicon *l, struct mp_error *e);

#endif

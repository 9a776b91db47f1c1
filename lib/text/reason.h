/* Why a mention has its status: the words that gave it, and how far they hold. Asked only where
 * signals are explained; the reading itself keeps no more than which words they were. */
#ifndef MP_TEXT_REASON_H
#define MP_TEXT_REASON_H

#include "text/lexicon.h"

struct mp_reason {
    const char *kind;         /* cue, answer, time or subject */
    struct mp_str cue;        /* the words, of the text */
    const struct mp_yaml *at; /* its entry; NULL: it has none */
    struct mp_str scope;      /* the stretch of the text in which they hold, with them and the
                                 mention; of a long one what is near */
};

/* False if it has no other reason than its own entry. The text is as mp_text_read left it. */
bool mp_reason_find(const struct mp_lexicon *l, struct mp_text *text, const struct mp_mention *m,
                    struct mp_reason *out);

#endif

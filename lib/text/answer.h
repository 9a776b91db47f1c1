/* Headings of forms and their answers: "Pregnant: no", "[x] medication", "ENT -", "Pregnant?". */
#ifndef MP_TEXT_ANSWER_H
#define MP_TEXT_ANSWER_H

#include "text/lexicon.h"

enum mp_answer {
    MP_ANSWER_NONE,   /* plain text: the context decides */
    MP_ANSWER_GIVEN,  /* the answer has set the status, or silent */
    MP_ANSWER_STANDS, /* answered yes or in words: it is said, and the context may still turn it */
};

/* If the mention is a heading or has a box beside it, or its entry counts as a heading only: what
 * the answer makes of it. Where it STANDS, *words gets the first token of its words, or 0. */
enum mp_answer mp_answer_read(const struct mp_lexicon *l, const struct mp_text *text,
                              struct mp_mention *m, uint32_t *words);

/* If a reported question is answered behind the mention ("asked whether she is pregnant: no"):
 * sets the status and returns true. */
bool mp_answer_reported(const struct mp_lexicon *l, const struct mp_text *text,
                        struct mp_mention *m);

#endif

/* Headings of forms and their answers: "Pregnant: no", "[x] medication", "ENT -", "Pregnant?". */
#ifndef MP_TEXT_ANSWER_H
#define MP_TEXT_ANSWER_H

#include "text/lexicon.h"

enum mp_answer {
    MP_ANSWER_NONE,   /* plain text: the context decides */
    MP_ANSWER_GIVEN,  /* the answer has set the status, or silent */
    MP_ANSWER_STANDS, /* answered yes or in words: it is said, and the context may still turn it */
};

/* A hit that answers: yes, no, unknown. */
struct mp_said {
    uint32_t first, last; /* tokens */
    enum mp_effect effect;
};

/* Fills in text->answers from those of text->hits that are answers, in order; of those that begin
 * together the fullest counts. False if memory ran out. */
bool mp_answers_read(const struct mp_lexicon *l, struct mp_text *text, const uint32_t *hits,
                     size_t n);

/* Whether an answer parts the words of the hit, which belong to two places of a list: "tea no,
 * coffee yes". */
bool mp_answer_parts(const struct mp_text *text, const struct mp_hit *h);

/* The next token that may begin, hold or end an answer, and its sentence. */
struct mp_signs {
    uint32_t at, sentence;
    bool cells;    /* the text has answers behind semicolons or in the places of a list */
    size_t answer; /* if so: number of the next answer */
};

/* Before the first mention; needs text->answers. */
struct mp_signs mp_answer_signs(const struct mp_text *text);

/* Goes on to the first sign at or behind the token. */
void mp_answer_next_sign(const struct mp_text *text, uint32_t token, struct mp_signs *s);

/* Whether something stands so near the mention's end that it may be its answer in a cell or in a
 * place of a list. */
bool mp_answer_is_near(const struct mp_text *text, const struct mp_mention *m, struct mp_signs *s);

/* Whether mp_answer_read may find something. Mentions are asked in order. */
static inline bool mp_answer_may_be(const struct mp_text *text, const struct mp_mention *m,
                                    struct mp_signs *s)
{
    if (m->first > s->at + 1)
        mp_answer_next_sign(text, m->first - 1, s);
    bool near = s->cells && mp_answer_is_near(text, m, s);
    return (m->kind == MP_HEADING) | near |
           (s->sentence <= text->tokens.at[m->first].sentence); /* nobody can foretell which */
}

/* If the mention is a heading or has a box beside it, or its entry counts as a heading only: what
 * the answer makes of it. Where it STANDS, *words gets the first token of its words, or 0. */
enum mp_answer mp_answer_read(const struct mp_lexicon *l, const struct mp_text *text,
                              struct mp_mention *m, uint32_t *words);

/* If a reported question is answered behind the mention ("asked whether she is pregnant: no"):
 * sets the status and returns true. */
bool mp_answer_reported(const struct mp_text *text, struct mp_mention *m);

#endif

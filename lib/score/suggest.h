/*
 * Word groups that go with missed labels: what the patterns of a code might lack.
 *
 * A group is one to three words that stand side by side in a clause. It is suggested for a code
 * where it is commoner in texts in which the code was missed than in texts without the code;
 * groups are ranked by the log-likelihood ratio of the two shares of texts (Dunning 1993).
 */
#ifndef MP_SCORE_SUGGEST_H
#define MP_SCORE_SUGGEST_H

#include "score/score.h"

enum { MP_SUGGEST_MAX = 10, MP_SUGGEST_WORDS = 3 };

struct mp_suggest {       /* zeroed: empty; mp_suggest_free frees */
    struct mp_map groups; /* words with a blank between; value: latest text that has it, + 1 */
    struct mp_buf uses;   /* private: group and text, as they came */
    struct mp_buf scratch;
    uint32_t n_texts;
    uint32_t *of_group, *group_at; /* texts by group; groups by text are in `uses` */
    size_t *text_at;
};

/* Begins the next text. */
void mp_suggest_text(struct mp_suggest *s);

/* A run of folded words of the latest text that no group crosses the ends of. False if memory ran
 * out. */
bool mp_suggest_clause(struct mp_suggest *s, const struct mp_str *words, size_t n);

/* Closes the collection: to be called once, when all texts are in. False if memory ran out. */
bool mp_suggest_end(struct mp_suggest *s);

struct mp_suggestion {
    struct mp_str words;     /* of the collection */
    uint32_t missed, others; /* texts that have them: with the code missed, without the code */
    double ratio;            /* -2 log lambda */
};

struct mp_suggested {
    uint32_t missed, others; /* texts: with the code missed, without the code */
    struct mp_suggestion best[MP_SUGGEST_MAX];
    size_t n;
};

/*
 * The best groups for a code: `docs` are the texts of the collection in their order. A code was
 * missed where it is said and not read at all; texts where it does not count, or was read, are
 * left out. Of groups that contain one another and stand in as many texts only the best is given.
 * The same texts in the same order give the same groups. False if memory ran out.
 */
bool mp_suggest_for(const struct mp_suggest *s, const struct mp_score_doc *docs, size_t n_docs,
                    struct mp_str code, struct mp_suggested *out);

/* Appends the groups as lines: a heading and a row each, or JSON. Returns the number of rows. */
size_t mp_suggest_show(struct mp_buf *b, struct mp_str code, const struct mp_suggested *found,
                       bool json);

void mp_suggest_free(struct mp_suggest *s);

/* -2 log of the likelihood ratio of k1 in n1 and k2 in n2 against one common share. */
double mp_suggest_ratio(uint32_t k1, uint32_t n1, uint32_t k2, uint32_t n2);

#endif

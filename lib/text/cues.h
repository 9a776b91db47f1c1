/*
 * The cues of a text, and which of them reach a mention. Used by text/context.c.
 */
#ifndef MP_TEXT_CUES_H
#define MP_TEXT_CUES_H

#include "text/verdict.h"

/* A hit that changes what is said around it, with what its entry says. */
struct mp_cue {
    uint32_t first, last; /* tokens */
    uint32_t from, to; /* tokens that it may act on, by its side and reach; none if it has none */
    uint32_t up_to;    /* last token of it and of all before it */
    uint32_t hit, sentence;
    uint32_t on;   /* place + 1 of the last one before it that reaches later sentences; or 0 */
    uint32_t back; /* place of the next one from it on that reaches earlier sentences */
    int16_t reach;
    uint16_t ends;
    uint8_t effect; /* MP_N_EFFECTS: none, it only ends what others do */
    uint8_t side;   /* 0 if it has none */
    bool beaten;    /* one that shares a word with it counts more */
    bool goes_on;   /* it begins what goes on behind a semicolon */
    bool tells;     /* it begins a tale of an earlier time */
};

struct mp_cues {
    const struct mp_lexicon *l;
    struct mp_text *text;
    const struct mp_cue *at; /* behind the last stands one for its `on` and `back`, and room */
    size_t n;
    const uint32_t *from; /* by sentence, and two behind the last: place of its first cue */
    uint32_t ends;        /* of all of them: a bit per enum mp_effect */
    bool tells;           /* one of them does */
};

enum {
    MP_CUES_MAX = 40,  /* cues looked at on each side of a mention: a bound for hostile texts */
    MP_CUES_APIECE = 4 /* looked at together: seldom are there more in a sentence */
};

/* Fills in text->cues and the rest from those of text->hits that are cues, in order. Needs clauses.
 * False if memory ran out. */
bool mp_cues_read(struct mp_cues *x, const uint32_t *hits, size_t n);

/* The cue of that hit, or NULL: it is none, or does not count. Needs text->cues. */
const struct mp_cue *mp_cue_of(const struct mp_text *text, uint32_t hit);

/* Whether the cue acts on the mention, to which it turns the right side. */
bool mp_cue_acts(const struct mp_cues *x, const struct mp_cue *c, const struct mp_mention *m);

/* Whether a word that ends a negation stands in a gap of the hit, and so parts what it denies:
 * "no tea, but coffee". */
bool mp_cue_parts(const struct mp_cues *x, const struct mp_hit *h);

#endif

/*
 * Who is said to say what: "according to mother ...", "the mentor suspects that ...".
 *
 * A saying is a speaker and the stretch of the text that is theirs. It is found by words that
 * introduce what somebody says, and ends where it is no longer plain whose words they are: rather
 * nobody than the wrong one. Which words these are, the lexicon says (speakers.yaml).
 */
#ifndef MP_TEXT_SAID_H
#define MP_TEXT_SAID_H

#include "text/lexicon.h"

/* What a word can be where somebody says something: bits of its mark, beside those of enum
 * mp_grammar. */
enum mp_said_word {
    MP_SAID_FIRST = 40,
    MP_SAYS_SPEAKER = MP_SAID_FIRST, /* may be the one who says it */
    MP_SAYS_BESIDE, /* the, her, best: stands between what introduces a speaker and them */
    MP_SAYS_SELF,   /* herself: belongs to the speaker */
    MP_SAYS_BEHIND, /* according to: the speaker stands behind it */
    MP_SAYS_OWN,    /* account, in "by her own account" */
    MP_SAYS_VERB,   /* says, suspects: what is said may follow at once, */
    MP_SAYS_THAT,   /* thinks: only behind "that" */
    MP_SAID_MORE = MP_SAYS_THAT + 2,
    MP_SAYS_MANY = MP_SAID_MORE,      /* say: the infinitive, too */
    MP_SAYS_PART,                     /* said: behind a form of to have */
    MP_SAYS_HAS,                      /* to have */
    MP_SAYS_SPLIT,                    /* lets, in "lets know", */
    MP_SAYS_PREFIX,                   /* and the rest of it */
    MP_SAYS_NOT,                      /* not, nothing: nothing is said then */
    MP_SAYS_HEARS,                    /* hears, heard: who says it stands behind */
    MP_SAYS_FROM = MP_SAYS_HEARS + 2, /* from, via */
    MP_SAID_END,
};

_Static_assert(MP_SAID_FIRST > MP_IS_IN(MP_SET_PEOPLE) &&
                   MP_SAYS_THAT < MP_IS_IN(MP_SET_PEOPLE + 1) &&
                   MP_SAID_MORE > MP_IS_IN(MP_SET_PEOPLE + 1) &&
                   MP_SAYS_HEARS < MP_IS_IN(MP_SET_PEOPLE + 2) &&
                   MP_SAYS_FROM > MP_IS_IN(MP_SET_PEOPLE + 2) &&
                   MP_SAID_END <= MP_IS_IN(MP_SET_PEOPLE + 3),
               "between the bits of sets");

/* Names of their lists in the lexicon, from MP_SAID_FIRST on; NULL where there is no such bit. */
extern const char *const mp_said_lists[MP_SAID_END - MP_SAID_FIRST];

struct mp_saying {
    uint32_t first, last; /* tokens that name the speaker */
    uint32_t from, to;    /* tokens of what they say */
    uint32_t open; /* first token of a mention of it, with what introduces it where that is plain */
};

/* Fills in text->sayings. Needs clauses. False if memory ran out. */
bool mp_said_find(struct mp_text *text);

/* The saying that a mention of the text stands in, the narrowest; NULL: nobody's, or what its
 * speaker denies. */
const struct mp_saying *mp_said_of(const struct mp_lexicon *l, const struct mp_text *text,
                                   const struct mp_mention *m);

#endif

/*
 * Who is named as the one who says something. Between said.c and speaker.c; only for them.
 */
#ifndef MP_TEXT_SPEAKER_H
#define MP_TEXT_SPEAKER_H

#include "text/said.h"

/* A text that is looked through for sayings. */
struct mp_said_search {
    const struct mp_text *text;
    const struct mp_token *k;
    const uint64_t *m;
    const struct mp_clause *c; /* that of the word that introduces what is said */
    uint32_t n;
    uint32_t begin; /* what stands before it is an earlier saying's */
};

enum { MP_SAID_BACK = 10 }; /* words from a verb back to its subject */

#define MP_MARKS_FINITE (MP_MARK(MP_IS_PRESENT) | MP_MARK(MP_IS_PAST))

static inline bool mp_said_is(const struct mp_said_search *s, uint32_t t, unsigned what)
{
    return s->m[t] >> what & 1;
}

static inline bool mp_said_is_finite(const struct mp_said_search *s, uint32_t t)
{
    return s->m[t] & MP_MARKS_FINITE;
}

/* Whether a comma or a stronger sign, or nothing, stands before the token. */
static inline bool mp_said_is_apart(const struct mp_said_search *s, uint32_t t)
{
    return t >= s->n || mp_said_is(s, t, MP_IS_APART);
}

/* Whether the token alone can be who says something, a pronoun as subject too. */
bool mp_speaker_is(const struct mp_said_search *s, uint32_t t);

/* The speaker that stands at token t, maybe behind "the" or "her best"; a pronoun only if those may
 * be. */
bool mp_speaker_at(const struct mp_said_search *s, uint32_t t, bool pronoun, struct mp_saying *who);

/* "her" or "him" as a speaker, and no "her mother": a verb or nothing stands behind it. */
bool mp_speaker_her(const struct mp_said_search *s, uint32_t t, struct mp_saying *who);

/* The subject before the verb: the nearest person that no preposition governs, unless somebody else
 * might as well be it. */
bool mp_speaker_before(const struct mp_said_search *s, uint32_t verb, struct mp_saying *who);

#endif

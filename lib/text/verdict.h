/*
 * From the cues that reach a mention to its status: who it is said of, whether it is denied, over,
 * only planned or doubted. Used by text/context.c.
 */
#ifndef MP_TEXT_VERDICT_H
#define MP_TEXT_VERDICT_H

#include "text/lexicon.h"

struct mp_effects {
    uint32_t set; /* bit per enum mp_effect */
    uint32_t cue[MP_N_EFFECTS];
    /* tokens from the nearest cue to the mention; one more for cues that have no effect */
    uint32_t distance[MP_N_EFFECTS + 1];
};

/* Sets the status of the mention, and its cue, or makes it silent; `then` is the distance to a time
 * of history (text/history.h). */
void mp_verdict(const struct mp_lexicon *l, const struct mp_text *text, struct mp_mention *m,
                const struct mp_effects *f, uint32_t then);

/* Whether the clause is about somebody else: its subject is not a word of the mention itself. */
bool mp_verdict_about_other(const struct mp_text *text, const struct mp_mention *m);

/* Whether the words of a cue name the youth: "this girl does not". */
bool mp_verdict_names_youth(const struct mp_text *text, const struct mp_hit *h);

#endif

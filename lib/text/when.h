/*
 * Dates and times in a text, resolved against the moment of the report.
 *
 * What the words mean stands in schemas/lexicon/facts.yaml under `when:`; this module knows how
 * they go together: a date (3-2, 03-05-2002, 12 March, last Friday, yesterday, last month, in
 * 2016), a clock (21:05, 2130, half past ten, 7.10) or both.
 *
 * A clock without a day takes it from a date before it in its sentence, or from the date at the
 * head of its paragraph; else it is the last time before the report that the clock showed it. A
 * window ("between two and four") is a day.
 */
#ifndef MP_TEXT_WHEN_H
#define MP_TEXT_WHEN_H

#include "text/pattern.h"
#include "text/text.h"

struct mp_when_words; /* read from YAML; owned by the arena */

/* Reads the `when:` map (NULL: no times are found). Classes are made in `p`. 0, or -1 with the
 * error. */
int mp_when_load(struct mp_arena *a, struct mp_patterns *p, struct mp_yaml *when,
                 const struct mp_when_words **out, struct mp_error *e);

/* Fills in text->whens. Needs marks (mp_clause_mark). False if memory ran out. */
bool mp_when_find(const struct mp_when_words *w, struct mp_text *text);

#endif

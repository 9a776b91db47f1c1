/*
 * Facts of a report that stand in its text: age, sex, times of leaving and return, the police's
 * category, a traffic light. Each with the stretch of text that says it.
 *
 * schemas/lexicon/facts.yaml says which codes speak of leaving, of being due, of returning and so
 * on (`facts: roles:`); some of them are hidden codes (fact.*) made for this. text/fact_times.c
 * weighs every time by what stands near it, text/fact_person.c reads age and sex.
 */
#ifndef MP_TEXT_FACTS_H
#define MP_TEXT_FACTS_H

#include "text/pattern.h"
#include "text/text.h"

enum mp_fact {
    MP_FACT_AGE,
    MP_FACT_SEX,
    MP_FACT_MISSING_SINCE,
    MP_FACT_RETURNED_AT,
    MP_FACT_POLICE_CATEGORY,
    MP_FACT_TRAFFIC_LIGHT,
    MP_N_FACTS,
};

struct mp_fact_value {
    bool known;
    struct mp_str word;   /* SEX, POLICE_CATEGORY, TRAFFIC_LIGHT: the record's word */
    int age;              /* AGE: whole years */
    struct mp_time time;  /* MISSING_SINCE, RETURNED_AT */
    uint32_t first, last; /* tokens that say it */
};

struct mp_fact_words; /* read from YAML; owned by the arena */

/* Reads the `facts:` map (NULL: none are read). `codes` gives the number of a code of the lexicon
 * (for the codes that stand for leaving and return), or -1. 0, or -1 with the error. */
int mp_facts_load(struct mp_arena *a, struct mp_patterns *p, struct mp_yaml *facts,
                  int (*code)(const void *ctx, struct mp_str name), const void *ctx,
                  const struct mp_fact_words **out, struct mp_error *e);

/* Reads the facts. Needs tokens, words, whens, clauses and mentions. Time is linear in the text.
 * False if memory ran out. */
bool mp_facts_read(const struct mp_fact_words *w, struct mp_text *text,
                   struct mp_fact_value out[MP_N_FACTS]);

#endif

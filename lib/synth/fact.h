/*
 * What is so with a youth and an absence, by a scenario: facts with values that are drawn by
 * weight, where the weights may hang on facts that were drawn before.
 *
 * Values are numbered as they are met; number 0 of every fact is MP_SYNTH_NOTHING: it says nothing.
 */
#ifndef MP_SYNTH_FACT_H
#define MP_SYNTH_FACT_H

#include "synth/read.h"

enum { MP_SYNTH_FACTS = 60, MP_SYNTH_VALUES = 64 };

#define MP_SYNTH_NOTHING "none"

/* Facts that the program gives or asks for. X(identifier, name) */
#define MP_SYNTH_OWN_FACTS(X)                                                                      \
    X(SETTING, "setting")   /* of the place that was left: given */                                \
    X(AGAIN, "again")       /* yes: there was an absence before: given */                          \
    X(BACK, "back")         /* yes: came back: given */                                            \
    X(SEX, "sex")           /* girl or boy: asked for */                                           \
    X(AGE, "age")           /* at the first departure, whole years: asked for */                   \
    X(CATEGORY, "category") /* urgent or other: asked for */                                       \
    X(LIGHT, "light")       /* red, orange, green: asked for */

enum mp_synth_own_fact {
#define X(id, name) MP_FACT_##id,
    MP_SYNTH_OWN_FACTS(X)
#undef X
        MP_SYNTH_N_OWN
};

struct mp_synth_case {
    size_t n;
    struct mp_synth_need {
        size_t fact;
        uint64_t values; /* bits */
    } * needs;           /* all must be met */
    struct mp_synth_weights weights;
    uint8_t *values; /* by place among the weights */
};

struct mp_synth_fact {
    struct mp_str name;
    bool of_person; /* drawn once for a youth, else for every absence */
    size_t n_values;
    struct mp_str values[MP_SYNTH_VALUES];
    size_t n_cases; /* the first whose needs are met counts; 0: given by the program */
    struct mp_synth_case *cases;
};

struct mp_synth_facts {
    size_t n, n_drawn;
    size_t drawn[MP_SYNTH_FACTS]; /* in this order, that of the scenario */
    struct mp_synth_fact list[MP_SYNTH_FACTS];
};

/* Reads the key `facts` of a map; a fact that is also in the list `changed` of the other map, which
 * need not be there, is read from it. */
int mp_synth_read_facts(struct mp_synth_reader *r, const struct mp_yaml *map,
                        const struct mp_yaml *changes, struct mp_synth_facts *out);

/* Reads a map of facts with weights, each as a case without needs: *of and *cases of n. */
int mp_synth_read_fixed(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                        struct mp_synth_facts *facts, size_t *n, size_t **of,
                        struct mp_synth_case **cases);

/* Reads a map of facts with values, all of which must be met; nothing where the key is missing. */
int mp_synth_read_needs(struct mp_synth_reader *r, const struct mp_yaml *map, const char *key,
                        struct mp_synth_facts *facts, struct mp_synth_case *out);

/* Place of a fact, or facts->n. */
size_t mp_synth_fact_place(const struct mp_synth_facts *facts, struct mp_str name);

/* Number of a value, which is given one where it has none; MP_SYNTH_VALUES: no more are possible.
 */
size_t mp_synth_value(struct mp_synth_fact *f, struct mp_str value);

/* Number of a value, or MP_SYNTH_VALUES. */
size_t mp_synth_value_known(const struct mp_synth_fact *f, struct mp_str value);

bool mp_synth_needs_met(const struct mp_synth_case *one, const uint8_t *values);

/* Draws the facts of a youth, or those of an absence; `fixed` (bits) and those that are given stay
 * as they stand in `values`. */
void mp_synth_draw(const struct mp_synth_facts *facts, bool of_person, uint64_t fixed,
                   uint8_t *values, struct mp_chance *c);

#endif

/*
 * Patterns as a domain expert writes them (schemas/lexicon/README.md), compiled into rows of word
 * classes.
 *
 * A pattern has one part, or several that `&` joins. A part is compiled once, however many
 * patterns hold it, into variants: flat rows of classes with the gap allowed before each.
 */
#ifndef MP_TEXT_PATTERN_H
#define MP_TEXT_PATTERN_H

#include "io/yaml.h"
#include "text/words.h"

enum {
    MP_GAP_SHORT = 3,       /* words that `..` passes over */
    MP_GAP_LONG = 8,        /* words that `...` passes over, and between a verb and its prefix */
    MP_GAP_JOIN = 5,        /* words between parts joined by & */
    MP_GAP_MAX = 20,        /* of ..N */
    MP_PATTERN_LENGTH = 20, /* classes in a row */
    MP_PATTERN_VARIANTS = 4000,
    MP_PATTERN_PARTS = 6,
    MP_PATTERN_SPARE = 16,
};

struct mp_step {
    uint32_t class;
    uint8_t gap; /* words that may stand between it and the step before */
    bool optional;
    bool first; /* must begin a clause */
    bool last;  /* must end one */
};

struct mp_variant {
    uint32_t part;
    uint32_t step; /* place of the first in patterns.steps */
    uint8_t n;
    uint8_t anchor;   /* the step at which it is looked up */
    uint32_t at;      /* its class */
    uint32_t need[2]; /* classes of the rarest other steps that must be there; or the anchor's */
    unsigned weight;  /* how often the anchor occurs, roughly */
};

/* Compiles patterns; what it made is used by text/match.h. */
struct mp_patterns { /* zeroed but for `words`: empty; mp_patterns_free frees */
    struct mp_words *words;
    struct mp_map lists;      /* name -> place in list_rows + 1; 0: not compiled yet */
    struct mp_map verbs;      /* infinitive -> place + 1 in verb_forms */
    struct mp_yaml **list_at; /* items; a name that is given twice stands twice */
    struct mp_str *list_names;
    struct mp_buf *list_rows; /* compiled lists */
    size_t n_list_rows, cap_list_rows;
    size_t n_lists, cap_lists;
    struct mp_verb *verb_at;
    size_t n_verbs, cap_verbs;
    struct mp_map parts; /* text of a part -> number + 1 */
    struct mp_step *steps;
    size_t n_steps, cap_steps;
    struct mp_variant *variants;
    size_t n_variants, cap_variants;
    struct mp_map common;      /* words that are no good start for a look-up */
    struct mp_buf frequencies; /* by form: mp_pattern_frequency */
    struct mp_buf weights;     /* by class, how bad it is to look a pattern up there */
    struct mp_arena arena;
    struct mp_buf spare[MP_PATTERN_SPARE]; /* rows that were given back */
    size_t n_spare;
};

/* Forms of a verb: one a line, folded. */
struct mp_verb {
    struct mp_str present, past, participles, infinitive;
};

/* A compiled pattern. */
struct mp_pattern {
    uint32_t parts[MP_PATTERN_PARTS];
    uint8_t n;
};

/* A list (a YAML list of words) or verb under its name; the same name again adds to it.
 * -1 with the error. */
int mp_patterns_list(struct mp_patterns *p, struct mp_str name, struct mp_yaml *items,
                     struct mp_error *e);
/* Compiles the lists that no pattern has asked for: mistakes in them are mistakes. */
int mp_patterns_lists_check(struct mp_patterns *p, struct mp_error *e);
int mp_patterns_verb(struct mp_patterns *p, const struct mp_yaml *infinitive,
                     const struct mp_yaml *forms, struct mp_error *e);

/* Compiles the pattern that stands at `text`. -1 with the error at its place (an unknown list or
 * verb, brackets that do not match, nothing to look up, too many variants). */
int mp_pattern_compile(struct mp_patterns *p, const struct mp_yaml *text, struct mp_pattern *out,
                       struct mp_error *e);

/* Class of the words of a list; of a list with items of several words those are left out.
 * -1 with an error at `at` if there is none. */
int mp_patterns_class(struct mp_patterns *p, const struct mp_yaml *at, const char *list,
                      uint32_t *class, struct mp_error *e);

/* How often a form (its number in p->words) occurs, roughly: frequent words stand in order of
 * frequency (Zipf 1949: the n-th has about an n-th of the first one's share). No unit: a share of
 * all words. 0 and p->frequencies.failed if memory ran out. */
unsigned mp_pattern_frequency(struct mp_patterns *p, uint32_t form);

void mp_patterns_free(struct mp_patterns *p);

#endif

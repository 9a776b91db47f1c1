/*
 * Senses: what single words mean to a reader of dates or facts, as YAML says it.
 *
 * A table of senses is a map: a kind to a list of words, or to a map of values ("3", "-1",
 * "17-24", "25-12") to lists of words. Included by text/when*.c and text/fact*.c.
 */
#ifndef MP_TEXT_SENSE_H
#define MP_TEXT_SENSE_H

#include "text/pattern.h"
#include "text/word.h"

struct mp_sense {
    uint32_t class;
    uint16_t kind;
    int16_t a, b; /* the value's numbers; 0 where there are none */
};

struct mp_senses {
    struct mp_sense *at;
    size_t n;
    unsigned table; /* of the words' marks */
};

/* Reads the map; its keys are the n names of `kinds` in order, each may be missing. The names of
 * the lists that are made begin with `prefix`. 0, or -1 with the error. */
int mp_senses_load(struct mp_arena *a, struct mp_patterns *p, struct mp_yaml *map,
                   const char *prefix, const char *const *kinds, size_t n, struct mp_senses *out,
                   struct mp_error *e);

/* The sense of a kind that a word (NULL: none) has, or NULL. */
static inline const struct mp_sense *mp_sense_of(const struct mp_senses *s,
                                                 const struct mp_word *word, unsigned kind)
{
    return word ? mp_word_meaning(word, s->table, kind) : NULL;
}

/* The kinds of senses that the word has, as bits: a quick look before others. */
static inline uint64_t mp_sense_marks(const struct mp_senses *s, const struct mp_word *word)
{
    return word->marks[s->table];
}

#endif

/*
 * What the vocabulary says of one word, worked out once for each: its classes, marks, what patterns
 * may be looked up at it and which needs it meets.
 */
#ifndef MP_TEXT_WORD_H
#define MP_TEXT_WORD_H

#include "text/words.h"

struct mp_word {
    uint64_t head;      /* its first bytes, to compare it by */
    struct mp_str text; /* copied */
    uint8_t kind;
    uint8_t shift; /* of the table of classes, see mp_word_in */
    uint32_t n_leads, n_needs;
    const uint16_t *classes; /* a table of their numbers; 0: empty */
    const uint16_t *leads;   /* the rows to look up: their first needs, then their second ones, then
                                the rows; see mp_word_second and mp_word_rows */
    const uint64_t *needs;   /* that the word meets, as sets of 64, then which 64 (uint16_t) */
    /* what stands before is read for each word of a text, what follows for few */
    uint64_t marks[MP_MARK_TABLES]; /* the bits of all its marks */
    const struct mp_word_mark *marked;
    uint32_t n_marked;
    uint32_t n; /* classes */
    uint32_t hash;
};

static inline const uint16_t *mp_word_second(const struct mp_word *w)
{
    return w->leads + w->n_leads;
}

static inline const uint32_t *mp_word_rows(const struct mp_word *w)
{
    return (const uint32_t *)(const void *)(w->leads + 2 * (size_t)w->n_leads);
}

static inline const uint16_t *mp_word_need_at(const struct mp_word *w)
{
    return (const uint16_t *)(const void *)(w->needs + w->n_needs);
}

/* Words that were looked up: one cache a thread. It is emptied when it holds too much, so its size
 * does not grow with the input. */
struct mp_word_cache { /* zeroed: ready; mp_word_cache_free frees */
    struct mp_arena arena;
    struct mp_word **slots;
    size_t n, cap;
    size_t bytes;               /* of what is known, roughly */
    struct mp_buf found, needs; /* scratch */
    struct mp_word_tries tries;
};

void mp_word_cache_free(struct mp_word_cache *c);

/* To be called between texts: pointers handed out before may die. */
void mp_word_cache_trim(struct mp_word_cache *c);

/* What is known of the word; NULL if memory ran out. Valid until mp_word_cache_trim. `kind` tells
 * words apart that are written alike (enum mp_token_kind). */
const struct mp_word *mp_word_find(const struct mp_words *w, struct mp_word_cache *c,
                                   struct mp_str word, uint8_t kind);

/* Where the table of a word's classes is looked at first: the high bits of a product spread
 * neighbouring numbers (Knuth, Sorting and Searching, 6.4). */
static inline uint32_t mp_word_slot(uint32_t number, unsigned shift)
{
    return (number * 2654435769u) >> shift;
}

/* Whether the word is in the class of that number (struct mp_word_asks; where nothing is asked,
 * the class + 1, of the first 65,534). */
static inline bool mp_word_in(const struct mp_word *w, uint32_t number)
{
    uint32_t mask = (uint32_t)(UINT32_MAX >> w->shift);
    for (uint32_t i = mp_word_slot(number, w->shift);; i = (i + 1) & mask)
        if (w->classes[i] == number || !w->classes[i])
            return w->classes[i];
}

/* What a mark of the word stands for: of the first of its classes that has it; NULL if none. */
static inline const void *mp_word_meaning(const struct mp_word *w, unsigned table, unsigned bit)
{
    if (w->marks[table] >> bit & 1)
        for (uint32_t i = 0; i < w->n_marked; i++)
            if (w->marked[i].table == table && w->marked[i].bit == bit)
                return w->marked[i].what;
    return NULL;
}

#endif

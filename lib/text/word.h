/*
 * What the vocabulary says of one word, worked out once for each: its classes, marks, what patterns
 * may be looked up at it and which needs it meets.
 *
 * A text has a hundred words and most of its time may go into waiting for memory. So what is known
 * of a word stands in one piece: a line of the cache that is read for each word of a text, and
 * lists behind it, in the order in which they are read.
 */
#ifndef MP_TEXT_WORD_H
#define MP_TEXT_WORD_H

#include "text/tokens.h"
#include "text/words.h"

/* Four sets of 64 needs, and which 64 each of them is of. */
struct mp_four {
    uint64_t bits[4];
    uint16_t at[4];
};

struct mp_word {
    uint64_t head, tail;            /* to tell it apart by, see text/word.c */
    uint64_t marks[MP_MARK_TABLES]; /* the bits of all its marks */
    const char *text;               /* copied; of a long word, which these do not hold whole */
    uint16_t n_needs, n_sets;       /* in fours */
    uint16_t n_says;
    uint16_t table; /* place in `lists` of the table of classes */
    uint16_t mask;  /* of that table */
    uint8_t len, kind;
    bool gave_up; /* struct mp_word_tries */
    /*
     * Needs that the word meets: struct mp_four[n_needs].
     * First needs of its leads, two in each set: struct mp_four[n_sets].
     * Those leads: struct mp_lead[2 * 4 * n_sets].
     * Entries that the word alone says: uint32_t[n_says].
     * Numbers of its classes, from `table` on: mp_eight[mask + 1].
     * How many marks stand in the tables before each: 16 bits a table.
     * What the marks stand for, by table and bit: const void *.
     */
    uint64_t lists[];
};

_Static_assert(sizeof(struct mp_word) == 64, "a line of the cache");

static inline const struct mp_four *mp_word_needs(const struct mp_word *w)
{
    return (const struct mp_four *)(const void *)w->lists;
}

static inline const struct mp_four *mp_word_sets(const struct mp_word *w)
{
    return mp_word_needs(w) + w->n_needs;
}

static inline const struct mp_lead *mp_word_leads(const struct mp_word *w)
{
    return (const struct mp_lead *)(const void *)(mp_word_sets(w) + w->n_sets);
}

static inline const uint32_t *mp_word_says(const struct mp_word *w)
{
    return (const uint32_t *)(mp_word_leads(w) + 2 * 4 * w->n_sets);
}

/* Words that were looked up: one cache a thread. It is emptied when it holds too much, so its size
 * does not grow with the input. */
struct mp_word_cache { /* zeroed: ready; mp_word_cache_free frees */
    struct mp_arena arena;
    struct mp_word **slots;
    size_t n, cap;
    unsigned shift;                                  /* leaves of 64 bits as many as tell a slot */
    size_t bytes;                                    /* of what is known, roughly */
    size_t n_gave_up;                                /* words at which an expression was given up */
    uint64_t factors[2];                             /* of the hash, see text/word.c */
    struct mp_buf found, needs, leads, marks, sizes; /* scratch */
    struct mp_word_tries tries;
};

void mp_word_cache_free(struct mp_word_cache *c);

/* To be called between texts: pointers handed out before may die. */
void mp_word_cache_trim(struct mp_word_cache *c);

/* What is known of a word of at most MP_WORD_MAX bytes; NULL if memory ran out (or a lexicon looks
 * up more at one word than its lists can hold: 65,535 variants, 512 KiB). Valid until
 * mp_word_cache_trim. `kind` tells words apart that are written alike (enum mp_token_kind). */
const struct mp_word *mp_word_find(const struct mp_words *w, struct mp_word_cache *c,
                                   struct mp_str word, uint8_t kind);

/* The same for all words of a text. False if memory ran out. */
bool mp_word_find_all(const struct mp_words *w, struct mp_word_cache *c, const struct mp_tokens *t,
                      const struct mp_word **found);

/* Whether an expression was given up at one of these words, all of this cache. Costs nothing as
 * long as it holds no such word. */
bool mp_word_gave_up(const struct mp_word_cache *c, const struct mp_word *const *found, size_t n);

/* Numbers of classes, as the table of a word holds them side by side. */
typedef uint16_t mp_eight __attribute__((vector_size(16)));
typedef uint64_t mp_halves __attribute__((vector_size(16)));

/* Which eight of the table hold the number: the middle bits of a product spread neighbouring
 * numbers (Knuth, Sorting and Searching, 6.4). */
static inline uint32_t mp_word_slot(uint32_t number, uint32_t mask)
{
    return (number * 2654435769u) >> 16 & mask;
}

/* Whether the word is in the class of that number (struct mp_word_asks; where nothing is asked,
 * the class + 1, of the first 65,534). 0 is of all words: no eight are full. There is no branch in
 * it, as nobody could foretell it. */
static inline bool mp_word_in(const struct mp_word *w, uint16_t number)
{
    const mp_eight *table = (const mp_eight *)(const void *)(w->lists + w->table);
    mp_halves same = (mp_halves)(table[mp_word_slot(number, w->mask)] == number);
    return (same[0] | same[1]) != 0;
}

/* What a mark that the word has stands for: of the first of its classes that has it. */
const void *mp_word_meant(const struct mp_word *w, unsigned table, unsigned bit);

/* The same; NULL if the word has not got the mark. */
static inline const void *mp_word_meaning(const struct mp_word *w, unsigned table, unsigned bit)
{
    return w->marks[table] >> bit & 1 ? mp_word_meant(w, table, bit) : NULL;
}

#endif

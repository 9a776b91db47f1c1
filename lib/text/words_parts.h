/* What the vocabulary is looked up by. Between words.c and words_find.c; only for them. */
#ifndef MP_TEXT_WORDS_PARTS_H
#define MP_TEXT_WORDS_PARTS_H

#include "text/words.h"
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

struct mp_word_link {     /* from a form to its classes */
    uint32_t class, next; /* next: place + 1 */
};

struct mp_word_expression {
    pcre2_code *code;
    uint32_t form;
    bool starts[256];  /* by byte: a match may begin with it */
    bool any;          /* fits words that begin with any letter */
    uint32_t shortest; /* it fits none of fewer bytes */
    uint32_t letter;   /* that all words have which it fits, in either case, as a bit; or 0 */
};

struct mp_word_long {
    struct mp_str text;
    uint32_t letters; /* mp_words_letters */
    uint32_t form;
    uint32_t next[2]; /* place + 1 of the next with the same first, the same last letters */
    bool prefix;
};

/* Letters of a long form that must be right, at its start or its end. */
enum { MP_END_LETTERS = 3 };

/* The key under which long forms with the same start (0) or end (1) are found. */
static inline struct mp_str mp_words_end(struct mp_str word, unsigned end,
                                         char room_for[MP_END_LETTERS + 1])
{
    room_for[0] = end ? '>' : '<';
    memcpy(room_for + 1, word.p + (end ? word.n - MP_END_LETTERS : 0), MP_END_LETTERS);
    return (struct mp_str){room_for, MP_END_LETTERS + 1};
}

/* The bit of mp_words.lengths for so many bytes; the last is for all that are longer. */
static inline unsigned mp_words_length(size_t n)
{
    return n < 63 ? (unsigned)n : 63;
}

/* A bit for each letter of ASCII, in either case. */
static inline uint32_t mp_words_letters(struct mp_str s)
{
    uint32_t mask = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned letter = ((unsigned char)s.p[i] | 0x20u) - 'a';
        mask |= (uint32_t)(letter < 26) << (letter & 31);
    }
    return mask;
}

/* Numbers are no typing errors. */
static inline bool mp_words_no_digits(struct mp_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            return false;
    return true;
}

#endif

/*
 * The vocabulary: from a word of a text to the classes of words that it belongs to.
 *
 * A class is a set of forms: a word, the beginning, end or middle of words, or an expression over
 * one word. Patterns are rows of classes. A form of seven letters or more also stands for words
 * one typing error away (two from twelve letters on), if these are no words that the vocabulary
 * knows: optimal string alignment distance (Damerau 1964; transpositions count one). The first or
 * the last three letters must be right; where a form is the beginning of words, the first three.
 */
#ifndef MP_TEXT_WORDS_H
#define MP_TEXT_WORDS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"

enum {
    MP_TYPO_ONE = 7,
    MP_TYPO_TWO = 12,
    MP_INFIX_MIN = 3,
    MP_MARK_TABLES = 3,
    MP_MARKS_GRAMMAR = 0,
    MP_NEED_WORDS = 64
};

struct mp_words { /* zeroed: empty; mp_words_free frees */
    struct mp_arena arena;
    struct mp_map sets;         /* canonical text of a class -> its number + 1 */
    struct mp_map forms[4];     /* exact, prefix, suffix, infix -> first link + 1 */
    struct mp_word_link *links; /* form -> classes */
    size_t n_links, cap_links;
    uint64_t lengths[4]; /* bit n: there is a form of n bytes */
    struct mp_word_expression *expressions;
    size_t n_expressions, cap_expressions;
    struct mp_word_long *longs; /* forms that typing errors are looked for */
    size_t n_longs, cap_longs;
    struct mp_map ends; /* their first and their last letters -> place in longs + 1 */
    bool *used;         /* by class: its forms are in the tables */
    size_t cap_used;
    uint8_t *roles; /* by class: enum mp_class_role, what text/match.h does with it */
    uint64_t *marks[MP_MARK_TABLES]; /* by class: what it means to other readers (text/sense.h) */
    size_t cap_marks[MP_MARK_TABLES];
    unsigned n_tables;
};

void mp_words_free(struct mp_words *w);

/*
 * The class of these forms, one a line: "word", "=word", "word*", "*word", "*word*" or
 * "/expression/"; words are folded (text/fold.h). The same set gives the same number.
 * -1 if memory ran out.
 */
int mp_words_class(struct mp_words *w, struct mp_str forms, uint32_t *class);

/* The canonical forms of a class, one a line; borrowed. */
struct mp_str mp_words_forms(const struct mp_words *w, uint32_t class);

/* Makes the forms of a class count. 0, or -1 with the error (an expression that PCRE2 refuses:
 * RULES without a place; MEMORY). */
int mp_words_use(struct mp_words *w, uint32_t class, struct mp_error *e);

/* A word that is no typing error of another. -1 if memory ran out. */
int mp_words_know(struct mp_words *w, struct mp_str word);

/* Marks a class with a bit (0 to 63) in one of the tables: words of it carry the mark. -1 if memory
 * ran out. */
int mp_words_mark(struct mp_words *w, unsigned table, uint32_t class, unsigned bit);

/* Whether the word itself (no part, no typing error) is in the vocabulary. */
bool mp_words_exact(const struct mp_words *w, struct mp_str word);

/* Whether a form that is no expression and no typing error fits the word. */
bool mp_words_fit(const struct mp_words *w, struct mp_str word);

enum mp_class_role { MP_CLASS_INDEXED = 1, MP_CLASS_NEEDED = 2 };

/* What the vocabulary says of one word. */
struct mp_word {
    uint64_t hash;
    struct mp_str text;      /* copied */
    const uint32_t *classes; /* ascending */
    uint32_t n, n_indexed, n_marked;
    const uint32_t *indexed; /* of them, those at which patterns are looked up */
    uint64_t
        needed[MP_NEED_WORDS]; /* bit class % 4096: those that some patterns cannot do without */
    const uint32_t *marked;    /* of them, those with a mark */
    uint64_t bits[8];          /* bit class % 512: most classes that it is not in are told here */
    uint64_t marks[MP_MARK_TABLES]; /* of all its classes */
    uint8_t kind;
};

/* Words that were looked up, so that each is worked out once: one cache a thread. It is emptied
 * when it holds too many, so its size does not grow with the input. */
struct mp_word_cache { /* zeroed: ready; mp_word_cache_free frees */
    struct mp_arena arena;
    struct mp_word **slots;
    size_t n, cap;
    struct mp_buf found;             /* scratch */
    void *match_data, *match_limits; /* PCRE2's */
    uint64_t limits_hit;             /* expressions that PCRE2 gave up on; the reader counts them */
};

void mp_word_cache_free(struct mp_word_cache *c);

/* To be called between texts: pointers handed out before may die. */
void mp_word_cache_trim(struct mp_word_cache *c);

/* What is known of the word; NULL if memory ran out. Valid until mp_word_cache_trim. */
const struct mp_word *mp_word_find(const struct mp_words *w, struct mp_word_cache *c,
                                   struct mp_str word, uint8_t kind);

static inline bool mp_word_in(const struct mp_word *w, uint32_t class)
{
    if (!(w->bits[class >> 6 & 7] >> (class & 63) & 1))
        return false;
    uint32_t low = 0, high = w->n;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (w->classes[mid] < class)
            low = mid + 1;
        else
            high = mid;
    }
    return low < w->n && w->classes[low] == class;
}

#endif

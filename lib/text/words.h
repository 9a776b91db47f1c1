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
};

/* What a class means to a reader of single words (text/sense.h): a bit of a table, and what the
 * reader keeps of it. */
struct mp_word_mark {
    uint32_t class;
    uint8_t table, bit;
    const void *what; /* the reader's; may be NULL */
};

/* Needs that are of no class. */
enum { MP_NEED_NOTHING, MP_NEED_IMPOSSIBLE, MP_NEED_FIRST };

/* A variant of a pattern as it is looked up (text/index.h). */
struct mp_lead {
    uint16_t need[2]; /* that the sentence must meet */
    uint16_t beside;  /* number of a class of which a word must stand next to it; or 0 */
    int8_t beside_at; /* before (-1) or behind it (1) */
    uint32_t place;   /* of the variant */
};

/*
 * What matching asks of words (text/match.h), in small numbers, as it is looked up all over. At the
 * words of class c the leads lead_at[c] to lead_at[c + 1] are looked up; each of them alone says
 * the entries from say_at[c] to say_at[c + 1]. Borrowed; all NULL: nothing is asked.
 */
struct mp_word_asks {
    const uint32_t *lead_at;
    const struct mp_lead *leads;
    const uint32_t *say_at, *says;
    const uint16_t *need_of;   /* by class: the need that its words meet, or MP_NEED_NOTHING */
    const uint16_t *number_of; /* by class: what mp_word_in asks for; 0: nobody does */
};

/* How a form fits words. */
enum mp_fit { MP_FITS_WHOLE, MP_FITS_START, MP_FITS_END, MP_FITS_WITHIN, MP_FITS_EXPRESSION };

/* A form, however many classes have it. */
struct mp_word_form {
    struct mp_str stem; /* without its signs */
    uint64_t bits;      /* that it gives its classes, see mp_words_bits */
    uint8_t fit;        /* enum mp_fit */
    bool errors;        /* words with typing errors count as well, if it is long enough */
    /* private */
    bool used;
    uint32_t alone;      /* number + 1 of the class of this form alone */
    uint32_t link;       /* place + 1 of the last */
    uint32_t next;       /* number + 1 of another form with the same stem and fit */
    uint32_t expression; /* place + 1 */
};

struct mp_words {        /* zeroed: empty; mp_words_free frees */
    struct mp_map texts; /* forms as they are written, by number */
    struct mp_word_form *forms;
    size_t cap_forms;
    struct mp_map classes;  /* numbers of their forms, in order (uint32_t), by number */
    struct mp_map stems[4]; /* of forms in use by enum mp_fit; value: number + 1 of the last */
    uint64_t lengths[4];    /* bit n: there is a stem of n bytes; bit 63: of more */
    struct mp_word_link *links;
    size_t n_links, cap_links;
    struct mp_word_expression *expressions;
    size_t n_expressions, cap_expressions;
    struct mp_word_long *longs; /* forms that typing errors are looked for */
    size_t n_longs, cap_longs;
    struct mp_map ends; /* their first and their last letters -> place in longs + 1 */
    uint64_t *bits;     /* by class: see mp_words_bits */
    size_t cap_bits;
    struct mp_word_mark *marks; /* by class once they are sorted */
    size_t n_marks, cap_marks;
    unsigned n_tables; /* of marks */
    struct mp_word_asks asks;
    struct mp_buf numbers; /* scratch: of the forms of a class that is being made */
};

void mp_words_free(struct mp_words *w);

/*
 * The class of these forms, one a line: "word", "=word", "word*", "*word", "*word*" or
 * "/expression/"; words are folded (text/fold.h). The same set gives the same number.
 * -1 if memory ran out.
 */
int mp_words_class(struct mp_words *w, struct mp_str forms, uint32_t *class);

/* The class of all forms of n classes. -1 if memory ran out. */
int mp_words_merge(struct mp_words *w, const uint32_t *classes, size_t n, uint32_t *class);

/* The forms of a class: their numbers, ascending; borrowed until the next class is made. */
struct mp_word_forms {
    const uint32_t *at;
    size_t n;
};

static inline struct mp_word_forms mp_words_forms(const struct mp_words *w, uint32_t class)
{
    struct mp_str key = w->classes.entries[class].key;
    return (struct mp_word_forms){(const uint32_t *)(const void *)key.p, key.n / sizeof(uint32_t)};
}

/* A form as it is written. */
static inline struct mp_str mp_words_form(const struct mp_words *w, uint32_t form)
{
    return w->texts.entries[form].key;
}

/* Makes the forms of a class count. 0, or -1 with the error (an expression that PCRE2 refuses:
 * RULES without a place; MEMORY). */
int mp_words_use(struct mp_words *w, uint32_t class, struct mp_error *e);

/* Bits of a class that stand for the first letters of its words; none unless it is in use. For a
 * quick look: a class has all bits of those whose words are all words of it, too. */
static inline uint64_t mp_words_bits(const struct mp_words *w, uint32_t class)
{
    return class < w->cap_bits ? w->bits[class] : 0;
}

/* Whether PCRE2 takes the expression, a form. 0, or -1 with the error (RULES without a place;
 * MEMORY). */
int mp_words_try(struct mp_words *w, struct mp_str expression, struct mp_error *e);

/* Whether an expression of a class in use fits words that begin with any letter: no index can start
 * at it. */
bool mp_words_any(const struct mp_words *w, uint32_t class);

/* A word that is no typing error of another. -1 if memory ran out. */
int mp_words_know(struct mp_words *w, struct mp_str word);

/* Marks a class with a bit (0 to 63) in one of the tables: words of it carry the mark, and `what`
 * (borrowed; may be NULL) is found by it. -1 if memory ran out. */
int mp_words_mark(struct mp_words *w, unsigned table, uint32_t class, unsigned bit,
                  const void *what);

/* Puts the marks in order; to be called before the first word is looked up. */
void mp_words_sort_marks(struct mp_words *w);

/* Whether the word itself (no part, no typing error) is in the vocabulary. */
bool mp_words_exact(const struct mp_words *w, struct mp_str word);

/* Whether a form that is no expression and no typing error fits the word. */
bool mp_words_fit(const struct mp_words *w, struct mp_str word);

/* What looking up a word needs besides the vocabulary: one a thread. */
struct mp_word_tries {               /* zeroed: ready; mp_word_tries_free frees */
    void *match_data, *match_limits; /* PCRE2's */
    bool gave_up; /* at the latest word: an expression took too many steps, whether it fits is not
                     known */
};

void mp_word_tries_free(struct mp_word_tries *t);

/* Appends the classes of a word (uint32_t, ascending, each once), without those of an expression
 * that was given up. False if memory ran out. */
bool mp_words_classes(const struct mp_words *w, struct mp_word_tries *t, struct mp_str word,
                      struct mp_buf *out);

#endif

/*
 * Many words sought in a text at once, in one pass whatever their number (Aho and Corasick,
 * "Efficient string matching", Communications of the ACM 18(6), 1975).
 *
 *     word      stands by itself          word*   begins with it       *word   ends with it
 *     *word*    anywhere in a word        #       is any digit
 *     two words    anything but letters and digits may stand between them
 *
 * The case of ASCII letters does not matter. A word with diacritics is also found without them.
 */
#ifndef MP_RULES_SEEK_H
#define MP_RULES_SEEK_H

#include "base/arena.h"
#include "base/error.h"
#include <stdint.h>

struct mp_sought {
    struct mp_str text; /* as above */
    unsigned set;       /* 0 to 63: of which set it is a word */
};

struct mp_seek {                /* lives in the arena; zeroed it knows no word */
    unsigned char classes[256]; /* of a byte; 0: neither letter nor digit */
    size_t n_classes;
    size_t width; /* of a row */
    /* A row for each state: the sets of the words that end here, in two, then the row that follows
     * on each class. A row is known by its place, so that nothing is multiplied on the way. */
    uint32_t *rows;
    size_t end; /* of them */
};

enum { MP_SEEK_MAX = 10000 }; /* bytes of all words together */

/* 0, or -1 with the error (MEMORY). Each word has a byte or more, all at most MP_SEEK_MAX. */
int mp_seek_make(struct mp_seek *w, struct mp_arena *a, const struct mp_sought *words, size_t n,
                 struct mp_error *e);

/* Which sets (bits) have a word in this text. */
uint64_t mp_seek_in(const struct mp_seek *w, struct mp_str text);

#endif

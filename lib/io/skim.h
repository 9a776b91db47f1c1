/*
 * Skimming: of a record's line only the members that somebody asks for are copied, so that a small
 * text is parsed in place of a large one.
 *
 * What is passed over is walked in blocks of 64 bytes: bitmaps of quotes, backslashes and brackets,
 * strings masked by a running exclusive or (Langdale, Lemire: Parsing gigabytes of JSON per second,
 * VLDB Journal 28, 2019). All of the line is held to be UTF-8 without control characters, its
 * strings, escapes and brackets to be whole; the objects on the way to what is asked for, and what
 * stands between their members, to be JSON without a key twice. A line that fails in any of this,
 * or has what is dear to check and seldom (escapes in keys, surrogates, tabs between members, more
 * than 64 levels), is not skimmed: parse it whole, which tells what is wrong with it and where.
 *
 * What a skimmed line may still hide: inside objects and lists that nobody asks for, a key twice,
 * and commas, colons, numbers and words out of place. A signal whose first member is a code that
 * nobody asks for is such an object.
 */
#ifndef MP_IO_SKIM_H
#define MP_IO_SKIM_H

#include "io/lookup.h"

enum { MP_SKIM_MAX = 512 };

struct mp_skim { /* zeroed: nothing is asked for; plain data without memory of its own */
    /* private: a tree of keys, the first one its root */
    struct mp_skim_key {
        struct mp_str key;
        uint64_t marks;               /* of the keys below it; 0: there are none */
        unsigned short above;         /* its number, below which this key stands */
        bool asked;                   /* what stands there counts, not only what is below it */
        const struct mp_codes *codes; /* only items of these count; NULL: all */
        bool items; /* a list stands there; the keys below it are those of its items */
    } keys[MP_SKIM_MAX];
    unsigned short slots[4 * MP_SKIM_MAX]; /* numbers of keys by their hash; 0: none */
    size_t n;
};

/* Asks for what stands at a path. Of an object at a path that leads on to others, only these are
 * copied. False if there are too many keys. Texts are borrowed, as in all that follow. */
bool mp_skim_add(struct mp_skim *s, const struct mp_path *path);

/* Asks for a list, and for what stands at the path `in` of each of its items (NULL: how many items
 * there are). */
bool mp_skim_add_items(struct mp_skim *s, const struct mp_path *list, const struct mp_path *in);

/* Asks for all that the lookup asks for; of signals, if that is all, only for those whose codes
 * somebody asks for. The lookup is borrowed, too. */
bool mp_skim_add_lookup(struct mp_skim *s, const struct mp_lookup *l);

/* Writes the small text to `out`, which has room for line.n bytes; how many it is, or 0 where the
 * line must be parsed whole. Reads nothing behind the line. */
size_t mp_skim_line(const struct mp_skim *s, struct mp_str line, char *out);

#endif

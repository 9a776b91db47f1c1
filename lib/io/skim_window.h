/* What the bytes of a line of JSON are, some kilobytes at a time. Only for skim.c. */
#ifndef MP_IO_SKIM_WINDOW_H
#define MP_IO_SKIM_WINDOW_H

#include "base/str.h"
#include <stdint.h>

enum { MP_SKIM_BLOCK = 64, MP_SKIM_BLOCKS = 64 };

struct mp_skim_window {
    const char *at, *end; /* of the window; of the line */
    size_t n;             /* blocks of MP_SKIM_BLOCK bytes; only the line's last one is not full */
    /* A bit for each byte, the first one's lowest: quotes that are not escaped; brackets, and some
     * letters, outside strings; backslashes. */
    uint64_t quotes[MP_SKIM_BLOCKS], brackets[MP_SKIM_BLOCKS], slashes[MP_SKIM_BLOCKS];
    bool odd; /* up to its end there was what only a parser can judge */
    /* private */
    uint64_t inside;  /* all bits where it ends in a string */
    bool escaped;     /* its last byte escapes the next one */
    const char *utf8; /* up to here the line is */
};

/* The first window of a line that is not empty. */
void mp_skim_window_begin(struct mp_skim_window *w, struct mp_str line);

/* The next one; false if there is none. */
bool mp_skim_window_next(struct mp_skim_window *w);

#endif

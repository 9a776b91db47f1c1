/* What was found out about a short value before: exports repeat the same few values in most
 * columns, and folding and matching them anew for every row costs more than reading the row. */
#ifndef MP_INTAKE_MEMO_H
#define MP_INTAKE_MEMO_H

#include "base/str.h"
#include <stdint.h>

enum { MP_MEMO_SLOTS = 128, MP_MEMO_TEXT = 39 };

struct mp_memo { /* zeroed: empty */
    struct mp_memo_slot {
        uint64_t first, last; /* eight bytes at both ends, which overlap in short texts */
        char text[MP_MEMO_TEXT];
        unsigned char n1; /* length + 1; 0: empty */
        size_t answer;
    } slots[MP_MEMO_SLOTS];
};

/* The slot where the value belongs; NULL if it is too long to be kept. *known: its answer holds. */
struct mp_memo_slot *mp_memo_at(struct mp_memo *m, struct mp_str value, bool *known);

#endif

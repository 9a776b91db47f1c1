/* What was found out about a short value before. */
#include "intake/memo.h"

enum { END = 8 };

/* The bytes at both ends, which together are all of a text that is no longer than two of them. */
static inline void ends_of(struct mp_str s, uint64_t *first, uint64_t *last)
{
    if (s.n >= END) {
        memcpy(first, s.p, END);
        memcpy(last, s.p + s.n - END, END);
    } else if (s.n >= END / 2) {
        uint32_t a, b;
        memcpy(&a, s.p, sizeof a);
        memcpy(&b, s.p + s.n - sizeof b, sizeof b);
        *first = a;
        *last = b;
    } else {
        *first = (unsigned char)s.p[0];
        *last = (uint64_t)(unsigned char)s.p[s.n / 2] << 8 | (unsigned char)s.p[s.n - 1];
    }
}

struct mp_memo_slot *mp_memo_at(struct mp_memo *m, struct mp_str value, bool *known)
{
    *known = false;
    if (value.n == 0 || value.n > MP_MEMO_TEXT)
        return NULL;
    uint64_t first, last;
    ends_of(value, &first, &last);
    /* spread by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4) */
    uint64_t mix = (first ^ last << 1 ^ value.n) * UINT64_C(0x9e3779b97f4a7c15);
    struct mp_memo_slot *s = &m->slots[(mix >> 32) % MP_MEMO_SLOTS];
    *known = s->n1 == value.n + 1 && s->first == first && s->last == last &&
             (value.n <= 2 * END || memcmp(s->text, value.p, value.n) == 0);
    if (!*known) {
        s->n1 = (unsigned char)(value.n + 1);
        s->first = first;
        s->last = last;
        memcpy(s->text, value.p, value.n);
    }
    return s;
}

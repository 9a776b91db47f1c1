/* What was found out about a short value before. */
#include "intake/memo.h"

struct mp_memo_slot *mp_memo_at(struct mp_memo *m, struct mp_str value, bool *known)
{
    *known = false;
    if (value.n == 0 || value.n > MP_MEMO_TEXT)
        return NULL;
    const unsigned char *p = (const unsigned char *)value.p;
    size_t mix = value.n * 7 + p[0] * 5u + p[value.n / 2] * 3u + p[value.n - 1];
    struct mp_memo_slot *s = &m->slots[mix % MP_MEMO_SLOTS];
    *known = s->n1 == value.n + 1 && memcmp(s->text, value.p, value.n) == 0;
    if (!*known) {
        s->n1 = (unsigned char)(value.n + 1);
        memcpy(s->text, value.p, value.n);
    }
    return s;
}

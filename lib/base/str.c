/* Views of bytes: the few operations that are not inline. */
#include "base/str.h"

static size_t blank_at(const char *p, size_t n)
{
    if (n >= 1 && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
        return 1;
    return n >= 2 && p[0] == '\xc2' && p[1] == '\xa0' ? 2 : 0;
}

struct mp_str mp_str_trim_ends(struct mp_str a)
{
    size_t k;
    while (a.n > 0 && (k = blank_at(a.p, a.n)) > 0) {
        a.p += k;
        a.n -= k;
    }
    while (a.n > 0) {
        if (blank_at(a.p + a.n - 1, 1))
            a.n -= 1;
        else if (a.n >= 2 && blank_at(a.p + a.n - 2, 2) == 2)
            a.n -= 2;
        else
            break;
    }
    return a;
}

bool mp_str_in(const char *words, struct mp_str word)
{
    for (const char *p = words; *p;) {
        size_t n = strcspn(p, " ");
        if (mp_str_eq((struct mp_str){p, n}, word))
            return true;
        p += n + (p[n] == ' ');
    }
    return false;
}

/* Patterns for values. */
#include "base/glob.h"

bool mp_glob(struct mp_str pattern, struct mp_str text)
{
    size_t p = 0, t = 0;
    size_t star = pattern.n, mark = 0; /* last star seen, and the text that it may give back */
    while (t < text.n) {
        if (p < pattern.n && pattern.p[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.n && pattern.p[p] == text.p[t]) {
            p++;
            t++;
        } else if (star < pattern.n) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.n && pattern.p[p] == '*')
        p++;
    return p == pattern.n;
}

/* A view of bytes: pointer and length, never owned, never NUL-terminated. Included by everyone. */
#ifndef MP_BASE_STR_H
#define MP_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct mp_str {
    const char *p; /* NULL means "not there"; an empty text has a pointer and n == 0 */
    size_t n;
};

#define MP_STR(literal) ((struct mp_str){(literal), sizeof(literal) - 1})

static inline struct mp_str mp_str_of(const char *text)
{
    return (struct mp_str){text, text ? strlen(text) : 0};
}

static inline bool mp_str_eq(struct mp_str a, struct mp_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool mp_str_is(struct mp_str a, const char *text)
{
    return mp_str_eq(a, mp_str_of(text));
}

/* Byte order, shorter first among equals: the one order used wherever output must not depend on
 * input order. */
static inline int mp_str_cmp(struct mp_str a, struct mp_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int d = n ? memcmp(a.p, b.p, n) : 0;
    return d ? d : (a.n > b.n) - (a.n < b.n);
}

/* Whether `word` is one of a blank-separated list of words. */
bool mp_str_in(const char *words, struct mp_str word);

/* Slow path of mp_str_trim. */
struct mp_str mp_str_trim_ends(struct mp_str a);

/* `a` without blanks, tabs, line ends and no-break spaces (UTF-8) at both ends. */
static inline struct mp_str mp_str_trim(struct mp_str a)
{
    if (a.n == 0 || (a.p[0] > ' ' && a.p[0] < 0x7f && a.p[a.n - 1] > ' ' && a.p[a.n - 1] < 0x7f))
        return a;
    return mp_str_trim_ends(a);
}

#endif

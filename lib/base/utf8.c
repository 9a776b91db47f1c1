/* UTF-8: checking, stepping, counting, and folding for comparison. */
#include "base/utf8.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

size_t mp_utf8_seq(const char *text, size_t n)
{
    const unsigned char *p = (const unsigned char *)text;
    unsigned char a = p[0];
    if (a < 0x80)
        return 1;
    size_t len = a >= 0xf0 ? 4 : a >= 0xe0 ? 3 : 2;
    if (a < 0xc2 || a > 0xf4 || n < len)
        return 0;
    unsigned char low = 0x80, high = 0xbf; /* bounds of the second byte */
    if (a == 0xe0)
        low = 0xa0;
    else if (a == 0xed)
        high = 0x9f;
    else if (a == 0xf0)
        low = 0x90;
    else if (a == 0xf4)
        high = 0x8f;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if (p[i] < 0x80 || p[i] > 0xbf)
            return 0;
    return len;
}

size_t mp_utf8_ascii_run(const char *p, size_t n)
{
    size_t i = 0;
#ifdef __SSE2__
    for (; i + 64 <= n; i += 64) {
        const __m128i *v = (const __m128i *)(const void *)(p + i);
        __m128i a = _mm_or_si128(_mm_loadu_si128(v), _mm_loadu_si128(v + 1));
        __m128i b = _mm_or_si128(_mm_loadu_si128(v + 2), _mm_loadu_si128(v + 3));
        if (_mm_movemask_epi8(_mm_or_si128(a, b)))
            break;
    }
    for (; i + 16 <= n; i += 16) {
        int mask = _mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)(p + i)));
        if (mask)
            return i + (size_t)__builtin_ctz((unsigned)mask);
    }
#endif
    while (i < n && !((unsigned char)p[i] & 0x80))
        i++;
    return i;
}

size_t mp_utf8_valid(struct mp_str s)
{
    size_t i = 0;
    while ((i += mp_utf8_ascii_run(s.p + i, s.n - i)) < s.n) {
        size_t len = mp_utf8_seq(s.p + i, s.n - i);
        if (len == 0)
            return i;
        i += len;
    }
    return i;
}

uint32_t mp_utf8_next(struct mp_str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.p + *at;
    size_t len = mp_utf8_seq((const char *)p, s.n - *at);
    *at += len ? len : 1;
    switch (len) {
    case 1:
        return p[0];
    case 2:
        return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
    case 3:
        return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
    case 4:
        return (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
    default:
        return 0xfffd;
    }
}

size_t mp_utf8_count(struct mp_str s)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t run = mp_utf8_ascii_run(s.p + at, s.n - at);
        n += run;
        if ((at += run) < s.n) {
            size_t len = mp_utf8_seq(s.p + at, s.n - at);
            at += len ? len : 1;
            n++;
        }
    }
    return n;
}

void mp_utf8_add(struct mp_buf *b, uint32_t c)
{
    char p[4];
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = n; i-- > 1; c >>= 6)
        p[i] = (char)(0x80 | (c & 0x3f));
    p[0] = (char)(lead[n] | c);
    mp_buf_add(b, p, n);
}

/* What U+00C0 to U+017F become: base letters of Unicode's decomposition; "" where none is Latin. */
enum { FOLD_FIRST = 0xc0, FOLD_END = 0x180 };
static const char *const folded[FOLD_END - FOLD_FIRST] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c",
    "e", "e", "e",  "e",  "i", "i", "i",  "i", /* U+00C0 */
    "d", "n", "o",  "o",  "o", "o", "o",  "",
    "o", "u", "u",  "u",  "u", "y", "th", "ss", /* U+00D0 */
    "a", "a", "a",  "a",  "a", "a", "ae", "c",
    "e", "e", "e",  "e",  "i", "i", "i",  "i", /* U+00E0 */
    "d", "n", "o",  "o",  "o", "o", "o",  "",
    "o", "u", "u",  "u",  "u", "y", "th", "y", /* U+00F0 */
    "a", "a", "a",  "a",  "a", "a", "c",  "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d", /* U+0100 */
    "d", "d", "e",  "e",  "e", "e", "e",  "e",
    "e", "e", "e",  "e",  "g", "g", "g",  "g", /* U+0110 */
    "g", "g", "g",  "g",  "h", "h", "h",  "h",
    "i", "i", "i",  "i",  "i", "i", "i",  "i", /* U+0120 */
    "i", "i", "ij", "ij", "j", "j", "k",  "k",
    "k", "l", "l",  "l",  "l", "l", "l",  "l", /* U+0130 */
    "l", "l", "l",  "n",  "n", "n", "n",  "n",
    "n", "n", "ng", "ng", "o", "o", "o",  "o", /* U+0140 */
    "o", "o", "oe", "oe", "r", "r", "r",  "r",
    "r", "r", "s",  "s",  "s", "s", "s",  "s", /* U+0150 */
    "s", "s", "t",  "t",  "t", "t", "t",  "t",
    "u", "u", "u",  "u",  "u", "u", "u",  "u", /* U+0160 */
    "u", "u", "u",  "u",  "w", "w", "y",  "y",
    "y", "z", "z",  "z",  "z", "z", "z",  "s", /* U+0170 */
};

void mp_utf8_fold(struct mp_buf *b, struct mp_str s)
{
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t c = mp_utf8_next(s, &at);
        if (c < 0x80)
            mp_buf_addc(b, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
        else if (c >= FOLD_FIRST && c < FOLD_END && folded[c - FOLD_FIRST][0])
            mp_buf_adds(b, folded[c - FOLD_FIRST]);
        else if (c < 0x300 || c > 0x36f) /* combining marks are dropped */
            mp_buf_add(b, s.p + start, at - start);
    }
}

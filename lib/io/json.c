/* Writing JSON text into a buffer. */
#include "io/json.h"
#include "base/utf8.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 16, MARGIN = 2 * BLOCK }; /* room behind a string, for blocks and an escape */

#ifdef __SSE2__
static inline __m128i load(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

static inline void store(char *p, __m128i v)
{
    _mm_storeu_si128((__m128i *)(void *)p, v);
}

/* Marks each of 16 bytes that cannot be copied as it stands: controls, quote, backslash and all
 * above ASCII. With bit 1 flipped the quote lies right behind the controls; the comparison is
 * signed, so that from 0x80 on all is below them. */
static inline __m128i special(__m128i v)
{
    __m128i low = _mm_cmplt_epi8(_mm_xor_si128(v, _mm_set1_epi8(2)), _mm_set1_epi8('"' - 1));
    return _mm_or_si128(low, _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
}

static inline unsigned bits_of(__m128i v)
{
    return (unsigned)_mm_movemask_epi8(v);
}
#endif

#ifdef __SSE2__
/* Copies n <= 2 * BLOCK bytes, as halves that overlap. False if one of them is special. */
static inline bool copy_short(char *to, const char *p, size_t n)
{
    __m128i all;
    if (n >= BLOCK) {
        __m128i low = load(p), high = load(p + n - BLOCK);
        store(to, low);
        store(to + n - BLOCK, high);
        return bits_of(_mm_or_si128(special(low), special(high))) == 0;
    }
    if (n >= 8) {
        uint64_t low, high;
        memcpy(&low, p, sizeof low);
        memcpy(&high, p + n - sizeof high, sizeof high);
        memcpy(to, &low, sizeof low);
        memcpy(to + n - sizeof high, &high, sizeof high);
        all = _mm_set_epi64x((int64_t)high, (int64_t)low);
    } else if (n >= 4) {
        uint32_t low, high;
        memcpy(&low, p, sizeof low);
        memcpy(&high, p + n - sizeof high, sizeof high);
        memcpy(to, &low, sizeof low);
        memcpy(to + n - sizeof high, &high, sizeof high);
        all = _mm_set1_epi64x((int64_t)((uint64_t)high << 32 | low));
    } else if (n > 0) {
        char first = p[0], middle = p[n / 2], last = p[n - 1];
        to[0] = first;
        to[n / 2] = middle;
        to[n - 1] = last;
        all = _mm_set1_epi32((unsigned char)first << 16 | (unsigned char)middle << 8 |
                             (unsigned char)last | '.' << 24);
    } else {
        return true;
    }
    return bits_of(special(all)) == 0;
}
#endif

/* Copies bytes that need no change and returns how many. `to` has room for n + BLOCK bytes, of
 * which more may be overwritten than are counted. */
static inline size_t copy_plain(char *to, const char *p, size_t n)
{
    size_t i = 0;
#ifdef __SSE2__
    if (n <= 2 * BLOCK && copy_short(to, p, n))
        return n;
    for (; i + 2 * BLOCK <= n; i += 2 * BLOCK) {
        __m128i v = load(p + i), w = load(p + i + BLOCK);
        store(to + i, v);
        store(to + i + BLOCK, w);
        unsigned bits = bits_of(special(v)) | bits_of(special(w)) << BLOCK;
        if (bits)
            return i + (size_t)__builtin_ctz(bits);
    }
    if (i + BLOCK <= n) {
        __m128i v = load(p + i);
        store(to + i, v);
        unsigned bits = bits_of(special(v));
        if (bits)
            return i + (size_t)__builtin_ctz(bits);
        i += BLOCK;
    }
    if (i > 0) { /* the last block, together with bytes that were looked at before */
        __m128i v = load(p + n - BLOCK);
        store(to + n - BLOCK, v);
        unsigned bits = bits_of(special(v));
        return bits ? n - BLOCK + (size_t)__builtin_ctz(bits) : n;
    }
#endif
    for (; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\')
            break;
        to[i] = p[i];
    }
    return i;
}

static char *put_control(char *to, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char names[] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    *to++ = '\\';
    if (c < sizeof names && names[c]) {
        *to++ = names[c];
        return to;
    }
    memcpy(to, "u00", 3);
    to[3] = hex[c >> 4];
    to[4] = hex[c & 15];
    return to + 5;
}

/* Writes what stands for the special byte at p (n bytes follow, itself included), at most 6 bytes;
 * *used is how many bytes that takes off. */
static inline char *put_special(char *to, const char *p, size_t n, bool unify_lines, size_t *used)
{
    unsigned char c = (unsigned char)*p;
    *used = 1;
    if (c >= 0x80) {
        size_t len = mp_utf8_seq(p, n);
        *used = len ? len : 1;
        memcpy(to, len ? p : "\xef\xbf\xbd", len ? len : 3);
        return to + (len ? len : 3);
    }
    if (c == '"' || c == '\\') {
        to[0] = '\\';
        to[1] = (char)c;
        return to + 2;
    }
    if (c == '\r' && unify_lines) {
        *used += n > 1 && p[1] == '\n';
        c = '\n';
    }
    return put_control(to, c);
}

static void add(struct mp_buf *b, struct mp_str s, bool unify_lines)
{
    if (!mp_buf_reserve(b, s.n + MARGIN))
        return;
    char *to = b->data + b->len;
    *to++ = '"';
    for (size_t i = 0, used;; i += used) {
        size_t run = copy_plain(to, s.p + i, s.n - i);
        to += run;
        if ((i += run) == s.n)
            break;
        to = put_special(to, s.p + i, s.n - i, unify_lines, &used);
        b->len = (size_t)(to - b->data);
        if (!mp_buf_reserve(b, s.n - i + MARGIN))
            return;
        to = b->data + b->len;
    }
    *to++ = '"';
    b->len = (size_t)(to - b->data);
}

void mp_json_add_str(struct mp_buf *b, struct mp_str s)
{
#ifdef __SSE2__ /* most strings are short and need no change */
    if (s.n <= 2 * BLOCK && mp_buf_reserve(b, 2 * BLOCK + 2)) {
        char *to = b->data + b->len;
        if (copy_short(to + 1, s.p, s.n)) {
            to[0] = to[s.n + 1] = '"';
            b->len += s.n + 2;
            return;
        }
    }
#endif
    add(b, s, false);
}

void mp_json_add_text(struct mp_buf *b, struct mp_str s)
{
    add(b, s, true);
}

void mp_json_add_key(struct mp_buf *b, const char *key)
{
    char last = b->len ? b->data[b->len - 1] : '{';
    mp_buf_add(b, ",\"", 2);
    if (last == '{' && !b->failed) { /* the first key of an object has no comma */
        b->data[b->len - 2] = '"';
        b->len--;
    }
    mp_buf_adds(b, key);
    mp_buf_add(b, "\":", 2);
}

void mp_json_add_field(struct mp_buf *b, const char *key, struct mp_str s)
{
    mp_json_add_key(b, key);
    if (s.p)
        mp_json_add_str(b, s);
    else
        mp_buf_add(b, "null", 4);
}

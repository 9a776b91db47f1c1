/* Writing JSON text into a buffer. */
#include "io/json.h"
#include "base/utf8.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 16 };

#ifdef __SSE2__
/* A bit for each of 16 bytes that cannot be copied as it stands: controls, quote, backslash and
 * all above ASCII. */
static inline unsigned special_bits(__m128i v)
{
    __m128i bad = _mm_cmplt_epi8(v, _mm_set1_epi8(' ')); /* signed: from 0x80 on is below */
    bad = _mm_or_si128(bad, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
    bad = _mm_or_si128(bad, _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
    return (unsigned)_mm_movemask_epi8(bad);
}
#endif

/* Copies bytes that need no change and returns how many. `to` has room for n + BLOCK bytes, of
 * which more may be overwritten than are counted. */
static size_t copy_plain(char *to, const char *p, size_t n)
{
    size_t i = 0;
#ifdef __SSE2__
    unsigned bits;
    for (; i + BLOCK <= n; i += BLOCK) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        _mm_storeu_si128((__m128i *)(void *)(to + i), v);
        if ((bits = special_bits(v)) != 0)
            return i + (size_t)__builtin_ctz(bits);
    }
    if (n - i >= 8) { /* two halves that overlap */
        uint64_t low, high;
        memcpy(&low, p + i, 8);
        memcpy(&high, p + n - 8, 8);
        memcpy(to + i, &low, 8);
        memcpy(to + n - 8, &high, 8);
        if (!special_bits(_mm_set_epi64x((int64_t)high, (int64_t)low)))
            return n;
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

static void add_control(struct mp_buf *b, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char names[] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    if (c < sizeof names && names[c]) {
        mp_buf_add(b, (char[]){'\\', names[c]}, 2);
    } else {
        mp_buf_add(b, "\\u00", 4);
        mp_buf_add(b, (char[]){hex[c >> 4], hex[c & 15]}, 2);
    }
}

static void add(struct mp_buf *b, struct mp_str s, bool unify_lines)
{
    mp_buf_addc(b, '"');
    for (size_t i = 0; i < s.n;) {
        if (!mp_buf_reserve(b, s.n - i + BLOCK))
            return;
        size_t run = copy_plain(b->data + b->len, s.p + i, s.n - i);
        b->len += run;
        if ((i += run) == s.n)
            break;
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x80) {
            size_t len = mp_utf8_seq(s.p + i, s.n - i);
            mp_buf_add(b, len ? s.p + i : "\xef\xbf\xbd", len ? len : 3);
            i += len ? len : 1;
            continue;
        }
        i++;
        if (c == '"' || c == '\\') {
            mp_buf_add(b, (char[]){'\\', (char)c}, 2);
        } else if (c == '\r' && unify_lines) {
            mp_buf_add(b, "\\n", 2);
            i += i < s.n && s.p[i] == '\n';
        } else {
            add_control(b, c);
        }
    }
    mp_buf_addc(b, '"');
}

void mp_json_add_str(struct mp_buf *b, struct mp_str s)
{
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

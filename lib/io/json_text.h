/* Walking over JSON text that is known to be well-formed. */
#ifndef MP_IO_JSON_TEXT_H
#define MP_IO_JSON_TEXT_H

#include <stddef.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Behind the string whose first byte, behind the quote, is at p; the text goes on up to `end` at
 * least. Strings are the bulk of a text, so their ends are looked for in strides. */
static inline const char *mp_json_skip_string(const char *p, const char *end)
{
    (void)end; /* without SSE2 */
    for (;;) {
#ifdef __SSE2__
        if (end - p >= 16) {
            __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
            __m128i found = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
                                         _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
            int bits = _mm_movemask_epi8(found);
            p += bits ? __builtin_ctz((unsigned)bits) : 16;
            if (!bits)
                continue;
        }
#endif
        if (*p == '"')
            return p + 1;
        p += *p == '\\' ? 2 : 1;
    }
}

/* Behind the object or list that opens at p. */
static inline const char *mp_json_skip_container(const char *p, const char *end)
{
    size_t depth = 0;
    for (;; p++) {
#ifdef __SSE2__
        if (end - p >= 16) {
            /* braces are brackets with bit 5 set, which the quote has too */
            __m128i v = _mm_or_si128(_mm_loadu_si128((const __m128i *)(const void *)p),
                                     _mm_set1_epi8(0x20));
            __m128i found = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('{')),
                                         _mm_cmpeq_epi8(v, _mm_set1_epi8('}')));
            found = _mm_or_si128(found, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
            unsigned bits = (unsigned)_mm_movemask_epi8(found);
            p += __builtin_ctz(bits | 1u << 15);
        }
#endif
        if (*p == '"')
            p = mp_json_skip_string(p + 1, end) - 1;
        else if (*p == '{' || *p == '[')
            depth++;
        else if ((*p == '}' || *p == ']') && --depth == 0)
            return p + 1;
    }
}

/* Behind the JSON value that starts at p; the text is known to be well-formed. */
static inline const char *mp_json_skip_value(const char *p, const char *end)
{
    if (*p == '"')
        return mp_json_skip_string(p + 1, end);
    if (*p == '{' || *p == '[')
        return mp_json_skip_container(p, end);
    while (p<end && * p> ' ' && *p != ',' && *p != '}' && *p != ']') /* a number or literal */
        p++;
    return p;
}

static inline const char *mp_json_skip_blanks(const char *p)
{
    if (*p > ' ') /* as nearly always */
        return p;
    while (*p == ' ' || *p == '\t' || *p == '\r')
        p++;
    return p;
}

static inline const char *mp_json_back_over_blanks(const char *p)
{
    while (p[-1] == ' ' || p[-1] == '\t' || p[-1] == '\r')
        p--;
    return p;
}

#endif

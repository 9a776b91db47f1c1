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
    for (;; p += 2) { /* an escape */
#ifdef __SSE2__
        for (; end - p >= 16; p += 16) {
            __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
            __m128i found = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
                                         _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
            int bits = _mm_movemask_epi8(found);
            if (bits) {
                p += __builtin_ctz((unsigned)bits);
                break;
            }
        }
#endif
        while (*p != '"' && *p != '\\')
            p++;
        if (*p == '"')
            return p + 1;
    }
}

/* Behind the JSON value that starts at p; the text is known to be well-formed. */
static inline const char *mp_json_skip_value(const char *p, const char *end)
{
    size_t depth = 0;
    do {
        switch (*p) {
        case '"':
            p = mp_json_skip_string(p + 1, end);
            break;
        case '{':
        case '[':
            depth++;
            p++;
            break;
        case '}':
        case ']':
            depth--;
            p++;
            break;
        default:
            p++;
            if (depth == 0) /* a number or literal: to its end */
                while (p<end && * p> ' ' && *p != ',' && *p != '}' && *p != ']')
                    p++;
        }
    } while (depth > 0);
    return p;
}

static inline const char *mp_json_skip_blanks(const char *p)
{
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

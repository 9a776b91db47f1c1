/* Looking at many bytes of a CSV input at once. Only for csv.c. */
#ifndef MP_IO_CSV_SCAN_H
#define MP_IO_CSV_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { MP_CSV_SPAN = 64 };

/* A bit for each of MP_CSV_SPAN bytes from p on that is a delimiter, a quote or a line end. */
static inline uint64_t mp_csv_special_bits(const char *p, char delimiter)
{
    uint64_t bits = 0;
#ifdef __SSE2__
    const __m128i d = _mm_set1_epi8(delimiter), q = _mm_set1_epi8('"');
    const __m128i cr = _mm_set1_epi8('\r'), lf = _mm_set1_epi8('\n');
    for (int i = 0; i < MP_CSV_SPAN; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, d), _mm_cmpeq_epi8(v, q)),
                                   _mm_or_si128(_mm_cmpeq_epi8(v, cr), _mm_cmpeq_epi8(v, lf)));
        bits |= (uint64_t)(unsigned)_mm_movemask_epi8(hit) << i;
    }
#else
    for (int i = 0; i < MP_CSV_SPAN; i++)
        bits |= (uint64_t)(p[i] == delimiter || p[i] == '"' || p[i] == '\r' || p[i] == '\n') << i;
#endif
    return bits;
}

/* What n bytes hold. */
struct mp_csv_survey {
    size_t lines; /* line ends: LF, CRLF, CR */
    bool has_nul, is_ascii;
};

struct mp_csv_survey mp_csv_survey(const char *p, size_t n);

#endif

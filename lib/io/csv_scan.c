/* Looking at many bytes of a CSV input at once. */
#include "io/csv_scan.h"

#ifdef __SSE2__
enum { BLOCK = 16, FOUR = 4 * BLOCK, MOST = 63 * FOUR }; /* LFs of so many bytes fit into counts */

struct sums {
    __m128i least, all, lines; /* byte by byte */
};

static inline void note(struct sums *s, const char *p)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    s->least = _mm_min_epu8(s->least, v);
    s->all = _mm_or_si128(s->all, v);
    s->lines = _mm_sub_epi8(s->lines, _mm_cmpeq_epi8(v, _mm_set1_epi8('\n'))); /* equal is -1 */
}

/* As many whole blocks as there are, up to MOST bytes; returns how many bytes that is. */
static size_t survey_blocks(const char *p, size_t n, struct mp_csv_survey *out)
{
    const __m128i zero = _mm_setzero_si128();
    struct sums s = {_mm_set1_epi8(-1), zero, zero};
    size_t i = 0;
    n = n < MOST ? n : MOST;
    for (; i + FOUR <= n; i += FOUR) {
        note(&s, p + i);
        note(&s, p + i + BLOCK);
        note(&s, p + i + 2 * BLOCK);
        note(&s, p + i + 3 * BLOCK);
    }
    for (; i + BLOCK <= n; i += BLOCK)
        note(&s, p + i);
    uint64_t halves[2];
    _mm_storeu_si128((__m128i *)(void *)halves, _mm_sad_epu8(s.lines, zero));
    out->lines += (size_t)(halves[0] + halves[1]);
    out->has_nul |= _mm_movemask_epi8(_mm_cmpeq_epi8(s.least, zero)) != 0;
    out->is_ascii &= _mm_movemask_epi8(s.all) == 0;
    return i;
}
#endif

struct mp_csv_survey mp_csv_survey(const char *p, size_t n)
{
    struct mp_csv_survey s = {.is_ascii = true};
    size_t i = 0;
#ifdef __SSE2__
    while (n - i >= BLOCK)
        i += survey_blocks(p + i, n - i, &s);
#endif
    for (; i < n; i++) {
        s.lines += p[i] == '\n';
        s.has_nul |= p[i] == '\0';
        s.is_ascii &= (unsigned char)p[i] < 0x80;
    }
    return s;
}

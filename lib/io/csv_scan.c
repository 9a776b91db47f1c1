/* Looking at many bytes of a CSV input at once. */
#include "io/csv_scan.h"

#ifdef __SSE2__
enum {
    BLOCK = 16,
    FOUR = 4 * BLOCK,
    MOST = 63 * FOUR
}; /* lines of so many bytes fit into counts */

struct sums {
    __m128i least, all, lines; /* byte by byte */
};

/* A line ends with an LF, or before the byte behind a CR: -1 in each such byte of p[0..BLOCK). */
static inline __m128i line_ends(const char *p, __m128i v)
{
    __m128i before = _mm_loadu_si128((const __m128i *)(const void *)(p - 1));
    return _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
                        _mm_cmpeq_epi8(before, _mm_set1_epi8('\r')));
}

static inline void note(struct sums *s, const char *p)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    s->least = _mm_min_epu8(s->least, v);
    s->all = _mm_or_si128(s->all, v);
    s->lines = _mm_sub_epi8(s->lines, line_ends(p, v));
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

/* The last n bytes, fewer than a block, before `end`; the block's other bytes were noted before. */
static void survey_last(const char *end, size_t n, struct mp_csv_survey *out)
{
    const char *p = end - BLOCK;
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    unsigned lines = (unsigned)_mm_movemask_epi8(line_ends(p, v)) >> (BLOCK - n);
    for (; lines; lines &= lines - 1)
        out->lines++;
    out->has_nul |= _mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_setzero_si128())) != 0;
    out->is_ascii &= _mm_movemask_epi8(v) == 0;
}
#endif

struct mp_csv_survey mp_csv_survey(const char *p, size_t n)
{
    struct mp_csv_survey s = {.is_ascii = true};
    for (size_t i = 0; i < n; i++) {
        s.lines += p[i] == '\n' || (i > 0 && p[i - 1] == '\r');
        s.has_nul |= p[i] == '\0';
        s.is_ascii &= (unsigned char)p[i] < 0x80;
#ifdef __SSE2__
        if (n > BLOCK) { /* of a longer text only the first byte, which has none before it */
            for (i = 1; n - i >= BLOCK;)
                i += survey_blocks(p + i, n - i, &s);
            survey_last(p + n, n - i, &s);
            break;
        }
#endif
    }
    s.lines += n > 0 && p[n - 1] == '\r'; /* nothing stands behind it here */
    return s;
}

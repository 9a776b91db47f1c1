/* Shared by the fuzz targets: what must hold of every text that was read. */
#ifndef MP_TESTS_FUZZ_H
#define MP_TESTS_FUZZ_H

#include "text/reader.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* libFuzzer calls it with every input. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);         \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* A folder of the repository, where the targets are run: NAME in the environment, or `folder`. */
static inline const char *fuzz_folder(const char *name, const char *folder)
{
    const char *set = getenv(name);
    return set && *set ? set : folder;
}

static inline void fuzz_check_span(const struct mp_text *text, uint32_t first, uint32_t last)
{
    MUST(first <= last && last < text->tokens.n);
    struct mp_str quote = mp_text_quote(text, first, last), all = text->tokens.text;
    MUST(quote.p >= all.p && quote.n > 0 && quote.p + quote.n <= all.p + all.n);
    MUST((*quote.p & 0xc0) != 0x80); /* no half characters */
    MUST(quote.p + quote.n == all.p + all.n || (quote.p[quote.n] & 0xc0) != 0x80);
}

/* Signals and facts lie in the text, signals in order. */
static inline void fuzz_check(const struct mp_lexicon *l, const struct mp_reader *r)
{
    const struct mp_text *text = &r->text;
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, text->mentions);
    for (size_t i = 0; i < MP_COUNT(struct mp_mention, text->mentions); i++) {
        MUST(m[i].code < l->n_codes && m[i].entry < l->n_entries);
        MUST((unsigned)m[i].status < MP_N_STATUS);
        MUST(i == 0 || m[i - 1].first <= m[i].first);
        fuzz_check_span(text, m[i].first, m[i].last);
    }
    for (size_t i = 0; i < MP_N_FACTS; i++)
        if (r->facts[i].known)
            fuzz_check_span(text, r->facts[i].first, r->facts[i].last);
}

#endif

/*
 * Reads one narrative with the lexicon: signals and facts.
 *
 * A lexicon is read once and shared; a reader belongs to one thread.
 */
#ifndef MP_TEXT_READER_H
#define MP_TEXT_READER_H

#include "text/lexicon.h"
#include "text/match.h"

struct mp_reader { /* zeroed: ready; mp_reader_free frees */
    struct mp_matcher matcher;
    struct mp_text text; /* the latest one, until the next call; its mentions are the signals:
                            not silent, not hidden, in order of place and code */
    struct mp_fact_value facts[MP_N_FACTS];
    struct mp_hosts hosts;
    bool gave_up; /* an expression took too many steps at a word: read as if it did not fit */
};

/*
 * The next text is about a youth of these given names (words of valid UTF-8; none: they are not
 * known), whoever else the text may introduce by name. Memory failures show in that reading.
 */
void mp_text_of_youth(struct mp_reader *r, struct mp_str given);

/*
 * Reads `narrative` (valid UTF-8, borrowed until the next call) of a report that was made at
 * `reported_at` (may be unknown). False if memory ran out. The same text gives the same result
 * whatever was read before. Time is linear in the text.
 */
bool mp_text_read(const struct mp_lexicon *l, struct mp_reader *r, struct mp_str narrative,
                  struct mp_time reported_at);

/* What there is to be said (GAVE_UP without a place) of a text for which gave_up is set. */
void mp_text_gave_up(struct mp_error *e);

void mp_reader_free(struct mp_reader *r);

/* First and last byte + 1 of a run of tokens in the narrative. */
struct mp_str mp_text_quote(const struct mp_text *text, uint32_t first, uint32_t last);

#endif

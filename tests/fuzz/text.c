/*
 * Fuzz target: any narrative. Two bytes give the day of the report, two the minute, the rest is
 * the text; bytes that are not UTF-8 become U+FFFD, as nothing else reaches the reader.
 *
 * The lexicon is tests/lexicon, or the folder that MP_FUZZ_LEXICON names.
 */
#include "base/utf8.h"
#include "fuzz.h"
#include "text/said.h"

enum { HEAD = 4 };

static struct mp_lexicon lexicon;
static struct mp_reader first, again;

static void load(void)
{
    struct mp_error e = {0};
    if (mp_lexicon_load(&lexicon, fuzz_folder("MP_FUZZ_LEXICON", "tests/lexicon"), NULL, &e) < 0) {
        fprintf(stderr, "%s\n", e.text);
        exit(2);
    }
}

/* Two readers, of which one has read other texts before, find the same. */
static void check_same(void)
{
    const struct mp_buf *a = &first.text.mentions, *b = &again.text.mentions;
    const struct mp_mention *x = MP_ITEMS(struct mp_mention, *a),
                            *y = MP_ITEMS(struct mp_mention, *b);
    MUST(a->len == b->len);
    for (size_t i = 0; i < MP_COUNT(struct mp_mention, *a); i++)
        MUST(x[i].code == y[i].code && x[i].status == y[i].status && x[i].first == y[i].first &&
             x[i].last == y[i].last && x[i].silent == y[i].silent);
    const struct mp_buf *said = &first.text.sayings;
    const struct mp_saying *s = MP_ITEMS(struct mp_saying, *said);
    MUST(said->len == again.text.sayings.len);
    for (size_t i = 0; i < MP_COUNT(struct mp_saying, *said); i++)
        MUST(s[i].first <= s[i].last && s[i].last < first.text.tokens.n && s[i].from <= s[i].to &&
             s[i].to < first.text.tokens.n && s[i].open <= s[i].from &&
             (i == 0 || s[i].first > s[i - 1].last));
    for (size_t i = 0; i < MP_N_FACTS; i++)
        MUST(first.facts[i].known == again.facts[i].known &&
             first.facts[i].first == again.facts[i].first &&
             mp_time_cmp(first.facts[i].time, again.facts[i].time) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mp_time reported_at = {0};
    struct mp_buf text = {0};
    if (!lexicon.n_codes)
        load();
    if (size < HEAD)
        return 0;
    reported_at.day = data[0] << 8 | data[1];
    reported_at.minute = (int16_t)((data[2] << 8 | data[3]) % (MP_MINUTES_A_DAY + 1) - 1);
    reported_at.known = reported_at.day != 0;
    if (!reported_at.known)
        reported_at = (struct mp_time){0};
    struct mp_str bytes = {(const char *)data + HEAD, size - HEAD};
    for (size_t at = 0; at < bytes.n;)
        mp_utf8_add(&text, mp_utf8_next(bytes, &at));
    MUST(mp_text_read(&lexicon, &first, mp_buf_str(&text), reported_at));
    fuzz_check(&lexicon, &first);
    MUST(mp_text_read(&lexicon, &again, mp_buf_str(&text), reported_at));
    check_same();
    mp_reader_free(&again);
    mp_buf_free(&text);
    return 0;
}

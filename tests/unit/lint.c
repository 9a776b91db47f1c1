/* lib/text/lint: entries that can never count are mistakes. */
#include "lexicon_fixture.h"

static void accepts(const char *yaml)
{
    struct lexicon_fixture f;
    lexicon_open(&f, yaml, NULL);
    lexicon_close(&f);
}

TEST(a_word_that_a_wildcard_fits_is_refused)
{
    lexicon_refuses("codes:\n  c:\n    mentions:\n    - mes*\n    - messen\n", 5, 7,
                    "'messen' is fitted by 'mes*' already");
    lexicon_refuses("codes:\n  c:\n    mentions:\n    - '*mes'\n    - '*mes*'\n", 4, 7,
                    "'*mes' is fitted by '*mes*' already");
}

TEST(a_long_word_beside_a_star_in_front_still_finds_typing_errors)
{
    accepts("codes: {c: {mentions: ['*pistool', neppistool]}}");
}

TEST(other_lists_and_codes_may_have_the_same_words)
{
    accepts("codes: {c: {mentions: [mes*], headings: [mes]}, d: {mentions: [mes]}}");
}

TEST(a_pattern_that_stands_under_not_as_well_is_refused)
{
    lexicon_refuses("codes:\n  c:\n    mentions:\n    - mes\n    not:\n    - mes\n", 4, 7,
                    "the pattern stands under not as well: it never counts");
}

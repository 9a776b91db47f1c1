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
    accepts("codes: {c: {mentions: [mes*], headings: [dolk]}, d: {mentions: [mes]}}");
}

TEST(a_pattern_that_stands_under_not_as_well_is_refused)
{
    lexicon_refuses("codes:\n  c:\n    mentions:\n    - mes\n    not:\n    - mes\n", 4, 7,
                    "the pattern stands under not as well: it never counts");
}

TEST(a_heading_that_is_a_mention_is_refused)
{
    lexicon_refuses("codes:\n  c:\n    mentions: [mes]\n    headings: [mes]\n", 4, 16,
                    "the heading is a mention already: it never counts");
}

TEST(words_that_stand_twice_are_refused)
{
    lexicon_refuses("lists:\n  a: [mes, dolk, mes]\n", 2, 18, "'mes' stands twice in its list");
    lexicon_refuses("codes:\n  c: {mentions: [(mes|dolk|mes) scherp]}\n", 2, 18,
                    "an alternative stands twice: 'mes'");
    lexicon_refuses("codes:\n  c: {mentions: [(bot mes|(mes|dolk)| bot mes ) weg]}\n", 2, 18,
                    "an alternative stands twice: 'bot mes'");
    accepts("codes: {c: {mentions: ['(mes|/(mes|dolk)/|/mes|dolk/|(mes|dolk) weg) scherp']}}");
}

TEST(patterns_that_say_the_same_are_refused)
{
    lexicon_refuses("codes:\n  c:\n    mentions:\n    - mes .. weg\n    - Mes ..3 weg\n", 5, 7,
                    "'Mes ..3 weg' says the same as 'mes .. weg' in line 4");
    lexicon_refuses("codes: {c: {mentions: [(mes|dolk) & weg, 'weg & (dolk|mes)']}}\n", 1, 42,
                    "'weg & (dolk|mes)' says the same as '(mes|dolk) & weg' in line 1");
    accepts("codes: {c: {mentions: [mes .. weg, mes ... weg, mes weg, ^ mes weg, weg mes]}}");
}

TEST(cues_that_do_the_same_twice_are_refused)
{
    lexicon_refuses("context:\n- {status: absent, cues: [geen, zeker geen, geen]}\n", 2, 45,
                    "'geen' says the same as 'geen' in line 2");
    accepts("context: [{status: absent, side: before, cues: [geen]}, {status: absent, side: after, "
            "cues: [geen]}, {ends: past, cues: [geen]}, {status: absent, reach: 3, cues: [geen]}]");
}

TEST(an_answer_says_one_thing)
{
    lexicon_refuses("answers:\n  'yes': [ja, nee]\n  'no': [nee]\n", 3, 10,
                    "'nee' says the same as 'nee' in line 2");
}

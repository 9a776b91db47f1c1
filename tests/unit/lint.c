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
    accepts("codes: {c: {mentions: [mes ... weg, mes weg, weg mes, ^ dolk weg, dolk weg $]}}");
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

/* ---- patterns that others cover ---- */

/* Of two mentions of a code the one in this place (0, 1) is refused beside the other. */
static void covered(const char *first, const char *second, int place)
{
    struct mp_buf yaml = {0}, message = {0};
    const char *const p[] = {first, second};
    mp_buf_addf(&yaml, "codes:\n  c:\n    mentions:\n    - %s\n    - %s\n", first, second);
    mp_buf_addf(&message,
                "'%s' adds nothing: '%s' at FILE:%d:7 fits wherever it does; take it out, or drop "
                "it if that one lies over it",
                p[place], p[!place], 5 - place);
    lexicon_refuses(mp_buf_cstr(&yaml), (size_t)(4 + place), 7, mp_buf_cstr(&message));
    mp_buf_free(&yaml);
    mp_buf_free(&message);
}

static void not_covered(const char *first, const char *second)
{
    struct mp_buf yaml = {0};
    mp_buf_addf(&yaml, "codes:\n  c:\n    mentions:\n    - %s\n    - %s\n", first, second);
    accepts(mp_buf_cstr(&yaml));
    mp_buf_free(&yaml);
}

TEST(an_alternative_of_another_pattern_is_refused)
{
    covered("(mes|dolk) weg", "mes weg", 1);
    covered("mes weg", "(mes|dolk) weg", 0);
    covered("(mes|dolk|bijl) (weg|kwijt)", "(dolk|bijl) kwijt", 1);
    covered("(mes|bot mes) weg", "bot mes weg", 1);
    lexicon_refuses(
        "lists: {kin: [vader, moeder]}\ncodes: {c: {mentions: [<kin> weg, vader weg]}}\n", 2, 35,
        "'vader weg' adds nothing: '<kin> weg' at FILE:2:24 fits wherever it does; take "
        "it out, or drop it if that one lies over it");
    not_covered("(mes|dolk) weg", "(mes|bijl) weg");
    not_covered("(mes|dolk) weg", "weg mes");
    not_covered("(bot mes|dolk) weg", "mes weg");
}

TEST(a_pattern_of_fewer_words_covers_no_longer_one)
{
    not_covered("mes", "bot mes");
    not_covered("mes weg", "mes .. weg .. kwijt");
}

TEST(a_pattern_without_the_word_that_may_be_missing_is_refused)
{
    covered("bot? mes", "bot mes", 1);
    covered("bot? mes", "mes", 1);
    covered("dit bot? mes", "dit mes", 1);
    covered("dit bot mes", "dit (bot|groot)? mes", 0);
    covered("dit bot? mes", "dit (bot|groot)? mes", 0);
    not_covered("dit bot? mes", "dit (bot|groot) mes");
    not_covered("dit bot? mes", "dit groot? mes");
}

TEST(a_narrower_gap_is_refused)
{
    covered("mes ... weg", "mes .. weg", 1);
    covered("een mes ..2 weg", "(dit|een) mes ..5 weg", 0);
    covered("(mes|dolk) bij .. weg ..2 kwijt", "mes bij .. weg ..2 kwijt", 1);
    not_covered("(mes|dolk) .. weg", "mes ... weg");
    not_covered("mes ... weg ..2 kwijt", "mes .. weg ..2 kwijt"); /* may take another `weg` */
}

/* What a heading's colon parts stands together; no gap passes over it. */
TEST(words_that_stand_together_are_no_narrow_gap)
{
    not_covered("mes .. weg", "mes weg");
    lexicon_finds("mes .. weg", "Mes: weg.", "");
    lexicon_finds("mes weg", "Mes: weg.", "mes weg");
}

/* It would quote less. */
TEST(behind_a_gap_a_wider_word_is_found_sooner)
{
    not_covered("mes .. (weg|kwijt)", "mes .. weg");
    lexicon_finds("mes .. (weg|kwijt)", "mes kwijt weg", "mes kwijt");
    lexicon_finds("mes .. weg", "mes kwijt weg", "mes _ weg");
    not_covered("mes .. weg $", "mes .. weg ^ nu");
}

TEST(what_is_looked_up_elsewhere_is_no_cover_over_a_gap)
{
    not_covered("(mes|dolk) .. weg", "mes .. weg");
    lexicon_finds("(mes|dolk) .. weg", "mes mes weg", "mes weg");
    lexicon_finds("mes .. weg", "mes mes weg", "mes _ weg|mes weg");
}

TEST(a_mark_makes_a_pattern_narrower)
{
    covered("mes weg", "^ mes weg", 1);
    covered("mes weg $", "mes weg", 0);
    covered("mes .. weg", "^ mes .. weg", 1);
    not_covered("^ mes weg", "mes weg $");
    not_covered("^ (mes|dolk) weg", "mes weg");
    not_covered("(mes|dolk) weg $", "mes weg");
    not_covered("mes ... weg $", "mes .. weg");
}

TEST(a_word_that_a_wildcard_holds_is_refused_in_any_place)
{
    covered("mes* weg", "messen weg", 1);
    covered("(/me+s/|dolk) weg", "/me+s/ weg", 1);
    lexicon_refuses("codes: {c: {mentions: ['*mes* weg', 'keukenmes* weg', 'zakmes weg']}}\n", 1,
                    55,
                    "'zakmes weg' adds nothing: '*mes* weg' at FILE:1:24 fits wherever it does; "
                    "take it out, or drop it if that one lies over it");
    not_covered("mes* weg", "hakmes weg");
    not_covered("/mess?en/ weg", "messen weg");
}

TEST(a_word_that_finds_typing_errors_says_more)
{
    lexicon_refuses("codes: {c: {mentions: ['*buikje*', =dikkebuikjes]}}\n", 1, 36,
                    "'=dikkebuikjes' adds nothing: '*buikje*' at FILE:1:24 fits wherever it does; "
                    "take it out, or drop it if that one lies over it");
    covered("dolk", "=dolk", 1);
    covered("=dolk", "dolk", 1); /* too short for typing errors */
    covered("=keukenmes", "keukenmes", 0);
    accepts("codes: {c: {mentions: ['*buikje*', dikkebuikjes]}}");
    lexicon_finds("*buikje*", "dikkebuijkes", "");
    lexicon_finds("dikkebuikjes", "dikkebuijkes", "dikkebuijkes");
    not_covered("keuken* weg", "keukenmes weg");
}

TEST(only_what_does_the_same_covers)
{
    accepts("codes: {c: {mentions: [(mes|dolk) weg], absent: [mes weg], past: [dolk weg]}}");
    accepts("codes: {c: {mentions: [(mes|dolk) weg]}, d: {mentions: [mes weg]}}");
    accepts("codes: {c: {mentions: [(mes|dolk) weg], not: [mes weg]}}");
    accepts("codes: {c: {enough: 2, items: {a: [(mes|dolk) weg], b: [mes weg]}}}");
    accepts(
        "context: [{status: absent, cues: [(geen|nooit) een]}, {status: absent, reach: 3, cues: "
        "[geen een]}, {status: past, cues: [nooit een]}]");
    accepts("answers: {'yes': [(ja|jawel) hoor], 'no': [ja hoor]}");
    accepts("codes: {c: {mentions: [(mes|dolk) & weg, mes & weg]}}"); /* not looked at */
}

TEST(all_lists_are_looked_through)
{
    static const char says[] =
        "'mes weg' adds nothing: '(mes|dolk) weg' at FILE:1:%d fits wherever "
        "it does; take it out, or drop it if that one lies over it";
    static const struct {
        const char *yaml;
        int first, second;
    } lists[] = {
        {"codes: {c: {absent: [(mes|dolk) weg, mes weg]}}", 22, 38},
        {"codes: {c: {headings: [(mes|dolk) weg, mes weg]}}", 24, 40},
        {"codes: {c: {not: [(mes|dolk) weg, mes weg]}}", 19, 35},
        {"codes: {c: {enough: 2, items: {a: [(mes|dolk) weg, mes weg]}}}", 36, 52},
        {"context: [{status: past, cues: [(mes|dolk) weg, mes weg]}]", 33, 49},
        {"answers: {'no': [(mes|dolk) weg, mes weg]}", 18, 34},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct mp_buf message = {0};
        mp_buf_addf(&message, says, lists[i].first);
        lexicon_refuses(lists[i].yaml, 1, (size_t)lists[i].second, mp_buf_cstr(&message));
        mp_buf_free(&message);
    }
}

TEST(a_heading_that_a_mention_covers_is_refused)
{
    lexicon_refuses("codes: {c: {mentions: [(mes|dolk)], headings: [mes]}}\n", 1, 48,
                    "'mes' adds nothing: '(mes|dolk)' at FILE:1:24 fits wherever it does; take it "
                    "out, or drop it if that one lies over it");
    accepts("codes: {c: {mentions: [mes], headings: [(mes|dolk)]}}");
    accepts("codes: {c: {absent: [(mes|dolk)], headings: [mes]}}");
}

TEST(what_a_lexicon_laid_over_covers_is_dropped)
{
    struct lexicon_fixture f;
    lexicon_open(&f, "codes: {c: {mentions: [mes weg]}}",
                 "codes: {c: {mentions: [(mes|dolk) weg], drop: [mes weg]}}");
    lexicon_says(&f, "mes weg, dolk weg", "c:present c:present");
    lexicon_close(&f);
}

/* Of many, each beside the one that it is hidden among. */
TEST(one_of_many_is_found)
{
    struct mp_buf yaml = {0};
    mp_buf_adds(&yaml, "codes:\n  c:\n    mentions:\n");
    for (unsigned i = 0; i < 300; i++)
        mp_buf_addf(&yaml, "    - %c%c%cwoord (mes|dolk)\n", 'a' + i % 26, 'a' + i / 26, 'k');
    mp_buf_adds(&yaml, "    - bfkwoord dolk\n"); /* 1 + 5 * 26 */
    lexicon_refuses(mp_buf_cstr(&yaml), 304, 7,
                    "'bfkwoord dolk' adds nothing: 'bfkwoord (mes|dolk)' at FILE:135:7 fits "
                    "wherever it does; take it out, or drop it if that one lies over it");
    mp_buf_free(&yaml);
}

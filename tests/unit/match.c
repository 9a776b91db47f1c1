/* lib/text/match: where patterns are found, whatever word they are looked up at */
#include "lexicon_fixture.h"

TEST(gaps_pass_over_commas_only)
{
    lexicon_finds("weg .. groep", "weg, van de groep", "weg _ _ groep");
    lexicon_finds("weg .. groep", "weg, groep", "weg groep");
    lexicon_finds("weg .. groep", "weg (uit de groep)", "weg _ _ groep");
    lexicon_finds("weg .. groep", "weg: de groep", "");
    lexicon_finds("weg .. groep", "zij is weg. De groep", "");
    lexicon_finds("weg .. groep", "weg; de groep", "");
    lexicon_finds("weg .. groep", "weg! de groep", "");
    lexicon_finds("weg .. groep", "weg\nDe groep", "");
    lexicon_finds("weg .. groep", "weg\nvan de groep", "weg _ _ groep");
    lexicon_finds("weg .. groep", "weg\n\nvan de groep", "");
    lexicon_finds("weg .. groep", "weg a: b groep", "");
    lexicon_finds("a b .. c", "a b x c a: b x c", "a b _ c|a b _ c");
    lexicon_finds("(p1|p2|p3) .. mes", "p: p1 x mes", "p 1 _ mes");
}

TEST(parts_are_joined_in_both_orders)
{
    lexicon_finds("mes & school", "een mes op school", "mes _ school");
    lexicon_finds("mes & school", "op school een mes", "school _ mes");
    lexicon_finds("mes & school", "mes 1 2 3 4 5 school", "mes _ _ _ _ _ school");
    lexicon_finds("mes & school", "mes 1 2 3 4 5 6 school", "");
    lexicon_finds("mes & school", "school 1 2 3 4 5 mes", "school _ _ _ _ _ mes");
    lexicon_finds("mes & school", "school 1 2 3 4 5 6 mes", "");
    lexicon_finds("mes & school", "een mes. School", "");
    lexicon_finds("mes & school", "een mes, school", "mes school");
    lexicon_finds("mes & school", "mes: school", "mes school");
    lexicon_finds("mes & school", "mes", "");
    lexicon_finds("(mes|dolk) & (school|klas)", "klas met dolk", "klas _ dolk");
    lexicon_finds("groot mes & de school", "de school zag groot mes", "de school _ groot mes");
    lexicon_finds("mes & mes*", "een mes", "");
    lexicon_finds("mes & mes*", "mes messen", "mes messen");
}

TEST(three_parts_are_joined_in_every_order)
{
    static const char *const texts[] = {"aa bb cc", "aa cc bb", "bb aa cc",
                                        "bb cc aa", "cc aa bb", "cc bb aa"};
    for (size_t i = 0; i < 6; i++)
        lexicon_finds("aa & bb & cc", texts[i], texts[i]);
    lexicon_finds("aa & bb & cc", "aa 1 2 3 4 5 bb 1 2 3 4 5 cc", "aa _ _ _ _ _ bb _ _ _ _ _ cc");
    lexicon_finds("aa & bb & cc", "cc 1 2 3 4 5 bb 1 2 3 4 5 aa", "cc _ _ _ _ _ bb _ _ _ _ _ aa");
    lexicon_finds("aa & bb & cc", "bb 1 2 3 4 5 aa 1 2 3 4 5 cc", "bb _ _ _ _ _ aa _ _ _ _ _ cc");
    lexicon_finds("aa & bb & cc", "aa bb", "");
    lexicon_finds("aa & bb & cc", "aa 1 2 3 4 5 6 bb cc", "");
}

TEST(a_part_is_found_for_one_pattern_and_beside_another)
{
    lexicon_finds("mes\nschool & mes", "een mes op school", "mes|mes _ school");
    lexicon_finds("mes & school\nschool mes", "school mes", "school mes|school mes");
    lexicon_finds("(groot|lang) mes\nschool & (groot|lang) mes\nklas & groot mes",
                  "lang mes op school", "lang mes|lang mes _ school");
}

TEST(each_use_of_a_part_asks_for_the_parts_of_its_own)
{
    const char *all = "mes & school\nmes & klas\njuf & mes\nmes & bus & klas\nmes";
    lexicon_finds(all, "een mes in de klas", "mes _ _ klas|mes");
    lexicon_finds(all, "mes op school", "mes _ school|mes");
    lexicon_finds(all, "juf met mes", "juf _ mes|mes");
    lexicon_finds(all, "mes in bus en klas", "mes _ _ _ klas|mes _ bus _ klas|mes");
    lexicon_finds(all, "mes in bus", "mes");
    lexicon_finds(all, "klas met juf en bus", "");
    /* of a part with several variants, or with words that may be missing, any will do */
    lexicon_finds("mes & (school|de klas)", "mes in de klas", "mes _ de klas");
    lexicon_finds("mes & (school|de klas)", "mes op school", "mes _ school");
    lexicon_finds("mes & grote? school", "mes op school", "mes _ school");
    lexicon_finds("mes & grote? school", "mes op grote bus", "");
    lexicon_finds("mes & school & (bus|de klas)", "de klas mes school", "de klas mes school");
    lexicon_finds("(groot|lang) mes & bus\n(groot|lang) mes & klas", "lang mes klas bus",
                  "lang mes _ bus|lang mes klas");
}

TEST(parts_may_stand_in_each_other)
{
    lexicon_finds("@weg+lopen & moeder", "liep van moeder weg", "liep _ moeder weg");
    lexicon_finds("moeder & @weg+lopen", "liep van moeder weg", "liep _ moeder weg");
    lexicon_finds("@weg+lopen & moeder", "moeder liep snel weg", "moeder liep _ weg");
}

TEST(the_rarest_word_is_where_a_pattern_is_looked_up)
{
    /* frequent words come first, in the middle, last */
    lexicon_finds("de .. mes", "de grote mes", "de _ mes");
    lexicon_finds("mes .. de", "mes in de", "mes _ de");
    lexicon_finds("de mes zij", "de mes zij", "de mes zij");
    lexicon_finds("de .. mes .. zij", "de x mes y y zij", "de _ mes _ _ zij");
    lexicon_finds("de mes? hij", "de hij de mes hij", "de hij|de mes hij");
    lexicon_finds("de (aa|bb|cc)? mes", "de bb mes de mes", "de bb mes|de mes");
    lexicon_finds("mes (aa|bb|cc)? de", "mes bb de mes de", "mes bb de|mes de");
    lexicon_finds("^ de mes", "zo de mes, de mes", "de mes");
    lexicon_finds("mes de $", "mes de zo, mes de", "mes de");
}

TEST(what_two_ways_of_a_pattern_say_counts_once)
{
    lexicon_finds("(groot mes|groot? mes)", "groot mes", "groot mes|mes");
    lexicon_finds("(mes en vork|mes (en|of) vork)", "mes en vork", "mes en vork");
    lexicon_finds("(mes|bijl)\n(mes|dolk)", "een mes", "mes|mes");
}

TEST(the_nearest_word_behind_a_gap_is_taken)
{
    lexicon_finds("weg .. groep", "weg groep groep", "weg groep");
    lexicon_finds("weg .. a b", "weg a a b", "weg _ a b");
    lexicon_finds("a .. b c", "a b b c", "a _ b c");
    lexicon_finds("weg .. groep", "weg weg groep", "weg _ groep|weg groep");
}

TEST(patterns_do_not_reach_farther_than_a_hit_can_hold)
{
    struct mp_buf b = {0}, found = {0};
    mp_buf_adds(&b, "aa");
    for (int i = 0; i < 61; i++)
        mp_buf_addf(&b, " %s", i == 20 ? "bb" : i == 40 ? "cc" : "x");
    mp_buf_adds(&b, " dd");
    mp_buf_addstr(&found, (struct mp_str){b.data, b.len});
    for (size_t i = 0; i < found.len; i++)
        if (found.data[i] == 'x')
            found.data[i] = '_';
    lexicon_finds("aa ..20 bb ..20 cc ..20 dd", mp_buf_cstr(&b), mp_buf_cstr(&found));
    mp_buf_adds(&b, " x x x x x x x x x x ee");
    lexicon_finds("aa ..20 bb ..20 cc ..20 dd ..20 ee", mp_buf_cstr(&b), "");
    mp_buf_free(&found);
    b.len = 0;
    for (int i = 0; i < 500; i++)
        mp_buf_adds(&b, "aa bb ");
    struct lexicon_fixture f;
    lexicon_open(&f, "codes:\n  c:\n    mentions: [aa ... bb & bb ... aa, aa .. aa .. aa]\n", NULL);
    lexicon_read(&f, mp_buf_cstr(&b));
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, f.reader.text.hits);
    size_t n = MP_COUNT(struct mp_hit, f.reader.text.hits);
    CHECK(n > 500);
    for (size_t i = 0; i < n; i++) {
        CHECK(h[i].mask & 1);
        CHECK(h[i].last - h[i].first < 64 && h[i].mask >> (h[i].last - h[i].first) == 1);
        CHECK(i == 0 || h[i - 1].first <= h[i].first);
    }
    lexicon_close(&f);
    mp_buf_free(&b);
}

/* Hits as text, for two readings to be compared. */
static void add_hits(struct mp_buf *b, const struct mp_text *text)
{
    const struct mp_hit *h = MP_ITEMS(struct mp_hit, text->hits);
    for (size_t i = 0; i < MP_COUNT(struct mp_hit, text->hits); i++)
        mp_buf_addf(b, "%u %u %u %llx\n", h[i].entry, h[i].first, h[i].last,
                    (unsigned long long)h[i].mask);
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, text->mentions);
    for (size_t i = 0; i < MP_COUNT(struct mp_mention, text->mentions); i++)
        mp_buf_addf(b, "%u %u %u %d\n", m[i].code, m[i].first, m[i].last, (int)m[i].status);
}

static const char some[] =
    "codes:\n"
    "  gone:\n    mentions: ['@weg+lopen', weg & groep, '/w[a-z]+/ .. mes']\n"
    "  mes:\n    mentions: [mes*, (groot|klein)? mes]\n"
    "context:\n  - {status: absent, side: before, reach: 4, cues: [geen]}\n";

TEST(a_text_is_read_the_same_whatever_was_read_before)
{
    static const char *const words[] = {"loopt", "weg",  "groep", "mes",   "messen", ".",
                                        "geen",  "moet", "groot", "klein", ",",      "zij",
                                        "\n",    "\n\n", "15",    "?",     ":",      "[x]"};
    struct lexicon_fixture f;
    lexicon_open(&f, some, NULL);
    uint64_t random = 11;
    for (int round = 0; round < 300; round++) {
        struct mp_buf text = {0}, first = {0}, second = {0};
        struct mp_reader fresh = {0};
        for (unsigned n = test_random(&random, 40) + 1; n > 0; n--)
            mp_buf_addf(&text, "%s ", words[test_random(&random, sizeof words / sizeof *words)]);
        lexicon_read(&f, mp_buf_cstr(&text));
        add_hits(&first, &f.reader.text);
        CHECK(mp_text_read(&f.lexicon, &fresh, mp_buf_str(&text), f.reader.text.reported_at));
        add_hits(&second, &fresh.text);
        mp_buf_addc(&first, '.');
        mp_buf_addc(&second, '.');
        CHECK_SAME(mp_buf_str(&first), mp_buf_str(&second));
        mp_reader_free(&fresh);
        mp_buf_free(&text);
        mp_buf_free(&first);
        mp_buf_free(&second);
    }
    lexicon_close(&f);
}

TEST(the_words_looked_up_are_forgotten_when_they_are_too_many)
{
    struct lexicon_fixture f;
    struct mp_buf b = {0};
    lexicon_open(&f, some, NULL);
    for (unsigned i = 0; i < 33000; i++)
        mp_buf_addf(&b, "w%c%c%c%c ", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676 % 26,
                    'a' + i / 17576);
    lexicon_read(&f, mp_buf_cstr(&b));
    CHECK_INT(f.reader.matcher.cache.n, 33000);
    for (size_t i = 0; i < b.len; i++)
        if (b.data[i] == 'w' && (i == 0 || b.data[i - 1] == ' '))
            b.data[i] = 'v';
    lexicon_read(&f, mp_buf_cstr(&b));
    CHECK(f.reader.matcher.cache.n >= 65536);
    size_t cap = f.reader.matcher.cache.cap;
    lexicon_says(&f, "Zij loopt weg met geen mes.", "gone:present gone:absent mes:absent");
    CHECK_INT(f.reader.matcher.cache.n, 6);
    CHECK_INT(f.reader.matcher.cache.cap, cap);
    mp_buf_free(&b);
    lexicon_close(&f);
}

TEST(bits_are_counted_and_items_found_by_their_place)
{
    CHECK_INT(mp_bits(0), 0);
    CHECK_INT(mp_bits(UINT64_MAX), 64);
    for (unsigned i = 0; i < 64; i++) {
        CHECK_INT(mp_bits(1ull << i), 1);
        CHECK_INT(mp_bits(UINT64_MAX << i), 64 - i);
    }
    struct mp_hit hits[] = {{.first = 1}, {.first = 3}, {.first = 3}, {.first = 8}};
    static const size_t from[] = {0, 0, 1, 1, 3, 3, 3, 3, 3, 4};
    for (uint32_t t = 0; t < 10; t++)
        CHECK_INT(mp_items_from(hits, 4, sizeof *hits, offsetof(struct mp_hit, first), t), from[t]);
    CHECK_INT(mp_items_from(hits, 0, sizeof *hits, offsetof(struct mp_hit, first), 1), 0);
}

TEST(words_of_accents_alone_are_read)
{
    struct lexicon_fixture f;
    lexicon_open(&f, "codes: {c: {mentions: [mes]}}\n", NULL);
    CHECK(mp_text_read(&f.lexicon, &f.reader, MP_STR("\u0301."), (struct mp_time){0}));
    CHECK(mp_text_read(&f.lexicon, &f.reader, MP_STR("\u0301\u0301. \u0301"), (struct mp_time){0}));
    CHECK(mp_text_read(&f.lexicon, &f.reader, MP_STR(""), (struct mp_time){0}));
    lexicon_close(&f);
}

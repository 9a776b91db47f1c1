/* lib/text/when, with the words of schemas/lexicon/facts.yaml */
#include "text/when.h"
#include "text/clause.h"
#include "test.h"

struct reading {
    struct mp_arena arena;
    struct mp_words words;
    struct mp_patterns patterns;
    struct mp_word_cache cache;
    struct mp_text text;
    const struct mp_when_words *when;
};

static bool never(const void *ctx, struct mp_str word)
{
    (void)ctx, (void)word;
    return false;
}

static bool never_joined(const void *ctx, struct mp_str whole, struct mp_str first,
                         struct mp_str second)
{
    (void)ctx, (void)whole, (void)first, (void)second;
    return false;
}

/* Lists of other files that facts.yaml refers to. */
static void open_reading(struct reading *r)
{
    const char *dir = getenv("MP_SCHEMAS");
    struct mp_error e;
    struct mp_yaml *facts, *language, *lists;
    struct mp_buf path = {0};
    *r = (struct reading){0};
    r->patterns.words = &r->words;
    mp_buf_addf(&path, "%s/lexicon/facts.yaml", dir && *dir ? dir : "schemas");
    if (!CHECK(mp_yaml_load(&r->arena, mp_buf_cstr(&path), &facts, &e) == 0))
        exit(1);
    path.len = 0;
    mp_buf_addf(&path, "%s/lexicon/language.yaml", dir && *dir ? dir : "schemas");
    if (!CHECK(mp_yaml_load(&r->arena, mp_buf_cstr(&path), &language, &e) == 0))
        exit(1);
    lists = mp_yaml_get(language, "lists");
    for (size_t i = 0; i < lists->n; i++)
        CHECK(mp_patterns_list(&r->patterns, lists->keys[i]->text, lists->items[i], &e) == 0);
    if (!CHECK(mp_when_load(&r->arena, &r->patterns, mp_yaml_get(facts, "when"), &r->when, &e) ==
               0))
        exit(1);
    mp_words_sort_marks(&r->words);
    mp_buf_free(&path);
}

static void close_reading(struct reading *r)
{
    mp_tokens_free(&r->text.tokens);
    mp_buf_free(&r->text.marks);
    mp_buf_free(&r->text.whens);
    mp_word_cache_free(&r->cache);
    mp_patterns_free(&r->patterns);
    mp_words_free(&r->words);
    mp_arena_free(&r->arena);
    free(r->text.words);
}

static void read_text(struct reading *r, struct mp_str text, const char *reported)
{
    static const struct mp_token_words none = {never, never, never_joined, NULL};
    struct mp_text *t = &r->text;
    t->reported_at = (struct mp_time){0};
    if (reported)
        CHECK(mp_time_read(mp_str_of(reported), &t->reported_at));
    CHECK(mp_tokens_read(&t->tokens, text, &none));
    free(t->words);
    t->words = calloc(t->tokens.n + 1, sizeof *t->words);
    if (!CHECK(t->words != NULL))
        exit(1);
    for (size_t i = 0; i < t->tokens.n; i++)
        t->words[i] =
            mp_word_find(&r->words, &r->cache, mp_token_str(&t->tokens, i), t->tokens.at[i].kind);
    CHECK(mp_clause_mark(t) && mp_when_find(r->when, t));
}

/* What was found: "2018-03-02T21:30 2018-03-01", months as "2018-03", years as "2018". */
static void finds(struct reading *r, const char *text, const char *reported, const char *want)
{
    struct mp_buf b = {0};
    read_text(r, mp_str_of(text), reported);
    const struct mp_when *w = MP_ITEMS(struct mp_when, r->text.whens);
    for (size_t i = 0; i < MP_COUNT(struct mp_when, r->text.whens); i++) {
        if (i)
            mp_buf_addc(&b, ' ');
        size_t start = b.len;
        mp_time_add(&b, w[i].from);
        if (w[i].grain == MP_GRAIN_MONTH)
            b.len = start + 7;
        if (w[i].grain == MP_GRAIN_YEAR)
            b.len = start + 4;
    }
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
}

/* 2018-03-02 is a Friday. */
static const char noon[] = "2018-03-02T12:00", evening[] = "2018-03-02T22:40",
                  night[] = "2018-03-02T02:10";

TEST(dates_take_the_year_that_puts_them_before_the_report)
{
    struct reading r;
    open_reading(&r);
    finds(&r, "weg sinds 3-2", noon, "2018-02-03");
    finds(&r, "weg sinds 24/12", noon, "2017-12-24");
    finds(&r, "zitting op 9 april", noon, "2018-04-09");
    finds(&r, "zitting op 9 juni", noon, "2017-06-09");
    finds(&r, "geb. 03-05-2002", noon, "2002-05-03");
    finds(&r, "geb. 2002-05-03", NULL, "2002-05-03");
    finds(&r, "geboren 1/12/99", NULL, "1999-12-01");
    finds(&r, "AANV 280218 2210u", noon, "2018-02-28T22:10");
    finds(&r, "op 30-2 en 31.4.2018", noon, "");
    finds(&r, "weg sinds 3-2", NULL, "");
    finds(&r, "tweede kerstdag en 2e paasdag", noon, "2017-12-26 2018-04-02");
    finds(&r, "oudejaarsavond om 23.15 uur", noon, "2017-12-31T23:15");
    finds(&r, "de nacht van 27 op 28 februari", noon, "2018-02-28");
    close_reading(&r);
}

TEST(days_are_named_in_many_ways)
{
    struct reading r;
    open_reading(&r);
    finds(&r, "gisteren", noon, "2018-03-01");
    finds(&r, "eergisteren", noon, "2018-02-28");
    finds(&r, "vandaag", noon, "2018-03-02");
    finds(&r, "vannacht", noon, "2018-03-02");
    finds(&r, "morgen", noon, "2018-03-03");
    finds(&r, "zaterdag", noon, "2018-02-24");
    finds(&r, "zaterdagmiddag", noon, "2018-02-24");
    finds(&r, "vrijdag", noon, "2018-03-02");
    finds(&r, "vrijdag jl.", noon, "2018-02-23");
    finds(&r, "afgelopen vrijdag", noon, "2018-02-23");
    finds(&r, "komende vrijdag", noon, "2018-03-09");
    finds(&r, "vorige week dinsdag", noon, "2018-02-20");
    finds(&r, "dinsdag vorige week", noon, "2018-02-20");
    finds(&r, "elke vrijdag", noon, "");
    finds(&r, "afgelopen nacht", noon, "2018-03-02");
    finds(&r, "drie dagen geleden", noon, "2018-02-27");
    finds(&r, "drie weken geleden", noon, "2018-02-09");
    finds(&r, "al twee dagen weg", noon, "2018-02-28");
    finds(&r, "twee dagen schorsing", noon, "");
    finds(&r, "half jaar geleden", noon, "");
    finds(&r, "al een week weg", noon, "2018-02-23");
    finds(&r, "een week geleden", noon, "2018-02");
    finds(&r, "de afgelopen dagen was het stil", noon, "");
    finds(&r, "heden: donderdag 1 maart 's avonds", noon, "2018-03-01");
    finds(&r, "dinsdag was hij er nog, diezelfde avond om 21.00 uur niet meer", noon,
          "2018-02-27 2018-02-27T21:00");
    finds(&r, "dinsdag ging het goed. Die middag om vier uur liep hij weg", noon,
          "2018-02-27 2018-02-27T16:00");
    finds(&r, "een jongen die gisteren om 20.00 uur wegliep", noon, "2018-03-01T20:00");
    finds(&r, "altijd binnen het uur terug, binnen een uur terug", noon, "");
    close_reading(&r);
}

TEST(months_and_years_are_coarse)
{
    struct reading r;
    open_reading(&r);
    finds(&r, "in maart", noon, "2018-03");
    finds(&r, "in november", noon, "2017-11");
    finds(&r, "augustus 2016", noon, "2016-08");
    finds(&r, "van 03-2014 tot 2016", noon, "2014-03 2016");
    finds(&r, "in 2016", noon, "2016");
    finds(&r, "gisteren rond 2016u weg", noon, "2018-03-01T20:16");
    finds(&r, "in 2016u", noon, "2018-03-01T20:16");
    finds(&r, "vorig jaar", noon, "2017");
    finds(&r, "vorige maand", noon, "2018-01");
    finds(&r, "kamer 2016", noon, "");
    finds(&r, "maart", noon, "");
    close_reading(&r);
}

TEST(clocks_are_written_in_many_ways)
{
    struct reading r;
    open_reading(&r);
    finds(&r, "om 21:05", evening, "2018-03-02T21:05");
    finds(&r, "te 21.05 u", evening, "2018-03-02T21:05");
    finds(&r, "om 2105 uur", evening, "2018-03-02T21:05");
    finds(&r, "vandaag 2105", evening, "2018-03-02T21:05");
    finds(&r, "21u05", evening, "2018-03-02T21:05");
    finds(&r, "om 21u terug, binnen 22u10", evening, "2018-03-02T21:00 2018-03-02T22:10");
    finds(&r, "tot 20u, terug 21.30 u", evening, "2018-03-02T20:00 2018-03-02T21:30");
    finds(&r, "afspraak: 21u", evening, "2018-03-02T21:00");
    finds(&r, "binnen 12u, al 12u weg", evening, "");
    finds(&r, "sinds 12 uur terug", evening, "2018-03-02T10:40");
    finds(&r, "19 uur 40", evening, "2018-03-02T19:40");
    finds(&r, "half elf", evening, "2018-03-02T22:30");
    finds(&r, "kwart voor negen", evening, "2018-03-02T20:45");
    finds(&r, "om tien voor half negen", evening, "2018-03-02T20:20");
    finds(&r, "om 5 over 8 uur", evening, "2018-03-02T20:05");
    finds(&r, "om half 3", noon, "2018-03-02T02:30");
    finds(&r, "rond vijven", evening, "2018-03-02T17:00");
    finds(&r, "kamer 7 0510 leeg", noon, "2018-03-02T05:10");
    finds(&r, "1840 na het eten ging ze", evening, "2018-03-02T18:40");
    finds(&r, "belde 0900 en kocht 1840 gram", evening, "");
    finds(&r, "sinds zestien uur vijfenveertig", evening, "2018-03-02T16:45");
    finds(&r, "28-2, 0.30 uur", noon, "2018-02-28T00:30");
    finds(&r, "0310 hrs", noon, "2018-03-02T03:10");
    finds(&r, "werd vandaag 18.", evening, "2018-03-02");
    finds(&r, "zojuist", evening, "2018-03-02T22:40");
    finds(&r, "een half uur geleden", evening, "2018-03-02T22:10");
    finds(&r, "drie kwartier, 3 uur lang, 24 uur per dag", evening, "");
    finds(&r, "lengte 1.65, ca 1.70 m, 12,50 euro, 2130 euro", evening, "");
    finds(&r, "om 25.10 en 20:75", evening, "");
    close_reading(&r);
}

TEST(a_clock_finds_its_day)
{
    struct reading r;
    open_reading(&r);
    finds(&r, "om 23.15 uur", noon, "2018-03-01T23:15");
    finds(&r, "om 01.30 uur", night, "2018-03-02T01:30");
    finds(&r, "vannacht 01:30", noon, "2018-03-02T01:30");
    finds(&r, "vannacht 23.50", noon, "2018-03-01T23:50");
    finds(&r, "vanavond om 23.00 uur", night, "2018-03-01T23:00");
    finds(&r, "gisteravond om half tien", noon, "2018-03-01T21:30");
    finds(&r, "gisteravond 9.30 uur", noon, "2018-03-01T21:30");
    finds(&r, "zondag om half vijf", noon, "2018-02-25T16:30");
    finds(&r, "dinsdag 27-2 20.00 uur", noon, "2018-02-27T20:00");
    finds(&r, "do. 1 mrt 19 uur 40", noon, "2018-03-01T19:40");
    finds(&r, "dinsdag was er ruzie, om 20.00 uur liep hij weg", noon,
          "2018-02-27 2018-02-27T20:00");
    finds(&r, "Kwam dinsdag terug. Nu sinds 20.40 uur weg.", evening,
          "2018-02-27 2018-03-02T20:40");
    finds(&r, "do op vr, 01.15 uur", noon, "2018-03-02T01:15");
    finds(&r, "15.00 uur vandaag", noon, "2018-03-02T15:00");
    finds(&r, "27-02-18 2045 uur: weg om 20.10 uur", noon, "2018-02-27T20:45 2018-02-27T20:10");
    finds(&r, "AANV 3/3 0815 uur: om 0130 uur en om 2330 uur", noon,
          "2018-03-03T08:15 2018-03-03T01:30 2018-03-02T23:30");
    finds(&r, "23.10: zij kwam om 22.50 uur binnen", evening, "2018-03-02T23:10 2018-03-02T22:50");
    finds(&r, "om 20.10 uur", NULL, "");
    finds(&r, "1-3-2018 om 20.10 uur", NULL, "2018-03-01T20:10");
    close_reading(&r);
}

TEST(windows_and_events_tell_only_the_day)
{
    struct reading r;
    open_reading(&r);
    finds(&r, "tussen 02 en 07 uur", noon, "2018-03-02");
    finds(&r, "tussen 03.00 en 06.30 uur", noon, "2018-03-02");
    finds(&r, "vanmiddag tussen drie en vier", evening, "2018-03-02");
    finds(&r, "tussen drie en vier jongens", evening, "");
    finds(&r, "tussen 2012 en 2015", noon, "");
    finds(&r, "na het ontbijt", noon, "2018-03-02");
    finds(&r, "na het avondeten", noon, "2018-03-01");
    finds(&r, "tussen het avondeten en de telling van 22.00 uur", noon, "2018-03-01 2018-03-01");
    finds(&r, "tussen twee auto's en een hek om 22.00 uur", noon, "2018-03-01T22:00");
    finds(&r, "dinsdag na het avondeten", noon, "2018-02-27 2018-02-27");
    close_reading(&r);
}

TEST(what_lasts_is_marked)
{
    struct reading r;
    open_reading(&r);
    read_text(&r, MP_STR("woont hier sinds 3-2, verkracht op 4-2"), noon);
    const struct mp_when *w = MP_ITEMS(struct mp_when, r.text.whens);
    CHECK_INT(MP_COUNT(struct mp_when, r.text.whens), 2);
    CHECK(w[0].since && !w[1].since);
    CHECK(!w[0].clock_only && w[0].grain == MP_GRAIN_DAY);
    CHECK_SAME(mp_token_str(&r.text.tokens, w[0].first), MP_STR("3-2"));
    close_reading(&r);
}

TEST(what_heads_an_entry_is_marked)
{
    static const struct {
        const char *text, *stamps; /* of each time: does it head one? */
    } cases[] = {
        {"3/3 0730 terug", "1"},
        {"Weg om 10.00 uur. Op 3/3 te 07.30 uur terug", "01"},
        {"Weg, om 10.00 uur.\n2045: terug om 20.30 uur", "010"},
        {"Update 3/3: om 0900u terug", "1"},
        {"Tussen 10.00 en 11.00 uur weg", "0"},
        {"Sinds 3/3 10.00 uur weg", "0"},
        {"Gisteren om 10.00 uur weg", "0"},
    };
    struct reading r;
    open_reading(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mp_buf b = {0};
        read_text(&r, mp_str_of(cases[i].text), noon);
        const struct mp_when *w = MP_ITEMS(struct mp_when, r.text.whens);
        for (size_t k = 0; k < MP_COUNT(struct mp_when, r.text.whens); k++)
            mp_buf_addc(&b, w[k].stamp ? '1' : '0');
        if (!CHECK_STR(mp_buf_str(&b), cases[i].stamps))
            test_str(mp_str_of(cases[i].text), MP_STR(""), "of the text", __FILE__, __LINE__);
        mp_buf_free(&b);
    }
    finds(&r, "2045: gevonden", noon, "2018-03-01T20:45");
    finds(&r, "2240: gevonden", noon, "2018-03-01T22:40");
    finds(&r, "2015: uit huis geplaatst", noon, "2015");
    finds(&r, "2575: gevonden", noon, "");
    close_reading(&r);
}

TEST(long_texts_of_times_take_linear_time)
{
    static const char *const pieces[] = {"om 21.30 uur ",      "tussen ",  "half ",
                                         "vrijdag ",           "de ",      "3-2 ",
                                         "om te rond de van ", "2 dagen ", "10 "};
    struct reading r;
    open_reading(&r);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct mp_buf b = {0};
        while (b.len < 300000)
            mp_buf_adds(&b, pieces[i]);
        read_text(&r, mp_buf_str(&b), noon);
        mp_buf_free(&b);
    }
    close_reading(&r);
}

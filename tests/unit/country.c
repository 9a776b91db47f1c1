/* Countries: facts are drawn as their cases say, moments are told as the bank says, shares hold. */
#include "synth/country.h"
#include "test.h"

static struct mp_arena arena;

static struct mp_yaml *yaml(const char *text)
{
    struct mp_error e;
    struct mp_yaml *root = NULL;
    CHECK(mp_yaml_load(&arena, test_file("country.yaml", text, strlen(text)), &root, &e) == 0);
    return root;
}

static const char facts_text[] =
    "facts:\n"
    "  - {fact: sex, of: person, cases: [{values: {girl: 1, boy: 3}}]}\n"
    "  - {fact: age, of: person, cases: [{values: {14: 1}}]}\n"
    "  - {fact: mood, cases: [{when: {sex: girl, setting: [open, home]}, values: {good: 1}},\n"
    "                         {when: {sex: boy}, values: {bad: 9, none: 1}}]}\n"
    "  - {fact: category, cases: [{when: {mood: [good, bad]}, values: {urgent: 1}},\n"
    "                             {values: {other: 1}}]}\n"
    "  - {fact: light, cases: [{values: {red: 1}}]}\n";

static bool read_facts(struct mp_synth_facts *facts)
{
    struct mp_error e;
    struct mp_synth_reader r = {&arena, &e};
    struct mp_yaml *y = yaml(facts_text);
    return CHECK(y && mp_synth_read_facts(&r, y, y, facts) == 0);
}

TEST(facts_are_drawn_as_their_cases_say)
{
    static struct mp_synth_facts facts;
    if (!read_facts(&facts))
        return;
    size_t mood = mp_synth_fact_place(&facts, MP_STR("mood"));
    int girls = 0, bad = 0;
    for (uint64_t i = 0; i < 4000; i++) {
        struct mp_chance c = mp_chance_of(1, i, 0);
        uint8_t values[MP_SYNTH_FACTS] = {[MP_FACT_SETTING] = 2};
        mp_synth_draw(&facts, true, 0, values, &c);
        mp_synth_draw(&facts, false, 0, values, &c);
        struct mp_str sex = facts.list[MP_FACT_SEX].values[values[MP_FACT_SEX]];
        struct mp_str how = facts.list[mood].values[values[mood]];
        struct mp_str category = facts.list[MP_FACT_CATEGORY].values[values[MP_FACT_CATEGORY]];
        girls += mp_str_is(sex, "girl");
        bad += mp_str_is(how, "bad");
        if (mp_str_is(sex, "girl"))
            CHECK_STR(how, "good");
        CHECK_STR(category, values[mood] ? "urgent" : "other");
    }
    CHECK(girls > 900 && girls < 1100);
    CHECK(bad > 2550 && bad < 2850);
}

TEST(a_case_whose_needs_nobody_meets_says_nothing)
{
    static struct mp_synth_facts facts;
    if (!read_facts(&facts))
        return;
    struct mp_chance c = mp_chance_of(1, 1, 1);
    uint8_t values[MP_SYNTH_FACTS] = {[MP_FACT_SETTING] = 1};
    size_t girl = mp_synth_value_known(&facts.list[MP_FACT_SEX], MP_STR("girl"));
    values[MP_FACT_SEX] = (uint8_t)girl;
    mp_synth_draw(&facts, false, 0, values, &c);
    CHECK_INT(values[mp_synth_fact_place(&facts, MP_STR("mood"))], 0);
}

TEST(fixed_facts_stay)
{
    static struct mp_synth_facts facts;
    if (!read_facts(&facts))
        return;
    size_t girl = mp_synth_value_known(&facts.list[MP_FACT_SEX], MP_STR("girl"));
    for (uint64_t i = 0; i < 100; i++) {
        struct mp_chance c = mp_chance_of(1, i, 2);
        uint8_t values[MP_SYNTH_FACTS] = {[MP_FACT_SEX] = (uint8_t)girl};
        mp_synth_draw(&facts, true, UINT64_C(1) << MP_FACT_SEX, values, &c);
        CHECK_INT(values[MP_FACT_SEX], girl);
    }
}

static const char bank_text[] =
    "phrases: x\nversion: 1\nweekdays: [a, b, c, d, e, f, g]\n"
    "months: [J, F, M, A, M, J, J, A, S, O, N, D]\n"
    "moments:\n"
    "  - {days: 0, upto: 0, from: 12h, to: 1439m, say: ['later {hh}:{mi}']}\n"
    "  - {days: 1, upto: 2, say: ['{weekday} {h}.{mi}']}\n"
    "  - {say: ['{dd}/{d}/{mo}/{m}/{month}/{yy}/{yyyy}']}\n"
    "entries:\n"
    "  - {fact: mood, value: good, told: missing, say: [x]}\n"
    "  - {fact: mood, value: bad, told: missing, say: [y]}\n";

/* Told twenty times, as two may be chosen: the one that is meant comes out, or the usual one. */
static void tells(const struct mp_synth_bank *bank, struct mp_time t, const char *own,
                  const char *usual)
{
    const struct mp_time now = {mp_date_day(2019, 3, 6), 20 * 60, true};
    int owned = 0;
    for (uint64_t i = 0; i < 20; i++) {
        struct mp_chance c = mp_chance_of(3, i, 0);
        struct mp_buf b = {0};
        mp_synth_tell(bank, t, now, &c, &b);
        bool is_own = mp_str_is(mp_buf_str(&b), own);
        owned += is_own;
        if (!is_own)
            CHECK_STR(mp_buf_str(&b), usual);
        mp_buf_free(&b);
    }
    CHECK(owned > 0);
}

TEST(moments_are_told_by_how_long_ago_they_are)
{
    static struct mp_synth_facts facts;
    static struct mp_synth_bank bank;
    if (!read_facts(&facts))
        return;
    struct mp_error e;
    struct mp_synth_reader r = {&arena, &e};
    struct mp_str path = mp_str_of(test_file("bank.yaml", bank_text, sizeof bank_text - 1));
    path = mp_arena_str(&arena, path);
    if (!CHECK(mp_synth_bank_read(&r, &path, 1, yaml(facts_text), &facts, &bank) == 0))
        return;
    int32_t day = mp_date_day(2019, 3, 6); /* a Wednesday */
    tells(&bank, (struct mp_time){day, 13 * 60 + 5, true}, "later 13:05", "06/6/03/3/M/19/2019");
    tells(&bank, (struct mp_time){day, 9 * 60, true}, "06/6/03/3/M/19/2019", "");
    tells(&bank, (struct mp_time){day - 1, 9 * 60, true}, "b 9.00", "05/5/03/3/M/19/2019");
    tells(&bank, (struct mp_time){day - 3, 9 * 60, true}, "03/3/03/3/M/19/2019", "");
    mp_arena_free(&arena);
    arena = (struct mp_arena){0};
}

TEST(a_layout_without_a_word_keeps_the_toolkits)
{
    struct mp_str girl = MP_STR("girl"), word = MP_STR("F");
    uint32_t upto = 1;
    struct mp_synth_weights weights = {1, &word, &upto};
    struct mp_synth_words words = {MP_CELL_SEX, 1, &girl, &weights};
    const struct mp_synth_layout l = {.n_words = 1, .words = &words};
    struct mp_chance c = mp_chance_of(1, 1, 1);
    CHECK_STR(mp_synth_word(&l, MP_CELL_SEX, MP_STR("girl"), &c), "F");
    CHECK_STR(mp_synth_word(&l, MP_CELL_SEX, MP_STR("boy"), &c), "boy");
    CHECK_STR(mp_synth_word(&l, MP_CELL_KIND, MP_STR("girl"), &c), "girl");
}

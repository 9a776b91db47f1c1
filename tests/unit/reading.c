/* lib/text/clause, context, answer, history, mentions: what a text says, with a lexicon of a few
 * words */
#include "lexicon_fixture.h"

static const char lexicon[] =
    "codes:\n"
    "  drugs: {mentions: [drugs, wiet, '@blowen'], not: [drugs brigade]}\n"
    "  alcohol: {mentions: [alcohol, '@drinken']}\n"
    "  pills:\n"
    "    lasting: true\n"
    "    mentions: [pillen, slikt .. pillen, griep*, wel kerngezond]\n"
    "    headings: [medicatie, medische zaken]\n"
    "    present: [suikerziek]\n"
    "    suspected: [lijkt ziek, grieperig]\n"
    "    past: [had koorts]\n"
    "    absent: [kerngezond, slikt geen pillen]\n"
    "    other: [zieke moeder]\n"
    "  hit: {about: object, mentions: ['@slaan', haar .. @slaan, '@slaan haar moeder']}\n"
    "  money: {about: anyone, mentions: [geld]}\n"
    "  visit: {plan: suspected, mentions: [logeren]}\n"
    "  abuse: {claimed: suspected, mentions: [misbruikt]}\n"
    "  gone: {past_means: repeat, mentions: ['@weg+lopen', niet teruggekeerd]}\n"
    "  repeat: {mentions: [vaker weg]}\n"
    "  kit:\n"
    "    enough: 2\n"
    "    mentions: [ingepakt]\n"
    "    items: {toilet: [tandenborstel], clothes: [kleren, tas met kleren], pass: [paspoort]}\n"
    "  fact.back: {mentions: [terug]}\n"
    "context:\n"
    "  - {status: absent, side: before, reach: 4, cues: [geen, geen enkele]}\n"
    "  - {status: absent, side: after, reach: 2, cues: [ontbreekt]}\n"
    "  - {status: absent, side: both, reach: 4, cues: [niet]}\n"
    "  - {status: suspected, side: both, reach: clause, cues: [vermoedelijk]}\n"
    "  - {status: suspected, side: before, reach: sentence, cues: [mogelijk]}\n"
    "  - {status: past, side: before, reach: section, cues: [voorgeschiedenis]}\n"
    "  - {status: past, side: before, reach: clause, cues: [vroeger]}\n"
    "  - {status: other, side: before, reach: 2, cues: [andermans]}\n"
    "  - {status: silent, side: before, reach: clause, cues: [indien]}\n"
    "  - {status: plan, side: before, reach: clause, cues: [wil]}\n"
    "  - {status: denied, side: before, reach: clause, cues: [ontkent]}\n"
    "  - {status: claimed, side: both, reach: neighbour, cues: [volgens]}\n"
    "  - {status: ended, side: both, reach: sentence, cues: [gestopt]}\n"
    "  - {status: now, side: before, reach: clause, cues: [nu]}\n"
    "  - {status: youth, side: before, reach: clause, cues: [zelf]}\n"
    "  - {status: nothing, cues: [geen idee, niet alleen]}\n"
    "  - {ends: absent, cues: [maar, wel]}\n"
    "  - {ends: [absent, suspected], cues: [echter]}\n"
    "answers:\n"
    "  'yes': [ja, ja zeker]\n"
    "  'no': [nee, nvt]\n"
    "  unknown: [onbekend]\n";

/* Texts, each with what it says. */
static void says(const char *const (*cases)[2], size_t n)
{
    struct lexicon_fixture f;
    lexicon_open(&f, lexicon, NULL);
    for (size_t i = 0; i < n; i++)
        lexicon_says(&f, cases[i][0], cases[i][1]);
    lexicon_close(&f);
}
#define SAYS(cases) says(cases, sizeof(cases) / sizeof *(cases))

TEST(what_is_said_is_present)
{
    static const char *const cases[][2] = {
        {"", ""},
        {"Zij is weg.", ""},
        {"Zij blowt.", "drugs:present"},
        {"Zij blowt en drinkt.", "drugs:present alcohol:present"},
        {"alcohol, drugs. Alcohol", "alcohol:present drugs:present alcohol:present"},
        {"Zij is weer terug.", ""}, /* hidden */
        {"De drugs brigade.", ""},
        {"De drugs brigade vond drugs.", "drugs:present"},
    };
    SAYS(cases);
}

/* Tokens are gone through many at a time: wherever somebody stands, and at the end. */
TEST(people_are_seen_at_any_place)
{
    struct lexicon_fixture f;
    char text[400];
    lexicon_open(&f, lexicon, NULL);
    for (size_t n = 0; n < 140; n++) {
        for (size_t i = 0; i < n; i++)
            memcpy(text + 2 * i, "a ", 2);
        strcpy(text + 2 * n, ". Moeder blowt");
        lexicon_says(&f, text, "drugs:other");
        strcpy(text + 2 * n, ". Zij blowt");
        lexicon_says(&f, text, "drugs:present");
    }
    lexicon_close(&f);
}

TEST(patterns_that_carry_their_status_keep_it)
{
    static const char *const cases[][2] = {
        {"Zij is suikerziek.", "pills:present"},
        {"Zij lijkt ziek.", "pills:suspected"},
        {"Zij had koorts.", "pills:past"},
        {"Zij is kerngezond.", "pills:absent"},
        {"Zij heeft een zieke moeder.", "pills:other"},
        {"Zij slikt geen pillen.", "pills:absent"},
        {"Zij is niet kerngezond.", "pills:absent"},
        {"Vermoedelijk is zij kerngezond.", "pills:absent"},
        {"In 2016 was zij kerngezond.", "pills:absent"},
        {"Indien zij kerngezond is.", "pills:absent"},
        {"Moeder is kerngezond.", "pills:other"},
        {"Zij slikt daar pillen.", "pills:present"}, /* one, the fuller */
        {"Zij is grieperig, heeft griep.", "pills:suspected pills:present"},
        {"Zij is wel kerngezond.", "pills:present pills:absent"},
    };
    SAYS(cases);
}

TEST(cues_act_on_their_side_within_so_many_words)
{
    static const char *const cases[][2] = {
        {"Zij heeft geen drugs.", "drugs:absent"}, {"Zij heeft geen enkele drugs.", "drugs:absent"},
        {"geen a b c d drugs", "drugs:absent"},    {"geen a b c d e drugs", "drugs:present"},
        {"drugs geen", "drugs:present"},           {"drugs ontbreekt", "drugs:absent"},
        {"drugs a b ontbreekt", "drugs:absent"},   {"drugs a b c ontbreekt", "drugs:present"},
        {"ontbreekt drugs", "drugs:present"},      {"vermoedelijk drugs", "drugs:suspected"},
        {"drugs vermoedelijk", "drugs:suspected"}, {"geen. Drugs", "drugs:present"},
        {"andermans drugs", "drugs:other"},        {"vermoedelijk geen drugs", "drugs:absent"},
    };
    SAYS(cases);
}

TEST(cues_act_within_their_clause_sentence_or_section)
{
    static const char *const cases[][2] = {
        {"Zij is vermoedelijk boos en zij blowt.", "drugs:present"},
        {"Zij is vermoedelijk boos en op drugs.", "drugs:suspected"},
        {"Zij is vermoedelijk boos, zij blowt.", "drugs:present"},
        {"Zij is vermoedelijk boos, op drugs.", "drugs:suspected"},
        {"Zij is vermoedelijk boos omdat zij blowt.", "drugs:present"},
        {"Mogelijk is zij boos omdat zij blowt.", "drugs:suspected"},
        {"Mogelijk is zij boos, zij blowt.", "drugs:suspected"},
        {"Mogelijk is zij boos. Zij blowt.", "drugs:present"},
        {"Voorgeschiedenis van het meisje. Zij blowt. Zij drinkt.", "drugs:past alcohol:past"},
        {"Voorgeschiedenis van het meisje.\n\nZij blowt.", "drugs:present"},
        {"Zij blowt. Voorgeschiedenis van het meisje.", "drugs:present"},
        {"Voorgeschiedenis van het meisje. Gisteren was zij boos. Zij blowt.", "drugs:present"},
        {"Voorgeschiedenis van het meisje. Nu is zij boos. Zij blowt.", "drugs:present"},
        {"Zij is niet iemand die blowt.", "drugs:absent"},
        {"Zij is niet a b c iemand die blowt.", "drugs:present"},
    };
    SAYS(cases);
}

TEST(allegations_stand_on_somebodys_word_in_the_sentence_beside)
{
    static const char *const cases[][2] = {
        {"Zij is misbruikt.", "abuse:present"},
        {"Volgens haar is zij misbruikt.", "abuse:suspected"},
        {"Zij is misbruikt volgens haar.", "abuse:suspected"},
        {"Volgens haar is zij boos. Zij is misbruikt.", "abuse:suspected"},
        {"Zij is misbruikt. Dat is zo volgens haar.", "abuse:suspected"},
        {"Volgens haar is zij boos. Zij is weg. Zij is misbruikt.", "abuse:present"},
        {"Volgens haar is zij boos.\n\nZij is misbruikt.", "abuse:present"},
        {"Volgens haar blowt zij.", "drugs:present"},
        {"Volgens haar is zij boos. Zij blowt.", "drugs:present"},
    };
    SAYS(cases);
}

TEST(clauses_that_complete_others_share_their_cues)
{
    static const char *const cases[][2] = {
        {"Vermoedelijk is het zo dat zij blowt.", "drugs:suspected"},
        {"Vermoedelijk is het zo dat zij blowt en dat zij drinkt.",
         "drugs:suspected alcohol:suspected"},
        {"Vermoedelijk is het zo dat zij blowt en drinkt.", "drugs:suspected alcohol:suspected"},
        {"Vermoedelijk is het zo. Dat zij blowt.", "drugs:present"},
        {"Zij blowt en drinkt niet.", "drugs:absent alcohol:absent"},
        {"Zij blowt, drinkt niet.", "drugs:present alcohol:absent"},
        {"Zij blowt en zij is vandaag boos en weg niet.", "drugs:present"},
    };
    SAYS(cases);
}

TEST(words_end_the_reach_of_cues)
{
    static const char *const cases[][2] = {
        {"Geen geld maar drugs.", "money:absent drugs:present"},
        {"Geen geld wel drugs.", "money:absent drugs:present"},
        {"Geen geld echter drugs.", "money:absent drugs:present"},
        {"Vermoedelijk geld maar drugs.", "money:suspected drugs:suspected"},
        {"Vermoedelijk geld echter drugs.", "money:suspected drugs:present"},
        {"Drugs maar geld niet.", "drugs:present money:absent"},
        {"Maar drugs nu niet.", "drugs:absent"},
        {"Geen mooie drugs maar geld.", "drugs:absent money:present"},
    };
    SAYS(cases);
}

TEST(a_sign_or_word_answers_for_its_place_in_a_list)
{
    static const char *const cases[][2] = {
        {"Drugs -, alcohol +, geld -", "drugs:absent alcohol:present money:absent"},
        {"drugs -\nalcohol +\ngeld -", "drugs:absent alcohol:present money:absent"},
        {"Vaak drugs -; alcohol +.", "drugs:absent alcohol:present"},
        {"Drugs - / alcohol +", "drugs:absent alcohol:present"},
        {"Drugs: +\nAlcohol: -", "drugs:present"},
        {"Drugs -", "drugs:absent"},
        {"Drugs - alcohol", "drugs:present alcohol:present"},
        {"Drugs + alcohol", "drugs:present alcohol:present"},
        {"Drugs +/- alcohol", "drugs:present alcohol:present"},
        {"Zij mag nu helaas geld -, wij", "money:present"},
        {"Drugs nee, alcohol ja", "drugs:absent alcohol:present"},
        {"Alcohol ja; drugs nvt; geld onbekend", "alcohol:present drugs:absent"},
        {"Drugs en geld nee en alcohol ja", "drugs:present money:absent alcohol:present"},
        {"Nee, zij had drugs. Ja, thee ja, alcohol nee, en zij had geld.",
         "drugs:present alcohol:absent money:present"},
        {"Alcohol, ja en nee, drugs nee", "alcohol:present drugs:absent"},
    };
    SAYS(cases);
}

TEST(longer_words_take_cues_away)
{
    static const char *const cases[][2] = {
        {"Geen idee drugs.", "drugs:present"},
        {"Niet alleen drugs.", "drugs:present"},
        {"Geen idee, geen drugs.", "drugs:absent"},
        {"Niet drugs alleen.", "drugs:absent"},
    };
    SAYS(cases);
}

TEST(cues_within_a_mention_act_only_from_its_gap)
{
    static const char *const cases[][2] = {
        {"Zij loopt weg.", "gone:present"},
        {"Zij loopt niet weg.", "gone:absent"},
        {"Zij loopt vermoedelijk weg.", "gone:suspected"},
        {"Zij loopt wel weg.", "gone:present"},
        {"Zij loopt niet om maar weg.", "gone:present"},
        {"Niet loopt zij maar weg.", "gone:present"},
        {"Zij is niet teruggekeerd.", "gone:present"},
        {"Zij is vermoedelijk niet teruggekeerd.", "gone:suspected"},
    };
    SAYS(cases);
}

TEST(a_negation_reaches_through_a_list)
{
    static const char *const cases[][2] = {
        {"Zij heeft geen drugs, pillen of geld.", "drugs:absent pills:absent money:absent"},
        {"Zij heeft geen drugs, pillen en geld.", "drugs:absent pills:absent money:absent"},
        {"Zij heeft geen drugs of pillen.", "drugs:absent pills:absent"},
        {"Zij heeft geen drugs, pillen.", "drugs:absent pills:present"},
        {"Zij heeft geen drugs. Pillen of geld.", "drugs:absent pills:present money:present"},
    };
    SAYS(cases);
}

TEST(what_others_do_is_said_of_others)
{
    static const char *const cases[][2] = {
        {"Moeder blowt.", "drugs:other"},
        {"Moeder blowt niet.", "drugs:other"},
        {"Moeder drinkt en blowt.", "alcohol:other drugs:other"},
        {"Moeder drinkt. Zij blowt.", "alcohol:other drugs:present"},
        {"Moeder drinkt, het meisje blowt.", "alcohol:other drugs:present"},
        {"Zij blowt met vader.", "drugs:present"},
        {"Met vader blowt zij.", "drugs:present"},
        {"Met haar oude vader blowt het meisje.", "drugs:present"},
        {"Moeder zegt drugs.", "drugs:present"},
        {"Moeder drinkt, zei vaak iets, blowt.", "alcohol:other drugs:present"},
        {"Moeder zegt dat zij blowt.", "drugs:present"},
        {"Moeder zegt dat vader blowt.", "drugs:other"},
        {"Zij heeft een zus die blowt.", "drugs:other"},
        {"Moeder sloeg het meisje die blowt.", "hit:other drugs:present"},
        {"Moeder is zelf boos blowt.", "drugs:present"},
        {"Moeder heeft geld.", "money:present"},
    };
    SAYS(cases);
}

TEST(what_is_done_to_the_youth_counts)
{
    static const char *const cases[][2] = {
        {"Vader slaat haar.", "hit:present"},
        {"Vader slaat hem vaak.", "hit:present"},
        {"Vader slaat haar vriend.", "hit:other"},
        {"Vader heeft haar geslagen.", "hit:present"},
        {"Vader heeft haar toen vaak geslagen.", "hit:present"},
        {"Vader heeft haar vriend geslagen.", "hit:other"},
        {"Vader slaat moeder.", "hit:other"},
        {"Vader slaat haar moeder.", "hit:other"},
        {"Vader heeft geslagen bij haar.", "hit:other"},
        {"Zij is door vader geslagen.", "hit:present"},
        {"Zij slaat vader.", "hit:present"},
        /* not yet: {"Vader slaat haar niet.", "hit:absent"}, */
    };
    SAYS(cases);
}

TEST(who_was_introduced_with_a_name_goes_by_it)
{
    static const char *const cases[][2] = {
        {"Daar is haar zus Kim. Gisteren heeft Kim drugs.", "drugs:other"},
        {"Daar is het meisje Noor. Gisteren heeft Noor drugs.", "drugs:present"},
        {"Daar was Noor (15) en Bo (16). Daarna heeft Bo drugs en Noor heeft pillen.",
         "drugs:other pills:present"},
        {"Daar was Noor, 15 en Bo, 16. Daarna heeft Bo drugs.", "drugs:other"},
        {"Daar was Noor (45) en Bo (16). Daarna heeft Bo drugs.", "drugs:present"},
        {"Daar is haar zus Kim. Gisteren heeft kim drugs.", "drugs:present"},
        {"Zus Kim Is Er. Kim Heeft Drugs.", "drugs:present"},
        {"Daar is zij met Bo. Gisteren heeft Bo drugs.", "drugs:other"},
        {"Daar is haar zus. Gisteren heeft Kim drugs.", "drugs:present"},
    };
    SAYS(cases);
}

TEST(statuses_that_other_cues_make)
{
    static const char *const cases[][2] = {
        {"Indien zij blowt.", ""},
        {"Zij wil drugs.", ""},
        {"Zij wil logeren.", "visit:suspected"},
        {"Zij wil niet logeren.", "visit:absent"},
        {"Zij ontkent drugs.", "drugs:suspected"},
        {"Zij ontkent geen drugs.", "drugs:suspected"},
        {"Vroeger had zij drugs.", "drugs:past"},
        {"Vroeger had zij pillen.", "pills:present"}, /* it lasts */
        {"Vroeger had zij geen drugs.", "drugs:absent"},
        {"Vroeger was zij boos, nu blowt zij.", "drugs:present"},
        {"Vroeger en nu drugs.", "drugs:present"},
        {"Nu en vroeger drugs.", "drugs:past"},
        {"Zij is gestopt met pillen.", "pills:past"},
        {"Met drugs is zij gestopt.", "drugs:past"},
        {"Vroeger liep zij weg.", "gone:past repeat:present"},
        {"Vroeger liep zij niet weg.", "gone:absent"},
        {"Zij liep vroeger weg.", "gone:past repeat:present"},
    };
    SAYS(cases);
}

TEST(times_tell_history_from_now)
{
    static const char *const cases[][2] = {
        {"In 2016 had zij drugs.", "drugs:past"},
        {"In 2018 had zij drugs.", "drugs:present"},
        {"Zij had drugs in 2016.", "drugs:past"},
        {"In 2016 had zij pillen.", "pills:present"},
        {"In 2016 had zij geen drugs.", "drugs:absent"},
        {"In januari had zij drugs.", "drugs:past"},
        {"In maart had zij drugs.", "drugs:present"},
        {"In juni had zij drugs.", "drugs:past"},
        {"In april had zij drugs.", "drugs:past"},
        {"In april heeft zij drugs.", "drugs:present"}, /* still to come */
        {"Op 3 januari 2018 had zij drugs.", "drugs:past"},
        {"Op 20 februari 2018 had zij drugs.", "drugs:present"},
        {"Op 03-01-2018 had zij drugs.", "drugs:past"},
        {"Gisteren had zij drugs.", "drugs:present"},
        {"Sinds 2016 heeft zij drugs.", "drugs:present"},
        {"Tot 2016 had zij drugs.", "drugs:present"},
        {"In 2016 was zij boos, zij had drugs.", "drugs:past"},
        {"In 2016 was zij boos, gisteren had zij drugs.", "drugs:present"},
        {"In 2016 nu drugs.", "drugs:present"},
        {"In 2016 liep zij weg.", "gone:past repeat:present"},
    };
    SAYS(cases);
}

TEST(lists_of_dates_date_their_lines)
{
    static const char *const cases[][2] = {
        {"12-02-2018: drugs", "drugs:past"},
        {"25-02-2018: drugs", "drugs:present"},
        {"Op 12-02-2018 drugs", "drugs:present"}, /* a sentence, no list */
        {"Zij had op 12-02-2018 drugs", "drugs:present"},
        {"12-02-2018 zij was boos.\nZij heeft drugs.", "drugs:past"},
        {"12-02-2018 zij was boos.\n28-02-2018 zij heeft drugs.", "drugs:present"},
        {"12-02-2018 zij was boos.\n\nZij heeft drugs.", "drugs:present"},
    };
    SAYS(cases);
}

TEST(a_tale_goes_on_in_the_past_tense)
{
    static const char *const cases[][2] = {
        {"Zij was in 2016 boos. Zij had drugs.", "drugs:past"},
        {"Zij was in 2016 boos. Zij heeft drugs.", "drugs:present"},
        {"Zij was in 2016 boos. A. Zij was er. Zij had drugs.", "drugs:past"},
        {"Zij was in 2016 boos. Was er. Was daar. Was boos. Zij had drugs.", "drugs:present"},
        {"Zij was in 2016 boos.\n\nZij had drugs.", "drugs:present"},
        {"Zij was in 2016 boos. Gisteren was zij weg. Zij had drugs.", "drugs:present"},
        {"Zus was in 2016 boos. Zij had drugs.", "drugs:present"},
        {"Zij was in 2016 boos, is nu lief. Zij had drugs.", "drugs:present"},
    };
    SAYS(cases);
}

TEST(headings_say_what_their_answers_say)
{
    static const char *const cases[][2] = {
        {"Medicatie: ja", "pills:present"},
        {"Medicatie: ja zeker", "pills:present"},
        {"Medicatie: nee", "pills:absent"},
        {"Medicatie: n.v.t.", "pills:absent"},
        {"Medicatie: onbekend", ""},
        {"Medicatie: ja/nee", ""},
        {"Medicatie:", ""},
        {"Medicatie:\nDrugs: ja", "drugs:present"},
        {"Medicatie: pillen", "pills:present"},
        {"Medicatie: geen pillen", "pills:absent"},
        {"Medicatie: geen", "pills:absent"},
        {"Medicatie: \"nee\"", "pills:present"}, /* what somebody said */
        {"Medicatie: vermoedelijk wel", "pills:suspected"},
        {"Medicatie: wil zij", ""},
        {"Medicatie: indien ziek", ""},
        {"Medicatie: veel", "pills:present"},
        {"Medicatie: Moeder slikt veel", "pills:other"},
        {"Medische zaken: nee", "pills:absent"},
        {"Drugs: nee", "drugs:absent"},
        {"Drugs: ja", "drugs:present"},
        {"Drugs: vroeger", "drugs:past"},
        {"Drugs of drank: nee", "drugs:absent"},
        {"Logeren: wil zij", "visit:suspected"},
        {"Zij heeft medicatie.", ""},
        {"Medicatie", ""},
        {"Medicatie nee", "pills:absent"},
        {"Medicatie - nee", "pills:absent"},
        {"Medicatie -\nDrugs: ja", "pills:absent drugs:present"},
        {"Medicatie -", "pills:absent"},
        {"Drugs\n- wiet", "drugs:present drugs:present"},
        {"| medicatie | nee |\n| drugs | ja |", "pills:absent drugs:present"},
        {"| medicatie | |\n| drugs | ja |", "drugs:present"},
    };
    SAYS(cases);
}

TEST(questions_say_what_their_answers_say)
{
    static const char *const cases[][2] = {
        {"Medicatie? Nee.", "pills:absent"},
        {"Medicatie? Ja, veel.", "pills:present"},
        {"Medicatie? Onbekend.", ""},
        {"Medicatie?", ""},
        {"Drugs?", ""},
        {"Drugs? Nee", "drugs:absent"},
        {"Blowt zij? Nee.", "drugs:absent"},
        {"Blowt zij? Ja.", "drugs:present"},
        /* not yet: {"Blowt zij?", ""}, */
        /* not yet: {"Blowt zij? Zij is boos.", ""}, */
        {"Blowt zij? Onbekend.", ""},
        {"Blowt zij? Heeft zij niet gezegd.", "drugs:absent"},
    };
    SAYS(cases);
}

TEST(boxes_tick_what_stands_beside_them)
{
    static const char *const cases[][2] = {
        {"[x] drugs", "drugs:present"},
        {"[ ] drugs", ""},
        {"[?] drugs", ""},
        {"[-] drugs", "drugs:absent"},
        {"[x] drugs [ ] alcohol", "drugs:present"},
        {"[ ] drugs [x] alcohol", "alcohol:present"},
        {"[x] medicatie", "pills:present"},
        {"drugs [x]", "drugs:present"},
        {"drugs [ ]", ""},
        {"Drugs: [x] ja [ ] nee", "drugs:present"},
        {"Drugs: [ ] ja [x] nee", "drugs:absent"},
        {"Drugs: ja [ ] nee [x]", "drugs:absent"},
        {"Drugs: ja [x] nee [ ]", "drugs:present"},
        {"Drugs: [ ] ja [ ] nee", ""},
        {"Drugs [ ] ja [x] nee", "drugs:absent"},
        {"Drugs: [x]", "drugs:present"},
        {"Soms: [x] drugs [ ] alcohol", "drugs:present"},
        {"drugs [-], alcohol [+]", "drugs:absent alcohol:present"},
        {"[x] niet geld [x] drugs", "money:absent drugs:present"},
        {"[x] drugs\n[ ] alcohol", "drugs:present"},
        {"ja nee\n[ ] [x] drugs\n[x] [ ] alcohol", "drugs:absent alcohol:present"},
        {"nee ja\n[ ] [x] drugs\n[x] [ ] alcohol", "drugs:present alcohol:absent"},
        {"ja nee\n[ ] [ ] drugs\n[ ] [ ] alcohol", ""},
        {"ja nee\ndrugs [ ] [x]\nalcohol [x] [ ]", "drugs:absent alcohol:present"},
        {"[ ] [x] drugs", "drugs:present"},
        {"Drugs: [ ]", ""},
    };
    SAYS(cases);
}

TEST(enough_items_say_it_fewer_hint_at_it)
{
    static const char *const cases[][2] = {
        {"Tandenborstel mee.", "kit:suspected"},
        {"Tandenborstel en kleren mee.", "kit:present kit:present"},
        {"Tandenborstel, nog een tandenborstel.", "kit:suspected kit:suspected"},
        {"Kleren en een tas met kleren.", "kit:suspected kit:suspected kit:suspected"},
        {"Geen tandenborstel. Kleren mee.", "kit:suspected"},
        {"Geen tandenborstel.", ""},
        {"Vermoedelijk tandenborstel. Paspoort mee.", "kit:present kit:present"},
        {"Moeder heeft kleren. Paspoort mee.", "kit:suspected"},
        {"Ingepakt: ja", ""},
        {"Alles is ingepakt.", "kit:present"},
    };
    SAYS(cases);
}

TEST(signals_are_quoted_from_the_text)
{
    struct lexicon_fixture f;
    static const char text[] = "Zij LOOPT, heel\nboos, Weg!";
    lexicon_open(&f, lexicon, NULL);
    lexicon_says(&f, text, "gone:present");
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, f.reader.text.mentions);
    CHECK_STR(mp_text_quote(&f.reader.text, m->first, m->last), "LOOPT, heel\nboos, Weg");
    CHECK_INT(m->mask, 0x9);
    CHECK_INT(m->cue, MP_NO_CUE);
    lexicon_says(&f, "Zij heeft geen drugs.", "drugs:absent");
    m = MP_ITEMS(struct mp_mention, f.reader.text.mentions);
    const struct mp_hit *cue = MP_ITEMS(struct mp_hit, f.reader.text.hits) + m->cue;
    CHECK_STR(mp_text_quote(&f.reader.text, cue->first, cue->last), "geen");
    CHECK_STR(f.lexicon.entries[cue->entry].at->text, "geen");
    lexicon_close(&f);
}

TEST(each_text_with_a_word_that_an_expression_is_given_up_at_says_so)
{
    static const char endless[] = "Drugs aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.";
    struct lexicon_fixture f;
    lexicon_open(&f, lexicon,
                 "lists: {endless: ['/((a+)+)+[b-d]/']}\n"
                 "codes: {own: {new: true, mentions: [<endless>]}}\n");
    lexicon_says(&f, "Drugs.", "drugs:present");
    CHECK(!f.reader.gave_up);
    for (int i = 0; i < 3; i++) {
        lexicon_says(&f, endless, "drugs:present"); /* as if it did not fit */
        CHECK(f.reader.gave_up);
        lexicon_says(&f, "Aab.", "own:present");
        CHECK(!f.reader.gave_up);
    }
    lexicon_says(&f, "", "");
    CHECK(!f.reader.gave_up);
    lexicon_close(&f);
}

TEST(without_the_time_of_the_report_nothing_is_history)
{
    struct lexicon_fixture f;
    lexicon_open(&f, lexicon, NULL);
    CHECK(
        mp_text_read(&f.lexicon, &f.reader, MP_STR("In 2016 had zij drugs."), (struct mp_time){0}));
    CHECK_INT(MP_ITEMS(struct mp_mention, f.reader.text.mentions)->status, MP_PRESENT);
    lexicon_close(&f);
}

/* lib/text/verdict, names, and how far context reaches: with the lists of grammar that
 * tests/unit/reading.c does without */
#include "lexicon_fixture.h"

static const char lexicon[] =
    "codes:\n"
    "  drugs: {mentions: [drugs, '@blowen', wit ... poeder]}\n"
    "  alcohol: {mentions: [alcohol, '@drinken']}\n"
    "  clean: {mentions: [wiet], past: [verslaafd geweest]}\n"
    "  low: {mentions: [somber, is .. ziek], absent: [niet .. somber]}\n"
    "  pills: {lasting: true, mentions: [pillen], headings: [medicatie]}\n"
    "  gang: {about: anyone, mentions: [bende], absent: [bendeloos]}\n"
    "  hit: {about: object, mentions: ['@slaan']}\n"
    "  visit: {plan: suspected, mentions: [logeren]}\n"
    "  abuse: {claimed: suspected, mentions: [misbruikt]}\n"
    "  smell: {suspected: ['@roken .. drank']}\n"
    "  late: {mentions: [niet terug], absent: [geen school]}\n"
    "  found: {about: anyone, mentions: [zij .. gevonden, haalt haar]}\n"
    "context:\n"
    "  - {status: absent, side: before, reach: 4, cues: [geen, nooit]}\n"
    "  - {status: absent, side: both, reach: 4, cues: [niet, is zij niet]}\n"
    "  - {status: absent, side: before, reach: clause, cues: [van niets]}\n"
    "  - {status: absent, side: after, reach: neighbour, cues: [^ voor .. geldt dat niet]}\n"
    "  - {status: absent, side: after, reach: clause, cues: [zij niet]}\n"
    "  - {status: absent, side: after, reach: neighbour, cues: [^ dat klopt niet]}\n"
    "  - {status: suspected, side: before, reach: clause, cues: [vermoedelijk]}\n"
    "  - {status: suspected, side: before, reach: sentence, cues: [mogelijk motief]}\n"
    "  - {status: suspected, side: after, reach: neighbour, cues: [onbevestigd]}\n"
    "  - {status: suspected, side: after, reach: sentence, cues: [te bezien]}\n"
    "  - {ends: suspected, cues: [maar]}\n"
    "  - {ends: absent, cues: [niet alleen]}\n"
    "  - {status: suspected, side: before, reach: clause, cues: [is verm]}\n"
    "  - {status: untrue, side: before, reach: clause, cues: [niet zo dat]}\n"
    "  - {status: past, side: both, reach: sentence, cues: [als kind, vroeger]}\n"
    "  - {status: past, side: after, reach: neighbour, cues: [dat was toen]}\n"
    "  - {status: other, side: both, reach: sentence, cues: [gaat over haar zus]}\n"
    "  - {status: other, side: after, reach: neighbour, cues: [dat was haar zus]}\n"
    "  - {status: silent, side: before, reach: clause, cues: [gevraagd of, mocht zij]}\n"
    "  - {status: plan, side: both, reach: clause, cues: [haalt haar straks]}\n"
    "  - {status: plan, side: after, reach: clause, cues: [volgt]}\n"
    "  - {status: plan, side: before, reach: clause, cues: [^ gepland]}\n"
    "  - {status: now, side: before, reach: clause, cues: [nu]}\n"
    "  - {status: claimed, side: before, reach: clause, cues: [zegt dat]}\n"
    "  - {status: denied, side: after, reach: sentence, cues: [zelf ontkent hij]}\n"
    "answers:\n"
    "  'yes': [ja]\n"
    "  'no': [nee, niet, van niet]\n";

static const char lists[] = "lists:\n"
                            "  first_names: [kim, noor, bo, amber]\n"
                            "  name_titles: [groep]\n"
                            "  no_names: [snapchat]\n"
                            "  own_stories: [zus, moeder]\n"
                            "  dependents: [omdat, terwijl]\n"
                            "  auxiliaries: [heeft, is]\n"
                            "  full_stops: [punt, stop]\n";

static void says(const char *const (*cases)[2], size_t n)
{
    struct lexicon_fixture f;
    lexicon_open(&f, lexicon, lists);
    for (size_t i = 0; i < n; i++)
        lexicon_says(&f, cases[i][0], cases[i][1]);
    lexicon_close(&f);
}
#define SAYS(cases) says(cases, sizeof(cases) / sizeof *(cases))

TEST(the_given_names_of_the_record_are_the_youths)
{
    static const char text[] = "Kim is weg. Gisteren heeft Noor drugs.";
    struct lexicon_fixture f;
    lexicon_open(&f, lexicon, lists);
    lexicon_says(&f, text, "drugs:other");
    mp_text_of_youth(&f.reader, MP_STR("Anne-No\303\266r"));
    lexicon_says(&f, text, "drugs:present");
    lexicon_says(&f, text, "drugs:other"); /* they are those of one text */
    mp_text_of_youth(&f.reader, MP_STR("Noor"));
    lexicon_says(&f, "Haar zus Noor is weg. Gisteren heeft Noor drugs.", "drugs:other");
    mp_text_of_youth(&f.reader, MP_STR("No"));
    lexicon_says(&f, text, "drugs:other");
    lexicon_close(&f);
}

TEST(the_first_name_that_nobody_introduces_is_the_youths)
{
    static const char *const cases[][2] = {
        {"Kim is weg. Noor heeft drugs.", "drugs:other"},
        {"Kim is weg. Gisteren heeft Kim drugs.", "drugs:present"},
        {"Weg is Kim de Wit, 15 jaar. Gisteren heeft Kim drugs.", "drugs:present"},
        {"Weg is Kim (15) en Noor Wit (16). Gisteren heeft Noor drugs.", "drugs:other"},
        {"Daar is het meisje Wit Kim (15). Gisteren heeft Kim drugs.", "drugs:present"},
        {"Daar is het meisje Kim. Gisteren heeft Noor drugs.", "drugs:other"},
        {"Een meisje van 15 is weg. Kim (16) is daar. Kim heeft drugs.", "drugs:other"},
        {"Een meisje van 15 is weg. Kim (15) is daar. Kim heeft drugs.", "drugs:present"},
        {"Daar is haar zus Kim. Kims drugs.", "drugs:other"},
        {"Groep Amber is dicht. Kim is weg. Amber heeft drugs.", "drugs:present"},
        {"Zij is daar met Snapchat. Snapchat heeft drugs.", "drugs:present"},
        /* a pronoun before a name introduces nobody */
        {"Noor (16) zegt dat zij Kim (14) zag. Kim heeft drugs.", "drugs:other"},
    };
    SAYS(cases);
}

TEST(a_text_of_names_takes_no_longer_than_its_words)
{
    struct lexicon_fixture f;
    struct mp_buf b = {0};
    for (int i = 0; i < 20000; i++)
        mp_buf_addf(&b, "kim Noor%d, Bo (15) is. ", i);
    mp_buf_addc(&b, 0);
    lexicon_open(&f, lexicon, lists);
    lexicon_says(&f, b.data, "");
    lexicon_close(&f);
    mp_buf_free(&b);
}

TEST(that_one_is_whom_the_sentence_before_named_last)
{
    static const char *const cases[][2] = {
        {"Zij was bij haar zus. Die heeft drugs.", "drugs:other"},
        {"Zij was bij haar zus. Die drugs zijn weg.", "drugs:present"},
        {"Zij was bij haar zus.\n\nDie heeft drugs.", "drugs:present"},
        {"Haar zus zag het meisje. Die heeft drugs.", "drugs:present"},
        {"Haar jongere zus blowt.", "drugs:other"}, /* the word is also one for the youth */
        {"De jongere blowt.", "drugs:present"},
        {"Zij was bij haar zus. Dat is drugs.", "drugs:present"},
    };
    SAYS(cases);
}

TEST(whoever_does_it_counts_unless_only_others_are_spoken_of)
{
    static const char *const cases[][2] = {
        {"Zus zit bij een bende.", "gang:present"}, /* no verb that is known */
        {"Zus is bij een bende.", "gang:other"},
        {"Zus is weg en heeft een bende.", "gang:other"},
        {"Vader is bij een bende.", "gang:present"}, /* no story of his own */
        {"Zus is bij haar bende.", "gang:present"},  /* the youth stands in it */
        {"Bij de bende is een zus.", "gang:present"},
        {"Een bende gaat over haar zus.", "gang:other"},
        {"Een bende was er. Dat was haar zus.", "gang:other"},
        {"Bendeloos. Dat was haar zus.", "gang:absent"},
        {"Moeder drinkt, zij niet.", "alcohol:absent"},
        {"Moeder drinkt, vader niet.", "alcohol:other"},
    };
    SAYS(cases);
}

TEST(doubt_goes_on_into_what_is_told_more)
{
    static const char *const cases[][2] = {
        {"Vermoedelijk is zij weg, omdat zij drugs heeft.", "drugs:suspected"},
        {"Vermoedelijk is zij weg en heeft drugs.", "drugs:suspected"},
        {"Vermoedelijk is zij weg en zij heeft drugs.", "drugs:present"},
        {"Vermoedelijk is zij bij vader die drugs heeft.", "drugs:other"},
        {"Vermoedelijk is zij weg. Zij heeft drugs.", "drugs:present"},
        {"Vader zegt dat hij er was omdat zij misbruikt is.", "abuse:suspected"},
        {"Vader zegt dat hij er was. Zij is misbruikt.", "abuse:present"},
        {"Zij heeft drugs, maar dat is te bezien.", "drugs:suspected"},
        {"Vermoedelijk is zij weg maar drugs.", "drugs:present"},
        {"Zij heeft drugs. Onbevestigd.", "drugs:suspected"},
        {"Zij heeft drugs. Het is onbevestigd dat zij hier was gisteren.", "drugs:present"},
        {"Zij heeft drugs. Dat klopt niet.", "drugs:absent"},
        {"Vroeger drugs. Zij was weg. Dat was toen.", "drugs:past"},
        {"Zij had drugs. Dat was toen.", "drugs:past"},
        {"Zij heeft drugs. Dat was haar zus.", "drugs:other"},
    };
    SAYS(cases);
}

TEST(a_semicolon_ends_no_talk_about_what_stood_before)
{
    static const char *const cases[][2] = {
        {"Hij had drugs; zelf ontkent hij.", "drugs:suspected"},
        {"Hij had drugs. Zelf ontkent hij.", "drugs:present"},
        {"Hij had drugs; dat gaat over haar zus.", "drugs:other"},
        {"Hij had drugs; hij was er en dat gaat over haar zus.", "drugs:present"},
        {"Hij heeft drugs; vroeger was hij boos.", "drugs:present"},
    };
    SAYS(cases);
}

TEST(a_tale_of_earlier_times_goes_on)
{
    static const char *const cases[][2] = {
        {"Als kind was zij boos. Vader sloeg haar.", "hit:past"},
        {"Als kind was zij boos. Vader slaat haar.", "hit:present"},
        {"Als kind was zij boos. Gisteren was zij er. Vader sloeg haar.", "hit:present"},
        {"Als kind was zij boos. Nu sloeg vader haar.", "hit:present"},
        {"Als kind was zij boos.\n\nVader sloeg haar.", "hit:present"},
        {"In 2016 was zij boos, zij heeft drugs.", "drugs:past"},
        {"In 2016 was zij boos, zij drinkt.", "alcohol:present"},
        {"Nooit verslaafd geweest.", "clean:absent"},
        {"Zij rookte naar drank.", "smell:suspected"},
        {"Zij rookte niet naar drank.", "smell:absent"},
        {"Zij is verslaafd geweest.", "clean:past"},
    };
    SAYS(cases);
}

TEST(plans_of_something_else_silence_nothing)
{
    static const char *const cases[][2] = {
        {"Drugs volgt.", ""},
        {"Drugs, aangifte volgt.", "drugs:present"},
        {"Logeren, dag volgt.", "visit:suspected"},
        {"Mogelijk motief: drugs.", "drugs:suspected"},
        {"Mogelijk: motief drugs.", "drugs:present"}, /* no cue goes over a colon */
    };
    SAYS(cases);
}

TEST(questions_are_answered_in_many_ways)
{
    static const char *const cases[][2] = {
        {"Gevraagd of zij blowt: nee.", "drugs:absent"},
        {"Gevraagd of zij blowt. Antwoord van vader: nee.", "drugs:absent"},
        {"Gevraagd of zij blowt. Moeder zegt van niet.", "drugs:absent"},
        {"Gevraagd of zij blowt. Vader was boos.", ""},
        {"Drugs? Dat is de zus.", "drugs:other"},
        {"Drugs? Vroeger wel.", "drugs:past"},
        {"Drugs? Ja, vroeger.", "drugs:present"},
        {"Drugs? [ ] ja [x] nee", "drugs:absent"},
        {"Drugs? [x] ja [ ] nee", "drugs:present"},
        {"Drugs? [ ] ja [ ] nee", ""},
        {"Drugs: vroeger, nu niet", "drugs:past"},
        {"Of zij drugs heeft: nee.", "drugs:absent"},
        {"medicatie;nee;drugs;ja;alcohol;nee", "pills:absent drugs:present alcohol:absent"},
        {"medicatie;nee drugs;ja alcohol;nee", "pills:absent drugs:present alcohol:absent"},
        {"Zij heeft drugs; nee.", "drugs:present"},
        {"Drugs; nee zei zij.", "drugs:present"},
        {"Of zij drugs heeft: nee maar.", "drugs:present"},
        {"Meting\n[-] drugs\n[x] alcohol\n[?] wiet", "drugs:absent alcohol:present"},
    };
    SAYS(cases);
}

TEST(yes_to_a_plan_is_a_plan)
{
    static const char *const cases[][2] = {
        {"Logeren: ja", "visit:present"},
        {"Logeren: ja, volgt nog", "visit:suspected"},
        {"Logeren? Ja, dag volgt.", "visit:suspected"},
        {"Logeren? Gepland.", "visit:suspected"},
        {"Logeren? Ja, zij was daar en gisteren ook. Dag volgt.", "visit:present"},
        {"Logeren: nee, volgt", "visit:absent"},
        {"Drugs: ja, volgt", "drugs:present"}, /* no plan of these */
        {"Drugs? Gepland.", ""},
    };
    SAYS(cases);
}

TEST(what_takes_a_negation_back_does_so_within_what_says_itself_that_it_is_not_so)
{
    static const char *const cases[][2] = {
        {"Zij is niet somber.", "low:absent"},
        {"Zij is niet alleen somber.", "low:present"},
        {"Zij was niet gisteren alleen somber.", "low:absent"},
    };
    SAYS(cases);
}

TEST(an_auxiliary_makes_no_cue_part_of_a_mention)
{
    static const char *const cases[][2] = {
        {"Zij is erg ziek.", "low:present"},
        {"Zij is verm ziek.", "low:suspected"},
    };
    SAYS(cases);
}

TEST(what_stands_behind_a_person_and_a_colon_is_what_they_say)
{
    static const char *const cases[][2] = {
        {"Zus: zij blowt.", "drugs:present"},
        {"Zus (is daar): zij blowt.", "drugs:present"},
        {"Zus (heeft 0612345678): zij blowt.", "drugs:present"},
        {"Zus is 0612345678: zij blowt.", "drugs:present"},
        {"Zus, is 0612345678: zij blowt.", "drugs:present"},
        {"Zus is boos: zij blowt.", "drugs:other"},
        {"Zus (0612345678) blowt.", "drugs:other"},
    };
    SAYS(cases);
}

TEST(full_stops_may_be_words)
{
    static const char *const cases[][2] = {
        {"zij is weg stop als kind alcohol stop zij heeft drugs stop einde",
         "alcohol:past drugs:present"},
        {"zij is weg stop als kind alcohol stop zij heeft drugs", "alcohol:past drugs:past"},
        {"punt punt punt", ""},
        {"hij is weg stop geen stop drugs stop einde", "drugs:present"},
        {"hij is weg stop jas wit stop geen poeder stop einde", ""}, /* patterns stop too */
        {"hij is weg, jas wit, een poeder", "drugs:present"},
    };
    SAYS(cases);
}

TEST(a_word_for_the_youth_makes_no_cue_part_of_a_mention)
{
    static const char *const cases[][2] = {
        {"Zij is gevonden.", "found:present"},
        {"Mocht zij worden gevonden.", ""},
        {"Vader haalt haar.", "found:present"},
        {"Vader haalt haar straks.", ""},
    };
    SAYS(cases);
}

TEST(who_denies_a_denial_says_that_it_is_so)
{
    static const char *const cases[][2] = {
        {"Het is niet zo dat hij nooit blowt.", "drugs:present"},
        {"Het is niet zo dat hij blowt.", "drugs:absent"},
        {"Het is niet zo dat zij geen school heeft.", "late:present"},
        {"Het is niet zo dat zij niet terug is.", "late:absent"},
        {"Het is niet zo dat haar zus nooit blowt.", "drugs:other"},
    };
    SAYS(cases);
}

TEST(a_negation_acts_on_what_it_can_reach)
{
    static const char *const cases[][2] = {
        /* the word that denies is the mention's own */
        {"Gisteren is zij niet terug.", "late:present"},
        {"Gisteren is zij niet daar met drugs.", "drugs:absent"},
        {"Geen alcohol, drugs en pillen.", "alcohol:absent drugs:absent pills:absent"},
        {"Geen alcohol, drugs, zij heeft er en is weg.", "alcohol:absent drugs:present"},
        {"Mag niet van vader (drugs).", "drugs:present"},
        {"Mag niet van vader drugs.", "drugs:absent"},
        {"Weet van niets een twee drie vier vijf zes zeven drugs.", "drugs:absent"},
        {"Weet van niets een twee drie vier vijf zes zeven acht negen tien drugs.",
         "drugs:present"},
    };
    SAYS(cases);
}

TEST(what_is_somebody_elses_may_be_denied_of_the_youth_by_name)
{
    static const char *const cases[][2] = {
        {"Kim is weg. Haar zus heeft drugs. Voor Kim geldt dat niet.", "drugs:absent"},
        {"Kim is weg. Haar zus heeft drugs. Voor Noor geldt dat niet.", "drugs:other"},
    };
    SAYS(cases);
}

TEST(times_and_doubts_weigh_by_where_they_stand)
{
    static const char *const cases[][2] = {
        /* what tells who somebody is dates nothing else */
        {"Zij is daar met drugs door een man die er vroeger was.", "drugs:present"},
        {"Zij is daar met drugs, vroeger.", "drugs:past"},
        {"Een man die vroeger drugs heeft is daar.", "drugs:past"},
        {"Vroeger was zij er en vermoedelijk heeft zij drugs.", "drugs:suspected"},
        {"Vermoedelijk heeft zij vroeger drugs.", "drugs:suspected"},
        {"Vermoedelijk was zij er. Vroeger had zij drugs.", "drugs:past"},
    };
    SAYS(cases);
}

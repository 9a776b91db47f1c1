/* lib/text/facts, fact_times, fact_person: read with the whole lexicon of schemas/lexicon */
#include "test.h"
#include "text/reader.h"

static const char noon[] = "2018-03-02T12:00", night[] = "2018-03-02T02:10"; /* a Friday */

struct facts {
    struct mp_lexicon lexicon;
    struct mp_reader reader;
};

static void open_facts(struct facts *f)
{
    const char *dir = getenv("MP_SCHEMAS");
    struct mp_buf path = {0};
    struct mp_error e;
    *f = (struct facts){0};
    mp_buf_addf(&path, "%s/lexicon", dir && *dir ? dir : "schemas");
    if (!CHECK_INT(mp_lexicon_load(&f->lexicon, mp_buf_cstr(&path), NULL, &e), 0))
        exit(1);
    mp_buf_free(&path);
}

static void close_facts(struct facts *f)
{
    mp_reader_free(&f->reader);
    mp_lexicon_free(&f->lexicon);
}

/* "" where the fact is not known. */
static void says(struct facts *f, enum mp_fact which, const char *reported, const char *text,
                 const char *want)
{
    struct mp_time at;
    struct mp_buf b = {0};
    CHECK(mp_time_read(mp_str_of(reported), &at));
    CHECK(mp_text_read(&f->lexicon, &f->reader, mp_str_of(text), at));
    const struct mp_fact_value *v = &f->reader.facts[which];
    if (v->known && which == MP_FACT_AGE)
        mp_buf_addf(&b, "%d", v->age);
    else if (v->known && (which == MP_FACT_MISSING_SINCE || which == MP_FACT_RETURNED_AT))
        mp_time_add(&b, v->time);
    else if (v->known)
        mp_buf_addstr(&b, v->word);
    if (!CHECK_STR(mp_buf_str(&b), want))
        test_str(mp_str_of(text), MP_STR(""), "of the text", __FILE__, __LINE__);
    if (v->known)
        CHECK(v->first <= v->last && v->last < f->reader.text.tokens.n);
    mp_buf_free(&b);
}

TEST(ages_of_the_youth)
{
    static const char *const cases[][2] = {
        {"Meisje, 15 jaar, weggelopen.", "15"},
        {"Btr (v, 15 jr) is weg.", "15"},
        {"Een 16-jarige is niet teruggekomen.", "16"},
        {"Zeventienjarige jongen vermist.", "17"},
        {"Jongen van zestien jaar.", "16"},
        {"Naam: S.\nLft: 14\nVerblijf: open", "14"},
        {"Leeftijd/geslacht: 13 / v", "13"},
        {"Daphne (15) is uit het raam geklommen.", "15"},
        {"Ze is 16 en loopt steeds weg.", "16"},
        {"Jongen, geb. 03-03-2002, vermist.", "15"},
        {"Jongen, geb. 02-03-2002, vermist.", "16"},
        {"Een man van 38 haalde haar op.", ""},
        {"Haar zusje (12) is thuis.", ""},
        {"Woont hier al 3 jaar.", ""},
        {"Meldt zich om 15 uur.", ""},
        {"De moeder van Noor (15) belt.", "15"},
        {"Zwangere vrouw van 17 mist. Jongen (15) van de buren zag niets.", "17"},
        {"Verlof bij zijn vader, is hij (16) niet meer verschenen.", "16"},
        {"Tante belt over haar broertje van 15.", "15"},
        {"Btr. is weg met een jongen van 17 jaar.", ""},
        {"Weggelopen met een 17-jarige jongen.", ""},
        {"Zij is naar een jongen van 16 gegaan.", ""},
        {"Moeder mist haar zoon, een jongen van 14 jaar.", "14"},
        {"Hij heeft een vriendin van 16. Hij is zelf 15.", "15"},
        {"V/15/licht getint", "15"},
        {"Relatie: vaste vriend (15)", ""},
        {"Lotte wordt volgende week 17.", "16"},
        {"Hij is net 16 geworden.", "16"},
        {"Jongen zegt 16 te zijn. Vriend (14) ook weg.", "16"},
        {"Leeftijd en geslacht? - 16, v", "16"},
        {"naam;R.\tgesl;M\tlft;17", "17"},
        {"veld_03=V;15", "15"},
        {"Om 22.50 uur was ze weg. 16, klein, kort zwart haar.", "16"},
        {"Vandaag punt Jill komma veertien komma meisje punt", "14"},
        {"Dochter nour 17 is vertrokken.", "17"},
        {"Sem (16) heeft de verstandelijke leeftijd van negen.", "16"},
        {"Speelt op het niveau van een achtjarige.", ""},
        {"Zij denkt als een kind van acht.", ""},
        {"Meisje van 15 denkt als een kind van acht.", "15"},
        {"", ""},
    };
    struct facts f;
    open_facts(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        says(&f, MP_FACT_AGE, noon, cases[i][0], cases[i][1]);
    close_facts(&f);
}

TEST(sex_needs_a_word_or_pronoun)
{
    static const char *const cases[][2] = {
        {"Meisje, 15 jaar, weggelopen.", "f"},
        {"Btr (m, 15 jr) is weg.", "m"},
        {"Geslacht M/V: V", "f"},
        {"K. (m/16) is weg met Y.", "m"},
        {"Lft/gesl.: 15 / v", "f"},
        {"Hij is over het hek geklommen.", "m"},
        {"Ze is met haar tas vertrokken.", "f"},
        {"Kim (15) is weg, lang blond haar.", ""},
        {"Jongen van 16, zijn moeder zegt dat zij niets weet.", "m"},
        {"Sam is non-binair, hij staat nog zo in het dossier.", "x"},
        {"Een trans meisje, geboren als jongen.", "f"},
        {"Noah is een transjongen, moeder noemt hem haar dochter.", "m"},
        {"btr v 14 niet thuis na school", "f"},
        {"naam;R.\tgesl;M\tlft;17", "m"},
        {"R. (m) is dinsdag vertrokken. R. noemt de sfeer. R. zelf zegt niets.", "m"},
        {"Geb. 19-07-2001, vrouw.", "f"},
        {"Niet terug van verlof.", ""},
        {"Zij is samen met een jongen weggelopen.", "f"},
        {"Hij is weggelopen met een meisje van de groep.", "m"},
        {"Een jongen heeft haar opgehaald.", "f"},
        {"Btr is door haar vriend, een jongen van 19, meegenomen.", "f"},
        {"Zij is verkracht door de buurjongen.", "f"},
        {"Het gaat om een jongen, zij heeft hem gebeld.", "m"},
        {"Btr. is weg. Collega's zijn ter plaatse geweest.", ""},
        {"Ouders zijn ingelicht, er zijn geen zorgen.", ""},
        {"Btr. is weg, zijn telefoon staat uit.", "m"},
        {"In een woning van een 34-jarige man aangetroffen.", ""},
        {"De jongen bij wie zij verblijft is 17.", "f"},
        {"Het meisje met wie hij weg is belde.", "m"},
        {"De jongen die wordt vermist is 17.", "m"},
    };
    struct facts f;
    open_facts(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        says(&f, MP_FACT_SEX, noon, cases[i][0], cases[i][1]);
    close_facts(&f);
}

TEST(times_of_leaving)
{
    static const char *const cases[][2] = {
        {"Is gisteravond om 21.30 uur uit het raam geklommen.", "2018-03-01T21:30"},
        {"Had gisteren om 18.00 uur terug moeten zijn van verlof.", "2018-03-01T18:00"},
        {"Vertrok dinsdag om 9.00 uur naar school, had om 15.30 uur thuis moeten zijn.",
         "2018-02-27T15:30"},
        {"Tussen 02.00 en 07.00 uur uit het raam verdwenen.", "2018-03-02"},
        {"Gisteravond na het avondeten weggelopen.", "2018-03-01"},
        {"Bij de ronde van 03.10 uur was het bed leeg.", "2018-03-02"},
        {"Weg sinds: 27-02-2018, 23.10 uur", "2018-02-27T23:10"},
        {"Vermist sinds dinsdag.", "2018-02-27"},
        {"Datum vermissing: 27-02-2018\nTijd vermissing: 17.00", "2018-02-27T17:00"},
        {"Moeder heeft gisteren om 20.00 uur gebeld.", ""},
        {"Verblijft hier sinds 3 januari.", ""},
        {"Zij was bij haar tante van dinsdagnacht tot gisteren 13.10 uur, tante bracht haar terug.",
         "2018-02-27"},
        {"Gisteren verlof gehad van 13.00 tot 15.00 uur, niet teruggekomen.", "2018-03-01T15:00"},
        {"Om 00.05 uur lag hij nog in bed, om 00.30 uur lag er niemand meer.", "2018-03-02"},
        {"Om 22.00 uur vertrokken. Gisteren haar tablet kwijt als straf.", "2018-03-01T22:00"},
        {"Niet terug van verlof.", ""},
        {"Zou om 10u terug zijn van verlof. Kwam pas om 11u30 binnen.", "2018-03-02T10:00"},
        {"Afspraak 10.00 uur, binnen 11.30 uur.", "2018-03-02T10:00"},
        {"Afspraak 10.00 uur, om 11.30 uur nog niet binnen.", "2018-03-02T10:00"},
        {"Om 11.45 uur thuisgebracht door agenten, die haar om 11.00 uur op straat hadden "
         "aangetroffen.",
         ""},
        {"Kwam dinsdag terug van drie dagen weg. Nu sinds 10.40 uur opnieuw weg.",
         "2018-03-02T10:40"},
        {"Gisteren om 15.00 uur teruggebracht en vandaag om 8.00 uur opnieuw weggelopen.",
         "2018-03-02T08:00"},
        {"Kwam dinsdag terug. Is om 10.30 uur opnieuw vertrokken.", "2018-03-02T10:30"},
        {"Kwam dinsdag terug. Is om 23.30 uur opnieuw vertrokken.", "2018-03-01T23:30"},
        {"Was weg sinds maandag. Kwam dinsdag terug. Is om 10.30 uur opnieuw vertrokken.",
         "2018-03-02T10:30"},
        {"Moeder bracht haar woensdag terug. Rond 8.30 uur is ze er weer vandoor gegaan.",
         "2018-03-02T08:30"},
        {"Dinsdag kwam zij om 9.00 uur terug en om 10.30 uur liep zij opnieuw weg.",
         "2018-02-27T10:30"},
        {"Dinsdag is zij weggelopen. Om 10.30 uur nam zij een taxi.", "2018-02-27"},
        {"Mocht zij na 10.00 uur worden aangetroffen, bel de piketdienst.", ""},
        {"Om 9.00 uur weggelopen. Als zij om 11.30 uur niet terug is, melden wij haar opnieuw.",
         "2018-03-02T09:00"},
        {"Wordt hij na 10.00 uur aangetroffen, dan graag naar het bureau brengen.", ""},
        {"Treft u haar na 10.00 uur aan, bel dan de nachtdienst.", ""},
        {"Stel dat zij na 10.00 uur wordt gevonden, dan piket bellen.", ""},
        {"Haar zus werd gisteren om 20.00 uur teruggevonden.", ""},
        {"Het meisje met wie zij weg was is om 10.00 uur aangetroffen.", ""},
    };
    struct facts f;
    open_facts(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        says(&f, MP_FACT_MISSING_SINCE, noon, cases[i][0], cases[i][1]);
    says(&f, MP_FACT_MISSING_SINCE, night, "Om 23.00 uur weggelopen.", "2018-03-01T23:00");
    close_facts(&f);
}

TEST(additions_of_the_day_to_an_early_report)
{
    struct facts f;
    open_facts(&f);
    says(&f, MP_FACT_RETURNED_AT, "2018-03-02T00:40",
         "Gisteravond om 22.00 uur weggelopen.\n02-03-2018 13:53 uur: vanmiddag 12:05 uur zelf "
         "teruggekomen.",
         "2018-03-02T12:05");
    says(&f, MP_FACT_MISSING_SINCE, "2018-03-02T00:40", "Gisteravond om 22.00 uur weggelopen.",
         "2018-03-01T22:00");
    close_facts(&f);
}

TEST(times_of_return)
{
    static const char *const cases[][2] = {
        {"Gisteren om 20.00 uur weggelopen, om 23.15 uur door collega's aangetroffen.",
         "2018-03-01T23:15"},
        {"Gisteren weggelopen. Zij is vanmorgen om 8.20 uur zelf teruggekomen.",
         "2018-03-02T08:20"},
        {"Om 11.00 uur aangetroffen door politie, om 11.45 uur opgehaald door de mentor.",
         "2018-03-02T11:00"},
        {"Vermist van woensdag 14.00 uur t/m donderdag 12.45 uur.", "2018-03-01T12:45"},
        {"Om 10.00 uur weggelopen van de groep.\nAANV 3/3 0815 uur: om 0130 uur aangetroffen.",
         "2018-03-03T01:30"},
        {"Weg van - tot: 26/2 21:00 - 28/2 14:00\nWeer binnen via politie.", "2018-02-28T14:00"},
        {"Dinsdag om 16.00 uur weggelopen. Bleef weg tot woensdag 20.45 uur, kwam zelf terug.",
         "2018-02-28T20:45"},
        {"Weg van maandag 26-2 tot woensdag 28-2. Die dag om 13.00 uur bracht moeder haar terug.",
         "2018-02-28T13:00"},
        {"Om 10.00 uur weggelopen.\nAANVULLING 04-03-2018 03:40 uur: gevonden door de noodhulp.",
         "2018-03-04T03:40"},
        {"Zondagmiddag niet thuisgekomen. Vannacht 03.30 uur stapte hij zelf het bureau binnen. "
         "Moeder heeft hem om 04.15 uur opgehaald.",
         "2018-03-02T03:30"},
        {"Dinsdag weggelopen. Zij is woensdag om 16.00 uur zelf teruggekomen, Roos is nog weg.",
         "2018-02-28T16:00"},
        {"Dinsdag met Roos weggelopen. Roos is gisteren teruggekomen. Van haar zelf nog geen "
         "spoor.",
         ""},
        {"Om 11.45 uur thuisgebracht door agenten, die haar om 11.00 uur op straat hadden "
         "aangetroffen.",
         "2018-03-02T11:00"},
        {"01-03 23.10 uur: gevonden door de wijkagent, om 23.50 uur opgehaald door de mentor.",
         "2018-03-01T23:10"},
        {"Weg sinds 01-03 19.00 uur, gevonden 01-03 23.40 uur, terug op de groep 02-03 1.30 uur.",
         "2018-03-01T23:40"},
        {"Zou om 10u terug zijn van verlof. Kwam pas om 11u30 binnen.", "2018-03-02T11:30"},
        {"Afspraak 10.00 uur, binnen 11.30 uur.", "2018-03-02T11:30"},
        {"Diende zich om 10.00 uur te melden, kwam om 11.30 uur aan.", "2018-03-02T11:30"},
        {"Afspraak 10.00 uur, om 11.30 uur nog niet binnen.", ""},
        {"Om 10.00 uur weggelopen.\nAfloop, 9-3-2018 18.00 uur. Zij is vanmiddag 16.45 uur "
         "teruggebracht.",
         "2018-03-09T16:45"},
        {"Om 10.00 uur weggelopen.\n** 03-03-2018 16.58u ** Vannacht om 00.35 uur teruggekomen.",
         "2018-03-03T00:35"},
        {"Om 10.00 uur weggelopen.\nAANV 15-08-2018 09.15 uur: gisteren 17.55 uur door de politie "
         "gevonden.",
         "2018-08-14T17:55"},
        {"Om 10.00 uur weggelopen.\nAANV 4/3 1119u: Gisteren 16:20 uur terug.", "2018-03-03T16:20"},
        {"Om 10.00 uur weggelopen.\nAANV 04-03-2018 12.12 uur. Op 03-03-2018 te 16.20 uur terug.",
         "2018-03-03T16:20"},
        {"Om 10.00 uur weggelopen.\n4/3 0718u: Adres bezocht, niemand thuis.", ""},
        {"Had verlof en moest za. 3/3 om 23:00 terug.", ""},
        {"Om 10.00 uur weggelopen. Morgen om 9.00 uur wordt zij opgehaald door vader.", ""},
        {"Om 10.00 uur weggelopen. Overmorgen brengt moeder haar om 9.00 uur terug.", ""},
        {"Als we haar niet vinden schrijven we haar maandag uit.", ""},
        {"Weg sinds 9.00 uur. Bij terugkeer graag na 11.00 uur bellen met de groep.", ""},
        {"Gisteren om 15.00 uur teruggebracht en vandaag om 8.00 uur opnieuw weggelopen.", ""},
        {"Om 9.00 uur teruggebracht door politie, om 10.30 uur alweer weg.", ""},
        {"Vandaag teruggebracht, om 10.30 uur opnieuw weg.", ""},
        {"Gisteren om 20.00 uur opnieuw weggelopen, om 23.00 uur aangetroffen.",
         "2018-03-01T23:00"},
        {"Om 9.00 uur weggelopen, om 10.30 uur teruggebracht. Collega's zijn om 11.00 uur weer "
         "vertrokken.",
         "2018-03-02T10:30"},
        {"Woensdag teruggekeerd, vandaag 8.00 uur opnieuw weg, om 9.30 uur aangetroffen.",
         "2018-03-02T09:30"},
        {"Maandag weggelopen. Bed wordt t/m 01-03 aangehouden.", ""},
        {"Maandag weggelopen. Gisteren vond de mentor een advertentie met haar foto's.", ""},
        {"Gisteren om 20.00 uur niet teruggekeerd van verlof.", ""},
        {"Gisteren om 20.00 uur weggelopen, vriendin heeft haar om 22.00 uur gebeld.", ""},
        {"Kwam dinsdag terug. Is om 10.30 uur opnieuw vertrokken.", ""},
        {"Bij aantreffen na 10.00 uur piketdienst bellen.", ""},
        {"Na 10.00 uur kan bij aantreffen de piketdienst worden gebeld.", ""},
        {"Haar vriendin is gisteren aangetroffen door politie.", ""},
        {"De politie heeft haar vriendin gisteren aangetroffen.", ""},
        {"Om 10.00 uur is haar vriendin gevonden.", ""},
        {"De medebewoner is vanochtend om 10.00 uur teruggebracht door de politie.", ""},
        {"Zij is gisteren met haar vriendin aangetroffen door politie.", "2018-03-01"},
        {"Gisteren om 19.00 uur met een groepsgenoot weggelopen. Zij is om 23.00 uur "
         "teruggekomen.",
         "2018-03-01T23:00"},
    };
    struct facts f;
    open_facts(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        says(&f, MP_FACT_RETURNED_AT, noon, cases[i][0], cases[i][1]);
    /* an addition behind the report */
    says(&f, MP_FACT_RETURNED_AT, night,
         "Gisteravond om 23.00 uur weggelopen. Kwam om 02.25 uur zelf weer binnen.",
         "2018-03-02T02:25");
    close_facts(&f);
}

TEST(returns_in_entries)
{
    static const char *const cases[][2] = {
        {"Om 10.00 uur weggelopen.\n03/03 0730 terug.", "2018-03-03T07:30"},
        {"Om 10.00 uur weggelopen, geen prio. 3/3 0015 terug.", "2018-03-03T00:15"},
        {"Om 10.00 uur weggelopen.\n2240: gevonden op perron door conducteur.", "2018-03-02T22:40"},
        {"Om 10.00 uur weggelopen.\n2045: gevonden op perron door conducteur.", "2018-03-02T20:45"},
        {"Om 10.00 uur weggelopen.\n0110u thuis.", "2018-03-03T01:10"},
        {"Om 10.00 uur weggelopen.\nOp 04-03-2018 te 03:20 uur controle in hotel. In een kamer "
         "werd de vermiste aangetroffen.",
         "2018-03-04T03:20"},
        {"Om 10.00 uur weggelopen.\nUpdate 4/3: 0900u door school gebeld dat ze in de klas zit.",
         "2018-03-04T09:00"},
        {"Om 10.00 uur weggelopen.\n03-03-2018 10.15 uur: meldster belt, S. is uit zichzelf weer "
         "binnen gekomen. Had bus gemist.",
         "2018-03-03T10:15"},
        {"Om 10.00 uur weggelopen.\nAANV 3/3 0815 uur: is terug. Gesprek volgt.",
         "2018-03-03T08:15"},
        {"Om 10.00 uur weggelopen.\n03-03 09.00 uur: meldster belt. Terug sinds 0215u.",
         "2018-03-03T02:15"},
        {"Om 10.00 uur weggelopen.\n03-03 0120u: gezien bij station. 03-03 0400u: terug.",
         "2018-03-03T04:00"},
        /* none */
        {"Om 10.00 uur weggelopen.\n03/03 0730 nog niet terug.", ""},
        {"Om 10.00 uur weggelopen.\n03/03 0730: belt dat zij morgen terugkomt.", ""},
        {"Om 10.00 uur weggelopen.\n03/03 0730: komt 1600u terug.", ""},
        {"Om 10.00 uur weggelopen.\n03/03 0730: zou 0600u terug zijn.", ""},
        {"Om 10.00 uur weggelopen.\n03/03 0730: gezien bij station.", ""},
        {"Om 10.00 uur weggelopen.\n03/03 0730: telefoon teruggevonden in bus.", ""},
        {"Om 10.00 uur weggelopen.\n03/03 0730: haar vriendin is terug.", ""},
        {"Vorige keer om 0300u terug. Nu weg sinds 10.00 uur.", ""},
        {"02-03-2018 om 10.00 uur bij school afgezet, daar niet aangekomen.", ""},
    };
    struct facts f;
    open_facts(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        says(&f, MP_FACT_RETURNED_AT, noon, cases[i][0], cases[i][1]);
    /* of a report without a clock */
    says(&f, MP_FACT_RETURNED_AT, "2018-03-02", "21.00 uur niet binnen. 02-03 11.00 terug.",
         "2018-03-02T11:00");
    says(&f, MP_FACT_MISSING_SINCE, "2018-03-02", "21.00 uur niet binnen. 02-03 11.00 terug.",
         "2018-03-01T21:00");
    close_facts(&f);
}

TEST(categories_and_colours)
{
    static const char *const cases[][3] = {
        {"OvD: urgent.", "urgent", ""},
        {"Weggezet als overige vermissing.", "other", ""},
        {"Politie registreert niet urgent.", "other", ""},
        {"Van overig naar urgent gezet.", "urgent", ""},
        {"Registratie is nu urgent (was overig).", "urgent", ""},
        {"Overige bewoonsters: een van hen is meegenomen.", "", ""},
        {"URGENT!! Graag direct opnemen.", "", ""},
        {"Verzoek: als urgent behandelen.", "", ""},
        {"Overige bijzonderheden: geen", "", ""},
        {"Instelling geeft code rood, politie houdt het op overig.", "other", "red"},
        {"Kleur: geel", "", "orange"},
        {"Stoplicht: ROOD / Foto: -", "", "red"},
        {"Kleurcode opgehoogd van geel naar rood.", "", "red"},
        {"Inschatting groen.", "", "green"},
        {"Draagt een rode jas en heeft groene ogen.", "", ""},
    };
    struct facts f;
    open_facts(&f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        says(&f, MP_FACT_POLICE_CATEGORY, noon, cases[i][0], cases[i][1]);
        says(&f, MP_FACT_TRAFFIC_LIGHT, noon, cases[i][0], cases[i][2]);
    }
    close_facts(&f);
}

TEST(facts_of_long_texts_take_linear_time)
{
    static const char *const pieces[] = {
        "om 21.30 uur weggelopen ", "(15) ",        "zij jongen ",           "rood urgent ",
        "tot vrijdag weg. ",        "3/3 0730 om ", "3/3 0730 niet terug.\n"};
    struct facts f;
    struct mp_time at;
    open_facts(&f);
    CHECK(mp_time_read(mp_str_of(noon), &at));
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct mp_buf b = {0};
        while (b.len < 100000)
            mp_buf_adds(&b, pieces[i]);
        CHECK(mp_text_read(&f.lexicon, &f.reader, mp_buf_str(&b), at));
        mp_buf_free(&b);
    }
    close_facts(&f);
}

/* lib/text/hosts, host_place, host_sign, host_person */
#include "lexicon_fixture.h"

static const char with_hosts[] = "codes:\n"
                                 "  stay:\n"
                                 "    about: anyone\n"
                                 "    mentions: [verblijft, gevonden]\n"
                                 "  mates:\n"
                                 "    about: anyone\n"
                                 "    mentions: [samen met .. (esra|kim)]\n"
                                 "context:\n"
                                 "  - status: absent\n"
                                 "    side: before\n"
                                 "    reach: clause\n"
                                 "    cues: [niet]\n"
                                 "hosts:\n"
                                 "  codes: [stay]\n"
                                 "  together: [mates]\n"
                                 "  words:\n"
                                 "    street: ['*straat', '*weg', laan]\n"
                                 "    no_street: [onderweg]\n"
                                 "    particle: [van, der, de]\n"
                                 "    unit: [uur, u]\n"
                                 "    premises: [woning, huis]\n"
                                 "    before_town: [te, in]\n"
                                 "    lodging: [hotel, camping]\n"
                                 "    small: [van, de, aan, in, met, bij, op]\n"
                                 "    somebody: [man, meisje, iemand]\n"
                                 "    some: [een]\n"
                                 "    called: [genaamd]\n"
                                 "    one: [ene]\n"
                                 "    by: [door]\n"
                                 "    at: [bij]\n"
                                 "    of: [van]\n"
                                 "    years: [jaar, jarige]\n"
                                 "    number: [tel]\n"
                                 "    plate: [kenteken]\n"
                                 "    own: [haar]\n"
                                 "    nobody: [moeder, collega, groep, mentor]\n";

static const char lists[] = "\nlists:\n  first_names: [milan, esra, kim, sem]\n";

static void names(struct lexicon_fixture *f, const char *text, const char *want)
{
    struct mp_buf b = {0};
    lexicon_read(f, text);
    mp_hosts_say(&f->reader.hosts, &b);
    if (!CHECK_STR(b.data ? mp_buf_str(&b) : MP_STR(""), want))
        test_str(mp_str_of(text), MP_STR(""), "of the text", __FILE__, __LINE__);
    mp_buf_free(&b);
}

static void open(struct lexicon_fixture *f)
{
    lexicon_open(f, with_hosts, lists);
}

TEST(hosts_are_not_looked_for_by_a_lexicon_without_them)
{
    struct lexicon_fixture f;
    struct mp_buf yaml = {0};
    mp_buf_add(&yaml, with_hosts, (size_t)(strstr(with_hosts, "hosts:") - with_hosts));
    lexicon_open(&f, mp_buf_cstr(&yaml), lists);
    names(&f, "Zij verblijft bij ene Milan (29).", "");
    lexicon_close(&f);
    mp_buf_free(&yaml);
}

TEST(hosts_stand_in_a_sentence_that_speaks_of_a_stay)
{
    struct lexicon_fixture f;
    open(&f);
    names(&f, "Zij verblijft bij ene Milan (29).", "person milan 29");
    names(&f, "Zij fietst met ene Milan (29).", "");
    names(&f, "Zij verblijft daar. Zij kent ene Milan (29).", "");
    names(&f, "Zij verblijft daar; bij ene Milan (29).", "person milan 29");
    names(&f, "Zij verblijft daar\n\nbij ene Milan (29).", "");
    names(&f, "Zij verblijft niet bij ene Milan (29).", "");
    names(&f, "Zij verblijft in een auto. Kenteken 12-ABC-3.", "plate 12-ABC-3");
    names(&f, "Zij verblijft in een auto.\n\nKenteken 12-ABC-3.", "");
    lexicon_close(&f);
}

TEST(hosts_addresses)
{
    struct lexicon_fixture f;
    open(&f);
    names(&f, "Zij verblijft op Zeegrasweg 14.", "address zeegrasweg 14");
    names(&f, "Zij verblijft op Zeegrasweg 14a.", "address zeegrasweg 14a");
    names(&f, "Zij verblijft op Zeegrasweg 14-2.", "address zeegrasweg 14-2");
    names(&f, "Zij verblijft aan de Jan van der Kerkstraat 5.", "address jan van der kerkstraat 5");
    names(&f, "Zij verblijft aan de Laan van Meer 100.", "address laan van meer 100");
    names(&f, "Zij verblijft in woning Zeegrasweg 14 te Den Haag.",
          "address zeegrasweg 14, den haag");
    names(&f, "Zij verblijft op Zeegrasweg 14, 2583 AB Delft.", "address zeegrasweg 14, delft");
    names(&f, "Zij verblijft op Zeegrasweg 14, 2583 AB.", "address zeegrasweg 14");
    names(&f, "Zij verblijft op Zeegrasweg.", "");
    names(&f, "Zij verblijft op zeegrasweg 14.", "");
    names(&f, "Zij verblijft Onderweg 14.", "");
    names(&f, "Zij verblijft sinds Weg 14 daar.", "");
    names(&f, "Zij verblijft op Zeegrasweg 14 uur.", "");
    names(&f, "Zij verblijft op Zeegrasweg 14.30 daar.", "");
    names(&f, "Zij verblijft op Zeegrasweg 123456.", "");
    names(&f, "Zij verblijft op de groep aan de Zeegrasweg 14.", "");
    names(&f, "Zij verblijft op Zeegrasweg 14 (moeder).", "");
    names(&f, "Gevonden door collega in woning Zeegrasweg 14.", "address zeegrasweg 14");
    lexicon_close(&f);
}

TEST(hosts_lodgings)
{
    struct lexicon_fixture f;
    open(&f);
    names(&f, "Gevonden in hotel Rijnzicht.", "lodging hotel rijnzicht");
    names(&f, "Gevonden in hotel Rijnzicht te Breda.", "lodging hotel rijnzicht, breda");
    names(&f, "Gevonden op camping De Gouden Haan.", "lodging camping de gouden haan");
    names(&f, "Gevonden in hotel te Breda.", "");
    names(&f, "Gevonden in een hotel.", "");
    names(&f, "Gevonden in hotel Kim.", "");
    names(&f, "Gevonden met de groep op camping Zonnehoek.", "");
    lexicon_close(&f);
}

TEST(hosts_telephones_are_somebodys)
{
    struct lexicon_fixture f;
    open(&f);
    names(&f, "Zij verblijft bij een man, 06-12345678.", "phone 0612345678");
    names(&f, "Zij verblijft bij een man, 06 12 34 56 78.", "phone 0612345678");
    names(&f, "Zij verblijft bij een man, +31612345678.", "phone 0612345678");
    names(&f, "Zij verblijft bij een man, +31 6 12345678.", "phone 0612345678");
    names(&f, "Zij verblijft bij een man, 0031612345678.", "phone 0612345678");
    names(&f, "Zij verblijft bij een man, 070-1234567.", "phone 0701234567");
    names(&f, "Zij verblijft bij een man, 06-1234567.", "");
    names(&f, "Zij verblijft bij een man, 06-123456789.", "");
    names(&f, "Zij verblijft bij een man, 1612345678.", "");
    names(&f, "Zij verblijft bij een man, 0012345678.", "");
    names(&f, "Zij verblijft daar, 06-12345678.", "");
    names(&f, "Zij verblijft bij een man, haar tel 06-12345678.", "");
    names(&f, "Zij verblijft bij een man volgens mentor, tel 06-12345678.", "");
    names(&f, "Meisje gevonden, tel 06-12345678.", "");
    names(&f, "Gevonden bij een meisje, tel 06-12345678.", "phone 0612345678");
    lexicon_close(&f);
}

TEST(hosts_plates_of_all_series)
{
    static const char *const plates[] = {"AB-12-34", "12-34-AB", "12-AB-34", "AB-12-CD", "AB-CD-12",
                                         "12-AB-CD", "12-ABC-3", "1-ABC-23", "AB-123-C", "A-123-BC",
                                         "ABC-12-D", "A-12-BCD", "1-AB-234", "123-AB-4"};
    struct lexicon_fixture f;
    open(&f);
    for (size_t i = 0; i < sizeof plates / sizeof *plates; i++) {
        struct mp_buf text = {0}, want = {0}, bare = {0};
        mp_buf_addf(&text, "Zij verblijft in een auto, %s.", plates[i]);
        mp_buf_addf(&want, "plate %s", plates[i]);
        names(&f, mp_buf_cstr(&text), mp_buf_cstr(&want));
        mp_buf_adds(&bare, "Zij verblijft in een auto met kenteken ");
        for (const char *p = plates[i]; *p; p++)
            if (*p != '-')
                mp_buf_addc(&bare, *p >= 'A' ? (char)(*p | 0x20) : *p);
        names(&f, mp_buf_cstr(&bare), mp_buf_cstr(&want));
        mp_buf_free(&text);
        mp_buf_free(&want);
        mp_buf_free(&bare);
    }
    lexicon_close(&f);
}

TEST(hosts_what_is_no_plate)
{
    struct lexicon_fixture f;
    open(&f);
    names(&f, "Zij verblijft in een auto, 12-abc-3.", "");
    names(&f, "Zij verblijft in een auto, 12ABC3.", "");
    names(&f, "Zij verblijft in een auto, 12-AB-345.", "");
    names(&f, "Zij verblijft in een auto, PL12-ABC-3.", "");
    names(&f, "Zij verblijft in een auto, 12-03-18.", "");
    names(&f, "Zij verblijft in haar kenteken 12-ABC-3.", "");
    names(&f, "Zij verblijft in de auto van mentor, kenteken 12-ABC-3.", "");
    lexicon_close(&f);
}

TEST(hosts_handles_are_somebodys)
{
    struct lexicon_fixture f;
    open(&f);
    names(&f, "Zij verblijft bij iemand, 'Milan_020'.", "handle milan_020");
    names(&f, "Zij verblijft bij iemand, @Milan.020.", "handle milan.020");
    names(&f, "Zij verblijft bij iemand, _Milan_.", "handle _milan_");
    names(&f, "Zij verblijft bij iemand, @mil.", "");
    names(&f, "Zij verblijft bij iemand, jan@post.nl.", "");
    names(&f, "Zij verblijft bij iemand, foto_1.jpg.", "");
    names(&f, "Zij verblijft bij iemand, haar @milan_020.", "");
    names(&f, "Zij verblijft daar, 'Milan_020'.", "");
    lexicon_close(&f);
}

TEST(hosts_persons)
{
    struct lexicon_fixture f;
    open(&f);
    names(&f, "Zij verblijft bij ene Milan.", "person milan");
    names(&f, "Zij verblijft bij man Milan (29).", "person milan 29");
    names(&f, "Zij verblijft bij man Milan, 29 jaar.", "person milan 29");
    names(&f, "Zij verblijft bij man Milan van 29.", "person milan 29");
    names(&f, "Zij verblijft bij een man (Milan, 29).", "person milan 29");
    names(&f, "Zij verblijft bij een man van 29, Milan.", "person milan 29");
    names(&f, "Zij verblijft bij de 29-jarige Milan.", "person milan 29");
    names(&f, "Zij verblijft bij een man genaamd Dorus K., 29 jaar.", "person dorus k 29");
    names(&f, "Zij verblijft bij ene Milan van der Klis.", "person milan van der klis");
    names(&f, "Zij verblijft bij Milan.", "person milan");
    names(&f, "Zij verblijft in het huis van Milan K.", "person milan k");
    names(&f, "Zij verblijft in het huis van Dorus K.", "");
    names(&f, "Zij verblijft bij Dorus.", "");
    names(&f, "Zij verblijft bij man Dorus.", "");
    names(&f, "Zij verblijft bij man Dorus (29).", "person dorus 29");
    names(&f, "Zij verblijft bij mentor Milan (29).", "");
    names(&f, "Mentor Milan belde. Zij verblijft bij Milan.", "");
    names(&f, "Zij liep samen met Esra weg. Zij verblijft bij Esra.", "");
    names(&f, "Sem (14) is weg. Sem verblijft bij man Milan (29).", "person milan 29");
    names(&f, "Zij verblijft bij ene Milan (29), later ook bij ene Milan.", "person milan 29");
    lexicon_close(&f);
}

TEST(hosts_say_where_they_stand)
{
    static const char text[] = "Zo\303\253 verblijft bij ene Milan (29) en ene Kim.";
    struct lexicon_fixture f;
    struct mp_buf b = {0};
    open(&f);
    lexicon_read(&f, text);
    mp_hosts_add(&f.reader.hosts, mp_str_of(text), &b);
    CHECK_STR(mp_buf_str(&b),
              "[{\"kind\":\"person\",\"value\":\"milan 29\",\"quote\":\"ene Milan "
              "(29)\",\"start\":18,\"end\":32},{\"kind\":\"person\",\"value\":\"kim\",\"quote\":"
              "\"ene Kim\",\"start\":36,\"end\":43}]");
    mp_buf_free(&b);
    lexicon_close(&f);
}

TEST(hosts_are_not_endless)
{
    struct lexicon_fixture f;
    struct mp_buf text = {0};
    open(&f);
    mp_buf_adds(&text, "Zij verblijft");
    for (int i = 1; i < 2000; i++)
        mp_buf_addf(&text, " op Zeegrasweg %d", i);
    lexicon_read(&f, mp_buf_cstr(&text));
    CHECK_INT(f.reader.hosts.n, MP_HOSTS_MAX);
    mp_buf_free(&text);
    lexicon_close(&f);
}

TEST(hosts_mistakes_in_the_lexicon)
{
    lexicon_refuses("hosts:\n  wrds: {}\n", 2, 3,
                    "unknown key 'wrds'; known are: codes together words examples");
    lexicon_refuses("hosts:\n  codes: [stay]\n", 2, 11, "no code 'stay'");
    lexicon_refuses("hosts:\n  together: [mates]\n", 2, 14, "no code 'mates'");
    lexicon_refuses("hosts:\n  words:\n    streets: [a]\n", 3, 5,
                    "unknown key 'streets'; known are: street no_street particle unit premises "
                    "before_town lodging small somebody some called one by at of years number "
                    "plate own nobody");
    lexicon_refuses("hosts:\n  examples: [a]\n", 2, 13,
                    "here must stand sentences and their hosts");
}

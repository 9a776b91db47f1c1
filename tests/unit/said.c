/* lib/text/said: who is said to say what a text mentions. */
#include "lexicon_fixture.h"
#include "text/said.h"

static const char lexicon[] =
    "codes:\n"
    "  c: {about: anyone, mentions: [blowt, pillen, '(zij|hij) .. slaat', wiet], not: "
    "[wietlucht]}\n"
    "context:\n"
    "  - {status: absent, side: before, reach: 3, cues: [geen, niet]}\n"
    "  - {status: denied, side: both, reach: sentence, cues: [ontkent, zegt zelf niet]}\n";
static const char lists[] = "lists:\n"
                            "  speakers: [moeder, oma, mentor, groep, btr, wij]\n"
                            "  speaker_details: [de, haar, oude, eigen]\n"
                            "  speaker_selves: [zelf]\n"
                            "  speaker_prepositions: [volgens, aldus]\n"
                            "  own_accounts: [zeggen]\n"
                            "  saying: [zegt, zei, meldt, ontkent]\n"
                            "  saying_that: [denkt]\n"
                            "  saying_plural: [zeggen]\n"
                            "  saying_participles: [gezegd]\n"
                            "  saying_auxiliaries: [heeft, hebben]\n"
                            "  saying_split: [geeft, laat]\n"
                            "  saying_prefixes: [aan, weten]\n"
                            "  saying_not: [niets, zich, niet]\n"
                            "  hearing: [gehoord, hoorde]\n"
                            "  hearing_prepositions: [van]\n"
                            "  dependents: [omdat]\n"
                            "  subject_prepositions: [naar, aan, volgens]\n";

/* Who says each mention, by words of the text; "-" for nobody. */
static void is_said_by(const char *text, const char *want)
{
    struct lexicon_fixture f;
    struct mp_buf got = {0};
    lexicon_open(&f, lexicon, lists);
    lexicon_read(&f, text);
    const struct mp_text *read = &f.reader.text;
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, read->mentions);
    for (size_t i = 0; i < MP_COUNT(struct mp_mention, read->mentions); i++) {
        const struct mp_saying *said = mp_said_of(&f.lexicon, read, &m[i]);
        mp_buf_adds(&got, i ? "|" : "");
        mp_buf_addstr(&got, said ? mp_text_quote(read, said->first, said->last) : MP_STR("-"));
    }
    if (!CHECK_STR(got.data ? mp_buf_str(&got) : MP_STR(""), want))
        test_str(mp_str_of(text), MP_STR(""), "of the text", __FILE__, __LINE__);
    mp_buf_free(&got);
    lexicon_close(&f);
}

TEST(a_speaker_stands_behind_a_preposition)
{
    is_said_by("Volgens moeder blowt zij.", "moeder");
    is_said_by("Volgens haar oude mentor blowt zij.", "mentor");
    is_said_by("Zij blowt volgens moeder.", "moeder");
    is_said_by("Zij blowt, aldus moeder.", "moeder");
    is_said_by("Zij heeft volgens moeder pillen en wiet.", "moeder|moeder");
    is_said_by("Volgens moeder: wiet, pillen.", "moeder|moeder");
    is_said_by("Zij heeft, volgens moeder, pillen.", "moeder");
    is_said_by("Volgens moeder en de mentor blowt zij.", "moeder en de mentor");
    is_said_by("Volgens de groep-mentor blowt zij.", "groep-mentor");
    is_said_by("Volgens haar blowt zij.", "haar");
    is_said_by("Zij blowt naar eigen zeggen.", "eigen zeggen");
}

TEST(a_speaker_is_the_subject_of_a_verb)
{
    is_said_by("Moeder zegt dat zij blowt.", "Moeder");
    is_said_by("Moeder meldt pillen.", "Moeder");
    is_said_by("Moeder zegt: pillen gevonden, wiet ook.", "Moeder|Moeder");
    is_said_by("Gisteren zei moeder dat zij blowt.", "moeder");
    is_said_by("Zij blowt, zegt moeder.", "moeder");
    is_said_by("Moeder denkt dat zij blowt.", "Moeder");
    is_said_by("Moeder geeft ook aan dat zij blowt.", "Moeder");
    is_said_by("Moeder laat weten dat zij blowt.", "Moeder");
    is_said_by("Moeder heeft gezegd dat zij blowt.", "Moeder");
    is_said_by("Wij zeggen dat zij blowt.", "Wij");
    is_said_by("Moeder van Kim zegt dat zij blowt.", "Moeder");
    is_said_by("Oma (mentor) zegt dat zij blowt.", "Oma");
    is_said_by("Vriendin Kim zegt dat zij blowt.", "Vriendin Kim");
    is_said_by("Zij zelf zegt dat zij blowt.", "Zij zelf");
    is_said_by("Moeder en de mentor zeggen dat zij blowt.", "Moeder en de mentor");
}

TEST(what_is_heard_from_somebody_is_said_by_them)
{
    is_said_by("Mentor hoorde van moeder dat zij blowt.", "moeder");
    is_said_by("Mentor heeft van de oma gehoord dat zij blowt.", "oma");
    is_said_by("Mentor heeft gehoord dat zij blowt.", "-");
    is_said_by("Van moeder niets gehoord, zij blowt.", "-");
    is_said_by("Mentor hoorde van moeder over pillen.", "-");
}

TEST(what_is_said_goes_on)
{
    is_said_by("Moeder zegt dat zij blowt en dat zij pillen slikt.", "Moeder|Moeder");
    is_said_by("Moeder zegt dat hij weg is en blowt.", "Moeder");
    is_said_by("Moeder zegt dat zij weg is omdat zij blowt.", "Moeder");
    is_said_by("Moeder zegt dat zij een vriend heeft die haar pillen geeft.", "Moeder");
    is_said_by("Volgens moeder is zij weg en blowt zij.", "moeder");
}

TEST(a_mention_may_begin_with_who_says_it)
{
    is_said_by("Zij zegt dat hij haar slaat.", "Zij");
    is_said_by("Mentor zegt dat zij zegt dat hij haar slaat.", "zij");
}

TEST(the_nearest_speaker_counts)
{
    is_said_by("Moeder zegt dat zij volgens oma blowt.", "oma");
    is_said_by("Moeder zegt dat zij pillen heeft, oma zegt dat zij blowt.", "Moeder|oma");
    is_said_by("Volgens moeder blowt zij. Volgens oma heeft zij pillen.", "moeder|oma");
}

TEST(other_clauses_are_nobodys)
{
    is_said_by("Zij blowt. Moeder zegt dat zij weg is.", "-");
    is_said_by("Moeder zegt dat zij weg is. Zij blowt.", "-");
    is_said_by("Zij blowt en is volgens moeder weg.", "-");
    is_said_by("Moeder zegt dat zij weg is en heeft pillen gevonden.", "-");
    is_said_by("Moeder zegt dat zij weg is, pillen, tas.", "-");
    is_said_by("Moeder zegt dat zij weg is\nPillen thuis", "-");
    is_said_by("Moeder, zij blowt.", "-");
    is_said_by("Volgens moeder.", "");
}

TEST(who_is_told_something_does_not_say_it)
{
    is_said_by("Moeder is gezegd dat zij blowt.", "-");
    is_said_by("Aan moeder gezegd dat zij blowt.", "-");
    is_said_by("Zij geeft aan moeder pillen.", "-");
    is_said_by("Toen zij moeder zei dat hij blowt.", "-");
    is_said_by("Zei moeder dat hij blowt.", "-");
    is_said_by("Volgens het verslag van moeder blowt zij.", "-");
}

TEST(what_is_not_said_is_nobodys)
{
    is_said_by("Moeder zegt niets over wiet.", "-");
    is_said_by("Moeder zegt niet dat zij blowt.", "-");
    is_said_by("Moeder meldt zich met pillen.", "-");
    is_said_by("Moeder denkt aan pillen.", "-");
    is_said_by("Btr ontkent dat zij blowt.", "-");
    is_said_by("Zegt dat zij blowt.", "-");
    is_said_by("Zij wil moeder zeggen dat hij blowt.", "-");
}

TEST(who_says_it_is_looked_for_nearby_only)
{
    struct mp_buf text = {0};
    mp_buf_adds(&text, "Moeder");
    for (int i = 0; i < 20; i++)
        mp_buf_adds(&text, " daar");
    mp_buf_adds(&text, " zegt dat zij blowt");
    is_said_by(mp_buf_cstr(&text), "-");
    text.len = 0;
    mp_buf_adds(&text, "Moeder zegt dat zij");
    for (int i = 0; i < 40; i++)
        mp_buf_adds(&text, " daar");
    mp_buf_adds(&text, " blowt");
    is_said_by(mp_buf_cstr(&text), "-");
    mp_buf_free(&text);
}

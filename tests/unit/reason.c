/* lib/text/reason: which words gave a signal its status, and how far they hold. */
#include "lexicon_fixture.h"
#include "text/reason.h"

static const char lexicon[] = "codes:\n"
                              "  c: {mentions: [blowt, pillen]}\n"
                              "context:\n"
                              "  - {status: absent, side: before, reach: 2, cues: [geen]}\n"
                              "  - {status: suspected, side: both, reach: clause, cues: [zou]}\n"
                              "answers: {'no': [nee], 'yes': [ja]}\n";

/* The reason of the first mention as "kind:words:line of the lexicon:scope"; "" for none. */
static void has_reason(const char *text, const char *want)
{
    struct lexicon_fixture f;
    struct mp_reason why;
    struct mp_buf got = {0};
    lexicon_open(&f, lexicon, NULL);
    lexicon_read(&f, text);
    struct mp_text *read = &f.reader.text;
    const struct mp_mention *m = MP_ITEMS(struct mp_mention, read->mentions);
    mp_buf_adds(&got, "");
    if (MP_COUNT(struct mp_mention, read->mentions) == 0)
        mp_buf_adds(&got, "no mention");
    else if (mp_reason_find(&f.lexicon, read, m, &why))
        mp_buf_addf(&got, "%s:%.*s:%zu:%.*s", why.kind, (int)why.cue.n, why.cue.p,
                    why.at ? why.at->line : 0, (int)why.scope.n, why.scope.p);
    if (!CHECK_STR(got.data ? mp_buf_str(&got) : MP_STR(""), want))
        test_str(mp_str_of(text), MP_STR(""), "of the text", __FILE__, __LINE__);
    mp_buf_free(&got);
    lexicon_close(&f);
}

TEST(a_cue_holds_as_far_as_it_reaches)
{
    has_reason("Zij blowt.", "");
    has_reason("Er zijn geen pillen of drank in huis.", "cue:geen:4:geen pillen of drank");
    has_reason("Zij zou daar pillen nemen, zegt moeder.", "cue:zou:5:Zij zou daar pillen nemen");
}

TEST(an_answer_is_a_reason)
{
    has_reason("Pillen: nee", "answer:nee:0:Pillen: nee");
    has_reason("Pillen: ja, twee", "answer:ja:0:Pillen: ja");
    has_reason("Pillen -", "answer:-:0:Pillen -");
    has_reason("[x] pillen [ ] drank", "answer:[x]:0:[x] pillen");
    has_reason("Pillen? Nee.", "answer:Nee:0:Pillen? Nee");
    has_reason("Pillen: zou kunnen", "answer:zou:5:Pillen: zou");
}

TEST(a_time_is_a_reason)
{
    has_reason("In januari 2016 pillen.", "time:januari 2016:0:In januari 2016 pillen");
    has_reason("Pillen: in 2016", "time:2016:0:Pillen: in 2016");
}

TEST(a_subject_is_a_reason)
{
    has_reason("Moeder blowt.", "subject:Moeder:0:Moeder blowt");
    has_reason("Zij is weg, haar vriend blowt.", "subject:vriend:0:haar vriend blowt");
}

TEST(how_far_a_reason_holds_is_bounded)
{
    struct mp_buf text = {0}, want = {0};
    mp_buf_adds(&text, "Zou pillen");
    mp_buf_adds(&want, "cue:Zou:5:Zou pillen");
    for (int i = 0; i < 100; i++) {
        mp_buf_adds(&text, " weg");
        mp_buf_adds(&want, i < 60 ? " weg" : "");
    }
    has_reason(mp_buf_cstr(&text), mp_buf_cstr(&want));
    mp_buf_free(&text);
    mp_buf_free(&want);
}

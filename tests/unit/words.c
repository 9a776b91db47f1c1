/* lib/text/words: which words a form stands for, typing errors too */
#include "text/word.h"
#include "test.h"
#include <stdio.h>

struct vocabulary {
    struct mp_words words;
    struct mp_word_cache cache;
};

static void close_vocabulary(struct vocabulary *v)
{
    mp_word_cache_free(&v->cache);
    mp_words_free(&v->words);
}

/* A class of these forms, in use. */
static uint32_t add(struct vocabulary *v, const char *forms)
{
    uint32_t class = 0;
    struct mp_error e = {0};
    CHECK_INT(mp_words_class(&v->words, mp_str_of(forms), &class), 0);
    if (!CHECK_INT(mp_words_use(&v->words, class, &e), 0))
        test_str(mp_str_of(e.text), MP_STR(""), forms, __FILE__, __LINE__);
    return class;
}

static bool fits(struct vocabulary *v, uint32_t class, const char *word)
{
    const struct mp_word *w = mp_word_find(&v->words, &v->cache, mp_str_of(word), 0);
    return CHECK(w != NULL) && mp_word_in(w, (uint16_t)(class + 1));
}

/* Whether a class of this form alone has the word. */
static bool stands(const char *form, const char *word)
{
    struct vocabulary v = {0};
    bool found = fits(&v, add(&v, form), word);
    close_vocabulary(&v);
    return found;
}

TEST(the_same_forms_are_the_same_class)
{
    struct vocabulary v = {0};
    uint32_t one = add(&v, "mes\ndolk"), two = add(&v, "dolk\nmes\ndolk\n"), other = add(&v, "mes");
    CHECK_INT(one, two);
    CHECK(one != other);
    struct mp_word_forms forms = mp_words_forms(&v.words, one);
    CHECK_INT(forms.n, 2);
    CHECK_STR(mp_words_form(&v.words, forms.at[0]), "mes");
    CHECK_STR(mp_words_form(&v.words, forms.at[1]), "dolk");
    uint32_t both[] = {other, add(&v, "dolk"), other}, merged;
    CHECK_INT(mp_words_merge(&v.words, both, 3, &merged), 0);
    CHECK_INT(merged, one);
    CHECK_INT(mp_words_merge(&v.words, both, 1, &merged), 0);
    CHECK_INT(merged, other);
    CHECK(fits(&v, one, "mes") && fits(&v, other, "mes") && fits(&v, one, "dolk"));
    CHECK(!fits(&v, other, "dolk"));
    CHECK(mp_words_exact(&v.words, MP_STR("mes")) && !mp_words_exact(&v.words, MP_STR("messen")));
    close_vocabulary(&v);
}

TEST(a_word_has_all_its_classes)
{
    struct vocabulary v = {0};
    char form[16];
    for (unsigned i = 0; i < 1500; i++) { /* more than fit a small table */
        snprintf(form, sizeof form, "mes\nw%u", i);
        CHECK_INT(add(&v, form), i);
    }
    const struct mp_word *w = mp_word_find(&v.words, &v.cache, MP_STR("mes"), 0);
    for (uint16_t i = 0; i < 1500; i++)
        CHECK(mp_word_in(w, (uint16_t)(i + 1)));
    CHECK(!mp_word_in(w, 1501) && !mp_word_in(w, UINT16_MAX));
    w = mp_word_find(&v.words, &v.cache, MP_STR("w700"), 0);
    for (uint16_t i = 0; i < 1500; i++)
        if (mp_word_in(w, (uint16_t)(i + 1)) != (i == 700))
            CHECK_INT(i, -1);
    close_vocabulary(&v);
}

TEST(beginnings_ends_and_middles)
{
    CHECK(stands("mes*", "messen") && stands("mes*", "mes") && !stands("mes*", "me"));
    CHECK(stands("*boys", "loverboys") && stands("*boys", "boys") && !stands("*boys", "boysen"));
    CHECK(stands("*boy*", "loverboys") && stands("*boy*", "boy") && !stands("*boy*", "bo"));
    CHECK(!stands("*boy*", "") && !stands("mes", ""));
    CHECK(stands("=mes*", "messen"));
}

TEST(expressions_fit_the_whole_word)
{
    CHECK(stands("/[0-9]+/", "15") && !stands("/[0-9]+/", "15a") && !stands("/[0-9]+/", "a15"));
    CHECK(stands("/a|bc/", "bc") && !stands("/a|bc/", "abc"));
    CHECK(stands("/(?:x)?y/", "y") && !stands("/.*/", ""));
    CHECK(stands("/x/", "x") && !stands("/x/", "xx"));
    CHECK(stands("/\xd0\xbc./", "\xd0\xbc\xd0\xb0"));
}

TEST(an_expression_that_is_none_is_refused)
{
    struct mp_words w = {0};
    struct mp_error e = {0};
    uint32_t class;
    CHECK_INT(mp_words_class(&w, MP_STR("/a(/"), &class), 0);
    CHECK_INT(mp_words_use(&w, class, &e), -1);
    CHECK_INT(e.code, MP_RULES);
    CHECK_STR(mp_str_of(e.text), "a(: missing closing parenthesis (character 3)");
    CHECK_INT(e.line, 0);
    mp_words_free(&w);
}

TEST(a_word_remembers_that_an_expression_took_too_many_steps)
{
    static const char endless[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad";
    struct vocabulary v = {0};
    uint32_t class = add(&v, "/(?:a|aa)+[bc]/"), other = add(&v, "/a+d/");
    const struct mp_word *word[3];
    for (int round = 0; round < 2; round++) {
        CHECK(!mp_word_gave_up(&v.cache, word, 0));
        CHECK(fits(&v, class, "aab") && !fits(&v, class, "aad"));
        CHECK_INT(v.cache.n_gave_up, 0);
        CHECK(!fits(&v, class, endless));
        CHECK(fits(&v, other, endless)); /* others count as ever */
        CHECK_INT(v.cache.n_gave_up, 1);
        for (int again = 0; again < 2; again++) {
            word[0] = mp_word_find(&v.words, &v.cache, MP_STR("aab"), 0);
            word[1] = mp_word_find(&v.words, &v.cache, MP_STR("aad"), 0);
            word[2] = mp_word_find(&v.words, &v.cache, mp_str_of(endless), 0);
            CHECK(!mp_word_gave_up(&v.cache, word, 2) && mp_word_gave_up(&v.cache, word, 3));
        }
        CHECK_INT(v.cache.n_gave_up, 1);
        v.cache.bytes = SIZE_MAX; /* full */
        mp_word_cache_trim(&v.cache);
        CHECK_INT(v.cache.n_gave_up, 0);
    }
    close_vocabulary(&v);
}

TEST(one_typing_error_from_seven_letters_on)
{
    CHECK(stands("vermist", "vermsit"));  /* two exchanged */
    CHECK(stands("vermist", "vermmist")); /* one too many */
    CHECK(stands("vermist", "vemist"));   /* one too few */
    CHECK(stands("vermist", "vermost"));  /* another */
    CHECK(!stands("vermist", "vermosf")); /* two */
    CHECK(!stands("vermist", "vemisst"));
    CHECK(!stands("geslot", "gesloot")); /* six letters */
    CHECK(!stands("mes", "mess") && !stands("mes", "mse"));
    CHECK(!stands("=vermist", "vermost")); /* not allowed */
}

TEST(two_typing_errors_from_twelve_letters_on)
{
    CHECK(stands("geslotengroep", "geslotngroeep") && stands("geslotengroep", "gesoltengrop"));
    CHECK(stands("behandelgroe", "behandlegore")); /* twelve */
    CHECK(!stands("behandelgro", "behandlegor"));  /* eleven */
    CHECK(stands("behandelgro", "behandlegro"));
    CHECK(!stands("geslotengroep", "gesltngrop")); /* three */
}

TEST(the_first_or_the_last_three_letters_must_be_right)
{
    CHECK(stands("vermist", "vermits") && stands("vermist", "evrmist"));
    CHECK(!stands("behandelgroep", "beahndelgrope")); /* an error at both ends */
    CHECK(stands("behandelgroep", "behnadelgroep"));
    CHECK(stands("geslotene*", "geslootene") && stands("geslotene*", "geslooteneinrichting"));
    CHECK(!stands("geslotene*", "egslotene")); /* of a beginning the first ones */
}

TEST(beginnings_of_words_may_have_typing_errors)
{
    CHECK(stands("gesloten*", "geslotenheid") && stands("gesloten*", "gesltenheid"));
    CHECK(stands("gesloten*", "geslooten") && stands("gesloten*", "gesloetnheid"));
    CHECK(stands("gesloten*", "geslote")); /* the last letter is missing */
    CHECK(!stands("gesloten*", "geslot"));
    CHECK(!stands("geslot*", "gesoltenheid")); /* six letters */
    CHECK(stands("behandelgroep*", "behandlegropen"));
    CHECK(!stands("*problematiek", "problemmatiek")); /* ends and middles never */
    CHECK(!stands("*problematiek*", "problemmatiek"));
}

TEST(known_words_are_no_typing_errors)
{
    struct vocabulary v = {0};
    uint32_t gone = add(&v, "vermist"), group = add(&v, "gesloten*"), verb = add(&v, "verkist");
    CHECK(fits(&v, gone, "vermost"));
    CHECK(fits(&v, verb, "verkist") && !fits(&v, gone, "verkist"));
    CHECK(fits(&v, gone, "vermis"));
    close_vocabulary(&v);
    v = (struct vocabulary){0};
    gone = add(&v, "vermist");
    group = add(&v, "gesloten*");
    CHECK_INT(mp_words_know(&v.words, MP_STR("vermost")), 0);
    CHECK_INT(mp_words_know(&v.words, MP_STR("gesleten*")), 0);
    CHECK(!fits(&v, gone, "vermost") && fits(&v, gone, "vermust"));
    CHECK(!fits(&v, group, "gesletenheid") && fits(&v, group, "geslitenheid"));
    CHECK(mp_words_exact(&v.words, MP_STR("vermost")));
    CHECK(mp_words_fit(&v.words, MP_STR("gesletenheid")));
    CHECK(!mp_words_fit(&v.words, MP_STR("geslitenheid")));
    close_vocabulary(&v);
}

TEST(the_nearest_form_is_the_one_that_is_meant)
{
    struct vocabulary v = {0};
    uint32_t near = add(&v, "behandelgroep"), far = add(&v, "behandelgraaf"),
             same = add(&v, "behandelgroex");
    CHECK(fits(&v, near, "behandelgroepp") && !fits(&v, far, "behandelgroepp"));
    CHECK(fits(&v, near, "behandelgroe") && fits(&v, same, "behandelgroe")); /* as near */
    close_vocabulary(&v);
}

TEST(numbers_are_no_typing_errors)
{
    CHECK(!stands("2018-03-02", "2018-03-03"));
    CHECK(!stands("12345678", "12345679"));
    CHECK(!stands("vermist", "verm1st"));
}

TEST(marks_are_those_of_all_classes)
{
    struct vocabulary v = {0};
    uint32_t one = add(&v, "mes"), two = add(&v, "mes\ndolk"), three = add(&v, "me*");
    CHECK_INT(mp_words_mark(&v.words, 2, three, 0, "late"), 0);
    CHECK_INT(mp_words_mark(&v.words, 0, two, 63, NULL), 0);
    CHECK_INT(mp_words_mark(&v.words, 0, one, 3, "blade"), 0);
    CHECK_INT(mp_words_mark(&v.words, 2, one, 0, "first"), 0);
    mp_words_sort_marks(&v.words);
    const struct mp_word *w = mp_word_find(&v.words, &v.cache, MP_STR("mes"), 0);
    CHECK(w->marks[0] == (1ull << 63 | 8) && w->marks[1] == 0 && w->marks[2] == 1);
    CHECK_STR(mp_str_of(mp_word_meaning(w, 0, 3)), "blade");
    CHECK_STR(mp_str_of(mp_word_meaning(w, 2, 0)), "first"); /* of the first class */
    CHECK(!mp_word_meaning(w, 0, 63) && !mp_word_meaning(w, 1, 3));
    w = mp_word_find(&v.words, &v.cache, MP_STR("dolk"), 0);
    CHECK(w->marks[0] == 1ull << 63 && w->marks[2] == 0);
    close_vocabulary(&v);
}

TEST(a_word_is_worked_out_once_for_each_kind_of_token)
{
    struct vocabulary v = {0};
    add(&v, "mes");
    const struct mp_word *w = mp_word_find(&v.words, &v.cache, MP_STR("mes"), 0);
    CHECK(mp_word_find(&v.words, &v.cache, MP_STR("mes"), 0) == w);
    CHECK(mp_word_find(&v.words, &v.cache, MP_STR("mes"), 1) != w);
    CHECK_INT(v.cache.n, 2);
    char word[16];
    for (unsigned i = 0; i < 66000; i++) {
        snprintf(word, sizeof word, "x%u", i);
        mp_word_find(&v.words, &v.cache, mp_str_of(word), 0);
    }
    CHECK(mp_word_find(&v.words, &v.cache, MP_STR("mes"), 0) == w); /* until it is trimmed */
    mp_word_cache_trim(&v.cache);
    CHECK_INT(v.cache.n, 0);
    w = mp_word_find(&v.words, &v.cache, MP_STR("mes"), 0);
    CHECK_INT(w->len, 3);
    CHECK_INT(v.cache.n, 1);
    mp_word_cache_trim(&v.cache);
    CHECK_INT(v.cache.n, 1); /* too few to be worth it */
    close_vocabulary(&v);
}

TEST(words_are_told_apart_by_every_byte)
{
    static const char *const written[] = {"a",
                                          "b",
                                          "aa",
                                          "ab",
                                          "aba",
                                          "abb",
                                          "aab",
                                          "abab",
                                          "abaab",
                                          "ababa",
                                          "abaaba",
                                          "abababa",
                                          "aabbaabb",
                                          "aabbaaba",
                                          "aabbaabba",
                                          "aabbaabbb",
                                          "abcdefghijklmnop",
                                          "abcdefghijklmnoq",
                                          "abcdefghijklmnopq",
                                          "abcdefghXjklmnopq",
                                          "abcdefghijklmnopqrstuvwx",
                                          "abcdefghijklmnopXrstuvwx",
                                          "abcdefghijklmnopqrstuvw"};
    enum { N = sizeof written / sizeof *written };
    const struct mp_word *word[N];
    struct vocabulary v = {0};
    for (size_t i = 0; i < N; i++) {
        word[i] = mp_word_find(&v.words, &v.cache, mp_str_of(written[i]), 0);
        for (size_t j = 0; j < i; j++)
            CHECK(word[i] != word[j]);
    }
    for (size_t i = 0; i < N; i++)
        CHECK(mp_word_find(&v.words, &v.cache, mp_str_of(written[i]), 0) == word[i]);
    CHECK_INT(v.cache.n, N);
    close_vocabulary(&v);
}

TEST(a_word_meets_needs_and_leads_to_variants)
{
    struct vocabulary v = {0};
    const uint32_t one = add(&v, "mes"), two = add(&v, "mes\ndolk"), three = add(&v, "dolk");
    const struct mp_lead leads[] = {{.need = {0, 0}, .place = 7},
                                    {.need = {130, 2}, .place = 8},
                                    {.need = {0, 0}, .place = 9},
                                    {.need = {130, 0}, .beside = 9, .beside_at = -1, .place = 10},
                                    {.need = {131, 0}, .place = 11}};
    const uint16_t need_of[] = {2, 130, 0}, number_of[] = {0, 9, 8};
    const uint32_t lead_at[] = {0, 1, 5, 5}, says[] = {40, 41}, say_at[] = {0, 2, 2, 2};
    CHECK(one == 0 && two == 1 && three == 2);
    v.words.asks = (struct mp_word_asks){lead_at, leads, say_at, says, need_of, number_of};
    const struct mp_word *w = mp_word_find(&v.words, &v.cache, MP_STR("mes"), 0);
    const struct mp_lead *l = mp_word_leads(w); /* in the order of their first needs, in pairs */
    const struct mp_four *sets = mp_word_sets(w), *needs = mp_word_needs(w);
    CHECK_INT(w->n_sets, 1);
    CHECK(sets->bits[0] == 1 && sets->at[0] == 0 && l[0].place == 7 && l[1].place == 9);
    CHECK(sets->bits[1] == 4 && sets->at[1] == 2 && l[2].place == 8 && l[3].place == 10);
    CHECK(l[2].need[1] == 2 && l[3].beside == 9 && l[3].beside_at == -1);
    CHECK(sets->bits[2] == 8 && l[4].place == 11 && l[5].need[0] == MP_NEED_IMPOSSIBLE);
    CHECK(sets->bits[3] == 0);
    CHECK_INT(w->n_needs, 1);
    CHECK(needs->bits[0] == 4 && needs->at[0] == 0 && needs->bits[1] == 4 && needs->at[1] == 2);
    CHECK(w->n_says == 2 && mp_word_says(w)[0] == 40 && mp_word_says(w)[1] == 41);
    CHECK(mp_word_in(w, 9) && !mp_word_in(w, 8) && !mp_word_in(w, 1) && mp_word_in(w, 0));
    w = mp_word_find(&v.words, &v.cache, MP_STR("dolk"), 0);
    CHECK(w->n_says == 0 && mp_word_in(w, 8) && mp_word_in(w, 9) && mp_word_in(w, 0));
    CHECK(w->n_needs == 1 && mp_word_needs(w)->bits[0] == 4 && mp_word_needs(w)->bits[1] == 0);
    w = mp_word_find(&v.words, &v.cache, MP_STR("vork"), 0);
    CHECK(w->n_sets == 0 && w->n_needs == 0 && w->n_says == 0);
    close_vocabulary(&v);
}

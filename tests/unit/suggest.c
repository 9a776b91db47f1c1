/* Word groups that go with missed labels. */
#include "score/suggest.h"
#include "test.h"

/* Splits at blanks; a bar ends a clause. */
static bool give(struct mp_suggest *s, const char *text)
{
    struct mp_str words[20];
    size_t n = 0;
    bool well = true;
    mp_suggest_text(s);
    for (const char *p = text; *p;) {
        size_t len = strcspn(p, " ");
        if (*p == '|') {
            well &= mp_suggest_clause(s, words, n);
            n = 0;
        } else {
            words[n++] = (struct mp_str){p, len};
        }
        p += len + (p[len] == ' ');
    }
    return mp_suggest_clause(s, words, n) && well;
}

static struct mp_score_signal said = {.code = {"c", 1}, .status = MP_SCORE_PRESENT};
static struct mp_str unsure = {"c", 1};

/* A document of a letter: Missed, Read, Without, false Alarm, Unsure. */
static struct mp_score_doc doc_of(char kind)
{
    struct mp_score_doc doc = {.was_read = true};
    if (kind == 'M' || kind == 'R' || kind == 'U')
        doc.gold = (struct mp_score_labels){.signals = &said, .n = 1};
    if (kind == 'R' || kind == 'A')
        doc.read = (struct mp_score_labels){.signals = &said, .n = 1};
    if (kind == 'U') {
        doc.unsure = &unsure;
        doc.n_unsure = 1;
    }
    return doc;
}

/* Groups of these texts, each behind the letter of its kind, as "words missed/others", one a
 * line. */
static void suggested(const char *const *texts, size_t n, const char *want)
{
    struct mp_suggest s = {0};
    struct mp_suggested found;
    struct mp_score_doc docs[20];
    struct mp_buf b = {0};
    for (size_t i = 0; i < n; i++) {
        docs[i] = doc_of(texts[i][0]);
        CHECK(give(&s, texts[i] + 2));
    }
    CHECK(mp_suggest_end(&s));
    CHECK(mp_suggest_for(&s, docs, n, MP_STR("c"), &found));
    for (size_t i = 0; i < found.n; i++) {
        mp_buf_addstr(&b, found.best[i].words);
        mp_buf_addf(&b, " %u/%u\n", found.best[i].missed, found.best[i].others);
    }
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
    mp_suggest_free(&s);
}

#define SUGGESTED(want, ...)                                                                       \
    do {                                                                                           \
        static const char *const texts[] = {__VA_ARGS__};                                          \
        suggested(texts, sizeof texts / sizeof *texts, want);                                      \
    } while (0)

TEST(likelihood_ratio_of_shares)
{
    /* 2 (10 ln 2 + 10 ln 2): the shares are 1 and 0, together one half */
    double r = mp_suggest_ratio(10, 10, 0, 10);
    CHECK(r > 27.7258 && r < 27.7260);
    CHECK(mp_suggest_ratio(0, 10, 10, 10) == r);
    /* by hand: 3 of 3 against 0 of 4 is -2 (3 ln 3/7 + 4 ln 4/7) */
    r = mp_suggest_ratio(3, 3, 0, 4);
    CHECK(r > 9.5607 && r < 9.5609);
    CHECK(mp_suggest_ratio(2, 4, 3, 6) < 1e-9);
    CHECK(mp_suggest_ratio(0, 5, 0, 7) == 0);
    CHECK(mp_suggest_ratio(5, 5, 7, 7) == 0);
    CHECK(mp_suggest_ratio(0, 0, 0, 0) == 0);
    CHECK(mp_suggest_ratio(1, 1, 0, 0) == 0);
}

TEST(suggests_what_goes_with_missed_texts)
{
    SUGGESTED("aa 2/0\nxx 1/0\nyy 1/0\n", "M aa | xx", "M yy | aa | bb", "W bb | zz", "W bb");
}

TEST(suggests_the_shortest_group_of_equals_once)
{
    /* "bb" says the same as "aa bb cc"; "aa" is commoner */
    SUGGESTED("bb 2/0\ncc 2/0\naa 2/1\n", "M aa bb cc", "M aa bb cc", "W aa", "W zz");
}

TEST(suggests_groups_where_their_words_are_common)
{
    SUGGESTED("aa bb 2/0\n", "M aa bb", "M aa bb", "W aa | bb", "W bb | aa");
}

TEST(suggests_no_group_across_clauses_and_none_of_four_words)
{
    struct mp_suggest s = {0};
    CHECK(give(&s, "aa bb cc dd | ee"));
    CHECK(mp_map_find(&s.groups, MP_STR("bb cc dd")) != MP_MAP_NONE);
    CHECK(mp_map_find(&s.groups, MP_STR("aa bb cc dd")) == MP_MAP_NONE);
    CHECK(mp_map_find(&s.groups, MP_STR("dd ee")) == MP_MAP_NONE);
    CHECK_INT(s.groups.n, 4 + 3 + 2 + 1);
    mp_suggest_free(&s);
}

TEST(suggests_by_texts_not_by_occurrences)
{
    SUGGESTED("bb 2/0\n", "M aa | aa | aa | bb", "M bb", "W aa", "W zz");
}

TEST(suggests_without_texts_that_were_read_or_do_not_count)
{
    SUGGESTED("aa 1/0\n", "M aa", "R aa | bb", "U aa | bb", "W zz");
    /* a false alarm is a text without the code all the same */
    SUGGESTED("bb 1/0\n", "M aa | bb", "A aa", "R zz");
}

TEST(suggests_nothing_without_texts_on_both_sides)
{
    SUGGESTED("", "M aa", "M aa");
    SUGGESTED("", "W aa", "R aa");
    SUGGESTED("", "M ", "W aa");
}

TEST(suggests_at_most_ten)
{
    struct mp_suggest s = {0};
    struct mp_suggested found;
    struct mp_score_doc docs[] = {doc_of('M'), doc_of('W')};
    CHECK(give(&s, "l | k | j | i | h | g | f | e | d | c | b | a"));
    CHECK(give(&s, "z"));
    CHECK(mp_suggest_end(&s));
    CHECK(mp_suggest_for(&s, docs, 2, MP_STR("c"), &found));
    CHECK_INT(found.n, MP_SUGGEST_MAX);
    CHECK_STR(found.best[0].words, "a");
    CHECK_STR(found.best[9].words, "j");
    mp_suggest_free(&s);
}

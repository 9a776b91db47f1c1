/* lib/text/tokens: a narrative as words, and what stands between them */
#include "text/tokens.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/letters.h"
#include "test.h"

static bool in(struct mp_str word, const char *const *list)
{
    for (; *list; list++)
        if (mp_str_is(word, *list))
            return true;
    return false;
}

static bool is_abbreviation(const void *ctx, struct mp_str word)
{
    (void)ctx;
    return in(word, (const char *const[]){"ca", "nvt", "dhr", "mbt", NULL});
}

static bool is_common(const void *ctx, struct mp_str word)
{
    (void)ctx;
    return in(word, (const char *const[]){"zij", "de", NULL});
}

static bool is_joined(const void *ctx, struct mp_str whole, struct mp_str first,
                      struct mp_str second)
{
    (void)ctx;
    CHECK_INT(whole.n, first.n + second.n);
    return in(whole, (const char *const[]){"vermist", "weggelopen", NULL});
}

static const struct mp_token_words words = {is_abbreviation, is_common, is_joined, NULL};

/* The byte for what stands before a token. */
static const char breaks[] = {
    [MP_BREAK_TOUCH] = '~', [MP_BREAK_BLANK] = ' ', [MP_BREAK_COMMA] = ',',  [MP_BREAK_PAREN] = '(',
    [MP_BREAK_COLON] = ':', [MP_BREAK_STOP] = '.',  [MP_BREAK_SECTION] = '#'};

static void add_token(struct mp_buf *b, const struct mp_tokens *t, size_t i)
{
    static const char *const boxes[] = {
        [MP_BOX_YES] = "[x]", [MP_BOX_NO] = "[ ]", [MP_BOX_MINUS] = "[-]"};
    const struct mp_token *k = &t->at[i];
    mp_buf_addc(b, breaks[k->before]);
    if (k->kind >= MP_BOX_YES)
        mp_buf_adds(b, boxes[k->kind]);
    else
        mp_buf_addstr(b, mp_token_str(t, i));
}

static void fails_in(const char *text)
{
    test_str(mp_str_of(text), MP_STR(""), "of the text", __FILE__, __LINE__);
}

/* The tokens of a text, each behind the sign of its break: "#zij ze~gt,nee.weg". */
static void splits(const char *text, const char *want)
{
    struct mp_tokens t = {0};
    struct mp_buf b = {0};
    CHECK(mp_tokens_read(&t, mp_str_of(text), &words));
    for (size_t i = 0; i < t.n; i++)
        add_token(&b, &t, i);
    if (!CHECK_STR(b.data ? mp_buf_str(&b) : MP_STR(""), want))
        fails_in(text);
    mp_buf_free(&b);
    mp_tokens_free(&t);
}

/* The bytes of the text that each token was made of. */
static void quotes(const char *text, const char *want)
{
    struct mp_tokens t = {0};
    struct mp_buf b = {0};
    CHECK(mp_tokens_read(&t, mp_str_of(text), &words));
    for (size_t i = 0; i < t.n; i++) {
        if (i)
            mp_buf_addc(&b, '|');
        mp_buf_add(&b, text + t.at[i].start, t.at[i].end - t.at[i].start);
    }
    if (!CHECK_STR(b.data ? mp_buf_str(&b) : MP_STR(""), want))
        fails_in(text);
    mp_buf_free(&b);
    mp_tokens_free(&t);
}

/* The marks of each token, as letters: Capital, ? question, : colon, - dash, ^ first of its line,
 * " quoted; blanks between tokens. */
static void marks(const char *text, const char *want)
{
    struct mp_tokens t = {0};
    struct mp_buf b = {0};
    CHECK(mp_tokens_read(&t, mp_str_of(text), &words));
    for (size_t i = 0; i < t.n; i++) {
        const struct mp_token *k = &t.at[i];
        mp_buf_addf(&b, "%s%s%s%s%s%s%s", i ? " " : "", k->line ? "^" : "", k->capital ? "C" : "",
                    k->quoted ? "\"" : "", k->question ? "?" : "", k->colon ? ":" : "",
                    k->dash ? "-" : "");
    }
    if (!CHECK_STR(b.data ? mp_buf_str(&b) : MP_STR(""), want))
        fails_in(text);
    mp_buf_free(&b);
    mp_tokens_free(&t);
}

TEST(words_are_lower_case_without_diacritics)
{
    splits("Zij is WEG", "#zij is weg");
    splits("Caf\xc3\xa9 \xc3\x89\xc3\xa9n na\xc3\xafve", "#cafe een naive");
    splits("cafe\xcc\x81", "#cafe");
    splits("", "");
    splits(" \t\r\n.,;:!?-)(\n\n", "");
    splits("a", "#a");
}

TEST(apostrophes_and_soft_hyphens_are_part_of_a_word)
{
    splits("auto's foto\xe2\x80\x99s baby`s", "#autos fotos babys");
    splits("weg\xc2\xadgelopen", "#weggelopen");
    splits("zo\xc2\xb4n", "#zon");
    splits("'s avonds", "#s avonds");
    splits("'weg' zei zij", "#weg zei zij");
    marks("zij zei 'weg'", "^  \"");
    marks("zij zei \"weg\" \xe2\x80\x9chier\xe2\x80\x9d", "^  \" \"");
    quotes("auto's weg\xc2\xadgelopen", "auto's|weg\xc2\xadgelopen");
}

TEST(utf8_that_was_read_as_windows_1252_is_read_back)
{
    splits("caf\xc3\x83\xc2\xa9 hier", "#cafe hier");
    splits("auto\xc3\xa2\xe2\x82\xac\xe2\x84\xa2s", "#autos");
    splits("\xc3\x83\xc2\xa9\xc3\x83\xc2\xa9n", "#een");
    splits("weg \xc3\xa2\xe2\x82\xac\xe2\x80\x9c hier", "#weg,hier");
    splits("\xc3\x83", "#a"); /* one alone is a letter */
    splits("\xc3\x83 de", "#a de");
    quotes("caf\xc3\x83\xc2\xa9 hier", "caf\xc3\x83\xc2\xa9|hier");
}

TEST(words_are_cut_for_comparison_only)
{
    char text[201];
    struct mp_tokens t = {0};
    memset(text, 'a', 200);
    CHECK(mp_tokens_read(&t, (struct mp_str){text, 200}, &words));
    CHECK_INT(t.n, 1);
    CHECK_INT(t.at[0].len, MP_WORD_MAX);
    CHECK_INT(t.at[0].end, 200);
    memset(text, '1', 200);
    CHECK(mp_tokens_read(&t, (struct mp_str){text, 200}, &words));
    CHECK_INT(t.n, 1);
    CHECK_INT(t.at[0].len, MP_WORD_MAX);
    CHECK_INT(t.at[0].end, 200);
    mp_tokens_free(&t);
}

/* Each byte at each place, among letters and among others. */
TEST(letters_are_told_the_same_on_any_processor)
{
    bool same = true;
    for (int other = 0; other < 256; other += 'q')
        for (unsigned place = 0; place < MP_LETTERS; place++)
            for (int c = 0; c < 256; c++) {
                char one[MP_LETTERS], two[MP_LETTERS];
                memset(one, other, sizeof one);
                one[place] = (char)c;
                memcpy(two, one, sizeof two);
                mp_letters_make_small(one);
                mp_letters_make_small_portably(two);
                same = same && !memcmp(one, two, sizeof one) &&
                       one[place] == (c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : (char)c) &&
                       mp_letters_count(one) == mp_letters_count_portably(one) &&
                       (mp_letters_count(one) > place) ==
                           (one[place] >= 'a' && one[place] <= 'z' && (!place || other == 'q'));
            }
    CHECK(same);
}

/* Each byte behind digits, with others behind it that what is carried may reach. */
TEST(digits_are_counted_up_to_any_byte)
{
    bool same = true;
    for (unsigned place = 0; place <= MP_DIGITS; place++)
        for (int c = 0; c < 256; c++) {
            char eight[] = "09182736";
            eight[place] = (char)c;
            unsigned digits = c >= '0' && c <= '9' ? MP_DIGITS : place;
            same = same && mp_digits_count(eight) == digits;
        }
    CHECK(same);
}

/* Letters are counted many at a time, from any place on. */
TEST(words_of_any_length_at_any_place)
{
    static const char *const behind[] = {"", " ", ",", "x\xc3\xa9", "'x", "\n"};
    static const size_t more[] = {0, 0, 0, 2, 1, 0}; /* folded bytes of it */
    struct mp_tokens t = {0};
    for (size_t place = 0; place < 10; place++)
        for (size_t n = 1; n < 150; n++)
            for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
                char text[200], want[200];
                memset(text, ' ', place);
                memset(text + place, n % 2 ? 'Z' : 'a', n);
                memset(want, n % 2 ? 'z' : 'a', n);
                strcpy(text + place + n, behind[i]);
                memcpy(want + n, "xe", 2);
                size_t len = n + more[i] < MP_WORD_MAX ? n + more[i] : MP_WORD_MAX;
                CHECK(mp_tokens_read(&t, mp_str_of(text), &words));
                CHECK_INT(t.n, 1);
                CHECK_SAME(mp_token_str(&t, 0), ((struct mp_str){want, len}));
                CHECK_INT(t.at[0].capital, n % 2);
                CHECK_INT(t.at[0].end - t.at[0].start, n + (more[i] ? strlen(behind[i]) : 0));
            }
    mp_tokens_free(&t);
}

TEST(what_is_no_letter_next_to_letters_stays_so)
{
    struct mp_tokens t = {0};
    for (int c = 0; c < 128; c++) {
        char text[] = {'a', (char)c, 'B', (char)c, 'c', '\0'};
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        CHECK(mp_tokens_read(&t, (struct mp_str){text, 5}, &words));
        CHECK_INT(t.at[0].len, letter ? 5 : c == '\'' || c == '`' || c == '.' ? 3 : 1);
    }
    mp_tokens_free(&t);
}

/* Words are folded where they stand. */
TEST(folding_makes_nothing_longer)
{
    struct mp_buf raw = {0}, folded = {0};
    for (uint32_t c = 0x80; c < 0x20000; c++) {
        if (c >= 0xd800 && c < 0xe000)
            continue;
        raw.len = folded.len = 0;
        mp_utf8_add(&raw, c);
        mp_fold_add(&folded, c);
        if (!CHECK(folded.len <= raw.len))
            break;
    }
    mp_buf_free(&raw);
    mp_buf_free(&folded);
}

TEST(abbreviations_lose_their_dots_and_end_no_sentence)
{
    splits("m.b.t. haar", "#mbt haar");
    splits("i.v.m. haar", "#ivm.haar"); /* not in the list */
    splits("M.B.T. haar", "#mbt haar");
    splits("n.v.t.", "#nvt");
    splits("ca. 15 jaar", "#ca 15 jaar");
    splits("dhr. Bakker", "#dhr bakker");
    splits("J. Bakker", "#j bakker");
    splits("J.P. Bakker", "#jp.bakker");
    splits("nvt. Zij is weg", "#nvt.zij is weg");
    splits("ze.Nu weg.Nu", "#ze.nu weg.nu");
    splits("een www.site.nl", "#een www.site.nl");
    quotes("m.b.t. haar", "m.b.t|haar");
}

TEST(sentences_end_at_their_signs)
{
    splits("Weg. Nu! Hier? Daar; ja", "#weg.nu.hier.daar.ja");
    splits("weg . nu", "#weg.nu");
    splits("weg... nu", "#weg,nu");
    splits("weg... Nu", "#weg.nu");
    splits("weg\xe2\x80\xa6 nu", "#weg,nu");
    splits("weg.. ", "#weg");
    splits("weg (nu) hier", "#weg(nu(hier");
    splits("weg: nu", "#weg:nu");
    splits("weg, nu", "#weg,nu");
    splits("om 15. zij", "#om 15 zij");
    splits("om 15. Zij", "#om 15.zij");
    splits("\xe2\x80\xa2 weg \xe2\x80\xa2 nu", "#weg.nu");
    marks("Weg? nu ?", "^C? ?");
}

TEST(sentences_and_paragraphs_are_numbered)
{
    struct mp_tokens t = {0};
    CHECK(mp_tokens_read(&t, MP_STR("a bb. cc, d\n\ne\n\n\nf"), &words));
    static const uint32_t sentence[] = {1, 1, 2, 2, 3, 4}, section[] = {1, 1, 1, 1, 2, 3};
    CHECK_INT(t.n, 6);
    for (size_t i = 0; i < 6; i++) {
        CHECK_INT(t.at[i].sentence, sentence[i]);
        CHECK_INT(t.at[i].section, section[i]);
    }
    CHECK(mp_tokens_read(&t, MP_STR("x y"), &words)); /* the text before is forgotten */
    CHECK_INT(t.n, 2);
    CHECK_INT(t.at[1].sentence, 1);
    CHECK_STR(mp_token_str(&t, 0), "x");
    mp_tokens_free(&t);
}

TEST(dashes_part_clauses_and_hyphens_join_words)
{
    splits("ex-vriend", "#ex~vriend");
    splits("ex/vriend a\\b a_b", "#ex~vriend a~b a~b");
    splits("weg - nu", "#weg,nu");
    splits("weg \xe2\x80\x93 nu\xe2\x80\x94hier", "#weg,nu,hier");
    splits("drugs- en drank", "#drugs en drank");
    marks("weg - nu \xe2\x80\x93 hier -", "^- - -");
    marks("ex-vriend", "^ ");
    splits("** weg ** nu", "#weg:nu");
    splits("**weg** nu * hier *** ", "#weg nu hier");
}

TEST(wrapped_lines_go_on_and_others_end)
{
    static const char wide[] = "Zij is gisteren bij haar oma geweest en daarna is zij naar\n";
    splits("zij is\nweg", "#zij is weg");
    splits("zij is\nWeg", "#zij is.weg");
    splits("zij is\n15 jaar", "#zij is.15 jaar");
    splits("zij is\n- weg", "#zij is.weg");
    splits("zij is\n* weg", "#zij is.weg");
    splits("zij is\n[x] weg", "#zij is.[x] weg");
    splits("zij is\n\nweg", "#zij is#weg");
    splits("zij is\n \t\nweg", "#zij is#weg");
    splits("zij is\r\nweg\r\n\r\nnu", "#zij is weg#nu");
    splits("zij is\nkleding: rood", "#zij is.kleding:rood");
    splits("zij is\nom 21:30 weg", "#zij is om 21:30 weg");
    CHECK(sizeof wide < 62);
    struct mp_buf b = {0};
    mp_buf_addf(&b, "Daar %sAmsterdam", wide); /* long: the line was only wrapped */
    struct mp_tokens t = {0};
    CHECK(mp_tokens_read(&t, mp_buf_str(&b), &words));
    CHECK_INT(t.at[t.n - 1].before, MP_BREAK_BLANK);
    CHECK_INT(t.at[t.n - 1].line, true);
    mp_tokens_free(&t);
    mp_buf_free(&b);
    marks("a b\nc\td\n\ne", "^  ^  ^");
}

TEST(words_that_a_line_end_or_tab_has_cut_are_mended)
{
    splits("zij is ver\nmist nu", "#zij is vermist nu");
    splits("zij is ver\tmist", "#zij is vermist");
    splits("zij is ver-\nmist", "#zij is vermist");
    splits("wegge\r\nlopen", "#weggelopen");
    splits("ver mist", "#ver mist");
    splits("ver,\nmist", "#ver,mist");
    splits("ver\n\nmist", "#ver#mist");
    splits("ver\nmis\nt", "#ver mis t");
    quotes("is ver\nmist nu", "is|ver\nmist|nu");
    marks("is ver\nmist nu", "^  ");
}

TEST(dates_and_clocks_are_one_token)
{
    splits("op 3-2 om 21.30, 03-05-2002", "#op 3-2 om 21.30,03-05-2002");
    splits("21:30u 3/2 2018-03-02", "#21:30~u 3/2 2018-03-02");
    splits("15jr en 1,65m", "#15~jr en 1,65~m");
    splits("21.30-22.00", "#21.30~22.00");
    splits("21:30-22:00", "#21:30~22:00");
    splits("14-15 jaar", "#14-15 jaar");
    splits("15-jarige", "#15~jarige");
    splits("3.", "#3");
    splits("3-", "#3");
    splits("mp3", "#mp~3");
    quotes("op 3-2 om 21.30u", "op|3-2|om|21.30|u");
}

TEST(boxes_of_forms)
{
    splits("[x] ja [ ] nee", "#[x] ja.[ ] nee");
    splits("Soms: [x] ja [ ] nee", "#soms:[x] ja.[ ] nee");
    splits("Soms [x] ja [ ] nee", "#soms [x] ja [ ] nee");
    splits("[x] [ ] ja", "#[x] [ ] ja");
    splits("[X] [*] [-] [?] []", "#[x] [x] [-] [ ] [ ]");
    splits("(x) ja ( ) nee (-)", "#[x] ja.[ ] nee.[-]");
    splits("[ x ] ja", "#[x] ja");
    splits("weg (x", "#weg(x");
    splits("[ja] (nee)", "#ja(nee");
    splits("[xx]", "#xx");
    splits("[x", "#x");
    splits("\xe2\x98\x91 ja \xe2\x98\x90 nee \xe2\x98\x92 wel", "#[x] ja.[ ] nee.[x] wel");
    quotes("[x] ja \xe2\x98\x90 nee", "[x]|ja|\xe2\x98\x90|nee");
}

TEST(rows_of_tables_are_headings_and_answers)
{
    splits("| lvb | nee |\n| pillen | ja |", "#lvb:nee.pillen:ja");
    marks("| lvb | nee |\n| pillen | ja |", "^:  ^: ");
    splits("| a | b | c | d |", "#a:b.c:d");
    splits("a | b", "#a.b");
    splits("| lvb | |\n| pillen | ja |", "#lvb.pillen:ja");
    marks("| lvb | |\n| pillen | ja |", "^: ^: ");
}

TEST(other_letters_are_words_and_other_signs_are_not)
{
    splits("\xd0\xbc\xd0\xb0 hier", "#\xd0\xbc\xd0\xb0 hier");
    splits("weg \xf0\x9f\x98\x80 nu", "#weg \xf0\x9f\x98\x80 nu");
    splits("weg\xc2\xa0nu\xe2\x80\xafhier", "#weg nu hier");
    splits("10\xe2\x82\xac weg\xe2\x84\xa2", "#10 weg");
    splits("weg \xef\xbf\xbd nu", "#weg nu");
    splits("a\x01z", "#a z");
}

TEST(every_token_knows_its_bytes)
{
    static const char *const pieces[] = {"a",
                                         "Zij",
                                         " ",
                                         "\n",
                                         "\n\n",
                                         "\t",
                                         ".",
                                         ",",
                                         ":",
                                         ";",
                                         "-",
                                         "'",
                                         "[x]",
                                         "[ ]",
                                         "(",
                                         ")",
                                         "|",
                                         "15",
                                         "/",
                                         "?",
                                         "\xc3\xa9",
                                         "\r",
                                         "ver",
                                         "mist",
                                         "\xe2\x80\x99",
                                         "\xe2\x80\x93",
                                         "\xc2\xad",
                                         "\xe2\x98\x90",
                                         "\xc3\x83\xc2\xa9"};
    struct mp_tokens t = {0};
    uint64_t random = 3;
    for (int round = 0; round < 2000; round++) {
        struct mp_buf b = {0};
        for (unsigned n = test_random(&random, 30) + 1; n > 0; n--)
            mp_buf_adds(&b, pieces[test_random(&random, sizeof pieces / sizeof *pieces)]);
        CHECK(mp_tokens_read(&t, mp_buf_str(&b), &words));
        uint32_t end = 0;
        for (size_t i = 0; i < t.n; i++) {
            const struct mp_token *k = &t.at[i];
            bool fine = k->start >= end && k->end > k->start && k->end <= b.len &&
                        (k->len > 0 || k->kind >= MP_BOX_YES) && k->start + k->len <= k->end &&
                        (i > 0 ? k->sentence >= t.at[i - 1].sentence : k->sentence == 1) &&
                        (b.data[k->start] & 0xc0) != 0x80 &&
                        (k->end == b.len || (b.data[k->end] & 0xc0) != 0x80);
            if (!CHECK(fine))
                test_str(mp_buf_str(&b), MP_STR(""), "of the text", __FILE__, __LINE__);
            end = k->end;
        }
        mp_buf_free(&b);
    }
    mp_tokens_free(&t);
}

/* What comes out of one word of a text and of a pattern is the same. */
TEST(patterns_are_folded_as_texts_are)
{
    static const char *const all[] = {"Caf\xc3\xa9",
                                      "auto's",
                                      "m.b.t",
                                      "na\xc3\xafve",
                                      "cafe\xcc\x81",
                                      "foto\xe2\x80\x99s",
                                      "caf\xc3\x83\xc2\xa9",
                                      "\xc3\x87"
                                      "a"};
    struct mp_tokens t = {0};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct mp_buf b = {0};
        mp_fold_word(&b, mp_str_of(all[i]));
        CHECK(mp_tokens_read(&t, mp_str_of(all[i]), &words));
        CHECK_INT(t.n, 1);
        CHECK_SAME(mp_token_str(&t, 0), mp_buf_str(&b));
        mp_buf_free(&b);
    }
    mp_tokens_free(&t);
}

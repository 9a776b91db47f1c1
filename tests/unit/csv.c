/* lib/io/csv */
#include "io/csv.h"
#include "test.h"
#include <stdio.h>

/* All rows of a reader as text, to be compared as a whole. */
static void describe(struct mp_csv *c, struct mp_str text, struct mp_buf *out)
{
    struct mp_error e;
    int got;
    while ((got = mp_csv_next(c, &e)) > 0) {
        const struct mp_csv_row *r = &c->row;
        mp_buf_addf(out, "%zu@%ju+%zu", r->line, (uintmax_t)r->offset, r->raw.n);
        CHECK(r->offset + r->raw.n <= text.n);
        CHECK(memcmp(text.p + r->offset, r->raw.p, r->raw.n) == 0);
        if (r->problem)
            mp_buf_addf(out, " problem %d at %zu:%zu%s", r->problem, r->problem_line,
                        r->problem_col, r->more ? " more" : "");
        if (r->literal_quotes)
            mp_buf_adds(out, " literal");
        for (size_t i = 0; i < r->n; i++) {
            mp_buf_addf(out, " %zu[", r->fields[i].at);
            mp_buf_addstr(out, r->fields[i].text);
            mp_buf_adds(out, "]");
        }
        mp_buf_addc(out, '\n');
    }
    CHECK_INT(got, 0);
}

static struct mp_buf rows_in_pieces(struct mp_str text, size_t max, unsigned most, uint64_t random,
                                    bool slow)
{
    struct test_feed feed;
    struct mp_csv c;
    struct mp_error e;
    struct mp_buf out = {0};
    test_feed_open(&feed, text, most, random);
    CHECK_INT(mp_csv_open(&c, &feed.in, ';', max, &e), 0);
    c.without_fast_path = slow;
    describe(&c, text, &out);
    mp_csv_close(&c);
    test_feed_close(&feed);
    return out;
}

static void reads(struct mp_str text, size_t max, const char *want)
{
    static const unsigned most[] = {60000, 1, 2, 3, 5};
    for (size_t i = 0; i < 10; i++) {
        struct mp_buf out = rows_in_pieces(text, max, most[i / 2], 0, i % 2);
        CHECK_STR(mp_buf_str(&out), want);
        mp_buf_free(&out);
    }
}

#define READS(text, want) reads(MP_STR(text), 1000, want)

TEST(csv_plain_rows)
{
    READS("", "");
    READS("a", "1@0+1 0[a]\n");
    READS("a;b\n", "1@0+3 0[a] 2[b]\n");
    READS("a;b\r\nc;d", "1@0+3 0[a] 2[b]\n2@5+3 0[c] 2[d]\n");
    READS("a\rb\r", "1@0+1 0[a]\n2@2+1 0[b]\n");
    READS(";\n", "1@0+1 0[] 1[]\n");
    READS("a;", "1@0+2 0[a] 2[]\n");
    READS(" a ;\tb\t\n", "1@0+7 0[ a ] 4[\tb\t]\n");
}

TEST(csv_blank_lines_are_passed_over)
{
    READS("\n\r\n\na\n\n\nb\n\n", "4@4+1 0[a]\n7@8+1 0[b]\n");
    READS("\r\n\r\n", "");
    READS("a;b\n\n\"\"\n", "1@0+3 0[a] 2[b]\n3@5+2 0[]\n");
}

TEST(csv_lines_end_with_lf_crlf_or_cr)
{
    READS("\r\ra\r\rb\n\rc\r\n\r\nd", "3@2+1 0[a]\n5@5+1 0[b]\n7@8+1 0[c]\n9@13+1 0[d]\n");
    READS("\"a\rb\r\nc\r\";d\re\n", "1@0+11 0[a\rb\r\nc\r] 10[d]\n5@12+1 0[e]\n");
    READS("k\r\"a\r\" b\rc", "1@0+1 0[k]\n2@2+2 problem 1 at 3:1\n3@5+3 problem 2 at 3:1\n"
                             "4@9+1 0[c]\n");
    READS("\"0123456789abcdefghijklmnopqr\r\n0123456789abcdefghijklmnopqrstuvw\r\"\rx",
          "1@0+66 0[0123456789abcdefghijklmnopqr\r\n0123456789abcdefghijklmnopqrstuvw\r]\n"
          "4@67+1 0[x]\n");
}

TEST(csv_quoted_fields)
{
    READS("\"a\";\"b;c\"\n", "1@0+9 0[a] 4[b;c]\n");
    READS("\"a\"\"b\";c\n", "1@0+8 0[a\"b] 7[c]\n");
    READS("\"\"\"\";\"\"\n", "1@0+7 0[\"] 5[]\n");
    READS("\"a\nb\r\nc\";d\ne\n", "1@0+10 0[a\nb\r\nc] 9[d]\n4@11+1 0[e]\n");
    READS("x;\"a\"", "1@0+5 0[x] 2[a]\n");
    READS("\"a\"\r\n\"b\"\r\n", "1@0+3 0[a]\n2@5+3 0[b]\n");
}

TEST(csv_nul_bytes_are_kept)
{
    struct mp_buf out = rows_in_pieces(MP_STR("a\0b;\"\0\"\n"), 1000, 2, 0, false);
    CHECK_SAME(mp_buf_str(&out), MP_STR("1@0+7 0[a\0b] 4[\0]\n"));
    mp_buf_free(&out);
}

TEST(csv_quote_inside_an_unquoted_field_is_literal)
{
    READS("a\"b\";c\nd\n", "1@0+6 literal 0[a\"b\"] 5[c]\n2@7+1 0[d]\n");
    READS(" \"a\";b\n", "1@0+6 literal 0[ \"a\"] 5[b]\n");
}

TEST(csv_stray_quote_gives_up_the_line)
{
    READS("\"a\"x;y\nb;c\n", "1@0+6 problem 1 at 1:3\n2@7+3 0[b] 2[c]\n");
    READS("k;\"a\n\xc3\xa9\" b\nc\n\"d\"\n",
          "1@0+4 problem 1 at 2:2\n2@5+5 literal 0[\xc3\xa9\" b]\n"
          "3@11+1 0[c]\n4@13+3 0[d]\n");
    READS("\"a\" ;b\r\nc\r\n", "1@0+6 problem 1 at 1:3\n2@8+1 0[c]\n");
    READS("\"a\"x", "1@0+4 problem 1 at 1:3\n");
}

TEST(csv_unclosed_quote_gives_up_the_line)
{
    READS("a;\"b\nc;d\ne", "1@0+4 problem 2 at 1:3\n2@5+3 0[c] 2[d]\n3@9+1 0[e]\n");
    READS("\"", "1@0+1 problem 2 at 1:1\n");
    READS("x\n;\"\n\n", "1@0+1 0[x]\n2@2+2 problem 2 at 2:2\n");
    READS("a;\"b\"\"\nc", "1@0+6 problem 2 at 1:3\n2@7+1 0[c]\n");
}

TEST(csv_row_larger_than_allowed_comes_in_pieces)
{
    reads(MP_STR("12345\nb\n"), 5, "1@0+5 0[12345]\n2@6+1 0[b]\n");
    reads(MP_STR("12345\r\nb\r\n"), 5, "1@0+5 0[12345]\n2@7+1 0[b]\n");
    reads(MP_STR("123456\nb\n"), 5,
          "1@0+5 problem 3 at 1:1 more\n1@5+1 problem 3 at 1:1\n2@7+1 0[b]\n");
    reads(MP_STR("0123456789abc"), 5,
          "1@0+5 problem 3 at 1:1 more\n1@5+5 problem 3 at 1:1 more\n1@10+3 problem 3 at 1:1\n");
    reads(MP_STR("\"23\"567\nb\n"), 5,
          "1@0+5 problem 3 at 1:1 more\n1@5+2 problem 3 at 1:1\n2@8+1 0[b]\n");
    reads(MP_STR("\"23\"5\nb\n"), 5, "1@0+5 problem 1 at 1:4\n2@6+1 0[b]\n");
}

TEST(csv_quote_that_swallows_too_much_costs_one_line)
{
    reads(MP_STR("a;\"b\n0123\"\nc\n"), 5,
          "1@0+4 problem 2 at 1:3\n2@5+5 literal 0[0123\"]\n3@11+1 0[c]\n");
    reads(MP_STR("\"a\";\"b\nc;d\r\ne;f\ng;h"), 9,
          "1@0+6 problem 2 at 1:5\n2@7+3 0[c] 2[d]\n3@12+3 0[e] 2[f]\n4@16+3 0[g] 2[h]\n");
    /* the same quotes once more, before and behind the place where the first row was given up */
    reads(MP_STR("a\";\"b\na\";\"b\na\";\"b\na\";\"b\nc\n"), 20,
          "1@0+5 problem 2 at 1:4\n2@6+5 problem 2 at 1:4\n3@12+5 problem 2 at 1:4\n"
          "4@18+5 problem 2 at 4:4\n5@24+1 0[c]\n");
    reads(MP_STR("x;\"b\n01234567890\ny"), 9,
          "1@0+4 problem 2 at 1:3\n2@5+9 problem 3 at 2:1 more\n2@14+2 problem 3 at 2:1\n"
          "3@17+1 0[y]\n");
}

TEST(csv_rows_before_a_known_dead_end)
{
    READS("a\";\"b\na\";\"b\nc\n", "1@0+5 problem 2 at 2:4\n2@6+5 problem 2 at 2:4\n3@12+1 0[c]\n");
    READS("a\";\"b\na\";\"b\n\"x\nc\n\"d\ne\"\n",
          "1@0+5 problem 1 at 3:1\n2@6+5 problem 1 at 3:1\n"
          "3@12+2 problem 1 at 5:1\n4@15+1 0[c]\n5@17+5 0[d\ne]\n");
}

/* Each row opens a quote that the next one closes: looked through to the end once, not each time.
 */
TEST(csv_many_open_quotes_take_no_time)
{
    enum { ROWS = 300000 };
    for (int kind = 0; kind < 3; kind++) {
        struct mp_buf text = {0};
        for (int i = 0; i < ROWS; i++)
            mp_buf_adds(&text, kind == 0 ? "a\";\"b\r" : "a\";\"b\n");
        mp_buf_adds(&text, kind == 1 ? "a\"x\n" : "");
        struct mp_input in;
        struct mp_csv c;
        struct mp_error e;
        CHECK_INT(mp_input_open(&in, test_file("quotes", text.data, text.len), &e), 0);
        CHECK_INT(mp_csv_open(&c, &in, ';', kind == 2 ? 1000 : 1 << 24, &e), 0);
        size_t given_up = 0;
        while (mp_csv_next(&c, &e) > 0)
            given_up += c.row.problem != MP_CSV_GOOD;
        CHECK_INT(given_up, ROWS);
        CHECK_INT(c.row.line, 0);
        mp_csv_close(&c);
        mp_input_close(&in);
        mp_buf_free(&text);
    }
}

TEST(csv_place_counts_lines_and_characters)
{
    struct mp_csv_row row = {.raw = MP_STR("a\xc3\xa9;b\n\xe2\x82\xac;c"), .line = 7};
    size_t line, col;
    mp_csv_place(&row, 0, &line, &col);
    CHECK(line == 7 && col == 1);
    mp_csv_place(&row, 4, &line, &col);
    CHECK(line == 7 && col == 4);
    mp_csv_place(&row, 10, &line, &col);
    CHECK(line == 8 && col == 3);
    mp_csv_place(&row, 1000, &line, &col);
    CHECK(line == 8 && col == 4);
}

TEST(csv_fields_larger_than_all_buffers)
{
    enum { LARGE = 700000 };
    struct mp_buf text = {0};
    for (int kind = 0; kind < 3; kind++) {
        mp_buf_adds(&text, kind ? "x;\"" : "x;");
        for (int i = 0; i < LARGE; i++)
            mp_buf_addc(&text, kind && i % 97 == 0 ? '\n' : 'a');
        mp_buf_adds(&text, kind == 0 ? ";y\n" : kind == 1 ? "\";y\n" : "\"\"\";y\n");
    }
    for (int slow = 0; slow < 2; slow++) {
        struct mp_input in;
        struct mp_csv c;
        struct mp_error e;
        CHECK_INT(mp_input_open(&in, test_file("large", text.data, text.len), &e), 0);
        CHECK_INT(mp_csv_open(&c, &in, ';', 1 << 24, &e), 0);
        c.without_fast_path = slow;
        for (size_t kind = 0; kind < 3; kind++) {
            CHECK_INT(mp_csv_next(&c, &e), 1);
            CHECK_INT(c.row.problem, 0);
            CHECK_INT(c.row.n, 3);
            CHECK_INT(c.row.fields[1].text.n, LARGE + (kind == 2));
            CHECK_STR(c.row.fields[2].text, "y");
        }
        CHECK_INT(mp_csv_next(&c, &e), 0);
        mp_csv_close(&c);
        mp_input_close(&in);
    }
    mp_buf_free(&text);
}

/* What the two ways give must not differ, wherever the input is cut. */
TEST(csv_fast_path_changes_nothing)
{
    static const char *const pieces[] = {
        "a",    ";",        "\"",   "\n", "\r\n", "\r",    "\"\"",    "\";",  ";\"",
        "\"\n", "\xc3\xa9", "\xe9", " ",  ";;",   "bcdef", "\"q;r\"", "\n\n", "\"x\ny\";"};
    uint64_t random = 20180630;
    for (unsigned round = 0; round < 6000; round++) {
        struct mp_buf text = {0};
        unsigned kinds = 3 + test_random(&random, 16);
        for (unsigned n = test_random(&random, 40); n > 0; n--) {
            mp_buf_adds(&text, pieces[test_random(&random, kinds)]);
            if (test_random(&random, 40) == 0)
                mp_buf_addc(&text, '\0');
        }
        struct mp_str s = mp_buf_str(&text);
        size_t max = test_random(&random, 3) ? 1000 : 4 + test_random(&random, 12);
        struct mp_buf want = rows_in_pieces(s, max, 60000, 0, true);
        for (unsigned way = 0; way < 3; way++) {
            unsigned most = way == 0 ? 60000 : 1 + test_random(&random, 9);
            struct mp_buf got =
                rows_in_pieces(s, max, most, way == 0 ? 0 : random, way < 2 ? 0 : 1);
            if (!CHECK_SAME(mp_buf_str(&got), mp_buf_str(&want)))
                CHECK_SAME(s, MP_STR("the text"));
            mp_buf_free(&got);
        }
        mp_buf_free(&want);
        mp_buf_free(&text);
    }
}

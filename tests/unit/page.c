/* lib/page: escaping, width, words, rows */
#include "page/form.h"
#include "page/page.h"
#include "page/redact.h"
#include "page/width.h"
#include "test.h"

static void check_escape(enum mp_place place, struct mp_str in, const char *want)
{
    struct mp_buf b = {0};
    mp_escape(&b, place, in);
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
}

TEST(escape_html_closes_every_way_out)
{
    check_escape(MP_IN_HTML, MP_STR("</script>&\"'"), "&lt;/script&gt;&amp;&quot;&#39;");
    check_escape(MP_IN_HTML, MP_STR("--><![CDATA["), "--&gt;&lt;![CDATA[");
}

TEST(escape_leaves_letters_alone)
{
    check_escape(MP_IN_HTML, MP_STR("Zo\u00eb \u05d0 \u65e5 e\u0301"),
                 "Zo\u00eb \u05d0 \u65e5 e\u0301");
    check_escape(MP_IN_TEXT, MP_STR("<a> & \"b\" 'c'"), "<a> & \"b\" 'c'");
}

TEST(escape_makes_controls_harmless)
{
    check_escape(MP_IN_TEXT, MP_STR("a\0b\033[2Jc\177"), "a\ufffdb\ufffd[2Jc\ufffd");
    check_escape(MP_IN_TEXT,
                 MP_STR("a\xc2\x9b"
                        "b\u202ec\u2066d\u200ee\ufefff"),
                 "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf");
    check_escape(MP_IN_HTML, MP_STR("a\tb\r\nc\u2028d"), "a b  c d");
    check_escape(MP_IN_HTML, MP_STR("\xff\xc3"), "\ufffd\ufffd");
    check_escape(MP_IN_HTML, MP_STR("\U000e0041\uffff\u00ad"), "\ufffd\ufffd\ufffd");
}

TEST(escape_ascii_spells_latin_letters_out)
{
    check_escape(MP_IN_ASCII, MP_STR("Zo\u00eb \u00c9\u00c6\u0178 \u0141\u00f3d\u017a \u0152"),
                 "Zoe EAeY Lodz Oe");
    check_escape(MP_IN_ASCII, MP_STR("\u201ca\u201d \u2013 b\u2026 \u00d7 e\u0301"),
                 "\"a\" - b... x e");
    check_escape(MP_IN_ASCII, MP_STR("\u65e5\u0416\u202e\u00f7"), "????");
}

/* Whatever comes in: well-formed UTF-8 comes out, no control and nothing that opens a tag. */
TEST(escape_of_any_bytes_is_safe)
{
    uint64_t random = 7;
    for (int round = 0; round < 2000; round++) {
        char bytes[40];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (char)test_random(&random, 256);
        for (int place = MP_IN_HTML; place <= MP_IN_ASCII; place++) {
            struct mp_buf b = {0};
            mp_escape(&b, (enum mp_place)place, (struct mp_str){bytes, sizeof bytes});
            struct mp_str s = mp_buf_str(&b);
            bool safe = mp_utf8_valid(s) == s.n;
            for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i];
                safe &= c >= 0x20 && c != 0x7f && (place != MP_IN_ASCII || c < 0x80) &&
                        (place != MP_IN_HTML || !strchr("<>\"'", c));
            }
            CHECK(safe);
            mp_buf_free(&b);
        }
    }
}

TEST(width_counts_columns)
{
    CHECK_INT(mp_width(MP_STR("abc")), 3);
    CHECK_INT(mp_width(MP_STR("e\u0301\u0302")), 1);
    CHECK_INT(mp_width(MP_STR("\u65e5\u672c")), 4);
    CHECK_INT(mp_width(MP_STR("\U0001f600")), 2);
    CHECK_INT(mp_width(MP_STR("\u05d0\u05b0")), 1);
    CHECK_INT(mp_width(MP_STR("\uff21\uac00")), 4);
    CHECK_INT(mp_width(MP_STR("")), 0);
    CHECK_INT(mp_width_char(0x10ffff), 1);
}

TEST(width_cut_keeps_marks_and_halves_nothing)
{
    CHECK_STR(mp_width_cut(MP_STR("e\u0301x"), 1), "e\u0301");
    CHECK_STR(mp_width_cut(MP_STR("\u65e5\u672c"), 3), "\u65e5");
    CHECK_STR(mp_width_cut(MP_STR("\u65e5"), 1), "");
    CHECK_STR(mp_width_cut(MP_STR("abc"), 9), "abc");
}

TEST(words_is_week_knows_long_years)
{
    int year, week;
    CHECK(mp_words_is_week(MP_STR("2020-W53"), &year, &week));
    CHECK(year == 2020 && week == 53);
    CHECK(!mp_words_is_week(MP_STR("2018-W53"), &year, &week));
    CHECK(!mp_words_is_week(MP_STR("2018-W00"), &year, &week));
    CHECK(!mp_words_is_week(MP_STR("2018-W1"), &year, &week));
    CHECK(!mp_words_is_week(MP_STR("2018-05-"), &year, &week));
    CHECK(!mp_words_is_week(MP_STR("0000-W01"), &year, &week));
    CHECK(!mp_words_is_week(MP_STR("20x8-W01"), &year, &week));
}

static const char WORDS[] = "language: nl\nnumber: {group: '.', decimal: ','}\n"
                            "page: {unknown: onbekend, say: 'a {n} b {x} {n'}\n"
                            "units: {}\nmeasures: {}\n"
                            "dimensions: {sex: {name: Geslacht, values: {m: jongen, f: meisje}}}\n"
                            "tables: {}\n";

static bool load(struct mp_words *w, struct mp_arena *arena, const char *text, struct mp_error *e)
{
    return mp_words_load(w, arena, test_file("words.yaml", text, strlen(text)), e) == 0;
}

static const char LISTS[] =
    "language: nl\nnumber: {group: '.', decimal: ','}\n"
    "page: {unknown: onbekend}\nunits: {}\nmeasures: {}\n"
    "lists: {codes: {photo: Foto, harm: Letsel}, statuses: {no: nee, yes: ja}}\n"
    "dimensions: {what: {name: Wat, values: codes}}\ntables: {}\n";

TEST(words_of_values_can_stand_in_a_list)
{
    struct mp_arena arena = {0};
    struct mp_words w;
    struct mp_error e;
    if (CHECK(load(&w, &arena, LISTS, &e))) {
        CHECK_STR(mp_words_value(&w, MP_STR("what"), MP_STR("harm")), "Letsel");
        CHECK_INT(mp_words_order(&w, "dimensions", MP_STR("what"), MP_STR("harm")), 1);
        /* a code is a dimension too */
        CHECK_STR(mp_words_name(&w, "dimensions", MP_STR("photo"), "name"), "Foto");
        CHECK_STR(mp_words_value(&w, MP_STR("photo"), MP_STR("no")), "nee");
        CHECK_INT(mp_words_order(&w, "dimensions", MP_STR("photo"), MP_STR("yes")), 1);
        CHECK_STR(mp_words_name(&w, "tables", MP_STR("photo"), "title"), "photo");
        CHECK_STR(mp_words_value(&w, MP_STR("other"), MP_STR("harm")), "harm");
    }
    mp_arena_free(&arena);
}

TEST(a_list_of_words_must_be_there)
{
    static const char *const ends[][2] = {
        {"lists: [a]\ndimensions: {}\n", "lists is not a map"},
        {"dimensions: {what: {name: Wat, values: colours}}\n", "there is no list 'colours'"},
        {"lists: {a: {}}\ndimensions: {what: {name: Wat, values: }}\n", "there is no list ''"},
    };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct mp_arena arena = {0};
        struct mp_words w;
        struct mp_error e;
        char text[256];
        snprintf(text, sizeof text, "%s%s", "language: nl\nunits: {}\nmeasures: {}\ntables: {}\n",
                 ends[i][0]);
        CHECK(!load(&w, &arena, text, &e));
        CHECK(strstr(e.text, ends[i][1]) != NULL);
        mp_arena_free(&arena);
    }
}

TEST(words_are_found_filled_in_and_missed)
{
    struct mp_arena arena = {0};
    struct mp_words w;
    struct mp_error e;
    if (CHECK(load(&w, &arena, WORDS, &e))) {
        const struct mp_fill fill = {"n", MP_STR("{x}")};
        CHECK_STR(mp_words_fill(&w, "page.say", &fill, 1), "a {x} b {x} {n");
        CHECK_STR(mp_words_name(&w, "dimensions", MP_STR("sex"), "name"), "Geslacht");
        CHECK_STR(mp_words_name(&w, "dimensions", MP_STR("other"), "name"), "other");
        CHECK_STR(mp_words_value(&w, MP_STR("sex"), MP_STR("f")), "meisje");
        CHECK_STR(mp_words_value(&w, MP_STR("sex"), MP_STR("q")), "q");
        CHECK_STR(mp_words_value(&w, MP_STR("sex"), (struct mp_str){0}), "onbekend");
        CHECK_INT(mp_words_order(&w, "dimensions", MP_STR("sex"), MP_STR("f")), 1);
        CHECK_STR(mp_words_key(&w, "dimensions", 0), "sex");
        CHECK(!mp_words_key(&w, "dimensions", 1).p && !mp_words_key(&w, "nothing", 0).p);
        CHECK(!mp_words_unknown(&w, MP_STR("sex")).p && !mp_words_unknown(&w, MP_STR("q")).p);
        CHECK(mp_words_order(&w, "dimensions", MP_STR("sex"), MP_STR("q")) == SIZE_MAX);
        CHECK_INT(mp_words_check(&w, &e), 0);
        CHECK_STR(mp_words_get(&w, "page.nothing"), "");
        CHECK_INT(mp_words_check(&w, &e), -1);
        CHECK(strstr(e.text, "page.nothing") != NULL);
    }
    mp_arena_free(&arena);
}

TEST(words_write_numbers_with_the_signs_of_the_language)
{
    static const struct {
        const char *in, *want;
    } all[] = {{"0", "0"},
               {"999", "999"},
               {"1000", "1000"},
               {"10000", "10.000"},
               {"-1234567", "-1.234.567"},
               {"0.125", "0,125"},
               {"12345.6789", "12.345,6789"},
               {"1e9", "1e9"},
               {"123456789012345678901234567890", "123.456.789.012.345.678.901.234.567.890"}};
    struct mp_arena arena = {0};
    struct mp_words w;
    struct mp_error e;
    if (CHECK(load(&w, &arena, WORDS, &e)))
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
            CHECK_STR(mp_words_number(&w, mp_str_of(all[i].in)), all[i].want);
    mp_arena_free(&arena);
}

TEST(numbers_are_written_as_their_measure_asks)
{
    static const struct {
        enum mp_form form;
        const char *number, *text;
    } all[] = {{MP_FORM_PLAIN, "12345.5", "12.345,5"},
               {MP_FORM_PERCENT, "31.7", "31,7%"},
               {MP_FORM_PERCENT, "100", "100%"},
               {MP_FORM_PERCENT, "1e5", "1e5"},
               {MP_FORM_HOURS, "0", "0 u"},
               {MP_FORM_HOURS, "47.5", "47,5 u"},
               {MP_FORM_HOURS, "48", "2 d"},
               {MP_FORM_HOURS, "60", "2 d 12 u"},
               {MP_FORM_HOURS, "340.5", "14 d 4,5 u"},
               {MP_FORM_HOURS, "-3", "-3"},
               {MP_FORM_HOURS, "48.5", "2 d 0,5 u"},
               {MP_FORM_HOURS, ".5", ",5"}};
    struct mp_arena arena = {0};
    struct mp_words w;
    struct mp_error e;
    if (!CHECK_INT(mp_words_load(&w, &arena, "schemas/labels/nl.yaml", &e), 0))
        return;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        CHECK_SAME(mp_form_text(&w, mp_str_of(all[i].number), all[i].form), mp_str_of(all[i].text));
    CHECK_INT(mp_words_check(&w, &e), 0);
    mp_arena_free(&arena);
}

static int add(struct mp_rows *rows, const char *line, struct mp_error *e)
{
    struct mp_rec_reader reader = {0};
    struct mp_rec rec = {.line = mp_str_of(line)};
    int result = CHECK_INT(mp_rec_parse(&reader, &rec, e), 0) ? mp_rows_add(rows, rec.root, e) : -1;
    mp_rec_reader_free(&reader);
    return result;
}

#define ROW(by, rest)                                                                              \
    "{\"table\":\"t\",\"by\":{" by "},\"unit\":\"u\",\"measure\":\"count\"," rest "}"

TEST(rows_are_found_whatever_the_order_of_their_dimensions)
{
    struct mp_rows rows = {0};
    struct mp_error e;
    CHECK_INT(add(&rows, ROW("\"b\":\"2\",\"a\":\"1\"", "\"value\":7"), &e), 0);
    CHECK_INT(add(&rows, ROW("", "\"value\":9,\"suppressed\":null"), &e), 0);
    CHECK_INT(add(&rows, ROW("\"a\":null", "\"value\":3,\"suppressed\":\"primary\""), &e), 0);
    CHECK_INT(mp_rows_sort(&rows, &e), 0);
    const struct mp_by by[] = {{MP_STR("b"), MP_STR("2")}, {MP_STR("a"), MP_STR("1")}};
    const struct mp_str t = MP_STR("t"), u = MP_STR("u"), m = MP_STR("count");
    const struct mp_rows_row *r = mp_rows_find(&rows, t, u, m, by, 2);
    CHECK(r != NULL);
    CHECK_STR(r->value, "7");
    CHECK(!mp_rows_find(&rows, t, u, m, by, 1));
    r = mp_rows_find(&rows, t, u, m, NULL, 0);
    CHECK_STR(r->value, "9");
    r = mp_rows_find(&rows, t, u, m, &(struct mp_by){MP_STR("a"), {0}}, 1);
    CHECK(r && !r->value.p); /* a suppressed cell never keeps its number */
    CHECK(!mp_rows_find(&rows, t, u, m, &(struct mp_by){MP_STR("a"), MP_STR("")}, 1));
    mp_rows_free(&rows);
}

TEST(rows_that_contradict_are_marked)
{
    struct mp_rows rows = {0};
    struct mp_error e;
    CHECK_INT(add(&rows, ROW("", "\"value\":9"), &e), 0);
    CHECK_INT(add(&rows, ROW("", "\"value\":9"), &e), 0);
    CHECK_INT(rows.n, 1);
    CHECK(!rows.row[0].conflict);
    CHECK_INT(add(&rows, ROW("", "\"value\":null"), &e), 0);
    CHECK(rows.row[0].conflict);
    mp_rows_free(&rows);
}

TEST(rows_say_why_they_are_none)
{
    static const char *const bad[] = {
        "{}",
        "{\"table\":\"t\",\"unit\":\"u\",\"measure\":\"m\",\"value\":1}",
        "{\"table\":1.5,\"by\":{},\"unit\":\"\",\"measure\":\"m\",\"value\":1}",
        ROW("", "\"value\":\"1\""),
        ROW("", "\"value\":true"),
        ROW("\"a\":[]", "\"value\":1"),
        ROW("", "\"value\":1,\"suppressed\":true"),
        ROW("\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1",
            "\"value\":1"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct mp_rows rows = {0};
        struct mp_error e = {0};
        CHECK_INT(add(&rows, bad[i], &e), -1);
        CHECK_INT(e.code, MP_NOT_A_RECORD);
        mp_rows_free(&rows);
    }
}

TEST(rows_tell_a_record_from_a_row)
{
    struct mp_rows rows = {0};
    struct mp_error e = {0};
    CHECK_INT(add(&rows, "{\"schema\":\"mp/1\",\"id\":\"1\"}", &e), -1);
    CHECK_INT(e.code, MP_NOT_A_RECORD);
    CHECK(strstr(e.text, "run mp-stats first") != NULL);
    mp_rows_free(&rows);
}

static struct mp_str in_brackets(void *ctx, struct mp_str kind)
{
    (void)ctx;
    return kind.n == 4 ? MP_STR("[4]") : MP_STR("[?]");
}

/* What stands of a text after taking out, by the file of the toolkit. */
static void check_redact(const char *record, struct mp_str text, const char *want)
{
    struct mp_arena arena = {0};
    struct mp_redact r;
    struct mp_error e;
    struct mp_buf b = {0};
    CHECK(mp_redact_load(&r, &arena, "schemas/redact/default.yaml", &e) == 0);
    yyjson_doc *doc = yyjson_read(record, strlen(record), 0);
    mp_redact_record(&r, yyjson_doc_get_root(doc));
    mp_redact_add(&r, &b, text, in_brackets, NULL);
    CHECK(!r.failed);
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
    yyjson_doc_free(doc);
    mp_redact_free(&r);
    mp_arena_free(&arena);
}

TEST(redact_takes_what_the_record_names)
{
    const char *anna =
        "{\"person\":{\"given_name\":\"Zo\u00eb-Anna\",\"family_name\":\"de Boer\"}}";
    check_redact(anna, MP_STR("zo\u00eb-anna, zoe-anna's boer, boerin"), "[4], [4] [4], boerin");
    check_redact(anna, MP_STR("Z. belt de B. niet"), "[4] belt de [4] niet");
    check_redact("{\"person\":{\"given_name\":\"a|b(\\\\E\",\"family_name\":\"x\\u0000y\"}}",
                 MP_STR("ab loopt x"), "ab loopt x");
    check_redact("{\"person\":[],\"hosts\":[1,{\"kind\":\"person\",\"value\":\"man milan 29\"}]}",
                 MP_STR("man Milan 29 milan"), "man [4] 29 [4]");
}

TEST(redact_takes_what_a_narrative_calls_somebody)
{
    check_redact("{\"narrative\":\"Zij is met Kevin gezien in Delft.\"}",
                 MP_STR("Kevin zag haar in Delft"), "[4] zag haar in Delft");
    check_redact("{}", MP_STR("Zij liep. Zwarte jas"), "Zij liep. Zwarte jas");
}

TEST(redact_takes_hosts_that_are_called_like_something_else)
{
    check_redact("{\"hosts\":[{\"kind\":\"person\",\"value\":\"vriend jordan martens van zara\"}]}",
                 MP_STR("haar vriend Jordan, Jordan Martens van Zara"),
                 "haar vriend [4], [4] [4] van [4]");
    check_redact("{\"narrative\":\"bij de broer van Amber en Max.\"}",
                 MP_STR("Amber, de zus van Max"), "[4], de zus van [4]");
}

TEST(redact_keeps_what_is_no_name_where_none_stands_beside_it)
{
    check_redact("{}", MP_STR("een Nike Air Max, zwarte Dr Martens, Air Jordan en Amber Alert"),
                 "een Nike Air Max, zwarte Dr Martens, Air Jordan en Amber Alert");
    check_redact("{}", MP_STR("op Station Delft Centraal in Mei, bij Veilig Thuis"),
                 "op Station Delft Centraal in Mei, bij Veilig Thuis");
    check_redact("{}", MP_STR("in Tilburg Qanadorp"), "in Tilburg [4]");
    check_redact("{}", MP_STR("met Mercedes Qana en Qana Breda, Mercedes"),
                 "met [4] [4] en [4] [4], Mercedes");
    check_redact("{\"narrative\":\"zij zag Mercedes Qana en Nora Breda\"}",
                 MP_STR("Mercedes Qana reed. Nora Breda zag moeder in Breda"),
                 "[4] reed. [4] zag moeder in Breda");
}

/* Any number of words, each told apart by its letters, and then a name. */
static void check_many(size_t n_words, size_t n_different, const char *want)
{
    struct mp_buf b = {0};
    mp_buf_adds(&b, "{\"narrative\":\"zij ging");
    for (size_t i = 0; i < n_words; i++)
        mp_buf_addf(&b, " naar E%c%c%cweg", (int)('a' + i % n_different % 26),
                    (int)('a' + i % n_different / 26 % 26),
                    (int)('a' + i % n_different / 676 % 26));
    mp_buf_adds(&b, " en Qana was daar.\"}");
    mp_buf_addc(&b, 0);
    check_redact(b.data, MP_STR("Qana haalde haar op"), want);
    mp_buf_free(&b);
}

TEST(redact_knows_all_names_or_takes_all)
{
    check_many(10000, 1, "[4] haalde haar op");
    check_many(2000, 1000, "[4] haalde haar op");
    check_many(20000, 20000, "[4]");
    check_many(100000, 1, "[4]");
    static char record[30100] = "{\"narrative\":\"zij zag Ks";
    memset(record + strlen(record), 's', 30000); /* each may be written in three ways */
    strcat(record, "\"}");
    check_redact(record, MP_STR("Qana haalde haar op"), "[4]");
}

TEST(redact_learns_of_every_report_and_of_long_words)
{
    struct mp_buf b = {0};
    mp_buf_adds(&b, "{\"link\":{\"reports\":[");
    for (size_t i = 0; i < 100; i++)
        mp_buf_adds(&b, "{\"narrative\":\"zij zag Fatima\"},");
    mp_buf_adds(&b, "{\"narrative\":\"zij zag Qana en E");
    for (size_t i = 0; i < 300; i++)
        mp_buf_addc(&b, 'e');
    mp_buf_adds(&b, "\"}]}}");
    mp_buf_addc(&b, 0);
    check_redact(b.data, MP_STR("Qana haalde haar op"), "[4] haalde haar op");
    mp_buf_free(&b);
}

TEST(redact_takes_numbers_and_places)
{
    check_redact("{}", MP_STR("tel 06-12345678 of +31 6 12345678 of 0612345678"),
                 "tel [?] of [?] of [?]");
    check_redact("{}", MP_STR("op 04-03 1430u, 1.65 m, 2 mannen, 17 jaar"),
                 "op 04-03 1430u, 1.65 m, 2 mannen, 17 jaar");
    check_redact("{}", MP_STR("geb 03-02-2003 of 3 februari 2003, bsn 123456782"),
                 "geb [4] of [4], bsn [?]");
    check_redact("{}", MP_STR("kenteken 12-ABC-3, a@b.nl, @kev_1, www.x.nl/y"),
                 "[?], [4], [?], [4]");
    check_redact("{}", MP_STR("Laan van Meerdervoort 100a te Delft, 2512 AB"), "[?] te Delft, [?]");
    check_redact("{}", MP_STR("bij PL1300-2018000001 en VPI-2018-00044"), "bij [?] en [?]");
}

TEST(redact_ends_on_any_text)
{
    char text[900];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = "Aa- w"[i * i % 5];
    struct mp_arena arena = {0};
    struct mp_redact r;
    struct mp_error e;
    struct mp_buf b = {0};
    CHECK(mp_redact_load(&r, &arena, "schemas/redact/default.yaml", &e) == 0);
    for (size_t n = 0; n < sizeof text; n += 31)
        mp_redact_add(&r, &b, (struct mp_str){text, n}, in_brackets, NULL);
    CHECK(!r.failed && mp_utf8_valid(mp_buf_str(&b)) == b.len);
    mp_buf_free(&b);
    mp_redact_free(&r);
    mp_arena_free(&arena);
}

TEST(grid_breaks_words_that_are_too_wide)
{
    struct mp_str cells[] = {MP_STR("wwwwwwwwwwwwwwwwwwwwwwwwwwwwww"), MP_STR("a b"), MP_STR("")};
    struct mp_str heads[] = {MP_STR("x"), MP_STR("y"), MP_STR("z")};
    struct mp_grid grid = {MP_STR("c"), heads, cells, 3, 1};
    struct mp_sheet sheet = {.heading = MP_STR("h"), .grid = &grid};
    struct mp_page page = {.title = MP_STR("t"), .sheets = &sheet, .n_sheets = 1};
    for (size_t columns = 20; columns < 60; columns++) {
        struct mp_buf b = {0};
        mp_page_text(&b, &page, MP_IN_TEXT, columns);
        size_t w = 0, width = 0;
        for (size_t i = 0; i < b.len; i++) {
            w += b.data[i] == 'w';
            width = b.data[i] == '\n' ? 0 : width + ((b.data[i] & 0xc0) != 0x80);
            CHECK(width <= columns);
        }
        CHECK(w == 30);
        mp_buf_free(&b);
    }
}

TEST(escape_markdown_begins_nothing)
{
    check_escape(MP_IN_MARKDOWN, MP_STR("a*b_c`d[e](f)|g~h#i\\j"),
                 "a\\*b\\_c\\`d\\[e\\](f)\\|g\\~h\\#i\\\\j");
    check_escape(MP_IN_MARKDOWN, MP_STR("<a href='x'>&amp;"), "&lt;a href='x'&gt;&amp;amp;");
    check_escape(MP_IN_MARKDOWN, MP_STR(" \t- a - b"), "\\- a - b");
    check_escape(MP_IN_MARKDOWN, MP_STR("12. a 12. b"), "12\\. a 12. b");
    check_escape(MP_IN_MARKDOWN, MP_STR("3) a"), "3\\) a");
    check_escape(MP_IN_MARKDOWN, MP_STR("12 a"), "12 a");
    check_escape(MP_IN_MARKDOWN, MP_STR("see WWW.a.nl or https://a.nl: b"),
                 "see WWW\\.a.nl or https\\://a.nl: b");
    check_escape(MP_IN_MARKDOWN, MP_STR("a@b.nl @ c@"), "a@<!-- -->b.nl @ c@");
    check_escape(MP_IN_MARKDOWN, MP_STR("a\n\n# b\0c"), "a  \\# b\ufffdc");
    check_escape(MP_IN_MARKDOWN, MP_STR("Zo\u00eb \u2014 \u201ca\u201d"),
                 "Zo\u00eb \u2014 \u201ca\u201d");
    check_escape(MP_IN_MARKDOWN, MP_STR("  "), "");
}

TEST(escape_csv_makes_one_field)
{
    check_escape(MP_IN_CSV, MP_STR("a b"), "a b");
    check_escape(MP_IN_CSV, MP_STR(""), "");
    check_escape(MP_IN_CSV, MP_STR("a,b"), "\"a,b\"");
    check_escape(MP_IN_CSV, MP_STR("a\"b\nc"), "\"a\"\"b c\"");
    check_escape(MP_IN_CSV, MP_STR("=1"), "'=1");
    check_escape(MP_IN_CSV, MP_STR("\t@a"), "\" '@a\"");
    check_escape(MP_IN_CSV, MP_STR("1-2; +3;4"), "\"1-2; '+3;4\"");
    check_escape(MP_IN_CSV, MP_STR("\uff0b1"), "'\uff0b1");
}

/* Whatever comes in, CSV is one field: quotes stand around it and doubled in it, or nowhere. */
TEST(escape_csv_of_any_bytes_is_one_field)
{
    static const char signs[] = "\",;=+-@ '\r\n\t|a1\0\xc3\xa9\xe2";
    uint64_t random = 11;
    for (int round = 0; round < 5000; round++) {
        char bytes[12];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = signs[test_random(&random, sizeof signs - 1)];
        struct mp_buf b = {0};
        mp_escape(&b, MP_IN_CSV, (struct mp_str){bytes, sizeof bytes});
        struct mp_str s = mp_buf_str(&b);
        bool quoted = s.n > 1 && s.p[0] == '"' && s.p[s.n - 1] == '"', safe = true;
        for (size_t i = quoted; i < s.n - quoted; i++) {
            safe &= (unsigned char)s.p[i] >= 0x20 && (quoted || !strchr("\",;", s.p[i]));
            if (s.p[i] == '"') {
                safe &= i + 1 < s.n - quoted && s.p[i + 1] == '"';
                i++;
            }
        }
        CHECK(safe);
        CHECK(!strchr("=+-@", s.p[quoted]));
        mp_buf_free(&b);
    }
}

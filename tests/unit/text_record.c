/* lib/text/record, with the lexicon of tests/lexicon */
#include "base/utf8.h"
#include "test.h"
#include "text/record.h"

static struct mp_lexicon *lexicon(void)
{
    static struct mp_lexicon l;
    static bool loaded;
    struct mp_error e;
    if (!loaded) {
        loaded = true;
        if (mp_lexicon_load(&l, "tests/lexicon", NULL, &e) < 0)
            test_str(mp_str_of(e.text), MP_STR("loaded"), "tests/lexicon", __FILE__, __LINE__);
    }
    return &l;
}

__attribute__((destructor)) static void free_lexicon(void)
{
    mp_lexicon_free(lexicon());
}

/* The line that comes of a line; the caller frees. */
static struct mp_buf read_with(struct mp_text_recorder *r, struct mp_str line)
{
    struct mp_buf out = {0}, notes = {0}, in = {0};
    mp_buf_addstr(&in, line);
    mp_buf_addc(&in, '\n');
    CHECK(mp_text_lines(r, mp_buf_str(&in), &out, &notes));
    mp_buf_free(&in);
    mp_buf_free(&notes);
    return out;
}

/* A line becomes another, and that one stays as it is when it is read again. */
static void becomes(const char *line, const char *want)
{
    struct mp_text_recorder r = {.lexicon = lexicon()};
    struct mp_buf out = read_with(&r, mp_str_of(line));
    out.len -= out.len > 0;
    CHECK_STR(mp_buf_str(&out), want);
    struct mp_buf again = read_with(&r, mp_buf_str(&out));
    again.len -= again.len > 0;
    CHECK_STR(mp_buf_str(&again), want);
    mp_buf_free(&out);
    mp_buf_free(&again);
    mp_text_recorder_free(&r);
}

TEST(text_record_without_a_narrative_is_as_it_was)
{
    becomes("{\"id\":\"a\"}", "{\"id\":\"a\"}");
    becomes(" {\"narrative\" : null, \"signals\" : [ {\"code\":\"x\"} ]} ",
            " {\"narrative\" : null, \"signals\" : [ {\"code\":\"x\"} ]} ");
    becomes("{\"narrative\":7}", "{\"narrative\":7}");
}

TEST(text_record_that_says_nothing_has_an_empty_list)
{
    becomes("{\"narrative\":\"\"}", "{\"narrative\":\"\",\"signals\":[]}");
    becomes("{\"narrative\":\"Goedemorgen.\",\"signals\":[{\"code\":\"x\",\"status\":\"past\"}],"
            "\"x\":1.0}",
            "{\"narrative\":\"Goedemorgen.\",\"signals\":[],\"x\":1.0}");
}

TEST(text_record_counts_characters)
{
    /* two, three and four bytes; an escape; a pair of surrogates */
    becomes("{\"narrative\":\"\u00eb\u20ac\U0001f600 \\u00e9\\ud83d\\ude00 LVB\\n.\"}",
            "{\"narrative\":\"\u00eb\u20ac\U0001f600 \\u00e9\\ud83d\\ude00 LVB\\n.\",\"signals\":["
            "{\"code\":\"intellectual_disability\",\"status\":\"present\",\"quote\":\"LVB\","
            "\"start\":7,\"end\":10}]}");
}

TEST(text_record_quotes_are_the_stretch_from_start_to_end)
{
    struct mp_text_recorder r = {.lexicon = lexicon()};
    struct mp_buf text = {0};
    static const char *const pieces[] = {"caf\u00e9 7. ", "Zij blowt. ", "\u00c9\u00e9n ", "\u20ac",
                                         "LVB. ",         "\U0001f600 ", "wegliep. "};
    uint64_t random = 3;
    mp_buf_adds(&text, "{\"narrative\":\"");
    for (int i = 0; i < 2000; i++)
        mp_buf_adds(&text, pieces[test_random(&random, 7)]);
    mp_buf_adds(&text, "\"}");
    struct mp_buf out = read_with(&r, mp_buf_str(&text));
    struct mp_rec rec = {.line = {out.data, out.len - 1}};
    struct mp_rec_reader parser = {0};
    struct mp_error e;
    CHECK_INT(mp_rec_parse(&parser, &rec, &e), 0);
    struct mp_str narrative = mp_rec_str(rec.root, "narrative");
    yyjson_arr_iter all = yyjson_arr_iter_with(yyjson_obj_get(rec.root, "signals"));
    size_t n = 0, byte = 0;
    int64_t at = 0, last = 0;
    for (yyjson_val *s; (s = yyjson_arr_iter_next(&all)); n++) {
        int64_t start = -1, end = -1;
        CHECK(mp_rec_int(yyjson_obj_get(s, "start"), &start) &&
              mp_rec_int(yyjson_obj_get(s, "end"), &end));
        CHECK(start >= last);
        last = start;
        for (; at < start; at++)
            mp_utf8_next(narrative, &byte);
        struct mp_str quote = mp_rec_text(yyjson_obj_get(s, "quote"));
        CHECK_SAME(((struct mp_str){narrative.p + byte, quote.n}), quote);
        CHECK_INT(end - start, mp_utf8_count(quote));
    }
    CHECK(n > 500);
    mp_rec_reader_free(&parser);
    mp_buf_free(&text);
    mp_buf_free(&out);
    mp_text_recorder_free(&r);
}

#define TEXT "Meisje (15 jaar) is gisteren om 21.30 uur weggelopen. Code rood, urgent."

/* Only what becomes of the facts: the record without narrative and signals. */
static void facts_become(const char *line, const char *want)
{
    struct mp_text_recorder r = {.lexicon = lexicon()};
    struct mp_buf once = read_with(&r, mp_str_of(line));
    once.len -= once.len > 0;
    struct mp_buf twice = read_with(&r, mp_buf_str(&once));
    twice.len -= twice.len > 0;
    CHECK_SAME(mp_buf_str(&twice), mp_buf_str(&once));
    struct mp_members members;
    struct mp_edits less = {.set = 0};
    struct mp_buf out = {0};
    mp_members_find(&members, mp_buf_str(&once), mp_record_keys);
    mp_edits_set(&less, MP_KEY_NARRATIVE, (struct mp_str){0});
    mp_edits_set(&less, MP_KEY_SIGNALS, (struct mp_str){0});
    mp_edit_add(&out, &members, &less);
    CHECK_STR(mp_buf_str(&out), want);
    mp_buf_free(&once);
    mp_buf_free(&twice);
    mp_buf_free(&out);
    mp_text_recorder_free(&r);
}

TEST(text_record_fills_in_what_is_not_known)
{
    facts_become("{\"id\":\"a\",\"reported_at\":\"2018-06-04T22:10\",\"person\":{\"family_name\":"
                 "\"X\",\"client_id\":\"1\"},\"place\":{},\"police_category\":null,\"narrative\":"
                 "\"" TEXT "\",\"rest\":{}}",
                 "{\"id\":\"a\",\"reported_at\":\"2018-06-04T22:10\",\"person\":{\"family_name\":"
                 "\"X\",\"sex\":\"f\",\"age\":15,\"client_id\":\"1\"},\"place\":{},"
                 "\"missing_since\":\"2018-06-03T21:30\",\"police_category\":\"urgent\","
                 "\"traffic_light\":\"red\",\"facts_from\":{\"age\":{\"text\":\"15\"},\"sex\":"
                 "{\"text\":\"Meisje\"},\"missing_since\":{\"text\":\"gisteren om 21.30 uur\"},"
                 "\"police_category\":{\"text\":\"urgent\"},\"traffic_light\":"
                 "{\"text\":\"Code rood\"}},\"rest\":{}}");
    /* no person at all */
    facts_become("{\"narrative\":\"Meisje.\"}",
                 "{\"person\":{\"sex\":\"f\"},\"facts_from\":{\"sex\":{\"text\":\"Meisje\"}}}");
    facts_become("{\"person\":null,\"narrative\":\"Meisje.\"}",
                 "{\"person\":{\"sex\":\"f\"},\"facts_from\":{\"sex\":{\"text\":\"Meisje\"}}}");
}

TEST(text_record_keeps_what_columns_say)
{
    /* the same, the same day, another one */
    facts_become("{\"reported_at\":\"2018-06-04T22:10\",\"person\":{\"sex\":\"f\",\"age\":14},"
                 "\"missing_since\":\"2018-06-03\",\"police_category\":\"other\","
                 "\"narrative\":\"" TEXT "\",\"facts_from\":{\"age\":\"column\",\"sex\":"
                 "\"column\",\"missing_since\":\"column\",\"police_category\":\"column\"}}",
                 "{\"reported_at\":\"2018-06-04T22:10\",\"person\":{\"sex\":\"f\",\"age\":14},"
                 "\"missing_since\":\"2018-06-03\",\"police_category\":\"other\","
                 "\"traffic_light\":\"red\",\"facts_from\":{\"age\":{\"text\":\"15\",\"differs\":"
                 "true},\"sex\":\"column\",\"missing_since\":\"column\",\"police_category\":"
                 "{\"text\":\"urgent\",\"differs\":true},\"traffic_light\":"
                 "{\"text\":\"Code rood\"}}}");
    facts_become("{\"reported_at\":\"2018-06-04T22:10\",\"missing_since\":\"2018-06-03T21:00\","
                 "\"narrative\":\"Gisteren om 21.30 uur weggelopen.\"}",
                 "{\"reported_at\":\"2018-06-04T22:10\",\"missing_since\":\"2018-06-03T21:00\","
                 "\"facts_from\":{\"missing_since\":{\"text\":\"Gisteren om 21.30 uur\","
                 "\"differs\":true}}}");
}

TEST(text_record_takes_back_what_an_earlier_reading_gave)
{
    /* the text says it no longer; what stands beside it stays */
    facts_become("{\"person\":{\"sex\":\"m\",\"age\":12},\"narrative\":\"Meisje.\",\"facts_from\":"
                 "{\"age\":{\"text\":\"12\"},\"sex\":{\"text\":\"jongen\"},\"x\":1}}",
                 "{\"person\":{\"sex\":\"f\",\"age\":null},\"facts_from\":"
                 "{\"sex\":{\"text\":\"Meisje\"},\"x\":1}}");
    facts_become("{\"traffic_light\":\"red\",\"narrative\":\"Nee.\",\"facts_from\":"
                 "{\"traffic_light\":{\"text\":\"rood\"}}}",
                 "{\"traffic_light\":null}");
    /* differed, and does no longer */
    facts_become("{\"person\":{\"sex\":\"f\"},\"narrative\":\"Meisje.\",\"facts_from\":"
                 "{\"sex\":{\"text\":\"hij\",\"differs\":true}}}",
                 "{\"person\":{\"sex\":\"f\"},\"facts_from\":{\"sex\":\"column\"}}");
}

TEST(text_record_takes_no_return_before_the_departure)
{
    facts_become("{\"reported_at\":\"2018-06-04T22:10\",\"missing_since\":\"2018-06-04T20:00\","
                 "\"narrative\":\"Gisteren om 21.30 uur teruggekeerd.\"}",
                 "{\"reported_at\":\"2018-06-04T22:10\",\"missing_since\":\"2018-06-04T20:00\","
                 "\"facts_from\":{\"missing_since\":\"column\"}}");
    facts_become("{\"reported_at\":\"2018-06-04T22:10\",\"returned_at\":\"2018-06-02\","
                 "\"narrative\":\"Gisteren om 21.30 uur weggelopen.\"}",
                 "{\"reported_at\":\"2018-06-04T22:10\",\"returned_at\":\"2018-06-02\","
                 "\"facts_from\":{\"returned_at\":\"column\"}}");
}

TEST(text_record_leaves_episodes_unread)
{
    struct mp_text_recorder r = {.lexicon = lexicon()};
    struct mp_buf out = {0}, notes = {0};
    struct mp_str line = MP_STR("{\"id\":\"a\",\"narrative\":\"LVB\",\"link\":{\"reports\":[]}}\n");
    CHECK(mp_text_lines(&r, line, &out, &notes) && mp_text_lines(&r, line, &out, &notes));
    CHECK_INT(out.len, 2 * line.n);
    CHECK_INT(notes.len, sizeof(struct mp_error));
    CHECK_INT(((const struct mp_error *)(const void *)notes.data)->code, MP_NOT_READ);
    mp_buf_free(&out);
    mp_buf_free(&notes);
    mp_text_recorder_free(&r);
    becomes(
        "{\"narrative\":\"LVB\",\"link\":{\"person_id\":\"p\"}}",
        "{\"narrative\":\"LVB\",\"signals\":[{\"code\":\"intellectual_disability\",\"status\":"
        "\"present\",\"quote\":\"LVB\",\"start\":0,\"end\":3}],\"link\":{\"person_id\":\"p\"}}");
}

TEST(text_record_notes_each_line_in_which_an_expression_was_given_up)
{
    static const char over[] = "lists: {endless: ['/((a+)+)+[b-d]/']}\n"
                               "codes: {own: {new: true, mentions: [<endless>]}}\n";
#define ENDLESS "{\"narrative\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}\n"
    struct mp_lexicon l = {0};
    struct mp_error e;
    struct mp_buf out = {0}, notes = {0};
    CHECK_INT(mp_lexicon_load(&l, "tests/lexicon", test_file("over.yaml", over, strlen(over)), &e),
              0);
    struct mp_text_recorder r = {.lexicon = &l};
    CHECK(mp_text_lines(&r, MP_STR("{\"narrative\":\"aab\"}\n" ENDLESS "{\"x\":1}\n" ENDLESS), &out,
                        &notes));
    CHECK(mp_text_lines(&r, MP_STR(ENDLESS), &out, &notes));
    static const size_t want[] = {2, 4, 1};
    CHECK_INT(notes.len, sizeof want / sizeof *want * sizeof e);
    for (size_t i = 0; i < notes.len / sizeof e; i++) {
        const struct mp_error *n = &((const struct mp_error *)(const void *)notes.data)[i];
        CHECK_INT(n->code, MP_GAVE_UP);
        CHECK_INT(n->line, want[i]);
    }
    mp_buf_free(&out);
    mp_buf_free(&notes);
    mp_text_recorder_free(&r);
    mp_lexicon_free(&l);
}

static void hides(struct mp_lexicon *l, const char *line, const char *want)
{
    struct mp_text_recorder r = {.lexicon = l, .no_text = true};
    struct mp_buf out = read_with(&r, mp_str_of(line));
    out.len -= out.len > 0;
    CHECK_STR(mp_buf_str(&out), want);
    mp_buf_free(&out);
    mp_text_recorder_free(&r);
}

TEST(text_record_hides_all_free_text)
{
    hides(lexicon(), "{\"person\":{\"sex\":\"m\"},\"narrative\":\"Meisje, LVB, 15 jaar.\"}",
          "{\"person\":{\"sex\":\"m\",\"age\":15},\"signals\":[{\"code\":"
          "\"intellectual_disability\",\"status\":\"present\"}],\"facts_from\":"
          "{\"age\":{\"text\":null},\"sex\":{\"text\":null,\"differs\":true}}}");
    /* of earlier readings and other filters */
    hides(
        NULL,
        "{\"narrative\":\"LVB\",\"signals\":[{\"code\":\"x\",\"status\":\"past\",\"quote\":\"LVB\","
        "\"start\":0,\"end\":3,\"at\":\"f:1\",\"cue\":\"c\",\"cue_at\":\"f:2\"}],\"facts_from\":"
        "{\"age\":{\"text\":\"q\",\"differs\":true,\"report\":\"r\"},\"sex\":{\"text\":\"q\"},"
        "\"returned_at\":\"column\"},\"link\":{\"reports\":[{\"id\":\"a\",\"narrative\":\"n\"}]},"
        "\"triage\":{\"score\":1,\"reasons\":[{\"rule\":\"r\",\"quotes\":[\"q\"]}]},\"x\":1}",
        "{\"signals\":[{\"code\":\"x\",\"status\":\"past\",\"at\":\"f:1\",\"cue_at\":\"f:2\"}],"
        "\"facts_from\":{\"age\":{\"text\":null,\"differs\":true,\"report\":\"r\"},\"sex\":"
        "{\"text\":null},\"returned_at\":\"column\"},\"link\":{\"reports\":[{\"id\":\"a\"}]},"
        "\"triage\":{\"score\":1,\"reasons\":[{\"rule\":\"r\"}]},\"x\":1}");
    hides(NULL, "{\"id\":\"a\"}", "{\"id\":\"a\"}");
}

TEST(text_record_explains)
{
    struct mp_text_recorder r = {
        .lexicon = lexicon(), .explain = true, .folder = MP_STR("tests/lexicon")};
    struct mp_buf out = read_with(&r, MP_STR("{\"narrative\":\"Vermoedelijk loverboys.\"}"));
    CHECK_STR(
        mp_buf_str(&out),
        "{\"narrative\":\"Vermoedelijk loverboys.\",\"signals\":[{\"code\":"
        "\"sexual_exploitation\",\"status\":\"suspected\",\"quote\":\"loverboys\",\"start\":13,"
        "\"end\":22,\"entry\":\"*loverboy*\",\"at\":\"small.yaml:11\",\"trigger\":"
        "\"cue\",\"cue\":\"Vermoedelijk\",\"cue_at\":\"small.yaml:43\",\"scope\":[0,22]}]}\n");
    mp_buf_free(&out);
    mp_text_recorder_free(&r);
}

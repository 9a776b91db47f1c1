/* Scores: counting, labels out of JSON, differences, floors. */
#include "io/record.h"
#include "score/errors.h"
#include "score/labels.h"
#include "score/show.h"
#include "score/wish.h"
#include "test.h"

/* Labels and their memory. */
struct labelled {
    struct mp_rec_reader reader;
    struct mp_arena arena;
    struct mp_score_mentions mentions;
    struct mp_score_doc doc;
    struct mp_error e;
    int result;
};

static yyjson_val *parse(struct labelled *l, const char *json)
{
    struct mp_rec rec = {.line = mp_str_of(json), .file = MP_STR("t")};
    if (!CHECK_INT(mp_rec_parse(&l->reader, &rec, &l->e), 0))
        return NULL;
    return rec.root;
}

static void read_doc(struct labelled *l, const char *json)
{
    *l = (struct labelled){0};
    yyjson_val *root = parse(l, json);
    l->result = root ? mp_score_doc_read(&l->mentions, &l->arena, root, &l->doc, &l->e) : -1;
}

static void read_made(struct labelled *l, const char *json)
{
    yyjson_val *root = parse(l, json);
    l->doc.was_read =
        root && mp_score_labels_read(&l->mentions, &l->arena, root, &l->doc.read, &l->e) == 0;
}

static void forget(struct labelled *l)
{
    mp_score_mentions_free(&l->mentions);
    mp_arena_free(&l->arena);
    mp_rec_reader_free(&l->reader);
}

static bool same(struct mp_score_count c, uint64_t tp, uint64_t fp, uint64_t fn)
{
    return c.tp == tp && c.fp == fp && c.fn == fn;
}

static const struct mp_score_choice all_codes;

TEST(score_shares_are_one_where_nothing_can_be_wrong)
{
    struct mp_score_count none = {0}, wrong = {0, 2, 3}, some = {3, 1, 2};
    CHECK(mp_score_precision(none) == 1 && mp_score_recall(none) == 1 && mp_score_f1(none) == 1);
    CHECK(mp_score_precision(wrong) == 0 && mp_score_recall(wrong) == 0);
    CHECK(mp_score_f1(wrong) == 0);
    CHECK(mp_score_precision(some) == 0.75 && mp_score_recall(some) == 0.6);
    CHECK(mp_score_f1(some) > 0.6666 && mp_score_f1(some) < 0.6667);
}

TEST(score_counts_each_kind_of_difference)
{
    struct labelled l;
    struct mp_score s = {0};
    read_doc(&l, "{\"id\":\"1\",\"signals\":{\"right\":\"past\",\"status\":\"present\","
                 "\"sign\":\"absent\",\"missed\":\"suspected\",\"unsure\":\"past\"},"
                 "\"unsure\":[\"unsure\",\"more\"]}");
    CHECK_INT(l.result, 0);
    read_made(&l, "{\"signals\":[{\"code\":\"status\",\"status\":\"past\"},"
                  "{\"code\":\"sign\",\"status\":\"present\"},{\"code\":\"right\",\"status\":"
                  "\"past\"},{\"code\":\"more\",\"status\":\"past\"},{\"code\":\"false\","
                  "\"status\":\"other\"}]}");
    CHECK(mp_score_add(&s, &l.doc, &all_codes));
    CHECK_INT(s.docs, 1);
    CHECK_INT(s.unread, 0);
    CHECK(same(s.exact, 1, 3, 3));
    CHECK(same(s.code, 3, 1, 1));
    CHECK(same(s.positive, 2, 1, 1)); /* `sign` turned from absent to present */
    CHECK(same(s.status[MP_SCORE_PRESENT], 0, 1, 1));
    CHECK(same(s.status[MP_SCORE_SUSPECTED], 0, 0, 1));
    CHECK(same(s.status[MP_SCORE_PAST], 1, 1, 0));
    CHECK(same(s.status[MP_SCORE_ABSENT], 0, 0, 1));
    CHECK(same(s.status[MP_SCORE_OTHER], 0, 1, 0));
    CHECK_INT(s.codes.n, 5);
    size_t *order = mp_score_order(&s);
    CHECK_STR(s.codes.entries[order[0]].key, "false");
    CHECK_STR(s.codes.entries[order[4]].key, "status");
    CHECK(same(mp_score_of_code(&s, order[4]), 0, 1, 1));
    CHECK(same(mp_score_of_code(&s, order[2]), 1, 0, 0));
    free(order);
    mp_score_free(&s);
    forget(&l);
}

TEST(score_of_what_was_not_read)
{
    struct labelled l;
    struct mp_score s = {0};
    read_doc(&l, "{\"id\":1,\"signals\":{\"a\":\"past\"},\"facts\":{\"age\":15}}");
    CHECK(mp_score_add(&s, &l.doc, &all_codes));
    CHECK_INT(s.unread, 1);
    CHECK(same(s.exact, 0, 0, 1));
    CHECK_INT(s.facts[MP_SCORE_AGE], 0);
    CHECK_INT(s.facts[MP_SCORE_SEX], 1); /* nobody knows it */
    mp_score_free(&s);
    forget(&l);
}

TEST(score_of_chosen_codes)
{
    struct labelled l;
    struct mp_score s = {0};
    struct mp_str patterns[MP_SCORE_CODES_MAX];
    struct mp_score_choice choice = {patterns, 0};
    CHECK_INT(mp_score_codes_read("ab*,c", patterns, &choice.n, &l.e), 0);
    CHECK_INT(choice.n, 2);
    read_doc(&l, "{\"id\":\"1\",\"signals\":{\"a\":\"past\",\"abc\":\"past\",\"c\":\"past\","
                 "\"cd\":\"past\"}}");
    CHECK(mp_score_add(&s, &l.doc, &choice));
    CHECK(same(s.exact, 0, 0, 2));
    mp_score_free(&s);
    forget(&l);
    CHECK_INT(mp_score_codes_read("a,,b", patterns, &choice.n, &l.e), -1);
    CHECK_INT(mp_score_codes_read("", patterns, &choice.n, &l.e), -1);
    CHECK_INT(l.e.code, MP_USAGE);
}

TEST(labels_of_several_mentions_are_the_first_status)
{
    struct labelled l = {0};
    read_made(&l, "{\"narrative\":\"Een. Twee drie. Vier\",\"signals\":["
                  "{\"code\":\"b\",\"status\":\"absent\",\"quote\":\"Een\",\"start\":0},"
                  "{\"code\":\"b\",\"status\":\"past\",\"quote\":\"drie\",\"start\":10},"
                  "{\"code\":\"b\",\"status\":\"past\",\"quote\":\"Vier\",\"start\":16},"
                  "{\"code\":\"a\",\"status\":\"other\"}]}");
    CHECK_INT(l.doc.read.n, 2);
    CHECK_STR(l.doc.read.signals[0].code, "a");
    CHECK(l.doc.read.signals[0].quote.p == NULL);
    CHECK_INT(l.doc.read.signals[1].status, MP_SCORE_PAST);
    CHECK_STR(l.doc.read.signals[1].quote, "drie");
    CHECK_STR(l.doc.read.signals[1].around, "Twee drie.");
    forget(&l);
}

TEST(labels_in_neither_form_are_refused)
{
    static const char *const wrong[] = {
        "{}",
        "{\"id\":null}",
        "{\"id\":\"1\",\"signals\":7}",
        "{\"id\":\"1\",\"signals\":{\"a\":\"maybe\"}}",
        "{\"id\":\"1\",\"signals\":{\"a\":null}}",
        "{\"id\":\"1\",\"signals\":[7]}",
        "{\"id\":\"1\",\"signals\":[{\"code\":7,\"status\":\"past\"}]}",
        "{\"id\":\"1\",\"signals\":[{\"code\":\"a\"}]}",
        "{\"id\":\"1\",\"unsure\":\"a\"}",
        "{\"id\":\"1\",\"unsure\":{}}",
        "{\"id\":\"1\",\"unsure\":[7]}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct labelled l;
        read_doc(&l, wrong[i]);
        CHECK_INT(l.result, -1);
        CHECK_INT(l.e.code, MP_NOT_A_RECORD);
        forget(&l);
    }
}

static void fact_is(const char *json, enum mp_score_fact fact, const char *want)
{
    struct labelled l;
    read_doc(&l, json);
    CHECK_INT(l.result, 0);
    if (want)
        CHECK_STR(l.doc.gold.facts[fact].json, want);
    else
        CHECK(l.doc.gold.facts[fact].json.p == NULL);
    forget(&l);
}

TEST(labels_find_facts_in_either_form)
{
    fact_is("{\"id\":\"1\",\"facts\":{\"age\":15.0}}", MP_SCORE_AGE, "15");
    fact_is("{\"id\":\"1\",\"facts\":{\"age\":1.5e1}}", MP_SCORE_AGE, "15");
    fact_is("{\"id\":\"1\",\"facts\":{\"age\":15.5}}", MP_SCORE_AGE, "15.5");
    fact_is("{\"id\":\"1\",\"facts\":{\"age\":1e300}}", MP_SCORE_AGE, "1e300");
    fact_is("{\"id\":\"1\",\"facts\":{\"age\":\"15\"}}", MP_SCORE_AGE, "\"15\"");
    fact_is("{\"id\":\"1\",\"person\":{\"age\":15}}", MP_SCORE_AGE, "15");
    fact_is("{\"id\":\"1\",\"age\":15}", MP_SCORE_AGE, NULL);
    fact_is("{\"id\":\"1\",\"facts\":{},\"person\":{\"age\":15}}", MP_SCORE_AGE, NULL);
    fact_is("{\"id\":\"1\",\"facts\":null,\"person\":null}", MP_SCORE_SEX, NULL);
    fact_is("{\"id\":\"1\",\"returned_at\":\"2018-03-02\"}", MP_SCORE_RETURNED_AT,
            "\"2018-03-02\"");
    fact_is("{\"id\":\"1\",\"person\":{\"returned_at\":\"2018-03-02\"}}", MP_SCORE_RETURNED_AT,
            NULL);
}

static void around_is(const char *text, const char *quote, const char *want)
{
    struct mp_str s = mp_str_of(text);
    const char *at = strstr(text, quote);
    CHECK_STR(mp_score_around(s, (struct mp_str){at, strlen(quote)}), want);
}

TEST(sentence_around_a_quote)
{
    around_is("One. Two three? Four", "Two", "Two three?");
    around_is("One. Two three? Four", "three?", "Two three?");
    around_is("One. Two three? Four", "Four", "Four");
    around_is("One. Two. Three", "One. Two.", "One. Two.");
    around_is("at 18.30 h. from i.e. (here). Then", "from", "at 18.30 h. from i.e. (here).");
    around_is("a\nb c\nd", "b", "b c");
    around_is("", "", "");
    char text[2000];
    memset(text, 'x', sizeof text);
    for (size_t i = 0; i < 1000; i += 2)
        memcpy(text + i, "\xc3\xa9", 2);
    struct mp_str cut =
        mp_score_around((struct mp_str){text, sizeof text}, (struct mp_str){text + 601, 3});
    CHECK(cut.n >= 600 && cut.n <= 604);
    CHECK_INT((unsigned char)cut.p[0], 0xc3);
}

TEST(differences_as_lines)
{
    struct labelled l;
    struct mp_buf b = {0};
    read_doc(&l, "{\"id\":\"1\",\"text\":\"The\\ttext.\",\"signals\":{\"a\":\"past\",\"b\":"
                 "\"past\",\"c\":\"past\"},\"facts\":{\"sex\":\"f\",\"age\":15}}");
    read_made(&l, "{\"signals\":{\"b\":\"past\",\"c\":\"other\"},\"facts\":{\"age\":16}}");
    CHECK_INT(mp_score_errors(&b, &l.doc, &all_codes, true, false), 4);
    CHECK_STR(mp_buf_str(&b), "1\ta\tpast\t-\t-\tThe text.\n"
                              "1\tc\tpast\tother\t-\tThe text.\n"
                              "1\tfact.age\t15\t16\t-\tThe text.\n"
                              "1\tfact.sex\tf\t-\t-\tThe text.\n");
    b.len = 0;
    CHECK_INT(mp_score_errors(&b, &l.doc, &all_codes, false, true), 2);
    CHECK_STR(mp_buf_str(&b),
              "{\"id\":\"1\",\"code\":\"a\",\"gold\":\"past\",\"read\":null,\"quote\":null,"
              "\"text\":\"The\\ttext.\"}\n"
              "{\"id\":\"1\",\"code\":\"c\",\"gold\":\"past\",\"read\":\"other\",\"quote\":null,"
              "\"text\":\"The\\ttext.\"}\n");
    mp_buf_free(&b);
    forget(&l);
}

TEST(score_table_has_as_many_lines_as_rows)
{
    struct mp_score s = {0};
    struct mp_buf b = {0};
    CHECK_INT(mp_score_show(&b, &s, true, true, true), 16);
    size_t lines = 0;
    for (size_t i = 0; i < b.len; i++)
        lines += b.data[i] == '\n';
    CHECK_INT(lines, 16);
    b.len = 0;
    CHECK_INT(mp_score_show(&b, &s, true, false, false), 9);
    mp_buf_free(&b);
}

static void floor_is(const char *text, const char *name, double f1)
{
    struct mp_score_floor floor;
    struct mp_error e;
    CHECK_INT(mp_score_floor_read(text, &floor, &e), name ? 0 : -1);
    if (!name) {
        CHECK_INT(e.code, MP_USAGE);
        return;
    }
    CHECK_STR(floor.name, name);
    CHECK(floor.f1 == f1);
}

TEST(score_floors)
{
    floor_is(".5", "code+status", 0.5);
    floor_is("0", "code+status", 0);
    floor_is("code=1", "code", 1);
    floor_is("positive=0.25", "positive", 0.25);
    floor_is("code+status=1.000", "code+status", 1);
    static const char *const wrong[] = {"",         "=",     "=.5",      "code=", "code",
                                        "facts=.5", "1.01",  "code=2",   "-.5",   ".5 ",
                                        "1e-1",     "0x1",   ".",        "0.5.1", "nan",
                                        "inf",      "code=", "code =.5", ".5=.5", "code code=.5"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        floor_is(wrong[i], NULL, 0);
}

TEST(score_floor_is_about_its_score)
{
    struct mp_score s = {.exact = {1, 1, 1}, .code = {3, 1, 1}, .positive = {1, 0, 0}};
    struct mp_score_floor floor = {MP_STR("code"), 0};
    CHECK(mp_score_floor_f1(&floor, &s) == 0.75);
    floor.name = MP_STR("positive");
    CHECK(mp_score_floor_f1(&floor, &s) == 1);
    floor.name = MP_STR("code+status");
    CHECK(mp_score_floor_f1(&floor, &s) == 0.5);
}

/* lib/rules/completeness and lib/rules/seek: each side of each item, and what a profile may be. */
#include "test.h"
#include "rules/completeness_parts.h"
#include <stdio.h>

static const char *const names[] = {"-", "present", "no", "silent"};

struct subject {
    struct mp_arena arena;
    struct mp_case k;
    struct mp_rules rules;
    struct mp_completeness *c;
    struct mp_rec_reader reader;
    struct mp_buf out;
};

static int load(struct subject *s, const char *path, const char *lang, struct mp_error *e)
{
    *s = (struct subject){0};
    mp_case_make(&s->k, (struct mp_time){0});
    s->rules = (struct mp_rules){.arena = &s->arena, .k = &s->k, .lang = lang};
    return mp_completeness_load(&s->c, &s->rules, path, e);
}

static void free_all(struct subject *s)
{
    mp_buf_free(&s->out);
    mp_rec_reader_free(&s->reader);
    mp_arena_free(&s->arena);
}

/* The profile of the checkout; a unit test has no program beside which it lies. */
static void load_shipped(struct subject *s, const char *lang)
{
    const char *given = getenv("MP_SCHEMAS");
    struct mp_buf path = {0};
    struct mp_error e;
    mp_buf_addf(&path, "%s/completeness/nl-2019.yaml", given && *given ? given : "schemas");
    if (!CHECK_INT(load(s, mp_buf_cstr(&path), lang, &e), 0))
        puts(e.text);
    mp_buf_free(&path);
}

static yyjson_val *judge(struct subject *s, struct mp_rec *rec, struct mp_str line)
{
    struct mp_error e;
    *rec = (struct mp_rec){.line = line};
    if (!CHECK_INT(mp_rec_parse(&s->reader, rec, &e), 0))
        puts(e.text);
    mp_case_read(&s->k, rec->root);
    mp_completeness_read(s->c, &s->k);
    s->out.len = 0;
    mp_buf_adds(&s->out, "{\"x\":0");
    mp_completeness_add(&s->out, s->c);
    (void)mp_completeness_add_flags(&s->out, s->c, &s->k);
    mp_buf_addc(&s->out, '}');
    CHECK(!s->out.failed);
    return rec->root;
}

/* Whether the text stands in what was written. */
static bool says(struct subject *s, const char *text)
{
    return strstr(mp_buf_cstr(&s->out), text) != NULL;
}

static void judge_text(struct subject *s, const char *line)
{
    struct mp_rec rec;
    (void)judge(s, &rec, mp_str_of(line));
}

static const char *state_of(const struct mp_completeness *c, struct mp_str id)
{
    for (size_t i = 0; i < c->n_items; i++)
        if (mp_str_eq(c->items[i].id, id))
            return names[c->states[i]];
    return "no such item";
}

/* tests/completeness/items.jsonl: records that say what is expected of some items. */
TEST(each_side_of_each_item)
{
    struct subject s;
    load_shipped(&s, "nl");
    struct mp_buf all = test_slurp("tests/completeness/items.jsonl");
    char *line = strtok(all.len ? (char *)(uintptr_t)mp_buf_cstr(&all) : NULL, "\n");
    size_t lines = 0;
    for (; line; line = strtok(NULL, "\n")) {
        struct mp_rec rec;
        yyjson_val *root = judge(&s, &rec, mp_str_of(line));
        yyjson_obj_iter expect = yyjson_obj_iter_with(yyjson_obj_get(root, "expect"));
        for (yyjson_val *key; (key = yyjson_obj_iter_next(&expect));) {
            const char *got = state_of(s.c, mp_rec_text(key));
            if (!CHECK_SAME(mp_str_of(got), mp_rec_text(yyjson_obj_iter_get_val(key))))
                puts(line);
        }
        lines++;
    }
    CHECK(lines > 100);
    mp_buf_free(&all);
    free_all(&s);
}

TEST(a_line_that_says_nothing_gives_the_questions_of_an_open_report)
{
    struct subject s;
    load_shipped(&s, "nl");
    judge_text(&s, "{\"schema\":\"mp/1\",\"narrative\":\"Jongere X is vermist.\",\"signals\":[]}");
    size_t questions = 0;
    for (size_t i = 0; i < s.c->n_items; i++) {
        bool asked = s.c->states[i] == 3;
        questions += asked;
        CHECK(!asked || says(&s, s.c->items[i].question.p));
    }
    CHECK_INT(questions, 16);
    CHECK(says(&s, "\"present\":0,\"no\":0,\"silent\":16,\"of\":16,\"percent\":0,"
                   "\"description\":{\"grade\":\"none\",\"kinds\":[]}"));
    CHECK(says(&s, "\"flags\":[]"));
    free_all(&s);
}

TEST(blond_hair_and_torn_trousers_are_a_poor_description)
{
    struct subject s;
    load_shipped(&s, "nl");
    judge_text(&s, "{\"schema\":\"mp/1\",\"signals\":["
                   "{\"code\":\"description\",\"status\":\"suspected\",\"quote\":\"blond\"},"
                   "{\"code\":\"description\",\"status\":\"suspected\",\"quote\":\"blond haar\"},"
                   "{\"code\":\"description\",\"status\":\"suspected\","
                   "\"quote\":\"gaten in haar spijkerbroek\"}]}");
    CHECK(says(&s, "{\"grade\":\"poor\",\"kinds\":[\"hair\",\"lower_clothing\"]}"));
    free_all(&s);
}

TEST(kinds_are_counted_not_mentions)
{
    struct subject s;
    load_shipped(&s, "nl");
    judge_text(&s, "{\"schema\":\"mp/1\",\"signals\":["
                   "{\"code\":\"description\",\"status\":\"present\",\"quote\":\"blond\"},"
                   "{\"code\":\"description\",\"status\":\"present\",\"quote\":\"blond haar\"},"
                   "{\"code\":\"description\",\"status\":\"present\","
                   "\"quote\":\"blond haar, 1.72\xc2\xa0m, zwarte jurk\"},"
                   "{\"code\":\"description\",\"status\":\"past\",\"quote\":\"bril\"},"
                   "{\"code\":\"photo\",\"status\":\"present\",\"quote\":\"petje\"}]}");
    CHECK(says(&s, "{\"grade\":\"fair\",\"kinds\":[\"height\",\"hair\",\"full_clothing\"]}"));
    CHECK(says(&s, "\"description\":\"present\",\"clothing\":\"present\""));
    free_all(&s);
}

TEST(without_words_there_is_no_grade)
{
    struct subject s;
    load_shipped(&s, "nl");
    judge_text(&s, "{\"schema\":\"mp/1\"}");
    CHECK(says(&s, "{\"grade\":null,\"kinds\":[]}"));
    judge_text(&s, "{\"schema\":\"mp/1\",\"signals\":[{\"code\":\"description\",\"status\":"
                   "\"present\"}]}");
    CHECK(says(&s, "{\"grade\":null,\"kinds\":[]}"));
    free_all(&s);
}

TEST(one_who_is_back_is_not_asked_for_a_photograph)
{
    struct subject s;
    load_shipped(&s, "en");
    judge_text(&s, "{\"schema\":\"mp/1\",\"kind\":\"missing\",\"returned_at\":\"2018-05-07T10:00\","
                   "\"signals\":[]}");
    CHECK(says(&s, "\"photo\":\"silent\""));
    CHECK(!says(&s, "colour photograph"));
    CHECK(says(&s, "Was a return interview held"));
    free_all(&s);
}

TEST(a_text_that_nobody_read_is_asked_about)
{
    struct subject s;
    load_shipped(&s, "en");
    judge_text(&s, "{\"schema\":\"mp/1\",\"narrative\":\"Foto bijgevoegd.\"}");
    CHECK(says(&s, "\"photo\":\"silent\""));
    CHECK(says(&s, "colour photograph"));
    free_all(&s);
}

TEST(suspicion_without_a_fact_is_flagged_with_its_words)
{
    struct subject s;
    load_shipped(&s, "en");
    judge_text(&s, "{\"schema\":\"mp/1\",\"signals\":[{\"code\":\"sexual_exploitation\","
                   "\"status\":\"suspected\",\"quote\":\"loverboy\",\"said_by\":\"staff\"}]}");
    CHECK(says(&s, "\"flags\":[{\"flag\":\"suspicion_without_grounds\",\"why\":"));
    CHECK(says(&s, "\"signals\":[{\"code\":\"sexual_exploitation\",\"status\":\"suspected\","
                   "\"said_by\":\"staff\"}],\"quotes\":[\"loverboy\"]}]"));
    judge_text(&s, "{\"schema\":\"mp/1\",\"signals\":[{\"code\":\"sexual_exploitation\","
                   "\"status\":\"suspected\",\"quote\":\"loverboy\"},{\"code\":\"sex_advert\","
                   "\"status\":\"present\",\"quote\":\"advertentie\"}]}");
    CHECK(says(&s, "\"flags\":[]"));
    judge_text(&s, "{\"schema\":\"mp/1\",\"signals\":[{\"code\":\"sexual_exploitation\","
                   "\"status\":\"present\",\"quote\":\"loverboy\"}]}");
    CHECK(says(&s, "\"flags\":[]"));
    free_all(&s);
}

TEST(urgency_without_a_reason_is_flagged)
{
    static const struct {
        const char *record;
        bool flagged;
    } table[] = {
        {"{\"schema\":\"mp/1\",\"traffic_light\":\"red\",\"signals\":[]}", true},
        {"{\"schema\":\"mp/1\",\"narrative\":\"Graag met spoed.\",\"signals\":[]}", true},
        {"{\"schema\":\"mp/1\",\"traffic_light\":\"orange\",\"signals\":[]}", false},
        {"{\"schema\":\"mp/1\",\"traffic_light\":\"red\"}", false}, /* nobody read the text */
        {"{\"schema\":\"mp/1\",\"traffic_light\":\"red\",\"place\":{\"setting\":\"closed\"},"
         "\"signals\":[]}",
         false},
        {"{\"schema\":\"mp/1\",\"traffic_light\":\"red\",\"signals\":[{\"code\":"
         "\"medical_need\",\"status\":\"suspected\",\"quote\":\"q\"}]}",
         false},
    };
    struct subject s;
    load_shipped(&s, "nl");
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        judge_text(&s, table[i].record);
        if (!CHECK_INT(says(&s, "urgency_without_grounds"), table[i].flagged))
            puts(table[i].record);
    }
    free_all(&s);
}

/* ---- profiles of one's own ---- */

#define HEAD                                                                                       \
    "completeness: x\nversion: 1\ntitle: {nl: a, en: b}\n"                                         \
    "description:\n  signal: description\n  status: [present]\n"
#define DESCRIPTION                                                                                \
    "  kinds: [{id: hair, words: [blond*]}]\n"                                                     \
    "  grades: [{id: some, kinds: 1}, {id: none, kinds: 0}]\n"
#define GROUPS     "groups: [{id: all}]\n"
#define ITEM(more) "items:\n- {id: i, group: all, " more "question: {nl: v, en: q}, source: s}\n"
#define GOOD_ITEM  ITEM("present_words: [a], ")

TEST(mistakes_in_a_profile_have_their_place)
{
    static const struct {
        const char *yaml, *text;
        size_t line, col; /* 0: anywhere */
    } table[] = {
        {HEAD DESCRIPTION GROUPS GOOD_ITEM "items2: 1\n", "unknown key 'items2'", 12, 1},
        {HEAD DESCRIPTION GROUPS ITEM("present_words: [a], colour: red, "), "unknown key 'colour'",
         0, 0},
        {HEAD DESCRIPTION GROUPS ITEM("present_words: [a], weight: 0, "),
         "weights go from 1 to 100", 11, 51},
        {HEAD DESCRIPTION GROUPS ITEM("present_words: [a], weight: 101, "),
         "weights go from 1 to 100", 0, 0},
        {HEAD DESCRIPTION GROUPS ITEM(""), "nothing says when this item is present", 0, 0},
        {HEAD DESCRIPTION GROUPS ITEM("present_words: [], "), "nothing says when", 0, 0},
        {HEAD DESCRIPTION GROUPS ITEM("kinds: [hat], "), "there is no kind 'hat'", 0, 0},
        {HEAD DESCRIPTION GROUPS ITEM("unasked: none, present_words: [a], "),
         "there is no group 'none'", 0, 0},
        {HEAD DESCRIPTION GROUPS ITEM("present_words: ['*'], "), "is no word", 0, 0},
        {HEAD DESCRIPTION GROUPS ITEM("present_words: ['--'], "), "is no word", 0, 0},
        {HEAD DESCRIPTION GROUPS ITEM("present_words: ['06'], "), "write '#' for any digit", 0, 0},
        {HEAD DESCRIPTION GROUPS ITEM("present: {field: time.tea, known: true}, "),
         "there is no value 'time.tea'", 0, 0},
        {HEAD DESCRIPTION GROUPS "items:\n- {id: i, group: all, present_words: [a], "
                                 "question: {nl: v}, source: s}\n",
         "key 'en' is missing", 11, 53},
        {HEAD DESCRIPTION GROUPS "items:\n- {id: i, group: all, present_words: [a], source: s}\n",
         "key 'question' is missing", 0, 0},
        {HEAD DESCRIPTION GROUPS GOOD_ITEM
         "- {id: i, group: all, present_words: [b], question: {nl: v, en: q}, source: s}\n",
         "a second item 'i'", 12, 8},
        {HEAD DESCRIPTION "groups: [{id: all}, {id: all}]\n" GOOD_ITEM, "a second group 'all'", 0,
         0},
        {HEAD DESCRIPTION "groups: []\n" GOOD_ITEM, "here must stand 1 to 64 items", 0, 0},
        {HEAD DESCRIPTION GROUPS, "key 'items' is missing", 0, 0},
        {HEAD GROUPS GOOD_ITEM, "key 'kinds' is missing", 0, 0},
        {HEAD "  kinds: [{id: hair, words: [a]}, {id: hair, words: [b]}]\n" GROUPS GOOD_ITEM,
         "a second kind 'hair'", 0, 0},
        {HEAD
         "  kinds: [{id: hair, words: [a]}]\n  grades: [{id: some, kinds: 1}]\n" GROUPS GOOD_ITEM,
         "grades go from the best down to one from 0 kinds", 0, 0},
        {"completeness: x\nversion: 1\ntitle: {nl: a, en: b}\n" GROUPS GOOD_ITEM,
         "key 'description' is missing", 0, 0},
        {HEAD DESCRIPTION GROUPS GOOD_ITEM
         "flags:\n- {id: f, silent: j, when_words: [a], why: {nl: a, en: b}, source: s}\n",
         "there is no item 'j'", 13, 19},
        {HEAD DESCRIPTION GROUPS GOOD_ITEM
         "flags:\n- {id: f, silent: i, why: {nl: a, en: b}, source: s}\n",
         "nothing says when this flag is raised", 0, 0},
        {HEAD DESCRIPTION GROUPS GOOD_ITEM
         "flags:\n- {id: f, when_words: [a], why: {nl: a, en: b}, source: s}\n"
         "- {id: f, when_words: [a], why: {nl: a, en: b}, source: s}\n",
         "a second flag 'f'", 0, 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct subject s;
        struct mp_error e = {0};
        const char *path = test_file("p.yaml", table[i].yaml, strlen(table[i].yaml));
        CHECK_INT(load(&s, path, "nl", &e), -1);
        if (!CHECK(strstr(e.text, table[i].text) != NULL))
            printf("    %s\n    %s\n", e.text, table[i].text);
        CHECK_STR(e.file, path);
        CHECK(e.line > 0 && e.col > 0);
        if (table[i].line > 0) {
            CHECK_INT(e.line, table[i].line);
            CHECK_INT(e.col, table[i].col);
        }
        free_all(&s);
    }
}

TEST(weights_count_in_the_percentage_alone)
{
    static const char yaml[] = HEAD DESCRIPTION GROUPS
        "items:\n- {id: a, group: all, weight: 2, present_words: [aap], question: {nl: v, en: "
        "q}, source: s}\n"
        "- {id: b, group: all, no_words: [geen noot], present_words: [noot], question: {nl: v, "
        "en: q}, source: s}\n";
    struct subject s;
    struct mp_error e;
    CHECK_INT(load(&s, test_file("p.yaml", yaml, sizeof yaml - 1), "en", &e), 0);
    judge_text(&s, "{\"schema\":\"mp/1\",\"narrative\":\"AAP!\"}");
    CHECK(says(&s, "\"present\":1,\"no\":0,\"silent\":1,\"of\":2,\"percent\":66,"));
    CHECK(says(&s, "\"missing_items\":[\"b\"],\"questions\":[\"q\"],\"flags\":[]}"));
    judge_text(&s, "{\"schema\":\"mp/1\",\"narrative\":\"Geen noot, geen aapje\"}");
    CHECK(says(&s, "\"present\":0,\"no\":1,\"silent\":1,\"of\":2,\"percent\":33,"));
    free_all(&s);
}

/* ---- words ---- */

TEST(words_stand_by_themselves_unless_they_say_otherwise)
{
    static const struct {
        const char *word, *text;
        bool found;
    } table[] = {
        {"jas", "een JAS.", true},
        {"jas", "winterjas", false},
        {"*jas", "winterjas", true},
        {"*jas", "jasje", false},
        {"jas*", "jasje", true},
        {"jas*", "winterjas", false},
        {"*jas*", "winterjasje", true},
        {"kort haar", "kort, - haar", true},
        {"kort haar", "korthaar", false},
        {"kort haar", "kort of lang haar", false},
        {"# ##", "ca. 1,70", true},
        {"# ##", "11,70", false},
        {"t-shirt", "T shirt", true},
        {"geïnd", "geind", true},
        {"geïnd", "Geïnd", true},
        {"a", "", false},
        {"a b",
         "a\xe2\x80\x93"
         "b",
         true},
        {"a b", "a\xc2\xa0 b", true},
        {"a", "aa a", true},
        {"aab", "aaab aab", true},
        {"b", "a b", true},
        {"jas", "\xc3\xabjas", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct mp_arena arena = {0};
        struct mp_seek w;
        struct mp_error e;
        struct mp_sought words[] = {{mp_str_of("zzz"), 0}, {mp_str_of(table[i].word), 63}};
        CHECK_INT(mp_seek_make(&w, &arena, words, 2, &e), 0);
        uint64_t want = table[i].found ? UINT64_C(1) << 63 : 0;
        if (!CHECK(mp_seek_in(&w, mp_str_of(table[i].text)) == want))
            printf("    %s in %s\n", table[i].word, table[i].text);
        mp_arena_free(&arena);
    }
}

/* The same sets as from one word after the other. */
TEST(many_words_are_found_as_one_by_one)
{
    static const char letters[] = "ab .";
    uint64_t random = 11;
    for (int round = 0; round < 300; round++) {
        struct mp_arena arena = {0};
        struct mp_seek all, one;
        struct mp_error e;
        struct mp_sought words[8];
        char texts[8][8], text[40];
        for (unsigned i = 0; i < 8; i++) {
            size_t n = 0;
            if (test_random(&random, 3) == 0)
                texts[i][n++] = '*';
            for (unsigned left = 1 + test_random(&random, 4); left; left--)
                texts[i][n++] = "ab"[test_random(&random, 2)];
            if (test_random(&random, 3) == 0)
                texts[i][n++] = '*';
            words[i] = (struct mp_sought){{texts[i], n}, i};
        }
        for (size_t i = 0; i < sizeof text; i++)
            text[i] = letters[test_random(&random, 4)];
        struct mp_str in = {text, sizeof text};
        uint64_t want = 0;
        for (unsigned i = 0; i < 8; i++) {
            CHECK_INT(mp_seek_make(&one, &arena, &words[i], 1, &e), 0);
            want |= mp_seek_in(&one, in);
        }
        CHECK_INT(mp_seek_make(&all, &arena, words, 8, &e), 0);
        CHECK(mp_seek_in(&all, in) == want);
        mp_arena_free(&arena);
    }
}

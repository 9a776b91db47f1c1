/* lib/count/figure: published figures, their mistakes, and the files of schemas/figures. */
#include "count/crosstab.h"
#include "count/figure.h"
#include "test.h"
#include <stdio.h>

#define HEAD   "figures: mine\nversion: 2\ntitle: {nl: Eigen, en: Own}\nlist:\n"
#define LABEL  "    label: {nl: kort, en: short}\n"
#define DEF    "    definition: {nl: wat, en: what}\n"
#define PERIOD "    period: \"2013\"\n"
#define NUMBER "    published: 90\n    published_unit: {nl: stuks, en: pieces}\n    bound: lower\n"
#define SOURCE "    source: {nl: boek, en: book}\n"
#define CAVEAT "    caveat: {nl: pas op, en: beware}\n"
#define BEFORE LABEL DEF PERIOD
#define BEHIND SOURCE CAVEAT
#define TABLE  "    unit: persons\n    measure: count\n"

static int load(struct mp_arena *a, const char *text, const char *lang, struct mp_figures *set,
                struct mp_error *e)
{
    struct mp_rules r = {.arena = a, .lang = lang};
    *e = (struct mp_error){0};
    return mp_figures_read(&r, test_file("f.yaml", text, strlen(text)), set, e);
}

static void fails(const char *text, size_t line, size_t col, const char *part)
{
    struct mp_arena a = {0};
    struct mp_figures set;
    struct mp_error e;
    if (CHECK_INT(load(&a, text, "nl", &set, &e), -1)) {
        CHECK_INT(e.code, MP_RULES);
        CHECK(e.file.n > 6 && memcmp(e.file.p + e.file.n - 6, "f.yaml", 6) == 0);
        if (!CHECK(e.line == line && e.col == col && strstr(e.text, part)))
            printf("    %zu:%zu: %s\n%s", e.line, e.col, e.text, text);
    }
    mp_arena_free(&a);
}

static const char fine[] = HEAD "  - figure: A1\n" BEFORE NUMBER BEHIND "    by: [year]\n" TABLE
                                "    where: {field: person.sex, is: f}\n"
                                "  - figure: a_2\n" LABEL DEF "    period: {nl: nu, en: now}\n"
                                "    published: {low: 14, high: 21.5}\n"
                                "    published_unit: {nl: dagen, en: days}\n"
                                "    bound: about\n" BEHIND
                                "    not_countable: {nl: \"dat \\\"weet\\\" niemand\", en: nobody "
                                "knows}\n"
                                "  - figure: A3\n" BEFORE "    published: null\n" BEHIND TABLE;

static void adds(const struct mp_figure *f, const char *want)
{
    struct mp_buf b = {0};
    mp_buf_adds(&b, "{\"table\":\"x\"");
    mp_figure_add(&b, f);
    mp_buf_addc(&b, '}');
    CHECK_STR(mp_buf_str(&b), want);
    mp_buf_free(&b);
}

TEST(figures_become_keys_of_a_row)
{
    struct mp_arena a = {0};
    struct mp_figures set;
    struct mp_error e;
    if (CHECK_INT(load(&a, fine, "en", &set, &e), 0) && CHECK_INT(set.n, 3)) {
        CHECK_STR(set.label, "mine/2");
        CHECK_STR(set.title, "Own");
        adds(&set.items[0], "{\"table\":\"x\",\"figure\":\"A1\",\"label\":\"short\","
                            "\"definition\":\"what\",\"period\":\"2013\",\"published\":90,"
                            "\"published_unit\":\"pieces\",\"bound\":\"lower\","
                            "\"published_source\":\"book\",\"caveat\":\"beware\"}");
        adds(&set.items[2], "{\"table\":\"x\",\"figure\":\"A3\",\"label\":\"short\","
                            "\"definition\":\"what\",\"period\":\"2013\",\"published\":null,"
                            "\"published_unit\":null,\"bound\":null,"
                            "\"published_source\":\"book\",\"caveat\":\"beware\"}");
    }
    mp_arena_free(&a);
    if (CHECK_INT(load(&a, fine, "nl", &set, &e), 0)) {
        CHECK_STR(set.title, "Eigen");
        adds(&set.items[1], "{\"table\":\"x\",\"figure\":\"a_2\",\"label\":\"kort\","
                            "\"definition\":\"wat\",\"period\":\"nu\","
                            "\"published\":{\"low\":14,\"high\":21.5},"
                            "\"published_unit\":\"dagen\",\"bound\":\"about\","
                            "\"published_source\":\"boek\",\"caveat\":\"pas op\","
                            "\"not_countable\":\"dat \\\"weet\\\" niemand\"}");
    }
    mp_arena_free(&a);
}

TEST(figures_hand_their_table_on)
{
    struct mp_arena a = {0};
    struct mp_figures set;
    struct mp_error e;
    if (CHECK_INT(load(&a, fine, "en", &set, &e), 0)) {
        struct mp_yaml *t = set.items[0].table;
        CHECK_INT(t->n, 4);
        CHECK_INT(mp_yaml_check(t, "by unit measure where", &e), 0);
        CHECK_STR(mp_yaml_get(t, "unit")->text, "persons");
        CHECK_STR(mp_yaml_item(mp_yaml_get(t, "by"), 0)->text, "year");
        CHECK(t->line == 5 && t->col == 5);
        CHECK_INT(mp_yaml_get(t, "where")->line, 17);
        CHECK(!mp_yaml_get(t, "label"));
        CHECK(!set.items[1].table && set.items[1].not_countable.p);
        CHECK_INT(set.items[2].table->n, 2);
        CHECK(!set.items[2].not_countable.p);
    }
    mp_arena_free(&a);
}

TEST(figures_files_need_their_keys)
{
    fails("version: 2\n", 1, 1, "key 'figures' is missing");
    fails("figures: mine\n", 1, 1, "key 'version' is missing");
    fails("figures: mine\nversion: two\n", 2, 10, "not a whole number");
    fails("figures: mine\nversion: 1\n", 1, 1, "key 'title' is missing");
    fails("figures: mine\nversion: 1\ntitle: Own\n", 3, 8, "here must stand keys");
    fails("figures: mine\nversion: 1\ntitle: {nl: Eigen}\n", 3, 8, "key 'en' is missing");
    fails("figures: mine\nversion: 1\ntitle: {nl: a, en: b, de: c}\n", 3, 23, "unknown key 'de'");
    fails("figures: mine\nversion: 1\ntitle: {nl: a, en: b}\n", 1, 1, "'list' must list");
    fails("figures: mine\nversion: 1\ntitle: {nl: a, en: b}\nlist: []\n", 4, 7, "'list' must list");
    fails(HEAD "  - figure: A\ntables: x\n", 6, 1, "unknown key 'tables'");
    fails(HEAD "  - A1\n", 5, 5, "here must stand keys");
}

TEST(figures_need_their_texts)
{
    fails(HEAD "  - label: {nl: a, en: b}\n", 5, 5, "key 'figure' is missing");
    fails(HEAD "  - figure: A-1\n", 5, 13, "'A-1' has more than letters");
    fails(HEAD "  - figure: A\n    if: x\n", 6, 5, "unknown key 'if'");
    fails(HEAD "  - figure: A\n", 5, 5, "key 'label' is missing");
    fails(HEAD "  - figure: ''\n", 5, 13, "'' has more than letters");
    fails(HEAD "  - figure: A\n" LABEL "    definition: {nl: a, en: }\n", 7, 29, "must stand a");
    fails(HEAD "  - figure: A\n" LABEL DEF, 5, 5, "key 'period' is missing");
    fails(HEAD "  - figure: A\n" LABEL DEF "    period: {en: now}\n", 8, 13, "'nl' is missing");
    fails(HEAD "  - figure: A\n" LABEL DEF "    period: [x]\n", 8, 13, "must stand a text");
    fails(HEAD "  - figure: A\n" BEFORE NUMBER CAVEAT TABLE, 5, 5, "key 'source' is missing");
    fails(HEAD "  - figure: A\n" BEFORE NUMBER SOURCE TABLE, 5, 5, "key 'caveat' is missing");
    fails(HEAD "  - figure: A\n" BEFORE NUMBER BEHIND TABLE "  - figure: A\n", 16, 13,
          "a second figure 'A'");
}

/* Of line 9 on. */
static void published_fails(const char *lines, size_t line, size_t col, const char *part)
{
    struct mp_buf b = {0};
    mp_buf_addf(&b, HEAD "  - figure: A\n" BEFORE "%s" BEHIND TABLE, lines);
    fails(mp_buf_cstr(&b), line, col, part);
    mp_buf_free(&b);
}

static void number_fails(const char *value, size_t col, const char *part)
{
    char text[200];
    snprintf(text, sizeof text,
             "    published: %s\n    published_unit: {nl: a, en: b}\n    bound: exact\n", value);
    published_fails(text, 9, col, part);
}

TEST(figures_numbers_are_numbers)
{
    static const char *const bad[] = {"x", "1e", "0x10", "'90 '", ".5", "12,5", "2013-14", "1e999"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        number_fails(bad[i], 16, "is no number");
    number_fails("''", 16, "is no number");
    number_fails("\"90\\0\"", 16, "is no number");
    number_fails("-1", 16, "'-1' is below 0");
    number_fails("20.000", 16, "thousands have no point");
    number_fails("[1, 2]", 16, "here must stand a text");
    number_fails("{low: 1}", 16, "key 'high' is missing");
    number_fails("{high: 1}", 16, "key 'low' is missing");
    number_fails("{low: 1, high: 2, mid: 1}", 34, "unknown key 'mid'");
    number_fails("{low: 2, high: 2}", 31, "'high' must be above 'low'");
    number_fails("{low: 1.761, high: 2}", 22, "thousands");
    number_fails("{low: 1, high: [2]}", 31, "here must stand a text");
}

TEST(figures_numbers_have_unit_and_bound)
{
    published_fails("", 5, 5, "key 'published' is missing");
    published_fails("    published: 1\n", 5, 5, "key 'published_unit' is missing");
    published_fails("    published: 1\n    published_unit: x\n", 10, 21, "here must stand keys");
    published_fails("    published: 1\n    published_unit: {nl: a, en: b}\n", 5, 5, "'bound' is");
    published_fails("    published: 1\n    published_unit: {nl: a, en: b}\n    bound: least\n", 11,
                    12, "'least' is none of: exact lower about upper");
    published_fails("    published: null\n    published_unit: {nl: a, en: b}\n", 10, 21,
                    "nothing is published");
    published_fails("    published:\n    bound: exact\n", 10, 12, "nothing is published");
}

TEST(figures_are_computed_or_say_why_not)
{
    static const char *const keys[] = {"by",   "unit", "measure", "where",
                                       "when", "of",   "over",    "top"};
    char text[1000];
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        snprintf(text, sizeof text,
                 HEAD "  - figure: A\n" BEFORE NUMBER BEHIND
                      "    %s: x\n    not_countable: {nl: a, en: b}\n",
                 keys[i]);
        fails(text, 14, 5, "not countable has no");
    }
    fails(HEAD "  - figure: A\n" BEFORE NUMBER BEHIND, 5, 5, "key 'unit' is missing, or 'not");
    fails(HEAD "  - figure: A\n" BEFORE NUMBER BEHIND "    unit: persons\n", 5, 5, "'measure' is");
    fails(HEAD "  - figure: A\n" BEFORE NUMBER BEHIND "    not_countable: x\n", 14, 20, "keys");
}

TEST(figures_that_are_not_there)
{
    struct mp_arena a = {0};
    struct mp_figures set;
    struct mp_error e = {0};
    struct mp_rules r = {.arena = &a, .lang = "nl"};
    CHECK_INT(mp_figures_read(&r, "/none/such.yaml", &set, &e), -1);
    CHECK_INT(e.code, MP_OPEN);
    CHECK_INT(set.n, 0);
    mp_arena_free(&a);
}

/* The files that are shipped, with the codes and dimensions beside them. */
struct shipped {
    struct mp_arena arena;
    struct mp_case k;
    struct mp_rules rules;
    struct mp_dims dims;
    struct mp_figures set;
    struct mp_error e;
};

static const char *schema(const char *name)
{
    static char path[600];
    const char *given = getenv("MP_SCHEMAS");
    snprintf(path, sizeof path, "%s/%s.yaml", given && *given ? given : "schemas", name);
    return path;
}

static bool open_shipped(struct shipped *s, const char *name, const char *lang)
{
    *s = (struct shipped){0};
    mp_case_make(&s->k, (struct mp_time){0});
    mp_case_judged(&s->k);
    s->rules = (struct mp_rules){.arena = &s->arena, .k = &s->k, .lang = lang};
    bool good = mp_rules_codes(&s->rules, schema("codes"), &s->e) == 0 &&
                mp_dims_read(&s->rules, schema("tables/dimensions"), &s->dims, &s->e) == 0 &&
                mp_figures_read(&s->rules, schema(name), &s->set, &s->e) == 0;
    if (!CHECK(good))
        printf("    %zu:%zu: %s\n", s->e.line, s->e.col, s->e.text);
    return good;
}

static void close_shipped(struct shipped *s)
{
    mp_dims_free(&s->dims);
    mp_arena_free(&s->arena);
}

/* Each table can be counted; without one there is a reason. */
static void check_shipped(const char *name, const char *lang, size_t least)
{
    struct shipped s;
    bool good = open_shipped(&s, name, lang);
    CHECK(!good || s.set.n >= least);
    for (size_t i = 0; good && i < s.set.n; i++) {
        struct mp_crosstab t = {0};
        if (!s.set.items[i].table)
            CHECK(s.set.items[i].not_countable.p != NULL);
        else if (!CHECK(mp_crosstab_read(s.set.items[i].table, &s.dims, &t, &s.e) == 0))
            printf("    %zu:%zu: %s\n", s.e.line, s.e.col, s.e.text);
    }
    close_shipped(&s);
}

TEST(figures_of_the_schemas_can_be_counted)
{
    check_shipped("figures/quickscan", "nl", 41);
    check_shipped("figures/quickscan", "en", 41);
    check_shipped("figures/yearly", "nl", 40);
    check_shipped("figures/yearly", "en", 40);
}

/* The quickscan's numbers are numbered, and none may be lost. */
TEST(figures_of_the_quickscan_are_all_there)
{
    struct shipped s;
    bool good = open_shipped(&s, "figures/quickscan", "nl");
    char id[16];
    for (int wanted = 1; good && wanted <= 41; wanted++) {
        size_t i = 0;
        snprintf(id, sizeof id, "QF%02d", wanted);
        while (i < s.set.n && !mp_str_is(s.set.items[i].id, id))
            i++;
        if (!CHECK(i < s.set.n))
            printf("    %s\n", id);
    }
    close_shipped(&s);
}

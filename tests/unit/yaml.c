/* lib/io/yaml */
#include "io/yaml.h"
#include "test.h"
#include <stdio.h>

static int load(struct mp_arena *a, const char *text, struct mp_yaml **root, struct mp_error *e)
{
    return mp_yaml_load(a, test_file("y.yaml", text, strlen(text)), root, e);
}

static void fails(const char *text, size_t line, size_t col, const char *part)
{
    struct mp_arena a = {0};
    struct mp_yaml *root;
    struct mp_error e = {0};
    if (CHECK(load(&a, text, &root, &e) == -1)) {
        CHECK_INT(e.code, MP_RULES);
        CHECK_INT(e.line, line);
        CHECK_INT(e.col, col);
        if (!CHECK(strstr(e.text, part) != NULL))
            printf("    %s\n", e.text);
        CHECK(e.file.n > 6 && memcmp(e.file.p + e.file.n - 6, "y.yaml", 6) == 0);
    }
    mp_arena_free(&a);
}

TEST(yaml_kinds_and_places)
{
    struct mp_arena a = {0};
    struct mp_yaml *y;
    struct mp_error e;
    CHECK_INT(load(&a,
                   "# rules\nname: x y\nempty:\nnone: ~\nnil: null\nquoted: ''\nlist: [1, two]\n"
                   "map:\n  k: |\n    a\n    b\n",
                   &y, &e),
              0);
    CHECK_INT(y->kind, MP_YAML_MAP);
    CHECK_INT(y->n, 7);
    CHECK_STR(mp_yaml_get(y, "name")->text, "x y");
    CHECK(mp_yaml_get(y, "name")->line == 2 && mp_yaml_get(y, "name")->col == 7);
    CHECK(!mp_yaml_get(y, "empty")->text.p);
    CHECK(!mp_yaml_get(y, "none")->text.p);
    CHECK(!mp_yaml_get(y, "nil")->text.p);
    CHECK_STR(mp_yaml_get(y, "quoted")->text, "");
    CHECK(mp_yaml_get(y, "quoted")->quoted);
    struct mp_yaml *list = mp_yaml_get(y, "list");
    CHECK_INT(list->kind, MP_YAML_LIST);
    CHECK_INT(mp_yaml_count(list), 2);
    CHECK_STR(mp_yaml_item(list, 1)->text, "two");
    CHECK(list->items[1]->line == 7 && list->items[1]->col == 11);
    struct mp_yaml *name = mp_yaml_get(y, "name");
    CHECK_INT(mp_yaml_count(name), 1);
    CHECK(mp_yaml_item(name, 0) == name);
    CHECK_INT(mp_yaml_count(NULL), 0);
    CHECK_STR(mp_yaml_get(mp_yaml_get(y, "map"), "k")->text, "a\nb\n");
    CHECK(!mp_yaml_get(y, "nothing"));
    CHECK(!mp_yaml_get(NULL, "x"));
    CHECK(!mp_yaml_get(list, "x"));
    mp_arena_free(&a);
}

TEST(yaml_typed_values)
{
    struct mp_arena a = {0};
    struct mp_yaml *y;
    struct mp_error e;
    struct mp_str s = MP_STR("as it was");
    int64_t n = 7;
    bool b = false;
    CHECK_INT(load(&a,
                   "t: x\nn: -12\nm: 1x\nb: true\nc: yes\nl: []\nz:\nbig: 99999999999999999999\n",
                   &y, &e),
              0);
    CHECK_INT(mp_yaml_text(y, "t", true, &s, &e), 0);
    CHECK_STR(s, "x");
    CHECK_INT(mp_yaml_text(y, "none", false, &s, &e), 0);
    CHECK_STR(s, "x");
    CHECK_INT(mp_yaml_text(y, "none", true, &s, &e), -1);
    CHECK(e.line == 1 && e.col == 1);
    CHECK_INT(mp_yaml_text(y, "l", false, &s, &e), -1);
    CHECK(e.line == 6 && e.col == 4);
    CHECK_INT(mp_yaml_text(y, "z", false, &s, &e), -1);
    CHECK_INT(mp_yaml_int(y, "n", true, &n, &e), 0);
    CHECK_INT(n, -12);
    CHECK_INT(mp_yaml_int(y, "none", false, &n, &e), 0);
    CHECK_INT(mp_yaml_int(y, "m", false, &n, &e), -1);
    CHECK(e.line == 3 && e.col == 4);
    CHECK_INT(mp_yaml_int(y, "big", false, &n, &e), -1);
    CHECK_INT(n, -12);
    CHECK_INT(mp_yaml_bool(y, "b", &b, &e), 0);
    CHECK(b);
    CHECK_INT(mp_yaml_bool(y, "none", &b, &e), 0);
    CHECK_INT(mp_yaml_bool(y, "c", &b, &e), -1);
    CHECK(b);
    CHECK_INT(mp_yaml_check(y, "t n m b c l z big", &e), 0);
    CHECK_INT(mp_yaml_check(y, "t n m b c l bigger z", &e), -1);
    CHECK(e.line == 8 && e.col == 1 && strstr(e.text, "'big'"));
    CHECK_INT(mp_yaml_check(mp_yaml_get(y, "l"), "t", &e), -1);
    CHECK(e.line == 6 && e.col == 4);
    mp_arena_free(&a);
}

TEST(yaml_mistakes_have_their_place)
{
    fails("a: 1\nb: 2\na: 3\n", 3, 1, "second time");
    fails("a:\n  - x: 1\n    x: 2\n", 3, 5, "second time");
    fails("a: &k 1\nb: *k\n", 1, 4, "anchors");
    fails("a: 1\nb: *k\n", 2, 4, "alias");
    fails("a: &k [1]\n", 1, 4, "anchors");
    fails("a: &k {b: 1}\n", 1, 4, "anchors");
    fails("<<: *k\n", 1, 5, "alias");
    fails("? [a]\n: 1\n", 1, 3, "key must be a text");
    fails("~: 1\n", 1, 1, "key must be a text");
    fails("a: 1\n---\nb: 2\n", 3, 1, "second document");
    fails("", 1, 1, "nothing");
    fails("# only words\n", 1, 1, "nothing");
    fails("a: [1, 2\n", 2, 1, "");
    fails("a: 'x\n", 2, 1, "");
    fails("a: b: c\n", 1, 5, "");
    fails("a:\n\t- b\n", 2, 1, "");
    fails("a: \"\\x\"\n", 1, 7, "");
    fails("a: \xff\n", 1, 1, "");
}

TEST(yaml_nested_too_deep)
{
    struct mp_buf b = {0};
    struct mp_arena a = {0};
    struct mp_yaml *y;
    struct mp_error e;
    for (int i = 0; i < 24; i++)
        mp_buf_addc(&b, '[');
    mp_buf_adds(&b, "1");
    for (int i = 0; i < 24; i++)
        mp_buf_addc(&b, ']');
    CHECK_INT(load(&a, mp_buf_cstr(&b), &y, &e), 0);
    b.len = 0;
    for (int i = 0; i < 5000; i++)
        mp_buf_addc(&b, '[');
    fails(mp_buf_cstr(&b), 1, 26, "too deep");
    mp_buf_free(&b);
    mp_arena_free(&a);
}

TEST(yaml_file_that_is_not_there)
{
    struct mp_arena a = {0};
    struct mp_yaml *y;
    struct mp_error e;
    CHECK_INT(mp_yaml_load(&a, test_file("none.yaml", NULL, 0), &y, &e), -1);
    CHECK_INT(e.code, MP_OPEN);
    CHECK_INT(mp_yaml_load(&a, test_dir(), &y, &e), -1);
    CHECK_INT(e.code, MP_OPEN);
    mp_arena_free(&a);
}

TEST(yaml_file_that_is_too_large)
{
    struct mp_arena a = {0};
    struct mp_yaml *y;
    struct mp_error e;
    size_t n = (1u << 20) + 1;
    char *text = malloc(n);
    memset(text, '#', n);
    memcpy(text, "a: 1\n", 5);
    CHECK_INT(mp_yaml_load(&a, test_file("large.yaml", text, n - 1), &y, &e), 0);
    CHECK_INT(mp_yaml_load(&a, test_file("large.yaml", text, n), &y, &e), -1);
    CHECK_INT(e.code, MP_RULES);
    CHECK(strstr(e.text, "too large") != NULL);
    free(text);
    mp_arena_free(&a);
}

TEST(yaml_many_keys)
{
    struct mp_buf b = {0};
    for (unsigned i = 0; i < 90000; i++)
        mp_buf_addf(&b, "k%u: 1\n", i);
    mp_buf_adds(&b, "k7: 2\n");
    fails(mp_buf_cstr(&b), 90001, 1, "second time");
    mp_buf_free(&b);
}

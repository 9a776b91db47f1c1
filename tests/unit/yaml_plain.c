/* lib/io/yaml_plain: what it reads, libyaml reads as well, and alike */
#include "io/yaml_plain.h"
#include "test.h"
#include <ftw.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { DEEPEST = 64, FILES = 200, CHANGES = 150 };

static bool same(const struct mp_yaml *x, const struct mp_yaml *y, unsigned depth)
{
    bool fine = x->kind == y->kind && x->quoted == y->quoted && x->n == y->n &&
                !x->text.p == !y->text.p && mp_str_eq(x->text, y->text) && x->line == y->line &&
                x->col == y->col && depth < DEEPEST;
    for (size_t i = 0; fine && i < x->n; i++)
        fine = same(x->items[i], y->items[i], depth + 1) &&
               (x->kind == MP_YAML_LIST || same(x->keys[i], y->keys[i], depth + 1));
    return fine;
}

/* What the plain reader makes of a text, which has to be what libyaml makes of it: a border of
 * documents at its end is odd, and says nothing. */
static enum mp_yaml_found look(struct mp_str text)
{
    struct mp_arena a = {0};
    struct mp_buf marked = {0};
    struct mp_error e = {0};
    struct mp_yaml *plain, *other;
    enum mp_yaml_found found = mp_yaml_plain(&a, MP_STR("y.yaml"), text, &plain);
    mp_buf_addstr(&marked, text);
    mp_buf_adds(&marked, "\n...\n");
    if (found == MP_YAML_READ &&
        (!CHECK_INT(mp_yaml_load(&a, test_file("y.yaml", marked.data, marked.len), &other, &e),
                    0) ||
         !CHECK(same(plain, other, 0))))
        printf("    %zu:%zu %s\n%.*s\n----\n", e.line, e.col, e.text, (int)text.n, text.p);
    mp_buf_free(&marked);
    mp_arena_free(&a);
    return found;
}

static void is(enum mp_yaml_found found, const char *text)
{
    if (!CHECK_INT(look(mp_str_of(text)), found))
        printf("    %s\n----\n", text);
}

TEST(yaml_that_is_plain)
{
    is(MP_YAML_READ,
       "a: b\nc:\n  - d\n  - 'it''s'\n  - \"e: f\"  # g\ne: # h\n- i\n- j: k\n  l: m\n");
    is(MP_YAML_READ, "# a\n\n  - b\n  -   c: d\n      e: f\n  -\n    g: h\n  - - i\n    - j\n");
    is(MP_YAML_READ, "a:\nb: ~\nc: null\nd: ''\ne:\n  -\n  - f\n");
    is(MP_YAML_READ,
       "a: [b, c d, 'e''f', \"g\"]\nb: {c: d, 'e': [f, g,\n    h], \"i\": {}}\nj: []");
    is(MP_YAML_READ, "a:\n  [b,\nc]\nd:\n  e f\ng: # h\n\n  # i\n  'j'\n");
    is(MP_YAML_READ, "a: [b?, c? d]\nb: c # d: e\n");
    is(MP_YAML_READ, "a: b:c #d\ne: f#g # h\n'i': /j:k?/\nl: -m\n\"n\": 1.5 \n");
    is(MP_YAML_READ, "\xc3\xa9: \xe2\x82\xac # \xc3\xa9\n\xc3\xab\xc3\xab: [\xc3\xa9, b]\n");
}

TEST(yaml_that_is_odd)
{
    static const char *const odd[] = {
        "",          "a",          "[a]",           "a: b: c",   "a: 'b",       "a: \"b\\n\"",
        "a: b\n  c", "a:\n\tb: c", "a: |\n  b",     "a: &b c",   "a: *b",       "a: !b c",
        "? a",       "a: {b}",     "a: [b c: d]",   "a: [b",     "a: [b\n c]",  "a: b\r\n",
        "---\na: b", "a: b\n...",  "a: b\na: c",    "a: 'b' c",  "a: - b",      "a: b\n c: d",
        "a : b",     "~: b",       "a: [b,, c]",    "a: [b: c]", "a: {b: }",    "a:\n  b: c\n d: e",
        "a: b\n- c", "- a\nb: c",  "a: \x7f",       "a: \xff",   "a: \xc2\x85", "a: \xe2\x80\xa8 b",
        "a: %b",     "a: b\n\nc",  "%a\n---\nb: c", "a: {b:c}",  "'a''b': c",   "a: [b:?, c]"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        is(MP_YAML_ODD, odd[i]);
    struct mp_buf deep = {0};
    for (int i = 0; i <= MP_YAML_DEPTH; i++)
        mp_buf_adds(&deep, "- ");
    mp_buf_adds(&deep, "a");
    CHECK_INT(look(mp_buf_str(&deep)), MP_YAML_ODD);
    CHECK_INT(look((struct mp_str){deep.data + 2, deep.len - 2}), MP_YAML_READ);
    mp_buf_free(&deep);
}

/* ---- all rules that there are ---- */

static char *paths[FILES];
static size_t n_paths;

static int add_path(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)at;
    size_t n = strlen(path);
    if (kind == FTW_F && n > 5 && strcmp(path + n - 5, ".yaml") == 0 && n_paths < FILES)
        paths[n_paths++] = strdup(path);
    return 0;
}

static void find_files(void)
{
    const char *given = getenv("MP_SCHEMAS");
    n_paths = 0;
    CHECK_INT(nftw(given && *given ? given : "schemas", add_path, 16, FTW_PHYS), 0);
}

static void free_files(void)
{
    while (n_paths)
        free(paths[--n_paths]);
}

TEST(most_rules_are_plain_yaml)
{
    size_t plain = 0;
    find_files();
    for (size_t i = 0; i < n_paths; i++) {
        struct mp_buf text = test_slurp(paths[i]);
        bool is_plain = look(mp_buf_str(&text)) == MP_YAML_READ;
        plain += is_plain;
        if (strstr(paths[i], "/lexicon/") && !CHECK(is_plain)) /* they are large */
            printf("    %s\n", paths[i]);
        mp_buf_free(&text);
    }
    CHECK(n_paths > 10 && plain * 3 > n_paths * 2);
    free_files();
}

/* A piece of some rules, changed here and there. */
static void change(struct mp_buf *piece, uint64_t *random)
{
    static const char signs[] = "  \n\n::--'\"[]{},#?|>&*!%@a~\\\t\r.\x80\xc3\xe2";
    for (unsigned n = test_random(random, 4); n-- > 0;) {
        char *p = piece->data + test_random(random, (unsigned)piece->len);
        *p = signs[test_random(random, sizeof signs - 1)];
    }
}

TEST(what_is_read_as_plain_yaml_is_that_for_libyaml)
{
    uint64_t random = 7;
    size_t plain = 0;
    find_files();
    for (size_t i = 0; i < n_paths; i++) {
        struct mp_buf text = test_slurp(paths[i]), piece = {0};
        for (unsigned k = 0; k < CHANGES && text.len; k++) {
            const char *from = text.data + test_random(&random, (unsigned)text.len);
            const char *line = memchr(from, '\n', text.len - (size_t)(from - text.data));
            size_t left = line ? text.len - (size_t)(line - text.data) - 1 : 0;
            piece.len = 0;
            if (left)
                mp_buf_add(&piece, line + 1, left < 200 ? left : 1 + test_random(&random, 200));
            if (piece.len) {
                change(&piece, &random);
                plain += look(mp_buf_str(&piece)) == MP_YAML_READ;
            }
        }
        mp_buf_free(&piece);
        mp_buf_free(&text);
    }
    CHECK(plain > n_paths); /* else it says little */
    free_files();
}

/* schemas/labels: words for all that the tables of schemas/tables can put into a row */
#include "io/folder.h"
#include "page/layout.h"
#include "page/words.h"
#include "test.h"
#include <stdio.h>

static const char *const languages[] = {"nl", "en"};
enum { N_LANGUAGES = 2, DEPTH_MAX = 8 };

static const char *in_schemas(const char *folder, const char *name)
{
    static char path[4096];
    const char *given = getenv("MP_SCHEMAS");
    snprintf(path, sizeof path, "%s/%s/%s", given && *given ? given : "schemas", folder, name);
    return path;
}

struct world {
    struct mp_arena arena;
    struct mp_words words[N_LANGUAGES];
    struct mp_yaml *dimensions, *codes;
    struct mp_yaml **sets; /* lists of tables */
    struct mp_str *paths;
    size_t n_sets;
};

static bool load_sets(struct world *w, struct mp_error *e)
{
    size_t n;
    if (mp_folder_yaml(&w->arena, in_schemas("tables", ""), &w->paths, &n, e) < 0)
        return false;
    w->sets = mp_arena_alloc(&w->arena, (n + 1) * sizeof(void *));
    for (size_t i = 0; i < n && w->sets; i++) {
        struct mp_yaml *root;
        if (mp_str_is(mp_folder_name(w->paths[i]), "dimensions"))
            continue;
        if (mp_yaml_load(&w->arena, w->paths[i].p, &root, e) < 0)
            return false;
        w->sets[w->n_sets++] = mp_yaml_get(root, "tables");
    }
    return w->sets && w->n_sets > 0;
}

static bool open_world(struct world *w)
{
    struct mp_error e = {0};
    struct mp_yaml *dims, *codes;
    *w = (struct world){0};
    bool good = mp_yaml_load(&w->arena, in_schemas("tables", "dimensions.yaml"), &dims, &e) == 0 &&
                mp_yaml_load(&w->arena, in_schemas(".", "codes.yaml"), &codes, &e) == 0 &&
                load_sets(w, &e);
    for (size_t i = 0; i < N_LANGUAGES && good; i++) {
        char name[16];
        snprintf(name, sizeof name, "%s.yaml", languages[i]);
        good = mp_words_load(&w->words[i], &w->arena, in_schemas("labels", name), &e) == 0;
    }
    if (!CHECK(good)) {
        CHECK_STR(mp_str_of(e.text), "");
        mp_arena_free(&w->arena);
        return false;
    }
    w->dimensions = mp_yaml_get(dims, "dimensions");
    w->codes = mp_yaml_get(codes, "codes");
    return true;
}

/* What has no word of its own is shown under its name; the failure says which. */
static void check_found(struct mp_str found, struct mp_str name, const char *language)
{
    if (CHECK(found.p != name.p && found.n > 0))
        return;
    char text[256];
    snprintf(text, sizeof text, "%s has words for %s", language, name.p);
    CHECK_STR(mp_str_of("no word"), text);
}

static struct mp_yaml *dimension_named(const struct world *w, struct mp_str name)
{
    return mp_yaml_get(w->dimensions, name.p);
}

static bool is_code(const struct world *w, struct mp_str name)
{
    for (size_t i = 0; i < mp_yaml_count(w->codes); i++)
        if (mp_str_eq(mp_yaml_item(w->codes, i)->text, name))
            return true;
    return false;
}

/* A value has words, and stands behind the one before it. */
static size_t check_value(struct world *w, size_t l, struct mp_str dim, struct mp_str value,
                          size_t before)
{
    check_found(mp_words_value(&w->words[l], dim, value), value, languages[l]);
    size_t place = mp_words_order(&w->words[l], "dimensions", dim, value);
    if (!CHECK(before == SIZE_MAX || place > before)) {
        CHECK_STR(dim, "in the order of dimensions.yaml");
        CHECK_STR(value, "behind the value before it");
    }
    return place;
}

static void check_values(struct world *w, size_t l, struct mp_str dim, const struct mp_yaml *y)
{
    static const char *const keys[] = {"values", "bands", "classes", "codes"};
    size_t before = SIZE_MAX, n = 0;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        struct mp_yaml *list = mp_yaml_get(y, keys[k]);
        for (size_t i = 0; i < mp_yaml_count(list); i++, n++) {
            struct mp_yaml *item = mp_yaml_item(list, i), *name = mp_yaml_get(item, "name");
            before = check_value(w, l, dim, name ? name->text : item->text, before);
        }
    }
    struct mp_yaml *otherwise = mp_yaml_get(y, "otherwise");
    if (otherwise)
        (void)check_value(w, l, dim, otherwise->text, before);
}

TEST(every_dimension_and_value_has_words)
{
    struct world w;
    if (!open_world(&w))
        return;
    for (size_t l = 0; l < N_LANGUAGES; l++)
        for (size_t i = 0; i < w.dimensions->n; i++) {
            struct mp_str name = w.dimensions->keys[i]->text;
            CHECK(!is_code(&w, name));
            check_found(mp_words_name(&w.words[l], "dimensions", name, "name"), name, languages[l]);
            check_values(&w, l, name, w.dimensions->items[i]);
        }
    mp_arena_free(&w.arena);
}

TEST(every_code_is_a_dimension_with_words)
{
    static const char *const statuses[] = {"present", "suspected", "past", "absent", "other"};
    struct world w;
    if (!open_world(&w))
        return;
    for (size_t l = 0; l < N_LANGUAGES; l++)
        for (size_t i = 0; i < mp_yaml_count(w.codes); i++) {
            struct mp_str name = mp_yaml_item(w.codes, i)->text;
            size_t before = SIZE_MAX;
            check_found(mp_words_name(&w.words[l], "dimensions", name, "name"), name, languages[l]);
            for (size_t k = 0; k < sizeof statuses / sizeof *statuses; k++)
                before = check_value(&w, l, name, mp_str_of(statuses[k]), before);
        }
    mp_arena_free(&w.arena);
}

static void check_table(struct world *w, struct mp_yaml *table)
{
    static const char *const keys[] = {"units", "measure"},
                             *const sections[] = {"units", "measures"},
                             *const fields[] = {"many", "name"};
    struct mp_str name = mp_yaml_get(table, "table")->text;
    for (size_t l = 0; l < N_LANGUAGES; l++) {
        check_found(mp_words_name(&w->words[l], "tables", name, "title"), name, languages[l]);
        for (size_t k = 0; k < 2; k++)
            for (size_t i = 0; i < mp_yaml_count(mp_yaml_get(table, keys[k])); i++) {
                struct mp_str what = mp_yaml_item(mp_yaml_get(table, keys[k]), i)->text;
                check_found(mp_words_name(&w->words[l], sections[k], what, fields[k]), what,
                            languages[l]);
            }
    }
    for (size_t i = 0; i < mp_yaml_count(mp_yaml_get(table, "by")); i++) {
        struct mp_str dim = mp_yaml_item(mp_yaml_get(table, "by"), i)->text;
        CHECK(dimension_named(w, dim) || is_code(w, dim));
    }
}

TEST(every_table_and_measure_has_words)
{
    struct world w;
    if (!open_world(&w))
        return;
    for (size_t s = 0; s < w.n_sets; s++)
        for (size_t i = 0; i < mp_yaml_count(w.sets[s]); i++)
            check_table(&w, mp_yaml_item(w.sets[s], i));
    mp_arena_free(&w.arena);
}

/* Sets can be given together: a name is one table's. */
static size_t tables_named(const struct world *w, struct mp_str name)
{
    size_t n = 0;
    for (size_t s = 0; s < w->n_sets; s++)
        for (size_t i = 0; i < mp_yaml_count(w->sets[s]); i++)
            n += mp_str_eq(mp_yaml_get(mp_yaml_item(w->sets[s], i), "table")->text, name);
    return n;
}

TEST(words_are_for_what_is_there)
{
    struct world w;
    if (!open_world(&w))
        return;
    struct mp_str name;
    for (size_t i = 0; (name = mp_words_key(&w.words[0], "tables", i)).p; i++)
        if (!CHECK_INT(tables_named(&w, name), 1))
            CHECK_STR(name, "one table of all sets");
    for (size_t i = 0; (name = mp_words_key(&w.words[0], "dimensions", i)).p; i++)
        if (!CHECK(dimension_named(&w, name)))
            CHECK_STR(name, "a dimension");
    const struct mp_yaml *codes = mp_yaml_get(mp_yaml_get(w.words[0].root, "lists"), "codes");
    for (size_t i = 0; i < codes->n; i++)
        if (!CHECK(is_code(&w, codes->keys[i]->text)))
            CHECK_STR(codes->keys[i]->text, "a code");
    mp_arena_free(&w.arena);
}

/* The last sentence on a table of the registration has the numbers that it gives, up to 13. */
static unsigned numbers_of(struct mp_str definition)
{
    unsigned bits = 0, number = 0;
    size_t from = definition.n > 0 ? definition.n - 1 : 0;
    while (from > 1 && !(definition.p[from - 1] == ' ' && definition.p[from - 2] == '.'))
        from--;
    for (size_t i = from; i < definition.n; i++) {
        bool digit = definition.p[i] >= '0' && definition.p[i] <= '9';
        if (!digit && number <= 13)
            bits |= 1U << number;
        number = digit ? number * 10 + (unsigned)(definition.p[i] - '0') : 0;
    }
    return bits;
}

TEST(the_registry_gives_all_thirteen_numbers)
{
    struct world w;
    if (!open_world(&w))
        return;
    for (size_t l = 0; l < N_LANGUAGES; l++) {
        struct mp_yaml *tables = mp_yaml_get(w.words[l].root, "tables");
        unsigned bits = 0;
        for (size_t i = 0; i < tables->n; i++)
            if (strncmp(tables->keys[i]->text.p, "registry_", 9) == 0)
                bits |= numbers_of(mp_yaml_get(tables->items[i], "definition")->text);
        CHECK_INT(bits | 1, 0x3fff); /* 0 stands for what is no number */
    }
    mp_arena_free(&w.arena);
}

/* The same keys in the same order all the way down; the words differ. */
static void check_same(const struct mp_yaml *a, const struct mp_yaml *b, size_t depth)
{
    if (!CHECK(a->kind == b->kind && a->n == b->n && depth < DEPTH_MAX)) {
        printf("%s:%zu: not as %s:%zu\n", a->file.p, a->line, b->file.p, b->line);
        return;
    }
    for (size_t i = 0; a->kind == MP_YAML_MAP && i < a->n; i++) {
        CHECK_SAME(a->keys[i]->text, b->keys[i]->text);
        check_same(a->items[i], b->items[i], depth + 1);
    }
}

TEST(the_languages_have_the_same_keys)
{
    struct world w;
    if (!open_world(&w))
        return;
    check_same(w.words[0].root, w.words[1].root, 0);
    mp_arena_free(&w.arena);
}

/* What headings refer to: a number has a unit and dimensions, and often a measure. */
TEST(dimensions_measures_and_units_have_a_definition)
{
    static const char *const sections[] = {"dimensions", "measures", "units"};
    struct world w;
    if (!open_world(&w))
        return;
    for (size_t l = 0; l < N_LANGUAGES; l++)
        for (size_t s = 0; s < 3; s++) {
            struct mp_str name;
            for (size_t i = 0; (name = mp_words_key(&w.words[l], sections[s], i)).p; i++)
                if (!mp_str_is(name, "count") &&
                    !CHECK(mp_words_find(&w.words[l], sections[s], name, "definition").n > 0))
                    CHECK_STR(name, "defined");
        }
    mp_arena_free(&w.arena);
}

static void check_listed(const struct world *w, const struct mp_yaml *tables)
{
    for (size_t i = 0; tables && i < tables->n; i++)
        if (!CHECK_INT(tables_named(w, tables->items[i]->text), 1))
            CHECK_STR(tables->items[i]->text, "a table of a set");
}

static void check_statements(const struct world *w, const struct mp_statements *s,
                             const char *section, const char *field)
{
    for (size_t i = 0; i < s->n; i++) {
        check_listed(w, s->statement[i].tables);
        for (size_t l = 0; l < N_LANGUAGES; l++)
            if (!CHECK(mp_words_find(&w->words[l], section, s->statement[i].say, field).n > 0))
                CHECK_STR(s->statement[i].say, "in words");
    }
}

static void check_plan(const struct world *w, const struct mp_plan *p)
{
    check_listed(w, p->tables);
    check_statements(w, &p->say, "statements", NULL);
    for (size_t l = 0; l < N_LANGUAGES; l++)
        CHECK(mp_words_find(&w->words[l], "sections", p->id, "heading").n > 0);
    for (size_t i = 0; i < p->n_drawings; i++) {
        const struct mp_drawing *d = p->drawings + i;
        check_listed(w, d->tables);
        check_statements(w, &d->say, "statements", NULL);
        for (size_t k = 0; d->by && k < d->by->n; k++)
            CHECK(dimension_named(w, d->by->items[k]->text));
        for (size_t k = 0; d->marks && k < d->marks->n; k++)
            for (size_t l = 0; l < N_LANGUAGES; l++)
                CHECK(mp_words_find(&w->words[l], "marks", d->marks->items[k]->text, NULL).n > 0);
    }
}

/* Every table that is shipped has a section of its own choice, and a layout has no other. */
static void check_placed(const struct world *w, const struct mp_layout *layout)
{
    for (size_t s = 0; s < w->n_sets; s++)
        for (size_t i = 0; i < mp_yaml_count(w->sets[s]); i++) {
            struct mp_str name = mp_yaml_get(mp_yaml_item(w->sets[s], i), "table")->text;
            size_t n = mp_str_eq(name, layout->sources);
            for (size_t k = 0; k < layout->n_plans; k++)
                n += mp_layout_has(layout->plans[k].tables, name);
            if (!CHECK_INT(n, 1))
                CHECK_STR(name, "in one section");
        }
}

TEST(the_layout_has_a_place_and_words_for_every_table)
{
    struct world w;
    struct mp_error e = {0};
    struct mp_layout layout;
    if (!open_world(&w))
        return;
    if (CHECK_INT(mp_layout_load(&layout, &w.arena, in_schemas("pages", "bulletin.yaml"), &e), 0)) {
        check_statements(&w, &layout.headlines, "headlines", "label");
        check_statements(&w, &layout.optional, "headlines", "label");
        for (size_t i = 0; i < layout.n_plans; i++)
            check_plan(&w, layout.plans + i);
        check_placed(&w, &layout);
    }
    mp_arena_free(&w.arena);
}

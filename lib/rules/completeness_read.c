/* Reading a profile of completeness. */
#include "io/json.h"
#include "rules/completeness_parts.h"

enum { MAX_WEIGHT = 100 };

struct loader {
    const struct mp_rules *r;
    struct mp_error *e;
    struct mp_completeness *c;
    struct mp_buf words; /* struct mp_sought: of tests */
    size_t bytes;        /* of all words as yet */
    unsigned n_tests;    /* that have words */
};

static void *take(const struct loader *l, size_t n, size_t size)
{
    void *p = mp_arena_alloc(l->r->arena, (n + 1) * size);
    if (!p)
        mp_error_memory(l->e);
    return p;
}

/* Keeps what a buffer holds, and frees it. */
static int keep(const struct loader *l, struct mp_buf *b, struct mp_str *out)
{
    *out = mp_arena_str(l->r->arena, mp_buf_str(b));
    bool fine = out->p && !b->failed;
    mp_buf_free(b);
    return fine ? 0 : mp_error_memory(l->e);
}

static int keep_json(const struct loader *l, struct mp_str text, struct mp_str *out)
{
    struct mp_buf b = {0};
    mp_json_add_str(&b, text);
    return keep(l, &b, out);
}

/* The list behind a key, which must be there and not be too long. */
static int read_list(const struct loader *l, struct mp_yaml *map, const char *key, size_t most,
                     struct mp_yaml **list, size_t *n)
{
    *list = mp_yaml_get(map, key);
    if (!*list)
        return mp_yaml_fail(map, l->e, "key '%s' is missing", key);
    if (mp_rules_list(map, key, n, l->e) < 0)
        return -1;
    if (*n == 0 || *n > most)
        return mp_yaml_fail(*list, l->e, "here must stand 1 to %zu items", most);
    return 0;
}

/* ---- words ---- */

static int check_word(struct loader *l, struct mp_yaml *y)
{
    bool has_letter = false;
    for (size_t i = 0; i < y->text.n; i++) {
        char c = y->text.p[i];
        if (c >= '0' && c <= '9')
            return mp_yaml_fail(y, l->e, "in '%s' write '#' for any digit", y->text.p);
        /* of what is not ASCII, letters begin with these bytes; signs are breaks in a text */
        has_letter |= c == '#' || ((unsigned char)c >= 0xc3 && (unsigned char)c <= 0xdf) ||
                      ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    }
    return has_letter ? 0 : mp_yaml_fail(y, l->e, "'%s' is no word", y->text.p);
}

static int add_word(struct loader *l, struct mp_buf *to, struct mp_yaml *y, unsigned set)
{
    if (mp_yaml_is_text(y, l->e) < 0 || check_word(l, y) < 0)
        return -1;
    l->bytes += y->text.n;
    if (l->bytes > MP_SEEK_MAX)
        return mp_yaml_fail(y, l->e, "the words are longer than %d bytes together", MP_SEEK_MAX);
    struct mp_sought word = {.text = y->text, .set = set};
    mp_buf_add(to, &word, sizeof word);
    return to->failed ? mp_error_memory(l->e) : 0;
}

static int add_words(struct loader *l, struct mp_buf *to, struct mp_yaml *list, unsigned set)
{
    for (size_t i = 0; i < mp_yaml_count(list); i++)
        if (add_word(l, to, mp_yaml_item(list, i), set) < 0)
            return -1;
    return 0;
}

static int make_words(struct loader *l, struct mp_buf *from, struct mp_seek *out)
{
    int result = mp_seek_make(out, l->r->arena, MP_ITEMS(const struct mp_sought, *from),
                              MP_COUNT(struct mp_sought, *from), l->e);
    mp_buf_free(from);
    return result;
}

/* A condition behind `key`, a list of words behind `key`_words, both or none of them. */
static int read_test(struct loader *l, struct mp_yaml *map, const char *key, struct mp_test *out)
{
    char words[32] = "";
    strcat(strcat(words, key), "_words");
    struct mp_yaml *list = mp_yaml_get(map, words);
    if (mp_rules_when(l->r, map, key, false, &out->when, l->e) < 0)
        return -1;
    if (mp_yaml_count(list) == 0)
        return 0;
    if (l->n_tests == MP_BITS_MAX)
        return mp_yaml_fail(list, l->e, "more than %d lists of words", MP_BITS_MAX);
    out->words = UINT64_C(1) << l->n_tests;
    return add_words(l, &l->words, list, l->n_tests++);
}

static bool is_empty(const struct mp_test *t)
{
    return !t->when.condition && t->words == 0;
}

/* ---- the outward description ---- */

static int read_kind(struct loader *l, struct mp_yaml *map, struct mp_buf *words, size_t at)
{
    struct mp_description *d = &l->c->description;
    struct mp_kind *kind = &d->kinds[at];
    struct mp_yaml *list;
    size_t n;
    if (mp_yaml_check(map, "id words", l->e) < 0 ||
        mp_yaml_text(map, "id", true, &kind->id, l->e) < 0 ||
        read_list(l, map, "words", MP_SEEK_MAX, &list, &n) < 0)
        return -1;
    for (size_t i = 0; i < at; i++)
        if (mp_str_eq(d->kinds[i].id, kind->id))
            return mp_yaml_fail(mp_yaml_get(map, "id"), l->e, "a second kind '%s'", kind->id.p);
    return add_words(l, words, list, (unsigned)at) < 0 ? -1 : keep_json(l, kind->id, &kind->json);
}

static int read_kinds(struct loader *l, struct mp_yaml *map)
{
    struct mp_description *d = &l->c->description;
    struct mp_buf words = {0};
    struct mp_yaml *list;
    if (read_list(l, map, "kinds", MP_BITS_MAX, &list, &d->n_kinds) < 0 ||
        !(d->kinds = take(l, d->n_kinds, sizeof *d->kinds)))
        return -1;
    for (size_t i = 0; i < d->n_kinds; i++) {
        if (read_kind(l, mp_yaml_item(list, i), &words, i) < 0) {
            mp_buf_free(&words);
            return -1;
        }
    }
    return make_words(l, &words, &d->words);
}

static int read_grade(struct loader *l, struct mp_yaml *map, size_t at)
{
    struct mp_description *d = &l->c->description;
    struct mp_grade *grade = &d->grades[at];
    struct mp_str id = {0};
    if (mp_yaml_check(map, "id kinds", l->e) < 0 || mp_yaml_text(map, "id", true, &id, l->e) < 0 ||
        mp_yaml_int(map, "kinds", true, &grade->kinds, l->e) < 0)
        return -1;
    bool is_last = at + 1 == d->n_grades;
    if (grade->kinds < 0 || is_last != (grade->kinds == 0) ||
        (at > 0 && grade->kinds >= grade[-1].kinds))
        return mp_yaml_fail(mp_yaml_get(map, "kinds"), l->e,
                            "grades go from the best down to one from 0 kinds");
    return keep_json(l, id, &grade->json);
}

static int read_grades(struct loader *l, struct mp_yaml *map)
{
    struct mp_description *d = &l->c->description;
    struct mp_yaml *list;
    if (read_list(l, map, "grades", MP_BITS_MAX, &list, &d->n_grades) < 0 ||
        !(d->grades = take(l, d->n_grades, sizeof *d->grades)))
        return -1;
    for (size_t i = 0; i < d->n_grades; i++)
        if (read_grade(l, mp_yaml_item(list, i), i) < 0)
            return -1;
    return 0;
}

static int read_description(struct loader *l, struct mp_yaml *root)
{
    struct mp_description *d = &l->c->description;
    struct mp_yaml *list, *map = mp_yaml_get(root, "description");
    if (!map)
        return mp_yaml_fail(root, l->e, "key 'description' is missing");
    if (mp_yaml_check(map, "signal status kinds grades", l->e) < 0 ||
        mp_yaml_text(map, "signal", true, &d->signal, l->e) < 0 ||
        read_list(l, map, "status", MP_BITS_MAX, &list, &d->n_statuses) < 0 ||
        !(d->statuses = take(l, d->n_statuses, sizeof *d->statuses)))
        return -1;
    for (size_t i = 0; i < d->n_statuses; i++) {
        if (mp_yaml_is_text(mp_yaml_item(list, i), l->e) < 0)
            return -1;
        d->statuses[i] = mp_yaml_item(list, i)->text;
    }
    return read_kinds(l, map) < 0 ? -1 : read_grades(l, map);
}

/* ---- groups and items ---- */

static size_t group_named(const struct mp_completeness *c, struct mp_str id)
{
    size_t i = 0;
    while (i < c->n_groups && !mp_str_eq(c->groups[i].id, id))
        i++;
    return i;
}

static size_t item_named(const struct mp_completeness *c, struct mp_str id)
{
    size_t i = 0;
    while (i < c->n_items && !mp_str_eq(c->items[i].id, id))
        i++;
    return i;
}

static int read_group(struct loader *l, struct mp_yaml *map)
{
    struct mp_completeness *c = l->c;
    struct mp_group *g = &c->groups[c->n_groups];
    if (mp_yaml_check(map, "id applies", l->e) < 0 ||
        mp_yaml_text(map, "id", true, &g->id, l->e) < 0 ||
        mp_rules_when(l->r, map, "applies", false, &g->applies, l->e) < 0)
        return -1;
    if (group_named(c, g->id) < c->n_groups)
        return mp_yaml_fail(mp_yaml_get(map, "id"), l->e, "a second group '%s'", g->id.p);
    c->n_groups++;
    return 0;
}

/* The group that a key names; *out stays where the key may be left out and is. */
static int read_group_name(struct loader *l, struct mp_yaml *map, const char *key, bool must,
                           size_t *out)
{
    struct mp_str id = {0};
    if (mp_yaml_text(map, key, must, &id, l->e) < 0)
        return -1;
    if (!id.p)
        return 0;
    *out = group_named(l->c, id);
    return *out < l->c->n_groups
               ? 0
               : mp_yaml_fail(mp_yaml_get(map, key), l->e, "there is no group '%s'", id.p);
}

static int read_weight(struct loader *l, struct mp_yaml *map, int64_t *out)
{
    *out = 1;
    if (mp_yaml_int(map, "weight", false, out, l->e) < 0)
        return -1;
    if (*out < 1 || *out > MAX_WEIGHT)
        return mp_yaml_fail(mp_yaml_get(map, "weight"), l->e, "weights go from 1 to %d",
                            MAX_WEIGHT);
    return 0;
}

static int read_item_kinds(struct loader *l, struct mp_yaml *map, uint64_t *out)
{
    const struct mp_description *d = &l->c->description;
    struct mp_yaml *list = mp_yaml_get(map, "kinds");
    for (size_t i = 0; i < mp_yaml_count(list); i++) {
        struct mp_yaml *y = mp_yaml_item(list, i);
        if (mp_yaml_is_text(y, l->e) < 0)
            return -1;
        size_t at = 0;
        while (at < d->n_kinds && !mp_str_eq(d->kinds[at].id, y->text))
            at++;
        if (at == d->n_kinds)
            return mp_yaml_fail(y, l->e, "there is no kind '%s'", y->text.p);
        *out |= UINT64_C(1) << at;
    }
    return 0;
}

static int read_tests(struct loader *l, struct mp_yaml *map, struct mp_item *item)
{
    if (read_test(l, map, "applies", &item->applies) < 0 ||
        read_test(l, map, "present", &item->present) < 0 ||
        read_test(l, map, "no", &item->no) < 0 || read_item_kinds(l, map, &item->kinds) < 0)
        return -1;
    if (is_empty(&item->present) && item->kinds == 0)
        return mp_yaml_fail(map, l->e, "nothing says when this item is present");
    return 0;
}

static int read_item(struct loader *l, struct mp_yaml *map)
{
    struct mp_completeness *c = l->c;
    struct mp_item *item = &c->items[c->n_items];
    struct mp_str question, source = {0};
    if (mp_yaml_check(map,
                      "id group unasked weight applies applies_words present present_words no "
                      "no_words kinds question source",
                      l->e) < 0 ||
        mp_yaml_text(map, "id", true, &item->id, l->e) < 0 ||
        read_group_name(l, map, "group", true, &item->group) < 0)
        return -1;
    item->unasked = c->n_groups;
    if (read_group_name(l, map, "unasked", false, &item->unasked) < 0 ||
        read_weight(l, map, &item->weight) < 0 || read_tests(l, map, item) < 0 ||
        mp_rules_text(l->r, map, "question", &question, l->e) < 0 ||
        mp_yaml_text(map, "source", true, &source, l->e) < 0)
        return -1;
    if (item_named(c, item->id) < c->n_items)
        return mp_yaml_fail(mp_yaml_get(map, "id"), l->e, "a second item '%s'", item->id.p);
    c->n_items++;
    return keep_json(l, item->id, &item->json) < 0 ? -1 : keep_json(l, question, &item->question);
}

/* ---- flags ---- */

static int read_flag(struct loader *l, struct mp_yaml *map)
{
    struct mp_completeness *c = l->c;
    struct mp_flag *flag = &c->flags[c->n_flags];
    struct mp_str why, source = {0}, silent = {0};
    struct mp_buf b = {0};
    if (mp_yaml_check(map, "id silent when when_words why source", l->e) < 0 ||
        mp_yaml_text(map, "id", true, &flag->id, l->e) < 0 ||
        mp_yaml_text(map, "silent", false, &silent, l->e) < 0 ||
        read_test(l, map, "when", &flag->when) < 0 ||
        mp_rules_text(l->r, map, "why", &why, l->e) < 0 ||
        mp_yaml_text(map, "source", true, &source, l->e) < 0)
        return -1;
    if (is_empty(&flag->when))
        return mp_yaml_fail(map, l->e, "nothing says when this flag is raised");
    flag->silent = silent.p ? item_named(c, silent) : c->n_items;
    if (silent.p && flag->silent == c->n_items)
        return mp_yaml_fail(mp_yaml_get(map, "silent"), l->e, "there is no item '%s'", silent.p);
    for (size_t i = 0; i < c->n_flags; i++)
        if (mp_str_eq(c->flags[i].id, flag->id))
            return mp_yaml_fail(mp_yaml_get(map, "id"), l->e, "a second flag '%s'", flag->id.p);
    c->n_flags++;
    mp_buf_addc(&b, '{');
    mp_json_add_field(&b, "flag", flag->id);
    mp_json_add_field(&b, "why", why);
    mp_json_add_field(&b, "source", source);
    return keep(l, &b, &flag->json);
}

/* ---- the file ---- */

static int read_groups(struct loader *l, struct mp_yaml *root)
{
    struct mp_yaml *list;
    size_t n;
    if (read_list(l, root, "groups", MP_BITS_MAX, &list, &n) < 0 ||
        !(l->c->groups = take(l, n, sizeof *l->c->groups)))
        return -1;
    for (size_t i = 0; i < n; i++)
        if (read_group(l, mp_yaml_item(list, i)) < 0)
            return -1;
    return 0;
}

static int read_items(struct loader *l, struct mp_yaml *root)
{
    struct mp_yaml *list;
    size_t n;
    if (read_list(l, root, "items", MP_BITS_MAX, &list, &n) < 0 ||
        !(l->c->items = take(l, n, sizeof *l->c->items)) || !(l->c->states = take(l, n, 1)))
        return -1;
    for (size_t i = 0; i < n; i++)
        if (read_item(l, mp_yaml_item(list, i)) < 0)
            return -1;
    return 0;
}

static int read_flags(struct loader *l, struct mp_yaml *root)
{
    size_t n;
    if (mp_rules_list(root, "flags", &n, l->e) < 0 ||
        !(l->c->flags = take(l, n, sizeof *l->c->flags)))
        return -1;
    for (size_t i = 0; i < n; i++)
        if (read_flag(l, mp_yaml_item(mp_yaml_get(root, "flags"), i)) < 0)
            return -1;
    return 0;
}

static int read_file(struct loader *l, const char *path)
{
    struct mp_completeness *c = l->c;
    struct mp_yaml *root;
    struct mp_str label;
    if (mp_rules_load(l->r, path, "completeness", "description groups items flags", &root, &label,
                      l->e) < 0 ||
        read_description(l, root) < 0 || read_groups(l, root) < 0 || read_items(l, root) < 0 ||
        read_flags(l, root) < 0 || make_words(l, &l->words, &c->words) < 0)
        return -1;
    c->text_at = mp_case_place(l->r->k, "narrative");
    c->reports_at = mp_case_place(l->r->k, "link.reports");
    c->signals_at = mp_lookup_add_signals(&l->r->k->lookup);
    if (c->text_at == MP_LOOKUP_NONE || c->reports_at == MP_LOOKUP_NONE ||
        c->signals_at == MP_LOOKUP_NONE)
        return mp_yaml_fail(root, l->e, "the rules ask for more than %d different paths",
                            MP_LOOKUP_MAX);
    return keep_json(l, label, &c->label);
}

int mp_completeness_load(struct mp_completeness **out, const struct mp_rules *r, const char *path,
                         struct mp_error *e)
{
    struct loader l = {.r = r, .e = e};
    l.c = *out = take(&l, 1, sizeof *l.c);
    int result = l.c ? read_file(&l, path) : -1;
    mp_buf_free(&l.words);
    return result;
}

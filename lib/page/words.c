/* The words of a page in one language. */
#include "page/words.h"
#include <stdio.h>

static const char SECTIONS[] =
    "language number months page csv bulletin headlines sections statements "
    "marks alarms figures method sheet taken kinds units measures lists dimensions tables";

/* Length in bytes of what stands before the first dot. */
static size_t head_of(const char *path)
{
    const char *dot = strchr(path, '.');
    return dot ? (size_t)(dot - path) : strlen(path);
}

static struct mp_yaml *child(const struct mp_yaml *map, struct mp_str key, size_t *place)
{
    if (!map || map->kind != MP_YAML_MAP)
        return NULL;
    for (size_t i = 0; i < map->n; i++)
        if (mp_str_eq(map->keys[i]->text, key)) {
            *place = i;
            return map->items[i];
        }
    return NULL;
}

struct mp_str mp_words_keep(struct mp_words *w, struct mp_buf *b)
{
    struct mp_str s = {0};
    if (!b->failed)
        s = mp_arena_str(w->arena, mp_buf_str(b));
    w->failed |= !s.p;
    mp_buf_free(b);
    return s.p ? s : MP_STR("");
}

static struct mp_yaml *lookup(const struct mp_words *w, const char *path)
{
    struct mp_yaml *y = w->root;
    size_t place, n;
    for (;; path += n + 1) {
        n = head_of(path);
        y = child(y, (struct mp_str){path, n}, &place);
        if (!y || !path[n])
            return y;
    }
}

struct mp_str mp_words_get(struct mp_words *w, const char *path)
{
    const struct mp_yaml *y = lookup(w, path);
    if (y && y->kind == MP_YAML_TEXT && y->text.p)
        return y->text;
    if (!w->missing)
        w->missing = path;
    return MP_STR("");
}

/* Every entry of a section is a map of nothing but `fields`. */
static int check_entries(const struct mp_yaml *root, const char *section, const char *fields,
                         struct mp_error *e)
{
    const struct mp_yaml *s = mp_yaml_get(root, section);
    if (!s)
        return mp_yaml_fail(root, e, "there is no %s", section);
    if (s->kind != MP_YAML_MAP)
        return mp_yaml_fail(s, e, "%s is not a map", section);
    for (size_t i = 0; i < s->n; i++)
        if (mp_yaml_check(s->items[i], fields, e) < 0)
            return -1;
    return 0;
}

/* A list of words that several dimensions have as their values; NULL if there is none. */
static const struct mp_yaml *list_of(const struct mp_yaml *root, struct mp_str name)
{
    size_t place;
    return child(mp_yaml_get(root, "lists"), name, &place);
}

static int check_lists(const struct mp_yaml *root, struct mp_error *e)
{
    const struct mp_yaml *lists = mp_yaml_get(root, "lists");
    const struct mp_yaml *dims = mp_yaml_get(root, "dimensions");
    if (lists && lists->kind != MP_YAML_MAP)
        return mp_yaml_fail(lists, e, "lists is not a map");
    for (size_t i = 0; i < dims->n; i++) {
        const struct mp_yaml *y = mp_yaml_get(dims->items[i], "values");
        if (y && y->kind == MP_YAML_TEXT && !list_of(root, y->text))
            return mp_yaml_fail(y, e, "there is no list '%s'", y->text.p ? y->text.p : "");
    }
    return 0;
}

/* The words of a dimension's values: its own, or a list. A code of a signal is a dimension too,
 * whose values are statuses. NULL if there are none. */
static const struct mp_yaml *values_of(const struct mp_words *w, struct mp_str dimension)
{
    size_t place;
    const struct mp_yaml *y = child(mp_yaml_get(w->root, "dimensions"), dimension, &place);
    if (!y)
        return child(list_of(w->root, MP_STR("codes")), dimension, &place)
                   ? list_of(w->root, MP_STR("statuses"))
                   : NULL;
    y = mp_yaml_get(y, "values");
    return y && y->kind == MP_YAML_TEXT ? list_of(w->root, y->text) : y;
}

int mp_words_load(struct mp_words *w, struct mp_arena *arena, const char *path, struct mp_error *e)
{
    *w = (struct mp_words){.arena = arena};
    if (mp_yaml_load(arena, path, &w->root, e) < 0 || mp_yaml_check(w->root, SECTIONS, e) < 0 ||
        check_entries(w->root, "units", "one many definition", e) < 0 ||
        check_entries(w->root, "measures", "name definition", e) < 0 ||
        check_entries(w->root, "dimensions", "name definition values unknown", e) < 0 ||
        (mp_yaml_get(w->root, "headlines") &&
         check_entries(w->root, "headlines", "label definition", e) < 0) ||
        (mp_yaml_get(w->root, "sections") &&
         check_entries(w->root, "sections", "heading lead", e) < 0) ||
        check_entries(w->root, "tables", "title definition", e) < 0 || check_lists(w->root, e) < 0)
        return -1;
    w->group = mp_words_get(w, "number.group");
    w->decimal = mp_words_get(w, "number.decimal");
    return mp_words_check(w, e);
}

int mp_words_check(const struct mp_words *w, struct mp_error *e)
{
    if (w->failed)
        return mp_error_memory(e);
    return w->missing ? mp_yaml_fail(w->root, e, "there is no text %s", w->missing) : 0;
}

static struct mp_str fill(struct mp_words *w, struct mp_str t, const struct mp_fill *fills,
                          size_t n)
{
    struct mp_buf b = {0};
    for (size_t i = 0; i < t.n; i++) {
        const char *end = t.p[i] == '{' ? memchr(t.p + i, '}', t.n - i) : NULL;
        struct mp_str name = {t.p + i + 1, end ? (size_t)(end - t.p) - i - 1 : 0};
        size_t f = 0;
        while (end && f < n && !mp_str_is(name, fills[f].name))
            f++;
        if (end && f < n) {
            mp_buf_addstr(&b, fills[f].value);
            i += name.n + 1;
        } else {
            mp_buf_addc(&b, t.p[i]);
        }
    }
    return mp_words_keep(w, &b);
}

struct mp_str mp_words_fill(struct mp_words *w, const char *path, const struct mp_fill *fills,
                            size_t n)
{
    return fill(w, mp_words_get(w, path), fills, n);
}

struct mp_str mp_words_find(const struct mp_words *w, const char *section, struct mp_str key,
                            const char *field)
{
    size_t place;
    const struct mp_yaml *y = child(mp_yaml_get(w->root, section), key, &place);
    y = field ? mp_yaml_get(y, field) : y;
    return y && y->kind == MP_YAML_TEXT ? y->text : (struct mp_str){0};
}

struct mp_str mp_words_say(struct mp_words *w, const char *section, struct mp_str key,
                           const char *field, const struct mp_fill *fills, size_t n)
{
    struct mp_str text = mp_words_find(w, section, key, field);
    if (text.p)
        return fill(w, text, fills, n);
    if (!w->missing) {
        struct mp_buf path = {0};
        mp_buf_addf(&path, "%s.%.*s", section, (int)(key.n < 100 ? key.n : 100), key.p);
        if (field)
            mp_buf_addf(&path, ".%s", field);
        w->missing = mp_words_keep(w, &path).p;
    }
    return MP_STR("");
}

bool mp_words_listed(const struct mp_words *w, struct mp_str dimension)
{
    return values_of(w, dimension) != NULL;
}

struct mp_str mp_words_name(struct mp_words *w, const char *section, struct mp_str key,
                            const char *field)
{
    size_t place;
    const struct mp_yaml *y = child(mp_yaml_get(w->root, section), key, &place);
    if (!y && strcmp(section, "dimensions") == 0)
        y = child(list_of(w->root, MP_STR("codes")), key, &place);
    else
        y = mp_yaml_get(y, field);
    return y && y->kind == MP_YAML_TEXT && y->text.p ? y->text : key;
}

struct mp_str mp_words_key(const struct mp_words *w, const char *section, size_t i)
{
    const struct mp_yaml *s = mp_yaml_get(w->root, section);
    return s && i < s->n ? s->keys[i]->text : (struct mp_str){0};
}

struct mp_str mp_words_unknown(const struct mp_words *w, struct mp_str dimension)
{
    size_t place;
    const struct mp_yaml *y = child(mp_yaml_get(w->root, "dimensions"), dimension, &place);
    y = y ? mp_yaml_get(y, "unknown") : NULL;
    return y && y->kind == MP_YAML_TEXT ? y->text : (struct mp_str){0};
}

struct mp_str mp_words_value(struct mp_words *w, struct mp_str dimension, struct mp_str value)
{
    size_t place;
    if (!value.p || mp_str_is(value, "unknown"))
        return mp_words_get(w, "page.unknown");
    int year, week;
    if (mp_words_is_week(value, &year, &week)) {
        const struct mp_fill fills[] = {{"year", {value.p, 4}}, {"week", {value.p + 6, 2}}};
        return mp_words_fill(w, "page.week", fills, 2);
    }
    const struct mp_yaml *y = child(values_of(w, dimension), value, &place);
    return y && y->kind == MP_YAML_TEXT && y->text.p ? y->text : value;
}

size_t mp_words_order(const struct mp_words *w, const char *section, struct mp_str key,
                      struct mp_str value)
{
    size_t place = SIZE_MAX;
    if (value.p)
        child(values_of(w, key), value, &place);
    else
        child(mp_yaml_get(w->root, section), key, &place);
    return place;
}

struct mp_str mp_words_number(struct mp_words *w, struct mp_str s)
{
    struct mp_buf b = {0};
    size_t sign = s.n > 0 && s.p[0] == '-', whole = sign;
    while (whole < s.n && s.p[whole] >= '0' && s.p[whole] <= '9')
        whole++;
    for (size_t i = 0; i < s.n; i++) {
        size_t left = whole - i; /* digits of the whole part from here on */
        if (i > sign && i < whole && left % 3 == 0 && whole - sign > 4)
            mp_buf_addstr(&b, w->group);
        if (s.p[i] == '.')
            mp_buf_addstr(&b, w->decimal);
        else
            mp_buf_addc(&b, s.p[i]);
    }
    return mp_words_keep(w, &b);
}

struct mp_str mp_words_count(struct mp_words *w, size_t n)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%zu", n);
    return mp_words_number(w, (struct mp_str){digits, (size_t)length});
}

struct mp_str mp_words_date(struct mp_words *w, int32_t day)
{
    return mp_words_day(w, "page.date", day);
}

struct mp_str mp_words_day(struct mp_words *w, const char *path, int32_t day)
{
    static const char *const months[] = {"months.1", "months.2",  "months.3",  "months.4",
                                         "months.5", "months.6",  "months.7",  "months.8",
                                         "months.9", "months.10", "months.11", "months.12"};
    int y, m, d;
    char year[16], of_month[16];
    mp_date_civil(day, &y, &m, &d);
    snprintf(year, sizeof year, "%d", y);
    snprintf(of_month, sizeof of_month, "%d", d);
    const struct mp_fill fills[] = {{"day", mp_str_of(of_month)},
                                    {"month", mp_words_get(w, months[m - 1])},
                                    {"year", mp_str_of(year)}};
    return mp_words_fill(w, path, fills, 3);
}

bool mp_words_is_week(struct mp_str s, int *year, int *week)
{
    if (s.n != 8 || s.p[4] != '-' || s.p[5] != 'W')
        return false;
    for (size_t i = 0; i < 8; i++)
        if (i != 4 && i != 5 && (s.p[i] < '0' || s.p[i] > '9'))
            return false;
    *year = (s.p[0] - '0') * 1000 + (s.p[1] - '0') * 100 + (s.p[2] - '0') * 10 + s.p[3] - '0';
    *week = (s.p[6] - '0') * 10 + s.p[7] - '0';
    if (*year < 1 || *week < 1 || *week > 53)
        return false;
    if (*week < 53)
        return true;
    int y, last; /* 28 December lies in the year's last week */
    mp_date_iso_week(mp_date_day(*year, 12, 28), &y, &last);
    return last == 53;
}

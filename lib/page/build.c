/* What the builders of a page share. */
#include "page/build.h"
#include "page/width.h"
#include <stdlib.h>

/* A note and what it is about: a section of the words, and a key there. */
struct noted {
    struct mp_note note;
    const char *section;
    struct mp_str key;
};

void mp_build_free(struct mp_build *b)
{
    mp_buf_free(&b->notes);
    mp_arena_free(&b->arena);
}

void *mp_build_alloc(struct mp_build *b, size_t n, size_t size)
{
    void *p = b->failed || n > SIZE_MAX / 2 / size ? NULL : mp_arena_alloc(&b->arena, n * size);
    b->failed |= !p;
    return p;
}

void *mp_build_items(struct mp_build *b, struct mp_buf *items, size_t size, size_t *n)
{
    void *p = items->len > 0 ? mp_build_alloc(b, items->len, 1) : NULL;
    *n = p ? items->len / size : 0;
    if (p)
        memcpy(p, items->data, items->len);
    b->failed |= items->failed;
    mp_buf_free(items);
    return p;
}

struct mp_str mp_build_cut(struct mp_build *b, struct mp_str s, size_t max)
{
    size_t at = 0, characters = 0, cut = 0;
    for (; at < s.n && characters < max; characters++) {
        cut = characters + 1 < max ? at : cut;
        mp_utf8_next(s, &at);
    }
    if (at >= s.n)
        return s;
    struct mp_buf text = {0};
    mp_buf_add(&text, s.p, cut);
    mp_utf8_add(&text, 0x2026); /* … */
    return mp_words_keep(&b->words, &text);
}

struct mp_str mp_build_text(struct mp_build *b, struct mp_str s)
{
    return mp_build_cut(b, s, MP_PAGE_TEXT_MAX);
}

/* What a measure is told in where nothing is shown: it can be of nothing, or not reached. */
static enum mp_cell_kind kind_of(const struct mp_rows_row *row, struct mp_str number)
{
    static const char *const reached[] = {"median", "quartile_1", "quartile_3"};
    if (!row)
        return MP_CELL_NONE;
    if (row->conflict)
        return MP_CELL_CONFLICT;
    if (row->suppressed.p)
        return MP_CELL_HIDDEN;
    if (number.p)
        return MP_CELL_NUMBER;
    for (size_t i = 0; i < sizeof reached / sizeof *reached; i++)
        if (mp_str_is(row->measure, reached[i]))
            return MP_CELL_OPEN;
    return MP_CELL_NONE;
}

struct mp_page_cell mp_build_number(struct mp_build *b, const struct mp_rows_row *row,
                                    struct mp_str number, enum mp_form form)
{
    static const char *const signs[] = {NULL, "page.none", "page.hidden", "page.conflict",
                                        "page.open"};
    struct mp_page_cell c = {.kind = kind_of(row, number), .row = row};
    b->seen[c.kind] = true;
    if (c.kind != MP_CELL_NUMBER) {
        c.text = mp_words_get(&b->words, signs[c.kind]);
        return c;
    }
    c.text = mp_build_text(b, mp_form_text(&b->words, number, form));
    c.size = strtod(number.p, NULL); /* the arena put a NUL behind it */
    if (!(c.size > 0))
        c.size = 0;
    if (c.size > 1e300)
        c.size = 1e300;
    return c;
}

struct mp_page_cell mp_build_cell(struct mp_build *b, const struct mp_rows_row *row)
{
    const struct mp_str none = {0};
    return mp_build_number(b, row, row ? row->value : none,
                           row ? mp_layout_form(&b->layout, row->table, row->measure)
                               : MP_FORM_PLAIN);
}

bool mp_build_is_unknown(struct mp_str value)
{
    return !value.p || mp_str_is(value, "unknown");
}

int mp_build_value_cmp(const struct mp_build *b, struct mp_str dimension, struct mp_str x,
                       struct mp_str y)
{
    bool ux = mp_build_is_unknown(x), uy = mp_build_is_unknown(y);
    if (ux || uy)
        return ux != uy ? ux - uy : !x.p - !y.p;
    size_t px = mp_words_order(&b->words, "dimensions", dimension, x);
    size_t py = mp_words_order(&b->words, "dimensions", dimension, y);
    return px != py ? (px < py ? -1 : 1) : mp_rows_natural_cmp(x, y);
}

struct mp_str mp_build_table_name(struct mp_build *b, struct mp_str table)
{
    return mp_build_text(b, mp_words_name(&b->words, "tables", table, "title"));
}

struct mp_str mp_build_dimension(struct mp_build *b, struct mp_str dimension)
{
    return mp_build_text(b, mp_words_name(&b->words, "dimensions", dimension, "name"));
}

struct mp_str mp_build_bare(struct mp_str dimension, struct mp_str value)
{
    const char *slash =
        value.p && mp_str_is(dimension, "file") ? memrchr(value.p, '/', value.n) : NULL;
    if (!slash || slash + 1 == value.p + value.n)
        return value;
    return (struct mp_str){slash + 1, (size_t)(value.p + value.n - slash) - 1};
}

struct mp_str mp_build_value(struct mp_build *b, struct mp_str dimension, struct mp_str value)
{
    return mp_build_text(b, mp_words_value(&b->words, dimension, mp_build_bare(dimension, value)));
}

struct mp_str mp_build_units(struct mp_build *b, struct mp_str unit)
{
    return mp_build_text(b, mp_words_name(&b->words, "units", unit, "many"));
}

/* The unit, "episodes"; of another measure than the count both, "median, episodes". */
struct mp_str mp_build_pair(struct mp_build *b, struct mp_str unit, struct mp_str measure)
{
    if (mp_str_is(measure, "count"))
        return mp_build_units(b, unit);
    const struct mp_fill fills[] = {
        {"measure", mp_build_text(b, mp_words_name(&b->words, "measures", measure, "name"))},
        {"unit", mp_build_units(b, unit)}};
    return mp_words_fill(&b->words, "page.measure", fills, 2);
}

struct mp_str mp_build_small(struct mp_build *b, struct mp_str name)
{
    struct mp_buf text = {0};
    bool small =
        name.n > 1 && name.p[0] >= 'A' && name.p[0] <= 'Z' && name.p[1] >= 'a' && name.p[1] <= 'z';
    if (!small)
        return name;
    mp_buf_addc(&text, (char)(name.p[0] - 'A' + 'a'));
    mp_buf_add(&text, name.p + 1, name.n - 1);
    return mp_words_keep(&b->words, &text);
}

/* What it means that a value is not known belongs to what a dimension is. */
static struct mp_str note_text(struct mp_build *b, const char *section, struct mp_str key)
{
    struct mp_buf text = {0};
    struct mp_str unknown = {0};
    struct mp_str definition = mp_words_find(&b->words, section, key, "definition");
    if (strcmp(section, "dimensions") == 0)
        unknown = mp_words_unknown(&b->words, key);
    if (!definition.p || !unknown.p)
        return definition.p ? definition : unknown;
    mp_buf_addstr(&text, definition);
    mp_buf_addc(&text, ' ');
    mp_buf_addstr(&text, unknown);
    return mp_words_keep(&b->words, &text);
}

void mp_build_refer(struct mp_build *b, struct mp_refs *refs, const char *section,
                    struct mp_str key)
{
    const struct noted *notes = (const struct noted *)(const void *)b->notes.data;
    size_t n = b->notes.len / sizeof *notes, i = 0;
    while (i < n && (strcmp(notes[i].section, section) != 0 || !mp_str_eq(notes[i].key, key)))
        i++;
    if (i == n) {
        struct noted new = {{{0}, note_text(b, section, key)}, section, key};
        if (!new.note.text.p)
            return;
        new.note.term = mp_words_name(&b->words, section, key,
                                      strcmp(section, "units") == 0    ? "many"
                                      : strcmp(section, "tables") == 0 ? "title"
                                                                       : "name");
        mp_buf_add(&b->notes, &new, sizeof new);
        b->failed |= b->notes.failed;
    }
    size_t at = refs->n;
    for (size_t k = 0; k < refs->n; k++)
        if (refs->note[k] == i + 1)
            return;
    if (refs->n == MP_REFS)
        return;
    for (; at > 0 && refs->note[at - 1] > i + 1; at--)
        refs->note[at] = refs->note[at - 1];
    refs->note[at] = (unsigned)i + 1;
    refs->n++;
}

void mp_build_refer_pair(struct mp_build *b, struct mp_refs *refs, struct mp_str unit,
                         struct mp_str measure)
{
    mp_build_refer(b, refs, "units", unit);
    mp_build_refer(b, refs, "measures", measure);
}

struct mp_note *mp_build_notes(struct mp_build *b, size_t *n)
{
    const struct noted *notes = (const struct noted *)(const void *)b->notes.data;
    *n = b->notes.len / sizeof *notes;
    struct mp_note *out = mp_build_alloc(b, *n + 1, sizeof *out);
    for (size_t i = 0; i < *n && out; i++)
        out[i] = notes[i].note;
    *n = out ? *n : 0;
    return out;
}

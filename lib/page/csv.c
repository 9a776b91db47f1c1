/* Rows of counts and tables of words as CSV. */
#include "page/csv.h"
#include <stdlib.h>

/* A column that is there if any row has it. */
struct column {
    const char *name, *words; /* in codes; path of its name in words */
    bool of_figure;
    size_t place; /* in struct mp_rows_row or struct mp_published */
};

#define OF_ROW(field)                                                                              \
    {                                                                                              \
#field, "csv." #field, false, offsetof(struct mp_rows_row, field)                          \
    }
#define OF_FIGURE(name, field)                                                                     \
    {                                                                                              \
        name, "csv." name, true, offsetof(struct mp_published, field)                              \
    }

static const struct column sometimes[] = {
    OF_ROW(reason),
    OF_ROW(rounded),
    OF_ROW(observed),
    OF_ROW(expected),
    OF_ROW(until),
    OF_ROW(departures),
    OF_FIGURE("figure", name),
    OF_FIGURE("label", label),
    OF_FIGURE("published", value),
    OF_FIGURE("published_low", low),
    OF_FIGURE("published_high", high),
    OF_FIGURE("published_unit", unit),
    OF_FIGURE("bound", bound),
    OF_FIGURE("period", period),
    OF_FIGURE("published_source", source),
    OF_FIGURE("definition", definition),
    OF_FIGURE("caveat", caveat),
    OF_FIGURE("not_countable", not_countable),
};

enum { SOMETIMES = sizeof sometimes / sizeof *sometimes };

struct writer {
    struct mp_buf *b;
    struct mp_build *build;
    bool in_words, begun; /* something stands on the line */
    struct mp_str dims[MP_CSV_DIMENSIONS], heads[MP_CSV_DIMENSIONS];
    size_t n_dims;
    bool has[SOMETIMES], unsafe, conflict; /* of any row */
};

static void begin_field(struct writer *w)
{
    if (w->begun)
        mp_buf_addc(w->b, ',');
    w->begun = true;
}

static void field(struct writer *w, struct mp_str s)
{
    begin_field(w);
    mp_escape(w->b, MP_IN_CSV, s);
}

/* A number of JSON: nothing in it needs quotes, and its sign makes no formula. */
static void number(struct writer *w, struct mp_str s)
{
    begin_field(w);
    mp_buf_addstr(w->b, s);
}

static void end_line(struct writer *w)
{
    mp_buf_adds(w->b, "\r\n");
    w->begun = false;
}

static struct mp_str text_of(const struct mp_rows_row *r, const struct column *c)
{
    const void *from = c->of_figure ? (const void *)r->figure : r;
    if (!from)
        return (struct mp_str){0};
    return *(const struct mp_str *)(const void *)((const char *)from + c->place);
}

static int by_order(const void *x, const void *y, void *ctx)
{
    const struct mp_str *a = x, *b = y;
    const struct mp_words *words = ctx;
    size_t pa = mp_words_order(words, "dimensions", *a, (struct mp_str){0});
    size_t pb = mp_words_order(words, "dimensions", *b, (struct mp_str){0});
    return pa != pb ? (pa < pb ? -1 : 1) : mp_str_cmp(*a, *b);
}

static int add_dimension(struct writer *w, struct mp_str d, struct mp_error *e)
{
    for (size_t i = 0; i < w->n_dims; i++)
        if (mp_str_eq(w->dims[i], d))
            return 0;
    if (w->n_dims == MP_CSV_DIMENSIONS)
        return mp_error_set(e, MP_USAGE,
                            "the tables have more than %d dimensions: choose some with --table",
                            MP_CSV_DIMENSIONS);
    w->dims[w->n_dims++] = d;
    return 0;
}

/* What occurs in the rows. */
static int find_columns(struct writer *w, struct mp_error *e)
{
    const struct mp_rows *rows = w->build->rows;
    for (size_t i = 0; i < rows->n; i++) {
        const struct mp_rows_row *r = rows->row + i;
        for (size_t k = 0; k < r->n_by; k++)
            if (add_dimension(w, r->by[k].dimension, e) < 0)
                return -1;
        for (size_t k = 0; k < SOMETIMES; k++)
            w->has[k] |= text_of(r, sometimes + k).p != NULL;
        w->unsafe |= r->unsafe;
        w->conflict |= r->conflict;
    }
    qsort_r(w->dims, w->n_dims, sizeof *w->dims, by_order, &w->build->words);
    return 0;
}

static const struct column fixed[] = {
    {"table", "csv.table", false, 0},           {"unit", "csv.unit", false, 0},
    {"measure", "csv.measure", false, 0},       {"value", "csv.value", false, 0},
    {"suppressed", "csv.suppressed", false, 0}, {"unsafe", "csv.unsafe", false, 0},
    {"conflict", "csv.conflict", false, 0},
};

static struct mp_str name_of(struct writer *w, const struct column *c)
{
    return w->in_words ? mp_words_get(&w->build->words, c->words) : mp_str_of(c->name);
}

/* Whether another column has this head: one that is no dimension, or one of the first n that are.
 */
static bool is_taken(struct writer *w, struct mp_str head, size_t n)
{
    bool taken = false;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        taken |= mp_str_eq(head, name_of(w, fixed + i));
    for (size_t i = 0; i < SOMETIMES; i++)
        taken |= mp_str_eq(head, name_of(w, sometimes + i));
    for (size_t i = 0; i < n; i++)
        taken |= mp_str_eq(head, w->heads[i]);
    return taken;
}

/* The name of a dimension; if that is taken "by." and its name, then with a number from 2. */
static struct mp_str dimension_head(struct writer *w, size_t at)
{
    struct mp_words *words = &w->build->words;
    struct mp_str d = w->dims[at];
    struct mp_str name = w->in_words ? mp_words_name(words, "dimensions", d, "name") : d;
    struct mp_str head = name;
    for (size_t i = 1; is_taken(w, head, at) && !words->failed; i++) {
        struct mp_buf b = {0};
        mp_buf_adds(&b, "by.");
        mp_buf_addstr(&b, name);
        if (i > 1)
            mp_buf_addf(&b, ".%zu", i);
        head = mp_words_keep(words, &b);
    }
    return head;
}

static void heads(struct writer *w)
{
    enum { TABLE, UNIT, MEASURE, VALUE, SUPPRESSED, UNSAFE, CONFLICT };
    field(w, name_of(w, fixed + TABLE));
    for (size_t i = 0; i < w->n_dims; i++)
        field(w, w->heads[i] = dimension_head(w, i));
    for (size_t i = UNIT; i <= SUPPRESSED; i++)
        field(w, name_of(w, fixed + i));
    for (size_t i = 0; i < SOMETIMES; i++)
        if (w->has[i])
            field(w, name_of(w, sometimes + i));
    if (w->unsafe)
        field(w, name_of(w, fixed + UNSAFE));
    if (w->conflict)
        field(w, name_of(w, fixed + CONFLICT));
    end_line(w);
}

/* A name of the data in words, or as it stands. */
static void named(struct writer *w, const char *section, struct mp_str key, const char *as)
{
    field(w, w->in_words && key.p ? mp_words_name(&w->build->words, section, key, as) : key);
}

static void dimension(struct writer *w, const struct mp_rows_row *r, struct mp_str d)
{
    const struct mp_by *by = mp_rows_by(r, d);
    struct mp_str value = by ? mp_build_bare(d, by->value) : MP_STR("");
    if (by && w->in_words)
        value = mp_words_value(&w->build->words, d, value);
    field(w, value.p ? value : MP_STR("unknown"));
}

static void flag(struct writer *w, bool there, bool set)
{
    if (there)
        field(w, set ? MP_STR("true") : MP_STR(""));
}

static void line(struct writer *w, const struct mp_rows_row *r)
{
    named(w, "tables", r->table, "title");
    for (size_t i = 0; i < w->n_dims; i++)
        dimension(w, r, w->dims[i]);
    named(w, "units", r->unit, "many");
    named(w, "measures", r->measure, "name");
    number(w, r->value);
    field(w, r->suppressed);
    for (size_t k = 0; k < SOMETIMES; k++)
        if (w->has[k])
            field(w, text_of(r, sometimes + k));
    flag(w, w->unsafe, r->unsafe);
    flag(w, w->conflict, r->conflict);
    end_line(w);
}

int mp_csv_rows(struct mp_buf *b, struct mp_build *build, bool in_words, struct mp_error *e)
{
    struct writer w = {.b = b, .build = build, .in_words = in_words};
    if (find_columns(&w, e) < 0)
        return -1;
    heads(&w);
    for (size_t i = 0; i < build->rows->n && !b->failed; i++)
        line(&w, build->rows->row + i);
    return b->failed || build->words.failed ? mp_error_memory(e) : mp_words_check(&build->words, e);
}

void mp_csv_grid(struct mp_buf *b, const struct mp_grid *g)
{
    struct writer w = {.b = b};
    for (size_t c = 0; g && c < g->n_columns; c++)
        field(&w, g->heads[c]);
    if (g)
        end_line(&w);
    for (size_t i = 0; g && i < g->n_rows * g->n_columns; i++) {
        field(&w, g->cells[i]);
        if ((i + 1) % g->n_columns == 0)
            end_line(&w);
    }
}

/* The weekly bulletin: headline numbers, the weeks, every other table, where it comes from. */
#include "page/build.h"
#include <stdlib.h>

static const struct mp_str COUNT = {"count", 5};

static struct mp_str get(struct mp_build *b, const char *path)
{
    return mp_words_get(&b->words, path);
}

static void notice(struct mp_page *p, struct mp_str text)
{
    if (p->n_notices < sizeof p->notices / sizeof *p->notices)
        p->notices[p->n_notices++].text = text;
}

/* How well a row fits as one of the bulletin's weekly table: 0 not at all. A table that is read
 * across before one that is not; the unit that the words name, then units in their order. */
static size_t fit(const struct mp_build *b, const struct mp_rows_row *r)
{
    enum { UNITS_MAX = 100 };
    if (!mp_rows_by(r, b->from.week) || !mp_str_eq(r->measure, COUNT))
        return 0;
    size_t place = mp_words_order(&b->words, "units", r->unit, (struct mp_str){0});
    size_t unit = mp_str_eq(r->unit, b->from.unit) ? UNITS_MAX
                  : place < UNITS_MAX              ? UNITS_MAX - 1 - place
                                                   : 0;
    bool across = r->n_by == 2 && mp_rows_by(r, b->from.across);
    return 1 + unit + (across ? UNITS_MAX + 1 : 0);
}

/* The row that best shows which table and unit the weekly part is made of; NULL if none. */
static const struct mp_rows_row *find_main(const struct mp_build *b)
{
    const struct mp_rows_row *best = NULL;
    for (size_t i = 0, most = 0; i < b->rows->n; i++) {
        size_t fits = fit(b, b->rows->row + i);
        if (fits > most) {
            best = b->rows->row + i;
            most = fits;
        }
    }
    return best;
}

/* The total of a unit: of the main table, or else of the first table that has one. */
static const struct mp_rows_row *find_total(struct mp_build *b, const struct mp_rows_row *main_row,
                                            struct mp_str unit)
{
    const struct mp_rows_row *r =
        main_row ? mp_rows_find(b->rows, main_row->table, unit, COUNT, NULL, 0) : NULL;
    for (size_t i = 0; i < b->rows->n && !r; i++) {
        const struct mp_rows_row *x = b->rows->row + i;
        if (x->n_by == 0 && mp_str_eq(x->unit, unit) && mp_str_eq(x->measure, COUNT) &&
            !mp_str_eq(x->table, b->from.sources))
            r = x;
    }
    return r;
}

static void add_headlines(struct mp_build *b, const struct mp_rows_row *main_row,
                          struct mp_page *page)
{
    enum { N = 4 };
    bool all = true;
    struct mp_str unit;
    page->headlines = mp_build_alloc(b, N, sizeof *page->headlines);
    for (size_t i = 0; i < N && page->headlines && (unit = mp_words_key(&b->words, "units", i)).p;
         i++) {
        const struct mp_rows_row *r = find_total(b, main_row, unit);
        all &= r != NULL;
        if (!r)
            continue;
        struct mp_headline *h = &page->headlines[page->n_headlines++];
        h->cell = mp_build_cell(b, r);
        bool one = mp_str_is(h->cell.text, "1");
        h->label = mp_words_name(&b->words, "units", unit, one ? "one" : "many");
        h->definition = mp_words_name(&b->words, "units", unit, "definition");
    }
    page->headlines_heading = get(b, "bulletin.headlines");
    if (b->rows->n > 0 && !all)
        notice(page, get(b, "bulletin.no_totals"));
}

static void set_tables(struct mp_build *b, struct mp_section *section, struct mp_buf *tables)
{
    struct mp_block *s = section->blocks = mp_build_alloc(b, 1, sizeof *s);
    if (!s)
        return;
    section->n_blocks = 1;
    s->n_tables = tables->len / sizeof *s->tables;
    s->tables = mp_build_alloc(b, s->n_tables + 1, sizeof *s->tables);
    if (s->tables && s->n_tables)
        memcpy(s->tables, tables->data, tables->len);
    mp_buf_free(tables);
}

/* Rows from `from` on that share the table and, if asked, unit and measure. */
static size_t run_end(const struct mp_rows *rows, size_t from, bool whole_table)
{
    const struct mp_rows_row *a = rows->row + from;
    size_t i = from;
    for (; i < rows->n; i++) {
        const struct mp_rows_row *x = rows->row + i;
        if (!mp_str_eq(x->table, a->table) ||
            (!whole_table && (!mp_str_eq(x->unit, a->unit) || !mp_str_eq(x->measure, a->measure))))
            break;
    }
    return i;
}

struct range {
    size_t from, end;
};

/* The rows of the weekly table: one table, unit and measure lie together. */
static struct range main_range(const struct mp_rows *rows, const struct mp_rows_row *main_row)
{
    size_t from = main_row ? (size_t)(main_row - rows->row) : 0;
    if (!main_row)
        return (struct range){0, 0};
    while (from > 0 && mp_str_eq(rows->row[from - 1].table, main_row->table) &&
           mp_str_eq(rows->row[from - 1].unit, main_row->unit) &&
           mp_str_eq(rows->row[from - 1].measure, main_row->measure))
        from--;
    return (struct range){from, run_end(rows, from, false)};
}

static void add_period(struct mp_build *b, const struct mp_figure *f, struct mp_page *page)
{
    struct mp_words *w = &b->words;
    page->period = mp_words_fill(w, "bulletin.period",
                                 (struct mp_fill[]){{"from", mp_words_date(w, f->first_day)},
                                                    {"to", mp_words_date(w, f->last_day)}},
                                 2);
}

static void add_weeks(struct mp_build *b, const struct mp_rows_row *main_row, struct range range,
                      struct mp_page *page)
{
    if (!main_row) {
        if (b->rows->n > 0)
            notice(page, get(b, "bulletin.no_weeks"));
        return;
    }
    struct mp_section *s = &page->sections[page->n_sections++];
    struct mp_buf tables = {0};
    s->heading = get(b, "bulletin.weeks");
    struct mp_figure *figure = mp_build_weeks(b, main_row->table, main_row->unit);
    if (figure)
        add_period(b, figure, page);
    else
        notice(page, get(b, "bulletin.no_week_totals"));
    if (!mp_build_tables(b, range.from, range.end, false, &tables))
        page->left_out++;
    set_tables(b, s, &tables);
    if (s->blocks)
        s->blocks[0].figure = figure;
}

struct part {
    struct range range;
    size_t order;
    struct mp_str table;
};

static int by_order(const void *x, const void *y)
{
    const struct part *a = x, *b = y;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    int d = mp_str_cmp(a->table, b->table);
    return d ? d : (a->range.from > b->range.from) - (a->range.from < b->range.from);
}

/* True if nothing in the range is more than a total that stands above as a headline. */
static bool only_totals(const struct mp_rows *rows, struct range r)
{
    for (size_t i = r.from; i < r.end; i++)
        if (rows->row[i].n_by > 0 || !mp_str_eq(rows->row[i].measure, COUNT))
            return false;
    return true;
}

/* Every other table, in the order in which the words list them. */
static void add_others(struct mp_build *b, struct range taken, struct mp_page *page)
{
    const struct mp_rows *rows = b->rows;
    struct part *parts = mp_build_alloc(b, rows->n + 2, sizeof *parts);
    size_t n = 0;
    for (size_t i = 0, end; i < rows->n && parts; i = end) {
        end = run_end(rows, i, true);
        if (mp_str_eq(rows->row[i].table, b->from.sources))
            continue;
        struct part p = {
            {i, end},
            mp_words_order(&b->words, "tables", rows->row[i].table, (struct mp_str){0}),
            rows->row[i].table};
        if (taken.end > taken.from && taken.from >= i && taken.end <= end) {
            parts[n++] = (struct part){{i, taken.from}, p.order, p.table};
            p.range.from = taken.end;
        }
        parts[n++] = p;
    }
    if (n)
        qsort(parts, n, sizeof *parts, by_order);
    struct mp_buf tables = {0};
    for (size_t i = 0; i < n; i++)
        if (!only_totals(rows, parts[i].range) &&
            !mp_build_tables(b, parts[i].range.from, parts[i].range.end, false, &tables))
            page->left_out++;
    if (tables.len > 0) {
        struct mp_section *s = &page->sections[page->n_sections++];
        s->heading = get(b, "bulletin.others");
        set_tables(b, s, &tables);
    }
    mp_buf_free(&tables);
}

/* By what program and from how many rows the page is made, and how much was no row. */
static struct mp_str made_by(struct mp_build *b, struct mp_str program)
{
    struct mp_words *w = &b->words;
    struct mp_buf text = {0};
    mp_buf_addstr(&text, mp_words_fill(w, "bulletin.made_by",
                                       (struct mp_fill[]){{"program", program},
                                                          {"n", mp_words_count(w, b->rows->n)}},
                                       2));
    if (b->rejected > 0) {
        mp_buf_addc(&text, ' ');
        mp_buf_addstr(&text,
                      mp_words_fill(w, "bulletin.rejected",
                                    (struct mp_fill[]){{"n", mp_words_count(w, b->rejected)}}, 1));
    }
    return mp_words_keep(w, &text);
}

/* Where the numbers come from: the rows of the table of sources, and the program. */
static void add_sources(struct mp_build *b, struct mp_str program, struct mp_page *page)
{
    struct mp_section *s = &page->sections[page->n_sections++];
    struct mp_buf tables = {0};
    s->heading = get(b, "bulletin.sources");
    s->lead = made_by(b, program);
    bool any = false;
    for (size_t i = 0; i < b->rows->n && !any; i++)
        if (mp_str_eq(b->rows->row[i].table, b->from.sources)) {
            any = true;
            if (!mp_build_tables(b, i, run_end(b->rows, i, true), true, &tables))
                page->left_out++;
        }
    if (!any && b->rows->n > 0)
        notice(page, get(b, "bulletin.no_sources"));
    set_tables(b, s, &tables);
}

/* What "unknown" means in the dimensions that have it and whose words say so. */
static void add_unknown(struct mp_build *b, struct mp_page *page)
{
    struct mp_str d, text;
    for (size_t i = 0; (d = mp_words_key(&b->words, "dimensions", i)).p; i++) {
        if (!(text = mp_words_unknown(&b->words, d)).p)
            continue;
        bool occurs = false;
        for (size_t k = 0; k < b->rows->n && !occurs; k++) {
            const struct mp_by *by = mp_rows_by(b->rows->row + k, d);
            occurs = by && mp_build_is_unknown(by->value);
        }
        if (occurs && page->n_legend < sizeof page->legend / sizeof *page->legend)
            page->legend[page->n_legend++] = text;
    }
}

static void add_legend(struct mp_build *b, struct mp_page *page)
{
    static const char *const paths[] = {NULL, "page.legend_none", "page.legend_hidden",
                                        "page.legend_conflict"};
    for (int k = MP_CELL_NONE; k <= MP_CELL_CONFLICT; k++)
        if (b->seen[k])
            page->legend[page->n_legend++] = get(b, paths[k]);
    add_unknown(b, page);
    if (b->seen[MP_CELL_CONFLICT])
        notice(page, get(b, "bulletin.conflicts"));
    if (page->left_out)
        notice(page, mp_words_fill(
                         &b->words, "page.tables_left_out",
                         (struct mp_fill[]){{"n", mp_words_count(&b->words, page->left_out)}}, 1));
}

/* What was done about small numbers: nothing, if that is true of any row. */
static struct mp_str control_of(struct mp_build *b)
{
    struct mp_str rounded = {0};
    for (size_t i = 0; i < b->rows->n; i++) {
        if (b->rows->row[i].unsafe)
            return get(b, "bulletin.internal");
        if (b->rows->row[i].rounded.p)
            rounded = b->rows->row[i].rounded;
    }
    if (!rounded.p)
        return get(b, "bulletin.controlled");
    return mp_words_fill(&b->words, "bulletin.rounded", (struct mp_fill[]){{"n", rounded}}, 1);
}

int mp_bulletin(struct mp_build *b, struct mp_str program, struct mp_str title,
                struct mp_page *page, struct mp_error *e)
{
    *page = (struct mp_page){.language = get(b, "language"),
                             .title = title.p ? mp_build_text(b, title) : get(b, "bulletin.title"),
                             .rows_left_out = get(b, "page.rows_left_out"),
                             .tables_left_out = get(b, "page.tables_left_out"),
                             .skip = get(b, "page.skip"),
                             .contents_heading = get(b, "page.contents")};
    b->from.week = get(b, "rows.week");
    b->from.across = get(b, "rows.across");
    b->from.unit = get(b, "rows.unit");
    b->from.sources = get(b, "rows.sources");
    if (b->rows->n == 0)
        notice(page, get(b, "bulletin.nothing"));
    else
        notice(page, control_of(b));
    page->sections = mp_build_alloc(b, 3, sizeof *page->sections);
    if (!page->sections)
        return mp_error_memory(e);
    const struct mp_rows_row *main_row = find_main(b);
    struct range range = main_range(b->rows, main_row);
    add_headlines(b, main_row, page);
    add_weeks(b, main_row, range, page);
    add_others(b, range, page);
    add_sources(b, program, page);
    add_legend(b, page);
    page->legend_heading = get(b, "page.legend");
    return b->failed || b->rows->key.failed ? mp_error_memory(e) : mp_words_check(&b->words, e);
}

/*
 * A page as GitHub-flavoured Markdown: to be pasted into an issue, a wiki or a notebook, and to be
 * read as it stands.
 *
 * Every text is one line, so that nothing in it can begin a block of its own but at its start.
 */
#include "page/cells.h"
#include "page/page.h"
#include "page/width.h"

enum {
    BAR = 24,         /* characters of the longest bar */
    ALIGNED_MAX = 60, /* longer cells are not filled up to */
    DASHES_LEAST = 3, /* below a head */
};

struct writer {
    struct mp_buf *b;
    const struct mp_page *page;
    struct mp_buf shown; /* scratch */
};

static void put(struct writer *w, const char *markup)
{
    mp_buf_adds(w->b, markup);
}

static void text(struct writer *w, struct mp_str s)
{
    mp_escape(w->b, MP_IN_MARKDOWN, s);
}

static void refs(struct mp_buf *b, const struct mp_refs *r)
{
    for (size_t i = 0; r && i < r->n; i++)
        mp_buf_addf(b, "[^%u]", r->note[i]);
}

/* A text between signs; nothing where it is empty. */
static void line(struct writer *w, const char *before, struct mp_str s, const char *behind)
{
    if (s.n == 0)
        return;
    put(w, before);
    text(w, s);
    put(w, behind);
}

/* "### Table 3. " and the text; `state` of its numbers behind it. */
static void caption(struct writer *w, struct mp_str word, unsigned number, struct mp_str s,
                    const struct mp_refs *r, struct mp_str state)
{
    struct mp_buf b = {0};
    mp_cells_caption(&b, word, number, s);
    w->b->failed |= b.failed;
    put(w, "### ");
    text(w, mp_buf_str(&b));
    refs(w->b, r);
    line(w, " \u2013 ", state, "");
    put(w, "\n\n");
    mp_buf_free(&b);
}

static void add_cell(struct writer *w, struct mp_cells *c, struct mp_str s, const struct mp_refs *r)
{
    w->shown.len = 0;
    mp_escape(&w->shown, MP_IN_MARKDOWN, s);
    refs(&w->shown, r);
    w->b->failed |= w->shown.failed || !mp_cells_add(c, mp_buf_str(&w->shown));
}

static void fill(struct writer *w, char sign, size_t n)
{
    while (n-- > 0)
        mp_buf_addc(w->b, sign);
}

/* Columns of numbers, set to the right: from and up to which. */
struct numbers {
    size_t from, end;
};

static bool among(struct numbers n, size_t column)
{
    return column >= n.from && column < n.end;
}

static void add_row(struct writer *w, const struct mp_cells *c, const size_t *widths, size_t row,
                    struct numbers numbers)
{
    for (size_t k = 0; k < c->n; k++) {
        struct mp_str s = mp_cells_at(c, row, k);
        size_t has = mp_width(s), room = has < widths[k] ? widths[k] - has : 0;
        put(w, k ? " " : "| ");
        fill(w, ' ', among(numbers, k) ? room : 0);
        mp_buf_addstr(w->b, s);
        fill(w, ' ', among(numbers, k) ? 0 : room);
        put(w, " |");
    }
    put(w, "\n");
}

/* A pipe table. The cells are freed. */
static void pipe_table(struct writer *w, struct mp_cells *c, struct numbers numbers)
{
    size_t widths[MP_CELLS_COLUMNS];
    if (!w->b->failed && c->n > 0 && c->n <= MP_CELLS_COLUMNS) {
        for (size_t k = 0; k < c->n; k++) {
            widths[k] = DASHES_LEAST;
            for (size_t r = 0; r < mp_cells_rows(c); r++) {
                size_t n = mp_width(mp_cells_at(c, r, k));
                widths[k] = n > widths[k] && n <= ALIGNED_MAX ? n : widths[k];
            }
        }
        add_row(w, c, widths, 0, numbers);
        for (size_t k = 0; k < c->n; k++) {
            put(w, k ? " " : "| ");
            fill(w, '-', widths[k] - among(numbers, k));
            put(w, among(numbers, k) ? ": |" : " |");
        }
        put(w, "\n");
        for (size_t r = 1; r < mp_cells_rows(c); r++)
            add_row(w, c, widths, r, numbers);
        put(w, "\n");
    }
    mp_cells_free(c);
}

static void headlines(struct writer *w)
{
    const struct mp_page *p = w->page;
    if (p->n_headlines == 0)
        return;
    line(w, "## ", p->headlines_heading, "\n\n");
    for (size_t i = 0; i < p->n_headlines; i++) {
        line(w, "- **", p->headlines[i].cell.text, "** ");
        text(w, p->headlines[i].label);
        refs(w->b, &p->headlines[i].refs);
        line(w, ": ", p->headlines[i].definition, "");
        put(w, "\n");
    }
    put(w, "\n");
}

/* A bar of whole characters, at least one where there is anything. */
static void add_bar(struct writer *w, struct mp_cells *c, const struct mp_figure *f,
                    const struct mp_bar *bar)
{
    double share = f->top > 0 ? bar->cell.size / f->top : 0;
    size_t n = (size_t)((share < 1 ? share : 1) * BAR + 0.5);
    w->shown.len = 0;
    if (n == 0 && share > 0)
        n = 1;
    while (n-- > 0)
        mp_buf_adds(&w->shown, bar->soft ? "\u2591" : "\u2588");
    mp_buf_adds(&w->shown, bar->alarm ? " !" : "");
    w->b->failed |= w->shown.failed || !mp_cells_add(c, mp_buf_str(&w->shown));
}

struct parts {
    bool group, beside;
};

static struct parts parts_of(const struct mp_figure *f)
{
    struct parts has = {0};
    for (size_t i = 0; i < f->n_bars; i++) {
        has.group |= f->kind == MP_FIGURE_BARS && f->bars[i].group.n > 0;
        has.beside |= f->bars[i].beside.n > 0;
    }
    return has;
}

static void add_mark(struct writer *w, struct mp_cells *c, struct mp_str mark)
{
    struct mp_buf b = {0};
    mp_buf_adds(&b, "\u2504 ");
    mp_buf_addstr(&b, mark);
    for (size_t k = 0; k < c->n; k++)
        add_cell(w, c, k ? MP_STR("") : mp_buf_str(&b), NULL);
    w->b->failed |= b.failed;
    mp_buf_free(&b);
}

static void figure(struct writer *w, const struct mp_figure *f)
{
    struct parts has = parts_of(f);
    size_t n_left = 1u + has.group;
    struct mp_cells c = {.n = n_left + 2u + has.beside};
    caption(w, w->page->figure_word, f->number, f->title, &f->refs, MP_STR(""));
    if (has.group)
        add_cell(w, &c, MP_STR(""), NULL);
    add_cell(w, &c, f->axis, NULL);
    for (size_t k = n_left; k < c.n; k++)
        add_cell(w, &c, MP_STR(""), NULL);
    for (size_t i = 0; i < f->n_bars && !w->b->failed; i++) {
        const struct mp_bar *bar = f->bars + i;
        if (bar->mark.n > 0)
            add_mark(w, &c, bar->mark);
        if (has.group)
            add_cell(w, &c, bar->group, NULL);
        add_cell(w, &c, bar->label, NULL);
        add_cell(w, &c, bar->cell.text, NULL);
        if (has.beside)
            add_cell(w, &c, bar->beside, NULL);
        add_bar(w, &c, f, bar);
    }
    pipe_table(w, &c, (struct numbers){n_left, c.n - 1});
    line(w, "! ", f->alarms, "\n\n");
    line(w, "", f->takeaway, "\n\n");
}

static void table(struct writer *w, const struct mp_page_table *t)
{
    struct mp_cells c = {.n = t->n_labels + t->n_cells};
    caption(w, w->page->table_word, t->number, t->caption, &t->refs, t->state);
    for (size_t i = 0; i < c.n; i++)
        add_cell(w, &c, t->heads[i].text, &t->heads[i].refs);
    for (size_t r = 0; r < t->n_rows; r++) {
        const struct mp_page_row *row = t->rows + r;
        for (size_t i = 0; i < c.n && !row->folded; i++)
            add_cell(w, &c, i < t->n_labels ? row->labels[i] : row->cells[i - t->n_labels].text,
                     NULL);
    }
    pipe_table(w, &c, (struct numbers){t->n_labels, c.n});
    line(w, "", t->remark, "\n\n");
}

static void grid(struct writer *w, const struct mp_grid *g)
{
    struct mp_cells c = {.n = g->n_columns};
    line(w, "", g->caption, "\n\n");
    for (size_t i = 0; i < g->n_columns; i++)
        add_cell(w, &c, g->heads[i], NULL);
    for (size_t i = 0; i < g->n_rows * g->n_columns; i++)
        add_cell(w, &c, g->cells[i], NULL);
    pipe_table(w, &c, (struct numbers){0, 0});
}

/* An item of a list: "- term: text". */
static void named(struct writer *w, struct mp_str term, struct mp_str s, const struct mp_refs *r)
{
    put(w, "- ");
    text(w, term);
    put(w, term.n && s.n ? ": " : "");
    text(w, s);
    refs(w->b, r);
    put(w, "\n");
}

static void list(struct writer *w, const struct mp_page_line *lines, size_t n, bool nested)
{
    for (size_t i = 0; i < n; i++) {
        put(w, nested ? "  - " : "- ");
        put(w, lines[i].marked ? "**!** " : "");
        text(w, lines[i].text);
        if (lines[i].detail.n > 0) {
            put(w, lines[i].text.n ? "\\\n" : "");
            line(w, lines[i].text.n == 0 ? "" : nested ? "    " : "  ", lines[i].detail, "");
        }
        put(w, "\n");
    }
}

static void items(struct writer *w, const struct mp_item *item, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool titled = item[i].term.n + item[i].text.n > 0;
        if (titled)
            named(w, item[i].term, item[i].text, NULL);
        list(w, item[i].lines, item[i].n_lines, titled);
    }
    if (n > 0)
        put(w, "\n");
}

static void computed(struct writer *w, const struct mp_comparison *c)
{
    for (size_t i = 0; i < c->n_computed; i++) {
        const struct mp_computed *x = c->computed + i;
        put(w, "- ");
        text(w, w->page->comparison_words.computed);
        line(w, " (", x->of, ")");
        put(w, ": ");
        text(w, x->cell.text);
        line(w, " ", x->unit, "");
        refs(w->b, &c->refs);
        put(w, "\n");
    }
}

/* A published figure and, below it and apart, what the input gives. */
static void comparison(struct writer *w, const struct mp_comparison *c)
{
    const struct mp_comparison_words *words = &w->page->comparison_words;
    const struct {
        struct mp_str term, text;
    } more[] = {{words->not_countable, c->not_countable},
                {words->definition, c->definition},
                {words->period, c->period},
                {words->source, c->source},
                {words->caveat, c->caveat}};
    put(w, "### ");
    text(w, c->name);
    put(w, c->name.n && c->label.n ? ": " : "");
    text(w, c->label);
    put(w, "\n\n");
    named(w, words->published, c->published, NULL);
    computed(w, c);
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (more[i].text.n > 0)
            named(w, more[i].term, more[i].text, NULL);
    if (c->whole > 0) {
        put(w, "- ");
        text(w, words->whole);
        mp_buf_addf(w->b, " %u\n", c->whole);
    }
    put(w, "\n");
}

static void section(struct writer *w, const struct mp_section *s)
{
    line(w, "## ", s->heading, "\n\n");
    line(w, "", s->lead, "\n\n");
    list(w, s->lines, s->n_lines, false);
    if (s->n_lines > 0)
        put(w, "\n");
    for (size_t i = 0; i < s->n_blocks; i++) {
        if (s->blocks[i].figure)
            figure(w, s->blocks[i].figure);
        for (size_t k = 0; k < s->blocks[i].n_tables; k++)
            table(w, s->blocks[i].tables + k);
    }
    for (size_t i = 0; i < s->n_comparisons; i++)
        comparison(w, s->comparisons + i);
    items(w, s->items, s->n_items);
}

static void sheet(struct writer *w, const struct mp_sheet *s)
{
    line(w, "## ", s->heading, "\n\n");
    line(w, "", s->lead, "\n\n");
    if (s->grid)
        grid(w, s->grid);
    for (size_t i = 0; i < s->n_parts; i++) {
        const struct mp_part *p = s->parts + i;
        line(w, "### ", p->heading, "\n\n");
        line(w, "", p->lead, "\n\n");
        if (p->grid)
            grid(w, p->grid);
        items(w, p->items, p->n_items);
    }
}

/* Where a reader knows footnotes it shows them below the page, whatever stands here. */
static void notes(struct writer *w)
{
    for (size_t i = 0; i < w->page->n_notes; i++) {
        mp_buf_addf(w->b, "[^%zu]: ", i + 1);
        text(w, w->page->notes[i].term);
        line(w, ": ", w->page->notes[i].text, "");
        put(w, "\n\n");
    }
}

void mp_page_markdown(struct mp_buf *b, const struct mp_page *p)
{
    struct writer w = {.b = b, .page = p};
    line(&w, "# ", p->title, "\n\n");
    line(&w, "", p->period, "\n\n");
    for (size_t i = 0; i < p->n_notices; i++)
        line(&w, p->notices[i].warning ? "> " : "", p->notices[i].text, "\n\n");
    headlines(&w);
    for (size_t i = 0; i < p->n_sections; i++)
        section(&w, p->sections + i);
    for (size_t i = 0; i < p->n_sheets; i++)
        sheet(&w, p->sheets + i);
    if (p->foot)
        sheet(&w, p->foot);
    if (p->n_legend > 0)
        line(&w, "## ", p->legend_heading, "\n\n");
    for (size_t i = 0; i < p->n_legend; i++)
        line(&w, "- ", p->legend[i], "\n");
    if (p->n_legend > 0)
        put(&w, "\n");
    notes(&w);
    while (b->len > 1 && b->data[b->len - 1] == '\n' && b->data[b->len - 2] == '\n')
        b->len--;
    mp_buf_free(&w.shown);
}

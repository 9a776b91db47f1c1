/* A page as plain text: for a terminal or a mail. */
#include "page/plain.h"

static const size_t GAP = MP_PLAIN_GAP;

static void headlines(struct mp_plain *w, const struct mp_page *p)
{
    size_t number = 0;
    if (p->n_headlines == 0)
        return;
    mp_plain_heading(w, p->headlines_heading, "\u2500", "-");
    for (size_t i = 0; i < p->n_headlines; i++) {
        size_t n = mp_plain_width(w, p->headlines[i].cell.text);
        number = n > number ? n : number;
    }
    number = number < w->columns / 2 ? number : w->columns / 2;
    for (size_t i = 0; i < p->n_headlines; i++) {
        const struct mp_headline *h = p->headlines + i;
        size_t start = w->b->len;
        mp_plain_text_with(w, h->label, &h->refs, number + 2 * GAP);
        struct mp_buf rest = {0}; /* the label's first line has the number in front */
        if (!w->b->failed && w->b->len > start + number + 2 * GAP) {
            mp_buf_add(&rest, w->b->data + start + number + 2 * GAP,
                       w->b->len - start - number - 2 * GAP);
            w->b->len = start;
        }
        mp_plain_blanks(w, GAP);
        mp_plain_field(w, mp_plain_shown(w, h->cell.text, NULL), number, true);
        if (rest.len > 0)
            mp_plain_blanks(w, GAP);
        else
            mp_plain_end(w);
        mp_buf_addstr(w->b, mp_buf_str(&rest));
        w->b->failed |= rest.failed;
        mp_buf_free(&rest);
        mp_plain_text(w, h->definition, number + 2 * GAP);
    }
    mp_buf_addc(w->b, '\n');
}

/* "Table 3. " and the text; the state of its numbers below it. */
static void caption(struct mp_plain *w, struct mp_str word, unsigned number, struct mp_str text,
                    const struct mp_refs *refs, struct mp_str state)
{
    struct mp_buf b = {0};
    mp_cells_caption(&b, word, number, text);
    mp_plain_text_with(w, mp_buf_str(&b), refs, 0);
    if (state.n > 0) {
        b.len = 0;
        mp_buf_adds(&b, "\u2013 ");
        mp_buf_addstr(&b, state);
        mp_plain_text(w, mp_buf_str(&b), 0);
    }
    mp_buf_addc(w->b, '\n');
    w->b->failed |= b.failed;
    mp_buf_free(&b);
}

static void figure(struct mp_plain *w, const struct mp_page *p, const struct mp_figure *f)
{
    caption(w, p->figure_word, f->number, f->title, &f->refs, MP_STR(""));
    mp_plain_bars(w, f);
    mp_plain_paragraph(w, f->takeaway, NULL);
}

static void table(struct mp_plain *w, const struct mp_page *p, const struct mp_page_table *t)
{
    struct mp_columns c = {.cells.n = t->n_labels + t->n_cells, .n_labels = t->n_labels};
    caption(w, p->table_word, t->number, t->caption, &t->refs, t->state);
    for (size_t i = 0; i < c.cells.n; i++)
        mp_columns_add(&c, w, t->heads[i].text, &t->heads[i].refs);
    for (size_t r = 0; r < t->n_rows; r++) {
        const struct mp_page_row *row = t->rows + r;
        for (size_t i = 0; i < c.cells.n && !row->folded; i++)
            mp_columns_add(
                &c, w, i < t->n_labels ? row->labels[i] : row->cells[i - t->n_labels].text, NULL);
    }
    mp_columns_draw(&c, w);
    mp_plain_paragraph(w, t->remark, NULL);
}

static void grid(struct mp_plain *w, const struct mp_grid *g)
{
    struct mp_columns c = {.cells.n = g->n_columns, .words = true};
    mp_plain_paragraph(w, g->caption, NULL);
    for (size_t i = 0; i < g->n_columns; i++)
        mp_columns_add(&c, w, g->heads[i], NULL);
    for (size_t i = 0; i < g->n_rows * g->n_columns; i++)
        mp_columns_add(&c, w, g->cells[i], NULL);
    mp_columns_draw(&c, w);
}

/* "term: text"; nothing where both are empty. */
static void named(struct mp_plain *w, struct mp_str term, struct mp_str text,
                  const struct mp_refs *refs, size_t indent)
{
    struct mp_buf both = {0};
    mp_buf_addstr(&both, term);
    if (term.n > 0 && text.n > 0)
        mp_buf_adds(&both, ": ");
    mp_buf_addstr(&both, text);
    w->b->failed |= both.failed;
    mp_plain_text_with(w, mp_buf_str(&both), refs, indent);
    mp_buf_free(&both);
}

static void list(struct mp_plain *w, const struct mp_page_line *lines, size_t n, size_t indent)
{
    for (size_t i = 0; i < n; i++) {
        mp_plain_hanging(w, lines[i].marked ? "!" : "-", lines[i].text, indent);
        mp_plain_text(w, lines[i].detail, indent + GAP);
    }
}

static void items(struct mp_plain *w, const struct mp_item *item, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        named(w, item[i].term, item[i].text, NULL, GAP);
        list(w, item[i].lines, item[i].n_lines, 2 * GAP);
    }
    if (n > 0)
        mp_buf_addc(w->b, '\n');
}

static void computed(struct mp_plain *w, const struct mp_page *p, const struct mp_comparison *c)
{
    for (size_t i = 0; i < c->n_computed; i++) {
        const struct mp_computed *x = c->computed + i;
        struct mp_buf term = {0}, text = {0};
        mp_buf_addstr(&term, p->comparison_words.computed);
        if (x->of.n > 0) {
            mp_buf_adds(&term, " (");
            mp_buf_addstr(&term, x->of);
            mp_buf_addc(&term, ')');
        }
        mp_buf_addstr(&text, x->cell.text);
        mp_buf_adds(&text, x->unit.n ? " " : "");
        mp_buf_addstr(&text, x->unit);
        w->b->failed |= term.failed || text.failed;
        named(w, mp_buf_str(&term), mp_buf_str(&text), &c->refs, GAP);
        mp_buf_free(&term);
        mp_buf_free(&text);
    }
}

/* A published figure and, below it and apart, what the input gives. */
static void comparison(struct mp_plain *w, const struct mp_page *p, const struct mp_comparison *c)
{
    const struct mp_comparison_words *words = &p->comparison_words;
    const struct {
        struct mp_str term, text;
    } more[] = {{words->not_countable, c->not_countable},
                {words->definition, c->definition},
                {words->period, c->period},
                {words->source, c->source},
                {words->caveat, c->caveat}};
    named(w, c->name, c->label, NULL, 0);
    named(w, words->published, c->published, NULL, GAP);
    computed(w, p, c);
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (more[i].text.n > 0)
            named(w, more[i].term, more[i].text, NULL, GAP);
    if (c->whole > 0) {
        struct mp_buf b = {0};
        mp_buf_addstr(&b, words->whole);
        mp_buf_addf(&b, " %u", c->whole);
        w->b->failed |= b.failed;
        mp_plain_text(w, mp_buf_str(&b), GAP);
        mp_buf_free(&b);
    }
    mp_buf_addc(w->b, '\n');
}

static void section(struct mp_plain *w, const struct mp_page *p, const struct mp_section *s)
{
    mp_plain_heading(w, s->heading, "\u2500", "-");
    mp_plain_paragraph(w, s->lead, NULL);
    list(w, s->lines, s->n_lines, GAP);
    if (s->n_lines > 0)
        mp_buf_addc(w->b, '\n');
    for (size_t i = 0; i < s->n_blocks; i++) {
        if (s->blocks[i].figure)
            figure(w, p, s->blocks[i].figure);
        for (size_t k = 0; k < s->blocks[i].n_tables; k++)
            table(w, p, s->blocks[i].tables + k);
    }
    for (size_t i = 0; i < s->n_comparisons; i++)
        comparison(w, p, s->comparisons + i);
    items(w, s->items, s->n_items);
}

static void sheet(struct mp_plain *w, const struct mp_sheet *s)
{
    mp_plain_heading(w, s->heading, "\u2500", "-");
    mp_plain_paragraph(w, s->lead, NULL);
    if (s->grid)
        grid(w, s->grid);
    for (size_t i = 0; i < s->n_parts; i++) {
        const struct mp_part *p = s->parts + i;
        mp_plain_text(w, p->heading, 0);
        mp_plain_text(w, p->lead, GAP);
        if (p->heading.n + p->lead.n > 0)
            mp_buf_addc(w->b, '\n');
        if (p->grid)
            grid(w, p->grid);
        items(w, p->items, p->n_items);
    }
}

static void notes(struct mp_plain *w, const struct mp_page *p)
{
    if (p->n_notes == 0)
        return;
    mp_plain_heading(w, p->notes_heading, "\u2500", "-");
    for (size_t i = 0; i < p->n_notes; i++) {
        struct mp_buf term = {0};
        mp_buf_addf(&term, "[%zu] ", i + 1);
        mp_buf_addstr(&term, p->notes[i].term);
        w->b->failed |= term.failed;
        named(w, mp_buf_str(&term), p->notes[i].text, NULL, 0);
        mp_buf_free(&term);
    }
    mp_buf_addc(w->b, '\n');
}

void mp_page_text(struct mp_buf *b, const struct mp_page *p, enum mp_place place, size_t columns)
{
    struct mp_plain w = {.b = b, .place = place, .columns = columns < 20 ? 20 : columns};
    mp_plain_heading(&w, p->title, "\u2550", "=");
    mp_plain_paragraph(&w, p->period, NULL);
    for (size_t i = 0; i < p->n_notices; i++)
        mp_plain_paragraph(&w, p->notices[i].text, NULL);
    headlines(&w, p);
    for (size_t i = 0; i < p->n_sections; i++)
        section(&w, p, p->sections + i);
    for (size_t i = 0; i < p->n_sheets; i++)
        sheet(&w, p->sheets + i);
    notes(&w, p);
    if (p->foot)
        sheet(&w, p->foot);
    if (p->n_legend > 0)
        mp_plain_heading(&w, p->legend_heading, "\u2500", "-");
    for (size_t i = 0; i < p->n_legend; i++)
        mp_plain_text(&w, p->legend[i], 0);
    mp_buf_free(&w.shown);
}

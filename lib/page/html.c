/* A page as one static HTML document. */
#include "base/sha256.h"
#include "page/page.h"

/* How much of the tables is shown; a page that is too large takes the next line. */
static const struct limit {
    size_t rows, tables;         /* of one table; of one section */
    size_t sheets, parts, lines; /* of a page; of a sheet; of an item */
} limits[] = {{SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX},
              {500, 60, 20, 100, 40},
              {200, 30, 10, 50, 20},
              {100, 20, 6, 40, 10},
              {60, 15, 5, 25, 6},
              {15, 6, 3, 12, 4},
              {4, 2, 1, 8, 2}};

enum { SHORT = 16 }; /* bytes of a label that stays on one line */

struct writer {
    struct mp_buf *b;
    const struct mp_page *page;
    const struct limit *limit;
    unsigned ids; /* handed out so far */
};

static void put(struct writer *w, const char *markup)
{
    mp_buf_adds(w->b, markup);
}

static void text(struct writer *w, struct mp_str s)
{
    mp_escape(w->b, MP_IN_HTML, s);
}

static void element(struct writer *w, const char *open, struct mp_str s, const char *close)
{
    put(w, open);
    text(w, s);
    put(w, close);
}

static void head(struct writer *w)
{
    element(w, "<!DOCTYPE html>\n<html lang=\"", w->page->language, "\">\n<head>\n");
    put(w, "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
           "content=\"default-src 'none'; style-src 'sha256-");
    mp_sha256_add_base64(w->b, mp_str_of(mp_page_style));
    put(w, "'; base-uri 'none'; form-action 'none'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n"
           "<meta name=\"referrer\" content=\"no-referrer\">\n"
           "<meta name=\"robots\" content=\"noindex\">\n");
    element(w, "<title>", w->page->title, "</title>\n<style>");
    put(w, mp_page_style);
    put(w, "</style>\n</head>\n");
}

static void headlines(struct writer *w)
{
    const struct mp_page *p = w->page;
    if (p->n_headlines == 0)
        return;
    element(w, "<section>\n<h2>", p->headlines_heading, "</h2>\n<dl class=\"headlines\">\n");
    for (size_t i = 0; i < p->n_headlines; i++) {
        element(w, "<div><dt>", p->headlines[i].label, "</dt>");
        element(w, "<dd class=\"number\">", p->headlines[i].cell.text, "</dd>");
        element(w, "<dd>", p->headlines[i].definition, "</dd></div>\n");
    }
    put(w, "</dl>\n</section>\n");
}

static void cell(struct writer *w, const struct mp_page_cell *c, bool total)
{
    bool sign = c->kind != MP_CELL_NUMBER;
    put(w, sign ? "<td class=\"n sign\">" : total ? "<td class=\"n total\">" : "<td class=\"n\">");
    element(w, "", c->text, "</td>");
}

static void row(struct writer *w, const struct mp_page_table *t, const struct mp_page_row *r)
{
    put(w, r->total ? "<tr class=\"total\">" : "<tr>");
    for (size_t i = 0; i < t->n_labels; i++)
        element(w,
                r->labels[i].n <= SHORT ? "<th scope=\"row\" class=\"short\">"
                                        : "<th scope=\"row\">",
                r->labels[i], "</th>");
    for (size_t i = 0; i < t->n_cells; i++)
        cell(w, r->cells + i, t->total_column && i + 1 == t->n_cells);
    put(w, "</tr>\n");
}

/* A paragraph that says how much is not shown: the words with their {n} filled in. */
static void left_out(struct writer *w, struct mp_str words, size_t n)
{
    const char *at = memmem(words.p, words.n, "{n}", 3);
    size_t before = at ? (size_t)(at - words.p) : words.n, after = at ? before + 3 : words.n;
    element(w, "<p>", (struct mp_str){words.p, before}, "");
    mp_buf_addu(w->b, n);
    element(w, "", (struct mp_str){words.p + after, words.n - after}, "</p>\n");
}

static void table(struct writer *w, const struct mp_page_table *t)
{
    unsigned id = w->ids++;
    size_t shown = t->n_rows < w->limit->rows ? t->n_rows : w->limit->rows;
    mp_buf_addf(w->b,
                "<div>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
                "aria-labelledby=\"t%u\">\n<table>\n<caption id=\"t%u\">",
                id, id);
    element(w, "", t->caption, "</caption>\n<thead>\n<tr>");
    for (size_t i = 0; i < t->n_labels + t->n_cells; i++)
        if (t->heads[i].text.n == 0)
            put(w, "<td></td>");
        else
            element(w, i < t->n_labels ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"n\">",
                    t->heads[i].text, "</th>");
    put(w, "</tr>\n</thead>\n<tbody>\n");
    for (size_t i = 0; i < shown; i++) /* the last line that fits is the table's last, its total */
        row(w, t, t->rows + (i + 1 < shown ? i : i + t->n_rows - shown));
    put(w, "</tbody>\n</table>\n</div>\n");
    if (shown < t->n_rows)
        left_out(w, w->page->rows_left_out, t->n_rows - shown);
    put(w, "</div>\n");
}

/* A figure with its tables, of which `shown` are drawn. */
static void block(struct writer *w, const struct mp_block *s, size_t shown)
{
    put(w, s->figure ? "<div class=\"pair\">\n" : "<div class=\"tables\">\n");
    if (s->figure) {
        element(w, "<figure>\n<figcaption><strong>", s->figure->title, "</strong>\n");
        element(w, "", s->figure->takeaway, "</figcaption>\n");
        mp_page_svg(w->b, s->figure, w->ids++);
        put(w, "</figure>\n");
    }
    for (size_t i = 0; i < shown; i++)
        table(w, s->tables + i);
    put(w, "</div>\n");
}

static void section(struct writer *w, const struct mp_section *s)
{
    size_t room = w->limit->tables, left = 0;
    element(w, "<section>\n<h2>", s->heading, "</h2>\n");
    if (s->lead.n > 0)
        element(w, "<p>", s->lead, "</p>\n");
    for (size_t i = 0; i < s->n_blocks; i++) {
        const struct mp_block *b = s->blocks + i;
        size_t shown = b->n_tables < room ? b->n_tables : room;
        room -= shown;
        left += b->n_tables - shown;
        if (shown > 0 || b->figure)
            block(w, b, shown);
    }
    if (left > 0)
        left_out(w, w->page->tables_left_out, left);
    put(w, "</section>\n");
}

static void grid(struct writer *w, const struct mp_grid *g)
{
    unsigned id = w->ids++;
    size_t shown = g->n_rows < w->limit->rows ? g->n_rows : w->limit->rows;
    mp_buf_addf(w->b,
                "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
                "aria-labelledby=\"t%u\">\n<table class=\"words\">\n<caption id=\"t%u\">",
                id, id);
    element(w, "", g->caption, "</caption>\n<thead>\n<tr>");
    for (size_t i = 0; i < g->n_columns; i++)
        element(w, "<th scope=\"col\">", g->heads[i], "</th>");
    put(w, "</tr>\n</thead>\n<tbody>\n");
    for (size_t i = 0; i < shown * g->n_columns; i++) {
        bool first = i % g->n_columns == 0;
        element(w, first ? "<tr><th scope=\"row\">" : "<td>", g->cells[i],
                first ? "</th>" : "</td>");
        if (i % g->n_columns == g->n_columns - 1)
            put(w, "</tr>\n");
    }
    put(w, "</tbody>\n</table>\n</div>\n");
    if (shown < g->n_rows)
        left_out(w, w->page->rows_left_out, g->n_rows - shown);
}

static void item(struct writer *w, const struct mp_item *i)
{
    size_t shown = i->n_lines < w->limit->lines ? i->n_lines : w->limit->lines;
    element(w, "<div><dt>", i->term, "</dt>\n<dd>");
    text(w, i->text);
    if (i->n_lines > 0)
        put(w, "\n<ul>\n");
    for (size_t k = 0; k < shown; k++) {
        const struct mp_page_line *l = i->lines + k;
        element(w, l->marked ? "<li class=\"marked\">" : "<li>", l->text, "");
        if (l->detail.n > 0)
            element(w, " <span class=\"detail\">", l->detail, "</span>");
        put(w, "</li>\n");
    }
    if (i->n_lines > 0)
        put(w, "</ul>\n");
    if (shown < i->n_lines)
        left_out(w, w->page->lines_left_out, i->n_lines - shown);
    put(w, "</dd></div>\n");
}

static void part(struct writer *w, const struct mp_part *p)
{
    put(w, p->marked ? "<article class=\"marked\">\n" : "<article>\n");
    if (p->heading.n > 0)
        element(w, "<h3>", p->heading, "</h3>\n");
    if (p->lead.n > 0)
        element(w, "<p>", p->lead, "</p>\n");
    if (p->grid)
        grid(w, p->grid);
    if (p->n_items > 0)
        put(w, "<dl class=\"items\">\n");
    for (size_t i = 0; i < p->n_items; i++)
        item(w, p->items + i);
    put(w, p->n_items > 0 ? "</dl>\n</article>\n" : "</article>\n");
}

static void sheet(struct writer *w, const struct mp_sheet *s, bool whole)
{
    size_t shown = whole || s->n_parts < w->limit->parts ? s->n_parts : w->limit->parts;
    element(w, s->on_its_own ? "<section class=\"own\">\n<h2>" : "<section>\n<h2>", s->heading,
            "</h2>\n");
    if (s->lead.n > 0)
        element(w, "<p>", s->lead, "</p>\n");
    if (s->grid)
        grid(w, s->grid);
    for (size_t i = 0; i < shown; i++)
        part(w, s->parts + i);
    if (shown < s->n_parts)
        left_out(w, w->page->cases_left_out, s->n_parts - shown);
    put(w, "</section>\n");
}

static void sheets(struct writer *w)
{
    const struct mp_page *p = w->page;
    size_t shown = p->n_sheets < w->limit->sheets ? p->n_sheets : w->limit->sheets;
    for (size_t i = 0; i < shown; i++)
        sheet(w, p->sheets + i, false);
    if (shown < p->n_sheets)
        left_out(w, p->cases_left_out, p->n_sheets - shown);
    if (p->foot)
        sheet(w, p->foot, true);
}

static void document(struct writer *w)
{
    const struct mp_page *p = w->page;
    head(w);
    element(w, "<body>\n<header>\n<h1>", p->title, "</h1>\n");
    if (p->period.n > 0)
        element(w, "<p class=\"period\">", p->period, "</p>\n");
    put(w, "</header>\n<main>\n");
    for (size_t i = 0; i < p->n_notices; i++)
        element(w, "<p class=\"note\">", p->notices[i].text, "</p>\n");
    headlines(w);
    for (size_t i = 0; i < p->n_sections; i++)
        section(w, p->sections + i);
    sheets(w);
    if (p->n_legend > 0) {
        element(w, "<section>\n<h2>", p->legend_heading, "</h2>\n");
        for (size_t i = 0; i < p->n_legend; i++)
            element(w, "<p>", p->legend[i], "</p>\n");
        put(w, "</section>\n");
    }
    put(w, "</main>\n</body>\n</html>\n");
}

void mp_page_html(struct mp_buf *b, const struct mp_page *page)
{
    size_t start = b->len;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        b->len = start;
        document(&(struct writer){b, page, limits + i, 0});
        if (b->failed || b->len - start <= MP_PAGE_BYTES_MAX)
            return;
    }
}

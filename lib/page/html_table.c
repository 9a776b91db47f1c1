/* Tables and lists of the HTML page. */
#include "page/html.h"
#include "page/width.h"

/* In letters: a label and a heading that stay on one line, and a word that may be broken; a row for
 * which a telephone has room, and half of a wide page. */
enum { SHORT = 16, HEAD = 9, LABEL_MAX = 24, NARROW = 45, BROAD = 52 };
enum { LONG = 60 }; /* rows; more of them do not fit on a sheet of paper */

static size_t longest_word(struct mp_str s)
{
    size_t longest = 0;
    for (size_t i = 0, from = 0; i <= s.n; i++)
        if (i == s.n || s.p[i] == ' ') {
            size_t n = mp_width((struct mp_str){s.p + from, i - from});
            longest = n > longest ? n : longest;
            from = i + 1;
        }
    return longest;
}

/* Letters that a row takes: the least width of each column together. */
static size_t letters_of(const struct mp_page_table *t)
{
    size_t all = 0;
    for (size_t i = 0; i < t->n_labels + t->n_cells; i++) {
        struct mp_str head = t->heads[i].text;
        size_t widest = mp_width(head) <= HEAD ? mp_width(head) : longest_word(head);
        widest = (widest > LABEL_MAX ? LABEL_MAX : widest) + t->heads[i].refs.n;
        for (size_t k = 0; k < t->n_rows; k++) {
            size_t n = i < t->n_labels ? mp_width(t->rows[k].labels[i])
                                       : mp_width(t->rows[k].cells[i - t->n_labels].text);
            n = i < t->n_labels && n > LABEL_MAX ? LABEL_MAX : n;
            widest = n > widest ? n : widest;
        }
        all += widest + 2;
    }
    return all;
}

static void cell(struct mp_html *w, const struct mp_page_cell *c, bool total)
{
    bool sign = c->kind != MP_CELL_NUMBER;
    mp_html_element(w,
                    sign    ? "<td class=\"sign\">"
                    : total ? "<td class=\"total\">"
                            : "<td>",
                    c->text, "</td>");
}

/* A label of a row: it stays on one line, may be broken at blanks, or anywhere. */
static void label(struct mp_html *w, struct mp_str text)
{
    mp_html_element(w,
                    mp_width(text) <= SHORT           ? "<th scope=\"row\">"
                    : longest_word(text) <= LABEL_MAX ? "<th scope=\"row\" class=\"words\">"
                                                      : "<th scope=\"row\" class=\"long\">",
                    text, "</th>");
}

static void row(struct mp_html *w, const struct mp_page_table *t, const struct mp_page_row *r)
{
    mp_html_put(w, r->total ? "<tr class=\"total\">" : "<tr>");
    for (size_t i = 0; i < t->n_labels; i++)
        label(w, r->labels[i]);
    for (size_t i = 0; i < t->n_cells; i++)
        cell(w, r->cells + i, t->total_column && i + 1 == t->n_cells);
    mp_html_put(w, "</tr>\n");
}

static void caption(struct mp_html *w, const struct mp_page_table *t, unsigned id)
{
    mp_buf_addf(w->b, "<caption id=\"c%u\">", id);
    if (t->number > 0) {
        mp_html_element(w, "<span class=\"of\">", w->page->table_word, " ");
        mp_buf_addu(w->b, t->number);
        mp_html_put(w, " ·</span> ");
    }
    mp_html_text(w, t->caption);
    mp_html_refs(w, &t->refs);
    if (t->state.n > 0)
        mp_html_element(w,
                        t->internal ? " <span class=\"state warning\">" : " <span class=\"state\">",
                        t->state, "</span>");
    mp_html_put(w, "</caption>\n");
}

static void heads(struct mp_html *w, const struct mp_page_table *t)
{
    mp_html_put(w, "<thead>\n<tr>");
    for (size_t i = 0; i < t->n_labels + t->n_cells; i++) {
        struct mp_str text = t->heads[i].text;
        if (text.n == 0) {
            mp_html_put(w, "<td></td>");
            continue;
        }
        mp_buf_addf(w->b, "<th scope=\"col\" class=\"%s%s\">", i < t->n_labels ? "label" : "n",
                    mp_width(text) <= HEAD            ? ""
                    : longest_word(text) <= LABEL_MAX ? " words"
                                                      : " long");
        mp_html_text(w, text);
        mp_html_refs(w, &t->heads[i].refs);
        mp_html_put(w, "</th>");
    }
    mp_html_put(w, "</tr>\n</thead>\n");
}

static void remark(struct mp_html *w, const struct mp_page_table *t)
{
    if (t->remark.n == 0)
        return;
    bool link = mp_html_is_drawn(w, t->whole);
    mp_html_put(w, "<p class=\"cut\">");
    if (link)
        mp_buf_addf(w->b, "<a href=\"#t%u\">", t->whole);
    mp_html_element(w, "", t->remark, link ? "</a></p>\n" : "</p>\n");
}

/* A box that scrolls to the side where the window is too narrow, also by the keyboard. */
static void scroll(struct mp_html *w, unsigned id)
{
    mp_buf_addf(
        w->b, "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-labelledby=\"c%u\">\n", id);
}

/* The rows that are not folded, `limit` of them: the first, and the table's last, its total.
 * Returns how many are left out. */
static size_t body(struct mp_html *w, const struct mp_page_table *t, size_t limit)
{
    size_t n = 0, at = 0;
    for (size_t i = 0; i < t->n_rows; i++)
        n += !t->rows[i].folded;
    size_t shown = n < limit ? n : limit;
    mp_html_put(w, "<tbody>\n");
    for (size_t i = 0; i < t->n_rows; i++) {
        at += !t->rows[i].folded;
        if (!t->rows[i].folded && (at < shown || at == n))
            row(w, t, t->rows + i);
    }
    mp_html_put(w, "</tbody>\n");
    return n - shown;
}

void mp_html_table(struct mp_html *w, const struct mp_page_table *t, size_t limit)
{
    unsigned id = w->ids++;
    size_t letters = letters_of(t);
    bool wide = letters > NARROW;
    mp_buf_addf(w->b, "<div class=\"table%s%s%s\"", wide ? " wide" : "",
                letters > BROAD ? " broad" : "", t->n_rows > LONG ? " long" : "");
    if (t->number > 0)
        mp_buf_addf(w->b, " id=\"t%u\"", t->number);
    mp_html_put(w, ">\n");
    if (wide)
        scroll(w, id);
    mp_html_put(w, "<table>\n");
    caption(w, t, id);
    heads(w, t);
    size_t left = body(w, t, limit);
    mp_html_put(w, wide ? "</table>\n</div>\n" : "</table>\n");
    remark(w, t);
    if (left > 0)
        mp_html_left_out(w, w->page->rows_left_out, left);
    mp_html_put(w, "</div>\n");
}

void mp_html_grid(struct mp_html *w, const struct mp_grid *g, const char *anchor)
{
    unsigned id = w->ids++;
    size_t shown = g->n_rows < w->limit->rows ? g->n_rows : w->limit->rows;
    scroll(w, id);
    mp_buf_addf(w->b, "<table class=\"text\">\n<caption id=\"c%u\">", id);
    mp_html_element(w, "", g->caption, "</caption>\n<thead>\n<tr>");
    for (size_t i = 0; i < g->n_columns; i++)
        mp_html_element(w, "<th scope=\"col\">", g->heads[i], "</th>");
    mp_html_put(w, "</tr>\n</thead>\n<tbody>\n");
    for (size_t i = 0; i < shown * g->n_columns; i++) {
        bool first = i % g->n_columns == 0, link = anchor && i % g->n_columns == 1;
        mp_html_put(w, first ? "<tr><th scope=\"row\">" : "<td>");
        if (link)
            mp_buf_addf(w->b, "<a href=\"#%s-%zu\">", anchor, i / g->n_columns + 1);
        mp_html_element(w, "", g->cells[i], link ? "</a>" : "");
        mp_html_put(w, first ? "</th>" : "</td>");
        if (i % g->n_columns == g->n_columns - 1)
            mp_html_put(w, "</tr>\n");
    }
    mp_html_put(w, "</tbody>\n</table>\n</div>\n");
    if (shown < g->n_rows)
        mp_html_left_out(w, w->page->rows_left_out, g->n_rows - shown);
}

void mp_html_lines(struct mp_html *w, const struct mp_page_line *lines, size_t n)
{
    size_t shown = n < w->limit->lines ? n : w->limit->lines;
    if (n > 0)
        mp_html_put(w, "<ul>\n");
    for (size_t k = 0; k < shown; k++) {
        const struct mp_page_line *l = lines + k;
        mp_html_element(w, l->marked ? "<li class=\"marked\">" : "<li>", l->text, "");
        if (l->detail.n > 0)
            mp_html_element(w, " <span class=\"detail\">", l->detail, "</span>");
        mp_html_put(w, "</li>\n");
    }
    if (n > 0)
        mp_html_put(w, "</ul>\n");
    if (shown < n)
        mp_html_left_out(w, w->page->lines_left_out, n - shown);
}

void mp_html_items(struct mp_html *w, const struct mp_item *items, size_t n)
{
    if (n > 0)
        mp_html_put(w, "<dl class=\"items\">\n");
    for (size_t i = 0; i < n; i++) {
        mp_html_element(w, "<div><dt>", items[i].term, "</dt>\n<dd>");
        mp_html_text(w, items[i].text);
        mp_html_lines(w, items[i].lines, items[i].n_lines);
        mp_html_put(w, "</dd></div>\n");
    }
    if (n > 0)
        mp_html_put(w, "</dl>\n");
}

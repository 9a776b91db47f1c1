/* The sheets of a worklist or a case in HTML. */
#include "page/html.h"
#include <stdio.h>

/* `anchor`: the first part of its own, or NULL. */
static void part(struct mp_html *w, const struct mp_part *p, const char *anchor, size_t number)
{
    mp_html_put(w, p->marked ? "<article class=\"marked\"" : "<article");
    if (anchor)
        mp_buf_addf(w->b, " id=\"%s-%zu\"", anchor, number);
    mp_html_put(w, ">\n");
    if (p->heading.n > 0)
        mp_html_element(w, "<h3>", p->heading, "</h3>\n");
    if (p->lead.n > 0)
        mp_html_element(w, "<p>", p->lead, "</p>\n");
    if (p->grid)
        mp_html_grid(w, p->grid, NULL);
    mp_html_items(w, p->items, p->n_items);
    mp_html_put(w, "</article>\n");
}

/* A sheet, number `number` of the page; `whole`: nothing of it is cut. */
static void sheet(struct mp_html *w, const struct mp_sheet *s, size_t number, bool whole)
{
    char anchor[24];
    size_t shown = whole || s->n_parts < w->limit->parts ? s->n_parts : w->limit->parts;
    bool listed = s->grid && s->grid->n_rows == s->n_parts && shown == s->n_parts;
    snprintf(anchor, sizeof anchor, "p%zu", number);
    mp_html_element(w, s->on_its_own ? "<section class=\"own\">\n<h2>" : "<section>\n<h2>",
                    s->heading, "</h2>\n");
    if (s->lead.n > 0)
        mp_html_element(w, "<p>", s->lead, "</p>\n");
    if (s->grid)
        mp_html_grid(w, s->grid, listed ? anchor : NULL);
    for (size_t i = 0; i < shown; i++)
        part(w, s->parts + i, listed ? anchor : NULL, i + 1);
    if (shown < s->n_parts)
        mp_html_left_out(w, w->page->cases_left_out, s->n_parts - shown);
    mp_html_put(w, "</section>\n");
}

void mp_html_sheets(struct mp_html *w)
{
    const struct mp_page *p = w->page;
    size_t shown = p->n_sheets < w->limit->sheets ? p->n_sheets : w->limit->sheets;
    for (size_t i = 0; i < shown; i++)
        sheet(w, p->sheets + i, i + 1, false);
    if (shown < p->n_sheets)
        mp_html_left_out(w, p->cases_left_out, p->n_sheets - shown);
    if (p->foot)
        sheet(w, p->foot, 0, true);
}

/* The sections of a bulletin in HTML: figures with their tables, statements, comparisons. */
#include "page/html.h"

static void figure(struct mp_html *w, const struct mp_figure *f)
{
    mp_html_put(w, "<figure>\n<figcaption><strong>");
    if (f->number > 0) {
        mp_html_element(w, "<span class=\"of\">", w->page->figure_word, " ");
        mp_buf_addu(w->b, f->number);
        mp_html_put(w, " ·</span> ");
    }
    mp_html_text(w, f->title);
    mp_html_refs(w, &f->refs);
    mp_html_element(w, "</strong>\n", f->takeaway, "</figcaption>\n");
    mp_page_svg(w->b, f, w->ids++);
    mp_html_put(w, "</figure>\n");
}

/* A figure with its tables, of which `shown` are drawn, of each so many rows. */
static void block(struct mp_html *w, const struct mp_block *s, size_t shown, size_t rows)
{
    mp_html_put(w, !s->figure   ? "<div class=\"tables\">\n"
                   : shown == 0 ? "<div class=\"alone\">\n"
                                : "<div class=\"pair\">\n");
    if (s->figure) {
        figure(w, s->figure);
        if (shown > 0)
            mp_html_put(w, "<div class=\"tables\">\n");
    }
    for (size_t i = 0; i < shown; i++)
        mp_html_table(w, s->tables + i, rows);
    mp_html_put(w, s->figure && shown > 0 ? "</div>\n</div>\n" : "</div>\n");
}

/* How many tables of a section are drawn. */
static size_t room_of(const struct mp_html *w, const struct mp_section *s)
{
    return s->appendix ? w->limit->appendix_tables : w->limit->tables;
}

bool mp_html_is_drawn(const struct mp_html *w, unsigned number)
{
    for (size_t i = 0; i < w->page->n_sections && number > 0; i++) {
        const struct mp_section *s = w->page->sections + i;
        size_t room = room_of(w, s);
        for (size_t k = 0; k < s->n_blocks; k++)
            for (size_t t = 0; t < s->blocks[k].n_tables && room > 0; t++, room--)
                if (s->blocks[k].tables[t].number == number)
                    return true;
    }
    return false;
}

static void blocks(struct mp_html *w, const struct mp_section *s)
{
    size_t room = room_of(w, s), left = 0;
    size_t rows = s->appendix ? w->limit->appendix_rows : w->limit->rows;
    for (size_t i = 0; i < s->n_blocks; i++) {
        const struct mp_block *b = s->blocks + i;
        size_t shown = b->n_tables < room ? b->n_tables : room;
        room -= shown;
        left += b->n_tables - shown;
        if (shown > 0 || b->figure)
            block(w, b, shown, rows);
    }
    if (left > 0)
        mp_html_left_out(w, w->page->tables_left_out, left);
}

static void term(struct mp_html *w, struct mp_str term, struct mp_str text)
{
    if (text.n == 0)
        return;
    mp_html_element(w, "<div><dt>", term, "</dt>");
    mp_html_element(w, "<dd>", text, "</dd></div>\n");
}

/* What the input says, each part of it on a line. */
static void computed(struct mp_html *w, const struct mp_comparison *c)
{
    const struct mp_comparison_words *words = &w->page->comparison_words;
    size_t shown = c->n_computed < w->limit->lines ? c->n_computed : w->limit->lines;
    mp_html_element(w, "<div><dt>", words->computed, "");
    mp_html_refs(w, &c->refs);
    mp_html_put(w, "</dt>");
    for (size_t i = 0; i < shown; i++) {
        const struct mp_computed *x = c->computed + i;
        mp_html_element(w, "<dd><b>", x->cell.text, "</b> ");
        mp_html_text(w, x->unit);
        if (x->of.n > 0)
            mp_html_element(w, " <span class=\"detail\">", x->of, "</span>");
        mp_html_put(w, "</dd>");
    }
    if (c->not_countable.n > 0) {
        mp_html_element(w, "<dd class=\"sign\">", words->not_countable, " ");
        mp_html_element(w, "", c->not_countable, "</dd>");
    }
    if (mp_html_is_drawn(w, c->whole)) {
        mp_buf_addf(w->b, "<dd><a href=\"#t%u\">", c->whole);
        mp_html_element(w, "", words->whole, " ");
        mp_buf_addu(w->b, c->whole);
        mp_html_put(w, "</a></dd>");
    }
    mp_html_put(w, "</div>\n");
}

static void comparison(struct mp_html *w, const struct mp_comparison *c)
{
    const struct mp_comparison_words *words = &w->page->comparison_words;
    mp_html_element(w, "<article class=\"compare\">\n<h3>", c->label, " ");
    mp_html_element(w, "<span class=\"of\">", c->name, "</span></h3>\n<dl class=\"two\">\n");
    mp_html_element(w, "<div><dt>", words->published, "</dt>");
    mp_html_element(w, "<dd><b>", c->published, "</b></dd></div>\n");
    computed(w, c);
    mp_html_put(w, "</dl>\n<dl class=\"items\">\n");
    term(w, words->definition, c->definition);
    term(w, words->period, c->period);
    term(w, words->source, c->source);
    term(w, words->caveat, c->caveat);
    mp_html_put(w, "</dl>\n</article>\n");
}

static void comparisons(struct mp_html *w, const struct mp_section *s)
{
    size_t shown = s->n_comparisons < w->limit->tables ? s->n_comparisons : w->limit->tables;
    for (size_t i = 0; i < shown; i++)
        comparison(w, s->comparisons + i);
    if (shown < s->n_comparisons)
        mp_html_left_out(w, w->page->cases_left_out, s->n_comparisons - shown);
}

void mp_html_sections(struct mp_html *w)
{
    for (size_t i = 0; i < w->page->n_sections; i++) {
        const struct mp_section *s = w->page->sections + i;
        mp_buf_addf(w->b,
                    s->appendix ? "<section class=\"appendix\" id=\"s%zu\">\n"
                                : "<section id=\"s%zu\">\n",
                    i + 1);
        mp_html_element(w, "<h2>", s->heading, "</h2>\n");
        if (s->lead.n > 0)
            mp_html_element(w, "<p>", s->lead, "</p>\n");
        mp_html_lines(w, s->lines, s->n_lines);
        blocks(w, s);
        comparisons(w, s);
        mp_html_items(w, s->items, s->n_items);
        mp_html_put(w, "</section>\n");
    }
}
